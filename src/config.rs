//! Settings: file < environment < option, over the compiled-in `config/default.toml`.

use std::num::NonZeroU32;
use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::access::Role;
use crate::error::{Error, Result};
use crate::journal::quorum::Quorum;
use crate::sources::Source;
use crate::text::nearest;

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

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub name: String,
    pub name_en: String,
    pub service: String,
    pub service_en: String,
    pub logo_url: String,
    pub ethics_email: String,
    pub disclosure_url: String,
    pub disclosure_name: String,
    pub disclosure_phone: String,
    pub disclosure_address: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: String,
    pub pool_size: u32,
    pub allow_unsafe_settings: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub address: String,
    pub port: u16,
    pub public_url: String,
    pub workers: usize,
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub max_body: usize,
    pub work: bool,
    pub min_free_percent: u8,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub idle_minutes: i64,
    pub absolute_hours: i64,
    pub min_password: usize,
    pub hashes_at_once: usize,
    pub tries_per_account: u32,
    pub tries_per_account_in_all: u32,
    pub tries_per_address: u32,
    pub second_factor_for: Vec<Role>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    pub month: u32,
    pub day: u32,
    /// Days without a change after which a draft goes; 0 keeps it.
    pub draft_days: u16,
    /// Days between the letter and the deletion.
    pub draft_notice_days: u16,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    pub folder: String,
    pub recipients: Vec<String>,
    pub every_hours: i64,
    pub keep_days: i64,
    pub pg_dump: String,
    pub pg_restore: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acts {
    pub hours: i64,
    pub adoption_hours: i64,
    pub export_rows: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    pub act_minutes: i64,
    pub reading_minutes: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    pub requests_per_minute: u32,
    /// Rows about other people that lists give to one person.
    pub rows_per_day: NonZeroU32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransportKind {
    Smtp,
    Directory,
    Mailbox,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpTls {
    Starttls,
    Tls,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    Minimal,
    Standard,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Automatic {
    /// Rules may decide alone what the policy says they may.
    pub enabled: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    pub transport: TransportKind,
    pub directory: String,
    pub from: String,
    pub smtp_host: String,
    pub smtp_port: u16,
    pub smtp_tls: SmtpTls,
    pub smtp_user: String,
    pub smtp_password_file: String,
    pub detail: Detail,
    pub from_hour: u32,
    pub to_hour: u32,
    pub receipts_at_once: bool,
    pub digest_by_default: bool,
    pub digest_hour: u32,
    pub digest_minute: u32,
    pub max_attempts: i32,
    pub keep_days: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineSettings {
    pub escalate_after: u16,
    pub measure_overdue_after: u16,
    pub undo_minutes: u16,
    pub reminders: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Continuity {
    pub up_the_line_after: u16,
    pub contest_days: u16,
    pub confirm_days: u16,
    pub departure_notice: u16,
    pub relation_months: u16,
    pub respondents: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uploads {
    pub directory: String,
    pub max_bytes: usize,
    pub max_files: usize,
    pub max_unpacked_bytes: usize,
    pub max_pixels: u64,
    pub clamd: String,
    pub clamd_connect_seconds: u64,
    pub clamd_answer_seconds: u64,
    pub clamd_retry_minutes: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    pub attendance_declares: bool,
    pub time_gap_percent: u32,
    pub same_event_days: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contracts {
    pub buyers: Vec<String>,
}

/// Companies that have no NEQ.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Companies {
    /// What in the reason says that this is a natural person.
    pub person_words: Vec<String>,
}

/// Files from outside: days after which the last of a source is too old to say that something is not in it, and how the business
/// register is read.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    pub registry_days: u16,
    pub contracts_days: u16,
    pub small_contracts_days: u16,
    pub rena_days: u16,
    pub rea_days: u16,
    /// Codes of relations that are mergers, and those that are splits, where the register does not say it.
    pub registry_mergers: Vec<String>,
    pub registry_splits: Vec<String>,
    /// Rows of the register written in one transaction.
    pub registry_batch: usize,
}

impl Sources {
    pub fn old_after(&self, source: Source) -> u16 {
        match source {
            Source::Registry => self.registry_days,
            Source::Contracts => self.contracts_days,
            Source::SmallContracts => self.small_contracts_days,
            Source::Rena => self.rena_days,
            Source::Rea => self.rea_days,
        }
    }
}

/// What is looked at before a meeting with a company.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    pub tender_purposes: Vec<String>,
    pub tenders: u16,
}

/// The registry of lobbyists.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lobby {
    pub connector: LobbyConnector,
    pub check_days: u16,
    pub purposes: Vec<String>,
}

/// How the registry of lobbyists is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LobbyConnector {
    /// Somebody looks, and writes what was there.
    ByHand,
}

/// What goes to the State.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// Business days to hand it over.
    pub days: u16,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clearance {
    pub people: usize,
    pub companies: usize,
    /// Do ties with the other companies of a group count?
    pub groups: bool,
    pub sheets_a_day: i64,
    pub same_person_a_day: i64,
    pub interests_months: u32,
    pub past_ties_months: u32,
    pub gift_months: u32,
    pub gift_limit: String,
    pub gift_total_limit: String,
    pub withdrawal_outcomes: Vec<String>,
    pub withdrawal_proofs: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    pub key_file: String,
    pub cosigner_key_file: String,
    pub checkpoint_seconds: i64,
    pub witness_folder: String,
    pub witness_mailboxes: Vec<String>,
    pub witness_mail_minutes: i64,
    pub witnesses: Vec<WitnessProgram>,
    pub witness_quorum: usize,
    pub witness_stale_seconds: i64,
    pub compare_every_hours: i64,
}

impl Journal {
    /// How long a change may wait for a witness before it is said; nothing when there is no witness to wait for.
    pub fn stale_after(&self) -> Option<chrono::TimeDelta> {
        let stale = chrono::TimeDelta::seconds(self.witness_stale_seconds);
        if !self.witness_folder.is_empty() || !self.witnesses.is_empty() {
            Some(stale)
        } else if !self.witness_mailboxes.is_empty() {
            Some(stale + chrono::TimeDelta::minutes(self.witness_mail_minutes))
        } else {
            None
        }
    }
}

/// A program that checks and signs heads.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessProgram {
    pub url: String,
    pub key: String,
}

/// The yearly campaign.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Business days before the day on which those who have not answered are reminded.
    pub remind_before: Vec<u16>,
    /// And after it.
    pub remind_after: Vec<u16>,
}

