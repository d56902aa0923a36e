//! How long changes waited until somebody out of reach had a head that covers them (trust.md A07): how long each could still have been
//! rewritten unseen, measured from the rows of what was left, and when.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{checkpoint_copies, events};
use crate::error::Result;

/// Events read at once.
const PAGE: i64 = 5_000;

/// What changes waited, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// Events that a witness covers.
    pub covered: usize,
    /// At most so long waited half of them, and ninety-nine of a hundred.
    pub p50: i64,
    pub p99: i64,
    pub longest: i64,
    /// Events that no witness covers yet, and how long the oldest has waited so far.
    pub uncovered: usize,
    pub waiting: i64,
}

impl Waits {
    /// From what each event waited; `waiting` are those that still do.
    fn of(mut waited: Vec<i64>, waiting: &[i64]) -> Self {
        waited.sort_unstable();
        // The smallest wait that is enough for so many of a hundred.
        let enough = |percent: usize| {
            let place = (waited.len() * percent).div_ceil(100).saturating_sub(1);
            waited.get(place).copied().unwrap_or_default()
        };
        Self {
            covered: waited.len(),
            p50: enough(50),
            p99: enough(99),
            longest: enough(100),
            uncovered: waiting.len(),
            waiting: waiting.iter().copied().max().unwrap_or_default(),
        }
    }
}

/// Of the events of these numbers, both included.
///
/// # Errors
/// The database cannot be read.
pub fn between(tx: &mut Tx<'_>, first: i64, last: i64) -> Result<Waits> {
    let copies: Vec<(i64, Instant)> = checkpoint_copies::table
        .filter(checkpoint_copies::error.is_null())
        .filter(checkpoint_copies::size.ge(first))
        .order(checkpoint_copies::id.asc())
        .select((checkpoint_copies::size, checkpoint_copies::at))
        .load(tx.conn)?;
    let (mut copies, mut copy) = (copies.into_iter(), None);
    let (mut waited, mut waiting, mut next) = (Vec::new(), Vec::new(), first);
    while next <= last {
        let end = (next + PAGE - 1).min(last);
        let rows: Vec<(i64, Instant)> = events::table
            .filter(events::seq.between(next, end))
            .order(events::seq.asc())
            .select((events::seq, events::at))
            .load(tx.conn)?;
        for (seq, at) in rows {
            // The first copy that covers it: copies are read as they were left, and the next events need later ones.
            while copy.is_none_or(|(size, _)| size < seq) {
                let Some(later) = copies.next() else { break };
                copy = Some(later);
            }
            match copy.filter(|(size, _)| *size >= seq) {
                Some((_, left)) => waited.push((left - at).num_seconds().max(0)),
                None => waiting.push((tx.now() - at).num_seconds().max(0)),
            }
        }
        next = end + 1;
    }
    Ok(Waits::of(waited, &waiting))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_as_shares_of_a_hundred() {
        let waits = Waits::of((1..=200).rev().collect(), &[7, 3]);
        let told = (waits.covered, waits.p50, waits.p99, waits.longest, waits.uncovered, waits.waiting);
        assert_eq!(told, (200, 100, 198, 200, 2, 7));
        assert_eq!(Waits::of(vec![4], &[]).p50, 4);
        assert_eq!(Waits::of(Vec::new(), &[]).longest, 0);
    }
}
