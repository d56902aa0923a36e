//! A reading of the register, from its first row to its place: written beside the one in force, a few thousand rows a transaction so
//! that nobody waits, then put in its place in one. A reading that was stopped goes on from its last transaction when the same file
//! comes again; another file removes what was written of it and begins.

use diesel::prelude::*;

use super::codes::Codes;
use super::read::{READING, Register};
use super::store::GenerationId;
use super::words;
use crate::app::{App, Tx};
use crate::db::schema::{registry_enterprises, registry_generations, registry_names, registry_ties, registry_words};
use crate::error::{Error, Result};
use crate::random::sha256_hex;
use crate::sources::Problems;
use crate::sources::store::{self as sources, Tally};

/// Rows removed in one transaction.
const SHARE: i64 = 10_000;

/// Rows written of each table, in the order in which they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    pub enterprises: i64,
    pub ties: i64,
    pub names: i64,
    pub words: i64,
}

impl Written {
    pub fn all(self) -> i64 {
        self.enterprises + self.ties + self.names + self.words
    }
}

/// A reading being written.
#[derive(Debug)]
pub struct Staged {
    pub id: GenerationId,
    /// Row number of its first name.
    pub first: i64,
    /// What is there, of this run and of those before it.
    pub written: Written,
    run: i64,
}

/// What a reading comes from: the same file, read in the same way, gives the same rows in the same order.
pub struct Origin {
    mark: String,
    /// Rows read of each file of the archive.
    members: String,
}

impl Origin {
    pub fn new(sha256: &str, codes: &Codes, register: &Register) -> Self {
        let members: Vec<String> =
            register.parts.iter().map(|part| format!("{} {} {}", part.file, part.rows, part.kept)).collect();
        Self { mark: mark_of(sha256, codes), members: members.join("; ") }
    }
}

/// Of a file and of the way it is read: by other codes, or by another version of the product, the same file says something else.
fn mark_of(sha256: &str, codes: &Codes) -> String {
    let mark = format!("{sha256}\n{}\n{READING}\n{}", env!("CARGO_PKG_VERSION"), codes.mark());
    sha256_hex(mark.as_bytes())
}

/// Is the register in force this very file, read as it would be now?
pub fn is_in_force(tx: &mut Tx<'_>, sha256: &str, codes: &Codes) -> Result<bool> {
    let mark: Option<String> = registry_generations::table
        .filter(registry_generations::state.eq("current"))
        .select(registry_generations::mark)
        .first(tx.conn)
        .optional()?;
    Ok(mark.is_some_and(|mark| mark == mark_of(sha256, codes)))
}

/// Goes on with the reading that comes from this very file, when one was stopped; else begins one, once what others left is removed.
pub fn begin(app: &App, origin: Origin) -> Result<Staged> {
    let Origin { mark, members } = origin;
    let (same_mark, same_members) = (mark.clone(), members.clone());
    if let Some(staged) = app.write_here(move |tx| go_on(tx, &same_mark, &same_members))? {
        return Ok(staged);
    }
    app.write_here(|tx| {
        diesel::update(registry_generations::table.filter(registry_generations::state.eq("staging")))
            .set(registry_generations::state.eq("old"))
            .execute(tx.conn)?;
        Ok(())
    })?;
    clear(app)?;
    app.write_here(move |tx| {
        let last: Option<i64> = registry_names::table.select(diesel::dsl::max(registry_names::id)).first(tx.conn)?;
        let (first, now) = (last.unwrap_or(0) + 1, tx.now());
        let id = diesel::insert_into(registry_generations::table)
            .values((
                registry_generations::state.eq("staging"),
                registry_generations::started_at.eq(now),
                registry_generations::first_name.eq(first),
                registry_generations::last_name.eq(first - 1),
                registry_generations::mark.eq(&mark),
                registry_generations::members.eq(&members),
            ))
            .returning(registry_generations::id)
            .get_result(tx.conn)?;
        Ok(Staged { id, first, written: Written::default(), run: 0 })
    })
}

