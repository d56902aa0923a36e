//! Somebody reads more files in a day than their work explains, or tries several that they may not know of (trust.md T11,
//! T15): the ethics officer is told, the secretary general when it is the ethics office. What is too much is a setting.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::store::{self, Figures, OfDay};
use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::config::Readings;
use crate::db::conn::{Job, alone};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::journal::{self, Event};
use crate::outbox::{Letter, enqueue};
use crate::people::{self, PersonId, roles};
use crate::text::Language;
use crate::texts::Arg;

/// Longest explanation, in characters.
const LONGEST: usize = 2_000;

/// What somebody did in a day.
#[derive(Default)]
struct Tally {
    files: HashSet<i64>,
    refused: i32,
    exported: i64,
}

impl Tally {
    fn add(&mut self, row: &OfDay) {
        match (row.declaration, row.files) {
            _ if !row.allowed => self.refused += 1,
            (_, Some(files)) => self.exported = self.exported.saturating_add(files),
            (Some(declaration), None) => {
                self.files.insert(declaration);
            }
            (None, None) => {}
        }
    }

    fn figures(&self) -> Figures {
        let files = i32::try_from(self.files.len()).unwrap_or(i32::MAX);
        Figures { files, refused: self.refused, exported: self.exported }
    }
}

/// Whether that is more than the settings take for a usual day: a file exported is a file read.
fn is_unusual(figures: Figures, settings: &Readings) -> bool {
    let read = i64::from(figures.files).saturating_add(figures.exported);
    read > i64::from(settings.files_a_day) || figures.refused > settings.refusals_a_day
}

/// Looks at today, and at yesterday whose end was not over the last time: raises an alarm once per person and day, and keeps its
/// figures. How many were raised.
///
/// # Errors
/// When the database fails.
pub fn watch(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::UnusualReadings)? {
        return Ok(0);
    }
    let today = tx.today();
    let yesterday = today.pred_opt().unwrap_or(today);
    Ok(look_at(tx, yesterday)? + look_at(tx, today)?)
}

fn look_at(tx: &mut Tx<'_>, day: NaiveDate) -> Result<usize> {
    let settings = tx.book.config.readings.clone();
    let mut people: BTreeMap<PersonId, Tally> = BTreeMap::new();
    for row in store::of_day(tx, day)? {
        people.entry(row.reader).or_default().add(&row);
    }
    let mut raised = 0;
    for (person, tally) in people {
        let figures = tally.figures();
        if !is_unusual(figures, &settings) {
            continue;
        }
        if let Some(alarm) = store::alarm_of(tx, person, day)? {
            store::raise(tx, alarm.id, figures)?;
            continue;
        }
        store::insert(tx, person, day, figures)?;
        let Figures { files, refused, exported } = figures;
        journal::record(tx, None, None, &Event::UnusualReadings { person, files, refused, exported })?;
        tell(tx, person, day, figures)?;
        raised += 1;
    }
    Ok(raised)
}

fn tell(tx: &mut Tx<'_>, person: PersonId, day: NaiveDate, figures: Figures) -> Result<()> {
    let office = roles::holders(tx, Role::EthicsOfficer)?;
    let told = if office.contains(&person) { roles::holders(tx, Role::SecretaryGeneral)? } else { office };
    let name = people::store::find(tx, person)?.name();
    let exported = (figures.exported > 0).then(|| ("letter-fact-files-exported", figures.exported.to_string()));
    for to in told.into_iter().filter(|to| *to != person) {
        let to = people::store::find(tx, to)?;
        let letter = Letter {
            args: vec![("name", Arg::from(name.clone()))],
            facts: [
                ("letter-fact-reader", name.clone()),
                ("letter-fact-day", formats::format_date_long(day, Language::parse(&to.language))),
                ("letter-fact-files-read", figures.files.to_string()),
            ]
            .into_iter()
            .chain(exported.clone())
            .chain([("letter-fact-refused", figures.refused.to_string())])
            .collect(),
            ..Letter::plain("unusual-readings", "/lectures")
        };
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}

/// Whoever answers for an alarm says what explains it.
///
/// # Errors
/// [`Error::NotFound`] for an alarm of somebody else's; [`Error::Invalid`] without words.
pub fn explain(tx: &mut Tx<'_>, actor: &Actor, alarm: i64, note: &str) -> Result<()> {
    let note = note.trim();
    if note.is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("note", "error-readings-explain")]));
    }
    if note.chars().count() > LONGEST {
        return Err(Error::Invalid(vec![FieldError::with("note", "error-too-long", LONGEST)]));
    }
    let mine = store::alarms_for(tx, actor, Some(alarm + 1), 1)?;
    let (found, _) = mine.into_iter().find(|(found, _)| found.id == alarm).ok_or(Error::NotFound)?;
    if found.answered_at.is_some() {
        return Err(Error::NotPossible("not-possible-answered"));
    }
    store::explain(tx, alarm, actor.person, note)?;
    let event = Event::UnusualReadingsExplained { person: found.person_id, day: found.day, note: note.to_owned() };
    journal::record(tx, Some(actor.person), None, &event)
}
