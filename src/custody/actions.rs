//! The use cases of objects handed to the State, each in one transaction.

use chrono::{NaiveDate, TimeDelta};

use super::store::{self, NewMove, Object, State, Step, next};
use crate::access::{Action, Actor, Depth, policy};
use crate::app::{Rulebook, Tx};
use crate::clock;
use crate::declarations::actions::clean;
use crate::declarations::deadlines;
use crate::declarations::kind::{Custody, DayUnit, Delay, Kind, Office};
use crate::declarations::reminders;
use crate::declarations::store::{self as declarations, Declaration};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::journal::{self, Event};
use crate::people::PersonId;
use crate::text::Language;

/// Prefix of the numbers of slips.
const SERIES: &str = "REM";

/// Days of weekly reminders about an object that nobody received.
const MISSED_FOR: i64 = 56;

/// A decision says that the thing goes to the State: it gets its number, in the transaction of the decision.
pub fn after_decision(tx: &mut Tx<'_>, actor: &Actor, kind: &Kind, declaration: &Declaration) -> Result<()> {
    match &kind.custody {
        Some(custody) if declaration.outcome.as_deref() == Some(custody.outcome.as_str()) => {
            match store::of_declaration(tx, declaration.id)? {
                None => expect(tx, actor, declaration, custody).map(drop),
                // Decided a second time: it is expected under the number that it has.
                Some(mut object) if object.state() == State::Cancelled => {
                    object.set_state(State::Expected);
                    store::save(tx, &mut object)?;
                    let event = Event::ObjectExpected { number: object.number };
                    journal::record(tx, Some(actor.person), Some(declaration.id), &event)
                }
                Some(_) => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// The declarant tells what became of it: to the State, and it gets a number if it had none; elsewhere, and it is not
/// expected any more.
pub fn after_completion(tx: &mut Tx<'_>, actor: &Actor, kind: &Kind, declaration: &Declaration) -> Result<()> {
    let Some(custody) = &kind.custody else { return Ok(()) };
    let handed = declaration.disposition.as_deref() == Some(custody.disposition.as_str());
    match store::of_declaration(tx, declaration.id)? {
        None if handed => expect(tx, actor, declaration, custody).map(drop),
        Some(mut object) if !handed && object.state() == State::Expected => {
            object.set_state(State::Cancelled);
            store::save(tx, &mut object)?;
            let event = Event::ObjectCancelled { number: object.number };
            journal::record(tx, Some(actor.person), Some(declaration.id), &event)
        }
        _ => Ok(()),
    }
}

fn expect(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration, custody: &Custody) -> Result<Object> {
    let year = clock::fiscal_year(tx.today());
    let serial = declarations::next_number(tx, &format!("{SERIES}-{year}"))?;
    let number = format!("{SERIES}-{year}-{serial:06}");
    let description = declaration.answers()?.text(&custody.description).to_owned();
    let description = if description.is_empty() { declaration.subject.clone() } else { description };
    let object = store::insert(tx, declaration, &number, &description)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::ObjectExpected { number })?;
    if tx.book.config.deadlines.reminders {
        let (due, _) = due(&object, tx.book, tx.today());
        let late = tx.book.calendar.add_business_days(due, 1);
        reminders::add(tx, declaration.id, reminders::OBJECT, late)?;
    }
    Ok(object)
}

/// Whoever keeps the trail, while an object that should have been handed over is still expected. Its declarant may have said
/// that it was handed over, and nobody received it.
pub fn who_misses(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<PersonId>> {
    match missed_since(tx, declaration)? {
        Some(_) => reminders::holders_allowed(tx, declaration, Office::EthicsOfficer),
        None => Ok(Vec::new()),
    }
}

/// They are reminded again a week later, for a while.
pub fn plan_next_week(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let Some(due) = missed_since(tx, declaration)? else { return Ok(()) };
    let again = tx.book.calendar.next_business_day(tx.today() + TimeDelta::days(7));
    if (again - due).num_days() > MISSED_FOR {
        return Ok(());
    }
    reminders::add(tx, declaration.id, reminders::OBJECT, again)
}

/// The day by which the object of a file should have been handed over, when it is past and the object still expected.
fn missed_since(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Option<NaiveDate>> {
    let Some(object) = store::of_declaration(tx, declaration.id)? else { return Ok(None) };
    let (due, late) = due(&object, tx.book, tx.today());
    Ok(late.then_some(due))
}

/// The last day to hand an object over, and whether it is past while the object is still expected.
pub fn due(object: &Object, book: &Rulebook, today: NaiveDate) -> (NaiveDate, bool) {
    let opened = clock::local_date(object.opened_at, book.calendar.default_zone());
    let delay = Delay { days: book.config.custody.days, unit: DayUnit::Business };
    let due = deadlines::due_on(delay, opened, &book.calendar);
    (due, object.state() == State::Expected && due < today)
}

/// An object, for somebody who may read its declaration.
pub fn read(tx: &mut Tx<'_>, actor: &Actor, number: &str) -> Result<(Object, declarations::Authorized)> {
    let object = store::by_number(tx, number)?;
    let declaration = declarations::find_unguarded(tx, object.declaration_id)?;
    let found = declarations::authorized(tx, actor, declaration.slug(), Action::Read)?;
    // A slip names people: whoever reads the file without names does not read it.
    if policy::depth(&tx.book.access, actor, &found.target()) != Depth::Whole {
        return Err(Error::NotFound);
    }
    Ok((object, found))
}

/// A step of the trail, as typed.
#[derive(Debug, Clone, Default)]
pub struct TypedMove {
    pub step: String,
    pub on: String,
    pub place: String,
    pub person: String,
    pub note: String,
    pub version: i32,
}

/// The ethics office writes a step of the trail: received, moved, disposed of.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, number: &str, typed: &TypedMove, language: Language) -> Result<Object> {
    let (mut object, found) = read(tx, actor, number)?;
    if found.declaration.declarant_id == actor.person || actor.read_only {
        return Err(Error::NotAllowed);
    }
    let last = store::trail(tx, object.id)?.last().map(|last| last.moved_on);
    let step = checked(tx, typed, last, language)?;
    if object.version != typed.version {
        return Err(Error::Stale);
    }
    let after = next(object.state(), step.step).ok_or(Error::NotPossible("not-possible-custody"))?;
    object.set_state(after);
    object.place = Some(step.place.clone());
    store::save(tx, &mut object)?;
    store::add_move(tx, object.id, actor.person, &step)?;
    let event = Event::ObjectMoved {
        number: object.number.clone(),
        step: step.step.as_str().to_owned(),
        on: step.moved_on,
        place: step.place,
        person: step.person,
        note: step.note,
    };
    journal::record(tx, Some(actor.person), Some(found.declaration.id), &event)?;
    Ok(object)
}

/// What was typed of a step; `last` is the day of the one before it.
fn checked(tx: &Tx<'_>, typed: &TypedMove, last: Option<NaiveDate>, language: Language) -> Result<NewMove> {
    let mut errors = Vec::new();
    let step = Step::parse(&typed.step);
    if step.is_none() {
        errors.push(FieldError::new("step", "error-custody-step"));
    }
    let today = tx.today();
    let on = match formats::parse_date(&typed.on, today, language) {
        Ok(day) if last.is_some_and(|last| day < last) => {
            errors.push(FieldError::new("on", "error-custody-order"));
            day
        }
        Ok(day) if day <= today => day,
        Ok(_) => {
            errors.push(FieldError::new("on", "error-custody-future"));
            today
        }
        Err(problem) => {
            errors.push(FieldError::new("on", problem.message_key()));
            NaiveDate::MIN
        }
    };
    let (place, person, note) = (clean(&typed.place), clean(&typed.person), clean(&typed.note));
    for (field, text, most, message) in
        [("place", &place, 200, "error-custody-place"), ("person", &person, 200, "error-custody-person")]
    {
        if text.is_empty() {
            errors.push(FieldError::new(field, message));
        } else if text.chars().count() > most {
            errors.push(FieldError::with(field, "error-too-long", most));
        }
    }
    if note.chars().count() > 1000 {
        errors.push(FieldError::with("note", "error-too-long", 1000));
    }
    match step {
        Some(step) if errors.is_empty() => Ok(NewMove { step, moved_on: on, place, person, note }),
        _ => Err(Error::Invalid(errors)),
    }
}
