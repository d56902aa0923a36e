//! Rows of rectifications.

use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{declarations, persons, rectifications};
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

/// A request, and its answer when there is one.
#[derive(Debug, Clone)]
pub struct Rectification {
    pub id: i64,
    pub field: Option<String>,
    pub text: String,
    pub asked_by: String,
    pub asked_at: Instant,
    pub answer: Option<Answer>,
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
    /// The request that it answers, and how.
    pub answers: Option<(i64, Verdict)>,
    pub field: Option<&'t str>,
    pub text: &'t str,
}

/// Writes a request or an answer, encrypted with the key of the file. Gives its number and the hash of what is kept.
///
/// # Errors
/// [`Error::NotPossible`] when the request was answered already.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<(i64, String)> {
    let now = tx.now();
    let place = place(new.declaration, new.author, now);
    let kept = record::find_or_make(tx, new.declaration)?.seal_text(&place, new.text)?;
    let id = diesel::insert_into(rectifications::table)
        .values((
            rectifications::declaration_id.eq(new.declaration),
            rectifications::request_id.eq(new.answers.map(|(request, _)| request)),
            rectifications::verdict.eq(new.answers.map(|(_, verdict)| verdict.as_str())),
            rectifications::field.eq(new.field),
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
            None => found.push(Rectification { id, field, text, asked_by: by, asked_at: at, answer: None }),
            Some(request) => {
                let verdict = verdict.as_deref().and_then(Verdict::parse).unwrap_or(Verdict::Refused);
                if let Some(asked) = found.iter_mut().find(|asked| asked.id == request) {
                    asked.answer = Some(Answer { verdict, text, by, at });
                }
            }
        }
    }
    Ok(found)
}

/// A request that nobody answered.
#[derive(Debug, Clone, Queryable)]
pub struct Waiting {
    pub reference: Option<String>,
    pub asked_at: Instant,
    pub declarant: PersonId,
    pub declaration: i64,
}

/// Requests that nobody answered, the oldest first.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Waiting>> {
    let answer = diesel::alias!(rectifications as answer);
    Ok(rectifications::table
        .inner_join(declarations::table.on(rectifications::declaration_id.eq(declarations::id)))
        .filter(rectifications::request_id.is_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(
            answer.filter(answer.field(rectifications::request_id).eq(rectifications::id.nullable())),
        )))
        .order(rectifications::id.asc())
        .limit(50)
        .select((declarations::reference, rectifications::written_at, declarations::declarant_id, declarations::id))
        .load(tx.conn)?)
}
