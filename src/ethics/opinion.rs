//! An opinion: what was asked about, what governs it, how the two meet, and what to do.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::declarations::actions::clean;
use crate::error::{Error, FieldError, Result};

/// Longest part, in characters.
pub const LONGEST_PART: usize = 4000;

/// The four parts (policy, section 6; `domain.md` §10.6).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    pub facts: String,
    pub norms: String,
    pub analysis: String,
    pub recommendation: String,
}

impl Opinion {
    /// Tidied, and complete.
    ///
    /// # Errors
    /// Names each part that is missing or too long.
    pub fn checked(&self) -> Result<Self> {
        let tidy = Self {
            facts: clean(&self.facts),
            norms: clean(&self.norms),
            analysis: clean(&self.analysis),
            recommendation: clean(&self.recommendation),
        };
        let errors: Vec<FieldError> = tidy.parts().into_iter().filter_map(|(name, text)| check(name, text)).collect();
        if errors.is_empty() { Ok(tidy) } else { Err(Error::Invalid(errors)) }
    }

    /// Name and text of each part, in order.
    pub fn parts(&self) -> [(&'static str, &str); 4] {
        [
            ("facts", &self.facts),
            ("norms", &self.norms),
            ("analysis", &self.analysis),
            ("recommendation", &self.recommendation),
        ]
    }
}

/// What is asked for when a part is not there.
fn missing(part: &str) -> &'static str {
    match part {
        "facts" => "error-part-facts",
        "norms" => "error-part-norms",
        "analysis" => "error-part-analysis",
        "situation" => "error-part-situation",
        "title" => "error-part-title",
        _ => "error-part-recommendation",
    }
}

/// What is wrong with a text of an opinion or of a precedent.
pub fn check(name: &'static str, text: &str) -> Option<FieldError> {
    if text.is_empty() {
        Some(FieldError::new(name, missing(name)))
    } else if text.chars().count() > LONGEST_PART {
        Some(FieldError::with(name, "error-too-long", LONGEST_PART))
    } else {
        None
    }
}

/// What the ethics officer says of a precedent that was proposed to her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// It is followed.
    Follows,
    /// It is about something else.
    Other,
    /// It is set aside here, and she says why.
    Departs,
}

impl Stance {
    pub const ALL: [Self; 3] = [Self::Follows, Self::Other, Self::Departs];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Follows => "follows",
            Self::Other => "other",
            Self::Departs => "departs",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.as_str() == text)
    }
}

/// A precedent proposed while the opinion was written, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub precedent: i64,
    pub stance: Option<Stance>,
    pub reason: String,
}

/// Every precedent proposed got an answer, and each departure its reason; gives the departures.
///
/// # Errors
/// Names the precedent that waits for an answer or for a reason.
pub fn departures(compared: &[Compared]) -> Result<Vec<(i64, String)>> {
    let mut errors = Vec::new();
    let mut departures = Vec::new();
    for one in compared {
        let reason = clean(&one.reason);
        match one.stance {
            None => errors.push(FieldError::new(stance_field(one.precedent), "error-precedent-stance")),
            Some(Stance::Departs) if reason.is_empty() => {
                errors.push(FieldError::new(reason_field(one.precedent), "error-precedent-reason"));
            }
            Some(Stance::Departs) if reason.chars().count() > 2000 => {
                errors.push(FieldError::with(reason_field(one.precedent), "error-too-long", 2000));
            }
            Some(Stance::Departs) => departures.push((one.precedent, reason)),
            Some(Stance::Follows | Stance::Other) => {}
        }
    }
    if errors.is_empty() { Ok(departures) } else { Err(Error::Invalid(errors)) }
}

/// Name of the form's fields for a precedent.
pub fn stance_field(precedent: i64) -> String {
    format!("precedent-{precedent}")
}

pub fn reason_field(precedent: i64) -> String {
    format!("why-{precedent}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(stance: Option<Stance>, reason: &str) -> Compared {
        Compared { precedent: 7, stance, reason: reason.into() }
    }

    fn fields(error: Error) -> Vec<String> {
        match error {
            Error::Invalid(errors) => errors.into_iter().map(|error| error.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_opinion_has_its_four_parts() {
        let opinion = Opinion { facts: "  Des faits. ".into(), ..Opinion::default() };
        assert_eq!(fields(opinion.checked().unwrap_err()), ["norms", "analysis", "recommendation"]);
        let whole = Opinion { norms: "N".into(), analysis: "A".into(), recommendation: "R".into(), ..opinion };
        assert_eq!(whole.checked().unwrap().facts, "Des faits.");
    }

    #[test]
    fn a_departure_says_why_and_the_rest_need_not() {
        assert_eq!(fields(departures(&[compared(None, "")]).unwrap_err()), ["precedent-7"]);
        assert_eq!(fields(departures(&[compared(Some(Stance::Departs), " ")]).unwrap_err()), ["why-7"]);
        assert_eq!(departures(&[compared(Some(Stance::Follows), "")]).unwrap(), Vec::new());
        assert_eq!(
            departures(&[compared(Some(Stance::Departs), " Autre temps. ")]).unwrap(),
            [(7, "Autre temps.".to_owned())]
        );
    }
}
