//! Companies found to be one, or to be of one group: what runs for one is news for whoever declared something about the other.

use std::collections::BTreeSet;

use super::look::{Change, grouped_changes, look_at};
use super::looked::last_look;
use super::mail::News;
use super::store;
use crate::app::Tx;
use crate::companies::{self, CompanyId, groups, lists};
use crate::contracts::store as contracts;
use crate::contracts::{ContractId, ProcurementId};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::policy::versions;
use crate::sources::Source;
use crate::sources::store as sources;

/// Two companies read apart: who else is in the group of each, neither of the two counted.
#[derive(Debug)]
pub struct Apart {
    /// In the group of the one kept, and not in that of its duplicate.
    with_kept: Vec<CompanyId>,
    with_duplicate: Vec<CompanyId>,
    /// They are in one group themselves.
    of_one_group: bool,
}

impl Apart {
    /// As they are while they are not one.
    pub fn read(tx: &mut Tx<'_>, kept: CompanyId, duplicate: CompanyId) -> Result<Self> {
        let (mut with_kept, mut with_duplicate) = (groups::others(tx, kept)?, groups::others(tx, duplicate)?);
        let of_one_group = with_kept.contains(&duplicate);
        let both: BTreeSet<CompanyId> = with_kept
            .iter()
            .filter(|sister| with_duplicate.contains(sister))
            .copied()
            .chain([kept, duplicate])
            .collect();
        with_kept.retain(|sister| !both.contains(sister));
        with_duplicate.retain(|sister| !both.contains(sister));
        Ok(Self { with_kept, with_duplicate, of_one_group })
    }
}

/// After `duplicate` was merged into `kept`, which were `apart` until then: each side learns what runs for the other, and for the group
/// of the other. Gives the number of cross-checks made.
pub fn merged(tx: &mut Tx<'_>, kept: CompanyId, duplicate: CompanyId, apart: &Apart) -> Result<usize> {
    let mut standing = companies::store::standing_for(tx, kept)?;
    standing.retain(|company| *company != duplicate);
    let (ours, theirs) = (running(tx, &standing)?, running(tx, &[duplicate])?);
    let mut for_theirs: BTreeSet<Change> = ours.difference(&theirs).cloned().collect();
    let mut for_ours: BTreeSet<Change> = theirs.difference(&ours).cloned().collect();
    let (for_our_sisters, for_their_sisters) = (grouped_changes(&for_ours), grouped_changes(&for_theirs));
    for_theirs.extend(grouped_around(tx, &apart.with_kept)?);
    for_ours.extend(grouped_around(tx, &apart.with_duplicate)?);
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
    for (sisters, changes) in [(&apart.with_kept, for_our_sisters), (&apart.with_duplicate, for_their_sisters)] {
        for sister in sisters {
            let named = companies::store::standing_for(tx, *sister)?;
            made += look_at(tx, &policy.policy, *sister, &named, &changes, None, &mut news)?;
        }
    }
    news.tell(tx)?;
    Ok(made)
}

/// After a merger was taken back: what one learnt of the other and of its group, and what their groups learnt, does not hold any more; each
/// is looked at with the last look of its own at the registry of lobbyists, or without any. Gives the number of cross-checks made.
pub fn separated(tx: &mut Tx<'_>, kept: CompanyId, duplicate: CompanyId) -> Result<usize> {
    let (standing, alone) = (companies::store::standing_for(tx, kept)?, companies::store::standing_for(tx, duplicate)?);
    let apart = Apart::read(tx, kept, duplicate)?;
    let (ours, theirs) = (Known::of(tx, &standing)?, Known::of(tx, &alone)?);
    let (around_us, around_them) = (Known::of(tx, &apart.with_kept)?, Known::of(tx, &apart.with_duplicate)?);
    forget(tx, &standing, OWN, &theirs, &ours)?;
    forget(tx, &alone, OWN, &ours, &theirs)?;
    forget(tx, &standing, OF_GROUP, &around_them, &around_us)?;
    forget(tx, &alone, OF_GROUP, &around_us, &around_them)?;
    forget(tx, &apart.with_kept, OF_GROUP, &theirs, &ours)?;
    forget(tx, &apart.with_duplicate, OF_GROUP, &ours, &theirs)?;
    let (run_here, run_there) = (running(tx, &standing)?, running(tx, &alone)?);
    // Of one group, what runs for one stays news of the group for the other.
    let looked = |strange: BTreeSet<Change>| {
        let mut changes = if apart.of_one_group { grouped_changes(&strange) } else { BTreeSet::new() };
        changes.insert(Change::separated(tx.now()));
        changes
    };
    let for_ours = looked(run_there.difference(&run_here).cloned().collect());
    let for_theirs = looked(run_here.difference(&run_there).cloned().collect());
    let policy = versions::in_force(tx, tx.today())?;
    let mut news = News::default();
    let mut made = look_at(tx, &policy.policy, kept, &standing, &for_ours, None, &mut news)?;
    made += look_at(tx, &policy.policy, duplicate, &alone, &for_theirs, None, &mut news)?;
    news.tell(tx)?;
    Ok(made)
}

