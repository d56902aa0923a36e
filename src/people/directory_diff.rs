//! What an import of the directory would change, line by line. Pure: two directories in, a difference out.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::directory_values::{COLUMNS, Directory, DirectoryRow};

/// What an import would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectoryDiff<'a> {
    /// In the file only.
    pub added: Vec<&'a DirectoryRow>,
    pub changed: Vec<ChangedPerson<'a>>,
    /// Active people whom the file no longer names.
    pub departed: Vec<&'a DirectoryRow>,
    /// How many are the same.
    pub unchanged: usize,
}

/// A person whose line is not what the register holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedPerson<'a> {
    pub number: &'a str,
    pub columns: Vec<ChangedColumn>,
}

/// One cell before and after, as text; regimes and positions as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedColumn {
    /// French name of the column.
    pub column: &'static str,
    pub before: String,
    pub after: String,
}

/// The file without the people who left and whom the register does not hold. It destroyed what it had on some of them, of whom a
/// bare number is left (`retention/people.rs`), and the others were never its business: none of them comes back by an import. Whoever
/// they supervised left too, and keeps the supervisor that the register holds.
pub fn without_the_gone(file: Directory, current: &[DirectoryRow], today: NaiveDate) -> Directory {
    let held: HashMap<&str, &DirectoryRow> = current.iter().map(|row| (row.number.as_str(), row)).collect();
    let is_gone = |row: &DirectoryRow| {
        row.active_until.is_some_and(|last| last < today) && !held.contains_key(row.number.as_str())
    };
    let (gone, mut people): (Vec<_>, Vec<_>) = file.people.into_iter().partition(is_gone);
    if gone.is_empty() {
        return Directory { people, units: file.units };
    }
    let gone: HashSet<&str> = gone.iter().map(|row| row.number.as_str()).collect();
    for row in &mut people {
        if row.supervisor.as_deref().is_some_and(|number| gone.contains(number)) {
            row.supervisor = held.get(row.number.as_str()).and_then(|before| before.supervisor.clone());
        }
    }
    Directory::of(people)
}

/// Compares a new file with the directory held, as of `today`. People who had already left and are absent from the file
/// are neither departed nor counted.
pub fn diff<'a>(current: &'a [DirectoryRow], new: &'a Directory, today: NaiveDate) -> DirectoryDiff<'a> {
    let held: HashMap<&str, &DirectoryRow> = current.iter().map(|row| (row.number.as_str(), row)).collect();
    let named: HashSet<&str> = new.people.iter().map(|row| row.number.as_str()).collect();
    let mut result = DirectoryDiff { added: Vec::new(), changed: Vec::new(), departed: Vec::new(), unchanged: 0 };
    for row in &new.people {
        match held.get(row.number.as_str()) {
            None => result.added.push(row),
            Some(before) if *before == row => result.unchanged += 1,
            Some(before) => {
                let pairs = before.cells().into_iter().zip(row.cells()).zip(COLUMNS);
                let columns = pairs
                    .filter(|((before, after), _)| before != after)
                    .map(|((before, after), (column, _, _))| ChangedColumn { column, before, after })
                    .collect();
                result.changed.push(ChangedPerson { number: &row.number, columns });
            }
        }
    }
    let gone =
        |row: &&DirectoryRow| row.active_until.is_none_or(|last| today <= last) && !named.contains(row.number.as_str());
    result.departed = current.iter().filter(gone).collect();
    result
}
