//! Measures through the API: the same actions, the same policy, the same words as the pages.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::actions;
use super::lists::{self, Filter, View, Which};
use super::page::{can, log_reading, refused};
use super::store::{self, Authorized, Measure};
use super::workflow::Expected;
use crate::access::{Actor, MeasureAction};
use crate::app::Tx;
use crate::declarations::api::asked::{self, Order};
use crate::declarations::api::call::{Call, Tags};
use crate::declarations::api::words::Prose;
use crate::declarations::reading;
use crate::error::{Error, Result};
use crate::web::idempotency::{self, Answer};

/// One measure of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureLine {
    pub id: i64,
    /// Place among the measures of its declaration, from 1.
    pub number: i32,
    /// Reference of the declaration.
    pub declaration: Option<String>,
    pub kind: String,
    pub text: String,
    pub owner: String,
    /// Id of the proof asked, in the kind.
    pub evidence: String,
    /// `open`, `overdue`, `proof_given`, `verified` or `lifted`.
    pub state: String,
    pub due_on: NaiveDate,
    /// Months between two attestations by the supervisor.
    pub every_months: Option<i32>,
}

/// A page of measures.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfMeasures {
    pub items: Vec<MeasureLine>,
    /// `cursor` of the next page.
    pub next: Option<String>,
}

/// One measure, as this reader sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureItem {
    pub id: i64,
    /// The version of `If-Match`.
    pub version: i32,
    pub number: i32,
    pub declaration: Option<String>,
    pub kind: String,
    pub text: String,
    pub owner: String,
    pub evidence: String,
    /// `open`, `overdue`, `proof_given`, `verified` or `lifted`.
    pub state: String,
    /// `proof` or `attestation`.
    pub expected: String,
    pub due_on: NaiveDate,
    pub every_months: Option<i32>,
    pub proof: Option<String>,
    /// Names of the files joined to the proof; they are read on the page.
    pub files: Vec<String>,
    /// Why it was sent back, denied or lifted.
    pub reason: Option<String>,
    /// Last parts of the addresses of what this reader may do now.
    pub actions: Vec<String>,
}

/// Shows that a measure is carried out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureProof {
    pub text: Prose,
}

/// Says whether the proof shows it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureVerification {
    pub verified: bool,
    /// Needed when it does not.
    pub reason: Option<Prose>,
}

/// Says whether a lasting measure still holds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureAttestation {
    pub holds: bool,
    /// Needed when it does not.
    pub reason: Option<Prose>,
}

/// Gives a measure to somebody else to carry out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureHandOn {
    /// Number, address or name of a member of staff.
    pub to: Prose,
    /// The usual time from today when absent.
    pub due: Option<NaiveDate>,
    pub reason: Prose,
}

/// Says that a measure is no longer asked.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureLifting {
    pub reason: Prose,
}

/// `GET /api/v1/measures`
pub async fn list(call: Call) -> Result<HttpResponse> {
    let actor = call.visit.actor()?;
    let mut asked = call.asked()?;
    let view = asked.one("whose", View::parse)?.unwrap_or(View::Miennes);
    let which = asked.one("state", Which::parse)?.unwrap_or_default();
    let book = &call.visit.app.book;
    let kind = asked.one("kind", |id| book.catalogue.kind(id).map(|version| version.kind.id.clone()))?;
    let (size, after) = (asked.limit()?, asked.cursor(Order::Date)?);
    asked.nothing_else()?;
    let filter = Filter { which, kind };
    let by = Arc::clone(&actor);
    let (page, owed, today) = call
        .visit
        .app
        .read(move |tx| {
            if !lists::views(tx, &by).contains(&view) {
                return Err(Error::NotAllowed);
            }
            let page = lists::list(tx, &by, view, &filter, after.as_ref(), size)?;
            let owed = lists::owed(tx, &by, &page)?;
            Ok((page, owed, tx.today()))
        })
        .await?;
    if view != View::Miennes {
        call.visit.limits.rows(actor.person, page.rows.len())?;
    }
    reading::opened(&call.visit.app, &actor, owed).await?;
    let next = page.next.as_ref().and_then(|cursor| asked::cursor_text(cursor, Order::Date));
    let items = page
        .rows
        .into_iter()
        .map(|row| MeasureLine {
            id: row.id,
            number: row.number,
            state: row.state(today).as_str().to_owned(),
            owner: row.owner(),
            declaration: row.reference,
            kind: row.kind,
            text: row.text,
            evidence: row.evidence,
            due_on: row.due_on,
            every_months: row.every_months,
        })
        .collect();
    call.answer(&ListOfMeasures { items, next })
}

