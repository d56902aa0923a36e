//! What gives power outside of any file, roles and tokens, each held against the events that gave it or took it away; and the readings
//! that the journal sealed. Whoever writes in the tables that they are the ethics officer, or that they read nothing, is told here.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::Difference;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{events, roles as role_rows, tokens as token_rows};
use crate::error::Result;
use crate::journal::Event;
use crate::journal::store::{Repeated, event_of};
use crate::people::PersonId;
use crate::readings::seals;

/// A role for a time.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Term {
    person: PersonId,
    role: String,
    since: NaiveDate,
    until: Option<NaiveDate>,
    by: Option<PersonId>,
    at: Instant,
}

/// A token that still opens something, unless its time is over.
#[derive(Debug)]
struct Token {
    person: PersonId,
    name: String,
    scope: String,
    at: Instant,
    /// Events of before said nothing of the hash, nor of when it ends.
    hash: Option<String>,
    expires_at: Option<Instant>,
}

impl Token {
    /// Is this row what this event made?
    fn made(&self, row: &Self) -> bool {
        (self.person, &self.name, &self.scope, self.at) == (row.person, &row.name, &row.scope, row.at)
            && (self.hash.is_none() || self.hash == row.hash)
            && (self.expires_at.is_none() || self.expires_at == row.expires_at)
    }
}

/// Events of some names, oldest first: who, the time of the rows that they left, and what.
fn told(tx: &mut Tx<'_>, names: &[&str]) -> Result<Vec<(Option<PersonId>, Instant, Event)>> {
    type Row = (i64, Instant, Option<PersonId>, String);
    let rows: Vec<Row> = events::table
        .filter(events::event.eq_any(names))
        .order(events::seq.asc())
        .select((events::seq, events::at, events::actor_id, events::leaf))
        .load(tx.conn)?;
    let mut found = Vec::with_capacity(rows.len());
    for (seq, at, actor, leaf) in rows {
        // What reads as nothing that we write broke the chain, which says so.
        let (Ok(event), Ok(repeated)) = (event_of(&leaf, 0, seq, None), serde_json::from_str::<Repeated>(&leaf)) else {
            continue;
        };
        found.push((actor, repeated.clock.map_or(at, |clock| clock.naive_utc()), event));
    }
    Ok(found)
}

/// What is in one and not in the other, each as many times as it is.
fn apart<T: Ord>(one: Vec<T>, other: Vec<T>) -> Vec<T> {
    let mut counts: BTreeMap<T, i64> = BTreeMap::new();
    for thing in one {
        *counts.entry(thing).or_default() += 1;
    }
    for thing in other {
        *counts.entry(thing).or_default() -= 1;
    }
    counts.into_iter().filter(|(_, count)| *count != 0).map(|(thing, _)| thing).collect()
}

/// Roles that are not those that the events gave and ended.
pub(super) fn roles(tx: &mut Tx<'_>) -> Result<Vec<Difference>> {
    let mut given: Vec<Term> = Vec::new();
    for (by, at, event) in told(tx, &["role_granted", "role_ended"])? {
        match event {
            Event::RoleGranted { person, role, since, until } => {
                given.push(Term { person, role, since, until, by, at });
            }
            Event::RoleEnded { person, role, until } => {
                let on = until.succ_opt().unwrap_or(until);
                let of = |term: &&mut Term| term.person == person && term.role == role;
                for term in given.iter_mut().filter(of).filter(|term| term.until.is_none_or(|end| end >= on)) {
                    term.until = Some(until);
                }
            }
            _ => {}
        }
    }
    type Row = (PersonId, String, NaiveDate, Option<NaiveDate>, Option<PersonId>, Instant);
    let rows: Vec<Row> = role_rows::table
        .select((
            role_rows::person_id,
            role_rows::role,
            role_rows::since,
            role_rows::until,
            role_rows::granted_by,
            role_rows::granted_at,
        ))
        .load(tx.conn)?;
    let held = rows.into_iter().map(|(person, role, since, until, by, at)| Term { person, role, since, until, by, at });
    let mut differing: Vec<(PersonId, String)> =
        apart(given, held.collect()).into_iter().map(|term| (term.person, term.role)).collect();
    differing.dedup();
    Ok(differing.into_iter().map(|(person, role)| Difference::Role { person, role }).collect())
}

/// Tokens that no event made as they are, that an event took away, or that are not there any more.
pub(super) fn tokens(tx: &mut Tx<'_>) -> Result<Vec<Difference>> {
    let mut made: Vec<Token> = Vec::new();
    for (_, at, event) in told(tx, &["token_created", "token_revoked"])? {
        match event {
            Event::TokenCreated { person, name, scope, hash, days } => {
                let expires_at = days.and_then(TimeDelta::try_days).and_then(|days| at.checked_add_signed(days));
                made.push(Token { person, name, scope, at, hash, expires_at });
            }
            Event::TokenRevoked { person, name } => {
                made.retain(|token| token.person != person || token.name != name);
            }
            _ => {}
        }
    }
    type Row = (PersonId, String, String, Instant, String, Instant);
    let rows: Vec<Row> = token_rows::table
        .filter(token_rows::revoked_at.is_null())
        .select((
            token_rows::person_id,
            token_rows::name,
            token_rows::scope,
            token_rows::created_at,
            token_rows::token_hash,
            token_rows::expires_at,
        ))
        .load(tx.conn)?;
    let mut differing: Vec<(PersonId, String)> = Vec::new();
    for (person, name, scope, at, hash, expires_at) in rows {
        let is = Token { person, name, scope, at, hash: Some(hash), expires_at: Some(expires_at) };
        match made.iter().position(|token| token.made(&is)) {
            Some(place) => drop(made.swap_remove(place)),
            None => differing.push((is.person, is.name)),
        }
    }
    differing.extend(made.into_iter().map(|token| (token.person, token.name)));
    differing.sort();
    differing.dedup();
    Ok(differing.into_iter().map(|(person, name)| Difference::Token { person, name }).collect())
}

/// Stretches of the access log that are not as they were last sealed.
pub(super) fn readings(tx: &mut Tx<'_>) -> Result<Vec<Difference>> {
    let mut sealed: BTreeMap<i64, (i64, i64, String)> = BTreeMap::new();
    for (_, _, event) in told(tx, &["readings_sealed"])? {
        if let Event::ReadingsSealed { first, last, rows, hash, .. } = event {
            sealed.insert(first, (last, rows, hash));
        }
    }
    let mut found = Vec::new();
    for (first, (last, rows, hash)) in sealed {
        if !seals::holds(tx, first, last, rows, &hash)? {
            found.push(Difference::Readings { first, last });
        }
    }
    Ok(found)
}
