//! Planning, changing, holding and cancelling a showcase. Each use case is one function in one transaction.

use chrono::NaiveDate;

use super::kind::{self, ShowcaseKind};
use super::mail;
use super::state::{Command, next};
use super::store::{self, NewShowcase, Showcase};
use crate::access::{Actor, policy};
use crate::app::Tx;
use crate::clock;
use crate::declarations::answers::{Answers, Form, Given, check_step, read_step};
use crate::declarations::calendar::Calendar;
use crate::declarations::kind::{BeforeAfter, FilingDelay};
use crate::declarations::{deadlines, store as declarations};
use crate::error::{Error, FieldError, Result};
use crate::journal::Event;

/// Longest length of a showcase, in minutes.
const LONGEST: i32 = 600;

/// Plans a showcase: it is in everybody's calendar at once; the ethics officer is told, the contract monitor consulted
/// when a call for tenders is linked.
pub fn plan(tx: &mut Tx<'_>, actor: &Actor, kind: &str, form: &Form) -> Result<Showcase> {
    let kind = kind::find(&tx.book.showcases, kind)?.clone();
    policy::require_organiser(&tx.book.access, actor, actor.person)?;
    let answers = read(&kind, form, given(tx, actor), actor);
    let facts = facts(&kind, &answers, given(tx, actor), tx.today())?;
    let year = clock::fiscal_year(tx.today());
    let number = declarations::next_number(tx, &format!("{}-{year}", kind.prefix))?;
    let reference = format!("{}-{year}-{number:06}", kind.prefix);
    let new = NewShowcase { reference: &reference, kind: &kind.id, organiser_id: actor.person };
    let mut showcase = store::insert(tx, &new)?;
    showcase.days_late = days_late(&kind, facts.held_on, tx.today(), &tx.book.calendar);
    facts.fill(&mut showcase, &answers)?;
    store::save(tx, &mut showcase)?;
    store::record(tx, actor.person, &showcase, &Event::ShowcasePlanned { reference, answers })?;
    mail::planned(tx, &showcase)?;
    consult_about_the_call(tx, actor, &showcase)?;
    Ok(showcase)
}

/// Changes what was planned. People who have a place are told when a date, an hour or a place changes.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, reference: &str, version: i32, form: &Form) -> Result<Showcase> {
    let mut showcase = organised(tx, actor, reference, Command::Change)?;
    let kind = kind::find(&tx.book.showcases, &showcase.kind)?.clone();
    let answers = read(&kind, form, given(tx, actor), actor);
    // A date that was in the future when it was planned may stay as it is.
    let facts = facts(&kind, &answers, given(tx, actor), tx.today().min(showcase.held_on))?;
    if showcase.version != version {
        return Err(Error::Stale);
    }
    let shown = |showcase: &Showcase, answers: &Answers| {
        let place = answers.text("platform").to_owned();
        (showcase.title.clone(), showcase.held_on, showcase.begins.clone(), showcase.minutes, place)
    };
    let before = shown(&showcase, &showcase.answers()?);
    facts.fill(&mut showcase, &answers)?;
    let moved = shown(&showcase, &answers) != before;
    if moved {
        showcase.sequence += 1;
    }
    store::save(tx, &mut showcase)?;
    let event = Event::ShowcaseChanged { reference: showcase.reference.clone(), answers };
    store::record(tx, actor.person, &showcase, &event)?;
    if moved {
        mail::changed(tx, &showcase)?;
    }
    consult_about_the_call(tx, actor, &showcase)?;
    Ok(showcase)
}

