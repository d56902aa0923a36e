//! Signing in and out.

use actix_web::cookie::Cookie;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::Visit;
use super::gate::{LANGUAGE_COOKIE, SESSION_COOKIE, host_cookie};
use super::kept::KeptForm;
use super::limits::LONGEST_ACCOUNT;
use super::page::{Page, local_path, percent, see_other};
use super::passkey_page::Answer;
use super::{confirm, second_factor_page};
use crate::app::Tx;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::sessions::Factor;
use crate::people::store::Person;
use crate::people::{PersonId, accounts, passkeys, second_factor, sessions};
use crate::text::Language;
use crate::texts::{Arg, say};

#[derive(Serialize, Default)]
struct SignInPage {
    email: String,
    back_to: String,
    /// The form that was being sent when the session had ended.
    kept_path: Option<String>,
    kept_body: Option<String>,
    error: Option<String>,
    demo: bool,
}

/// « Connectez-vous » first, then back to the page wanted.
pub fn redirect(wanted: &str) -> HttpResponse {
    let path = if wanted == "/" { "/connexion".to_owned() } else { format!("/connexion?retour={}", percent(wanted)) };
    see_other(&path, None)
}

/// The session ended while a form was being sent: the form is kept in the page.
pub fn form_kept(visit: &Visit, body: &str) -> Result<HttpResponse> {
    let content = SignInPage {
        back_to: "/".into(),
        kept_path: Some(visit.address.clone()),
        kept_body: Some(body.chars().take(confirm::LONGEST_KEPT).collect()),
        demo: visit.app.book.config.demo.enabled,
        ..SignInPage::default()
    };
    Page::titled(visit, "sign-in-title")
        .status(StatusCode::UNAUTHORIZED)
        .warn("sign-in-kept")
        .render("pages/sign-in", &content)
}

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    retour: String,
}

/// `GET /connexion`
pub async fn show(visit: Visit, query: web::Query<Wanted>) -> Result<HttpResponse> {
    if visit.visitor().is_some() {
        return Ok(see_other(local_path(&query.retour), None));
    }
    let plain = visit.address == "/connexion" && visit.flash.is_none();
    if plain {
        return ready_made(&visit);
    }
    let content = SignInPage {
        back_to: local_path(&query.retour).to_owned(),
        demo: visit.app.book.config.demo.enabled,
        ..SignInPage::default()
    };
    Page::titled(&visit, "sign-in-title").render("pages/sign-in", &content)
}

/// Stands for the nonce in the page kept ready.
const NONCE: &str = "@nonce@";

/// The page everybody meets first is the same for all but its nonce: it is rendered once per language.
fn ready_made(visit: &Visit) -> Result<HttpResponse> {
    let kept = visit.app.book.views.ready(visit.language, || {
        let mut nobody = visit.clone();
        nobody.nonce = NONCE.into();
        let content =
            SignInPage { back_to: "/".into(), demo: visit.app.book.config.demo.enabled, ..SignInPage::default() };
        Page::titled(&nobody, "sign-in-title").html("pages/sign-in", &content)
    })?;
    let html = kept.replace(NONCE, &visit.nonce);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// Where signing in leads: a page, or a form that was being sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Entered {
    pub back_to: String,
    pub kept_path: String,
    pub kept_body: String,
}

#[derive(Deserialize)]
pub struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(flatten)]
    entered: Entered,
}

/// Does this password open a session? Every way to one asks here: the same limiter, and the same work whether or not the account
/// exists.
///
/// # Errors
/// [`Error::TooMany`]
async fn password_opens(visit: &Visit, email: &str, password: &str) -> Result<Option<Person>> {
    visit.limits.sign_in(email, visit.from)?;
    if email.chars().nth(LONGEST_ACCOUNT).is_some() {
        // Nobody's: there is no account of which it could say that it exists.
        refuse(visit, "credentials").await?;
        return Ok(None);
    }
    password_is_right(visit, email, password).await
}

/// Is this the password of an account that may sign in? Whoever asks was let through a limiter.
///
/// # Errors
/// The database does not answer.
pub async fn password_is_right(visit: &Visit, email: &str, password: &str) -> Result<Option<Person>> {
    let email = email.to_owned();
    let candidate = visit.app.read(move |tx| accounts::candidate(tx, &email)).await?;
    let (person, stored) = match candidate {
        Some((person, stored)) => (Some(person), stored),
        None => (None, accounts::decoy().to_owned()),
    };
    let password = password.to_owned();
    let right = visit.limits.hash(move || accounts::verify(&password, &stored)).await?;
    let found = person.filter(|_| right);
    match &found {
        Some(person) => visit.limits.signed_in(&person.email, visit.from),
        None => refuse(visit, "credentials").await?,
    }
    Ok(found)
}

/// Takes a code and does what it allows. Nothing when it is wrong.
pub async fn with_code<T: Send + 'static>(
    visit: &Visit,
    person: &Person,
    code: &str,
    then: impl FnOnce(&mut Tx<'_>, Factor) -> Result<T> + Send + 'static,
) -> Result<Option<T>> {
    let (person, code) = (person.clone(), code.to_owned());
    let right = move |tx: &mut Tx<'_>| second_factor::check(tx, &person, &code);
    with_proof(visit, "code", right, move |tx| then(tx, Factor::Code)).await
}

