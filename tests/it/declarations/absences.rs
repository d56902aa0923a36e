//! Somebody is away: who decides in their place, who is told, and who is never used.

use probite::declarations::workflow::State;
use probite::error::Error;
use serde_json::json;

use crate::support::{TestApp, answers, say};

#[actix_web::test]
async fn a_supervisor_says_she_is_away_and_her_delegate_decides_in_her_place() {
    let app = TestApp::new().await;
    let waiting = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let page = rosalie.open("/absences").await;
    assert!(page.says("1 dossier attend votre décision."), "{}", page.text());
    let before = app.letters().len();
    let form = page.form("/absences").with("last_day", "2026-12-04").with("delegate", "Nadia Fortin");
    let page = rosalie.send(&form).await;
    // One click must not empty a desk: how many files, to whom and until when comes first.
    assert!(page.says("Un dossier change de mains aujourd’hui"), "{}", page.text());
    assert!(page.says("Nouvelle personne : Nadia Fortin") && page.says("4 décembre 2026"), "{}", page.text());
    assert_eq!((app.post_since(before).len(), app.holder(&waiting).as_str()), (0, "rosalie"), "nothing moved yet");
    let page = rosalie.send(&page.form("/absences")).await;
    assert_eq!(page.flash(), say("flash-absence-set"));
    assert_eq!(
        app.post_since(before),
        ["decide → nadia", "delegation → rosalie", "delegation → nadia"],
        "both are told, and what waited moved"
    );
    let told = app.letters_to("nadia").pop().unwrap().text.replace('\u{a0}', " ");
    assert!(told.contains("Dossiers déjà transférés : 1"), "{told}");
    assert_eq!(app.holder(&waiting), "nadia");
    let new = app.files("theo", "event_request", answers::event());
    assert_eq!(app.holder(&new), "nadia", "what is filed meanwhile too");

    let nadia = app.as_("nadia");
    let inbox = nadia.open("/a-traiter?vue=deleguees").await;
    assert!(inbox.html.contains(&waiting) && inbox.html.contains(&new));
    let page = nadia.open(&format!("/d/{waiting}")).await;
    assert!(page.says("Nadia Fortin, pour Rosalie Tremblay"), "{}", page.text());
    nadia.send(&page.form("/decision").with("outcome", "accept")).await;
    let row = app.row(&waiting);
    assert_eq!((row.decider_id, row.decided_for_id), (Some(app.id("nadia")), Some(app.id("rosalie"))));

    // « par X, pour Y » on the page, in the timeline, in letters, exports, the API and the journal.
    let mine = app.as_("camille").open(&format!("/d/{waiting}")).await;
    assert_eq!(mine.text().matches("Nadia Fortin, pour Rosalie Tremblay").count(), 2, "{}", mine.text());
    for name in ["camille", "nadia"] {
        let letters = app.letters_to(name);
        let last = letters.last().unwrap();
        assert!(last.text.contains("Nadia Fortin, pour Rosalie Tremblay"), "{name}: {}", last.text);
    }
    let csv = app.as_("aline").open("/registre/export.csv").await.html;
    assert!(csv.contains("Nadia Fortin, pour Rosalie Tremblay"), "{csv}");
    let json = app.as_("camille").open(&format!("/api/v1/declarations/{waiting}")).await.html;
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&read["decision"]["by"], &read["decision"]["on_behalf_of"]),
        (&json!("Nadia Fortin"), &json!("Rosalie Tremblay"))
    );
    let report = app.as_("aline").open("/rapports/audit.csv?du=2026-11-01&au=2026-11-30").await.html;
    assert!(report.contains("Nadia Fortin, pour Rosalie Tremblay"), "{report}");
}

#[actix_web::test]
async fn an_administrator_sets_the_absence_of_somebody_who_cannot() {
    let app = TestApp::new().await;
    let serge = app.as_("serge");
    let number = app.number("rosalie");
    let page = serge.open(&format!("/personnes/{number}")).await;
    let page = serge.open(&page.link("Absences et délégations")).await;
    // Without a known return.
    let page = serge.send(&page.form("/absences").with("delegate", &app.number("nadia"))).await;
    assert_eq!(page.flash(), say("flash-absence-set"));
    let reference = app.files_gift("camille");
    assert_eq!(app.holder(&reference), "nadia");
    assert_eq!(app.letters_to("rosalie").len(), 1, "she is told");
    // Nobody names themselves the delegate of somebody else.
    let refused = app.is_away("denis", 3, Some("serge"), "serge");
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    // Nobody else reaches that page.
    assert_eq!(app.as_("aline").open(&format!("/personnes/{number}/absences")).await.status, 403);
}

