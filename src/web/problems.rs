//! How an error is told: a page in the person's language for people, `application/problem+json` (RFC 9457) for programs.
//! What happened, what to do next, and a number that the log also has. Never a cause, a path or a query.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::Visit;
use crate::error::{Error, FieldError};
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};

/// What the API answers to whoever has no token (RFC 6750).
const CHALLENGE: &str = "Bearer realm=\"probite\"";

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Invalid(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::NotAllowed | Self::NotConfirmed | Self::CodeFirst | Self::SecondPerson(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::NotPossible(_) => StatusCode::CONFLICT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::BadRequest(_) | Self::BadParameters(_) => StatusCode::BAD_REQUEST,
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unavailable(_) | Self::Crossed(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Operator(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        // The gate replaces this answer; it only carries the error there.
        HttpResponse::new(self.status_code())
    }
}

/// Fluent key of the title and of the sentence.
fn words(error: &Error) -> (&'static str, &'static str) {
    match error {
        Error::Invalid(_) => ("problem-invalid-title", "problem-invalid"),
        Error::SignedOut => ("problem-signed-out-title", "problem-signed-out"),
        Error::NotAllowed => ("problem-not-allowed-title", "problem-not-allowed"),
        Error::NotConfirmed => ("problem-not-confirmed-title", "problem-not-confirmed"),
        Error::SecondPerson(_) => ("problem-not-allowed-title", "problem-second-person"),
        Error::CodeFirst => ("problem-not-confirmed-title", "problem-code-first"),
        Error::NotFound => ("problem-not-found-title", "problem-not-found"),
        Error::Stale => ("problem-stale-title", "problem-stale"),
        Error::NotPossible(key) => ("problem-not-possible-title", key),
        Error::TooMany(_) => ("problem-too-many-title", "problem-too-many"),
        Error::BadRequest(key) => ("problem-bad-request-title", key),
        Error::BadParameters(_) => ("problem-bad-request-title", "problem-bad-parameters"),
        Error::WrongMethod(_) => ("problem-bad-request-title", "problem-wrong-method"),
        Error::WrongMediaType => ("problem-bad-request-title", "problem-wrong-media-type"),
        Error::PreconditionRequired => ("problem-bad-request-title", "problem-precondition"),
        Error::KeyReused => ("problem-bad-request-title", "problem-key-reused"),
        Error::TooLarge => ("problem-too-large-title", "problem-too-large"),
        Error::Full => ("problem-full-title", "problem-full"),
        Error::Unavailable(_) => ("problem-unavailable-title", "problem-unavailable"),
        Error::Crossed(_) => ("problem-crossed-title", "problem-crossed"),
        Error::Operator(_) | Error::Internal(_) => ("problem-internal-title", "problem-internal"),
    }
}

/// What programs compare, stable whatever the language. Named after the sentence: `stale`, `not-possible-decided`.
fn code(error: &Error) -> &'static str {
    let key = words(error).1;
    key.strip_prefix("problem-").unwrap_or(key)
}

/// What is wrong beside a field, in words.
pub fn field_message(error: &FieldError, language: Language) -> String {
    let arg = error.arg.clone().unwrap_or_default();
    let arg = match (arg.parse::<i64>(), arg.parse::<NaiveDate>()) {
        (Ok(number), _) => Arg::from(number),
        (_, Ok(date)) => Arg::from(formats::format_date_long(date, language)),
        _ => Arg::from(arg),
    };
    say(language, error.message, &[("arg", arg)])
}

#[derive(Serialize)]
struct ProblemPage {
    heading: String,
    text: String,
    /// Number shared with the log, for errors of ours.
    number: Option<String>,
    go: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    href: String,
    label: String,
}

/// The answer for a visit.
pub fn response(error: &Error, visit: &Visit) -> HttpResponse {
    let number = note(error);
    let mut answer = if visit.is_api { api(error, visit.language, number) } else { page(error, visit, number) };
    let wait = match error {
        Error::TooMany(seconds) => Some(*seconds),
        Error::Unavailable(_) => Some(SECONDS_AWAY),
        // The other change is over.
        Error::Crossed(_) => Some(1),
        _ => None,
    };
    if let Some(seconds) = wait
        && let Ok(value) = header::HeaderValue::from_str(&seconds.to_string())
    {
        answer.headers_mut().insert(header::RETRY_AFTER, value);
    }
    if let Error::WrongMethod(allowed) = error
        && let Ok(value) = header::HeaderValue::from_str(allowed)
    {
        answer.headers_mut().insert(header::ALLOW, value);
    }
    if visit.is_api && matches!(error, Error::SignedOut) {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static(CHALLENGE));
    }
    answer
}