/// Takes the proof that the browser of a person was asked, and does what it allows. Nothing when it is wrong.
pub async fn with_passkey<T: Send + 'static>(
    visit: &Visit,
    person: PersonId,
    answer: Answer,
    then: impl FnOnce(&mut Tx<'_>, Factor) -> Result<T> + Send + 'static,
) -> Result<Option<T>> {
    let right = move |tx: &mut Tx<'_>| passkeys::check(tx, person, &answer.question, &answer.answer);
    with_proof(visit, "passkey", right, move |tx| then(tx, Factor::Passkey)).await
}

/// In one transaction: a proof that serves once is not spent for nothing.
async fn with_proof<T: Send + 'static>(
    visit: &Visit,
    name: &'static str,
    right: impl FnOnce(&mut Tx<'_>) -> Result<bool> + Send + 'static,
    then: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<Option<T>> {
    let done = visit.app.write(move |tx| if right(tx)? { then(tx).map(Some) } else { Ok(None) }).await?;
    if done.is_none() {
        refuse(visit, name).await?;
    }
    Ok(done)
}

async fn refuse(visit: &Visit, reason: &'static str) -> Result<()> {
    visit.app.write(move |tx| journal::record(tx, None, None, &Event::SignInRefused { reason: reason.into() })).await
}

/// Goes where the person of a session just opened wanted.
pub fn let_in(visit: &Visit, secret: &str, entered: &Entered) -> Result<HttpResponse> {
    let cookie = session_cookie(visit, secret);
    let mut response = if entered.kept_path.is_empty() {
        see_other(local_path(&entered.back_to), None)
    } else {
        resume(visit, "resume-text", &entered.kept_path, &entered.kept_body)?
    };
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}

/// `POST /connexion`: one answer whatever is wrong, after the same work.
pub async fn enter(visit: Visit, form: web::Form<Credentials>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let Some(person) = password_opens(&visit, &form.email, &form.password).await? else {
        let kept = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let content = SignInPage {
            email: form.email,
            back_to: local_path(&form.entered.back_to).to_owned(),
            kept_path: kept(&form.entered.kept_path),
            kept_body: kept(&form.entered.kept_body),
            error: Some(visit.say("sign-in-refused")),
            demo: visit.app.book.config.demo.enabled,
        };
        return Page::titled(&visit, "sign-in-title").with_errors(true).render("pages/sign-in", &content);
    };
    let id = person.id;
    if visit.app.read(move |tx| second_factor::is_asked_of(tx, id)).await? {
        return second_factor_page::ask(&visit, id, &form.entered).await;
    }
    let secret = visit.app.write(move |tx| sessions::open(tx, &person, Factor::Password)).await?;
    let_in(&visit, &secret, &form.entered)
}

/// The cookie of a session just opened.
pub fn session_cookie(visit: &Visit, secret: &str) -> Cookie<'static> {
    let hours = visit.app.book.config.sign_in.absolute_hours;
    host_cookie(SESSION_COOKIE, secret, Some(hours * 3600)).into_owned()
}

#[derive(Serialize)]
struct Resume {
    heading: String,
    text: String,
    path: String,
    fields: Vec<Field>,
    /// To be joined again.
    files: Vec<FileField>,
    with_files: bool,
}

#[derive(Serialize)]
struct FileField {
    id: String,
    name: String,
    label: String,
}

#[derive(Serialize)]
struct Field {
    name: String,
    value: String,
}

/// After signing in again, or proving who one is: one button sends the form that was kept.
pub fn resume(visit: &Visit, text: &str, path: &str, body: &str) -> Result<HttpResponse> {
    offer(visit, "resume-title", text, path, body)
}

/// One button sends a form that was kept; the title and the sentence say why it was not sent.
pub fn offer(visit: &Visit, title: &str, text: &str, path: &str, body: &str) -> Result<HttpResponse> {
    let kept = KeptForm::read(body)?;
    let language = visit.language;
    let files = kept.files.into_iter().enumerate().map(|(place, (field, file))| FileField {
        id: format!("file-{place}"),
        name: field,
        label: say(language, "resume-file", &[("name", Arg::from(file))]),
    });
    let content = Resume {
        heading: visit.say(title),
        text: visit.say(text),
        path: local_path(path).to_owned(),
        files: files.collect(),
        with_files: kept.with_files,
        fields: kept.fields.into_iter().map(|(name, value)| Field { name, value }).collect(),
    };
    Page::titled(visit, title).render("pages/resume", &content)
}

/// `POST /deconnexion`
pub async fn leave(visit: Visit) -> Result<HttpResponse> {
    if let (Some(session), Ok(actor)) = (visit.session.clone(), visit.actor()) {
        visit.app.write(move |tx| sessions::close(tx, &session, actor.person)).await?;
    }
    let mut response = see_other("/connexion", Some("flash-signed-out"));
    response.add_cookie(&host_cookie(SESSION_COOKIE, "", Some(0))).map_err(Error::internal)?;
    if let Ok(value) = header::HeaderValue::from_str("\"cache\", \"storage\"") {
        response.headers_mut().insert(header::HeaderName::from_static("clear-site-data"), value);
    }
    Ok(response)
}

/// `GET /langue/{code}`: the same page in the other language. Only a preference changes.
pub async fn language(path: web::Path<String>, query: web::Query<Wanted>) -> Result<HttpResponse> {
    let mut response = see_other(local_path(&query.retour), None);
    let code = Language::parse(&path).code();
    response.add_cookie(&host_cookie(LANGUAGE_COOKIE, code, Some(365 * 86_400))).map_err(Error::internal)?;
    Ok(response)
}
