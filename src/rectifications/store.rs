//! Rows of rectifications.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{declarations, persons, rectification_reminders, rectifications};
use crate::declarations::store::Declaration;
use crate::error::{Error, Result};
use crate::people::PersonId;
use crate::random::sha256_hex;
use crate::sealing::{Place, record};

/// What was answered to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Granted,
    Refused,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Granted, Self::Refused].into_iter().find(|verdict| verdict.as_str() == text)
    }
}

/// In the place of a verdict: more time is taken, and the request still waits.
const EXTENDED: &str = "extended";

/// A request, and its answer when there is one.
#[derive(Debug, Clone)]
pub struct Rectification {
    pub id: i64,
    pub field: Option<String>,
    pub text: String,
    pub asked_by: String,
    pub asked_at: Instant,
    /// More time was taken to answer.
    pub extension: Option<Extension>,
    pub answer: Option<Answer>,
}

#[derive(Debug, Clone)]
pub struct Extension {
    /// Why.
    pub text: String,
    pub by: String,
    pub at: Instant,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub verdict: Verdict,
    pub text: String,
    pub by: String,
    pub at: Instant,
}

fn place(declaration: i64, author: PersonId, written_at: Instant) -> Place {
    Place::new("rectification", declaration, format_args!("{author}/{}", written_at.and_utc().timestamp_micros()))
}

/// What is written, before it has a number.
pub struct New<'t> {
    pub declaration: i64,
    pub author: PersonId,
    pub says: Says<'t>,
    pub text: &'t str,
}

/// What a row is.
#[derive(Debug, Clone, Copy)]
pub enum Says<'t> {
    /// A request, about an answer on file or the whole.
    Asks(Option<&'t str>),
    /// More time is taken for a request.
    Extends(i64),
    /// A request is settled.
    Answers(i64, Verdict),
}

/// Writes a request, an extension or an answer, encrypted with the key of the file. Gives its number and the hash of what is kept.
///
/// # Errors
/// [`Error::NotPossible`] when the request was answered, or extended, already.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<(i64, String)> {
    let now = tx.now();
    let place = place(new.declaration, new.author, now);
    let kept = record::find_or_make(tx, new.declaration)?.seal_text(&place, new.text)?;
    let (field, request, verdict) = match new.says {
        Says::Asks(field) => (field, None, None),
        Says::Extends(request) => (None, Some(request), Some(EXTENDED)),
        Says::Answers(request, verdict) => (None, Some(request), Some(verdict.as_str())),
    };
    let id = diesel::insert_into(rectifications::table)
        .values((
            rectifications::declaration_id.eq(new.declaration),
            rectifications::request_id.eq(request),
            rectifications::verdict.eq(verdict),
            rectifications::field.eq(field),
            rectifications::text.eq(&kept),
            rectifications::author_id.eq(new.author),
            rectifications::written_at.eq(now),
        ))
        .returning(rectifications::id)
        .get_result(tx.conn)
        .map_err(|error| match error {
            diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => {
                Error::NotPossible("not-possible-rectified")
            }
            other => other.into(),
        })?;
    Ok((id, sha256_hex(kept.as_bytes())))
}

/// The requests about a file with their answers, oldest first.
///
/// # Errors
/// What was changed does not open.
pub fn of(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<Rectification>> {
    type Row = (i64, Option<i64>, Option<String>, Option<String>, String, PersonId, String, String, Instant);
    let rows: Vec<Row> = rectifications::table
        .inner_join(persons::table.on(rectifications::author_id.eq(persons::id)))
        .filter(rectifications::declaration_id.eq(declaration))
        .order(rectifications::id.asc())
        .select((
            rectifications::id,
            rectifications::request_id,
            rectifications::verdict,
            rectifications::field,
            rectifications::text,
            rectifications::author_id,
            persons::given_name,
            persons::family_name,
            rectifications::written_at,
        ))
        .load(tx.conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = record::required(tx, declaration)?;
    let mut found: Vec<Rectification> = Vec::new();
    for (id, request, verdict, field, text, author, given, family, at) in rows {
        let (text, by) = (key.open_text(&place(declaration, author, at), &text)?, format!("{given} {family}"));
        match request {
            None => {
                found.push(Rectification {
                    id,
                    field,
                    text,
                    asked_by: by,
                    asked_at: at,
                    extension: None,
                    answer: None,
                });
            }
            Some(request) => {
                let Some(asked) = found.iter_mut().find(|asked| asked.id == request) else { continue };
                if verdict.as_deref() == Some(EXTENDED) {
                    asked.extension = Some(Extension { text, by, at });
                } else {
                    let verdict = verdict.as_deref().and_then(Verdict::parse).unwrap_or(Verdict::Refused);
                    asked.answer = Some(Answer { verdict, text, by, at });
                }
            }
        }
    }
    Ok(found)
}

diesel::alias!(rectifications as later: Later);

/// An extension, or an answer, of the request in hand.
macro_rules! follows {
    ($extends:literal) => {
        exists(
            later
                .filter(later.field(rectifications::request_id).eq(rectifications::id.nullable()))
                .filter(later.field(rectifications::verdict).eq(EXTENDED).eq($extends)),
        )
    };
}

/// A request that nobody answered.
#[derive(Debug, Clone, Queryable)]
pub struct Waiting {
    pub request: i64,
    pub reference: Option<String>,
    pub asked_at: Instant,
    pub declarant: PersonId,
    pub declaration: i64,
    /// More time was taken.
    pub extended: bool,
    /// Day of the last reminder.
    pub told_on: Option<NaiveDate>,
}

/// Requests that nobody answered, the oldest first.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Waiting>> {
    Ok(rectifications::table
        .inner_join(declarations::table.on(rectifications::declaration_id.eq(declarations::id)))
        .left_join(rectification_reminders::table.on(rectification_reminders::request_id.eq(rectifications::id)))
        .filter(rectifications::request_id.is_null())
        .filter(not(follows!(false)))
        .order(rectifications::id.asc())
        .limit(50)
        .select((
            rectifications::id,
            declarations::reference,
            rectifications::written_at,
            declarations::declarant_id,
            declarations::id,
            follows!(true),
            rectification_reminders::told_on.nullable(),
        ))
        .load(tx.conn)?)
}

/// A request of the list, without its words.
#[derive(Debug, Queryable)]
pub struct Listed {
    pub request: i64,
    pub asked_at: Instant,
    pub extended: bool,
    pub declaration: Declaration,
}

/// Requests that wait, the oldest first, from the one after `from`; or those that were answered, the last first, before it.
pub fn list(tx: &mut Tx<'_>, answered: bool, from: Option<i64>, most: i64) -> Result<Vec<Listed>> {
    let query = rectifications::table
        .inner_join(declarations::table.on(rectifications::declaration_id.eq(declarations::id)))
        .filter(rectifications::request_id.is_null())
        .select((rectifications::id, rectifications::written_at, follows!(true), Declaration::as_select()))
        .limit(most)
        .into_boxed();
    Ok(match answered {
        true => query
            .filter(follows!(false))
            .filter(rectifications::id.lt(from.unwrap_or(i64::MAX)))
            .order(rectifications::id.desc())
            .load(tx.conn)?,
        false => query
            .filter(not(follows!(false)))
            .filter(rectifications::id.gt(from.unwrap_or_default()))
            .order(rectifications::id.asc())
            .load(tx.conn)?,
    })
}
