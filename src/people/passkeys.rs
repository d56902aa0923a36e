//! Passkeys (W3C WebAuthn): a telephone, a computer or a security key proves that its owner is there, and only to this site.
//! They stand for the codes of `second_factor.rs`, after the password and where somebody proves again who they are.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use diesel::prelude::*;
use url::{Host, Url};
use webauthn_rs::prelude::{
    CreationChallengeResponse, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, RequestChallengeResponse, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::store::Person;
use super::{PersonId, sessions};
use crate::app::Tx;
use crate::clock::Instant;
use crate::config::Config;
use crate::db::schema::{passkey_challenges, passkeys};
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::random;

/// How long after it was asked an answer is taken.
const ANSWER_WITHIN: TimeDelta = TimeDelta::minutes(5);
/// Keys of one person: more than anybody has devices.
const MOST_KEYS: usize = 10;
/// Characters of the name of a key.
const LONGEST_NAME: usize = 60;

const REGISTER: &str = "register";
const SIGN: &str = "sign";

/// A key, for its owner.
#[derive(Debug, Clone, Queryable)]
pub struct Key {
    pub id: i64,
    pub name: String,
    pub made_at: Instant,
    pub used_at: Option<Instant>,
}

/// What a browser is asked, and the number of the question.
pub struct Asked<C> {
    pub challenge: String,
    pub options: C,
}

/// The address that keys are tied to. A browser ties none to a number: on this machine, it is reached as `localhost`.
pub fn address(config: &Config) -> String {
    let public = &config.server.public_url;
    match Url::parse(public).ok().and_then(|url| url.host().map(|host| (host.to_owned(), url.port()))) {
        Some((Host::Ipv4(address), Some(port))) if address.is_loopback() => format!("http://localhost:{port}"),
        _ => public.clone(),
    }
}

/// The site that keys are for; nothing when its address is that of a machine, and not a name.
pub fn site(config: &Config) -> Option<Webauthn> {
    let origin = Url::parse(&address(config)).ok()?;
    let domain = origin.domain()?.to_owned();
    WebauthnBuilder::new(&domain, &origin).ok()?.rp_name(&config.organisation.service).build().ok()
}

fn required(config: &Config) -> Result<Webauthn> {
    site(config).ok_or(Error::NotPossible("not-possible-passkey"))
}

/// The keys of a person, the oldest first.
pub fn of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Key>> {
    Ok(passkeys::table
        .filter(passkeys::person_id.eq(person))
        .order(passkeys::id.asc())
        .select((passkeys::id, passkeys::name, passkeys::made_at, passkeys::used_at))
        .load(tx.conn)?)
}

/// Has this person a key?
pub fn any(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    let keys = passkeys::table.filter(passkeys::person_id.eq(person));
    Ok(diesel::select(diesel::dsl::exists(keys)).get_result(tx.conn)?)
}

fn credentials(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Passkey>> {
    let rows: Vec<String> =
        passkeys::table.filter(passkeys::person_id.eq(person)).select(passkeys::credential).load(tx.conn)?;
    rows.iter().map(|row| Ok(serde_json::from_str(row)?)).collect()
}

/// The same for a person at each of their devices; says nothing of who they are.
fn handle(person: PersonId) -> Uuid {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, format!("passkey {person}").as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.iter_mut().zip(hash.as_ref()).for_each(|(byte, hashed)| *byte = *hashed);
    Uuid::from_bytes(bytes)
}

/// Asks the browser of a person to make a key.
///
/// # Errors
/// [`Error::NotPossible`] when the address of the service takes none, or the person has enough.
pub fn begin(tx: &mut Tx<'_>, person: &Person) -> Result<Asked<CreationChallengeResponse>> {
    let site = required(&tx.book.config)?;
    let known = credentials(tx, person.id)?;
    if known.len() >= MOST_KEYS {
        return Err(Error::NotPossible("not-possible-passkey-many"));
    }
    let known = known.iter().map(|key| key.cred_id().clone()).collect();
    let (options, state) = site
        .start_passkey_registration(handle(person.id), &person.email, &person.name(), Some(known))
        .map_err(Error::internal)?;
    let challenge = keep(tx, person.id, REGISTER, &serde_json::to_string(&state)?)?;
    Ok(Asked { challenge, options })
}

/// Keeps the key that the browser made. The session that made it counts as strong; the others of the person end, since they
/// were opened with less.
///
/// # Errors
/// An answer to another question, too late, or of another site: beside the button.
pub fn add(tx: &mut Tx<'_>, person: &Person, session: &str, challenge: &str, answer: &str, name: &str) -> Result<()> {
    let refused = || Error::field("passkey", "error-passkey");
    let site = required(&tx.book.config)?;
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() {
        return Err(Error::field("name", "error-passkey-name"));
    }
    let state: PasskeyRegistration =
        serde_json::from_str(&take(tx, person.id, REGISTER, challenge)?.ok_or_else(refused)?)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| refused())?;
    let key = site.finish_passkey_registration(&answer, &state).map_err(|_| refused())?;
    let now = tx.now();
    diesel::insert_into(passkeys::table)
        .values((
            passkeys::person_id.eq(person.id),
            passkeys::name.eq(name),
            passkeys::credential_id.eq(URL_SAFE_NO_PAD.encode(key.cred_id())),
            passkeys::credential.eq(serde_json::to_string(&key)?),
            passkeys::made_at.eq(now),
        ))
        .execute(tx.conn)
        .map_err(|_| refused())?;
    sessions::close_others(tx, person.id, session)?;
    sessions::confirm(tx, session, sessions::Factor::Passkey)?;
    journal::record(tx, Some(person.id), None, &Event::PasskeyAdded { person: person.id })
}

/// Asks the browser of a person to prove that they are there; nothing when they have no key here.
///
/// # Errors
/// The database fails.
pub fn ask(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Asked<RequestChallengeResponse>>> {
    let Some(site) = site(&tx.book.config) else { return Ok(None) };
    let known = credentials(tx, person)?;
    if known.is_empty() {
        return Ok(None);
    }
    let (options, state) = site.start_passkey_authentication(&known).map_err(Error::internal)?;
    let challenge = keep(tx, person, SIGN, &serde_json::to_string(&state)?)?;
    Ok(Some(Asked { challenge, options }))
}

/// Is this the proof that was asked? Each question is answered once, and a key whose counter goes back is a copy.
///
/// # Errors
/// The database fails.
pub fn check(tx: &mut Tx<'_>, person: PersonId, challenge: &str, answer: &str) -> Result<bool> {
    let Some(site) = site(&tx.book.config) else { return Ok(false) };
    let Some(state) = take(tx, person, SIGN, challenge)? else { return Ok(false) };
    let state: PasskeyAuthentication = serde_json::from_str(&state)?;
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else { return Ok(false) };
    let Ok(result) = site.finish_passkey_authentication(&answer, &state) else { return Ok(false) };
    let id = URL_SAFE_NO_PAD.encode(result.cred_id());
    let found: Option<String> = passkeys::table
        .filter(passkeys::person_id.eq(person))
        .filter(passkeys::credential_id.eq(&id))
        .select(passkeys::credential)
        .first(tx.conn)
        .optional()?;
    // Taken away since it was asked.
    let Some(found) = found else { return Ok(false) };
    let mut key: Passkey = serde_json::from_str(&found)?;
    key.update_credential(&result);
    let now = tx.now();
    diesel::update(passkeys::table.filter(passkeys::credential_id.eq(&id)))
        .set((passkeys::credential.eq(serde_json::to_string(&key)?), passkeys::used_at.eq(now)))
        .execute(tx.conn)?;
    Ok(true)
}

/// Takes a key away, for its owner.
///
/// # Errors
/// [`Error::NotFound`] when it is not theirs.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, key: i64) -> Result<()> {
    let theirs = passkeys::table.filter(passkeys::id.eq(key)).filter(passkeys::person_id.eq(person));
    if diesel::delete(theirs).execute(tx.conn)? == 0 {
        return Err(Error::NotFound);
    }
    journal::record(tx, Some(person), None, &Event::PasskeyRemoved { person })
}

/// Takes all the keys of a person away, when the device that has them is lost; how many.
///
/// # Errors
/// The database fails.
pub fn remove_all(tx: &mut Tx<'_>, by: Option<PersonId>, person: PersonId) -> Result<usize> {
    let removed = diesel::delete(passkeys::table.filter(passkeys::person_id.eq(person))).execute(tx.conn)?;
    for _ in 0..removed {
        journal::record(tx, by, None, &Event::PasskeyRemoved { person })?;
    }
    Ok(removed)
}

/// Deletes questions that nobody answered in time; how many.
///
/// # Errors
/// The database fails.
pub fn forget_unanswered(tx: &mut Tx<'_>) -> Result<usize> {
    let before = tx.now() - ANSWER_WITHIN;
    Ok(diesel::delete(passkey_challenges::table.filter(passkey_challenges::made_at.lt(before))).execute(tx.conn)?)
}

fn keep(tx: &mut Tx<'_>, person: PersonId, purpose: &str, state: &str) -> Result<String> {
    let id = random::token::<16>()?;
    diesel::insert_into(passkey_challenges::table)
        .values((
            passkey_challenges::id.eq(&id),
            passkey_challenges::person_id.eq(person),
            passkey_challenges::purpose.eq(purpose),
            passkey_challenges::state.eq(state),
            passkey_challenges::made_at.eq(tx.now()),
        ))
        .execute(tx.conn)?;
    Ok(id)
}

/// The question of a number, once.
fn take(tx: &mut Tx<'_>, person: PersonId, purpose: &str, challenge: &str) -> Result<Option<String>> {
    let after = tx.now() - ANSWER_WITHIN;
    let state: Option<String> = passkey_challenges::table
        .find(challenge)
        .filter(passkey_challenges::person_id.eq(person))
        .filter(passkey_challenges::purpose.eq(purpose))
        .filter(passkey_challenges::made_at.ge(after))
        .select(passkey_challenges::state)
        .first(tx.conn)
        .optional()?;
    // Of two answers at once, one finds the question gone.
    let taken = diesel::delete(passkey_challenges::table.find(challenge)).execute(tx.conn)?;
    Ok(state.filter(|_| taken == 1))
}
