//! Two showcases and two passports (`rulings.rs`), lived by the same use cases as the rest of the history.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::json;

use super::rulings::{Event, Moment};
use super::times;
use super::world::World;
use crate::access::Actor;
use crate::access::actor::Channel;
use crate::app::{Rulebook, Tx};
use crate::clock::{self, Instant};
use crate::companies;
use crate::error::{Error, Result};
use crate::people::{self, PersonId, sessions};
use crate::programme::hearings::{self, Note};
use crate::programme::{actions, attesting, organisers, store, taking_part};

const PROGRAMME: &str = include_str!("../../config/demo/programme.toml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    organiser: String,
    officer: String,
    monitor: String,
    ethics: String,
    participants: Vec<String>,
    past: Showing,
    future: Showing,
    #[serde(rename = "passport")]
    passports: Vec<Event>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Showing {
    kind: String,
    planned: i64,
    held: i64,
    title: String,
    theme: String,
    begins: String,
    minutes: String,
    platform: String,
    criteria: String,
    stage: String,
    call: String,
    /// Business days from the showcase to the call.
    call_after: i64,
    documents: Vec<String>,
    #[serde(default)]
    projects: Vec<String>,
    opinion: String,
    question: String,
    answer: String,
    firms: Vec<Vec<String>>,
}

/// What happens, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Name,
    Plan(When),
    Invite(When),
    Advise,
    Register(When),
    Publish(When),
    Hold,
    Attest,
    /// Of the passport at that place.
    Passport(usize, Moment),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Past,
    Future,
}

/// The programme on its way.
pub struct Programme {
    file: File,
    /// When each act happens.
    acts: Vec<(Instant, Act)>,
    last: NaiveDate,
    past: String,
    future: String,
    /// Requests of each passport.
    requests: Vec<Vec<i64>>,
    /// People who take part, by row.
    people: Vec<PersonId>,
    invitees: Vec<PersonId>,
}

impl Programme {
    /// Draws nothing: days and people follow from the file and the last day.
    ///
    /// # Errors
    /// When the file is not what it should be.
    pub fn new(book: &Rulebook, world: &World, last: NaiveDate) -> Result<Self> {
        let file: File =
            toml::from_str(PROGRAMME).map_err(|e| Error::Internal(format!("config/demo/programme.toml: {e}")))?;
        let zone = book.calendar.default_zone();
        let at = |days: i64, hour: u32, minute: u32| clock::at_local_time(day(book, last, days), hour, minute, zone);
        let mut acts = vec![
            (at(file.past.planned - 2, 9, 5), Act::Name),
            (at(file.past.planned, 10, 10), Act::Plan(When::Past)),
            (at(file.past.planned + 1, 10, 20), Act::Invite(When::Past)),
            (at(file.past.planned + 4, 14, 0), Act::Advise),
            (at(file.past.planned + 10, 11, 0), Act::Register(When::Past)),
            (at(file.past.planned + 14, 15, 0), Act::Publish(When::Past)),
            (at(file.past.held, 15, 40), Act::Hold),
            (at(file.past.held + 1, 9, 15), Act::Attest),
            (at(file.future.planned, 9, 30), Act::Plan(When::Future)),
            (at(file.future.planned + 1, 9, 45), Act::Invite(When::Future)),
            (at(file.future.planned + 3, 13, 10), Act::Register(When::Future)),
            (at(file.future.planned + 6, 16, 0), Act::Publish(When::Future)),
        ];
        for (place, event) in file.passports.iter().enumerate() {
            acts.extend(
                event
                    .moments()
                    .map(|(days, (hour, minute), moment)| (at(days, hour, minute), Act::Passport(place, moment))),
            );
        }
        acts.sort_by_key(|(at, _)| *at);
        // Colleagues in service all along, with somebody above them, who hold no role.
        let colleagues: Vec<PersonId> = world
            .people
            .iter()
            .filter(|person| person.number.as_str() > "200011" && person.supervisor_id.is_some())
            .filter(|person| person.active_until.is_none() && person.position == "none")
            .filter(|person| person.active_from < day(book, last, file.past.planned - 20))
            .map(|person| person.id)
            .take(14)
            .collect();
        let named = file.participants.iter().filter_map(|number| world.place_of_number(number));
        let mut people: Vec<PersonId> =
            named.filter_map(|place| world.people.get(place)).map(|person| person.id).collect();
        let mut invitees = people.get(..1).unwrap_or_default().to_vec();
        people.extend(colleagues.iter().take(8));
        invitees.extend(colleagues.iter().skip(8).take(3));
        Ok(Self {
            acts,
            last,
            past: String::new(),
            future: String::new(),
            requests: vec![Vec::new(); file.passports.len()],
            people,
            invitees,
            file,
        })
    }