/// It will not take place: those who have a place are told, and their calendars say so.
pub fn cancel(tx: &mut Tx<'_>, actor: &Actor, reference: &str, reason: &str) -> Result<Showcase> {
    let mut showcase = organised(tx, actor, reference, Command::Cancel)?;
    let reason = crate::declarations::actions::required("cancel_reason", reason, "error-reason")?;
    step(&mut showcase, Command::Cancel)?;
    showcase.sequence += 1;
    showcase.closed_at = Some(tx.now());
    showcase.closing_note = Some(reason.clone());
    store::save(tx, &mut showcase)?;
    let event = Event::ShowcaseCancelled { reference: showcase.reference.clone(), reason };
    store::record(tx, actor.person, &showcase, &event)?;
    mail::cancelled(tx, &showcase)?;
    Ok(showcase)
}

/// The showcase, when this actor runs it and the command makes sense now.
pub fn organised(tx: &mut Tx<'_>, actor: &Actor, reference: &str, command: Command) -> Result<Showcase> {
    let showcase = store::find(tx, reference)?;
    policy::require_organiser(&tx.book.access, actor, showcase.organiser_id)?;
    possible(&showcase, command)?;
    Ok(showcase)
}

/// `Ok` when a command makes sense now.
pub fn possible(showcase: &Showcase, command: Command) -> Result<()> {
    match next(showcase.state(), command) {
        Some(_) => Ok(()),
        None => Err(Error::NotPossible("not-possible-showcase")),
    }
}

pub(super) fn step(showcase: &mut Showcase, command: Command) -> Result<()> {
    let after = next(showcase.state(), command).ok_or(Error::NotPossible("not-possible-showcase"))?;
    showcase.set_state(after);
    Ok(())
}

/// What conditions of fields may look at.
pub fn given<'a>(tx: &Tx<'_>, actor: &'a Actor) -> Given<'a> {
    Given { today: tx.today(), regime: &actor.regime, position: &actor.position }
}

/// The answers a form holds, kept as typed when they cannot be read.
pub fn read(kind: &ShowcaseKind, form: &Form, given: Given<'_>, actor: &Actor) -> Answers {
    let form: Form = form.iter().map(|(name, value)| (name.clone(), value.replace('\0', ""))).collect();
    let mut answers = Answers::default();
    for step in &kind.steps {
        read_step(step, &form, given, actor.language, &mut answers);
    }
    let hidden: Vec<String> =
        kind.fields().filter(|field| !answers.shows(field, given)).map(|field| field.id.clone()).collect();
    for field in hidden {
        answers.set(&field, serde_json::Value::Null);
    }
    answers
}

/// What the answers mean.
struct Facts {
    held_on: NaiveDate,
    begins: Option<String>,
    minutes: Option<i32>,
}

impl Facts {
    fn fill(&self, showcase: &mut Showcase, answers: &Answers) -> Result<()> {
        let text = |field: &str| Some(answers.text(field).to_owned()).filter(|text| !text.is_empty());
        showcase.title = answers.text("title").to_owned();
        showcase.held_on = self.held_on;
        showcase.begins.clone_from(&self.begins);
        showcase.minutes = self.minutes;
        showcase.call_planned = answers.get("call_planned").as_bool() == Some(true);
        showcase.call_reference = text("call_reference");
        showcase.call_on = answers.date("call_on");
        showcase.stage = answers.text("stage").to_owned();
        showcase.answers = serde_json::to_string(answers)?;
        Ok(())
    }
}

/// Checks the answers; names what to put right. `earliest` is the first day it may be held.
fn facts(kind: &ShowcaseKind, answers: &Answers, given: Given<'_>, earliest: NaiveDate) -> Result<Facts> {
    let mut errors: Vec<FieldError> = kind.steps.iter().flat_map(|step| check_step(step, answers, given)).collect();
    let held_on = answers.date("held_on");
    if held_on.is_some_and(|day| day < earliest) {
        errors.push(FieldError::new("held_on", "error-showcase-past"));
    }
    let begins = match (answers.text("begins"), clock_time(answers.text("begins"))) {
        ("", _) => None,
        (_, Some(time)) => Some(time),
        (_, None) => {
            errors.push(FieldError::new("begins", "error-showcase-time"));
            None
        }
    };
    let minutes = match answers.text("minutes") {
        "" => None,
        text => match text.parse::<i32>() {
            Ok(minutes) if (1..=LONGEST).contains(&minutes) => Some(minutes),
            _ => {
                errors.push(FieldError::with("minutes", "error-showcase-minutes", LONGEST));
                None
            }
        },
    };
    match (errors.is_empty(), held_on) {
        (true, Some(held_on)) => Ok(Facts { held_on, begins, minutes }),
        _ => Err(Error::Invalid(errors)),
    }
}

