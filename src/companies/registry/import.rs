//! Taking in the ZIP of the register: read to its end, written beside the one in force, swapped. The same ZIP again goes on with what
//! a run that was stopped wrote of it.

use std::path::Path;

use serde::Serialize;

use super::archive::{Archive, Part};
use super::codes::{Coded, Codes};
use super::{generation, read, write};
use crate::app::App;
use crate::error::Result;
use crate::people::PersonId;
use crate::sources::store::{self as sources, Tally};
use crate::sources::{Problems, Source, reading};

/// What a file did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub file: String,
    pub sha256: String,
    pub enterprises: i64,
    pub names: i64,
    pub tally: Tally,
    pub problems: Problems,
    /// Each file of the archive, as it was read.
    pub parts: Vec<Part>,
    /// Codes of mergers and splits that were met, and what they were taken for.
    pub relations: Vec<Coded>,
    /// Rows that a run which was stopped had written: this one went on after them.
    pub resumed: i64,
    /// The register in force is this very file.
    pub known: bool,
    /// Nothing was written, because of the problems.
    pub refused: bool,
}

/// Takes in one file; a preview reads it to its end and writes nothing. `progress` hears of the rows read, then written.
pub fn import(app: &App, by: Option<PersonId>, path: &Path, preview: bool, progress: &dyn Fn(u64)) -> Result<Report> {
    let (name, sha256) = (reading::name(path), reading::hash(path)?);
    let mut report = Report {
        file: name.clone(),
        sha256: sha256.clone(),
        enterprises: 0,
        names: 0,
        tally: Tally::default(),
        problems: Problems::default(),
        parts: Vec::new(),
        relations: Vec::new(),
        resumed: 0,
        known: false,
        refused: true,
    };
    let codes = Codes::new(&app.book.config.sources);
    if app.read_here(|tx| generation::is_in_force(tx, &sha256, &codes))? {
        if !preview {
            // A run stopped once its register was in force leaves some of the one before.
            generation::clear(app)?;
        }
        return Ok(Report { known: true, refused: false, ..report });
    }
    let mut problems = Problems::default();
    let register = match Archive::open(path)? {
        Ok(mut archive) => read::read(&mut archive, &codes, &mut problems, progress)?,
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    if let Some(register) = register {
        report.refused = false;
        report.enterprises = i64::try_from(register.entries.all.len()).unwrap_or(i64::MAX);
        report.names = register.name_count;
        report.parts.clone_from(&register.parts);
        report.relations.clone_from(&register.relations);
        report.tally = Tally { rows: register.rows(), errors: problems.count, changes: 0 };
        if !preview {
            let file = sources::File { source: Source::Registry, name, sha256, by };
            let done = write::write(app, file, &codes, register, &problems, progress)?;
            report.tally = done.tally;
            report.resumed = done.resumed;
        }
    }
    Ok(Report { problems, ..report })
}
