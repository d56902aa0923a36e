//! One request to the API: who asks, what is asked, under which conditions.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::asked::Asked;
use crate::error::{Error, FieldError, Result};
use crate::web::Visit;
use crate::web::idempotency::{self, Key};

/// Codes that texts carry through serde (`words.rs`).
const CODES: [&str; 5] =
    ["error-control-character", "error-required-text", "error-too-long", "error-too-many", "error-attestation"];

/// A request, read before anything is looked up.
pub struct Call {
    pub visit: Visit,
    query: String,
    json: bool,
    body: web::Bytes,
    if_none_match: Option<String>,
    pub conditions: Conditions,
}

/// What makes a request act once, and on what was read.
#[derive(Debug, Clone)]
pub struct Conditions {
    /// `If-Match`.
    pub tags: Option<Tags>,
    pub key: Option<Key>,
}

impl FromRequest for Call {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (visit, body) = (Visit::extract(request), web::Bytes::from_request(request, payload));
        let request = request.clone();
        Box::pin(async move {
            let (visit, body) = (visit.await?, body.await?);
            let header = |name: &str| request.headers().get(name);
            let text = |name: &str| header(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let tags = header("if-match").map(|value| Tags::read(value.to_str().unwrap_or("")));
            let key = Key::read(header(idempotency::HEADER), request.method().as_str(), request.uri().path(), &body)?;
            Ok(Self {
                visit,
                query: request.query_string().to_owned(),
                json: text("content-type").is_some_and(|media| is_json(&media)),
                body,
                if_none_match: text("if-none-match"),
                conditions: Conditions { tags, key },
            })
        })
    }
}

fn is_json(media: &str) -> bool {
    media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}

/// What `If-Match` holds. Compared strongly (RFC 9110, s. 13.1.1): a weak tag, or anything else, matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tags {
    /// `*`: whatever the version.
    Any,
    These(Vec<String>),
}

impl Tags {
    fn read(text: &str) -> Self {
        if text.trim() == "*" {
            return Self::Any;
        }
        Self::These(text.split(',').map(|tag| tag.trim().to_owned()).collect())
    }

    pub fn match_version(&self, version: i32) -> bool {
        match self {
            Self::Any => true,
            Self::These(tags) => tags.contains(&etag(version)),
        }
    }
}

/// The tag of a version.
pub fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

impl Call {
    /// Reads the body.
    ///
    /// # Errors
    /// [`Error::WrongMediaType`], [`Error::BadRequest`] when it is not JSON, [`Error::Invalid`] naming the field that
    /// is unknown, missing or not of its type.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T> {
        if !self.json {
            return Err(Error::WrongMediaType);
        }
        let mut reader = serde_json::Deserializer::from_slice(&self.body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let path = error.path().to_string();
            let inner = error.into_inner();
            match inner.classify() {
                Category::Data => Error::Invalid(vec![wrong(&path, &inner.to_string())]),
                Category::Io | Category::Syntax | Category::Eof => Error::BadRequest("problem-bad-json"),
            }
        })?;
        reader.end().map_err(|_| Error::BadRequest("problem-bad-json"))?;
        Ok(value)
    }

    /// Reads a body that may be left out.
    pub fn body_if_any<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        if self.body.is_empty() { Ok(None) } else { self.body().map(Some) }
    }

    /// The parameters of the address.
    pub fn asked(&self) -> Result<Asked> {
        Asked::read(&self.query)
    }

    /// 200 with a JSON body in the language asked.
    pub fn answer(&self, content: &impl Serialize) -> Result<HttpResponse> {
        Ok(self.head(StatusCode::OK).body(serde_json::to_string(content)?))
    }

    /// The same with the tag of a version, or 304 when the program has that version.
    pub fn answer_version(&self, version: i32, content: &impl Serialize) -> Result<HttpResponse> {
        let tag = etag(version);
        let has = |known: &str| known.split(',').any(|one| matches!(one.trim(), "*") || one.trim() == tag);
        let known = self.if_none_match.as_deref().is_some_and(has);
        let mut response = self.head(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        response.insert_header((header::ETAG, tag));
        if known { Ok(response.finish()) } else { Ok(response.body(serde_json::to_string(content)?)) }
    }

    fn head(&self, status: StatusCode) -> actix_web::HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        response
            .content_type("application/json")
            .insert_header((header::CONTENT_LANGUAGE, self.visit.language.code()))
            .insert_header((header::VARY, "Accept-Language, Authorization, Cookie"));
        response
    }
}

/// What serde says, as an error beside a field.
fn wrong(path: &str, said: &str) -> FieldError {
    let named = said.split('`').nth(1).unwrap_or("");
    let inside = |name: &str| {
        let parent = path.strip_suffix(name).unwrap_or(path).trim_end_matches('.');
        if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
    };
    let at = if path == "." { String::new() } else { path.to_owned() };
    if said.starts_with("unknown field") {
        return FieldError::new(inside(named), "error-unknown-field");
    }
    if said.starts_with("missing field") {
        return FieldError::new(inside(named), "error-missing-field");
    }
    if said.starts_with("duplicate field") {
        return FieldError::new(inside(named), "error-duplicate-field");
    }
    let mut carried = said.split(' ');
    let code = carried.next().and_then(|first| CODES.into_iter().find(|code| *code == first));
    match (code, carried.next().filter(|arg| !arg.is_empty() && *arg != "at")) {
        (Some(code), Some(arg)) => FieldError::with(at, code, arg),
        (Some(code), None) => FieldError::new(at, code),
        (None, _) => FieldError::new(at, "error-wrong-type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_strongly() {
        for tags in ["\"12\"", "\"11\", \"12\"", "*"] {
            assert!(Tags::read(tags).match_version(12), "{tags}");
        }
        for tags in ["12", "W/\"12\"", "\"012\"", "\"\"", "", "\"1\""] {
            assert!(!Tags::read(tags).match_version(12), "{tags}");
        }
    }

    #[test]
    fn what_serde_says_names_the_field() {
        assert_eq!(wrong("surprise", "unknown field `surprise`, expected `kind`").field, "surprise");
        assert_eq!(wrong(".", "missing field `kind` at line 1 column 2").message, "error-missing-field");
        let long = wrong("measures[2]", "error-too-long 300 at line 1 column 9");
        assert_eq!(
            (long.field.as_str(), long.message, long.arg.as_deref()),
            ("measures[2]", "error-too-long", Some("300"))
        );
        assert_eq!(wrong("submit", "invalid type: string \"a\", expected a boolean").message, "error-wrong-type");
    }
}