/// `13:30`, `13 h 30`, `13h`: as `HH:MM`.
fn clock_time(text: &str) -> Option<String> {
    let text = text.replace(['\u{a0}', ' '], "").to_lowercase();
    let (hour, minute) = text.split_once([':', 'h'])?;
    let hour: u32 = hour.parse().ok().filter(|hour| *hour < 24)?;
    let minute: u32 = if minute.is_empty() { 0 } else { minute.parse().ok().filter(|minute| *minute < 60)? };
    Some(format!("{hour:02}:{minute:02}"))
}

fn days_late(kind: &ShowcaseKind, held_on: NaiveDate, today: NaiveDate, calendar: &Calendar) -> i32 {
    let delay = FilingDelay {
        days: kind.plan_ahead.days,
        unit: kind.plan_ahead.unit,
        when: BeforeAfter::Before,
        of: "held_on".into(),
    };
    i32::try_from(deadlines::days_late(&delay, held_on, today, calendar)).unwrap_or(i32::MAX)
}

/// A call linked, or moved, is put to the contract monitor once (domain.md §10.5; C-65.1, s. 21.0.2).
fn consult_about_the_call(tx: &mut Tx<'_>, actor: &Actor, showcase: &Showcase) -> Result<()> {
    if !showcase.call_planned {
        return Ok(());
    }
    let asked = store::consultations(tx, showcase.id)?;
    let known = asked
        .last()
        .is_some_and(|last| last.call_reference == showcase.call_reference && last.call_on == showcase.call_on);
    if known {
        return Ok(());
    }
    store::consult(tx, showcase)?;
    let event = Event::MonitorConsulted {
        reference: showcase.reference.clone(),
        call_reference: showcase.call_reference.clone(),
        call_on: showcase.call_on,
    };
    store::record(tx, actor.person, showcase, &event)?;
    mail::consulted(tx, showcase)
}

/// The contract monitor's opinion on a linked call: the organiser and the ethics officer are told.
pub fn advise(tx: &mut Tx<'_>, actor: &Actor, reference: &str, opinion: &str) -> Result<Showcase> {
    let showcase = store::find(tx, reference)?;
    policy::require_page(&tx.book.access, actor, crate::access::PageAction::AdviseOnCalls)?;
    possible(&showcase, Command::Advise)?;
    let opinion = crate::declarations::actions::required("opinion", opinion, "error-opinion")?;
    let open = store::consultations(tx, showcase.id)?.into_iter().rfind(|asked| asked.answered_at.is_none());
    let open = open.ok_or(Error::NotPossible("not-possible-advise"))?;
    if !store::advise(tx, open.id, actor.person, &opinion)? {
        return Err(Error::NotPossible("not-possible-advise"));
    }
    let event = Event::MonitorAdvised { reference: showcase.reference.clone(), opinion };
    store::record(tx, actor.person, &showcase, &event)?;
    mail::advised(tx, &showcase)?;
    Ok(showcase)
}

#[cfg(test)]
mod tests {
    use super::clock_time;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (typed, read) in [("13:30", "13:30"), ("13 h 30", "13:30"), ("9h", "09:00"), ("9 h\u{a0}05", "09:05")] {
            assert_eq!(clock_time(typed).as_deref(), Some(read), "{typed}");
        }
        for typed in ["", "24:00", "13:60", "midi", "1330", "13:3x"] {
            assert_eq!(clock_time(typed), None, "{typed}");
        }
    }
}
