//! Groups of companies: legal persons that belong together, as the ethics officer says after reading it somewhere. One level:
//! a head, and its members. Rules add up what a group gives to the ministry, and know what its other companies have under
//! contract; the files of each company stay its own.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::CompanyId;
use super::store::{self, Company};
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::crosschecks;
use crate::db::schema::companies;
use crate::error::{Error, Result};
use crate::journal::{self, Event};

/// Who is at the head of each company that is in a group, every company read as the one it stands for: a group outlives the merger
/// of its head or of a member, and has its shape again when they are separated.
#[derive(Debug, Default)]
pub struct Groups(BTreeMap<CompanyId, CompanyId>);

impl Groups {
    /// Reads them all: there are as many rows as the ethics officer said.
    pub fn read(tx: &mut Tx<'_>) -> Result<Self> {
        // Not « is not null »: this reads the range of the index.
        let mut rows: Vec<(CompanyId, Option<CompanyId>, Option<CompanyId>)> = companies::table
            .filter(companies::group_id.gt(0_i64))
            .select((companies::id, companies::merged_into, companies::group_id))
            .load(tx.conn)?;
        if rows.is_empty() {
            return Ok(Self::default());
        }
        let named: Vec<CompanyId> = rows.iter().filter_map(|(_, _, head)| *head).collect();
        let merged: Vec<(CompanyId, Option<CompanyId>)> = companies::table
            .filter(companies::id.eq_any(&named))
            .filter(companies::merged_into.is_not_null())
            .select((companies::id, companies::merged_into))
            .load(tx.conn)?;
        let roots: HashMap<CompanyId, CompanyId> =
            merged.into_iter().filter_map(|(id, into)| Some((id, into?))).collect();
        // What is said of a company itself comes before what is said of its duplicates.
        rows.sort_unstable_by_key(|(id, into, _)| (into.is_some(), *id));
        let mut above = BTreeMap::new();
        for (id, into, head) in rows {
            let Some(head) = head else { continue };
            let (member, head) = (into.unwrap_or(id), roots.get(&head).copied().unwrap_or(head));
            if member != head {
                above.entry(member).or_insert(head);
            }
        }
        Ok(Self::climbed(&above))
    }

    /// One level, whatever mergers made of several.
    fn climbed(above: &BTreeMap<CompanyId, CompanyId>) -> Self {
        let mut heads = BTreeMap::new();
        for (member, head) in above {
            let (mut head, mut steps) = (*head, 0);
            while let Some(next) = above.get(&head)
                && next != member
                && steps < above.len()
            {
                head = *next;
                steps += 1;
            }
            heads.insert(*member, head);
        }
        Self(heads)
    }

    /// The head of the group of a company: itself when it is in none.
    pub fn head(&self, company: CompanyId) -> CompanyId {
        self.0.get(&company).copied().unwrap_or(company)
    }

    /// The companies under a head, itself left out.
    pub fn members(&self, head: CompanyId) -> impl Iterator<Item = CompanyId> {
        self.0.iter().filter(move |(_, above)| **above == head).map(|(member, _)| *member)
    }

    /// Two companies of two different groups: as one company they would tie both groups together.
    fn are_apart(&self, one: CompanyId, other: CompanyId) -> bool {
        let (one, other) = (self.head(one), self.head(other));
        one != other && self.members(one).next().is_some() && self.members(other).next().is_some()
    }
}

/// The head of a group, then its members by name; a company that is in none is alone.
pub fn of(tx: &mut Tx<'_>, company: &Company) -> Result<Vec<Company>> {
    let groups = Groups::read(tx)?;
    let head = groups.head(company.id);
    let under: Vec<CompanyId> = groups.members(head).collect();
    if under.is_empty() {
        return Ok(vec![store::root(tx, head)?]);
    }
    let mut members: Vec<Company> = companies::table
        .filter(companies::id.eq_any(&under))
        .order((companies::folded.asc(), companies::id.asc()))
        .select(Company::as_select())
        .load(tx.conn)?;
    members.insert(0, store::root(tx, head)?);
    Ok(members)
}