#[actix_web::test]
async fn what_is_wrong_with_an_absence_is_said_beside_the_field() {
    let app = TestApp::new().await;
    let rosalie = app.as_("rosalie");
    let page = rosalie.open("/absences").await;
    for (first, last, delegate, error) in [
        ("", "", "", say("error-required-date")),
        ("2026-11-20", "", "", say("error-absence-past")),
        ("2026-11-25", "2026-11-24", "", say("error-period")),
        ("2026-11-25", "pas une date", "", say("error-date")),
        ("2026-11-25", "2026-11-30", "Rosalie Tremblay", say("error-delegate-self")),
        ("2026-11-25", "2026-11-30", "Pierre Doyon", say("error-delegate-gone")),
    ] {
        let form = page.form("/absences").with("first_day", first).with("last_day", last).with("delegate", delegate);
        let answer = rosalie.send(&form).await;
        let error = error.replace('\u{a0}', " ");
        assert_eq!((answer.status, answer.errors()), (422, vec![error]), "{first} {last} {delegate}");
        assert_eq!(answer.form("/absences").value("delegate").unwrap_or(""), delegate, "what was typed is kept");
    }
    app.is_away("rosalie", 5, None, "rosalie").unwrap();
    let again = app.is_away("rosalie", 2, None, "rosalie");
    assert!(matches!(again, Err(Error::Invalid(_))), "{again:?}");
    assert_eq!(app.letters_to("rosalie").len(), 1);
}

#[actix_web::test]
async fn an_absence_begins_and_ends_with_the_days_and_what_nobody_began_comes_back() {
    let app = TestApp::new().await;
    let (untouched, begun) = (app.files_gift("camille"), app.files("theo", "event_request", answers::event()));
    let tuesday = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    app.will_be_away("rosalie", tuesday, 2, Some("nadia"), "rosalie").unwrap();
    assert_eq!(app.follows_the_calendar(), 0, "she works today");
    assert_eq!(app.holder(&untouched), "rosalie");
    app.clock.advance_business_days(1);
    assert_eq!(app.follows_the_calendar(), 2);
    assert_eq!((app.holder(&untouched).as_str(), app.holder(&begun).as_str()), ("nadia", "nadia"));
    app.takes_up("nadia", &begun).unwrap();
    app.clock.advance_business_days(3);
    let before = app.letters().len();
    assert_eq!(app.follows_the_calendar(), 1);
    assert_eq!((app.holder(&untouched).as_str(), app.holder(&begun).as_str()), ("rosalie", "nadia"));
    assert_eq!(
        app.post_since(before),
        ["decide → rosalie", "absence-over → rosalie", "absence-over → nadia"],
        "both are told when it ends"
    );
    assert_eq!(app.follows_the_calendar(), 0, "once");
    // What Nadia began, she still decides for Rosalie.
    app.decides("nadia", &begun, "authorised").unwrap();
    assert_eq!(app.row(&begun).decided_for_id, Some(app.id("rosalie")));
}

#[actix_web::test]
async fn ending_an_absence_early_brings_files_back_at_once() {
    let app = TestApp::new().await;
    app.is_away("rosalie", 10, Some("nadia"), "rosalie").unwrap();
    let reference = app.files_gift("camille");
    app.clock.advance_business_days(1);
    let rosalie = app.as_("rosalie");
    let page = rosalie.open("/absences").await;
    let page = rosalie.send(&page.form("/fin")).await;
    assert_eq!(page.flash(), say("flash-absence-ended"));
    assert_eq!(app.holder(&reference), "rosalie");
    assert!(!page.has_form("/fin"));
    assert_eq!(app.holder(&app.files_gift("theo")), "rosalie");
    // Somebody else's absence is not theirs to end.
    let absence = app.is_away("denis", 10, None, "denis").unwrap();
    let theo = app.as_("theo");
    assert_eq!(theo.post_only(&format!("/absences/{absence}/fin"), &[]).await.status, 404);
}

