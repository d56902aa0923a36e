//! Preparing a list, setting it aside, destroying what is on it.

use super::destroy;
use super::names::Names;
use super::schedule::{Disposition, Fate};
use super::store::{self, Listed};
use super::{holds, mail};
use crate::access::Actor;
use crate::app::Tx;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;

/// What the schedule says of every file or thing that is over, for one rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Over, years still to run.
    pub kept: i64,
    /// The event from which years are counted is not known.
    pub waiting: i64,
    /// Due, and a hold covers them.
    pub held: i64,
    /// Due.
    pub due: i64,
}

/// Figures by rule, in the order of the schedule.
///
/// # Errors
/// The database does not answer.
pub fn figures(tx: &mut Tx<'_>) -> Result<Vec<Figures>> {
    let book = tx.book;
    let mut all = vec![Figures::default(); book.schedule.rules.len()];
    let today = tx.today();
    store::each_over(tx, |tx, one, is_held| {
        let (rule, due) = match one.fate(tx)? {
            Fate::Due { rule, on, .. } => (rule, Some(on)),
            Fate::Waits(rule) => (rule, None),
            Fate::NoRule => return Ok(()),
        };
        let place = book.schedule.rules.iter().position(|one| one.id == rule.id);
        let Some(figures) = place.and_then(|place| all.get_mut(place)) else { return Ok(()) };
        match due {
            None => figures.waiting += 1,
            Some(on) if on > today => figures.kept += 1,
            Some(_) if is_held => figures.held += 1,
            Some(_) => figures.due += 1,
        }
        Ok(())
    })?;
    Ok(all)
}

/// The files and things that may be destroyed today, those due first, at most as many as one list has.
fn destroyable(tx: &mut Tx<'_>) -> Result<Vec<Listed>> {
    let mut found = Vec::new();
    let today = tx.today();
    store::each_over(tx, |tx, one, is_held| {
        let Some(reference) = one.reference().map(str::to_owned) else { return Ok(()) };
        match one.fate(tx)? {
            Fate::Due { rule, ended_on, on } if on <= today && !is_held && rule.then == Disposition::Destroy => {
                found.push(Listed {
                    declaration: one.declaration(),
                    reference,
                    kind: one.kind().to_owned(),
                    rule: rule.id.clone(),
                    ended_on,
                    due_on: on,
                    destroyed_at: None,
                });
            }
            Fate::Due { .. } | Fate::Waits(_) | Fate::NoRule => {}
        }
        Ok(())
    })?;
    found.sort_by(|a, b| (a.due_on, &a.reference).cmp(&(b.due_on, &b.reference)));
    found.truncate(store::MOST);
    Ok(found)
}

/// May something be destroyed today?
pub(super) fn is_something_due(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(!destroyable(tx)?.is_empty())
}

/// Prepares the list of what the schedule gives up today: nothing is destroyed yet, and what it shows is what would be.
///
/// # Errors
/// Another list waits, or nothing is due.
pub fn prepare(tx: &mut Tx<'_>, by: Option<PersonId>) -> Result<i64> {
    if store::open(tx)?.is_some() {
        return Err(Error::NotPossible("not-possible-retention-open"));
    }
    let files = destroyable(tx)?;
    if files.is_empty() {
        return Err(Error::NotPossible("not-possible-retention-empty"));
    }
    let id = store::insert(tx, by, &files)?;
    journal::record(tx, by, None, &Event::RetentionListed { list: id, files: files.len() })?;
    mail::due(tx, id, files.len())?;
    Ok(id)
}

/// Sets a list aside: nothing of it is destroyed.
///
/// # Errors
/// It does not wait any more.
pub fn drop_list(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<()> {
    store::end(tx, id, "dropped")?;
    journal::record(tx, Some(actor.person), None, &Event::RetentionDropped { list: id })
}

/// Is everything on this list still to be destroyed, exactly as it shows?
///
/// # Errors
/// [`Error::NotPossible`] when a hold, the schedule or a file changed since: another list is to be prepared.
pub fn check(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if !store::list(tx, id)?.is_open() {
        return Err(Error::NotPossible("not-possible-retention-over"));
    }
    let (held, today) = (holds::held(tx)?, tx.today());
    let listed = store::files(tx, id)?;
    let now = store::now(tx, &listed)?;
    for (listed, now) in listed.iter().zip(now) {
        let still = match now.filter(|one| !held.covers(one)) {
            Some(one) => matches!(
                one.fate(tx)?,
                Fate::Due { rule, on, .. }
                    if on <= today && rule.id == listed.rule && rule.then == Disposition::Destroy && on == listed.due_on
            ),
            None => false,
        };
        if !still {
            return Err(Error::NotPossible("not-possible-retention-changed"));
        }
    }
    Ok(())
}

/// Destroys what is on a list, all of it or nothing: what two people saw is what is done.
///
/// # Errors
/// As for [`check`].
pub fn destroy(tx: &mut Tx<'_>, asked_by: PersonId, approved_by: PersonId, id: i64) -> Result<()> {
    // A hold is in force before what it covers is looked at, or finds that it is gone.
    journal::take_turn(tx)?;
    check(tx, id)?;
    let files = store::files(tx, id)?;
    let names = Names::of(tx, &files)?;
    for file in &files {
        destroy::one(tx, id, file)?;
    }
    names.take_out(tx)?;
    store::end(tx, id, "destroyed")?;
    let approval = tx.book.schedule.approval.clone();
    let event = Event::RetentionCarriedOut { list: id, files: files.len(), approval, asked_by, approved_by };
    journal::record(tx, Some(approved_by), None, &event)
}
