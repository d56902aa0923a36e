//! Signing in and out.

use actix_web::cookie::Cookie;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::Visit;
use super::gate::{LANGUAGE_COOKIE, SESSION_COOKIE, host_cookie};
use super::page::{Page, local_path, percent, see_other};
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::{accounts, sessions};
use crate::text::Language;

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
        kept_body: Some(body.chars().take(100_000).collect()),
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

#[derive(Deserialize)]
pub struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    back_to: String,
    #[serde(default)]
    kept_path: String,
    #[serde(default)]
    kept_body: String,
}

/// `POST /connexion`: one answer whatever is wrong, after the same work.
pub async fn enter(visit: Visit, form: web::Form<Credentials>) -> Result<HttpResponse> {
    let form = form.into_inner();
    visit.limits.sign_in(&form.email, visit.from)?;
    let email = form.email.clone();
    let candidate = visit.app.read(move |tx| accounts::candidate(tx, &email)).await?;
    let (person, stored) = match candidate {
        Some((person, stored)) => (Some(person), stored),
        None => (None, accounts::decoy().to_owned()),
    };
    let password = form.password.clone();
    let right = visit.limits.hash(move || accounts::verify(&password, &stored)).await?;
    let Some(person) = person.filter(|_| right) else {
        visit
            .app
            .write(|tx| journal::record(tx, None, None, &Event::SignInRefused { reason: "credentials".into() }))
            .await?;
        let kept = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let content = SignInPage {
            email: form.email,
            back_to: local_path(&form.back_to).to_owned(),
            kept_path: kept(&form.kept_path),
            kept_body: kept(&form.kept_body),
            error: Some(visit.say("sign-in-refused")),
            demo: visit.app.book.config.demo.enabled,
        };
        return Page::titled(&visit, "sign-in-title").with_errors(true).render("pages/sign-in", &content);
    };
    let secret = visit.app.write(move |tx| sessions::open(tx, &person)).await?;
    let cookie = session_cookie(&visit, &secret);
    let mut response = if form.kept_path.is_empty() {
        see_other(local_path(&form.back_to), None)
    } else {
        resume(&visit, &form.kept_path, &form.kept_body)?
    };
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}

/// The cookie of a session just opened.
pub fn session_cookie(visit: &Visit, secret: &str) -> Cookie<'static> {
    let hours = visit.app.book.config.sign_in.absolute_hours;
    host_cookie(SESSION_COOKIE, secret, Some(hours * 3600)).into_owned()
}

#[derive(Serialize)]
struct Resume {
    path: String,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    value: String,
}

/// After signing in again: one button sends the form that was kept.
fn resume(visit: &Visit, path: &str, body: &str) -> Result<HttpResponse> {
    let fields: Vec<(String, String)> =
        serde_urlencoded::from_str(body).map_err(|_| Error::BadRequest("problem-bad-request"))?;
    let content = Resume {
        path: local_path(path).to_owned(),
        fields: fields.into_iter().map(|(name, value)| Field { name, value }).collect(),
    };
    Page::titled(visit, "resume-title").render("pages/resume", &content)
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