/// What she had begun is hers again too: only what a stand-in worked on stays with the stand-in.
#[actix_web::test]
async fn files_that_the_absent_one_had_begun_come_back_and_what_a_stand_in_began_does_not() {
    let app = TestApp::new().await;
    let (begun, asked, worked_on) =
        (app.files_gift("camille"), app.files_gift("theo"), app.files("theo", "event_request", answers::event()));
    app.takes_up("rosalie", &begun).unwrap();
    app.asks("rosalie", &asked, "Qui était là?").unwrap();
    app.takes_up("rosalie", &worked_on).unwrap();
    app.is_away("rosalie", 1, Some("nadia"), "rosalie").unwrap();
    for file in [&begun, &asked, &worked_on] {
        assert_eq!(app.holder(file), "nadia");
    }
    app.asks("nadia", &worked_on, "Combien cela coûte-t-il?").unwrap();
    app.clock.advance_business_days(3);
    app.follows_the_calendar();
    assert_eq!(
        [&begun, &asked, &worked_on].map(|file| app.holder(file)),
        ["rosalie", "rosalie", "nadia"],
        "what she began is hers again"
    );
    assert_eq!((app.state(&begun), app.state(&asked)), (State::UnderReview, State::InfoRequested));
}

#[actix_web::test]
async fn a_delegate_who_was_away_too_has_the_files_of_the_absent_one_again() {
    let app = TestApp::new().await;
    app.is_away("rosalie", 30, Some("nadia"), "rosalie").unwrap();
    let reference = app.files_gift("camille");
    assert_eq!(app.holder(&reference), "nadia");
    let absence = app.is_away("nadia", 20, None, "nadia").unwrap();
    assert_eq!(app.holder(&reference), "denis", "the level above decides in Rosalie’s place");
    app.clock.advance_business_days(1);
    let nadia = app.id("nadia");
    app.write(move |tx| probite::people::absences::end(tx, Some(nadia), nadia, absence));
    assert_eq!(app.holder(&reference), "nadia");
    assert_eq!(app.row(&reference).held_for_id, Some(app.id("rosalie")));
}

#[actix_web::test]
async fn without_a_delegate_the_next_level_decides_in_place_of_the_absent_one() {
    let app = TestApp::new().await;
    app.is_away("rosalie", 10, None, "rosalie").unwrap();
    let reference = app.files_gift("camille");
    assert_eq!(app.holder(&reference), "denis");
    let page = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert!(page.says(&say("route-absent")), "{}", page.text());
    app.decides("denis", &reference, "accept").unwrap();
    assert_eq!(app.row(&reference).decided_for_id, Some(app.id("rosalie")));
}

/// Z09: the declarant, somebody named, whoever they chose.
#[actix_web::test]
async fn a_delegate_with_an_interest_or_chosen_by_somebody_interested_is_not_used() {
    // The delegate declares.
    let app = TestApp::new().await;
    app.is_away("rosalie", 10, Some("camille"), "rosalie").unwrap();
    let own = app.files_gift("camille");
    assert_eq!(app.holder(&own), "denis");
    assert_eq!(app.holder(&app.files_gift("theo")), "camille", "the twin: a colleague's file");
    // Serge, who administers the service, set the absence and declares.
    let app = TestApp::new().await;
    app.is_away("denis", 10, Some("nadia"), "serge").unwrap();
    let own = app.files_gift("serge");
    assert_eq!(app.holder(&own), "helene");
    let page = app.as_("nadia").open(&format!("/d/{own}")).await;
    assert_eq!(page.status, 404);
    // The supervisor is concerned: nobody she chose, nor anybody in her place.
    let app = TestApp::new().await;
    app.is_away("rosalie", 10, Some("nadia"), "rosalie").unwrap();
    let about = app.files("camille", "gift_declaration", answers::about_the_supervisor("gift_declaration"));
    assert_eq!(app.holder(&about), "denis");
    assert_eq!(app.row(&about).held_for_id, None);
    // The delegate is named.
    let nadia = app.number("nadia");
    let named = answers::changed(answers::relation(), json!({ "participants": [{ "name": nadia }] }));
    let named = app.files("camille", "business_relation", named);
    assert_eq!(app.holder(&named), "denis");
    assert_eq!(app.as_("nadia").open(&format!("/d/{named}")).await.status, 404);
}

