//! The characters of the file: UTF-8, or a sentence that says how to save it again.

use super::RowProblem;

/// The text of the file, without its mark. Spreadsheets on Windows often save in Windows-1252, where the accents of a
/// name would become other letters: the file is refused, with a sample and how to save it again.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, RowProblem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(RowProblem::new(0, "", "", "directory-utf-16"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let (before, after) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
    let line = 1 + newlines(before);
    let letter = |b: &&u8| matches!(**b, 0xc0..=0xff | 0x8c | 0x9c | 0x9f);
    let mark = |b: &&u8| matches!(**b, 0x80 | 0x85 | 0x91..=0x97 | 0xa0 | 0xab | 0xb0 | 0xbb);
    // One accented letter or French punctuation mark alone in what UTF-8 does not allow: that is how 1252 looks.
    let code = match after.first() {
        Some(first) if letter(&first) || mark(&first) => "directory-windows-1252",
        _ => "directory-not-utf-8",
    };
    let start = before.iter().rposition(|b| matches!(b, b'\n' | b';' | b',')).map_or(0, |at| at + 1);
    let sample: String = before
        .get(start..)
        .into_iter()
        .flatten()
        .chain(after.iter().take_while(|b| !matches!(b, b'\r' | b'\n' | b';' | b',')))
        .take(60)
        .map(|b| from_1252(*b))
        .collect();
    Err(RowProblem::new(line, "", sample, code))
}

/// A Windows-1252 byte; those that French uses between 80 and 9F, the others being the same as in Unicode.
fn from_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x8c => 'Œ',
        0x91 => '‘',
        0x92 => '’',
        0x96 => '–',
        0x97 => '—',
        0x9c => 'œ',
        0x9f => 'Ÿ',
        other if (0x80..=0x9f).contains(&other) => '\u{fffd}',
        other => char::from(other),
    }
}

pub(super) fn newlines(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.iter().filter(|b| **b == b'\n').count()).unwrap_or(u64::MAX)
}
