//! The journal, read again from its first event: this one, or that of a copy.

use diesel::prelude::*;

use super::store::hash_of;
use super::verify::Frontier;
use crate::db::DbConn;
use crate::db::conn::each_engine;
use crate::db::schema::events;
use crate::error::{Error, Result};

/// Events read at once.
const PAGE: i64 = 2_000;

/// The tree over every leaf, each number there and none twice; `after` sees it after each one.
///
/// # Errors
/// A number is missing, or the database cannot be read.
pub fn retell(conn: &mut DbConn, mut after: impl FnMut(&Frontier)) -> Result<Frontier> {
    let (mut frontier, mut last) = (Frontier::default(), 0);
    loop {
        let rows: Vec<(i64, String)> = each_engine!(&mut *conn, conn => events::table
            .filter(events::seq.gt(last))
            .order(events::seq.asc())
            .limit(PAGE)
            .select((events::seq, events::leaf))
            .load(conn))?;
        if rows.is_empty() {
            return Ok(frontier);
        }
        for (seq, leaf) in rows {
            if seq != last + 1 {
                return Err(Error::Internal(format!("the journal has a hole after event {last}")));
            }
            frontier.push(hash_of(&leaf)?);
            after(&frontier);
            last = seq;
        }
    }
}
