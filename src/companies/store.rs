//! SQL of companies.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::CompanyId;
use crate::app::Tx;
use crate::db::schema::{companies, company_names};
use crate::db::search::fold;
use crate::error::Result;
use crate::people::PersonId;

#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = companies)]
pub struct Company {
    pub id: CompanyId,
    pub neq: Option<String>,
    pub no_neq_reason: Option<String>,
    pub name: String,
    pub merged_into: Option<CompanyId>,
}

pub fn find(tx: &mut Tx<'_>, id: CompanyId) -> Result<Option<Company>> {
    Ok(companies::table.find(id).select(Company::as_select()).first(tx.conn).optional()?)
}

pub fn find_by_neq(tx: &mut Tx<'_>, neq: &str) -> Result<Option<Company>> {
    Ok(companies::table.filter(companies::neq.eq(neq)).select(Company::as_select()).first(tx.conn).optional()?)
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
    Ok(Company {
        id,
        neq: neq.map(str::to_owned),
        no_neq_reason: no_neq_reason.map(str::to_owned),
        name: name.to_owned(),
        merged_into: None,
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
