//! Content that nothing joins: a file is put in its place before the transaction that joins it, which may fail, a process may be
//! killed while it writes one, and a draft may be thrown away. A day later nobody waits for them, and they go; what was given up by
//! name, and that nobody else can have, goes as soon as that is durable.

use std::path::Path;
use std::time::Duration;

use diesel::prelude::*;

use super::store::{entries, forget, forget_if, hash_in, is_joined};
use crate::app::App;
use crate::db::schema::retention_contents;
use crate::error::{Error, Result};

/// Nothing younger is touched: somebody may still be joining it.
pub const AGE: Duration = Duration::from_secs(24 * 3600);

/// Contents looked at in one transaction.
const BATCH: usize = 200;

/// Removes what is older than `age` and joined by nothing; how many files that was.
///
/// # Errors
/// When the folder cannot be read, or the database fails.
pub fn sweep(app: &App, age: Duration) -> Result<usize> {
    let folder = Path::new(&app.book.config.uploads.directory);
    let mut removed = 0;
    let mut contents = Vec::new();
    for shelf in entries(folder).map_err(Error::internal)?.into_iter().filter(|path| path.is_dir()) {
        for path in entries(&shelf).map_err(Error::internal)?.into_iter().filter(|path| is_old(path, age)) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if let Some(sha256) = hash_in(&path) {
                contents.push((sha256, path));
            } else if name.starts_with(".tmp") {
                // Half written when the process was killed.
                std::fs::remove_file(&path).map_err(Error::internal)?;
                removed += 1;
            }
        }
    }
    for batch in contents.chunks(BATCH) {
        let hashes: Vec<String> = batch.iter().map(|(sha256, _)| sha256.clone()).collect();
        let hashes = joined_by_nothing(app, hashes)?;
        // In the write door, where files are joined. What was sent again meanwhile is young.
        app.write_here(move |tx| forget_if(tx, &hashes, |place| is_old(place, age)))?;
        removed += batch.iter().filter(|(_, path)| !path.exists()).count();
    }
    if removed > 0 {
        tracing::info!(removed, "files that nothing joined are removed");
    }
    Ok(removed)
}

/// Removes what was given up by name: sealed content of drafts thrown away, content of files destroyed. How many names that was.
///
/// # Errors
/// When the folder cannot be read, or the database fails.
pub fn remove_given_up(app: &App) -> Result<usize> {
    let given_up: Vec<String> =
        app.read_here(|tx| Ok(retention_contents::table.select(retention_contents::sha256).load(tx.conn)?))?;
    for batch in given_up.chunks(BATCH) {
        let (names, free) = (batch.to_vec(), joined_by_nothing(app, batch.to_vec())?);
        app.write_here(move |tx| {
            forget(tx, &free)?;
            diesel::delete(retention_contents::table.filter(retention_contents::sha256.eq_any(names)))
                .execute(tx.conn)?;
            Ok(())
        })?;
    }
    Ok(given_up.len())
}

/// Those that nothing joins once all is durable: what another use case of the same transaction takes away may still come back.
fn joined_by_nothing(app: &App, hashes: Vec<String>) -> Result<Vec<String>> {
    app.read_here(|tx| {
        let mut free = Vec::new();
        for sha256 in hashes {
            if !is_joined(tx, &sha256)? {
                free.push(sha256);
            }
        }
        Ok(free)
    })
}

/// By the clock of the machine that wrote it. A file whose age cannot be told stays.
fn is_old(path: &Path, age: Duration) -> bool {
    path.metadata()
        .and_then(|metadata| metadata.modified())
        .ok()
        .and_then(|written| written.elapsed().ok())
        .is_some_and(|elapsed| elapsed >= age)
}
