//! Asking for an act, approving it, refusing it, taking it back.

use super::act::{Act, ActKind};
use super::mail;
use super::store::{self, Request};
use crate::access::Actor;
use crate::adoption;
use crate::app::Tx;
use crate::db::schema::declarations;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::people::{self, PersonId, roles, suspension};
use crate::retention;
use diesel::prelude::*;

/// Asks for an act; those who may approve it are told. Asked twice by one person, it is the same request.
///
/// # Errors
/// The table does not let this person ask, the reason is missing, the act could not be carried out, or another request about the
/// same subject waits for its answer.
pub fn ask(tx: &mut Tx<'_>, actor: &Actor, act: &Act, reason: &str) -> Result<i64> {
    if actor.read_only || !tx.book.access.asks(act.kind(), actor) {
        return Err(Error::NotAllowed);
    }
    // Everything there is to correct, at once.
    let mut errors = Vec::new();
    let mut gather = |error| match error {
        Error::Invalid(found) => {
            errors.extend(found);
            Ok(())
        }
        error => Err(error),
    };
    check(tx, actor.person, act).or_else(&mut gather)?;
    let reason = match adoption::reason(reason) {
        Ok(reason) => reason,
        Err(error) => gather(error).map(|()| String::new())?,
    };
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if let Some(waiting) = store::asked(tx, act)? {
        // Whoever approves reads one act and one reason: another would be approved without having been read.
        return if waiting.asked_by == actor.person && waiting.act.is_the_same(act) {
            Ok(waiting.id)
        } else {
            Err(Error::field(act.field(), "error-act-waits"))
        };
    }
    let id = store::insert(tx, act, &reason, actor.person)?;
    let event = Event::ActAsked { request: id, act: act.clone(), reason };
    journal::record(tx, Some(actor.person), None, &event)?;
    let request = store::find(tx, id)?;
    mail::asked(tx, &request, actor)?;
    Ok(id)
}

/// What would stop the act, known before anybody is asked.
fn check(tx: &mut Tx<'_>, by: PersonId, act: &Act) -> Result<()> {
    match act {
        Act::RoleGrant { number, role, since, until } => {
            roles::check_grant(tx, Some(by), number, *role, *since, *until).map(drop)
        }
        // Whether the file exists is not told to whoever asks: only to whoever approves.
        Act::EmergencyReading { reference } => match tx.book.catalogue.sealed_kind_of(reference) {
            Some(_) => Ok(()),
            None => Err(Error::Invalid(vec![FieldError::new("reference", "error-act-reference")])),
        },
        Act::Destruction { list, .. } => retention::actions::check(tx, *list),
        Act::AccountRestoration { number } => suspension::check_restoration(tx, number).map(drop),
        Act::Export { .. } | Act::KeyRotation => Ok(()),
    }
}

/// Approves: what the approval itself carries out is done in the same transaction, the rest is open for some hours.
///
/// # Errors
/// [`Request::decidable_by`]; or the act can no longer be carried out.
pub fn approve(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<Request> {
    let request = store::find(tx, id)?;
    request.decidable_by(&tx.book.access, actor, tx.now())?;
    store::decide(tx, id, "approved", actor.person, None)?;
    journal::record(tx, Some(actor.person), None, &Event::ActApproved { request: id, asked_by: request.asked_by })?;
    carry_out(tx, actor, &request)?;
    let request = store::find(tx, id)?;
    mail::decided(tx, &request, true)?;
    mail::notice(tx, &request, actor)?;
    Ok(request)
}

fn carry_out(tx: &mut Tx<'_>, actor: &Actor, request: &Request) -> Result<()> {
    match &request.act {
        Act::RoleGrant { number, role, since, until } => {
            roles::grant_to(tx, Some(request.asked_by), number, *role, *since, *until).map_err(no_longer)
        }
        Act::EmergencyReading { reference } => {
            let declarant: PersonId = declarations::table
                .filter(declarations::reference.eq(reference))
                .select(declarations::declarant_id)
                .first(tx.conn)
                .optional()?
                .ok_or(Error::NotPossible("not-possible-act-no-file"))?;
            mail::opened(tx, declarant, request.asked_by, actor.person)
        }
        Act::Destruction { list, .. } => retention::actions::destroy(tx, request.asked_by, actor.person, *list),
        Act::AccountRestoration { number } => {
            suspension::restore(tx, Some(request.asked_by), number).map_err(no_longer)
        }
        Act::Export { .. } | Act::KeyRotation => Ok(()),
    }
}

/// Fields belong to the form of whoever asked: whoever approves is told that it can no longer be done.
fn no_longer(error: Error) -> Error {
    match error {
        Error::Invalid(_) | Error::NotPossible("not-possible-not-suspended") => {
            Error::NotPossible("not-possible-act-changed")
        }
        other => other,
    }
}

/// Refuses, with a reason that whoever asked will read.
///
/// # Errors
/// [`Request::decidable_by`]; or no reason.
pub fn refuse(tx: &mut Tx<'_>, actor: &Actor, id: i64, reason: &str) -> Result<()> {
    let request = store::find(tx, id)?;
    request.decidable_by(&tx.book.access, actor, tx.now())?;
    let reason = adoption::reason(reason)?;
    store::decide(tx, id, "refused", actor.person, Some(&reason))?;
    let event = Event::ActRefused { request: id, asked_by: request.asked_by, reason };
    journal::record(tx, Some(actor.person), None, &event)?;
    let request = store::find(tx, id)?;
    mail::decided(tx, &request, false)
}

/// Takes back one's own request.
///
/// # Errors
/// It is somebody else's, or no longer waits.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<()> {
    let request = store::find(tx, id)?;
    if request.asked_by != actor.person {
        return Err(Error::NotAllowed);
    }
    store::decide(tx, id, "withdrawn", actor.person, None)?;
    journal::record(tx, Some(actor.person), None, &Event::ActWithdrawn { request: id })
}

/// May this person read this sealed file because two people said so, and until when did they say it?
pub fn opens_in_emergency(tx: &mut Tx<'_>, actor: &Actor, reference: &str) -> Result<bool> {
    Ok(store::in_force(tx, ActKind::EmergencyReading, reference, Some(actor.person))?.is_some())
}

/// What is kept under two keys on the command line: rotation goes on while an approval is in force.
///
/// # Errors
/// [`Error::NotPossible`] when nobody approved it.
pub fn require_rotation(tx: &mut Tx<'_>) -> Result<i64> {
    store::in_force(tx, ActKind::KeyRotation, "", None)?.ok_or(Error::NotPossible("not-possible-rotation"))
}

/// The approvers of a kind of act in office today, but some people.
pub fn approvers(tx: &mut Tx<'_>, kind: ActKind, but: &[PersonId]) -> Result<Vec<PersonId>> {
    let mut found: Vec<PersonId> = Vec::new();
    for (role, person) in people::roles::all_holders(tx)? {
        if tx.book.access.approving_roles(kind).contains(&role) && !but.contains(&person) && !found.contains(&person) {
            found.push(person);
        }
    }
    Ok(found)
}
