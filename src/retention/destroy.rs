//! One file destroyed: its rows, its words in the search, its letters, the contents joined to it. Its events leave their hash in
//! the tree, so that the journal still verifies; the key of what was sealed goes with them. What is no file: `destroy_things.rs`.

use diesel::prelude::*;

use super::destroy_things;
use super::store::Listed;
use crate::acts;
use crate::app::Tx;
use crate::attachments;
use crate::db::schema::{
    access_log, attachments as files, barred, batch_items, clearance_reasons, comments, crosschecks, custody_moves,
    data_keys, decisions, declarations, destroying, digest_items, legal_holds, letters, measures, opinion_drafts,
    opinions, outside_decisions, passport_links, rectifications, retention_files, revisions, state_objects, timers,
};
use crate::db::search;
use crate::declarations::{lists, store as declarations_store};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::readings::seals;

/// Destroys a line of a list that two people approved, and certifies it: the database itself refuses otherwise.
///
/// # Errors
/// The database does not answer, or refuses.
pub fn one(tx: &mut Tx<'_>, list: i64, listed: &Listed) -> Result<()> {
    let (events, hashes) = match listed.declaration {
        Some(id) => file(tx, id, &listed.reference)?,
        None => destroy_things::thing(tx, listed)?,
    };
    let now = tx.now();
    diesel::update(
        retention_files::table
            .filter(retention_files::list_id.eq(list))
            .filter(retention_files::kind.eq(&listed.kind))
            .filter(retention_files::reference.eq(&listed.reference)),
    )
    .set(retention_files::destroyed_at.eq(now))
    .execute(tx.conn)?;
    let rule = tx.book.schedule.rules.iter().find(|rule| rule.id == listed.rule);
    let event = Event::FileDestroyed {
        list,
        reference: listed.reference.clone(),
        kind: listed.kind.clone(),
        rule: listed.rule.clone(),
        number: rule.map(|rule| rule.number.clone()).unwrap_or_default(),
        ended_on: listed.ended_on,
        due_on: listed.due_on,
        events,
        hashes,
    };
    // About the organisation, not about a file any more.
    journal::record(tx, None, None, &event)
}

/// A file, and the events that lost their words with it, with the digest of what is kept of them.
fn file(tx: &mut Tx<'_>, id: i64, reference: &str) -> Result<(Vec<i64>, String)> {
    diesel::insert_into(destroying::table).values(destroying::declaration_id.eq(id)).execute(tx.conn)?;
    contents(tx, id)?;
    // What it opened and nobody ever filed has its words, and no schedule of its own.
    for draft in lists::draft_ids_from(tx, id)? {
        contents(tx, draft)?;
        let draft = declarations_store::find_unguarded(tx, draft)?;
        declarations_store::delete_draft(tx, &draft)?;
    }
    let asked = acts::words::of_file(tx, reference)?;
    let forgotten = journal::store::forget(tx, Some(id), &asked.events)?;
    asked.destroy(tx)?;
    rows(tx, id)?;
    diesel::delete(destroying::table.find(id)).execute(tx.conn)?;
    Ok(forgotten)
}

/// The contents joined to a declaration, to delete once the destruction is durable.
fn contents(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let hashes = attachments::store::hashes_of(tx, id)?;
    attachments::store::give_up(tx, &hashes)
}

/// Everything that speaks of a declaration, what refers to something else first.
fn rows(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    macro_rules! gone {
        ($($table:ident),+) => {
            $(diesel::delete($table::table.filter($table::declaration_id.eq(id))).execute(tx.conn)?;)+
        };
    }
    let read = seals::of_file(tx, id)?;
    let objects: Vec<i64> =
        state_objects::table.filter(state_objects::declaration_id.eq(id)).select(state_objects::id).load(tx.conn)?;
    diesel::delete(custody_moves::table.filter(custody_moves::object_id.eq_any(objects))).execute(tx.conn)?;
    // An answer names its request.
    diesel::delete(
        rectifications::table
            .filter(rectifications::declaration_id.eq(id))
            .filter(rectifications::request_id.is_not_null()),
    )
    .execute(tx.conn)?;
    gone!(state_objects, timers, files, measures, crosschecks, comments, rectifications, opinions, opinion_drafts);
    gone!(outside_decisions, decisions, revisions, barred, batch_items, passport_links);
    gone!(letters, digest_items, access_log, data_keys, legal_holds);
    tx.keys.forget(id);
    seals::seal_again(tx, &read)?;
    diesel::update(clearance_reasons::table.filter(clearance_reasons::declaration_id.eq(id)))
        .set(clearance_reasons::declaration_id.eq(None::<i64>))
        .execute(tx.conn)?;
    diesel::update(declarations::table.filter(declarations::origin_id.eq(id)))
        .set(declarations::origin_id.eq(None::<i64>))
        .execute(tx.conn)?;
    search::forget(tx.conn, id)?;
    diesel::delete(declarations::table.find(id)).execute(tx.conn)?;
    Ok(())
}
