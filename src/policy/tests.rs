use serde_json::{Map, Value, json};

use super::coverage::{self, Coverage};
use super::facts::{self, Facts};
use super::file::{self, Problems};
use super::rules::{Finding, Policy, Severity};
use crate::declarations::kind::Kind;
use crate::text::Language;
use crate::texts::say;

fn kinds() -> Vec<Kind> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/config/kinds");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    files.map(|text| toml::from_str(&text).unwrap()).collect()
}

fn read(text: &str) -> Result<Policy, Problems> {
    let kinds = kinds();
    file::read("essai.toml", text, &kinds.iter().collect::<Vec<_>>())
}

/// A file of one rule about gifts, with the expression on line 9 from column 9.
fn of(when: &str) -> String {
    format!(
        "effective = \"2024-10-10\"\ntitle = \"Essai\"\n[limits]\ngift_attention_cents = 5000\nnear_limit_percent = 90\n\
         [[rule]]\nid = \"r\"\nkinds = [\"gift_declaration\"]\nwhen = '{when}'\nseverity = \"attention\"\n\
         say = {{ fr = \"Valeur de {{value_cents}}, repère de {{limits.gift_attention_cents}}\", en = \"Value\" }}\n\
         article = {{ fr = \"§5\", en = \"s. 5\" }}\nnow = {{ fr = \"Rien\", en = \"Nothing\" }}\n"
    )
}

/// Line, column and sentence of each problem.
fn problems(text: &str) -> Vec<(usize, usize, String)> {
    let found = read(text).err().map_or_else(Vec::new, |problems| problems.list);
    found.iter().map(|problem| (problem.line, problem.column, problem.sentence(Language::En))).collect()
}

/// What is wrong with an expression, and the column where it is, from the first character of the expression.
fn wrong(when: &str) -> Vec<(usize, String)> {
    problems(&of(when))
        .into_iter()
        .map(|(line, column, sentence)| {
            assert_eq!(line, 9, "{sentence}");
            (column - 9, sentence)
        })
        .collect()
}

fn answered(answers: Value) -> Facts {
    let Value::Object(given) = answers else { panic!() };
    let kinds = kinds();
    let gift = kinds.iter().find(|kind| kind.id == "gift_declaration").unwrap();
    let mut all: Map<String, Value> = gift.fields().map(|field| (field.id.clone(), Value::Null)).collect();
    all.extend(given);
    Facts { kind: gift.id.clone(), answers: all, value_known: true, value_cents: 7_500, ..Facts::default() }
}

fn fires(when: &str, facts: &Facts) -> bool {
    !read(&of(when)).unwrap_or_else(|problems| panic!("{}", problems.to_text(Language::Fr))).evaluate(facts).is_empty()
}

#[test]
fn a_rule_fires_with_its_sentence_and_the_inputs_it_saw() {
    let policy = read(&of("value_cents > limits.gift_attention_cents")).unwrap();
    let found = policy.evaluate(&answered(json!({})));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].say.fr, "Valeur de 75,00\u{a0}$, repère de 50,00\u{a0}$");
    assert_eq!(
        (&found[0].inputs["value_cents"], &found[0].inputs["gift_attention_cents"]),
        (&json!(7_500), &json!(5_000))
    );
    assert_eq!(found[0].severity, Severity::Attention);
}

#[test]
fn a_rule_that_does_not_hold_stays_silent() {
    assert!(!fires("value_cents > 10000", &answered(json!({}))));
}

#[test]
fn a_rule_about_another_kind_stays_silent() {
    let facts = Facts { kind: "event_request".into(), ..answered(json!({})) };
    assert!(!fires("value_known", &facts));
}

#[test]
fn names_that_do_not_exist_are_told_where_they_are_with_the_name_meant() {
    assert_eq!(wrong("valeur > 3"), [(0, "No fact is called “valeur”.".into())]);
    assert_eq!(
        wrong("value_known && value_cent > 3"),
        [(15, "No fact is called “value_cent”. Is it “value_cents”?".into())]
    );
    let (column, sentence) = wrong("value_cents > limits.gift_atention_cents").remove(0);
    assert!(column >= 14 && sentence.ends_with("Is it “gift_attention_cents”?"), "{column} {sentence}");
    assert!(wrong("answers.tipe == \"cash\"")[0].1.ends_with("“tipe”. Is it “type”?"));
    assert_eq!(wrong("answers.type == \"cach\"")[0].1, "“cach” is not one of the possible choices. Is it “cash”?");
    assert!(wrong("matches(category, \"x\")")[0].1.contains("“matches”"));
}

#[test]
fn values_of_another_nature_are_told_before_any_declaration_is_looked_at() {
    for (when, sentence) in [
        ("value_cents", "true or false"),
        ("value_cents && value_known", "true or false"),
        ("category > 3", "must be a number"),
        ("value_cents == \"3\"", "never of the same nature"),
        ("\"cash\" in category", "must be a list"),
        ("size(value_cents) > 2", "must be a list"),
        ("value_cents > 2.5", "whole numbers"),
        ("value_cents / 0 > 1", "Division by zero"),
        ("answers.attachments.exists(a, answers.attachments.exists(b, a == b))", "may be missing"),
        ("value_cents > 3 &&", "cannot be read"),
    ] {
        assert!(wrong(when).iter().any(|(_, told)| told.contains(sentence)), "{when}: {:?}", wrong(when));
    }
}

