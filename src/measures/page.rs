//! The page of one measure, and what is posted from it: a proof, a verification, an attestation, another owner, a lifting.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions;
use super::store::{self, Authorized, Measure};
use super::views::{due_words, evidence_label, expected_words, own_words, state_label, tone};
use super::workflow::{Command, next};
use crate::access::{self, Action, Actor, MeasureAction, Verdict, may, may_measure};
use crate::app::Tx;
use crate::attachments::receive::{Submitted, keep_all};
use crate::declarations::access_log;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::summary::FileLink;
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::journal::{self, Event};
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

/// What a reader may do to a measure now: the policy and the workflow agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Can {
    pub prove: bool,
    pub verify: bool,
    pub attest: bool,
    pub hand_on: bool,
    pub lift: bool,
}

/// See [`Can`].
pub fn can(table: &access::AccessTable, actor: &Actor, found: &Authorized) -> Can {
    let target = found.measure.target(&found.declaration, found.barred);
    let allowed = |action| may_measure(table, actor, action, &target) == Verdict::Allowed;
    let possible = |command| next(found.measure.state(), found.measure.expected(), command).is_some();
    Can {
        prove: possible(Command::GiveProof) && allowed(MeasureAction::Prove),
        verify: possible(Command::Verify) && allowed(MeasureAction::Verify),
        attest: possible(Command::Attest) && allowed(MeasureAction::Verify),
        hand_on: possible(Command::HandOn) && allowed(MeasureAction::HandOn),
        lift: possible(Command::Lift) && allowed(MeasureAction::Lift),
    }
}

#[derive(Serialize)]
struct MeasurePage {
    reference: String,
    /// The file, for whoever may read it.
    file_href: Option<String>,
    person: Option<String>,
    number: i32,
    text: String,
    owner: String,
    tone: &'static str,
    state_label: String,
    whereabouts: Vec<String>,
    evidence: String,
    evidence_hint: Option<String>,
    every: Option<String>,
    ordered: String,
    due_on: String,
    proof: Option<String>,
    proof_by: Option<String>,
    files: Vec<FileLink>,
    reason: Option<String>,
    history: Vec<HistoryView>,
    can: Can,
    version: i32,
    action: String,
    errors: Vec<ErrorView>,
    typed: Typed,
    field_errors: FieldErrors,
    confidential: bool,
}

#[derive(Serialize)]
struct HistoryView {
    title: String,
    at: String,
    actor: Option<String>,
    body: Option<String>,
}

#[derive(Default, Serialize)]
struct Typed {
    proof: String,
    reason: String,
    note: String,
    to: String,
    due: String,
    verified: bool,
    sent_back: bool,
}

#[derive(Default, Serialize)]
struct FieldErrors {
    proof: Option<String>,
    outcome: Option<String>,
    reason: Option<String>,
    note: Option<String>,
    to: Option<String>,
    due: Option<String>,
    /// One of those of who carries on.
    handing: bool,
}

/// `GET /mesures/{id}`
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, number(&id)?, &[], &Vec::new()).await
}

/// The number in an address; anything else names nothing.
fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::NotFound)
}

async fn render(visit: &Visit, id: i64, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let by = std::sync::Arc::clone(&actor);
    let loaded = visit
        .app
        .read(move |tx| {
            let found = store::authorized(tx, &by, id, MeasureAction::Read)?;
            let page = content(tx, &by, &found, language)?;
            Ok((found, page))
        })
        .await;
    let (found, mut content) = match loaded {
        Err(Error::NotFound) => {
            refused(visit, id).await?;
            return Err(Error::NotFound);
        }
        other => other?,
    };
    log_reading(visit, &found).await?;
    let one = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let outcome = one("outcome");
    content.typed = Typed {
        proof: one("proof"),
        reason: one("reason"),
        note: one("note"),
        to: one("to"),
        due: one("due"),
        verified: matches!(outcome.as_str(), "verified" | "holds"),
        sent_back: matches!(outcome.as_str(), "sent_back" | "denied"),
    };
    content.field_errors = FieldErrors {
        proof: message("proof"),
        outcome: message("outcome"),
        reason: message("reason"),
        note: message("note"),
        to: message("to"),
        due: message("due"),
        handing: errors.iter().any(|e| matches!(e.field.as_str(), "to" | "due" | "reason")),
    };
    content.errors = error_views(errors, language);
    let title = say(language, "measure-title", &[("number", Arg::from(i64::from(content.number)))]);
    Page::new(visit, title)
        .back("/mesures", "back-measures")
        .with_errors(!errors.is_empty())
        .render("pages/measures/measure", &content)
}

