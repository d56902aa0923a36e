//! Opening a copy, finding whether it holds, and putting it back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use age::x25519::Identity;
use diesel::prelude::*;
use flate2::read::GzDecoder;
use tempfile::TempDir;

use super::Manifest;
use super::take::{ATTACHMENTS, DATABASE, MANIFEST, workplace};
use crate::app::App;
use crate::attachments::scan::Scan;
use crate::attachments::store::put;
use crate::db::dump::{self, Tools};
use crate::db::schema::{attachments, letters, sessions};
use crate::db::{DbConn, conn};
use crate::error::{Error, Result};
use crate::journal::leaves::retell;
use crate::journal::note::Verifier;
use crate::journal::tree::Hash;
use crate::journal::{self, Event};
use crate::random::Hashing;
use crate::texts::Sentence;

/// A head that a witness keeps: how many events, and their root.
pub type Seen = (u64, Hash);

/// Why a copy is not put back.
#[derive(Debug)]
pub enum Refused {
    Closed(String),
    Damaged(String),
    Unfinished,
    NotOurs(String),
    Changed(String),
    Missing(String),
    Unlisted(String),
    Engine { found: String, wanted: &'static str },
    Database(String),
    Journal,
    Forked(u64),
    Unwitnessed,
    Older { held: u64, seen: u64 },
    Failed(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Refused {
    /// For whoever reads the verdict.
    ///
    /// # Errors
    /// It is no verdict on the copy, but what kept from reading it.
    pub fn sentence(self) -> Result<Sentence> {
        let said = Sentence::new;
        Ok(match self {
            Self::Closed(why) => said("copy-closed").with("why", why),
            Self::Damaged(why) => said("copy-damaged").with("why", why),
            Self::Unfinished => said("copy-unfinished"),
            Self::NotOurs(name) => said("copy-not-ours").with("name", name),
            Self::Changed(file) => said("verify-changed").with("file", file),
            Self::Missing(file) => said("verify-missing").with("file", file),
            Self::Unlisted(file) => said("verify-unlisted").with("file", file),
            Self::Engine { found, wanted } => said("copy-engine").with("found", found).with("wanted", wanted),
            Self::Database(fault) => said("copy-database").with("fault", fault),
            Self::Journal => said("copy-journal"),
            Self::Forked(size) => said("copy-forked").count("size", size),
            Self::Unwitnessed => said("copy-unwitnessed"),
            Self::Older { held, seen } => {
                said("copy-older").count("held", held).count("seen", seen).count("lost", seen.saturating_sub(held))
            }
            Self::Failed(error) => return Err(error),
        })
    }
}

/// What is accepted of a copy beyond what is asked of all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accepted {
    /// Events that a witness saw are not in the copy.
    pub loss: bool,
    /// No witness is there to compare with.
    pub unwitnessed: bool,
}

/// A copy opened in a folder that goes with it, its files as its signed list says.
#[derive(Debug)]
pub struct Opened {
    pub manifest: Manifest,
    folder: TempDir,
}

/// What was found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub manifest: Manifest,
    /// Heads of witnesses that the journal continues.
    pub witnessed: usize,
    /// Events that a witness saw and the copy does not have.
    pub lost: u64,
    /// Files that a row names and the copy does not have, given up while it was made.
    pub missing: usize,
}

/// Opens a copy within `place` and compares each file with the signed list.
///
/// # Errors
/// Why it is refused: another key, a byte changed, the end missing, another register.
pub fn open(copy: impl Read, identity: &Identity, verifier: &Verifier, place: &Path) -> Result<Opened, Refused> {
    let folder = workplace(place)?;
    let closed = |why: age::DecryptError| Refused::Closed(why.to_string());
    let damaged = |why: std::io::Error| Refused::Damaged(why.to_string());
    let reader = age::Decryptor::new_buffered(BufReader::new(copy)).map_err(closed)?;
    let reader = reader.decrypt(std::iter::once(identity as &dyn age::Identity)).map_err(closed)?;
    let mut archive = tar::Archive::new(GzDecoder::new(reader));
    let (mut found, mut manifest) = (BTreeMap::new(), None);
    for entry in archive.entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if name == MANIFEST {
            let mut text = String::new();
            entry.read_to_string(&mut text).map_err(damaged)?;
            manifest = Some(text);
            continue;
        }
        let path = place_of(folder.path(), &name).ok_or_else(|| Refused::Unlisted(name.clone()))?;
        let mut file = File::create(&path).map_err(Error::internal)?;
        let mut reader = Hashing::new(&mut entry);
        std::io::copy(&mut reader, &mut file).map_err(damaged)?;
        if found.insert(name.clone(), reader.hash()).is_some() {
            return Err(Refused::Changed(name));
        }
    }
    // Whatever follows the archive is part of the copy: its last byte says that nothing was cut.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).map_err(damaged)?;
    let signed = manifest.ok_or(Refused::Unfinished)?;
    let text = verifier.open(&signed).ok_or_else(|| Refused::NotOurs(verifier.name().to_owned()))?;
    let manifest = Manifest::parse(text).ok_or(Refused::Unfinished)?;
    if let Some((name, _)) = found.iter().find(|(name, _)| !manifest.files.contains_key(*name)) {
        return Err(Refused::Unlisted(name.clone()));
    }
    for (name, sha256) in &manifest.files {
        match found.get(name) {
            None => return Err(Refused::Missing(name.clone())),
            Some(hash) if hash != sha256 => return Err(Refused::Changed(name.clone())),
            Some(_) => {}
        }
    }
    if !manifest.files.contains_key(DATABASE) {
        return Err(Refused::Missing(DATABASE.to_owned()));
    }
    Ok(Opened { manifest, folder })
}

