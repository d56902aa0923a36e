//! The ethics officer rules once; every invitee's request carries the ruling; the supervisor decides.

use serde_json::json;

use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers};

const EVENT: &str = "Rendez-vous infonuagique 2026";

/// A passport opened from a request, on conditions; its reference.
async fn rules(app: &TestApp, request: &str, fields: &[(&str, &str)]) -> String {
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{request}")).await;
    let page = aline.open(&page.link("Ouvrir un passeport pour cet événement")).await;
    let mut form = page.form("/passeports/nouveau");
    for (name, value) in fields {
        form = form.with(name, value);
    }
    let page = aline.send(&form).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.path.rsplit('/').next().unwrap().to_owned()
}

const ON_CONDITIONS: &[(&str, &str)] =
    &[("ruling", "conditions"), ("cap", "40"), ("conditions", "Décliner le souper"), ("reason", "Ouvert à tous.")];

#[actix_web::test]
async fn a_ruling_reaches_every_invitee_that_a_person_confirmed() {
    let app = TestApp::new().await;
    let first = app.files("camille", "event_request", answers::hospitality());
    let alike = app.files(
        "theo",
        "event_request",
        answers::changed(answers::event(), json!({ "title": "Rendez-vous infonuagique", "event_on": "2026-12-15" })),
    );
    let other = app.files(
        "olivier",
        "event_request",
        answers::changed(answers::event(), json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } })),
    );
    let before = app.letters().len();
    let passport = rules(&app, &first, ON_CONDITIONS).await;
    assert_eq!(app.post_since(before), ["ruled → rosalie"]);
    assert!(!app.letters().last().unwrap().text.contains("souper"), "the ruling stays in the product");
    let aline = app.as_("aline");
    let page = aline.open(&format!("/passeports/{passport}")).await;
    assert!(app.access_log().contains(&("aline", "passport".to_owned(), true)), "it names who asked");
    let offered = page.form("/demandes");
    assert_eq!(offered.offers("request"), [alike.as_str()], "proposed, not linked; {other} is of another company");
    assert_eq!(aline.send(&offered).await.status, 422, "none is preset");
    let page = aline.send(&offered.with("request", &alike)).await;
    assert!(page.says("2 demandes liées"), "{}", page.text());
    assert_eq!(app.journal(&alike), ["submitted", "passport_linked"]);
    // Both deciders see the same words, and nothing is decided.
    for request in [&first, &alike] {
        let page = app.as_("rosalie").open(&format!("/d/{request}")).await;
        for words in ["acceptable avec des conditions", "Décliner le souper", "Avantages d’au plus 40,00 $", "art. 6"]
        {
            assert!(page.says(words), "{request}: {words}: {}", page.text());
        }
        assert_eq!(page.form("/decision").value("outcome"), None, "no outcome is preset");
        assert!(page.form("/decision").value("measures").unwrap().contains("Décliner le souper"));
        assert_eq!(app.holder(request), "rosalie");
    }
    assert!(!app.as_("nadia").open(&format!("/d/{other}")).await.says("Décliner le souper"));
}

#[actix_web::test]
async fn a_request_filed_after_the_ruling_is_proposed_to_whoever_decides_it() {
    let app = TestApp::new().await;
    let first = app.files("camille", "event_request", answers::event());
    let passport = rules(&app, &first, ON_CONDITIONS).await;
    let later = app.files("theo", "event_request", answers::hospitality());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{later}")).await;
    assert!(page.says("Est-ce le même événement?"), "{}", page.text());
    assert!(!page.says("Décliner le souper"), "not before a person says so");
    assert_eq!(rosalie.send(&page.form("/passeport")).await.status, 422, "none is preset");
    let page = rosalie.send(&page.form("/passeport").with("passport", &passport)).await;
    assert!(page.says("Décliner le souper") && page.has_form("/decision"), "{}", page.text());
    // The declarant reads it too, and confirms nothing.
    let own = app.as_("theo").open(&format!("/d/{later}")).await;
    assert!(own.says("Décliner le souper") && !own.has_form("/passeport"));
    // Twice, or by somebody who does not decide: refused.
    let again = [("passport", passport.as_str())];
    assert_eq!(rosalie.post_only(&format!("/d/{later}/passeport"), &again).await.status, 409);
    assert_eq!(app.as_("theo").post_only(&format!("/d/{later}/passeport"), &again).await.status, 403);
    assert_eq!(app.as_("olivier").post_only(&format!("/d/{later}/passeport"), &again).await.status, 404);
}

