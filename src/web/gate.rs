//! The gate every request passes: forged requests are refused, the visitor is recognised, the access table is asked,
//! and every answer leaves with its headers.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use chrono::TimeDelta;

use super::limits::Limits;
use super::page::see_other;
use super::routes::pattern_of;
use super::{confirm, problems};
use crate::access::{Actor, PageAction};
use crate::app::App;
use crate::error::{Error, FieldError, Result};
use crate::people::sessions::{self, Factor};
use crate::random;
use crate::text::Language;

pub const SESSION_COOKIE: &str = "__Host-session";
pub const LANGUAGE_COOKIE: &str = "__Host-langue";
pub const FLASH_COOKIE: &str = "__Host-message";

/// One request by one visitor, signed in or not.
#[derive(Clone)]
pub struct Visit {
    pub app: App,
    pub limits: Arc<Limits>,
    actor: Option<Arc<Actor>>,
    /// Hash of the session cookie.
    pub session: Option<String>,
    factor: Factor,
    pub language: Language,
    /// Path and query, for the language toggle and for coming back.
    pub address: String,
    pub nonce: String,
    /// Fluent key of the message left by the page before.
    pub flash: Option<String>,
    pub from: Option<IpAddr>,
    pub is_api: bool,
}

impl Visit {
    /// Who is signed in.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when nobody is.
    pub fn actor(&self) -> Result<Arc<Actor>> {
        self.actor.clone().ok_or(Error::SignedOut)
    }

    pub fn visitor(&self) -> Option<&Actor> {
        self.actor.as_deref()
    }

    /// Does an office of this person ask for a code that their session was opened without? The secret of codes is kept
    /// sealed: without a sealing key nobody can have one, and the diagnostic says so.
    pub fn lacks_code(&self) -> bool {
        let asked_of = &self.app.book.config.sign_in.second_factor_for;
        self.session.is_some()
            && self.factor == Factor::Password
            && self.app.book.keyring.is_ready()
            && self.visitor().is_some_and(|actor| asked_of.iter().any(|role| actor.has(*role)))
    }

    pub fn say(&self, key: &str) -> String {
        crate::texts::say(self.language, key, &[])
    }
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(
            request.extensions().get::<Self>().cloned().ok_or_else(|| Error::Internal("no visit".into())),
        )
    }
}

