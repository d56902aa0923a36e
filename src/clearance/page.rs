//! The list of sheets, and the form that asks for one.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::actions::{self, Asked};
use super::roster::Doubt;
use super::rules::Verdict;
use super::sheet::Sheet;
use super::{address, store};
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::lists::{Cursor, PAGE};
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats::format_datetime;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent, see_other};
use crate::web::problems::field_message;

/// `?apres=`
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct ListPage {
    lines: Vec<SheetLine>,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct SheetLine {
    href: String,
    number: String,
    purpose: String,
    contract: String,
    asked_by: String,
    asked_at: String,
    /// « 4 personnes : 3 rien à signaler… » is a count of verdicts, as the sheet shows them.
    told: String,
}

/// `GET /verifications`
pub async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse> {
    let (actor, language, after) = (visit.actor()?, visit.language, Cursor::parse(&query.apres));
    let by = Arc::clone(&actor);
    let (lines, next, owed) = visit
        .app
        .read(move |tx| {
            let whose = if actions::reads_all(tx, &by) { None } else { Some(by.person) };
            let (rows, next) = store::list(tx, whose, after.as_ref(), PAGE)?;
            let mut lines = Vec::with_capacity(rows.len());
            for row in rows {
                let sheet = store::sheet(tx, &row)?;
                lines.push(SheetLine {
                    href: address(&row.number),
                    number: row.number,
                    purpose: row.purpose,
                    contract: row.contract.unwrap_or_else(|| "–".to_owned()),
                    asked_by: row.asked_by_name,
                    asked_at: format_datetime(row.asked_at, tx.zone(), language),
                    told: told(&sheet, language),
                });
            }
            let owed = if lines.is_empty() { None } else { access_log::owed(tx, &by, "clearances")? };
            Ok((lines, next, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let content = ListPage {
        empty: lines.is_empty(),
        lines,
        previous_href: (!query.apres.is_empty()).then(|| "/verifications".to_owned()),
        next_href: next.map(|cursor| format!("/verifications?apres={}", percent(&cursor.to_string()))),
    };
    Page::titled(&visit, "clearance-title").wide().render("pages/clearance/list", &content)
}

/// How many people have each verdict, in a few words.
pub(super) fn told(sheet: &Sheet, language: crate::text::Language) -> String {
    Verdict::ALL
        .into_iter()
        .filter(|verdict| sheet.count(*verdict) > 0)
        .map(|verdict| {
            let count = [("count", Arg::from(sheet.count(verdict)))];
            say(language, &format!("clearance-count-{}", verdict.word()), &count)
        })
        .collect::<Vec<_>>()
        .join(", ")
}

#[derive(Serialize)]
struct NewPage {
    errors: Vec<ErrorView>,
    purpose: String,
    contract: String,
    companies: String,
    roster: String,
    purpose_error: Option<String>,
    contract_error: Option<String>,
    companies_errors: Vec<Problem>,
    roster_errors: Vec<Problem>,
    roster_hint: String,
}

/// What is wrong with one line, and what it perhaps means.
#[derive(Serialize)]
struct Problem {
    text: String,
    candidates: Vec<String>,
}

/// `GET /verifications/nouvelle`
pub async fn compose(visit: Visit) -> Result<HttpResponse> {
    render(&visit, &Asked::default(), &[], &[], None)
}

fn render(
    visit: &Visit,
    asked: &Asked,
    errors: &[FieldError],
    doubts: &[Doubt],
    refused: Option<StatusCode>,
) -> Result<HttpResponse> {
    let language = visit.language;
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let problems = |field: &str| -> Vec<Problem> {
        let of_field = errors.iter().filter(|error| error.field == field);
        of_field
            .map(|error| Problem {
                text: field_message(error, language),
                candidates: doubts
                    .iter()
                    .filter(|doubt| doubt.error() == *error)
                    .flat_map(|doubt| &doubt.candidates)
                    .map(
                        |one| {
                            if one.code.is_empty() { one.name.clone() } else { format!("{}, {}", one.code, one.name) }
                        },
                    )
                    .collect(),
            })
            .collect()
    };
    let settings = &visit.app.book.config.clearance;
    let most = i64::try_from(settings.people).unwrap_or(i64::MAX);
    let content = NewPage {
        errors: error_views(errors, language),
        purpose: asked.purpose.clone(),
        contract: asked.contract.clone(),
        companies: asked.companies.clone(),
        roster: asked.roster.clone(),
        purpose_error: message("purpose"),
        contract_error: message("contract"),
        companies_errors: problems("companies"),
        roster_errors: problems("roster"),
        roster_hint: say(language, "clearance-roster-hint", &[("most", Arg::from(most))]),
    };
    let page = Page::titled(visit, "clearance-new-title")
        .back("/verifications", "back-clearance")
        .with_errors(!errors.is_empty());
    let page = match refused {
        Some(status) => page.status(status),
        None => page,
    };
    page.render("pages/clearance/new", &content)
}

/// `POST /verifications/nouvelle`: the sheet, or the form with what to put right and nothing lost.
pub async fn create(visit: Visit, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, form) = (visit.actor()?, form.into_inner());
    let one = |name: &str| {
        form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.replace('\0', ""))
    };
    let asked = Asked {
        purpose: one("purpose"),
        contract: one("contract"),
        companies: one("companies"),
        roster: one("roster"),
    };
    match ask(&visit, &actor, &asked).await {
        Ok(sheet) => Ok(see_other(&address(&sheet.number), Some("flash-clearance"))),
        Err(Error::Invalid(errors)) => {
            let again = asked.clone();
            let doubts = visit.app.read(move |tx| actions::doubts(tx, &again)).await?;
            render(&visit, &asked, &errors, &doubts, None)
        }
        Err(Error::TooMany(_)) => {
            let errors = [FieldError::new("roster", "error-clearance-limit")];
            render(&visit, &asked, &errors, &[], Some(StatusCode::TOO_MANY_REQUESTS))
        }
        Err(error) => Err(error),
    }
}

/// Asks for a sheet on behalf of somebody who may change something; a request refused for its number leaves a row in the
/// access log.
pub(super) async fn ask(visit: &Visit, actor: &Arc<Actor>, asked: &Asked) -> Result<Sheet> {
    let (by, wanted) = (Arc::clone(actor), asked.clone());
    let given = visit
        .app
        .write(move |tx| {
            require_page(&tx.book.access, &by, PageAction::Clearances)?;
            actions::give(tx, &by, &wanted)
        })
        .await;
    note_refusal(visit, actor, &given).await?;
    given
}

/// See [`ask`].
pub(super) async fn note_refusal<T>(visit: &Visit, actor: &Arc<Actor>, given: &Result<T>) -> Result<()> {
    if !matches!(given, Err(Error::TooMany(_))) {
        return Ok(());
    }
    let by = Arc::clone(actor);
    visit.app.write(move |tx| access_log::stopped(tx, &by, "clearance")).await
}
