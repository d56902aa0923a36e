//! Which master keys are in use, whether this process has them, and wrapping data keys again with the first one.

use diesel::prelude::*;

use super::keyring::Wrapped;
use crate::app::Tx;
use crate::db::schema::data_keys;
use crate::error::{Error, Result};

/// Data keys wrapped again in one transaction: people are served between two.
pub const BATCH: i64 = 200;

/// How many data keys each master key wraps.
pub fn in_use(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    Ok(data_keys::table
        .group_by(data_keys::master_key)
        .select((data_keys::master_key, diesel::dsl::count_star()))
        .order(data_keys::master_key.asc())
        .load(tx.conn)?)
}

/// Refuses a process that could not read what is sealed: each master key in use is here, and opens what it wrapped.
///
/// # Errors
/// Names the key that is missing, or does not open.
pub fn check(tx: &mut Tx<'_>) -> Result<()> {
    for (master, _) in in_use(tx)? {
        let (declaration, key): (i64, String) = data_keys::table
            .filter(data_keys::master_key.eq(&master))
            .select((data_keys::declaration_id, data_keys::wrapped))
            .first(tx.conn)?;
        tx.book.keyring.unwrap(declaration, &Wrapped { master, key })?;
    }
    Ok(())
}

/// Wraps with the first master key some data keys that another wraps; how many.
///
/// # Errors
/// When a key does not open, or the database fails: those of the transaction stay as they were.
pub fn rewrap(tx: &mut Tx<'_>, most: i64) -> Result<usize> {
    let first = tx.book.keyring.first().ok_or(Error::NotPossible("not-possible-sealing"))?;
    let rows: Vec<(i64, String, String)> = data_keys::table
        .filter(data_keys::master_key.ne(&first))
        .order(data_keys::declaration_id.asc())
        .limit(most)
        .select((data_keys::declaration_id, data_keys::master_key, data_keys::wrapped))
        .load(tx.conn)?;
    for (declaration, master, key) in &rows {
        let key = tx.book.keyring.unwrap(*declaration, &Wrapped { master: master.clone(), key: key.clone() })?;
        let again = tx.book.keyring.wrap(*declaration, &key)?;
        diesel::update(data_keys::table.find(declaration))
            .set((data_keys::master_key.eq(again.master), data_keys::wrapped.eq(again.key)))
            .execute(tx.conn)?;
    }
    Ok(rows.len())
}
