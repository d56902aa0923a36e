//! Migrations, embedded for both engines under the same names, and the settings without which nothing starts.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::DbConn;
use crate::error::{Error, Result};
use crate::text::Language;
use crate::texts::Sentence;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// First SQLite without the WAL-reset corruption (trust.md §1.9).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Applies what is pending; returns the names applied.
pub fn run(conn: &mut DbConn) -> Result<Vec<String>> {
    let applied = match conn {
        DbConn::Sqlite(conn) => {
            conn.run_pending_migrations(SQLITE).map(|v| v.iter().map(ToString::to_string).collect())
        }
        DbConn::Postgres(conn) => {
            conn.run_pending_migrations(POSTGRES).map(|v| v.iter().map(ToString::to_string).collect())
        }
    };
    applied.map_err(|e| Error::Internal(format!("migration: {e}")))
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    value: String,
}

/// Refuses a database that could lose what it acknowledged (trust.md D06). `allow_unsafe` is for throw-away data.
pub fn check_settings(conn: &mut DbConn, url: &str, allow_unsafe: bool) -> Result<()> {
    let problems = unsafe_settings(conn, url)?;
    let all = problems.iter().map(Unsafe::sentence);
    let Some(why) = all.reduce(|one, other| Sentence::new("operator-both").because("one", one).because("other", other))
    else {
        return Ok(());
    };
    if allow_unsafe {
        tracing::warn!("unsafe database settings accepted: {}", why.say(Language::En));
        return Ok(());
    }
    Err(Error::Operator(Sentence::new("operator-unsafe-database").because("why", why)))
}

/// A setting of the database with which what it acknowledged can be lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsafe {
    /// SQLite of a version that can corrupt a WAL database.
    Version(String),
    /// `journal_mode` is not `wal`.
    JournalMode(String),
    /// `synchronous` is not `FULL`.
    Synchronous(String),
    /// The file is on a file system of this kind, which forgets or locks badly.
    FileSystem(String),
    /// A setting of PostgreSQL, and what it is.
    Server(&'static str, String),
}

impl Unsafe {
    /// What is wrong, for whoever runs the register.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Version(found) => {
                let (major, minor, patch) = OLDEST_SQLITE;
                Sentence::new("unsafe-version").with("found", found).with("oldest", format!("{major}.{minor}.{patch}"))
            }
            Self::JournalMode(found) => Sentence::new("unsafe-journal-mode").with("found", found),
            Self::Synchronous(found) => Sentence::new("unsafe-synchronous").with("found", found),
            Self::FileSystem(kind) => Sentence::new("unsafe-file-system").with("kind", kind),
            Self::Server(name, found) => Sentence::new("unsafe-server").with("name", name).with("found", found),
        }
    }
}

/// What is not safe.
pub fn unsafe_settings(conn: &mut DbConn, url: &str) -> Result<Vec<Unsafe>> {
    let mut problems = Vec::new();
    let ask = |conn: &mut DbConn, sql: &str| -> Result<String> {
        Ok(diesel::sql_query(sql).get_result::<Setting>(conn)?.value)
    };
    match conn {
        DbConn::Sqlite(_) => {
            let version = ask(conn, "SELECT sqlite_version() AS value")?;
            let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
            let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
            if found < OLDEST_SQLITE {
                problems.push(Unsafe::Version(version));
            }
            let journal = ask(conn, "SELECT CAST(journal_mode AS TEXT) AS value FROM pragma_journal_mode")?;
            if journal != "wal" {
                problems.push(Unsafe::JournalMode(journal));
            }
            let synchronous = ask(conn, "SELECT CAST(synchronous AS TEXT) AS value FROM pragma_synchronous")?;
            if synchronous != "2" {
                problems.push(Unsafe::Synchronous(synchronous));
            }
            if let Some(kind) = volatile_file_system(url) {
                problems.push(Unsafe::FileSystem(kind));
            }
        }
        DbConn::Postgres(_) => {
            for (name, forgets) in [("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off")] {
                let value = ask(conn, &format!("SELECT current_setting('{name}') AS value"))?;
                if value == forgets {
                    problems.push(Unsafe::Server(name, value));
                }
            }
        }
    }
    Ok(problems)
}

/// Name of a file system that forgets (`tmpfs`) or locks badly (`nfs`, `cifs`), when the file is on one.
fn volatile_file_system(path: &str) -> Option<String> {
    let path = std::fs::canonicalize(path).ok()?;
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let (_, kind) = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let (_, place, kind) = (words.next()?, words.next()?, words.next()?);
            path.starts_with(place).then(|| (place.len(), kind.to_owned()))
        })
        .max_by_key(|(length, _)| *length)?;
    ["tmpfs", "ramfs", "nfs", "nfs4", "cifs", "smb3", "9p"].contains(&kind.as_str()).then_some(kind)
}
