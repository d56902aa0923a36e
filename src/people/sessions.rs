//! Sessions: a row each, found by the hash of the cookie, revocable at once. Idle 30 minutes, 12 hours in all.

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::PersonId;
use super::store::Person;
use crate::access::actor::Channel;
use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{accounts, declarations, persons, roles, sessions, tokens};
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::random::{self, sha256_hex};
use crate::text::Language;

/// A session as found by its cookie.
pub struct Session {
    pub actor: Actor,
    pub token_hash: String,
    pub seen_at: Instant,
    pub factor: Factor,
}

/// When the owner of a token proved who they are who is signed in nowhere: long enough ago for everything.
const NEVER: Instant = Instant::MIN;

/// What a person proved who they are with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Factor {
    #[default]
    Password,
    /// A password, then a code of their telephone.
    Code,
    /// A key that proves its owner is there.
    Passkey,
}

impl Factor {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "totp",
            Self::Passkey => "passkey",
        }
    }

    /// A word of the database; what it does not know proves nothing more than a password.
    pub fn parse(text: &str) -> Self {
        match text {
            "totp" => Self::Code,
            "passkey" => Self::Passkey,
            _ => Self::Password,
        }
    }
}

/// Opens a session and returns the secret of the cookie (256 bits). Only its hash is kept.
pub fn open(tx: &mut Tx<'_>, person: &Person, factor: Factor) -> Result<String> {
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
            sessions::factor.eq(factor.as_str()),
        ))
        .execute(tx.conn)?;
    journal::record(tx, Some(person.id), None, &Event::SignedIn { person: person.id })?;
    Ok(secret)
}

diesel::alias!(persons as report: Report);

/// Everything about the person who acts, in one query with one row per role in force.
macro_rules! person_in_force {
    ($today:expr) => {
        persons::table.left_join(accounts::table.on(accounts::person_id.eq(persons::id))).left_join(
            roles::table.on(roles::person_id
                .eq(persons::id)
                .and(roles::since.le($today))
                .and(roles::until.is_null().or(roles::until.ge($today)))),
        )
    };
}

/// The columns that [`assemble`] reads.
macro_rules! in_force_columns {
    ($today:expr) => {
        (
            Person::as_select(),
            roles::role.nullable(),
            accounts::disabled.nullable(),
            exists(report.filter(report.field(persons::supervisor_id).eq(persons::id.nullable())).filter(
                report.field(persons::active_until).is_null().or(report.field(persons::active_until).ge($today)),
            )),
            exists(declarations::table.filter(declarations::holder_id.eq(persons::id.nullable()))),
        )
    };
}

type InForce = (Person, Option<String>, Option<bool>, bool, bool);

