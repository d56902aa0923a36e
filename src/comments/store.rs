//! Rows of comments.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::Audience;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::kept::Keep;
use crate::db::schema::{comments, declarations, persons};
use crate::error::Result;
use crate::people::PersonId;
use crate::random::sha256_hex;
use crate::sealing::{Place, record};

/// A comment as one of its readers sees it.
#[derive(Debug, Clone)]
pub struct Comment {
    pub id: i64,
    /// The answer it is about.
    pub field: Option<String>,
    pub audience: Audience,
    pub text: String,
    pub author: PersonId,
    pub author_name: String,
    pub written_at: Instant,
}

fn place(declaration: i64, author: PersonId, written_at: Instant) -> Place {
    Place::new("comment", declaration, format_args!("{author}/{}", written_at.and_utc().timestamp_micros()))
}

/// Writes a comment, encrypted whatever the file: notes are for who reads them. Gives its number and the hash of what is
/// kept, against which nobody can try likely words.
pub fn insert(
    tx: &mut Tx<'_>,
    declaration: i64,
    author: PersonId,
    field: Option<&str>,
    audience: Audience,
    text: &str,
) -> Result<(i64, String)> {
    let now = tx.now();
    let kept = record::find_or_make(tx, declaration)?.seal_text(&place(declaration, author, now), text)?;
    let id = diesel::insert_into(comments::table)
        .values((
            comments::declaration_id.eq(declaration),
            comments::field.eq(field),
            comments::audience.eq(audience.as_str()),
            comments::text.eq(&kept),
            comments::author_id.eq(author),
            comments::written_at.eq(now),
        ))
        .returning(comments::id)
        .get_result(tx.conn)?;
    Ok((id, sha256_hex(kept.as_bytes())))
}

/// What somebody who may comment reads of a file, oldest first: their own notes, what whoever handles the file writes
/// to each other unless they are its declarant, and what is written to everybody.
pub fn read_by(tx: &mut Tx<'_>, declaration: i64, reader: PersonId, is_declarant: bool) -> Result<Vec<Comment>> {
    type Row = (i64, Option<String>, String, String, PersonId, String, String, Instant);
    let open: &[&str] = if is_declarant { &["person"] } else { &["person", "readers"] };
    let rows: Vec<Row> = comments::table
        .inner_join(persons::table.on(comments::author_id.eq(persons::id)))
        .filter(comments::declaration_id.eq(declaration))
        .filter(comments::audience.eq_any(open).or(comments::author_id.eq(reader)))
        .order(comments::id.asc())
        .select((
            comments::id,
            comments::field,
            comments::audience,
            comments::text,
            comments::author_id,
            persons::given_name,
            persons::family_name,
            comments::written_at,
        ))
        .kept()
        .load(tx.conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = record::required(tx, declaration)?;
    rows.into_iter()
        .map(|(id, field, audience, text, author, given, family, written_at)| {
            Ok(Comment {
                id,
                field,
                // What cannot be read is its author's alone.
                audience: Audience::parse(&audience).unwrap_or(Audience::Private),
                text: key.open_text(&place(declaration, author, written_at), &text)?,
                author,
                author_name: format!("{given} {family}"),
                written_at,
            })
        })
        .collect()
}

/// What the declarants of some files wrote about: the file, and the answer, rule or news that it is about.
pub fn about_by_declarants(tx: &mut Tx<'_>, files: &[i64]) -> Result<BTreeSet<(i64, String)>> {
    if files.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows: Vec<(i64, Option<String>)> = comments::table
        .inner_join(declarations::table.on(comments::declaration_id.eq(declarations::id)))
        .filter(comments::declaration_id.eq_any(files))
        .filter(comments::author_id.eq(declarations::declarant_id))
        .filter(comments::field.is_not_null())
        .select((comments::declaration_id, comments::field))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(file, about)| Some((file, about?))).collect())
}
