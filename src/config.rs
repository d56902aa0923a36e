//! Settings: file < environment < option, over the compiled-in `config/default.toml`.

mod check;
mod settings;

use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

pub use settings::*;

use crate::error::{Error, Result};
use crate::text::nearest;
use crate::texts::Sentence;

/// The defaults, every key commented.
pub const DEFAULT: &str = include_str!("../config/default.toml");
const ACCESS: &str = include_str!("../config/access.toml");
const RETENTION: &str = include_str!("../config/retention.toml");
const CALENDAR: &str = include_str!("../config/calendars/quebec.toml");

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub organisation: Organisation,
    pub database: Database,
    pub server: Server,
    pub sign_in: SignIn,
    pub confirmation: Confirmation,
    pub acts: Acts,
    pub retention: Retention,
    pub api: Api,
    pub letters: Letters,
    pub deadlines: DeadlineSettings,
    pub continuity: Continuity,
    pub uploads: Uploads,
    pub programme: Programme,
    pub companies: Companies,
    pub contracts: Contracts,
    pub sources: Sources,
    pub meeting: Meeting,
    pub lobby: Lobby,
    pub automatic: Automatic,
    pub custody: Custody,
    pub clearance: Clearance,
    pub journal: Journal,
    pub sealing: Sealing,
    pub backup: Backup,
    pub privacy: Privacy,
    pub readings: Readings,
    pub campaign: Campaign,
    pub files: Files,
    pub demo: Demo,
    pub log: Log,
}

impl Config {
    /// The defaults, then a site's file, then the environment (`PROBITE__SECTION__KEY`), then options.
    ///
    /// # Errors
    /// Names the file, the line or the variable, and the nearest known key when one is unknown.
    pub fn load(file: Option<&Path>, environment: &[(String, String)], options: &[(&str, Value)]) -> Result<Self> {
        let mut settings: Table = DEFAULT.parse().map_err(|e| Error::Internal(format!("default.toml: {e}")))?;
        let known = settings.clone();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|e| Error::of_file(path, &e))?;
            let site: Table = text.parse().map_err(|e| misread(&path.display(), &e))?;
            for (section, value) in &site {
                let place = |key: &str| {
                    let line = line_of(&text, section, key);
                    Sentence::new("settings-place").with("file", path.display()).with("line", line)
                };
                let Value::Table(values) = value else {
                    return Err(unknown(place(""), section, known.keys()));
                };
                let Some(Value::Table(keys)) = known.get(section) else {
                    return Err(unknown(place(""), section, known.keys()));
                };
                for (key, value) in values {
                    if !keys.contains_key(key) {
                        return Err(unknown(place(key), key, keys.keys()));
                    }
                    put(&mut settings, section, key, value.clone());
                }
            }
        }
        for (name, text) in environment {
            let Some(path) = name.strip_prefix("PROBITE__") else { continue };
            let path = path.to_lowercase();
            let Some((section, key)) = path.split_once("__") else {
                return Err(refused(name, Sentence::new("settings-why-variable")));
            };
            let Some(Value::Table(keys)) = known.get(section) else {
                return Err(unknown(variable(name), section, known.keys()));
            };
            let Some(default) = keys.get(key) else { return Err(unknown(variable(name), key, keys.keys())) };
            put(&mut settings, section, key, read_as(default, text).map_err(|why| refused(name, why))?);
        }
        for (path, value) in options {
            if let Some((section, key)) = path.split_once('.') {
                put(&mut settings, section, key, value.clone());
            }
        }
        let config: Self = settings.try_into().map_err(|e: toml::de::Error| {
            Error::Operator(Sentence::new("settings-wrong").with("why", e.to_string().trim()))
        })?;
        check::check(&config)?;
        Ok(config)
    }

    /// The defaults alone.
    pub fn defaults() -> Result<Self> {
        Self::load(None, &[], &[])
    }

    /// Text of the access table in force.
    pub fn access_table(&self) -> Result<String> {
        replaced(&self.files.access, ACCESS)
    }

    /// Text of the calendar in force.
    pub fn calendar(&self) -> Result<String> {
        replaced(&self.files.calendar, CALENDAR)
    }

    /// Text of the retention schedule in force.
    pub fn retention_schedule(&self) -> Result<String> {
        replaced(&self.files.retention, RETENTION)
    }

    /// True when cookies can be `Secure`: behind HTTPS, or on this machine where browsers accept them anyway.
    pub fn is_https(&self) -> bool {
        self.server.public_url.starts_with("https://")
    }

    /// As a TOML file, secrets never in it (they live in files of their own).
    pub fn print(&self) -> Result<String> {
        toml::to_string_pretty(self).map_err(Error::internal)
    }
}

fn replaced(path: &str, compiled_in: &str) -> Result<String> {
    if path.is_empty() {
        return Ok(compiled_in.to_owned());
    }
    std::fs::read_to_string(path).map_err(|e| Error::of_file(Path::new(path), &e))
}

fn put(settings: &mut Table, section: &str, key: &str, value: Value) {
    if let Some(Value::Table(table)) = settings.get_mut(section) {
        table.insert(key.to_owned(), value);
    }
}

