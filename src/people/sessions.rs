//! Sessions: a row each, found by the hash of the cookie, revocable at once. Idle 30 minutes, 12 hours in all.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::PersonId;
use super::store::Person;
use crate::access::actor::Channel;
use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{accounts, persons, roles, sessions, tokens};
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::random::{self, sha256_hex};
use crate::text::Language;

/// A session as found by its cookie.
pub struct Session {
    pub actor: Actor,
    pub token_hash: String,
    pub seen_at: Instant,
}

/// Opens a session and returns the secret of the cookie (256 bits). Only its hash is kept.
pub fn open(tx: &mut Tx<'_>, person: &Person) -> Result<String> {
    let secret = random::token::<32>()?;
    let now = tx.now();
    let expires_at = now + TimeDelta::hours(tx.book.config.sign_in.absolute_hours);
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(sha256_hex(secret.as_bytes())),
            sessions::person_id.eq(person.id),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(expires_at),
            sessions::language.eq(&person.language),
        ))
        .execute(tx.conn)?;
    journal::record(tx, Some(person.id), None, &Event::SignedIn { person: person.id })?;
    Ok(secret)
}

/// The session of a cookie, when it is alive and its person in service.
pub fn find(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Session>> {
    let token_hash = sha256_hex(secret.as_bytes());
    let row: Option<(Instant, Instant, Person)> = sessions::table
        .inner_join(persons::table.on(sessions::person_id.eq(persons::id)))
        .filter(sessions::token_hash.eq(&token_hash))
        .select((sessions::seen_at, sessions::expires_at, Person::as_select()))
        .first(tx.conn)
        .optional()?;
    let Some((seen_at, expires_at, person)) = row else { return Ok(None) };
    let now = tx.now();
    let idle = TimeDelta::minutes(tx.book.config.sign_in.idle_minutes);
    if now >= expires_at || now >= seen_at + idle {
        return Ok(None);
    }
    Ok(actor(tx, &person, Channel::Page, false)?.map(|actor| Session { actor, token_hash, seen_at }))
}

/// The person acting, with the roles in force; `None` when no longer in service or disabled.
pub fn actor(tx: &mut Tx<'_>, person: &Person, channel: Channel, read_only: bool) -> Result<Option<Actor>> {
    let today = tx.today();
    if !person.is_active(today) {
        return Ok(None);
    }
    // One query for the roles in force and the state of the account.
    let names: Vec<(Option<String>, Option<bool>)> = persons::table
        .left_join(accounts::table.on(accounts::person_id.eq(persons::id)))
        .left_join(
            roles::table.on(roles::person_id
                .eq(persons::id)
                .and(roles::since.le(today))
                .and(roles::until.is_null().or(roles::until.ge(today)))),
        )
        .filter(persons::id.eq(person.id))
        .select((roles::role.nullable(), accounts::disabled.nullable()))
        .load(tx.conn)?;
    if names.iter().any(|(_, disabled)| *disabled == Some(true)) {
        return Ok(None);
    }
    let leads = super::store::leads(tx, person.id)?;
    Ok(Some(Actor {
        person: person.id,
        number: person.number.clone(),
        name: person.name(),
        roles: names.iter().filter_map(|(role, _)| role.as_deref()).filter_map(Role::parse).collect(),
        language: Language::parse(&person.language),
        site: person.site.clone(),
        regime: person.regime.clone(),
        position: person.position.clone(),
        leads,
        channel,
        read_only,
    }))
}

/// Notes that the session is in use.
pub fn touch(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    let now = tx.now();
    diesel::update(sessions::table.find(token_hash)).set(sessions::seen_at.eq(now)).execute(tx.conn)?;
    Ok(())
}

/// Ends one session.
pub fn close(tx: &mut Tx<'_>, token_hash: &str, person: PersonId) -> Result<()> {
    diesel::delete(sessions::table.find(token_hash)).execute(tx.conn)?;
    journal::record(tx, Some(person), None, &Event::SignedOut { person })
}

/// Ends every session of a person (password changed, account disabled).
pub fn close_all(tx: &mut Tx<'_>, person: PersonId) -> Result<usize> {
    Ok(diesel::delete(sessions::table.filter(sessions::person_id.eq(person))).execute(tx.conn)?)
}

/// Deletes sessions past their end.
pub fn purge(tx: &mut Tx<'_>) -> Result<usize> {
    let now = tx.now();
    let idle = now - TimeDelta::minutes(tx.book.config.sign_in.idle_minutes);
    Ok(diesel::delete(sessions::table.filter(sessions::expires_at.le(now).or(sessions::seen_at.le(idle))))
        .execute(tx.conn)?)
}

/// Prefix of API tokens, so that a leaked one is recognised.
pub const TOKEN_PREFIX: &str = "probite_";

/// Creates an API token and returns it, once.
pub fn create_token(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    person: PersonId,
    name: &str,
    scope: &str,
    days: i64,
) -> Result<String> {
    if !["read", "write"].contains(&scope) {
        return Err(Error::field("scope", "error-unknown-choice"));
    }
    let token = format!("{TOKEN_PREFIX}{}", random::token::<32>()?);
    let now = tx.now();
    diesel::insert_into(tokens::table)
        .values((
            tokens::person_id.eq(person),
            tokens::name.eq(name),
            tokens::token_hash.eq(sha256_hex(token.as_bytes())),
            tokens::scope.eq(scope),
            tokens::created_at.eq(now),
            tokens::expires_at.eq(now + TimeDelta::days(days.clamp(1, 365))),
        ))
        .execute(tx.conn)?;
    let event = Event::TokenCreated { person, name: name.to_owned(), scope: scope.to_owned() };
    journal::record(tx, by, None, &event)?;
    Ok(token)
}

/// The person acting through an API token.
pub fn find_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<Actor>> {
    let now = tx.now();
    let row: Option<(String, Person)> = tokens::table
        .inner_join(persons::table.on(tokens::person_id.eq(persons::id)))
        .filter(tokens::token_hash.eq(sha256_hex(token.as_bytes())))
        .filter(tokens::expires_at.gt(now))
        .filter(tokens::revoked_at.is_null())
        .select((tokens::scope, Person::as_select()))
        .first(tx.conn)
        .optional()?;
    match row {
        Some((scope, person)) => actor(tx, &person, Channel::Api, scope != "write"),
        None => Ok(None),
    }
}

/// Revokes the tokens of a person by name; returns how many.
pub fn revoke_token(tx: &mut Tx<'_>, by: Option<PersonId>, person: PersonId, name: &str) -> Result<usize> {
    let now = tx.now();
    let revoked = diesel::update(
        tokens::table
            .filter(tokens::person_id.eq(person))
            .filter(tokens::name.eq(name))
            .filter(tokens::revoked_at.is_null()),
    )
    .set(tokens::revoked_at.eq(now))
    .execute(tx.conn)?;
    if revoked > 0 {
        journal::record(tx, by, None, &Event::TokenRevoked { person, name: name.to_owned() })?;
    }
    Ok(revoked)
}
