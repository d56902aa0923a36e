//! Registering, giving up a place, and noting who came.

use super::actions::{organised, possible, step};
use super::attesting;
use super::hearings;
use super::mail;
use super::state::Command;
use super::store::{self, Showcase};
use crate::access::Actor;
use crate::app::Tx;
use crate::error::{Error, FieldError, Result};
use crate::journal::Event;
use crate::people::{self, PersonId};

/// Takes a place at a showcase that is still to come.
pub fn register(tx: &mut Tx<'_>, actor: &Actor, reference: &str) -> Result<Showcase> {
    let showcase = to_come(tx, reference)?;
    if matches!(store::registration(tx, showcase.id, actor.person)?, Some((None, _))) {
        return Ok(showcase);
    }
    store::register(tx, showcase.id, actor.person)?;
    let event = Event::Registered { reference: showcase.reference.clone(), person: actor.person };
    store::record(tx, actor.person, &showcase, &event)?;
    mail::registered(tx, &showcase, actor.person)?;
    Ok(showcase)
}

/// Gives a place up.
pub fn give_up(tx: &mut Tx<'_>, actor: &Actor, reference: &str) -> Result<Showcase> {
    let showcase = to_come(tx, reference)?;
    if store::give_up(tx, showcase.id, actor.person)? {
        let event = Event::RegistrationCancelled { reference: showcase.reference.clone(), person: actor.person };
        store::record(tx, actor.person, &showcase, &event)?;
    }
    Ok(showcase)
}

fn to_come(tx: &mut Tx<'_>, reference: &str) -> Result<Showcase> {
    let showcase = store::find(tx, reference)?;
    possible(&showcase, Command::Register)?;
    if showcase.held_on < tx.today() {
        return Err(Error::NotPossible("not-possible-showcase-over"));
    }
    Ok(showcase)
}

/// It took place: who came is noted, people who had not registered included, and a declaration is prepared for each of
/// them and each company heard (domain.md §10.5), when the setting says so.
pub fn hold(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    version: i32,
    present: &[String],
    others: &str,
) -> Result<Showcase> {
    let mut showcase = organised(tx, actor, reference, Command::Hold)?;
    if showcase.held_on > tx.today() {
        return Err(Error::field("hold", "error-showcase-not-yet"));
    }
    let firms = store::firms(tx, showcase.id)?;
    hearings::ready_to_hold(&showcase, &firms)?;
    let others = recognised(tx, others)?;
    if showcase.version != version {
        return Err(Error::Stale);
    }
    let mut attended: Vec<PersonId> = Vec::new();
    for place in store::participants(tx, showcase.id)? {
        let came = present.contains(&place.person.number);
        store::note_attendance(tx, showcase.id, place.person.id, came)?;
        if came {
            attended.push(place.person.id);
        }
    }
    for person in others {
        if !attended.contains(&person) {
            store::register(tx, showcase.id, person)?;
            store::note_attendance(tx, showcase.id, person, true)?;
            attended.push(person);
        }
    }
    step(&mut showcase, Command::Hold)?;
    showcase.closed_at = Some(tx.now());
    store::save(tx, &mut showcase)?;
    let event = Event::ShowcaseHeld { reference: showcase.reference.clone(), attended: attended.clone() };
    store::record(tx, actor.person, &showcase, &event)?;
    if tx.book.config.programme.attendance_declares {
        for person in attended {
            if attesting::prepare(tx, &showcase, person, &firms)? > 0 {
                mail::attest(tx, &showcase, person)?;
            }
        }
    }
    Ok(showcase)
}

/// People named one a line.
fn recognised(tx: &mut Tx<'_>, lines: &str) -> Result<Vec<PersonId>> {
    let (mut people, mut errors) = (Vec::new(), Vec::new());
    for typed in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match people::store::recognise(tx, typed)?.as_slice() {
            [person] => people.push(person.id),
            [] => errors.push(FieldError::with("others", "error-person-unknown", typed)),
            _ => errors.push(FieldError::with("others", "error-person-ambiguous", typed)),
        }
    }
    if errors.is_empty() { Ok(people) } else { Err(Error::Invalid(errors)) }
}