#[actix_web::test]
async fn a_benefit_above_the_cap_is_pointed_out() {
    let app = TestApp::new().await;
    // Thirty dollars are planned.
    let request = app.files("camille", "event_request", answers::hospitality());
    let passport = rules(&app, &request, &[("ruling", "conditions"), ("cap", "20"), ("reason", "Modeste.")]).await;
    let page = app.as_("rosalie").open(&format!("/d/{request}")).await;
    assert!(page.says("(30,00 $) dépasse le plafond (20,00 $)"), "{}", page.text());
    assert!(app.as_("aline").open(&format!("/passeports/{passport}")).await.says("Au-delà du plafond"));
}

#[actix_web::test]
async fn deciding_against_the_ruling_is_possible_and_explained() {
    let app = TestApp::new().await;
    let request = app.files("camille", "event_request", answers::event());
    rules(&app, &request, &[("ruling", "not_acceptable"), ("reason", "Un appel d’offres est en cours.")]).await;
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{request}")).await;
    assert!(page.says("non acceptable"));
    let page = rosalie.send(&page.form("/decision").with("outcome", "authorised")).await;
    assert_eq!(page.status, 422);
    assert!(page.errors()[0].contains("s’écarte du passeport"), "{:?}", page.errors());
    let page = rosalie.send(&page.form("/decision").with("reason", "L’appel d’offres est clos depuis hier.")).await;
    assert!(page.says("Autorisée"), "{}", page.text());
    // The twin: with the ruling, no reason is asked.
    let other =
        app.files("theo", "event_request", answers::changed(answers::event(), json!({ "event_on": "2027-01-14" })));
    rules(&app, &other, &[("ruling", "acceptable"), ("reason", "Ouvert à tous.")]).await;
    let page = rosalie.open(&format!("/d/{other}")).await;
    assert_eq!(rosalie.send(&page.form("/decision").with("outcome", "authorised")).await.status, 200);
}

#[actix_web::test]
async fn conditions_that_a_passport_proposed_hold_nobody_back_until_somebody_changes_them() {
    let app = TestApp::new().await;
    let request = app.files("camille", "event_request", answers::event());
    rules(&app, &request, ON_CONDITIONS).await;
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{request}")).await;
    let form = page.form("/decision").with("outcome", "authorised").with("reason", "Rien n’est offert cette année.");
    // Changed, they are hers: they would be lost.
    let again = rosalie.send(&form.clone().with("measures", "Décliner le souper et le vin")).await;
    assert_eq!(again.status, 422);
    assert!(again.errors()[0].starts_with("Vous avez écrit des conditions"), "{:?}", again.errors());
    rosalie.send(&form).await;
    assert_eq!(app.row(&request).outcome.as_deref(), Some("authorised"));
}

