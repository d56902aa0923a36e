//! JPEG 2000, which only comes inside PDF files: the boxes that make the picture, without XML, without comments.

use super::bytes::Bytes;

/// Boxes that make the picture.
const SHOWN: [&[u8]; 4] = [b"jP  ", b"ftyp", b"jp2h", b"jp2c"];

/// The picture without the rest, or nothing when it is not one.
pub fn clean(content: &[u8]) -> Option<Vec<u8>> {
    if content.starts_with(&[0xff, 0x4f]) {
        return codestream(content);
    }
    let mut reader = Bytes::new(content);
    let (mut out, mut pictures) = (Vec::new(), 0);
    while !reader.rest().is_empty() {
        let length = u64::from(reader.be32()?);
        let name = reader.take(4)?;
        let body = match length {
            // Until the end.
            0 => reader.take(reader.rest().len())?,
            1 => {
                let high = u64::from(reader.be32()?);
                let length = (high << 32) | u64::from(reader.be32()?);
                reader.take(usize::try_from(length.checked_sub(16)?).ok()?)?
            }
            _ => reader.take(usize::try_from(length.checked_sub(8)?).ok()?)?,
        };
        if !SHOWN.contains(&name) {
            continue;
        }
        let kept = if name == b"jp2c" { codestream(body)? } else { body.to_vec() };
        pictures += usize::from(name == b"jp2c");
        out.extend_from_slice(&u32::try_from(kept.len() + 8).ok()?.to_be_bytes());
        out.extend_from_slice(name);
        out.extend_from_slice(&kept);
    }
    (pictures > 0).then_some(out)
}

/// The coded picture without the comments of its main header.
fn codestream(content: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Bytes::new(content);
    let mut out = reader.take(2)?.to_vec();
    loop {
        let start = reader.at;
        match reader.be16()? {
            // The first tile: the rest is the picture.
            0xff90 => {
                out.extend_from_slice(content.get(start..)?);
                return Some(out);
            }
            marker => {
                let length = usize::from(reader.be16()?).checked_sub(2)?;
                reader.take(length)?;
                if marker != 0xff64 {
                    out.extend_from_slice(content.get(start..reader.at)?);
                }
            }
        }
    }
}
