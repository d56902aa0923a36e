//! A file that changes hands before its decision: to the ethics officer, back to the line, to somebody else; never to somebody with an
//! interest in it.

use super::actions::{clean, deciding_office, required, step, unchanged};
use super::deadlines;
use super::filing;
use super::kind::{Kind, Office};
use super::mail;
use super::routing::{self, Case, Decider, Route};
use super::store::{self, Authorized, Declaration};
use super::workflow::{Command, State};
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::chart::Line;
use crate::people::{self, PersonId};

/// The decider hands the file to the ethics officer.
pub fn refer(tx: &mut Tx<'_>, actor: &Actor, slug: &str, version: i32, reason: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Refer)?;
    let reason = required("reason", reason, "error-reason")?;
    unchanged(&declaration, version)?;
    step(&mut declaration, Command::Refer, "not-possible-decided")?;
    to_ethics(tx, actor, &mut declaration, reason)?;
    Ok(declaration)
}

pub(super) fn to_ethics(tx: &mut Tx<'_>, actor: &Actor, declaration: &mut Declaration, reason: String) -> Result<()> {
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let (line, case) = interests(tx, &kind, declaration, Office::EthicsOfficer, None)?;
    let route = routing::route(&line, &case);
    if route.decider != Decider::Office(Office::EthicsOfficer) {
        return Err(Error::NotPossible("not-possible-refer"));
    }
    store::bar(tx, declaration.id, &route.barred)?;
    let due_on = deadlines::due_on(kind.deadlines.ethics, tx.today(), &tx.book.calendar);
    hand_over(tx, declaration, &Route { why: "route-referred-by-decider", ..route });
    declaration.due_on = Some(due_on);
    store::save(tx, declaration)?;
    super::reminders::plan(tx, declaration)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::Referred { reason, due_on })?;
    mail::referred(tx, declaration)
}

/// The ethics officer gives an opinion and sends the file back to the person who decides.
pub fn send_back(tx: &mut Tx<'_>, actor: &Actor, slug: &str, version: i32, opinion: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::SendBack)?;
    let opinion = required("reason", opinion, "error-opinion")?;
    unchanged(&declaration, version)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let (line, case) = interests(tx, &kind, &declaration, Office::Supervisor, None)?;
    let route = routing::route(&line, &case);
    if !matches!(route.decider, Decider::Person(_)) {
        return Err(Error::NotPossible("not-possible-send-back"));
    }
    step(&mut declaration, Command::SendBack, "not-possible-decided")?;
    hand_over(tx, &mut declaration, &Route { why: "route-sent-back", ..route });
    let due_on = deadlines::due_on(kind.deadlines.decide, tx.today(), &tx.book.calendar);
    declaration.due_on = Some(due_on);
    store::save(tx, &mut declaration)?;
    super::reminders::plan(tx, &declaration)?;
    let event = Event::SentBack { opinion, holder: declaration.holder_id, due_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::sent_back(tx, &declaration)?;
    Ok(declaration)
}

/// The ethics officer gives a pending file to another decider, never one with an interest in it.
pub fn reassign(tx: &mut Tx<'_>, actor: &Actor, slug: &str, to: &str, reason: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Reassign)?;
    let reason = required("reason", reason, "error-reason")?;
    let found = people::store::recognise(tx, &clean(to))?;
    let [person] = found.as_slice() else { return Err(Error::field("to", "error-person-unknown")) };
    if !declaration.state().is_pending() {
        return Err(Error::NotPossible("not-possible-decided"));
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let (line, case) = interests(tx, &kind, &declaration, Office::Supervisor, Some(person.id))?;
    if !routing::may_decide(&line, &case, person.id) {
        return Err(Error::field("to", "error-person-interested"));
    }
    let from = declaration.holder_id;
    if declaration.is_outside() || deciding_office(&declaration) == Office::DeputyMinister {
        // Nobody else here directs, nor decides the deputy minister's own file.
        return Err(Error::NotPossible("not-possible-decided"));
    }
    if declaration.state() == State::WithEthics {
        step(&mut declaration, Command::SendBack, "not-possible-decided")?;
    }
    let decider = Decider::Person(person.id);
    hand_over(tx, &mut declaration, &Route { decider, acting_for: None, why: "route-reassigned", barred: Vec::new() });
    if declaration.state() == State::InfoRequested {
        // The question keeps its date; the answer goes to the new decider.
        declaration.resume_state = Some(State::UnderReview.as_str().to_owned());
    } else {
        declaration.due_on = Some(deadlines::due_on(kind.deadlines.decide, tx.today(), &tx.book.calendar));
    }
    store::save(tx, &mut declaration)?;
    super::reminders::plan(tx, &declaration)?;
    let event = Event::Reassigned { from, to: person.id, reason };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::sent_back(tx, &declaration)?;
    Ok(declaration)
}

/// The file on file as routing sees it, and the line above everybody in it; `also` when somebody is proposed. Whoever was ever
/// barred from it stays out, whatever its answers say since.
pub(super) fn interests(
    tx: &mut Tx<'_>,
    kind: &Kind,
    declaration: &Declaration,
    to: Office,
    also: Option<PersonId>,
) -> Result<(Line, Case)> {
    let mut case = filing::case(kind, &declaration.answers()?, declaration.declarant_id, Some(to));
    case.named.extend(store::barred_from(tx, declaration.id)?);
    let people: Vec<PersonId> = case.named.iter().copied().chain([declaration.declarant_id]).chain(also).collect();
    Ok((Line::read(tx, &people, &kind.id)?, case))
}

/// The file goes where the route says, and keeps why.
pub(super) fn hand_over(tx: &Tx<'_>, declaration: &mut Declaration, to: &Route) {
    (declaration.holder_id, declaration.holder_office) = holder_of(&to.decider);
    declaration.held_for_id = to.acting_for;
    declaration.held_since = Some(tx.now());
    declaration.route_reason = Some(to.why.to_owned());
}

/// The person, or the office, that has a file.
pub(super) fn holder_of(decider: &Decider) -> (Option<PersonId>, Option<String>) {
    match decider {
        Decider::Person(person) => (Some(*person), None),
        Decider::Office(office) => (None, Some(office.as_str().to_owned())),
        Decider::Outside => (None, None),
    }
}
