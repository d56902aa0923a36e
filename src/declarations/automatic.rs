//! Decisions that a rule takes alone, when the setting allows it: what is of no risk and waits for nobody's judgement. Never
//! about a conflict of interest, never when any other rule asks for attention; the supervisor is told, and the person learns
//! that a rule decided, with what it saw, and may ask that somebody look (A-2.1, s. 65.2).

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions::{clean, conclude, follow_through, step};
use super::answers::{Form, lines};
use super::handing::{hand_over, interests};
use super::kind::{Kind, Need, Office, Outcome, Then};
use super::posts::{act_then, one};
use super::routing::{self, Decider};
use super::store::{self, Authorized, Declaration};
use super::workflow::{Command, State};
use super::{filing, mail, renewal};
use crate::access::actor::Channel;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::{self, sessions};
use crate::policy::pages::{InputView, RuleName, inputs};
use crate::policy::rules::{Finding, Severity};
use crate::text::Language;
use crate::web::Visit;

/// The step at which a decision was taken by a rule.
pub const STEP: &str = "automatic";

/// Is this an outcome that a rule may choose? One that asks nobody for anything and says no to nobody.
pub fn may_be_automatic(kind: &Kind, outcome: &Outcome) -> bool {
    kind.id != renewal::KIND
        && !kind.is_sealed()
        && outcome.by.contains(&Office::Supervisor)
        && outcome.reason != Need::Required
        && outcome.measures == Need::None
        && matches!(outcome.then, Then::Decided | Then::Closed)
        && outcome.tone != super::kind::Tone::Negative
}

/// The finding that decides, when nothing stands against it: every other one is good to know and no more.
fn deciding<'f>(findings: &'f [Finding], kind: &Kind) -> Option<(&'f Finding, Outcome)> {
    let harmless = |one: &Finding| one.severity == Severity::Information && !one.refer && !one.tell_contract_monitor;
    if !findings.iter().all(harmless) {
        return None;
    }
    let found = findings.iter().find(|one| one.decide.is_some())?;
    let outcome = kind.outcome(found.decide.as_deref()?)?;
    may_be_automatic(kind, outcome).then(|| (found, outcome.clone()))
}

/// Decides a declaration just filed, when a rule may. True when it did.
pub fn decide(tx: &mut Tx<'_>, kind: &Kind, declaration: &mut Declaration) -> Result<bool> {
    let findings = declaration.findings()?;
    let Some((finding, outcome)) = deciding(&findings, kind).filter(|_| tx.book.config.automatic.enabled) else {
        return Ok(false);
    };
    // In the place of the supervisor, and of nobody else: a file that went up the line or to an office did for a reason.
    let holder = declaration.holder_id.filter(|holder| declaration.supervisor_id == Some(*holder));
    let Some(holder) = holder.filter(|_| declaration.state() == State::Submitted && declaration.held_for_id.is_none())
    else {
        return Ok(false);
    };
    let person = people::store::find(tx, holder)?;
    let Some(supervisor) = sessions::actor(tx, &person, Channel::Command, false)? else { return Ok(false) };
    declaration.set_state(match outcome.then {
        Then::Closed => State::Closed,
        _ => State::Decided,
    });
    conclude(tx, &supervisor, kind, declaration, &outcome, STEP, &finding.say.fr, &[])?;
    let event = Event::DecidedAutomatically {
        outcome: outcome.id.clone(),
        rule: finding.rule.clone(),
        policy: finding.policy,
        inputs: finding.inputs.clone(),
        reason: finding.say.fr.clone(),
        revision: declaration.revision,
    };
    journal::record(tx, None, Some(declaration.id), &event)?;
    mail::decided_automatically(tx, declaration, &outcome, &person)?;
    follow_through(tx, &supervisor, kind, declaration, &[])?;
    Ok(true)
}

/// The person, or the supervisor in whose place the rule decided, wants somebody to look: the file goes to whoever decides
/// now, as if it had just been filed.
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, slug: &str, note: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Comment)?;
    let is_theirs = declaration.declarant_id == actor.person || declaration.decider_id == Some(actor.person);
    if declaration.decided_step.as_deref() != Some(STEP) || !is_theirs {
        return Err(Error::NotPossible("not-possible-reopen"));
    }
    let note = clean(note);
    if note.chars().count() > 4_000 {
        return Err(Error::Invalid(vec![crate::error::FieldError::with("note", "error-too-long", 4_000)]));
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    declaration.take_decision_back();
    declaration.is_read_by_all();
    declaration.supervisor_id = people::store::find(tx, declaration.declarant_id)?.supervisor_id;
    let (line, case) = interests(tx, &kind, &declaration, kind.routing.first, None)?;
    let route = routing::route(&line, &case);
    let to_ethics = route.decider == Decider::Office(Office::EthicsOfficer);
    step(&mut declaration, Command::Review { to_ethics }, "not-possible-reopen")?;
    store::bar(tx, declaration.id, &route.barred)?;
    hand_over(tx, &mut declaration, &route);
    declaration.due_on = filing::due_on(tx, &kind, &declaration.answers()?, &route.decider);
    store::save(tx, &mut declaration)?;
    store::insert_revision(tx, &declaration, actor.person)?;
    super::reminders::plan(tx, &declaration)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::HumanReviewAsked { note })?;
    mail::reopened(tx, &declaration)?;
    Ok(declaration)
}

/// What the page says of a decision taken by a rule.
#[derive(Debug, Serialize)]
pub struct AutomaticView {
    rule: RuleName,
    /// What it saw: answers as the person gave them, other facts by name.
    inputs: Vec<InputView>,
    /// This reader may ask that somebody look.
    may_reopen: bool,
}

/// Nothing when somebody decided.
pub fn view(
    kind: &Kind,
    actor: &Actor,
    declaration: &Declaration,
    may_comment: bool,
    language: Language,
) -> Result<Option<AutomaticView>> {
    if declaration.decided_step.as_deref() != Some(STEP) {
        return Ok(None);
    }
    let findings = declaration.findings()?;
    let Some(finding) = findings.iter().find(|one| one.decide.is_some()) else { return Ok(None) };
    let is_theirs = declaration.declarant_id == actor.person || declaration.decider_id == Some(actor.person);
    let mut seen = inputs(&finding.inputs, language);
    for input in &mut seen {
        if let (Some(field), Some(value)) = (kind.field(&input.name), finding.inputs.get(&input.name)) {
            input.value = lines(field, value, language).join(", ");
            field.label.get(language).clone_into(&mut input.name);
        }
    }
    Ok(Some(AutomaticView {
        rule: RuleName::seen(finding, language),
        inputs: seen,
        may_reopen: may_comment && is_theirs,
    }))
}

/// `POST /d/{slug}/examen`
pub async fn post_reopen(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-reopened", |tx, actor, slug, form| reopen(tx, actor, slug, one(form, "note")))
        .await
}
