//! Sheets through the API: the same action, the same limits, the same two logs as the page.

use std::sync::Arc;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::actions::{self, Asked, LONGEST};
use super::page::note_refusal;
use super::sheet::Sheet;
use crate::access::PageAction;
use crate::access::policy::require_page;
use crate::declarations::api::call::Call;
use crate::declarations::api::words::Line;
use crate::error::{Error, FieldError, Result};
use crate::text::Language;
use crate::texts::say;
use crate::web::idempotency::{self, Answer};

/// A request for a sheet.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearanceRequest {
    /// What for; the people checked read it.
    pub purpose: Line,
    /// Employee numbers or names.
    #[schema(min_items = 1)]
    pub people: Vec<Line>,
    /// Number of a contract or notice on file. One of `contract` and `companies` is needed.
    pub contract: Option<Line>,
    /// NEQ or names.
    #[serde(default)]
    pub companies: Vec<Line>,
}

/// A sheet: a verdict for each person over the whole list of companies, never why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClearanceSheet {
    pub number: String,
    pub purpose: String,
    /// UTC.
    pub asked_at: String,
    pub asked_by: String,
    pub contract: Option<String>,
    /// Companies that the sheet is about.
    pub companies: Vec<ClearanceCompany>,
    pub people: Vec<ClearanceLine>,
    /// SHA-256 of the canonical sheet, also in the journal.
    pub fingerprint: String,
}

/// A company of a sheet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClearanceCompany {
    pub name: String,
    pub neq: Option<String>,
}

/// A person of a sheet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClearanceLine {
    pub number: String,
    pub name: String,
    /// `clear`, `declare_first` or `recuse`.
    pub verdict: String,
    /// What to do now, in a sentence.
    pub next_step: String,
}

fn view(sheet: &Sheet, language: Language) -> Result<ClearanceSheet> {
    Ok(ClearanceSheet {
        number: sheet.number.clone(),
        purpose: sheet.purpose.clone(),
        asked_at: sheet.asked_at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        asked_by: sheet.asked_by.clone(),
        contract: sheet.contract.clone(),
        companies: sheet
            .companies
            .iter()
            .map(|company| ClearanceCompany { name: company.name.clone(), neq: company.neq.clone() })
            .collect(),
        people: sheet
            .lines
            .iter()
            .map(|line| ClearanceLine {
                number: line.number.clone(),
                name: line.name.clone(),
                verdict: line.verdict.as_str().to_owned(),
                next_step: say(language, &format!("clearance-next-{}", line.verdict.word()), &[]),
            })
            .collect(),
        fingerprint: sheet.fingerprint()?,
    })
}

/// `GET /api/v1/clearance?person=&neq=&contract=&purpose=`: one person. It is a reading, that leaves the same sheet, the same
/// rows and the same event as any other; a read-only token is enough.
pub async fn check(call: Call) -> Result<HttpResponse> {
    let actor = call.visit.actor()?;
    let mut asked = call.asked()?;
    let mut text = |name: &str| asked.text(name);
    let (person, neq, contract, purpose) = (text("person")?, text("neq")?, text("contract")?, text("purpose")?);
    asked.nothing_else()?;
    let wanted = Asked {
        purpose: needed("purpose", purpose)?,
        contract: one_line(contract.unwrap_or_default()),
        companies: one_line(neq.unwrap_or_default()),
        roster: needed("person", person)?,
    };
    let by = Arc::clone(&actor);
    let given = call.visit.app.write(move |tx| actions::give(tx, &by, &wanted)).await;
    note_refusal(&call.visit, &actor, &given).await?;
    match given {
        Ok(sheet) => call.answer(&view(&sheet, call.visit.language)?),
        // What the description allows and the register does not know: 422, as in a body.
        Err(Error::Invalid(errors)) => Err(Error::Invalid(errors.into_iter().map(as_parameter).collect())),
        Err(error) => Err(error),
    }
}

/// Several people or companies are a roster: a parameter is one line.
fn one_line(text: String) -> String {
    text.replace(['\r', '\n'], " ")
}

/// A parameter that the description asks for.
fn needed(name: &str, given: Option<String>) -> Result<String> {
    let refuse = |error: FieldError| Err(Error::BadParameters(vec![error]));
    match given.filter(|text| !text.is_empty()) {
        None => refuse(FieldError::new(name, "error-missing-field")),
        Some(text) if text.chars().count() > LONGEST => refuse(FieldError::with(name, "error-too-long", LONGEST)),
        Some(text) => Ok(one_line(text)),
    }
}

/// The parameter that stands for a field of the form.
fn as_parameter(error: FieldError) -> FieldError {
    let name = match error.field.as_str() {
        "roster" => "person",
        "companies" => "neq",
        other => other,
    };
    FieldError { field: name.to_owned(), ..error }
}

/// `POST /api/v1/clearance`: a roster.
pub async fn ask(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let body: ClearanceRequest = call.body()?;
    let (actor, language, key) = (call.visit.actor()?, call.visit.language, call.conditions.key.clone());
    let lines = |lines: Vec<Line>| lines.into_iter().map(|line| line.0).collect::<Vec<_>>().join("\n");
    let wanted = Asked {
        purpose: body.purpose.0,
        contract: body.contract.map(|contract| contract.0).unwrap_or_default(),
        companies: lines(body.companies),
        roster: lines(body.people),
    };
    let by = Arc::clone(&actor);
    let given = call
        .visit
        .app
        .write(move |tx| {
            require_page(&tx.book.access, &by, PageAction::Clearances)?;
            idempotency::once(tx, by.person, key.as_ref(), |tx| {
                let sheet = actions::give(tx, &by, &wanted)?;
                let body = serde_json::to_string(&view(&sheet, language)?)?;
                Ok(Answer { status: 200, location: None, body })
            })
        })
        .await;
    note_refusal(&call.visit, &actor, &given).await?;
    let answer = given.map_err(|error| match error {
        Error::Invalid(errors) => Error::Invalid(errors.into_iter().map(as_body).collect()),
        other => other,
    })?;
    let shown: Value = serde_json::from_str(&answer.body)?;
    call.answer(&shown)
}

/// The member of the body that stands for a field of the form.
fn as_body(error: FieldError) -> FieldError {
    let name = if error.field == "roster" { "people".to_owned() } else { error.field.clone() };
    FieldError { field: name, ..error }
}
