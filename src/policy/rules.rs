//! Rules look at the facts of a declaration and say, in a sentence with its article, what deserves attention.
//!
//! A rule file is `config/policy/<effective-date>.toml`. Conditions are in CEL over the named facts of [`Facts`];
//! evaluation is pure, and each finding keeps the inputs it saw.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use cel::{Context, Env, Program, Value};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::check::Used;
use super::facts::Facts;
use super::gifts::GiftLimits;
use crate::text::{Bilingual, Language};

/// One policy in force from a date, as written in its file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// The date it takes effect, also its name: `2024-10-10`.
    pub effective: NaiveDate,
    pub title: Bilingual,
    /// Amounts in cents, counts and days that rules compare with. All are settings with our proposal.
    pub limits: BTreeMap<String, i64>,
    #[serde(rename = "rule")]
    pub rules: Vec<RuleText>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// `gift.cash`, unique and stable.
    pub id: String,
    /// Kinds it applies to.
    pub kinds: Vec<String>,
    /// CEL over [`Facts`] (`value_cents > limits.gift_attention_cents`).
    pub when: String,
    pub severity: Severity,
    /// The file goes to the ethics officer, who decides or sends it back.
    #[serde(default)]
    pub refer: bool,
    /// The contract-rules officer (RARC) is told.
    #[serde(default)]
    pub tell_contract_monitor: bool,
    /// The outcome that the service may choose alone, when the setting allows it and nothing stands against it.
    #[serde(default)]
    pub decide: Option<String>,
    /// The sentence shown. `{name}` is replaced by the fact of that name (amounts and dates in words).
    pub say: Bilingual,
    /// Law, regulation or section of the policy.
    pub article: Bilingual,
    /// What to do now.
    pub now: Bilingual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Information,
    Attention,
    Stop,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Attention => "attention",
            Self::Stop => "stop",
        }
    }

    /// Order in columns: 1 information, 2 attention, 3 stop.
    pub fn rank(self) -> i16 {
        match self {
            Self::Information => 1,
            Self::Attention => 2,
            Self::Stop => 3,
        }
    }
}

/// A rule that fired, as stored and shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub rule: String,
    pub policy: NaiveDate,
    pub severity: Severity,
    pub refer: bool,
    pub tell_contract_monitor: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide: Option<String>,
    pub say: Bilingual,
    pub article: Bilingual,
    pub now: Bilingual,
    /// The facts named by the rule, as it saw them.
    pub inputs: BTreeMap<String, serde_json::Value>,
}

/// A policy in force, ready to evaluate.
pub struct Policy {
    pub file: PolicyFile,
    rules: Vec<Rule>,
}

/// A rule, ready to evaluate.
pub struct Rule {
    pub text: RuleText,
    /// The names that its expression uses.
    pub used: Used,
    program: Program,
}

impl Policy {
    /// A policy that [`super::file::read`] found nothing wrong with.
    pub(super) fn new(file: PolicyFile, compiled: Vec<(Program, Used)>) -> Self {
        let texts = file.rules.clone();
        let rules =
            texts.into_iter().zip(compiled).map(|(text, (program, used))| Rule { text, used, program }).collect();
        Self { file, rules }
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.text.id == id)
    }

    pub fn gift_limits(&self) -> GiftLimits {
        GiftLimits::of(&self.file.limits)
    }

    /// The rules that fire on these facts, in the order of the file. A rule that cannot be evaluated (a division by
    /// zero, a number out of range) is logged and skipped: it never blocks a declaration.
    pub fn evaluate(&self, facts: &Facts) -> Vec<Finding> {
        let seen = Seen::of(facts, &self.file.limits);
        let about = self.rules.iter().filter(|rule| rule.text.kinds.contains(&facts.kind));
        about.filter(|rule| rule.holds(&seen) == Some(true)).map(|rule| self.finding(rule, &seen)).collect()
    }

    /// The rules about a kind that name one of some facts: what a change of those facts can make fire.
    pub fn naming(&self, kind: &str, facts: &[&str]) -> Vec<&Rule> {
        let about = self.rules.iter().filter(|rule| rule.text.kinds.iter().any(|one| one == kind));
        about.filter(|rule| facts.iter().any(|fact| rule.names(fact))).collect()
    }

    /// The rules about a kind that look at one of some answers.
    pub fn asking(&self, kind: &str, answers: &[&str]) -> Vec<&Rule> {
        let about = self.rules.iter().filter(|rule| rule.text.kinds.iter().any(|one| one == kind));
        about.filter(|rule| answers.iter().any(|answer| rule.used.answers.contains(*answer))).collect()
    }

    /// The same as [`Self::evaluate`] for some of the rules.
    pub fn evaluate_among(&self, rules: &[&Rule], facts: &Facts) -> Vec<Finding> {
        let seen = Seen::of(facts, &self.file.limits);
        rules.iter().filter(|rule| rule.holds(&seen) == Some(true)).map(|rule| self.finding(rule, &seen)).collect()
    }

    /// Every rule about these facts, with whether it fires (nothing when it cannot be evaluated) and what it saw.
    pub fn explain(&self, facts: &Facts) -> Vec<(&Rule, Option<bool>, Finding)> {
        let seen = Seen::of(facts, &self.file.limits);
        let about = self.rules.iter().filter(|rule| rule.text.kinds.contains(&facts.kind));
        about.map(|rule| (rule, rule.holds(&seen), self.finding(rule, &seen))).collect()
    }

    /// The sentence of a rule before any declaration: limits are written in it, facts are left as « … ».
    pub fn sample(&self, rule: &Rule, language: Language) -> String {
        sample(&rule.text.say, &self.file.limits, language)
    }

    fn finding(&self, rule: &Rule, seen: &Seen<'_>) -> Finding {
        let (values, limits) = (&seen.values, &self.file.limits);
        let mut inputs = BTreeMap::new();
        for name in rule.used.facts.iter().filter(|name| *name != "answers") {
            inputs.insert(name.clone(), values.get(name).cloned().unwrap_or_default());
        }
        for name in &rule.used.answers {
            inputs.insert(name.clone(), seen.facts.answers.get(name).cloned().unwrap_or_default());
        }
        for name in &rule.used.limits {
            inputs.insert(name.clone(), limits.get(name).copied().unwrap_or_default().into());
        }
        let say = |language| fill(rule.text.say.get(language), values, limits, language);
        Finding {
            rule: rule.text.id.clone(),
            policy: self.file.effective,
            severity: rule.text.severity,
            refer: rule.text.refer,
            tell_contract_monitor: rule.text.tell_contract_monitor,
            decide: rule.text.decide.clone(),
            say: Bilingual { fr: say(Language::Fr), en: rule.text.say.en.as_ref().map(|_| say(Language::En)) },
            article: rule.text.article.clone(),
            now: rule.text.now.clone(),
            inputs,
        }
    }
}

