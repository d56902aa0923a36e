//! SQL of letters.
//!
//! A letter goes queued → sending → sent; back to queued when it must be tried again; failed, visibly, when trying is
//! over; cancelled by a person. Whoever sends holds a lease, and the number of the attempt tells holders apart: one
//! whose lease was taken over writes nothing.

mod claims;

#[cfg(test)]
pub mod desk;
#[cfg(test)]
mod tests;

pub use claims::{Claim, LEASE, claim, is_due, settle};

use std::collections::HashSet;

use chrono::TimeDelta;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Timestamp};

use super::transport::Trouble;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::DbConn;
use crate::db::schema::{declarations, idempotency_keys, letters};
use crate::error::{Error, Result};
use crate::people::PersonId;

/// Letters whose text is purged in one transaction.
const PURGED_AT_ONCE: i64 = 500;
/// States are counted up to this.
pub const MOST_COUNTED: i64 = 1000;

/// One letter, with its text.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = letters)]
pub struct LetterRow {
    pub id: i64,
    pub letter: String,
    pub recipient_id: PersonId,
    pub recipient_email: String,
    pub declaration_id: Option<i64>,
    pub reference: Option<String>,
    pub message_id: String,
    pub thread_id: Option<String>,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    pub reason: String,
    pub state: String,
    pub created_at: Instant,
    pub due_at: Instant,
    pub attempts: i32,
    pub lease_until: Option<Instant>,
    pub sent_at: Option<Instant>,
    pub last_error: Option<String>,
    /// An iCalendar object that leaves with it.
    pub calendar: Option<String>,
}

/// One letter in a list, without its text.
#[derive(Debug, Clone, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = letters)]
pub struct LetterLine {
    pub id: i64,
    pub declaration_id: Option<i64>,
    pub letter: String,
    pub recipient_id: PersonId,
    pub recipient_email: String,
    pub reference: Option<String>,
    pub subject: String,
    pub state: String,
    pub created_at: Instant,
    pub due_at: Instant,
    pub attempts: i32,
    pub sent_at: Option<Instant>,
    pub last_error: Option<String>,
}

/// Where a letter is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterState {
    Queued,
    Sending,
    Sent,
    Failed,
    Cancelled,
}

impl LetterState {
    /// All, in the order of a letter's life.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Sending, Self::Sent, Self::Failed, Self::Cancelled];

    /// Name in the database and in addresses of pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// SQLite would rather read every queued letter and sort them, as it knows nothing of how many there are: it is told
/// which index to follow.
const DUE_ON_SQLITE: &str = "SELECT id FROM letters INDEXED BY letters_queue \
                             WHERE state = 'queued' AND due_at <= ? ORDER BY due_at, id LIMIT ?";

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The letters that have been due for longest.
fn first_due(tx: &mut Tx<'_>, most: i64) -> Result<Vec<i64>> {
    let now = tx.now();
    match tx.conn {
        DbConn::Sqlite(conn) => {
            let rows: Vec<Id> =
                sql_query(DUE_ON_SQLITE).bind::<Timestamp, _>(now).bind::<BigInt, _>(most).load(conn)?;
            Ok(rows.into_iter().map(|row| row.id).collect())
        }
        DbConn::Postgres(conn) => Ok(letters::table
            .filter(letters::state.eq("queued"))
            .filter(letters::due_at.le(now))
            .order((letters::due_at.asc(), letters::id.asc()))
            .limit(most)
            .select(letters::id)
            .load(conn)?),
    }
}

/// Sends a failed letter again, now, under the same Message-ID.
///
/// # Errors
/// [`Error::NotPossible`] when it has not failed, or when its text is no longer kept.
pub fn resend(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let now = tx.now();
    let changed = diesel::update(
        letters::table.filter(letters::id.eq(id)).filter(letters::state.eq("failed")).filter(letters::text_body.ne("")),
    )
    .set((
        letters::state.eq("queued"),
        letters::due_at.eq(now),
        letters::attempts.eq(0),
        letters::last_error.eq(None::<String>),
    ))
    .execute(tx.conn)?;
    found_and_changed(tx, id, changed, "not-possible-letter-resend")
}

/// Takes a letter back before it leaves.
///
/// # Errors
/// [`Error::NotPossible`] when it is leaving, or has left.
pub fn cancel(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let changed =
        diesel::update(letters::table.filter(letters::id.eq(id)).filter(letters::state.eq_any(["queued", "failed"])))
            .set(letters::state.eq("cancelled"))
            .execute(tx.conn)?;
    found_and_changed(tx, id, changed, "not-possible-letter-cancel")
}

fn found_and_changed(tx: &mut Tx<'_>, id: i64, changed: usize, why_not: &'static str) -> Result<()> {
    if changed == 1 {
        return Ok(());
    }
    find(tx, id)?;
    Err(Error::NotPossible(why_not))
}

/// One letter.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<LetterRow> {
    Ok(letters::table.find(id).select(LetterRow::as_select()).first(tx.conn)?)
}

