//! PNG (ISO/IEC 15948, APNG): the chunks that make the picture and its colours are kept. Gone: texts, EXIF, days, whatever
//! this program does not know, and anything after the end or after the coded data.

use super::bytes::Bytes;
use super::{Limits, Refusal};

pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that change what is seen.
const SHOWN: [&[u8; 4]; 15] = [
    b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"sPLT", b"cICP",
    b"acTL", b"fcTL", b"fdAT",
];

/// The seven passes of an interlaced picture: where each begins and how far its points are, across and down.
const PASSES: [(u64, u64, u64, u64); 7] =
    [(0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2)];

/// The picture without the rest; its sums are verified and made again, its data inflated to see that it is a picture.
pub fn clean(content: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut reader = Bytes::new(content);
    if reader.take(SIGNATURE.len()) != Some(SIGNATURE) {
        return Err(Refusal::Broken);
    }
    let (mut before, mut data, mut after) = (SIGNATURE.to_vec(), Vec::new(), Vec::new());
    let (mut expected, mut is_first) = (0, true);
    loop {
        let (name, body) = chunk(&mut reader).ok_or(Refusal::Broken)?;
        match name {
            b"IHDR" if is_first => {
                expected = raw_size(body, limits)?;
                write(&mut before, name, body);
            }
            _ if is_first => return Err(Refusal::Broken),
            b"IDAT" => data.extend_from_slice(body),
            b"IEND" => break,
            name if SHOWN.contains(&name) => write(if data.is_empty() { &mut before } else { &mut after }, name, body),
            // A critical chunk that nobody knows: the picture would not open.
            [first, ..] if first.is_ascii_uppercase() => return Err(Refusal::Broken),
            _ => {}
        }
        is_first = false;
    }
    let length = coded_length(&data, expected)?;
    data.truncate(length);
    write(&mut before, b"IDAT", &data);
    before.append(&mut after);
    write(&mut before, b"IEND", &[]);
    Ok(before)
}

fn chunk<'b>(reader: &mut Bytes<'b>) -> Option<(&'b [u8; 4], &'b [u8])> {
    let length = usize::try_from(reader.be32()?).ok()?;
    let start = reader.at;
    let name: &[u8; 4] = reader.take(4)?.try_into().ok()?;
    let body = reader.take(length)?;
    let summed = reader.all.get(start..reader.at)?;
    (reader.be32()? == crc32fast::hash(summed)).then_some((name, body))
}

fn write(out: &mut Vec<u8>, name: &[u8], body: &[u8]) {
    let summed = [name, body].concat();
    // No larger than what was received.
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&summed);
    out.extend_from_slice(&crc32fast::hash(&summed).to_be_bytes());
}

/// Bytes of the picture once inflated.
fn raw_size(header: &[u8], limits: &Limits) -> Result<u64, Refusal> {
    let mut reader = Bytes::new(header);
    let sizes = (reader.be32(), reader.be32());
    let kinds = (reader.byte(), reader.byte(), reader.byte(), reader.byte(), reader.byte());
    let ((Some(width), Some(height)), (Some(depth), Some(colour), Some(0), Some(0), Some(interlaced))) = (sizes, kinds)
    else {
        return Err(Refusal::Broken);
    };
    let (width, height) = (u64::from(width), u64::from(height));
    if width.saturating_mul(height) > limits.pixels {
        return Err(Refusal::Dimensions);
    }
    let samples = match colour {
        0 | 3 => 1,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => return Err(Refusal::Broken),
    };
    if width == 0 || height == 0 || ![1, 2, 4, 8, 16].contains(&depth) {
        return Err(Refusal::Broken);
    }
    let lines = |width: u64, height: u64| {
        let row = (width * samples * u64::from(depth)).div_ceil(8) + 1;
        if width == 0 { 0 } else { row * height }
    };
    Ok(match interlaced {
        0 => lines(width, height),
        1 => PASSES
            .iter()
            .map(|(x, across, y, down)| {
                lines(width.saturating_sub(*x).div_ceil(*across), height.saturating_sub(*y).div_ceil(*down))
            })
            .sum(),
        _ => return Err(Refusal::Broken),
    })
}

/// How much of the data is the picture: it ends where its zlib stream does, and must be as large as the header says.
fn coded_length(data: &[u8], expected: u64) -> Result<usize, Refusal> {
    use flate2::{Decompress, FlushDecompress, Status};
    let mut state = Decompress::new(true);
    let mut scratch = vec![0; 64 * 1024];
    loop {
        let (taken, made) = (state.total_in(), state.total_out());
        let rest = usize::try_from(taken).ok().and_then(|taken| data.get(taken..)).ok_or(Refusal::Broken)?;
        let status = state.decompress(rest, &mut scratch, FlushDecompress::None).map_err(|_| Refusal::Broken)?;
        if state.total_out() > expected || (state.total_in() == taken && state.total_out() == made) {
            return Err(Refusal::Broken);
        }
        if status == Status::StreamEnd {
            let whole = state.total_out() == expected;
            return usize::try_from(state.total_in()).ok().filter(|_| whole).ok_or(Refusal::Broken);
        }
    }
}
