//! Companies found to be one, or to be of one group: what runs for one is news for whoever declared something about the other.

use std::collections::BTreeSet;

use super::look::{Change, grouped_changes, look_at};
use super::looked::last_look;
use super::mail::News;
use super::store;
use crate::app::Tx;
use crate::companies::{self, CompanyId, groups, lists};
use crate::contracts::store as contracts;
use crate::error::Result;
use crate::journal::{self, Event};
use crate::policy::versions;
use crate::sources::Source;
use crate::sources::store as sources;

/// After `duplicate` was merged into `kept`: each side learns what runs for the other. Gives the number of cross-checks made.
pub fn merged(tx: &mut Tx<'_>, kept: CompanyId, duplicate: CompanyId) -> Result<usize> {
    let mut standing = companies::store::standing_for(tx, kept)?;
    standing.retain(|company| *company != duplicate);
    let (ours, theirs) = (running(tx, &standing)?, running(tx, &[duplicate])?);
    let mut for_theirs: BTreeSet<Change> = ours.difference(&theirs).cloned().collect();
    // The duplicate enters the group of the one kept.
    for sister in groups::others(tx, kept)? {
        let standing = companies::store::standing_for(tx, sister)?;
        for_theirs.extend(grouped_changes(&running(tx, &standing)?));
    }
    let mut for_ours: BTreeSet<Change> = theirs.difference(&ours).cloned().collect();
    // Of their looks at the registry of lobbyists, the last one counts for both.
    let (last, of_theirs) =
        (last_look(tx, &[standing.as_slice(), &[duplicate]].concat())?, last_look(tx, &[duplicate])?);
    if let Some(look) = last {
        let learns = if of_theirs.as_ref() == Some(&look) { &mut for_ours } else { &mut for_theirs };
        learns.insert(look);
    }
    let policy = versions::in_force(tx, tx.today())?;
    let mut news = News::default();
    let mut made = look_at(tx, &policy.policy, kept, &standing, &for_ours, None, &mut news)?;
    made += look_at(tx, &policy.policy, kept, &[duplicate], &for_theirs, None, &mut news)?;
    news.tell(tx)?;
    Ok(made)
}

/// After a merger was taken back: what one learnt of the other does not hold any more, and each is looked at with the last look of its
/// own at the registry of lobbyists, or without any. Gives the number of cross-checks made.
pub fn separated(tx: &mut Tx<'_>, kept: CompanyId, duplicate: CompanyId) -> Result<usize> {
    let (standing, apart) = (companies::store::standing_for(tx, kept)?, companies::store::standing_for(tx, duplicate)?);
    let (ours, theirs) = (running(tx, &standing)?, running(tx, &apart)?);
    forget(tx, &standing, theirs.difference(&ours))?;
    forget(tx, &apart, ours.difference(&theirs))?;
    let policy = versions::in_force(tx, tx.today())?;
    let looked = BTreeSet::from([Change::separated(tx.now())]);
    let mut news = News::default();
    let mut made = look_at(tx, &policy.policy, kept, &standing, &looked, None, &mut news)?;
    made += look_at(tx, &policy.policy, duplicate, &apart, &looked, None, &mut news)?;
    news.tell(tx)?;
    Ok(made)
}

/// What waits for an answer about files that name some companies, because of changes which were not about them.
fn forget<'c>(tx: &mut Tx<'_>, named: &[CompanyId], changes: impl Iterator<Item = &'c Change>) -> Result<()> {
    let subjects: Vec<&str> = changes.map(|change| change.subject.as_str()).collect();
    for (id, declaration, rule) in store::waiting_about(tx, named, &subjects)? {
        store::lift(tx, id)?;
        journal::record(tx, None, Some(declaration), &Event::CrossCheckLifted { crosscheck: id, rule })?;
    }
    Ok(())
}

/// After a company joined a group: it learns what runs for the others, and they what runs for it. Gives the number of
/// cross-checks made.
pub fn joined(tx: &mut Tx<'_>, company: CompanyId) -> Result<usize> {
    let policy = versions::in_force(tx, tx.today())?;
    let own = companies::store::standing_for(tx, company)?;
    let ours = grouped_changes(&running(tx, &own)?);
    let (mut theirs, mut made, mut news) = (BTreeSet::new(), 0, News::default());
    for sister in groups::others(tx, company)? {
        let standing = companies::store::standing_for(tx, sister)?;
        theirs.extend(grouped_changes(&running(tx, &standing)?));
        made += look_at(tx, &policy.policy, sister, &standing, &ours, None, &mut news)?;
    }
    made += look_at(tx, &policy.policy, company, &own, &theirs, None, &mut news)?;
    news.tell(tx)?;
    Ok(made)
}

/// What files from outside say of some companies today.
fn running(tx: &mut Tx<'_>, companies: &[CompanyId]) -> Result<BTreeSet<Change>> {
    let today = tx.today();
    let neqs = contracts::neqs_standing_for(tx, companies)?;
    if neqs.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut all: BTreeSet<Change> = BTreeSet::new();
    all.extend(contracts::active_on(tx, &neqs, today)?.iter().map(|one| Change::contract(one.id, one.import_id)));
    all.extend(contracts::open_tenders_of(tx, &neqs, today)?.iter().map(|one| Change::tender(one.id, one.import_id)));
    if let Some(list) = sources::last(tx, Source::Rena)? {
        for entry in lists::of_neqs(tx, &neqs)? {
            let Some(neq) = entry.neq.as_ref().filter(|_| entry.list == list.source && entry.holds_on(today)) else {
                continue;
            };
            all.insert(Change::listed(neq, entry.starts_on, list.id));
        }
    }
    Ok(all)
}
