//! SQL of sending: who holds which letter, and what became of it.

use chrono::TimeDelta;
use diesel::dsl::{exists, select};
use diesel::prelude::*;

use super::{LetterRow, first_due};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::DbConn;
use crate::db::kept::Keep;
use crate::db::schema::letters;
use crate::error::{Error, Result};
use crate::outbox::held;
use crate::outbox::transport::{Outcome, Trouble};

/// Seconds during which nobody else takes a letter that is being sent.
pub const LEASE: i64 = 60;
/// Wait after the first failure; doubles each time.
const FIRST_WAIT: i64 = 30;
/// Longest wait between two tries.
const LONGEST_WAIT: i64 = 4 * 3600;

macro_rules! lease_over {
    ($now:expr) => {
        letters::state.eq("sending").and(letters::lease_until.lt($now))
    };
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

/// Whether a letter waits to be claimed now. Cheap: asked every second.
pub fn is_due(tx: &mut Tx<'_>) -> Result<bool> {
    let now = tx.now();
    Ok(!first_due(tx, 1)?.is_empty()
        || select(exists(letters::table.filter(lease_over!(now)))).get_result::<bool>(tx.conn)?)
}

/// Takes up to `most` letters to send, oldest first, with those whose holder vanished. On PostgreSQL, rows that another
/// worker is taking are passed over. Nothing is sent to whoever left since it was written.
pub fn claim(tx: &mut Tx<'_>, most: i64) -> Result<Vec<LetterRow>> {
    let now = tx.now();
    give_up_on_crashes(tx)?;
    let left = letters::table
        .filter(lease_over!(now))
        .order((letters::lease_until.asc(), letters::id.asc()))
        .limit(most)
        .select(letters::id);
    let mut ids: Vec<i64> = match tx.conn {
        DbConn::Sqlite(conn) => {
            let mut ids: Vec<i64> = left.load(conn)?;
            ids.extend(first_due(tx, most)?);
            ids
        }
        DbConn::Postgres(conn) => {
            let due = letters::table
                .filter(letters::state.eq("queued"))
                .filter(letters::due_at.le(now))
                .order((letters::due_at.asc(), letters::id.asc()))
                .limit(most)
                .select(letters::id);
            let mut ids: Vec<i64> = left.for_update().skip_locked().load(conn)?;
            ids.extend(due.for_update().skip_locked().load::<i64>(conn)?);
            ids
        }
    };
    ids.truncate(usize::try_from(most).unwrap_or_default());
    let ids = held::those_that_leave(tx, ids)?;
    let free = letters::state.eq("queued").and(letters::due_at.le(now)).or(lease_over!(now));
    let taken = diesel::update(letters::table.filter(letters::id.eq_any(&ids)).filter(free))
        .set((
            letters::state.eq("sending"),
            letters::lease_until.eq(now + TimeDelta::seconds(LEASE)),
            letters::attempts.eq(letters::attempts + 1),
        ))
        .kept()
        .execute(tx.conn)?;
    if taken != ids.len() {
        // The rows were locked: only a fault of ours gets here, and sending then would send twice.
        return Err(Error::Internal(format!("{taken} letters claimed of {}", ids.len())));
    }
    Ok(letters::table
        .filter(letters::id.eq_any(&ids))
        .order((letters::due_at.asc(), letters::id.asc()))
        .select(LetterRow::as_select())
        .kept()
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
        .kept()
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
fn mark_sent(tx: &mut Tx<'_>, claim: Claim) -> Result<bool> {
    let now = tx.now();
    Ok(diesel::update(held!(claim))
        .set((
            letters::state.eq("sent"),
            letters::sent_at.eq(now),
            letters::lease_until.eq(None::<Instant>),
            letters::last_error.eq(None::<String>),
        ))
        .kept()
        .execute(tx.conn)?
        == 1)
}

/// It must be tried again, later and later; after the last try it failed.
fn mark_retry(tx: &mut Tx<'_>, claim: Claim, trouble: &Trouble) -> Result<bool> {
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
        .kept()
        .execute(tx.conn)?
        == 1)
}

/// It will not leave; the administrator sees it, and is told (`outbox::undelivered`).
fn mark_failed(tx: &mut Tx<'_>, claim: Claim, trouble: &Trouble) -> Result<bool> {
    let now = tx.now();
    Ok(diesel::update(held!(claim))
        .set((
            letters::state.eq("failed"),
            letters::due_at.eq(now),
            letters::lease_until.eq(None::<Instant>),
            letters::last_error.eq(trouble.to_string()),
        ))
        .kept()
        .execute(tx.conn)?
        == 1)
}

/// Its turn did not come; the attempt is given back.
fn release(tx: &mut Tx<'_>, claim: Claim) -> Result<bool> {
    Ok(diesel::update(held!(claim))
        .set((
            letters::state.eq("queued"),
            letters::attempts.eq(letters::attempts - 1),
            letters::lease_until.eq(None::<Instant>),
        ))
        .kept()
        .execute(tx.conn)?
        == 1)
}

/// 30 s after the first try, doubled each time up to 4 h, a fifth more or less so that letters refused together do not
/// come back together.
pub(super) fn wait_after(attempt: i32) -> Result<TimeDelta> {
    let doublings = u32::try_from(attempt - 1).unwrap_or_default().min(16);
    let wait = (FIRST_WAIT << doublings).min(LONGEST_WAIT) * 1000;
    let mut random = [0_u8; 2];
    aws_lc_rs::rand::fill(&mut random).map_err(|_| Error::Internal("no randomness".into()))?;
    let fifths = 2 * i64::from(u16::from_le_bytes(random));
    Ok(TimeDelta::milliseconds(wait * 4 / 5 + wait / 5 * fifths / i64::from(u16::MAX)))
}
