//! What is told after the decision has its readers too: a rule that sees something, or an end that is not what was decided.

use std::collections::BTreeSet;
use std::fs;

use probite::declarations::workflow::State;
use serde_json::{Value, json};

use crate::support::{TestApp, answers, say};

fn kept() -> Value {
    json!({ "final_disposition": "kept", "final_on": "2026-11-23", "customary": true, "modest": true })
}

fn rules_of(app: &TestApp, reference: &str) -> BTreeSet<String> {
    app.row(reference).findings().unwrap().into_iter().map(|finding| finding.rule).collect()
}

fn post(app: &TestApp, before: usize) -> BTreeSet<String> {
    app.post_since(before).into_iter().collect()
}

fn told(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| format!("told-after → {name}")).collect()
}

#[actix_web::test]
async fn a_gift_kept_against_the_decision_goes_to_the_ethics_officer_who_decides_again() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "return").unwrap();
    let before = app.letters().len();
    let camille = app.as_("camille");
    let page = camille.open(&format!("/brouillons/{reference}")).await;
    let form = page.form("/final").with("final_disposition", "kept").with("final_on", "2026-11-23");
    let check = camille.send(&form.with("customary", "true").with("modest", "true")).await;
    let page = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(page.flash(), say("flash-completed-read"));
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::WithEthics, "ethics_officer"));
    assert_eq!(post(&app, before), told(&["aline", "marc", "rosalie"]));
    assert_eq!(app.journal(&reference), ["submitted", "decided", "completed", "rerouted"]);
    // What was decided stays: she cannot take the declaration back now.
    assert!(!page.has_form("/retrait") && app.withdraws("camille", &reference).is_err());
    assert!(page.says(&say("route-told-after")), "{}", page.text());

    let aline = app.as_("aline");
    let inbox = aline.open("/a-traiter?bureau=ethics_officer").await;
    let page = aline.open(&inbox.link("Camille Gagnon")).await;
    assert!(page.has_form("/decision") && page.says("Conservé ou utilisé"), "{}", page.text());
    app.decides("aline", &reference, "return").unwrap();
    assert_eq!((app.state(&reference), app.decisions(&reference)), (State::Decided, 2));
    let returned = json!({ "final_disposition": "returned", "customary": null, "modest": null });
    app.completes("camille", &reference, returned).unwrap();
    let row = app.row(&reference);
    assert_eq!((row.state(), row.disposition.as_deref()), (State::Closed, Some("returned")));
}

/// The twin: what the regulation leaves open to what cannot be kept closes the file.
#[actix_web::test]
async fn a_gift_handed_to_the_state_rather_than_returned_closes_its_file() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "return").unwrap();
    let before = app.letters().len();
    let told = json!({ "final_disposition": "handed_to_state", "final_on": "2026-11-23" });
    app.completes("camille", &reference, told).unwrap();
    assert_eq!((app.state(&reference), app.post_since(before)), (State::Closed, Vec::new()));
}

#[actix_web::test]
async fn what_was_to_go_to_the_state_is_still_expected_while_it_is_decided_again() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "hand_to_state").unwrap();
    app.completes("camille", &reference, kept()).unwrap();
    assert_eq!(app.state(&reference), State::WithEthics);
    assert!(!app.journal(&reference).contains(&"object_cancelled".to_owned()));
    // Decided the same again: one slip, under the number that it has.
    app.decides("aline", &reference, "hand_to_state").unwrap();
    let slips = app.journal(&reference).iter().filter(|event| *event == "object_expected").count();
    assert_eq!((app.state(&reference), slips), (State::Decided, 1));
}

#[actix_web::test]
async fn a_gift_kept_during_a_contract_process_is_seen_by_its_rule() {
    let app = TestApp::new().await;
    app.wants_digest("rita", false);
    let tender = json!({ "contract_process": "yes", "under_contract": "no" });
    let reference = app.files("camille", "gift_declaration", answers::changed(answers::gift(), tender));
    app.decides("aline", &reference, "accept").unwrap();
    let rule = "gift.kept_in_contract_process";
    assert!(!rules_of(&app, &reference).contains(rule));
    let before = app.letters().len();
    app.completes("camille", &reference, kept()).unwrap();
    assert!(rules_of(&app, &reference).contains(rule));
    assert_eq!((app.state(&reference), app.row(&reference).attention), (State::WithEthics, 3));
    let mut expected = told(&["aline", "marc"]);
    expected.insert("contract → rita".to_owned());
    assert_eq!(post(&app, before), expected);
    assert!(app.journal_text(&reference).contains(rule), "the journal keeps what the rule saw");
    // Accepted all the same, by whoever may, with a reason: what is known is not asked a third time.
    app.decides("aline", &reference, "accept").unwrap();
    app.completes("camille", &reference, json!({})).unwrap();
    assert_eq!(app.state(&reference), State::Closed);
}

