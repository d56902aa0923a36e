//! Reminders and escalation: planned when a file changes hands, sent by the worker, at most one letter per person per
//! day, in working hours, surviving restarts because each is a row.

use chrono::NaiveDate;
use std::collections::HashSet;

use diesel::prelude::*;

use super::deadlines::{self, ReminderKind};
use super::mail;
use super::store::{self, Declaration};
use super::workflow::State;
use crate::app::Tx;
use crate::clock::{self, Instant};
use crate::custody;
use crate::db::conn::{Job, alone};
use crate::db::schema::{letters, timers};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::measures::reminders::Turn;
use crate::measures::{self, Measure};
use crate::people::{self, PersonId, roles};
use crate::programme::attesting;

/// Timers taken in one transaction: others write meanwhile.
const AT_ONCE: i64 = 500;

/// Timer of an object that should have been handed to the State. It is not about what its file waits for, and outlives it.
pub const OBJECT: &str = "object";

/// Timer of a draft that attendance at a showcase prepared.
pub const ATTENDANCE: &str = "attendance";

/// Adds to what is planned for a declaration, at the hour of letters of a day.
pub fn add(tx: &mut Tx<'_>, declaration: i64, purpose: &str, on: NaiveDate) -> Result<()> {
    let at = hour_of_letters(tx, on);
    store::add_timers(tx, declaration, &[(purpose, at)])
}

/// Plans the reminders of whoever must act now; forgets those of whoever had to before.
pub fn plan(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let mut planned: Vec<(&str, Instant)> = Vec::new();
    if let Some(on) = climbs_on(tx, declaration, tx.today()) {
        planned.push(("climb", hour_of_letters(tx, on)));
    }
    if let Some(due) = declaration.due_on.filter(|_| tx.book.config.deadlines.reminders) {
        let escalate_after = tx.book.config.deadlines.escalate_after;
        let received = may_act_from(tx, declaration);
        let mut weekly = false;
        for (kind, on) in deadlines::reminders(received, due, escalate_after, &tx.book.calendar) {
            let wanted = match kind {
                ReminderKind::Half | ReminderKind::Due => true,
                // The next one is planned when this one leaves.
                ReminderKind::Weekly => !std::mem::replace(&mut weekly, true),
                // Only what waits for a decision goes up to the ethics officer, and once: a file that went up the line
                // late was told of before.
                ReminderKind::Escalate => {
                    matches!(declaration.state(), State::Submitted | State::UnderReview)
                        && tx.book.calendar.add_business_days(due, u32::from(escalate_after)) >= tx.today()
                }
            };
            if wanted {
                planned.push((name(kind), hour_of_letters(tx, on)));
            }
        }
    }
    store::plan(tx, declaration.id, &planned)
}

/// The day on which a file goes up the line when the person who has it does nothing.
fn climbs_on(tx: &Tx<'_>, declaration: &Declaration, since: NaiveDate) -> Option<NaiveDate> {
    let after = tx.book.config.continuity.up_the_line_after;
    let waits = matches!(declaration.state(), State::Submitted | State::UnderReview);
    (after > 0 && waits && declaration.holder_id.is_some())
        .then(|| tx.book.calendar.add_business_days(since, u32::from(after)))
}

