//! The rules and the forms of one body, signed, for another to adopt: what comes in becomes proposals of the studio, which two
//! people of the other body read, change and adopt as they do their own.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::proposals::{self, Change};
use super::rules::sample;
use super::versions;
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::error::{Error, Result};
use crate::forms;
use crate::journal::note::{Signer, Verifier};
use crate::journal::{self, Event};
use crate::random::sha256_hex;
use crate::text::{Bilingual, Language};
use crate::texts::{Arg, say};

/// First line of what is signed.
const FORMAT: &str = "probite-pack/1";
/// More than all the files of any body.
pub const MOST_BYTES: usize = 4 << 20;

/// A pack whose signature was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Who made it, in its own words; the signature says whose key it is.
    pub organisation: String,
    pub made_on: NaiveDate,
    /// The file of the policy.
    pub policy: String,
    /// The file of each kind, by its name.
    pub kinds: BTreeMap<String, String>,
}

/// Why a pack is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is not a pack.
    NotAPack,
    /// This key did not sign it.
    NotSigned,
    /// A file is not the one that was signed, or is not in the list, or is missing.
    Changed,
}

impl Refused {
    /// Key of what people are told.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotAPack => "error-pack-format",
            Self::NotSigned => "error-pack-signature",
            Self::Changed => "error-pack-changed",
        }
    }
}

/// The file as it travels.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed {
    note: String,
    policy: String,
    kinds: BTreeMap<String, String>,
}

impl Packed {
    /// Name and hash of each file, as the note lists them.
    fn list(&self) -> String {
        let line = |name: &str, text: &str| format!("{}  {name}\n", sha256_hex(text.as_bytes()));
        let kinds = self.kinds.iter().map(|(kind, text)| line(&format!("kind {kind}"), text));
        std::iter::once(line("policy", &self.policy)).chain(kinds).collect()
    }
}

/// The policy and the forms in force, signed with the key of the journal.
///
/// # Errors
/// The database does not answer.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, signer: &Signer) -> Result<String> {
    require_page(&tx.book.access, actor, PageAction::ProposePolicy)?;
    let in_force = versions::in_force(tx, tx.today())?.id;
    let policy = versions::document(tx, in_force)?;
    let mut kinds = BTreeMap::new();
    for version in tx.book.catalogue.kinds().iter() {
        kinds.insert(version.kind.id.clone(), forms::versions::find(tx, version.id)?.document);
    }
    let organisation = tx.book.config.organisation.name.replace(['\n', '\r'], " ");
    let mut packed = Packed { note: String::new(), policy, kinds };
    packed.note = signer.sign(&format!("{FORMAT}\n{organisation}\n{}\n{}", tx.today(), packed.list()));
    let rows = i64::try_from(packed.kinds.len() + 1).map_err(Error::internal)?;
    let event = Event::Exported { what: "pack".into(), rows, filter: String::new() };
    journal::record(tx, Some(actor.person), None, &event)?;
    Ok(serde_json::to_string_pretty(&packed)?)
}

/// Reads a pack that a key signed.
///
/// # Errors
/// Why it is refused.
pub fn open(text: &str, verifier: &Verifier) -> std::result::Result<Pack, Refused> {
    let packed: Packed = serde_json::from_str(text).map_err(|_| Refused::NotAPack)?;
    let signed = verifier.open(&packed.note).ok_or(Refused::NotSigned)?;
    let mut lines = signed.splitn(4, '\n');
    let mut line = || lines.next().ok_or(Refused::NotAPack);
    if line()? != FORMAT {
        return Err(Refused::NotAPack);
    }
    let (organisation, made_on) = (line()?.to_owned(), line()?.parse().map_err(|_| Refused::NotAPack)?);
    if line()? != packed.list() {
        return Err(Refused::Changed);
    }
    Ok(Pack { organisation, made_on, policy: packed.policy, kinds: packed.kinds })
}

/// What became of a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Proposed {
    /// Number of the proposal of the policy; nothing when it is the one in force.
    pub policy: Option<i64>,
    /// Kind and number of the proposal of its form.
    pub kinds: Vec<(String, i64)>,
    /// Kinds whose form is the one in force.
    pub same: Vec<String>,
    /// Kinds that this register does not have, which nobody can adopt here.
    pub unknown: Vec<NewForm>,
}

