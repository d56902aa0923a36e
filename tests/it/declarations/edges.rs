//! The routing edge cases of domain.md §10, one story each.

use diesel::prelude::*;
use probite::db::schema::persons;
use probite::error::Error;
use serde_json::json;

use crate::support::{TestApp, answers, say};

#[actix_web::test]
async fn the_supervisor_is_absent_and_her_delegate_decides_for_the_dates_she_gave() {
    let app = TestApp::new().await;
    app.is_away("rosalie", 4, Some("nadia"), "rosalie").unwrap();
    assert_eq!(app.holder(&app.files_gift("camille")), "nadia");
    app.clock.advance(chrono::TimeDelta::days(4));
    assert_eq!(app.holder(&app.files_gift("camille")), "nadia", "the last day");
    app.clock.advance(chrono::TimeDelta::days(1));
    assert_eq!(app.holder(&app.files_gift("camille")), "rosalie");
}

#[actix_web::test]
async fn the_supervisor_is_the_subject_and_the_next_level_decides() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "gift_declaration", answers::about_the_supervisor("gift_declaration"));
    assert_eq!(app.holder(&reference), "denis");
    app.decides("denis", &reference, "return").unwrap();
    assert_eq!(app.as_("rosalie").open(&format!("/d/{reference}")).await.status, 404);
}

#[actix_web::test]
async fn the_ethics_officer_is_the_subject_and_whoever_replaces_her_decides_else_the_secretary_general() {
    let kind = "business_relation";
    let app = TestApp::new().await;
    let aline = app.number("aline");
    let given = answers::changed(answers::referred(kind), json!({ "participants": [{ "name": aline }] }));
    // Marc reports to her.
    let reference = app.files("camille", kind, given.clone());
    assert_eq!(app.holder(&reference), "solange");
    // Rita does not.
    let (rita, today) = (app.id("rita"), app.clock.today());
    app.write(move |tx| {
        probite::people::roles::grant(tx, None, rita, probite::access::Role::EthicsOfficer, today, Some(today))
    });
    let reference = app.files("camille", kind, given);
    assert_eq!(app.holder(&reference), "ethics_officer");
    for (name, status) in [("rita", 200), ("aline", 404), ("marc", 404)] {
        assert_eq!(app.as_(name).open(&format!("/d/{reference}")).await.status, status, "{name}");
    }
}

#[actix_web::test]
async fn the_deputy_minister_declares_and_the_file_is_only_recorded_here() {
    for kind in ["business_relation", "gift_declaration", "event_request", "interest_declaration"] {
        let app = TestApp::new().await;
        let given = match kind {
            "business_relation" => {
                answers::changed(answers::relation(), json!({ "lobby_decision": "none", "lobby_exclusion": null }))
            }
            other => answers::ordinary(other),
        };
        let reference = app.files("victor", kind, given);
        assert_eq!(app.holder(&reference), "nobody", "{kind}");
        assert_eq!(app.row(&reference).due_on, None, "nobody here is late: {kind}");
    }
}

#[actix_web::test]
async fn a_person_on_loan_is_decided_by_their_host_supervisor_who_reads_where_they_come_from() {
    let app = TestApp::new().await;
    let theo = app.id("theo");
    app.write(move |tx| {
        diesel::update(persons::table.find(theo))
            .set((persons::regime.eq("on_loan"), persons::home_body.eq("Agence des rivages")))
            .execute(tx.conn)?;
        Ok(())
    });
    let reference = app.files_gift("theo");
    assert_eq!((app.holder(&reference).as_str(), app.row(&reference).regime.as_str()), ("rosalie", "on_loan"));
    assert!(app.as_("rosalie").open(&format!("/d/{reference}")).await.says("Agence des rivages"));
    let another = app.files_gift("camille");
    assert!(!app.as_("rosalie").open(&format!("/d/{another}")).await.says("Organisme d’attache"), "the twin");
}

/// Z12
#[actix_web::test]
async fn the_supervisor_changes_and_open_cases_move_while_history_stays() {
    let app = TestApp::new().await;
    let (open, over) = (app.files_gift("camille"), app.files("camille", "event_request", answers::event()));
    app.decides("rosalie", &over, "refused").unwrap();
    let nadia = app.number("nadia");
    assert_eq!(app.reimports_one("camille", |line| line.supervisor = nadia), 1);
    assert_eq!(app.holder(&open), "nadia");
    assert_eq!(app.as_("rosalie").open(&format!("/d/{open}")).await.status, 404, "lost at once");
    let page = app.as_("rosalie").open(&format!("/d/{over}")).await;
    assert!(page.status == 200 && page.says("Rosalie Tremblay"), "what she decided stays hers");
    assert_eq!(app.row(&over).supervisor_id, Some(app.id("rosalie")));
    let timeline = app.as_("nadia").open(&format!("/d/{open}")).await;
    assert!(timeline.says(&say("rerouted-chart")));
}

#[actix_web::test]
async fn nobody_decides_their_own_case_whatever_they_hold() {
    let app = TestApp::new().await;
    // Her own supervisor, by mistake of the directory; and the delegate of her supervisor.
    app.moves("rosalie", Some("rosalie"));
    let own = app.files_gift("rosalie");
    assert_eq!(app.holder(&own), "ethics_officer");
    let app = TestApp::new().await;
    app.is_away("denis", 5, Some("rosalie"), "denis").unwrap();
    let own = app.files_gift("rosalie");
    assert_eq!(app.holder(&own), "helene");
    assert!(matches!(app.decides("rosalie", &own, "accept"), Err(Error::NotAllowed)));
}
