//! Rules look at the facts of a declaration and say, in a sentence with its article, what deserves attention.
//!
//! A rule file is `config/policy/<effective-date>.toml`. Conditions are in CEL over the named facts of [`Facts`];
//! evaluation is pure, and each finding keeps the inputs it saw.

use std::collections::BTreeMap;

use cel::{Context, Program, Value};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

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

/// The facts a rule may name. Each is also documented in `docs/` from these comments.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    /// Kind id.
    pub kind: String,
    /// Answers by field id: text, number, boolean or list; absent fields are `null`.
    pub answers: serde_json::Map<String, serde_json::Value>,
    /// Regime of the declarant: `public_servant`, `state_administrator`, `contract_state_administrator`, `on_loan`, `other`.
    pub regime: String,
    /// True for deputy ministers, assistant deputy ministers and directors general (policy, §5).
    pub may_prospect: bool,
    /// True for state administrators and directors general, who must document lobbying (policy, §5).
    pub lobbying_duty: bool,
    /// Text of the `purpose` fact, or empty.
    pub purpose: String,
    /// Text of the `category` fact, or empty.
    pub category: String,
    pub value_known: bool,
    /// Cents, 0 when unknown.
    pub value_cents: i64,
    /// Days of the filing delay exceeded, in the unit of the kind; 0 when on time.
    pub days_late: i64,
    /// A company is named.
    pub has_company: bool,
    /// Its NEQ is known.
    pub has_neq: bool,
    /// The declarant's supervisor, or another member of staff who could decide, is named.
    pub names_decider: bool,
    /// Value of all gifts declared by this person from this company in the 12 months before, this one included.
    pub donor_12_months_cents: i64,
    /// How many of them.
    pub donor_12_months_count: i64,
    /// « Sous contrat avec le Ministère? »: `yes`, `no` or `unknown`.
    pub under_contract: String,
}

/// A rule that fired, as stored and shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub rule: String,
    pub policy: NaiveDate,
    pub severity: Severity,
    pub refer: bool,
    pub tell_contract_monitor: bool,
    pub say: Bilingual,
    pub article: Bilingual,
    pub now: Bilingual,
    /// The facts named by the rule, as it saw them.
    pub inputs: BTreeMap<String, serde_json::Value>,
}

/// A policy in force, ready to evaluate.
pub struct Policy {
    pub file: PolicyFile,
    rules: Vec<(RuleText, Program)>,
}

impl Policy {
    /// Reads and compiles a policy file.
    ///
    /// # Errors
    /// Names the file, the rule and what is wrong with it.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let file: PolicyFile = toml::from_str(text).map_err(|e| format!("{name}: {e}"))?;
        let mut rules = Vec::new();
        let mut ids = std::collections::HashSet::new();
        for rule in &file.rules {
            if !ids.insert(rule.id.clone()) {
                return Err(format!("{name}: rule {:?} appears twice", rule.id));
            }
            let program = Program::compile(&rule.when).map_err(|e| format!("{name}: rule {:?}: {e}", rule.id))?;
            for variable in program.references().variables() {
                if !FACT_NAMES.contains(&variable) && variable != "limits" {
                    return Err(format!("{name}: rule {:?}: unknown fact {variable:?}", rule.id));
                }
            }
            for limit in named(&rule.when, "limits.") {
                if !file.limits.contains_key(limit) {
                    return Err(format!("{name}: rule {:?}: unknown limit {limit:?}", rule.id));
                }
            }
            rules.push((rule.clone(), program));
        }
        Ok(Self { file, rules })
    }

    /// The rules that fire on these facts, in the order of the file. A rule that cannot be evaluated (a division by
    /// zero, a list where a number was meant) is logged and skipped: it never blocks a declaration.
    pub fn evaluate(&self, facts: &Facts) -> Vec<Finding> {
        let mut context = Context::default();
        let values = match serde_json::to_value(facts) {
            Ok(serde_json::Value::Object(values)) => values,
            _ => return Vec::new(),
        };
        for (name, value) in &values {
            if let Err(error) = context.add_variable(name.as_str(), value) {
                tracing::error!(%error, name, "fact not usable in rules");
            }
        }
        if let Err(error) = context.add_variable("limits", &self.file.limits) {
            tracing::error!(%error, "limits not usable in rules");
        }
        self.rules
            .iter()
            .filter(|(rule, _)| rule.kinds.iter().any(|kind| *kind == facts.kind))
            .filter(|(rule, program)| match program.execute(&context) {
                Ok(Value::Bool(fires)) => fires,
                Ok(_) => false,
                Err(error) => {
                    tracing::warn!(rule = rule.id, %error, "rule not evaluated");
                    false
                }
            })
            .map(|(rule, _)| self.finding(rule, facts, &values))
            .collect()
    }

    fn finding(&self, rule: &RuleText, facts: &Facts, values: &serde_json::Map<String, serde_json::Value>) -> Finding {
        let mut inputs = BTreeMap::new();
        for name in FACT_NAMES.iter().filter(|name| **name != "answers" && mentions(&rule.when, name)) {
            inputs.insert((*name).to_owned(), values.get(*name).cloned().unwrap_or_default());
        }
        for name in named(&rule.when, "answers.") {
            inputs.insert(name.to_owned(), facts.answers.get(name).cloned().unwrap_or_default());
        }
        for name in named(&rule.when, "limits.") {
            inputs.insert(name.to_owned(), self.file.limits.get(name).copied().unwrap_or_default().into());
        }
        let fill = |text: &str, language| fill(text, values, &self.file.limits, language);
        let say = Bilingual {
            fr: fill(&rule.say.fr, crate::text::Language::Fr),
            en: rule.say.en.as_deref().map(|en| fill(en, crate::text::Language::En)),
        };
        Finding {
            rule: rule.id.clone(),
            policy: self.file.effective,
            severity: rule.severity,
            refer: rule.refer,
            tell_contract_monitor: rule.tell_contract_monitor,
            say,
            article: rule.article.clone(),
            now: rule.now.clone(),
            inputs,
        }
    }
}

