//! What is known of a file: analysed, still to be, infected, or never sent to an antivirus since there is none.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use crate::app::Tx;
use crate::db::schema::attachments;
use crate::declarations::answers::Answers;
use crate::error::{Error, Result};
use crate::text::Language;
use crate::texts::say;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    /// Quarantined: the antivirus did not answer yet, and nobody downloads it.
    Pending,
    Clean,
    /// Its content is deleted.
    Infected,
    /// No antivirus was configured when it arrived.
    Unscanned,
}

impl Scan {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::Unscanned => "unscanned",
        }
    }

    pub fn parse(text: &str) -> Result<Self> {
        [Self::Pending, Self::Clean, Self::Infected, Self::Unscanned]
            .into_iter()
            .find(|scan| scan.as_str() == text)
            .ok_or_else(|| Error::Internal(format!("attachment scan {text:?}")))
    }

    /// May it be downloaded?
    ///
    /// # Errors
    /// What its reader is told instead.
    pub fn require_available(self) -> Result<()> {
        match self {
            Self::Clean | Self::Unscanned => Ok(()),
            Self::Pending => Err(Error::NotPossible("not-possible-file-pending")),
            Self::Infected => Err(Error::NotPossible("not-possible-file-infected")),
        }
    }

    /// What stands beside the name of the file.
    pub fn note(self, language: Language) -> Option<String> {
        match self {
            Self::Clean | Self::Unscanned => None,
            Self::Pending => Some(say(language, "file-pending", &[])),
            Self::Infected => Some(say(language, "file-infected", &[])),
        }
    }
}

/// What is known of the files that some answers join.
#[derive(Debug, Default)]
pub struct Scans(HashMap<i64, Scan>);

impl Scans {
    /// Asks nothing when nothing is joined.
    pub fn of(tx: &mut Tx<'_>, declaration: i64, answers: &Answers) -> Result<Self> {
        let joins = answers.0.values().filter_map(Value::as_array).flatten().any(|item| item.get("sha256").is_some());
        if !joins {
            return Ok(Self::default());
        }
        let rows: Vec<(i64, String)> = attachments::table
            .filter(attachments::declaration_id.eq(declaration))
            .select((attachments::id, attachments::scan))
            .load(tx.conn)?;
        rows.into_iter().map(|(id, scan)| Ok((id, Scan::parse(&scan)?))).collect::<Result<_>>().map(Self)
    }

    /// A file that is not there any more is told when it is asked for.
    pub fn get(&self, id: i64) -> Scan {
        self.0.get(&id).copied().unwrap_or(Scan::Unscanned)
    }
}
