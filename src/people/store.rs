//! SQL of people.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::{PersonId, UnitId};
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::{persons, units};
use crate::db::search::fold;
use crate::error::Result;

#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = persons)]
pub struct Person {
    pub id: PersonId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub email: String,
    pub title: String,
    pub unit_id: UnitId,
    pub site: String,
    pub supervisor_id: Option<PersonId>,
    pub regime: String,
    pub position: String,
    pub language: String,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
    /// The body that a person on loan belongs to; empty for the others.
    pub home_body: String,
}

impl Person {
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// « C. Gagnon », for subjects of letters.
    pub fn short_name(&self) -> String {
        let initial: String = self.given_name.chars().take(1).collect();
        format!("{initial}. {}", self.family_name)
    }

    pub fn is_active(&self, on: NaiveDate) -> bool {
        self.active_from <= on && self.active_until.is_none_or(|until| on <= until)
    }
}

pub fn find(tx: &mut Tx<'_>, id: PersonId) -> Result<Person> {
    Ok(each_engine!(tx.conn, conn => persons::table.find(id).select(Person::as_select()).first(conn))?)
}

pub fn find_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Person>> {
    Ok(persons::table.filter(persons::number.eq(number)).select(Person::as_select()).first(tx.conn).optional()?)
}

pub fn find_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Person>> {
    let email = email.to_lowercase();
    Ok(persons::table.filter(persons::email.eq(email)).select(Person::as_select()).first(tx.conn).optional()?)
}

/// What people type to name a colleague: a number, an address, or « Prénom Nom » in either order.
pub fn recognise(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<Person>> {
    if let Some(person) = find_by_number(tx, typed.trim())? {
        return Ok(vec![person]);
    }
    if typed.contains('@') {
        return Ok(find_by_email(tx, typed.trim())?.into_iter().collect());
    }
    let folded = fold(typed);
    if folded.is_empty() {
        return Ok(Vec::new());
    }
    let reversed = folded.split_once(' ').map(|(a, b)| format!("{b} {a}")).unwrap_or_default();
    Ok(persons::table
        .filter(persons::folded.eq_any([folded, reversed]))
        .order(persons::id.asc())
        .limit(10)
        .select(Person::as_select())
        .load(tx.conn)?)
}

/// People whose name begins with what was typed, or whose number is it.
pub fn search(tx: &mut Tx<'_>, typed: &str, most: i64) -> Result<Vec<Person>> {
    let folded = fold(typed);
    let pattern = format!("%{folded}%");
    Ok(persons::table
        .filter(persons::folded.like(pattern).or(persons::number.eq(typed.trim().to_owned())))
        .order((persons::folded.asc(), persons::id.asc()))
        .limit(most)
        .select(Person::as_select())
        .load(tx.conn)?)
}

/// True when somebody in service reports to this person.
pub fn leads(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    let today = tx.today();
    Ok(diesel::select(diesel::dsl::exists(
        persons::table
            .filter(persons::supervisor_id.eq(person))
            .filter(persons::active_until.is_null().or(persons::active_until.ge(today))),
    ))
    .get_result(tx.conn)?)
}

#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = units)]
pub struct Unit {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub parent_id: Option<UnitId>,
    pub path: String,
}

pub fn units(tx: &mut Tx<'_>) -> Result<Vec<Unit>> {
    Ok(units::table.order(units::path.asc()).select(Unit::as_select()).load(tx.conn)?)
}