fn content(tx: &mut Tx<'_>, actor: &Actor, found: &Authorized, language: Language) -> Result<MeasurePage> {
    let Authorized { measure, declaration, declarant, owner, barred } = found;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let (today, zone) = (tx.today(), tx.zone());
    let state = measure.shown(today);
    let reads_file = may(&tx.book.access, actor, Action::Read, &declaration.target(*barred)) == Verdict::Allowed;
    let (evidence, evidence_hint) = evidence_label(&kind, &measure.evidence, language);
    let mine = (owner.id == actor.person)
        .then(|| own_words(state, measure.expected(), Some(measure.due_on), language))
        .flatten();
    let waits = || expected_words(state, measure.expected(), &owner.name(), measure.due_on, language);
    let mut whereabouts = vec![mine.unwrap_or_else(waits)];
    whereabouts.push(due_words(state, measure.due_on, today, &tx.book.calendar, language));
    if state == super::workflow::State::Verified && measure.every_months.is_some() {
        let date = Arg::from(formats::format_date_long(measure.due_on, language));
        whereabouts.push(say(language, "measure-next-attestation", &[("date", date)]));
    }
    let proof_by = match measure.proof_by {
        Some(person) => {
            let who = Arg::from(people::store::find(tx, person)?.name());
            let at = measure.proof_at.map(|at| formats::format_datetime(at, zone, language)).unwrap_or_default();
            Some(say(language, "measure-proof-by", &[("who", who), ("at", Arg::from(at))]))
        }
        None => None,
    };
    Ok(MeasurePage {
        reference: declaration.reference.clone().unwrap_or_default(),
        file_href: reads_file.then(|| format!("/d/{}", declaration.slug())),
        person: (reads_file && declarant.id != actor.person).then(|| declarant.name()),
        number: measure.number,
        text: measure.text.clone(),
        owner: owner.name(),
        tone: tone(state),
        state_label: state_label(state, language),
        whereabouts: whereabouts.into_iter().filter(|words| !words.is_empty()).collect(),
        evidence,
        evidence_hint,
        every: measure
            .every_months
            .map(|months| say(language, "measure-every", &[("months", Arg::from(i64::from(months)))])),
        ordered: formats::format_datetime(measure.ordered_at, zone, language),
        due_on: formats::format_date_long(measure.due_on, language),
        proof: measure.proof.clone().filter(|text| !text.is_empty()),
        proof_by,
        files: store::files(tx, measure.id)?
            .into_iter()
            .map(|(id, name, scan)| FileLink::new(id, name, scan, language))
            .collect(),
        reason: measure.reason.clone(),
        history: history(tx, measure, language)?,
        can: can(&tx.book.access, actor, found),
        version: measure.version,
        action: format!("/mesures/{}", measure.id),
        errors: Vec::new(),
        typed: Typed::default(),
        field_errors: FieldErrors::default(),
        confidential: declaration.is_confidential(),
    })
}

/// What happened to this measure, oldest first.
fn history(tx: &mut Tx<'_>, measure: &Measure, language: Language) -> Result<Vec<HistoryView>> {
    let zone = tx.zone();
    let entries = journal::timeline(tx, measure.declaration_id)?;
    Ok(entries
        .into_iter()
        .filter_map(|entry| {
            let (id, title, body) = words(&entry.event, language)?;
            (id == measure.id).then(|| HistoryView {
                title,
                at: formats::format_datetime(entry.at, zone, language),
                actor: entry.actor_name,
                body: body.filter(|text| !text.is_empty()),
            })
        })
        .collect())
}

