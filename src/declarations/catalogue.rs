//! The kinds and policies in force, and the versions that earlier declarations pinned.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_embed::RustEmbed;

use super::kind::Kind;
use super::kind_file;
use crate::clock::{Instant, local_date};
use crate::config::Config;
use crate::db::{Db, DbConn};
use crate::error::{Error, Result};
use crate::forms::versions::{self, Newest};
use crate::policy;
use crate::policy::file::Problems;
use crate::policy::rules::Policy;
use crate::text::Language;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/config/kinds"]
struct KindFiles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/config/policy"]
struct PolicyFiles;

/// The kinds of the files, with their text, in the order of the « declare » page.
///
/// # Errors
/// Everything that is wrong with them, each thing with its file, its line and its column.
fn parsed_kinds(config: &Config) -> Result<Vec<(Kind, String)>> {
    let files = read_files::<KindFiles>(&config.files.kinds)?;
    let mut parsed: Vec<(Kind, String)> = Vec::new();
    for (name, text) in &files {
        parsed.push((kind_file::parse(name, text).map_err(in_words)?, text.clone()));
    }
    let all: Vec<&Kind> = parsed.iter().map(|(kind, _)| kind).collect();
    for ((name, text), kind) in files.iter().zip(&all) {
        kind_file::check(name, text, kind, &all).map_err(in_words)?;
    }
    parsed.sort_by_key(|(kind, _)| kind.order);
    Ok(parsed)
}

fn in_words(problems: Problems) -> Error {
    Error::Internal(format!("\n{}", problems.to_text(Language::Fr)))
}

fn read_policy(name: &str, text: &str, kinds: &[&Kind]) -> Result<Policy> {
    policy::file::read(name, text, kinds).map_err(in_words)
}

/// The kinds of the files, without a database.
pub fn kinds_of(config: &Config) -> Result<Vec<Kind>> {
    Ok(parsed_kinds(config)?.into_iter().map(|(kind, _)| kind).collect())
}

/// The policy of the files that takes effect on a day, without a database.
pub fn policy_of(config: &Config, kinds: &[&Kind], effective: NaiveDate) -> Result<Policy> {
    for (name, text) in read_files::<PolicyFiles>(&config.files.policy)? {
        let policy = read_policy(&name, &text, kinds)?;
        if policy.file.effective == effective {
            return Ok(policy);
        }
    }
    Err(Error::Internal(format!("no policy file takes effect on {effective}")))
}

/// One version of a kind, pinned by the declarations filed under it.
#[derive(Debug, Clone)]
pub struct KindVersion {
    pub id: i64,
    pub kind: Arc<Kind>,
}

pub struct PolicyVersion {
    pub id: i64,
    pub policy: Policy,
}

pub struct Catalogue {
    /// Those of the files.
    shipped: Vec<KindVersion>,
    /// What two people adopted since, as far as this process knows.
    living: RwLock<Living>,
    /// Those that came with the files, oldest first.
    policies: Vec<Arc<PolicyVersion>>,
    /// Those of the database that were needed since the start.
    adopted: RwLock<HashMap<i64, Arc<PolicyVersion>>>,
}

/// What a process knows of the versions of the database. Another process may adopt one at any time: each transaction
/// catches up at its door, at most once a second, so that a version is known before a declaration pins it.
struct Living {
    /// The second of the last look.
    looked_at: Option<i64>,
    newest: Newest,
    day: Option<NaiveDate>,
    versions: HashMap<i64, Arc<Kind>>,
    current: Arc<[KindVersion]>,
}

impl Catalogue {
    /// Reads kind and policy files, checks them, and writes new versions to the database.
    ///
    /// # Errors
    /// A sentence with file, line and what to change.
    pub fn load(config: &Config, db: &Db, now: Instant, zone: Tz) -> Result<Self> {
        let parsed = parsed_kinds(config)?;
        let policies = read_files::<PolicyFiles>(&config.files.policy)?;
        let all: Vec<&Kind> = parsed.iter().map(|(kind, _)| kind).collect();
        let mut compiled = Vec::new();
        for (name, text) in policies {
            compiled.push((read_policy(&name, &text, &all)?, text));
        }
        if compiled.is_empty() {
            return Err(Error::Internal("no policy file: config/policy is empty".into()));
        }
        compiled.sort_by_key(|(policy, _)| policy.file.effective);
        db.write_here(move |conn| {
            let mut shipped = Vec::new();
            for (kind, text) in parsed {
                let id = versions::keep(conn, &kind.id, &text, now)?;
                shipped.push(KindVersion { id, kind: Arc::new(kind) });
            }
            let mut policies = Vec::new();
            for (policy, text) in compiled {
                let id = policy::versions::keep(conn, policy.file.effective, &text, now, None)?;
                policies.push(Arc::new(PolicyVersion { id, policy }));
            }
            let versions = shipped.iter().map(|v| (v.id, Arc::clone(&v.kind))).collect();
            let living = Living {
                looked_at: None,
                newest: Newest::default(),
                day: None,
                versions,
                current: shipped.clone().into(),
            };
            let catalogue = Self { shipped, living: RwLock::new(living), policies, adopted: RwLock::default() };
            catalogue.catch_up(conn, now, local_date(now, zone))?;
            Ok(catalogue)
        })
    }

