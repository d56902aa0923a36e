//! Whoever answers requests for rectification is reminded of those that wait.

use diesel::prelude::*;

use super::{mail, store, times};
use crate::app::Tx;
use crate::db::conn::{Job, alone};
use crate::db::schema::rectification_reminders as reminders;
use crate::declarations::store::find_unguarded;
use crate::error::Result;

/// Reminds of what is due soon, today, or late. Returns of how many requests.
///
/// # Errors
/// When the database fails.
pub fn remind(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::Rectifications)? {
        return Ok(0);
    }
    let (today, before) = (tx.today(), tx.book.config.privacy.rectification_remind_days);
    let mut reminded = 0;
    for waiting in store::waiting(tx)? {
        let due = times::due(tx, waiting.asked_at, waiting.extended);
        let Some(reminder) = times::last_reminder(due, before, today) else { continue };
        if waiting.told_on.is_some_and(|told| told >= reminder) {
            continue;
        }
        let declaration = find_unguarded(tx, waiting.declaration)?;
        mail::due(tx, &declaration, due)?;
        diesel::delete(reminders::table.find(waiting.request)).execute(tx.conn)?;
        diesel::insert_into(reminders::table)
            .values((reminders::request_id.eq(waiting.request), reminders::told_on.eq(today)))
            .execute(tx.conn)?;
        reminded += 1;
    }
    Ok(reminded)
}
