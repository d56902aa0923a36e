//! Letters that do not leave: others may read the mailbox of somebody who left.

use diesel::prelude::*;

use super::store::LetterState;
use crate::app::Tx;
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
    let waits = [LetterState::Queued, LetterState::Failed].map(LetterState::as_str);
    let ids: Vec<i64> = letters::table
        .inner_join(persons::table.on(letters::recipient_id.eq(persons::id)))
        .filter(letters::state.eq_any(waits))
        .filter(letters::letter.ne_all(AFTER_THE_LAST_DAY))
        .filter(persons::active_until.lt(today))
        .order(letters::id.asc())
        .select(letters::id)
        .load(tx.conn)?;
    for ids in ids.chunks(AT_ONCE) {
        let rows = letters::table.filter(letters::id.eq_any(ids)).filter(letters::state.eq_any(waits));
        diesel::update(rows)
            .set((
                letters::state.eq(LetterState::Cancelled.as_str()),
                letters::text_body.eq(""),
                letters::html_body.eq(""),
                letters::calendar.eq(None::<String>),
                letters::last_error.eq(reason()),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}
