//! What two people do together.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::exports;
use crate::access::Role;
use crate::app::Tx;
use crate::error::Result;
use crate::formats::format_date_long;
use crate::people::{self, store};
use crate::text::Language;
use crate::texts::{Arg, say};

/// An act, with all that is needed to carry it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    RoleGrant {
        /// Number of the person in the directory.
        number: String,
        role: Role,
        since: NaiveDate,
        until: Option<NaiveDate>,
    },
    /// More rows of the register than one person may take out alone.
    Export {
        /// Its name: `register.csv`.
        file: String,
        /// The filter, as in its address.
        query: String,
        /// Rows it gave when it was asked for.
        rows: i64,
    },
    /// Wrapping the keys of sealed files again.
    KeyRotation,
    /// Destroying the files of a list of the retention schedule.
    Destruction { list: i64, files: i64 },
    /// Reading a sealed file in the absence of whoever may.
    EmergencyReading { reference: String },
    /// Opening a suspended account again.
    AccountRestoration {
        /// Number of the person in the directory.
        number: String,
    },
}

/// Kinds of acts, as the access table names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    Destruction,
    RoleGrant,
    Export,
    KeyRotation,
    EmergencyReading,
    AccountRestoration,
}

impl ActKind {
    pub const ALL: [Self; 6] = [
        Self::RoleGrant,
        Self::Export,
        Self::KeyRotation,
        Self::EmergencyReading,
        Self::Destruction,
        Self::AccountRestoration,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Destruction => "destruction",
            Self::RoleGrant => "role_grant",
            Self::Export => "export",
            Self::KeyRotation => "key_rotation",
            Self::EmergencyReading => "emergency_reading",
            Self::AccountRestoration => "account_restoration",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Carried out by the approval itself; the others are then open to whoever asked, for some hours.
    pub fn is_done_by_approval(self) -> bool {
        matches!(self, Self::RoleGrant | Self::Destruction | Self::AccountRestoration)
    }
}

impl Act {
    pub fn kind(&self) -> ActKind {
        match self {
            Self::Destruction { .. } => ActKind::Destruction,
            Self::RoleGrant { .. } => ActKind::RoleGrant,
            Self::Export { .. } => ActKind::Export,
            Self::KeyRotation => ActKind::KeyRotation,
            Self::EmergencyReading { .. } => ActKind::EmergencyReading,
            Self::AccountRestoration { .. } => ActKind::AccountRestoration,
        }
    }

    /// What the act is about: an approval opens this and nothing else.
    pub fn subject(&self) -> String {
        match self {
            Self::RoleGrant { number, role, .. } => format!("{number} {}", role.as_str()),
            Self::Export { file, query, .. } => export_subject(file, query),
            Self::KeyRotation => String::new(),
            Self::Destruction { list, .. } => list.to_string(),
            Self::EmergencyReading { reference } => reference.clone(),
            Self::AccountRestoration { number } => number.clone(),
        }
    }

    /// Whether two requests ask for the same: how many rows or files it was when it was asked for is counted, not asked.
    pub fn is_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Export { .. }, Self::Export { .. }) | (Self::Destruction { .. }, Self::Destruction { .. }) => {
                self.subject() == other.subject()
            }
            _ => self == other,
        }
    }

    /// The field of its form to correct when somebody waits for an answer about the same subject.
    pub fn field(&self) -> &'static str {
        match self {
            Self::RoleGrant { .. } => "role",
            Self::EmergencyReading { .. } => "reference",
            Self::Export { .. } | Self::KeyRotation | Self::Destruction { .. } | Self::AccountRestoration { .. } => {
                "reason"
            }
        }
    }

    /// Where whoever asked goes once it is approved.
    pub fn opens(&self) -> Option<String> {
        match self {
            Self::Export { file, query, .. } => exports::address(file, query),
            Self::EmergencyReading { reference } => Some(format!("/d/{reference}")),
            Self::Destruction { list, .. } => Some(format!("/conservation/{list}")),
            Self::RoleGrant { number, .. } | Self::AccountRestoration { number } => {
                Some(people::pages::address(number))
            }
            Self::KeyRotation => None,
        }
    }

    /// What narrows an export, as its address says it: « type : gift_declaration, du : 2026-04-01 ».
    pub fn filter(&self) -> Option<String> {
        let Self::Export { query, .. } = self else { return None };
        let parts: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
        let parts: Vec<String> = parts.into_iter().map(|(name, value)| format!("{name}\u{a0}: {value}")).collect();
        Some(parts.join(", ")).filter(|filter| !filter.is_empty())
    }

    /// As people read it: « Rôle de vérificatrice pour Audrey Lavoie, à partir du 1er décembre 2026 ».
    ///
    /// # Errors
    /// The database does not answer.
    pub fn words(&self, tx: &mut Tx<'_>, language: Language) -> Result<String> {
        let key = format!("act-{}", self.kind().as_str().replace('_', "-"));
        let args = match self {
            Self::RoleGrant { number, role, since, until } => {
                let name = name_of(tx, number)?;
                let until = until.map(|until| format_date_long(until, language)).unwrap_or_default();
                vec![
                    ("person", Arg::from(name)),
                    ("role", Arg::from(people::pages::role_name(*role, language))),
                    ("since", Arg::from(format_date_long(*since, language))),
                    ("ends", Arg::from(if until.is_empty() { "no" } else { "yes" })),
                    ("until", Arg::from(until)),
                ]
            }
            Self::Export { file, rows, .. } => {
                let file = say(language, &format!("act-file-{}", file.replace('.', "-")), &[]);
                vec![("file", Arg::from(file)), ("rows", Arg::from(*rows))]
            }
            Self::KeyRotation => Vec::new(),
            Self::Destruction { files, .. } => vec![("files", Arg::from(*files))],
            Self::EmergencyReading { reference } => vec![("reference", Arg::from(reference.clone()))],
            Self::AccountRestoration { number } => vec![("person", Arg::from(name_of(tx, number)?))],
        };
        Ok(say(language, &key, &args))
    }
}

/// Name of the person of a number, or the number when the directory has it no more.
fn name_of(tx: &mut Tx<'_>, number: &str) -> Result<String> {
    Ok(store::find_by_number(tx, number)?.map_or_else(|| number.to_owned(), |person| person.name()))
}

/// Subject of an export: the same rows in the same kind of file.
pub fn export_subject(file: &str, query: &str) -> String {
    format!("{file} {query}")
}
