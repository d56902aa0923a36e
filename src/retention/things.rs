//! What follows the schedule and is no file: showcases, passports, clearance sheets, incidents, people who left. Each has a rule, the
//! day from which its years are counted, and what keeps it all the same: a file or a contract that is still there, or a hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::people;
use super::schedule::{Facts, Fate};
use crate::app::Tx;
use crate::clearance::sheet::About;
use crate::clock::{Instant, local_date};
use crate::companies::CompanyId;
use crate::contracts;
use crate::db::conn::each_engine;
use crate::db::schema::{
    clearance_lines, clearance_reasons, clearances, declarations, incident_versions, passport_links, passports,
    registrations, showcase_drafts, showcase_firms, showcases,
};
use crate::error::Result;
use crate::incidents;
use crate::people::PersonId;
use crate::programme::state::State;
use crate::programme::store::Showcase;

/// Years that the law keeps an incident at least, from the day that the organisation knew of it (A-2.1, r. 3.1, s. 8).
pub const INCIDENT_YEARS: u32 = 5;
/// Keys looked for at once.
const SOME: usize = 500;
/// Opens the reference of somebody who left, before the number of their row: nothing else is left of them.
const PERSON: &str = "PER-";

/// A kind of thing that follows the schedule and is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThingKind {
    Showcase,
    Passport,
    Clearance,
    Incident,
    /// Somebody who left.
    Person,
}

impl ThingKind {
    pub const ALL: [Self; 5] = [Self::Showcase, Self::Passport, Self::Clearance, Self::Incident, Self::Person];

    /// Its name in the schedule, in the lists and in the certificates, for ever.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Showcase => "showcase",
            Self::Passport => "passport",
            Self::Clearance => "clearance",
            Self::Incident => "incident",
            Self::Person => "person",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Fluent key of its name.
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Showcase => "retention-thing-showcase",
            Self::Passport => "retention-thing-passport",
            Self::Clearance => "retention-thing-clearance",
            Self::Incident => "retention-thing-incident",
            Self::Person => "retention-thing-person",
        }
    }

    /// Names of the events whose words go with it.
    pub fn events(self) -> &'static [&'static str] {
        match self {
            Self::Showcase => &[
                "showcase_planned",
                "showcase_changed",
                "showcase_held",
                "showcase_cancelled",
                "firm_added",
                "firm_heard",
                "answer_published",
                "registered",
                "registration_cancelled",
                "monitor_consulted",
                "monitor_advised",
                "hold_placed",
            ],
            Self::Passport => &["passport_ruled", "hold_placed"],
            Self::Clearance => &["clearance_given", "hold_placed"],
            Self::Incident => &["incident_recorded", "hold_placed"],
            Self::Person => &["account_suspended", "token_created", "token_revoked", "hold_placed"],
        }
    }
}

/// The reference of somebody who left.
pub fn reference_of(person: PersonId) -> String {
    format!("{PERSON}{person}")
}

/// The row of the person of a reference.
pub fn person_of(reference: &str) -> Option<PersonId> {
    reference.strip_prefix(PERSON)?.parse().ok()
}

/// One thing as the schedule reads it.
#[derive(Debug, Clone)]
pub struct Thing {
    pub kind: ThingKind,
    pub reference: String,
    /// What people call it; nothing where the reference is all that is said.
    pub title: String,
    /// Day it was over; nothing while it lives, or while a file that is kept speaks of it.
    over_on: Option<NaiveDate>,
    contract_linked: bool,
    contract_end: Option<NaiveDate>,
    /// Whom it is about: a hold on one of them holds it.
    pub(super) people: Vec<PersonId>,
    pub(super) companies: Vec<CompanyId>,
    /// Companies that it names by their number alone.
    pub(super) neqs: Vec<String>,
}

impl Thing {
    pub(super) fn new(kind: ThingKind, reference: String) -> Self {
        Self {
            kind,
            reference,
            title: String::new(),
            over_on: None,
            contract_linked: false,
            contract_end: None,
            people: Vec::new(),
            companies: Vec::new(),
            neqs: Vec::new(),
        }
    }

    /// Over on a day, unless something that is kept speaks of it.
    pub(super) fn over(mut self, on: Option<NaiveDate>) -> Self {
        self.over_on = on;
        self
    }

