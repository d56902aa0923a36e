//! A situation of one's own, told to get help: it becomes an ordinary declaration only when the person agrees.

use diesel::prelude::*;
use probite::db::schema::declarations;
use probite::declarations::workflow::State;
use serde_json::json;

use crate::support::{TestApp, answers};

/// Kinds of the drafts of somebody.
fn drafts_of(app: &TestApp, name: &str) -> Vec<String> {
    let id = app.id(name);
    app.read(|tx| {
        Ok(declarations::table
            .filter(declarations::declarant_id.eq(id))
            .filter(declarations::state.eq("draft"))
            .order(declarations::id.asc())
            .select(declarations::kind)
            .load(tx.conn)?)
    })
}

/// Told, and an ordinary declaration proposed.
fn proposed(app: &TestApp) -> String {
    let slug = app.files("camille", "voluntary_declaration", answers::voluntary());
    assert_eq!(app.holder(&slug), "ethics_officer");
    app.decides("aline", &slug, "converted").unwrap();
    assert_eq!(app.state(&slug), State::Decided);
    slug
}

async fn answers_consent(app: &TestApp, slug: &str, choice: &str) {
    let camille = app.as_("camille");
    let check = camille.post(&format!("/brouillons/{slug}/consent"), &[("consent", choice)]).await;
    assert_eq!(check.status, 200, "{}", check.text());
    let done = camille.post(&format!("/brouillons/{slug}/envoi"), &[("attestation", "1")]).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(app.state(slug), State::Closed);
}

#[actix_web::test]
async fn nothing_opens_before_the_person_agrees() {
    let app = TestApp::new().await;
    let slug = proposed(&app);
    assert_eq!(drafts_of(&app, "camille"), Vec::<String>::new());
    answers_consent(&app, &slug, "gift").await;
    assert_eq!(drafts_of(&app, "camille"), ["gift_declaration"]);
}

#[actix_web::test]
async fn a_no_opens_nothing_and_closes_the_file() {
    let app = TestApp::new().await;
    let slug = proposed(&app);
    answers_consent(&app, &slug, "no").await;
    assert_eq!(drafts_of(&app, "camille"), Vec::<String>::new());
}

#[actix_web::test]
async fn the_draft_is_filled_in_and_says_nothing_of_where_it_comes_from() {
    let app = TestApp::new().await;
    let slug = proposed(&app);
    answers_consent(&app, &slug, "gift").await;
    let (id, camille) = (app.row(&slug).id, app.id("camille"));
    let (key, origin, given): (String, Option<i64>, String) = app.read(|tx| {
        Ok(declarations::table
            .filter(declarations::declarant_id.eq(camille))
            .filter(declarations::id.gt(id))
            .select((declarations::key, declarations::origin_id, declarations::answers))
            .first(tx.conn)?)
    });
    assert_eq!(origin, None);
    assert!(given.contains("Nordik") && given.contains("2026-04-02") && given.contains("gardé un cadeau"), "{given}");
    // Completed and filed, the supervisor reads an ordinary gift.
    let whole = answers::changed(answers::gift(), json!({ "offered_on": "2026-04-02" }));
    let filed = key.clone();
    app.does("camille", move |tx, actor| {
        let version = probite::declarations::store::authorized(tx, actor, &filed, probite::access::Action::Edit)?
            .declaration
            .version;
        let given = match whole {
            serde_json::Value::Object(map) => probite::declarations::answers::Answers(map),
            _ => unreachable!(),
        };
        probite::declarations::drafts::save_answers(tx, actor, &filed, version, &given)
    })
    .unwrap();
    let gift = app.sends("camille", &key).unwrap().reference.unwrap();
    let page = app.as_("rosalie").open(&format!("/d/{gift}")).await;
    assert_eq!(page.status, 200);
    assert!(!page.html.contains(&slug) && !page.html.contains("DVO-"), "{}", page.text());
}

#[actix_web::test]
async fn its_letters_say_neither_what_it_is_nor_its_reference() {
    let app = TestApp::new().await;
    proposed(&app);
    let subjects: Vec<String> =
        app.letters().into_iter().map(|letter| format!("{} → {}", letter.subject, letter.to)).collect();
    assert_eq!(
        subjects,
        [
            "Votre envoi est enregistré → camille",
            "Un dossier confidentiel vous attend → aline",
            "Un dossier confidentiel vous attend → marc",
            "Un message vous attend → camille",
        ]
    );
}

#[actix_web::test]
async fn its_title_says_that_it_is_advice_and_not_a_disclosure() {
    let app = TestApp::new().await;
    let page = app.as_("camille").open("/declarer/voluntary_declaration").await;
    assert!(page.says("Déclaration volontaire d’une situation (rôle-conseil)"), "{}", page.text());
    assert_eq!(page.h1(), "Je crois avoir commis une erreur et je veux de l’aide");
}