/// The middleware.
pub async fn gate(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<BoxBody>> {
    let (visit, known) = match recognise(&request).await {
        Ok(found) => found,
        Err(error) => {
            let mut response = request.into_response(problems::plain(&error)).map_into_boxed_body();
            protect(response.headers_mut(), "", true);
            return Ok(response);
        }
    };
    let (nonce, clear_flash) = (visit.nonce.clone(), visit.flash.is_some());
    let private = !visit.address.starts_with("/assets/");
    request.extensions_mut().insert(visit.clone());
    let mut typed = None;
    let mut response = match known.and_then(|()| admit(&request, &visit)) {
        Ok(()) => match read_ahead(&mut request, &visit).await {
            Ok(form) => {
                typed = form;
                next.call(request).await?.map_into_boxed_body()
            }
            Err(error) => {
                let status = error.as_response_error().status_code();
                request.into_response(problems::status(status, &visit)).map_into_boxed_body()
            }
        },
        Err(Error::SignedOut) if !visit.is_api => {
            let answer = sign_in_first(&mut request, &visit).await;
            request.into_response(answer).map_into_boxed_body()
        }
        Err(Error::NotConfirmed) if !visit.is_api => {
            let form = confirm::form_of(&mut request).await;
            let answer = confirm::ask(&visit, form).await.unwrap_or_else(|error| problems::response(&error, &visit));
            request.into_response(answer).map_into_boxed_body()
        }
        Err(Error::CodeFirst) if !visit.is_api => {
            request.into_response(see_other("/preferences/code", None)).map_into_boxed_body()
        }
        Err(error) => request.into_response(problems::response(&error, &visit)).map_into_boxed_body(),
    };
    if let Some(error) = response.response().error().and_then(|error| error.as_error::<Error>()) {
        let answer = match error {
            Error::SignedOut if !visit.is_api => super::sign_in::redirect(&visit.address),
            Error::NotConfirmed if !visit.is_api => {
                confirm::ask(&visit, None).await.unwrap_or_else(|error| problems::response(&error, &visit))
            }
            Error::SecondPerson(page) if !visit.is_api => see_other(page, None),
            error @ Error::Crossed(_) if typed.is_some() => {
                problems::offered_again(error, &visit, &String::from_utf8_lossy(&typed.unwrap_or_default()))
            }
            error => problems::response(error, &visit),
        };
        response = response.into_response(answer);
    } else if response.response().error().is_some() {
        let status = response.status();
        response = response.into_response(problems::status(status, &visit));
    } else if response.status() == StatusCode::NOT_FOUND && !response.headers().contains_key(header::CONTENT_TYPE) {
        response = response.into_response(problems::response(&Error::NotFound, &visit));
    }
    protect(response.headers_mut(), &nonce, private);
    if clear_flash && response.status().is_success() {
        let cookie = host_cookie(FLASH_COOKIE, "", Some(0)).to_string();
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    Ok(response)
}

/// Where a password, a code or a passkey is given. It is written in no page: whoever gave it gives it again.
const TAKES_A_PROOF: [&str; 4] = ["/connexion", "/confirmer", "/demo/", "/preferences/"];

fn takes_a_proof(path: &str) -> bool {
    TAKES_A_PROOF.iter().any(|start| path.starts_with(start))
}

/// The form of a page on PostgreSQL, where the database may give a change up for another: read before its handler reads it, to be
/// offered again then, to whoever is signed in. Nothing for what is too long to be offered, for files and for proofs.
async fn read_ahead(request: &mut ServiceRequest, visit: &Visit) -> actix_web::Result<Option<web::Bytes>> {
    let headers = request.headers();
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let is_short = length.is_some_and(|length| length <= confirm::LONGEST_KEPT);
    let is_plain = !headers.contains_key(header::CONTENT_ENCODING) && confirm::is_plain_form(request);
    let is_kept = visit.visitor().is_some() && !visit.is_api && !takes_a_proof(request.path());
    if !is_kept || !visit.app.db.is_postgres() || !is_short || !is_plain {
        return Ok(None);
    }
    let body = request.extract::<web::Bytes>().await?;
    request.set_payload(Payload::from(body.clone()));
    Ok(Some(body))
}

/// Who a request says it comes from.
#[derive(Default)]
struct Identity {
    actor: Option<Actor>,
    session: Option<String>,
    factor: Factor,
}

/// The visit, and why its visitor could not be recognised: they are told in a page like any other, as nobody.
async fn recognise(request: &ServiceRequest) -> Result<(Visit, Result<()>)> {
    let app = request.app_data::<web::Data<App>>().ok_or_else(|| Error::Internal("no application".into()))?;
    let limits = request.app_data::<web::Data<Limits>>().ok_or_else(|| Error::Internal("no limits".into()))?;
    let is_api = request.path().starts_with("/api/v1");
    let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned()).filter(|v| !v.is_empty());
    let (identity, known) = match identify(app, request, cookie(SESSION_COOKIE)).await {
        Ok(identity) => (identity, Ok(())),
        Err(Error::SignedOut) => return Err(Error::SignedOut),
        Err(error) => (Identity::default(), Err(error)),
    };
    let Identity { mut actor, session, factor } = identity;
    let asked = if is_api { language_asked(request.headers()) } else { None };
    let language = match (asked, cookie(LANGUAGE_COOKIE)) {
        (Some(language), _) => language,
        (None, Some(code)) => Language::parse(&code),
        (None, None) => actor.as_ref().map_or(Language::Fr, |actor| actor.language),
    };
    if let Some(actor) = &mut actor {
        actor.language = language;
    }
    let address = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let visit = Visit {
        app: App::clone(app),
        limits: Arc::clone(limits),
        actor: actor.map(Arc::new),
        session,
        factor,
        language,
        address,
        nonce: random::token::<16>()?,
        flash: cookie(FLASH_COOKIE).filter(|key| is_key(key)),
        from: client_address(request, app),
        is_api,
    };
    Ok((visit, known))
}

async fn identify(app: &App, request: &ServiceRequest, cookie: Option<String>) -> Result<Identity> {
    if let Some(token) = bearer(request.headers()) {
        let token = token.to_owned();
        let actor = app.read(move |tx| sessions::find_token(tx, &token)).await?.ok_or(Error::SignedOut)?;
        return Ok(Identity { actor: Some(actor), ..Identity::default() });
    }
    let Some(secret) = cookie.filter(|_| !request.path().starts_with("/assets/")) else {
        return Ok(Identity::default());
    };
    let Some(found) = app.read(move |tx| sessions::find(tx, &secret)).await? else { return Ok(Identity::default()) };
    if app.clock.now() - found.seen_at > TimeDelta::minutes(1) {
        let hash = found.token_hash.clone();
        app.write(move |tx| sessions::touch(tx, &hash)).await?;
    }
    Ok(Identity { actor: Some(found.actor), session: Some(found.token_hash), factor: found.factor })
}

fn is_key(text: &str) -> bool {
    text.len() < 60 && text.starts_with("flash-") && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The language a program prefers (`Accept-Language`), when it is one of ours.
fn language_asked(headers: &HeaderMap) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for part in headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?.split(',') {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let language = match tag.trim().get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("fr") => Language::Fr,
            Some("en") => Language::En,
            _ => continue,
        };
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// The peer, or what a trusted proxy says of it (trust.md N19).
fn client_address(request: &ServiceRequest, app: &App) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|address| address.ip())?;
    if !app.book.config.server.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok())?;
    forwarded.rsplit(',').next().and_then(|last| last.trim().parse().ok()).or(Some(peer))
}