    /// Learns what another process adopted since the last look, and what takes effect with a new day.
    ///
    /// # Errors
    /// The database does not answer, or holds a version that cannot be read.
    pub fn catch_up(&self, conn: &mut DbConn, now: Instant, today: NaiveDate) -> Result<()> {
        let second = now.and_utc().timestamp();
        let (known, day) = {
            let living = self.living();
            if living.looked_at == Some(second) {
                return Ok(());
            }
            (living.newest, living.day)
        };
        let newest = versions::newest(conn)?;
        if newest == known && day == Some(today) {
            self.living.write().unwrap_or_else(PoisonError::into_inner).looked_at = Some(second);
            return Ok(());
        }
        let mut read = Vec::new();
        if newest.version > known.version {
            for (id, document) in versions::after(conn, known.version)? {
                let kind: Kind = toml::from_str(&document)
                    .map_err(|e| Error::Internal(format!("kind version {id} of the database: {e}")))?;
                read.push((id, Arc::new(kind)));
            }
        }
        let adopted = versions::adopted_by(conn, today)?;
        let mut living = self.living.write().unwrap_or_else(PoisonError::into_inner);
        for (id, kind) in read {
            living.versions.entry(id).or_insert(kind);
        }
        living.newest = newest;
        living.looked_at = Some(second);
        living.day = Some(today);
        let mut current: Vec<KindVersion> = self
            .shipped
            .iter()
            .map(|shipped| {
                // What two people adopted holds, whatever file came with the service since.
                let adopted = adopted.iter().find(|(kind, _)| *kind == shipped.kind.id);
                let kind = adopted.and_then(|(_, id)| Some((*id, living.versions.get(id)?)));
                kind.map_or_else(|| shipped.clone(), |(id, kind)| KindVersion { id, kind: Arc::clone(kind) })
            })
            .collect();
        current.sort_by_key(|version| version.kind.order);
        living.current = current.into();
        Ok(())
    }

    /// Looks again at the next door, whatever the second: something was adopted here.
    pub fn look_again(&self) {
        self.living.write().unwrap_or_else(PoisonError::into_inner).looked_at = None;
    }

    fn living(&self) -> std::sync::RwLockReadGuard<'_, Living> {
        // A lock that a panic poisoned holds nothing but a cache.
        self.living.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Kinds people can declare today, in the order of the "declare" page.
    pub fn kinds(&self) -> Arc<[KindVersion]> {
        Arc::clone(&self.living().current)
    }

    /// The version in force of a kind.
    pub fn kind(&self, id: &str) -> Option<KindVersion> {
        self.living().current.iter().find(|version| version.kind.id == id).cloned()
    }

    /// The kind of a reference, when its files are sealed.
    pub fn sealed_kind_of(&self, reference: &str) -> Option<KindVersion> {
        let prefix = super::store::prefix_of(reference)?;
        self.kinds().iter().find(|version| version.kind.prefix == prefix && version.kind.is_sealed()).cloned()
    }

    /// The version a declaration pinned.
    pub fn version(&self, id: i64) -> Result<Arc<Kind>> {
        let known = self.living().versions.get(&id).cloned();
        if known.is_none() {
            self.look_again();
        }
        known.ok_or_else(|| Error::Internal(format!("kind version {id} is not loaded")))
    }

    /// The policy of the files in force on a date; the oldest before any took effect. `policy::versions::in_force` also
    /// knows those that were adopted since.
    pub fn shipped_policy(&self, on: NaiveDate) -> Result<Arc<PolicyVersion>> {
        self.policies
            .iter()
            .rev()
            .find(|version| version.policy.file.effective <= on)
            .or_else(|| self.policies.first())
            .cloned()
            .ok_or_else(|| Error::Internal("no policy".into()))
    }

    /// A version already read.
    pub fn known_policy(&self, id: i64) -> Option<Arc<PolicyVersion>> {
        let shipped = self.policies.iter().find(|version| version.id == id).cloned();
        // A lock that a panic poisoned holds nothing but a cache.
        shipped.or_else(|| self.adopted.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned())
    }

    pub fn remember_policy(&self, version: Arc<PolicyVersion>) {
        self.adopted.write().unwrap_or_else(PoisonError::into_inner).insert(version.id, version);
    }
}

/// Name and text of each file of a folder, or of those compiled in.
pub(crate) fn read_files<F: RustEmbed>(folder: &str) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    if folder.is_empty() {
        for name in F::iter().filter(|name| name.ends_with(".toml")) {
            let file = F::get(&name).ok_or_else(|| Error::Internal(format!("{name} is not embedded")))?;
            files.push((name.to_string(), String::from_utf8(file.data.into_owned()).map_err(Error::internal)?));
        }
    } else {
        let entries = std::fs::read_dir(folder).map_err(|e| Error::Internal(format!("{folder}: {e}")))?;
        for entry in entries {
            let path = entry.map_err(Error::internal)?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.display().to_string();
                let text = std::fs::read_to_string(&path).map_err(|e| Error::Internal(format!("{name}: {e}")))?;
                files.push((name, text));
            }
        }
    }
    files.sort();
    Ok(files)
}
