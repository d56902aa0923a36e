//! Deciding several files at once: only what needs neither reason nor measure, never what a rule flagged, after a page
//! that says what will happen, and with ten minutes to undo it before anybody is told.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::actions::{self, Choice, offered};
use super::kind::{Kind, Need, Office, Outcome, Then};
use super::lists::ListRow;
use super::reminders;
use super::store::{self, Authorized, Declaration};
use super::workflow::State;
use crate::access::{Action, Actor, Verdict, may};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{batch_items, batches, letters};
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;
use crate::programme::passports::panel;

/// Most files decided at once.
pub const MOST: usize = 50;

/// Why a file is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// A rule asks to look at it.
    Flagged,
    /// It waits for somebody else, or is decided.
    NotYours,
    /// Every outcome of its kind needs a reason or a measure.
    NeedsWords,
}

impl LeftOut {
    /// Fluent key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Flagged => "batch-left-flagged",
            Self::NotYours => "batch-left-not-yours",
            Self::NeedsWords => "batch-left-needs-words",
        }
    }
}

/// Outcomes that the holder may choose without a word.
pub fn outcomes<'k>(kind: &'k Kind, declaration: &Declaration) -> Vec<&'k Outcome> {
    offered(kind, declaration).filter(|outcome| is_wordless(outcome)).collect()
}

/// Is there any point in choosing this line? A batch looks at the whole file again, and may still leave it out.
pub fn may_take(kind: &Kind, row: &ListRow) -> bool {
    let office = row.holder_office.as_deref().and_then(Office::parse).unwrap_or(Office::Supervisor);
    let takes = kind.outcomes.iter().any(|outcome| outcome.by.contains(&office) && is_wordless(outcome));
    row.attention < 2 && !row.is_sealed() && row.state().is_pending() && takes
}

fn is_wordless(outcome: &Outcome) -> bool {
    outcome.reason != Need::Required
        && outcome.measures != Need::Required
        && outcome.then != Then::WithEthics
        && !outcome.opinion
}

/// Files decided by one choice: of one kind, and whose answers leave the same outcomes. The name of its field says which.
pub fn group_of(kind: &Kind, declaration: &Declaration) -> String {
    if kind.outcomes.iter().all(|outcome| outcome.only_when.is_empty()) {
        return kind.id.clone();
    }
    let ids: Vec<&str> = outcomes(kind, declaration).into_iter().map(|outcome| outcome.id.as_str()).collect();
    format!("{}-{}", kind.id, ids.join("-"))
}

/// Why this file is not decided with others, if it is not.
pub fn left_out(tx: &mut Tx<'_>, actor: &Actor, kind: &Kind, found: &Authorized) -> Result<Option<LeftOut>> {
    let declaration = &found.declaration;
    let target = found.target();
    let waits = matches!(declaration.state(), State::Submitted | State::UnderReview | State::WithEthics);
    if !waits || may(&tx.book.access, actor, Action::Decide, &target) != Verdict::Allowed {
        return Ok(Some(LeftOut::NotYours));
    }
    // What was told in confidence is answered one at a time.
    if declaration.is_sealed() || outcomes(kind, declaration).is_empty() {
        return Ok(Some(LeftOut::NeedsWords));
    }
    // What is decided a second time is read on its own.
    let again = declaration.decider_id.is_some();
    let flagged = declaration.attention >= 2 || again || panel::limits(tx, declaration)?;
    Ok(flagged.then_some(LeftOut::Flagged))
}

