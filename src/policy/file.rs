//! Reads a policy file and says everything that is wrong with it, each thing with its line and its column.

use std::collections::{BTreeMap, BTreeSet};

use cel::Program;
use serde::Deserialize;
use toml::Spanned;

use super::check::{self, Wrong};
use super::facts;
use super::gifts::GiftLimits;
use super::rules::{Policy, PolicyFile, RuleText, Severity};
use crate::declarations::automatic::may_be_automatic;
use crate::declarations::kind::Kind;
use crate::text::{Bilingual, Language, nearest};
use crate::texts::{Arg, say};

/// Longest file, in bytes.
pub const LONGEST: usize = 512 * 1024;

/// Something wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub rule: Option<String>,
    pub wrong: Wrong,
}

impl Problem {
    /// The problem as a sentence, without its place.
    pub fn sentence(&self, language: Language) -> String {
        let args: Vec<(&str, Arg<'_>)> =
            self.wrong.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        say(language, self.wrong.key, &args)
    }
}

/// The problems of a file, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems {
    pub file: String,
    pub list: Vec<Problem>,
}

impl Problems {
    /// One problem a line: `file:line:column: rule: sentence`.
    pub fn to_text(&self, language: Language) -> String {
        let line = |problem: &Problem| {
            let rule = problem.rule.as_deref().map(|rule| format!("{rule}: ")).unwrap_or_default();
            format!("{}:{}:{}: {rule}{}", self.file, problem.line, problem.column, problem.sentence(language))
        };
        self.list.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The line and the column of a byte of a text, both from 1.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// Where things are in a file.
#[derive(Deserialize)]
struct Places {
    #[serde(default)]
    limits: BTreeMap<Spanned<String>, Spanned<i64>>,
    #[serde(default, rename = "rule")]
    rules: Vec<RulePlaces>,
}

#[derive(Deserialize)]
struct RulePlaces {
    id: Spanned<String>,
    kinds: Spanned<Vec<String>>,
    when: Spanned<String>,
    decide: Option<Spanned<String>>,
    say: Spanned<toml::Value>,
    article: Spanned<toml::Value>,
    now: Spanned<toml::Value>,
}

/// Reads a policy file; `kinds` are those that rules may be about.
///
/// # Errors
/// Every problem of the file.
pub fn read(name: &str, text: &str, kinds: &[&Kind]) -> Result<Policy, Problems> {
    let mut reader = Reader { text, kinds, list: Vec::new() };
    let policy = reader.read();
    reader.list.sort_by_key(|problem| (problem.line, problem.column));
    match policy {
        Some(policy) if reader.list.is_empty() => Ok(policy),
        _ => Err(Problems { file: name.to_owned(), list: reader.list }),
    }
}

/// Reads a version that was adopted. The kinds may have changed since: what a rule now names in vain makes that rule
/// silent, and never stops a declaration.
///
/// # Errors
/// What keeps the file from being read at all.
pub fn read_adopted(name: &str, text: &str, kinds: &[&Kind]) -> Result<Policy, Problems> {
    let mut reader = Reader { text, kinds, list: Vec::new() };
    let policy = reader.read();
    let list = reader.list;
    for problem in &list {
        tracing::warn!(file = name, rule = problem.rule, key = problem.wrong.key, "a rule in force needs attention");
    }
    policy.ok_or(Problems { file: name.to_owned(), list })
}

struct Reader<'r> {
    text: &'r str,
    kinds: &'r [&'r Kind],
    list: Vec<Problem>,
}

impl<'r> Reader<'r> {
    fn note(&mut self, at: usize, rule: Option<&str>, wrong: Wrong) {
        let (line, column) = place(self.text, at);
        self.list.push(Problem { line, column, rule: rule.map(str::to_owned), wrong });
    }

    fn read(&mut self) -> Option<Policy> {
        if self.text.len() > LONGEST {
            self.note(0, None, Wrong::new("policy-too-long", &[]));
            return None;
        }
        let file: PolicyFile = self.toml()?;
        let places: Places = self.toml()?;
        let mut ids = BTreeSet::new();
        let mut named: BTreeSet<String> = GiftLimits::NAMES.map(str::to_owned).into();
        let mut compiled = Vec::new();
        for (rule, at) in file.rules.iter().zip(&places.rules) {
            if !ids.insert(rule.id.as_str()) {
                self.note(at.id.span().start, Some(&rule.id), Wrong::new("policy-twice", &[]));
            }
            let kinds = self.kinds_of(rule, at);
            self.sentences(rule, at, &file.limits, &mut named);
            self.decision(rule, at, &kinds);
            if let Some((program, used)) = self.expression(rule, at, &kinds, &file.limits) {
                named.extend(used.limits.iter().cloned());
                compiled.push((program, used));
            }
        }
        for (limit, value) in &places.limits {
            let at = limit.span().start;
            if !named.contains(limit.get_ref()) {
                self.note(at, None, Wrong::new("policy-limit-unused", &[("name", limit.get_ref())]));
            }
            if *value.get_ref() < 0 {
                self.note(at, None, Wrong::new("policy-limit-negative", &[("name", limit.get_ref())]));
            }
        }
        (compiled.len() == file.rules.len()).then(|| Policy::new(file, compiled))
    }

