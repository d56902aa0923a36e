//! Two companies that are one: merged, and separated again. Nothing is rewritten: the files of both keep the company they
//! name, and whatever reads the files of a company reads those of its duplicates with them.

use super::CompanyId;
use super::groups;
use super::store::{self, Company};
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::crosschecks;
use crate::error::{Error, Result};
use crate::journal::{self, Event};

/// Why two companies cannot be merged, when they cannot: a Fluent key.
pub fn obstacle(tx: &mut Tx<'_>, kept: &Company, duplicate: &Company) -> Result<Option<&'static str>> {
    Ok(match () {
        () if kept.id == duplicate.id => Some("not-possible-same-company"),
        () if duplicate.merged_into.is_some() => Some("not-possible-merged-company"),
        // One level: what is read is a company and its duplicates, never the duplicates of those.
        () if !store::duplicates(tx, duplicate.id)?.is_empty() => Some("not-possible-has-duplicates"),
        () if groups::are_apart(tx, kept.id, duplicate.id)? => Some("not-possible-two-groups"),
        () => None,
    })
}

/// From now on the files of `duplicate` are read with those of `kept`, which is the company kept if it is itself one that
/// was merged.
pub fn merge(tx: &mut Tx<'_>, actor: &Actor, kept: CompanyId, duplicate: CompanyId) -> Result<Company> {
    require_page(&tx.book.access, actor, PageAction::MergeCompanies)?;
    let kept = store::root(tx, kept)?;
    let duplicate = store::find(tx, duplicate)?.ok_or(Error::NotFound)?;
    if let Some(why) = obstacle(tx, &kept, &duplicate)? {
        return Err(Error::NotPossible(why));
    }
    let apart = crosschecks::tied::Apart::read(tx, kept.id, duplicate.id)?;
    if store::set_merged(tx, duplicate.id, None, Some(kept.id))? != 1 {
        return Err(Error::Stale);
    }
    let event = Event::CompaniesMerged { company: duplicate.id, into: kept.id };
    journal::record(tx, Some(actor.person), None, &event)?;
    crosschecks::tied::merged(tx, kept.id, duplicate.id, &apart)?;
    Ok(kept)
}

/// Takes a merger back: each company reads its own files again, and what one learnt of the other, or of its group, is lifted.
pub fn separate(tx: &mut Tx<'_>, actor: &Actor, kept: CompanyId, duplicate: CompanyId) -> Result<()> {
    require_page(&tx.book.access, actor, PageAction::MergeCompanies)?;
    if store::set_merged(tx, duplicate, Some(kept), None)? != 1 {
        return Err(Error::NotPossible("not-possible-not-merged"));
    }
    let event = Event::CompaniesSeparated { company: duplicate, from: kept };
    journal::record(tx, Some(actor.person), None, &event)?;
    crosschecks::tied::separated(tx, kept, duplicate)?;
    Ok(())
}
