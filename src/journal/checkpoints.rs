//! Tree heads signed with a key kept outside the database, and sent where whoever operates it cannot rewrite them
//! (trust.md §0.3, A05, A07).

use diesel::prelude::*;

use super::cosignature::Cosigner;
use super::nodes::{self, Stored, from_hex};
use super::note::{Signer, Verifier, split};
use super::programs;
use super::quorum::Quorum;
use super::tree;
use super::witnesses::{self, Stop};
use crate::app::{App, Tx};
use crate::clock::Instant;
use crate::config::{Config, refused};
use crate::db::schema::{checkpoint_copies, checkpoints, events, journal_head};
use crate::error::{Error, Result};
use crate::texts::Sentence;

/// Nodes written in one transaction, so that nobody waits long.
const BATCH: usize = 64;

/// A signed tree head.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = checkpoints)]
pub struct Checkpoint {
    /// How many events it covers.
    pub size: i64,
    pub root: String,
    pub note: String,
    pub made_at: Instant,
}

/// The key that signs, when the settings name one.
///
/// # Errors
/// When the file cannot be read, or holds something else.
pub fn signer(config: &Config) -> Result<Option<Signer>> {
    let path = &config.journal.key_file;
    if path.is_empty() {
        return Ok(None);
    }
    let text = key_text("journal.key_file", path)?;
    let wrong = || refused("journal.key_file", Sentence::new("operator-why-journal-key").with("file", path));
    Signer::parse(&text).map(Some).map_err(|_| wrong())
}

/// The key that cosigns, when the settings name one.
///
/// # Errors
/// As for [`signer`].
pub fn cosigner(config: &Config) -> Result<Option<Cosigner>> {
    let path = &config.journal.cosigner_key_file;
    if path.is_empty() {
        return Ok(None);
    }
    let text = key_text("journal.cosigner_key_file", path)?;
    let wrong = || refused("journal.cosigner_key_file", Sentence::new("operator-why-cosigner-key").with("file", path));
    Cosigner::parse(&text).map(Some).map_err(|_| wrong())
}

fn key_text(setting: &str, path: &str) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| {
        refused(setting, Sentence::new("operator-file").with("file", path).because("why", crate::error::cause(&e)))
    })
}

/// The last one.
pub fn latest(tx: &mut Tx<'_>) -> Result<Option<Checkpoint>> {
    let last = checkpoints::table.order(checkpoints::size.desc()).select(Checkpoint::as_select()).first(tx.conn);
    Ok(last.optional()?)
}

/// Every head that was signed: how many events, and their root.
pub fn roots(tx: &mut Tx<'_>) -> Result<Vec<(u64, tree::Hash)>> {
    let rows: Vec<(i64, String)> = checkpoints::table
        .order(checkpoints::size.asc())
        .select((checkpoints::size, checkpoints::root))
        .load(tx.conn)?;
    rows.into_iter().map(|(size, root)| Ok((unsigned(size)?, from_hex(&root)?))).collect()
}

/// Signs the tree as it is, unless nothing happened since the last time. Never signs a tree that is not the continuation
/// of what was signed, here and as witnesses saw it: whoever asks for a head, the worker or a receipt.
///
/// # Errors
/// When the journal is not the one that was signed: it was rewritten, or an old copy was put back. When what a witness saw
/// cannot be read.
pub fn sign(app: &App, signer: &Signer) -> Result<Option<Checkpoint>> {
    if let Some(stop) = witnesses::contradiction(app, &signer.verifier())? {
        return Err(Error::Operator(stop.sentence()));
    }
    // What is complete is written first, a little at a time: a journal may be long when its first head is signed.
    loop {
        let more = app.write_here(|tx| {
            let size = size(tx)?;
            nodes::extend(tx, unsigned(size)?, BATCH)
        })?;
        if !more {
            break;
        }
    }
    let (verifier, made) = (signer.verifier(), app.read_here(|tx| head(tx, signer))?);
    let Some(made) = made else { return Ok(None) };
    app.write_here(move |tx| {
        if let Some(last) = latest(tx)? {
            if last.size >= made.size {
                return Ok(Some(last));
            }
            require_continuation(tx, &verifier, &last)?;
        }
        diesel::insert_into(checkpoints::table)
            .values((
                checkpoints::size.eq(made.size),
                checkpoints::root.eq(&made.root),
                checkpoints::note.eq(&made.note),
                checkpoints::made_at.eq(tx.now()),
            ))
            .execute(tx.conn)?;
        latest(tx)
    })
}

fn head(tx: &mut Tx<'_>, signer: &Signer) -> Result<Option<Checkpoint>> {
    let size = size(tx)?;
    if size == 0 {
        return Ok(None);
    }
    let root = tree::root(&mut Stored::new(tx), unsigned(size)?)?;
    let mut note = signer.checkpoint(unsigned(size)?, &root);
    if let Some(cosigner) = cosigner(&tx.book.config)? {
        let seconds = u64::try_from(tx.now().and_utc().timestamp()).map_err(Error::internal)?;
        let line = cosigner.line(split(&note).map_or("", |(text, _)| text), seconds)?;
        note.push_str(&line);
    }
    Ok(Some(Checkpoint { size, root: hex::encode(root), note, made_at: tx.now() }))
}

