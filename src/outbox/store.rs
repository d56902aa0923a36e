//! SQL of letters.
//!
//! A letter goes queued → sending → sent; back to queued when it must be tried again; failed, visibly, when trying is
//! over; cancelled by a person. Whoever sends holds a lease, and the number of the attempt tells holders apart: one
//! whose lease was taken over writes nothing.

use chrono::TimeDelta;
use diesel::dsl::{exists, select, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::transport::{Outcome, Trouble};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::DbConn;
use crate::db::schema::{idempotency_keys, letters};
use crate::error::{Error, Result};
use crate::people::PersonId;

/// Seconds during which nobody else takes a letter that is being sent.
pub const LEASE: i64 = 60;
/// Wait after the first failure; doubles each time.
const FIRST_WAIT: i64 = 30;
/// Longest wait between two tries.
const LONGEST_WAIT: i64 = 4 * 3600;
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
}

/// One letter in a list, without its text.
#[derive(Debug, Clone, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = letters)]
pub struct LetterLine {
    pub id: i64,
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

/// A letter held for sending: the number of the attempt proves that it is still ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    pub id: i64,
    pub attempt: i32,
}

impl From<&LetterRow> for Claim {
    fn from(letter: &LetterRow) -> Self {
        Self { id: letter.id, attempt: letter.attempts }
    }
}

// States are written out where an index covers one state only: SQLite must see the same words to use it.
macro_rules! queued_and_due {
    ($now:expr) => {
        sql::<Bool>("state = 'queued'").and(letters::due_at.le($now))
    };
}
macro_rules! lease_over {
    ($now:expr) => {
        sql::<Bool>("state = 'sending'").and(letters::lease_until.lt($now))
    };
}

/// Whether a letter waits to be claimed now. Cheap: asked every second.
pub fn is_due(tx: &mut Tx<'_>) -> Result<bool> {
    let now = tx.now();
    let queued: bool = select(exists(letters::table.filter(queued_and_due!(now)))).get_result(tx.conn)?;
    Ok(queued || select(exists(letters::table.filter(lease_over!(now)))).get_result::<bool>(tx.conn)?)
}

/// Takes up to `most` letters to send, oldest first, with those whose holder vanished. On PostgreSQL, rows that another
/// worker is taking are passed over.
pub fn claim(tx: &mut Tx<'_>, most: i64) -> Result<Vec<LetterRow>> {
    let now = tx.now();
    give_up_on_crashes(tx)?;
    let left = letters::table
        .filter(lease_over!(now))
        .order((letters::lease_until.asc(), letters::id.asc()))
        .limit(most)
        .select(letters::id);
    let due = letters::table
        .filter(queued_and_due!(now))
        .order((letters::due_at.asc(), letters::id.asc()))
        .limit(most)
        .select(letters::id);
    let mut ids: Vec<i64> = match tx.conn {
        DbConn::Postgres(conn) => {
            let mut ids: Vec<i64> = left.for_update().skip_locked().load(conn)?;
            ids.extend(due.for_update().skip_locked().load::<i64>(conn)?);
            ids
        }
        DbConn::Sqlite(conn) => {
            let mut ids: Vec<i64> = left.load(conn)?;
            ids.extend(due.load::<i64>(conn)?);
            ids
        }
    };
    ids.truncate(usize::try_from(most).unwrap_or_default());
    let free = queued_and_due!(now).or(lease_over!(now));
    let taken = diesel::update(letters::table.filter(letters::id.eq_any(&ids)).filter(free))
        .set((
            letters::state.eq("sending"),
            letters::lease_until.eq(now + TimeDelta::seconds(LEASE)),
            letters::attempts.eq(letters::attempts + 1),
        ))
        .execute(tx.conn)?;
    if taken != ids.len() {
        // The rows were locked: only a fault of ours gets here, and sending then would send twice.
        return Err(Error::Internal(format!("{taken} letters claimed of {}", ids.len())));
    }
    Ok(letters::table
        .filter(letters::id.eq_any(&ids))
        .order((letters::due_at.asc(), letters::id.asc()))
        .select(LetterRow::as_select())
        .load(tx.conn)?)
}

