//! Comparing the tables with the journal on time, and what is known of the last comparisons.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::agreement::{self, Found};
use super::tree::Hash;
use super::{Event, checkpoints, record, witnesses};
use crate::app::{App, Tx};
use crate::clock::Instant;
use crate::db::conn::{Job, alone};
use crate::db::schema::comparisons;
use crate::error::{Error, Result};
use crate::text::Language;

/// What failed, or never ended, is begun again after this.
const AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);

/// One comparison that ended.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = comparisons)]
pub struct Comparison {
    pub begun_at: Instant,
    pub events: Option<i64>,
    pub files: Option<i64>,
    pub differences: Option<i64>,
    /// The first difference, as a sentence.
    pub first: Option<String>,
    pub error: Option<String>,
}

/// Compares when the last comparison is old enough.
///
/// # Errors
/// When the database fails. What is found is noted, said by `probite doctor`, and an event.
pub fn run_if_due(app: &App) -> Result<()> {
    let hours = app.book.config.journal.compare_every_hours;
    if hours == 0 {
        return Ok(());
    }
    let every = TimeDelta::hours(hours);
    let Some(id) = app.write_here(move |tx| begin_if_due(tx, every))? else { return Ok(()) };
    match agreement::compare(app, &held_elsewhere(app), &|_| {}) {
        Ok(found) => app.write_here(move |tx| end(tx, id, &found)),
        Err(error) => {
            tracing::error!(%error, "the tables could not be compared with the journal");
            let why = crate::texts::say(Language::Fr, "agreement-unreadable", &[]);
            app.write_here(move |tx| {
                let ended = (comparisons::ended_at.eq(tx.now()), comparisons::error.eq(why));
                diesel::update(comparisons::table.find(id)).set(ended).execute(tx.conn)?;
                Ok(())
            })
        }
    }
}

/// Every head of the witness's folder: only the last one is looked at before signing, and one more could have been left there over a
/// history rewritten below the others. A folder that cannot be read is told by the diagnosis.
fn held_elsewhere(app: &App) -> Vec<(u64, Hash)> {
    let config = &app.book.config;
    let held = checkpoints::signer(config)
        .and_then(|signer| signer.map_or(Ok(Vec::new()), |signer| witnesses::heads_held(config, &signer.verifier())));
    held.unwrap_or_else(|error| {
        tracing::error!(%error, "the heads of the witness could not be compared");
        Vec::new()
    })
}

/// Takes the turn when the last comparison is `every` old; the number of the new one.
fn begin_if_due(tx: &mut Tx<'_>, every: TimeDelta) -> Result<Option<i64>> {
    if !alone(tx.conn, Job::Comparison)? {
        return Ok(None);
    }
    let now = tx.now();
    let done = comparisons::differences.is_not_null().and(comparisons::begun_at.gt(now - every));
    let recent: i64 =
        comparisons::table.filter(done.or(comparisons::begun_at.gt(now - AGAIN_AFTER))).count().get_result(tx.conn)?;
    if recent > 0 {
        return Ok(None);
    }
    let row = diesel::insert_into(comparisons::table).values(comparisons::begun_at.eq(now));
    Ok(Some(row.returning(comparisons::id).get_result(tx.conn)?))
}

fn end(tx: &mut Tx<'_>, id: i64, found: &Found) -> Result<()> {
    let as_row = |number: u64| i64::try_from(number).map_err(Error::internal);
    let differences = i64::try_from(found.differences.len() + found.others).map_err(Error::internal)?;
    let first = found.differences.first().map(|difference| difference.told(Language::Fr));
    diesel::update(comparisons::table.find(id))
        .set((
            comparisons::ended_at.eq(tx.now()),
            comparisons::events.eq(as_row(found.events)?),
            comparisons::files.eq(as_row(found.files)?),
            comparisons::differences.eq(differences),
            comparisons::first.eq(first),
        ))
        .execute(tx.conn)?;
    if differences == 0 {
        return Ok(());
    }
    tracing::error!(differences, "the tables do not say what the journal says");
    record(tx, None, None, &Event::RegisterDiffers { differences })
}

/// The last one that ended.
pub fn last(tx: &mut Tx<'_>) -> Result<Option<Comparison>> {
    Ok(comparisons::table
        .filter(comparisons::ended_at.is_not_null())
        .order((comparisons::begun_at.desc(), comparisons::id.desc()))
        .select(Comparison::as_select())
        .first(tx.conn)
        .optional()?)
}
