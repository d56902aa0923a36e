//! How long changes waited until enough of those who are out of reach had a head that covers them (trust.md A07): how long each could
//! still have been rewritten unseen, measured from the rows of what was left, and when.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::quorum::Quorum;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{checkpoint_copies, events};
use crate::error::Result;

/// Events read at once.
const PAGE: i64 = 5_000;

/// What changes waited, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// Witnesses that must have a head before what it covers counts, and those of the settings that are asked. Zero in what was kept
    /// before they were told.
    #[serde(default)]
    pub wanted: usize,
    #[serde(default)]
    pub asked: usize,
    /// Events that enough witnesses cover.
    pub covered: usize,
    /// At most so long waited half of them, and ninety-nine of a hundred.
    pub p50: i64,
    pub p99: i64,
    pub longest: i64,
    /// Events that not enough of them cover yet, and how long the oldest has waited so far.
    pub uncovered: usize,
    pub waiting: i64,
}

impl Waits {
    /// From what each event waited; `waiting` are those that still do.
    fn of(quorum: &Quorum, mut waited: Vec<i64>, waiting: &[i64]) -> Self {
        waited.sort_unstable();
        // The smallest wait that is enough for so many of a hundred.
        let enough = |percent: usize| {
            let place = (waited.len() * percent).div_ceil(100).saturating_sub(1);
            waited.get(place).copied().unwrap_or_default()
        };
        Self {
            wanted: quorum.wanted,
            asked: quorum.names.len(),
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
    let quorum = Quorum::of(&tx.book.config.journal);
    let mut watch = Watch::of(tx, &quorum, first)?;
    let (mut waited, mut waiting, mut next) = (Vec::new(), Vec::new(), first);
    while next <= last {
        let end = (next + PAGE - 1).min(last);
        let rows: Vec<(i64, Instant)> = events::table
            .filter(events::seq.between(next, end))
            .order(events::seq.asc())
            .select((events::seq, events::at))
            .load(tx.conn)?;
        for (seq, at) in rows {
            match watch.covered_at(seq) {
                Some(left) => waited.push((left - at).num_seconds().max(0)),
                None => waiting.push((tx.now() - at).num_seconds().max(0)),
            }
        }
        next = end + 1;
    }
    Ok(Waits::of(&quorum, waited, &waiting))
}

/// Copies read as they were left, and what each witness then has. The next event needs the same copies or later ones.
struct Watch<'q> {
    quorum: &'q Quorum,
    /// How many events were left elsewhere before each of the quorum was first asked: it is not waited for in those. Nothing for one
    /// that never was.
    since: Vec<Option<i64>>,
    copies: std::vec::IntoIter<(String, i64, Instant)>,
    held: BTreeMap<String, i64>,
    last: Option<Instant>,
}

impl<'q> Watch<'q> {
    /// For events from this number on.
    fn of(tx: &mut Tx<'_>, quorum: &'q Quorum, first: i64) -> Result<Self> {
        let since = quorum.names.iter().map(|name| since(tx, name)).collect::<Result<_>>()?;
        let copies: Vec<(String, i64, Instant)> = checkpoint_copies::table
            .filter(checkpoint_copies::error.is_null())
            .filter(checkpoint_copies::size.ge(first))
            .order(checkpoint_copies::id.asc())
            .select((checkpoint_copies::witness, checkpoint_copies::size, checkpoint_copies::at))
            .load(tx.conn)?;
        Ok(Self { quorum, since, copies: copies.into_iter(), held: BTreeMap::new(), last: None })
    }

    /// When enough of them had this event.
    fn covered_at(&mut self, seq: i64) -> Option<Instant> {
        while !self.covers(seq) {
            let (witness, size, at) = self.copies.next()?;
            let held = self.held.entry(witness).or_default();
            *held = size.max(*held);
            self.last = Some(at);
        }
        self.last
    }

    fn covers(&self, seq: i64) -> bool {
        let asked = self.since.iter().flatten().filter(|since| **since < seq).count();
        let has = |name: &String| self.held.get(name).is_some_and(|size| *size >= seq);
        match asked.min(self.quorum.wanted) {
            // From before any of them: whoever was a witness then.
            0 => self.held.values().any(|size| *size >= seq),
            wanted => self.quorum.names.iter().filter(|name| has(name)).count() >= wanted,
        }
    }
}

/// How many events were left elsewhere before a witness was first asked to keep a head. One head goes to all of them within
/// `checkpoint_seconds`: what the others were given a moment before it is no reason not to wait for it.
fn since(tx: &mut Tx<'_>, witness: &str) -> Result<Option<i64>> {
    let asked = checkpoint_copies::table
        .filter(checkpoint_copies::witness.eq(witness))
        .order(checkpoint_copies::id.asc())
        .select(checkpoint_copies::at)
        .first::<Instant>(tx.conn);
    let Some(asked) = asked.optional()? else { return Ok(None) };
    let before = asked - TimeDelta::seconds(tx.book.config.journal.checkpoint_seconds);
    let left = checkpoint_copies::table
        .filter(checkpoint_copies::error.is_null())
        .filter(checkpoint_copies::at.lt(before))
        .select(diesel::dsl::max(checkpoint_copies::size))
        .first::<Option<i64>>(tx.conn)?;
    Ok(Some(left.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_as_shares_of_a_hundred() {
        let quorum = Quorum { names: vec!["a".into()], wanted: 1 };
        let waits = Waits::of(&quorum, (1..=200).rev().collect(), &[7, 3]);
        let told = (waits.covered, waits.p50, waits.p99, waits.longest, waits.uncovered, waits.waiting);
        assert_eq!(told, (200, 100, 198, 200, 2, 7));
        assert_eq!(Waits::of(&quorum, vec![4], &[]).p50, 4);
        assert_eq!(Waits::of(&quorum, Vec::new(), &[]).longest, 0);
    }
}
