//! Doing it: each step calls the use case that the page would call, as the person who would.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::story::{Act, Case, Script, Stage, Step, Story};
use super::times::business_days_after;
use super::words::Words;
use super::writing::{Pen, company};
use super::{confidences, events, gifts, interests, relations};
use crate::access::{Actor, Role};
use crate::app::{Rulebook, Tx};
use crate::clock::{self, Instant};
use crate::comments::{self, Audience};
use crate::custody;
use crate::db::schema::declarations as table;
use crate::declarations::kind::Need;
use crate::declarations::store::Declaration;
use crate::declarations::{actions, drafts, handing, renewal};
use crate::error::{Error, Result};
use crate::measures;

/// Answers that a draft left aside already holds.
const BEGUN: usize = 6;

impl Story {
    /// Somebody opens a form and fills it in.
    pub(super) fn open(&mut self, stage: &mut Stage<'_>, place: usize, at: Instant) -> Result<()> {
        let book = stage.book;
        let actor = self.declarant(book, place, at)?;
        let declares_interests = self.cases.get(place).ok_or_else(lost)?.kind == renewal::KIND;
        let has_open =
            declares_interests && stage.attempt(at, |tx| Ok(!renewal::items(tx, actor.person)?.is_empty()))?;
        let mut pen = self.pen(book, place, at)?;
        let case = self.cases.get(place).ok_or_else(lost)?;
        let (kind, set, script) = (case.kind, case.set, case.script);
        let mut answers = match kind {
            "gift_declaration" => gifts::gift(&mut pen)?,
            "event_request" => events::event(&mut pen)?,
            "interest_declaration" => interests::interest(&mut pen, has_open)?,
            confidence if confidences::is_one(confidence) => confidences::answers(confidence),
            _ => relations::relation(&mut pen)?,
        };
        if let Some(set) = set {
            set(&mut answers);
            if !confidences::is_one(kind) {
                answers.set("company", company(pen.supplier()?));
            }
        }
        let mut chance = pen.chance;
        if matches!(script, Script::Unfinished) {
            answers.0 = answers.0.into_iter().take(BEGUN).collect();
        }
        let minutes = TimeDelta::minutes(chance.between(3, 35));
        let done = stage.attempt(at, |tx| drafts::start(tx, &actor, kind, &answers));
        self.case(place)?.chance = chance;
        if self.keep(place, at, "start", done)? && !matches!(script, Script::Unfinished) {
            self.push(at + minutes, Step::Send(place));
        }
        Ok(())
    }

    /// A draft that another declaration opened is finished, thrown away, or left.
    pub(super) fn finish(&mut self, stage: &mut Stage<'_>, place: usize, at: Instant) -> Result<()> {
        let book = stage.book;
        let mut pen = self.pen(book, place, at)?;
        let case = self.cases.get(place).ok_or_else(lost)?;
        let (Some(known), Some(now)) = (&case.known, &case.now) else { return Ok(()) };
        let fate = pen.chance.below(100);
        let answers = gifts::complete(&mut pen, known)?;
        let (slug, version) = (now.slug().to_owned(), now.version);
        let chance = pen.chance;
        let actor = self.declarant(book, place, at)?;
        self.case(place)?.chance = chance;
        match fate {
            0..72 => {
                let done = stage.attempt(at, |tx| drafts::save_answers(tx, &actor, &slug, version, &answers));
                if self.keep(place, at, "save", done)? {
                    self.push(at + TimeDelta::minutes(8), Step::Send(place));
                }
            }
            72..95 => stage.attempt(at, |tx| drafts::discard(tx, &actor, &slug))?,
            _ => {}
        }
        Ok(())
    }

    /// The draft is attested and sent.
    pub(super) fn send(&mut self, stage: &mut Stage<'_>, place: usize, at: Instant) -> Result<()> {
        let book = stage.book;
        let actor = self.declarant(book, place, at)?;
        let Some(slug) = self.now(place).map(|now| now.slug().to_owned()) else { return Ok(()) };
        let done = stage.attempt(at, |tx| actions::submit(tx, &actor, &slug, true));
        if self.keep(place, at, "submit", done)? {
            self.adopt(stage, place, at)?;
            self.plan_next(book, place, at);
        }
        Ok(())
    }