/// Nothing moved since the day counted from: the file goes up the line. Otherwise the count begins again.
fn climb(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<usize> {
    let last = declaration.held_since.map_or(declaration.changed_at, |held| held.max(declaration.changed_at));
    let since = clock::local_date(last, tx.zone());
    match climbs_on(tx, declaration, since) {
        Some(on) if on > tx.today() => {
            let at = hour_of_letters(tx, on);
            store::add_timers(tx, declaration.id, &[("climb", at)])?;
            Ok(0)
        }
        Some(_) => super::handover::climb(tx, declaration.id),
        None => Ok(0),
    }
}

/// The first day on which what is expected can be done: the report on an event waits for the event.
fn may_act_from(tx: &Tx<'_>, declaration: &Declaration) -> NaiveDate {
    let today = tx.today();
    match declaration.state() {
        State::Decided | State::Monitoring => {
            declaration.occurred_until.or(declaration.occurred_on).map_or(today, |fact| fact.max(today))
        }
        _ => today,
    }
}

fn hour_of_letters(tx: &Tx<'_>, on: NaiveDate) -> Instant {
    clock::at_local_time(on, tx.book.config.letters.from_hour, 30, tx.zone())
}

/// After a weekly reminder, the one of the week after, as long as there are some.
fn plan_next_week(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let Some(due) = declaration.due_on else { return Ok(()) };
    let escalate_after = tx.book.config.deadlines.escalate_after;
    let next = deadlines::reminders(due, due, escalate_after, &tx.book.calendar)
        .into_iter()
        .find(|(kind, on)| *kind == ReminderKind::Weekly && *on > tx.today());
    match next {
        Some((kind, on)) => {
            let at = hour_of_letters(tx, on);
            store::add_timers(tx, declaration.id, &[(name(kind), at)])
        }
        None => Ok(()),
    }
}

fn name(kind: ReminderKind) -> &'static str {
    match kind {
        ReminderKind::Half => "half",
        ReminderKind::Due => "due",
        ReminderKind::Weekly => "weekly",
        ReminderKind::Escalate => "escalate",
    }
}

/// A timer whose hour has come.
#[derive(Debug, Clone, Queryable)]
struct Timer {
    id: i64,
    declaration_id: i64,
    purpose: String,
    measure_id: Option<i64>,
}

/// Something that waits for somebody.
#[derive(Debug, Clone)]
pub enum Waiting {
    File(Box<Declaration>),
    Measure(Box<Measure>, Box<Declaration>),
}

impl Waiting {
    pub fn declaration(&self) -> &Declaration {
        match self {
            Self::File(declaration) | Self::Measure(_, declaration) => declaration,
        }
    }

    fn is_about(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File(one), Self::File(two)) => one.id == two.id,
            (Self::Measure(one, _), Self::Measure(two, _)) => one.id == two.id,
            _ => false,
        }
    }

    /// Where it stands, for the journal.
    fn step(&self) -> &'static str {
        match self {
            Self::File(declaration) => declaration.state().as_str(),
            Self::Measure(..) => "measure",
        }
    }
}

/// Everything that waits for each person, for one letter each.
#[derive(Default)]
struct Round(Vec<(PersonId, Vec<Waiting>)>);

impl Round {
    /// Adds to what people are reminded of. False, and nothing is added, when one of them was reminded today: each of them would
    /// otherwise be told twice, or never.
    fn add(&mut self, tx: &mut Tx<'_>, people: Vec<PersonId>, waiting: &Waiting) -> Result<bool> {
        for person in &people {
            if reminded_today(tx, *person)? {
                return Ok(false);
            }
        }
        for person in people {
            match self.0.iter_mut().find(|(p, _)| *p == person) {
                Some((_, list)) if list.iter().any(|known| known.is_about(waiting)) => {}
                Some((_, list)) => list.push(waiting.clone()),
                None => self.0.push((person, vec![waiting.clone()])),
            }
        }
        Ok(true)
    }
}

/// Sends what is due now. Returns how many letters were written. Nothing happens outside working hours.
pub fn send_due(tx: &mut Tx<'_>) -> Result<usize> {
    send_some(tx, AT_ONCE)
}

