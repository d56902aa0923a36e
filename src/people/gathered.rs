//! Units as somebody reads them who may not know people: a unit of a few is told as the one above it, until those told alike are
//! enough that none stands out. Rows and filters both go through it: what a filter leaves out would tell what the rows do not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use diesel::prelude::*;

use super::UnitId;
use super::store::{self, Unit};
use crate::app::Tx;
use crate::db::schema::persons;
use crate::error::Result;

/// People told alike, at least.
const LEAST: i64 = 5;
/// Seconds for which what was read holds: counting everybody for each page would cost more than the page. A unit that came since is
/// told as nothing.
const KEPT_SECONDS: i64 = 300;

/// What was read last, and when.
#[derive(Debug, Default)]
pub struct Kept(RwLock<Option<(i64, Arc<Gathered>)>>);

/// How each unit is told.
#[derive(Debug)]
pub struct Gathered {
    units: HashMap<UnitId, Unit>,
    told: BTreeMap<UnitId, UnitId>,
}

impl Gathered {
    /// From the directory as it was some minutes ago at most.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn read(tx: &mut Tx<'_>) -> Result<Arc<Self>> {
        let period = tx.now().and_utc().timestamp() / KEPT_SECONDS;
        let kept = tx.book.gathered.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, gathered)) = kept.filter(|(of, _)| *of == period) {
            return Ok(gathered);
        }
        let gathered = Arc::new(Self::from_directory(tx)?);
        *tx.book.gathered.0.write().unwrap_or_else(PoisonError::into_inner) = Some((period, Arc::clone(&gathered)));
        Ok(gathered)
    }

    fn from_directory(tx: &mut Tx<'_>) -> Result<Self> {
        let today = tx.today();
        let people: Vec<(UnitId, i64)> = persons::table
            .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
            .group_by(persons::unit_id)
            .select((persons::unit_id, diesel::dsl::count_star()))
            .load(tx.conn)?;
        let units = store::units(tx)?;
        let tree: Vec<(UnitId, Option<UnitId>)> = units.iter().map(|unit| (unit.id, unit.parent_id)).collect();
        let told = gather(&tree, &people.into_iter().collect(), LEAST);
        Ok(Self { units: units.into_iter().map(|unit| (unit.id, unit)).collect(), told })
    }

    /// The unit that this one is told as; none when the whole body is too small.
    pub fn of(&self, unit: UnitId) -> Option<&Unit> {
        self.units.get(self.told.get(&unit)?)
    }

    /// Its name.
    pub fn name(&self, unit: UnitId) -> String {
        self.of(unit).map_or_else(|| "–".to_owned(), |unit| unit.name.clone())
    }

    /// Every unit told as this one is.
    pub fn alike(&self, unit: UnitId) -> Vec<UnitId> {
        let as_what = self.told.get(&unit);
        self.units
            .keys()
            .copied()
            .filter(|other| self.told.get(other) == as_what)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The units that are told, from the top down.
    pub fn all(&self) -> Vec<Unit> {
        let told: BTreeSet<UnitId> = self.told.values().copied().collect();
        let mut all: Vec<Unit> = told.iter().filter_map(|unit| self.units.get(unit)).cloned().collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }
}

/// The units to choose among: all of them, or those told to a reader who may not know people.
///
/// # Errors
/// The database does not answer.
pub fn offered(tx: &mut Tx<'_>, masked: bool) -> Result<Vec<Unit>> {
    if masked { Ok(Gathered::read(tx)?.all()) } else { store::units(tx) }
}