/// The reading of this file that was stopped, when its rows are those that it says.
fn go_on(tx: &mut Tx<'_>, mark: &str, members: &str) -> Result<Option<Staged>> {
    type Left = (GenerationId, i64, i64, i64, i64, i64, i64);
    let left: Option<Left> = registry_generations::table
        .filter(registry_generations::state.eq("staging"))
        .filter(registry_generations::mark.eq(mark))
        .filter(registry_generations::members.eq(members))
        .order(registry_generations::id.desc())
        .select((
            registry_generations::id,
            registry_generations::first_name,
            registry_generations::run,
            registry_generations::enterprises,
            registry_generations::ties,
            registry_generations::names,
            registry_generations::words,
        ))
        .first(tx.conn)
        .optional()?;
    let Some((id, first, run, enterprises, ties, names, words)) = left else { return Ok(None) };
    let written = Written { enterprises, ties, names, words };
    if there(tx, id, first)? != written {
        return Ok(None);
    }
    // Whichever run wrote them, should it still do, stops at its next rows.
    let mine = registry_generations::table.find(id).filter(registry_generations::run.eq(run));
    if diesel::update(mine).set(registry_generations::run.eq(run + 1)).execute(tx.conn)? != 1 {
        return Err(taken_over());
    }
    Ok(Some(Staged { id, first, written, run: run + 1 }))
}

/// The rows of a reading, counted. No name comes after those of a reading that is being written.
fn there(tx: &mut Tx<'_>, id: GenerationId, first: i64) -> Result<Written> {
    let of_it = registry_enterprises::table.filter(registry_enterprises::generation.eq(id));
    let enterprises = of_it.count().get_result(tx.conn)?;
    let ties = registry_ties::table.filter(registry_ties::generation.eq(id)).count().get_result(tx.conn)?;
    let names = registry_names::table.filter(registry_names::id.ge(first)).count().get_result(tx.conn)?;
    let words = registry_words::table.filter(registry_words::generation.eq(id)).count().get_result(tx.conn)?;
    Ok(Written { enterprises, ties, names, words })
}

impl Staged {
    /// Writes some rows, after which it is as far as `after`; unless another run took over.
    pub fn put<T: Send + 'static>(
        &mut self,
        app: &App,
        rows: Vec<T>,
        after: Written,
        write: impl FnOnce(&mut Tx<'_>, &[T]) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let (id, run, before) = (self.id, self.run, self.written);
        app.write_here(move |tx| {
            let mine = registry_generations::table
                .find(id)
                .filter(registry_generations::state.eq("staging"))
                .filter(registry_generations::run.eq(run))
                .filter(registry_generations::enterprises.eq(before.enterprises))
                .filter(registry_generations::ties.eq(before.ties))
                .filter(registry_generations::names.eq(before.names))
                .filter(registry_generations::words.eq(before.words));
            let done = diesel::update(mine)
                .set((
                    registry_generations::enterprises.eq(after.enterprises),
                    registry_generations::ties.eq(after.ties),
                    registry_generations::names.eq(after.names),
                    registry_generations::words.eq(after.words),
                ))
                .execute(tx.conn)?;
            if done != 1 {
                return Err(taken_over());
            }
            write(tx, &rows)
        })?;
        self.written = after;
        Ok(())
    }

    /// Puts it in the place of the one in force, and removes that one.
    pub fn swap(self, app: &App, file: sources::File, tally: Tally, problems: &Problems) -> Result<()> {
        let problems = problems.clone();
        app.write_here(move |tx| swap(tx, &self, &file, tally, &problems))?;
        clear(app)
    }
}

fn taken_over() -> Error {
    Error::Internal("another import of the register began; this one stops".into())
}

fn swap(tx: &mut Tx<'_>, staged: &Staged, file: &sources::File, tally: Tally, problems: &Problems) -> Result<()> {
    let import = sources::begin(tx, file)?;
    diesel::update(registry_generations::table.filter(registry_generations::state.eq("current")))
        .set(registry_generations::state.eq("old"))
        .execute(tx.conn)?;
    let mine = registry_generations::table
        .find(staged.id)
        .filter(registry_generations::state.eq("staging"))
        .filter(registry_generations::run.eq(staged.run));
    let done = diesel::update(mine)
        .set((
            registry_generations::state.eq("current"),
            registry_generations::import_id.eq(import),
            registry_generations::last_name.eq(staged.first + staged.written.names - 1),
        ))
        .execute(tx.conn)?;
    if done != 1 {
        return Err(taken_over());
    }
    sources::end(tx, import, file, tally, problems)
}

