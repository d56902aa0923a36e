//! What time brings to the campaign under way: letters to those it asks, reminders, and the weekly letter to supervisors.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::mail;
use super::store::{self, Campaign};
use crate::app::Tx;
use crate::clock;
use crate::db::conn::{Job, alone};
use crate::error::Result;
use crate::people::PersonId;

/// Letters written in one transaction: others write meanwhile.
const AT_ONCE: usize = 100;

/// The days on which those who have not answered are reminded, in order.
pub fn reminder_days(tx: &Tx<'_>, due_on: NaiveDate) -> Vec<NaiveDate> {
    let (settings, calendar) = (&tx.book.config.campaign, &tx.book.calendar);
    let mut days: Vec<NaiveDate> = settings
        .remind_before
        .iter()
        .map(|days| calendar.subtract_business_days(due_on, u32::from(*days)))
        .chain(settings.remind_after.iter().map(|days| calendar.add_business_days(due_on, u32::from(*days))))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Does what is due now. Returns how many letters were written; the rest waits for the next time.
///
/// # Errors
/// When the database fails.
pub fn go_on(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::Campaign)? {
        return Ok(0);
    }
    let Some(campaign) = store::open(tx)? else { return Ok(0) };
    store::join(tx, &campaign)?;
    let first = store::untold(tx, campaign.id, i64::try_from(AT_ONCE).unwrap_or(i64::MAX))?;
    if !first.is_empty() {
        return ask(tx, &campaign, first, false);
    }
    let today = tx.today();
    let morning = clock::at_local_time(today, tx.book.config.letters.from_hour, 0, tx.zone());
    if tx.now() < morning || !tx.book.calendar.is_business_day(today) {
        return Ok(0);
    }
    Ok(remind(tx, &campaign)? + tell_teams(tx, &campaign)?)
}

fn ask(tx: &mut Tx<'_>, campaign: &Campaign, people: Vec<PersonId>, again: bool) -> Result<usize> {
    let mut written = 0;
    for person in people {
        if store::told(tx, campaign.id, person)? {
            mail::ask(tx, campaign, person, again)?;
            written += 1;
        }
    }
    Ok(written)
}

fn remind(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<usize> {
    let today = tx.today();
    if !reminder_days(tx, campaign.due_on).contains(&today) {
        return Ok(0);
    }
    let told: BTreeMap<PersonId, NaiveDate> = store::last_told(tx, campaign.id)?;
    let waiting: Vec<PersonId> = store::asked(tx, campaign)?
        .into_iter()
        .filter(|one| !one.done() && told.get(&one.person).is_none_or(|on| *on < today))
        .map(|one| one.person)
        .take(AT_ONCE)
        .collect();
    ask(tx, campaign, waiting, true)
}

/// Once a week, on its first business day, while somebody of the team has not answered.
fn tell_teams(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<usize> {
    let today = tx.today();
    let before = tx.book.calendar.subtract_business_days(today, 1);
    let opened = clock::local_date(campaign.opened_at, tx.zone());
    let told_this_week = campaign.teams_told_on.is_some_and(|on| on.iso_week() == today.iso_week());
    if before.iso_week() == today.iso_week() || told_this_week || opened == today {
        return Ok(0);
    }
    store::teams_told(tx, campaign.id)?;
    let asked = store::asked(tx, campaign)?;
    let mut written = 0;
    for (supervisor, team) in store::teams(&asked) {
        if team.iter().any(|one| !one.done()) {
            mail::team(tx, campaign, supervisor, &team)?;
            written += 1;
        }
    }
    Ok(written)
}
