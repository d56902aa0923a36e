//! Filling the chart: who heads what, who leads a team, who joins, who leaves.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::chance::Chance;
use super::data::{Data, Post, gendered};
use super::world::{Change, Grant, World, insert_supervision};
use crate::access::Role;
use crate::app::Tx;
use crate::db::schema::persons;
use crate::db::search::fold;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;
use crate::people::store::Person;
use crate::random::sha256_hex;

/// Staff that one team leader follows.
const TEAM: usize = 12;

/// Somebody about to be written in the directory.
struct Candidate<'c> {
    post: Option<&'c Post>,
    unit: usize,
    title: String,
    position: &'static str,
    supervisor: Option<usize>,
}

/// Fills the chart.
pub(super) struct Hiring<'h> {
    data: &'h Data,
    pub chance: Chance,
    first: NaiveDate,
    last: NaiveDate,
    next_number: u32,
    taken: HashSet<String>,
}

impl<'h> Hiring<'h> {
    pub fn new(data: &'h Data, chance: Chance, first: NaiveDate, last: NaiveDate) -> Self {
        Self { data, chance, first, last, next_number: 200_100, taken: HashSet::new() }
    }

    /// Hires so many people: heads first, then those with a role, then staff by the weight of units.
    pub fn fill(&mut self, tx: &mut Tx<'_>, world: &mut World, people: usize) -> Result<()> {
        let data = self.data;
        let mut left = people;
        for place in 0..world.units.len() {
            let Some(unit) = world.units.get(place) else { continue };
            let supervisor = unit.above.and_then(|above| world.units.get(above)).and_then(|above| above.head);
            let post = data.ministry.posts.iter().find(|post| post.head && post.unit == unit.code);
            let (position, title) = (position_of(&unit.head_title), unit.head_title.clone());
            let head = self.hire(tx, world, Candidate { post, unit: place, title, position, supervisor })?;
            if let Some(unit) = world.units.get_mut(place) {
                unit.head = Some(head);
            }
            left = left.saturating_sub(1);
        }
        for post in data.ministry.posts.iter().filter(|post| !post.head) {
            let Some(place) = world.units.iter().position(|unit| unit.code == post.unit) else { continue };
            let supervisor = world.units.get(place).and_then(|unit| unit.head);
            let title = post.title.clone().unwrap_or_default();
            self.hire(tx, world, Candidate { post: Some(post), unit: place, title, position: "none", supervisor })?;
            left = left.saturating_sub(1);
        }
        let mut weight_left: usize = world.units.iter().map(|unit| unit.weight).sum();
        for place in 0..world.units.len() {
            let weight = world.units.get(place).map_or(0, |unit| unit.weight);
            let staff = (left * weight).checked_div(weight_left).unwrap_or(0);
            (left, weight_left) = (left - staff, weight_left - weight);
            self.staff(tx, world, place, staff)?;
        }
        self.vacancies(tx, world)
    }

    fn staff(&mut self, tx: &mut Tx<'_>, world: &mut World, place: usize, count: usize) -> Result<()> {
        let Some(unit) = world.units.get(place) else { return Ok(()) };
        let (code, head) = (unit.code.clone(), unit.head);
        let data = self.data;
        let in_teams = count > TEAM && !data.ministry.without_teams.contains(&code);
        let leads = if in_teams { count.div_ceil(TEAM + 1) } else { 0 };
        let mut above: Vec<Option<usize>> = Vec::new();
        for _ in 0..leads {
            let title = data.ministry.names.team_lead.clone();
            let lead = Candidate { post: None, unit: place, title, position: "manager", supervisor: head };
            above.push(Some(self.hire(tx, world, lead)?));
        }
        if above.is_empty() {
            above.push(head);
        }
        let titles = data.ministry.titles.iter().find(|list| list.units.is_empty() || list.units.contains(&code));
        for number in leads..count {
            let title = titles.and_then(|list| self.chance.one(&list.titles)).cloned().unwrap_or_default();
            let supervisor = above.get(number % above.len()).copied().flatten();
            self.hire(tx, world, Candidate { post: None, unit: place, title, position: "none", supervisor })?;
        }
        Ok(())
    }

