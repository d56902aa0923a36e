//! What the register says of an enterprise besides its names and its mergers: splits, mergers with a party that it does not have,
//! continuations and transformations. People read it; nothing follows it, since none of it makes two enterprises one. A continued
//! or transformed enterprise keeps its NEQ, and its former names are in `Nom`.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::store::GenerationId;
use crate::app::Tx;
use crate::db::schema::registry_ties;
use crate::error::{Error, Result};

/// What a tie is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Came out of a split of the other.
    Split,
    /// Merged with a party that the register does not have.
    Merger,
    /// Continued under another law, or transformed.
    Change,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Merger => "merger",
            Self::Change => "change",
        }
    }
}

/// A tie on its way to the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    pub neq: u64,
    pub kind: Kind,
    pub other: Option<u64>,
    /// Name of the other; of a change, the law and the place.
    pub name: String,
    /// What the registrar calls it.
    pub words: String,
    pub on: Option<NaiveDate>,
}

/// Ties waiting on disk, in the order of the files.
pub struct Waiting(BufWriter<File>);

impl Waiting {
    pub fn new() -> Result<Self> {
        Ok(Self(BufWriter::new(tempfile::tempfile().map_err(Error::internal)?)))
    }

    pub fn push(&mut self, tie: &Tie) -> Result<()> {
        serde_json::to_writer(&mut self.0, tie)?;
        self.0.write_all(b"\n").map_err(Error::internal)
    }

    /// Each in turn.
    pub fn each(self) -> Result<impl Iterator<Item = Result<Tie>>> {
        let mut file = self.0.into_inner().map_err(|e| Error::internal(e.error()))?;
        file.rewind().map_err(Error::internal)?;
        let lines = BufReader::new(file).lines();
        Ok(lines.map(|line| -> Result<Tie> { Ok(serde_json::from_str(&line.map_err(Error::internal)?)?) }))
    }
}

/// A tie of the register in force.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = registry_ties)]
pub struct Told {
    pub neq: String,
    /// `split`, `merger` or `change`.
    pub kind: String,
    pub other: Option<String>,
    pub name: String,
    pub words: String,
    pub happened_on: Option<NaiveDate>,
}

/// Ties of some enterprises, in the order of the file: theirs, then those of the others that came out of their splits. No more than
/// `most` of each.
pub fn of(tx: &mut Tx<'_>, generation: GenerationId, neqs: &[String], most: i64) -> Result<Vec<Told>> {
    if neqs.is_empty() {
        return Ok(Vec::new());
    }
    let mut all: Vec<Told> = registry_ties::table
        .filter(registry_ties::neq.eq_any(neqs))
        .filter(registry_ties::generation.eq(generation))
        .order(registry_ties::id.asc())
        .limit(most)
        .select(Told::as_select())
        .load(tx.conn)?;
    let split: Vec<Told> = registry_ties::table
        .filter(registry_ties::other.eq_any(neqs))
        .filter(registry_ties::generation.eq(generation))
        .filter(registry_ties::kind.eq(Kind::Split.as_str()))
        .order(registry_ties::id.asc())
        .limit(most)
        .select(Told::as_select())
        .load(tx.conn)?;
    all.extend(split.into_iter().filter(|tie| !neqs.contains(&tie.neq)));
    Ok(all)
}