/// Names of [`Facts`], checked against it by a test.
const FACT_NAMES: [&str; 16] = [
    "kind",
    "answers",
    "regime",
    "may_prospect",
    "lobbying_duty",
    "purpose",
    "category",
    "value_known",
    "value_cents",
    "days_late",
    "has_company",
    "has_neq",
    "names_decider",
    "donor_12_months_cents",
    "donor_12_months_count",
    "under_contract",
];

/// The names that follow a prefix in an expression: `answers.type` gives `type`.
fn named<'e>(expression: &'e str, prefix: &str) -> Vec<&'e str> {
    let mut found: Vec<&str> = expression
        .match_indices(prefix)
        .filter_map(|(at, _)| expression.get(at + prefix.len()..))
        .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or(""))
        .filter(|name| !name.is_empty())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn mentions(expression: &str, name: &str) -> bool {
    expression.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).any(|word| word == name)
}

/// Replaces `{value_cents}` and the like by the fact in words; amounts end in `_cents`.
fn fill(
    text: &str,
    values: &serde_json::Map<String, serde_json::Value>,
    limits: &BTreeMap<String, i64>,
    language: crate::text::Language,
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
            None => filled.push_str(values.get(name).and_then(serde_json::Value::as_str).unwrap_or("")),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            kind: "gift_declaration".into(),
            answers: serde_json::Map::from_iter([("type".to_owned(), "cash".into())]),
            regime: "public_servant".into(),
            may_prospect: false,
            lobbying_duty: false,
            purpose: String::new(),
            category: "cash".into(),
            value_known: true,
            value_cents: 7_500,
            days_late: 0,
            has_company: true,
            has_neq: true,
            names_decider: false,
            donor_12_months_cents: 7_500,
            donor_12_months_count: 1,
            under_contract: "unknown".into(),
        }
    }

    fn policy(when: &str) -> Result<Policy, String> {
        let text = format!(
            "effective = \"2024-10-10\"\ntitle = \"Essai\"\n[limits]\nhigh_cents = 5000\n[[rule]]\nid = \"r\"\n\
             kinds = [\"gift_declaration\"]\nwhen = '{when}'\nseverity = \"attention\"\n\
             say = \"Valeur de {{value_cents}}, repère de {{limits.high_cents}}\"\narticle = \"§5\"\nnow = \"Rien\"\n"
        );
        Policy::parse("test", &text)
    }

    #[test]
    fn a_rule_fires_with_its_sentence_and_the_inputs_it_saw() {
        let found = policy("value_cents > limits.high_cents").unwrap().evaluate(&facts());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].say.fr, "Valeur de 75,00\u{a0}$, repère de 50,00\u{a0}$");
        assert_eq!(found[0].inputs["value_cents"], 7_500);
        assert_eq!(found[0].inputs["high_cents"], 5_000);
    }

    #[test]
    fn a_rule_that_does_not_hold_stays_silent() {
        assert!(policy("value_cents > 10000").unwrap().evaluate(&facts()).is_empty());
    }

    #[test]
    fn an_unknown_fact_is_refused_by_name() {
        assert!(policy("valeur > 3").err().unwrap().contains("unknown fact \"valeur\""));
    }

    #[test]
    fn an_unknown_limit_is_refused_by_name() {
        assert!(policy("value_cents > limits.low_cents").err().unwrap().contains("unknown limit \"low_cents\""));
    }

    #[test]
    fn a_division_by_zero_is_contained() {
        assert!(policy("value_cents / 0 > 1").unwrap().evaluate(&facts()).is_empty());
    }

    #[test]
    fn every_fact_has_a_name_rules_may_use() {
        let serde_json::Value::Object(values) = serde_json::to_value(facts()).unwrap() else { panic!() };
        let mut names: Vec<&str> = values.keys().map(String::as_str).collect();
        let mut listed = FACT_NAMES.to_vec();
        names.sort_unstable();
        listed.sort_unstable();
        assert_eq!(names, listed);
    }
}
