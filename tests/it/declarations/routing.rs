//! Who gets a file, and who must never know that it exists.

use probite::declarations::lists::InboxView;
use probite::declarations::workflow::State;
use probite::error::Error;
use serde_json::json;

use crate::support::{TestApp, answers, say};

const KINDS: [&str; 4] = ["business_relation", "gift_declaration", "event_request", "interest_declaration"];

/// Every page on which a file could show, as somebody sees it.
async fn everything_seen_by(app: &TestApp, name: &str, reference: &str) -> String {
    let browser = app.as_(name);
    let mut seen = String::new();
    let mut pages = vec!["/".to_owned(), "/mes-declarations".to_owned()];
    for view in InboxView::ALL.map(InboxView::as_str) {
        for office in ["", "moi", "ethics_officer", "secretary_general", "deputy_minister", "contract_monitor"] {
            pages.push(format!("/a-traiter?vue={view}&bureau={office}"));
        }
    }
    for path in [
        "/registre?q=Nordik".to_owned(),
        "/registre".to_owned(),
        "/registre/export.csv".to_owned(),
        format!("/d/{reference}"),
        format!("/d/{reference}/recue"),
        format!("/brouillons/{reference}"),
        format!("/brouillons/{reference}/verifier"),
    ] {
        pages.push(path);
    }
    for path in pages {
        let page = browser.open(&path).await;
        // Its own address comes back in the language link; that tells nothing.
        seen.push_str(&page.html.replace(&format!("retour={}", path.replace('/', "%2F")), ""));
        let echoed = format!("%2F{reference}");
        seen = seen.replace(&echoed, "").replace(&format!("%3D{reference}"), "");
    }
    seen
}

/// Z10: the person named gets no mail, no list entry, no count, no search hit.
#[actix_web::test]
async fn a_supervisor_named_in_a_file_never_learns_that_it_exists() {
    for kind in KINDS {
        let app = TestApp::new().await;
        let reference = app.files("camille", kind, answers::about_the_supervisor(kind));
        assert_eq!(app.holder(&reference), "denis", "{kind}");
        let look = async |when: &str| {
            let seen = everything_seen_by(&app, "rosalie", &reference).await;
            assert!(!seen.contains(&reference), "{kind} {when}");
            assert!(!seen.contains("Camille"), "{kind} {when}");
            assert_eq!(app.letters_to("rosalie").len(), 0, "{kind} {when}");
            assert!(!app.as_("rosalie").open("/").await.says("vous attend"), "{kind} {when}: a count");
        };
        look("filed").await;
        app.asks("denis", &reference, "Quand?").unwrap();
        look("asked").await;
        app.answers("camille", &reference, "Vendredi.").unwrap();
        app.refers("denis", &reference).unwrap();
        look("with the ethics officer").await;
        app.clock.advance_business_days(30);
        app.remind();
        look("late").await;
        let outcome = match kind {
            "gift_declaration" => "return",
            "business_relation" => "measures",
            "event_request" => "refused",
            _ => "managed",
        };
        app.decides("aline", &reference, outcome).unwrap();
        look("decided").await;
    }
}

/// The twin: the same look finds a file that does not name her.
#[actix_web::test]
async fn a_supervisor_sees_the_files_that_do_not_name_her() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let seen = everything_seen_by(&app, "rosalie", &reference).await;
    assert!(seen.contains(&reference) && seen.contains("Camille"));
}

#[actix_web::test]
async fn somebody_named_later_in_a_correction_is_barred_from_then_on() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::relation());
    assert_eq!(app.as_("rosalie").open(&format!("/d/{reference}")).await.status, 200);
    app.corrects("camille", &reference, answers::about_the_supervisor("business_relation")).unwrap();
    assert_eq!(app.holder(&reference), "denis");
    assert_eq!(app.as_("rosalie").open(&format!("/d/{reference}")).await.status, 404);
    // Taking her name out again does not give it back: she is the one who could be protected by that.
    app.corrects("camille", &reference, answers::relation()).unwrap();
    assert_eq!(app.as_("rosalie").open(&format!("/d/{reference}")).await.status, 404);
    // Nor does an opinion that sends the file back to the line.
    let told = app.letters_to("rosalie").len();
    app.refers("denis", &reference).unwrap();
    app.sends_back("aline", &reference).unwrap();
    assert_eq!(app.holder(&reference), "denis");
    assert_eq!(app.letters_to("rosalie").len(), told, "she is not told of what she cannot see");
}

