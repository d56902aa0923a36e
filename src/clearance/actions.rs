//! Asking for a sheet, and reading one.

use super::companies::{self, Concerned};
use super::roster::{self, Doubt};
use super::rules::{Judgement, judge};
use super::sheet::{Line, Sheet};
use super::store::{self, Asker, Row};
use super::{ClearanceId, facts};
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::clock::{fiscal_year, start_of_day};
use crate::declarations::access_log;
use crate::declarations::store::next_number;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::people::store::Person;

/// Letters of the numbers of sheets.
const SERIES: &str = "VER";
/// Longest purpose, in characters.
pub const LONGEST: usize = 300;

/// A request, as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub purpose: String,
    /// Number of a contract or of a notice.
    pub contract: String,
    /// NEQ or names, one a line.
    pub companies: String,
    /// Numbers or names of people, one a line.
    pub roster: String,
}

/// A request that can be answered.
#[derive(Debug, Clone)]
struct Ready {
    purpose: String,
    concerned: Concerned,
    people: Vec<Person>,
}

/// What keeps a request from being answered.
#[derive(Debug, Clone, Default)]
pub struct Trouble {
    pub errors: Vec<FieldError>,
    pub doubts: Vec<Doubt>,
}

/// The lines in doubt of a request, with what they perhaps mean; nothing is written.
pub fn doubts(tx: &mut Tx<'_>, asked: &Asked) -> Result<Vec<Doubt>> {
    Ok(prepare(tx, asked)?.err().map(|trouble| trouble.doubts).unwrap_or_default())
}

fn prepare(tx: &mut Tx<'_>, asked: &Asked) -> Result<std::result::Result<Ready, Trouble>> {
    let (most_people, most_companies) = (tx.book.config.clearance.people, tx.book.config.clearance.companies);
    let mut errors = Vec::new();
    // One line; a space that does not break, as French writes one before a colon, stays as it is.
    let purpose = asked.purpose.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if purpose.trim().is_empty() {
        errors.push(FieldError::new("purpose", "error-clearance-purpose"));
    } else if purpose.chars().count() > LONGEST {
        errors.push(FieldError::with("purpose", "error-too-long", LONGEST));
    }
    // Counted before anything is looked up.
    let too_many = |text: &str, most: usize| roster::lines(text).take(most + 1).count() > most;
    let (mut concerned, mut people, mut doubts) = (Concerned::default(), Vec::new(), Vec::new());
    if too_many(&asked.companies, most_companies) {
        errors.push(FieldError::with("companies", "error-clearance-too-many-companies", most_companies));
    } else {
        let (found, unsure, wrong) = companies::read(tx, &asked.contract, &asked.companies)?;
        concerned = found;
        errors.extend(wrong);
        errors.extend(unsure.iter().map(Doubt::error));
        doubts.extend(unsure);
    }
    if too_many(&asked.roster, most_people) {
        errors.push(FieldError::with("roster", "error-clearance-too-many-people", most_people));
    } else {
        let (found, unsure) = roster::read(tx, &asked.roster)?;
        if found.is_empty() && unsure.is_empty() {
            errors.push(FieldError::new("roster", "error-clearance-roster"));
        }
        people = found;
        errors.extend(unsure.iter().map(Doubt::error));
        doubts.extend(unsure);
    }
    Ok(if errors.is_empty() { Ok(Ready { purpose, concerned, people }) } else { Err(Trouble { errors, doubts }) })
}

