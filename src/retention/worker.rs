//! Once a year the list is prepared by itself; after a destruction, nothing of it is left in free pages, logs and folders.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::{actions, store};
use crate::app::{App, Tx};
use crate::attachments::orphans;
use crate::clock::{local_date, start_of_day};
use crate::db::conn::{Job, alone};
use crate::db::schema::retention_lists;
use crate::error::{Error, Result};

/// The last civil day on which the list of the year was asked for: what is over is read once a day, not at each pass.
#[derive(Debug, Default)]
pub struct Asked(Option<NaiveDate>);

/// Prepares the list of the year, when it was not asked for today; how many were prepared. The files that are over are read where
/// nobody waits for it: whoever writes waits on the one day of the year when something is due.
///
/// # Errors
/// The database does not answer; it is asked again at the next pass.
pub fn prepare_when_due(app: &App, asked: &mut Asked) -> Result<usize> {
    let today = local_date(app.clock.now(), app.book.calendar.default_zone());
    if asked.0 == Some(today) {
        return Ok(0);
    }
    let due = app.read_here(|tx| Ok(is_awaited(tx)? && actions::is_something_due(tx)?))?;
    let lists = if due { app.write_here(prepare_of_the_year)? } else { 0 };
    asked.0 = Some(today);
    Ok(lists)
}

/// Has the day of the list come this year, with no list prepared since nor waiting?
fn is_awaited(tx: &mut Tx<'_>) -> Result<bool> {
    let (month, day) = (tx.book.config.retention.month, tx.book.config.retention.day);
    let today = tx.today();
    let Some(from) = NaiveDate::from_ymd_opt(today.year(), month, day).filter(|from| *from <= today) else {
        return Ok(false);
    };
    Ok(store::open(tx)?.is_none() && !store::prepared_since(tx, start_of_day(from, tx.zone()))?)
}

/// Prepares the list of the year, on its day or the first one after; how many were prepared.
///
/// # Errors
/// The database does not answer.
pub fn prepare_of_the_year(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::RetentionList)? || !is_awaited(tx)? {
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
    orphans::remove_given_up(app)?;
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
