//! SQL of imports: the line that each file leaves.

use diesel::prelude::*;
use serde::Serialize;

use super::{Problem, Problems, Source};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::imports;
use crate::error::Result;
use crate::journal::{self, Event};
use crate::people::PersonId;

/// Row number of an import.
pub type ImportId = i64;

/// A file that was taken in.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = imports)]
pub struct Import {
    pub id: ImportId,
    pub source: String,
    pub file_name: String,
    pub sha256: String,
    pub imported_at: Instant,
    pub imported_by: Option<PersonId>,
    pub row_count: i64,
    pub error_count: i64,
    pub change_count: i64,
    pub problems: String,
}

impl Import {
    /// Its first problems.
    pub fn problems(&self) -> Vec<Problem> {
        serde_json::from_str(&self.problems).unwrap_or_default()
    }
}

/// A file about to be taken in.
#[derive(Debug, Clone)]
pub struct File {
    pub source: Source,
    pub name: String,
    pub sha256: String,
    pub by: Option<PersonId>,
}

/// What a file brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub rows: i64,
    pub errors: i64,
    pub changes: i64,
}

/// Begins an import: what it writes names this row. The same transaction ends it with [`end`].
pub fn begin(tx: &mut Tx<'_>, file: &File) -> Result<ImportId> {
    let now = tx.now();
    Ok(each_engine!(tx.conn, conn => diesel::insert_into(imports::table)
        .values((
            imports::source.eq(file.source.as_str()),
            imports::file_name.eq(&file.name),
            imports::sha256.eq(&file.sha256),
            imports::imported_at.eq(now),
            imports::imported_by.eq(file.by),
            imports::row_count.eq(0_i64),
            imports::error_count.eq(0_i64),
            imports::change_count.eq(0_i64),
            imports::problems.eq("[]"),
        ))
        .returning(imports::id)
        .get_result(conn))?)
}

/// Ends an import: its figures, and its event.
pub fn end(tx: &mut Tx<'_>, id: ImportId, file: &File, tally: Tally, problems: &Problems) -> Result<()> {
    diesel::update(imports::table.find(id))
        .set((
            imports::row_count.eq(tally.rows),
            imports::error_count.eq(tally.errors),
            imports::change_count.eq(tally.changes),
            imports::problems.eq(serde_json::to_string(&problems.shown)?),
        ))
        .execute(tx.conn)?;
    let event = Event::Imported {
        source: file.source.as_str().to_owned(),
        file: file.name.clone(),
        sha256: file.sha256.clone(),
        rows: tally.rows,
        errors: tally.errors,
        changes: tally.changes,
    };
    journal::record(tx, file.by, None, &event)
}

/// The last import of a source.
pub fn last(tx: &mut Tx<'_>, source: Source) -> Result<Option<Import>> {
    Ok(imports::table
        .filter(imports::source.eq(source.as_str()))
        .order(imports::id.desc())
        .select(Import::as_select())
        .first(tx.conn)
        .optional()?)
}

/// The newest imports of a source.
pub fn newest(tx: &mut Tx<'_>, source: Source, most: i64) -> Result<Vec<Import>> {
    Ok(imports::table
        .filter(imports::source.eq(source.as_str()))
        .order(imports::id.desc())
        .limit(most)
        .select(Import::as_select())
        .load(tx.conn)?)
}

/// True when this very file was taken in, whenever that was.
pub fn is_known(tx: &mut Tx<'_>, source: Source, sha256: &str) -> Result<bool> {
    let found: Option<ImportId> = imports::table
        .filter(imports::source.eq(source.as_str()))
        .filter(imports::sha256.eq(sha256))
        .select(imports::id)
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some())
}
