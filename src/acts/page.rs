//! The pages of acts: what waits for a second person, one request, and what is asked from here.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::act::{Act, ActKind};
use super::store::{Request, Standing};
use super::{actions, exports, store};
use crate::access::Actor;
use crate::app::Tx;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats::format_datetime;
use crate::people;
use crate::text::Language;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// Requests shown, the last first.
const SHOWN: i64 = 50;

/// What is typed to ask for an act.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    act: String,
    reason: String,
    /// Of the sealed file to read.
    reference: String,
    /// Of an export.
    file: String,
    query: String,
}

#[derive(Serialize)]
struct ListPage {
    waiting: Vec<RequestView>,
    past: Vec<RequestView>,
    asks_emergency: bool,
    asks_rotation: bool,
    hours: i64,
    typed: Typed,
    errors: Vec<ErrorView>,
    reference_error: Option<String>,
    /// One of its fields is to be corrected.
    emergency_open: bool,
    /// Of each of the two forms.
    emergency_error: Option<String>,
    rotation_error: Option<String>,
}

#[derive(Serialize)]
struct RequestView {
    href: String,
    words: String,
    who: String,
    at: String,
    standing: &'static str,
    standing_label: String,
}

fn view(tx: &mut Tx<'_>, request: &Request, language: Language) -> Result<RequestView> {
    let standing = request.standing(tx.now());
    Ok(RequestView {
        href: format!("/actes/{}", request.id),
        words: request.act.words(tx, language)?,
        who: people::store::find(tx, request.asked_by)?.name(),
        at: format_datetime(request.asked_at, tx.zone(), language),
        standing: standing.as_str(),
        standing_label: say(language, &format!("act-{}", standing.as_str()), &[]),
    })
}

/// May this person see this request: whoever asked, whoever may approve, the ethics office?
fn is_seen_by(tx: &Tx<'_>, actor: &Actor, request: &Request) -> bool {
    request.asked_by == actor.person
        || tx.book.access.approves(request.act.kind(), actor)
        || actor.has(crate::access::Role::EthicsOfficer)
}

/// `GET /actes`
pub async fn list(visit: Visit) -> Result<HttpResponse> {
    list_page(&visit, Typed::default(), &[]).await
}

