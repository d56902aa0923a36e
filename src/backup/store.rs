//! What is known of the copies that were made.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::{Job, alone};
use crate::db::schema::backups;
use crate::error::Result;

/// What failed, or never ended, is begun again after this.
const AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);

/// One copy.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = backups)]
pub struct Backup {
    pub id: i64,
    pub begun_at: Instant,
    pub ended_at: Option<Instant>,
    /// Name in the folder.
    pub file: Option<String>,
    /// Events of the journal that it holds.
    pub size: Option<i64>,
    pub bytes: Option<i64>,
    pub error: Option<String>,
    /// When its time was over and the file deleted.
    pub removed_at: Option<Instant>,
}

/// Takes the turn when the last good copy is `every` old; the number of the new one.
pub fn begin_if_due(tx: &mut Tx<'_>, every: TimeDelta) -> Result<Option<i64>> {
    if !alone(tx.conn, Job::Backup)? {
        return Ok(None);
    }
    let now = tx.now();
    let good = backups::error.is_null().and(backups::ended_at.is_not_null()).and(backups::begun_at.gt(now - every));
    let recent: i64 =
        backups::table.filter(good.or(backups::begun_at.gt(now - AGAIN_AFTER))).count().get_result(tx.conn)?;
    if recent > 0 { Ok(None) } else { begin(tx).map(Some) }
}

/// A row for a copy that begins.
pub fn begin(tx: &mut Tx<'_>) -> Result<i64> {
    let row = diesel::insert_into(backups::table).values(backups::begun_at.eq(tx.now()));
    Ok(row.returning(backups::id).get_result(tx.conn)?)
}

/// A copy is whole.
pub fn end(tx: &mut Tx<'_>, id: i64, file: &str, size: i64, bytes: i64) -> Result<()> {
    diesel::update(backups::table.find(id))
        .set((backups::ended_at.eq(tx.now()), backups::file.eq(file), backups::size.eq(size), backups::bytes.eq(bytes)))
        .execute(tx.conn)?;
    Ok(())
}

/// A copy could not be made.
pub fn fail(tx: &mut Tx<'_>, id: i64, error: &str) -> Result<()> {
    let ended = (backups::ended_at.eq(tx.now()), backups::error.eq(error));
    diesel::update(backups::table.find(id)).set(ended).execute(tx.conn)?;
    Ok(())
}

/// Copies of before `before` whose file is still there.
pub fn over(tx: &mut Tx<'_>, before: Instant) -> Result<Vec<(i64, String)>> {
    let rows: Vec<(i64, Option<String>)> = backups::table
        .filter(backups::file.is_not_null())
        .filter(backups::removed_at.is_null())
        .filter(backups::begun_at.lt(before))
        .select((backups::id, backups::file))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(id, file)| file.map(|file| (id, file))).collect())
}

/// The file of a copy is deleted.
pub fn removed(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    diesel::update(backups::table.find(id)).set(backups::removed_at.eq(tx.now())).execute(tx.conn)?;
    Ok(())
}

/// The last ones, newest first.
pub fn latest(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Backup>> {
    let order = (backups::begun_at.desc(), backups::id.desc());
    Ok(backups::table.order(order).limit(most).select(Backup::as_select()).load(tx.conn)?)
}

/// When the last good copy was begun.
pub fn last_good(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    let good = backups::table.filter(backups::file.is_not_null()).select(backups::begun_at);
    Ok(good.order(backups::begun_at.desc()).first(tx.conn).optional()?)
}