/// Letters in a state, newest first, below `before`.
pub fn list(tx: &mut Tx<'_>, state: LetterState, before: Option<i64>, most: i64) -> Result<Vec<LetterLine>> {
    Ok(letters::table
        .filter(letters::state.eq(state.as_str()))
        .filter(letters::id.lt(before.unwrap_or(i64::MAX)))
        .order(letters::id.desc())
        .limit(most)
        .select(LetterLine::as_select())
        .load(tx.conn)?)
}

/// Ids of the letters of a list that are about a sealed file, reminders included.
pub fn sealed_among(tx: &mut Tx<'_>, lines: &[LetterLine]) -> Result<HashSet<i64>> {
    let about: Vec<i64> = lines.iter().filter_map(|line| line.declaration_id).collect();
    let sealed: HashSet<i64> = declarations::table
        .filter(declarations::id.eq_any(about))
        .filter(declarations::class.eq("C3"))
        .select(declarations::id)
        .load(tx.conn)?
        .into_iter()
        .collect();
    let is_sealed = |line: &&LetterLine| line.declaration_id.is_some_and(|id| sealed.contains(&id));
    Ok(lines.iter().filter(is_sealed).map(|line| line.id).collect())
}

/// Letters to a person, newest first, below `before`: the mailbox of the demonstration.
pub fn list_for_recipient(
    tx: &mut Tx<'_>,
    person: PersonId,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<LetterLine>> {
    Ok(letters::table
        .filter(letters::recipient_id.eq(person))
        .filter(letters::id.lt(before.unwrap_or(i64::MAX)))
        .order(letters::id.desc())
        .limit(most)
        .select(LetterLine::as_select())
        .load(tx.conn)?)
}

/// How many letters are in each state, up to [`MOST_COUNTED`] + 1: a page never counts the whole table.
pub fn counts(tx: &mut Tx<'_>) -> Result<Vec<(LetterState, usize)>> {
    LetterState::ALL
        .into_iter()
        .map(|state| {
            let found: Vec<i64> = letters::table
                .filter(letters::state.eq(state.as_str()))
                .limit(MOST_COUNTED + 1)
                .select(letters::id)
                .load(tx.conn)?;
            Ok((state, found.len()))
        })
        .collect()
}

/// The letter that has been due for longest: how late it is, and what kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oldest {
    pub late: TimeDelta,
    pub trouble: Option<String>,
}

/// What the administrator watches: letters should not be late by minutes.
pub fn oldest_queued(tx: &mut Tx<'_>) -> Result<Option<Oldest>> {
    let Some(&id) = first_due(tx, 1)?.first() else { return Ok(None) };
    let letter = find(tx, id)?;
    Ok(Some(Oldest { late: tx.now() - letter.due_at, trouble: letter.last_error }))
}

/// Says on the oldest letter why the queue waits, so that the administrator reads it.
pub fn note_outage(tx: &mut Tx<'_>, trouble: &Trouble) -> Result<()> {
    let oldest = first_due(tx, 1)?;
    diesel::update(letters::table.filter(letters::id.eq_any(oldest)).filter(letters::state.eq("queued")))
        .set(letters::last_error.eq(trouble.to_string()))
        .execute(tx.conn)?;
    Ok(())
}

/// Empties letters sent more than `keep_days` ago, some at a time; returns how many. What was sent to whom and when
/// stays.
pub fn purge_bodies(tx: &mut Tx<'_>) -> Result<usize> {
    let before = tx.now() - TimeDelta::days(tx.book.config.letters.keep_days);
    let ids: Vec<i64> = letters::table
        .filter(sql::<Bool>("text_body <> ''"))
        .filter(letters::sent_at.lt(before))
        .limit(PURGED_AT_ONCE)
        .select(letters::id)
        .load(tx.conn)?;
    if ids.is_empty() {
        return Ok(0);
    }
    Ok(diesel::update(letters::table.filter(letters::id.eq_any(ids)))
        .set((letters::text_body.eq(""), letters::html_body.eq(""), letters::calendar.eq(None::<String>)))
        .execute(tx.conn)?)
}

/// Forgets the answers kept for clients that repeat a request (24 h).
pub fn purge_idempotency_keys(tx: &mut Tx<'_>) -> Result<usize> {
    let before = tx.now() - TimeDelta::hours(24);
    Ok(diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before))).execute(tx.conn)?)
}
