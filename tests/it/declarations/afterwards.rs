//! What is told after the decision has its readers too: a rule that sees something, or an end that is not what was decided.

use std::collections::BTreeSet;
use std::fs;

use probite::access::Role;
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
    // What was chosen is told from and to; what was written is read in the file.
    for (name, whose) in [("rosalie", "votre"), ("aline", "la")] {
        let letter = app.letters_to(name).pop().unwrap();
        assert_eq!(letter.subject, format!("Modifiée depuis {whose} décision – {reference}"), "{name}");
        let said = letter.text.replace('\u{a0}', " ");
        assert!(said.contains("un autre avantage? » : Oui"), "{said}");
        assert!(said.contains("« Bilan en quelques phrases » : à lire dans le dossier"), "{said}");
        assert!(said.contains("Revoir :"), "{said}");
        for written in ["Un sac", "pangolins"] {
            assert!(!letter.text.contains(written) && !letter.html.contains(written), "{name}: {said}");
        }
    }
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

/// An event after which something was received: whoever decided, and the ethics office, have yet to read it.
fn benefit_told(app: &TestApp, outcome: &str) -> String {
    let [reference] = benefits_told(app, outcome);
    reference
}

fn benefits_told<const N: usize>(app: &TestApp, outcome: &str) -> [String; N] {
    let filed = std::array::from_fn(|_| app.files("camille", "event_request", answers::event()));
    for reference in &filed {
        app.decides("rosalie", reference, outcome).unwrap();
    }
    app.clock.advance_business_days(16);
    let report = json!({
        "was_useful": "yes", "received_anything": true, "received_details": "Un sac", "report": "Utile.",
    });
    for reference in &filed {
        app.completes("camille", reference, report.clone()).unwrap();
    }
    filed
}

#[actix_web::test]
async fn what_is_to_be_read_waits_in_a_list_until_each_reader_says_that_they_did() {
    let app = TestApp::new().await;
    let reference = benefit_told(&app, "authorised");
    let (rosalie, aline, marc) = (app.as_("rosalie"), app.as_("aline"), app.as_("marc"));
    assert!(rosalie.open("/").await.says(&say("home-to-read-title")));
    let inbox = rosalie.open("/a-traiter").await;
    let list = rosalie.open(&inbox.link("À relire (1)")).await;
    assert!(list.says(&reference), "{}", list.text());
    let page = rosalie.open(&list.link("Camille Gagnon")).await;
    assert!(page.says(&say("where-to-read")) && page.says(&say("acknowledge-text")), "{}", page.text());
    let form = page.form("/lecture");
    let page = rosalie.send(&form).await;
    assert_eq!((page.flash(), app.state(&reference)), (say("flash-acknowledged"), State::Monitoring));
    assert!(!page.has_form("/lecture") && page.timeline().contains(&say("event-acknowledged")), "{}", page.text());
    // Out of her list, and not of that of the office.
    assert!(rosalie.open("/a-traiter?vue=a-relire").await.says(&say("inbox-empty")));
    assert!(!rosalie.open("/a-traiter").await.says("À relire"));
    assert_eq!(rosalie.send(&form).await.status, 409, "a double click");
    let list = aline.open("/a-traiter?vue=a-relire").await;
    assert!(list.says(&reference) && list.says("À relire (1)"), "{}", list.text());
    // The last one who must read it closes the file; the office reads once.
    let page = marc.open(&format!("/d/{reference}")).await;
    marc.send(&page.form("/lecture")).await;
    assert_eq!(app.state(&reference), State::Closed);
    assert!(!aline.open("/a-traiter?vue=a-relire&bureau=ethics_officer").await.says(&reference));
    assert_eq!(
        app.journal(&reference),
        ["submitted", "decided", "completed", "acknowledged", "acknowledged", "closed"]
    );
    let row = app.row(&reference);
    assert!(row.closed_at.is_some() && row.held_since.is_none() && !row.waits_for_a_reader());
}

/// The twin: nobody else reads in the place of those who must.
#[actix_web::test]
async fn nobody_else_says_that_a_follow_up_is_read() {
    let app = TestApp::new().await;
    let reference = benefit_told(&app, "authorised");
    for (name, status) in [("camille", 409), ("theo", 404), ("denis", 404), ("serge", 404)] {
        let page = app.as_(name).post_only(&format!("/d/{reference}/lecture"), &[]).await;
        assert_eq!(page.status, status, "{name}: {}", page.text());
        assert!(!app.as_(name).open("/a-traiter?vue=a-relire").await.says(&reference), "{name}");
    }
    assert!(app.row(&reference).waits_for_a_reader());
    // Closed with a note, it waits for nobody.
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    rosalie.send(&page.form("/fermeture").with("note", "Vu.")).await;
    assert!(!app.row(&reference).waits_for_a_reader());
    assert!(app.acknowledges("aline", &reference).is_err());
}