/// After how many seconds it is worth asking again when the database does not answer.
const SECONDS_AWAY: u64 = 5;

/// Our errors go to the log with a number that the person can quote.
fn note(error: &Error) -> Option<String> {
    let cause = match error {
        Error::Internal(cause) | Error::Unavailable(cause) => cause.clone(),
        Error::Operator(sentence) => sentence.to_string(),
        Error::Crossed(cause) => {
            tracing::warn!(cause, "a change was given up for another");
            return None;
        }
        _ => return None,
    };
    let number = crate::random::token::<6>().unwrap_or_default();
    tracing::error!(number, cause, "request failed");
    Some(number)
}

fn api(error: &Error, language: Language, number: Option<String>) -> HttpResponse {
    let (title, detail) = words(error);
    // « Revenez à la page précédente » means nothing to a program.
    let detail = match error {
        Error::Invalid(_) => "problem-invalid-api",
        Error::SignedOut => "problem-signed-out-api",
        Error::Stale => "problem-stale-api",
        Error::Unavailable(_) => "problem-unavailable-api",
        Error::Crossed(_) => "problem-crossed-api",
        _ => detail,
    };
    let mut problem = json!({
        "type": "about:blank",
        "title": say(language, title, &[]),
        "status": error.status_code().as_u16(),
        "detail": text(error, detail, language),
        "code": code(error),
    });
    if let Some(object) = problem.as_object_mut() {
        if let Error::Invalid(fields) | Error::BadParameters(fields) = error {
            let fields: Vec<_> = fields
                .iter()
                .map(|field| json!({ "field": field.field, "code": field.message, "message": field_message(field, language) }))
                .collect();
            object.insert("errors".into(), fields.into());
        }
        if let Some(number) = number {
            object.insert("instance".into(), format!("urn:probite:incident:{number}").into());
        }
    }
    HttpResponse::build(error.status_code())
        .content_type("application/problem+json")
        .insert_header((header::CONTENT_LANGUAGE, language.code()))
        .body(problem.to_string())
}

/// What happened, and what to do next.
pub fn sentence(error: &Error, language: Language) -> String {
    text(error, words(error).1, language)
}

fn text(error: &Error, key: &str, language: Language) -> String {
    match error {
        Error::TooMany(seconds) => {
            say(language, key, &[("seconds", Arg::from(i64::try_from(*seconds).unwrap_or(i64::MAX)))])
        }
        _ => say(language, key, &[]),
    }
}

fn page(error: &Error, visit: &Visit, number: Option<String>) -> HttpResponse {
    let (title, sentence) = words(error);
    let heading = visit.say(title);
    let mut go = vec![Link { href: "/".into(), label: visit.say("problem-go-home") }];
    if visit.visitor().is_some() {
        go.push(Link { href: "/mes-declarations".into(), label: visit.say("problem-go-mine") });
    }
    let content = ProblemPage { heading: heading.clone(), text: text(error, sentence, visit.language), number, go };
    super::page::Page::new(visit, heading)
        .status(error.status_code())
        .render("pages/problem", &content)
        .unwrap_or_else(|_| plain(error))
}

/// A form that the database gave up for another change, offered again as it was typed.
pub fn offered_again(error: &Error, visit: &Visit, form: &str) -> HttpResponse {
    let offered = super::sign_in::offer(visit, words(error).0, "resume-crossed", &visit.address, form);
    match offered {
        Ok(mut answer) => {
            note(error);
            *answer.status_mut() = error.status_code();
            answer
        }
        Err(_) => response(error, visit),
    }
}

/// An error from actix itself (a body too large, a malformed form).
pub fn status(status: StatusCode, visit: &Visit) -> HttpResponse {
    let error = match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        status if status.is_client_error() => Error::BadRequest("problem-bad-request"),
        status => Error::Internal(format!("answered {status}")),
    };
    response(&error, visit)
}

/// When not even a visit could be made: no page, no words of ours. A token that is unknown, expired or revoked ends here.
pub fn plain(error: &Error) -> HttpResponse {
    note(error);
    let mut answer = HttpResponse::build(error.status_code());
    if matches!(error, Error::SignedOut) {
        answer.insert_header((header::WWW_AUTHENTICATE, format!("{CHALLENGE}, error=\"invalid_token\"")));
    }
    let status = error.status_code();
    let sentence = if matches!(error, Error::SignedOut) { "problem-signed-out-api" } else { words(error).1 };
    answer.content_type("application/problem+json").body(
        json!({
            "type": "about:blank",
            "title": status.canonical_reason(),
            "status": status.as_u16(),
            "detail": text(error, sentence, Language::Fr),
            "code": code(error),
        })
        .to_string(),
    )
}