/// A letter whose holder vanished at each try may be what makes it vanish.
fn give_up_on_crashes(tx: &mut Tx<'_>) -> Result<()> {
    let (now, most) = (tx.now(), tx.book.config.letters.max_attempts);
    diesel::update(letters::table.filter(lease_over!(now)).filter(letters::attempts.ge(most)))
        .set((
            letters::state.eq("failed"),
            letters::lease_until.eq(None::<Instant>),
            letters::last_error.eq("connection: sending was interrupted each time"),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Writes down what became of a letter. False when the lease had been taken over: nothing is written then.
pub fn settle(tx: &mut Tx<'_>, claim: Claim, outcome: &Outcome) -> Result<bool> {
    match outcome {
        Outcome::Sent => mark_sent(tx, claim),
        Outcome::Retry(trouble) => mark_retry(tx, claim, trouble),
        Outcome::Failed(trouble) => mark_failed(tx, claim, trouble),
        Outcome::Later => release(tx, claim),
    }
}

macro_rules! held {
    ($claim:expr) => {
        letters::table
            .filter(letters::id.eq($claim.id))
            .filter(letters::state.eq("sending"))
            .filter(letters::attempts.eq($claim.attempt))
    };
}

/// It left.
pub fn mark_sent(tx: &mut Tx<'_>, claim: Claim) -> Result<bool> {
    let now = tx.now();
    Ok(diesel::update(held!(claim))
        .set((
            letters::state.eq("sent"),
            letters::sent_at.eq(now),
            letters::lease_until.eq(None::<Instant>),
            letters::last_error.eq(None::<String>),
        ))
        .execute(tx.conn)?
        == 1)
}

/// It must be tried again, later and later; after the last try it failed.
pub fn mark_retry(tx: &mut Tx<'_>, claim: Claim, trouble: &Trouble) -> Result<bool> {
    if claim.attempt >= tx.book.config.letters.max_attempts {
        return mark_failed(tx, claim, trouble);
    }
    let due_at = tx.now() + wait_after(claim.attempt)?;
    Ok(diesel::update(held!(claim))
        .set((
            letters::state.eq("queued"),
            letters::due_at.eq(due_at),
            letters::lease_until.eq(None::<Instant>),
            letters::last_error.eq(trouble.to_string()),
        ))
        .execute(tx.conn)?
        == 1)
}

/// It will not leave; the administrator sees it.
pub fn mark_failed(tx: &mut Tx<'_>, claim: Claim, trouble: &Trouble) -> Result<bool> {
    Ok(diesel::update(held!(claim))
        .set((
            letters::state.eq("failed"),
            letters::lease_until.eq(None::<Instant>),
            letters::last_error.eq(trouble.to_string()),
        ))
        .execute(tx.conn)?
        == 1)
}

/// Its turn did not come; the attempt is given back.
pub fn release(tx: &mut Tx<'_>, claim: Claim) -> Result<bool> {
    Ok(diesel::update(held!(claim))
        .set((
            letters::state.eq("queued"),
            letters::attempts.eq(letters::attempts - 1),
            letters::lease_until.eq(None::<Instant>),
        ))
        .execute(tx.conn)?
        == 1)
}

/// 30 s after the first try, doubled each time up to 4 h, a fifth more or less so that letters refused together do not
/// come back together.
fn wait_after(attempt: i32) -> Result<TimeDelta> {
    let doublings = u32::try_from(attempt - 1).unwrap_or_default().min(16);
    let wait = (FIRST_WAIT << doublings).min(LONGEST_WAIT);
    let mut random = [0_u8; 2];
    aws_lc_rs::rand::fill(&mut random).map_err(|_| Error::Internal("no randomness".into()))?;
    let percent = 80 + i64::from(u16::from_le_bytes(random)) * 40 / i64::from(u16::MAX);
    Ok(TimeDelta::milliseconds(wait * 10 * percent))
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
    let changed = diesel::update(
        letters::table.filter(letters::id.eq(id)).filter(letters::state.eq_any(["queued", "failed"])),
    )
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
                .select(sql::<BigInt>("1"))
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
    let now = tx.now();
    let oldest: Option<(Instant, Option<String>)> = letters::table
        .filter(queued_and_due!(now))
        .order((letters::due_at.asc(), letters::id.asc()))
        .select((letters::due_at, letters::last_error))
        .first(tx.conn)
        .optional()?;
    Ok(oldest.map(|(due_at, trouble)| Oldest { late: now - due_at, trouble }))
}

/// Says on the oldest letter why the queue waits, so that the administrator reads it.
pub fn note_outage(tx: &mut Tx<'_>, trouble: &Trouble) -> Result<()> {
    let now = tx.now();
    let oldest: Option<i64> = letters::table
        .filter(queued_and_due!(now))
        .order((letters::due_at.asc(), letters::id.asc()))
        .select(letters::id)
        .first(tx.conn)
        .optional()?;
    diesel::update(letters::table.filter(letters::id.nullable().eq(oldest)).filter(letters::state.eq("queued")))
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
    Ok(diesel::update(letters::table.filter(letters::id.eq_any(ids)))
        .set((letters::text_body.eq(""), letters::html_body.eq("")))
        .execute(tx.conn)?)
}

/// Forgets the answers kept for clients that repeat a request (24 h).
pub fn purge_idempotency_keys(tx: &mut Tx<'_>) -> Result<usize> {
    let before = tx.now() - TimeDelta::hours(24);
    Ok(diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before))).execute(tx.conn)?)
}

/// Number of the lock that the sending of reminders holds.
const REMINDERS_LOCK: i64 = 0x5052_4f42;

/// True when no other worker is sending reminders. SQLite has one writer; on PostgreSQL a lock held until the end of
/// the transaction says so, or two workers would each send them.
pub fn alone_with_reminders(tx: &mut Tx<'_>) -> Result<bool> {
    match tx.conn {
        DbConn::Sqlite(_) => Ok(true),
        DbConn::Postgres(conn) => {
            Ok(select(sql::<Bool>("pg_try_advisory_xact_lock(").bind::<BigInt, _>(REMINDERS_LOCK).sql(")"))
                .get_result(conn)?)
        }
    }
}

#[cfg(test)]
mod tests;
