//! « J’ai lu »: whoever must read says so. What was told after a decision waits for its readers before its file closes
//! (`afterwards.rs`); what a decision asks waits for the person it asks it of (ux.md §4.5, E8), and keeps nothing open.

use super::kind::Office;
use super::store::{self, Authorized, Declaration};
use super::workflow::State;
use crate::access::{Action, Actor, Role};
use crate::app::Tx;
use crate::error::{Error, Result};
use crate::journal::{self, Entry, Event};
use crate::measures;

/// Is it for this person to say that they read? `entries` are the events of the file.
pub fn is_awaited(actor: &Actor, declaration: &Declaration, entries: &[Entry]) -> bool {
    if actor.person != declaration.declarant_id {
        return reads_as_decider(actor, declaration) || reads_for_office(actor, declaration);
    }
    let asks = matches!(declaration.state(), State::Decided | State::Monitoring) && declaration.measures != "[]";
    asks && !was_said_since_the_decision(actor, entries)
}

fn reads_as_decider(actor: &Actor, declaration: &Declaration) -> bool {
    declaration.reader_id == Some(actor.person)
}

fn reads_for_office(actor: &Actor, declaration: &Declaration) -> bool {
    let office = declaration.reader_office.as_deref().and_then(Office::parse);
    office.and_then(Role::of_office).is_some_and(|role| actor.has(role))
}

fn was_said_since_the_decision(actor: &Actor, entries: &[Entry]) -> bool {
    let said = entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Acknowledged if entry.actor == Some(actor.person) => Some(true),
        Event::Decided { .. } | Event::DecidedOutside { .. } | Event::DecidedAutomatically { .. } => Some(false),
        _ => None,
    });
    said.unwrap_or(false)
}

/// Keeps that somebody read.
pub fn acknowledge(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Acknowledge)?;
    let is_declarant = declaration.declarant_id == actor.person;
    let entries = if is_declarant { journal::timeline(tx, declaration.id)? } else { Vec::new() };
    if !is_awaited(actor, &declaration, &entries) {
        return Err(Error::NotPossible("not-possible-acknowledge"));
    }
    if is_declarant {
        journal::record(tx, Some(actor.person), Some(declaration.id), &Event::Acknowledged)?;
        return Ok(declaration);
    }
    if reads_for_office(actor, &declaration) {
        declaration.reader_office = None;
    }
    if reads_as_decider(actor, &declaration) {
        declaration.reader_id = None;
    }
    one_reader_less(tx, declaration, Some(actor), &Event::Acknowledged)
}

/// Whoever decided left before they read: what the ethics office reads is enough, and when it could not, it is asked now.
pub fn reader_left(tx: &mut Tx<'_>, declaration: i64) -> Result<()> {
    let mut declaration = store::find_unguarded(tx, declaration)?;
    if declaration.reader_office.is_none() && !was_read_since_told(tx, &declaration)? {
        declaration.reader_office = Some(Office::EthicsOfficer.as_str().to_owned());
    }
    let event = Event::Rerouted {
        from: declaration.reader_id.take(),
        to: None,
        office: declaration.reader_office.clone(),
        why: "rerouted-reader-left".to_owned(),
    };
    one_reader_less(tx, declaration, None, &event).map(drop)
}

/// Did somebody besides the declarant say that they read what was told last?
fn was_read_since_told(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<bool> {
    let entries = journal::timeline(tx, declaration.id)?;
    let since = entries.iter().rev().take_while(|entry| !matches!(entry.event, Event::Completed { .. }));
    Ok(since
        .filter(|entry| entry.event == Event::Acknowledged)
        .any(|entry| entry.actor != Some(declaration.declarant_id)))
}

/// Keeps who still reads; once nobody does, and no measure is open, the file closes by itself.
fn one_reader_less(
    tx: &mut Tx<'_>,
    mut declaration: Declaration,
    by: Option<&Actor>,
    event: &Event,
) -> Result<Declaration> {
    if !declaration.waits_for_a_reader() {
        declaration.is_read_by_all();
    }
    store::save(tx, &mut declaration)?;
    journal::record(tx, by.map(|actor| actor.person), Some(declaration.id), event)?;
    measures::actions::close_if_done(tx, declaration.id)
}