/// What the law gives people about themselves.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// Calendar days to answer a request for rectification.
    pub rectification_days: i64,
    /// Calendar days that may be added once, when the person is told why.
    pub rectification_extra_days: i64,
    /// Calendar days before it is due when whoever answers is reminded.
    pub rectification_remind_days: u16,
}

/// What somebody may read in a day before the ethics officer is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    /// Confidential declarations of others.
    pub files_a_day: i32,
    /// Refused attempts.
    pub refusals_a_day: i32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealing {
    pub key_file: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    pub kinds: String,
    pub showcases: String,
    pub policy: String,
    pub calendar: String,
    pub access: String,
    pub retention: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    pub enabled: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub level: String,
    pub format: String,
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
            let text =
                std::fs::read_to_string(path).map_err(|e| Error::Internal(format!("{}: {e}", path.display())))?;
            let site: Table = text.parse().map_err(|e| Error::Internal(format!("{}: {e}", path.display())))?;
            for (section, value) in &site {
                let place = |key: &str| format!("{}, line {}", path.display(), line_of(&text, section, key));
                let Value::Table(values) = value else {
                    return Err(unknown(&place(""), section, known.keys()));
                };
                let Some(Value::Table(keys)) = known.get(section) else {
                    return Err(unknown(&place(""), section, known.keys()));
                };
                for (key, value) in values {
                    if !keys.contains_key(key) {
                        return Err(unknown(&place(key), key, keys.keys()));
                    }
                    put(&mut settings, section, key, value.clone());
                }
            }
        }
        for (name, text) in environment {
            let Some(path) = name.strip_prefix("PROBITE__") else { continue };
            let path = path.to_lowercase();
            let Some((section, key)) = path.split_once("__") else {
                return Err(Error::Internal(format!("{name}: expected PROBITE__SECTION__KEY")));
            };
            let Some(Value::Table(keys)) = known.get(section) else { return Err(unknown(name, section, known.keys())) };
            let Some(default) = keys.get(key) else { return Err(unknown(name, key, keys.keys())) };
            put(
                &mut settings,
                section,
                key,
                read_as(default, text).map_err(|e| Error::Internal(format!("{name}: {e}")))?,
            );
        }
        for (path, value) in options {
            if let Some((section, key)) = path.split_once('.') {
                put(&mut settings, section, key, value.clone());
            }
        }
        let config: Self = settings.try_into().map_err(|e| Error::Internal(format!("configuration: {e}")))?;
        config.check()?;
        Ok(config)
    }

    /// The defaults alone.
    pub fn defaults() -> Result<Self> {
        Self::load(None, &[], &[])
    }

    fn check(&self) -> Result<()> {
        let refuse = |key: &str, why: &str| Err(Error::Internal(format!("{key}: {why}")));
        if self.letters.smtp_tls == SmtpTls::None && !is_loopback(&self.letters.smtp_host) {
            return refuse("letters.smtp_tls", "\"none\" is accepted for loopback addresses only");
        }
        if self.letters.from_hour >= self.letters.to_hour || self.letters.to_hour > 24 {
            return refuse("letters.from_hour", "must be before letters.to_hour");
        }
        let within = (self.letters.from_hour..self.letters.to_hour).contains(&self.letters.digest_hour);
        if !within || self.letters.digest_minute > 59 {
            return refuse("letters.digest_hour", "must be between letters.from_hour and letters.to_hour");
        }
        if !(self.server.public_url.starts_with("http://") || self.server.public_url.starts_with("https://"))
            || self.server.public_url.ends_with('/')
        {
            return refuse("server.public_url", "must be http(s)://host[:port] without a final slash");
        }
        if self.server.public_url.starts_with("http://") && !is_loopback(host_of(&self.server.public_url)) {
            return refuse("server.public_url", "must be https:// unless the service is for this machine only");
        }
        if self.letters.from.parse::<lettre::message::Mailbox>().is_err() {
            return refuse("letters.from", "is not an address such as \"Name <user@host>\"");
        }
        if self.sign_in.min_password < 8 || self.sign_in.hashes_at_once == 0 {
            return refuse("sign_in", "min_password must be at least 8 and hashes_at_once at least 1");
        }
        for (name, hours) in [("acts.hours", self.acts.hours), ("acts.adoption_hours", self.acts.adoption_hours)] {
            if !(1..=8_760).contains(&hours) {
                return refuse(name, "must be between 1 and 8760");
            }
        }
        if self.server.min_free_percent > 100 {
            return refuse("server.min_free_percent", "must be between 0 and 100");
        }
        if self.journal.witness_stale_seconds < self.journal.checkpoint_seconds {
            return refuse("journal.witness_stale_seconds", "must be at least journal.checkpoint_seconds");
        }
        let Retention { draft_days, draft_notice_days, .. } = self.retention;
        if draft_days > 0 && u32::from(draft_days) < u32::from(draft_notice_days) + 2 {
            return refuse(
                "retention.draft_notice_days",
                "must be at least two days shorter than retention.draft_days",
            );
        }
        if self.backup.every_hours < 1 || self.backup.keep_days < 1 {
            return refuse("backup", "every_hours and keep_days must be at least 1");
        }
        if !self.backup.folder.is_empty() && self.backup.recipients.is_empty() {
            return refuse("backup.recipients", "is empty: nobody could open the copies of backup.folder");
        }
        if let Some(key) = self.backup.recipients.iter().find(|key| key.parse::<age::x25519::Recipient>().is_err()) {
            return refuse("backup.recipients", &format!("{key} is not a public key made by `probite backup key`"));
        }
        let clearance = &self.clearance;
        if clearance.people == 0 || clearance.companies == 0 {
            return refuse("clearance", "people and companies must be at least 1");
        }
        if !(1..=100_000).contains(&self.sources.registry_batch) {
            return refuse("sources.registry_batch", "must be between 1 and 100000");
        }
        if self.journal.checkpoint_seconds < 1 {
            return refuse("journal.checkpoint_seconds", "must be at least 1");
        }
        if self.journal.compare_every_hours < 0 {
            return refuse("journal.compare_every_hours", "must be 0 (never) or more");
        }
        if self.journal.witness_mail_minutes < 1 {
            return refuse("journal.witness_mail_minutes", "must be at least 1");
        }
        if let Some(to) = self.journal.witness_mailboxes.iter().find(|to| to.parse::<lettre::Address>().is_err()) {
            return refuse("journal.witness_mailboxes", &format!("{to} is not an address such as user@host"));
        }
        for program in &self.journal.witnesses {
            let private = program.url.starts_with("http://") && is_loopback(host_of(&program.url));
            if !(private || program.url.starts_with("https://")) {
                return refuse(
                    "journal.witnesses",
                    &format!("{}: must be https:// (http:// on this machine only)", program.url),
                );
            }
        }
        crate::journal::witnesses::of(self)?;
        let asked = Quorum::of(&self.journal).names.len();
        if self.journal.witness_quorum > asked {
            let why = format!(
                "is {}, and {asked} witness(es) can have a head at once: a folder and programs; mailboxes where there is neither",
                self.journal.witness_quorum
            );
            return refuse("journal.witness_quorum", &why);
        }
        let uploads = &self.uploads;
        if !(uploads.clamd.is_empty() || uploads.clamd.starts_with('/') || uploads.clamd.contains(':')) {
            return refuse("uploads.clamd", "is neither the path of a socket nor host:port");
        }
        if uploads.clamd_connect_seconds == 0 || uploads.clamd_answer_seconds == 0 || uploads.clamd_retry_minutes < 1 {
            return refuse(
                "uploads",
                "clamd_connect_seconds, clamd_answer_seconds and clamd_retry_minutes must be at least 1",
            );
        }
        Ok(())
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
    std::fs::read_to_string(path).map_err(|e| Error::Internal(format!("{path}: {e}")))
}