/// `GET /api/v1/measures/{id}`
pub async fn show(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let (id, actor) = (number(&id)?, call.visit.actor()?);
    let by = Arc::clone(&actor);
    let loaded = call
        .visit
        .app
        .read(move |tx| {
            let found = store::authorized(tx, &by, id, MeasureAction::Read)?;
            Ok((item(tx, &by, &found)?, found))
        })
        .await;
    let (shown, found) = match loaded {
        Err(Error::NotFound) => {
            refused(&call.visit, id).await?;
            return Err(Error::NotFound);
        }
        other => other?,
    };
    log_reading(&call.visit, &found).await?;
    call.answer_version(shown.version, &shown)
}

/// The number of a measure, written one way only.
fn number(id: &str) -> Result<i64> {
    id.parse().ok().filter(|number: &i64| *number > 0 && number.to_string() == id).ok_or(Error::NotFound)
}

fn item(tx: &mut Tx<'_>, actor: &Actor, found: &Authorized) -> Result<MeasureItem> {
    let Authorized { measure, declaration, owner, .. } = found;
    let may = can(&tx.book.access, actor, found);
    let actions = [
        (may.prove, "proof"),
        (may.verify, "verification"),
        (may.attest, "attestation"),
        (may.hand_on, "owner"),
        (may.lift, "lifting"),
    ];
    Ok(MeasureItem {
        id: measure.id,
        version: measure.version,
        number: measure.number,
        declaration: declaration.reference.clone(),
        kind: declaration.kind.clone(),
        text: measure.text.clone(),
        owner: owner.name(),
        evidence: measure.evidence.clone(),
        state: measure.shown(tx.today()).as_str().to_owned(),
        expected: match measure.expected() {
            Expected::Proof => "proof".to_owned(),
            Expected::Attestation => "attestation".to_owned(),
        },
        due_on: measure.due_on,
        every_months: measure.every_months,
        proof: measure.proof.clone(),
        files: store::files(tx, measure.id)?.into_iter().map(|(_, name, _)| name).collect(),
        reason: measure.reason.clone(),
        actions: actions.into_iter().filter(|(may, _)| *may).map(|(_, name)| name.to_owned()).collect(),
    })
}

/// `POST …/proof`
pub async fn prove(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: MeasureProof = call.body()?;
    act(call, id, move |tx, actor, id, _| actions::prove(tx, actor, id, &body.text.0, &[])).await
}

/// `POST …/verification`
pub async fn verify(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: MeasureVerification = call.body()?;
    let reason = body.reason.map(|reason| reason.0).unwrap_or_default();
    act(call, id, move |tx, actor, id, version| {
        if body.verified {
            actions::verify(tx, actor, id, version, &reason)
        } else {
            actions::send_back(tx, actor, id, version, &reason)
        }
    })
    .await
}

/// `POST …/attestation`
pub async fn attest(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: MeasureAttestation = call.body()?;
    let reason = body.reason.map(|reason| reason.0).unwrap_or_default();
    act(call, id, move |tx, actor, id, version| {
        if body.holds {
            actions::attest(tx, actor, id, version, &reason)
        } else {
            actions::deny(tx, actor, id, version, &reason)
        }
    })
    .await
}

/// `POST …/owner`
pub async fn hand_on(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: MeasureHandOn = call.body()?;
    let due = body.due.map(|day| day.to_string()).unwrap_or_default();
    let heir = actions::Heir { to: body.to.0, due, reason: body.reason.0 };
    act(call, id, move |tx, actor, id, version| actions::hand_on(tx, actor, id, version, &heir)).await
}

/// `POST …/lifting`
pub async fn lift(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: MeasureLifting = call.body()?;
    act(call, id, move |tx, actor, id, version| actions::lift(tx, actor, id, version, &body.reason.0)).await
}

/// One action on one measure: known to the actor, at the version read, once per key.
async fn act<F>(call: Call, id: web::Path<String>, work: F) -> Result<HttpResponse>
where
    F: FnOnce(&mut Tx<'_>, &Actor, i64, i32) -> Result<Measure> + Send + 'static,
{
    call.asked()?.nothing_else()?;
    let (actor, id, conditions) = (call.visit.actor()?, number(&id)?, call.conditions.clone());
    let done = call
        .visit
        .app
        .write(move |tx| {
            idempotency::once(tx, actor.person, conditions.key.as_ref(), |tx| {
                let found = store::authorized(tx, &actor, id, MeasureAction::Read)?.measure;
                match conditions.tags {
                    // `*` does not say what was read.
                    None | Some(Tags::Any) => return Err(Error::PreconditionRequired),
                    Some(tags) if !tags.match_version(found.version) => return Err(Error::Stale),
                    Some(_) => {}
                }
                work(tx, &actor, id, found.version)?;
                let after = store::authorized(tx, &actor, id, MeasureAction::Read)?;
                let body = serde_json::to_string(&item(tx, &actor, &after)?)?;
                Ok(Answer { status: 200, location: None, body })
            })
        })
        .await;
    if matches!(done, Err(Error::NotFound)) {
        refused(&call.visit, id).await?;
    }
    let shown: Value = serde_json::from_str(&done?.body)?;
    call.answer(&shown)
}
