//! The versions of a file, and the declaration that it follows: what can be put side by side.

use diesel::prelude::*;

use super::answers::Answers;
use super::lists::Earlier;
use super::renewal;
use super::sealed;
use super::store::{self, Declaration};
use super::workflow::State;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{declarations, revisions};
use crate::error::{Error, Result};

/// What was declared on a day.
#[derive(Debug, Clone)]
pub struct Version {
    /// Number of a version of the file, or reference of the declaration that it follows.
    pub key: String,
    pub kind_version: i64,
    pub answers: Answers,
    pub filed_at: Instant,
    /// It is the declaration that the file follows.
    pub is_followed: bool,
}

/// Is there something to put beside the last version? Asked for each reading of a file: nothing is fetched.
pub fn is_offered(declaration: &Declaration, history: &[Earlier]) -> bool {
    declaration.revision > 1
        || (declaration.kind == renewal::KIND && declaration.origin_id.is_some())
        || history.iter().any(|row| {
            row.company_id.is_some() && row.company_id == declaration.company_id && row.kind == declaration.kind
        })
}

/// Oldest first: the declaration that this one follows as it stands, then each version of this one.
pub fn of(tx: &mut Tx<'_>, declaration: &Declaration, followed: Option<&Declaration>) -> Result<Vec<Version>> {
    let mut versions = Vec::new();
    if let Some(other) = followed {
        versions.push(Version {
            key: other.slug().to_owned(),
            kind_version: other.kind_version_id,
            answers: other.answers()?,
            filed_at: other.filed_at.unwrap_or(other.changed_at),
            is_followed: true,
        });
    }
    let filed: Vec<(i32, i64, String, Instant)> = revisions::table
        .filter(revisions::declaration_id.eq(declaration.id))
        .order(revisions::number.asc())
        .select((revisions::number, revisions::kind_version_id, revisions::answers, revisions::filed_at))
        .load(tx.conn)?;
    for (number, kind_version, answers, filed_at) in filed {
        let answers = sealed::read(tx, declaration, "revision", number, answers)?;
        let answers = serde_json::from_str(&answers)?;
        versions.push(Version { key: number.to_string(), kind_version, answers, filed_at, is_followed: false });
    }
    Ok(versions)
}

/// The declaration that this one follows, when this reader may examine it: the one it renews, or the last one before
/// it of the same person, kind and company.
pub fn followed(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration) -> Result<Option<Declaration>> {
    let Some(slug) = slug_of_followed(tx, declaration)? else { return Ok(None) };
    match store::authorized(tx, actor, &slug, Action::Examine) {
        Ok(found) => Ok(Some(found.declaration)),
        Err(Error::NotFound | Error::NotAllowed) => Ok(None),
        Err(error) => Err(error),
    }
}

fn slug_of_followed(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Option<String>> {
    let same_kind = declarations::kind.eq(declaration.kind.clone());
    let slug = (declarations::reference, declarations::key);
    let found: Option<(Option<String>, String)> = match (declaration.origin_id, declaration.company_id) {
        (Some(origin), _) if declaration.kind == renewal::KIND => declarations::table
            .filter(declarations::id.eq(origin))
            .filter(same_kind)
            .select(slug)
            .first(tx.conn)
            .optional()?,
        (_, Some(company)) => each_engine!(tx.conn, conn => declarations::table
            .filter(declarations::declarant_id.eq(declaration.declarant_id))
            .filter(declarations::first_filed_at.lt(declaration.first_filed_at))
            .filter(same_kind)
            .filter(declarations::company_id.eq(company))
            .filter(declarations::state.ne(State::Withdrawn.as_str()))
            .order((declarations::first_filed_at.desc(), declarations::id.desc()))
            .select(slug)
            .first(conn)
            .optional())?,
        _ => None,
    };
    Ok(found.map(|(reference, key)| reference.unwrap_or(key)))
}
