//! Do the tables say what the journal says? Whoever rewrites the database as root finds the journal chained, signed and held
//! elsewhere; here each row that people read is held against the event that left it (trust.md A03, A04, D07).
//!
//! What is compared: where each file stands and all its columns, its versions, its decisions, what these asked, and the content of
//! what is joined; the roles that people hold, the tokens of programs, and who read what. Read a few files at a time, whatever the register holds.

mod difference;
mod files;
mod powers;
mod things;

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde::Serialize;

use super::checkpoints;
use super::leaves::retell;
use super::store::{GONE, Repeated, first_break};
use super::tree::Hash;
use super::verify::Frontier;
use crate::app::{App, Tx};
use crate::clock::Instant;
use crate::db::dump;
use crate::db::schema::events;
use crate::error::Result;
use crate::people::PersonId;

pub use difference::Difference;
use files::some_files;

/// Differences told one by one; the others are counted.
const MOST: usize = 1_000;

/// What a comparison found.
#[derive(Debug, Default, Serialize)]
pub struct Found {
    pub events: u64,
    pub files: u64,
    /// Files whose last event is of before events said where a file stands: their rows are compared with nothing.
    pub unsaid: u64,
    /// Companies, objects, showcases and other things that are no files; and those that are of before events told them.
    pub things: u64,
    pub things_unsaid: u64,
    /// Signed heads that the events were held against.
    pub heads: usize,
    pub differences: Vec<Difference>,
    /// Differences beyond those that are listed.
    pub others: usize,
}

impl Found {
    pub fn agrees(&self) -> bool {
        self.differences.is_empty() && self.others == 0
    }

    fn add(&mut self, found: impl IntoIterator<Item = Difference>) {
        for difference in found {
            if self.differences.len() < MOST {
                self.differences.push(difference);
            } else {
                self.others += 1;
            }
        }
    }
}

/// Compares all, a few files in each transaction; `kept` are heads held elsewhere: how many events, and their root. `after`
/// is told how many files were done.
///
/// # Errors
/// The database cannot be read. What it says wrong is no error: it is found.
pub fn compare(app: &App, kept: &[(u64, Hash)], after: &dyn Fn(u64)) -> Result<Found> {
    let faults = dump::faults_of(app.db.url())?;
    let mut comparison = app.read_here(|tx| Comparing::begin(tx, kept, faults))?;
    while app.read_here(|tx| comparison.go_on(tx))? {
        after(comparison.found.files);
    }
    Ok(comparison.found)
}

/// [`compare`] as one transaction sees everything.
///
/// # Errors
/// As for [`compare`].
pub fn compare_within(tx: &mut Tx<'_>, kept: &[(u64, Hash)]) -> Result<Found> {
    let faults = dump::faults(tx.conn)?;
    let mut comparison = Comparing::begin(tx, kept, faults)?;
    while comparison.go_on(tx)? {}
    Ok(comparison.found)
}

/// A comparison under way.
struct Comparing {
    found: Found,
    /// The last file that was compared.
    last: i64,
}

impl Comparing {
    fn begin(tx: &mut Tx<'_>, kept: &[(u64, Hash)], faults: Vec<String>) -> Result<Self> {
        let mut found = Found::default();
        found.add(faults.into_iter().map(|fault| Difference::Database { fault }));
        chain(tx, kept, &mut found)?;
        found.add(powers::roles(tx)?);
        found.add(powers::tokens(tx)?);
        found.add(powers::readings(tx)?);
        Ok(Self { found, last: 0 })
    }

    /// The next files; false when there are no more.
    fn go_on(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        let (next, files) = some_files(tx, self.last)?;
        for (unsaid, differences) in files {
            self.found.files += 1;
            self.found.unsaid += u64::from(unsaid);
            self.found.add(differences);
        }
        self.last = next.unwrap_or(self.last);
        Ok(next.is_some())
    }
}

/// The events: chained, and those that were signed here and that others keep the heads of.
fn chain(tx: &mut Tx<'_>, kept: &[(u64, Hash)], found: &mut Found) -> Result<()> {
    if let Some(event) = first_break(tx)? {
        found.add([Difference::Chain { event }]);
    }
    let mut told = things::Told::default();
    found.add(columns(tx, &mut told)?.into_iter().map(|event| Difference::Chain { event }));
    let things = told.compare(tx)?;
    (found.things, found.things_unsaid) = (things.things, things.unsaid);
    found.add(things.differences);
    let mut wanted: BTreeMap<u64, BTreeSet<Hash>> = BTreeMap::new();
    for (size, root) in checkpoints::roots(tx)?.into_iter().chain(kept.iter().copied()) {
        wanted.entry(size).or_default().insert(root);
    }
    found.heads = wanted.values().map(BTreeSet::len).sum();
    let mut differing = Vec::new();
    let told = retell(tx.conn, |frontier: &Frontier| {
        if let Some(roots) = wanted.remove(&frontier.size)
            && roots.iter().any(|root| *root != frontier.root())
        {
            differing.push(frontier.size);
        }
    });
    match told {
        Ok(frontier) => found.events = frontier.size,
        // A number is missing, or a leaf is not one: the chain said where.
        Err(_) if !found.agrees() => {}
        Err(error) => return Err(error),
    }
    // More events were signed than there are.
    differing.extend(wanted.into_keys());
    found.add(differing.into_iter().map(|size| Difference::Head { size: i64::try_from(size).unwrap_or(i64::MAX) }));
    Ok(())
}

/// Events whose columns, which lists read, do not repeat their leaf; what each of them left goes to `told`.
fn columns(tx: &mut Tx<'_>, told: &mut things::Told) -> Result<Vec<i64>> {
    type Row = (i64, Instant, Option<PersonId>, String, Option<i64>, String);
    let (mut differing, mut last) = (Vec::new(), i64::MIN);
    loop {
        let rows: Vec<Row> = events::table
            .filter(events::seq.gt(last))
            .order(events::seq.asc())
            .limit(2_000)
            .select((events::seq, events::at, events::actor_id, events::event, events::declaration_id, events::leaf))
            .load(tx.conn)?;
        let Some(end) = rows.last() else { return Ok(differing) };
        last = end.0;
        for (seq, at, actor, event, declaration, leaf) in rows {
            // Words that were destroyed: their certificate answers for them (`first_break`).
            if leaf.starts_with(GONE) {
                continue;
            }
            let Ok(leaf) = serde_json::from_str::<Repeated>(&leaf) else {
                differing.push(seq);
                continue;
            };
            let said = (leaf.seq, leaf.at.naive_utc(), leaf.actor, leaf.event.as_str(), leaf.declaration);
            if said != (seq, at, actor, event.as_str(), declaration) {
                differing.push(seq);
            }
            told.add(seq, leaf.left);
        }
    }
}