async fn list_page(visit: &Visit, typed: Typed, errors: &[FieldError]) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let access = &visit.app.book.access;
    let (asks_emergency, asks_rotation) =
        (access.asks(ActKind::EmergencyReading, &actor), access.asks(ActKind::KeyRotation, &actor));
    let by = Arc::clone(&actor);
    let (waiting, past, owed) = visit
        .app
        .read(move |tx| {
            let (mut waiting, mut past) = (Vec::new(), Vec::new());
            for request in store::last(tx, SHOWN)? {
                if !is_seen_by(tx, &by, &request) {
                    continue;
                }
                let line = view(tx, &request, language)?;
                if request.standing(tx.now()) == Standing::Waiting { waiting.push(line) } else { past.push(line) }
            }
            let empty = waiting.is_empty() && past.is_empty();
            let owed = if empty { None } else { access_log::owed(tx, &by, "acts")? };
            Ok((waiting, past, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let views = error_views(errors, language);
    let of = |field: &str| {
        let found = errors.iter().zip(&views).find(|(error, _)| error.field == field);
        found.map(|(_, view)| view.text.clone())
    };
    let content = ListPage {
        waiting,
        past,
        asks_emergency,
        asks_rotation,
        hours: visit.app.book.config.acts.hours,
        typed,
        reference_error: of("reference"),
        emergency_open: of("reference").or(of("reason")).is_some(),
        emergency_error: of("reason"),
        rotation_error: of("why"),
        errors: views.clone(),
    };
    Page::titled(visit, "acts-title").with_errors(!errors.is_empty()).render("pages/acts/list", &content)
}

#[derive(Serialize)]
struct AskPage {
    words: String,
    rows: i64,
    most: i64,
    hours: i64,
    typed: Typed,
    errors: Vec<ErrorView>,
    reason_error: Option<String>,
}

/// `GET /actes/demande`: an export over the limit leads here.
pub async fn ask_page(visit: Visit, query: web::Query<Typed>) -> Result<HttpResponse> {
    export_page(&visit, query.into_inner(), &[]).await
}

async fn export_page(visit: &Visit, typed: Typed, errors: &[FieldError]) -> Result<HttpResponse> {
    let language = visit.language;
    let (actor, asked) = (visit.actor()?, typed.clone());
    let (words, rows) = visit
        .app
        .read(move |tx| {
            let act = exports::of_form(tx, &actor, &asked.file, &asked.query)?;
            let Act::Export { rows, .. } = &act else { return Err(Error::NotFound) };
            Ok((act.words(tx, language)?, *rows))
        })
        .await?;
    let views = error_views(errors, language);
    let content = AskPage {
        words,
        rows,
        most: visit.app.book.config.acts.export_rows,
        hours: visit.app.book.config.acts.hours,
        typed,
        reason_error: views.first().map(|view| view.text.clone()),
        errors: views,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::titled(visit, "act-export-title")
        .status(status)
        .back("/registre", "nav-register")
        .with_errors(!errors.is_empty())
        .render("pages/acts/export", &content)
}

/// `POST /actes`: asks for an export, for reading in an emergency or for the rotation of keys.
pub async fn ask(visit: Visit, form: web::Form<Typed>) -> Result<HttpResponse> {
    let (actor, typed) = (visit.actor()?, form.into_inner());
    let asked = typed.clone();
    let done = visit
        .app
        .write(move |tx| {
            let act = match ActKind::parse(&asked.act) {
                Some(ActKind::Export) => exports::of_form(tx, &actor, &asked.file, &asked.query)?,
                Some(ActKind::EmergencyReading) => {
                    Act::EmergencyReading { reference: asked.reference.trim().to_uppercase() }
                }
                Some(ActKind::KeyRotation) => Act::KeyRotation,
                Some(ActKind::RoleGrant | ActKind::Destruction | ActKind::AccountRestoration) | None => {
                    return Err(Error::BadRequest("problem-bad-request"));
                }
            };
            actions::ask(tx, &actor, &act, &asked.reason)
        })
        .await;
    match done {
        Ok(id) => Ok(see_other(&format!("/actes/{id}"), Some("flash-act-asked"))),
        Err(Error::Invalid(errors)) if typed.act == ActKind::Export.as_str() => {
            export_page(&visit, typed, &errors).await
        }
        Err(Error::Invalid(mut errors)) => {
            // The page has two boxes for a reason.
            for error in errors.iter_mut().filter(|error| error.field == "reason") {
                error.field = if typed.act == ActKind::KeyRotation.as_str() { "why" } else { "reason" }.into();
            }
            list_page(&visit, typed, &errors).await
        }
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct OnePage {
    id: i64,
    words: String,
    filter: Option<String>,
    /// Of an account to open again: why it is suspended.
    suspended: Option<String>,
    reason: String,
    who: String,
    at: String,
    standing: &'static str,
    standing_label: String,
    waits: bool,
    expires: String,
    decided: Option<String>,
    decided_at: Option<String>,
    refusal: Option<String>,
    may_decide: bool,
    may_withdraw: bool,
    /// Why this person cannot decide, who might think they can.
    own: bool,
    /// Where the approval leads whoever asked.
    opens: Option<String>,
    command: bool,
    typed: String,
    errors: Vec<ErrorView>,
    reason_error: Option<String>,
}

/// `GET /actes/{id}`
pub async fn show(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    one_page(&visit, id.into_inner(), String::new(), &[]).await
}

async fn one_page(visit: &Visit, id: i64, typed: String, errors: &[FieldError]) -> Result<HttpResponse> {
    let (actor, language, views) = (visit.actor()?, visit.language, error_views(errors, visit.language));
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read(move |tx| {
            let request = store::find(tx, id)?;
            if !is_seen_by(tx, &by, &request) {
                return Err(Error::NotFound);
            }
            let owed = access_log::owed(tx, &by, "act")?;
            let (now, zone) = (tx.now(), tx.zone());
            let standing = request.standing(now);
            let mine = request.asked_by == by.person;
            let open = matches!(standing, Standing::InForce | Standing::Done) && mine;
            let decided = match request.decided_by {
                Some(by) => Some(people::store::find(tx, by)?.name()),
                None => None,
            };
            let content = OnePage {
                id,
                words: request.act.words(tx, language)?,
                filter: request.act.filter(),
                suspended: why_suspended(tx, &request.act)?,
                reason: if request.reason.is_empty() {
                    say(language, "act-words-destroyed", &[])
                } else {
                    request.reason.clone()
                },
                who: people::store::find(tx, request.asked_by)?.name(),
                at: format_datetime(request.asked_at, zone, language),
                standing: standing.as_str(),
                standing_label: say(language, &format!("act-{}", standing.as_str()), &[]),
                waits: matches!(standing, Standing::Waiting | Standing::InForce),
                expires: format_datetime(request.expires_at, zone, language),
                decided,
                decided_at: request.decided_at.map(|at| format_datetime(at, zone, language)),
                refusal: request.words.clone(),
                may_decide: request.decidable_by(&tx.book.access, &by, now).is_ok(),
                may_withdraw: mine && standing == Standing::Waiting,
                own: mine && standing == Standing::Waiting,
                opens: request.act.opens().filter(|_| open || matches!(request.act, Act::Destruction { .. })),
                command: open && request.act == Act::KeyRotation,
                typed,
                reason_error: views.first().map(|view| view.text.clone()),
                errors: views,
            };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    Page::titled(visit, "act-title")
        .back("/actes", "nav-acts")
        .with_errors(!errors.is_empty())
        .render("pages/acts/one", &content)
}

/// Whoever approves that an account opens again reads why it was shut.
fn why_suspended(tx: &mut Tx<'_>, act: &Act) -> Result<Option<String>> {
    let Act::AccountRestoration { number } = act else { return Ok(None) };
    let Some(person) = people::store::find_by_number(tx, number)? else { return Ok(None) };
    Ok(people::suspension::of(tx, person.id)?.map(|suspension| suspension.reason))
}

/// `POST /actes/{id}/approbation`
pub async fn approve(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, id.into_inner());
    visit.app.write(move |tx| actions::approve(tx, &actor, id).map(drop)).await?;
    Ok(see_other(&format!("/actes/{id}"), Some("flash-act-approved")))
}

#[derive(Deserialize)]
pub struct Refusal {
    #[serde(default)]
    reason: String,
}

/// `POST /actes/{id}/refus`
pub async fn refuse(visit: Visit, id: web::Path<i64>, form: web::Form<Refusal>) -> Result<HttpResponse> {
    let (actor, id, reason) = (visit.actor()?, id.into_inner(), form.into_inner().reason);
    let given = reason.clone();
    match visit.app.write(move |tx| actions::refuse(tx, &actor, id, &given)).await {
        Ok(()) => Ok(see_other(&format!("/actes/{id}"), Some("flash-act-refused"))),
        Err(Error::Invalid(errors)) => one_page(&visit, id, reason, &errors).await,
        Err(error) => Err(error),
    }
}

/// `POST /actes/{id}/retrait`
pub async fn withdraw(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, id.into_inner());
    visit.app.write(move |tx| actions::withdraw(tx, &actor, id)).await?;
    Ok(see_other(&format!("/actes/{id}"), Some("flash-act-withdrawn")))
}