    /// When each act happens, by its place.
    pub fn times(&self) -> impl Iterator<Item = (usize, Instant)> + '_ {
        self.acts.iter().map(|(at, _)| *at).enumerate()
    }

    /// Plays one act.
    pub fn play(&mut self, tx: &mut Tx<'_>, place: usize) -> Result<()> {
        let Some((_, act)) = self.acts.get(place).copied() else { return Ok(()) };
        match act {
            Act::Name => {
                let officer = by_number(tx, &self.file.officer)?;
                organisers::name(tx, &officer, &self.file.organiser)?;
            }
            Act::Plan(when) => self.plan(tx, when)?,
            Act::Invite(when) => self.invite(tx, when)?,
            Act::Advise => {
                let monitor = by_number(tx, &self.file.monitor)?;
                actions::advise(tx, &monitor, &self.past, &self.file.past.opinion)?;
            }
            Act::Register(when) => {
                let reference = self.reference(when).to_owned();
                for person in self.people.clone() {
                    let actor = by_row(tx, person)?;
                    taking_part::register(tx, &actor, &reference)?;
                }
                // One changed their mind.
                if let (When::Past, Some(last)) = (when, self.people.last()) {
                    let actor = by_row(tx, *last)?;
                    taking_part::give_up(tx, &actor, &reference)?;
                }
            }
            Act::Publish(when) => {
                let (organiser, showing) = (self.organiser(tx, when)?, self.showing(when).clone());
                hearings::publish(tx, &organiser, self.reference(when), &showing.question, &showing.answer)?;
            }
            Act::Hold => self.hold(tx)?,
            Act::Attest => {
                // Half attest at once; Camille's wait for her.
                for person in self.people.clone().into_iter().skip(1).step_by(2) {
                    let actor = by_row(tx, person)?;
                    match attesting::attest(tx, &actor, &self.past, true) {
                        Ok(_) | Err(Error::NotPossible(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
            }
            Act::Passport(place, moment) => self.passport(tx, place, moment)?,
        }
        Ok(())
    }

    fn showing(&self, when: When) -> &Showing {
        match when {
            When::Past => &self.file.past,
            When::Future => &self.file.future,
        }
    }

    fn reference(&self, when: When) -> &str {
        match when {
            When::Past => &self.past,
            When::Future => &self.future,
        }
    }

    /// The past one is the officer's own; the coming one is planned by the person they named.
    fn organiser(&self, tx: &mut Tx<'_>, when: When) -> Result<Actor> {
        match when {
            When::Past => by_number(tx, &self.file.officer),
            When::Future => by_number(tx, &self.file.organiser),
        }
    }

    fn plan(&mut self, tx: &mut Tx<'_>, when: When) -> Result<()> {
        let (organiser, showing) = (self.organiser(tx, when)?, self.showing(when).clone());
        let held = day(tx.book, self.last, showing.held);
        let form: Vec<(String, String)> = [
            ("title", showing.title),
            ("theme", showing.theme),
            ("held_on", held.to_string()),
            ("begins", showing.begins),
            ("minutes", showing.minutes),
            ("platform", showing.platform),
            ("criteria", showing.criteria),
            ("open_to_others", "yes".into()),
            ("stage", showing.stage),
            ("call_planned", "yes".into()),
            ("call_on", day(tx.book, held, showing.call_after).to_string()),
            ("call_reference", showing.call),
            ("documents", showing.documents.join("\n")),
            ("projects", showing.projects.join("\n")),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let reference = actions::plan(tx, &organiser, &showing.kind, &form)?.reference;
        match when {
            When::Past => self.past = reference,
            When::Future => self.future = reference,
        }
        Ok(())
    }

    fn invite(&self, tx: &mut Tx<'_>, when: When) -> Result<()> {
        let (organiser, firms) = (self.organiser(tx, when)?, self.showing(when).firms.clone());
        for firm in firms {
            let [name, origin, ..] = firm.as_slice() else { continue };
            let company = companies::store::bearing(tx, name)?.into_iter().next().ok_or(Error::NotFound)?;
            let chosen = json!({ "company_id": company.id, "name": company.name });
            hearings::add(tx, &organiser, self.reference(when), &chosen, origin)?;
        }
        Ok(())
    }

    fn hold(&self, tx: &mut Tx<'_>) -> Result<()> {
        let organiser = self.organiser(tx, When::Past)?;
        let showcase = store::find(tx, &self.past)?;
        for firm in store::firms(tx, showcase.id)? {
            let told = self.file.past.firms.iter().find(|told| told.first() == Some(&firm.name));
            let part = |place: usize| told.and_then(|told| told.get(place)).cloned().unwrap_or_default();
            let (minutes, reason) = (part(2), part(3));
            let heard = if minutes.is_empty() { "no" } else { "yes" }.to_owned();
            hearings::note(tx, &organiser, &self.past, firm.id, &Note { heard, minutes, reason, ..Note::default() })?;
        }
        let mut present = Vec::new();
        for place in store::participants(tx, showcase.id)? {
            // The second of them missed it.
            if place.cancelled_at.is_none() && self.people.get(2) != Some(&place.person.id) {
                present.push(place.person.number);
            }
        }
        taking_part::hold(tx, &organiser, &self.past, showcase.version, &present, "")?;
        Ok(())
    }

    fn passport(&mut self, tx: &mut Tx<'_>, place: usize, moment: Moment) -> Result<()> {
        let (Some(event), Some(requests)) = (self.file.passports.get(place), self.requests.get_mut(place)) else {
            return Ok(());
        };
        let on = day(tx.book, self.last, event.event);
        match moment {
            Moment::Filed => *requests = event.file(tx, on, &self.invitees)?,
            Moment::Ruled => event.rule(tx, on, &self.file.ethics, requests)?,
            Moment::Decided => event.decide(tx, requests)?,
            Moment::Told => event.tell(tx, requests)?,
        }
        Ok(())
    }
}

/// A business day so many business days from another, either way.
fn day(book: &Rulebook, from: NaiveDate, days: i64) -> NaiveDate {
    if days < 0 {
        times::business_days_before(from, -days, &book.calendar)
    } else {
        book.calendar.add_business_days(from, u32::try_from(days).unwrap_or(0))
    }
}

pub(super) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Actor> {
    let person = people::store::find_by_number(tx, number)?.ok_or(Error::NotFound)?;
    by_row(tx, person.id)
}

pub(super) fn by_row(tx: &mut Tx<'_>, person: PersonId) -> Result<Actor> {
    let person = people::store::find(tx, person)?;
    sessions::actor(tx, &person, Channel::Command, false)?.ok_or(Error::NotFound)
}