fn put(settings: &mut Table, section: &str, key: &str, value: Value) {
    if let Some(Value::Table(table)) = settings.get_mut(section) {
        table.insert(key.to_owned(), value);
    }
}

fn read_as(default: &Value, text: &str) -> Result<Value, String> {
    match default {
        Value::Integer(_) => text.parse().map(Value::Integer).map_err(|_| format!("{text:?} is not a whole number")),
        Value::Boolean(_) => text.parse().map(Value::Boolean).map_err(|_| format!("{text:?} is not true or false")),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|s| !s.is_empty());
            Ok(Value::Array(items.map(|s| Value::String(s.into())).collect()))
        }
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn unknown<'k>(place: &str, key: &str, known: impl Iterator<Item = &'k String>) -> Error {
    let known: Vec<&str> = known.map(String::as_str).collect();
    let meant = nearest(key, &known).map(|name| format!(" Did you mean {name:?}?")).unwrap_or_default();
    Error::Internal(format!("{place}: unknown setting {key:?}.{meant}"))
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

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    if let Some(bracketed) = rest.strip_prefix('[') {
        return bracketed.split(']').next().unwrap_or(bracketed);
    }
    rest.split([':', '/']).next().unwrap_or(rest)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
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
        assert!(error.contains("line 3") && error.contains("Did you mean \"from\"?"), "{error}");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = load("[server]\nport = 9000\n", &[("PROBITE__SERVER__PORT", "9001")]).unwrap();
        assert_eq!(config.server.port, 9001);
    }

    #[test]
    fn a_variable_that_is_not_a_number_is_named() {
        let error = load("", &[("PROBITE__SERVER__PORT", "many")]).unwrap_err().to_string();
        assert!(error.contains("PROBITE__SERVER__PORT") && error.contains("whole number"), "{error}");
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
        assert!(why.contains("journal.witness_quorum") && why.contains("is 2, and 1 witness"), "{why}");
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
