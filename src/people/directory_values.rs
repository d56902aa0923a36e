//! What one line of the staff directory says, in types.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::db::search::fold;
use crate::text::Language;

/// Columns of the file: name in French (also that of problems and differences), name in English, longest value in
/// characters. Order in the file is free; other columns are ignored.
pub(super) const COLUMNS: [(&str, &str, usize); 14] = [
    ("numero", "number", 20),
    ("prenom", "given_name", 100),
    ("nom", "family_name", 100),
    ("courriel", "email", 254),
    ("titre", "title", 200),
    ("unite", "unit", 1000),
    ("site", "location", 100),
    ("superieur", "supervisor", 20),
    ("regime", "status", 40),
    ("fonction_cadre", "position", 40),
    ("langue", "language", 10),
    ("debut", "start", 10),
    ("fin", "end", 10),
    (HOME_BODY, "home_body", 200),
];
/// The column that a file may leave out: bodies without anybody on loan have no reason to hold it.
pub(super) const HOME_BODY: &str = "organisme_attache";

/// Names of units from the top of the ministry down.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitPath(Vec<String>);

impl UnitPath {
    /// Reads « Ministère > Sous-ministériat > Direction »; « / » between spaces is read too when there is no « > ».
    /// Nothing when a level has no name.
    pub fn parse(text: &str) -> Option<Self> {
        let mark = if text.contains('>') { ">" } else { " / " };
        Self::of(text.split(mark).map(|name| name.trim().to_owned()).collect())
    }

    /// The path of these names, from the top down; nothing when there is none, or one is empty.
    pub fn of(names: Vec<String>) -> Option<Self> {
        if names.is_empty() || names.iter().any(String::is_empty) { None } else { Some(Self(names)) }
    }

    /// Names from the top down.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The unit's own name.
    pub fn name(&self) -> &str {
        self.0.last().map(String::as_str).unwrap_or_default()
    }

    /// The unit above, if any.
    pub fn parent(&self) -> Option<Self> {
        match self.0.as_slice() {
            [above @ .., _] if !above.is_empty() => Some(Self(above.to_vec())),
            _ => None,
        }
    }
}

impl std::fmt::Display for UnitPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(" > "))
    }
}

/// The law a person is under; it changes which duties apply (`domain.md` §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    PublicServant,
    StateAdministrator,
    ContractStateAdministrator,
    OnLoan,
    Other,
}

impl Regime {
    /// As stored: `public_servant`…
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PublicServant => "public_servant",
            Self::StateAdministrator => "state_administrator",
            Self::ContractStateAdministrator => "contract_state_administrator",
            Self::OnLoan => "on_loan",
            Self::Other => "other",
        }
    }

    /// Reads the French word of the file or the stored one.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match fold(text).as_str() {
            "fonctionnaire" | "public servant" => Self::PublicServant,
            "administrateur etat"
            | "administrateur d etat"
            | "administratrice etat"
            | "administratrice d etat"
            | "state administrator" => Self::StateAdministrator,
            "administrateur etat contrat" | "administratrice etat contrat" | "contract state administrator" => {
                Self::ContractStateAdministrator
            }
            "pret" | "en pret" | "on loan" => Self::OnLoan,
            "autre" | "other" => Self::Other,
            _ => return None,
        })
    }
}

/// Place in the management of the ministry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    DeputyMinister,
    AssistantDeputyMinister,
    DirectorGeneral,
    Director,
    Manager,
    None,
}

impl Position {
    /// As stored: `deputy_minister`…
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DeputyMinister => "deputy_minister",
            Self::AssistantDeputyMinister => "assistant_deputy_minister",
            Self::DirectorGeneral => "director_general",
            Self::Director => "director",
            Self::Manager => "manager",
            Self::None => "none",
        }
    }

    /// Reads the French word of the file or the stored one; an empty cell is no position.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match fold(text).as_str() {
            "sous ministre" | "deputy minister" => Self::DeputyMinister,
            "sous ministre adjoint" | "sous ministre adjointe" | "assistant deputy minister" => {
                Self::AssistantDeputyMinister
            }
            "directeur general" | "directrice generale" | "director general" => Self::DirectorGeneral,
            "directeur" | "directrice" | "director" => Self::Director,
            "gestionnaire" | "manager" => Self::Manager,
            "aucune" | "none" | "" => Self::None,
            _ => return None,
        })
    }
}

/// One person of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectoryRow {
    /// Employee number: the identity of the person from one file to the next.
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    /// In lower case.
    pub email: String,
    pub title: String,
    pub unit: UnitPath,
    pub site: String,
    /// Employee number of the immediate supervisor; none at the top.
    pub supervisor: Option<String>,
    pub regime: Regime,
    pub position: Position,
    /// Of letters and pages; French unless asked otherwise.
    pub language: Language,
    pub active_from: NaiveDate,
    /// Last day, included.
    pub active_until: Option<NaiveDate>,
    /// The body that a person on loan belongs to; empty for the others. Their supervisor here decides (`domain.md` §11).
    pub home_body: String,
}

impl DirectoryRow {
    /// « Prénom Nom ».
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// Is the person of the ministry on that day?
    pub fn is_active(&self, on: NaiveDate) -> bool {
        self.active_from <= on && self.active_until.is_none_or(|last| on <= last)
    }

    /// Every column as text, in the order of the file.
    pub(super) fn cells(&self) -> [String; 14] {
        [
            self.number.clone(),
            self.given_name.clone(),
            self.family_name.clone(),
            self.email.clone(),
            self.title.clone(),
            self.unit.to_string(),
            self.site.clone(),
            self.supervisor.clone().unwrap_or_default(),
            self.regime.as_str().to_owned(),
            self.position.as_str().to_owned(),
            self.language.code().to_owned(),
            self.active_from.to_string(),
            self.active_until.map(|date| date.to_string()).unwrap_or_default(),
            self.home_body.clone(),
        ]
    }
}

/// A directory without a doubtful line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Directory {
    /// In the order of the file.
    pub people: Vec<DirectoryRow>,
    /// Every unit named and those above it, each after its parent.
    pub units: Vec<UnitPath>,
}

impl Directory {
    /// People, and the units that they name.
    pub fn of(people: Vec<DirectoryRow>) -> Self {
        let mut units = BTreeSet::new();
        for person in &people {
            let mut unit = Some(person.unit.clone());
            while let Some(path) = unit {
                unit = path.parent();
                if !units.insert(path) {
                    break;
                }
            }
        }
        Self { people, units: units.into_iter().collect() }
    }
}
