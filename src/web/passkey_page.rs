//! Passkeys of a person, and the form that asks a browser for a proof.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::Visit;
use super::page::{Page, see_other};
use crate::clock::Instant;
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats::format_datetime;
use crate::people::passkeys::{self, Asked};
use crate::people::store;

/// What a form carries so that the browser can answer.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    challenge: String,
    /// JSON for `navigator.credentials`.
    options: String,
}

impl Question {
    /// # Errors
    /// Never in practice: what the library asks always has a JSON form.
    pub fn of<C: Serialize>(asked: &Asked<C>) -> Result<Self> {
        Ok(Self { challenge: asked.challenge.clone(), options: serde_json::to_string(&asked.options)? })
    }
}

/// What the browser answered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub question: String,
    pub answer: String,
}

#[derive(Serialize)]
struct KeysPage {
    keys: Vec<KeyView>,
    /// Nothing when this address takes no key, or there are enough.
    question: Option<Question>,
    address: String,
    name: String,
    errors: Vec<ErrorView>,
    name_error: Option<String>,
    passkey_error: Option<String>,
}

#[derive(Serialize)]
struct KeyView {
    name: String,
    made: String,
    used: Option<String>,
    remove: String,
}

/// `GET /preferences/cles`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    page(&visit, String::new(), &[]).await
}

async fn page(visit: &Visit, name: String, errors: &[FieldError]) -> Result<HttpResponse> {
    let (by, language) = (visit.actor()?.person, visit.language);
    let zone = visit.app.book.calendar.default_zone();
    // Asking is a write: each question serves once.
    let (keys, question) = visit
        .app
        .write(move |tx| {
            let person = store::find(tx, by)?;
            let question = match passkeys::begin(tx, &person) {
                Ok(asked) => Some(Question::of(&asked)?),
                Err(Error::NotPossible(_)) => None,
                Err(error) => return Err(error),
            };
            Ok((passkeys::of(tx, by)?, question))
        })
        .await?;
    let when = |at: Instant| format_datetime(at, zone, language);
    let views = error_views(errors, language);
    let of = |field: &str| {
        errors.iter().zip(&views).find(|(error, _)| error.field == field).map(|(_, view)| view.text.clone())
    };
    let content = KeysPage {
        keys: keys
            .into_iter()
            .map(|key| KeyView {
                made: when(key.made_at),
                used: key.used_at.map(when),
                remove: format!("/preferences/cles/{}/retrait", key.id),
                name: key.name,
            })
            .collect(),
        question,
        address: passkeys::address(&visit.app.book.config),
        name,
        name_error: of("name"),
        passkey_error: of("passkey"),
        errors: views,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::titled(visit, "passkeys-title")
        .back("/preferences", "back-preferences")
        .status(status)
        .with_errors(!errors.is_empty())
        .render("pages/passkeys", &content)
}

#[derive(Deserialize)]
pub struct Made {
    #[serde(default)]
    name: String,
    #[serde(flatten)]
    answer: Answer,
}

/// `POST /preferences/cles`
pub async fn add(visit: Visit, form: web::Form<Made>) -> Result<HttpResponse> {
    let by = visit.actor()?.person;
    let session = visit.session.clone().ok_or(Error::SignedOut)?;
    let Made { name, answer } = form.into_inner();
    let typed = name.clone();
    let added = visit
        .app
        .write(move |tx| {
            let person = store::find(tx, by)?;
            passkeys::add(tx, &person, &session, &answer.question, &answer.answer, &name)
        })
        .await;
    match added {
        Ok(()) => Ok(see_other("/preferences/cles", Some("flash-passkey"))),
        Err(Error::Invalid(errors)) => page(&visit, typed, &errors).await,
        Err(error) => Err(error),
    }
}

/// `POST /preferences/cles/{id}/retrait`
pub async fn remove(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let by = visit.actor()?.person;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    visit.app.write(move |tx| passkeys::remove(tx, by, id)).await?;
    Ok(see_other("/preferences/cles", Some("flash-passkey-removed")))
}