/// The same, for so many timers at most; the others wait for the next pass. Whoever has their letter of the day by then gets the
/// rest the next business morning.
///
/// # Errors
/// When the database fails.
pub fn send_some(tx: &mut Tx<'_>, most: i64) -> Result<usize> {
    let settings = &tx.book.config.letters;
    let open =
        deadlines::at_working_hours(tx.now(), tx.zone(), &tx.book.calendar, settings.from_hour, settings.to_hour);
    if open > tx.now() || !alone(tx.conn, Job::Reminders)? {
        return Ok(0);
    }
    if come_due(tx, 1)?.is_empty() {
        return Ok(0);
    }
    // Before any row: whoever changes a file takes their turn, then forgets its timers.
    journal::take_turn(tx)?;
    let due = come_due(tx, most)?;
    let mut round = Round::default();
    let mut overdue = Vec::new();
    let mut gone_up = HashSet::new();
    let mut sent = 0;
    for timer in due {
        if let Some(measure) = timer.measure_id {
            // First, so that what it plans next stays.
            done(tx, &[timer.id])?;
            match measures::reminders::come_due(tx, measure, &timer.purpose)? {
                Turn::Nothing => {}
                Turn::Wrote(letters) => sent += letters,
                Turn::Overdue(measure, declaration) => overdue.push((*measure, *declaration)),
                Turn::Remind(measure, declaration) => {
                    let people = measures::actions::who_must_act(tx, &measure, &declaration)?;
                    let told = round.add(tx, people, &Waiting::Measure(measure.clone(), declaration))?;
                    let waits = !told && postpone(tx, &timer)?;
                    if !waits && timer.purpose == name(ReminderKind::Weekly) {
                        measures::reminders::plan_next_week(tx, &measure)?;
                    }
                }
            }
            continue;
        }
        if gone_up.contains(&timer.declaration_id) {
            // Planned again for whoever has the file now: that comes with the next pass.
            continue;
        }
        let declaration = store::find_unguarded(tx, timer.declaration_id)?;
        if timer.purpose == "escalate" {
            sent += escalate(tx, &declaration)?;
            done(tx, &[timer.id])?;
            continue;
        }
        if timer.purpose == "climb" {
            done(tx, &[timer.id])?;
            let letters = climb(tx, &declaration)?;
            if letters > 0 {
                gone_up.insert(timer.declaration_id);
            }
            sent += letters;
            continue;
        }
        if timer.purpose == ATTENDANCE {
            done(tx, &[timer.id])?;
            sent += attesting::remind(tx, &declaration)?;
            continue;
        }
        let people = match timer.purpose.as_str() {
            OBJECT => custody::actions::who_misses(tx, &declaration)?,
            _ => who_must_act(tx, &declaration)?,
        };
        let told = round.add(tx, people, &Waiting::File(Box::new(declaration.clone())))?;
        if !told && postpone(tx, &timer)? {
            continue;
        }
        done(tx, &[timer.id])?;
        match timer.purpose.as_str() {
            OBJECT => custody::actions::plan_next_week(tx, &declaration)?,
            weekly if weekly == name(ReminderKind::Weekly) => plan_next_week(tx, &declaration)?,
            _ => {}
        }
    }
    sent += measures::mail::overdue(tx, &overdue)?;
    for (person, list) in round.0 {
        mail::reminder(tx, person, &list)?;
        for waiting in &list {
            let event = Event::Reminded { step: waiting.step().into(), to: person };
            journal::record(tx, None, Some(waiting.declaration().id), &event)?;
        }
        sent += 1;
    }
    Ok(sent)
}

