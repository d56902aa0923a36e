//! Letters and reminders of the past: they left when they were due, as the worker would have made them leave.

use chrono::TimeDelta;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::app::{Rulebook, Tx};
use crate::clock::Instant;
use crate::db::DbConn;
use crate::db::schema::{letters, timers};
use crate::error::Result;

/// Everything queued has left, at once. The state is written out, not bound, so that SQLite reads the index of the queue.
pub fn leave(tx: &mut Tx<'_>) -> Result<usize> {
    Ok(diesel::update(letters::table.filter(sql::<Bool>("state = 'queued'")))
        .set((letters::state.eq("sent"), letters::attempts.eq(1), letters::sent_at.eq(letters::created_at.nullable())))
        .execute(tx.conn)?)
}

/// At the end of the history: no reminder of the past is left to send, and no text is kept longer than the product
/// keeps it.
pub fn settle(conn: &mut DbConn, book: &Rulebook, end: Instant) -> Result<()> {
    let mut tx = Tx::new(conn, book, end);
    leave(&mut tx)?;
    diesel::update(timers::table.filter(timers::done_at.is_null()).filter(timers::due_at.le(end)))
        .set(timers::done_at.eq(end))
        .execute(tx.conn)?;
    let kept_since = end - TimeDelta::days(book.config.letters.keep_days);
    diesel::update(letters::table.filter(letters::sent_at.lt(kept_since)))
        .set((letters::text_body.eq(""), letters::html_body.eq("")))
        .execute(tx.conn)?;
    Ok(())
}
