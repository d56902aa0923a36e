//! What the register keeps, column by column: why, how confidential, about whom and for how long (A-2.1, s. 65 and 73; trust.md
//! P10). A column of the database that is not here fails the tests. The input of a privacy impact assessment (EFVP, A-2.1,
//! s. 63.5) is written from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::declarations::kind::Kind;
use crate::error::{Error, Result};
use crate::retention::schedule::Schedule;
use crate::text::{Bilingual, Language};
use crate::texts::{Arg, say};

/// The one that comes with this version of the schema.
const SHIPPED: &str = include_str!("../../config/data-dictionary.toml");

/// Tables by name.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Dictionary {
    pub tables: BTreeMap<String, Table>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub purpose: Bilingual,
    pub kept: Kept,
    /// Columns that serve what the whole table serves. Of what is about nobody or a company, they are kept as long as it too.
    pub as_table: BTreeSet<String>,
    pub columns: BTreeMap<String, Column>,
}

impl Table {
    /// Why a column is kept: for itself, or as the table says of it.
    pub fn purpose_of(&self, name: &str) -> Option<&Bilingual> {
        let own = self.columns.get(name)?.purpose.as_ref();
        own.or_else(|| self.as_table.contains(name).then_some(&self.purpose))
    }

    /// How long a column is kept. Of a person, it says so itself.
    pub fn kept_of(&self, name: &str) -> Option<Kept> {
        let column = self.columns.get(name)?;
        column.kept.or_else(|| (self.as_table.contains(name) && !column.about.is_somebody()).then_some(self.kept))
    }

    /// What is not said of its columns, or said twice.
    fn problems(&self, table: &str) -> Vec<String> {
        let mut found: Vec<String> = self
            .as_table
            .iter()
            .filter(|name| !self.columns.contains_key(*name))
            .map(|name| format!("{table}.{name}: no column"))
            .collect();
        for (name, column) in &self.columns {
            let mut wrong = |what: &str| found.push(format!("{table}.{name}: {what}"));
            match self.purpose_of(name) {
                None => wrong("no purpose"),
                Some(_) if column.purpose.is_some() && self.as_table.contains(name) => wrong("two purposes"),
                Some(_) => {}
            }
            if self.kept_of(name).is_none() {
                wrong("no retention");
            }
        }
        found
    }
}

/// How long the rows of a table are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// As long as its file, or as the thing that it is of, by the retention schedule.
    File,
    /// As long as the person is in the directory, then by the schedule, once nothing that is kept names them.
    Directory,
    /// Hours.
    Session,
    /// Their words, for the days of `letters.keep_days`.
    Letters,
    /// Never destroyed: proof.
    Journal,
    /// With the journal that says what was done.
    Act,
    /// As long as it serves.
    Reference,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub class: Class,
    pub about: About,
    pub fr: String,
    pub en: String,
    /// Why it is kept, when that is not what the whole table is kept for.
    pub purpose: Option<Bilingual>,
    /// How long it is kept; always said of what is about somebody.
    pub kept: Option<Kept>,
    /// What it has of sealed files is encrypted.
    #[serde(default)]
    pub sealed: bool,
}

/// How confidential it is (design §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    C0,
    C1,
    C2,
    C3,
}

/// Whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Nobody,
    Person,
    Company,
    /// Somebody outside who is named.
    Third,
}

impl About {
    /// Is it personal information?
    pub fn is_somebody(self) -> bool {
        match self {
            Self::Person | Self::Third => true,
            Self::Nobody | Self::Company => false,
        }
    }
}

/// A word of the dictionary, as people read it.
fn label(prefix: &str, word: impl Serialize, language: Language) -> String {
    let word =
        serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_lowercase)).unwrap_or_default();
    say(language, &format!("dictionary-{prefix}-{word}"), &[])
}

impl Dictionary {
    /// Reads the one that comes with this version.
    ///
    /// # Errors
    /// A sentence with line and column, or the columns that do not say why or how long they are kept.
    pub fn read() -> Result<Self> {
        Self::parse(SHIPPED)
    }

