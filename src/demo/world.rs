//! The fictional ministry on its first day: units, people, roles, accounts, companies; and who will come, go and move.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Size;
use super::chance::Chance;
use super::data::Data;
use super::hiring::Hiring;
use crate::access::actor::Channel;
use crate::access::{Actor, Role};
use crate::app::{Rulebook, Tx};
use crate::clock::{self, Instant};
use crate::companies;
use crate::db::DbConn;
use crate::db::schema::{persons, supervisions, units};
use crate::error::{Error, Result};
use crate::people::store::Person;
use crate::people::{PersonId, UnitId, accounts, roles};
use crate::text::Language;

/// Fewest people that fill the chart.
pub const FEWEST_PEOPLE: usize = 80;

/// A unit as placed in the chart.
#[derive(Debug, Clone)]
pub struct Unit {
    pub id: UnitId,
    pub code: String,
    /// Place in the list of the unit above.
    pub(super) above: Option<usize>,
    pub(super) site: String,
    pub(super) weight: usize,
    pub(super) head_title: String,
    pub(super) head: Option<usize>,
}

/// A company with its contracts.
#[derive(Debug, Clone)]
pub struct Partner {
    pub id: i64,
    pub name: String,
    pub neq: Option<String>,
    pub no_neq_reason: Option<String>,
    sector: String,
    pub contracts: Vec<String>,
}

/// Somebody reports to somebody else, or to nobody, from a day on.
#[derive(Debug, Clone)]
pub struct Change {
    pub on: NaiveDate,
    pub person: usize,
    pub supervisor: Option<usize>,
}

/// A role given with dates.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub person: usize,
    pub role: Role,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// Who and what the history is about.
pub struct World {
    pub people: Vec<Person>,
    pub(super) by_id: HashMap<PersonId, usize>,
    pub(super) units: Vec<Unit>,
    pub partners: Vec<Partner>,
    /// Partners a unit mostly deals with.
    usual: HashMap<UnitId, Vec<usize>>,
    pub(super) grants: Vec<Grant>,
    pub changes: Vec<Change>,
}

impl World {
    /// Writes the ministry as of the first day of the history.
    pub fn people(conn: &mut DbConn, book: &Rulebook, data: &Data, size: Size, end: Instant) -> Result<Self> {
        let zone = book.calendar.default_zone();
        let last = clock::local_date(end, zone);
        let first = super::first_day(last);
        let mut tx = Tx::new(conn, book, clock::at_local_time(first, 6, 30, zone));
        let mut world = Self {
            people: Vec::new(),
            by_id: HashMap::new(),
            units: insert_units(&mut tx, data)?,
            partners: Vec::new(),
            usual: HashMap::new(),
            grants: Vec::new(),
            changes: Vec::new(),
        };
        let mut hiring = Hiring::new(data, Chance::new(size.seed).branch(1), first, last);
        hiring.fill(&mut tx, &mut world, size.people.max(FEWEST_PEOPLE))?;
        world.open_accounts(&mut tx, data)?;
        world.add_companies(&mut tx, data, &mut hiring.chance, first)?;
        Ok(world)
    }

    pub fn person(&self, place: usize) -> Result<&Person> {
        self.people.get(place).ok_or_else(|| Error::Internal("no such person in the story".into()))
    }

    pub fn place_of(&self, person: PersonId) -> Option<usize> {
        self.by_id.get(&person).copied()
    }

    pub fn place_of_number(&self, number: &str) -> Option<usize> {
        self.people.iter().position(|person| person.number == number)
    }

    /// The person acting, with the roles in force on a day.
    pub fn actor(&self, place: usize, on: NaiveDate) -> Result<Actor> {
        let person = self.person(place)?;
        let in_force =
            |grant: &&Grant| grant.person == place && grant.since <= on && grant.until.is_none_or(|until| on <= until);
        Ok(Actor {
            person: person.id,
            number: person.number.clone(),
            name: person.name(),
            roles: self.grants.iter().filter(in_force).map(|grant| grant.role).collect(),
            language: Language::parse(&person.language),
            site: person.site.clone(),
            regime: person.regime.clone(),
            position: person.position.clone(),
            leads: false,
            holds: false,
            unit: person.unit_id,
            channel: Channel::Command,
            read_only: false,
            proved_at: None,
        })
    }

    /// Who holds a role on a day, first granted first.
    pub fn holders(&self, role: Role, on: NaiveDate) -> Vec<usize> {
        self.grants
            .iter()
            .filter(|grant| grant.role == role && grant.since <= on && grant.until.is_none_or(|until| on <= until))
            .map(|grant| grant.person)
            .collect()
    }

