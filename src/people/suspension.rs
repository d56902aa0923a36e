//! A suspended account opens nothing: no session, no token, no calendar. One person suspends, at once and with a reason, because
//! waiting would help whoever stole a password; two people open the account again (`acts`). Files stay with their holder: an
//! absence says who decides meanwhile.

use diesel::prelude::*;

use super::store::{self, Person};
use super::{PersonId, pages, roles, sessions};
use crate::access::Role;
use crate::acts::{self, ActKind};
use crate::adoption;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::accounts;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::outbox::{Letter, enqueue};

/// What is known of a suspension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    pub at: Instant,
    /// Nobody when it came from the command line.
    pub by: Option<PersonId>,
    pub reason: String,
}

/// The suspension of a person, when the account is suspended.
///
/// # Errors
/// The database does not answer.
pub fn of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Suspension>> {
    let row: Option<(Option<Instant>, Option<PersonId>, Option<String>)> = accounts::table
        .find(person)
        .filter(accounts::disabled.eq(true))
        .select((accounts::suspended_at, accounts::suspended_by, accounts::suspended_reason))
        .first(tx.conn)
        .optional()?;
    Ok(row.and_then(|(at, by, reason)| Some(Suspension { at: at?, by, reason: reason.unwrap_or_default() })))
}

/// Suspends the account of the person of a number, whether or not they have a password: every session ends now, and tokens and
/// calendar addresses open nothing. The person is told, and so is everybody who may approve that it opens again.
///
/// # Errors
/// No reason; one's own account; an account that is suspended already.
pub fn suspend(tx: &mut Tx<'_>, by: Option<PersonId>, number: &str, reason: &str) -> Result<()> {
    let person = of_number(tx, number)?;
    let reason = adoption::reason(reason)?;
    if by == Some(person.id) {
        return Err(Error::field("reason", "error-suspend-own"));
    }
    if of(tx, person.id)?.is_some() {
        return Err(Error::NotPossible("not-possible-suspended"));
    }
    let now = tx.now();
    let told = (
        accounts::disabled.eq(true),
        accounts::suspended_at.eq(now),
        accounts::suspended_by.eq(by),
        accounts::suspended_reason.eq(&reason),
    );
    if diesel::update(accounts::table.find(person.id)).set(told).execute(tx.conn)? == 0 {
        diesel::insert_into(accounts::table)
            .values((
                accounts::person_id.eq(person.id),
                accounts::password_hash.eq(super::accounts::NO_PASSWORD),
                accounts::changed_at.eq(now),
                told,
            ))
            .execute(tx.conn)?;
    }
    sessions::close_all(tx, person.id)?;
    let event = Event::AccountSuspended { person: person.id, reason };
    journal::record(tx, by, None, &event)?;
    tell(tx, by, &person)
}

/// What would stop the account from opening again.
///
/// # Errors
/// Nobody has this number, or the account is not suspended.
pub fn check_restoration(tx: &mut Tx<'_>, number: &str) -> Result<Person> {
    let person = of_number(tx, number)?;
    match of(tx, person.id)? {
        Some(_) => Ok(person),
        None => Err(Error::NotPossible("not-possible-not-suspended")),
    }
}

/// Opens the account of the person of a number again, with the password it had.
///
/// # Errors
/// As for [`check_restoration`].
pub fn restore(tx: &mut Tx<'_>, by: Option<PersonId>, number: &str) -> Result<()> {
    let person = check_restoration(tx, number)?;
    diesel::update(accounts::table.find(person.id))
        .set((
            accounts::disabled.eq(false),
            accounts::suspended_at.eq(None::<Instant>),
            accounts::suspended_by.eq(None::<PersonId>),
            accounts::suspended_reason.eq(None::<String>),
        ))
        .execute(tx.conn)?;
    journal::record(tx, by, None, &Event::AccountRestored { person: person.id })?;
    enqueue(tx, &person, &Letter::plain("restored", "/"))
}

fn of_number(tx: &mut Tx<'_>, number: &str) -> Result<Person> {
    store::find_by_number(tx, number)?
        .ok_or_else(|| Error::Invalid(vec![FieldError::with("number", "error-person-unknown", number)]))
}

fn tell(tx: &mut Tx<'_>, by: Option<PersonId>, person: &Person) -> Result<()> {
    enqueue(tx, person, &Letter::plain("suspended", "/"))?;
    let mut but = vec![person.id];
    but.extend(by);
    let officers = roles::holders(tx, Role::EthicsOfficer)?;
    for approver in acts::actions::approvers(tx, ActKind::AccountRestoration, &but)? {
        let to = store::find(tx, approver)?;
        // The page of a person is not for every approver.
        let link = if officers.contains(&approver) { pages::address(&person.number) } else { "/actes".to_owned() };
        let mut letter = Letter::plain("suspended-notice", link);
        letter.facts = vec![("letter-fact-account", person.name())];
        if let Some(by) = by {
            letter.facts.push(("letter-fact-suspended-by", store::find(tx, by)?.name()));
        }
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}
