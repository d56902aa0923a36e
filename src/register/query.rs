//! What narrows the register, from the address and back to it.

use serde::Deserialize;

use crate::app::Tx;
use crate::companies;
use crate::declarations::lists::{Filter, StateFilter};
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::web::page::percent;

/// `?q=&type=&etat=&unite=&entreprise=&fiche=&signalees=1&retard=1&du=&au=&apres=`
#[derive(Debug, Clone, Default, Deserialize)]
pub struct RegisterQuery {
    #[serde(default)]
    pub q: String,
    #[serde(default, rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub etat: String,
    /// Id of a unit.
    #[serde(default)]
    pub unite: String,
    /// Name or NEQ of a company.
    #[serde(default)]
    pub entreprise: String,
    /// Id of a company, from its page; a name that is typed takes its place.
    #[serde(default)]
    pub fiche: String,
    #[serde(default)]
    pub signalees: String,
    #[serde(default)]
    pub retard: String,
    #[serde(default)]
    pub du: String,
    #[serde(default)]
    pub au: String,
    #[serde(default)]
    pub apres: String,
}

impl RegisterQuery {
    /// Name and value of each part in force, the page aside.
    pub fn parts(&self) -> Vec<(&'static str, &str)> {
        let fiche = if self.entreprise.trim().is_empty() { self.fiche.as_str() } else { "" };
        [
            ("q", self.q.as_str()),
            ("type", &self.kind),
            ("etat", &self.etat),
            ("unite", &self.unite),
            ("entreprise", &self.entreprise),
            ("fiche", fiche),
            ("signalees", &self.signalees),
            ("retard", &self.retard),
            ("du", &self.du),
            ("au", &self.au),
        ]
        .into_iter()
        .map(|(name, value)| (name, value.trim()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    /// The query of an address, one part left out when asked.
    pub fn address(&self, without: Option<&str>) -> String {
        self.parts()
            .into_iter()
            .filter(|(name, _)| Some(*name) != without)
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect::<Vec<_>>()
            .join("&")
    }

    /// The filter it means. A company that nobody declared matches nothing.
    pub fn filter(&self, tx: &mut Tx<'_>) -> Result<Filter> {
        let company = match self.entreprise.trim() {
            "" => self.fiche.trim().parse().ok(),
            typed => Some(companies::store::suggest(tx, typed, 1)?.first().map_or(0, |company| company.id)),
        };
        let company = company.map(|id| companies::store::standing_for(tx, id)).transpose()?;
        let state = match self.etat.as_str() {
            "" => None,
            "en-attente" => Some(StateFilter::Pending),
            other => State::parse(other).map(StateFilter::One),
        };
        Ok(Filter {
            words: self.q.chars().take(200).collect(),
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            state,
            units: self.unite.parse().ok().map(|unit| vec![unit]),
            company,
            flagged: !self.signalees.is_empty(),
            late: !self.retard.is_empty(),
            from: self.du.trim().parse().ok(),
            to: self.au.trim().parse().ok(),
        })
    }
}