/// What a variable says, as the kind of value that the default is.
fn read_as(default: &Value, text: &str) -> Result<Value, Sentence> {
    let not = |key| Sentence::new(key).with("text", text);
    match default {
        Value::Integer(_) => text.parse().map(Value::Integer).map_err(|_| not("settings-why-not-number")),
        Value::Boolean(_) => text.parse().map(Value::Boolean).map_err(|_| not("settings-why-not-boolean")),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|s| !s.is_empty());
            Ok(Value::Array(items.map(|s| Value::String(s.into())).collect()))
        }
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn unknown<'k>(place: Sentence, key: &str, known: impl Iterator<Item = &'k String>) -> Error {
    let known: Vec<&str> = known.map(String::as_str).collect();
    let sentence = match nearest(key, &known) {
        Some(meant) => Sentence::new("settings-unknown-meant").with("meant", meant),
        None => Sentence::new("settings-unknown"),
    };
    Error::Operator(sentence.because("place", place).with("key", key))
}

/// A setting, or the variable or option that gives it, and why it is refused.
pub(crate) fn refused(setting: &str, why: Sentence) -> Error {
    Error::Operator(Sentence::new("settings-refused").with("setting", setting).because("why", why))
}

fn variable(name: &str) -> Sentence {
    Sentence::new("settings-variable").with("name", name)
}

/// A file of settings that is not TOML: the library says where.
fn misread(file: &dyn std::fmt::Display, why: &toml::de::Error) -> Error {
    Error::Operator(Sentence::new("settings-misread").with("file", file).with("why", why.to_string().trim()))
}

fn line_of(text: &str, section: &str, key: &str) -> usize {
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            inside = line == format!("[{section}]");
            if inside && key.is_empty() {
                return number + 1;
            }
        } else if inside && line.split('=').next().is_some_and(|name| name.trim() == key) {
            return number + 1;
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(site: &str, environment: &[(&str, &str)]) -> Result<Config> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("site.toml");
        std::fs::write(&path, site).unwrap();
        let environment: Vec<_> = environment.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
        Config::load(Some(&path), &environment, &[])
    }

    #[test]
    fn the_defaults_load() {
        assert_eq!(Config::defaults().unwrap().sign_in.idle_minutes, 30);
    }

    #[test]
    fn every_key_of_the_defaults_is_commented() {
        let mut commented = false;
        for line in DEFAULT.lines() {
            if line.starts_with('#') {
                commented = true;
            } else if line.contains('=') {
                // A few neighbours share one comment ("smtp_host", "smtp_port"); a blank line ends it.
                assert!(commented, "{line} has no comment above");
            } else if line.starts_with('[') {
                commented = line != "[log]" && commented;
            } else if line.trim().is_empty() {
                commented = false;
            }
            if line.starts_with('[') {
                commented = true;
            }
        }
    }

    #[test]
    fn an_unknown_key_is_refused_with_line_and_suggestion() {
        let error = load("[letters]\nfrom_hour = 8\nform = \"x\"\n", &[]).unwrap_err().to_string();
        assert!(error.contains("ligne 3") && error.contains("Vouliez-vous dire «\u{a0}from\u{a0}»?"), "{error}");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = load("[server]\nport = 9000\n", &[("PROBITE__SERVER__PORT", "9001")]).unwrap();
        assert_eq!(config.server.port, 9001);
    }

    #[test]
    fn a_variable_that_is_not_a_number_is_named() {
        let error = load("", &[("PROBITE__SERVER__PORT", "many")]).unwrap_err().to_string();
        assert!(error.contains("PROBITE__SERVER__PORT") && error.contains("nombre entier"), "{error}");
    }

    #[test]
    fn letters_in_clear_are_refused_beyond_this_machine() {
        assert!(load("[letters]\nsmtp_tls = \"none\"\nsmtp_host = \"relay.example\"\n", &[]).is_err());
        assert!(load("[letters]\nsmtp_tls = \"none\"\nsmtp_host = \"127.0.0.1\"\n", &[]).is_ok());
    }

    #[test]
    fn more_witnesses_than_there_are_cannot_be_wanted() {
        let of = |quorum: usize| format!("[journal]\nwitness_folder = \"/mnt/temoin\"\nwitness_quorum = {quorum}\n");
        assert!(load(&of(0), &[]).is_ok() && load(&of(1), &[]).is_ok());
        let why = load(&of(2), &[]).unwrap_err().to_string();
        assert!(why.contains("journal.witness_quorum") && why.contains("vaut 2, et 1 témoin"), "{why}");
        // A mailbox has the last head an hour later: it is not counted beside a folder.
        let mailbox = "witness_mailboxes = [\"verification@ministere.example\"]\n";
        assert!(load(&format!("{}{mailbox}", of(2)), &[]).is_err());
        assert!(load(&format!("[journal]\nwitness_quorum = 1\n{mailbox}"), &[]).is_ok());
    }

    #[test]
    fn an_antivirus_that_leads_nowhere_is_refused() {
        assert!(load("[uploads]\nclamd = \"clamd.ctl\"\n", &[]).is_err());
        assert!(load("[uploads]\nclamd = \"/run/clamav/clamd.ctl\"\nclamd_answer_seconds = 0\n", &[]).is_err());
        assert!(load("[uploads]\nclamd = \"/run/clamav/clamd.ctl\"\n", &[]).is_ok());
        assert!(load("[uploads]\nclamd = \"127.0.0.1:3310\"\n", &[]).is_ok());
    }

    #[test]
    fn plain_http_is_refused_beyond_this_machine() {
        assert!(load("[server]\npublic_url = \"http://registre.example\"\n", &[]).is_err());
    }
}
