//! Absences through the API: what an agenda or a leave system tells of a person, for that person alone.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::PersonId;
use super::absences::{self, EVERYTHING, NewAbsence};
use super::store;
use crate::app::Tx;
use crate::declarations::api::call::Call;
use crate::declarations::api::words::Line;
use crate::error::{Error, Result};
use crate::web::idempotency::{self, Answer};

/// When a person is away, and who acts in their place.
#[derive(Debug, Serialize, ToSchema)]
pub struct AbsenceItem {
    pub id: i64,
    pub first_day: NaiveDate,
    /// Nothing when the day of return is not known.
    pub last_day: Option<NaiveDate>,
    /// Number in the directory of who acts; nothing when files go up the line.
    pub delegate: Option<String>,
    /// `*`, or the kind of declaration it is about.
    pub scope: String,
    /// `planned`, `running`, `over` or `cancelled`.
    pub stage: String,
}

/// The absences of a person, the last begun first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfAbsences {
    pub items: Vec<AbsenceItem>,
}

/// Says when one is away.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceToSet {
    pub first_day: NaiveDate,
    pub last_day: Option<NaiveDate>,
    /// Number, address or full name of who acts.
    pub delegate: Option<Line>,
    /// A kind of declaration; every kind when it is left out.
    pub scope: Option<Line>,
}

/// `GET /api/v1/absences`
pub async fn list(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let actor = call.visit.actor()?;
    let shown = call.visit.app.read(move |tx| of(tx, actor.person)).await?;
    call.answer(&shown)
}

/// `POST /api/v1/absences`
pub async fn set(call: Call) -> Result<HttpResponse> {
    let body: AbsenceToSet = call.body()?;
    let text = |line: Option<Line>, default: &str| line.map_or_else(|| default.to_owned(), |line| line.0);
    let new = NewAbsence {
        first_day: body.first_day,
        last_day: body.last_day,
        delegate: text(body.delegate, ""),
        scope: text(body.scope, EVERYTHING),
    };
    act(call, move |tx, person| absences::set(tx, Some(person), person, &new).map(drop)).await
}

/// `POST /api/v1/absences/{id}/end`
pub async fn end(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    act(call, move |tx, person| absences::end(tx, Some(person), person, id)).await
}

/// One change to the absences of who calls, once per key; answers with what they are then.
async fn act<F>(call: Call, work: F) -> Result<HttpResponse>
where
    F: FnOnce(&mut Tx<'_>, PersonId) -> Result<()> + Send + 'static,
{
    call.asked()?.nothing_else()?;
    let (actor, key) = (call.visit.actor()?, call.conditions.key.clone());
    let by = Arc::clone(&actor);
    let done = call
        .visit
        .app
        .write(move |tx| {
            idempotency::once(tx, by.person, key.as_ref(), |tx| {
                work(tx, by.person)?;
                let body = serde_json::to_string(&of(tx, by.person)?)?;
                Ok(Answer { status: 200, location: None, body })
            })
        })
        .await?;
    let shown: Value = serde_json::from_str(&done.body)?;
    call.answer(&shown)
}

fn of(tx: &mut Tx<'_>, person: PersonId) -> Result<ListOfAbsences> {
    let mut items = Vec::new();
    for absence in absences::of_person(tx, person)? {
        let delegate = absence.delegate_id.map(|id| store::find(tx, id)).transpose()?;
        items.push(AbsenceItem {
            id: absence.id,
            first_day: absence.first_day,
            last_day: absence.last_day,
            delegate: delegate.map(|delegate| delegate.number),
            stage: absence.stage().as_str().to_owned(),
            scope: absence.scope,
        });
    }
    Ok(ListOfAbsences { items })
}