    fn hire(&mut self, tx: &mut Tx<'_>, world: &mut World, candidate: Candidate<'_>) -> Result<usize> {
        let place = world.people.len();
        let unit = world.units.get(candidate.unit).ok_or_else(|| Error::Internal("no such unit".into()))?;
        let (given, family, is_woman) = self.name(candidate.post);
        let local = |name: &str| fold(name).replace(' ', "-");
        let stays = candidate.post.is_some() || candidate.position != "none";
        let (from, until) = self.service(stays);
        let regime = match candidate.position {
            "deputy_minister" => "state_administrator",
            "assistant_deputy_minister" if unit.code == "SSN" => "contract_state_administrator",
            "assistant_deputy_minister" => "state_administrator",
            _ if !stays => self.chance.weighted(&[("public_servant", 955), ("on_loan", 30), ("other", 15)], "other"),
            _ => "public_servant",
        };
        let elsewhere = !stays && self.chance.percent(18);
        let site = self.chance.one(&self.data.ministry.sites).filter(|_| elsewhere).unwrap_or(&unit.site).clone();
        let number = candidate.post.map_or_else(
            || {
                self.next_number += 1;
                self.next_number.to_string()
            },
            |post| post.number.clone(),
        );
        let title = candidate.post.and_then(|post| post.title.as_deref()).unwrap_or(&candidate.title);
        let language = if candidate.post.is_none() && self.chance.percent(3) { "en" } else { "fr" };
        let mut person = Person {
            id: 0,
            number,
            email: format!("{}.{}@{}", local(&given), local(&family), self.data.ministry.mail_domain),
            given_name: given,
            family_name: family,
            title: gendered(title, is_woman).to_owned(),
            unit_id: unit.id,
            site,
            supervisor_id: candidate.supervisor.and_then(|above| world.people.get(above)).map(|above| above.id),
            regime: regime.to_owned(),
            position: candidate.position.to_owned(),
            language: language.to_owned(),
            active_from: from,
            active_until: until,
            home_body: if regime == "on_loan" { self.data.ministry.lender.clone() } else { String::new() },
        };
        person.id = insert_person(tx, &person)?;
        insert_supervision(tx, person.id, person.supervisor_id, from)?;
        if let Some(role) = candidate.post.and_then(|post| post.role.as_deref()).and_then(Role::parse) {
            let acting = candidate.post.and_then(|post| post.acting_days);
            let since = acting.map_or(self.first, |days| self.last - TimeDelta::days(days));
            let ends_in = acting.or(candidate.post.and_then(|post| post.role_days));
            let until = ends_in.map(|days| self.last + TimeDelta::days(days));
            world.grants.push(Grant { person: place, role, since, until });
        }
        world.by_id.insert(person.id, place);
        world.people.push(person);
        Ok(place)
    }

    /// A name nobody has yet.
    fn name(&mut self, post: Option<&Post>) -> (String, String, bool) {
        if let Some(Post { name: [given, family, sex], .. }) = post {
            self.taken.insert(fold(&format!("{given} {family}")));
            return (given.clone(), family.clone(), sex == "f");
        }
        let names = &self.data.ministry.names;
        loop {
            let is_woman = self.chance.percent(54);
            let given = self.chance.one(if is_woman { &names.female } else { &names.male }).cloned();
            let family = self.chance.one(&names.family).cloned().unwrap_or_default();
            let given = given.unwrap_or_default();
            let folded = fold(&format!("{given} {family}"));
            // The reverse too: people are recognised by their names in either order.
            if self.taken.insert(folded) {
                return (given, family, is_woman);
            }
        }
    }

