//! SQL of companies.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::CompanyId;
use crate::app::Tx;
use crate::db::schema::{companies, company_names};
use crate::db::search::fold;
use crate::declarations::lists::Cursor;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;

#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = companies)]
pub struct Company {
    pub id: CompanyId,
    pub neq: Option<String>,
    pub no_neq_reason: Option<String>,
    pub name: String,
    pub merged_into: Option<CompanyId>,
    /// The company at the head of its group.
    pub group_id: Option<CompanyId>,
}

pub fn find(tx: &mut Tx<'_>, id: CompanyId) -> Result<Option<Company>> {
    Ok(companies::table.find(id).select(Company::as_select()).first(tx.conn).optional()?)
}

pub fn find_by_neq(tx: &mut Tx<'_>, neq: &str) -> Result<Option<Company>> {
    Ok(companies::table.filter(companies::neq.eq(neq)).select(Company::as_select()).first(tx.conn).optional()?)
}

/// The company that a company stands for: itself, or the one it was merged into.
pub fn root(tx: &mut Tx<'_>, id: CompanyId) -> Result<Company> {
    let company = find(tx, id)?.ok_or(Error::NotFound)?;
    match company.merged_into {
        Some(into) => find(tx, into)?.ok_or(Error::NotFound),
        None => Ok(company),
    }
}

/// Id of the company that a company stands for.
pub fn kept(tx: &mut Tx<'_>, id: CompanyId) -> Result<CompanyId> {
    let into: Option<Option<CompanyId>> =
        companies::table.find(id).select(companies::merged_into).first(tx.conn).optional()?;
    Ok(into.flatten().unwrap_or(id))
}

/// A company and those merged into it: whose files its page, the register and the rules read. One level, since a merger
/// says so when it is written.
pub fn standing_for(tx: &mut Tx<'_>, id: CompanyId) -> Result<Vec<CompanyId>> {
    let kept = find(tx, id)?.and_then(|company| company.merged_into).unwrap_or(id);
    let merged: Vec<CompanyId> = companies::table
        .filter(companies::merged_into.eq(kept))
        .order(companies::id.asc())
        .select(companies::id)
        .load(tx.conn)?;
    Ok([vec![kept], merged].concat())
}

/// The companies merged into one, by name.
pub fn duplicates(tx: &mut Tx<'_>, id: CompanyId) -> Result<Vec<Company>> {
    Ok(companies::table
        .filter(companies::merged_into.eq(id))
        .order((companies::folded.asc(), companies::id.asc()))
        .select(Company::as_select())
        .load(tx.conn)?)
}

/// Changes what a company is merged into when it still is what was read; how many rows that was.
pub fn set_merged(tx: &mut Tx<'_>, id: CompanyId, from: Option<CompanyId>, into: Option<CompanyId>) -> Result<usize> {
    let row = companies::table.filter(companies::id.eq(id));
    Ok(match from {
        Some(from) => diesel::update(row.filter(companies::merged_into.eq(from)))
            .set(companies::merged_into.eq(into))
            .execute(tx.conn)?,
        None => diesel::update(row.filter(companies::merged_into.is_null()))
            .set(companies::merged_into.eq(into))
            .execute(tx.conn)?,
    })
}

/// Legal forms, folded: not what tells two companies apart.
const FORMS: [&str; 12] = ["inc", "ltee", "limitee", "ltd", "senc", "sencrl", "sec", "enr", "corp", "cie", "co", "llp"];

/// Most likely duplicates proposed.
const MOST_LIKELY: usize = 5;

/// Companies that may be the same: their name begins as this one's, its legal form aside, and one of the two has no NEQ.
/// Two NEQ are two legal persons.
pub fn likely(tx: &mut Tx<'_>, company: &Company) -> Result<Vec<Company>> {
    let folded = fold(&company.name);
    let stem = folded
        .split_whitespace()
        .filter(|word| !FORMS.contains(&word.trim_matches('.')))
        .take(2)
        .collect::<Vec<_>>()
        .join(" ");
    if stem.chars().count() < 4 {
        return Ok(Vec::new());
    }
    let found: Vec<Company> = companies::table
        .filter(companies::folded.ge(stem.clone()))
        .filter(companies::folded.lt(format!("{stem}{{")))
        .order((companies::folded.asc(), companies::id.asc()))
        .limit(50)
        .select(Company::as_select())
        .load(tx.conn)?;
    let alone = |other: &Company| other.id != company.id && other.merged_into.is_none();
    let may_be = |other: &Company| alone(other) && (other.neq.is_none() || company.neq.is_none());
    Ok(found.into_iter().filter(may_be).take(MOST_LIKELY).collect())
}

/// Names of some companies besides the one they go by: former ones and aliases, with their nature.
pub fn other_names(tx: &mut Tx<'_>, of: &[CompanyId]) -> Result<Vec<(String, String)>> {
    Ok(company_names::table
        .filter(company_names::company_id.eq_any(of))
        .filter(company_names::nature.ne("current"))
        .order((company_names::folded.asc(), company_names::id.asc()))
        .select((company_names::name, company_names::nature))
        .load(tx.conn)?)
}

/// A name in the list of companies.
#[derive(Debug, Clone, Queryable)]
pub struct ListedName {
    pub id: i64,
    pub name: String,
    pub folded: String,
    pub nature: String,
    pub company: CompanyId,
    pub merged_into: Option<CompanyId>,
    pub company_name: String,
    pub neq: Option<String>,
}

