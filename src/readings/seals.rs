//! The access log under the journal: once an hour an event says the hash of the rows written since the last one. Whoever takes a
//! reading away afterwards, or adds one, is found by the comparison of the tables with the journal (trust.md P08, A03).
//!
//! When a file is destroyed its readings go too: the stretches that held them are checked, then sealed again without them, with
//! another nonce. The hash of before says nothing more to anybody.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::{Job, alone};
use crate::db::schema::{access_log, events, reading_seals};
use crate::error::{Error, Result};
use crate::journal::store::event_of;
use crate::journal::{self, Event};
use crate::people::PersonId;
use crate::random;

/// Rows of one stretch at most.
const MOST: i64 = 5_000;
/// A row has its number before it is durable: on PostgreSQL one may appear after another of a greater number. No transaction
/// lasts so long.
const SETTLED_AFTER: TimeDelta = TimeDelta::minutes(5);

type Row = (i64, Instant, PersonId, Option<i64>, String, String, bool, Option<i64>, Option<String>);

/// The rows of a stretch: how many, and their hash with its nonce.
fn read(tx: &mut Tx<'_>, first: i64, last: i64, nonce: &str) -> Result<(i64, String)> {
    let rows: Vec<Row> = access_log::table
        .filter(access_log::id.ge(first))
        .filter(access_log::id.le(last))
        .order(access_log::id.asc())
        .select((
            access_log::id,
            access_log::at,
            access_log::person_id,
            access_log::declaration_id,
            access_log::channel,
            access_log::action,
            access_log::allowed,
            access_log::files,
            access_log::carried,
        ))
        .load(tx.conn)?;
    let count = i64::try_from(rows.len()).map_err(Error::internal)?;
    let rows: Vec<Value> = rows.into_iter().map(told).collect();
    let said = serde_json::to_string(&json!([nonce, rows]))?;
    Ok((count, random::sha256_hex(said.as_bytes())))
}

/// A row as it is hashed. One that carried no files is as it was before rows said how many, and one that says how many alone as before
/// rows said which: what was sealed then still holds.
fn told((id, at, person, declaration, channel, action, allowed, files, carried): Row) -> Value {
    match (files, carried) {
        (None, None) => json!([id, at, person, declaration, channel, action, allowed]),
        (Some(files), None) => json!([id, at, person, declaration, channel, action, allowed, files]),
        (files, Some(carried)) => json!([id, at, person, declaration, channel, action, allowed, files, carried]),
    }
}

/// Seals what was read since the last seal. False when there is nothing more to seal now.
///
/// # Errors
/// The database does not answer.
pub fn seal(tx: &mut Tx<'_>) -> Result<bool> {
    if !alone(tx.conn, Job::ReadingSeals)? {
        return Ok(false);
    }
    let before: Option<i64> = reading_seals::table.select(diesel::dsl::max(reading_seals::last_id)).first(tx.conn)?;
    let first = before.map_or(0, |last| last + 1);
    let settled = tx.now() - SETTLED_AFTER;
    let ids: Vec<(i64, Instant)> = access_log::table
        .filter(access_log::id.ge(first))
        .order(access_log::id.asc())
        .limit(MOST)
        .select((access_log::id, access_log::at))
        .load(tx.conn)?;
    let Some((last, _)) = ids.iter().take_while(|(_, at)| *at <= settled).last().copied() else { return Ok(false) };
    let whole = ids.last().is_some_and(|(id, _)| *id == last) && i64::try_from(ids.len()) == Ok(MOST);
    write(tx, first, last, false)?;
    Ok(whole)
}

fn write(tx: &mut Tx<'_>, first: i64, last: i64, again: bool) -> Result<()> {
    let (nonce, now) = (random::token::<16>()?, tx.now());
    let (rows, hash) = read(tx, first, last, &nonce)?;
    journal::record(tx, None, None, &Event::ReadingsSealed { first, last, rows, hash, again })?;
    let event: Option<i64> = events::table.select(diesel::dsl::max(events::seq)).first(tx.conn)?;
    diesel::insert_into(reading_seals::table)
        .values((
            reading_seals::first_id.eq(first),
            reading_seals::last_id.eq(last),
            reading_seals::event_seq.eq(event.unwrap_or_default()),
            reading_seals::nonce.eq(nonce),
            reading_seals::sealed_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Does a stretch hold what its last seal says?
///
/// # Errors
/// The database does not answer.
pub fn holds(tx: &mut Tx<'_>, first: i64, last: i64, rows: i64, hash: &str) -> Result<bool> {
    let nonce: Option<String> = reading_seals::table
        .find(first)
        .filter(reading_seals::last_id.eq(last))
        .select(reading_seals::nonce)
        .first(tx.conn)
        .optional()?;
    match nonce {
        Some(nonce) => Ok(read(tx, first, last, &nonce)? == (rows, hash.to_owned())),
        None => Ok(false),
    }
}

/// Stretches that hold readings of a file, to be sealed again once these are gone.
///
/// # Errors
/// [`Error::NotPossible`] when one is not as it was sealed: sealing it again would hide that.
pub fn of_file(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<(i64, i64)>> {
    let ids: Vec<i64> = access_log::table
        .filter(access_log::declaration_id.eq(declaration))
        .order(access_log::id.asc())
        .select(access_log::id)
        .load(tx.conn)?;
    let mut found: Vec<(i64, i64)> = Vec::new();
    for id in ids {
        if found.last().is_some_and(|(_, last)| id <= *last) {
            continue;
        }
        let stretch: Option<(i64, i64)> = reading_seals::table
            .filter(reading_seals::last_id.ge(id))
            .order(reading_seals::last_id.asc())
            .select((reading_seals::first_id, reading_seals::last_id))
            .first(tx.conn)
            .optional()?;
        found.extend(stretch.filter(|(first, _)| *first <= id));
    }
    for (first, last) in &found {
        if !is_as_sealed(tx, *first, *last)? {
            return Err(Error::NotPossible("not-possible-readings"));
        }
    }
    Ok(found)
}

/// Does a stretch hold what its event says?
fn is_as_sealed(tx: &mut Tx<'_>, first: i64, last: i64) -> Result<bool> {
    let (seq, leaf): (i64, String) = reading_seals::table
        .inner_join(events::table.on(events::seq.eq(reading_seals::event_seq)))
        .filter(reading_seals::first_id.eq(first))
        .select((events::seq, events::leaf))
        .first(tx.conn)?;
    match event_of(&leaf, 0, seq, None)? {
        Event::ReadingsSealed { first: from, last: to, rows, hash, .. } if (from, to) == (first, last) => {
            holds(tx, first, last, rows, &hash)
        }
        _ => Ok(false),
    }
}

/// Seals stretches again, without what was destroyed.
///
/// # Errors
/// The database does not answer.
pub fn seal_again(tx: &mut Tx<'_>, stretches: &[(i64, i64)]) -> Result<()> {
    for (first, last) in stretches {
        diesel::delete(reading_seals::table.find(first)).execute(tx.conn)?;
        write(tx, *first, *last, true)?;
    }
    Ok(())
}
