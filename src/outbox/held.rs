//! Letters that do not leave: others may read the mailbox of somebody who left, and nothing says any more the name of somebody who was
//! destroyed.

use diesel::prelude::*;

use super::store::LetterState;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{letters, persons};
use crate::error::Result;
use crate::people::store::Person;
use crate::text::Language;
use crate::texts::say;

/// Letters that leave even for somebody who left: the answer that the law promises to whoever asked for a rectification (A-2.1,
/// s. 98).
const AFTER_THE_LAST_DAY: [&str; 2] = ["rectify-answered", "rectify-extended"];

/// Letters held back in one statement.
const AT_ONCE: usize = 500;

/// Letters read at a time, with their text.
const READ_AT_ONCE: i64 = 500;

/// What waits to leave: queued, or failed and perhaps sent again by hand.
const WAITS: [LetterState; 2] = [LetterState::Queued, LetterState::Failed];

/// Why a letter does not leave, for whoever looks after the service.
pub(super) fn why_held_back(tx: &Tx<'_>, recipient: &Person, letter: &str) -> Option<String> {
    let left = recipient.active_until.is_some_and(|last| last < tx.today());
    (left && !AFTER_THE_LAST_DAY.contains(&letter)).then(reason)
}

fn reason() -> String {
    say(Language::Fr, "letters-held-left", &[])
}

/// Takes back what was written to people before their last day and waits to leave: on a Friday evening, for Monday. It is kept
/// as what would have been written since is: without its text, cancelled, with the reason. What is leaving leaves.
///
/// # Errors
/// When the database fails.
pub fn hold_back(tx: &mut Tx<'_>) -> Result<()> {
    let today = tx.today();
    let waits = WAITS.map(LetterState::as_str);
    let ids: Vec<i64> = letters::table
        .inner_join(persons::table.on(letters::recipient_id.eq(persons::id)))
        .filter(letters::state.eq_any(waits))
        .filter(letters::letter.ne_all(AFTER_THE_LAST_DAY))
        .filter(persons::active_until.lt(today))
        .order(letters::id.asc())
        .select(letters::id)
        .load(tx.conn)?;
    cancel(tx, &ids, &waits, &reason())
}

/// Takes back, whatever file it is about, what waits to leave and has a text that `says` a name which nothing may say any more. That it was
/// written, to whom and when, is kept; so is why it did not leave. What is leaving leaves.
///
/// # Errors
/// When the database fails.
pub fn take_back(tx: &mut Tx<'_>, says: impl Fn(&str) -> bool) -> Result<()> {
    let waits = WAITS.map(LetterState::as_str);
    let why = say(Language::Fr, "letters-held-destroyed", &[]);
    let mut after = 0;
    loop {
        let some: Vec<(i64, String, String, String)> = letters::table
            .filter(letters::state.eq_any(waits))
            .filter(letters::id.gt(after))
            .order(letters::id.asc())
            .limit(READ_AT_ONCE)
            .select((letters::id, letters::subject, letters::text_body, letters::html_body))
            .load(tx.conn)?;
        let Some((last, ..)) = some.last() else { return Ok(()) };
        after = *last;
        let named =
            some.iter().filter(|(_, subject, text, html)| [subject, text, html].into_iter().any(|said| says(said)));
        let ids: Vec<i64> = named.map(|(id, ..)| *id).collect();
        cancel(tx, &ids, &waits, &why)?;
        // What another worker took meanwhile keeps its subject with its text.
        diesel::update(
            letters::table.filter(letters::id.eq_any(&ids)).filter(letters::state.eq(LetterState::Cancelled.as_str())),
        )
        .set(letters::subject.eq(""))
        .execute(tx.conn)?;
    }
}

/// Of letters about to leave, those that do: the others are held back. What waits for later is looked at when its turn comes, so that
/// a long queue costs nothing here.
///
/// # Errors
/// When the database fails.
pub(super) fn those_that_leave(tx: &mut Tx<'_>, ids: Vec<i64>) -> Result<Vec<i64>> {
    let today = tx.today();
    let held: Vec<i64> = letters::table
        .inner_join(persons::table.on(letters::recipient_id.eq(persons::id)))
        .filter(letters::id.eq_any(&ids))
        .filter(letters::letter.ne_all(AFTER_THE_LAST_DAY))
        .filter(persons::active_until.lt(today))
        .select(letters::id)
        .load(tx.conn)?;
    if held.is_empty() {
        return Ok(ids);
    }
    cancel(tx, &held, &[LetterState::Queued, LetterState::Sending].map(LetterState::as_str), &reason())?;
    Ok(ids.into_iter().filter(|id| !held.contains(id)).collect())
}

/// Letters that another worker began to send since they were read are left alone, unless `states` takes them from a holder who
/// vanished.
fn cancel(tx: &mut Tx<'_>, ids: &[i64], states: &[&str], why: &str) -> Result<()> {
    for ids in ids.chunks(AT_ONCE) {
        diesel::update(letters::table.filter(letters::id.eq_any(ids)).filter(letters::state.eq_any(states)))
            .set((
                letters::state.eq(LetterState::Cancelled.as_str()),
                letters::lease_until.eq(None::<Instant>),
                letters::text_body.eq(""),
                letters::html_body.eq(""),
                letters::calendar.eq(None::<String>),
                letters::last_error.eq(why),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}
