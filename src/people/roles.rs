//! Roles with dates.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::{self, Person};
use super::{PersonId, mail};
use crate::access::Role;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{persons, roles};
use crate::declarations::offices;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};

/// People who hold a role today and are in service, first granted first.
pub fn holders(tx: &mut Tx<'_>, role: Role) -> Result<Vec<PersonId>> {
    Ok(all_holders(tx)?.into_iter().filter(|(held, _)| *held == role).map(|(_, person)| person).collect())
}

/// Everybody in service who holds a role today, first granted first. They are few: whoever looks for several roles
/// reads them once.
pub fn all_holders(tx: &mut Tx<'_>) -> Result<Vec<(Role, PersonId)>> {
    let today = tx.today();
    let held: Vec<(String, PersonId)> = each_engine!(tx.conn, conn => roles::table
        .inner_join(persons::table.on(roles::person_id.eq(persons::id)))
        .filter(roles::since.le(today))
        .filter(roles::until.is_null().or(roles::until.ge(today)))
        .filter(persons::active_from.le(today))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .order(roles::id.asc())
        .select((roles::role, roles::person_id))
        .load(conn))?;
    Ok(held.into_iter().filter_map(|(role, person)| Some((Role::parse(&role)?, person))).collect())
}

/// Roles a person holds today.
pub fn of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Role>> {
    let today = tx.today();
    let names: Vec<String> = roles::table
        .filter(roles::person_id.eq(person))
        .filter(roles::since.le(today))
        .filter(roles::until.is_null().or(roles::until.ge(today)))
        .select(roles::role)
        .load(tx.conn)?;
    Ok(names.iter().filter_map(|name| Role::parse(name)).collect())
}

/// Grants a role from a day, until a day or without end.
pub fn grant(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    person: PersonId,
    role: Role,
    since: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(roles::table)
        .values((
            roles::person_id.eq(person),
            roles::role.eq(role.as_str()),
            roles::since.eq(since),
            roles::until.eq(until),
            roles::granted_by.eq(by),
            roles::granted_at.eq(now),
        ))
        .execute(tx.conn)?;
    journal::record(tx, by, None, &Event::RoleGranted { person, role: role.as_str().into(), since, until })?;
    // Whoever holds an office from today must not find there, even for an hour, a file about somebody above them.
    offices::follow(tx).map(drop)
}

/// Ends a role with the day before `on`; a role that would end before it began is removed from today on. The files that wait
/// for its office follow within the hour (`offices.rs`), not at once: whoever comes next is often granted it just after.
pub fn end(tx: &mut Tx<'_>, by: Option<PersonId>, person: PersonId, role: Role, on: NaiveDate) -> Result<usize> {
    let until = on.pred_opt().unwrap_or(on);
    let ended = diesel::update(
        roles::table
            .filter(roles::person_id.eq(person))
            .filter(roles::role.eq(role.as_str()))
            .filter(roles::until.is_null().or(roles::until.ge(on))),
    )
    .set(roles::until.eq(until))
    .execute(tx.conn)?;
    if ended > 0 {
        journal::record(tx, by, None, &Event::RoleEnded { person, role: role.as_str().into(), until })?;
    }
    Ok(ended)
}

/// A role that a person holds, held or will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub role: Role,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
    /// Nobody for what came from the command line or an import.
    pub granted_by: Option<PersonId>,
    pub granted_at: Instant,
}

impl Term {
    /// In force that day.
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.since <= on && self.until.is_none_or(|until| on <= until)
    }

    /// Not over yet that day.
    pub fn is_open(&self, on: NaiveDate) -> bool {
        self.until.is_none_or(|until| on <= until)
    }
}

/// Every role of a person, past and to come, last granted first.
pub fn history(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Term>> {
    type Row = (String, NaiveDate, Option<NaiveDate>, Option<PersonId>, Instant);
    let rows: Vec<Row> = roles::table
        .filter(roles::person_id.eq(person))
        .order((roles::since.desc(), roles::id.desc()))
        .select((roles::role, roles::since, roles::until, roles::granted_by, roles::granted_at))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(role, since, until, granted_by, granted_at)| {
            Some(Term { role: Role::parse(&role)?, since, until, granted_by, granted_at })
        })
        // Ended before it began: it was taken back in time.
        .filter(|term| term.until.is_none_or(|until| term.since <= until))
        .collect())
}

/// What a form checks before a role is granted to the person of a number. Nobody grants themselves a role.
///
/// # Errors
/// The field to correct.
pub fn check_grant(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    number: &str,
    role: Role,
    since: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Person> {
    let person = of_number(tx, number)?;
    let problem = if role == Role::Staff || (role == Role::Respondent && !tx.book.config.continuity.respondents) {
        Some(FieldError::new("role", "error-role-unknown"))
    } else if by == Some(person.id) {
        Some(FieldError::new("role", "error-role-own"))
    } else if role == Role::Auditor && until.is_none() {
        // What an auditor reads has an end (domain.md §11).
        Some(FieldError::new("until", "error-role-until"))
    } else if until.is_some_and(|until| until < since) {
        Some(FieldError::new("until", "error-period"))
    } else if person.active_until.is_some_and(|last| last < since) {
        Some(FieldError::new("since", "error-role-left"))
    } else if history(tx, person.id)?
        .iter()
        .any(|term| term.role == role && term.is_open(since) && until.is_none_or(|until| term.since <= until))
    {
        Some(FieldError::new("role", "error-role-held"))
    } else {
        None
    };
    problem.map_or(Ok(person), |problem| Err(Error::Invalid(vec![problem])))
}

/// Grants a role to the person of a number, after the checks that a form needs.
///
/// # Errors
/// As for [`check_grant`].
pub fn grant_to(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    number: &str,
    role: Role,
    since: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<()> {
    let person = check_grant(tx, by, number, role, since, until)?;
    grant(tx, by, person.id, role, since, until)?;
    mail::role_granted(tx, &person, role, since, until)
}

/// Ends a role of the person of a number; `last` is its last day, yesterday at the earliest. Nobody ends their own
/// administration of the service: the last one would lock everybody out.
pub fn end_of(tx: &mut Tx<'_>, by: Option<PersonId>, number: &str, role: Role, last: NaiveDate) -> Result<()> {
    let person = of_number(tx, number)?;
    let today = tx.today();
    if by == Some(person.id) && role == Role::SystemAdmin {
        return Err(Error::field("last", "error-role-own"));
    }
    let after = last.succ_opt().unwrap_or(last);
    if after < today {
        return Err(Error::field("last", "error-role-end-past"));
    }
    if end(tx, by, person.id, role, after)? == 0 {
        return Err(Error::field("last", "error-role-not-held"));
    }
    Ok(())
}

fn of_number(tx: &mut Tx<'_>, number: &str) -> Result<Person> {
    store::find_by_number(tx, number)?
        .ok_or_else(|| Error::Invalid(vec![FieldError::with("number", "error-person-unknown", number)]))
}
