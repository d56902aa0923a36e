//! What is known from outside of the company of a declaration on a day: contracts, tenders, lists, business register, and what
//! people saw in the registry of lobbyists.

use chrono::NaiveDate;

use super::facts::{LookFacts, OutsideFacts};
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::lists::{self, Entry};
use crate::companies::lobby::{self, Check};
use crate::companies::{self, CompanyId, groups, registry};
use crate::contracts::store::{self as contracts, Contract, Procurement};
use crate::error::Result;
use crate::sources::Source;

/// Everything known of a company from outside, so that any day can be asked about.
#[derive(Debug, Default)]
pub struct Outside {
    contracts: Vec<Contract>,
    /// Of the other companies of its group.
    group_contracts: Vec<Contract>,
    tenders: Vec<Procurement>,
    /// In which only the others of its group bid.
    group_tenders: Vec<Procurement>,
    entries: Vec<Entry>,
    struck_off: bool,
    neq_unknown: bool,
    looks: Vec<Check>,
}

/// Looks at the registry of lobbyists that are read of one company: more than people write down in the years that are replayed.
const MOST_LOOKS: i64 = 500;

impl Outside {
    /// Reads what is known of a company, its duplicates and the enterprises merged into it. A source that was never read
    /// says nothing, and a company without an NEQ is found in none.
    pub fn read(tx: &mut Tx<'_>, company: CompanyId) -> Result<Self> {
        let standing = companies::store::standing_for(tx, company)?;
        let neqs = contracts::neqs_standing_for(tx, &standing)?;
        let own = companies::store::root(tx, company)?.neq;
        let mut sisters = Vec::new();
        for sister in groups::others(tx, company)? {
            sisters.extend(contracts::neqs_of(tx, sister)?);
        }
        let mut outside = Self::of_numbers(tx, &neqs, own.as_deref())?;
        if !sisters.is_empty() {
            outside.group_contracts = contracts::of_neqs(tx, &sisters, contracts::MOST)?;
            outside.group_tenders = contracts::tenders_of(tx, &sisters)?;
            let own = &outside.tenders;
            outside.group_tenders.retain(|tender| own.iter().all(|one| one.id != tender.id));
        }
        // Whoever looked it up needed no NEQ.
        outside.looks = lobby::of_companies(tx, &standing, MOST_LOOKS)?;
        Ok(outside)
    }

    /// The same of an enterprise that the ministry does not know, under its NEQ.
    pub fn of_enterprise(tx: &mut Tx<'_>, neqs: &[String]) -> Result<Self> {
        Self::of_numbers(tx, neqs, neqs.first().map(String::as_str))
    }

    fn of_numbers(tx: &mut Tx<'_>, neqs: &[String], own: Option<&str>) -> Result<Self> {
        if neqs.is_empty() {
            return Ok(Self::default());
        }
        // Those merged into it are struck off, of course.
        let enterprise = own.map(|neq| registry::store::find(tx, neq)).transpose()?.flatten();
        let neq_unknown = own.is_some() && enterprise.is_none() && registry::store::current(tx)?.is_some();
        Ok(Self {
            contracts: contracts::of_neqs(tx, neqs, contracts::MOST)?,
            group_contracts: Vec::new(),
            tenders: contracts::tenders_of(tx, neqs)?,
            group_tenders: Vec::new(),
            entries: lists::of_neqs(tx, neqs)?,
            struck_off: enterprise.is_some_and(|enterprise| enterprise.status == registry::STRUCK_OFF),
            neq_unknown,
            looks: Vec::new(),
        })
    }

    /// What held on a day, and the last look that was written down at an instant, of which `today` is the date where the
    /// declaration is looked at.
    pub fn on(&self, day: NaiveDate, today: NaiveDate, at: Instant) -> OutsideFacts {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let active = |all: &[Contract]| count(all.iter().filter(|contract| contract.is_active_on(day)).count());
        let open = |all: &[Procurement]| count(all.iter().filter(|tender| tender.is_open_on(day)).count());
        OutsideFacts {
            active_contracts: active(&self.contracts),
            group_active_contracts: active(&self.group_contracts),
            open_tenders: open(&self.tenders),
            group_open_tenders: open(&self.group_tenders),
            ineligible: self.entries.iter().any(|entry| entry.list == Source::Rena.as_str() && entry.holds_on(day)),
            struck_off: self.struck_off,
            neq_unknown: self.neq_unknown,
            look: self.look(today, at),
        }
    }

    fn look(&self, today: NaiveDate, at: Instant) -> LookFacts {
        let known = self.looks.iter().filter(|look| look.recorded_at <= at && look.checked_on <= today);
        let Some(last) = known.max_by_key(|look| (look.checked_on, look.id)) else { return LookFacts::default() };
        LookFacts {
            lobby_look: last.result.clone(),
            lobby_look_on: last.checked_on.to_string(),
            lobby_look_days: (today - last.checked_on).num_days(),
        }
    }
}