/// The first timers whose hour has come, so many at most.
fn come_due(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Timer>> {
    let now = tx.now();
    Ok(timers::table
        .filter(timers::due_at.le(now))
        .filter(timers::done_at.is_null())
        .order((timers::due_at.asc(), timers::id.asc()))
        .limit(most)
        .select((timers::id, timers::declaration_id, timers::purpose, timers::measure_id))
        .load(tx.conn)?)
}

fn done(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    let now = tx.now();
    diesel::update(timers::table.filter(timers::id.eq_any(ids))).set(timers::done_at.eq(now)).execute(tx.conn)?;
    Ok(())
}

/// Puts a timer off to the next business morning. False, and nothing is changed, when the letter of the day was about the same
/// thing: its turn is over, and the one of the week after is to be planned.
fn postpone(tx: &mut Tx<'_>, timer: &Timer) -> Result<bool> {
    if is_told_today(tx, timer)? {
        return Ok(false);
    }
    let tomorrow = tx.today().succ_opt().unwrap_or(NaiveDate::MAX);
    let at = hour_of_letters(tx, tx.book.calendar.next_business_day(tomorrow));
    diesel::update(timers::table.find(timer.id))
        .set((timers::due_at.eq(at), timers::done_at.eq(None::<Instant>)))
        .execute(tx.conn)?;
    Ok(true)
}

/// Another reminder of the same file, of its object or of the same measure came due today. An object that does not come is told to
/// other people than what its file waits for.
fn is_told_today(tx: &mut Tx<'_>, timer: &Timer) -> Result<bool> {
    let since = clock::start_of_day(tx.today(), tx.zone());
    let told: Vec<(String, Option<i64>)> = timers::table
        .filter(timers::declaration_id.eq(timer.declaration_id))
        .filter(timers::id.ne(timer.id))
        .filter(timers::done_at.ge(since))
        .select((timers::purpose, timers::measure_id))
        .load(tx.conn)?;
    let reminds = |purpose: &str| match timer.purpose.as_str() {
        OBJECT => purpose == OBJECT,
        _ => [ReminderKind::Half, ReminderKind::Due, ReminderKind::Weekly].into_iter().any(|one| name(one) == purpose),
    };
    Ok(told.iter().any(|(purpose, measure)| *measure == timer.measure_id && reminds(purpose)))
}

/// Whoever the file waits for: the declarant when a question is open or something is still expected, else the holder.
/// A declarant who left answers nothing: whoever asked, or those who may close the file, are reminded instead.
fn who_must_act(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<PersonId>> {
    let state = declaration.state();
    match state {
        State::Draft | State::Closed | State::Withdrawn => return Ok(Vec::new()),
        State::InfoRequested | State::Decided | State::Monitoring => {
            let declarant = people::store::find(tx, declaration.declarant_id)?;
            if declarant.is_active(tx.today()) {
                return Ok(vec![declarant.id]);
            }
        }
        State::Submitted | State::UnderReview | State::WithEthics => {}
    }
    if !state.is_pending() {
        return who_may_close(tx, declaration);
    }
    match (declaration.holder_id, declaration.office()) {
        (Some(person), _) => Ok(vec![person]),
        (None, Some(office)) => holders_allowed(tx, declaration, office),
        (None, None) => Ok(Vec::new()),
    }
}

/// The supervisor, unless they may not know of the file or left themselves; then the ethics office.
fn who_may_close(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<PersonId>> {
    // What is sealed has no supervisor, and an office of its own.
    let Some(supervisor) = declaration.supervisor_id else { return Ok(Vec::new()) };
    let here = people::store::find(tx, supervisor)?.is_active(tx.today());
    if here && !store::is_barred(tx, declaration.id, supervisor)? {
        return Ok(vec![supervisor]);
    }
    holders_allowed(tx, declaration, super::kind::Office::EthicsOfficer)
}

/// The people of an office who may see this file.
pub fn holders_allowed(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    office: super::kind::Office,
) -> Result<Vec<PersonId>> {
    let Some(role) = crate::access::Role::of_office(office) else { return Ok(Vec::new()) };
    let mut allowed = Vec::new();
    for person in roles::holders(tx, role)? {
        if person != declaration.declarant_id && !store::is_barred(tx, declaration.id, person)? {
            allowed.push(person);
        }
    }
    Ok(allowed)
}

fn reminded_today(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    let since = clock::start_of_day(tx.today(), tx.zone());
    // The last one alone, found backwards: an office holder has thousands of letters.
    let last: Option<Instant> = letters::table
        .filter(letters::recipient_id.eq(person))
        .filter(letters::letter.eq("reminder"))
        .order(letters::id.desc())
        .select(letters::created_at)
        .first(tx.conn)
        .optional()?;
    Ok(last.is_some_and(|at| at >= since))
}

fn escalate(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<usize> {
    if !matches!(declaration.state(), State::Submitted | State::UnderReview) {
        return Ok(0);
    }
    let due = declaration.due_on.unwrap_or(tx.today());
    let days_late = deadlines::age(due, tx.today(), &tx.book.calendar);
    journal::record(tx, None, Some(declaration.id), &Event::Escalated { days_late })?;
    mail::escalated(tx, declaration, days_late)
}