/// The files named that this reader may see, in order, each once. What they may not see is not there.
pub fn named(tx: &mut Tx<'_>, actor: &Actor, slugs: &[String]) -> Result<Vec<Authorized>> {
    let mut found: Vec<Authorized> = Vec::new();
    for slug in slugs.iter().take(MOST) {
        match store::authorized(tx, actor, slug, Action::Read) {
            Ok(one) if found.iter().all(|known| known.declaration.id != one.declaration.id) => found.push(one),
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// What a file was before the decision, to give it back.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    state: State,
    holder_id: Option<PersonId>,
    holder_office: Option<String>,
    /// In whose place the holder had it.
    held_for_id: Option<PersonId>,
    held_since: Option<Instant>,
    due_on: Option<chrono::NaiveDate>,
    /// Of the decided file: undone only when nothing happened to it since.
    decided_version: i32,
}

/// One file of a batch, as confirmed: its version when it was read.
#[derive(Debug, Clone)]
pub struct Picked {
    pub slug: String,
    pub version: i32,
}

/// Decides all that still can be, in one transaction. Gives the number of the batch.
pub fn decide(tx: &mut Tx<'_>, actor: &Actor, picked: &[Picked], outcome_of: &[(String, String)]) -> Result<i64> {
    let (now, minutes) = (tx.now(), tx.book.config.deadlines.undo_minutes);
    let until = now + chrono::TimeDelta::minutes(i64::from(minutes));
    let batch: i64 = diesel::insert_into(batches::table)
        .values((batches::person_id.eq(actor.person), batches::decided_at.eq(now), batches::until_at.eq(until)))
        .returning(batches::id)
        .get_result(tx.conn)?;
    let mut decided = 0;
    let mut errors: Vec<FieldError> = Vec::new();
    // Whoever is told is told once it cannot be undone any more.
    tx.hold_letters(Some(until));
    let slugs: Vec<String> = picked.iter().map(|one| one.slug.clone()).collect();
    for found in named(tx, actor, &slugs)? {
        let read = picked.iter().find(|one| one.slug == found.declaration.slug()).map(|one| one.version);
        let kind = tx.book.catalogue.version(found.declaration.kind_version_id)?;
        if left_out(tx, actor, &kind, &found)?.is_some() || read != Some(found.declaration.version) {
            continue;
        }
        let group = group_of(&kind, &found.declaration);
        let chosen = outcome_of.iter().find(|(of, _)| *of == group).map_or("", |(_, outcome)| outcome.as_str());
        if !outcomes(&kind, &found.declaration).iter().any(|outcome| outcome.id == chosen) {
            let field = format!("outcome-{group}");
            if errors.iter().all(|error| error.field != field) {
                errors.push(FieldError::new(field, "error-choose-outcome"));
            }
            continue;
        }
        let before = found.declaration;
        let choice = Choice { outcome: chosen.to_owned(), version: before.version, ..Choice::default() };
        let after = actions::decide(tx, actor, before.slug(), &choice)?;
        let kept = Before {
            state: before.state(),
            holder_id: before.holder_id,
            holder_office: before.holder_office,
            held_for_id: before.held_for_id,
            held_since: before.held_since,
            due_on: before.due_on,
            decided_version: after.version,
        };
        diesel::insert_into(batch_items::table)
            .values((
                batch_items::batch_id.eq(batch),
                batch_items::declaration_id.eq(after.id),
                batch_items::before.eq(serde_json::to_string(&kept)?),
            ))
            .execute(tx.conn)?;
        decided += 1;
    }
    tx.hold_letters(None);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if decided == 0 { Err(Error::NotPossible("not-possible-batch")) } else { Ok(batch) }
}

/// A batch, as its author sees it.
pub struct Batch {
    pub id: i64,
    pub until: Instant,
    pub undone: bool,
    pub files: Vec<Declaration>,
}

/// Only its author sees a batch.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<Batch> {
    let (until, undone): (Instant, Option<Instant>) = batches::table
        .filter(batches::id.eq(id))
        .filter(batches::person_id.eq(actor.person))
        .select((batches::until_at, batches::undone_at))
        .first(tx.conn)?;
    let ids: Vec<i64> = batch_items::table
        .filter(batch_items::batch_id.eq(id))
        .order(batch_items::declaration_id.asc())
        .select(batch_items::declaration_id)
        .load(tx.conn)?;
    let files = ids.into_iter().map(|id| store::find_unguarded(tx, id)).collect::<Result<_>>()?;
    Ok(Batch { id, until, undone: undone.is_some(), files })
}

/// Undoes a batch: each file goes back to where it was, the letters that wait do not leave, and the journal says so.
/// The next decision is about a new version, with the same answers: the decision undone stays on file.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<usize> {
    let now = tx.now();
    let batch = find(tx, actor, id)?;
    if batch.undone || now >= batch.until || actor.read_only {
        return Err(Error::NotPossible("not-possible-undo"));
    }
    let decided_at: Instant = batches::table.find(id).select(batches::decided_at).first(tx.conn)?;
    diesel::update(batches::table.find(id)).set(batches::undone_at.eq(now)).execute(tx.conn)?;
    let mut undone = 0;
    for mut declaration in batch.files {
        let before: String =
            batch_items::table.find((id, declaration.id)).select(batch_items::before).first(tx.conn)?;
        let before: Before = serde_json::from_str(&before)?;
        if declaration.version != before.decided_version {
            // Something happened to it since: it stays decided.
            continue;
        }
        let outcome = declaration.outcome.clone().unwrap_or_default();
        declaration.take_decision_back();
        declaration.set_state(before.state);
        declaration.holder_id = before.holder_id;
        declaration.holder_office = before.holder_office;
        declaration.held_for_id = before.held_for_id;
        declaration.held_since = before.held_since;
        declaration.due_on = before.due_on;
        store::save(tx, &mut declaration)?;
        store::insert_revision(tx, &declaration, actor.person)?;
        reminders::plan(tx, &declaration)?;
        diesel::update(
            letters::table
                .filter(letters::declaration_id.eq(declaration.id))
                .filter(letters::created_at.eq(decided_at))
                .filter(letters::state.eq("queued")),
        )
        .set(letters::state.eq("cancelled"))
        .execute(tx.conn)?;
        let event = Event::DecisionUndone { outcome };
        journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
        undone += 1;
    }
    Ok(undone)
}
