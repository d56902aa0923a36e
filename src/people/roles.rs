//! Roles with dates.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::PersonId;
use crate::access::Role;
use crate::app::Tx;
use crate::db::schema::{persons, roles};
use crate::error::Result;
use crate::journal::{self, Event};

/// People who hold a role today and are in service, first granted first.
pub fn holders(tx: &mut Tx<'_>, role: Role) -> Result<Vec<PersonId>> {
    let today = tx.today();
    Ok(roles::table
        .inner_join(persons::table.on(roles::person_id.eq(persons::id)))
        .filter(roles::role.eq(role.as_str()))
        .filter(roles::since.le(today))
        .filter(roles::until.is_null().or(roles::until.ge(today)))
        .filter(persons::active_from.le(today))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .order(roles::id.asc())
        .select(roles::person_id)
        .load(tx.conn)?)
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
    journal::record(tx, by, None, &Event::RoleGranted { person, role: role.as_str().into(), since, until })
}

/// Ends a role with the day before `on`; a role that would end before it began is removed from today on.
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
