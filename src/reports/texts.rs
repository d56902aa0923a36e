//! Words of the report. They live in `templates/text/{fr,en}/report.ftl`; this is the door to them.

use serde_json::Value;

use crate::reports::figures::Share;
use crate::reports::format;
use crate::reports::rows::STATES;
use crate::text::Language;

/// How a message is found: key, then named values (numbers choose the plural, strings are shown as they are).
/// The application connects it to `fluent_templates`.
pub type Lookup<'a> = dyn Fn(&str, &[(&str, Value)]) -> String + 'a;

/// The report's words in one language, with its numbers and dates.
pub struct Texts<'a> {
    lookup: &'a Lookup<'a>,
    /// The language of every text, number and date.
    pub language: Language,
}

impl<'a> Texts<'a> {
    /// Words in a language, through a lookup of that same language.
    pub fn new(lookup: &'a Lookup<'a>, language: Language) -> Self {
        Self { lookup, language }
    }

    /// The message `report-{key}`.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message `report-{key}` with its values.
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        (self.lookup)(&format!("report-{key}"), values)
    }

    /// A count ready for a sentence: `n` chooses the plural, `count` is what is read.
    pub fn counted(&self, key: &str, n: u64) -> String {
        self.with(key, &[("n", n.into()), ("count", self.number(n).into())])
    }

    pub fn number(&self, n: u64) -> String {
        format::count(n, self.language)
    }

    pub fn share(&self, share: Share) -> String {
        share.permille().map_or_else(|| self.get("none"), |permille| format::percent(permille, self.language))
    }

    pub fn money(&self, cents: i64) -> String {
        format::money(cents, self.language)
    }

    /// « en 4 jours ouvrables ou moins », « le jour même », or a dash.
    pub fn made_within(&self, days: Option<i64>) -> String {
        days.map_or_else(|| self.get("none"), |days| self.counted("made-within", days.unsigned_abs()))
    }
}

/// The words of the states, found once for all the rows.
pub struct StateWords([(&'static str, String); STATES.len()]);

impl StateWords {
    /// Those of a language.
    pub fn new(texts: &Texts<'_>) -> Self {
        Self(STATES.map(|state| (state, texts.get(&format!("state-{}", state.replace('_', "-"))))))
    }

    /// « En examen »; the code itself of a state that has no word.
    pub fn of<'a>(&'a self, state: &'a str) -> &'a str {
        self.0.iter().find(|(known, _)| *known == state).map_or(state, |(_, word)| word)
    }
}
