//! Three levels for a conflict of interest: the supervisor decides, the ethics officer advises, the deputy minister
//! directs (F-3.1.1, r. 3, s. 5). A direction is asked by the ethics officer, or by the person who contests a decision.
//! It is a decision of its own, with its own step; what was decided before stays on file.

use actix_web::{HttpResponse, web};
use chrono::{NaiveDate, TimeDelta};

use super::actions::{required, step, unchanged};
use super::answers::Form;
use super::deadlines;
use super::handing::{self, hand_over};
use super::kind::{Kind, Office};
use super::mail;
use super::outside;
use super::posts::{act_then, as_note, one, version};
use super::routing::{self, Case, Decider};
use super::store::{self, Authorized, Declaration};
use super::workflow::{Command, State};
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::clock::local_date;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::{self, PersonId};
use crate::web::Visit;

/// The ethics officer asks for a direction on a conflict that is real, or that she cannot settle.
pub fn seek(tx: &mut Tx<'_>, actor: &Actor, slug: &str, version: i32, reason: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::SeekDirection)?;
    let reason = required("reason", reason, "error-reason")?;
    unchanged(&declaration, version)?;
    step(&mut declaration, Command::SeekDirection, "not-possible-direction")?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    // What was decided before, and set aside since, is not what the direction is about: whoever decided it may direct.
    (declaration.decider_id, declaration.decided_for_id) = (None, None);
    to_deputy_minister(tx, &kind, &mut declaration, Vec::new())?;
    let event = Event::DirectionSought { reason, due_on: declaration.due_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::direction_asked(tx, &declaration)?;
    Ok(declaration)
}

/// The person does not accept what was decided. Once: a direction, or what was decided outside, is final here.
pub fn contest(tx: &mut Tx<'_>, actor: &Actor, slug: &str, reason: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Contest)?;
    let reason = required("reason", reason, "error-contest")?;
    if !may_be_contested(tx, &declaration) {
        return Err(Error::NotPossible("not-possible-contest"));
    }
    let was_closed = declaration.state() == State::Closed;
    step(&mut declaration, Command::Contest, "not-possible-contest")?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    if was_closed {
        // Closed, it kept the supervisor of its day; open again, whoever supervises the person now reads it.
        declaration.supervisor_id = people::store::find(tx, declaration.declarant_id)?.supervisor_id;
    }
    let decided_by = passed(&declaration);
    declaration.set_decision_aside();
    to_deputy_minister(tx, &kind, &mut declaration, decided_by)?;
    let event = Event::Contested { reason, due_on: declaration.due_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::direction_asked(tx, &declaration)?;
    Ok(declaration)
}

/// Decided here by somebody else than the deputy minister, not too long ago.
pub fn may_be_contested(tx: &Tx<'_>, declaration: &Declaration) -> bool {
    let step = declaration.decided_step.as_deref();
    let settled = step.is_none() || step == Some(Office::DeputyMinister.as_str()) || step == Some(outside::STEP);
    let days = TimeDelta::days(i64::from(tx.book.config.continuity.contest_days));
    let in_time = declaration.decided_at.is_some_and(|at| tx.today() <= local_date(at, tx.zone()) + days);
    matches!(declaration.state(), State::Decided | State::Monitoring | State::Closed) && !settled && in_time
}

/// True while a direction is awaited, whoever gives it.
pub fn is_awaited(declaration: &Declaration) -> bool {
    declaration.state().is_pending()
        && declaration.route_reason.as_deref().is_some_and(|why| why.starts_with("route-direction"))
}

/// Whoever decided what is contested, and in whose place: they give no direction on it, whatever office they hold.
pub fn passed(declaration: &Declaration) -> Vec<PersonId> {
    [declaration.decider_id, declaration.decided_for_id].into_iter().flatten().collect()
}

/// Where a direction comes from today; `passed` decided before.
pub fn route(tx: &mut Tx<'_>, kind: &Kind, declaration: &Declaration, passed: Vec<PersonId>) -> Result<routing::Route> {
    let (line, case) = handing::interests(tx, kind, declaration, Office::DeputyMinister, None)?;
    Ok(routing::direction(&line, &Case { passed, ..case }))
}

/// The delay of the ethics officer, until the ministry says otherwise. Nobody here waits for what comes from outside.
pub fn due_on(tx: &Tx<'_>, kind: &Kind, decider: &Decider) -> Option<NaiveDate> {
    let delay = kind.deadlines.ethics;
    (*decider != Decider::Outside).then(|| deadlines::due_on(delay, tx.today(), &tx.book.calendar))
}

fn to_deputy_minister(
    tx: &mut Tx<'_>,
    kind: &Kind,
    declaration: &mut Declaration,
    passed: Vec<PersonId>,
) -> Result<()> {
    let route = route(tx, kind, declaration, passed)?;
    store::bar(tx, declaration.id, &route.barred)?;
    hand_over(tx, declaration, &route);
    declaration.due_on = due_on(tx, kind, &route.decider);
    store::save(tx, declaration)?;
    super::reminders::plan(tx, declaration)
}

/// `POST /d/{slug}/direction`
pub async fn post_seek(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-direction", |tx, actor, slug, form| {
        seek(tx, actor, slug, version(form), one(form, "note")).map_err(as_note)
    })
    .await
}

/// `POST /d/{slug}/contestation`
pub async fn post_contest(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-contested", |tx, actor, slug, form| {
        contest(tx, actor, slug, one(form, "note")).map_err(as_note)
    })
    .await
}
