//! GIF89a, which only comes inside DOCX documents: its blocks are kept but for comments, texts, and what programs add
//! other than the number of turns of an animation.

use super::bytes::Bytes;
use super::{Limits, Refusal};

/// The picture without the rest.
pub fn clean(content: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    strip(content, limits).unwrap_or(Err(Refusal::Broken))
}

fn strip(content: &[u8], limits: &Limits) -> Option<Result<Vec<u8>, Refusal>> {
    let mut reader = Bytes::new(content);
    let signature = reader.take(6)?;
    if signature != b"GIF87a" && signature != b"GIF89a" {
        return None;
    }
    let screen = reader.take(7)?;
    let [a, b, c, d, flags, ..] = screen else { return None };
    if u64::from(u16::from_le_bytes([*a, *b])) * u64::from(u16::from_le_bytes([*c, *d])) > limits.pixels {
        return Some(Err(Refusal::Dimensions));
    }
    colours(&mut reader, *flags)?;
    let mut out = content.get(..reader.at)?.to_vec();
    loop {
        let start = reader.at;
        let keep = match reader.byte()? {
            0x3b => {
                out.push(0x3b);
                return Some(Ok(out));
            }
            0x2c => {
                let flags = *reader.take(9)?.last()?;
                colours(&mut reader, flags)?;
                reader.byte()?;
                blocks(&mut reader)?;
                true
            }
            0x21 => {
                let label = reader.byte()?;
                let first = reader.at;
                blocks(&mut reader)?;
                let loops = content.get(first..reader.at)?.starts_with(b"\x0bNETSCAPE2.0");
                label == 0xf9 || (label == 0xff && loops)
            }
            _ => return None,
        };
        if keep {
            out.extend_from_slice(content.get(start..reader.at)?);
        }
    }
}

fn colours(reader: &mut Bytes<'_>, flags: u8) -> Option<()> {
    if flags & 0x80 != 0 {
        reader.take(3 << ((flags & 7) + 1))?;
    }
    Some(())
}

fn blocks(reader: &mut Bytes<'_>) -> Option<()> {
    loop {
        match reader.byte()? {
            0 => return Some(()),
            length => drop(reader.take(usize::from(length))?),
        }
    }
}
