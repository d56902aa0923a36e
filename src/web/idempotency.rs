//! `Idempotency-Key`: a request sent again has the effect, and the answer, of the first one (IETF draft
//! `draft-ietf-httpapi-idempotency-key-header`).
//!
//! The key is written in the transaction of the effect: both are durable, or neither. A second request with the key
//! waits for the first one's transaction and then finds its answer. A request that failed leaves no key, so that it
//! can be corrected and sent again with the same one.

use actix_web::http::header::HeaderValue;
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::idempotency_keys as keys;
use crate::error::{Error, FieldError, Result};
use crate::people::PersonId;
use crate::random::sha256_hex;

/// Name of the header.
pub const HEADER: &str = "idempotency-key";
/// What a key looks like; the quotes of the draft are welcome, not needed.
pub const PATTERN: &str = "^(\"[A-Za-z0-9._:-]{8,64}\"|[A-Za-z0-9._:-]{8,64})$";
/// How long an answer is kept.
const HOURS: i64 = 24;

/// A key and the fingerprint of the request it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    key: String,
    request: String,
}

impl Key {
    /// Reads the header of a request.
    ///
    /// # Errors
    /// [`Error::BadParameters`] when it is not as [`PATTERN`] says.
    pub fn read(header: Option<&HeaderValue>, method: &str, path: &str, body: &[u8]) -> Result<Option<Self>> {
        let Some(value) = header else { return Ok(None) };
        let text = value.to_str().unwrap_or("");
        let key = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
        let fits = (8..=64).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-'));
        if !fits {
            return Err(Error::BadParameters(vec![FieldError::new("Idempotency-Key", "error-idempotency-key")]));
        }
        let mut request = format!("{method}\n{path}\n").into_bytes();
        request.extend_from_slice(body);
        Ok(Some(Self { key: key.to_owned(), request: sha256_hex(&request) }))
    }
}

/// What is answered, and answered again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Answer {
    pub status: i32,
    pub location: Option<String>,
    pub body: String,
}

/// Runs a use case once per key. Without a key, runs it.
///
/// # Errors
/// [`Error::KeyReused`] when the key came with another request; whatever the use case answers otherwise.
pub fn once(
    tx: &mut Tx<'_>,
    person: PersonId,
    key: Option<&Key>,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Answer>,
) -> Result<Answer> {
    let Some(key) = key else { return work(tx) };
    let now = tx.now();
    forget(tx, person, now - TimeDelta::hours(HOURS))?;
    // On PostgreSQL this waits for whoever holds the key; on SQLite writers come one after the other.
    let claimed = each_engine!(tx.conn, conn => diesel::insert_into(keys::table)
        .values((
            keys::person_id.eq(person),
            keys::key.eq(&key.key),
            keys::request_hash.eq(&key.request),
            keys::status.eq(0),
            keys::body.eq(""),
            keys::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn))?;
    if claimed == 0 {
        let (request, answer): (String, Answer) = keys::table
            .find((person, &key.key))
            .select((keys::request_hash, (keys::status, keys::location, keys::body)))
            .first(tx.conn)?;
        return if request == key.request { Ok(answer) } else { Err(Error::KeyReused) };
    }
    let answer = work(tx)?;
    diesel::update(keys::table.find((person, &key.key)))
        .set((keys::status.eq(answer.status), keys::location.eq(&answer.location), keys::body.eq(&answer.body)))
        .execute(tx.conn)?;
    Ok(answer)
}

/// Forgets the answers that name an address: what was created there is thrown away for good.
///
/// # Errors
/// When the database fails.
pub fn forget_place(tx: &mut Tx<'_>, person: PersonId, location: &str) -> Result<()> {
    diesel::delete(keys::table.filter(keys::person_id.eq(person)).filter(keys::location.eq(location)))
        .execute(tx.conn)?;
    Ok(())
}

/// Forgets the answers of a person given before an instant.
fn forget(tx: &mut Tx<'_>, person: PersonId, before: Instant) -> Result<()> {
    diesel::delete(keys::table.filter(keys::person_id.eq(person)).filter(keys::created_at.lt(before)))
        .execute(tx.conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str, body: &str) -> Result<Option<Key>> {
        Key::read(
            Some(&HeaderValue::from_bytes(text.as_bytes()).unwrap()),
            "POST",
            "/api/v1/declarations",
            body.as_bytes(),
        )
    }

    #[test]
    fn a_key_may_be_quoted_or_not() {
        assert_eq!(key("8e03978e-40d5", "{}").unwrap(), key("\"8e03978e-40d5\"", "{}").unwrap());
    }

    /// C04
    #[test]
    fn another_body_is_another_request() {
        assert_ne!(key("8e03978e-40d5", "{}").unwrap(), key("8e03978e-40d5", "{} ").unwrap());
    }

    #[test]
    fn a_strange_key_is_refused() {
        for text in ["", "court", "avec une espace", "\"à moitié", "x".repeat(65).as_str()] {
            assert!(matches!(key(text, "{}"), Err(Error::BadParameters(_))), "{text}");
        }
    }
}