    /// Linked to the contract, or to the call, of this number.
    fn of_contract(mut self, tx: &mut Tx<'_>, number: Option<&str>) -> Result<Self> {
        if let Some(number) = number.filter(|number| !number.is_empty()) {
            self.contract_linked = true;
            self.contract_end = contracts::store::end_under(tx, number)?;
        }
        Ok(self)
    }

    /// What the schedule says of it.
    pub fn fate<'s>(&self, tx: &Tx<'s>) -> Fate<'s> {
        let book = tx.book;
        book.schedule.fate(&Facts {
            kind: self.kind.as_str(),
            outcome: None,
            contract_linked: self.contract_linked,
            closed_on: self.over_on,
            contract_end: self.contract_end,
        })
    }
}

/// Everything that is over and is no file.
///
/// # Errors
/// The database does not answer.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Thing>> {
    let mut all = of_showcases(tx)?;
    all.extend(of_passports(tx)?);
    all.extend(of_clearances(tx)?);
    all.extend(of_incidents(tx)?);
    all.extend(people::gone(tx)?);
    Ok(all)
}

/// The reference of a thing as people type it, when there is such a thing. A person is held by their number.
///
/// # Errors
/// As for [`all`].
pub fn known(tx: &mut Tx<'_>, typed: &str) -> Result<Option<String>> {
    let reference = typed.trim().to_uppercase();
    let found = [
        showcases::table
            .filter(showcases::reference.eq(&reference))
            .select(showcases::reference)
            .first::<String>(tx.conn)
            .optional()?,
        passports::table
            .filter(passports::reference.eq(&reference))
            .select(passports::reference)
            .first::<String>(tx.conn)
            .optional()?,
        clearances::table
            .filter(clearances::number.eq(&reference))
            .select(clearances::number)
            .first::<String>(tx.conn)
            .optional()?,
        incident_versions::table
            .filter(incident_versions::number.eq(&reference))
            .select(incident_versions::number)
            .first::<String>(tx.conn)
            .optional()?,
    ];
    Ok(found.into_iter().flatten().next())
}

/// Several values of each row.
fn by_row<T>(rows: Vec<(i64, T)>) -> BTreeMap<i64, Vec<T>> {
    let mut found: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for (row, value) in rows {
        found.entry(row).or_default().push(value);
    }
    found
}

/// Held, from their day; cancelled, from the day it was. A declaration that one prepared keeps it.
fn of_showcases(tx: &mut Tx<'_>) -> Result<Vec<Thing>> {
    let over: Vec<Showcase> = showcases::table
        .filter(showcases::closed_at.is_not_null())
        .order(showcases::id.asc())
        .select(Showcase::as_select())
        .load(tx.conn)?;
    let mut firms =
        by_row(showcase_firms::table.select((showcase_firms::showcase_id, showcase_firms::company_id)).load(tx.conn)?);
    let mut people =
        by_row(registrations::table.select((registrations::showcase_id, registrations::person_id)).load(tx.conn)?);
    let spoken_of = with_declarations(tx)?;
    let mut found = Vec::with_capacity(over.len());
    for showcase in over {
        let closed = showcase.closed_at.map(|at| local_date(at, tx.zone()));
        let on = match showcase.state() {
            State::Held => Some(showcase.held_on),
            State::Cancelled => closed,
            State::Planned => None,
        };
        let mut thing = Thing::new(ThingKind::Showcase, showcase.reference)
            .over(on.filter(|_| !spoken_of.contains(&showcase.id)))
            .of_contract(tx, showcase.call_reference.as_deref())?;
        thing.title = showcase.title;
        thing.people = people.remove(&showcase.id).unwrap_or_default();
        thing.people.push(showcase.organiser_id);
        thing.companies = firms.remove(&showcase.id).unwrap_or_default();
        found.push(thing);
    }
    Ok(found)
}

/// Showcases of which a declaration that they prepared is still there.
fn with_declarations(tx: &mut Tx<'_>) -> Result<BTreeSet<i64>> {
    let drafts: Vec<(i64, String)> =
        showcase_drafts::table.select((showcase_drafts::showcase_id, showcase_drafts::draft_key)).load(tx.conn)?;
    let mut found = BTreeSet::new();
    for some in drafts.chunks(SOME) {
        let keys: Vec<&str> = some.iter().map(|(_, key)| key.as_str()).collect();
        let there: Vec<String> =
            declarations::table.filter(declarations::key.eq_any(keys)).select(declarations::key).load(tx.conn)?;
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        found.extend(some.iter().filter(|(_, key)| there.contains(key.as_str())).map(|(showcase, _)| *showcase));
    }
    Ok(found)
}

