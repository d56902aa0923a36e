//! Taking in a file of contracts: read to its end first, then written in one transaction, or not at all.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::normal::{Buyers, Said, normal};
use super::{apply, ocds};
use crate::app::{App, Tx};
use crate::error::{Error, Result};
use crate::people::PersonId;
use crate::sources::store::{self as sources, Tally};
use crate::sources::{Problems, Source, attempt, reading};

/// What a file did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub file: String,
    pub sha256: String,
    pub tally: Tally,
    /// Releases of other buyers.
    pub left_out: i64,
    pub problems: Problems,
    /// The same file was taken in before: nothing was looked at again.
    pub known: bool,
    /// Nothing was written, because of the problems.
    pub refused: bool,
}

/// A file read to its end, what is kept of it waiting in a temporary file.
#[derive(Debug)]
pub struct Spooled {
    pub name: String,
    pub sha256: String,
    pub kept: i64,
    pub left_out: i64,
    pub problems: Problems,
    spool: File,
}

/// Files of a path: itself, or those of a folder in the order of their names.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let cannot = |e: std::io::Error| Error::of_file(path, &e);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(cannot)? {
        let file = entry.map_err(cannot)?.path();
        let wanted = file.extension().is_some_and(|end| ["json", "ndjson", "jsonl"].iter().any(|known| end == *known));
        if wanted && file.is_file() {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a file to its end; `None` when it cannot be trusted, and `problems` says why.
pub fn spool(source: impl Read, name: &str, buyers: &Buyers, problems: &mut Problems) -> Result<Option<Spooled>> {
    let mut spool = BufWriter::new(tempfile::tempfile().map_err(Error::internal)?);
    let (mut kept, mut left_out, mut told) = (0, 0, Problems::default());
    let reading = ocds::read(source, name, problems, |number, release| {
        if !buyers.keep(&release) {
            left_out += 1;
            return Ok(());
        }
        let (said, found) = normal(name, number, &release);
        found.into_iter().for_each(|problem| told.push(problem));
        if let Some(mut said) = said {
            said.buyer = buyers.name(said.buyer);
            kept += 1;
            serde_json::to_writer(&mut spool, &said)?;
            spool.write_all(b"\n").map_err(Error::internal)?;
        }
        Ok(())
    })?;
    let Some(reading) = reading else { return Ok(None) };
    let mut spool = spool.into_inner().map_err(|e| Error::internal(e.error()))?;
    spool.rewind().map_err(Error::internal)?;
    Ok(Some(Spooled { name: name.to_owned(), sha256: reading.sha256, kept, left_out, problems: told, spool }))
}

/// Writes what was read, in the transaction of `tx`.
pub fn write(tx: &mut Tx<'_>, by: Option<PersonId>, spooled: Spooled) -> Result<Tally> {
    let source = Source::Contracts;
    let file = sources::File { source, name: spooled.name, sha256: spooled.sha256, by };
    let import = sources::begin(tx, &file)?;
    let mut tally = Tally { rows: spooled.kept, errors: spooled.problems.count, changes: 0 };
    for said in serde_json::Deserializer::from_reader(BufReader::new(spooled.spool)).into_iter::<Said>() {
        tally.changes += apply::apply(tx, import, &said?)?;
    }
    sources::end(tx, import, &file, tally, &spooled.problems)?;
    Ok(tally)
}

/// Takes in one file. With `preview`, everything is done but kept.
pub fn import(app: &App, by: Option<PersonId>, path: &Path, preview: bool) -> Result<Report> {
    let name = reading::name(path);
    let buyers = Buyers::of(&app.book.config);
    let mut problems = Problems::default();
    let Some(spooled) = spool(reading::open(path)?, &name, &buyers, &mut problems)? else {
        let (sha256, tally) = (String::new(), Tally { errors: problems.count, ..Tally::default() });
        return Ok(Report { file: name, sha256, tally, left_out: 0, problems, known: false, refused: true });
    };
    let (sha256, left_out, problems) = (spooled.sha256.clone(), spooled.left_out, spooled.problems.clone());
    let known = app.read_here(|tx| sources::is_known(tx, Source::Contracts, &spooled.sha256))?;
    let tally = attempt(app, preview, move |tx| {
        let tally = write(tx, by, spooled)?;
        // The same file again says something new only when the list of buyers changed in between.
        Ok((tally, !known || tally.changes > 0))
    })?;
    let known = known && tally.changes == 0;
    Ok(Report { file: name, sha256, tally, left_out, problems, known, refused: false })
}
