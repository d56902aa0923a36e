//! Who keeps the heads of the journal out of reach of whoever operates it: a folder with write-once retention, mailboxes
//! outside IT, and programs that check that each head continues the last and sign it (C2SP tlog-witness).

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use diesel::prelude::*;

use super::checkpoints::{self, Checkpoint, unsigned};
use super::cosignature::WitnessKey;
use super::nodes::Stored;
use super::note::Verifier;
use super::tree;
use crate::app::{App, Tx};
use crate::clock::Instant;
use crate::config::Config;
use crate::db::schema::checkpoint_copies;
use crate::error::{Error, Result};

/// Longest wait for a program.
const PATIENCE: Duration = Duration::from_secs(10);
/// Name of a head in a folder.
const NOTE: &str = "checkpoint-";

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
            Error::Internal(format!("journal.witnesses, {}: key is not one made by `probite witness key`", program.url))
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
        Witness::Program { url, key } => ask(app, url, key, checkpoint).map(Some).map_err(|error| error.to_string()),
    };
    if let Err(error) = &left {
        tracing::error!(error, witness = name, "no copy of the checkpoint could be left with the witness");
    }
    note(app, &name, checkpoint.size, left)
}

/// Writes down a copy, with what the witness signed; an error is written once, not each minute.
fn note(app: &App, witness: &str, size: i64, left: std::result::Result<Option<String>, String>) -> Result<()> {
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
fn last_error(tx: &mut Tx<'_>, witness: &str) -> Result<Option<String>> {
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

fn is_held(tx: &mut Tx<'_>, size: i64, witness: &str) -> Result<bool> {
    let copies = held_by(witness).filter(checkpoint_copies::size.eq(size));
    Ok(diesel::select(diesel::dsl::exists(copies)).get_result(tx.conn)?)
}

type Held<'w> = diesel::dsl::Filter<
    diesel::dsl::Filter<checkpoint_copies::table, diesel::dsl::Eq<checkpoint_copies::witness, &'w str>>,
    diesel::dsl::IsNull<checkpoint_copies::error>,
>;

fn held_by(witness: &str) -> Held<'_> {
    checkpoint_copies::table.filter(checkpoint_copies::witness.eq(witness)).filter(checkpoint_copies::error.is_null())
}

// --- a folder ---------------------------------------------------------------------------------------------------------

/// A file that was not there: folders with write-once retention refuse anything else.
fn leave_copy(folder: &Path, checkpoint: &Checkpoint) -> std::io::Result<()> {
    keep_note(folder, unsigned(checkpoint.size).map_err(std::io::Error::other)?, &checkpoint.note)
}

/// Keeps the note of a head in a folder; the same one twice is no error.
pub(super) fn keep_note(folder: &Path, size: u64, note: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!("{NOTE}{size:012}.note"));
    match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => {
            file.write_all(note.as_bytes()).and_then(|()| file.sync_all())?;
            std::fs::File::open(folder)?.sync_all()
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let there = std::fs::read_to_string(&path)?;
            let same = there == note;
            if same { Ok(()) } else { Err(std::io::Error::other("another checkpoint of this size is there")) }
        }
        Err(error) => Err(error),
    }
}

/// The note of the largest head of a folder; nothing when it has none.
pub(super) fn newest_note(folder: &Path) -> std::io::Result<Option<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut newest = None;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(NOTE) && name.ends_with(".note") && newest.as_ref().is_none_or(|(best, _)| name > *best) {
            newest = Some((name, path));
        }
    }
    newest.map(|(_, path)| std::fs::read_to_string(path)).transpose()
}