    /// A company that a person may deal with: mostly those of the unit's trade, mostly the same few.
    pub fn partner(&self, chance: &mut Chance, unit: UnitId) -> Result<&Partner> {
        let usual = self.usual.get(&unit).filter(|list| !list.is_empty() && chance.percent(78));
        let place = match usual {
            // The first of the list more often: every unit has its main suppliers.
            Some(list) => {
                let (one, other) = (chance.below(list.len()), chance.below(list.len()));
                list.get(one.min(other)).copied().unwrap_or(0)
            }
            None => chance.below(self.partners.len()),
        };
        self.partners.get(place).ok_or_else(|| Error::Internal("no company in the story".into()))
    }

    /// The same, among those under contract.
    pub fn supplier(&self, chance: &mut Chance, unit: UnitId) -> Result<&Partner> {
        for _ in 0..40 {
            let partner = self.partner(chance, unit)?;
            if !partner.contracts.is_empty() {
                return Ok(partner);
            }
        }
        self.partner(chance, unit)
    }

    /// Somebody from now on reports to somebody else.
    pub fn apply(&mut self, tx: &mut Tx<'_>, change: &Change) -> Result<()> {
        let above = change.supervisor.and_then(|place| self.people.get(place)).map(|p| (p.id, p.unit_id));
        let Some(person) = self.people.get_mut(change.person) else { return Ok(()) };
        person.supervisor_id = above.map(|(id, _)| id);
        person.unit_id = above.map_or(person.unit_id, |(_, unit)| unit);
        let (id, unit, above) = (person.id, person.unit_id, person.supervisor_id);
        let until = change.on.pred_opt().unwrap_or(change.on);
        diesel::update(persons::table.find(id))
            .set((persons::supervisor_id.eq(above), persons::unit_id.eq(unit)))
            .execute(tx.conn)?;
        diesel::update(
            supervisions::table.filter(supervisions::person_id.eq(id)).filter(supervisions::until.is_null()),
        )
        .set(supervisions::until.eq(until))
        .execute(tx.conn)?;
        insert_supervision(tx, id, above, change.on)
    }

    fn open_accounts(&self, tx: &mut Tx<'_>, data: &Data) -> Result<()> {
        for person in &self.people {
            accounts::set_password(tx, None, person.id, &data.ministry.password_hash)?;
        }
        for grant in &self.grants {
            roles::grant(tx, None, self.person(grant.person)?.id, grant.role, grant.since, grant.until)?;
        }
        Ok(())
    }

    fn add_companies(&mut self, tx: &mut Tx<'_>, data: &Data, chance: &mut Chance, first: NaiveDate) -> Result<()> {
        use chrono::Datelike;
        for firm in &data.firms {
            let company =
                companies::store::add(tx, None, &firm.name, firm.neq.as_deref(), firm.no_neq_reason.as_deref())?;
            let contracts = (0..firm.contracts)
                .map(|_| {
                    format!("C-{}-{:03}", i64::from(first.year()) + chance.between(-1, 2), chance.between(101, 989))
                })
                .collect();
            self.partners.push(Partner {
                id: company.id,
                name: firm.name.clone(),
                neq: firm.neq.clone(),
                no_neq_reason: firm.no_neq_reason.clone(),
                sector: firm.sector.clone(),
                contracts,
            });
        }
        for unit in &self.units {
            let Some(sectors) = data.sectors.get(&unit.code) else { continue };
            let mut list: Vec<usize> = Vec::new();
            for (place, partner) in self.partners.iter().enumerate() {
                if sectors.contains(&partner.sector) {
                    list.insert(chance.below(list.len() + 1), place);
                }
            }
            self.usual.insert(unit.id, list);
        }
        Ok(())
    }
}

fn insert_units(tx: &mut Tx<'_>, data: &Data) -> Result<Vec<Unit>> {
    let mut placed: Vec<(Unit, String)> = Vec::new();
    for [code, above, name, site, weight, head_title] in &data.ministry.units {
        let above = placed.iter().position(|(unit, _)| unit.code == *above);
        let parent = above.and_then(|place| placed.get(place));
        let path = format!("{}{code}/", parent.map_or("", |(_, path)| path));
        let id: UnitId = diesel::insert_into(units::table)
            .values((
                units::code.eq(code),
                units::name.eq(name),
                units::parent_id.eq(parent.map(|(unit, _)| unit.id)),
                units::path.eq(&path),
            ))
            .returning(units::id)
            .get_result(tx.conn)?;
        let unit = Unit {
            id,
            code: code.clone(),
            above,
            site: site.clone(),
            weight: weight.parse().unwrap_or(0),
            head_title: head_title.clone(),
            head: None,
        };
        placed.push((unit, path));
    }
    Ok(placed.into_iter().map(|(unit, _)| unit).collect())
}

pub(super) fn insert_supervision(
    tx: &mut Tx<'_>,
    person: PersonId,
    above: Option<PersonId>,
    since: NaiveDate,
) -> Result<()> {
    diesel::insert_into(supervisions::table)
        .values((
            supervisions::person_id.eq(person),
            supervisions::supervisor_id.eq(above),
            supervisions::since.eq(since),
            supervisions::until.eq(None::<NaiveDate>),
        ))
        .execute(tx.conn)?;
    Ok(())
}
