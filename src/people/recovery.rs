//! Codes on paper, for the day when the telephone is lost: ten of eighty bits, each serves once. Their hashes alone are kept;
//! with so many bits nobody finds a code from its hash (NIST SP 800-63B, s. 5.1.2).

use diesel::prelude::*;

use super::PersonId;
use super::store::Person;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::recovery_codes;
use crate::error::Result;
use crate::formats::format_datetime;
use crate::journal::{self, Event};
use crate::outbox::{Letter, enqueue};
use crate::random;
use crate::text::Language;

/// Codes made at a time.
pub const COUNT: usize = 10;
/// Letters of a code, five bits each.
const LENGTH: usize = 16;
/// Without I, L, O and U, which are read or heard as others (base 32 of Crockford).
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
    'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// What is left of the codes of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub codes: i64,
    pub made_at: Instant,
}

/// Nothing when the person never made any.
pub fn left(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Left>> {
    let rows: Vec<(Instant, Option<Instant>)> = recovery_codes::table
        .filter(recovery_codes::person_id.eq(person))
        .select((recovery_codes::made_at, recovery_codes::used_at))
        .load(tx.conn)?;
    let codes = rows.iter().filter(|(_, used)| used.is_none()).count();
    Ok(rows.first().map(|(made_at, _)| Left { codes: i64::try_from(codes).unwrap_or(0), made_at: *made_at }))
}

/// Has this person a code to give?
pub fn any(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    Ok(left(tx, person)?.is_some_and(|left| left.codes > 0))
}

/// Makes new codes; the ones of before open nothing any more. What is returned is written nowhere.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn renew(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<String>> {
    forget(tx, person)?;
    let now = tx.now();
    let codes = (0..COUNT).map(|_| draw()).collect::<Result<Vec<String>>>()?;
    for code in &codes {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::hash.eq(hash(person, code)),
                recovery_codes::person_id.eq(person),
                recovery_codes::made_at.eq(now),
            ))
            .execute(tx.conn)?;
    }
    journal::record(tx, Some(person), None, &Event::RecoveryCodesMade { person })?;
    Ok(codes.iter().map(|code| shown(code)).collect())
}

/// Takes a code: right, and never taken before. Its owner is told: somebody else may hold the paper.
pub fn take(tx: &mut Tx<'_>, person: &Person, typed: &str) -> Result<bool> {
    let Some(code) = read(typed) else { return Ok(false) };
    let now = tx.now();
    let mine = recovery_codes::table
        .find(hash(person.id, &code))
        .filter(recovery_codes::person_id.eq(person.id))
        .filter(recovery_codes::used_at.is_null());
    if diesel::update(mine).set(recovery_codes::used_at.eq(now)).execute(tx.conn)? != 1 {
        return Ok(false);
    }
    let codes = left(tx, person.id)?.map_or(0, |left| left.codes);
    journal::record(tx, Some(person.id), None, &Event::RecoveryCodeUsed { person: person.id, left: codes })?;
    let language = Language::parse(&person.language);
    let mut letter = Letter::plain("spare-code-used", "/preferences/secours");
    letter.facts = vec![
        ("letter-fact-recovery-used", format_datetime(now, tx.zone(), language)),
        ("letter-fact-recovery-left", codes.to_string()),
    ];
    enqueue(tx, person, &letter)?;
    Ok(true)
}

/// Takes all of them away.
pub fn forget(tx: &mut Tx<'_>, person: PersonId) -> Result<usize> {
    Ok(diesel::delete(recovery_codes::table.filter(recovery_codes::person_id.eq(person))).execute(tx.conn)?)
}

fn draw() -> Result<String> {
    (0..LENGTH)
        .map(|_| {
            let drawn = usize::try_from(random::below(32)?).unwrap_or(0);
            Ok(ALPHABET.get(drawn).copied().unwrap_or('0'))
        })
        .collect()
}

/// The same code of two people has two hashes.
fn hash(person: PersonId, code: &str) -> String {
    random::sha256_hex(format!("recovery {person} {code}").as_bytes())
}

/// `7QF2-K0ZM-…`, as it is put on paper.
fn shown(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What was typed, as it was drawn: small letters, spaces and hyphens are of no account, and O is 0.
fn read(typed: &str) -> Option<String> {
    let code: Option<String> = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '‑'))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            c if ALPHABET.contains(&c) => Some(c),
            _ => None,
        })
        .collect();
    code.filter(|code| code.len() == LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = draw().unwrap();
        assert_eq!(code.len(), LENGTH);
        let paper = shown(&code);
        assert_eq!(paper.len(), LENGTH + 3);
        for typed in
            [paper.clone(), paper.to_lowercase(), paper.replace('-', " "), paper.replace('0', "o").replace('1', "l")]
        {
            assert_eq!(read(&typed).as_deref(), Some(code.as_str()), "{typed}");
        }
        for wrong in ["", "123456", &paper[1..], "é7QF-2K0Z-M7QF-2K0"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_two_codes_are_alike_nor_two_hashes_of_one_code() {
        let codes: std::collections::BTreeSet<String> = (0..1000).map(|_| draw().unwrap()).collect();
        assert_eq!(codes.len(), 1000);
        assert_ne!(hash(1, "0123456789ABCDEF"), hash(2, "0123456789ABCDEF"));
    }
}
