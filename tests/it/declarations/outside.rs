//! What nobody here may decide: recorded by the secretary general, as the authority outside decided it.

use actix_web::http::Method;
use probite::declarations::workflow::State;
use probite::error::Error;

use crate::support::{TestApp, answers, say};

#[actix_web::test]
async fn the_secretary_general_records_what_was_decided_outside_on_the_deputy_ministers_file() {
    let app = TestApp::new().await;
    let reference = app.files("victor", "gift_declaration", answers::gift());
    let solange = app.as_("solange");
    let home = solange.open("/").await;
    assert!(home.says("sa décision attend d’être inscrite"), "{}", home.text());
    assert!(!app.as_("rosalie").open("/").await.says("à inscrire"), "the twin");
    assert!(solange.open("/a-traiter").await.links().iter().any(|(_, words)| words == "À inscrire (1)"));
    let inbox = solange.open(&home.link("Voir ce qui est à inscrire")).await;
    let page = solange.open(&inbox.link("Victor Lachance")).await;
    let form = page.form("/decision-externe");
    assert_eq!(form.value("outcome"), None, "none preset");
    assert!(!form.offers("outcome").contains(&"referred"), "nobody to refer it to");

    // An untouched form records nothing, and says what is missing beside each field.
    let page = solange.send(&form).await;
    assert_eq!((page.status, app.state(&reference)), (422, State::Submitted));
    let form = page
        .form("/decision-externe")
        .with("outcome", "hand_to_state")
        .with("authority", "Secrétariat général du Conseil exécutif")
        .with("decided_on", "2026-11-24");
    let page = solange.send(&form).await;
    assert_eq!(
        page.errors(),
        [say("error-outside-document"), say("error-future-date"), say("error-reason")],
        "{}",
        page.text()
    );
    assert_eq!(page.form("/decision-externe").value("authority"), Some("Secrétariat général du Conseil exécutif"));

    let before = app.letters().len();
    let form = page
        .form("/decision-externe")
        .with("decided_on", "2026-11-23")
        .with("document", "SGCE-2026-118")
        .with("reason", "Objet de valeur.");
    let page = solange.send(&form).await;
    assert_eq!(page.flash(), say("flash-outside-recorded"));
    assert_eq!(app.post_since(before), ["decided-outside → victor", "recorded-outside → solange"]);
    assert_eq!((app.state(&reference), app.decisions(&reference)), (State::Decided, 1));
    assert_eq!(app.journal(&reference), ["submitted", "decided_outside", "object_expected"]);

    // The declarant reads who decided, when, in which document, and who wrote it down.
    let mine = app.as_("victor").open(&format!("/d/{reference}")).await;
    for words in [
        "Secrétariat général du Conseil exécutif",
        "23 novembre 2026",
        "SGCE-2026-118",
        "Solange Thibault",
        "Objet de valeur.",
    ] {
        assert!(mine.says(words), "{words}: {}", mine.text());
    }
    // A program too.
    let json =
        app.as_("victor").request(Method::GET, &format!("/api/v1/declarations/{reference}"), &[], None).await.html;
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["decision"]["by"], "Secrétariat général du Conseil exécutif");
    // The register and the audit report name the authority, not the clerk.
    let csv = app.as_("aline").open("/registre/export.csv").await.html;
    assert!(csv.contains("Secrétariat général du Conseil exécutif"), "{csv}");
    assert_eq!(csv.matches(&reference).count(), 1);
}

#[actix_web::test]
async fn nobody_else_records_an_outside_decision() {
    let app = TestApp::new().await;
    let reference = app.files("victor", "gift_declaration", answers::gift());
    for name in app.everybody().into_iter().filter(|name| !["solange", "pierre"].contains(name)) {
        let refused = app.records_outside(name, &reference, "accept");
        assert!(matches!(refused, Err(Error::NotAllowed | Error::NotFound)), "{name}: {refused:?}");
    }
    // Nor does she for a file that somebody here decides.
    let ordinary = app.files_gift("camille");
    assert!(matches!(app.records_outside("solange", &ordinary, "accept"), Err(Error::NotFound)));
    // The twin.
    app.records_outside("solange", &reference, "accept").unwrap();
    let again = app.records_outside("solange", &reference, "accept");
    assert!(matches!(again, Err(Error::NotAllowed | Error::NotPossible(_))), "{again:?}");
}

#[actix_web::test]
async fn a_program_records_an_outside_decision_once_at_the_version_it_read() {
    let app = TestApp::new().await;
    let reference = app.files("victor", "event_request", answers::event());
    let path = format!("/api/v1/declarations/{reference}/outside-decision");
    let body = r#"{"outcome":"authorised","reason":"Accepté.","authority":"Conseil exécutif","decided_on":"2026-11-23","document":"A-1"}"#;
    let solange = app.as_("solange");
    let send = async |tag: &str| {
        let headers = [("sec-fetch-site", "same-origin"), ("if-match", tag)];
        solange
            .request(Method::POST, &path, &headers, Some(("application/json", body.as_bytes().to_vec())))
            .await
            .status
    };
    let tag = format!("\"{}\"", app.row(&reference).version);
    assert_eq!(send("\"1\"").await, 412);
    assert_eq!(send(&tag).await, 200);
    assert_eq!(app.row(&reference).outside_authority.as_deref(), Some("Conseil exécutif"));
    assert_ne!(send(&tag).await, 200);
}

#[actix_web::test]
async fn a_file_that_names_the_secretary_general_is_not_recorded_by_her() {
    let app = TestApp::new().await;
    let solange = app.number("solange");
    let given = answers::changed(
        answers::relation(),
        serde_json::json!({ "participants": [{ "name": solange }], "purpose": "contract" }),
    );
    let reference = app.files("victor", "business_relation", given);
    assert_eq!(app.as_("solange").open(&format!("/d/{reference}")).await.status, 404);
    assert!(matches!(app.records_outside("solange", &reference, "noted"), Err(Error::NotFound)));
    assert!(!app.as_("solange").open("/a-traiter?vue=a-inscrire").await.html.contains(&reference));
    assert_eq!(app.letters_to("solange").len(), 0);
}
