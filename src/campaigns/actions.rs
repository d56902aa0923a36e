//! Opening and closing the campaign of a year, and whom it does not ask.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::store::{self, Campaign, InService};
use super::{mail, worker};
use crate::access::Actor;
use crate::app::Tx;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::people::store::Person;
use crate::people::{self, PersonId, absences};

/// What is typed to open a campaign.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'p> {
    /// Of the year it is about: « 2026-2027 ».
    pub label: &'p str,
    pub due_on: NaiveDate,
    /// People whom it does not ask: a number and a reason on each line.
    pub exceptions: &'p str,
}

/// What would happen, before anything does.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DryRun {
    pub people: i64,
    /// People left out.
    pub excepted: i64,
    /// They get no letter: the directory has no address.
    pub without_address: i64,
    pub without_supervisor: i64,
    pub away: i64,
    /// Days on which those who have not answered are reminded.
    pub reminders: Vec<NaiveDate>,
}

/// What the directory lacks of somebody whom a campaign asks, or why they may not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    WithoutAddress,
    WithoutSupervisor,
    Away,
}

impl Gap {
    /// Fluent key of its words.
    pub fn label_key(self) -> &'static str {
        match self {
            Self::WithoutAddress => "campaign-without-address",
            Self::WithoutSupervisor => "campaign-without-supervisor",
            Self::Away => "campaign-away",
        }
    }
}

/// Longest reason for which somebody is not asked, in characters.
const LONGEST_REASON: usize = 200;
/// Longest label, in characters.
const LONGEST_LABEL: usize = 40;

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What stands in the way of everybody answering, person by person.
///
/// # Errors
/// When the database fails.
pub fn gaps(tx: &mut Tx<'_>) -> Result<Vec<(InService, Gap)>> {
    let away = absences::away_today(tx)?;
    let of = |one: &InService| {
        [
            (one.email.is_empty(), Gap::WithoutAddress),
            (one.supervisor.is_none(), Gap::WithoutSupervisor),
            (away.contains(&one.person), Gap::Away),
        ]
    };
    let people = store::population(tx)?;
    Ok(people
        .into_iter()
        .flat_map(|one| of(&one).into_iter().filter(|(is, _)| *is).map(move |(_, gap)| (one.clone(), gap)))
        .collect())
}

