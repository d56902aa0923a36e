//! What narrows the register, from the address and back to it.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::Tx;
use crate::declarations::lists::{Filter, StateFilter};
use crate::declarations::narrowing;
use crate::declarations::workflow::State;
use crate::error::{Error, FieldError, Result};
use crate::formats::parse_date;
use crate::text::Language;
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

    /// The same query, its dates as the calendar writes them, and the filter it means. A company that nobody declared
    /// matches nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`], beside its field, for a part that means nothing: a filter that is quietly ignored would show, and
    /// let out, more than was asked.
    pub fn understood(mut self, tx: &mut Tx<'_>, language: Language) -> Result<(Self, Filter)> {
        let mut wrong = Vec::new();
        let from = self.day("du", tx, language, &mut wrong);
        let to = self.day("au", tx, language, &mut wrong);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            wrong.push(FieldError::with("au", "error-date-order", from));
        }
        let state = state_of(self.etat.trim()).unwrap_or_else(|| {
            wrong.push(FieldError::new("etat", "error-unknown-choice"));
            None
        });
        let kind = narrowing::kind(tx, &self.kind, &mut wrong);
        let unit = narrowing::unit(tx, &self.unite, &mut wrong)?;
        let company = narrowing::companies(tx, &self.entreprise, &self.fiche, &mut wrong)?;
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let filter = Filter {
            words: self.q.chars().take(200).collect(),
            kind,
            state,
            units: unit.map(|unit| vec![unit]),
            company,
            flagged: !self.signalees.trim().is_empty(),
            late: !self.retard.trim().is_empty(),
            from,
            to,
            sort: None,
        };
        Ok((self, filter))
    }

    /// A day as people write them, put in its place as the calendar does: « hier » in the journal would be another day tomorrow.
    fn day(
        &mut self,
        name: &'static str,
        tx: &Tx<'_>,
        language: Language,
        wrong: &mut Vec<FieldError>,
    ) -> Option<NaiveDate> {
        let typed = if name == "du" { &mut self.du } else { &mut self.au };
        if typed.trim().is_empty() {
            return None;
        }
        match parse_date(typed, tx.today(), language) {
            Ok(day) => {
                *typed = day.to_string();
                Some(day)
            }
            Err(problem) => {
                wrong.push(FieldError::new(name, problem.message_key()));
                None
            }
        }
    }
}

/// What a state in the address narrows to; `None` when there is no such state to choose.
fn state_of(typed: &str) -> Option<Option<StateFilter>> {
    match typed {
        "" => Some(None),
        "en-attente" => Some(Some(StateFilter::Pending)),
        other => State::parse(other).filter(|state| *state != State::Draft).map(|state| Some(StateFilter::One(state))),
    }
}
