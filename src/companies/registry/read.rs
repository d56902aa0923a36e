//! Reading the archive: who is in it, sixteen bytes each, names and ties waiting on disk. Nothing is written to the database here, so
//! that a preview is this and no more. The same file gives the same rows in the same order: a writing that was stopped goes on.

use std::collections::HashSet;

use super::archive::{Archive, CHANGES, ENTERPRISES, ESTABLISHMENTS, LABELS, NAMES, Part, RELATIONS, Row, Taken};
use super::codes::{Coded, Codes, Domain, Labels, Met, Relation, Shared};
use super::spool::{Heaps, Waiting};
use super::ties::{self, Kind, Tie};
use super::{REGISTERED, STRUCK_OFF, UNREGISTERED};
use crate::error::Result;
use crate::sources::table::Column;
use crate::sources::{Problem, Problems};

/// Raised when the same file would give other rows, or in another order: what was written of it is then begun again.
pub const READING: u32 = 1;

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
/// Rows between two signs of life.
const PROGRESS: u64 = 50_000;

/// Where an enterprise stands in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// `IM`.
    Registered,
    /// `RD`, `RO`, `RX`.
    StruckOff,
    /// `AI` (notice of intention) or `NI`: neither.
    Unregistered,
}

impl Standing {
    fn of(code: &str) -> Option<Self> {
        match code {
            "IM" => Some(Self::Registered),
            "RD" | "RO" | "RX" => Some(Self::StruckOff),
            "AI" | "NI" => Some(Self::Unregistered),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => REGISTERED,
            Self::StruckOff => STRUCK_OFF,
            Self::Unregistered => UNREGISTERED,
        }
    }
}

/// One enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub neq: u64,
    pub standing: Standing,
    /// A sole proprietor, that is a natural person.
    pub person: bool,
    /// Place of its legal form among those of the register.
    pub form: u16,
    /// Place of its status in the registrar's words.
    pub said: u16,
}

/// The enterprises, by number, each once.
#[derive(Debug, Default)]
pub struct Entries {
    pub all: Vec<Entry>,
    pub forms: Shared,
    pub statuses: Shared,
}

impl Entries {
    fn place(&self, neq: u64) -> Option<usize> {
        self.all.binary_search_by_key(&neq, |entry| entry.neq).ok()
    }

    fn is(&self, place: usize, what: impl Fn(&Entry) -> bool) -> bool {
        self.all.get(place).is_some_and(what)
    }

    fn is_registered(&self, place: usize) -> bool {
        self.is(place, |entry| entry.standing == Standing::Registered)
    }

    fn is_person(&self, place: usize) -> bool {
        self.is(place, |entry| entry.person)
    }
}

/// An enterprise and the one it was merged into, by their places among the [`Entries`].
pub type Successor = (u32, u32);

/// What an archive holds.
pub struct Register {
    pub entries: Entries,
    /// Place of an enterprise, place of the one it was merged into; by place.
    pub successors: Vec<Successor>,
    pub ties: ties::Waiting,
    pub names: Heaps,
    pub name_count: i64,
    /// Each file of the archive, as it was read.
    pub parts: Vec<Part>,
    /// Codes of mergers and splits that were met.
    pub relations: Vec<Coded>,
}

impl Register {
    pub fn rows(&self) -> i64 {
        rows(&self.parts)
    }
}

fn rows(parts: &[Part]) -> i64 {
    parts.iter().map(|part| part.rows).sum()
}

/// Reads an archive to its end; `None` when it cannot be trusted, and `problems` says why.
pub fn read(
    archive: &mut Archive,
    codes: &Codes,
    problems: &mut Problems,
    progress: &dyn Fn(u64),
) -> Result<Option<Register>> {
    let mut reader = Reader { archive, problems: &mut *problems, progress, parts: Vec::new(), done: 0 };
    let Some(labels) = reader.labels()? else { return Ok(None) };
    let Some(entries) = reader.enterprises(&labels)? else { return Ok(None) };
    let mut ties = ties::Waiting::new()?;
    let Some((successors, relations)) = reader.relations(&entries, &labels, codes, &mut ties)? else { return Ok(None) };
    if !reader.changes(&entries, &labels, &mut ties)? {
        return Ok(None);
    }
    let mut names = Heaps::new(HEAPS)?;
    let (Some(own), Some(others)) = (reader.names(&entries, &mut names)?, reader.establishments(&entries, &mut names)?)
    else {
        return Ok(None);
    };
    let parts = reader.parts;
    let wrong = problems.count > 0 && problems.count > rows(&parts) / WRONG_ROWS;
    if wrong {
        return Ok(None);
    }
    // Told once for each code, and no reason to refuse: the register is whole without them.
    for met in relations.iter().filter(|met| met.relation == Relation::Unknown) {
        let value = format!("{} × {}", met.code, met.rows);
        let file = format!("{}.csv", RELATIONS.0);
        problems.push(Problem::new(&file, 0, "COD_RELA_ASSUJ", value, "import-unknown-relation"));
    }
    Ok(Some(Register { entries, successors, ties, names, name_count: own + others, parts, relations }))
}

