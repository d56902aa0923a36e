//! Somebody reads more files in a day than their work explains, or tries several that they may not know of (trust.md T11,
//! T15): the ethics officer is told, the secretary general when it is the ethics office. What is too much is a setting.

use std::collections::{BTreeMap, HashSet};

use super::store;
use crate::access::{Actor, Role};
use crate::app::Tx;
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
}

/// Looks at today: raises an alarm once per person and day, and keeps its figures. How many were raised.
pub fn watch(tx: &mut Tx<'_>) -> Result<usize> {
    let (settings, today) = (tx.book.config.readings.clone(), tx.today());
    let mut people: BTreeMap<PersonId, Tally> = BTreeMap::new();
    for (reader, declaration, allowed) in store::of_day(tx, today)? {
        let tally = people.entry(reader).or_default();
        if allowed {
            tally.files.insert(declaration);
        } else {
            tally.refused += 1;
        }
    }
    let mut raised = 0;
    for (person, tally) in people {
        let files = i32::try_from(tally.files.len()).unwrap_or(i32::MAX);
        if files <= settings.files_a_day && tally.refused <= settings.refusals_a_day {
            continue;
        }
        if let Some(alarm) = store::alarm_of(tx, person, today)? {
            store::raise(tx, alarm.id, files, tally.refused)?;
            continue;
        }
        store::insert(tx, person, today, files, tally.refused)?;
        journal::record(tx, None, None, &Event::UnusualReadings { person, files, refused: tally.refused })?;
        tell(tx, person, files, tally.refused)?;
        raised += 1;
    }
    Ok(raised)
}

fn tell(tx: &mut Tx<'_>, person: PersonId, files: i32, refused: i32) -> Result<()> {
    let office = roles::holders(tx, Role::EthicsOfficer)?;
    let told = if office.contains(&person) { roles::holders(tx, Role::SecretaryGeneral)? } else { office };
    let (name, today) = (people::store::find(tx, person)?.name(), tx.today());
    for to in told.into_iter().filter(|to| *to != person) {
        let to = people::store::find(tx, to)?;
        let letter = Letter {
            args: vec![("name", Arg::from(name.clone()))],
            facts: vec![
                ("letter-fact-reader", name.clone()),
                ("letter-fact-day", formats::format_date_long(today, Language::parse(&to.language))),
                ("letter-fact-files-read", files.to_string()),
                ("letter-fact-refused", refused.to_string()),
            ],
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
        return Err(Error::Invalid(vec![FieldError::new("note", "error-required")]));
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