    /// First day and last day at the ministry.
    fn service(&mut self, stays: bool) -> (NaiveDate, Option<NaiveDate>) {
        let span = (self.last - self.first).num_days();
        if !stays && self.chance.percent(18) {
            return (self.first + TimeDelta::days(self.chance.between(20, span - 60)), None);
        }
        let from = self.first - TimeDelta::days(self.chance.between(30, 15 * 365));
        let leaves = !stays && self.chance.percent(10);
        (from, leaves.then(|| self.first + TimeDelta::days(self.chance.between(90, span - 10))))
    }

    /// One unit whose head left and whose people report to nobody, one whose head has just left, some who change team.
    fn vacancies(&mut self, tx: &mut Tx<'_>, world: &mut World) -> Result<()> {
        let data = self.data;
        for (code, days) in [(&data.ministry.vacant, 58), (&data.ministry.departed, 19)] {
            let Some(head) = world.units.iter().find(|unit| unit.code == *code).and_then(|unit| unit.head) else {
                continue;
            };
            let gone = self.last - TimeDelta::days(days);
            let Some(person) = world.people.get_mut(head) else { continue };
            person.active_until = Some(gone);
            let id = person.id;
            diesel::update(persons::table.find(id)).set(persons::active_until.eq(gone)).execute(tx.conn)?;
            if code == &data.ministry.vacant {
                let on = gone + TimeDelta::days(1);
                let under = (0..world.people.len())
                    .filter(|place| world.people.get(*place).is_some_and(|person| person.supervisor_id == Some(id)));
                let changes: Vec<Change> = under.map(|person| Change { on, person, supervisor: None }).collect();
                world.changes.extend(changes);
            }
        }
        let leads: Vec<usize> = (0..world.people.len())
            .filter(|place| world.people.get(*place).is_some_and(|person| person.position == "manager"))
            .collect();
        let span = (self.last - self.first).num_days();
        for _ in 0..leads.len() {
            let person = self.chance.below(world.people.len());
            let is_staff =
                world.people.get(person).is_some_and(|p| p.position == "none" && p.number.as_str() > "200099");
            let (Some(to), true) = (self.chance.one(&leads).copied(), is_staff) else { continue };
            let on = self.first + TimeDelta::days(self.chance.between(60, span - 90));
            world.changes.push(Change { on, person, supervisor: Some(to) });
        }
        world.changes.sort_by_key(|change| (change.on, change.person));
        Ok(())
    }
}

fn position_of(head_title: &str) -> &'static str {
    if head_title.starts_with("Sous-ministre adjointe") {
        "assistant_deputy_minister"
    } else if head_title.starts_with("Sous-ministre") {
        "deputy_minister"
    } else if head_title.starts_with("Directrice générale") {
        "director_general"
    } else {
        "director"
    }
}

/// People came and left without a file: the journal has their directory as if one had said it.
pub(super) fn imported(tx: &mut Tx<'_>) -> Result<()> {
    let added: i64 = persons::table.count().get_result(tx.conn)?;
    let event = Event::DirectoryImported {
        file: FILE.to_owned(),
        sha256: sha256_hex(FILE.as_bytes()),
        added: usize::try_from(added).unwrap_or_default(),
        changed: 0,
        departed: 0,
    };
    journal::record(tx, None, None, &event)
}

/// Name of the directory of the demonstration, which is generated.
const FILE: &str = "demonstration.csv";

fn insert_person(tx: &mut Tx<'_>, person: &Person) -> Result<PersonId> {
    Ok(diesel::insert_into(persons::table)
        .values((
            persons::number.eq(&person.number),
            persons::given_name.eq(&person.given_name),
            persons::family_name.eq(&person.family_name),
            persons::email.eq(&person.email),
            persons::title.eq(&person.title),
            persons::unit_id.eq(person.unit_id),
            persons::site.eq(&person.site),
            persons::supervisor_id.eq(person.supervisor_id),
            persons::regime.eq(&person.regime),
            persons::position.eq(&person.position),
            persons::language.eq(&person.language),
            persons::active_from.eq(person.active_from),
            persons::active_until.eq(person.active_until),
            persons::folded.eq(fold(&person.name())),
            persons::home_body.eq(&person.home_body),
        ))
        .returning(persons::id)
        .get_result(tx.conn)?)
}
