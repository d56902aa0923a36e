//! Content that nothing joins: a file is put in its place before the transaction that joins it, which may fail, and a
//! process may be killed while it writes one. A day later nobody waits for them, and they go.

use std::path::Path;
use std::time::Duration;

use super::store::{entries, forget, hash_in};
use crate::app::App;
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
        // In the write door, where files are joined.
        app.write_here(move |tx| forget(tx, &hashes))?;
        removed += batch.iter().filter(|(_, path)| !path.exists()).count();
    }
    if removed > 0 {
        tracing::info!(removed, "files that nothing joined are removed");
    }
    Ok(removed)
}

/// By the clock of the machine that wrote it. A file whose age cannot be told stays.
fn is_old(path: &Path, age: Duration) -> bool {
    path.metadata()
        .and_then(|metadata| metadata.modified())
        .ok()
        .and_then(|written| written.elapsed().ok())
        .is_some_and(|elapsed| elapsed >= age)
}
