//! The kinds and policies in force, and the versions that earlier declarations pinned.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use diesel::prelude::*;
use rust_embed::RustEmbed;

use super::answers::Answers;
use super::kind::{Condition, Fact, Field, Kind, Need, Requirement, Then, Widget};
use crate::clock::Instant;
use crate::config::Config;
use crate::db::schema::kind_versions;
use crate::db::{Db, DbConn};
use crate::error::{Error, Result};
use crate::policy;
use crate::policy::rules::Policy;
use crate::random::sha256_hex;
use crate::text::{Language, nearest};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/config/kinds"]
struct KindFiles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/config/policy"]
struct PolicyFiles;

/// The kinds of the files, with their text, in the order of the « declare » page.
fn parsed_kinds(config: &Config) -> Result<Vec<(Kind, String)>> {
    let mut parsed: Vec<(Kind, String)> = Vec::new();
    for (name, text) in read_files::<KindFiles>(&config.files.kinds)? {
        let kind: Kind = toml::from_str(&text).map_err(|e| Error::Internal(format!("kind file {name}: {e}")))?;
        parsed.push((kind, text));
    }
    parsed.sort_by_key(|(kind, _)| kind.order);
    Ok(parsed)
}

fn read_policy(name: &str, text: &str, kinds: &[&Kind]) -> Result<Policy> {
    policy::file::read(name, text, kinds)
        .map_err(|problems| Error::Internal(format!("\n{}", problems.to_text(Language::Fr))))
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
    current: Vec<KindVersion>,
    versions: HashMap<i64, Arc<Kind>>,
    /// Those that came with the files, oldest first.
    policies: Vec<Arc<PolicyVersion>>,
    /// Those of the database that were needed since the start.
    adopted: RwLock<HashMap<i64, Arc<PolicyVersion>>>,
}

impl Catalogue {
    /// Reads kind and policy files, checks them, and writes new versions to the database.
    ///
    /// # Errors
    /// A sentence with file, line and what to change.
    pub fn load(config: &Config, db: &Db, now: Instant) -> Result<Self> {
        let parsed = parsed_kinds(config)?;
        let policies = read_files::<PolicyFiles>(&config.files.policy)?;
        let all: Vec<&Kind> = parsed.iter().map(|(kind, _)| kind).collect();
        for kind in &all {
            let problems = problems(kind, &all);
            if let Some(first) = problems.first() {
                return Err(Error::Internal(format!("kind {}: {first} ({} in all)", kind.id, problems.len())));
            }
        }
        let mut compiled = Vec::new();
        for (name, text) in policies {
            compiled.push((read_policy(&name, &text, &all)?, text));
        }
        if compiled.is_empty() {
            return Err(Error::Internal("no policy file: config/policy is empty".into()));
        }
        compiled.sort_by_key(|(policy, _)| policy.file.effective);
        db.write_here(move |conn| {
            let mut current = Vec::new();
            for (kind, text) in parsed {
                let id = kind_version(conn, &kind.id, &text, now)?;
                current.push(KindVersion { id, kind: Arc::new(kind) });
            }
            let mut policies = Vec::new();
            for (policy, text) in compiled {
                let id = policy::versions::keep(conn, policy.file.effective, &text, now, None)?;
                policies.push(Arc::new(PolicyVersion { id, policy }));
            }
            let documents: Vec<(i64, String)> =
                kind_versions::table.select((kind_versions::id, kind_versions::document)).load(conn)?;
            let mut versions: HashMap<i64, Arc<Kind>> = current.iter().map(|v| (v.id, Arc::clone(&v.kind))).collect();
            for (id, document) in documents {
                if let std::collections::hash_map::Entry::Vacant(place) = versions.entry(id) {
                    let kind = toml::from_str(&document)
                        .map_err(|e| Error::Internal(format!("kind version {id} of the database: {e}")))?;
                    place.insert(Arc::new(kind));
                }
            }
            Ok(Self { current, versions, policies, adopted: RwLock::default() })
        })
    }

    /// Kinds people can declare today, in the order of the "declare" page.
    pub fn kinds(&self) -> &[KindVersion] {
        &self.current
    }

    /// The version in force of a kind.
    pub fn kind(&self, id: &str) -> Option<&KindVersion> {
        self.current.iter().find(|version| version.kind.id == id)
    }

