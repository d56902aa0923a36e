//! Codes of the registrar in words, and what the code of a relation means. `DomaineValeur` says it; where it does not, the settings
//! do; where nobody does, the relation is counted and told, and never taken for a merger.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::config::Sources;
use crate::db::search::fold;

/// Longest label and longest code kept, in characters.
const LONGEST: usize = 120;
const LONGEST_CODE: usize = 40;
/// Different codes of one kind that are told apart: no register has so many, and a broken file must not fill the memory.
const MOST: usize = 2_000;

/// What a code is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Domain {
    Form,
    Status,
    Relation,
    Change,
    Law,
}

impl Domain {
    /// The domain of a row of `DomaineValeur`; nothing for those that are of no use here.
    fn of(kind: &str) -> Option<Self> {
        let kind = kind.to_uppercase();
        let named = [
            ("FORM_JURI", Self::Form),
            ("FORME_JURI", Self::Form),
            ("STAT_IMMAT", Self::Status),
            ("RELA_ASSUJ", Self::Relation),
            ("TYP_CHANG", Self::Change),
            ("REGIM_JURI", Self::Law),
        ];
        named.into_iter().find(|(name, _)| kind.contains(name)).map(|(_, domain)| domain)
    }
}

/// The words of codes.
#[derive(Debug, Default)]
pub struct Labels(HashMap<(Domain, String), String>);

impl Labels {
    /// Keeps a row of `DomaineValeur`; false when it is of no use here.
    pub fn keep(&mut self, kind: &str, code: &str, words: &str) -> bool {
        let Some(domain) = Domain::of(kind).filter(|_| !words.is_empty() && self.0.len() < MOST) else { return false };
        self.0.insert((domain, code.to_owned()), printable(words, LONGEST));
        true
    }

    pub fn find(&self, domain: Domain, code: &str) -> Option<&str> {
        self.0.get(&(domain, code.to_owned())).map(String::as_str)
    }

    /// The words of a code, or the code when nobody says what it means.
    pub fn say(&self, domain: Domain, code: &str) -> String {
        self.find(domain, code).map_or_else(|| printable(code, LONGEST_CODE), str::to_owned)
    }
}

fn printable(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

/// Words that many enterprises share, each once, by place; the first place says nothing.
#[derive(Debug)]
pub struct Shared {
    places: HashMap<String, u16>,
    words: Vec<String>,
}

impl Default for Shared {
    fn default() -> Self {
        Self { places: HashMap::new(), words: vec![String::new()] }
    }
}

impl Shared {
    /// The place of the words of a code, which are asked the first time that it is met.
    pub fn place(&mut self, code: &str, words: impl FnOnce() -> String) -> u16 {
        if let Some(place) = self.places.get(code) {
            return *place;
        }
        let Some(place) = u16::try_from(self.words.len()).ok().filter(|_| self.words.len() < MOST) else { return 0 };
        self.places.insert(code.to_owned(), place);
        self.words.push(words());
        place
    }

    pub fn words(&self, place: u16) -> &str {
        self.words.get(usize::from(place)).map_or("", String::as_str)
    }
}

/// What two parties of `FusionScissions` are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// One goes on in the other.
    Merger,
    /// One came out of a part of the other: two companies.
    Split,
    /// Nobody says what the code means.
    Unknown,
}

/// Codes that mean a merger or a split when the labels do not say which (settings `sources`).
#[derive(Debug, Clone, Default)]
pub struct Codes {
    mergers: Vec<String>,
    splits: Vec<String>,
}

impl Codes {
    pub fn new(settings: &Sources) -> Self {
        Self { mergers: settings.registry_mergers.clone(), splits: settings.registry_splits.clone() }
    }

    /// What a code means: its label first.
    pub fn relation(&self, code: &str, label: &str) -> Relation {
        let label = fold(label);
        let among = |codes: &[String]| codes.iter().any(|one| one.eq_ignore_ascii_case(code));
        match (label.contains("fusion") || label.contains("absor"), label.contains("scission")) {
            (true, false) => Relation::Merger,
            (false, true) => Relation::Split,
            _ if among(&self.mergers) => Relation::Merger,
            _ if among(&self.splits) => Relation::Split,
            _ => Relation::Unknown,
        }
    }

    /// What two readings of one file must share to give the same rows.
    pub fn mark(&self) -> String {
        format!("{};{}", self.mergers.join(","), self.splits.join(","))
    }
}

/// A code of relation met in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coded {
    pub code: String,
    /// What the registrar calls it; empty when the archive does not say.
    pub label: String,
    pub relation: Relation,
    pub rows: i64,
}

/// The codes of relations met, by code.
#[derive(Debug, Default)]
pub struct Met(BTreeMap<String, Coded>);

impl Met {
    /// Counts a row; what its code means, and what it is called.
    pub fn count(&mut self, codes: &Codes, labels: &Labels, code: &str) -> (Relation, &str) {
        let code = if self.0.len() < MOST || self.0.contains_key(code) { code } else { "…" };
        let met = self.0.entry(code.to_owned()).or_insert_with(|| {
            let label = labels.find(Domain::Relation, code).unwrap_or_default().to_owned();
            let relation = codes.relation(code, &label);
            Coded { code: printable(code, LONGEST_CODE), label, relation, rows: 0 }
        });
        met.rows += 1;
        (met.relation, &met.label)
    }

    pub fn all(self) -> Vec<Coded> {
        self.0.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_what_a_relation_is_then_the_settings_and_nobody_makes_a_merger_of_the_rest() {
        let codes = Codes { mergers: vec!["FO".into(), "X".into()], splits: vec!["SC".into()] };
        for (code, label, expected) in [
            ("AB", "Fusion simplifiée", Relation::Merger),
            ("AB", "Absorption", Relation::Merger),
            ("X", "Scission", Relation::Split),
            ("fo", "Fondatrice", Relation::Merger),
            ("SC", "", Relation::Split),
            ("X", "Fusion ou scission", Relation::Merger),
            ("AB", "Fusion ou scission", Relation::Unknown),
            ("AB", "", Relation::Unknown),
            ("", "", Relation::Unknown),
        ] {
            assert_eq!(codes.relation(code, label), expected, "{code} {label}");
        }
    }

    #[test]
    fn labels_are_found_by_domain_and_what_nobody_labels_keeps_its_code() {
        let mut labels = Labels::default();
        assert!(labels.keep("FORM_JURI", "CIE", "Compagnie") && labels.keep("STAT_IMMAT", "RO", "Radiée d’office"));
        assert!(!labels.keep("ACT_ECON", "CIE", "Cidrerie") && !labels.keep("FORM_JURI", "X", ""));
        assert_eq!(labels.say(Domain::Form, "CIE"), "Compagnie");
        assert_eq!(labels.say(Domain::Status, "CIE"), "CIE");
    }

    #[test]
    fn words_in_common_are_kept_once_and_a_file_of_nothing_but_codes_does_not_fill_the_memory() {
        let mut shared = Shared::default();
        let place = shared.place("CIE", || "Compagnie".into());
        assert_eq!(shared.place("CIE", || unreachable!("met before")), place);
        assert_eq!((shared.words(place), shared.words(0), shared.words(900)), ("Compagnie", "", ""));
        for code in 0..3 * MOST {
            shared.place(&code.to_string(), || code.to_string());
        }
        assert_eq!((shared.words.len(), shared.place("one more", || "x".into())), (MOST, 0));
    }
}
