//! JPEG (ITU-T T.81): the segments that make the picture are kept, those that tell of it are not. Gone: EXIF with its
//! place, its camera and its thumbnail, XMP, IPTC, comments, a second picture or anything else after the end.

use super::bytes::Bytes;
use super::{Limits, Refusal};

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;

/// How much is asked of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rigour {
    /// A file of its own: whole, and turned upright by whoever shows it.
    Whole,
    /// A picture in a PDF: readers look at no orientation there, and take what is cut short.
    Within,
}

/// A picture kept upright, without the rest.
pub fn clean(content: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    strip(content, limits, Rigour::Whole)
}

/// See [`clean`].
pub fn strip(content: &[u8], limits: &Limits, rigour: Rigour) -> Result<Vec<u8>, Refusal> {
    let mut reader = Bytes::new(content);
    if reader.take(2) != Some(&[0xff, SOI]) {
        return Err(Refusal::Broken);
    }
    let mut kept: Vec<u8> = Vec::with_capacity(content.len());
    let (mut head, mut orientation, mut scans, mut frames) = (Vec::new(), 1, 0_u32, 0_u32);
    loop {
        let Some(marker) = next_marker(&mut reader) else {
            if rigour == Rigour::Within && scans > 0 {
                break;
            }
            return Err(Refusal::Broken);
        };
        match marker {
            EOI if scans > 0 => break,
            // Tables, frames, intervals and lines.
            0xc0..=0xcf | 0xdb..=0xdf => {
                let body = segment(&mut reader)?;
                if is_frame(marker) {
                    frames += 1;
                    within(body, limits)?;
                }
                write(&mut kept, marker, body);
            }
            SOS if frames > 0 => {
                write(&mut kept, SOS, segment(&mut reader)?);
                kept.extend_from_slice(scan(&mut reader));
                scans += 1;
            }
            0xe0 => head.extend(jfif(segment(&mut reader)?)),
            0xe1 => {
                let body = segment(&mut reader)?;
                if orientation == 1 {
                    orientation = orientation_of(body).unwrap_or(1);
                }
            }
            0xe2 => {
                let body = segment(&mut reader)?;
                if body.starts_with(b"ICC_PROFILE\0") {
                    write(&mut kept, marker, body);
                }
            }
            0xee => {
                let body = segment(&mut reader)?;
                if let Some(adobe) = body.get(..12).filter(|body| body.starts_with(b"Adobe")) {
                    write(&mut kept, marker, adobe);
                }
            }
            0xe3..=0xef | 0xfe => drop(segment(&mut reader)?),
            _ => return Err(Refusal::Broken),
        }
    }
    let mut out = vec![0xff, SOI];
    out.append(&mut head);
    if rigour == Rigour::Whole && orientation != 1 {
        write(&mut out, 0xe1, &upright(orientation));
    }
    out.append(&mut kept);
    out.extend_from_slice(&[0xff, EOI]);
    Ok(out)
}

fn next_marker(reader: &mut Bytes<'_>) -> Option<u8> {
    if reader.byte()? != 0xff {
        return None;
    }
    loop {
        // Any number of fill bytes.
        match reader.byte()? {
            0xff => {}
            marker => return Some(marker),
        }
    }
}

/// What a segment holds, its length read and not trusted.
fn segment<'b>(reader: &mut Bytes<'b>) -> Result<&'b [u8], Refusal> {
    let length = reader.be16().and_then(|length| length.checked_sub(2)).ok_or(Refusal::Broken)?;
    reader.take(usize::from(length)).ok_or(Refusal::Broken)
}

fn write(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    // What was read in a segment fits in one.
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(body);
}

fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

fn within(frame: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let mut reader = Bytes::new(frame);
    let (_, height, width) = (reader.byte(), reader.be16(), reader.be16());
    let (Some(height), Some(width)) = (height, width) else { return Err(Refusal::Broken) };
    if u64::from(height) * u64::from(width) > limits.pixels { Err(Refusal::Dimensions) } else { Ok(()) }
}

/// The coded data of one scan, up to the next marker that is neither a restart nor a stuffed byte. A progressive picture
/// has several.
fn scan<'b>(reader: &mut Bytes<'b>) -> &'b [u8] {
    let coded = reader.rest();
    let mut end = coded.len();
    for (at, pair) in coded.windows(2).enumerate() {
        if let [0xff, next] = pair
            && !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff)
        {
            end = at;
            break;
        }
    }
    // Fill bytes before the marker belong to nobody.
    let coded = coded.get(..end).unwrap_or_default();
    reader.at += coded.len();
    coded
}

/// JFIF says how dense the points are; its thumbnail, and the extension made of thumbnails, go.
fn jfif(body: &[u8]) -> Vec<u8> {
    let Some(density) = body.get(..12).filter(|body| body.starts_with(b"JFIF\0")) else { return Vec::new() };
    let mut out = Vec::new();
    write(&mut out, 0xe0, &[density, &[0, 0]].concat());
    out
}

/// EXIF tag 0x0112 of the first directory.
fn orientation_of(body: &[u8]) -> Option<u16> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let at16 = |at: usize| {
        let pair = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let at32 = |at: usize| {
        let four = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }).ok()
    };
    let directory = at32(4)?;
    let count = usize::from(at16(directory)?);
    (0..count)
        .map_while(|entry| directory.checked_add(2 + entry * 12))
        .find(|at| at16(*at) == Some(0x0112))
        .and_then(|at| at16(at + 8))
        .filter(|value| (2..=8).contains(value))
}

/// An EXIF segment that holds the orientation and nothing else.
fn upright(orientation: u16) -> Vec<u8> {
    let [high, low] = orientation.to_be_bytes();
    let mut out = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    out.extend_from_slice(&[high, low, 0, 0, 0, 0, 0, 0]);
    out
}