/// Refuses when the tree of the size of `last` is no longer the one that was signed.
fn require_continuation(tx: &mut Tx<'_>, verifier: &Verifier, last: &Checkpoint) -> Result<()> {
    if continues(tx, verifier, last)? {
        return Ok(());
    }
    Err(Error::Operator(Sentence::new("operator-not-signed").count("events", last.size)))
}

fn continues(tx: &mut Tx<'_>, verifier: &Verifier, last: &Checkpoint) -> Result<bool> {
    let signed = verifier.checkpoint(&last.note);
    // Signed with an earlier key: its own signature is for whoever kept that key; the root is compared all the same.
    let root = signed.map_or_else(|| from_hex(&last.root), |(_, root)| Ok(root))?;
    Ok(tree::root(&mut Stored::new(tx), unsigned(last.size)?)? == root)
}

/// Does the journal still hold everything that was signed? Nothing when it does; a sentence when not.
pub fn problem(tx: &mut Tx<'_>, verifier: &Verifier) -> Result<Option<Sentence>> {
    let Some(last) = latest(tx)? else { return Ok(None) };
    if size(tx)? < last.size {
        return Ok(Some(Sentence::new("head-fewer").count("size", last.size)));
    }
    Ok(match continues(tx, verifier, &last) {
        Ok(true) => None,
        Ok(false) => Some(Sentence::new("head-other").count("size", last.size)),
        // A journal with a hole is not the one that was signed either.
        Err(error) => Some(Sentence::new("head-unreadable").with("why", error)),
    })
}

/// How many events there are.
pub fn size(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(journal_head::table.select(journal_head::seq).first(tx.conn)?)
}

pub(super) fn unsigned(size: i64) -> Result<u64> {
    u64::try_from(size).map_err(Error::internal)
}

/// Signs what is new and leaves a copy with each witness of the settings that keeps heads: the worker's duty.
///
/// # Errors
/// As for [`sign`], and when a witness saw another history. A witness that cannot be reached is no error: it is noted, and
/// tried again.
pub fn publish(app: &App) -> Result<()> {
    let Some(signer) = signer(&app.book.config)? else { return Ok(()) };
    let witnesses = witnesses::of(&app.book.config)?;
    let silent = programs::ask_again(app, &witnesses)?;
    let Some(checkpoint) = sign(app, &signer)? else { return Ok(()) };
    for witness in witnesses.iter().filter(|witness| !silent.contains(&witness.name())) {
        witnesses::give(app, witness, &checkpoint)?;
    }
    Ok(())
}

/// Before anybody is served: an old copy that was put back, or another history, is told before somebody writes in it.
///
/// # Errors
/// The sentence that says so. What a witness saw and cannot be read for now stops nobody from declaring: nothing is signed.
pub fn require_known(app: &App) -> Result<()> {
    let Some(signer) = signer(&app.book.config)? else { return Ok(()) };
    let verifier = signer.verifier();
    if let Some(why) = app.read_here(|tx| problem(tx, &verifier))? {
        return Err(Error::Operator(why));
    }
    match witnesses::contradiction(app, &verifier)? {
        Some(stop @ Stop::Contradicted(_)) => Err(Error::Operator(stop.sentence())),
        Some(stop @ (Stop::Refused(_) | Stop::Unread(_))) => {
            tracing::error!(%stop, "nothing is signed");
            Ok(())
        }
        None => Ok(()),
    }
}

/// The last head that a witness signed, when it covers the event of this number.
pub fn cosigned_over(tx: &mut Tx<'_>, event: i64) -> Result<Option<Checkpoint>> {
    let signed = checkpoint_copies::table
        .filter(checkpoint_copies::cosignature.is_not_null())
        .select(diesel::dsl::max(checkpoint_copies::size))
        .first::<Option<i64>>(tx.conn)?;
    let Some(size) = signed.filter(|size| *size >= event) else { return Ok(None) };
    Ok(checkpoints::table.find(size).select(Checkpoint::as_select()).first(tx.conn).optional()?)
}

/// The note of a head with what witnesses signed below it.
pub fn cosigned(tx: &mut Tx<'_>, checkpoint: &Checkpoint) -> Result<String> {
    let lines: Vec<Option<String>> = checkpoint_copies::table
        .filter(checkpoint_copies::size.eq(checkpoint.size))
        .filter(checkpoint_copies::cosignature.is_not_null())
        .order(checkpoint_copies::id.asc())
        .select(checkpoint_copies::cosignature)
        .load(tx.conn)?;
    Ok(lines.into_iter().flatten().fold(checkpoint.note.clone(), |note, line| note + &line))
}

/// How far behind the journal witnesses are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// Events that not enough witnesses cover yet.
    pub uncovered: i64,
    /// When the oldest of them was recorded.
    pub waiting_since: Option<Instant>,
}

/// What somebody with the database could still rewrite unseen.
pub fn exposure(tx: &mut Tx<'_>) -> Result<Exposure> {
    let (size, covered) = (size(tx)?, Quorum::of(&tx.book.config.journal).reached(tx)?);
    let waiting_since = events::table.find(covered + 1).select(events::at).first(tx.conn).optional()?;
    Ok(Exposure { uncovered: size - covered, waiting_since })
}
