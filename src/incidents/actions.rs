//! Recording an incident, and correcting what was recorded.

use chrono::{Datelike, NaiveDate};

use super::store::{self, Incident};
use crate::access::Actor;
use crate::app::Tx;
use crate::declarations::actions::clean;
use crate::declarations::store::next_number;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};

/// Longest answer, in characters.
pub const LONGEST: usize = 4_000;

/// What a form gives, dates read.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub information: String,
    pub circumstances: String,
    pub happened: String,
    pub known_on: Option<NaiveDate>,
    pub people: String,
    pub assessment: String,
    pub serious: Option<bool>,
    pub commission_told_on: Option<NaiveDate>,
    pub people_told_on: Option<NaiveDate>,
    pub public_notice: String,
    pub measures: String,
}

/// Checks each part; those that the regulation asks for are there.
fn checked(tx: &Tx<'_>, actor: &Actor, number: String, version: i32, given: Given) -> Result<Incident> {
    let mut errors = Vec::new();
    let mut text = |field: &str, words: &str, required: bool| {
        let words = clean(words);
        if required && words.is_empty() {
            errors.push(FieldError::new(field, "error-required-text"));
        } else if words.chars().count() > LONGEST {
            errors.push(FieldError::with(field, "error-too-long", LONGEST));
        }
        words
    };
    let information = text("information", &given.information, true);
    let circumstances = text("circumstances", &given.circumstances, true);
    let happened = text("happened", &given.happened, true);
    let people = text("people", &given.people, true);
    let assessment = text("assessment", &given.assessment, true);
    let public_notice = text("public_notice", &given.public_notice, false);
    let measures = text("measures", &given.measures, true);
    let today = tx.today();
    let mut day = |field: &str, day: Option<NaiveDate>, from: Option<NaiveDate>| {
        if day.is_some_and(|day| day > today) {
            errors.push(FieldError::new(field, "error-incident-future"));
        } else if day.zip(from).is_some_and(|(day, from)| day < from) {
            errors.push(FieldError::new(field, "error-incident-before"));
        }
    };
    day("known_on", given.known_on, None);
    day("commission_told_on", given.commission_told_on, given.known_on);
    day("people_told_on", given.people_told_on, given.known_on);
    if given.known_on.is_none() {
        errors.push(FieldError::new("known_on", "error-required-date"));
    }
    if given.serious.is_none() {
        errors.push(FieldError::new("serious", "error-required-choice"));
    }
    match (given.known_on, given.serious) {
        (Some(known_on), Some(serious)) if errors.is_empty() => Ok(Incident {
            number,
            version,
            information,
            circumstances,
            happened,
            known_on,
            people,
            assessment,
            serious,
            commission_told_on: given.commission_told_on,
            people_told_on: given.people_told_on,
            public_notice,
            measures,
            recorded_by: actor.person,
            recorded_at: tx.now(),
        }),
        _ => Err(Error::Invalid(errors)),
    }
}

/// Records an incident; its number has no gap in its year.
///
/// # Errors
/// What is to be corrected, beside its field.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, given: Given) -> Result<String> {
    let year = tx.today().year();
    // The number is taken once the rest is right.
    let mut incident = checked(tx, actor, String::new(), 1, given)?;
    let number = next_number(tx, &format!("incidents/{year}"))?;
    incident.number = format!("INC-{year}-{number:04}");
    store::insert(tx, &incident)?;
    told(tx, actor, &incident)?;
    Ok(incident.number)
}

/// Records a later version: what was known before stays.
///
/// # Errors
/// As for [`record`]; [`Error::Stale`] when somebody corrected it since it was read.
pub fn correct(tx: &mut Tx<'_>, actor: &Actor, number: &str, read: i32, given: Given) -> Result<()> {
    let last = store::versions_of(tx, number)?.into_iter().next().ok_or(Error::NotFound)?;
    if last.version != read {
        return Err(Error::Stale);
    }
    let incident = checked(tx, actor, last.number, last.version + 1, given)?;
    store::insert(tx, &incident)?;
    told(tx, actor, &incident)
}

fn told(tx: &mut Tx<'_>, actor: &Actor, incident: &Incident) -> Result<()> {
    let event = Event::IncidentRecorded {
        number: incident.number.clone(),
        version: incident.version,
        serious: incident.serious,
    };
    journal::record(tx, Some(actor.person), None, &event)
}
