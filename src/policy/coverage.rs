//! The sentences of the policy and what answers each: fields that ask, rules that look, or what a person has to judge
//! (`config/coverage/<effective-date>.toml`). `docs/POLICY.md` is written from it, the facts and the rules.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Deserialize;

use super::facts;
use super::rules::Policy;
use crate::declarations::kind::Kind;
use crate::text::{Bilingual, Language};
use crate::texts::say;

/// The table that comes with the policy shipped.
pub const SHIPPED: &str = include_str!("../../config/coverage/2024-10-10.toml");

/// Every sentence that asks something.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// The effective date of the policy whose sentences these are.
    pub policy: chrono::NaiveDate,
    #[serde(rename = "sentence")]
    pub sentences: Vec<Sentence>,
}

/// One sentence, in our words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    pub id: String,
    pub section: String,
    pub says: Bilingual,
    /// `kind.field`.
    #[serde(default)]
    pub fields: Vec<String>,
    #[serde(default)]
    pub rules: Vec<String>,
    /// What no form can measure, and who judges it.
    pub judgement: Option<Bilingual>,
}

impl Coverage {
    /// # Errors
    /// What keeps the file from being read, with its line.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// What does not fit the rules and the kinds, a sentence each: names that do not exist, sentences that nothing
    /// answers, rules that answer no sentence.
    pub fn problems(&self, policy: &Policy, kinds: &[&Kind]) -> Vec<String> {
        let rules: BTreeSet<&str> = policy.rules().iter().map(|rule| rule.text.id.as_str()).collect();
        let is_field = |name: &str| {
            name.split_once('.')
                .is_some_and(|(kind, field)| kinds.iter().any(|known| known.id == kind && known.field(field).is_some()))
        };
        let mut problems = Vec::new();
        let (mut ids, mut used) = (BTreeSet::new(), BTreeSet::new());
        for sentence in &self.sentences {
            let id = &sentence.id;
            if !ids.insert(id) {
                problems.push(format!("{id}: written twice"));
            }
            problems.extend(sentence.fields.iter().filter(|n| !is_field(n)).map(|n| format!("{id}: no field {n}")));
            for rule in &sentence.rules {
                used.insert(rule.as_str());
                if !rules.contains(rule.as_str()) {
                    problems.push(format!("{id}: no rule {rule}"));
                }
            }
            if sentence.fields.is_empty() && sentence.rules.is_empty() && sentence.judgement.is_none() {
                problems.push(format!("{id}: nothing answers it"));
            }
        }
        problems.extend(rules.difference(&used).map(|rule| format!("rule {rule} answers no sentence")));
        problems
    }

    /// The whole reference, in Markdown: sentences, rules, facts.
    pub fn to_markdown(&self, policy: &Policy, language: Language) -> String {
        let mut text = String::new();
        let title = policy.file.title.get(language);
        let _ = writeln!(text, "# {title}\n\n{}\n", say(language, "policy-doc-lead", &[]));
        let _ = writeln!(text, "## {}\n", say(language, "policy-doc-sentences", &[]));
        let heads =
            ["policy-doc-section", "policy-doc-sentence", "policy-doc-answer"].map(|key| say(language, key, &[]));
        let _ = writeln!(text, "| {} |\n|---|---|---|", heads.join(" | "));
        for sentence in &self.sentences {
            let (section, says) = (&sentence.section, sentence.says.get(language));
            let _ = writeln!(text, "| {section} | {says} | {} |", answer(sentence, language));
        }
        let _ = writeln!(text, "\n## {}\n", say(language, "policy-doc-rules", &[]));
        for rule in policy.rules() {
            let severity = say(language, &format!("severity-{}", rule.text.severity.as_str()), &[]);
            let _ = writeln!(text, "### `{}`\n\n{severity} {}\n", rule.text.id, policy.sample(rule, language));
            let _ = writeln!(text, "{} · `{}`\n", rule.text.article.get(language), rule.text.when);
        }
        let _ = writeln!(text, "## {}\n", say(language, "policy-doc-facts", &[]));
        for fact in facts::all() {
            let _ = writeln!(text, "- `{}`: {}", fact.name, say(language, &fact.text_key(), &[]));
        }
        text
    }
}

fn answer(sentence: &Sentence, language: Language) -> String {
    let listed = |key: &str, names: &[String]| {
        (!names.is_empty()).then(|| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("{} {}", say(language, key, &[]), names.join(", "))
        })
    };
    let judgement = sentence
        .judgement
        .as_ref()
        .map(|text| format!("{} {}", say(language, "policy-doc-judgement", &[]), text.get(language)));
    [listed("policy-doc-by-rules", &sentence.rules), listed("policy-doc-by-fields", &sentence.fields), judgement]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("<br>")
}