/// The session of a cookie, when it is alive and its person in service.
pub fn find(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Session>> {
    let token_hash = sha256_hex(secret.as_bytes());
    let today = tx.today();
    type Opened = (Instant, Instant, Option<Instant>, Instant, String);
    let rows: Vec<(Opened, InForce)> = each_engine!(tx.conn, conn => person_in_force!(today)
        .inner_join(sessions::table.on(sessions::person_id.eq(persons::id)))
        .filter(sessions::token_hash.eq(&token_hash))
        .select((
            (
                sessions::seen_at,
                sessions::expires_at,
                sessions::confirmed_at,
                sessions::created_at,
                sessions::factor,
            ),
            in_force_columns!(today),
        ))
        .load(conn))?;
    let Some((seen_at, expires_at, confirmed_at, created_at, factor)) = rows.first().map(|(opened, _)| opened.clone())
    else {
        return Ok(None);
    };
    let now = tx.now();
    let idle = TimeDelta::minutes(tx.book.config.sign_in.idle_minutes);
    if now >= expires_at || now >= seen_at + idle {
        return Ok(None);
    }
    let people: Vec<InForce> = rows.into_iter().map(|(_, person)| person).collect();
    Ok(assemble(tx, people, Channel::Page, false).map(|actor| Session {
        actor: Actor { proved_at: Some(confirmed_at.unwrap_or(created_at)), ..actor },
        token_hash,
        seen_at,
        factor: Factor::parse(&factor),
    }))
}

/// The person acting, with the roles in force; `None` when no longer in service or disabled.
pub fn actor(tx: &mut Tx<'_>, person: &Person, channel: Channel, read_only: bool) -> Result<Option<Actor>> {
    let today = tx.today();
    let rows: Vec<InForce> =
        person_in_force!(today).filter(persons::id.eq(person.id)).select(in_force_columns!(today)).load(tx.conn)?;
    Ok(assemble(tx, rows, channel, read_only))
}

fn assemble(tx: &Tx<'_>, rows: Vec<InForce>, channel: Channel, read_only: bool) -> Option<Actor> {
    let offered = |role: &Role| *role != Role::Respondent || tx.book.config.continuity.respondents;
    let roles =
        rows.iter().filter_map(|(_, role, ..)| role.as_deref()).filter_map(Role::parse).filter(offered).collect();
    let (person, _, disabled, leads, holds) = rows.into_iter().next()?;
    if disabled == Some(true) || !person.is_active(tx.today()) {
        return None;
    }
    Some(Actor {
        person: person.id,
        name: person.name(),
        number: person.number,
        roles,
        language: Language::parse(&person.language),
        site: person.site,
        regime: person.regime,
        position: person.position,
        leads,
        holds,
        unit: person.unit_id,
        channel,
        read_only,
        proved_at: None,
    })
}

/// When a person last proved who they are in a browser that is still signed in, with a code or a passkey where their office asks for
/// one: what a program does in their name, it does while they are there.
///
/// # Errors
/// The database does not answer.
fn last_confirmed(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Instant>> {
    let now = tx.now();
    let idle = TimeDelta::minutes(tx.book.config.sign_in.idle_minutes);
    let asked_of = &tx.book.config.sign_in.second_factor_for;
    let with_more = tx.book.keyring.is_ready() && asked_of.iter().any(|role| actor.has(*role));
    let open: Vec<(Instant, Option<Instant>, String)> = sessions::table
        .filter(sessions::person_id.eq(actor.person))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::seen_at.gt(now - idle))
        .select((sessions::created_at, sessions::confirmed_at, sessions::factor))
        .load(tx.conn)?;
    let proved = open.into_iter().filter(|(.., factor)| !with_more || Factor::parse(factor) != Factor::Password);
    Ok(proved.map(|(created_at, confirmed_at, _)| confirmed_at.unwrap_or(created_at)).max())
}

/// Notes that the session is in use.
pub fn touch(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    let now = tx.now();
    diesel::update(sessions::table.find(token_hash)).set(sessions::seen_at.eq(now)).execute(tx.conn)?;
    Ok(())
}

/// The person of a session proved again who they are.
pub fn confirm(tx: &mut Tx<'_>, token_hash: &str, factor: Factor) -> Result<()> {
    let now = tx.now();
    diesel::update(sessions::table.find(token_hash))
        .set((sessions::confirmed_at.eq(now), sessions::factor.eq(factor.as_str())))
        .execute(tx.conn)?;
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

/// Ends every session of a person but one.
pub fn close_others(tx: &mut Tx<'_>, person: PersonId, but: &str) -> Result<usize> {
    let others = sessions::table.filter(sessions::person_id.eq(person)).filter(sessions::token_hash.ne(but));
    Ok(diesel::delete(others).execute(tx.conn)?)
}

/// A session that a person has open, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Names it on a page: the beginning of the hash of its secret, which opens nothing.
    pub id: String,
    pub created_at: Instant,
    pub seen_at: Instant,
    /// It is the one that asks.
    pub is_this: bool,
}

/// Characters of a hash that name a session on a page.
const ID_LENGTH: usize = 16;

/// What a person has open, the last opened first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, current: Option<&str>) -> Result<Vec<Opened>> {
    let now = tx.now();
    let idle = now - TimeDelta::minutes(tx.book.config.sign_in.idle_minutes);
    let rows: Vec<(String, Instant, Instant)> = sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::seen_at.gt(idle))
        .order((sessions::created_at.desc(), sessions::token_hash.asc()))
        .select((sessions::token_hash, sessions::created_at, sessions::seen_at))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(hash, created_at, seen_at)| Opened {
            id: hash.chars().take(ID_LENGTH).collect(),
            created_at,
            seen_at,
            is_this: current == Some(hash.as_str()),
        })
        .collect())
}

/// Ends sessions of a person: one by its name, or all but the one that asks. How many.
///
/// # Errors
/// [`Error::NotFound`] when the one named is not theirs, or is over.
pub fn close_some(tx: &mut Tx<'_>, person: PersonId, one: Option<&str>, current: Option<&str>) -> Result<usize> {
    let hashes: Vec<String> =
        sessions::table.filter(sessions::person_id.eq(person)).select(sessions::token_hash).load(tx.conn)?;
    let ends = |hash: &String| match one {
        Some(id) => id.len() == ID_LENGTH && hash.starts_with(id),
        None => current != Some(hash.as_str()),
    };
    let gone: Vec<String> = hashes.into_iter().filter(ends).collect();
    if gone.is_empty() && one.is_some() {
        return Err(Error::NotFound);
    }
    diesel::delete(sessions::table.filter(sessions::token_hash.eq_any(&gone))).execute(tx.conn)?;
    journal::record(tx, Some(person), None, &Event::SessionsClosed { person, count: gone.len() })?;
    Ok(gone.len())
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
    let (now, hash, days) = (tx.now(), sha256_hex(token.as_bytes()), days.clamp(1, 365));
    diesel::insert_into(tokens::table)
        .values((
            tokens::person_id.eq(person),
            tokens::name.eq(name),
            tokens::token_hash.eq(&hash),
            tokens::scope.eq(scope),
            tokens::created_at.eq(now),
            tokens::expires_at.eq(now + TimeDelta::days(days)),
        ))
        .execute(tx.conn)?;
    let event = Event::TokenCreated {
        person,
        name: name.to_owned(),
        scope: scope.to_owned(),
        hash: Some(hash),
        days: Some(days),
    };
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
    let Some((scope, person)) = row else { return Ok(None) };
    let Some(actor) = actor(tx, &person, Channel::Api, scope != "write")? else { return Ok(None) };
    let proved_at = last_confirmed(tx, &actor)?.unwrap_or(NEVER);
    Ok(Some(Actor { proved_at: Some(proved_at), ..actor }))
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
