//! SQL of companies.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::CompanyId;
use super::spelling::Typed;
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
    let stem = folded.split(' ').filter(|word| !FORMS.contains(word)).take(2).collect::<Vec<_>>().join(" ");
    if stem.chars().count() < 4 {
        return Ok(Vec::new());
    }
    let mut found: Vec<Company> = companies::table
        .filter(companies::folded.ge(stem.clone()))
        .filter(companies::folded.lt(format!("{stem}{{")))
        .order((companies::folded.asc(), companies::id.asc()))
        .limit(50)
        .select(Company::as_select())
        .load(tx.conn)?;
    let alone = |other: &Company| other.id != company.id && other.merged_into.is_none();
    let may_be = |other: &Company| alone(other) && (other.neq.is_none() || company.neq.is_none());
    found.retain(may_be);
    // The same name, its legal form aside, comes before those that only begin so.
    let own = bare(&company.name);
    found.sort_by_key(|other| bare(&other.name) != own);
    found.truncate(MOST_LIKELY);
    Ok(found)
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

/// What was typed, when it is the beginning of a NEQ.
fn beginning_of_neq(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let alone = digits.len() == typed.chars().filter(|c| !c.is_whitespace()).count();
    Some(digits).filter(|digits| digits.len() >= 4 && alone)
}

/// The companies that a text typed in a filter means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// Each that is called so, the one it was merged into, and the others merged into that one.
    These(Vec<CompanyId>),
    TooMany,
    TooShort,
}

/// Every company whose NEQ begins so, or that goes or went by a name that begins so or holds it, up to `most`. Whoever looks for
/// a duplicate finds the files of the one that was kept, and the other way round.
pub fn meant(tx: &mut Tx<'_>, typed: &str, most: i64) -> Result<Meant> {
    let named: Vec<CompanyId> = if let Some(digits) = beginning_of_neq(typed) {
        companies::table
            .filter(companies::neq.ge(digits.clone()))
            .filter(companies::neq.lt(format!("{digits}:")))
            .select(companies::id)
            .limit(most + 1)
            .load(tx.conn)?
    } else {
        let folded = fold(typed);
        if folded.len() < 2 {
            return Ok(Meant::TooShort);
        }
        let begins = company_names::folded.ge(folded.clone()).and(company_names::folded.lt(format!("{folded}{{")));
        company_names::table
            .filter(begins.or(company_names::folded.like(format!("% {folded}%"))))
            .select(company_names::company_id)
            .distinct()
            .limit(most + 1)
            .load(tx.conn)?
    };
    if i64::try_from(named.len()).is_ok_and(|found| found > most) {
        return Ok(Meant::TooMany);
    }
    let kept: Vec<(CompanyId, Option<CompanyId>)> = companies::table
        .filter(companies::id.eq_any(&named))
        .select((companies::id, companies::merged_into))
        .load(tx.conn)?;
    let mut all: BTreeSet<CompanyId> = kept.into_iter().map(|(id, into)| into.unwrap_or(id)).collect();
    let merged: Vec<CompanyId> = companies::table
        .filter(companies::merged_into.eq_any(all.iter().copied().map(Some).collect::<Vec<_>>()))
        .select(companies::id)
        .load(tx.conn)?;
    all.extend(merged);
    Ok(Meant::These(all.into_iter().collect()))
}