/// A page of names that begin so, in the order of the alphabet, and the place of the last when there are more.
pub fn names(
    tx: &mut Tx<'_>,
    beginning: &str,
    after: Option<&Cursor>,
    size: i64,
) -> Result<(Vec<ListedName>, Option<Cursor>)> {
    let mut query = company_names::table
        .inner_join(companies::table.on(company_names::company_id.eq(companies::id)))
        .select((
            company_names::id,
            company_names::name,
            company_names::folded,
            company_names::nature,
            companies::id,
            companies::merged_into,
            companies::name,
            companies::neq,
        ))
        .into_boxed();
    let folded = fold(beginning);
    if !folded.is_empty() {
        query = query
            .filter(company_names::folded.ge(folded.clone()))
            .filter(company_names::folded.lt(format!("{folded}{{")));
    }
    if let Some(after) = after {
        query = query
            .filter(company_names::folded.ge(after.at.clone()))
            .filter(company_names::folded.gt(after.at.clone()).or(company_names::id.gt(after.id)));
    }
    let mut rows: Vec<ListedName> =
        query.order((company_names::folded.asc(), company_names::id.asc())).limit(size + 1).load(tx.conn)?;
    let whole = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > whole;
    rows.truncate(whole);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: row.folded.clone(), id: row.id });
    Ok((rows, next))
}

/// Companies that what was typed may mean: a NEQ that begins so, a name that begins so, then a name that holds it.
pub fn suggest(tx: &mut Tx<'_>, typed: &str, most: i64) -> Result<Vec<Company>> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 4 && digits.len() == typed.chars().filter(|c| !c.is_whitespace()).count() {
        return Ok(companies::table
            .filter(companies::neq.ge(digits.clone()))
            .filter(companies::neq.lt(format!("{digits}:")))
            .filter(companies::merged_into.is_null())
            .order(companies::neq.asc())
            .limit(most)
            .select(Company::as_select())
            .load(tx.conn)?);
    }
    let folded = fold(typed);
    if folded.len() < 2 {
        return Ok(Vec::new());
    }
    // ':' is the character after '9' and '{' the one after 'z': a range reads the index, LIKE would not.
    let mut ids: Vec<CompanyId> = company_names::table
        .filter(company_names::folded.ge(folded.clone()))
        .filter(company_names::folded.lt(format!("{folded}{{")))
        .order(company_names::folded.asc())
        .limit(most)
        .select(company_names::company_id)
        .load(tx.conn)?;
    if i64::try_from(ids.len()).is_ok_and(|found| found < most) {
        let inside: Vec<CompanyId> = company_names::table
            .filter(company_names::folded.like(format!("% {folded}%")))
            .order(company_names::folded.asc())
            .limit(most)
            .select(company_names::company_id)
            .load(tx.conn)?;
        ids.extend(inside);
    }
    ids.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let found: Vec<Company> = companies::table
        .filter(companies::id.eq_any(&ids))
        .filter(companies::merged_into.is_null())
        .order(companies::folded.asc())
        .select(Company::as_select())
        .load(tx.conn)?;
    Ok(found)
}

/// Adds a company with its current name.
pub fn add(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    name: &str,
    neq: Option<&str>,
    no_neq_reason: Option<&str>,
) -> Result<Company> {
    let now = tx.now();
    let folded = fold(name);
    let id: CompanyId = diesel::insert_into(companies::table)
        .values((
            companies::neq.eq(neq),
            companies::no_neq_reason.eq(no_neq_reason),
            companies::name.eq(name),
            companies::folded.eq(&folded),
            companies::created_by.eq(by),
            companies::created_at.eq(now),
        ))
        .returning(companies::id)
        .get_result(tx.conn)?;
    add_name(tx, id, name, "current")?;
    journal::record(tx, by, None, &Event::CompanyAdded { company: id })?;
    Ok(Company {
        id,
        neq: neq.map(str::to_owned),
        no_neq_reason: no_neq_reason.map(str::to_owned),
        name: name.to_owned(),
        merged_into: None,
        group_id: None,
    })
}

pub fn add_name(tx: &mut Tx<'_>, company: CompanyId, name: &str, nature: &str) -> Result<()> {
    diesel::insert_into(company_names::table)
        .values((
            company_names::company_id.eq(company),
            company_names::name.eq(name),
            company_names::folded.eq(fold(name)),
            company_names::nature.eq(nature),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The company an answer names: the one chosen, the one with that NEQ, or the one with exactly that name.
pub fn lookup(tx: &mut Tx<'_>, answer: &Value) -> Result<Option<Company>> {
    let mut company = match answer.get("company_id").and_then(Value::as_i64) {
        Some(id) => find(tx, id)?,
        None => None,
    };
    if company.is_none() {
        if let Some(neq) = part(answer, "neq") {
            company = find_by_neq(tx, neq)?;
        } else if let Some(name) = part(answer, "name") {
            company = companies::table
                .filter(companies::folded.eq(fold(name)))
                .order(companies::id.asc())
                .select(Company::as_select())
                .first(tx.conn)
                .optional()?;
        }
    }
    // A merged company stands for the one it was merged into.
    while let Some(into) = company.as_ref().and_then(|company| company.merged_into) {
        company = find(tx, into)?;
    }
    Ok(company)
}

/// [`lookup`], or a new company.
pub fn resolve(tx: &mut Tx<'_>, by: PersonId, answer: &Value) -> Result<Option<Company>> {
    if let Some(company) = lookup(tx, answer)? {
        return Ok(Some(company));
    }
    match part(answer, "name") {
        Some(name) => Ok(Some(add(tx, Some(by), name, part(answer, "neq"), part(answer, "no_neq_reason"))?)),
        None => Ok(None),
    }
}

fn part<'a>(answer: &'a Value, name: &str) -> Option<&'a str> {
    answer.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}
