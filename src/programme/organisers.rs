//! Who may organise showcases beside the chief information officer: people the officer names (policy, section 6).

use crate::access::{Actor, PageAction, Role, policy};
use crate::app::Tx;
use crate::error::{Error, FieldError, Result};
use crate::people::store::Person;
use crate::people::{self, roles};

use super::mail;

/// People named today, first named first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Person>> {
    let ids = roles::holders(tx, Role::ShowcaseOrganiser)?;
    ids.into_iter().map(|id| people::store::find(tx, id)).collect()
}

/// Names somebody, from today on. They are told what it allows.
pub fn name(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<Person> {
    policy::require_page(&tx.book.access, actor, PageAction::NameOrganisers)?;
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::field("person", "error-required-person"));
    }
    let found = people::store::recognise(tx, typed)?;
    let [person] = found.as_slice() else {
        let message = if found.is_empty() { "error-person-unknown" } else { "error-person-ambiguous" };
        return Err(Error::Invalid(vec![FieldError::with("person", message, typed)]));
    };
    let today = tx.today();
    roles::grant_to(tx, Some(actor.person), &person.number, Role::ShowcaseOrganiser, today, None).map_err(beside)?;
    mail::named(tx, person)?;
    Ok(person.clone())
}

/// Ends it, today being no part of it any more. What they planned stays, and the chief information officer runs it.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, number: &str) -> Result<()> {
    policy::require_page(&tx.book.access, actor, PageAction::NameOrganisers)?;
    let person = people::store::find_by_number(tx, number)?.ok_or(Error::NotFound)?;
    let today = tx.today();
    match roles::end(tx, Some(actor.person), person.id, Role::ShowcaseOrganiser, today)? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// The form has one field.
fn beside(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(
            errors
                .into_iter()
                .map(|mut error| {
                    error.field = "person".into();
                    error
                })
                .collect(),
        ),
        other => other,
    }
}