/// Z13: her own file goes to the secretary general, and the office does not see it.
#[actix_web::test]
async fn the_ethics_officers_own_file_goes_to_the_secretary_general_and_her_office_is_blind() {
    for kind in KINDS {
        for given in [answers::ordinary(kind), answers::referred(kind)] {
            let app = TestApp::new().await;
            let reference = app.files("aline", kind, given);
            assert_eq!(app.holder(&reference), "solange", "{kind}");
            let seen = everything_seen_by(&app, "marc", &reference).await;
            assert!(!seen.contains(&reference), "{kind}: her colleague reports to her");
            assert_eq!(app.letters_to("marc").len(), 0, "{kind}");
            let aline = app.as_("aline");
            let own = aline.open(&format!("/d/{reference}")).await;
            assert_eq!(own.status, 200, "{kind}");
            assert!(own.forms().iter().all(|form| !form.action.ends_with("/decision")), "{kind}");
            assert_eq!(aline.post(&format!("/d/{reference}/decision"), &[("outcome", "noted")]).await.status, 403);
            assert!(!aline.open("/a-traiter").await.html.contains(&reference), "{kind}");
        }
    }
}

#[actix_web::test]
async fn the_secretary_general_cannot_hand_the_ethics_officers_file_to_her_own_office() {
    let app = TestApp::new().await;
    let reference = app.files("aline", "gift_declaration", answers::gift());
    let refused = app.decides("solange", &reference, "referred");
    assert!(matches!(refused, Err(Error::NotPossible(_))), "{refused:?}");
    assert_eq!(app.holder(&reference), "solange");
    assert_eq!(app.letters_to("marc").len(), 0);
}

#[actix_web::test]
async fn a_file_that_names_the_ethics_officer_is_not_handed_to_her_office() {
    let app = TestApp::new().await;
    let aline = app.number("aline");
    let naming = answers::changed(answers::relation(), json!({ "participants": [{ "name": aline }] }));
    let reference = app.files("camille", "business_relation", naming);
    assert_eq!(app.holder(&reference), "rosalie");
    // Marc holds the office too, but reports to the person named.
    let refused = app.refers("rosalie", &reference);
    assert!(matches!(refused, Err(Error::NotPossible(_))), "{refused:?}");
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::Submitted, "rosalie"));
    assert_eq!(app.as_("aline").open(&format!("/d/{reference}")).await.status, 404);
}

#[actix_web::test]
async fn a_rule_that_refers_a_file_naming_the_ethics_officer_takes_it_higher() {
    let app = TestApp::new().await;
    let aline = app.number("aline");
    let naming = json!({ "participants": [{ "name": aline }] });
    let reference =
        app.files("camille", "business_relation", answers::changed(answers::referred("business_relation"), naming));
    assert_eq!(app.holder(&reference), "solange");
    for name in ["aline", "marc"] {
        assert_eq!(app.letters_to(name).len(), 0, "{name}");
    }
    assert_eq!(app.as_("aline").open(&format!("/d/{reference}")).await.status, 404);
}

#[actix_web::test]
async fn a_correction_that_names_the_ethics_officer_takes_the_file_out_of_her_office() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::referred("business_relation"));
    assert_eq!(app.holder(&reference), "ethics_officer");
    let aline = app.number("aline");
    let naming = json!({ "participants": [{ "name": aline }] });
    app.corrects("camille", &reference, answers::changed(answers::referred("business_relation"), naming)).unwrap();
    assert_eq!(app.holder(&reference), "solange", "somebody can still decide it");
    for name in ["aline", "marc"] {
        let inbox = app.as_(name).open("/a-traiter").await;
        assert!(!inbox.html.contains(&reference), "{name}");
    }
}