/// After a company left the group in which these others are: neither knows any more what the other has.
pub fn left(tx: &mut Tx<'_>, company: CompanyId, others: &[CompanyId]) -> Result<()> {
    let still = groups::others(tx, company)?;
    let gone: Vec<CompanyId> = others.iter().filter(|other| !still.contains(other)).copied().collect();
    let own = companies::store::standing_for(tx, company)?;
    let (ours, theirs, kept) = (Known::of(tx, &own)?, Known::of(tx, &gone)?, Known::of(tx, &still)?);
    forget(tx, &gone, OF_GROUP, &ours, &Known::default())?;
    forget(tx, &own, OF_GROUP, &theirs, &kept)
}

/// What a cross-check is about, of a company itself; and of another of its group.
const OWN: &str = "";
const OF_GROUP: &str = "group:";

/// Everything that files from outside ever said of some companies: what was told of it may have ended since.
#[derive(Debug, Default)]
struct Known {
    contracts: BTreeSet<ContractId>,
    tenders: BTreeSet<ProcurementId>,
    neqs: BTreeSet<String>,
}

impl Known {
    fn of(tx: &mut Tx<'_>, companies: &[CompanyId]) -> Result<Self> {
        let mut standing = Vec::new();
        for company in companies {
            standing.extend(companies::store::standing_for(tx, *company)?);
            standing.push(*company);
        }
        let neqs = contracts::neqs_standing_for(tx, &standing)?;
        if neqs.is_empty() {
            return Ok(Self::default());
        }
        let contracts = contracts::of_neqs(tx, &neqs, contracts::MOST)?.into_iter().map(|one| one.id).collect();
        let tenders = contracts::tenders_of(tx, &neqs)?.into_iter().map(|one| one.id).collect();
        Ok(Self { contracts, tenders, neqs: neqs.into_iter().collect() })
    }

    /// Whether what a cross-check is about ([`Change::subject`]) is of them.
    fn has(&self, subject: &str) -> bool {
        let mut parts = subject.split(':');
        let (what, key) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match what {
            "contract" | "amended" => key.parse().is_ok_and(|id| self.contracts.contains(&id)),
            "tender" => key.parse().is_ok_and(|id| self.tenders.contains(&id)),
            "listed" => self.neqs.contains(key),
            _ => false,
        }
    }
}

/// What waits for an answer about files that name some companies, and is about `strangers` and not about what they know still.
fn forget(tx: &mut Tx<'_>, companies: &[CompanyId], of: &str, strangers: &Known, still: &Known) -> Result<()> {
    let mut named = companies.to_vec();
    for company in companies {
        named.extend(companies::store::standing_for(tx, *company)?);
    }
    for (id, declaration, rule, subject) in store::waiting_about(tx, &named)? {
        let about = if of == OWN { Some(subject.as_str()) } else { subject.strip_prefix(of) };
        if about.is_some_and(|about| strangers.has(about) && !still.has(about)) {
            store::lift(tx, id)?;
            journal::record(tx, None, Some(declaration), &Event::CrossCheckLifted { crosscheck: id, rule })?;
        }
    }
    Ok(())
}

/// After a company joined a group: it learns what runs for the others, and they what runs for it. Gives the number of
/// cross-checks made.
pub fn joined(tx: &mut Tx<'_>, company: CompanyId) -> Result<usize> {
    let policy = versions::in_force(tx, tx.today())?;
    let own = companies::store::standing_for(tx, company)?;
    let ours = grouped_changes(&running(tx, &own)?);
    let (mut made, mut news) = (0, News::default());
    let sisters = groups::others(tx, company)?;
    let theirs = grouped_around(tx, &sisters)?;
    for sister in sisters {
        let standing = companies::store::standing_for(tx, sister)?;
        made += look_at(tx, &policy.policy, sister, &standing, &ours, None, &mut news)?;
    }
    made += look_at(tx, &policy.policy, company, &own, &theirs, None, &mut news)?;
    news.tell(tx)?;
    Ok(made)
}

/// What these companies tell whoever is in their group.
fn grouped_around(tx: &mut Tx<'_>, sisters: &[CompanyId]) -> Result<BTreeSet<Change>> {
    let mut told = BTreeSet::new();
    for sister in sisters {
        let standing = companies::store::standing_for(tx, *sister)?;
        told.extend(grouped_changes(&running(tx, &standing)?));
    }
    Ok(told)
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
