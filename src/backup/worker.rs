//! Copies on time, and those whose time is over.

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::{Manifest, store, take};
use crate::app::App;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::text::Language;
use crate::texts::say;

/// Makes a copy when one is due and removes those that are too old.
///
/// # Errors
/// When the database fails. A copy that cannot be made is noted, said by `probite doctor`, and begun again an hour later.
pub fn run_if_due(app: &App) -> Result<()> {
    let settings = &app.book.config.backup;
    if settings.folder.is_empty() {
        return Ok(());
    }
    let every = TimeDelta::hours(settings.every_hours);
    let Some(id) = app.write_here(move |tx| store::begin_if_due(tx, every))? else { return Ok(()) };
    match make(app, id) {
        Ok((path, manifest)) => tracing::info!(path = %path.display(), events = manifest.size, "a copy was made"),
        Err(error) => {
            tracing::error!(%error, "no copy could be made");
            app.write_here(move |tx| store::fail(tx, id, &say(Language::Fr, "copy-failed", &[])))?;
        }
    }
    remove_old(app)
}

/// Makes a copy now.
///
/// # Errors
/// As [`take::take`]; it is noted.
pub fn make_now(app: &App) -> Result<(PathBuf, Manifest)> {
    let id = app.write_here(store::begin)?;
    let made = make(app, id);
    if let Err(error) = &made {
        let error = error.to_string();
        app.write_here(move |tx| store::fail(tx, id, &error))?;
    }
    made
}

/// A file of a name of its own, which appears whole or not at all.
fn make(app: &App, id: i64) -> Result<(PathBuf, Manifest)> {
    let folder = Path::new(&app.book.config.backup.folder);
    std::fs::create_dir_all(folder).map_err(Error::internal)?;
    take::sweep(folder)?;
    let mut file = tempfile::Builder::new().prefix(take::WORKPLACE).tempfile_in(folder).map_err(Error::internal)?;
    let manifest = take::take(app, std::io::BufWriter::new(file.as_file_mut()))?;
    file.as_file().sync_all().map_err(Error::internal)?;
    let name = format!("probite-{}-{:09}.tar.gz.age", manifest.made_at.format("%Y%m%dT%H%M%SZ"), manifest.size);
    let path = folder.join(&name);
    let bytes = file.as_file().metadata().map_err(Error::internal)?.len();
    file.persist_noclobber(&path).map_err(|e| Error::Internal(format!("{}: {}", path.display(), e.error)))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::internal)?;
    let (size, bytes) = (as_row(manifest.size)?, as_row(bytes)?);
    app.write_here(move |tx| {
        store::end(tx, id, &name, size, bytes)?;
        journal::record(tx, None, None, &Event::BackupTaken { file: name, size })
    })?;
    Ok((path, manifest))
}

fn as_row(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(Error::internal)
}

/// What is destroyed by the schedule stays readable in earlier copies: they go when their time is over.
fn remove_old(app: &App) -> Result<()> {
    let settings = &app.book.config.backup;
    let before = app.clock.now() - TimeDelta::days(settings.keep_days);
    for (id, name) in app.read_here(|tx| store::over(tx, before))? {
        match std::fs::remove_file(Path::new(&settings.folder).join(&name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::error!(%error, name, "an old copy could not be removed");
            }
            _ => app.write_here(move |tx| store::removed(tx, id))?,
        }
    }
    Ok(())
}
