//! Proving again who one is, before what matters most: a session left open on a desk grants no role, exports no register,
//! decides no conflict of interest and opens no advice; nor does a token, unless its owner proved it in a browser.
//! `[[confirmed]]` in `access.toml` lists the addresses.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::Visit;
use super::kept;
use super::page::{Page, local_path, percent, see_other};
use super::passkey_page::{Answer, Question};
use super::second_factor_page::GivenCode;
use super::sign_in::{password_is_right, resume, with_code, with_passkey};
use crate::access::table::Freshness;
use crate::app::Tx;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::store;
use crate::error::{Error, FieldError, Result};
use crate::people::{self, passkeys, recovery, second_factor, sessions};

/// Longest form kept while its author is asked, in characters.
pub const LONGEST_KEPT: usize = 100_000;

impl Visit {
    /// Has the person of this session proved lately enough who they are? For a program, the owner of its token, in a browser.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`] when they are to be asked.
    pub fn confirmed(&self, freshness: Freshness) -> Result<()> {
        let Some(actor) = self.visitor() else { return Ok(()) };
        actor.require_proof(freshness, &self.app.book.config.confirmation, self.app.clock.now())
    }
}

/// What the table asks before this address, of whoever may open it.
///
/// # Errors
/// [`Error::NotConfirmed`] when their last proof is too old.
pub fn check(visit: &Visit, method: &str, pattern: &str) -> Result<()> {
    let path = visit.address.split('?').next().unwrap_or("/");
    // `/d/CIN-2026-000012/decision`, `/api/v1/declarations/CIN-2026-000012`: the prefix of a reference is that of its kind.
    let prefix = path.split('/').nth(if visit.is_api { 4 } else { 2 }).and_then(store::prefix_of).unwrap_or_default();
    let kind = || {
        let kinds = visit.app.book.catalogue.kinds();
        kinds.iter().find(|version| version.kind.prefix == prefix).map(|version| version.kind.id.clone())
    };
    visit.app.book.access.freshness(method, pattern, kind).map_or(Ok(()), |freshness| visit.confirmed(freshness))
}

#[derive(Serialize, Default)]
struct ConfirmPage {
    name: String,
    email: String,
    back_to: String,
    /// The form that was being sent.
    kept_path: Option<String>,
    kept_body: Option<String>,
    /// Codes are asked of this person.
    has_codes: bool,
    has_recovery: bool,
    question: Option<Question>,
    /// Of the sign-in page, which has the same form.
    challenge: Option<String>,
    passkey_action: &'static str,
    passkey_error: Option<String>,
    demo: bool,
    errors: Vec<ErrorView>,
    password_error: Option<String>,
    code_error: Option<String>,
    recovery_error: Option<String>,
}

/// The person is asked: a page comes back after, a form is kept and offered again.
pub async fn ask(visit: &Visit, form: Option<String>) -> Result<HttpResponse> {
    match form {
        None => Ok(see_other(&format!("/confirmer?retour={}", percent(&visit.address)), None)),
        Some(body) => {
            let kept = Kept { path: visit.address.clone(), body: body.chars().take(LONGEST_KEPT).collect() };
            page(visit, "/", Some(kept), &[], StatusCode::UNAUTHORIZED).await
        }
    }
}

/// Is a form without files being sent?
pub fn is_plain_form(request: &actix_web::dev::ServiceRequest) -> bool {
    is_form(request, "application/x-www-form-urlencoded")
}

fn is_form(request: &actix_web::dev::ServiceRequest, wanted: &str) -> bool {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    *request.method() == Method::POST && media.starts_with(wanted)
}

/// The body of a form being sent, to keep it, its files aside; nothing for a page.
pub async fn form_of(request: &mut actix_web::dev::ServiceRequest) -> Option<String> {
    if is_form(request, "multipart/form-data") {
        return kept::parts_of(request).await;
    }
    if !is_plain_form(request) {
        return None;
    }
    Some(request.extract::<String>().await.unwrap_or_default())
}

struct Kept {
    path: String,
    body: String,
}