/// The form asks for both tests; the rule is there for a ministry whose form lets the person say that one of them fails.
#[actix_web::test]
async fn a_gift_kept_without_both_tests_is_seen_by_its_rule() {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/config/kinds")).unwrap() {
        let file = file.unwrap();
        let mut text = fs::read_to_string(file.path()).unwrap();
        if file.file_name() == "gift_declaration.toml" {
            for field in ["customary", "modest"] {
                let from = text.find(&format!("id = \"{field}\"")).unwrap();
                let at = from + text[from..].find("required = true").unwrap();
                text.replace_range(at..at + "required = true".len(), "required = false");
            }
        }
        fs::write(folder.path().join(file.file_name()), text).unwrap();
    }
    let app = TestApp::with(|config| config.files.kinds = folder.path().display().to_string()).await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "accept").unwrap();
    let before = app.letters().len();
    app.completes("camille", &reference, json!({ "final_disposition": "kept", "final_on": "2026-11-23" })).unwrap();
    assert!(rules_of(&app, &reference).contains("gift.kept_without_tests"));
    assert_eq!(app.state(&reference), State::WithEthics);
    assert_eq!(post(&app, before), told(&["aline", "marc", "rosalie"]));
}

#[actix_web::test]
async fn a_benefit_received_at_an_event_is_read_before_its_file_closes() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &reference, "authorised").unwrap();
    app.clock.advance_business_days(16);
    let before = app.letters().len();
    let report = json!({
        "was_useful": "yes",
        "received_anything": true,
        "received_details": "Un sac",
        "report": "Deux ateliers sur les pangolins.",
    });
    app.completes("camille", &reference, report).unwrap();
    assert!(rules_of(&app, &reference).contains("event.benefit_received"));
    assert_eq!(post(&app, before), told(&["aline", "marc", "rosalie"]));
    assert_eq!(app.state(&reference), State::Monitoring);
    // What was told is found by its words.
    assert!(app.as_("aline").open("/registre?q=pangolins").await.says(&reference));
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert!(page.says("Le bilan mentionne un cadeau"), "{}", page.text());
    rosalie.send(&page.form("/fermeture").with("note", "La déclaration de cadeau suit.")).await;
    assert_eq!(app.state(&reference), State::Closed);
}

fn found<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    match value {
        Value::Object(map) => map.get(key).or_else(|| map.values().find_map(|inside| found(inside, key))),
        Value::Array(items) => items.iter().find_map(|inside| found(inside, key)),
        _ => None,
    }
}

#[actix_web::test]
async fn a_gift_declined_and_noted_is_counted_among_the_declined_ones() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "gift_declaration", answers::declined_gift());
    app.decides("rosalie", &reference, "refusal_noted").unwrap();
    let row = app.row(&reference);
    assert_eq!((row.state(), row.disposition.as_deref()), (State::Closed, Some("refused")));
    let aline = app.as_("aline");
    let period = "du=2026-11-01&au=2026-11-30";
    let report: Value =
        serde_json::from_str(&aline.open(&format!("/rapports/audit.json?{period}")).await.html).unwrap();
    let groups = found(&report, "by_disposition").expect("gifts are counted by what became of them");
    assert_eq!((groups[0]["id"].as_str(), groups[0]["count"].as_u64()), (Some("refused"), Some(1)), "{groups}");
    let rows = aline.open(&format!("/rapports/audit.csv?{period}")).await.html;
    assert!(rows.contains(";refused;Refusé;"), "{rows}");
    // The twin: a gift whose end is still to be told is not known.
    let pending = app.files_gift("theo");
    app.decides("rosalie", &pending, "accept").unwrap();
    assert_eq!(app.row(&pending).disposition, None);
}

/// The last of its conditions closes the file of an event, but not over the head of whoever is to read what was received.
#[actix_web::test]
async fn a_file_to_be_read_does_not_close_with_its_last_measure() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &reference, "authorised_with_conditions").unwrap();
    app.clock.advance_business_days(16);
    let report = json!({
        "was_useful": "yes", "received_anything": true, "received_details": "Un sac", "report": "Utile.",
    });
    app.completes("camille", &reference, report).unwrap();
    let measure = app.measures(&reference)[0].id;
    app.proves("camille", measure).unwrap();
    app.verifies("rosalie", measure).unwrap();
    assert_eq!(app.state(&reference), State::Monitoring);
}
