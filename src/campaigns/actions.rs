//! Opening and closing the campaign of a year.

use chrono::NaiveDate;

use super::store::{self, Campaign};
use super::{mail, worker};
use crate::access::Actor;
use crate::app::Tx;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::people::absences;

/// What would happen, before anything does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DryRun {
    pub people: i64,
    /// They get no letter: the directory has no address.
    pub without_address: i64,
    pub without_supervisor: i64,
    pub away: i64,
    /// Days on which those who have not answered are reminded.
    pub reminders: Vec<NaiveDate>,
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Checks what was typed and says what would happen.
///
/// # Errors
/// A label or a day that will not do; a campaign already under way.
pub fn dry_run(tx: &mut Tx<'_>, label: &str, due_on: NaiveDate) -> Result<DryRun> {
    let mut errors = Vec::new();
    if label.trim().is_empty() {
        errors.push(FieldError::new("label", "error-required"));
    } else if label.chars().count() > 40 {
        errors.push(FieldError::with("label", "error-too-long", 40));
    }
    if tx.book.calendar.add_business_days(tx.today(), 5) > due_on {
        errors.push(FieldError::new("due_on", "error-campaign-soon"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if store::open(tx)?.is_some() {
        return Err(Error::NotPossible("not-possible-campaign"));
    }
    let people = store::population(tx)?;
    let away = absences::away_today(tx)?;
    Ok(DryRun {
        people: count(people.len()),
        without_address: count(people.iter().filter(|(_, address, _)| address.is_empty()).count()),
        without_supervisor: count(people.iter().filter(|(.., supervisor)| supervisor.is_none()).count()),
        away: count(people.iter().filter(|(person, ..)| away.contains(person)).count()),
        reminders: worker::reminder_days(tx, due_on),
    })
}

/// Opens the campaign; the worker writes its letters.
///
/// # Errors
/// As for [`dry_run`].
pub fn open(tx: &mut Tx<'_>, actor: &Actor, label: &str, due_on: NaiveDate) -> Result<Campaign> {
    dry_run(tx, label, due_on)?;
    let people: Vec<_> = store::population(tx)?.into_iter().map(|(person, ..)| person).collect();
    let id = store::insert(tx, label.trim(), due_on, actor.person, &people)?;
    let event = Event::CampaignOpened { campaign: id, label: label.trim().to_owned(), people: people.len(), due_on };
    journal::record(tx, Some(actor.person), None, &event)?;
    store::find(tx, id)
}

/// Closes it: nobody is reminded any more, and the ethics office has its figures (E18).
///
/// # Errors
/// [`Error::NotPossible`] when it is closed already.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<()> {
    let campaign = store::find(tx, id)?;
    if campaign.closed_at.is_some() {
        return Err(Error::NotPossible("not-possible-campaign-closed"));
    }
    let (done, people) = store::progress(&store::asked(tx, &campaign)?);
    store::close(tx, id, actor.person)?;
    journal::record(tx, Some(actor.person), None, &Event::CampaignClosed { campaign: id, done, people })?;
    mail::closed(tx, &campaign, done, people)
}
