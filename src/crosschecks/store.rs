//! Rows of cross-checks.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::Answer;
use super::looked::LOOK;
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::CompanyId;
use crate::db::schema::{barred, crosschecks, declarations, imports};
use crate::declarations::shown::not_sealed;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::people::PersonId;
use crate::policy::rules::Finding;
use crate::sources::Source;
use crate::sources::store::ImportId;

/// Something new about the company of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crosschecks)]
pub struct Crosscheck {
    pub id: i64,
    pub declaration_id: i64,
    pub company_id: CompanyId,
    pub rule: String,
    /// `tender`, `contract`, `amended`, `listed`, `group`, `group_tender` or `look`.
    pub what: String,
    finding: String,
    pub found_at: Instant,
    pub answer: Option<String>,
    pub note: Option<String>,
    pub answered_by: Option<PersonId>,
    pub answered_at: Option<Instant>,
}

impl Crosscheck {
    /// What the rule found, with the inputs it saw.
    pub fn finding(&self) -> Result<Finding> {
        Ok(serde_json::from_str(&self.finding)?)
    }

    /// What was found does not hold any more.
    pub fn is_lifted(&self) -> bool {
        self.answer.as_deref() == Some(Answer::Lifted.as_str())
    }
}

/// What is new, and where it comes from.
#[derive(Debug)]
pub struct New<'n> {
    pub declaration: i64,
    pub company: CompanyId,
    /// The file that told it; nothing when somebody wrote it down.
    pub import: Option<ImportId>,
    pub what: &'n str,
    pub subject: &'n str,
    pub finding: &'n Finding,
}

/// Keeps it, unless it was told before and holds since.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<Option<i64>> {
    let now = tx.now();
    let finding = serde_json::to_string(new.finding)?;
    let known: Option<(i64, Option<String>)> = crosschecks::table
        .filter(crosschecks::declaration_id.eq(new.declaration))
        .filter(crosschecks::rule.eq(&new.finding.rule))
        .filter(crosschecks::subject.eq(new.subject))
        .select((crosschecks::id, crosschecks::answer))
        .first(tx.conn)
        .optional()?;
    let seen = (
        crosschecks::company_id.eq(new.company),
        crosschecks::import_id.eq(new.import),
        crosschecks::what.eq(new.what),
        crosschecks::finding.eq(finding),
        crosschecks::found_at.eq(now),
    );
    if let Some((id, answer)) = known {
        if answer.as_deref() != Some(Answer::Lifted.as_str()) {
            return Ok(None);
        }
        // It holds again: companies that were told apart are one again.
        let waits = (crosschecks::answer.eq(None::<String>), crosschecks::answered_at.eq(None::<Instant>));
        diesel::update(crosschecks::table.find(id)).set((seen, waits)).execute(tx.conn)?;
        return Ok(Some(id));
    }
    let of = (
        crosschecks::declaration_id.eq(new.declaration),
        crosschecks::rule.eq(&new.finding.rule),
        crosschecks::subject.eq(new.subject),
    );
    let id =
        diesel::insert_into(crosschecks::table).values((of, seen)).returning(crosschecks::id).get_result(tx.conn)?;
    Ok(Some(id))
}

/// Those of a declaration, oldest first.
pub fn of_declaration(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<Crosscheck>> {
    Ok(crosschecks::table
        .filter(crosschecks::declaration_id.eq(declaration))
        .order(crosschecks::id.asc())
        .select(Crosscheck::as_select())
        .load(tx.conn)?)
}

/// Those that looks at the registry of lobbyists made about some declarations, oldest first.
pub fn of_looks(tx: &mut Tx<'_>, declarations: &[i64]) -> Result<Vec<Crosscheck>> {
    if declarations.is_empty() {
        return Ok(Vec::new());
    }
    Ok(crosschecks::table
        .filter(crosschecks::declaration_id.eq_any(declarations))
        .filter(crosschecks::what.eq(LOOK))
        .order(crosschecks::id.asc())
        .select(Crosscheck::as_select())
        .load(tx.conn)?)
}

/// One of a declaration.
pub fn find(tx: &mut Tx<'_>, declaration: i64, id: i64) -> Result<Option<Crosscheck>> {
    Ok(crosschecks::table
        .find(id)
        .filter(crosschecks::declaration_id.eq(declaration))
        .select(Crosscheck::as_select())
        .first(tx.conn)
        .optional()?)
}

/// Number, declaration, rule and subject of those that wait for an answer about files which name some companies.
pub fn waiting_about(tx: &mut Tx<'_>, companies: &[CompanyId]) -> Result<Vec<(i64, i64, String, String)>> {
    Ok(crosschecks::table
        .inner_join(declarations::table.on(declarations::id.eq(crosschecks::declaration_id)))
        .filter(declarations::company_id.eq_any(companies))
        .filter(crosschecks::answer.is_null())
        .order(crosschecks::id.asc())
        .select((crosschecks::id, crosschecks::declaration_id, crosschecks::rule, crosschecks::subject))
        .load(tx.conn)?)
}

/// Writes an answer; false when somebody answered before.
pub fn answer(tx: &mut Tx<'_>, id: i64, answer: Answer, note: &str, by: PersonId) -> Result<bool> {
    let now = tx.now();
    let changed = diesel::update(crosschecks::table.find(id).filter(crosschecks::answer.is_null()))
        .set((
            crosschecks::answer.eq(answer.as_str()),
            crosschecks::note.eq(note),
            crosschecks::answered_by.eq(by),
            crosschecks::answered_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// What was found does not hold any more: nobody has to answer.
pub fn lift(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let now = tx.now();
    diesel::update(crosschecks::table.find(id).filter(crosschecks::answer.is_null()))
        .set((crosschecks::answer.eq(Answer::Lifted.as_str()), crosschecks::answered_at.eq(now)))
        .execute(tx.conn)?;
    Ok(())
}

/// Those that `reader` is not barred from, newest first: waiting for an answer, or answered.
pub fn list(
    tx: &mut Tx<'_>,
    reader: &Actor,
    answered: bool,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<(Crosscheck, Declaration)>> {
    let person = reader.person;
    let before = before.unwrap_or(i64::MAX);
    Ok(crosschecks::table
        .inner_join(declarations::table.on(declarations::id.eq(crosschecks::declaration_id)))
        .filter(crosschecks::answer.is_null().ne(answered))
        .filter(crosschecks::id.lt(before))
        .filter(not_sealed())
        .filter(not(exists(
            barred::table.filter(barred::declaration_id.eq(declarations::id)).filter(barred::person_id.eq(person)),
        )))
        .order(crosschecks::id.desc())
        .limit(most)
        .select((Crosscheck::as_select(), Declaration::as_select()))
        .load(tx.conn)?)
}

/// The oldest import that declarations were not looked at again with.
pub fn next_import(tx: &mut Tx<'_>) -> Result<Option<(ImportId, Source)>> {
    let row: Option<(ImportId, String)> = imports::table
        .filter(imports::crosschecked_at.is_null())
        .order(imports::id.asc())
        .select((imports::id, imports::source))
        .first(tx.conn)
        .optional()?;
    Ok(row.and_then(|(id, source)| Some((id, Source::ALL.into_iter().find(|known| known.as_str() == source)?))))
}

pub fn set_done(tx: &mut Tx<'_>, import: ImportId) -> Result<()> {
    let now = tx.now();
    diesel::update(imports::table.find(import)).set(imports::crosschecked_at.eq(now)).execute(tx.conn)?;
    Ok(())
}