    fn toml<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(read) => Some(read),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.note(at, None, Wrong::new("policy-toml", &[("cause", error.message())]));
                None
            }
        }
    }

    fn kinds_of(&mut self, rule: &RuleText, at: &RulePlaces) -> Vec<&'r Kind> {
        let mut kinds = Vec::new();
        let known: Vec<&str> = self.kinds.iter().map(|kind| kind.id.as_str()).collect();
        for id in &rule.kinds {
            let near = nearest(id, &known).unwrap_or("none");
            match self.kinds.iter().copied().find(|kind| kind.id == *id) {
                None => {
                    let wrong = Wrong::new("policy-unknown-kind", &[("name", id), ("near", near)]);
                    self.note(at.kinds.span().start, Some(&rule.id), wrong);
                }
                // What a rule saw of a sealed file would be told to others.
                Some(kind) if kind.is_sealed() => {
                    let wrong = Wrong::new("policy-sealed-kind", &[("name", id)]);
                    self.note(at.kinds.span().start, Some(&rule.id), wrong);
                }
                Some(kind) => kinds.push(kind),
            }
        }
        if rule.kinds.is_empty() {
            self.note(at.kinds.span().start, Some(&rule.id), Wrong::new("policy-no-kind", &[]));
        }
        kinds
    }

    /// A rule decides alone only what is of no risk, with an outcome that every one of its kinds offers for that.
    fn decision(&mut self, rule: &RuleText, at: &RulePlaces, kinds: &[&Kind]) {
        let Some(wanted) = &rule.decide else { return };
        let start = at.decide.as_ref().map_or(at.id.span().start, |place| place.span().start);
        if rule.severity != Severity::Information || rule.refer || rule.tell_contract_monitor {
            self.note(start, Some(&rule.id), Wrong::new("policy-decide-risk", &[]));
        }
        for kind in kinds {
            if !kind.outcome(wanted).is_some_and(|outcome| may_be_automatic(kind, outcome)) {
                let wrong = Wrong::new("policy-decide-outcome", &[("name", wanted), ("kind", &kind.id)]);
                self.note(start, Some(&rule.id), wrong);
            }
        }
    }

    /// Sentences are there in both languages, and what they quote exists.
    fn sentences(
        &mut self,
        rule: &RuleText,
        at: &RulePlaces,
        limits: &BTreeMap<String, i64>,
        named: &mut BTreeSet<String>,
    ) {
        let texts = [("say", &rule.say, &at.say), ("article", &rule.article, &at.article), ("now", &rule.now, &at.now)];
        for (key, text, place) in texts {
            let missing = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
            for (language, text) in [("fr", Some(text.fr.as_str())), ("en", text.en.as_deref())] {
                if missing(text) {
                    let wrong = Wrong::new("policy-no-text", &[("name", &format!("{key}.{language}"))]);
                    self.note(place.span().start, Some(&rule.id), wrong);
                }
            }
        }
        let facts = facts::all();
        for quoted in quoted(&rule.say) {
            let known = match quoted.strip_prefix("limits.") {
                Some(limit) => {
                    named.insert(limit.to_owned());
                    limits.contains_key(limit)
                }
                None => facts.iter().any(|fact| fact.name == quoted && fact.name != "answers"),
            };
            if !known {
                let names: Vec<&str> = facts.iter().map(|fact| fact.name).collect();
                let near = nearest(&quoted, &names).unwrap_or("none");
                let wrong = Wrong::new("rule-unknown-fact", &[("name", &quoted), ("near", near)]);
                self.note(at.say.span().start, Some(&rule.id), wrong);
            }
        }
    }

    fn expression(
        &mut self,
        rule: &RuleText,
        at: &RulePlaces,
        kinds: &[&Kind],
        limits: &BTreeMap<String, i64>,
    ) -> Option<(Program, check::Used)> {
        // The expression begins after its quote, one or three.
        let place = at.when.span();
        let quotes = self
            .text
            .get(place.clone())
            .map_or(1, |written| if written.starts_with("'''") || written.starts_with("\"\"\"") { 3 } else { 1 });
        let begins = place.start + quotes;
        let program = match Program::compile(&rule.when) {
            Ok(program) => program,
            Err(errors) => {
                for error in errors.errors {
                    let column = usize::try_from(error.pos.1 - 1).unwrap_or(0);
                    let wrong = Wrong::new("rule-syntax", &[("cause", &error.msg)]);
                    self.note(begins + column, Some(&rule.id), wrong);
                }
                return None;
            }
        };
        let checked = check::expression(program.expression(), kinds, limits);
        for (part, wrong) in checked.wrong {
            let offset = program.source_info().offset_for(part).map_or(0, |(start, _)| start);
            self.note(begins + usize::try_from(offset).unwrap_or(0), Some(&rule.id), wrong);
        }
        Some((program, checked.used))
    }
}

/// The names that a sentence quotes, `{value_cents}`, in either language.
fn quoted(text: &Bilingual) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in [Some(text.fr.as_str()), text.en.as_deref()].into_iter().flatten() {
        let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
        names.extend(parts.map(|(name, _)| name.to_owned()));
    }
    names
}
