//! What is refused of the settings before anything starts, each by its name with what it must be (trust.md D06).

use super::{Config, Retention, SmtpTls, refused};
use crate::error::Result;
use crate::journal::quorum::Quorum;
use crate::texts::Sentence;

/// The most hours a request between two people may wait: a year.
const LONGEST_WAIT: i64 = 8_760;

/// # Errors
/// The first setting to correct.
pub(super) fn check(config: &Config) -> Result<()> {
    server(config)?;
    letters(config)?;
    people(config)?;
    kept(config)?;
    journal(config)?;
    outside(config)
}

fn server(config: &Config) -> Result<()> {
    let url = &config.server.public_url;
    if !(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/') {
        return no("server.public_url", "settings-why-address");
    }
    if url.starts_with("http://") && !is_loopback(host_of(url)) {
        return no("server.public_url", "settings-why-https");
    }
    within("server.min_free_percent", config.server.min_free_percent, 0, 100)
}

fn letters(config: &Config) -> Result<()> {
    let letters = &config.letters;
    if letters.smtp_tls == SmtpTls::None && !is_loopback(&letters.smtp_host) {
        return no("letters.smtp_tls", "settings-why-clear");
    }
    if letters.from_hour >= letters.to_hour || letters.to_hour > 24 {
        return no("letters.from_hour", "settings-why-hours");
    }
    if !(letters.from_hour..letters.to_hour).contains(&letters.digest_hour) || letters.digest_minute > 59 {
        return no("letters.digest_hour", "settings-why-digest");
    }
    if letters.from.parse::<lettre::message::Mailbox>().is_err() {
        return no("letters.from", "settings-why-mailbox");
    }
    Ok(())
}

fn people(config: &Config) -> Result<()> {
    at_least("sign_in.min_password", config.sign_in.min_password, 8)?;
    at_least("sign_in.hashes_at_once", config.sign_in.hashes_at_once, 1)?;
    within("acts.hours", config.acts.hours, 1, LONGEST_WAIT)?;
    within("acts.adoption_hours", config.acts.adoption_hours, 1, LONGEST_WAIT)?;
    at_least("clearance.people", config.clearance.people, 1)?;
    at_least("clearance.companies", config.clearance.companies, 1)
}

fn kept(config: &Config) -> Result<()> {
    let Retention { draft_days, draft_notice_days, .. } = config.retention;
    if draft_days > 0 && u32::from(draft_days) < u32::from(draft_notice_days) + 2 {
        return no("retention.draft_notice_days", "settings-why-draft-notice");
    }
    let backup = &config.backup;
    at_least("backup.every_hours", backup.every_hours, 1)?;
    at_least("backup.keep_days", backup.keep_days, 1)?;
    if !backup.folder.is_empty() && backup.recipients.is_empty() {
        return no("backup.recipients", "settings-why-recipients");
    }
    match backup.recipients.iter().find(|key| key.parse::<age::x25519::Recipient>().is_err()) {
        Some(key) => Err(refused("backup.recipients", Sentence::new("settings-why-recipient").with("text", key))),
        None => Ok(()),
    }
}

fn journal(config: &Config) -> Result<()> {
    let journal = &config.journal;
    at_least("journal.checkpoint_seconds", journal.checkpoint_seconds, 1)?;
    at_least("journal.compare_every_hours", journal.compare_every_hours, 0)?;
    at_least("journal.witness_mail_minutes", journal.witness_mail_minutes, 1)?;
    if journal.witness_stale_seconds < journal.checkpoint_seconds {
        return no("journal.witness_stale_seconds", "settings-why-stale");
    }
    if let Some(to) = journal.witness_mailboxes.iter().find(|to| to.parse::<lettre::Address>().is_err()) {
        return Err(refused("journal.witness_mailboxes", Sentence::new("settings-why-email").with("text", to)));
    }
    for program in &journal.witnesses {
        let private = program.url.starts_with("http://") && is_loopback(host_of(&program.url));
        if !(private || program.url.starts_with("https://")) {
            let why = Sentence::new("settings-why-witness-https").with("url", &program.url);
            return Err(refused("journal.witnesses", why));
        }
    }
    crate::journal::witnesses::of(config)?;
    let asked = Quorum::of(journal).names.len();
    if journal.witness_quorum > asked {
        let why = Sentence::new("settings-why-quorum").count("wanted", journal.witness_quorum).count("asked", asked);
        return Err(refused("journal.witness_quorum", why));
    }
    Ok(())
}

fn outside(config: &Config) -> Result<()> {
    within("sources.registry_batch", config.sources.registry_batch, 1, 100_000)?;
    let uploads = &config.uploads;
    if !(uploads.clamd.is_empty() || uploads.clamd.starts_with('/') || uploads.clamd.contains(':')) {
        return no("uploads.clamd", "settings-why-clamd");
    }
    at_least("uploads.clamd_connect_seconds", uploads.clamd_connect_seconds, 1)?;
    at_least("uploads.clamd_answer_seconds", uploads.clamd_answer_seconds, 1)?;
    at_least("uploads.clamd_retry_minutes", uploads.clamd_retry_minutes, 1)
}

fn no(setting: &str, why: &'static str) -> Result<()> {
    Err(refused(setting, Sentence::new(why)))
}

fn at_least(setting: &str, value: impl TryInto<i64>, least: i64) -> Result<()> {
    if value.try_into().unwrap_or(i64::MAX) >= least {
        return Ok(());
    }
    Err(refused(setting, Sentence::new("settings-why-at-least").with("least", least)))
}

fn within(setting: &str, value: impl TryInto<i64>, least: i64, most: i64) -> Result<()> {
    if (least..=most).contains(&value.try_into().unwrap_or(i64::MAX)) {
        return Ok(());
    }
    Err(refused(setting, Sentence::new("settings-why-between").with("least", least).with("most", most)))
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
