//! What can be set, section by section; `config/default.toml` says what each is for.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::sources::Source;

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
