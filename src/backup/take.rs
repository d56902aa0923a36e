//! Making a copy while the register serves.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use age::x25519::Recipient;
use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use super::Manifest;
use crate::app::App;
use crate::attachments::store::contents;
use crate::config::refused;
use crate::db::dump::{self, Tools};
use crate::error::{Error, Result};
use crate::journal::checkpoints;
use crate::journal::leaves::retell;
use crate::random::Hashing;
use crate::texts::Sentence;

/// Names within the archive.
pub(super) const DATABASE: &str = "database";
pub(super) const ATTACHMENTS: &str = "attachments/";
pub(super) const MANIFEST: &str = "manifest";
/// Begins the name of what a copy leaves only when the process is killed.
pub(super) const WORKPLACE: &str = ".probite-copy-";

/// A file of the database in clear, in a folder that goes with it.
pub(super) fn workplace(folder: &Path) -> Result<TempDir> {
    sweep(folder)?;
    tempfile::Builder::new().prefix(WORKPLACE).tempdir_in(folder).map_err(Error::internal)
}

/// Removes what a killed process left: a copy of the database is as confidential as the database.
pub(super) fn sweep(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder).map_err(Error::internal)? {
        let entry = entry.map_err(Error::internal)?;
        let old = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        if entry.file_name().to_string_lossy().starts_with(WORKPLACE) && old.is_some_and(|age| age.as_secs() > 86_400) {
            let path = entry.path();
            let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            removed.map_err(Error::internal)?;
        }
    }
    Ok(())
}

/// Who may open copies.
///
/// # Errors
/// Names the setting to correct.
pub fn recipients(app: &App) -> Result<Vec<Recipient>> {
    let keys = &app.book.config.backup.recipients;
    if keys.is_empty() {
        return Err(Error::operator("copy-recipients-empty"));
    }
    keys.iter()
        .map(|key| {
            key.parse().map_err(|_: &str| {
                refused("backup.recipients", Sentence::new("settings-why-recipient").with("text", key))
            })
        })
        .collect()
}

pub(super) fn tools(app: &App) -> Tools {
    let settings = &app.book.config.backup;
    Tools { pg_dump: settings.pg_dump.clone(), pg_restore: settings.pg_restore.clone() }
}

/// Where clear files are worked on: beside the database, which is as confidential; on PostgreSQL, beside the copies.
fn beside(app: &App) -> Result<&Path> {
    let url = Path::new(app.db.url());
    let folder =
        if app.db.is_postgres() { Path::new(&app.book.config.backup.folder) } else { url.parent().unwrap_or(url) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    std::fs::create_dir_all(folder).map_err(Error::internal)?;
    Ok(folder)
}

/// Writes a copy of everything; what it holds. The register goes on serving.
///
/// # Errors
/// A key is missing from the settings, or a disk fails: what was written so far is of no use to anybody.
pub fn take(app: &App, out: impl Write) -> Result<Manifest> {
    let recipients = recipients(app)?;
    let signer = checkpoints::signer(&app.book.config)?.ok_or_else(|| Error::operator("copy-no-key"))?;
    let place = workplace(beside(app)?)?;
    let database = place.path().join(DATABASE);
    let now = app.clock.now();
    // From the leaves themselves, as whoever puts it back will.
    let journal = dump::dump(&app.db, &tools(app), &database, |conn| retell(conn, |_| {}))?;
    let lock = age::Encryptor::with_recipients(recipients.iter().map(|key| key as &dyn age::Recipient));
    let closed = lock.map_err(Error::internal)?.wrap_output(out).map_err(Error::internal)?;
    let mut archive = Archive {
        tar: tar::Builder::new(GzEncoder::new(closed, Compression::fast())),
        manifest: Manifest {
            made_at: now,
            engine: dump::engine_of(app.db.url()).to_owned(),
            size: journal.size,
            root: journal.root(),
            files: Default::default(),
        },
    };
    archive.add(DATABASE, File::open(&database).map_err(Error::internal)?)?;
    for (sha256, path) in contents(Path::new(&app.book.config.uploads.directory)).map_err(Error::internal)? {
        match File::open(&path) {
            Ok(file) => archive.add(&format!("{ATTACHMENTS}{sha256}"), file)?,
            // Given up since: the copy of the database may still name it, and putting it back says so.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::internal(error)),
        }
    }
    let Archive { mut tar, manifest } = archive;
    let signed = signer.sign(&manifest.text());
    add(&mut tar, MANIFEST, signed.len() as u64, signed.as_bytes())?;
    let compressed = tar.into_inner().map_err(Error::internal)?;
    let closed = compressed.finish().map_err(Error::internal)?;
    closed.finish().and_then(|mut out| out.flush()).map_err(Error::internal)?;
    Ok(manifest)
}

struct Archive<W: Write> {
    tar: tar::Builder<W>,
    manifest: Manifest,
}

impl<W: Write> Archive<W> {
    fn add(&mut self, name: &str, file: File) -> Result<()> {
        let size = file.metadata().map_err(Error::internal)?.len();
        let mut reader = Hashing::new(file);
        add(&mut self.tar, name, size, &mut reader)?;
        self.manifest.files.insert(name.to_owned(), reader.hash());
        Ok(())
    }
}

fn add(tar: &mut tar::Builder<impl Write>, name: &str, size: u64, content: impl Read) -> Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    tar.append_data(&mut header, name, content.take(size)).map_err(Error::internal)
}
