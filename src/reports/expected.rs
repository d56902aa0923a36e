//! What each unit was expected to declare in a fiscal year, and what it declared: interests, contracts that it handles,
//! showcases that its people attended, companies that it heard. Silence where something was expected is the finding.
//!
//! Whole fiscal years only: two periods that overlap would give back, by their difference, what each of them hides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::suppress::Pair;
use crate::app::Tx;
use crate::clock::{Instant, start_of_day};
use crate::companies::CompanyId;
use crate::contracts::ours::Ours;
use crate::contracts::store::Contract;
use crate::db::conn::each_engine;
use crate::db::schema::{
    companies, contracts, declarations, persons, procurements, showcase_drafts, showcase_firms, showcases,
};
use crate::declarations::renewal;
use crate::declarations::shown::not_sealed;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::people::{PersonId, UnitId};
use crate::programme::state;

/// What is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// People in service at the end of the year: each declares their interests, « nothing » included.
    Interests,
    /// Contracts in force that the unit follows, as the books say, or that its declarations name, this year or before.
    Contracts,
    /// Showcases attended by people of the unit, a company being heard.
    Events,
    /// Companies heard at the showcases that the unit organised.
    Meetings,
}

impl Expected {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 4] = [Self::Interests, Self::Contracts, Self::Events, Self::Meetings];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interests => "interests",
            Self::Contracts => "contracts",
            Self::Events => "events",
            Self::Meetings => "meetings",
        }
    }
}

/// A fiscal year, until today when it is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    pub year: i32,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Year {
    /// The year, when it began.
    pub fn of(year: i32, today: NaiveDate) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, 4, 1).filter(|first| *first <= today)?;
        let last = NaiveDate::from_ymd_opt(year.checked_add(1)?, 3, 31)?.min(today);
        Some(Self { year, first, last })
    }

    /// `2026-2027`
    pub fn name(self) -> String {
        format!("{}-{}", self.year, self.year + 1)
    }
}

/// A unit, and what was expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    /// In the order of [`Expected::ALL`].
    pub pairs: [Pair; 4],
    /// Declarations that the unit filed in the year, whatever they are about.
    pub filed: i64,
}

impl UnitRow {
    pub fn pair(&self, what: Expected) -> Pair {
        let [interests, contracts, events, meetings] = self.pairs;
        match what {
            Expected::Interests => interests,
            Expected::Contracts => contracts,
            Expected::Events => events,
            Expected::Meetings => meetings,
        }
    }

    /// It handles contracts, attended or held something, and declared nothing at all.
    pub fn is_silent(&self) -> bool {
        let acts = [Expected::Contracts, Expected::Events, Expected::Meetings];
        self.filed == 0 && acts.into_iter().any(|what| self.pair(what).expected > 0)
    }
}

/// Counts by unit: how many were expected, how many declared.
type Counts = BTreeMap<UnitId, Pair>;

fn count(counts: &mut Counts, unit: UnitId, declared: bool) {
    let pair = counts.entry(unit).or_default();
    pair.expected += 1;
    pair.declared += i64::from(declared);
}

/// A declaration, as these counts see it.
pub(super) struct Filed {
    unit: UnitId,
    pub(super) person: PersonId,
    pub(super) kind: String,
    pub(super) at: Instant,
    company: Option<CompanyId>,
    contract: Option<String>,
}

/// Every unit of which something was expected, in the order of names.
pub fn of_year(tx: &mut Tx<'_>, year: Year) -> Result<Vec<UnitRow>> {
    let zone = tx.zone();
    let (from, until) = (start_of_day(year.first, zone), start_of_day(year.last.succ_opt().unwrap_or(year.last), zone));
    let filed = filed_before(tx, until)?;
    let this_year: Vec<&Filed> = filed.iter().filter(|one| one.at >= from).collect();
    let interests = interests(tx, year, &this_year)?;
    let contracts = contracts_handled(tx, year, &filed, from)?;
    let (events, meetings) = (events(tx, year)?, meetings(tx, year, &filed)?);
    let mut totals: BTreeMap<UnitId, i64> = BTreeMap::new();
    for one in &this_year {
        *totals.entry(one.unit).or_default() += 1;
    }
    let of = |counts: &Counts, unit: UnitId| counts.get(&unit).copied().unwrap_or_default();
    let mut rows: Vec<UnitRow> = crate::people::store::units(tx)?
        .into_iter()
        .map(|unit| UnitRow {
            pairs: [&interests, &contracts, &events, &meetings].map(|counts| of(counts, unit.id)),
            filed: totals.get(&unit.id).copied().unwrap_or(0),
            id: unit.id,
            code: unit.code,
            name: unit.name,
        })
        .filter(|row| row.pairs.iter().any(|pair| pair.expected > 0))
        .collect();
    rows.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
    Ok(rows)
}

/// Everything filed before an instant that is neither sealed nor withdrawn.
pub(super) fn filed_before(tx: &mut Tx<'_>, until: Instant) -> Result<Vec<Filed>> {
    type Row = (UnitId, PersonId, String, Option<Instant>, Option<CompanyId>, Option<String>);
    let rows: Vec<Row> = each_engine!(tx.conn, conn => declarations::table
        .filter(not_sealed())
        .filter(declarations::first_filed_at.lt(until))
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .select((
            declarations::unit_id,
            declarations::declarant_id,
            declarations::kind,
            declarations::first_filed_at,
            declarations::company_id,
            declarations::contract,
        ))
        .load(conn))?;
    let filed = |(unit, person, kind, at, company, contract): Row| {
        Some(Filed { unit, person, kind, at: at?, company, contract })
    };
    Ok(rows.into_iter().filter_map(filed).collect())
}

