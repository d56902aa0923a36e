//! Who read what. A row for each reading of a confidential declaration, and for each refused attempt, committed
//! before the answer leaves (F-3.1.1, r. 3, s. 4: trying to see what one does not need is itself a fact).

use diesel::prelude::*;

use crate::access::Actor;
use crate::app::Tx;
use crate::bench::off;
use crate::db::conn::each_engine;
use crate::db::schema::{access_log, declarations};
use crate::error::Result;

pub fn read(tx: &mut Tx<'_>, actor: &Actor, declaration: i64, action: &str) -> Result<()> {
    write(tx, actor, Some(declaration), action, true)
}

/// A refused attempt, when the reference names something that exists and is not ordinary.
pub fn refused(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<()> {
    let found: Option<i64> = declarations::table
        .filter(declarations::reference.eq(slug))
        .select(declarations::id)
        .first(tx.conn)
        .optional()?;
    match found {
        Some(declaration) => write(tx, actor, Some(declaration), "read", false),
        None => Ok(()),
    }
}

fn write(tx: &mut Tx<'_>, actor: &Actor, declaration: Option<i64>, action: &str, allowed: bool) -> Result<()> {
    if off::is_off() {
        return Ok(());
    }
    let now = tx.now();
    each_engine!(tx.conn, conn => diesel::insert_into(access_log::table)
        .values((
            access_log::at.eq(now),
            access_log::person_id.eq(actor.person),
            access_log::declaration_id.eq(declaration),
            access_log::channel.eq(actor.channel.as_str()),
            access_log::action.eq(action),
            access_log::allowed.eq(allowed),
        ))
        .execute(conn))?;
    Ok(())
}

/// Lines of sealed files on a page of a list.
pub fn listed(tx: &mut Tx<'_>, actor: &Actor, declarations: &[i64]) -> Result<()> {
    declarations.iter().try_for_each(|declaration| write(tx, actor, Some(*declaration), "list", true))
}

/// An auditor opened a list.
pub fn list_opened(tx: &mut Tx<'_>, actor: &Actor, what: &str) -> Result<()> {
    write(tx, actor, None, what, true)
}

/// Somebody took a list out of the product.
pub fn exported(tx: &mut Tx<'_>, actor: &Actor, what: &str) -> Result<()> {
    write(tx, actor, None, what, true)
}

/// Somebody was refused something that is about no declaration in particular.
pub fn stopped(tx: &mut Tx<'_>, actor: &Actor, what: &str) -> Result<()> {
    write(tx, actor, None, what, false)
}