/// Where a member goes: only names that we write have a place.
fn place_of(folder: &Path, name: &str) -> Option<PathBuf> {
    if name == DATABASE {
        return Some(folder.join(DATABASE));
    }
    let sha256 = name.strip_prefix(ATTACHMENTS)?;
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| folder.join(sha256))
}

impl Opened {
    /// The database of the copy, where it was opened.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join(DATABASE)
    }

    /// Loads the database at `url`, where nothing is, and finds whether it holds; takes it back when it does not.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn load(&self, url: &str, tools: &Tools, seen: &[Seen], accepted: Accepted) -> Result<Checked, Refused> {
        let wanted = dump::engine_of(url);
        if self.manifest.engine != wanted {
            return Err(Refused::Engine { found: self.manifest.engine.clone(), wanted });
        }
        dump::require_empty(url)?;
        let loaded = dump::load(url, tools, &self.database()).map_err(Refused::from);
        let checked = loaded.and_then(|()| self.check(&mut dump::reader(url)?, seen, accepted));
        if checked.is_err() {
            dump::unload(url)?;
        }
        checked
    }

    fn check(&self, conn: &mut DbConn, seen: &[Seen], accepted: Accepted) -> Result<Checked, Refused> {
        let faults = dump::faults(conn)?;
        if let Some(fault) = faults.into_iter().next() {
            return Err(Refused::Database(fault));
        }
        let (mut roots, mut refused) = (0, None);
        let frontier = retell(conn, |so_far| {
            for (size, root) in seen.iter().filter(|(size, _)| *size == so_far.size) {
                roots += 1;
                if so_far.root() != *root {
                    refused = Some(Refused::Forked(*size));
                }
            }
        })?;
        if (frontier.size, frontier.root()) != (self.manifest.size, self.manifest.root) {
            return Err(Refused::Journal);
        }
        if let Some(refused) = refused {
            return Err(refused);
        }
        let newest = seen.iter().map(|(size, _)| *size).max().unwrap_or_default();
        let lost = newest.saturating_sub(frontier.size);
        if lost > 0 && !accepted.loss {
            return Err(Refused::Older { held: frontier.size, seen: newest });
        }
        if roots == 0 && !accepted.unwitnessed {
            return Err(Refused::Unwitnessed);
        }
        let missing = self.missing(conn)?;
        Ok(Checked { manifest: self.manifest.clone(), witnessed: roots, lost, missing })
    }

    fn missing(&self, conn: &mut DbConn) -> Result<usize> {
        let named: Vec<String> = conn::each_engine!(conn, conn => attachments::table
            .filter(attachments::scan.ne(Scan::Infected.as_str()))
            .select(attachments::sha256)
            .load(conn))?;
        let named: BTreeSet<String> = named.into_iter().collect();
        Ok(named.iter().filter(|sha256| !self.manifest.files.contains_key(&format!("{ATTACHMENTS}{sha256}"))).count())
    }

    /// Puts the files joined in their folder; how many.
    ///
    /// # Errors
    /// The disk fails.
    pub fn put_attachments(&self, folder: &Path) -> Result<usize> {
        let mut files = 0;
        for name in self.manifest.files.keys().filter_map(|name| name.strip_prefix(ATTACHMENTS)) {
            let content = std::fs::read(self.folder.path().join(name)).map_err(Error::internal)?;
            put(folder, &content)?;
            files += 1;
        }
        Ok(files)
    }
}

/// Every head of a folder or a file that the key signed.
///
/// # Errors
/// The place cannot be read.
pub fn seen_in(place: &Path, verifier: &Verifier) -> Result<Vec<Seen>> {
    let failed = |e: std::io::Error| Error::Internal(format!("{}: {e}", place.display()));
    if place.is_file() {
        let note = std::fs::read_to_string(place).map_err(failed)?;
        return Ok(verifier.checkpoint(&note).into_iter().collect());
    }
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(place).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|end| end == "note") {
            seen.extend(verifier.checkpoint(&std::fs::read_to_string(&path).map_err(failed)?));
        }
    }
    Ok(seen)
}

/// What must be done before a register that was put back serves: nobody is signed in, what may have been sent already waits for
/// somebody to decide, and the journal says what happened. How many letters wait.
///
/// # Errors
/// The database fails.
pub fn settle(app: &App, checked: &Checked) -> Result<usize> {
    let (size, lost) = (checked.manifest.size, checked.lost);
    app.write_here(move |tx| {
        diesel::delete(sessions::table).execute(tx.conn)?;
        let held = diesel::update(letters::table.filter(letters::state.eq_any(["queued", "sending"])))
            .set((
                letters::state.eq("failed"),
                letters::last_error.eq(crate::texts::say(crate::text::Language::Fr, "letters-held-restored", &[])),
            ))
            .execute(tx.conn)?;
        let number = |count: u64| i64::try_from(count).map_err(Error::internal);
        journal::record(tx, None, None, &Event::Restored { size: number(size)?, lost: number(lost)? })?;
        Ok(held)
    })
}