    /// The version a declaration pinned.
    pub fn version(&self, id: i64) -> Result<Arc<Kind>> {
        self.versions.get(&id).cloned().ok_or_else(|| Error::Internal(format!("kind version {id} is not loaded")))
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

fn kind_version(conn: &mut DbConn, kind: &str, document: &str, now: Instant) -> Result<i64> {
    let hash = sha256_hex(document.as_bytes());
    let known: Option<i64> = kind_versions::table
        .filter(kind_versions::kind.eq(kind))
        .filter(kind_versions::hash.eq(&hash))
        .select(kind_versions::id)
        .first(conn)
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    Ok(diesel::insert_into(kind_versions::table)
        .values((
            kind_versions::kind.eq(kind),
            kind_versions::hash.eq(&hash),
            kind_versions::document.eq(document),
            kind_versions::loaded_at.eq(now),
        ))
        .returning(kind_versions::id)
        .get_result(conn)?)
}

/// What is wrong with a kind file beyond its syntax, one sentence each, with the nearest right name.
pub fn problems(kind: &Kind, all: &[&Kind]) -> Vec<String> {
    let mut problems = Vec::new();
    let ids: Vec<&str> = kind.fields().map(|field| field.id.as_str()).collect();
    for (place, id) in ids.iter().enumerate() {
        if ids.iter().take(place).any(|earlier| earlier == id) {
            problems.push(format!("field {id:?} appears twice"));
        }
    }
    let mut condition = |of: &str, condition: &Condition| {
        for (name, values) in &condition.0 {
            if name == "regime" {
                continue;
            }
            match kind.field(name) {
                None => problems.push(format!("{of}: condition on unknown field {name:?}{}", did_you_mean(name, &ids))),
                Some(other) => {
                    let known: Vec<&str> = match other.widget {
                        Widget::YesNo | Widget::Checkbox => vec!["yes", "no"],
                        _ => other.options.iter().map(|o| o.id.as_str()).collect(),
                    };
                    for value in values.iter().filter(|value| !known.contains(&value.as_str())) {
                        problems.push(format!("{of}: {name:?} never holds {value:?}{}", did_you_mean(value, &known)));
                    }
                }
            }
        }
    };
    for field in kind.fields() {
        condition(&format!("field {:?}", field.id), &field.shown_when);
        if let Requirement::When(when) = &field.required {
            condition(&format!("field {:?}", field.id), when);
        }
    }
    for link in &kind.links {
        condition(&format!("link to {:?}", link.kind), &link.when);
    }
    for field in kind.fields() {
        if matches!(field.widget, Widget::Choice | Widget::Choices) && field.options.is_empty() {
            problems.push(format!("field {:?} has no options", field.id));
        }
    }
    for id in &kind.subject {
        if !ids.contains(&id.as_str()) {
            problems.push(format!("subject names unknown field {id:?}{}", did_you_mean(id, &ids)));
        }
    }
    if let Some(filing) = &kind.deadlines.file
        && !kind.field(&filing.of).is_some_and(|field| field.widget == Widget::Date)
    {
        problems.push(format!("deadlines.file.of: {:?} is not a date field", filing.of));
    }
    problems.extend(sealed_problems(kind));
    if kind.outcomes.iter().all(|outcome| outcome.then == Then::WithEthics) {
        problems.push("no outcome decides".to_owned());
    }
    for outcome in &kind.outcomes {
        if outcome.measures != Need::None && outcome.then == Then::Closed {
            problems.push(format!(
                "outcome {:?} asks for measures and closes the file: nobody would follow them",
                outcome.id
            ));
        }
    }
    if let Some(custody) = &kind.custody {
        if kind.outcome(&custody.outcome).is_none() {
            problems.push(format!("custody: no outcome {:?}", custody.outcome));
        }
        if !ids.contains(&custody.description.as_str()) {
            problems.push(format!(
                "custody: no field {:?}{}",
                custody.description,
                did_you_mean(&custody.description, &ids)
            ));
        }
    }
    if let Some(shortcut) = &kind.nothing_to_declare {
        let answers = Answers(shortcut.answers.clone().into_iter().collect());
        for id in answers.0.keys().filter(|id| !ids.contains(&id.as_str())) {
            problems.push(format!("nothing_to_declare answers unknown field {id:?}{}", did_you_mean(id, &ids)));
        }
    }
    for link in &kind.links {
        let Some(target) = all.iter().find(|other| other.id == link.kind) else {
            problems.push(format!("link to unknown kind {:?}", link.kind));
            continue;
        };
        for (to, from) in &link.copy {
            check_copy(&mut problems, kind, target, to, from);
        }
    }
    problems
}

/// A sealed kind leaves nothing of its answers in the columns that lists, rules and reports read.
fn sealed_problems(kind: &Kind) -> Vec<String> {
    let mut problems = Vec::new();
    for field in kind.fields().filter(|field| field.fact == Some(Fact::Recipient)) {
        let offices = ["supervisor", "ethics_officer"];
        if field.widget != Widget::Choice || !field.options.iter().all(|o| offices.contains(&o.id.as_str())) {
            problems.push(format!("field {:?}: a recipient is the supervisor or the ethics officer", field.id));
        }
    }
    if !kind.is_sealed() {
        return problems;
    }
    for field in kind.fields() {
        if !matches!(field.fact, None | Some(Fact::Named | Fact::NamesSupervisor | Fact::Recipient)) {
            problems.push(format!("field {:?}: a kind of class C3 fills no column", field.id));
        }
    }
    if !kind.subject.is_empty() {
        problems.push("a kind of class C3 has no subject: its lines say its title alone".to_owned());
    }
    if !kind.routing.also_told.is_empty() {
        problems.push("a kind of class C3 is told to nobody but its recipient".to_owned());
    }
    problems
}

fn check_copy(problems: &mut Vec<String>, kind: &Kind, target: &Kind, to: &str, from: &str) {
    let widget = |kind: &Kind, id: &str| kind.field(id).map(|field: &Field| field.widget);
    match (widget(target, to), widget(kind, from)) {
        (None, _) => problems.push(format!("link: {:?} has no field {to:?}", target.id)),
        (_, None) => problems.push(format!("link: no field {from:?}")),
        (Some(to_widget), Some(from_widget)) => {
            let text = |w| matches!(w, Widget::Text | Widget::Longtext);
            if to_widget != from_widget && !(text(to_widget) && text(from_widget)) {
                problems.push(format!("link: {from:?} and {to:?} are not the same widget"));
            }
        }
    }
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known).map(|name| format!("; did you mean {name:?}?")).unwrap_or_default()
}