#[actix_web::test]
async fn the_declarant_cannot_choose_another_decider_by_correcting() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::relation());
    app.gives_to("aline", &reference, "nadia").unwrap();
    app.corrects("camille", &reference, answers::relation()).unwrap();
    assert_eq!(app.holder(&reference), "nadia", "the file stays with whoever it was given to");
}

/// Z13
#[actix_web::test]
async fn the_deputy_ministers_file_is_recorded_here_and_decided_outside() {
    let app = TestApp::new().await;
    let reference = app.files("victor", "gift_declaration", answers::gift());
    assert_eq!(app.holder(&reference), "nobody");
    let page = app.as_("victor").open(&format!("/d/{reference}")).await;
    assert!(page.says(&say("where-outside")), "{}", page.text());
    assert!(!page.has_form("/decision"));
    for name in ["aline", "marc", "solange", "rita"] {
        let refused = app.decides(name, &reference, "accept");
        assert!(matches!(refused, Err(Error::NotAllowed | Error::NotFound)), "{name}: {refused:?}");
    }
    assert_eq!(app.post_since(0), ["received → victor", "outside → solange"]);
}

#[actix_web::test]
async fn somebody_without_a_supervisor_is_decided_by_the_ethics_office() {
    let app = TestApp::new().await;
    let reference = app.files("isabelle", "gift_declaration", answers::gift());
    assert_eq!((app.holder(&reference).as_str(), app.state(&reference)), ("ethics_officer", State::WithEthics));
    let page = app.as_("isabelle").open(&format!("/d/{reference}")).await;
    assert!(page.says(&say("route-no-supervisor")), "{}", page.text());
    app.decides("marc", &reference, "accept").unwrap();
}

#[actix_web::test]
async fn a_flagged_file_goes_to_the_ethics_officer_in_every_kind() {
    for kind in KINDS {
        let app = TestApp::new().await;
        let reference = app.files("camille", kind, answers::referred(kind));
        assert_eq!((app.holder(&reference).as_str(), app.state(&reference)), ("ethics_officer", State::WithEthics));
        let to: Vec<_> = app.letters().iter().filter(|l| l.letter == "decide").map(|l| l.to).collect();
        assert_eq!(to, ["aline", "marc"], "{kind}");
        let seen = app.as_("rosalie").open("/a-traiter").await;
        assert!(!seen.html.contains(&reference), "{kind}: not hers to decide");
    }
}

#[actix_web::test]
async fn an_absent_supervisor_is_passed_over() {
    let app = TestApp::new().await;
    app.leaves("rosalie", chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
    let reference = app.files_gift("camille");
    assert_eq!(app.holder(&reference), "denis");
    let page = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert!(page.says(&say("route-next-level")), "{}", page.text());
}

#[actix_web::test]
async fn two_people_who_supervise_each_other_are_decided_by_the_ethics_office() {
    let app = TestApp::new().await;
    app.moves("rosalie", Some("camille"));
    let reference = app.files_gift("camille");
    assert_eq!(app.holder(&reference), "ethics_officer");
}

#[actix_web::test]
async fn when_the_ethics_office_is_empty_the_file_goes_higher() {
    let app = TestApp::new().await;
    let yesterday = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    app.leaves("aline", yesterday);
    app.leaves("marc", yesterday);
    let reference = app.files("camille", "gift_declaration", answers::referred("gift_declaration"));
    assert_eq!(app.holder(&reference), "solange");
    let page = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert!(page.says(&say("route-no-ethics-officer")), "{}", page.text());
}

#[actix_web::test]
async fn an_interim_that_ended_yesterday_opens_nothing() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    assert_eq!(app.as_("marc").open(&format!("/d/{reference}")).await.status, 200);
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2027, 3, 31).unwrap(), 16, 0);
    assert_eq!(app.as_("marc").open(&format!("/d/{reference}")).await.status, 200, "his last day");
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2027, 4, 1).unwrap(), 9, 0);
    assert_eq!(app.as_("marc").open(&format!("/d/{reference}")).await.status, 404);
    assert!(!app.as_("marc").open("/a-traiter").await.html.contains(&reference));
    let refused = app.decides("marc", &reference, "no_conflict");
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}

