//! Golden findings: situations that people wrote, each with the section that speaks and every rule that fires.

use std::collections::BTreeSet;

use probite::companies::lobby::{self, Typed};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::meeting::knows_the_outside;
use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    section: String,
    says: String,
    base: String,
    #[serde(default = "camille")]
    by: String,
    /// `nordik`, `boreal`, `none` (without an NEQ); otherwise one of its own.
    company: Option<String>,
    #[serde(default)]
    change: Map<String, Value>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    before: Vec<Before>,
    look: Option<Look>,
    finds: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    by: String,
    base: String,
    change: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Look {
    on: String,
    result: String,
}

fn camille() -> String {
    "camille".into()
}

fn cases() -> Vec<Case> {
    let text = include_str!("../data/findings.toml");
    toml::from_str::<Cases>(text).unwrap().case
}

/// The kind and the ordinary answers that a case starts from.
fn base(name: &str) -> (&'static str, Value) {
    match name {
        "relation" => ("business_relation", answers::relation()),
        "gift" => ("gift_declaration", answers::gift()),
        "event" => ("event_request", answers::event()),
        "interest" => ("interest_declaration", answers::interest()),
        other => panic!("no base {other}"),
    }
}

fn files(app: &TestApp, by: &str, from: &str, company: &Value, change: Map<String, Value>) -> String {
    let (kind, given) = base(from);
    let given = answers::changed(given, json!({ "company": company }));
    app.files(by, kind, answers::changed(given, Value::Object(change)))
}

/// Somebody looks a company up in the registry of lobbyists, and writes down what was there.
fn looks_up(app: &TestApp, company: &Value, look: &Look) {
    let (name, neq) = (company["name"].as_str().unwrap().to_owned(), company["neq"].as_str().unwrap().to_owned());
    let company = app.write(move |tx| probite::companies::store::add(tx, None, &name, Some(&neq), None)).id;
    let mandate = if look.result == "registered" { "M-42" } else { "" };
    let (on, result) = (look.on.clone(), look.result.clone());
    let typed = Typed { on, result, mandate: mandate.into(), note: String::new() };
    app.does("aline", move |tx, actor| lobby::record(tx, actor, company, &typed)).unwrap();
}

#[actix_web::test]
async fn every_written_case_finds_what_its_section_says_and_nothing_else() {
    let app = TestApp::new().await;
    knows_the_outside(&app);
    let cases = cases();
    let mut wrong = Vec::new();
    for (case, number) in cases.iter().zip(1_180_000_001_u64..) {
        let company = match case.company.as_deref() {
            Some("nordik") => json!({ "name": NORDIK.0, "neq": NORDIK.1 }),
            Some("boreal") => json!({ "name": BOREAL.0, "neq": BOREAL.1 }),
            Some("none") => json!({ "name": format!("Firme d’ailleurs {number}"), "no_neq_reason": "À l’étranger" }),
            Some(other) => panic!("no company {other}"),
            None => json!({ "name": format!("Firme fictive {number}"), "neq": number.to_string() }),
        };
        if let Some(look) = &case.look {
            looks_up(&app, &company, look);
        }
        for earlier in &case.before {
            files(&app, &earlier.by, &earlier.base, &company, earlier.change.clone());
        }
        let mut change = case.change.clone();
        change.extend(case.without.iter().map(|field| (field.clone(), Value::Null)));
        let slug = files(&app, &case.by, &case.base, &company, change);
        let found: BTreeSet<String> =
            app.row(&slug).findings().unwrap().into_iter().map(|finding| finding.rule).collect();
        if found != case.finds {
            wrong.push(format!("{} – {}: {found:?}, not {:?}", case.section, case.says, case.finds));
        }
    }
    println!("golden findings: {} cases", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 60, "{}", cases.len());
}

#[test]
fn every_rule_that_a_form_can_make_fire_has_a_case() {
    let policy: toml::Value = toml::from_str(include_str!("../../config/policy/2024-10-10.toml")).unwrap();
    let tried: BTreeSet<String> = cases().into_iter().flat_map(|case| case.finds).collect();
    let untried: BTreeSet<&str> = policy["rule"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .filter(|rule| !tried.contains(*rule))
        .collect();
    // What is told after the decision (`declarations/afterwards.rs`), what the form already asks of those concerned, a group and a register, which have
    // stories of their own.
    let elsewhere = [
        "common.group_tender_open",
        "common.group_under_contract",
        "common.neq_unknown",
        "common.struck_off",
        "event.benefit_received",
        "gift.kept_in_contract_process",
        "gift.kept_without_tests",
        "interest.group_under_contract",
        "interest.renews_directed",
        "interest.renews_pending",
        "relation.prospecting_lobbying",
    ];
    assert_eq!(untried, BTreeSet::from(elsewhere));
}
