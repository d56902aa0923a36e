//! Letters about people themselves: absences (E20), duties that changed (E22), roles (E27), departures.

use super::absences::{Absence, EVERYTHING};
use super::store::{self, Person};
use super::{PersonId, departures, roles};
use crate::access::Role;
use crate::app::Tx;
use crate::declarations::handover;
use crate::error::Result;
use crate::formats::format_date_long;
use crate::outbox::{Letter, enqueue};
use crate::text::Language;
use crate::texts::{Arg, say};
use chrono::NaiveDate;

/// The days of an absence, and what it is about.
fn facts_of(tx: &Tx<'_>, absence: &Absence, language: Language) -> Vec<(&'static str, String)> {
    let until = absence
        .last_day
        .map_or_else(|| say(language, "absence-no-return", &[]), |last| format_date_long(last, language));
    vec![
        ("letter-fact-from", format_date_long(absence.first_day, language)),
        ("letter-fact-until", until),
        ("letter-fact-scope", scope_name(tx, &absence.scope, language)),
    ]
}

/// What an absence is about, in words.
pub fn scope_name(tx: &Tx<'_>, scope: &str, language: Language) -> String {
    match tx.book.catalogue.kind(scope) {
        Some(version) if scope != EVERYTHING => version.kind.title.get(language).to_owned(),
        _ => say(language, "absence-everything", &[]),
    }
}

/// E20, to both: the delegation is set. Without a delegate, the person alone is told where files go.
pub fn absence_set(tx: &mut Tx<'_>, absence: &Absence, away: &Person, delegate: Option<&Person>) -> Result<()> {
    let moved = handover::held_for(tx, away.id, delegate.map(|delegate| delegate.id))?;
    let readers = [Some((away, "/absences")), delegate.map(|delegate| (delegate, "/a-traiter?vue=deleguees"))];
    for (to, link) in readers.into_iter().flatten() {
        let language = Language::parse(&to.language);
        let mut letter = Letter::plain(if delegate.is_some() { "delegation" } else { "absence" }, link);
        letter.facts = vec![("letter-fact-absent", away.name())];
        if let Some(delegate) = delegate {
            letter.facts.push(("letter-fact-delegate", delegate.name()));
        }
        letter.facts.extend(facts_of(tx, absence, language));
        letter.facts.push(("letter-fact-pending", moved.to_string()));
        letter.args = vec![("who", Arg::from(away.short_name()))];
        enqueue(tx, to, &letter)?;
    }
    Ok(())
}

/// E20, to both: it ends.
pub fn absence_over(tx: &mut Tx<'_>, absence: &Absence) -> Result<()> {
    let away = store::find(tx, absence.person_id)?;
    let left = handover::held_for(tx, away.id, None)?;
    let delegate = match absence.delegate_id {
        Some(delegate) => Some(store::find(tx, delegate)?),
        None => None,
    };
    for (to, link) in
        [Some((&away, "/a-traiter")), delegate.as_ref().map(|d| (d, "/a-traiter?vue=deleguees"))].into_iter().flatten()
    {
        let language = Language::parse(&to.language);
        let mut letter = Letter::plain("absence-over", link);
        letter.facts = vec![("letter-fact-absent", away.name())];
        if let Some(delegate) = &delegate {
            letter.facts.push(("letter-fact-delegate", delegate.name()));
        }
        letter.facts.extend(facts_of(tx, absence, language));
        letter.facts.push(("letter-fact-left", left.to_string()));
        letter.args = vec![("who", Arg::from(away.short_name()))];
        enqueue(tx, to, &letter)?;
    }
    Ok(())
}

/// E27: a role is granted, to the person and to those who administer the service.
pub fn role_granted(
    tx: &mut Tx<'_>,
    person: &Person,
    role: Role,
    since: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<()> {
    let mut readers: Vec<PersonId> = vec![person.id];
    readers.extend(roles::holders(tx, Role::SystemAdmin)?.into_iter().filter(|admin| *admin != person.id));
    for id in readers {
        let to = store::find(tx, id)?;
        role_told(tx, &to, person, role, since, until)?;
    }
    Ok(())
}

/// E27, to one reader.
pub fn role_told(
    tx: &mut Tx<'_>,
    to: &Person,
    person: &Person,
    role: Role,
    since: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<()> {
    let language = Language::parse(&to.language);
    let mut letter = Letter::plain("role", page_for(tx, to, person)?);
    letter.facts = vec![
        ("letter-fact-person", person.name()),
        ("letter-fact-role", super::pages::role_name(role, language)),
        ("letter-fact-from", format_date_long(since, language)),
    ];
    if let Some(until) = until {
        letter.facts.push(("letter-fact-until", format_date_long(until, language)));
    }
    enqueue(tx, to, &letter)
}

/// Where a reader finds more about the access of a person. The list of people is not for everybody who watches over the register.
fn page_for(tx: &mut Tx<'_>, to: &Person, person: &Person) -> Result<&'static str> {
    if to.id == person.id {
        return Ok("/preferences");
    }
    Ok(if roles::of(tx, to.id)?.contains(&Role::SystemAdmin) { "/personnes" } else { "/actes" })
}

/// What opens an account was changed from the command line: to its person, or to somebody who watches over the register.
pub fn access_changed(tx: &mut Tx<'_>, to: &Person, person: &Person, change: &str) -> Result<()> {
    let language = Language::parse(&to.language);
    let mut letter = Letter::plain("access", page_for(tx, to, person)?);
    letter.facts = vec![
        ("letter-fact-account", person.name()),
        ("letter-fact-access-change", say(language, &format!("access-change-{change}"), &[])),
    ];
    enqueue(tx, to, &letter)
}

/// E22: duties or supervisor changed; the person is asked to confirm their interests.
pub fn situation_changed(tx: &mut Tx<'_>, person: PersonId, cause: &str, due_on: NaiveDate) -> Result<()> {
    about_situation(tx, "situation", person, cause, due_on)
}

/// The reminder of the same, on the day by which it was asked.
pub(super) const SITUATION_DUE: &str = "situation-due";

pub(super) fn situation_due(tx: &mut Tx<'_>, person: PersonId, cause: &str, due_on: NaiveDate) -> Result<()> {
    about_situation(tx, SITUATION_DUE, person, cause, due_on)
}

fn about_situation(
    tx: &mut Tx<'_>,
    name: &'static str,
    person: PersonId,
    cause: &str,
    due_on: NaiveDate,
) -> Result<()> {
    let to = store::find(tx, person)?;
    let language = Language::parse(&to.language);
    let mut letter = Letter::plain(name, "/annuelle");
    letter.facts = vec![
        ("letter-fact-change", say(language, &format!("confirm-cause-{cause}"), &[])),
        ("letter-fact-due", format_date_long(due_on, language)),
    ];
    enqueue(tx, &to, &letter)
}

/// What to settle before a last day, to the person and to their supervisor.
pub fn departure(tx: &mut Tx<'_>, leaving: &departures::Departure) -> Result<()> {
    let person = &leaving.person;
    let mut readers = vec![(person.clone(), "/depart".to_owned())];
    if let Some(above) = person.supervisor_id {
        readers.push((store::find(tx, above)?, format!("/depart/{}", crate::web::page::percent(&person.number))));
    }
    for (to, link) in readers {
        let language = Language::parse(&to.language);
        let mut letter = Letter::plain("departure", &link);
        letter.facts = vec![
            ("letter-fact-person", person.name()),
            ("letter-fact-last-day", format_date_long(leaving.last_day, language)),
        ];
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}