async fn page(
    visit: &Visit,
    back_to: &str,
    kept: Option<Kept>,
    errors: &[FieldError],
    status: StatusCode,
) -> Result<HttpResponse> {
    let by = visit.actor()?.person;
    let (person, has_codes, has_recovery, question) = visit
        .app
        .write(move |tx| {
            let question = passkeys::ask(tx, by)?.as_ref().map(Question::of).transpose()?;
            let has_codes = second_factor::since(tx, by)?.is_some();
            Ok((people::store::find(tx, by)?, has_codes, recovery::any(tx, by)?, question))
        })
        .await?;
    let views = error_views(errors, visit.language);
    let of = |field: &str| {
        let found = errors.iter().zip(&views).find(|(error, _)| error.field == field);
        found.map(|(_, view)| view.text.clone())
    };
    let (kept_path, kept_body) = kept.map_or((None, None), |kept| (Some(kept.path), Some(kept.body)));
    let content = ConfirmPage {
        name: person.name(),
        email: person.email,
        back_to: back_to.to_owned(),
        kept_path,
        kept_body,
        has_codes,
        has_recovery,
        question,
        challenge: None,
        passkey_action: "/confirmer/cle",
        passkey_error: of("passkey"),
        demo: visit.app.book.config.demo.enabled,
        password_error: of("password"),
        code_error: of("code"),
        recovery_error: of("recovery"),
        errors: views.clone(),
    };
    Page::titled(visit, "confirm-title")
        .status(status)
        .with_errors(!errors.is_empty())
        .render("pages/confirm", &content)
}

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    retour: String,
}

/// `GET /confirmer`
pub async fn show(visit: Visit, query: web::Query<Wanted>) -> Result<HttpResponse> {
    page(&visit, local_path(&query.retour), None, &[], StatusCode::OK).await
}

#[derive(Deserialize)]
pub struct Proof {
    #[serde(default)]
    password: String,
    #[serde(flatten)]
    code: GivenCode,
    #[serde(default)]
    back_to: String,
    #[serde(default)]
    kept_path: String,
    #[serde(default)]
    kept_body: String,
}

/// `POST /confirmer`: slowed down as signing in is, since it tries the same password; by session, so that nobody outside stops
/// whoever decides.
pub async fn confirm(visit: Visit, form: web::Form<Proof>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let actor = visit.actor()?;
    let by = actor.person;
    let email = visit.app.read(move |tx| Ok(people::store::find(tx, by)?.email)).await?;
    let session = visit.session.clone().ok_or(Error::SignedOut)?;
    visit.limits.proof(&session)?;
    let Some(person) = password_is_right(&visit, &email, &form.password).await? else {
        return refused(&visit, form, FieldError::new("password", "error-confirm-password")).await;
    };
    let confirm = move |tx: &mut Tx<'_>, factor| sessions::confirm(tx, &session, factor);
    if visit.app.read(move |tx| second_factor::since(tx, by)).await?.is_some() {
        let (typed, wrong) = form.code.typed();
        if with_code(&visit, &person, typed, confirm).await?.is_none() {
            return refused(&visit, form, wrong).await;
        }
    } else {
        visit.app.write(move |tx| confirm(tx, sessions::Factor::Password)).await?;
    }
    go_on(&visit, &form)
}

#[derive(Deserialize)]
pub struct Proved {
    #[serde(flatten)]
    answer: Answer,
    #[serde(flatten)]
    proof: Proof,
}

/// `POST /confirmer/cle`: a passkey asks its owner for a finger, a face or a number; no password is needed on top.
pub async fn prove(visit: Visit, form: web::Form<Proved>) -> Result<HttpResponse> {
    let Proved { answer, proof } = form.into_inner();
    let by = visit.actor()?.person;
    let session = visit.session.clone().ok_or(Error::SignedOut)?;
    visit.limits.proof(&session)?;
    let confirm = move |tx: &mut Tx<'_>, factor| sessions::confirm(tx, &session, factor);
    match with_passkey(&visit, by, answer, confirm).await? {
        Some(()) => go_on(&visit, &proof),
        None => refused(&visit, proof, FieldError::new("passkey", "error-passkey")).await,
    }
}

async fn refused(visit: &Visit, form: Proof, error: FieldError) -> Result<HttpResponse> {
    let kept = (!form.kept_path.is_empty()).then_some(Kept { path: form.kept_path, body: form.kept_body });
    page(visit, local_path(&form.back_to), kept, &[error], StatusCode::UNPROCESSABLE_ENTITY).await
}

fn go_on(visit: &Visit, form: &Proof) -> Result<HttpResponse> {
    if form.kept_path.is_empty() {
        return Ok(see_other(local_path(&form.back_to), None));
    }
    resume(visit, "resume-confirmed", &form.kept_path, &form.kept_body)
}

/// `POST /demo/confirmer`: in the demonstration, where everybody signs in without a password.
pub async fn confirm_demo(visit: Visit, form: web::Form<Proof>) -> Result<HttpResponse> {
    visit.actor()?;
    let session = visit.session.clone().ok_or(Error::SignedOut)?;
    visit.app.write(move |tx| sessions::confirm(tx, &session, sessions::Factor::Password)).await?;
    go_on(&visit, &form)
}