/// Whom a plan leaves out: each line is the number of an employee, then why.
fn exceptions(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<(PersonId, String)>> {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (number, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let person = in_service(tx, number)?;
        match left_out(person.as_ref(), reason) {
            Ok(one) if seen.insert(one.0) => found.push(one),
            Ok(_) => errors.push(Wrong::Twice.in_a_list(number)),
            Err(wrong) => errors.push(wrong.in_a_list(number)),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(Error::Invalid(errors)) }
}

/// As a sentence names what was typed.
fn quoted(number: &str) -> String {
    format!("«\u{a0}{number}\u{a0}»")
}

/// Why somebody cannot be left out as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// Nobody in service has this number.
    Unknown,
    WithoutReason,
    LongReason,
    /// The line of somebody who has one already.
    Twice,
}

impl Wrong {
    /// Of a line among others.
    fn in_a_list(self, number: &str) -> FieldError {
        let key = match self {
            Self::Unknown => "error-campaign-unknown",
            Self::WithoutReason => "error-campaign-reason",
            Self::LongReason => "error-campaign-reason-long",
            Self::Twice => "error-campaign-twice",
        };
        FieldError::with("exceptions", key, quoted(number))
    }

    /// Where number and reason have a field each.
    fn in_its_form(self, number: &str) -> FieldError {
        match self {
            Self::Unknown | Self::Twice => FieldError::with("number", "error-campaign-unknown", quoted(number)),
            Self::WithoutReason => FieldError::new("reason", "error-required-text"),
            Self::LongReason => FieldError::with("reason", "error-too-long", LONGEST_REASON),
        }
    }
}

/// The person of a number, as people type it, when they are in service.
fn in_service(tx: &mut Tx<'_>, number: &str) -> Result<Option<Person>> {
    let (number, today) = (number.trim().trim_end_matches([':', ',', ';']), tx.today());
    Ok(people::store::find_by_number(tx, number)?.filter(|person| person.is_active(today)))
}

/// A person left out, with the reason.
fn left_out(person: Option<&Person>, reason: &str) -> std::result::Result<(PersonId, String), Wrong> {
    let (person, reason) = (person.ok_or(Wrong::Unknown)?, reason.trim());
    match reason.chars().count() {
        0 => Err(Wrong::WithoutReason),
        length if length > LONGEST_REASON => Err(Wrong::LongReason),
        _ => Ok((person.id, reason.to_owned())),
    }
}

/// Checks what was typed and says what would happen.
///
/// # Errors
/// A label, a day or an exception that will not do; a campaign already under way.
pub fn dry_run(tx: &mut Tx<'_>, plan: &Plan<'_>) -> Result<DryRun> {
    checked(tx, plan).map(|(run, _)| run)
}

fn checked(tx: &mut Tx<'_>, plan: &Plan<'_>) -> Result<(DryRun, Vec<(PersonId, String)>)> {
    let mut errors = Vec::new();
    if plan.label.trim().is_empty() {
        errors.push(FieldError::new("label", "error-required-text"));
    } else if plan.label.chars().count() > LONGEST_LABEL {
        errors.push(FieldError::with("label", "error-too-long", LONGEST_LABEL));
    }
    if tx.book.calendar.add_business_days(tx.today(), 5) > plan.due_on {
        errors.push(FieldError::new("due_on", "error-campaign-soon"));
    }
    let left_out = match exceptions(tx, plan.exceptions) {
        Err(Error::Invalid(more)) => {
            errors.extend(more);
            Vec::new()
        }
        other => other?,
    };
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if store::open(tx)?.is_some() {
        return Err(Error::NotPossible("not-possible-campaign"));
    }
    let is_asked = |person: PersonId| !left_out.iter().any(|(one, _)| *one == person);
    let people = store::population(tx)?.iter().filter(|one| is_asked(one.person)).count();
    let gaps = gaps(tx)?;
    let with = |gap: Gap| count(gaps.iter().filter(|(one, of)| *of == gap && is_asked(one.person)).count());
    let run = DryRun {
        people: count(people),
        excepted: count(left_out.len()),
        without_address: with(Gap::WithoutAddress),
        without_supervisor: with(Gap::WithoutSupervisor),
        away: with(Gap::Away),
        reminders: worker::reminder_days(tx, plan.due_on),
    };
    Ok((run, left_out))
}

/// Opens the campaign; the worker writes its letters.
///
/// # Errors
/// As for [`dry_run`].
pub fn open(tx: &mut Tx<'_>, actor: &Actor, plan: &Plan<'_>) -> Result<Campaign> {
    let (_, left_out) = checked(tx, plan)?;
    let (label, due_on) = (plan.label.trim(), plan.due_on);
    let is_asked = |person: &PersonId| !left_out.iter().any(|(one, _)| one == person);
    let people: Vec<_> = store::population(tx)?.into_iter().map(|one| one.person).filter(is_asked).collect();
    let id = store::insert(tx, label, due_on, actor.person, &people)?;
    let event = Event::CampaignOpened { campaign: id, label: label.to_owned(), people: people.len(), due_on };
    journal::record(tx, Some(actor.person), None, &event)?;
    for (person, reason) in &left_out {
        store::except(tx, id, *person, reason, actor.person)?;
    }
    if !left_out.is_empty() {
        let people = left_out.into_iter().map(|(person, _)| person).collect();
        journal::record(tx, Some(actor.person), None, &Event::CampaignExcepted { campaign: id, people })?;
    }
    store::find(tx, id)
}

/// The campaign of this number, while it is under way.
fn under_way(tx: &mut Tx<'_>, id: i64) -> Result<Campaign> {
    let campaign = store::find(tx, id)?;
    if campaign.closed_at.is_some() { Err(Error::NotPossible("not-possible-campaign-closed")) } else { Ok(campaign) }
}

/// Asks somebody no more, during a campaign: no reminder, and their answer is not missing from any figure.
///
/// # Errors
/// An unknown number or no reason; a campaign that is closed.
pub fn except(tx: &mut Tx<'_>, actor: &Actor, id: i64, number: &str, reason: &str) -> Result<()> {
    let campaign = under_way(tx, id)?;
    if number.is_empty() {
        return Err(Error::field("number", "error-required-text"));
    }
    let found = in_service(tx, number)?;
    let (person, reason) =
        left_out(found.as_ref(), reason).map_err(|wrong| Error::Invalid(vec![wrong.in_its_form(number)]))?;
    store::except(tx, campaign.id, person, &reason, actor.person)?;
    let event = Event::CampaignExcepted { campaign: campaign.id, people: vec![person] };
    journal::record(tx, Some(actor.person), None, &event)?;
    Ok(())
}

/// Asks them after all: they get the letter of the opening.
///
/// # Errors
/// A campaign that is closed.
pub fn ask_again(tx: &mut Tx<'_>, actor: &Actor, id: i64, person: PersonId) -> Result<()> {
    let campaign = under_way(tx, id)?;
    if store::ask_again(tx, campaign.id, person)? {
        let event = Event::CampaignAskedAgain { campaign: campaign.id, person };
        journal::record(tx, Some(actor.person), None, &event)?;
    }
    Ok(())
}

/// Closes it: nobody is reminded any more, and the ethics office has its figures (E18).
///
/// # Errors
/// [`Error::NotPossible`] when it is closed already.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<()> {
    let campaign = under_way(tx, id)?;
    let (done, people) = store::progress(&store::asked(tx, &campaign)?);
    store::close(tx, id, actor.person)?;
    journal::record(tx, Some(actor.person), None, &Event::CampaignClosed { campaign: id, done, people })?;
    mail::closed(tx, &campaign, done, people)
}
