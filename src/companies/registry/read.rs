//! Reading the archive: who is in it, sixteen bytes each, and names waiting on disk. Nothing is written to the database here,
//! so that a preview is this and no more.

use std::collections::HashMap;

use super::archive::{Archive, ENTERPRISES, LABELS, MERGERS, NAMES};
use super::spool::{Heaps, Waiting};
use crate::error::Result;
use crate::sources::Problems;

/// Heaps of names by number: about fifty thousand enterprises each.
const HEAPS: usize = 64;

/// Enterprises of one heap.
pub fn share(enterprises: usize) -> usize {
    enterprises / HEAPS + 1
}

/// Longest name kept, in bytes.
const LONGEST: usize = 400;
/// Beyond one row in so many, the file is not what it says.
const WRONG_ROWS: i64 = 100;

/// One enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub neq: u64,
    pub registered: bool,
    /// A sole proprietor, that is a natural person.
    pub person: bool,
    /// Place of its legal form in the labels.
    pub form: u16,
}

/// What an archive holds.
pub struct Register {
    /// By number, each once.
    pub entries: Vec<Entry>,
    pub forms: Vec<String>,
    /// Place of an enterprise, place of the one it was merged into; by place.
    pub successors: Vec<(u32, u32)>,
    pub names: Heaps,
    pub name_count: i64,
    pub rows: i64,
}

/// Reads an archive to its end; `None` when it cannot be trusted, and `problems` says why.
pub fn read(archive: &mut Archive, problems: &mut Problems, progress: &dyn Fn(u64)) -> Result<Option<Register>> {
    let mut labels: HashMap<String, String> = HashMap::new();
    archive.rows(LABELS, false, problems, |row| {
        if row.cell(0).to_uppercase().contains("FORME_JURI") {
            labels.insert(row.cell(1).to_owned(), row.cell(2).chars().take(120).collect());
        }
        Ok(None)
    })?;
    let (mut entries, mut forms, mut known) = (Vec::new(), Vec::<String>::new(), HashMap::<String, u16>::new());
    let (mut rows, mut done) = (0_i64, 0_u64);
    let whole = archive.rows(ENTERPRISES, true, problems, |row| {
        rows += 1;
        done += 1;
        if done % 50_000 == 0 {
            progress(done);
        }
        let Some(neq) = row.neq(0) else { return Ok(Some(row.problem(0, "import-bad-neq"))) };
        let registered = match row.cell(1) {
            "IM" => true,
            "RD" | "RO" | "RX" => false,
            _ => return Ok(Some(row.problem(1, "import-unknown-status"))),
        };
        let code = row.cell(2);
        let form = match known.get(code) {
            Some(form) => *form,
            None => {
                let form = u16::try_from(forms.len()).unwrap_or(u16::MAX);
                known.insert(code.to_owned(), form);
                forms.push(labels.get(code).cloned().unwrap_or_else(|| code.chars().take(40).collect()));
                form
            }
        };
        entries.push(Entry { neq, registered, person: code == "IND", form });
        Ok(None)
    })?;
    if !whole {
        return Ok(None);
    }
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.neq);
    let place = |neq: u64| entries.binary_search_by_key(&neq, |entry| entry.neq).ok();
    let mut successors: Vec<(u32, u32)> = Vec::new();
    let whole = archive.rows(MERGERS, false, problems, |row| {
        rows += 1;
        let Some(one) = row.neq(0) else { return Ok(Some(row.problem(0, "import-bad-neq"))) };
        // Foreign parties have no number.
        let Some(other) = row.neq(1).and_then(place) else { return Ok(None) };
        let Some(one) = place(one) else { return Ok(None) };
        let in_force = |place: usize| entries.get(place).is_some_and(|entry| entry.registered);
        // Either party tells of the other; whichever was struck off followed into the one that goes on.
        let pair = match (in_force(one), in_force(other)) {
            (false, _) => Some((one, other)),
            (true, false) => Some((other, one)),
            (true, true) => None,
        };
        let short = |place: usize| u32::try_from(place).ok();
        if let Some((from, into)) = pair.filter(|(from, into)| from != into)
            && let Some(pair) = short(from).zip(short(into))
        {
            successors.push(pair);
        }
        Ok(None)
    })?;
    if !whole {
        return Ok(None);
    }
    successors.sort_unstable();
    successors.dedup_by_key(|pair| pair.0);
    let mut names = Heaps::new(HEAPS)?;
    let (mut name_count, per_heap) = (0_i64, share(entries.len()));
    let whole = archive.rows(NAMES, true, problems, |row| {
        rows += 1;
        done += 1;
        if done % 50_000 == 0 {
            progress(done);
        }
        let Some(neq) = row.neq(0) else { return Ok(Some(row.problem(0, "import-bad-neq"))) };
        let Some(at) = place(neq) else { return Ok(Some(row.problem(0, "import-unknown-neq"))) };
        let in_force = match row.cell(2) {
            "V" => true,
            "A" => false,
            _ => return Ok(Some(row.problem(2, "import-unknown-name-status"))),
        };
        let name = row.cell(1);
        if name.is_empty() {
            return Ok(Some(row.problem(1, "import-missing-value")));
        }
        let proper = row.cell(3) == "N";
        // The name proper of a sole proprietor is that of a person, not of a business.
        if proper && entries.get(at).is_some_and(|entry| entry.person) {
            return Ok(None);
        }
        let rank = match (in_force, proper) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        };
        name_count += 1;
        let name = clean(name);
        names.push(at / per_heap, &Waiting { of: u64::try_from(at).unwrap_or(u64::MAX), rank, name })?;
        Ok(None)
    })?;
    let wrong = problems.count > 0 && problems.count > rows / WRONG_ROWS;
    if !whole || wrong {
        return Ok(None);
    }
    Ok(Some(Register { entries, forms, successors, names, name_count, rows }))
}

/// A name on one line and not longer than a name is.
fn clean(name: &str) -> String {
    let mut cleaned = String::with_capacity(name.len().min(LONGEST));
    for c in name.chars() {
        if cleaned.len() + c.len_utf8() > LONGEST {
            break;
        }
        let c = if c.is_control() { ' ' } else { c };
        if !(c == ' ' && cleaned.ends_with(' ')) {
            cleaned.push(c);
        }
    }
    cleaned
}