/// A form of the pack whose kind is not among the files of this service. Who reads its declarations and how long they are kept are in
/// files that the service holds against its kinds at the start, and refuses to start without: two people who adopted it here would
/// put in force a form whose files nobody reads and nothing destroys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewForm {
    pub kind: String,
    #[serde(skip)]
    pub document: String,
    /// Rules of the policy of the pack that are about it.
    pub rules: Vec<PackRule>,
}

/// A rule of a pack, as its file words it before any declaration. A program is told its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct PackRule {
    pub id: String,
    pub say: Bilingual,
    pub article: Bilingual,
}

impl From<PackRule> for String {
    fn from(rule: PackRule) -> Self {
        rule.id
    }
}

/// The rules of a file that are about a kind, whatever else is wrong with the file.
fn rules_about(policy: &str, kind: &str) -> Vec<PackRule> {
    #[derive(Default, Deserialize)]
    struct File {
        limits: Option<toml::Value>,
        #[serde(default, rename = "rule")]
        rules: Vec<About>,
    }
    #[derive(Deserialize)]
    struct About {
        id: String,
        #[serde(default)]
        kinds: Vec<String>,
        say: Option<toml::Value>,
        article: Option<toml::Value>,
    }
    fn read<T: Default + DeserializeOwned>(written: Option<toml::Value>) -> T {
        written.and_then(|value| value.try_into().ok()).unwrap_or_default()
    }
    let File { limits, rules } = toml::from_str(policy).unwrap_or_default();
    let limits: BTreeMap<String, i64> = read(limits);
    let about = rules.into_iter().filter(|rule| rule.kinds.iter().any(|one| one == kind));
    let worded = |rule: About| {
        let written: Bilingual = read(rule.say);
        let say = Bilingual {
            fr: sample(&written, &limits, Language::Fr),
            en: written.en.is_some().then(|| sample(&written, &limits, Language::En)),
        };
        PackRule { id: rule.id, say, article: read(rule.article) }
    };
    about.map(worded).collect()
}

/// Opens a draft for everything that a pack says otherwise, in the name of whoever brings it.
///
/// # Errors
/// This person does not propose, or the database fails.
pub fn propose(tx: &mut Tx<'_>, actor: &Actor, pack: &Pack, signed_by: &str) -> Result<Proposed> {
    require_page(&tx.book.access, actor, PageAction::ProposePolicy)?;
    require_page(&tx.book.access, actor, PageAction::ProposeForms)?;
    let said = [("who", Arg::from(pack.organisation.as_str())), ("key", Arg::from(signed_by))];
    let note = say(Language::Fr, "pack-note", &said);
    let tomorrow = tx.today().succ_opt().unwrap_or(tx.today());
    let mut done = Proposed::default();
    let in_force = versions::in_force(tx, tx.today())?.id;
    if versions::document(tx, in_force)? != pack.policy {
        let draft = proposals::begin(tx, actor, in_force)?;
        let change = Change {
            document: Some(pack.policy.clone()),
            effective: Some(tomorrow),
            note: Some(note.clone()),
            ..Change::default()
        };
        done.policy = Some(proposals::save(tx, actor, draft.id, draft.version, &change)?.id);
    }
    for (kind, document) in &pack.kinds {
        let Some(version) = tx.book.catalogue.kind(kind) else {
            let rules = rules_about(&pack.policy, kind);
            done.unknown.push(NewForm { kind: kind.clone(), document: document.clone(), rules });
            continue;
        };
        if forms::versions::find(tx, version.id)?.document == *document {
            done.same.push(kind.clone());
            continue;
        }
        let draft = forms::proposals::begin(tx, actor, version.id)?;
        let change = forms::proposals::Change {
            document: Some(document.clone()),
            effective: Some(tomorrow),
            note: Some(note.clone()),
        };
        done.kinds.push((kind.clone(), forms::proposals::save(tx, actor, draft.id, draft.version, &change)?.id));
    }
    Ok(done)
}
