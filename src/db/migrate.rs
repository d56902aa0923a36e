//! Migrations, embedded for both engines under the same names, and the settings without which nothing starts.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::DbConn;
use crate::error::{Error, Result};

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
    if problems.is_empty() {
        return Ok(());
    }
    let list = problems.join("; ");
    if allow_unsafe {
        tracing::warn!("unsafe database settings accepted: {list}");
        return Ok(());
    }
    Err(Error::Internal(format!("unsafe database settings: {list}")))
}

/// What is not safe, in words.
pub fn unsafe_settings(conn: &mut DbConn, url: &str) -> Result<Vec<String>> {
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
                problems.push(format!("SQLite {version} can corrupt a WAL database; 3.51.3 or newer is needed"));
            }
            let journal = ask(conn, "SELECT CAST(journal_mode AS TEXT) AS value FROM pragma_journal_mode")?;
            if journal != "wal" {
                problems.push(format!("journal_mode is {journal}, not wal (network or memory file system?)"));
            }
            let synchronous = ask(conn, "SELECT CAST(synchronous AS TEXT) AS value FROM pragma_synchronous")?;
            if synchronous != "2" {
                problems.push(format!("synchronous is {synchronous}, not FULL: acknowledged writes could be lost"));
            }
            if let Some(kind) = volatile_file_system(url) {
                problems.push(format!("the database is on {kind}, which does not keep it safely"));
            }
        }
        DbConn::Postgres(_) => {
            for (name, safe) in [("fsync", "on"), ("full_page_writes", "on")] {
                let value = ask(conn, &format!("SELECT current_setting('{name}') AS value"))?;
                if value != safe {
                    problems.push(format!("{name} is {value}, not {safe}"));
                }
            }
            let commit = ask(conn, "SELECT current_setting('synchronous_commit') AS value")?;
            if commit == "off" {
                problems.push("synchronous_commit is off: acknowledged writes could be lost".into());
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