#[actix_web::test]
async fn a_supervisor_who_moved_on_sees_nothing_filed_since() {
    let app = TestApp::new().await;
    app.moves("camille", Some("nadia"));
    let reference = app.files_gift("camille");
    assert_eq!(app.holder(&reference), "nadia");
    assert_eq!(app.as_("rosalie").open(&format!("/d/{reference}")).await.status, 404);
}

#[actix_web::test]
async fn the_contract_monitor_is_told_of_a_contract_process_and_of_nothing_else() {
    let app = TestApp::new().await;
    app.wants_digest("rita", false);
    app.files("camille", "gift_declaration", answers::gift());
    assert_eq!(app.letters_to("rita").len(), 0);
    let tender = json!({ "contract_process": "yes", "under_contract": "yes", "contract_number": "SEAO 1754321" });
    let reference = app.files("camille", "gift_declaration", answers::changed(answers::gift(), tender));
    let told = app.letters_to("rita");
    assert_eq!(told.len(), 1);
    assert!(!told[0].text.contains("SEAO") && !told[0].text.contains("Gagnon"), "{}", told[0].text);
    // What names a contract, she reads; what does not, she does not know of.
    assert_eq!(app.as_("rita").open(&format!("/d/{reference}")).await.status, 200);
    assert_eq!(app.as_("rita").open("/d/CAD-2026-000001").await.status, 404);
}

/// « Un appel d’offres en cours, pas sous contrat, sans numéro »: the letter leads to a file that opens.
#[actix_web::test]
async fn the_contract_monitor_opens_every_file_that_a_letter_tells_them_of() {
    let app = TestApp::new().await;
    app.wants_digest("rita", false);
    let tender = answers::changed(answers::gift(), json!({ "contract_process": "yes", "under_contract": "no" }));
    let reference = app.files("camille", "gift_declaration", tender.clone());
    assert_eq!(app.letters_to("rita").len(), 1);
    let rita = app.as_("rita");
    assert_eq!(rita.open(&format!("/d/{reference}")).await.status, 200);
    assert!(rita.open("/registre").await.html.contains(&reference));
    // Told once, the monitor is not shut out of it by a correction, nor by the one after.
    for _ in 0..2 {
        app.corrects("camille", &reference, answers::gift()).unwrap();
        assert_eq!(rita.open(&format!("/d/{reference}")).await.status, 200);
    }
    // The twin: nothing told, nothing opened; a correction that tells opens.
    let quiet = app.files_gift("camille");
    assert_eq!(rita.open(&format!("/d/{quiet}")).await.status, 404);
    app.corrects("camille", &quiet, tender).unwrap();
    assert_eq!(rita.open(&format!("/d/{quiet}")).await.status, 200);
}

#[actix_web::test]
async fn a_file_does_not_stay_with_somebody_whose_last_day_is_over() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let follow = || app.write(probite::declarations::handover::follow_the_calendar);
    app.leaves("rosalie", app.clock.today());
    assert_eq!((follow(), app.holder(&reference).as_str()), (0, "rosalie"), "she works today");
    app.clock.advance_business_days(1);
    let before = app.letters().len();
    assert_eq!((follow(), app.holder(&reference).as_str()), (1, "denis"));
    assert_eq!(app.post_since(before), ["decide → denis"]);
    assert_eq!(follow(), 0, "once");
}

#[actix_web::test]
async fn an_office_that_nobody_holds_any_more_gives_its_files_to_the_next() {
    let app = TestApp::new().await;
    let kind = "gift_declaration";
    let reference = app.files("camille", kind, answers::referred(kind));
    let follow = || app.write(probite::declarations::handover::follow_the_calendar);
    app.leaves("aline", app.clock.today());
    app.clock.advance_business_days(1);
    assert_eq!((follow(), app.holder(&reference).as_str()), (0, "ethics_officer"), "Marc holds it too");
    app.leaves("marc", app.clock.today());
    app.clock.advance_business_days(1);
    assert_eq!((follow(), app.holder(&reference).as_str()), (1, "solange"));
}