/// What somebody whose office asks for a code may do before having one.
const WITHOUT_CODE: [&str; 6] =
    ["/preferences/code", "/preferences/cles", "/confirmer", "/confirmer/cle", "/demo/confirmer", "/deconnexion"];

/// First door: the request is ours, and the table opens this route to this visitor.
fn admit(request: &ServiceRequest, visit: &Visit) -> Result<()> {
    if visit.address.contains("%00") {
        // No address of ours has one, and PostgreSQL keeps no NUL in a text. A program is told which of its parameters.
        let query = visit.address.split_once('?').map_or("", |(_, query)| query);
        return Err(match parameter_with_nul(query).filter(|_| visit.is_api) {
            Some(name) => Error::BadParameters(vec![FieldError::new(name, "error-nul")]),
            None => Error::NotFound,
        });
    }
    if !is_as_we_write_it(request.path()) {
        return Err(Error::NotFound);
    }
    let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let by_token = bearer(request.headers()).is_some();
    if visit.is_api {
        if let Some(pattern) = pattern_of(request) {
            refuse_wrong_method(request.method(), &pattern, visit)?;
        }
        // Nobody to forge for: say what is missing rather than suspect a forgery.
        let Some(actor) = visit.visitor() else { return Err(Error::SignedOut) };
        visit.limits.request(actor.person)?;
    }
    if unsafe_method && visit.visitor().is_some_and(|actor| actor.read_only) {
        return Err(Error::NotAllowed);
    }
    if unsafe_method && !by_token && !is_same_origin(request.headers(), &visit.app.book.config.server.public_url) {
        return Err(Error::BadRequest("problem-forged"));
    }
    let Some(pattern) = pattern_of(request) else { return Err(Error::NotFound) };
    let method = if *request.method() == Method::HEAD { "GET" } else { request.method().as_str() };
    let Some(action) = visit.app.book.access.route(method, &pattern) else { return Err(Error::NotFound) };
    if action == PageAction::Demo && !visit.app.book.config.demo.enabled {
        return Err(Error::NotFound);
    }
    if visit.app.book.access.opens(action, visit.visitor()) {
        if action != PageAction::Open && !WITHOUT_CODE.contains(&pattern.as_str()) && visit.lacks_code() {
            return Err(Error::CodeFirst);
        }
        return confirm::check(visit, method, &pattern);
    }
    match visit.visitor() {
        None => Err(Error::SignedOut),
        Some(_) => Err(Error::NotAllowed),
    }
}

/// One address, one page. A letter, a figure or a hyphen written as its number names the same page (RFC 3986, s. 2.3), and would
/// not be recognised by what looks at an address before it is opened: `/d/AVI%2D2026-000001` is a file told in confidence.
fn is_as_we_write_it(path: &str) -> bool {
    path.match_indices('%').all(|(at, _)| {
        let byte = path.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        byte.is_some_and(|byte| !byte.is_ascii_alphanumeric() && !b"-._~".contains(&byte))
    })
}

/// Name of the first parameter of a query that has a NUL, in its value or in its name.
fn parameter_with_nul(query: &str) -> Option<&str> {
    let pair = query.split('&').find(|pair| pair.contains("%00"))?;
    Some(pair.split_once('=').map_or(pair, |(name, _)| name))
}