    /// One act on a filed declaration.
    pub(super) fn act(&mut self, stage: &mut Stage<'_>, place: usize, act: Act, at: Instant) -> Result<()> {
        let book = stage.book;
        let day = clock::local_date(at, book.calendar.default_zone());
        let Some(now) = self.now(place).cloned() else { return Ok(()) };
        let doers = self.doers(&now, act, day)?;
        if doers.is_empty() {
            // Decided outside (the deputy minister's own), or by somebody who has left.
            return self.replace_holder(stage, place, act, at, &now);
        }
        let mut chance = self.case(place)?.chance.clone();
        let words = self.words(book, place, act, at, &now, &mut chance)?;
        self.case(place)?.chance = chance;
        let mut done = Err(Error::NotAllowed);
        for doer in doers {
            let actor = self.world.actor(doer, day)?;
            done = stage.attempt(at, |tx| perform(tx, &actor, act, &now, &words));
            // Another holder of the office may be free to act when this one is not.
            if !matches!(done, Err(Error::NotFound | Error::NotAllowed)) {
                break;
            }
        }
        if self.keep(place, at, "act", done)? {
            if act == Act::Complete {
                self.adopt(stage, place, at)?;
            }
            self.plan_next(book, place, at);
        } else if matches!(act, Act::Refer | Act::SendBack) {
            // Nobody of that place may have it: whoever holds it decides.
            self.case(place)?.ahead.push_front(Act::Decide);
            self.plan_next(book, place, at);
        }
        Ok(())
    }

    /// Keeps what came of an act. What the product refuses is counted, not forced.
    fn keep(&mut self, place: usize, at: Instant, what: &str, done: Result<Declaration>) -> Result<bool> {
        match done {
            Ok(declaration) => {
                self.case(place)?.now = Some(Box::new(declaration));
                Ok(true)
            }
            Err(Error::Internal(cause)) => Err(Error::Internal(cause)),
            Err(error) => {
                self.tally.refused += 1;
                let kind = self.case(place)?.kind;
                tracing::debug!(place, kind, %at, what, ?error, "the story was refused a step");
                Ok(false)
            }
        }
    }

    /// Drafts that this declaration opened become cases of their own.
    fn adopt(&mut self, stage: &mut Stage<'_>, place: usize, at: Instant) -> Result<()> {
        let book = stage.book;
        let Some(now) = self.now(place).cloned() else { return Ok(()) };
        let answers = now.answers()?;
        let offers = |field: &str| {
            let value = answers.get(field);
            let among = |items: &Vec<serde_json::Value>| items.iter().any(|i| i == "company" || i == "hospitality");
            value.as_bool() == Some(true) || value.as_array().is_some_and(among)
        };
        if !["advantage_offered", "costs", "received_anything"].into_iter().any(offers) {
            return Ok(());
        }
        let drafts: Vec<Declaration> = table::table
            .filter(table::origin_id.eq(now.id))
            .filter(table::state.eq("draft"))
            .filter(table::created_at.eq(at))
            .order(table::id.asc())
            .select(Declaration::as_select())
            .load(stage.conn)?;
        for draft in drafts {
            let parent = self.cases.get(place).ok_or_else(lost)?;
            let mut chance = parent.chance.branch(u64::try_from(draft.id).unwrap_or(0));
            // A gift at an event is declared after the event.
            let from = draft
                .answers()?
                .date("offered_on")
                .map_or(at, |on| at.max(clock::at_local_time(on, 17, 0, book.calendar.default_zone())));
            let days = chance.between(0, 4);
            let when = business_days_after(from, days, &book.calendar, &mut chance);
            let mut case = Case::new(parent.declarant, "gift_declaration", chance, Script::Drawn);
            case.known = Some(draft.answers()?);
            case.now = Some(Box::new(draft));
            let place = self.cases.len();
            self.cases.push(case);
            self.push(when, Step::Finish(place));
        }
        Ok(())
    }

