//! Writing a register beside the one in force, a few thousand rows a transaction so that nobody waits, then putting it in its
//! place in one. A run that was killed leaves rows that nothing reads, removed by the next one.

use diesel::prelude::*;

use super::read::{self, Entry, Register};
use super::spool::{Heaps, Waiting};
use super::store::GenerationId;
use super::words::{self, Words};
use super::{REGISTERED, STRUCK_OFF, search};
use crate::app::{App, Tx};
use crate::db::conn::each_engine;
use crate::db::schema::{registry_enterprises, registry_generations, registry_names, registry_words};
use crate::error::{Error, Result};
use crate::sources::Problems;
use crate::sources::store::{self as sources, Tally};

/// Rows of one statement, well under what either engine binds.
const BATCH: usize = 500;
/// Rows of one transaction.
const SHARE: usize = 10_000;
/// Heaps of names by length.
const LENGTHS: usize = 80;

#[derive(Insertable)]
#[diesel(table_name = registry_enterprises, treat_none_as_default_value = false)]
struct NewEnterprise {
    generation: GenerationId,
    neq: String,
    status: &'static str,
    form: String,
    name: String,
    successor: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = registry_names, treat_none_as_default_value = false)]
struct NewName {
    id: i64,
    neq: String,
    name: String,
    in_force: bool,
}

#[derive(Insertable)]
#[diesel(table_name = registry_words, treat_none_as_default_value = false)]
struct NewWord {
    generation: GenerationId,
    word: String,
    names: i64,
}

fn digits(neq: u64) -> String {
    format!("{neq:010}")
}

/// Writes a register and puts it in force; `progress` hears how many rows are written.
pub fn write(
    app: &App,
    file: sources::File,
    register: Register,
    problems: &Problems,
    progress: &dyn Fn(u64),
) -> Result<Tally> {
    let (generation, first) = begin(app)?;
    let mut written = 0_u64;
    let mut lengths = Heaps::new(LENGTHS)?;
    let Register { entries, forms, successors, names, rows, .. } = register;
    let enterprise = |entry: &Entry, at: usize, name: String| {
        let successor = u32::try_from(at).ok().and_then(|at| {
            let pair = successors.binary_search_by_key(&at, |pair| pair.0).ok().and_then(|place| successors.get(place));
            pair.and_then(|(_, into)| entries.get(usize::try_from(*into).ok()?)).map(|entry| digits(entry.neq))
        });
        NewEnterprise {
            generation,
            neq: digits(entry.neq),
            status: if entry.registered { REGISTERED } else { STRUCK_OFF },
            form: forms.get(usize::from(entry.form)).cloned().unwrap_or_default(),
            name,
            successor,
        }
    };
    let (share, mut heap) = (read::share(entries.len()), 0);
    let mut enterprises: Vec<NewEnterprise> = Vec::with_capacity(SHARE);
    names.each(|names| {
        let mut names = names.into_iter().peekable();
        let from = heap * share;
        heap += 1;
        for (at, entry) in entries.iter().enumerate().skip(from).take(share) {
            let place = u64::try_from(at).unwrap_or(u64::MAX);
            let mut goes_by: Option<String> = None;
            let mut last = String::new();
            while let Some(waiting) = names.next_if(|waiting| waiting.of == place) {
                // The same name in force and former, or twice, is one name.
                if waiting.name == last {
                    continue;
                }
                last.clone_from(&waiting.name);
                let (rank, of) = (u8::from(waiting.rank > 1), entry.neq);
                let length = waiting.name.chars().count();
                lengths.push(length, &Waiting { of, rank, name: waiting.name.clone() })?;
                goes_by.get_or_insert(waiting.name);
            }
            // Of a natural person without a business name nothing is kept.
            if goes_by.is_none() && entry.person {
                continue;
            }
            enterprises.push(enterprise(entry, at, goes_by.unwrap_or_default()));
            written += 1;
            if enterprises.len() >= SHARE {
                put(app, generation, std::mem::take(&mut enterprises), insert_enterprises)?;
                progress(written);
            }
        }
        Ok(())
    })?;
    put(app, generation, enterprises, insert_enterprises)?;
    let (mut next, mut vocabulary) = (first, Words::default());
    lengths.each(|names| {
        let mut names = names.into_iter();
        loop {
            let share: Vec<NewName> = names
                .by_ref()
                .take(SHARE)
                .map(|waiting| {
                    next += 1;
                    NewName { id: next - 1, neq: digits(waiting.of), name: waiting.name, in_force: waiting.rank == 0 }
                })
                .collect();
            if share.is_empty() {
                return Ok(());
            }
            let folded: Vec<(i64, String)> = share.iter().map(|name| (name.id, search::indexed(&name.name))).collect();
            folded.iter().for_each(|(_, words)| vocabulary.count(words));
            written += u64::try_from(share.len()).unwrap_or(0);
            put(app, generation, share, move |tx, names| {
                for batch in names.chunks(BATCH) {
                    each_engine!(tx.conn, conn => diesel::insert_into(registry_names::table).values(batch).execute(conn))?;
                }
                words::index(tx.conn, &folded)
            })?;
            progress(written);
        }
    })?;
    let mut vocabulary = vocabulary.sorted().into_iter().map(|(word, names)| NewWord { generation, word, names });
    loop {
        let share: Vec<NewWord> = vocabulary.by_ref().take(SHARE).collect();
        if share.is_empty() {
            break;
        }
        put(app, generation, share, |tx, words| {
            for batch in words.chunks(BATCH) {
                each_engine!(tx.conn, conn => diesel::insert_into(registry_words::table).values(batch).execute(conn))?;
            }
            Ok(())
        })?;
    }
    words::settle(app)?;
    let tally = Tally { rows, errors: problems.count, changes: next - first };
    let problems = problems.clone();
    app.write_here(move |tx| swap(tx, generation, first, next - 1, &file, tally, &problems))?;
    clear(app)?;
    Ok(tally)
}

