//! A file to import, kept between its preview and its confirmation: fifteen minutes, for the person who sent it.
//!
//! It lies in a folder of the service and not in the form, so that what is confirmed is byte for byte what was read,
//! without JavaScript and without sending fifty megabytes twice.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::PersonId;
use crate::clock::Instant;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::random;

/// How long a file waits for its confirmation.
pub const MINUTES: i64 = 15;

/// Keeps the bytes and gives the token by which the same person finds them again. Forgets files past their time.
pub fn keep(config: &Config, now: Instant, person: PersonId, bytes: &[u8]) -> Result<String> {
    let folder = folder(config);
    let cannot = |e: std::io::Error| Error::Internal(format!("{}: {e}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(cannot)?;
    sweep(&folder, now);
    let token = random::token::<32>()?;
    let until = (now + TimeDelta::minutes(MINUTES)).and_utc().timestamp();
    // Readable by the service alone: it is the whole ministry.
    let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(cannot)?;
    file.write_all(bytes).map_err(cannot)?;
    file.persist(folder.join(format!("{until}.{person}.{token}"))).map_err(Error::internal)?;
    Ok(token)
}

/// The bytes kept under a token, while they wait for this person.
pub fn find(config: &Config, now: Instant, person: PersonId, token: &str) -> Option<Vec<u8>> {
    std::fs::read(place(&folder(config), now, person, token)?).ok()
}

/// Forgets a file: it was imported, or is not wanted any more.
pub fn forget(config: &Config, now: Instant, person: PersonId, token: &str) {
    if let Some(path) = place(&folder(config), now, person, token)
        && let Err(error) = std::fs::remove_file(&path)
    {
        tracing::warn!(%error, "a kept upload stays until it is swept");
    }
}

fn folder(config: &Config) -> PathBuf {
    Path::new(&config.uploads.directory).join("importation")
}

/// Moment it is kept until, whose it is, and its token.
fn parts(name: &str) -> Option<(i64, PersonId, &str)> {
    let (until, rest) = name.split_once('.')?;
    let (person, token) = rest.split_once('.')?;
    Some((until.parse().ok()?, person.parse().ok()?, token))
}

fn place(folder: &Path, now: Instant, person: PersonId, token: &str) -> Option<PathBuf> {
    let now = now.and_utc().timestamp();
    std::fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let (until, whose, secret) = parts(&name)?;
        (until > now && whose == person && secret == token).then(|| entry.path())
    })
}

fn sweep(folder: &Path, now: Instant) {
    let now = now.and_utc().timestamp();
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().into_string().unwrap_or_default();
        if parts(&name).is_some_and(|(until, ..)| until <= now)
            && let Err(error) = std::fs::remove_file(entry.path())
        {
            tracing::warn!(%error, "an old upload cannot be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_waits_fifteen_minutes_for_the_person_who_sent_it() {
        let place = tempfile::tempdir().unwrap();
        let mut config = Config::defaults().unwrap();
        config.uploads.directory = place.path().display().to_string();
        let now: Instant = "2026-11-23T14:00:00".parse().unwrap();
        let token = keep(&config, now, 7, b"numero").unwrap();
        assert_eq!(find(&config, now, 7, &token).as_deref(), Some(&b"numero"[..]));
        assert_eq!(find(&config, now, 8, &token), None, "somebody else's");
        assert_eq!(find(&config, now, 7, "../../etc/passwd"), None);
        assert_eq!(find(&config, now, 7, ""), None);
        let later = now + TimeDelta::minutes(MINUTES);
        assert_eq!(find(&config, later, 7, &token), None);
        let second = keep(&config, later, 7, b"x").unwrap();
        assert_eq!(std::fs::read_dir(folder(&config)).unwrap().count(), 1, "the first one was swept");
        forget(&config, later, 7, &second);
        assert_eq!(find(&config, later, 7, &second), None);
    }
}