    /// Who may do an act, the likeliest first; nobody when the holder has left.
    fn doers(&self, now: &Declaration, act: Act, day: NaiveDate) -> Result<Vec<usize>> {
        let officers = || self.world.holders(Role::EthicsOfficer, day);
        let in_service = |person: Option<i64>| -> Vec<usize> {
            person
                .and_then(|id| self.world.place_of(id))
                .filter(|place| self.world.people.get(*place).is_some_and(|person| person.is_active(day)))
                .into_iter()
                .collect()
        };
        Ok(match act {
            Act::Correct | Act::Withdraw | Act::Answer | Act::Complete | Act::Prove | Act::Reply => {
                in_service(Some(now.declarant_id))
            }
            Act::Opine | Act::Lift | Act::Receive | Act::Remark => officers(),
            Act::Close | Act::ProofBack | Act::Verify | Act::Attest => {
                in_service(now.supervisor_id).into_iter().chain(officers()).collect()
            }
            Act::TakeUp | Act::Ask | Act::Refer | Act::SendBack | Act::Decide | Act::Advise | Act::Discuss => {
                match now.holder_id {
                    Some(holder) => in_service(Some(holder)),
                    None => match now.office().and_then(Role::of_office) {
                        Some(role) => self.world.holders(role, day),
                        None => Vec::new(),
                    },
                }
            }
        })
    }

    /// The holder has left: the ethics officer gives the file to the next level.
    fn replace_holder(
        &mut self,
        stage: &mut Stage<'_>,
        place: usize,
        act: Act,
        at: Instant,
        now: &Declaration,
    ) -> Result<()> {
        let book = stage.book;
        let day = clock::local_date(at, book.calendar.default_zone());
        let mut above = now.holder_id.and_then(|id| self.world.place_of(id));
        for _ in 0..8 {
            above = match above.and_then(|place| self.world.people.get(place)) {
                Some(person) if person.is_active(day) && person.id != now.declarant_id => break,
                Some(person) => person.supervisor_id.and_then(|id| self.world.place_of(id)),
                None => return Ok(()),
            };
        }
        let Some(to) = above.and_then(|place| self.world.people.get(place)).map(|person| person.number.clone()) else {
            return Ok(());
        };
        let Some(officer) = self.world.holders(Role::EthicsOfficer, day).first().copied() else { return Ok(()) };
        let actor = self.world.actor(officer, day)?;
        let reason = self.data.list("note.reassign").first().cloned().unwrap_or_default();
        let slug = now.slug().to_owned();
        let done = stage.attempt(at, |tx| handing::reassign(tx, &actor, &slug, &to, &reason));
        if self.keep(place, at, "reassign", done)? {
            self.case(place)?.ahead.push_front(act);
            self.plan_next(book, place, at);
        }
        Ok(())
    }

    /// Somebody with a pen, for a case.
    pub(super) fn pen<'s>(&'s self, book: &'s Rulebook, place: usize, at: Instant) -> Result<Pen<'s>> {
        let case = self.cases.get(place).ok_or_else(lost)?;
        Ok(Pen {
            data: &self.data,
            world: &self.world,
            calendar: &book.calendar,
            chance: case.chance.clone(),
            declarant: case.declarant,
            today: clock::local_date(at, book.calendar.default_zone()),
            punctual: case.set.is_some(),
        })
    }

    fn declarant(&self, book: &Rulebook, place: usize, at: Instant) -> Result<Actor> {
        let declarant = self.cases.get(place).ok_or_else(lost)?.declarant;
        self.world.actor(declarant, clock::local_date(at, book.calendar.default_zone()))
    }

    fn case(&mut self, place: usize) -> Result<&mut Case> {
        self.cases.get_mut(place).ok_or_else(lost)
    }

    fn now(&self, place: usize) -> Option<&Declaration> {
        self.cases.get(place)?.now.as_deref()
    }
}

