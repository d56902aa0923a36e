//! Local accounts: Argon2id, hashing bounded and off the threads that serve pages, the same answer and the same work
//! whether or not the account exists (trust.md N11, N13).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};
use diesel::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::guessable::is_guessable;
use super::store::{self, Person};
use super::{PersonId, suspension};
use crate::app::Tx;
use crate::clock::Instant;
use crate::config::Config;
use crate::db::schema::accounts;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};

/// In the place of a hash, for somebody whose account is suspended before it had a password.
pub(super) const NO_PASSWORD: &str = "";

/// Most characters accepted; enough for any passphrase, short enough to hash.
const LONGEST_PASSWORD: usize = 256;

/// Fewest different characters.
const DIFFERENT: usize = 5;

fn hasher() -> Result<Argon2<'static>> {
    // OWASP's first choice: 46 MiB, one pass, one lane.
    let params = Params::new(46 * 1024, 1, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params))
}

/// The same characters, however a keyboard made them: « é » in one or in two (NIST SP 800-63B-4, 3.1.1.2; RFC 8265, s. 4.2).
fn as_one_spelling(password: &str) -> String {
    password.nfc().collect()
}

/// Hashes a password. Takes tens of milliseconds: never on a thread that serves pages.
pub fn hash(password: &str) -> Result<String> {
    Ok(hasher()?.hash_password(as_one_spelling(password).as_bytes()).map_err(Error::internal)?.to_string())
}

/// Compares; an unknown account is compared with [`decoy`] so that it takes as long.
pub fn verify(password: &str, stored: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(stored) else { return false };
    password.chars().count() <= LONGEST_PASSWORD
        && hasher().is_ok_and(|hasher| hasher.verify_password(as_one_spelling(password).as_bytes(), &parsed).is_ok())
}

/// A hash that no password opens, made once with the parameters in force.
pub fn decoy() -> &'static str {
    static DECOY: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    DECOY.get_or_init(|| crate::random::token::<32>().and_then(|secret| hash(&secret)).unwrap_or_default())
}

/// What is wrong with a new password, if anything.
pub fn check_new(password: &str, person: &Person, config: &Config) -> Result<()> {
    let (password, least) = (as_one_spelling(password), config.sign_in.min_password);
    let length = password.chars().count();
    let body = &config.organisation;
    let mut tried = vec![&body.name, &body.name_en, &body.service, &body.service_en];
    let problem = if length < least {
        Some(FieldError::with("password", "error-password-short", least))
    } else if length > LONGEST_PASSWORD {
        Some(FieldError::with("password", "error-too-long", LONGEST_PASSWORD))
    } else if is_repetitive(&password.to_lowercase()) || is_guessable(&password, &tried) {
        Some(FieldError::new("password", "error-password-common"))
    } else {
        tried.extend([&person.number, &person.given_name, &person.family_name, &person.email]);
        is_guessable(&password, &tried).then(|| FieldError::new("password", "error-password-own-name"))
    };
    problem.map_or(Ok(()), |problem| Err(Error::Invalid(vec![problem])))
}

/// It says one thing again and again, or has hardly any characters.
fn is_repetitive(lower: &str) -> bool {
    let characters: Vec<char> = lower.chars().collect();
    let different: std::collections::BTreeSet<char> = characters.iter().copied().collect();
    let repeats =
        |period: usize| characters.iter().skip(period).zip(&characters).all(|(later, before)| later == before);
    different.len() < DIFFERENT || (1..=characters.len() / 2).any(repeats)
}

/// What signing in compares with: the person and the stored hash, when the account may sign in.
pub fn candidate(tx: &mut Tx<'_>, email: &str) -> Result<Option<(Person, String)>> {
    let email = email.trim().replace('\0', "");
    let Some(person) = store::find_by_email(tx, &email)? else { return Ok(None) };
    let today = tx.today();
    let hash: Option<(String, bool)> = accounts::table
        .find(person.id)
        .select((accounts::password_hash, accounts::disabled))
        .first(tx.conn)
        .optional()?;
    Ok(match hash {
        Some((hash, false)) if person.is_active(today) && hash != NO_PASSWORD => Some((person, hash)),
        _ => None,
    })
}

/// Opens an account, or changes its password; every session of the person ends.
///
/// # Errors
/// The account is suspended: two people open it again, and a password does not.
pub fn set_password(tx: &mut Tx<'_>, by: Option<PersonId>, person: PersonId, hash: &str) -> Result<()> {
    let now = tx.now();
    if suspension::of(tx, person)?.is_some() {
        return Err(Error::NotPossible("not-possible-suspended"));
    }
    let updated = diesel::update(accounts::table.find(person))
        .set((accounts::password_hash.eq(hash), accounts::changed_at.eq(now)))
        .execute(tx.conn)?;
    if updated == 0 {
        diesel::insert_into(accounts::table)
            .values((
                accounts::person_id.eq(person),
                accounts::password_hash.eq(hash),
                accounts::disabled.eq(false),
                accounts::changed_at.eq(now),
            ))
            .execute(tx.conn)?;
    }
    super::sessions::close_all(tx, person)?;
    journal::record(tx, by, None, &Event::AccountOpened { person })
}

/// Since when the password of a person stands, when they have one.
pub fn password_since(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Instant>> {
    let with_one = accounts::table.find(person).filter(accounts::password_hash.ne(NO_PASSWORD));
    Ok(with_one.select(accounts::changed_at).first(tx.conn).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_typed_in_two_characters_is_the_same_password() {
        let stored = hash("une clé de théâtre bien gardée").unwrap();
        assert!(verify("une cle\u{301} de the\u{301}a\u{302}tre bien garde\u{301}e", &stored));
        assert!(!verify("une cle de theatre bien gardee", &stored), "an accent is one");
    }

    #[test]
    fn one_thing_said_again_and_again_is_no_password() {
        for repeated in ["abababababababababab", "aaaaaaaaaaaaaaaaaaaa", "xkq7vxkq7vxkq7vxkq7v"] {
            assert!(is_repetitive(repeated), "{repeated}");
        }
        assert!(!is_repetitive("une phrase facile à retenir"));
    }
}