/// Makes a sheet: one verdict for each person, over all the companies. The journal holds that it was made and its
/// fingerprint; the access log, each declaration that was read for it.
///
/// # Errors
/// [`Error::Invalid`] with what is to put right, [`Error::TooMany`] when the requester asked enough for today.
pub fn give(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked) -> Result<Sheet> {
    if !tx.book.access.opens(PageAction::Clearances, Some(actor)) {
        return Err(Error::NotAllowed);
    }
    let Ready { purpose, concerned, people } = prepare(tx, asked)?.map_err(|trouble| Error::Invalid(trouble.errors))?;
    let today = tx.today();
    let year = fiscal_year(today);
    // The counter first: it makes two sheets of the same requester wait for each other, so that neither escapes the count.
    let serial = next_number(tx, &format!("{SERIES}-{year}"))?;
    let asker = Asker { person: actor.person, on: today };
    within_limits(tx, asker, &people)?;
    let limits = facts::limits(tx)?;
    let mut judged: Vec<(Person, Judgement)> = Vec::with_capacity(people.len());
    for person in people {
        let known = facts::of(tx, person.id, &concerned, &limits)?;
        for declaration in &known.read {
            access_log::read(tx, actor, *declaration, "clearance")?;
        }
        judged.push((person, judge(&known.facts, &limits, today)));
    }
    let sheet = Sheet {
        number: format!("{SERIES}-{year}-{serial:06}"),
        asked_by: actor.name.clone(),
        asked_at: tx.now(),
        purpose,
        contract: concerned.contract,
        companies: concerned.companies,
        lines: judged
            .iter()
            .map(|(person, judged)| Line {
                number: person.number.clone(),
                name: person.name(),
                verdict: judged.verdict,
            })
            .collect(),
    };
    let event = Event::ClearanceGiven {
        number: sheet.number.clone(),
        purpose: sheet.purpose.clone(),
        contract: sheet.contract.clone(),
        people: judged.iter().map(|(person, _)| person.id).collect(),
        fingerprint: sheet.fingerprint()?,
    };
    journal::record(tx, Some(actor.person), None, &event)?;
    let _: ClearanceId = store::insert(tx, asker, &sheet, &judged)?;
    Ok(sheet)
}

/// Refuses one sheet too many in a day, and one too many with the same person: the same count for everybody, whatever the
/// verdicts.
fn within_limits(tx: &mut Tx<'_>, asker: Asker, people: &[Person]) -> Result<()> {
    let (sheets, same) = (tx.book.config.clearance.sheets_a_day, tx.book.config.clearance.same_person_a_day);
    let mut refused = store::asked(tx, asker, None)? >= sheets;
    for person in people {
        refused = refused || store::asked(tx, asker, Some(person.id))? >= same;
    }
    if !refused {
        return Ok(());
    }
    let tomorrow = start_of_day(asker.on + chrono::Days::new(1), tx.zone());
    Err(Error::TooMany(u64::try_from((tomorrow - tx.now()).num_seconds()).unwrap_or(0).max(1)))
}

/// A sheet, for whoever asked for it or reads them all; for anybody else it does not exist.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub fn read(tx: &mut Tx<'_>, actor: &Actor, number: &str) -> Result<(Row, Sheet)> {
    let row = store::find(tx, number)?;
    if row.asked_by != actor.person && !reads_all(tx, actor) {
        return Err(Error::NotFound);
    }
    let sheet = store::sheet(tx, &row)?;
    Ok((row, sheet))
}

/// Whoever may read why reads every sheet.
pub fn reads_all(tx: &Tx<'_>, actor: &Actor) -> bool {
    tx.book.access.opens(PageAction::ClearanceReasons, Some(actor))
}

/// Is the sheet the one that was made? Its fingerprint is made again from what is on file, and compared with the one in the
/// leaf of its event.
///
/// # Errors
/// When the leaf cannot be read.
pub fn is_intact(tx: &mut Tx<'_>, row: &Row, sheet: &Sheet) -> Result<bool> {
    let Some(leaf) = store::leaf(tx, row)? else { return Ok(false) };
    let leaf: serde_json::Value = serde_json::from_str(&leaf)?;
    let fingerprint = sheet.fingerprint()?;
    let says = |name: &str| leaf.get("data").and_then(|data| data.get(name)).and_then(serde_json::Value::as_str);
    let is_ours = leaf.get("event").and_then(serde_json::Value::as_str) == Some("clearance_given");
    Ok(is_ours
        && row.fingerprint == fingerprint
        && says("fingerprint") == Some(fingerprint.as_str())
        && says("number") == Some(sheet.number.as_str()))
}
