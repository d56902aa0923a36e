//! Exports that carried a person's declarations, ordinary ones too: whoever's file left the product is told so.

use diesel::prelude::*;

use super::store::{OwnFile, own_files};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{access_log, persons};
use crate::declarations::carried::Carried;
use crate::error::Result;
use crate::people::PersonId;

/// Rows of exports read at a time.
const AT_ONCE: i64 = 200;
/// Rows of exports read for one page: most of them may have carried nothing of the person who reads it.
const LOOKED_AT: usize = 2_000;

/// One export by somebody else, with those of a person's declarations that it carried.
#[derive(Debug, Clone)]
pub struct Export {
    pub id: i64,
    pub at: Instant,
    pub action: String,
    pub reader: PersonId,
    pub given_name: String,
    pub family_name: String,
    /// Of the reader's position.
    pub title: String,
    /// How many declarations it carried, of everybody.
    pub files: i64,
    pub own: Vec<OwnFile>,
}

/// The exports found, the last ones first.
#[derive(Debug, Default)]
pub struct Found {
    pub exports: Vec<Export>,
    /// The last row that was looked at, when there may be more below it.
    pub below: Option<i64>,
}

#[derive(Queryable)]
struct Row {
    id: i64,
    at: Instant,
    action: String,
    reader: PersonId,
    given_name: String,
    family_name: String,
    title: String,
    carried: Option<String>,
}

/// Exports by others that carried a person's declarations, the last ones first, below a row when one is given: so many at most, among a
/// bounded number of rows.
///
/// # Errors
/// The database does not answer.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, before: Option<i64>, most: i64) -> Result<Found> {
    // What is sealed is in no export.
    let own: Vec<OwnFile> = own_files(tx, person)?.into_iter().filter(|file| !file.is_sealed()).collect();
    let mut found = Found::default();
    let Some(first) = own.iter().map(|file| file.filed_at).min() else { return Ok(found) };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (mut below, mut looked_at) = (before.unwrap_or(i64::MAX), 0);
    loop {
        let rows = some(tx, below)?;
        let whole = i64::try_from(rows.len()).is_ok_and(|count| count == AT_ONCE);
        let Some(last) = rows.last() else { return Ok(found) };
        // Nothing of theirs left before there was any.
        let is_over = !whole || last.at < first;
        below = last.id;
        looked_at += rows.len();
        found.exports.extend(rows.into_iter().filter(|row| row.reader != person).filter_map(|row| carrying(row, &own)));
        if found.exports.len() > most {
            found.exports.truncate(most);
            found.below = found.exports.last().map(|last| last.id);
            return Ok(found);
        }
        if is_over {
            return Ok(found);
        }
        if found.exports.len() == most || looked_at >= LOOKED_AT {
            found.below = Some(below);
            return Ok(found);
        }
    }
}

fn some(tx: &mut Tx<'_>, below: i64) -> Result<Vec<Row>> {
    Ok(access_log::table
        .inner_join(persons::table.on(access_log::person_id.eq(persons::id)))
        .filter(access_log::carried.is_not_null())
        .filter(access_log::id.lt(below))
        .order(access_log::id.desc())
        .limit(AT_ONCE)
        .select((
            access_log::id,
            access_log::at,
            access_log::action,
            access_log::person_id,
            persons::given_name,
            persons::family_name,
            persons::title,
            access_log::carried,
        ))
        .load(tx.conn)?)
}

/// What it carried of these files; nothing when it was none of them. A number is the file's since it was filed.
fn carrying(row: Row, own: &[OwnFile]) -> Option<Export> {
    let carried = Carried::read(row.carried.as_deref()?)?;
    let own: Vec<OwnFile> =
        own.iter().filter(|file| file.filed_at <= row.at && carried.holds(file.id)).cloned().collect();
    (!own.is_empty()).then(|| Export {
        id: row.id,
        at: row.at,
        action: row.action,
        reader: row.reader,
        given_name: row.given_name,
        family_name: row.family_name,
        title: row.title,
        files: carried.files(),
        own,
    })
}
