//! Who keeps the heads of the journal out of reach of whoever operates it: a folder with write-once retention, mailboxes
//! outside IT, and programs that check that each head continues the last and sign it (C2SP tlog-witness).

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use diesel::prelude::*;

use super::checkpoints::{self, Checkpoint, unsigned};
use super::cosignature::WitnessKey;
use super::folder;
use super::nodes::Stored;
use super::note::Verifier;
use super::programs::{SAW_ANOTHER, Unsigned, ask};
use super::tree;
use crate::app::{App, Tx};
use crate::clock::Instant;
use crate::config::{Config, refused};
use crate::db::schema::{checkpoint_copies, checkpoints as heads};
use crate::error::{Error, Result};
use crate::texts::Sentence;

/// A witness that keeps heads at once. Mailboxes get theirs through the worker's letters ([`mail_due`]).
#[derive(Debug, Clone)]
pub enum Witness {
    Folder(PathBuf),
    Program { url: String, key: WitnessKey },
}

impl Witness {
    /// Name in the rows of copies.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            Self::Program { url, .. } => url.clone(),
        }
    }
}

/// Those of the settings.
///
/// # Errors
/// Names the setting to correct.
pub fn of(config: &Config) -> Result<Vec<Witness>> {
    let settings = &config.journal;
    let mut witnesses = Vec::new();
    if !settings.witness_folder.is_empty() {
        witnesses.push(Witness::Folder(settings.witness_folder.clone().into()));
    }
    for program in &settings.witnesses {
        let key = WitnessKey::parse(&program.key).ok_or_else(|| {
            refused("journal.witnesses", Sentence::new("operator-why-witness-key").with("url", &program.url))
        })?;
        witnesses.push(Witness::Program { url: program.url.clone(), key });
    }
    Ok(witnesses)
}

/// Leaves a head with a witness that does not have it yet, and notes what came of it.
///
/// # Errors
/// When the database fails.
pub fn give(app: &App, witness: &Witness, checkpoint: &Checkpoint) -> Result<()> {
    let name = witness.name();
    if app.read_here(|tx| is_held(tx, checkpoint.size, &name))? {
        return Ok(());
    }
    let left = match witness {
        Witness::Folder(folder) => leave_copy(folder, checkpoint).map(|()| None).map_err(|error| error.to_string()),
        Witness::Program { url, key } => match ask(app, url, key, checkpoint) {
            // It has a later head of this journal: there is nothing to give.
            Err(Unsigned::Overtaken) => return Ok(()),
            answered => answered.map(Some).map_err(|error| error.to_string()),
        },
    };
    if let Err(error) = &left {
        tracing::error!(error, witness = name, "no copy of the checkpoint could be left with the witness");
    }
    note(app, &name, checkpoint.size, left)
}

/// Writes down a copy, with what the witness signed; an error is written once, not each minute.
pub(super) fn note(
    app: &App,
    witness: &str,
    size: i64,
    left: std::result::Result<Option<String>, String>,
) -> Result<()> {
    let witness = witness.to_owned();
    app.write_here(move |tx| {
        let (cosignature, error) = match left {
            Ok(cosignature) => (cosignature, None),
            Err(error) => (None, Some(error)),
        };
        if error.is_some() && last_error(tx, &witness)? == error {
            return Ok(());
        }
        diesel::insert_into(checkpoint_copies::table)
            .values((
                checkpoint_copies::size.eq(size),
                checkpoint_copies::witness.eq(witness),
                checkpoint_copies::at.eq(tx.now()),
                checkpoint_copies::error.eq(error),
                checkpoint_copies::cosignature.eq(cosignature),
            ))
            .execute(tx.conn)?;
        Ok(())
    })
}

/// Why the last copy was not left with a witness; nothing when it was.
pub(super) fn last_error(tx: &mut Tx<'_>, witness: &str) -> Result<Option<String>> {
    let last = checkpoint_copies::table
        .filter(checkpoint_copies::witness.eq(witness))
        .order(checkpoint_copies::id.desc())
        .select(checkpoint_copies::error)
        .first::<Option<String>>(tx.conn);
    Ok(last.optional()?.flatten())
}

/// Witnesses of the settings whose last copy was refused or could not be left, and why.
pub fn troubles(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let mailboxes = tx.book.config.journal.witness_mailboxes.iter().map(|to| mail_name(to));
    let names: Vec<String> = of(&tx.book.config)?.iter().map(Witness::name).chain(mailboxes).collect();
    let mut troubles = Vec::new();
    for name in names {
        if let Some(error) = last_error(tx, &name)? {
            troubles.push((name, error));
        }
    }
    Ok(troubles)
}

pub(super) fn is_held(tx: &mut Tx<'_>, size: i64, witness: &str) -> Result<bool> {
    let copies = held_by(witness).filter(checkpoint_copies::size.eq(size));
    Ok(diesel::select(diesel::dsl::exists(copies)).get_result(tx.conn)?)
}

pub(super) type Held<'w> = diesel::dsl::Filter<
    diesel::dsl::Filter<checkpoint_copies::table, diesel::dsl::Eq<checkpoint_copies::witness, &'w str>>,
    diesel::dsl::IsNull<checkpoint_copies::error>,
>;

pub(super) fn held_by(witness: &str) -> Held<'_> {
    checkpoint_copies::table.filter(checkpoint_copies::witness.eq(witness)).filter(checkpoint_copies::error.is_null())
}

// --- what stops the signing -------------------------------------------------------------------------------------------

/// Why nothing is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// What was seen elsewhere is not in this journal: an old copy was put back, or history rewritten (A05).
    Contradicted(Sentence),
    /// A program refused the last head, or saw a later one.
    Refused(String),
    /// What was seen elsewhere cannot be read for now: a share that is not there must not pass for one that saw nothing.
    Unread(Sentence),
}

