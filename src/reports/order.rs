//! The order in which groups are listed, so that two runs over the same rows give the same bytes.

use std::collections::{BTreeMap, HashMap};

use crate::reports::figures::*;
use crate::reports::groups::{CompanyTally, GroupTally};
use crate::reports::rows::STATES;
use crate::reports::tally::Top;

pub fn bounded<K: Ord, T>(top: Top<K, T>) -> Bounded<T> {
    let (total, items) = top.finish();
    Bounded { total, items }
}

/// Most declarations first, then by code.
pub fn units(units: HashMap<String, GroupTally>) -> Bounded<UnitFigures> {
    let mut items: Vec<UnitFigures> = units.into_iter().map(|(code, tally)| tally.unit(code)).collect();
    items.sort_by(|a, b| b.declarations.cmp(&a.declarations).then_with(|| a.code.cmp(&b.code)));
    cut(items)
}

/// Most declarations first, then by name, then by NEQ.
pub fn companies(companies: HashMap<String, CompanyTally>) -> Bounded<CompanyFigures> {
    let mut items: Vec<CompanyFigures> = companies
        .into_values()
        .map(|company| CompanyFigures {
            name: company.name,
            neq: company.neq,
            declarations: company.declarations,
            declarants: company.declarants.len() as u64,
            gifts: company.gifts,
            gift_cents: company.gift_cents,
        })
        .collect();
    items.sort_by(|a, b| {
        b.declarations.cmp(&a.declarations).then_with(|| a.name.cmp(&b.name)).then_with(|| a.neq.cmp(&b.neq))
    });
    cut(items)
}

fn cut<T>(mut items: Vec<T>) -> Bounded<T> {
    let total = items.len() as u64;
    items.truncate(GROUP_LIMIT);
    Bounded { total, items }
}

/// In the order of a declaration's life; a state unknown here comes last rather than being lost.
pub fn states(mut counts: BTreeMap<String, u64>) -> Vec<StateCount> {
    let mut states: Vec<StateCount> = STATES
        .iter()
        .filter_map(|state| counts.remove(*state).map(|count| StateCount { state: (*state).to_owned(), count }))
        .collect();
    states.extend(counts.into_iter().map(|(state, count)| StateCount { state, count }));
    states
}

/// The four bands, then the unknown when there is any.
pub fn ages(ages: [(u64, u64); AGE_BANDS.len() + 1]) -> Vec<AgeBand> {
    AGE_BANDS
        .iter()
        .map(|from| Some(*from))
        .chain([None])
        .zip(ages)
        .map(|(from, (count, overdue))| AgeBand { from, count, overdue })
        .filter(|band| band.from.is_some() || band.count > 0)
        .collect()
}

/// Most frequent first, then by id.
pub fn outcomes(outcomes: BTreeMap<String, OutcomeFigures>) -> Vec<OutcomeFigures> {
    let mut outcomes: Vec<OutcomeFigures> = outcomes.into_values().collect();
    outcomes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.outcome.cmp(&b.outcome)));
    outcomes
}