/// As which unit each is told: from the bottom up, a unit keeps those who are in it and what comes from below when they are `least`
/// together, and gives all of them to the one above when they are fewer. What is left at the top takes its smallest neighbour in.
fn gather(tree: &[(UnitId, Option<UnitId>)], people: &HashMap<UnitId, i64>, least: i64) -> BTreeMap<UnitId, UnitId> {
    let parents: HashMap<UnitId, Option<UnitId>> = tree.iter().copied().collect();
    let above = |unit: UnitId| parents.get(&unit).copied().flatten();
    // A directory is read with its cycles refused; this ends all the same.
    let depth = |unit: UnitId| std::iter::successors(Some(unit), |unit| above(*unit)).take(64).count();
    let mut deepest: Vec<UnitId> = parents.keys().copied().collect();
    deepest.sort_by_key(|unit| (Reverse(depth(*unit)), *unit));
    // Of each unit that is told: the units told as it, and how many people they are.
    let mut groups: BTreeMap<UnitId, (BTreeSet<UnitId>, i64)> = BTreeMap::new();
    let mut from_below: HashMap<UnitId, (BTreeSet<UnitId>, i64)> = HashMap::new();
    for unit in deepest {
        let (mut together, mut count) = from_below.remove(&unit).unwrap_or_default();
        together.insert(unit);
        count += people.get(&unit).copied().unwrap_or(0);
        match above(unit).filter(|_| count < least) {
            Some(parent) => {
                let (others, people) = from_below.entry(parent).or_default();
                others.extend(together);
                *people += count;
            }
            None => drop(groups.insert(unit, (together, count))),
        }
    }
    while let Some(top) = groups.iter().find(|(_, (_, count))| *count < least).map(|(unit, _)| *unit) {
        let smallest =
            groups.iter().filter(|(unit, _)| **unit != top).min_by_key(|(unit, (_, count))| (*count, **unit));
        let Some(smallest) = smallest.map(|(unit, _)| *unit) else {
            groups.clear();
            break;
        };
        let Some((others, count)) = groups.remove(&smallest) else { break };
        if let Some(group) = groups.get_mut(&top) {
            group.0.extend(others);
            group.1 += count;
        }
    }
    groups.into_iter().flat_map(|(unit, (together, _))| together.into_iter().map(move |one| (one, unit))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(tree: &[(UnitId, Option<UnitId>)], people: &[(UnitId, i64)]) -> Vec<(UnitId, UnitId)> {
        gather(tree, &people.iter().copied().collect(), 5).into_iter().collect()
    }

    #[test]
    fn a_unit_of_a_few_is_told_as_the_one_above() {
        let tree = [(1, None), (2, Some(1)), (3, Some(2)), (4, Some(2)), (5, Some(1))];
        assert_eq!(
            told(&tree, &[(1, 9), (2, 2), (3, 1), (4, 2), (5, 40)]),
            [(1, 1), (2, 2), (3, 2), (4, 2), (5, 5)],
            "a director, a lone adviser and a team of two are five"
        );
        assert_eq!(
            told(&tree, &[(1, 9), (2, 1), (3, 1), (4, 2), (5, 40)]),
            [(1, 1), (2, 1), (3, 1), (4, 1), (5, 5)],
            "four go up"
        );
    }

    #[test]
    fn who_is_alone_at_the_top_is_not_told_apart() {
        let tree = [(1, None), (2, Some(1)), (3, Some(1))];
        assert_eq!(told(&tree, &[(1, 1), (2, 30), (3, 6)]), [(1, 1), (2, 2), (3, 1)]);
        assert_eq!(told(&tree, &[(1, 1), (2, 1), (3, 1)]), [], "a body of three is told as nothing");
    }

    proptest! {
        /// Whatever the chart, those who are told alike are enough, and filters by what is told tell no smaller group.
        #[test]
        fn those_told_alike_are_enough(shape in proptest::collection::vec((any::<u16>(), 0i64..9), 1..40)) {
            let tree: Vec<(UnitId, Option<UnitId>)> = (0i64..)
                .zip(&shape)
                .map(|(unit, (pick, _))| (unit, (unit > 0).then(|| i64::from(*pick) % unit)))
                .collect();
            let people: HashMap<UnitId, i64> = (0i64..).zip(&shape).map(|(unit, (_, count))| (unit, *count)).collect();
            let told = gather(&tree, &people, 5);
            let total: i64 = people.values().sum();
            prop_assert_eq!(told.len(), if total < 5 { 0 } else { tree.len() });
            for as_what in told.values() {
                let count: i64 = told.iter().filter(|(_, other)| *other == as_what).map(|(unit, _)| people[unit]).sum();
                prop_assert!(count >= 5, "{as_what}: {count}");
            }
        }
    }
}