fn perform(tx: &mut Tx<'_>, actor: &Actor, act: Act, now: &Declaration, words: &Words) -> Result<Declaration> {
    let (slug, version, text) = (now.slug(), now.version, words.text.as_str());
    match act {
        Act::Correct => {
            drafts::save_answers(tx, actor, slug, version, &words.answers)?;
            actions::correct(tx, actor, slug, true)
        }
        Act::Withdraw => actions::withdraw(tx, actor, slug, text),
        Act::TakeUp => actions::take_up(tx, actor, slug),
        Act::Ask => actions::ask(tx, actor, slug, version, text),
        Act::Answer => actions::answer(tx, actor, slug, text),
        Act::Refer => handing::refer(tx, actor, slug, version, text),
        Act::Opine => actions::opine(tx, actor, slug, text),
        Act::SendBack => handing::send_back(tx, actor, slug, version, text),
        Act::Decide => {
            let kind = tx.book.catalogue.version(now.kind_version_id)?;
            let takes = kind.outcome(&words.choice.outcome).is_some_and(|outcome| outcome.measures != Need::None);
            let mut choice = words.choice.clone();
            choice.measures.retain(|_| takes);
            actions::decide(tx, actor, slug, &choice)
        }
        Act::Advise => confidences::advise(tx, actor, now),
        Act::Complete => {
            drafts::save_answers(tx, actor, slug, version, &words.answers)?;
            actions::complete(tx, actor, slug)
        }
        Act::Close => actions::close(tx, actor, slug, text),
        Act::Receive => receive(tx, actor, now, text),
        Act::Discuss => remark(tx, actor, slug, Audience::Readers, text),
        Act::Remark | Act::Reply => remark(tx, actor, slug, Audience::Person, text),
        Act::Prove | Act::ProofBack | Act::Verify | Act::Attest | Act::Lift => follow(tx, actor, act, now, text),
    }
}

fn remark(tx: &mut Tx<'_>, actor: &Actor, slug: &str, audience: Audience, text: &str) -> Result<Declaration> {
    let typed =
        comments::actions::Typed { text: text.into(), audience: audience.as_str().into(), about: String::new() };
    comments::actions::write(tx, actor, slug, &typed)
}

/// What was to be handed to the State is received: place and person are in the words.
fn receive(tx: &mut Tx<'_>, actor: &Actor, now: &Declaration, text: &str) -> Result<Declaration> {
    let object = custody::store::of_declaration(tx, now.id)?.ok_or(Error::NotPossible("not-possible-custody"))?;
    let (place, person) = text.split_once(" | ").unwrap_or((text, text));
    let typed = custody::actions::TypedMove {
        step: custody::store::Step::Received.as_str().into(),
        on: tx.today().to_string(),
        place: place.into(),
        person: person.into(),
        note: String::new(),
        version: object.version,
    };
    custody::actions::record(tx, actor, &object.number, &typed, actor.language)?;
    crate::declarations::store::find_unguarded(tx, now.id)
}

/// The same act on each measure of a file that it makes sense for.
fn follow(tx: &mut Tx<'_>, actor: &Actor, act: Act, now: &Declaration, text: &str) -> Result<Declaration> {
    use measures::workflow::{Command, next};
    let command = match act {
        Act::Prove => Command::GiveProof,
        Act::ProofBack => Command::SendBack,
        Act::Verify => Command::Verify,
        Act::Attest => Command::Attest,
        _ => Command::Lift,
    };
    let asked = measures::store::of_declaration(tx, now.id)?;
    let ready: Vec<_> = asked.into_iter().filter(|m| next(m.state(), m.expected(), command).is_some()).collect();
    if ready.is_empty() {
        return Err(Error::NotPossible("not-possible-measure-prove"));
    }
    for measure in ready {
        let (id, version) = (measure.id, measure.version);
        match act {
            Act::Prove => measures::actions::prove(tx, actor, id, text, &[])?,
            Act::ProofBack => measures::actions::send_back(tx, actor, id, version, text)?,
            Act::Verify => measures::actions::verify(tx, actor, id, version, "")?,
            Act::Attest => measures::actions::attest(tx, actor, id, version, "")?,
            _ => measures::actions::lift(tx, actor, id, version, text)?,
        };
    }
    crate::declarations::store::find_unguarded(tx, now.id)
}

fn lost() -> Error {
    Error::Internal("no such case in the story".into())
}
