//! Who acts.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::table::Freshness;
use crate::clock::Instant;
use crate::config::Confirmation;
use crate::declarations::kind::Office;
use crate::error::{Error, Result};
use crate::people::{PersonId, UnitId};
use crate::text::Language;

/// Roles granted with dates. They add up; everybody is also `Staff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Staff,
    EthicsOfficer,
    SecretaryGeneral,
    DeputyMinister,
    Cio,
    /// Named by the chief information officer to organise showcases.
    ShowcaseOrganiser,
    ContractMonitor,
    Auditor,
    /// State administrator or director general: figures of their sector.
    Executive,
    /// Answers for ethics in one unit; optional (`continuity.respondents`).
    Respondent,
    SystemAdmin,
}

impl Role {
    pub const ALL: [Self; 11] = [
        Self::Staff,
        Self::EthicsOfficer,
        Self::SecretaryGeneral,
        Self::DeputyMinister,
        Self::Cio,
        Self::ShowcaseOrganiser,
        Self::ContractMonitor,
        Self::Auditor,
        Self::Executive,
        Self::Respondent,
        Self::SystemAdmin,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::EthicsOfficer => "ethics_officer",
            Self::SecretaryGeneral => "secretary_general",
            Self::DeputyMinister => "deputy_minister",
            Self::Cio => "cio",
            Self::ShowcaseOrganiser => "showcase_organiser",
            Self::ContractMonitor => "contract_monitor",
            Self::Auditor => "auditor",
            Self::Executive => "executive",
            Self::Respondent => "respondent",
            Self::SystemAdmin => "system_admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// The role that holds an office of the workflow; a supervisor's place comes from the chart, not from a role.
    pub fn of_office(office: Office) -> Option<Self> {
        match office {
            Office::Supervisor => None,
            Office::EthicsOfficer => Some(Self::EthicsOfficer),
            Office::SecretaryGeneral => Some(Self::SecretaryGeneral),
            Office::DeputyMinister => Some(Self::DeputyMinister),
            Office::ContractMonitor => Some(Self::ContractMonitor),
        }
    }
}

/// The door an action came through, for the access log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Page,
    Api,
    Command,
}

impl Channel {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
            Self::Command => "command",
        }
    }
}

/// A person acting now, with the roles in force today.
#[derive(Debug, Clone)]
pub struct Actor {
    pub person: PersonId,
    pub number: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub language: Language,
    pub site: String,
    pub regime: String,
    pub position: String,
    /// Somebody reports to them.
    pub leads: bool,
    /// They have a file to decide, whatever gave it to them.
    pub holds: bool,
    /// Unit of the directory.
    pub unit: UnitId,
    pub channel: Channel,
    /// A read-only API token.
    pub read_only: bool,
    /// When they last proved who they are, in a browser. Nothing for whoever is neither in a browser nor there by a token: the
    /// command line, the demonstration.
    pub proved_at: Option<Instant>,
}

impl Actor {
    pub fn has(&self, role: Role) -> bool {
        role == Role::Staff || self.roles.contains(&role)
    }

    /// Have they proved lately enough who they are? For a program, the owner of its token, in a browser.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`] when they are to be asked.
    pub fn require_proof(&self, freshness: Freshness, settings: &Confirmation, now: Instant) -> Result<()> {
        let Some(at) = self.proved_at else { return Ok(()) };
        let minutes = match freshness {
            Freshness::Act => settings.act_minutes,
            Freshness::Reading => settings.reading_minutes,
        };
        if now - TimeDelta::minutes(minutes) < at { Ok(()) } else { Err(Error::NotConfirmed) }
    }

    /// Files come to them to decide, or to an office of theirs.
    pub fn has_inbox(&self) -> bool {
        self.leads || self.holds || !self.offices().is_empty()
    }

    /// The office queues this person sees.
    pub fn offices(&self) -> Vec<Office> {
        [Office::EthicsOfficer, Office::SecretaryGeneral, Office::DeputyMinister, Office::ContractMonitor]
            .into_iter()
            .filter(|office| Role::of_office(*office).is_some_and(|role| self.has(role)))
            .collect()
    }
}