#[actix_web::test]
async fn a_file_that_everybody_read_waits_for_its_measures_all_the_same() {
    let app = TestApp::new().await;
    let reference = benefit_told(&app, "authorised_with_conditions");
    app.acknowledges("aline", &reference).unwrap();
    app.acknowledges("rosalie", &reference).unwrap();
    assert_eq!(app.state(&reference), State::Monitoring);
    let measure = app.measures(&reference)[0].id;
    app.proves("camille", measure).unwrap();
    app.verifies("rosalie", measure).unwrap();
    assert_eq!(app.state(&reference), State::Closed);
}

#[actix_web::test]
async fn a_file_does_not_wait_for_a_reader_who_left() {
    let app = TestApp::new().await;
    let [read, unread] = benefits_told(&app, "authorised");
    app.acknowledges("aline", &read).unwrap();
    app.leaves("rosalie", app.clock.today());
    app.clock.advance_business_days(1);
    app.follows_the_calendar();
    assert_eq!(app.state(&read), State::Closed, "the office had read it");
    assert_eq!((app.state(&unread), app.row(&unread).reader_id), (State::Monitoring, None));
    assert!(app.as_("aline").open(&format!("/d/{unread}")).await.says(&say("rerouted-reader-left")));
    app.acknowledges("aline", &unread).unwrap();
    assert_eq!(app.state(&unread), State::Closed);
}

/// Nobody held the office when it was told, then its one reader left: it waits for whoever comes, and closes by nobody's absence.
#[actix_web::test]
async fn what_no_office_could_read_waits_for_whoever_comes_to_it() {
    let app = TestApp::new().await;
    let today = app.clock.today();
    for id in [app.id("aline"), app.id("marc")] {
        app.write(move |tx| probite::people::roles::end(tx, None, id, Role::EthicsOfficer, today));
    }
    let unread = benefit_told(&app, "authorised");
    assert_eq!(app.row(&unread).reader_office, None, "nobody is there to read");
    app.leaves("rosalie", app.clock.today());
    app.clock.advance_business_days(1);
    app.follows_the_calendar();
    let row = app.row(&unread);
    assert_eq!(
        (row.state(), row.reader_id, row.reader_office.as_deref()),
        (State::Monitoring, None, Some("ethics_officer"))
    );
}

/// Whoever takes away what a file waits for, behind the back of the service, is found.
#[actix_web::test]
async fn a_reader_taken_away_behind_the_back_of_the_service_is_seen() {
    use diesel::prelude::*;
    use probite::db::schema::declarations;
    let app = TestApp::new().await;
    let reference = benefit_told(&app, "authorised");
    let compared = || probite::journal::agreement::compare(&app.app, &[], &|_| {}).unwrap().differences;
    assert_eq!(compared(), []);
    app.is_altered();
    let slug = reference.clone();
    app.write(move |tx| {
        diesel::update(declarations::table.filter(declarations::reference.eq(slug)))
            .set(declarations::reader_office.eq(None::<String>))
            .execute(tx.conn)?;
        Ok(())
    });
    assert_eq!(compared().len(), 1);
}

/// E8 (ux.md §4.5): whoever is asked for something says that they read it; nothing waits for it.
#[actix_web::test]
async fn whoever_is_given_conditions_says_that_they_read_them() {
    let app = TestApp::new().await;
    let asked = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &asked, "authorised_with_conditions").unwrap();
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{asked}")).await;
    assert!(page.says(&say("acknowledge-mine-text")), "{}", page.text());
    let form = page.form("/lecture");
    let page = camille.send(&form).await;
    assert_eq!((page.flash(), app.state(&asked)), (say("flash-acknowledged"), State::Decided));
    assert!(!page.has_form("/lecture"));
    assert_eq!(camille.send(&form).await.status, 409, "a double click");
    assert_eq!(app.journal(&asked), ["submitted", "decided", "measure_ordered", "acknowledged"]);
    let seen = app.as_("rosalie").open(&format!("/d/{asked}")).await;
    assert!(seen.timeline().contains(&say("event-acknowledged")), "{}", seen.text());
    assert!(!seen.has_form("/lecture"));
    // The twin: nothing is asked, nothing is to be confirmed.
    let plain = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &plain, "authorised").unwrap();
    assert!(!camille.open(&format!("/d/{plain}")).await.has_form("/lecture"));
}
