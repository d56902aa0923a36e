//! Changing through the API: the same actions as the pages, each in one transaction with its idempotency key.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use serde_json::{Map, Value};

use super::super::acknowledging;
use super::super::actions::{self, Choice};
use super::super::answers::Answers;
use super::super::direction;
use super::super::drafts;
use super::super::handing;
use super::super::kind::{Kind, Phase, Widget};
use super::super::outside;
use super::super::reading;
use super::super::store::{self, Declaration};
use super::super::workflow::State;
use super::bodies::*;
use super::call::{Call, Tags, etag};
use super::{shape, show, slug};
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::comments;
use crate::error::{Error, FieldError, Result};
use crate::ethics::{self, opinion};
use crate::web::idempotency::{self, Answer};

/// Is an `If-Match` header needed?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IfMatch {
    Needed,
    Welcome,
}

/// `POST /api/v1/declarations`
pub async fn create(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let mut body: NewDeclaration = call.body()?;
    body.answers.values_mut().for_each(shape::whole_numbers);
    let (actor, key) = (call.visit.actor()?, call.conditions.key.clone());
    let answer = call
        .visit
        .app
        .write(move |tx| {
            idempotency::once(tx, actor.person, key.as_ref(), |tx| {
                let version = tx.book.catalogue.kind(&body.kind);
                let kind = version.ok_or_else(|| Error::field("kind", "error-unknown-choice"))?.kind;
                shaped(&kind, Phase::Filing, &body.answers, "answers.")?;
                let answers = Answers(body.answers);
                let done = if body.submit {
                    actions::submit_new(tx, &actor, &kind.id, &answers, body.attested).map_err(in_answers)?
                } else {
                    drafts::start(tx, &actor, &kind.id, &answers)?
                };
                kept(&done, StatusCode::CREATED)
            })
        })
        .await?;
    replied(&answer)
}

/// `PUT /api/v1/declarations/{id}/answers`: replaces the answers of a draft, of a correction, or of what is told
/// after the decision.
pub async fn put_answers(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let mut body: Map<String, Value> = call.body()?;
    body.values_mut().for_each(shape::whole_numbers);
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        let declaration = store::authorized(tx, actor, slug, Action::Edit)?.declaration;
        let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
        let phase = match declaration.state() {
            State::Decided | State::Monitoring => Phase::FollowUp,
            state if state == State::Draft || state.is_pending() => Phase::Filing,
            _ => return Err(Error::NotPossible("not-possible-edit")),
        };
        shaped(&kind, phase, &body, "")?;
        let answers = merged(&kind, phase, declaration.working_answers()?, body);
        drafts::save_answers(tx, actor, slug, version, &answers)
    })
    .await
}

/// What is sent replaces the answers of its phase; files, and what was filed before, stay.
fn merged(kind: &Kind, phase: Phase, before: Answers, sent: Map<String, Value>) -> Answers {
    let replaced = |id: &str| {
        kind.steps
            .iter()
            .filter(|step| step.phase == phase)
            .flat_map(|step| &step.fields)
            .any(|field| field.id == id && field.widget != Widget::Attachment)
    };
    let mut answers: Map<String, Value> = before.0.into_iter().filter(|(id, _)| !replaced(id)).collect();
    answers.extend(sent);
    Answers(answers)
}