impl Stop {
    /// For whoever runs the register.
    pub fn sentence(&self) -> Sentence {
        let stopped = Sentence::new("witness-stop");
        match self {
            Self::Contradicted(why) | Self::Unread(why) => stopped.because("why", why.clone()),
            Self::Refused(why) => stopped.with("why", why),
        }
    }
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.sentence().fmt(f)
    }
}

/// What witnesses saw, and this journal does not continue. Nothing is signed then.
///
/// # Errors
/// When the database cannot be read.
pub fn contradiction(app: &App, verifier: &Verifier) -> Result<Option<Stop>> {
    match held_against(app, verifier)? {
        Some(stop) => Ok(Some(stop)),
        None => app.read_here(refusal),
    }
}

/// Of a program of the settings, as long as it has not signed since.
///
/// # Errors
/// When the database cannot be read.
pub fn refusal(tx: &mut Tx<'_>) -> Result<Option<Stop>> {
    for witness in of(&tx.book.config)? {
        let name = witness.name();
        if let Some(why) = last_error(tx, &name)?.filter(|why| why.starts_with(SAW_ANOTHER)) {
            return Ok(Some(Stop::Refused(format!("{name}\u{a0}: {why}"))));
        }
    }
    Ok(None)
}

// --- a folder ---------------------------------------------------------------------------------------------------------

/// A file that was not there: folders with write-once retention refuse anything else.
fn leave_copy(folder: &Path, checkpoint: &Checkpoint) -> std::io::Result<()> {
    folder::keep_note(folder, unsigned(checkpoint.size).map_err(std::io::Error::other)?, &checkpoint.note)
}

/// What the folder of the settings holds against this journal, or hides of what it was given.
fn held_against(app: &App, verifier: &Verifier) -> Result<Option<Stop>> {
    let name = &app.book.config.journal.witness_folder;
    if name.is_empty() {
        return Ok(None);
    }
    // Asked first: another process may leave one meanwhile.
    let given = app.read_here(|tx| given(tx, name, verifier))?;
    let heads = match folder::last_heads(Path::new(name), verifier) {
        Ok(heads) => heads,
        Err(error) => return Ok(Some(Stop::Unread(Sentence::new("witness-folder-unread").with("why", error)))),
    };
    app.read_here(|tx| {
        let size = unsigned(checkpoints::size(tx)?)?;
        for (seen, root) in &heads {
            if size < *seen {
                let why = Sentence::new("witness-saw-more").count("seen", *seen).count("size", size);
                return Ok(Some(Stop::Contradicted(why)));
            }
            if tree::root(&mut Stored::new(tx), *seen)? != *root {
                return Ok(Some(Stop::Contradicted(Sentence::new("witness-saw-other").count("seen", *seen))));
            }
        }
        let there = heads.iter().map(|(seen, _)| *seen).max();
        Ok(given
            .filter(|given| there.is_none_or(|there| there < *given))
            .map(|given| Stop::Unread(Sentence::new("witness-head-gone").count("given", given))))
    })
}

/// How many events the last head left with a witness covers, when this key signed it.
fn given(tx: &mut Tx<'_>, witness: &str, verifier: &Verifier) -> Result<Option<u64>> {
    let note = held_by(witness)
        .inner_join(heads::table.on(heads::size.eq(checkpoint_copies::size)))
        .order(checkpoint_copies::size.desc())
        .select(heads::note)
        .first::<String>(tx.conn);
    Ok(note.optional()?.and_then(|note| verifier.checkpoint(&note)).map(|(size, _)| size))
}

/// Every head of this key that the folder of the settings holds.
///
/// # Errors
/// The folder cannot be read.
pub fn heads_held(config: &Config, verifier: &Verifier) -> Result<Vec<(u64, tree::Hash)>> {
    let folder = &config.journal.witness_folder;
    if folder.is_empty() {
        return Ok(Vec::new());
    }
    folder::all_heads(Path::new(folder), verifier).map_err(|e| Error::of_file(Path::new(folder), &e))
}

// --- a mailbox --------------------------------------------------------------------------------------------------------

/// Name of a mailbox in the rows of copies.
pub(super) fn mail_name(address: &str) -> String {
    format!("mailto:{address}")
}

/// The last head, and the mailboxes to which one was not sent for `witness_mail_minutes`; nothing when each has the last one.
pub fn mail_due(tx: &mut Tx<'_>) -> Result<Option<(Checkpoint, Vec<String>)>> {
    let settings = &tx.book.config.journal;
    if settings.witness_mailboxes.is_empty() {
        return Ok(None);
    }
    let Some(checkpoint) = checkpoints::latest(tx)? else { return Ok(None) };
    let before = tx.now() - TimeDelta::minutes(settings.witness_mail_minutes);
    let mut due = Vec::new();
    for address in &settings.witness_mailboxes {
        let last: Option<(i64, Instant)> = held_by(&mail_name(address))
            .order(checkpoint_copies::id.desc())
            .select((checkpoint_copies::size, checkpoint_copies::at))
            .first(tx.conn)
            .optional()?;
        if last.is_none_or(|(size, at)| size < checkpoint.size && at <= before) {
            due.push(address.clone());
        }
    }
    Ok((!due.is_empty()).then_some((checkpoint, due)))
}

/// Writes down what became of the letter to a mailbox.
///
/// # Errors
/// When the database fails.
pub fn mailed(app: &App, address: &str, size: i64, error: Option<String>) -> Result<()> {
    note(app, &mail_name(address), size, error.map_or(Ok(None), Err))
}
