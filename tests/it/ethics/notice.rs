//! The contract-rules officer informs the general secretariat; the ethics officer receives a copy.

use diesel::prelude::*;
use probite::db::schema::declarations;
use probite::declarations::workflow::State;
use serde_json::json;

use crate::support::{TestApp, answers, say};

#[actix_web::test]
async fn rita_files_solange_acknowledges_within_two_days_and_aline_has_a_copy() {
    let app = TestApp::new().await;
    let slug = app.files("rita", "rarc_notice", answers::notice());
    assert_eq!((app.state(&slug), app.holder(&slug).as_str()), (State::Submitted, "secretary_general"));
    assert_eq!(app.row(&slug).due_on, chrono::NaiveDate::from_ymd_opt(2026, 11, 25), "two business days");
    assert_eq!(app.post_since(0), ["received → rita", "decide → solange", "copied → aline", "copied → marc"]);
    for letter in app.letters() {
        assert!(!letter.text.contains("Soumissions") && !letter.text.contains("Nordik"), "{}", letter.text);
    }
    assert!(app.as_("solange").open("/a-traiter?bureau=secretary_general").await.html.contains(&slug));
    let aline = app.as_("aline");
    assert!(aline.open(&format!("/d/{slug}")).await.says("Deux soumissions"));
    assert!(aline.open("/registre").await.html.contains(&slug), "it is no sealed file: the register has it");
    app.decides("solange", &slug, "acknowledged").unwrap();
    assert_eq!(app.state(&slug), State::Closed);
}

/// domain.md §11, column « RARC »: the deputy minister reads notices, the auditor reads them without names.
#[actix_web::test]
async fn the_deputy_minister_finds_the_notices_and_the_auditor_reads_them_masked() {
    let app = TestApp::new().await;
    let slug = app.files("rita", "rarc_notice", answers::notice());
    let draft = app.drafts("rita", "rarc_notice", answers::notice());
    // A tab, and not the kind of that name among the filters.
    let offers = |page: &crate::support::browser::Page| {
        page.links().iter().any(|(_, words)| words.trim().starts_with(&say("inbox-view-avis")))
    };
    for name in ["victor", "solange"] {
        let browser = app.as_(name);
        let list = browser.open("/a-traiter?vue=avis").await;
        assert!(list.html.contains(&slug) && !list.html.contains(&draft), "{name}: {}", list.text());
        assert!(offers(&list), "{name}: {:?}", list.links());
        assert!(browser.open(&format!("/d/{slug}")).await.says("Deux soumissions"), "{name}");
    }
    // Decided, it stays in the list.
    app.decides("solange", &slug, "acknowledged").unwrap();
    assert!(app.as_("victor").open("/a-traiter?vue=avis").await.html.contains(&slug));

    let audrey = app.as_("audrey");
    let (register, page) = (audrey.open("/registre").await, audrey.open(&format!("/d/{slug}")).await);
    assert!(register.html.contains(&slug) && page.says("Deux soumissions"), "{}", page.text());
    assert!(page.says(&say("detail-masked")));
    for name in ["Rita", "Gauthier", "Solange", "Thibault"] {
        assert!(!register.says(name) && !page.says(name), "{name}: {}", page.text());
    }
    // The twins: nobody else has that list, nor reads it.
    for name in ["rosalie", "camille", "serge", "cyril"] {
        let browser = app.as_(name);
        let list = browser.open("/a-traiter?vue=avis").await;
        assert!(!list.html.contains(&slug) && !offers(&list), "{name}");
        assert_eq!(browser.open(&format!("/d/{slug}")).await.status, 404, "{name}");
    }
}

#[actix_web::test]
async fn action_is_asked_line_by_line_and_the_secretary_general_closes() {
    let app = TestApp::new().await;
    let slug = app.files("rita", "rarc_notice", answers::notice());
    app.decides("solange", &slug, "action_requested").unwrap();
    assert_eq!((app.state(&slug), app.row(&slug).measures.contains("Deux personnes")), (State::Monitoring, true));
    let close = || {
        let closing = slug.clone();
        app.does("solange", move |tx, actor| {
            probite::declarations::actions::close(tx, actor, &closing, "Actions faites.").map(drop)
        })
    };
    assert!(matches!(close(), Err(probite::error::Error::NotPossible("not-possible-close-measures"))));
    // Rita shows what was done; the secretary general, who asked for it, says whether it was.
    for measure in app.measures(&slug) {
        app.proves("rita", measure.id).unwrap();
        app.verifies("solange", measure.id).unwrap();
    }
    close().unwrap();
    assert_eq!(app.state(&slug), State::Closed);
}