/// A concern is read by whoever its author chose, or by the ethics officer; the author sees it before sending.
#[actix_web::test]
async fn a_concern_for_a_supervisor_who_is_away_goes_to_no_delegate_and_its_author_sees_it_before() {
    let app = TestApp::new().await;
    app.is_away("rosalie", 10, Some("theo"), "rosalie").unwrap();
    let draft = app.drafts("camille", "concern_report", answers::concern_to_supervisor());
    let camille = app.as_("camille");
    let check = camille.open(&format!("/brouillons/{draft}/verifier")).await;
    assert!(check.says(&say("route-chosen-away")), "{}", check.text());
    let reference = app.sends("camille", &draft).unwrap().reference.unwrap();
    assert_eq!(app.row(&reference).holder_office.as_deref(), Some("ethics_officer"));
    assert_eq!(app.as_("theo").open(&format!("/d/{reference}")).await.status, 404);
    assert!(camille.open(&format!("/d/{reference}")).await.says(&say("route-chosen-away")));
    let officer = app.as_("aline").open(&format!("/d/{reference}")).await;
    assert!(officer.says(&say("route-chosen-away-seen")), "{}", officer.text());
}

#[actix_web::test]
async fn a_file_without_any_action_goes_up_the_line() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    for _ in 0..14 {
        app.clock.advance_business_days(1);
        app.remind();
    }
    assert_eq!(app.holder(&reference), "rosalie");
    app.clock.advance_business_days(1);
    let before = app.letters().len();
    app.remind();
    assert_eq!(app.holder(&reference), "denis");
    assert!(app.post_since(before).contains(&"passed-up → denis".to_owned()), "{:?}", app.post_since(before));
    assert!(app.post_since(before).contains(&"passed-on → rosalie".to_owned()));
    let page = app.as_("denis").open(&format!("/d/{reference}")).await;
    assert!(page.says("Denis Roy, pour Rosalie Tremblay"), "{}", page.text());
    assert!(page.says(&say("rerouted-no-action")));
    // A later look at the chart does not give it back.
    app.write({
        let id = app.row(&reference).id;
        move |tx| probite::declarations::handover::reroute(tx, id)
    });
    assert_eq!(app.holder(&reference), "denis");
    // And further up when Denis does nothing either.
    for _ in 0..15 {
        app.clock.advance_business_days(1);
        app.remind();
    }
    assert_eq!(app.holder(&reference), "helene");
    app.decides("helene", &reference, "accept").unwrap();
    assert_eq!(app.row(&reference).decided_for_id, Some(app.id("rosalie")));
}

#[actix_web::test]
async fn taking_a_file_up_counts_as_an_action_and_zero_turns_it_off() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.clock.advance_business_days(10);
    app.takes_up("rosalie", &reference).unwrap();
    app.clock.advance_business_days(5);
    app.remind();
    assert_eq!((app.holder(&reference).as_str(), app.state(&reference)), ("rosalie", State::UnderReview));
    app.clock.advance_business_days(10);
    app.remind();
    assert_eq!(app.holder(&reference), "denis");

    let app = TestApp::with(|config| config.continuity.up_the_line_after = 0).await;
    let reference = app.files_gift("camille");
    app.clock.advance_business_days(60);
    app.remind();
    assert_eq!(app.holder(&reference), "rosalie");
}

#[actix_web::test]
async fn an_absence_for_one_kind_leaves_the_others_where_they_are() {
    let app = TestApp::new().await;
    let rosalie = app.as_("rosalie");
    let page = rosalie.open("/absences").await;
    let form = page.form("/absences").with("delegate", "Nadia Fortin").with("scope", "gift_declaration");
    rosalie.send(&form).await;
    assert_eq!(app.holder(&app.files_gift("camille")), "nadia");
    assert_eq!(app.holder(&app.files("camille", "event_request", answers::event())), "rosalie");
}

#[actix_web::test]
async fn the_ethics_officers_absence_leaves_the_office_to_whoever_acts_for_her_else_to_the_secretary_general() {
    let app = TestApp::new().await;
    let kind = "interest_declaration";
    app.is_away("aline", 10, None, "aline").unwrap();
    let reference = app.files("camille", kind, answers::referred(kind));
    assert_eq!(app.holder(&reference), "ethics_officer", "Marc acts");
    app.is_away("marc", 10, None, "marc").unwrap();
    assert_eq!(app.holder(&reference), "solange");
    // Nobody is barred for having been away.
    app.clock.advance_business_days(20);
    app.follows_the_calendar();
    assert_eq!(app.as_("aline").open(&format!("/d/{reference}")).await.status, 200);
}
