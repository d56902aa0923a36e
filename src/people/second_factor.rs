//! Codes of six figures from a telephone, asked after the password (TOTP, RFC 6238): what protects an office whose password
//! was stolen. The secret is wrapped by a master key outside the database; each code serves once.

use std::fmt::Write;

use diesel::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret, Totp};

use super::store::{self, Person};
use super::{PersonId, passkeys, recovery, sessions};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::second_factors;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::sealing::DataKey;
use crate::sealing::keyring::{Of, Wrapped};

/// Blank modules around the square (ISO/IEC 18004 asks for four).
const QUIET_ZONE: i32 = 4;

/// What a telephone needs to give the same codes.
pub struct Enrolment {
    /// In base 32, to be typed by hand.
    pub secret: String,
    /// `otpauth:` address, for a telephone that opens the page itself.
    pub address: String,
    pub square: Square,
}

/// A QR code as the path of a drawing.
pub struct Square {
    /// Side, in modules.
    pub side: i32,
    pub path: String,
}

struct Row {
    wrapped: Wrapped,
    confirmed_at: Option<Instant>,
    last_step: i64,
}

fn row(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Row>> {
    let found: Option<(String, String, Option<Instant>, i64)> = second_factors::table
        .find(person)
        .select((
            second_factors::master_key,
            second_factors::wrapped,
            second_factors::confirmed_at,
            second_factors::last_step,
        ))
        .first(tx.conn)
        .optional()?;
    Ok(found.map(|(master, key, confirmed_at, last_step)| Row {
        wrapped: Wrapped { master, key },
        confirmed_at,
        last_step,
    }))
}

/// Is a second proof asked of this person after their password: a code, or one of their passkeys?
pub fn is_asked_of(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    Ok(since(tx, person)?.is_some() || passkeys::any(tx, person)?)
}

/// Since when a person signs in with codes; nothing when they do not.
pub fn since(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Instant>> {
    Ok(row(tx, person)?.and_then(|row| row.confirmed_at))
}

/// The secret to put in a telephone, made the first time it is asked for and the same until a code confirms it.
///
/// # Errors
/// [`Error::NotPossible`] when the service has no sealing key, or the person has a telephone already.
pub fn begin(tx: &mut Tx<'_>, person: &Person) -> Result<Enrolment> {
    let key = match row(tx, person.id)? {
        Some(row) if row.confirmed_at.is_some() => return Err(Error::NotPossible("not-possible-factor-there")),
        Some(row) => tx.book.keyring.unwrap(Of::SecondFactor(person.id), &row.wrapped)?,
        None => make(tx, person.id)?,
    };
    let totp = codes_of(tx, person, &key)?;
    let address = totp.to_url().map_err(Error::internal)?;
    Ok(Enrolment { secret: totp.secret().to_base32(), square: square(&address)?, address })
}

fn make(tx: &mut Tx<'_>, person: PersonId) -> Result<DataKey> {
    let now = tx.now();
    let key = DataKey::generate()?;
    let wrapped = tx.book.keyring.wrap(Of::SecondFactor(person), &key)?;
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::person_id.eq(person),
            second_factors::master_key.eq(wrapped.master),
            second_factors::wrapped.eq(wrapped.key),
            second_factors::begun_at.eq(now),
            second_factors::last_step.eq(0),
        ))
        .execute(tx.conn)?;
    Ok(key)
}

/// Six figures every thirty seconds, with SHA-1: what every telephone has (RFC 6238, s. 1.2; RFC 4226, B.2 says why the
/// collisions of SHA-1 do not matter here). The code before and the one after are taken too: clocks differ.
fn codes_of(tx: &Tx<'_>, person: &Person, key: &DataKey) -> Result<Totp> {
    // A colon separates the two in the address.
    let plain = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(Secret::new(key.bytes().to_vec().into_boxed_slice()))
        .with_account_name(plain(&person.email))
        .with_issuer(Some(plain(&tx.book.config.organisation.service)))
        .build()
        .map_err(Error::internal)
}

fn square(text: &str) -> Result<Square> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(Error::internal)?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE);
            }
        }
    }
    Ok(Square { side: code.size() + 2 * QUIET_ZONE, path })
}

/// Takes a code of the person: right, and of a step after the last one that was taken.
fn take(tx: &mut Tx<'_>, person: &Person, row: &Row, code: &str) -> Result<bool> {
    let key = tx.book.keyring.unwrap(Of::SecondFactor(person.id), &row.wrapped)?;
    let seconds = u64::try_from(tx.now().and_utc().timestamp()).map_err(Error::internal)?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = codes_of(tx, person, &key)?.check(&code, seconds).and_then(|step| i64::try_from(step).ok());
    let Some(step) = step.filter(|step| *step > row.last_step) else { return Ok(false) };
    // Of two requests with the same code, one finds it taken.
    let taken = diesel::update(second_factors::table.find(person.id).filter(second_factors::last_step.lt(step)))
        .set(second_factors::last_step.eq(step))
        .execute(tx.conn)?;
    Ok(taken == 1)
}

/// Is this the code of the moment, or one on paper that never served? A person who has neither has no code to give, and any is
/// wrong.
pub fn check(tx: &mut Tx<'_>, person: &Person, code: &str) -> Result<bool> {
    let right = match row(tx, person.id)? {
        Some(row) if row.confirmed_at.is_some() => take(tx, person, &row, code)?,
        _ => false,
    };
    if right { Ok(true) } else { recovery::take(tx, person, code) }
}

/// The first code proves that the telephone has the secret: from now on codes are asked for, and the session that gave
/// it counts as strong. The others of the person end: they were opened with a password alone.
///
/// # Errors
/// A code that is not the one of the moment.
pub fn confirm(tx: &mut Tx<'_>, person: &Person, session: &str, code: &str) -> Result<()> {
    let row = row(tx, person.id)?.ok_or(Error::NotFound)?;
    if row.confirmed_at.is_some() {
        return Err(Error::NotPossible("not-possible-factor-there"));
    }
    if !take(tx, person, &row, code)? {
        return Err(Error::field("code", "error-code"));
    }
    let now = tx.now();
    diesel::update(second_factors::table.find(person.id)).set(second_factors::confirmed_at.eq(now)).execute(tx.conn)?;
    sessions::close_others(tx, person.id, session)?;
    sessions::confirm(tx, session, sessions::Factor::Code)?;
    journal::record(tx, Some(person.id), None, &Event::SecondFactorSet { person: person.id })
}

/// Takes away the codes and the passkeys of a person whose telephone is lost, and ends what they have open.
///
/// # Errors
/// [`Error::NotFound`] when they have none.
pub fn remove(tx: &mut Tx<'_>, by: Option<PersonId>, number: &str) -> Result<()> {
    let person = store::find_by_number(tx, number)?.ok_or(Error::NotFound)?;
    let codes = diesel::delete(second_factors::table.find(person.id)).execute(tx.conn)?;
    recovery::forget(tx, person.id)?;
    let keys = passkeys::remove_all(tx, by, person.id)?;
    if codes + keys == 0 {
        return Err(Error::NotFound);
    }
    sessions::close_all(tx, person.id)?;
    if codes == 0 {
        return Ok(());
    }
    journal::record(tx, by, None, &Event::SecondFactorRemoved { person: person.id })
}