/// Late, it is told to whoever may verify or lift it; the ethics officer, who has a copy of the notice, reads it.
#[actix_web::test]
async fn a_late_action_of_a_notice_is_told_to_the_secretary_general_who_finds_it() {
    let app = TestApp::new().await;
    let slug = app.files("rita", "rarc_notice", answers::notice());
    app.decides("solange", &slug, "action_requested").unwrap();
    let id = app.measures(&slug)[0].id;
    for _ in 0..60 {
        app.clock.advance_business_days(1);
        app.remind();
    }
    let told = |name: &str| {
        let letters = app.letters_to(name);
        letters.iter().filter(|letter| letter.letter == "obligations-overdue").count()
    };
    assert_eq!((told("solange"), told("aline"), told("marc"), told("rita")), (1, 0, 0, 0));
    for (name, lifts) in [("solange", true), ("aline", false)] {
        let browser = app.as_(name);
        let list = browser.open("/mesures?vue=toutes&etat=en-retard").await;
        assert!(list.html.contains(&format!("href=\"/mesures/{id}\"")), "{name}: {}", list.text());
        let page = browser.open(&format!("/mesures/{id}")).await;
        assert_eq!((page.status, page.has_form("/levee")), (200, lifts), "{name}");
    }
    assert!(matches!(app.lifts("aline", id), Err(probite::error::Error::NotAllowed)));
    app.lifts("solange", id).unwrap();
    // The twin: nobody else learns of it.
    for name in ["victor", "camille", "serge", "audrey"] {
        assert_eq!(app.as_(name).open(&format!("/mesures/{id}")).await.status, 404, "{name}");
    }
}

#[actix_web::test]
async fn nobody_else_files_a_notice_nor_learns_that_it_could_be() {
    let app = TestApp::new().await;
    for name in ["camille", "aline", "solange", "serge", "audrey"] {
        let browser = app.as_(name);
        assert_eq!(browser.open("/declarer/rarc_notice").await.status, 404, "{name}");
        assert_eq!(browser.post("/declarer/rarc_notice", &[]).await.status, 404, "{name}");
        assert!(!browser.open("/declarer").await.html.contains("rarc_notice"), "{name}");
        assert!(!browser.open("/").await.html.contains("rarc_notice"), "{name}");
        assert!(!browser.open("/api/v1/kinds").await.html.contains("rarc_notice"), "{name}");
        let body = json!({ "kind": "rarc_notice", "answers": answers::notice(), "submit": true, "attested": true });
        let sent = browser
            .request(
                actix_web::http::Method::POST,
                "/api/v1/declarations",
                &[("sec-fetch-site", "same-origin")],
                Some(("application/json", serde_json::to_vec(&body).unwrap())),
            )
            .await;
        assert_eq!(sent.status, 404, "{name}");
    }
    assert!(app.as_("rita").open("/declarer").await.html.contains("rarc_notice"));
    assert_eq!(app.declarations(), 0);
}

/// A role that ended between the draft and its sending.
#[actix_web::test]
async fn whoever_lost_the_office_does_not_send_what_they_began() {
    let app = TestApp::new().await;
    let key = app.drafts("rita", "rarc_notice", answers::notice());
    let rita = app.id("rita");
    app.write(move |tx| {
        let (role, today) = (probite::access::Role::ContractMonitor, tx.today());
        probite::people::roles::end(tx, None, rita, role, today).map(drop)
    });
    assert!(app.sends("rita", &key).is_err());
    assert_eq!(app.state(&key), State::Draft);
}

#[actix_web::test]
async fn a_question_in_a_notice_opens_a_request_for_advice_that_rita_sends_herself() {
    let app = TestApp::new().await;
    let given = answers::changed(
        answers::notice(),
        json!({ "asks_ethics": true, "question": "Une rencontre passée pose-t-elle problème?" }),
    );
    let slug = app.files("rita", "rarc_notice", given);
    let (id, rita) = (app.row(&slug).id, app.id("rita"));
    let (key, kind): (String, String) = app.read(|tx| {
        Ok(declarations::table
            .filter(declarations::declarant_id.eq(rita))
            .filter(declarations::id.gt(id))
            .select((declarations::key, declarations::kind))
            .first(tx.conn)?)
    });
    assert_eq!((kind.as_str(), app.state(&key)), ("advice_request", State::Draft));
    let answers = app.row(&key).answers;
    assert!(answers.contains("Une rencontre passée") && answers.contains("Deux soumissions"), "{answers}");
    assert!(app.as_("rita").open(&format!("/d/{slug}/recue")).await.html.contains(&key));
    assert!(!app.as_("solange").open(&format!("/d/{slug}")).await.html.contains(&key));
}

#[actix_web::test]
async fn a_secretary_general_named_in_a_notice_never_sees_it() {
    let app = TestApp::new().await;
    let given = answers::changed(answers::notice(), json!({ "people": [{ "name": app.number("solange") }] }));
    let slug = app.files("rita", "rarc_notice", given);
    assert_eq!(app.holder(&slug), "victor");
    let solange = app.as_("solange");
    assert_eq!(solange.open(&format!("/d/{slug}")).await.status, 404);
    assert!(!solange.open("/a-traiter?bureau=secretary_general").await.html.contains(&slug));
    assert!(app.letters_to("solange").is_empty());
    assert!(say("route-direct").ends_with('.'));
}
