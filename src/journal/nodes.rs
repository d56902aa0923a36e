//! The tree where the journal is: nodes kept in the database, the others computed from leaves.

use std::collections::HashMap;

use diesel::prelude::*;

use super::store::hash_of;
use super::tree::{self, Hash, KEPT, Nodes};
use crate::app::Tx;
use crate::db::schema::{events, journal_nodes};
use crate::error::{Error, Result};

/// Leaves below a node of the lowest kept height.
const SPAN: u64 = 256;

/// Hashes read from the database, each group of 256 once.
pub struct Stored<'a, 't> {
    tx: &'a mut Tx<'t>,
    /// By height and by the position of the group.
    groups: HashMap<(u32, u64), Vec<Hash>>,
}

impl<'a, 't> Stored<'a, 't> {
    pub fn new(tx: &'a mut Tx<'t>) -> Self {
        Self { tx, groups: HashMap::new() }
    }

    fn leaves(&mut self, group: u64) -> Result<Vec<Hash>> {
        let first = as_row(group * SPAN)? + 1;
        let rows: Vec<(i64, String)> = events::table
            .filter(events::seq.between(first, first + 255))
            .order(events::seq.asc())
            .select((events::seq, events::leaf))
            .load(self.tx.conn)?;
        let numbered = rows.iter().zip(first..).all(|((seq, _), expected)| *seq == expected);
        if !numbered {
            return Err(Error::Internal(format!("the journal has a hole after event {}", first - 1)));
        }
        rows.iter().map(|(_, leaf)| hash_of(leaf)).collect()
    }

    fn kept(&mut self, height: u32, group: u64) -> Result<Vec<Hash>> {
        let first = as_row(group * SPAN)?;
        let rows: Vec<String> = journal_nodes::table
            .filter(journal_nodes::height.eq(i32::try_from(height).map_err(Error::internal)?))
            .filter(journal_nodes::position.between(first, first + 255))
            .order(journal_nodes::position.asc())
            .select(journal_nodes::hash)
            .load(self.tx.conn)?;
        rows.iter().map(|hash| from_hex(hash)).collect()
    }
}

impl Nodes for Stored<'_, '_> {
    type Error = Error;

    fn node(&mut self, height: u32, position: u64) -> Result<Hash> {
        let (group, place) = (position / SPAN, usize::try_from(position % SPAN).map_err(Error::internal)?);
        if !self.groups.contains_key(&(height, group)) {
            let read = if height == 0 { self.leaves(group)? } else { self.kept(height, group)? };
            self.groups.insert((height, group), read);
        }
        match self.groups.get(&(height, group)).and_then(|read| read.get(place)).copied() {
            Some(hash) => Ok(hash),
            // Complete since the last time they were written.
            None if height > 0 => tree::complete(self, height, position),
            None => Err(Error::Internal(format!("event {} of the journal is missing", position + 1))),
        }
    }
}

/// Writes the nodes that are complete at `size`, some at a time; says whether more are due.
///
/// # Errors
/// When the database fails, or an event is missing.
pub fn extend(tx: &mut Tx<'_>, size: u64, most: usize) -> Result<bool> {
    let mut left = most;
    for height in KEPT {
        let stored: i64 = journal_nodes::table
            .filter(journal_nodes::height.eq(i32::try_from(height).map_err(Error::internal)?))
            .select(diesel::dsl::max(journal_nodes::position))
            .first::<Option<i64>>(tx.conn)?
            .map_or(0, |last| last + 1);
        for position in u64::try_from(stored).map_err(Error::internal)?..size >> height {
            if left == 0 {
                return Ok(true);
            }
            left -= 1;
            let hash = tree::complete(&mut Stored::new(tx), height, position)?;
            diesel::insert_into(journal_nodes::table)
                .values((
                    journal_nodes::height.eq(i32::try_from(height).map_err(Error::internal)?),
                    journal_nodes::position.eq(as_row(position)?),
                    journal_nodes::hash.eq(hex::encode(hash)),
                ))
                .execute(tx.conn)?;
        }
    }
    Ok(false)
}

fn as_row(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(Error::internal)
}

/// A hash as it is stored.
///
/// # Errors
/// When it is not 64 hexadecimal digits.
pub fn from_hex(text: &str) -> Result<Hash> {
    let bytes = hex::decode(text).map_err(Error::internal)?;
    bytes.try_into().map_err(|_| Error::Internal("a hash of the journal has not its length".into()))
}