impl Rule {
    /// Does its condition, or its sentence, name a fact?
    pub fn names(&self, fact: &str) -> bool {
        self.used.facts.contains(fact) || self.text.say.fr.contains(&format!("{{{fact}}}"))
    }

    /// Does it fire? Nothing when it cannot be evaluated.
    fn holds(&self, seen: &Seen<'_>) -> Option<bool> {
        match self.program.execute(&seen.context) {
            Ok(Value::Bool(fires)) => Some(fires),
            Ok(_) => None,
            Err(error) => {
                tracing::warn!(rule = self.text.id, %error, "rule not evaluated");
                None
            }
        }
    }
}

/// The standard functions of expressions: the same for every declaration, and dearer to make than a rule to evaluate.
static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// Facts and limits, as expressions name them.
struct Seen<'f> {
    facts: &'f Facts,
    values: serde_json::Map<String, serde_json::Value>,
    context: Context<'f, 'f>,
}

impl<'f> Seen<'f> {
    fn of(facts: &'f Facts, limits: &'f BTreeMap<String, i64>) -> Self {
        let mut context = Context::with_env(Arc::clone(&ENV));
        let values = match serde_json::to_value(facts) {
            Ok(serde_json::Value::Object(values)) => values,
            _ => serde_json::Map::new(),
        };
        for (name, value) in &values {
            if let Err(error) = context.add_variable(name.as_str(), value) {
                tracing::error!(%error, name, "fact not usable in rules");
            }
        }
        if let Err(error) = context.add_variable("limits", limits) {
            tracing::error!(%error, "limits not usable in rules");
        }
        Self { facts, values, context }
    }
}

/// A sentence before any declaration: limits are written in it, facts are left as « … ».
pub(super) fn sample(sentence: &Bilingual, limits: &BTreeMap<String, i64>, language: Language) -> String {
    let facts = super::facts::all().into_iter().map(|fact| (fact.name.to_owned(), "…".into())).collect();
    fill(sentence.get(language), &facts, limits, language)
}

/// Replaces `{value_cents}` and the like by the fact in words; amounts end in `_cents`.
fn fill(
    text: &str,
    values: &serde_json::Map<String, serde_json::Value>,
    limits: &BTreeMap<String, i64>,
    language: Language,
) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        let number = values
            .get(name)
            .and_then(serde_json::Value::as_i64)
            .or_else(|| limits.get(name.trim_start_matches("limits.")).copied());
        match number {
            Some(cents) if name.ends_with("_cents") => filled.push_str(&crate::formats::format_money(cents, language)),
            Some(number) => filled.push_str(&number.to_string()),
            None => {
                let text = values.get(name).and_then(serde_json::Value::as_str).unwrap_or("");
                match text.parse::<NaiveDate>().ok().filter(|_| name.ends_with("_on")) {
                    Some(day) => filled.push_str(&crate::formats::format_date_long(day, language)),
                    None => filled.push_str(text),
                }
            }
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}