/// Measure, title and text of an event about a measure.
pub fn words(event: &Event, language: Language) -> Option<(i64, String, Option<String>)> {
    let title = |number: &i32, more: Option<(&'static str, Arg<'static>)>| {
        let mut args = vec![("number", Arg::from(i64::from(*number)))];
        args.extend(more);
        say(language, &format!("event-{}", event.name().replace('_', "-")), &args)
    };
    let date = |day: &chrono::NaiveDate| Some(("date", Arg::from(formats::format_date_long(*day, language))));
    Some(match event {
        Event::MeasureOrdered { measure, number, text, due_on, .. } => {
            (*measure, title(number, date(due_on)), Some(text.clone()))
        }
        Event::MeasureProved { measure, number, proof, .. } => (*measure, title(number, None), Some(proof.clone())),
        Event::MeasureVerified { measure, number, note, .. } | Event::MeasureAttested { measure, number, note, .. } => {
            (*measure, title(number, None), Some(note.clone()))
        }
        Event::MeasureSentBack { measure, number, reason, due_on }
        | Event::MeasureDenied { measure, number, reason, due_on }
        | Event::MeasureHandedOn { measure, number, reason, due_on, .. } => {
            (*measure, title(number, date(due_on)), Some(reason.clone()))
        }
        Event::MeasureAttestationAsked { measure, number, due_on } => (*measure, title(number, date(due_on)), None),
        Event::MeasureOverdue { measure, number, .. } => (*measure, title(number, None), None),
        Event::MeasureLifted { measure, number, reason } => (*measure, title(number, None), Some(reason.clone())),
        _ => return None,
    })
}

/// Reading a measure of a confidential file leaves a row, committed before any byte leaves.
pub(super) async fn log_reading(visit: &Visit, found: &Authorized) -> Result<()> {
    let (actor, declaration) = (visit.actor()?, found.declaration.id);
    if !found.declaration.is_confidential() || found.declaration.declarant_id == actor.person {
        return Ok(());
    }
    visit.app.write(move |tx| access_log::read(tx, &actor, declaration, "measure")).await
}

/// A refused attempt on something confidential leaves a row.
pub(super) async fn refused(visit: &Visit, id: i64) -> Result<()> {
    let actor = visit.actor()?;
    let reference = visit
        .app
        .read(move |tx| {
            let measure = match store::find(tx, id) {
                Err(Error::NotFound) => return Ok(None),
                found => found?,
            };
            Ok(crate::declarations::store::find_unguarded(tx, measure.declaration_id)?.reference)
        })
        .await?;
    match reference {
        Some(reference) => visit.app.write(move |tx| access_log::refused(tx, &actor, &reference)).await,
        None => Ok(()),
    }
}

/// What follows an action: the page of the measure, with what happened or what to put right.
async fn after(
    visit: &Visit,
    id: i64,
    form: &Form,
    done: Result<Measure>,
    flash: &'static str,
) -> Result<HttpResponse> {
    match done {
        Ok(_) => Ok(see_other(&format!("/mesures/{id}"), Some(flash))),
        Err(Error::NotFound) => {
            refused(visit, id).await?;
            Err(Error::NotFound)
        }
        Err(Error::Invalid(errors)) => render(visit, id, &errors, form).await,
        Err(Error::Stale) => render(visit, id, &[FieldError::new("outcome", "error-measure-stale")], form).await,
        Err(error) => Err(error),
    }
}

fn one<'f>(form: &'f Form, name: &str) -> &'f str {
    form.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
}

fn version(form: &Form) -> i32 {
    one(form, "version").parse().unwrap_or_default()
}

