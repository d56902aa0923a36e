//! Who read what. A row for each reading of a confidential declaration, for each refused attempt, for lists that name people and
//! for what leaves the product, committed before the answer leaves (F-3.1.1, r. 3, s. 4: trying to see what one does not need
//! is itself a fact).

use chrono::TimeDelta;
use diesel::prelude::*;

use super::carried::Carried;
use crate::access::{Actor, RegisterScope};
use crate::app::Tx;
use crate::bench::off;
use crate::db::conn::each_engine;
use crate::db::schema::{access_log, declarations};
use crate::error::Result;

/// Pages of one list that somebody opens within this time are one look at it: it leaves one row. An auditor, to whom people are
/// not named, leaves one for each page.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(5);

pub fn read(tx: &mut Tx<'_>, actor: &Actor, declaration: i64, action: &str) -> Result<()> {
    write(tx, actor, action, Row { declaration: Some(declaration), ..Row::default() })
}

/// A refused attempt, when the reference names something that exists and is not ordinary.
pub fn refused(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<()> {
    let found: Option<i64> = declarations::table
        .filter(declarations::reference.eq(slug))
        .select(declarations::id)
        .first(tx.conn)
        .optional()?;
    match found {
        Some(_) => write(tx, actor, "read", Row { declaration: found, refused: true, ..Row::default() }),
        None => Ok(()),
    }
}

/// What a row says besides who, when, through what and which action.
#[derive(Default)]
struct Row {
    declaration: Option<i64>,
    refused: bool,
    files: Option<i64>,
    carried: Option<String>,
}

fn write(tx: &mut Tx<'_>, actor: &Actor, action: &str, row: Row) -> Result<()> {
    if off::is_off() {
        return Ok(());
    }
    let now = tx.now();
    each_engine!(tx.conn, conn => diesel::insert_into(access_log::table)
        .values((
            access_log::at.eq(now),
            access_log::person_id.eq(actor.person),
            access_log::declaration_id.eq(row.declaration),
            access_log::channel.eq(actor.channel.as_str()),
            access_log::action.eq(action),
            access_log::allowed.eq(!row.refused),
            access_log::files.eq(row.files),
            access_log::carried.eq(row.carried),
        ))
        .execute(conn))?;
    Ok(())
}

/// Lines of sealed files on a page of a list.
pub fn listed(tx: &mut Tx<'_>, actor: &Actor, declarations: &[i64]) -> Result<()> {
    let row = |declaration: &i64| Row { declaration: Some(*declaration), ..Row::default() };
    declarations.iter().try_for_each(|declaration| write(tx, actor, "list", row(declaration)))
}

/// The name of a list that names people, when showing it to this reader leaves a row: not within [`ONE_LOOK`] of the last one.
///
/// # Errors
/// The database does not answer.
pub fn owed(tx: &mut Tx<'_>, actor: &Actor, what: &'static str) -> Result<Option<&'static str>> {
    if off::is_off() {
        return Ok(None);
    }
    if RegisterScope::of(actor).masked {
        return Ok(Some(what));
    }
    let since = tx.now() - ONE_LOOK;
    let left: Option<i64> = each_engine!(tx.conn, conn => access_log::table
        .filter(access_log::person_id.eq(actor.person))
        .filter(access_log::action.eq(what))
        .filter(access_log::at.gt(since))
        .filter(access_log::declaration_id.is_null())
        .filter(access_log::channel.eq(actor.channel.as_str()))
        .filter(access_log::allowed.eq(true))
        .filter(access_log::files.is_null())
        .select(access_log::id)
        .first(conn)
        .optional())?;
    Ok(left.is_none().then_some(what))
}

/// Somebody opened a list.
pub fn list_opened(tx: &mut Tx<'_>, actor: &Actor, what: &str) -> Result<()> {
    write(tx, actor, what, Row::default())
}

/// Somebody took a list out of the product; which files it carries, when it is made of files.
pub fn exported(tx: &mut Tx<'_>, actor: &Actor, what: &str, carried: Option<&Carried>) -> Result<()> {
    let (files, carried) = (carried.map(Carried::files), carried.map(Carried::to_string));
    write(tx, actor, what, Row { files, carried, ..Row::default() })
}

/// Somebody was refused something that is about no declaration in particular.
pub fn stopped(tx: &mut Tx<'_>, actor: &Actor, what: &str) -> Result<()> {
    write(tx, actor, what, Row { refused: true, ..Row::default() })
}