fn insert_enterprises(tx: &mut Tx<'_>, rows: &[NewEnterprise]) -> Result<()> {
    for batch in rows.chunks(BATCH) {
        each_engine!(tx.conn, conn => diesel::insert_into(registry_enterprises::table).values(batch).execute(conn))?;
    }
    Ok(())
}

/// Opens a generation, once what earlier runs left is removed; its number and that of its first name.
fn begin(app: &App) -> Result<(GenerationId, i64)> {
    app.write_here(|tx| {
        diesel::update(registry_generations::table.filter(registry_generations::state.eq("staging")))
            .set(registry_generations::state.eq("old"))
            .execute(tx.conn)?;
        Ok(())
    })?;
    clear(app)?;
    app.write_here(|tx| {
        let last: Option<i64> = registry_names::table.select(diesel::dsl::max(registry_names::id)).first(tx.conn)?;
        let (first, now) = (last.unwrap_or(0) + 1, tx.now());
        let id = diesel::insert_into(registry_generations::table)
            .values((
                registry_generations::state.eq("staging"),
                registry_generations::started_at.eq(now),
                registry_generations::first_name.eq(first),
                registry_generations::last_name.eq(first - 1),
            ))
            .returning(registry_generations::id)
            .get_result(tx.conn)?;
        Ok((id, first))
    })
}

/// Writes some rows, unless another import took over.
fn put<T: Send + 'static>(
    app: &App,
    generation: GenerationId,
    rows: Vec<T>,
    write: impl FnOnce(&mut Tx<'_>, &[T]) -> Result<()> + Send + 'static,
) -> Result<()> {
    app.write_here(move |tx| {
        let state: String = registry_generations::table
            .find(generation)
            .select(registry_generations::state)
            .first(tx.conn)
            .map_err(|_| taken_over())?;
        if state != "staging" {
            return Err(taken_over());
        }
        write(tx, &rows)
    })
}

fn taken_over() -> Error {
    Error::Internal("another import of the register began; this one stops".into())
}

fn swap(
    tx: &mut Tx<'_>,
    generation: GenerationId,
    first: i64,
    last: i64,
    file: &sources::File,
    tally: Tally,
    problems: &Problems,
) -> Result<()> {
    let import = sources::begin(tx, file)?;
    diesel::update(registry_generations::table.filter(registry_generations::state.eq("current")))
        .set(registry_generations::state.eq("old"))
        .execute(tx.conn)?;
    let staged = registry_generations::table.find(generation).filter(registry_generations::state.eq("staging"));
    let done = diesel::update(staged)
        .set((
            registry_generations::state.eq("current"),
            registry_generations::import_id.eq(import),
            registry_generations::first_name.eq(first),
            registry_generations::last_name.eq(last),
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
    let share = i64::try_from(SHARE).unwrap_or(i64::MAX);
    let bound: Option<String> = registry_enterprises::table
        .filter(registry_enterprises::generation.eq(old))
        .order(registry_enterprises::neq.asc())
        .offset(share)
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
    let bound: Option<String> = registry_words::table
        .filter(registry_words::generation.eq(old))
        .order(registry_words::word.asc())
        .offset(share)
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
    // Names below those in force, or above when the run that wrote them stopped: only one of both is there.
    let kept: Option<(i64, i64)> = registry_generations::table
        .filter(registry_generations::state.eq("current"))
        .select((registry_generations::first_name, registry_generations::last_name))
        .first(tx.conn)
        .optional()?;
    let (first, last) = kept.unwrap_or((i64::MAX, i64::MAX));
    let mut ids: Vec<i64> = registry_names::table
        .filter(registry_names::id.lt(first))
        .order(registry_names::id.asc())
        .limit(share)
        .select(registry_names::id)
        .load(tx.conn)?;
    if ids.is_empty() {
        ids = registry_names::table
            .filter(registry_names::id.gt(last))
            .order(registry_names::id.asc())
            .limit(share)
            .select(registry_names::id)
            .load(tx.conn)?;
    }
    if let Some((from, to)) = ids.first().zip(ids.last()) {
        diesel::delete(registry_names::table.filter(registry_names::id.between(*from, *to))).execute(tx.conn)?;
        words::forget(tx.conn, *from, *to)?;
        return Ok(true);
    }
    diesel::delete(registry_generations::table.find(old)).execute(tx.conn)?;
    Ok(false)
}