#[test]
fn an_answer_that_may_be_missing_is_compared_first() {
    let missing = "may be missing";
    assert!(wrong("answers.customary")[0].1.contains(missing));
    assert!(wrong("answers.value_cents > 3")[0].1.contains(missing));
    assert!(wrong("answers.attachments != null || size(answers.attachments) > 2")[0].1.contains(missing));
    for right in [
        "answers.customary == true",
        "answers.value_cents != null && answers.value_cents > 3",
        "answers.value_cents == null || answers.value_cents > 3",
        "!(answers.attachments == null) && size(answers.attachments) > 2",
        "answers.attachments != null && answers.attachments.exists(one, one == \"x\")",
    ] {
        assert_eq!(wrong(right), [], "{right}");
    }
}

#[test]
fn a_threshold_that_cannot_be_reached_or_that_nothing_escapes_is_told() {
    for when in
        ["value_cents < 0", "days_late < 0", "limits.gift_attention_cents > 6000", "donor_12_months_count == -1"]
    {
        assert!(wrong(when)[0].1.contains("never true"), "{when}");
    }
    for when in ["value_cents >= 0", "limits.gift_attention_cents > 1"] {
        assert!(wrong(when)[0].1.contains("always true"), "{when}");
    }
    assert_eq!(wrong("value_cents - limits.gift_attention_cents < 0"), [], "a difference may be under nothing");
}

#[test]
fn a_file_is_told_all_that_is_wrong_with_it_at_once() {
    let text = of("value_known")
        .replace("near_limit_percent = 90\n", "near_limit_percent = -1\nforgotten = 3\n")
        .replace("en = \"s. 5\"", "en = \" \"")
        .replace("{value_cents}", "{value_cent}");
    let told: Vec<String> =
        problems(&text).into_iter().map(|(line, column, text)| format!("{line}:{column} {text}")).collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    assert_eq!(told[0], "5:1 The limit “near_limit_percent” is negative.");
    assert_eq!(told[1], "6:1 No rule uses the limit “forgotten”.");
    assert!(told[2].starts_with("12:7 No fact is called “value_cent”."), "{}", told[2]);
    assert_eq!(told[3], "13:11 The text “article.en” is missing.");
    let twice = format!("{}[[rule]]{}", of("value_known"), of("value_known").split_once("[[rule]]").unwrap().1);
    assert_eq!(problems(&twice)[0].2, "Another rule already has this name.");
    for (from, to, sentence) in [
        ("[\"gift_declaration\"]", "[\"gift_declaraton\"]", "Is it “gift_declaration”?"),
        ("[\"gift_declaration\"]", "[\"concern_report\"]", "confidential"),
        ("[\"gift_declaration\"]", "[]", "which kinds"),
        ("severity = \"attention\"", "severity = \"grave\"", "cannot be read"),
        ("severity", "severite", "cannot be read"),
    ] {
        let told = problems(&of("value_known").replace(from, to));
        assert!(told.iter().any(|(.., text)| text.contains(sentence)), "{to}: {told:?}");
    }
}

#[test]
fn an_expression_costs_no_more_than_it_may() {
    let long = vec!["value_known"; 200].join(" && ");
    assert!(wrong(&long).iter().any(|(_, told)| told.contains("more than 300 parts")), "{:?}", wrong(&long));
    assert_eq!(wrong(&vec!["value_known"; 100].join(" && ")), [], "the twin");
    let deep = format!("{}value_known{}", "(".repeat(4_000), ")".repeat(4_000));
    assert!(!wrong(&deep).is_empty());
}

#[test]
fn what_cannot_be_reckoned_is_contained() {
    let facts = answered(json!({}));
    assert!(!fires("value_cents / donor_12_months_count > 1", &facts), "by zero on the day");
    let huge = Facts { value_cents: i64::MAX, ..facts };
    assert!(!fires("value_cents * value_cents > 1", &huge));
}

#[test]
fn every_fact_has_a_name_rules_may_use_and_says_what_it_is() {
    let Value::Object(values) = serde_json::to_value(Facts::default()).unwrap() else { panic!() };
    let mut names: Vec<&str> = values.keys().map(String::as_str).collect();
    let all = facts::all();
    let mut listed: Vec<&str> = all.iter().map(|fact| fact.name).collect();
    names.sort_unstable();
    listed.sort_unstable();
    assert_eq!(names, listed);
    for fact in &all {
        for language in [Language::Fr, Language::En] {
            assert!(say(language, &fact.text_key(), &[]).len() > 10, "{}", fact.name);
        }
    }
}

/// Expressions that nobody would write never stop the service.
mod any_expression {
    use proptest::prelude::*;

    use super::{answered, file, json, kinds, of};

