//! Whichever row of a request cannot be written, the request is refused whole: neither the tables, nor the journal, nor
//! the letters keep anything of it. `FAILPOINTS=1` puts every other story under the same.

use serde_json::json;

use crate::support::{TestApp, answers};

/// D09, M07
#[actix_web::test]
async fn whichever_row_of_a_declaration_and_of_its_decision_is_not_written_nothing_of_them_is_left() {
    let mut app = TestApp::new().await;
    app.puts_failpoints();
    let camille = app.as_("camille");
    let key = app.drafts("camille", "event_request", answers::event());
    let form = camille.open(&format!("/brouillons/{key}/verifier")).await.form("/envoi").with("attestation", "true");
    camille.send(&form).await;
    let reference = app.row(&key).reference.expect("it is filed");
    let failed = app.failpoints().unwrap().failed();
    assert!(failed > 10, "a declaration, its version, its parties, its event, its letters: {failed}");

    let rosalie = app.as_("rosalie");
    let decision = rosalie.open(&format!("/d/{reference}")).await.form("/decision");
    let decision = decision
        .with("outcome", "authorised_with_conditions")
        .with("measures", "Payer son repas.\nRendre compte à l’équipe.")
        .with("reason", "Les ateliers portent sur la migration.");
    let page = rosalie.send(&decision).await;
    assert_eq!((app.decisions(&reference), page.errors()), (1, Vec::<String>::new()));
    let decided = app.failpoints().unwrap().failed() - failed;
    assert!(decided > 10, "a decision, its conditions, its event, its letters: {decided}");

    let program = [("sec-fetch-site", "same-origin"), ("idempotency-key", "une-seule-fois")];
    let body = json!({ "kind": "gift_declaration", "submit": true, "attested": true, "answers": answers::gift() });
    let body = || Some(("application/json", body.to_string().into_bytes()));
    let filed = camille.request(actix_web::http::Method::POST, "/api/v1/declarations", &program, body()).await;
    assert_eq!(filed.status, 201, "{}", filed.html);
    let again = camille.request(actix_web::http::Method::POST, "/api/v1/declarations", &program, body()).await;
    assert_eq!((again.status, again.html), (201, filed.html), "a key that failed many times is used once");
    assert_eq!(app.journal(&reference)[..2], ["submitted", "decided"]);
}

/// D09: The twin: what is done in two transactions is seen, and so is what is written though its row failed.
#[actix_web::test]
async fn a_change_done_in_two_halves_is_seen_when_the_second_fails() {
    let mut app = TestApp::new().await;
    app.puts_failpoints();
    let points = app.failpoints().unwrap();
    let before = points.everything();
    assert!(points.changed(&before).is_empty());
    let writes = |reason: &str| {
        let event = probite::journal::Event::SignInRefused { reason: reason.to_owned() };
        app.app.write_here(move |tx| probite::journal::record(tx, None, None, &event)).is_ok()
    };
    points.arm(1);
    assert!(!writes("none"));
    assert!(points.changed(&before).is_empty(), "nothing is left of the only half");
    points.arm(0);
    assert!(writes("first half"));
    points.arm(1);
    assert!(!writes("second half"));
    points.disarm(1);
    let changed = points.changed(&before);
    assert!(changed.contains(&"events".to_owned()), "{changed:?}");
}
