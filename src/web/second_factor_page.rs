//! Signing in with a code: putting the secret in a telephone, and the page that asks for the code after the password.

use std::sync::OnceLock;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Visit;
use super::page::{Page, see_other};
use super::passkey_page::{Answer, Question};
use super::sign_in::{self, Entered};
use crate::app::Tx;
use crate::clock::Instant;
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::people::{PersonId, passkeys, recovery, second_factor, sessions, store};
use crate::sealing::{DataKey, Place};

/// How long after the password a code may be given.
const CODE_WITHIN: TimeDelta = TimeDelta::minutes(5);

/// The password of somebody was right; the code is still to come. Sealed, so that only this process can say so.
#[derive(Serialize, Deserialize)]
struct Challenge {
    person: PersonId,
    until: Instant,
}

/// A key that lives as long as this process: a challenge of before a restart is asked again from the password.
fn key() -> Result<&'static DataKey> {
    static KEY: OnceLock<Option<DataKey>> = OnceLock::new();
    KEY.get_or_init(|| DataKey::generate().ok()).as_ref().ok_or_else(|| Error::Internal("no randomness".into()))
}

fn place() -> Place {
    Place::new("challenge", 0, "")
}

#[derive(Serialize)]
struct CodePage {
    challenge: String,
    back_to: String,
    kept_path: Option<String>,
    kept_body: Option<String>,
    has_codes: bool,
    has_recovery: bool,
    question: Option<Question>,
    passkey_action: &'static str,
    errors: Vec<ErrorView>,
    code_error: Option<String>,
    recovery_error: Option<String>,
    passkey_error: Option<String>,
}

/// After the right password of somebody who has codes or passkeys.
pub async fn ask(visit: &Visit, person: PersonId, entered: &Entered) -> Result<HttpResponse> {
    let challenge = Challenge { person, until: visit.app.clock.now() + CODE_WITHIN };
    let sealed = key()?.seal_text(&place(), &serde_json::to_string(&challenge)?)?;
    page(visit, person, sealed, entered, &[]).await
}

async fn page(
    visit: &Visit,
    person: PersonId,
    challenge: String,
    entered: &Entered,
    errors: &[FieldError],
) -> Result<HttpResponse> {
    let (has_codes, has_recovery, question) = visit
        .app
        .write(move |tx| {
            let asked = passkeys::ask(tx, person)?;
            let question = asked.as_ref().map(Question::of).transpose()?;
            Ok((second_factor::since(tx, person)?.is_some(), recovery::any(tx, person)?, question))
        })
        .await?;
    let kept = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let views = error_views(errors, visit.language);
    let of = |field: &str| {
        errors.iter().zip(&views).find(|(error, _)| error.field == field).map(|(_, view)| view.text.clone())
    };
    let content = CodePage {
        challenge,
        back_to: entered.back_to.clone(),
        kept_path: kept(&entered.kept_path),
        kept_body: kept(&entered.kept_body),
        has_codes,
        has_recovery,
        question,
        passkey_action: "/connexion/cle",
        code_error: of("code"),
        recovery_error: of("recovery"),
        passkey_error: of("passkey"),
        errors: views,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::titled(visit, "code-title")
        .status(status)
        .with_errors(!errors.is_empty())
        .render("pages/sign-in-code", &content)
}

/// The person whose password was right, while it is not too long ago.
fn challenged(visit: &Visit, sealed: &str) -> Result<Option<PersonId>> {
    let said = key()?.open_text(&place(), sealed).ok();
    let challenge: Option<Challenge> = said.and_then(|text| serde_json::from_str(&text).ok());
    Ok(challenge.filter(|challenge| visit.app.clock.now() < challenge.until).map(|challenge| challenge.person))
}

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    challenge: String,
    #[serde(flatten)]
    code: GivenCode,
    #[serde(flatten)]
    entered: Entered,
}

/// A code of the telephone, or one on paper in its place.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct GivenCode {
    code: String,
    recovery: String,
}

impl GivenCode {
    /// What was typed, and what is said beside its field when it is wrong.
    pub fn typed(&self) -> (&str, FieldError) {
        if self.recovery.trim().is_empty() {
            (&self.code, FieldError::new("code", "error-code"))
        } else {
            (&self.recovery, FieldError::new("recovery", "error-recovery"))
        }
    }
}

