//! E26: letters that did not reach anybody are told to those who administer the service, once a day at most.

use chrono::TimeDelta;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::store::LetterState;
use super::{Letter, enqueue};
use crate::access::Role;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::{Job, alone, each_engine};
use crate::db::schema::letters;
use crate::error::Result;
use crate::people::{roles, store};
use crate::texts::Arg;

/// Name of the letter. Its own failure is not told by another one.
const NAME: &str = "undelivered";
/// Addresses written out.
const MOST_SHOWN: usize = 5;
/// Shortest time between two letters: one a day, whatever the minute of the day.
const APART: TimeDelta = TimeDelta::hours(20);

/// Tells what failed since the last time. Returns how many letters were written.
pub fn tell(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::UndeliveredLetters)? {
        return Ok(0);
    }
    let now = tx.now();
    let told: Option<Instant> = each_engine!(tx.conn, conn => letters::table
        // Written out, as its index says it.
        .filter(sql::<Bool>("letters.letter = 'undelivered'"))
        .order(letters::id.desc())
        .select(letters::created_at)
        .first(conn))
    .optional()?;
    if told.is_some_and(|at| now - at < APART) {
        return Ok(0);
    }
    // Of a letter that failed, `due_at` is when it did.
    let since = told.unwrap_or(Instant::MIN);
    let failed: Vec<(String, Option<String>, Instant)> = each_engine!(tx.conn, conn => letters::table
        .filter(letters::state.eq(LetterState::Failed.as_str()))
        .filter(letters::letter.ne(NAME))
        .order(letters::id.desc())
        .limit(1_000)
        .select((letters::recipient_email, letters::last_error, letters::due_at))
        .load(conn))?;
    let failed: Vec<_> = failed.into_iter().filter(|(.., at)| *at > since).collect();
    let Some((_, cause, _)) = failed.first() else { return Ok(0) };
    let mut addresses: Vec<&str> = failed.iter().map(|(address, ..)| address.as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let mut shown = addresses.iter().take(MOST_SHOWN).copied().collect::<Vec<_>>().join(", ");
    if addresses.len() > MOST_SHOWN {
        shown.push('…');
    }
    let admins = roles::holders(tx, Role::SystemAdmin)?;
    for admin in &admins {
        let to = store::find(tx, *admin)?;
        let letter = Letter {
            args: vec![("count", Arg::from(i64::try_from(failed.len()).unwrap_or(i64::MAX)))],
            facts: vec![
                ("letter-fact-addresses", shown.clone()),
                ("letter-fact-cause", cause.clone().unwrap_or_default()),
            ],
            ..Letter::plain(NAME, "/courriels")
        };
        enqueue(tx, &to, &letter)?;
    }
    Ok(admins.len())
}
