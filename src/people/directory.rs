//! Importing the staff directory: what it would change, then the change, all or nothing.
//!
//! The directory says who works here, where, and who supervises whom; routing and access follow from it. So an import
//! is looked at before it is made ([`preview`]), and what is made is what was looked at: [`import`] refuses when the
//! file or the register changed in between. Files open that day follow the new chart in the same transaction
//! (`declarations/handover.rs`).

mod apply;
mod standing;
mod supervisions;
#[cfg(test)]
mod tests;
pub mod units;

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use serde::Serialize;

use self::standing::Standing;
use super::csv_directory::{self, MOST_BYTES, RowProblem};
use super::directory_diff::{ChangedColumn, ChangedPerson, DirectoryDiff, diff, without_the_gone};
use super::directory_values::{Directory, DirectoryRow};
use super::{PersonId, roles};
use crate::app::Tx;
use crate::db::DbConn;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::random::sha256_hex;
use crate::text::Language;
use crate::texts::{Arg, say};

/// What a file would change, or what must be corrected in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DirectoryPreview {
    /// SHA-256 of the file.
    pub sha256: String,
    /// SHA-256 of the file and of what it would change: what [`import`] is asked to do again.
    pub seal: String,
    /// People in the file, without those who left and whom the register does not hold.
    pub people: usize,
    pub added: Vec<DirectoryRow>,
    pub changed: Vec<Changed>,
    pub departed: Vec<Departed>,
    pub unchanged: usize,
    /// In the order of the lines; when there is one, nothing can be imported.
    pub problems: Vec<RowProblem>,
}

/// A person whose line is not what the register holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    pub number: String,
    /// As the file writes it.
    pub name: String,
    pub columns: Vec<ChangedColumn>,
}

/// A person in service whom the file no longer names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Departed {
    pub row: DirectoryRow,
    /// Roles that end with their departure.
    pub roles: Vec<String>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub sha256: String,
    pub added: usize,
    pub changed: usize,
    pub departed: usize,
    pub unchanged: usize,
    /// Open files that went to somebody else.
    pub moved: usize,
}

/// A file read against the register.
struct Reading {
    sha256: String,
    standing: Standing,
    outcome: Result<Directory, Vec<RowProblem>>,
}

/// What this file would change. `by` is whoever would import it, when signed in.
pub fn preview(tx: &mut Tx<'_>, by: Option<PersonId>, bytes: &[u8]) -> Result<DirectoryPreview> {
    let today = tx.today();
    let Reading { sha256, standing, outcome } = read(tx, by, bytes)?;
    let directory = match outcome {
        Ok(directory) => directory,
        Err(problems) => {
            return Ok(DirectoryPreview {
                seal: String::new(),
                sha256,
                people: 0,
                added: Vec::new(),
                changed: Vec::new(),
                departed: Vec::new(),
                unchanged: 0,
                problems,
            });
        }
    };
    let found = diff(&standing.rows, &directory, today);
    let seal = seal(&sha256, &found)?;
    let mut departed = Vec::new();
    for row in &found.departed {
        let held = match standing.id(&row.number) {
            Some(id) => roles::of(tx, id)?.iter().map(|role| role.as_str().to_owned()).collect(),
            None => Vec::new(),
        };
        departed.push(Departed { row: (*row).clone(), roles: held });
    }
    Ok(DirectoryPreview {
        sha256,
        seal,
        people: directory.people.len(),
        added: found.added.iter().map(|row| (*row).clone()).collect(),
        changed: named_changes(&found, &standing, &directory),
        departed,
        unchanged: found.unchanged,
        problems: Vec::new(),
    })
}

/// The changes, with the names of people and of their supervisors beside the numbers.
fn named_changes(found: &DirectoryDiff<'_>, standing: &Standing, directory: &Directory) -> Vec<Changed> {
    let held = standing.rows.iter().map(|row| (row.number.as_str(), row.name()));
    let read = directory.people.iter().map(|row| (row.number.as_str(), row.name()));
    let names: HashMap<&str, String> = held.chain(read).collect();
    let named = |number: &str| match names.get(number) {
        Some(name) => format!("{number} {name}"),
        None => number.to_owned(),
    };
    let cell = |cell: &ChangedColumn| match cell.column {
        "superieur" => ChangedColumn { before: named(&cell.before), after: named(&cell.after), ..cell.clone() },
        _ => cell.clone(),
    };
    let change = |change: &ChangedPerson<'_>| Changed {
        number: change.number.to_owned(),
        name: names.get(change.number).cloned().unwrap_or_default(),
        columns: change.columns.iter().map(cell).collect(),
    };
    found.changed.iter().map(change).collect()
}