/// The other companies of the group of a company.
pub fn others(tx: &mut Tx<'_>, company: CompanyId) -> Result<Vec<CompanyId>> {
    let company = store::kept(tx, company)?;
    let groups = Groups::read(tx)?;
    let head = groups.head(company);
    Ok(std::iter::once(head).chain(groups.members(head)).filter(|id| *id != company).collect())
}

/// True when merging two companies would tie two groups together: whoever merges says first which group it is.
pub fn are_apart(tx: &mut Tx<'_>, one: CompanyId, other: CompanyId) -> Result<bool> {
    Ok(Groups::read(tx)?.are_apart(one, other))
}

/// Why a company cannot join the group of another, when it cannot: a Fluent key.
pub fn obstacle(tx: &mut Tx<'_>, company: &Company, head: &Company) -> Result<Option<&'static str>> {
    let group = of(tx, company)?;
    Ok(match () {
        () if company.id == head.id => Some("not-possible-same-company"),
        () if group.first().is_some_and(|head| head.id != company.id) => Some("not-possible-grouped"),
        () if group.len() > 1 => Some("not-possible-head"),
        () => None,
    })
}

/// From now on a company is in the group of another.
pub fn join(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId, into: CompanyId) -> Result<Company> {
    require_page(&tx.book.access, actor, PageAction::MergeCompanies)?;
    let company = store::root(tx, company)?;
    let into = store::root(tx, into)?;
    let head = of(tx, &into)?.into_iter().next().unwrap_or(into);
    if let Some(why) = obstacle(tx, &company, &head)? {
        return Err(Error::NotPossible(why));
    }
    diesel::update(companies::table.find(company.id)).set(companies::group_id.eq(head.id)).execute(tx.conn)?;
    let event = Event::CompanyGrouped { company: company.id, head: head.id };
    journal::record(tx, Some(actor.person), None, &event)?;
    crosschecks::tied::joined(tx, company.id)?;
    Ok(head)
}

/// Takes it back, whether it was said of the company or of one of its duplicates; what it and the group learnt of each other is lifted.
pub fn leave(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId) -> Result<()> {
    require_page(&tx.book.access, actor, PageAction::MergeCompanies)?;
    let company = store::root(tx, company)?;
    if Groups::read(tx)?.head(company.id) == company.id {
        return Err(Error::NotPossible("not-possible-not-grouped"));
    }
    let others = others(tx, company.id)?;
    for id in store::standing_for(tx, company.id)? {
        let Some(head) = store::find(tx, id)?.and_then(|one| one.group_id) else { continue };
        if store::kept(tx, head)? == company.id {
            continue;
        }
        diesel::update(companies::table.find(id)).set(companies::group_id.eq(None::<CompanyId>)).execute(tx.conn)?;
        journal::record(tx, Some(actor.person), None, &Event::CompanyUngrouped { company: id, head })?;
    }
    crosschecks::tied::left(tx, company.id, &others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(above: &[(CompanyId, CompanyId)]) -> Vec<(CompanyId, CompanyId)> {
        Groups::climbed(&above.iter().copied().collect()).0.into_iter().collect()
    }

    #[test]
    fn whatever_mergers_made_a_group_has_one_level_and_reading_it_ends() {
        assert_eq!(heads(&[(1, 9), (2, 9)]), [(1, 9), (2, 9)]);
        assert_eq!(heads(&[(1, 5), (5, 9)]), [(1, 9), (5, 9)], "a head that is now in another group");
        assert_eq!(heads(&[(1, 2), (2, 3), (3, 1)]).len(), 3, "a circle, which nothing writes");
    }

    #[test]
    fn only_two_groups_are_apart() {
        let groups = Groups::climbed(&BTreeMap::from([(1, 9), (2, 8)]));
        for (one, other, apart) in
            [(1, 2, true), (9, 8, true), (9, 2, true), (1, 9, false), (1, 7, false), (6, 7, false)]
        {
            assert_eq!(groups.are_apart(one, other), apart, "{one} {other}");
        }
    }
}
