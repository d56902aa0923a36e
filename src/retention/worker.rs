//! Once a year the list is prepared by itself; after a destruction, nothing of it is left in free pages, logs and folders.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::{actions, store};
use crate::app::{App, Tx};
use crate::attachments;
use crate::clock::start_of_day;
use crate::db::schema::{retention_contents, retention_lists};
use crate::error::{Error, Result};

/// Prepares the list of the year, on its day or the first one after; how many were prepared.
///
/// # Errors
/// The database does not answer.
pub fn prepare_of_the_year(tx: &mut Tx<'_>) -> Result<usize> {
    let (month, day) = (tx.book.config.retention.month, tx.book.config.retention.day);
    let today = tx.today();
    let Some(from) = NaiveDate::from_ymd_opt(today.year(), month, day).filter(|from| *from <= today) else {
        return Ok(0);
    };
    if store::open(tx)?.is_some() || store::prepared_since(tx, start_of_day(from, tx.zone()))? {
        return Ok(0);
    }
    match actions::prepare(tx, None) {
        Ok(_) => Ok(1),
        // Nothing is due: the question is asked again tomorrow, and somebody may be due then.
        Err(Error::NotPossible(_)) => Ok(0),
        Err(error) => Err(error),
    }
}

/// Removes what a destruction left behind: contents in their folder, bytes in free pages, in indexes and in the log of the
/// database. How many lists are clean now.
///
/// # Errors
/// The database or the folder does not let it; it is tried again later.
pub fn scrub(app: &App) -> Result<usize> {
    let due: Vec<i64> = app.read_here(|tx| {
        Ok(retention_lists::table
            .filter(retention_lists::state.eq("destroyed"))
            .filter(retention_lists::scrubbed_at.is_null())
            .select(retention_lists::id)
            .load(tx.conn)?)
    })?;
    if due.is_empty() {
        return Ok(0);
    }
    app.write_here(|tx| {
        let hashes: Vec<String> = retention_contents::table.select(retention_contents::sha256).load(tx.conn)?;
        attachments::store::forget(tx, &hashes)?;
        diesel::delete(retention_contents::table).execute(tx.conn)?;
        Ok(())
    })?;
    app.db.scrub()?;
    let lists = due.clone();
    app.write_here(move |tx| {
        let now = tx.now();
        diesel::update(retention_lists::table.filter(retention_lists::id.eq_any(lists)))
            .set(retention_lists::scrubbed_at.eq(now))
            .execute(tx.conn)?;
        Ok(())
    })?;
    Ok(due.len())
}
