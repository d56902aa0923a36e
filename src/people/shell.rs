//! What the command line does to the access of people. Nobody approves it: whoever is concerned is told, and so are those who watch
//! over the register; and it gives nobody a second key to what is sealed, once an office has somebody (trust.md Z14, Z15).

use chrono::NaiveDate;

use super::store::{self, Person};
use super::{PersonId, accounts, mail, roles, second_factor, suspension};
use crate::access::Role;
use crate::app::{App, Tx};
use crate::error::{Error, FieldError, Result};

/// Roles that read what others may not, or decide about it. The first person of each comes from the command line; the others from
/// the page of a person, where somebody else approves.
const TWO_PEOPLE: [Role; 4] = [Role::EthicsOfficer, Role::SecretaryGeneral, Role::DeputyMinister, Role::Auditor];

/// Grants a role. Administrators are granted at any time: whoever has the machine must be able to put the service right.
///
/// # Errors
/// Somebody in service holds a role that two people grant; and as for [`roles::check_grant`].
pub fn grant(tx: &mut Tx<'_>, number: &str, role: Role, since: NaiveDate, until: Option<NaiveDate>) -> Result<()> {
    if TWO_PEOPLE.contains(&role) && !roles::holders(tx, role)?.is_empty() {
        return Err(Error::field("role", "error-role-two-people"));
    }
    roles::grant_to(tx, None, number, role, since, until)?;
    let person = of_number(tx, number)?;
    for guard in guards(tx, &[person.id])? {
        let to = store::find(tx, guard)?;
        mail::role_told(tx, &to, &person, role, since, until)?;
    }
    Ok(())
}

/// Opens the account of a person, or changes its password.
///
/// # Errors
/// As for [`accounts::set_password`].
pub fn set_password(app: &App, person: &Person, password: &str) -> Result<()> {
    accounts::check_new(password, person, &app.book.config)?;
    let hash = accounts::hash(password)?;
    let person = person.clone();
    app.write_here(move |tx| {
        accounts::set_password(tx, None, person.id, &hash)?;
        tell(tx, &person, "password")
    })
}

/// Takes away the codes and the passkeys of a person.
///
/// # Errors
/// As for [`second_factor::remove`].
pub fn remove_factor(tx: &mut Tx<'_>, number: &str) -> Result<()> {
    second_factor::remove(tx, None, number)?;
    let person = of_number(tx, number)?;
    tell(tx, &person, "factor")
}

/// Opens a suspended account again.
///
/// # Errors
/// As for [`suspension::restore`].
pub fn restore(tx: &mut Tx<'_>, number: &str) -> Result<()> {
    suspension::restore(tx, None, number)?;
    let person = of_number(tx, number)?;
    for guard in guards(tx, &[person.id])? {
        let to = store::find(tx, guard)?;
        mail::access_changed(tx, &to, &person, "restored")?;
    }
    Ok(())
}

/// Tells the person; and, when their account opens what is sealed or administers the service, those who watch over the register.
fn tell(tx: &mut Tx<'_>, person: &Person, change: &str) -> Result<()> {
    mail::access_changed(tx, person, person, change)?;
    let held = roles::of(tx, person.id)?;
    let asked_of = &tx.book.config.sign_in.second_factor_for;
    if !held.iter().any(|role| TWO_PEOPLE.contains(role) || asked_of.contains(role)) {
        return Ok(());
    }
    for guard in guards(tx, &[person.id])? {
        let to = store::find(tx, guard)?;
        mail::access_changed(tx, &to, person, change)?;
    }
    Ok(())
}

/// The ethics officers and the secretary general.
fn guards(tx: &mut Tx<'_>, but: &[PersonId]) -> Result<Vec<PersonId>> {
    let mut guards = roles::holders(tx, Role::EthicsOfficer)?;
    guards.extend(roles::holders(tx, Role::SecretaryGeneral)?);
    guards.sort_unstable();
    guards.dedup();
    guards.retain(|guard| !but.contains(guard));
    Ok(guards)
}

fn of_number(tx: &mut Tx<'_>, number: &str) -> Result<Person> {
    store::find_by_number(tx, number)?
        .ok_or_else(|| Error::Invalid(vec![FieldError::with("number", "error-person-unknown", number)]))
}
