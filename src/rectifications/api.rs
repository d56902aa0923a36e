//! Rectifications through the API: the same actions and the same policy as the pages.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::{self, Rectification, Verdict};
use super::{actions, list_page, times};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::api::call::Call;
use crate::declarations::api::commands::{IfMatch, act, renamed};
use crate::declarations::api::show;
use crate::declarations::api::words::{Line, Prose};
use crate::declarations::reading;
use crate::error::Result;

/// A request for rectification of a declaration, and its answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RectificationItem {
    /// Id of the answer on file that it is about; the whole file without it.
    pub about: Option<String>,
    pub text: String,
    pub asked_by: String,
    pub asked_at: DateTime<Utc>,
    /// The last day to answer.
    pub due_on: NaiveDate,
    /// Why more time was taken to answer, when it was.
    pub extension: Option<String>,
    /// `granted` or `refused`; nothing while it waits.
    pub verdict: Option<String>,
    /// Reason or detail of the answer.
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// A request that waits for this person's answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WaitingRectification {
    /// Reference of the declaration.
    pub declaration: String,
    pub asked_on: NaiveDate,
    /// The last day to answer.
    pub due_on: NaiveDate,
    /// More time was taken.
    pub extended: bool,
    pub href: String,
}

/// The requests that wait, the oldest first, 50 at most.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfRectifications {
    pub items: Vec<WaitingRectification>,
}

/// Says what is inaccurate, incomplete or equivocal in one's own file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RectificationRequest {
    pub text: Prose,
    /// Id of the answer on file that it is about; the whole file without it.
    pub about: Option<Line>,
}

/// Grants or refuses a request.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RectificationAnswer {
    pub verdict: VerdictName,
    /// Needed by a refusal.
    pub text: Option<Prose>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    Granted,
    Refused,
}

/// Takes more time to answer, once.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RectificationExtension {
    pub reason: Prose,
}

/// The requests about a declaration, oldest first.
///
/// # Errors
/// What was written does not open.
pub fn items(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<RectificationItem>> {
    let found = store::of(tx, declaration)?;
    Ok(found.into_iter().map(|one| item(tx, one)).collect())
}

fn item(tx: &Tx<'_>, one: Rectification) -> RectificationItem {
    let due_on = times::due(tx, one.asked_at, one.extension.is_some());
    let answer = one.answer.as_ref();
    RectificationItem {
        about: one.field,
        text: one.text,
        asked_by: one.asked_by,
        asked_at: one.asked_at.and_utc(),
        due_on,
        extension: one.extension.map(|extension| extension.text),
        verdict: answer.map(|answer| answer.verdict.as_str().to_owned()),
        answered_by: answer.map(|answer| answer.by.clone()),
        answered_at: answer.map(|answer| answer.at.and_utc()),
        answer: one.answer.map(|answer| answer.text).filter(|text| !text.is_empty()),
    }
}

/// `GET /api/v1/rectifications`
pub async fn list(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let actor = call.visit.actor()?;
    let by = Arc::clone(&actor);
    let (items, owed) = call
        .visit
        .app
        .read(move |tx| {
            let (found, _) = list_page::readable(tx, &by, false, None)?;
            let owed = list_page::owed(tx, &by, &found)?;
            let waiting = |one: store::Listed| WaitingRectification {
                declaration: one.declaration.slug().to_owned(),
                asked_on: local_date(one.asked_at, tx.zone()),
                due_on: times::due(tx, one.asked_at, one.extended),
                extended: one.extended,
                href: show::href(one.declaration.slug()),
            };
            Ok((found.into_iter().map(waiting).collect(), owed))
        })
        .await?;
    reading::opened(&call.visit.app, &actor, owed).await?;
    call.answer(&ListOfRectifications { items })
}

/// `POST …/rectification`
pub async fn ask(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: RectificationRequest = call.body()?;
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| {
        let about = body.about.map(|about| about.0).unwrap_or_default();
        actions::ask(tx, actor, slug, &about, &body.text.0).map_err(|error| renamed(error, "rectification", "text"))
    })
    .await
}

/// `POST …/rectification-answer`
pub async fn answer(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: RectificationAnswer = call.body()?;
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| {
        let verdict = match body.verdict {
            VerdictName::Granted => Verdict::Granted,
            VerdictName::Refused => Verdict::Refused,
        };
        let text = body.text.map(|text| text.0).unwrap_or_default();
        actions::answer(tx, actor, slug, verdict.as_str(), &text)
            .map_err(|error| renamed(error, "rectification", "text"))
    })
    .await
}

/// `POST …/rectification-extension`
pub async fn extend(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: RectificationExtension = call.body()?;
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| {
        actions::extend(tx, actor, slug, &body.reason.0).map_err(|error| renamed(error, "extension", "reason"))
    })
    .await
}