#[actix_web::test]
async fn one_page_lists_who_went_what_it_cost_and_what_came_of_it() {
    let app = TestApp::new().await;
    let request = app.files("camille", "event_request", answers::hospitality());
    let passport = rules(&app, &request, ON_CONDITIONS).await;
    app.decides("rosalie", &request, "authorised_with_conditions").unwrap();
    app.clock.set("2026-12-16".parse().unwrap(), 10, 0);
    let slug = request.clone();
    app.does("camille", move |tx, actor| {
        use probite::declarations::{actions, drafts, store};
        let found = store::authorized(tx, actor, &slug, probite::access::Action::Edit)?.declaration;
        let mut answers = found.answers()?;
        for (field, value) in
            [("was_useful", json!("yes")), ("received_anything", json!(false)), ("report", json!("Deux ateliers."))]
        {
            answers.set(field, value);
        }
        drafts::save_working(tx, found, &answers)?;
        actions::complete(tx, actor, &slug)
    })
    .unwrap();
    let gift = app.files(
        "camille",
        "gift_declaration",
        answers::changed(answers::gift(), json!({ "offered_on": "2026-12-14" })),
    );
    let page = app.as_("aline").open(&format!("/passeports/{passport}")).await;
    assert!(page.says("1 demande liée"), "{}", page.text());
    for words in ["Camille Gagnon", "Deux ateliers.", "25,00 $", &gift, "30,00 $", "Autorisée avec conditions"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
}

#[actix_web::test]
async fn passports_are_the_ethics_officers_and_hide_what_she_may_not_read() {
    let app = TestApp::new().await;
    let request = app.files("camille", "event_request", answers::event());
    let passport = rules(&app, &request, ON_CONDITIONS).await;
    for name in ["camille", "rosalie", "rita", "cyril", "solange", "audrey", "serge"] {
        for path in ["/passeports".to_owned(), format!("/passeports/{passport}"), "/passeports/nouveau".to_owned()] {
            assert_eq!(app.as_(name).open(&path).await.status, 403, "{name} {path}");
        }
    }
    // A request that names her is neither proposed to her nor linkable by her.
    let hidden = answers::changed(answers::hospitality(), json!({ "participants": [{ "name": app.number("aline") }] }));
    let hidden = app.files("theo", "event_request", hidden);
    let aline = app.as_("aline");
    let page = aline.open(&format!("/passeports/{passport}")).await;
    assert!(!page.html.contains(&hidden));
    let page = aline.post_only(&format!("/passeports/{passport}/demandes"), &[("request", &hidden)]).await;
    assert_eq!(page.status, 404);
}

#[actix_web::test]
async fn a_new_ruling_takes_the_place_of_the_one_before_and_history_stays() {
    let app = TestApp::new().await;
    let request = app.files("camille", "event_request", answers::event());
    let passport = rules(&app, &request, ON_CONDITIONS).await;
    let aline = app.as_("aline");
    let page = aline.open(&format!("/passeports/{passport}")).await;
    let stale = page.form("/decision").with("ruling", "acceptable").with("reason", "Autre.");
    let before = app.letters().len();
    let form = page.form("/decision").with("ruling", "not_acceptable").with("reason", "Le programme a changé.");
    let page = aline.send(&form).await;
    assert!(page.says("Le programme a changé.") && page.says("Ouvert à tous."), "{}", page.text());
    assert_eq!(app.post_since(before), ["ruled → rosalie"]);
    assert!(app.as_("rosalie").open(&format!("/d/{request}")).await.says("non acceptable"));
    let page = aline.send(&stale).await;
    assert_eq!(page.status, 422, "over a newer ruling");
    assert_eq!(page.form("/decision").value("reason"), Some("Autre."));
    let refused = app.app.write_here(|tx| {
        use diesel::prelude::*;
        Ok(diesel::sql_query("UPDATE passport_rulings SET reason = 'x'").execute(tx.conn)?)
    });
    assert!(refused.is_err(), "a ruling is never rewritten");
}

#[actix_web::test]
async fn an_event_ruled_acceptable_is_in_everybodys_calendar_and_one_ruled_out_is_not() {
    let app = TestApp::new().await;
    let request = app.files("camille", "event_request", answers::event());
    let passport = rules(&app, &request, ON_CONDITIONS).await;
    let path = "/evenements?mois=2026-12";
    let page = app.as_("olivier").open(path).await;
    assert!(page.says(EVENT) && page.says(NORDIK.0) && !page.html.contains(&passport), "{}", page.text());
    assert!(!page.html.contains("Camille"));
    assert!(app.as_("aline").open(path).await.html.contains(&passport));
    let aline = app.as_("aline");
    let page = aline.open(&format!("/passeports/{passport}")).await;
    aline.send(&page.form("/decision").with("ruling", "not_acceptable").with("reason", "Non.")).await;
    assert!(!app.as_("olivier").open(path).await.says(EVENT));
}

#[actix_web::test]
async fn what_is_wrong_with_a_passport_is_said_beside_the_field() {
    let app = TestApp::new().await;
    let aline = app.as_("aline");
    let page = aline.open("/passeports/nouveau").await;
    let page = aline.send(&page.form("/passeports/nouveau").with("cap", "beaucoup")).await;
    assert_eq!(page.status, 422);
    let errors = page.errors().join("\n");
    for words in [
        "Choisissez une position",
        "Inscrivez une date",
        "entreprise du registre",
        "montant n’est pas reconnu",
        "Écrivez vos motifs",
    ] {
        assert!(errors.contains(words), "{words}: {errors}");
    }
    assert_eq!(page.form("/passeports/nouveau").value("cap"), Some("beaucoup"));
}

#[actix_web::test]
async fn a_request_under_the_other_name_of_a_company_is_for_the_same_event_once_both_are_merged() {
    let app = TestApp::new().await;
    let first = app.files("camille", "event_request", answers::hospitality());
    let other_name = json!({
        "title": "Rendez-vous infonuagique",
        "event_on": "2026-12-15",
        "company": { "name": "Nordik Nuage", "no_neq_reason": "Nom d’usage" },
    });
    let alike = app.files("theo", "event_request", answers::changed(answers::event(), other_name));
    let passport = rules(&app, &first, ON_CONDITIONS).await;
    let aline = app.as_("aline");
    assert!(!aline.open(&format!("/passeports/{passport}")).await.has_form("/demandes"), "another company");
    let (kept, double) = (app.row(&first).company_id.unwrap(), app.row(&alike).company_id.unwrap());
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, kept, double)).unwrap();
    let page = aline.open(&format!("/passeports/{passport}")).await;
    assert_eq!(page.form("/demandes").offers("request"), [alike.as_str()]);
    let page = aline.send(&page.form("/demandes").with("request", &alike)).await;
    assert!(page.says("2 demandes liées"), "{}", page.text());
}