/// From the day of the event. A request that is linked to one keeps it.
fn of_passports(tx: &mut Tx<'_>) -> Result<Vec<Thing>> {
    let today = tx.today();
    type Row = (i64, String, CompanyId, String, NaiveDate);
    let over: Vec<Row> = passports::table
        .filter(passports::event_on.lt(today))
        .order((passports::event_on.asc(), passports::id.asc()))
        .select((passports::id, passports::reference, passports::company_id, passports::title, passports::event_on))
        .load(tx.conn)?;
    let linked: Vec<i64> = each_engine!(tx.conn, conn => passport_links::table
        .select(passport_links::passport_id)
        .distinct()
        .load(conn))?;
    let linked: BTreeSet<i64> = linked.into_iter().collect();
    let thing = |(id, reference, company, title, on): Row| {
        let mut thing = Thing::new(ThingKind::Passport, reference).over((!linked.contains(&id)).then_some(on));
        thing.title = title;
        thing.companies = vec![company];
        thing
    };
    Ok(over.into_iter().map(thing).collect())
}

/// From the day they were made. A declaration that is a reason of one keeps it.
fn of_clearances(tx: &mut Tx<'_>) -> Result<Vec<Thing>> {
    type Row = (i64, String, PersonId, NaiveDate, Option<String>, String);
    let all: Vec<Row> = clearances::table
        .order(clearances::id.asc())
        .select((
            clearances::id,
            clearances::number,
            clearances::asked_by,
            clearances::asked_on,
            clearances::contract,
            clearances::companies,
        ))
        .load(tx.conn)?;
    let mut people = by_row(
        clearance_lines::table.select((clearance_lines::clearance_id, clearance_lines::person_id)).load(tx.conn)?,
    );
    let spoken_of: Vec<i64> = each_engine!(tx.conn, conn => clearance_reasons::table
        .filter(clearance_reasons::declaration_id.is_not_null())
        .select(clearance_reasons::clearance_id)
        .distinct()
        .load(conn))?;
    let spoken_of: BTreeSet<i64> = spoken_of.into_iter().collect();
    let mut found = Vec::with_capacity(all.len());
    for (id, number, asked_by, asked_on, contract, companies) in all {
        let about: Vec<About> = serde_json::from_str(&companies)?;
        let mut thing = Thing::new(ThingKind::Clearance, number)
            .over((!spoken_of.contains(&id)).then_some(asked_on))
            .of_contract(tx, contract.as_deref())?;
        thing.people = people.remove(&id).unwrap_or_default();
        thing.people.push(asked_by);
        thing.neqs = about.into_iter().filter_map(|company| company.neq).collect();
        found.push(thing);
    }
    Ok(found)
}

/// From the day that the organisation knew, or the last correction when it came after. One that awaits a notice lives.
fn of_incidents(tx: &mut Tx<'_>) -> Result<Vec<Thing>> {
    let zone = tx.zone();
    let day = |at: Instant| local_date(at, zone);
    let all = incidents::store::all(tx)?.into_iter();
    Ok(all
        .map(|incident| {
            let over = (!incident.awaits_notice()).then(|| incident.known_on.max(day(incident.recorded_at)));
            Thing::new(ThingKind::Incident, incident.number).over(over)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use strum::VariantNames;

    use super::*;
    use crate::journal::Event;

    #[test]
    fn what_goes_with_a_thing_are_events_of_the_journal() {
        for kind in ThingKind::ALL {
            assert_eq!(ThingKind::parse(kind.as_str()), Some(kind));
            for event in kind.events() {
                assert!(Event::VARIANTS.contains(event), "{event}");
            }
        }
    }

    #[test]
    fn the_reference_of_somebody_is_the_number_of_their_row_alone() {
        assert_eq!(reference_of(12), "PER-12");
        assert_eq!(person_of("PER-12"), Some(12));
        for other in ["VIT-2026-000001", "PER-", "12"] {
            assert_eq!(person_of(other), None, "{other}");
        }
    }
}