/// `POST /connexion/code`
pub async fn enter(visit: Visit, form: web::Form<Given>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let Some(person) = challenged(&visit, &form.challenge)? else {
        return Ok(see_other("/connexion", Some("flash-code-late")));
    };
    let person = visit.app.read(move |tx| store::find(tx, person)).await?;
    // Guesses count as tries of a password do: six figures are a million.
    visit.limits.sign_in(&person.email, visit.from)?;
    let owner = person.clone();
    let open = move |tx: &mut Tx<'_>, factor| sessions::open(tx, &owner, factor);
    let (typed, wrong) = form.code.typed();
    match sign_in::with_code(&visit, &person, typed, open).await? {
        Some(secret) => sign_in::let_in(&visit, &secret, &form.entered),
        None => page(&visit, person.id, form.challenge, &form.entered, &[wrong]).await,
    }
}

#[derive(Deserialize)]
pub struct Proved {
    #[serde(default)]
    challenge: String,
    #[serde(flatten)]
    answer: Answer,
    #[serde(flatten)]
    entered: Entered,
}

/// `POST /connexion/cle`
pub async fn prove(visit: Visit, form: web::Form<Proved>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let Some(id) = challenged(&visit, &form.challenge)? else {
        return Ok(see_other("/connexion", Some("flash-code-late")));
    };
    let person = visit.app.read(move |tx| store::find(tx, id)).await?;
    visit.limits.sign_in(&person.email, visit.from)?;
    let open = move |tx: &mut Tx<'_>, factor| sessions::open(tx, &person, factor);
    match sign_in::with_passkey(&visit, id, form.answer, open).await? {
        Some(secret) => sign_in::let_in(&visit, &secret, &form.entered),
        None => page(&visit, id, form.challenge, &form.entered, &[FieldError::new("passkey", "error-passkey")]).await,
    }
}

#[derive(Serialize)]
struct TelephonePage {
    since: Option<String>,
    /// The office held asks for it: nothing else opens before.
    required: bool,
    secret: Vec<String>,
    address: String,
    side: i32,
    path: String,
    errors: Vec<ErrorView>,
    code_error: Option<String>,
}

/// `GET /preferences/code`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    telephone(&visit, &[]).await
}

async fn telephone(visit: &Visit, errors: &[FieldError]) -> Result<HttpResponse> {
    let (by, language) = (visit.actor()?.person, visit.language);
    // Making the secret is a write; a page that was opened twice shows the same one.
    let (since, enrolment) = visit
        .app
        .write(move |tx| {
            let since = second_factor::since(tx, by)?;
            let person = store::find(tx, by)?;
            let enrolment = if since.is_none() { Some(second_factor::begin(tx, &person)?) } else { None };
            Ok((since.map(|at| crate::formats::format_datetime(at, tx.zone(), language)), enrolment))
        })
        .await?;
    let views = error_views(errors, language);
    let (secret, address, side, path) = enrolment.map_or_else(
        || (String::new(), String::new(), 0, String::new()),
        |new| (new.secret, new.address, new.square.side, new.square.path),
    );
    let groups: Vec<char> = secret.chars().collect();
    let content = TelephonePage {
        since,
        required: visit.lacks_code(),
        secret: groups.chunks(4).map(|four| four.iter().collect()).collect(),
        address,
        side,
        path,
        code_error: views.first().map(|view| view.text.clone()),
        errors: views,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::titled(visit, "telephone-title")
        .back("/preferences", "back-preferences")
        .status(status)
        .with_errors(!errors.is_empty())
        .render("pages/telephone", &content)
}

#[derive(Deserialize)]
pub struct First {
    #[serde(default)]
    code: String,
}

/// `POST /preferences/code`: the first code.
pub async fn confirm(visit: Visit, form: web::Form<First>) -> Result<HttpResponse> {
    let by = visit.actor()?.person;
    let session = visit.session.clone().ok_or(Error::SignedOut)?;
    visit.limits.proof(&session)?;
    let code = form.into_inner().code;
    let confirmed = visit
        .app
        .write(move |tx| {
            let person = store::find(tx, by)?;
            second_factor::confirm(tx, &person, &session, &code)
        })
        .await;
    match confirmed {
        Ok(()) => Ok(see_other("/preferences/secours", Some("flash-telephone"))),
        Err(Error::Invalid(errors)) => telephone(&visit, &errors).await,
        Err(error) => Err(error),
    }
}
