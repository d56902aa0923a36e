//! SQL of opinions.

use diesel::prelude::*;

use super::opinion::Opinion;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{declarations, opinion_drafts, opinions, persons};
use crate::declarations::answers::Form;
use crate::declarations::sealed;
use crate::declarations::store::Declaration;
use crate::error::{Error, Result};
use crate::people::PersonId;

/// Names under which the parts of an opinion are sealed.
const FACTS: &str = "opinion.facts";
const NORMS: &str = "opinion.norms";
const ANALYSIS: &str = "opinion.analysis";
const RECOMMENDATION: &str = "opinion.recommendation";
const DRAFT: &str = "opinion.draft";

/// An opinion as given.
#[derive(Debug, Clone)]
pub struct Given {
    pub opinion: Opinion,
    pub at: Instant,
    pub by: String,
}

/// Keeps an opinion, once: two at a time meet the primary key.
pub fn insert(tx: &mut Tx<'_>, request: &Declaration, by: PersonId, opinion: &Opinion) -> Result<()> {
    let now = tx.now();
    let [facts, norms, analysis, recommendation] =
        [&opinion.facts, &opinion.norms, &opinion.analysis, &opinion.recommendation];
    let facts = sealed::words(tx, request, FACTS, "", facts)?;
    let norms = sealed::words(tx, request, NORMS, "", norms)?;
    let analysis = sealed::words(tx, request, ANALYSIS, "", analysis)?;
    let recommendation = sealed::words(tx, request, RECOMMENDATION, "", recommendation)?;
    diesel::insert_into(opinions::table)
        .values((
            opinions::declaration_id.eq(request.id),
            opinions::asker_id.eq(request.declarant_id),
            opinions::facts.eq(&*facts),
            opinions::norms.eq(&*norms),
            opinions::analysis.eq(&*analysis),
            opinions::recommendation.eq(&*recommendation),
            opinions::given_by.eq(by),
            opinions::given_at.eq(now),
        ))
        .execute(tx.conn)
        .map_err(|error| match error {
            diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => {
                Error::NotPossible("not-possible-decided")
            }
            other => other.into(),
        })?;
    Ok(())
}

/// The opinion on a request, when there is one. Whoever calls has been allowed to read the request.
pub fn of(tx: &mut Tx<'_>, request: &Declaration) -> Result<Option<Given>> {
    type Row = (String, String, String, String, Instant, String, String);
    let row: Option<Row> = opinions::table
        .inner_join(persons::table.on(opinions::given_by.eq(persons::id)))
        .filter(opinions::declaration_id.eq(request.id))
        .select((
            opinions::facts,
            opinions::norms,
            opinions::analysis,
            opinions::recommendation,
            opinions::given_at,
            persons::given_name,
            persons::family_name,
        ))
        .first(tx.conn)
        .optional()?;
    let Some((facts, norms, analysis, recommendation, at, given, family)) = row else { return Ok(None) };
    let opinion = Opinion {
        facts: sealed::read(tx, request, FACTS, "", facts)?,
        norms: sealed::read(tx, request, NORMS, "", norms)?,
        analysis: sealed::read(tx, request, ANALYSIS, "", analysis)?,
        recommendation: sealed::read(tx, request, RECOMMENDATION, "", recommendation)?,
    };
    Ok(Some(Given { opinion, at, by: format!("{given} {family}") }))
}

/// Reference and day of the opinions that a person received, the last ones first.
pub fn received_by(tx: &mut Tx<'_>, asker: PersonId, most: i64) -> Result<Vec<(String, Instant)>> {
    let rows: Vec<(Option<String>, Instant)> = opinions::table
        .inner_join(declarations::table.on(opinions::declaration_id.eq(declarations::id)))
        .filter(opinions::asker_id.eq(asker))
        .order((opinions::given_at.desc(), opinions::declaration_id.desc()))
        .limit(most)
        .select((declarations::reference, opinions::given_at))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(reference, at)| Some((reference?, at))).collect())
}

/// Keeps what its author typed of an opinion, in place of what was kept before.
pub fn keep_draft(tx: &mut Tx<'_>, request: &Declaration, author: PersonId, typed: &Form) -> Result<()> {
    let now = tx.now();
    let typed = serde_json::to_string(typed).map_err(Error::internal)?;
    let typed = sealed::words(tx, request, DRAFT, author, &typed)?;
    let kept = diesel::update(opinion_drafts::table.find((request.id, author)))
        .set((opinion_drafts::typed.eq(&*typed), opinion_drafts::saved_at.eq(now)))
        .execute(tx.conn)?;
    if kept == 0 {
        diesel::insert_into(opinion_drafts::table)
            .values((
                opinion_drafts::declaration_id.eq(request.id),
                opinion_drafts::author_id.eq(author),
                opinion_drafts::typed.eq(&*typed),
                opinion_drafts::saved_at.eq(now),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// What its author left half written, and when.
pub fn draft_of(tx: &mut Tx<'_>, request: &Declaration, author: PersonId) -> Result<Option<(Form, Instant)>> {
    let row: Option<(String, Instant)> = opinion_drafts::table
        .find((request.id, author))
        .select((opinion_drafts::typed, opinion_drafts::saved_at))
        .first(tx.conn)
        .optional()?;
    let Some((typed, at)) = row else { return Ok(None) };
    let typed = sealed::read(tx, request, DRAFT, author, typed)?;
    Ok(Some((serde_json::from_str(&typed).map_err(Error::internal)?, at)))
}

/// Nothing half written outlives its request: it was answered, or taken back.
pub fn forget_drafts(tx: &mut Tx<'_>, request: i64) -> Result<()> {
    diesel::delete(opinion_drafts::table.filter(opinion_drafts::declaration_id.eq(request))).execute(tx.conn)?;
    Ok(())
}