    const WORDS: [&str; 28] = [
        "value_cents",
        "value_known",
        "answers",
        "answers.type",
        "answers.attachments",
        "limits.gift_attention_cents",
        "limits.x",
        "kind",
        "purpose",
        "\"cash\"",
        "'x'",
        "3",
        "-1",
        "0",
        "9223372036854775807",
        "null",
        "true",
        "(",
        ")",
        "&&",
        "||",
        "!",
        "==",
        "<",
        "/",
        "in",
        ".exists(a, a == 1)",
        "size(",
    ];

    proptest! {
        #[test]
        fn is_read_or_refused_and_never_panics(drawn in prop::collection::vec(0..WORDS.len(), 1..14)) {
            let kinds = kinds();
            let when: Vec<&str> = drawn.into_iter().map(|word| WORDS[word]).collect();
            let when = when.join(" ").replace('\'', "");
            if let Ok(policy) = file::read("essai", &of(&when), &kinds.iter().collect::<Vec<_>>()) {
                policy.evaluate(&answered(json!({ "type": "cash" })));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
            let kinds = kinds();
            let _ = file::read("essai", &text, &kinds.iter().collect::<Vec<_>>());
        }
    }
}

#[test]
fn the_policy_as_shipped_is_read() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/policy/2024-10-10.toml")).unwrap();
    let policy = read(&text).unwrap_or_else(|problems| panic!("{}", problems.to_text(Language::Fr)));
    assert!(policy.rules().len() > 50);
    let _: Vec<Finding> = policy.evaluate(&answered(json!({ "type": "cash" })));
}

fn shipped() -> Policy {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/policy/2024-10-10.toml")).unwrap();
    read(&text).unwrap_or_else(|problems| panic!("{}", problems.to_text(Language::Fr)))
}

#[test]
fn every_sentence_of_the_policy_is_answered_and_the_reference_says_how() {
    let (policy, kinds) = (shipped(), kinds());
    let kinds: Vec<&Kind> = kinds.iter().collect();
    let coverage = Coverage::parse(coverage::SHIPPED).unwrap();
    assert_eq!(coverage.problems(&policy, &kinds), Vec::<String>::new());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/POLICY.md");
    let written = coverage.to_markdown(&policy, Language::Fr);
    if std::env::var_os("PROBITE_WRITE_DOCS").is_some() {
        std::fs::write(path, &written).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there == written, "docs/POLICY.md is not what `probite policy table` writes: write it again");
}

#[test]
fn a_sentence_that_nothing_answers_or_a_rule_that_answers_nothing_is_told() {
    let (policy, kinds) = (shipped(), kinds());
    let kinds: Vec<&Kind> = kinds.iter().collect();
    let text = coverage::SHIPPED
        .replace("\"relation.needs_single_company\"", "\"relation.needs_single_compagny\"")
        .replace("\"business_relation.needs_reason\"", "\"business_relation.needs_motive\"");
    let problems = Coverage::parse(&text).unwrap().problems(&policy, &kinds);
    assert_eq!(
        problems,
        [
            "needs-when: no field business_relation.needs_motive",
            "needs-open: no rule relation.needs_single_compagny",
            "rule relation.needs_single_company answers no sentence",
        ]
    );
    let empty = "policy = \"2024-10-10\"\n[[sentence]]\nid = \"x\"\nsection = \"5\"\nsays = \"…\"\n";
    assert!(Coverage::parse(empty).unwrap().problems(&policy, &kinds)[0].contains("nothing answers it"));
}

#[test]
fn a_rule_decides_alone_only_what_is_of_no_risk() {
    let with = |text: &str, decide: &str| {
        text.replace("severity = \"attention\"", &format!("severity = \"information\"\ndecide = \"{decide}\""))
    };
    assert_eq!(problems(&with(&of("value_known"), "refusal_noted")), []);
    let told = |text: &str| problems(text).into_iter().map(|(line, _, sentence)| (line, sentence)).collect::<Vec<_>>();
    for outcome in ["return", "no_such_outcome"] {
        assert!(told(&with(&of("value_known"), outcome))[0].1.contains(outcome), "{outcome}");
    }
    let risky = with(&of("value_known"), "refusal_noted").replace("information\"", "attention\"");
    assert!(told(&risky)[0].1.contains("for information"));
    let conflict = with(&of("value_known"), "no_conflict").replace("gift_declaration", "interest_declaration");
    assert!(told(&conflict).iter().any(|(_, sentence)| sentence.contains("interest_declaration")), "{conflict}");
}

#[test]
fn the_facts_that_other_declarations_give_are_those_of_gifts_and_of_interests() {
    let names: std::collections::BTreeSet<&str> = super::facts::all().iter().map(|fact| fact.name).collect();
    let gifts = serde_json::to_value(super::facts::GiftFacts::default()).unwrap();
    let mut expected: std::collections::BTreeSet<&str> =
        gifts.as_object().unwrap().keys().map(String::as_str).collect();
    expected.extend(["declared_interest", "open_interests", "renews"]);
    assert_eq!(std::collections::BTreeSet::from(super::gather::AROUND), expected);
    assert!(expected.is_subset(&names));
}