struct Reader<'a> {
    archive: &'a mut Archive,
    problems: &'a mut Problems,
    progress: &'a dyn Fn(u64),
    parts: Vec<Part>,
    done: u64,
}

impl Reader<'_> {
    /// Reads one file of the archive; false when it cannot be trusted.
    fn file(
        &mut self,
        file: (&str, &'static [Column]),
        is_needed: bool,
        mut each: impl FnMut(&Row<'_>) -> Result<Taken>,
    ) -> Result<bool> {
        let (done, progress) = (&mut self.done, self.progress);
        let part = self.archive.rows(file, is_needed, self.problems, |row| {
            *done += 1;
            if *done % PROGRESS == 0 {
                progress(*done);
            }
            each(row)
        })?;
        let whole = part.is_some();
        self.parts.extend(part);
        Ok(whole)
    }

    fn labels(&mut self) -> Result<Option<Labels>> {
        let mut labels = Labels::default();
        let whole = self.file(LABELS, false, |row| {
            Ok(if labels.keep(row.cell(0), row.cell(1), row.cell(2)) { Taken::Kept } else { Taken::Passed })
        })?;
        Ok(whole.then_some(labels))
    }

    fn enterprises(&mut self, labels: &Labels) -> Result<Option<Entries>> {
        let mut entries = Entries::default();
        let whole = self.file(ENTERPRISES, true, |row| {
            let Some(neq) = row.neq(0) else { return row.wrong(0, "import-bad-neq") };
            let Some(standing) = Standing::of(row.cell(1)) else { return row.wrong(1, "import-unknown-status") };
            let code = row.cell(2);
            let form = entries.forms.place(code, || labels.say(Domain::Form, code));
            let said = match standing {
                // Nothing to add to « registered ».
                Standing::Registered => 0,
                Standing::StruckOff | Standing::Unregistered => entries
                    .statuses
                    .place(row.cell(1), || labels.find(Domain::Status, row.cell(1)).unwrap_or_default().to_owned()),
            };
            entries.all.push(Entry { neq, standing, person: code == "IND", form, said });
            Ok(Taken::Kept)
        })?;
        entries.all.sort_unstable();
        entries.all.dedup_by_key(|entry| entry.neq);
        Ok(whole.then_some(entries))
    }

    /// Who was merged into whom, and the codes met; splits, and mergers with whoever has no NEQ, go to the ties.
    fn relations(
        &mut self,
        entries: &Entries,
        labels: &Labels,
        codes: &Codes,
        ties: &mut ties::Waiting,
    ) -> Result<Option<(Vec<Successor>, Vec<Coded>)>> {
        let (mut successors, mut met): (Vec<Successor>, _) = (Vec::new(), Met::default());
        let whole = self.file(RELATIONS, false, |row| {
            let Some(neq) = row.neq(0) else { return row.wrong(0, "import-bad-neq") };
            let Some(one) = entries.place(neq) else { return Ok(Taken::Passed) };
            let (relation, words) = met.count(codes, labels, row.cell(2));
            let other = row.neq(1);
            let place = other.and_then(|other| entries.place(other));
            let kind = match (relation, place) {
                (Relation::Unknown, _) => return Ok(Taken::Passed),
                (Relation::Merger, Some(other)) => {
                    let pair = follows(entries, one, other);
                    let taken = if pair.is_some() { Taken::Kept } else { Taken::Passed };
                    successors.extend(pair);
                    return Ok(taken);
                }
                // Foreign parties have no number.
                (Relation::Merger, None) => Kind::Merger,
                (Relation::Split, _) => Kind::Split,
            };
            let name = clean(row.cell(3));
            let with_person = entries.is_person(one) || place.is_some_and(|other| entries.is_person(other));
            if with_person || (other.is_none() && name.is_empty()) {
                return Ok(Taken::Passed);
            }
            ties.push(&Tie { neq, kind, other, name, words: words.to_owned(), on: row.day(4) })?;
            Ok(Taken::Kept)
        })?;
        // Of two that an enterprise may have been merged into, the one that goes on.
        let gone = |place: u32| !usize::try_from(place).is_ok_and(|place| entries.is_registered(place));
        // Two that are both gone may each tell of the other: the one that went on elsewhere did not go on there.
        let told: HashSet<Successor> = successors.iter().copied().collect();
        successors.sort_unstable_by_key(|(from, into)| (*from, gone(*into), told.contains(&(*into, *from)), *into));
        successors.dedup_by_key(|pair| pair.0);
        Ok(whole.then(|| (successors, met.all())))
    }

    /// Continuations and transformations: the enterprise is the same under the same number.
    fn changes(&mut self, entries: &Entries, labels: &Labels, ties: &mut ties::Waiting) -> Result<bool> {
        self.file(CHANGES, false, |row| {
            let Some(neq) = row.neq(0) else { return row.wrong(0, "import-bad-neq") };
            let Some(place) = entries.place(neq) else { return Ok(Taken::Passed) };
            if entries.is_person(place) {
                return Ok(Taken::Passed);
            }
            let law = [labels.say(Domain::Law, row.cell(2)), row.cell(3).to_owned(), row.cell(4).to_owned()];
            let told: Vec<&str> = law.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            let (name, words) = (clean(&told.join(", ")), labels.say(Domain::Change, row.cell(1)));
            ties.push(&Tie { neq, kind: Kind::Change, other: None, name, words, on: row.day(5) })?;
            Ok(Taken::Kept)
        })
    }

    /// Names in force and former; how many.
    fn names(&mut self, entries: &Entries, names: &mut Heaps) -> Result<Option<i64>> {
        let (mut count, per_heap) = (0, share(entries.all.len()));
        let whole = self.file(NAMES, true, |row| {
            let Some(neq) = row.neq(0) else { return row.wrong(0, "import-bad-neq") };
            let Some(at) = entries.place(neq) else { return row.wrong(0, "import-unknown-neq") };
            let in_force = match row.cell(2) {
                "V" => true,
                "A" => false,
                _ => return row.wrong(2, "import-unknown-name-status"),
            };
            if row.cell(1).is_empty() {
                return row.wrong(1, "import-missing-value");
            }
            let proper = row.cell(3) == "N";
            // The name proper of a sole proprietor is that of a person, not of a business.
            if proper && entries.is_person(at) {
                return Ok(Taken::Passed);
            }
            let rank = match (in_force, proper) {
                (true, true) => 0,
                (true, false) => 1,
                (false, _) => 2,
            };
            count += 1;
            push(names, at, per_heap, rank, row.cell(1))
        })?;
        Ok(whole.then_some(count))
    }

    /// Names over the doors of establishments: an enterprise is found by them too, never its address. Those of sole proprietors,
    /// which may be the person's, are left out.
    fn establishments(&mut self, entries: &Entries, names: &mut Heaps) -> Result<Option<i64>> {
        let (mut count, per_heap) = (0, share(entries.all.len()));
        let whole = self.file(ESTABLISHMENTS, false, |row| {
            let Some(neq) = row.neq(0) else { return row.wrong(0, "import-bad-neq") };
            let at = entries.place(neq).filter(|at| !entries.is_person(*at) && !row.cell(1).is_empty());
            let Some(at) = at else { return Ok(Taken::Passed) };
            count += 1;
            push(names, at, per_heap, 1, row.cell(1))
        })?;
        Ok(whole.then_some(count))
    }
}

fn push(names: &mut Heaps, at: usize, per_heap: usize, rank: u8, name: &str) -> Result<Taken> {
    let of = u64::try_from(at).unwrap_or(u64::MAX);
    names.push(at / per_heap, &Waiting { of, rank, name: clean(name) })?;
    Ok(Taken::Kept)
}

/// Which of two parties of a merger goes on in the other. Either may tell of the other: whichever was struck off goes on in the one
/// that was not; when both were since, the row is that of the enterprise that came out of the merger.
fn follows(entries: &Entries, one: usize, other: usize) -> Option<Successor> {
    let (from, into) = match (entries.is_registered(one), entries.is_registered(other)) {
        (true, true) => return None,
        (false, true) => (one, other),
        (_, false) => (other, one),
    };
    let short = |place: usize| u32::try_from(place).ok();
    short(from).zip(short(into)).filter(|(from, into)| from != into)
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