/// What the folder of the settings saw, and this journal does not continue: an old copy was put back, or history rewritten
/// (A05). Nothing is signed then.
///
/// # Errors
/// When the folder or the database cannot be read.
pub fn contradiction(app: &App, verifier: &Verifier) -> Result<Option<String>> {
    let folder = &app.book.config.journal.witness_folder;
    if folder.is_empty() {
        return Ok(None);
    }
    let note = match newest_note(Path::new(folder)) {
        Ok(note) => note.unwrap_or_default(),
        // Not there for now: noted when a copy cannot be left.
        Err(_) => return Ok(None),
    };
    let Some((seen, root)) = verifier.checkpoint(&note) else { return Ok(None) };
    app.read_here(|tx| {
        let size = unsigned(checkpoints::size(tx)?)?;
        if size < seen {
            return Ok(Some(format!("un témoin a vu {seen} événements, et le journal en a {size} : rien n’est signé")));
        }
        let same = tree::root(&mut Stored::new(tx), seen)? == root;
        Ok((!same)
            .then(|| format!("les {seen} premiers événements ne sont pas ceux qu’un témoin a vus : rien n’est signé")))
    })
}

// --- a program --------------------------------------------------------------------------------------------------------

/// Why a program did not sign.
#[derive(Debug, thiserror::Error)]
enum Unsigned {
    #[error("le témoin ne répond pas : {0}")]
    Unreachable(String),
    #[error("le témoin a vu {seen} événements, et le journal en a {size}")]
    Ahead { seen: u64, size: u64 },
    #[error("le témoin refuse ({0}) : {1}")]
    Refused(u16, String),
    #[error("la réponse n’est pas signée de la clé du témoin")]
    NotIts,
    #[error("{0}")]
    Failed(#[from] Error),
}

/// Gives a head to a program, with the proof that it continues the last one that it has; its line of signature.
fn ask(app: &App, url: &str, key: &WitnessKey, checkpoint: &Checkpoint) -> std::result::Result<String, Unsigned> {
    let size = unsigned(checkpoint.size)?;
    let acknowledged = app.read_here(|tx| {
        let last = held_by(url).select(diesel::dsl::max(checkpoint_copies::size));
        Ok(last.first::<Option<i64>>(tx.conn)?)
    })?;
    let mut from = unsigned(acknowledged.unwrap_or_default())?;
    // The program knows better than we do: a copy of the database, or an answer that was lost.
    for _ in 0..2 {
        let body = app.read_here(|tx| request(tx, from, checkpoint))?;
        let (status, answer) = post(url, &body).map_err(|error| Unsigned::Unreachable(error.to_string()))?;
        match status {
            200 => {
                let line = answer.lines().find(|line| key.time(&format!("{}{line}\n", checkpoint.note)).is_some());
                return line.map(|line| format!("{line}\n")).ok_or(Unsigned::NotIts);
            }
            409 => {
                let seen: u64 = answer.trim().parse().map_err(|_| Unsigned::Refused(409, answer.clone()))?;
                if seen > size {
                    return Err(Unsigned::Ahead { seen, size });
                }
                from = seen;
            }
            _ => return Err(Unsigned::Refused(status, answer.chars().take(200).collect())),
        }
    }
    Err(Unsigned::Refused(409, format!("{from}")))
}

/// `old`, the proof, an empty line, the note (C2SP tlog-witness, add-checkpoint).
fn request(tx: &mut Tx<'_>, from: u64, checkpoint: &Checkpoint) -> Result<String> {
    let proof = tree::consistency(&mut Stored::new(tx), from, unsigned(checkpoint.size)?)?;
    let lines: String = proof.iter().map(|hash| format!("{}\n", STANDARD.encode(hash))).collect();
    Ok(format!("old {from}\n{lines}\n{}", checkpoint.note))
}

fn post(url: &str, body: &str) -> std::result::Result<(u16, String), ureq::Error> {
    let tls = ureq::tls::TlsConfig::builder()
        .root_certs(ureq::tls::RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .tls_config(tls)
        .build()
        .new_agent();
    let address = format!("{}/add-checkpoint", url.trim_end_matches('/'));
    let mut answer = agent.post(&address).content_type("text/plain; charset=utf-8").send(body)?;
    let text = answer.body_mut().with_config().limit(16_384).read_to_string()?;
    Ok((answer.status().as_u16(), text))
}

// --- a mailbox --------------------------------------------------------------------------------------------------------

/// Name of a mailbox in the rows of copies.
fn mail_name(address: &str) -> String {
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
