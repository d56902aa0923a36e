//! Groups of companies: legal persons that belong together, as the ethics officer says after reading it somewhere. One level:
//! a head, and its members. Rules add up what a group gives to the ministry, and know what its other companies have under
//! contract; the files of each company stay its own.

use diesel::prelude::*;

use super::CompanyId;
use super::store::{self, Company};
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::db::schema::companies;
use crate::error::{Error, Result};
use crate::journal::{self, Event};

/// The head of a group, then its members by name; a company that is in none is alone.
pub fn of(tx: &mut Tx<'_>, company: &Company) -> Result<Vec<Company>> {
    let head = match company.group_id {
        Some(head) => store::root(tx, head)?,
        None => company.clone(),
    };
    let mut members: Vec<Company> = companies::table
        .filter(companies::group_id.eq(head.id))
        .filter(companies::merged_into.is_null())
        .filter(companies::id.ne(head.id))
        .order((companies::folded.asc(), companies::id.asc()))
        .select(Company::as_select())
        .load(tx.conn)?;
    members.insert(0, head);
    Ok(members)
}

/// The other companies of the group of a company.
pub fn others(tx: &mut Tx<'_>, company: CompanyId) -> Result<Vec<CompanyId>> {
    let company = store::root(tx, company)?;
    let all = of(tx, &company)?;
    Ok(all.into_iter().map(|one| one.id).filter(|id| *id != company.id).collect())
}

/// Why a company cannot join the group of another, when it cannot: a Fluent key.
pub fn obstacle(tx: &mut Tx<'_>, company: &Company, head: &Company) -> Result<Option<&'static str>> {
    Ok(match () {
        () if company.id == head.id => Some("not-possible-same-company"),
        () if company.group_id.is_some() => Some("not-possible-grouped"),
        () if of(tx, company)?.len() > 1 => Some("not-possible-head"),
        () => None,
    })
}

/// From now on a company is in the group of another.
pub fn join(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId, into: CompanyId) -> Result<Company> {
    require_page(&tx.book.access, actor, PageAction::MergeCompanies)?;
    let company = store::root(tx, company)?;
    let into = store::root(tx, into)?;
    let head = match into.group_id {
        Some(head) => store::root(tx, head)?,
        None => into,
    };
    if let Some(why) = obstacle(tx, &company, &head)? {
        return Err(Error::NotPossible(why));
    }
    diesel::update(companies::table.find(company.id)).set(companies::group_id.eq(head.id)).execute(tx.conn)?;
    let event = Event::CompanyGrouped { company: company.id, head: head.id };
    journal::record(tx, Some(actor.person), None, &event)?;
    Ok(head)
}

/// Takes it back.
pub fn leave(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId) -> Result<()> {
    require_page(&tx.book.access, actor, PageAction::MergeCompanies)?;
    let company = store::root(tx, company)?;
    let head = company.group_id.ok_or(Error::NotPossible("not-possible-not-grouped"))?;
    diesel::update(companies::table.find(company.id))
        .set(companies::group_id.eq(None::<CompanyId>))
        .execute(tx.conn)?;
    let event = Event::CompanyUngrouped { company: company.id, head };
    journal::record(tx, Some(actor.person), None, &event)
}