/// Imports a file: people come, change and go, and open files follow. `expected` is the seal of the preview.
///
/// # Errors
/// [`Error::Stale`] when the file, or the register, is not what the preview showed; [`Error::Invalid`] when a line
/// must be corrected. Nothing is changed then.
pub fn import(tx: &mut Tx<'_>, by: Option<PersonId>, file_name: &str, bytes: &[u8], expected: &str) -> Result<Summary> {
    one_at_a_time(tx)?;
    let today = tx.today();
    let Reading { sha256, standing, outcome } = read(tx, by, bytes)?;
    let directory = outcome.map_err(|_| Error::field("file", "error-directory-problems"))?;
    let found = diff(&standing.rows, &directory, today);
    if seal(&sha256, &found)? != expected {
        return Err(Error::Stale);
    }
    let event = Event::DirectoryImported {
        file: file_name.chars().filter(|c| !c.is_control()).take(200).collect(),
        sha256: sha256.clone(),
        added: found.added.len(),
        changed: found.changed.len(),
        departed: found.departed.len(),
    };
    let moved = apply::apply(tx, by, &standing, &directory, &found)?;
    // Last: it says what the whole directory is from now on.
    journal::record(tx, by, None, &event)?;
    Ok(Summary {
        sha256,
        added: found.added.len(),
        changed: found.changed.len(),
        departed: found.departed.len(),
        unchanged: found.unchanged,
        moved,
    })
}

/// Two imports at once would each compare with a register that the other is changing. SQLite has one writer anyway.
fn one_at_a_time(tx: &mut Tx<'_>) -> Result<()> {
    use diesel::RunQueryDsl;
    if let DbConn::Postgres(conn) = tx.conn {
        diesel::sql_query("SELECT pg_advisory_xact_lock(7032001)").execute(conn)?;
    }
    Ok(())
}

fn read(tx: &mut Tx<'_>, by: Option<PersonId>, bytes: &[u8]) -> Result<Reading> {
    let today = tx.today();
    let sha256 = sha256_hex(bytes);
    let standing = Standing::load(tx)?;
    let outcome = csv_directory::parse(bytes, today).and_then(|mut directory| {
        units::one_spelling(&mut directory);
        let me = by.and_then(|id| standing.number(id));
        let named = |me: &str| directory.people.iter().any(|row| row.number == me && row.is_active(today));
        match me.filter(|me| !named(me)) {
            // The import would end the session, the role and the access of whoever makes it.
            Some(me) => Err(vec![RowProblem::new(0, "numero", me, "directory-importer-absent")]),
            None => Ok(without_the_gone(directory, &standing.rows, today)),
        }
    });
    Ok(Reading { sha256, standing, outcome })
}

fn seal(sha256: &str, found: &DirectoryDiff<'_>) -> Result<String> {
    Ok(sha256_hex(format!("{sha256}\n{}", serde_json::to_string(found)?).as_bytes()))
}

/// A file from a folder, read whole but never beyond the limit of the import.
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    let cannot = |e: std::io::Error| Error::of_file(path, &e);
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(cannot)?.take(most).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(bytes)
}

/// The sentence of a problem, without its line.
pub fn problem_text(problem: &RowProblem, language: Language) -> String {
    let args = [("value", Arg::from(problem.value.as_str())), ("column", Arg::from(problem.column))];
    match problem.code {
        "directory-missing-column" if !problem.value.is_empty() => {
            say(language, "directory-missing-column-near", &args)
        }
        code => say(language, code, &args),
    }
}

impl DirectoryPreview {
    /// The preview for a terminal, one line each, at most `most` of a kind.
    pub fn lines(&self, language: Language, most: usize) -> Vec<String> {
        let count = |n: usize| Arg::from(i64::try_from(n).unwrap_or(i64::MAX));
        let mut lines = Vec::new();
        let mut list = |title: String, total: usize, items: Vec<String>| {
            if total > 0 {
                lines.push(title);
                let shown = items.len();
                lines.extend(items.into_iter().map(|item| format!("  {item}")));
                if total > shown {
                    lines
                        .push(format!("  {}", say(language, "directory-and-more", &[("count", count(total - shown))])));
                }
            }
        };
        let problems = self.problems.iter().take(most).map(|problem| {
            let text = problem_text(problem, language);
            let line = i64::try_from(problem.line).unwrap_or(i64::MAX);
            match problem.line {
                0 => text,
                _ => say(language, "directory-line", &[("line", Arg::from(line)), ("text", text.into())]),
            }
        });
        let title = |key: &str, n: usize| say(language, key, &[("count", count(n))]);
        list(title("directory-problems", self.problems.len()), self.problems.len(), problems.collect());
        let added = self.added.iter().take(most).map(|row| format!("+ {} {}", row.number, row.name()));
        list(title("directory-added", self.added.len()), self.added.len(), added.collect());
        let changed = self.changed.iter().take(most).map(|change| {
            let columns: Vec<String> =
                change.columns.iter().map(|c| format!("{}: {} → {}", c.column, c.before, c.after)).collect();
            format!("~ {} {} ({})", change.number, change.name, columns.join("; "))
        });
        list(title("directory-changed", self.changed.len()), self.changed.len(), changed.collect());
        let departed = self.departed.iter().take(most).map(|gone| {
            let roles = if gone.roles.is_empty() { String::new() } else { format!(" ({})", gone.roles.join(", ")) };
            format!("- {} {}{roles}", gone.row.number, gone.row.name())
        });
        list(title("directory-departed", self.departed.len()), self.departed.len(), departed.collect());
        if self.problems.is_empty() {
            lines.push(title("directory-unchanged", self.unchanged));
        }
        lines
    }
}
