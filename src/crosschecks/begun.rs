//! What the calendar brings: a contract that was read before its first day, bids that open, a line of the RENA that takes
//! effect. The file that told them was looked at when it came, and nothing held yet; no other file has to come on the day.
//!
//! Nothing is noted of the days done: a few weeks are looked at again each time, so that a service that was down misses
//! nothing, and what was told is known by its key.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::look::{ByNeq, Change, look_again};
use super::mail::News;
use crate::app::Tx;
use crate::clock::{local_date, start_of_day};
use crate::companies::lists;
use crate::contracts::store as contracts;
use crate::db::conn::{Job, alone};
use crate::error::Result;
use crate::sources::Source;
use crate::sources::store as sources;

/// How many days back beginnings are looked for: longer than a service is ever down.
const REACH: i64 = 31;

/// Looks at the declarations filed before what began, day by day. Gives the number of cross-checks made.
pub fn follow(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::CrossChecks)? {
        return Ok(0);
    }
    let zone = tx.zone();
    let (mut made, mut news) = (0, News::default());
    for (day, changes) in begun(tx)? {
        // Whoever declares on the day itself, or after, is looked at with it.
        made += look_again(tx, &changes, Some(start_of_day(day, zone)), &mut news)?;
    }
    news.tell(tx)?;
    Ok(made)
}

/// What began lately without a file saying so that day, by day then by NEQ.
fn begun(tx: &mut Tx<'_>) -> Result<BTreeMap<NaiveDate, ByNeq>> {
    let (zone, today) = (tx.zone(), tx.today());
    let since = today - TimeDelta::days(REACH);
    let mut days: BTreeMap<NaiveDate, ByNeq> = BTreeMap::new();
    let mut tell = |day: NaiveDate, neq: String, change: Change| {
        days.entry(day).or_default().entry(neq).or_default().insert(change);
    };
    for (contract, neq, read_at) in contracts::begun_between(tx, since, today)? {
        let begins = contract.starts_on.or(contract.signed_on).unwrap_or(today);
        if contract.is_active_on(today) && local_date(read_at, zone) < begins {
            tell(begins, neq, Change::contract(contract.id, contract.import_id));
        }
    }
    for (tender, neq, read_at) in contracts::opened_between(tx, since, today)? {
        let opens = tender.opens_on.unwrap_or(today);
        if tender.is_open_on(today) && local_date(read_at, zone) < opens {
            tell(opens, neq, Change::tender(tender.id, tender.import_id));
        }
    }
    if let Some(list) = sources::last(tx, Source::Rena)? {
        for entry in lists::begun_between(tx, Source::Rena, since, today)? {
            let (Some(neq), Some(starts)) = (&entry.neq, entry.starts_on) else { continue };
            if entry.holds_on(today) && local_date(list.imported_at, zone) < starts {
                tell(starts, neq.clone(), Change::listed(neq, entry.starts_on, list.id));
            }
        }
    }
    Ok(days)
}
