//! Which master keys are in use, whether this process has them, and wrapping what they wrap again with the first one.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::keyring::{Of, Wrapped};
use crate::app::Tx;
use crate::db::schema::{data_keys, second_factors};
use crate::error::{Error, Result};
use crate::people::PersonId;

/// Data keys wrapped again in one transaction: people are served between two.
pub const BATCH: i64 = 200;

/// How many keys each master key wraps, of files and of second factors.
pub fn in_use(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    let files: Vec<(String, i64)> = data_keys::table
        .group_by(data_keys::master_key)
        .select((data_keys::master_key, diesel::dsl::count_star()))
        .load(tx.conn)?;
    let people: Vec<(String, i64)> = second_factors::table
        .group_by(second_factors::master_key)
        .select((second_factors::master_key, diesel::dsl::count_star()))
        .load(tx.conn)?;
    let mut counts = BTreeMap::new();
    for (master, count) in files.into_iter().chain(people) {
        *counts.entry(master).or_insert(0) += count;
    }
    Ok(counts.into_iter().collect())
}

/// Refuses a process that could not read what is sealed: each master key in use is here, and opens what it wrapped.
///
/// # Errors
/// Names the key that is missing, or does not open.
pub fn check(tx: &mut Tx<'_>) -> Result<()> {
    for (master, _) in in_use(tx)? {
        let file: Option<(i64, String)> = data_keys::table
            .filter(data_keys::master_key.eq(&master))
            .select((data_keys::declaration_id, data_keys::wrapped))
            .first(tx.conn)
            .optional()?;
        let person: Option<(PersonId, String)> = second_factors::table
            .filter(second_factors::master_key.eq(&master))
            .select((second_factors::person_id, second_factors::wrapped))
            .first(tx.conn)
            .optional()?;
        let file = file.map(|(id, key)| (Of::File(id), key));
        for (of, key) in file.into_iter().chain(person.map(|(id, key)| (Of::SecondFactor(id), key))) {
            tx.book.keyring.unwrap(of, &Wrapped { master: master.clone(), key })?;
        }
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
        let again = wrap_again(tx, Of::File(*declaration), master, key)?;
        diesel::update(data_keys::table.find(declaration))
            .set((data_keys::master_key.eq(again.master), data_keys::wrapped.eq(again.key)))
            .execute(tx.conn)?;
    }
    // A person each for a few offices: all of them at once.
    let people: Vec<(PersonId, String, String)> = second_factors::table
        .filter(second_factors::master_key.ne(&first))
        .order(second_factors::person_id.asc())
        .limit(most)
        .select((second_factors::person_id, second_factors::master_key, second_factors::wrapped))
        .load(tx.conn)?;
    for (person, master, key) in &people {
        let again = wrap_again(tx, Of::SecondFactor(*person), master, key)?;
        diesel::update(second_factors::table.find(person))
            .set((second_factors::master_key.eq(again.master), second_factors::wrapped.eq(again.key)))
            .execute(tx.conn)?;
    }
    Ok(rows.len() + people.len())
}

fn wrap_again(tx: &Tx<'_>, of: Of, master: &str, key: &str) -> Result<Wrapped> {
    let key = tx.book.keyring.unwrap(of, &Wrapped { master: master.to_owned(), key: key.to_owned() })?;
    tx.book.keyring.wrap(of, &key)
}