/// Programs are told which methods an address of the API has (RFC 9110, s. 15.5.6).
fn refuse_wrong_method(method: &Method, pattern: &str, visit: &Visit) -> Result<()> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    let access = &visit.app.book.access;
    if access.route(method, pattern).is_some() {
        return Ok(());
    }
    let mut allowed: Vec<&str> = access
        .routes()
        .filter_map(|(route, _)| route.split_once(' '))
        .filter(|(_, listed)| *listed == pattern)
        .map(|(method, _)| method)
        .collect();
    if allowed.contains(&"GET") {
        allowed.push("HEAD");
    }
    if allowed.is_empty() { Err(Error::NotFound) } else { Err(Error::WrongMethod(allowed.join(", "))) }
}

/// `Sec-Fetch-Site` first, `Origin` when a browser does not send it; neither means refused (trust.md N18).
fn is_same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => origin == public_url,
        (None, None) => false,
    }
}

/// Nobody is signed in. A page comes back after signing in; a form sent by somebody whose session ended is kept and
/// offered again, so that nothing typed is lost.
async fn sign_in_first(request: &mut ServiceRequest, visit: &Visit) -> HttpResponse {
    match confirm::form_of(request).await {
        Some(body) => super::sign_in::form_kept(visit, &body).unwrap_or_else(|e| problems::response(&e, visit)),
        None => super::sign_in::redirect(&visit.address),
    }
}

/// Headers of every answer (trust.md O03, O04).
fn protect(headers: &mut HeaderMap, nonce: &str, private: bool) {
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            let name = HeaderName::from_static(name);
            if !headers.contains_key(&name) {
                headers.insert(name, value);
            }
        }
    };
    // A style sheet or a font runs nothing: the policy belongs to pages, and its six hundred bytes too.
    if private {
        put(
            "content-security-policy",
            &format!(
                "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self'; \
             font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            ),
        );
    }
    put("x-content-type-options", "nosniff");
    put("referrer-policy", "no-referrer");
    put("cross-origin-opener-policy", "same-origin");
    put("cross-origin-embedder-policy", "require-corp");
    put("cross-origin-resource-policy", "same-origin");
    put("strict-transport-security", "max-age=63072000; includeSubDomains");
    put("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    put("x-frame-options", "DENY");
    if private {
        put("cache-control", "no-store");
    }
}

/// A cookie that only this host gets back, over a secure channel, unread by scripts (trust.md N08).
pub fn host_cookie<'c>(name: &'c str, value: &'c str, seconds: Option<i64>) -> Cookie<'c> {
    let mut cookie = Cookie::build(name, value).path("/").secure(true).http_only(true).same_site(SameSite::Lax);
    if let Some(seconds) = seconds {
        cookie = cookie.max_age(actix_web::cookie::time::Duration::seconds(seconds));
    }
    cookie.finish()
}

#[cfg(test)]
mod tests {
    use super::{is_as_we_write_it, parameter_with_nul, takes_a_proof};

    #[test]
    fn what_proves_who_somebody_is_is_never_offered_again() {
        let proofs = [
            "/connexion",
            "/connexion/code",
            "/connexion/cle",
            "/confirmer",
            "/confirmer/cle",
            "/demo/entrer",
            "/demo/confirmer",
            "/preferences/code",
            "/preferences/cles",
            "/preferences/cles/7/retrait",
            "/preferences/secours",
        ];
        for path in proofs {
            assert!(takes_a_proof(path), "{path}");
        }
        for path in ["/d/CAD-2026-000001/decision", "/brouillons/7f/envoi", "/personnes/A1001/roles", "/declarer/gift"]
        {
            assert!(!takes_a_proof(path), "the twin: {path}");
        }
    }

    #[test]
    fn an_address_is_written_in_one_way() {
        for path in ["/d/AVI-2026-000001", "/personnes/A%20B", "/assets/a.css", "/%2F", "/%C3%A9"] {
            assert!(is_as_we_write_it(path), "{path}");
        }
        for path in
            ["/d/AVI%2D2026-000001", "/%61pi/v1/register", "/d/AV%49-2026-000001", "/%2e", "/%7E", "/%", "/%4", "/%é1"]
        {
            assert!(!is_as_we_write_it(path), "{path}");
        }
    }

    #[test]
    fn a_program_is_told_which_parameter_has_a_nul_in_its_value_or_its_name() {
        for (query, named) in
            [("a=1&b=x%00", Some("b")), ("a=1&b%00=x", Some("b%00")), ("%00", Some("%00")), ("a=1&b=2", None)]
        {
            assert_eq!(parameter_with_nul(query), named, "{query}");
        }
    }
}