fn interests(tx: &mut Tx<'_>, year: Year, this_year: &[&Filed]) -> Result<Counts> {
    let done: BTreeSet<PersonId> =
        this_year.iter().filter(|one| one.kind == renewal::KIND).map(|one| one.person).collect();
    let mut counts = Counts::new();
    for (person, unit) in in_service(tx, year.last)? {
        count(&mut counts, unit, done.contains(&person));
    }
    Ok(counts)
}

fn in_service(tx: &mut Tx<'_>, on: NaiveDate) -> Result<Vec<(PersonId, UnitId)>> {
    Ok(persons::table
        .filter(persons::active_from.le(on))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(on)))
        .select((persons::id, persons::unit_id))
        .load(tx.conn)?)
}

/// A unit handles a contract when the ministry's own books say so, or when one of its declarations names it, or its notice. The
/// books are what tells of a unit that never declared anything.
fn contracts_handled(tx: &mut Tx<'_>, year: Year, filed: &[Filed], from: Instant) -> Result<Counts> {
    let ours = Ours::of(&tx.book.config);
    let known: Vec<(Contract, Option<String>)> = contracts::table
        .left_join(procurements::table.on(contracts::procurement_id.eq(procurements::id.nullable())))
        .filter(contracts::stage.eq("contract"))
        .filter(contracts::status.eq_any(["active", "terminated"]))
        .filter(contracts::starts_on.is_null().or(contracts::starts_on.le(year.last)))
        .filter(contracts::ends_on.is_null().or(contracts::ends_on.ge(year.first)))
        .filter(contracts::terminated_on.is_null().or(contracts::terminated_on.ge(year.first)))
        .order(contracts::id.asc())
        .select((Contract::as_select(), procurements::notice.nullable()))
        .load(tx.conn)?;
    // A contract that is published and in the books has one number, and counts once.
    let mut by_number: BTreeMap<String, i64> = BTreeMap::new();
    let mut handled: BTreeMap<(UnitId, i64), bool> = BTreeMap::new();
    for (contract, notice) in known.into_iter().filter(|(contract, _)| ours.has(contract)) {
        let id = *by_number.entry(contract.number.trim().to_uppercase()).or_insert(contract.id);
        if let Some(notice) = notice {
            by_number.entry(notice.trim().to_uppercase()).or_insert(id);
        }
        if let Some(unit) = contract.unit_id {
            handled.entry((unit, id)).or_default();
        }
    }
    for one in filed {
        let named = one.contract.as_ref().and_then(|number| by_number.get(&number.trim().to_uppercase()));
        if let Some(contract) = named {
            *handled.entry((one.unit, *contract)).or_default() |= one.at >= from;
        }
    }
    let mut counts = Counts::new();
    for ((unit, _), declared) in handled {
        count(&mut counts, unit, declared);
    }
    Ok(counts)
}

/// Somebody's presence at a showcase where a company was heard, for which a declaration was prepared: declared once one of
/// them is filed.
fn events(tx: &mut Tx<'_>, year: Year) -> Result<Counts> {
    type Row = (i64, PersonId, UnitId, Option<Instant>);
    let rows: Vec<Row> = each_engine!(tx.conn, conn => showcase_drafts::table
        .inner_join(showcases::table.on(showcase_drafts::showcase_id.eq(showcases::id)))
        .inner_join(persons::table.on(showcase_drafts::person_id.eq(persons::id)))
        .left_join(declarations::table.on(showcase_drafts::draft_key.eq(declarations::key)))
        .filter(showcases::held_on.ge(year.first))
        .filter(showcases::held_on.le(year.last))
        .select((showcases::id, persons::id, persons::unit_id, declarations::first_filed_at.nullable()))
        .load(conn))?;
    let mut attended: BTreeMap<(i64, PersonId, UnitId), bool> = BTreeMap::new();
    for (showcase, person, unit, at) in rows {
        *attended.entry((showcase, person, unit)).or_default() |= at.is_some();
    }
    let mut counts = Counts::new();
    for ((_, _, unit), declared) in attended {
        count(&mut counts, unit, declared);
    }
    Ok(counts)
}

/// A company heard at a showcase that the unit organised: declared once somebody of the unit files something about it, from
/// that day on.
fn meetings(tx: &mut Tx<'_>, year: Year, filed: &[Filed]) -> Result<Counts> {
    let heard: Vec<(CompanyId, NaiveDate, UnitId)> = showcase_firms::table
        .inner_join(showcases::table.on(showcase_firms::showcase_id.eq(showcases::id)))
        .inner_join(persons::table.on(showcases::organiser_id.eq(persons::id)))
        .filter(showcases::state.eq(state::State::Held.as_str()))
        .filter(showcases::held_on.ge(year.first))
        .filter(showcases::held_on.le(year.last))
        .filter(showcase_firms::heard.eq(true))
        .select((showcase_firms::company_id, showcases::held_on, persons::unit_id))
        .load(tx.conn)?;
    let merged: Vec<(CompanyId, Option<CompanyId>)> = companies::table
        .filter(companies::merged_into.is_not_null())
        .select((companies::id, companies::merged_into))
        .load(tx.conn)?;
    let merged: BTreeMap<CompanyId, CompanyId> =
        merged.into_iter().filter_map(|(company, into)| Some((company, into?))).collect();
    let kept = |company: CompanyId| merged.get(&company).copied().unwrap_or(company);
    let zone = tx.zone();
    let mut counts = Counts::new();
    for (company, on, unit) in heard {
        let since = start_of_day(on, zone);
        let said = |one: &&Filed| one.unit == unit && one.at >= since && one.company.map(kept) == Some(kept(company));
        count(&mut counts, unit, filed.iter().any(|one| said(&one)));
    }
    Ok(counts)
}