/// `DELETE /api/v1/declarations/{id}`: a draft, for good.
pub async fn delete(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let (actor, id, tags) = (call.visit.actor()?, slug(&id)?, call.conditions.tags.clone());
    let (by, wanted) = (Arc::clone(&actor), id.clone());
    let done = call
        .visit
        .app
        .write(move |tx| {
            let declaration = store::authorized(tx, &by, &wanted, Action::Edit)?.declaration;
            if declaration.state() != State::Draft {
                return Err(Error::NotPossible("not-possible-delete"));
            }
            if tags.is_some_and(|tags| !tags.match_version(declaration.version)) {
                return Err(Error::Stale);
            }
            drafts::discard(tx, &by, &wanted)
        })
        .await;
    if matches!(done, Err(Error::NotFound)) {
        reading::refused(&call.visit.app, &actor, &id).await?;
    }
    done?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST …/submission`
pub async fn submit(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let _: Attestation = call.body()?;
    act(call, id, IfMatch::Welcome, |tx, actor, slug, _| actions::submit(tx, actor, slug, true).map_err(in_answers))
        .await
}

/// `POST …/correction`: files the answers being corrected.
pub async fn correct(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let _: Attestation = call.body()?;
    act(call, id, IfMatch::Welcome, |tx, actor, slug, _| actions::correct(tx, actor, slug, true).map_err(in_answers))
        .await
}

/// `POST …/completion`: what was still expected after the decision.
pub async fn complete(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let _: Attestation = call.body()?;
    act(call, id, IfMatch::Welcome, |tx, actor, slug, _| actions::complete(tx, actor, slug).map_err(in_answers)).await
}

/// `POST …/withdrawal`
pub async fn withdraw(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let reason = call.body::<Withdrawal>()?.reason.map(|reason| reason.0).unwrap_or_default();
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| actions::withdraw(tx, actor, slug, &reason)).await
}

/// `POST …/answer`
pub async fn answer(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Reply = call.body()?;
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| actions::answer(tx, actor, slug, &body.text.0)).await
}

/// `POST …/review`: the decider starts on it.
pub async fn take_up(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let _: Option<Nothing> = call.body_if_any()?;
    act(call, id, IfMatch::Needed, |tx, actor, slug, _| actions::take_up(tx, actor, slug)).await
}

/// `POST …/question`
pub async fn ask(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Question = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        actions::ask(tx, actor, slug, version, &body.question.0)
    })
    .await
}

/// `POST …/continuation`: goes on without the answer.
pub async fn go_on(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Continuation = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        actions::go_on(tx, actor, slug, version, &body.reason.0)
    })
    .await
}

/// `POST …/referral`
pub async fn refer(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Referral = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        handing::refer(tx, actor, slug, version, &body.reason.0)
    })
    .await
}

/// `POST …/decision`
pub async fn decide(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Decision = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        let choice = Choice {
            outcome: body.outcome.0,
            reason: body.reason.map(|reason| reason.0).unwrap_or_default(),
            measures: body.measures.0.into_iter().map(|line| line.0.into()).collect(),
            version,
        };
        actions::decide(tx, actor, slug, &choice)
    })
    .await
}

/// `POST …/opinion`
pub async fn opine(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Opinion = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        if body.send_back {
            handing::send_back(tx, actor, slug, version, &body.opinion.0)
        } else {
            actions::opine(tx, actor, slug, &body.opinion.0)
        }
    })
    .await
}

/// `POST …/advice`: a structured opinion on a request for advice.
pub async fn advise(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Advice = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        let opinion = opinion::Opinion {
            facts: body.facts.0,
            norms: body.norms.0,
            analysis: body.analysis.0,
            recommendation: body.recommendation.0,
        };
        let compared: Vec<opinion::Compared> = body
            .precedents
            .into_iter()
            .map(|one| opinion::Compared {
                precedent: one.id,
                stance: Some(one.stance),
                reason: one.reason.map(|reason| reason.0).unwrap_or_default(),
            })
            .collect();
        ethics::actions::give_opinion(tx, actor, slug, version, &opinion, &compared)
    })
    .await
}

/// `POST …/closing`
pub async fn close(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Closing = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, _| actions::close(tx, actor, slug, &body.note.0)).await
}

/// `POST …/acknowledgement`: « J’ai lu ».
pub async fn acknowledge(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let _: Option<Nothing> = call.body_if_any()?;
    act(call, id, IfMatch::Welcome, |tx, actor, slug, _| acknowledging::acknowledge(tx, actor, slug)).await
}

/// `POST …/reassignment`
pub async fn reassign(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Reassignment = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, _| {
        handing::reassign(tx, actor, slug, &body.to.0, &body.reason.0)
    })
    .await
}

/// `POST …/outside-decision`
pub async fn record_outside(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: OutsideDecision = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        let given = outside::OutsideDecision {
            choice: Choice {
                outcome: body.outcome.0,
                reason: body.reason.0,
                measures: body.measures.0.into_iter().map(|line| line.0.into()).collect(),
                version,
            },
            authority: body.authority.0,
            decided_on: Some(body.decided_on),
            document: body.document.0,
        };
        outside::record(tx, actor, slug, &given)
    })
    .await
}

/// `POST …/direction`
pub async fn seek_direction(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: DirectionRequest = call.body()?;
    act(call, id, IfMatch::Needed, move |tx, actor, slug, version| {
        direction::seek(tx, actor, slug, version, &body.reason.0)
    })
    .await
}

/// `POST …/contestation`
pub async fn contest(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: Contestation = call.body()?;
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| direction::contest(tx, actor, slug, &body.reason.0)).await
}

/// `POST …/comments`
pub async fn comment(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: NewComment = call.body()?;
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| {
        let typed = comments::actions::Typed {
            text: body.text.0,
            audience: body.audience.as_str().to_owned(),
            about: body.about.map(|about| about.0).unwrap_or_default(),
        };
        comments::actions::write(tx, actor, slug, &typed).map_err(|error| renamed(error, "comment", "text"))
    })
    .await
}

/// The pages call a field by another name.
pub(crate) fn renamed(error: Error, page: &str, name: &str) -> Error {
    let rename =
        |error: FieldError| if error.field == page { FieldError { field: name.into(), ..error } } else { error };
    match error {
        Error::Invalid(errors) => Error::Invalid(errors.into_iter().map(rename).collect()),
        other => other,
    }
}

/// One action on one declaration: known to the actor, at the version read, once per key.
pub(crate) async fn act<F>(call: Call, id: web::Path<String>, if_match: IfMatch, work: F) -> Result<HttpResponse>
where
    F: FnOnce(&mut Tx<'_>, &Actor, &str, i32) -> Result<Declaration> + Send + 'static,
{
    call.asked()?.nothing_else()?;
    let (actor, id, conditions) = (call.visit.actor()?, slug(&id)?, call.conditions.clone());
    let (by, wanted) = (Arc::clone(&actor), id.clone());
    let done = call
        .visit
        .app
        .write(move |tx| {
            idempotency::once(tx, by.person, conditions.key.as_ref(), |tx| {
                let found = store::authorized(tx, &by, &wanted, Action::Read)?.declaration;
                match conditions.tags {
                    // `*` does not say what was read.
                    None | Some(Tags::Any) if if_match == IfMatch::Needed => return Err(Error::PreconditionRequired),
                    Some(tags) if !tags.match_version(found.version) => return Err(Error::Stale),
                    _ => {}
                }
                kept(&work(tx, &by, &wanted, found.version)?, StatusCode::OK)
            })
        })
        .await;
    if matches!(done, Err(Error::NotFound)) {
        reading::refused(&call.visit.app, &actor, &id).await?;
    }
    replied(&done?)
}

fn shaped(kind: &Kind, phase: Phase, answers: &Map<String, Value>, prefix: &str) -> Result<()> {
    let errors: Vec<FieldError> = shape::problems(kind, phase, answers)
        .into_iter()
        .map(|error| FieldError { field: format!("{prefix}{}", error.field), ..error })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Errors of the check before filing are about answers; the attestation has the name of its member.
fn in_answers(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(
            errors
                .into_iter()
                .map(|error| match error.field.as_str() {
                    "attestation" => FieldError { field: "attested".into(), ..error },
                    field => FieldError { field: format!("answers.{field}"), ..error },
                })
                .collect(),
        ),
        other => other,
    }
}

fn kept(declaration: &Declaration, status: StatusCode) -> Result<Answer> {
    Ok(Answer {
        status: i32::from(status.as_u16()),
        location: Some(show::href(declaration.slug())),
        body: serde_json::to_string(&show::receipt(declaration))?,
    })
}

/// The answer, the first time or again: the tag is that of the version in the receipt.
fn replied(answer: &Answer) -> Result<HttpResponse> {
    let receipt: Value = serde_json::from_str(&answer.body)?;
    let version = receipt.get("version").and_then(Value::as_i64).and_then(|version| i32::try_from(version).ok());
    let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let mut response = HttpResponse::build(status.unwrap_or(StatusCode::OK));
    response.content_type("application/json");
    if let Some(location) = &answer.location {
        response.insert_header((header::LOCATION, location.as_str()));
    }
    if let Some(version) = version {
        response.insert_header((header::ETAG, etag(version)));
    }
    Ok(response.body(answer.body.clone()))
}
