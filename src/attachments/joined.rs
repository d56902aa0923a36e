//! The files joined to a declaration with what opens them, for whoever gives them on: the person's own copy, a file released.

use std::path::{Path, PathBuf};

use diesel::prelude::*;

use super::scan::Scan;
use super::store::{Opener, place_of};
use crate::app::Tx;
use crate::db::schema::attachments;
use crate::error::{Error, Result};
use crate::random::sha256_hex;

/// Files are put together in memory up to this many bytes.
pub const MOST_BYTES: i64 = 64 << 20;

/// A file joined.
pub struct Joined {
    pub id: i64,
    pub name: String,
    /// In bytes, as received.
    pub size: i64,
    /// Of what is kept.
    pub sha256: String,
    /// The antivirus let it through.
    pub available: bool,
    place: PathBuf,
    opener: Opener,
}

impl Joined {
    /// A name of its own among others: two files of one name stay two.
    pub fn file_name(&self) -> String {
        format!("{}-{}", self.id, self.name.replace(['/', '\\'], "_"))
    }

    /// Its content, checked against its hash.
    ///
    /// # Errors
    /// It is not there, or not what was received.
    pub fn read(&self) -> Result<Vec<u8>> {
        let kept = std::fs::read(&self.place).map_err(Error::internal)?;
        if sha256_hex(&kept) != self.sha256 {
            return Err(Error::Internal(format!("/pieces/{} is not what was received", self.id)));
        }
        self.opener.open(kept)
    }
}

/// Those of a declaration, the first joined first; not the proofs of its measures. Whoever calls may read it.
///
/// # Errors
/// What is sealed does not open.
pub fn of(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<Joined>> {
    type Row = (i64, String, String, i64, String, Option<String>);
    let rows: Vec<Row> = attachments::table
        .filter(attachments::declaration_id.eq(declaration))
        .filter(attachments::measure_id.is_null())
        .order(attachments::id.asc())
        .select((
            attachments::id,
            attachments::name,
            attachments::sha256,
            attachments::size,
            attachments::scan,
            attachments::sealed_key,
        ))
        .load(tx.conn)?;
    let folder = Path::new(&tx.book.config.uploads.directory);
    let mut files = Vec::with_capacity(rows.len());
    for (id, name, sha256, size, scan, sealed_key) in rows {
        let (name, opener) = Opener::of(tx, declaration, &sha256, name, sealed_key.as_deref())?;
        let available = Scan::parse(&scan)?.require_available().is_ok();
        let place = place_of(folder, &sha256);
        files.push(Joined { id, name, size, sha256, available, place, opener });
    }
    Ok(files)
}