    /// Reads one.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub fn parse(text: &str) -> Result<Self> {
        let read: Self = toml::from_str(text).map_err(|e| Error::Internal(format!("data-dictionary.toml: {e}")))?;
        let problems: Vec<String> = read.tables.iter().flat_map(|(name, table)| table.problems(name)).collect();
        if problems.is_empty() {
            return Ok(read);
        }
        Err(Error::Internal(format!("data-dictionary.toml: {}", problems.join("; "))))
    }

    /// The whole of it, in Markdown.
    pub fn to_markdown(&self, language: Language) -> String {
        let title = |key: &str| say(language, key, &[]);
        let mut text = format!("# {}\n\n{}\n", title("dictionary-title"), title("dictionary-lead"));
        for (name, table) in &self.tables {
            let kept = label("kept", table.kept, language);
            let _ = write!(text, "\n## `{name}`\n\n{} {kept}\n\n", table.purpose.get(language));
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} |\n|---|---|---|---|---|---|",
                title("dictionary-column"),
                title("dictionary-class"),
                title("dictionary-about"),
                title("dictionary-what"),
                title("dictionary-why"),
                title("dictionary-kept")
            );
            for (name, column) in &table.columns {
                let why = column
                    .purpose
                    .as_ref()
                    .map_or_else(|| title("dictionary-as-table"), |own| own.get(language).to_owned());
                let kept = table.kept_of(name).map(|kept| label("kept", kept, language)).unwrap_or_default();
                let class = serde_json::to_value(column.class).unwrap_or_default();
                let class = class.as_str().unwrap_or_default().to_owned();
                let sealed = if column.sealed { say(language, "dictionary-sealed", &[]) } else { String::new() };
                let about = label("about", column.about, language);
                let what = match language {
                    Language::Fr => &column.fr,
                    Language::En => &column.en,
                };
                let _ = writeln!(text, "| `{name}` | {class}{sealed} | {about} | {what} | {why} | {kept} |");
            }
        }
        text
    }

    /// How many columns are about each, by class and by how long they are kept.
    fn counts(&self) -> BTreeMap<(About, Class, Kept), usize> {
        let mut counts = BTreeMap::new();
        for table in self.tables.values() {
            for (name, column) in &table.columns {
                let kept = table.kept_of(name).unwrap_or(table.kept);
                *counts.entry((column.about, column.class, kept)).or_insert(0) += 1;
            }
        }
        counts
    }

    /// What somebody who assesses the privacy of this service begins with: what is collected and why, about whom, who reads
    /// it, where it goes, how long it is kept and what protects it. The judgement is theirs.
    pub fn assessment(&self, config: &Config, kinds: &[Kind], schedule: &Schedule, language: Language) -> String {
        let title = |key: &str| say(language, key, &[]);
        let service = &config.organisation.service;
        let mut text = format!(
            "# {}\n\n{}\n\n## {}\n\n",
            say(language, "assessment-title", &[("service", Arg::from(service.as_str()))]),
            title("assessment-lead"),
            title("assessment-collected")
        );
        for kind in kinds {
            let fields: usize = kind.steps.iter().map(|step| step.fields.len()).sum();
            let class = serde_json::to_value(kind.class).unwrap_or_default();
            let args = [
                ("kind", Arg::from(kind.title.get(language))),
                ("class", Arg::from(class.as_str().unwrap_or_default().to_owned())),
                ("fields", Arg::from(i64::try_from(fields).unwrap_or(i64::MAX))),
            ];
            let _ = writeln!(text, "- {}", say(language, "assessment-kind", &args));
        }
        let _ = writeln!(text, "\n## {}\n", title("assessment-about"));
        for ((about, class, kept), count) in self.counts() {
            let class = serde_json::to_value(class).unwrap_or_default();
            let args = [
                ("about", Arg::from(label("about", about, language))),
                ("class", Arg::from(class.as_str().unwrap_or_default().to_owned())),
                ("count", Arg::from(i64::try_from(count).unwrap_or(i64::MAX))),
            ];
            let kept = label("kept", kept, language);
            let _ = writeln!(text, "- {} {kept}", say(language, "assessment-count", &args));
        }
        let _ = writeln!(text, "\n## {}\n", title("assessment-kept"));
        for rule in &schedule.rules {
            let args = [("title", Arg::from(rule.title.get(language))), ("years", Arg::from(i64::from(rule.years)))];
            let _ = writeln!(text, "- {}", say(language, "assessment-rule", &args));
        }
        let _ = writeln!(text, "\n## {}\n", title("assessment-goes"));
        let relay = if config.letters.smtp_host.is_empty() { "–" } else { &config.letters.smtp_host };
        let _ = writeln!(text, "- {}", say(language, "assessment-letters", &[("relay", Arg::from(relay))]));
        let _ = writeln!(text, "- {}", title("assessment-nowhere"));
        let _ = writeln!(text, "\n## {}\n", title("assessment-protects"));
        let sealed = if config.sealing.key_file.is_empty() { "no" } else { "yes" };
        let _ = writeln!(text, "- {}", say(language, "assessment-sealed", &[("sealed", Arg::from(sealed))]));
        for key in ["assessment-access", "assessment-log", "assessment-journal", "assessment-two", "assessment-rights"]
        {
            let _ = writeln!(text, "- {}", title(key));
        }
        text
    }
}