/// Companies that what was typed may mean: a NEQ that begins so, a name that begins so, then a name that holds it; when these are few, a
/// name that is what was typed with an error.
pub fn suggest(tx: &mut Tx<'_>, typed: &str, most: i64) -> Result<Vec<Company>> {
    if let Some(digits) = beginning_of_neq(typed) {
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
    let whole = usize::try_from(most).unwrap_or(usize::MAX);
    ids.truncate(whole);
    let mut found = standing(tx, &ids)?;
    found.sort_by_cached_key(|company| fold(&company.name));
    if found.len() < ENOUGH.min(whole) {
        let near = misspelt(tx, typed, most)?;
        let near = standing(tx, &near)?;
        let new: Vec<Company> = near.into_iter().filter(|one| found.iter().all(|known| known.id != one.id)).collect();
        found.extend(new);
        found.truncate(whole);
    }
    Ok(found)
}

/// Results under which errors are looked for, as in the business register.
const ENOUGH: usize = 3;
/// Names read to find those that are an error away.
const MOST_READ: i64 = 20_000;

/// Companies one of whose names is what was typed with an error in a word, the fewest errors first.
fn misspelt(tx: &mut Tx<'_>, typed: &str, most: i64) -> Result<Vec<CompanyId>> {
    let typed = Typed::new(typed);
    let names: Vec<(CompanyId, String)> = company_names::table
        .order((company_names::folded.asc(), company_names::id.asc()))
        .limit(MOST_READ)
        .select((company_names::company_id, company_names::folded))
        .load(tx.conn)?;
    let mut near: Vec<(usize, CompanyId)> = Vec::new();
    for (company, name) in names {
        let Some(errors) = typed.errors_in(&name) else { continue };
        match near.iter_mut().find(|(_, known)| *known == company) {
            Some((best, _)) => *best = errors.min(*best),
            None => near.push((errors, company)),
        }
    }
    near.sort_by_key(|(errors, _)| *errors);
    near.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(near.into_iter().map(|(_, company)| company).collect())
}

/// Some companies in an order, those merged into another left out.
fn standing(tx: &mut Tx<'_>, ids: &[CompanyId]) -> Result<Vec<Company>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<Company> = companies::table
        .filter(companies::id.eq_any(ids))
        .filter(companies::merged_into.is_null())
        .select(Company::as_select())
        .load(tx.conn)?;
    found.sort_by_key(|company| ids.iter().position(|id| *id == company.id));
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

/// The company an answer names: the one chosen, the one with that NEQ, or, typed without one, the one of that name that has none
/// either. A name proves nothing: a company that has an NEQ is proposed, never written in ([`super::suggest::homonyms`]).
pub fn lookup(tx: &mut Tx<'_>, by: PersonId, answer: &Value) -> Result<Option<Company>> {
    let mut company = match answer.get("company_id").and_then(Value::as_i64) {
        Some(id) => find(tx, id)?,
        None => None,
    };
    if company.is_none() {
        if let Some(neq) = part(answer, "neq") {
            company = find_by_neq(tx, neq)?;
        } else if let Some(name) = part(answer, "name") {
            company = unnumbered(tx, by, name, part(answer, "no_neq_reason"))?;
        }
    }
    // A merged company stands for the one it was merged into.
    while let Some(into) = company.as_ref().and_then(|company| company.merged_into) {
        company = find(tx, into)?;
    }
    Ok(company)
}

/// Most companies of one name that are compared.
const MOST_HOMONYMS: i64 = 100;

/// The company without an NEQ that somebody means by a name: it was typed for the same reason, or it is the only one. Of two people
/// of one name, each keeps the one that they typed themselves.
fn unnumbered(tx: &mut Tx<'_>, by: PersonId, name: &str, reason: Option<&str>) -> Result<Option<Company>> {
    let mut found: Vec<(Company, Option<PersonId>)> = companies::table
        .filter(companies::folded.eq(fold(name)))
        .order(companies::id.asc())
        .limit(MOST_HOMONYMS)
        .select((Company::as_select(), companies::created_by))
        .load(tx.conn)?;
    // Not in the statement: the index of NEQ would be read instead, all those without one.
    found.retain(|(company, _)| company.neq.is_none());
    let words = &tx.book.config.companies.person_words;
    match reason {
        Some(reason) => found.retain(|(company, typed_by)| {
            let other = company.no_neq_reason.as_deref().unwrap_or_default();
            fold(other) == fold(reason) && (!is_person(reason, words) || *typed_by == Some(by))
        }),
        None if found.len() > 1 => return Ok(None),
        None => {}
    }
    Ok(found.into_iter().next().map(|(company, _)| company))
}

/// True when the reason for having no NEQ says that this is somebody, not a firm.
fn is_person(reason: &str, words: &[String]) -> bool {
    let reason = format!(" {} ", fold(reason));
    words.iter().any(|word| reason.contains(&format!(" {} ", fold(word))))
}

/// [`lookup`], or a new company.
pub fn resolve(tx: &mut Tx<'_>, by: PersonId, answer: &Value) -> Result<Option<Company>> {
    if let Some(company) = lookup(tx, by, answer)? {
        return Ok(Some(company));
    }
    match part(answer, "name") {
        Some(name) => Ok(Some(add(tx, Some(by), name, part(answer, "neq"), part(answer, "no_neq_reason"))?)),
        None => Ok(None),
    }
}

/// Companies that bear exactly this name, with or without an NEQ, the oldest first.
pub fn bearing(tx: &mut Tx<'_>, name: &str) -> Result<Vec<Company>> {
    Ok(companies::table
        .filter(companies::folded.eq(fold(name)))
        .filter(companies::merged_into.is_null())
        .order(companies::id.asc())
        .limit(MOST_HOMONYMS)
        .select(Company::as_select())
        .load(tx.conn)?)
}

/// A name as two spellings of it share it: folded, its legal form aside.
pub fn bare(name: &str) -> String {
    let folded = fold(name);
    let bare: Vec<&str> = folded.split(' ').filter(|word| !FORMS.contains(word)).collect();
    if bare.is_empty() { folded } else { bare.join(" ") }
}

/// The name that an answer gives without choosing a company and without an NEQ.
pub fn unnumbered_name(answer: &Value) -> Option<&str> {
    let chosen = answer.get("company_id").is_some_and(|id| !id.is_null());
    if chosen || part(answer, "neq").is_some() { None } else { part(answer, "name") }
}

fn part<'a>(answer: &'a Value, name: &str) -> Option<&'a str> {
    answer.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_form_or_an_accent_does_not_make_another_name() {
        for alike in ["Nordik Infonuagique", "NORDIK INFONUAGIQUE INC.", "Nordìk Infonuagique, Inc"] {
            assert_eq!(bare(alike), "nordik infonuagique", "{alike}");
        }
        assert_eq!(bare("Inc."), "inc");
        assert_ne!(bare("Nordik Infonuagique Québec"), "nordik infonuagique");
    }

    #[test]
    fn a_reason_says_a_person_by_whole_words() {
        let words = crate::config::Config::defaults().unwrap().companies.person_words;
        for (reason, person) in [
            ("Particulier", true),
            ("C’est une personne physique.", true),
            ("À l’étranger", false),
            ("Établie en Ontario", false),
            ("Particularité du régime", false),
        ] {
            assert_eq!(is_person(reason, &words), person, "{reason}");
        }
    }
}
