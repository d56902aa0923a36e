//! What forbids destroying, whatever the schedule says: an investigation, a lawsuit, a request for access.

use std::collections::HashSet;

use diesel::prelude::*;

use super::store::Due;
use super::things;
use crate::access::Actor;
use crate::adoption;
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::{self, CompanyId};
use crate::contracts;
use crate::db::schema::{declarations, legal_holds};
use crate::error::{Error, FieldError, Result};
use crate::formats::parse_neq;
use crate::journal::{self, Event};
use crate::people::{PersonId, store};

/// A hold, in force or lifted.
#[derive(Debug, Clone, Queryable)]
pub struct Hold {
    pub id: i64,
    pub declaration: Option<i64>,
    pub person: Option<PersonId>,
    pub company: Option<CompanyId>,
    /// Reference of what is no file.
    pub thing: Option<String>,
    pub reason: String,
    pub placed_by: PersonId,
    pub placed_at: Instant,
}

/// What holds in force cover.
#[derive(Debug, Default)]
pub struct Held {
    files: HashSet<i64>,
    people: HashSet<PersonId>,
    /// With those merged into them.
    companies: HashSet<CompanyId>,
    /// Numbers of these companies, for what names them so.
    neqs: HashSet<String>,
    things: HashSet<String>,
}

impl Held {
    pub fn covers(&self, due: &Due) -> bool {
        match due {
            Due::File(file) => {
                self.files.contains(&file.id)
                    || self.people.contains(&file.declarant_id)
                    || file.company_id.is_some_and(|company| self.companies.contains(&company))
            }
            Due::Thing(thing) => {
                self.things.contains(&thing.reference)
                    || thing.people.iter().any(|person| self.people.contains(person))
                    || thing.companies.iter().any(|company| self.companies.contains(company))
                    || thing.neqs.iter().any(|neq| self.neqs.contains(neq))
            }
        }
    }
}

/// Holds in force, the last placed first.
pub fn in_force(tx: &mut Tx<'_>) -> Result<Vec<Hold>> {
    Ok(legal_holds::table
        .filter(legal_holds::lifted_at.is_null())
        .order(legal_holds::id.desc())
        .select((
            legal_holds::id,
            legal_holds::declaration_id,
            legal_holds::person_id,
            legal_holds::company_id,
            legal_holds::thing,
            legal_holds::reason,
            legal_holds::placed_by,
            legal_holds::placed_at,
        ))
        .load(tx.conn)?)
}

pub fn held(tx: &mut Tx<'_>) -> Result<Held> {
    let mut held = Held::default();
    for hold in in_force(tx)? {
        held.files.extend(hold.declaration);
        held.people.extend(hold.person);
        if let Some(company) = hold.company {
            held.companies.extend(companies::store::standing_for(tx, company)?);
            held.neqs.extend(contracts::store::neqs_of(tx, company)?);
        }
        held.things.extend(hold.thing);
    }
    Ok(held)
}

/// Places a hold on a file, or on what is no file, by its reference, or on all that is about a person, by their number, or that names a
/// company, by its NEQ.
///
/// # Errors
/// Nothing and nobody has this number, or no reason.
pub fn place(tx: &mut Tx<'_>, actor: &Actor, on: &str, reason: &str) -> Result<()> {
    // Nothing is destroyed between the look at what it covers and its row.
    journal::take_turn(tx)?;
    let on = on.trim();
    let file: Option<i64> = declarations::table
        .filter(declarations::reference.eq(on.to_uppercase()))
        .select(declarations::id)
        .first(tx.conn)
        .optional()?;
    let thing = if file.is_none() { things::known(tx, on)? } else { None };
    let person = match (file, &thing) {
        (None, None) => store::find_by_number(tx, on)?.map(|person| person.id),
        _ => None,
    };
    let company = match (file, &thing, person, parse_neq(on)) {
        (None, None, None, Ok(neq)) => companies::store::find_by_neq(tx, &neq)?.map(|company| company.id),
        _ => None,
    };
    let mut errors = Vec::new();
    if file.is_none() && thing.is_none() && person.is_none() && company.is_none() {
        errors.push(FieldError::new("on", "error-hold-on"));
    }
    let reason = match adoption::reason(reason) {
        Ok(reason) => reason,
        Err(Error::Invalid(found)) => {
            errors.extend(found);
            String::new()
        }
        Err(error) => return Err(error),
    };
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let now = tx.now();
    let hold: i64 = diesel::insert_into(legal_holds::table)
        .values((
            legal_holds::declaration_id.eq(file),
            legal_holds::person_id.eq(person),
            legal_holds::company_id.eq(company),
            legal_holds::thing.eq(&thing),
            legal_holds::reason.eq(&reason),
            legal_holds::placed_by.eq(actor.person),
            legal_holds::placed_at.eq(now),
        ))
        .returning(legal_holds::id)
        .get_result(tx.conn)?;
    let event = Event::HoldPlaced { hold, person, company, thing, reason };
    journal::record(tx, Some(actor.person), file, &event)
}

/// Lifts a hold: what it covered follows the schedule again.
///
/// # Errors
/// It was lifted already.
pub fn lift(tx: &mut Tx<'_>, actor: &Actor, hold: i64) -> Result<()> {
    let now = tx.now();
    let row = legal_holds::table.find(hold).filter(legal_holds::lifted_at.is_null());
    let file: Option<Option<i64>> = row.select(legal_holds::declaration_id).first(tx.conn).optional()?;
    let Some(file) = file else { return Err(Error::NotFound) };
    diesel::update(legal_holds::table.find(hold))
        .set((legal_holds::lifted_by.eq(actor.person), legal_holds::lifted_at.eq(now)))
        .execute(tx.conn)?;
    journal::record(tx, Some(actor.person), file, &Event::HoldLifted { hold })
}