/// `POST /mesures/{id}/preuve`
pub async fn prove(visit: Visit, id: web::Path<String>, sent: Submitted) -> Result<HttpResponse> {
    let (id, actor) = (number(&id)?, visit.actor()?);
    let Submitted { form, files, mut refused } = sent;
    // Nothing is kept of somebody who may not prove it.
    let by = std::sync::Arc::clone(&actor);
    let allowed = visit.app.read(move |tx| store::authorized(tx, &by, id, MeasureAction::Prove)).await;
    if let Err(error) = allowed {
        return after(&visit, id, &form, Err(error), "flash-measure-proved").await;
    }
    let (mut kept, uncleaned) = keep_all(&visit.app, files, false).await?;
    for file in &mut kept {
        "proof".clone_into(&mut file.field);
    }
    refused.extend(uncleaned);
    if !refused.is_empty() {
        for error in &mut refused {
            "proof".clone_into(&mut error.field);
        }
        return render(&visit, id, &refused, &form).await;
    }
    let text = one(&form, "proof").to_owned();
    let done = visit.app.write(move |tx| actions::prove(tx, &actor, id, &text, &kept)).await;
    after(&visit, id, &form, done, "flash-measure-proved").await
}

/// `POST /mesures/{id}/verification`: verified, or sent back with a reason. Neither is preset.
pub async fn verify(visit: Visit, id: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (id, actor, form) = (number(&id)?, visit.actor()?, form.into_inner());
    let given = form.clone();
    let verified = one(&form, "outcome") == "verified";
    let done = visit
        .app
        .write(move |tx| {
            let (version, reason) = (version(&given), one(&given, "reason"));
            match one(&given, "outcome") {
                "verified" => actions::verify(tx, &actor, id, version, reason),
                "sent_back" => actions::send_back(tx, &actor, id, version, reason),
                _ => {
                    store::authorized(tx, &actor, id, MeasureAction::Verify)?;
                    Err(Error::field("outcome", "error-measure-outcome"))
                }
            }
        })
        .await;
    let flash = if verified { "flash-measure-verified" } else { "flash-measure-sent-back" };
    after(&visit, id, &form, done, flash).await
}

/// `POST /mesures/{id}/attestation`: it still holds, or it does not. Neither is preset.
pub async fn attest(visit: Visit, id: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (id, actor, form) = (number(&id)?, visit.actor()?, form.into_inner());
    let given = form.clone();
    let holds = one(&form, "outcome") == "holds";
    let done = visit
        .app
        .write(move |tx| {
            let (version, reason) = (version(&given), one(&given, "reason"));
            match one(&given, "outcome") {
                "holds" => actions::attest(tx, &actor, id, version, reason),
                "denied" => actions::deny(tx, &actor, id, version, reason),
                _ => {
                    store::authorized(tx, &actor, id, MeasureAction::Verify)?;
                    Err(Error::field("outcome", "error-measure-holds"))
                }
            }
        })
        .await;
    let flash = if holds { "flash-measure-attested" } else { "flash-measure-denied" };
    after(&visit, id, &form, done, flash).await
}

/// `POST /mesures/{id}/responsable`: somebody else carries it out.
pub async fn hand_on(visit: Visit, id: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (id, actor, form) = (number(&id)?, visit.actor()?, form.into_inner());
    let given = form.clone();
    let heir = actions::Heir {
        to: one(&form, "to").to_owned(),
        due: one(&form, "due").to_owned(),
        reason: one(&form, "reason").to_owned(),
    };
    let done = visit.app.write(move |tx| actions::hand_on(tx, &actor, id, version(&given), &heir)).await;
    after(&visit, id, &form, done, "flash-measure-handed-on").await
}

/// `POST /mesures/{id}/levee`
pub async fn lift(visit: Visit, id: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (id, actor, form) = (number(&id)?, visit.actor()?, form.into_inner());
    let given = form.clone();
    let done = visit.app.write(move |tx| actions::lift(tx, &actor, id, version(&given), one(&given, "note"))).await;
    after(&visit, id, &form, done, "flash-measure-lifted").await
}