/// Removes what no generation in force or being written holds, a share at a time.
pub fn clear(app: &App) -> Result<()> {
    loop {
        let old: Option<GenerationId> = app.read_here(|tx| {
            Ok(registry_generations::table
                .filter(registry_generations::state.eq("old"))
                .order(registry_generations::id.asc())
                .select(registry_generations::id)
                .first(tx.conn)
                .optional()?)
        })?;
        let Some(old) = old else { return Ok(()) };
        while app.write_here(move |tx| clear_some(tx, old))? {}
    }
}

fn clear_some(tx: &mut Tx<'_>, old: GenerationId) -> Result<bool> {
    let bound: Option<String> = registry_enterprises::table
        .filter(registry_enterprises::generation.eq(old))
        .order(registry_enterprises::neq.asc())
        .offset(SHARE)
        .select(registry_enterprises::neq)
        .first(tx.conn)
        .optional()?;
    let of_it = registry_enterprises::table.filter(registry_enterprises::generation.eq(old));
    let gone = match bound {
        Some(bound) => diesel::delete(of_it.filter(registry_enterprises::neq.lt(bound))).execute(tx.conn)?,
        None => diesel::delete(of_it).execute(tx.conn)?,
    };
    if gone > 0 {
        return Ok(true);
    }
    let some: Vec<i64> = registry_ties::table
        .filter(registry_ties::generation.eq(old))
        .order(registry_ties::id.asc())
        .limit(SHARE)
        .select(registry_ties::id)
        .load(tx.conn)?;
    if let Some((from, to)) = some.first().zip(some.last()) {
        let of_it = registry_ties::table.filter(registry_ties::generation.eq(old));
        diesel::delete(of_it.filter(registry_ties::id.between(*from, *to))).execute(tx.conn)?;
        return Ok(true);
    }
    let bound: Option<String> = registry_words::table
        .filter(registry_words::generation.eq(old))
        .order(registry_words::word.asc())
        .offset(SHARE)
        .select(registry_words::word)
        .first(tx.conn)
        .optional()?;
    let of_it = registry_words::table.filter(registry_words::generation.eq(old));
    let gone = match bound {
        Some(bound) => diesel::delete(of_it.filter(registry_words::word.lt(bound))).execute(tx.conn)?,
        None => diesel::delete(of_it).execute(tx.conn)?,
    };
    if gone > 0 {
        return Ok(true);
    }
    if let Some((from, to)) = names_of_nobody(tx)? {
        diesel::delete(registry_names::table.filter(registry_names::id.between(from, to))).execute(tx.conn)?;
        words::forget(tx.conn, from, to)?;
        return Ok(true);
    }
    diesel::delete(registry_generations::table.find(old)).execute(tx.conn)?;
    Ok(false)
}

/// Some names that are neither of the register in force nor of one being written: below them, or between them, where a reading that
/// was given up left its own.
fn names_of_nobody(tx: &mut Tx<'_>) -> Result<Option<(i64, i64)>> {
    let kept: Option<(i64, i64)> = registry_generations::table
        .filter(registry_generations::state.eq("current"))
        .select((registry_generations::first_name, registry_generations::last_name))
        .first(tx.conn)
        .optional()?;
    let staged: Option<i64> = registry_generations::table
        .filter(registry_generations::state.eq("staging"))
        .select(diesel::dsl::min(registry_generations::first_name))
        .first(tx.conn)?;
    let above = staged.unwrap_or(i64::MAX);
    let (first, last) = kept.unwrap_or((above, i64::MAX));
    let some = |from: i64, to: i64| {
        registry_names::table
            .filter(registry_names::id.ge(from))
            .filter(registry_names::id.lt(to))
            .order(registry_names::id.asc())
            .limit(SHARE)
            .select(registry_names::id)
    };
    let mut ids: Vec<i64> = some(0, first).load(tx.conn)?;
    if ids.is_empty() && last < above {
        ids = some(last + 1, above).load(tx.conn)?;
    }
    Ok(ids.first().copied().zip(ids.last().copied()))
}
