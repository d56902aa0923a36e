//! Words for people that live in configuration files: French always, English when given.

use serde::{Deserialize, Serialize};

/// The two languages of the product. French is the language of the civil administration (C-11, s. 18.1)
/// and the default; English is opt-in per person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Fr,
    En,
}

impl Language {
    /// `"fr"` or `"en"`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Reads a code; anything but `en` is French.
    pub fn parse(code: &str) -> Self {
        if code.eq_ignore_ascii_case("en") || code.to_ascii_lowercase().starts_with("en-") {
            Self::En
        } else {
            Self::Fr
        }
    }

    /// The one offered by the language toggle.
    pub fn other(self) -> Self {
        match self {
            Self::Fr => Self::En,
            Self::En => Self::Fr,
        }
    }
}

/// The name that was probably meant, among those known; nothing when none is near.
pub fn nearest<'n>(typed: &str, known: &[&'n str]) -> Option<&'n str> {
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(name, typed), *name))
        .min()
        .filter(|(distance, name)| *distance <= name.len().div_ceil(2))
        .map(|(_, name)| name)
}

/// A text in French with its optional English. In files: `{ fr = "…", en = "…" }` or a bare French string.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Bilingual {
    pub fr: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Bilingual {
    /// The text in a language; a missing English text falls back to French, never the reverse.
    pub fn get(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::En, Some(en)) => en,
            _ => &self.fr,
        }
    }
}

impl From<&str> for Bilingual {
    fn from(fr: &str) -> Self {
        Self { fr: fr.to_owned(), en: None }
    }
}

impl<'de> Deserialize<'de> for Bilingual {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Pair {
            fr: String,
            en: Option<String>,
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Bare(String),
            Pair(Pair),
        }
        Ok(match Either::deserialize(deserializer)? {
            Either::Bare(fr) => Self { fr, en: None },
            Either::Pair(Pair { fr, en }) => Self { fr, en },
        })
    }
}
