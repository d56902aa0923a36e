//! What can be neither refused nor kept goes to the State, with a slip and a trail that nobody rewrites.

use actix_web::http::Method;
use diesel::prelude::*;
use probite::custody::store;
use probite::db::schema::custody_moves;

use crate::support::{TestApp, answers};

/// Camille's gift, to be handed to the State.
fn handed(app: &TestApp) -> (String, String) {
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "hand_to_state").unwrap();
    let id = app.row(&reference).id;
    let number = app.read(|tx| store::of_declaration(tx, id)).expect("it has a slip").number;
    (reference, number)
}

#[actix_web::test]
async fn a_gift_handed_to_the_state_gets_a_slip_and_a_trail() {
    let app = TestApp::new().await;
    let (reference, number) = handed(&app);
    assert_eq!(number, "REM-2026-000001");
    assert_eq!(app.journal(&reference), ["submitted", "decided", "object_expected"]);
    // The letter does not say that something is refused: it says what to do, with which slip, by when.
    let letter = app.letters_to("camille").pop().unwrap();
    assert!(letter.text.contains(&number) && letter.text.contains("7 décembre 2026"), "{}", letter.text);
    assert!(!letter.subject.contains("Non autorisée"), "{}", letter.subject);
    let camille = app.as_("camille");
    let file = camille.open(&format!("/d/{reference}")).await;
    let slip = camille.open(&file.link(&number)).await;
    assert_eq!(slip.h1(), "Bordereau de remise à l’État");
    assert!(slip.says("Camille Gagnon") && slip.says("Nordik") && slip.says("Signature de la personne qui reçoit"));
    assert!(!slip.has_form("/suivi"), "she hands it over, she does not keep the trail");

    let aline = app.as_("aline");
    let list = aline.open("/objets").await;
    assert!(list.says("D’ici le 7 déc. 2026") && !list.says("En retard"), "{}", list.text());
    let page = aline.open(&list.link(&number)).await;
    assert_eq!(page.form("/suivi").offers("step"), ["received"], "first it is received");
    let page = aline.send(&page.form("/suivi").with("on", "2026-12-24")).await;
    assert_eq!(
        page.errors(),
        [
            "Dites ce qui est arrivé à l’objet.",
            "La date est à venir. Inscrivez ce qui a eu lieu.",
            "Écrivez le lieu.",
            "Écrivez le nom de la personne qui l’a en main.",
        ]
    );
    let form = page
        .form("/suivi")
        .with("step", "received")
        .with("on", "2026-11-23")
        .with("place", "Coffre du 4e étage")
        .with("person", "Marc Pelletier");
    let page = aline.send(&form).await;
    assert_eq!(page.flash(), "Le suivi est inscrit.");
    assert_eq!(page.form("/suivi").offers("step"), ["moved", "disposed"]);
    // The same form again: it speaks of an object that has moved since.
    let again = aline.send(&form).await;
    assert_eq!(again.errors(), ["L’objet a changé depuis votre lecture. Relisez le suivi, puis confirmez."]);
    let form = page
        .form("/suivi")
        .with("step", "disposed")
        .with("place", "Organisme d’aide")
        .with("person", "Le comité des dons")
        .with("note", "Don du 23 novembre");
    let page = aline.send(&form).await;
    assert!(!page.has_form("/suivi"), "it is gone");
    assert_eq!(page.timeline(), ["Reçu, 23 novembre 2026", "Sorti pour de bon, 23 novembre 2026"]);
    assert!(app.as_("rosalie").open(&format!("/d/{reference}")).await.timeline().len() >= 5);

    let csv = aline.request(Method::GET, "/objets/export.csv", &[("sec-fetch-site", "same-origin")], None).await;
    assert!(csv.html.starts_with("\u{feff}numero;description;donateur;valeur;etat;lieu;ouvert_le\r\n"), "{}", csv.html);
    assert!(csv.html.contains("REM-2026-000001;") && csv.html.contains(";25,00;disposed;"), "{}", csv.html);
    assert!(app.access_log().contains(&("aline", "state_objects".to_owned(), true)));
}

#[actix_web::test]
async fn what_was_to_be_handed_over_and_went_elsewhere_is_not_expected_any_more() {
    let app = TestApp::new().await;
    let (reference, number) = handed(&app);
    let camille = app.as_("camille");
    let page = camille.open(&format!("/brouillons/{reference}")).await;
    let form = page.form("/final").with("final_disposition", "returned").with("final_on", "2026-11-23");
    let check = camille.send(&form).await;
    camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(app.journal(&reference).last().map(String::as_str), Some("object_cancelled"));
    let page = app.as_("aline").open(&format!("/objets/{number}")).await;
    assert!(page.says("Non remis") && !page.has_form("/suivi"));
}

#[actix_web::test]
async fn a_gift_accepted_then_handed_over_all_the_same_gets_its_slip_then() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "accept").unwrap();
    let id = app.row(&reference).id;
    assert!(app.read(|tx| store::of_declaration(tx, id)).is_none());
    let camille = app.as_("camille");
    let page = camille.open(&format!("/brouillons/{reference}")).await;
    let form = page.form("/final").with("final_disposition", "handed_to_state").with("final_on", "2026-11-23");
    let check = camille.send(&form).await;
    camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(app.read(|tx| store::of_declaration(tx, id)).unwrap().number, "REM-2026-000001");
}

#[actix_web::test]
async fn a_slip_is_read_by_whoever_reads_the_file_and_kept_by_the_ethics_office() {
    let app = TestApp::new().await;
    let (_, number) = handed(&app);
    let path = format!("/objets/{number}");
    for (name, status) in [("camille", 200), ("rosalie", 200), ("aline", 200), ("theo", 404), ("audrey", 404)] {
        assert_eq!(app.as_(name).open(&path).await.status, status, "{name}");
        let opens = if name == "aline" { 200 } else { 403 };
        assert_eq!(app.as_(name).open("/objets").await.status, opens, "{name}");
        assert_eq!(app.as_(name).open("/objets/export.csv").await.status, opens, "{name}");
    }
    let step = [("step", "received"), ("on", "2026-11-23"), ("place", "Coffre"), ("person", "Moi"), ("version", "1")];
    for name in ["camille", "rosalie", "theo"] {
        assert_eq!(app.as_(name).post_only(&format!("{path}/suivi"), &step).await.status, 403, "{name}");
    }
    // The ethics officer's own gift is not in her register, nor hers to follow.
    let hers = app.files("aline", "gift_declaration", answers::gift());
    app.decides("solange", &hers, "hand_to_state").unwrap();
    let aline = app.as_("aline");
    assert!(!aline.open("/objets").await.says("REM-2026-000002"));
    assert_eq!(aline.open("/objets/REM-2026-000002").await.status, 200);
    assert_eq!(aline.post_only("/objets/REM-2026-000002/suivi", &step).await.status, 403);
}

#[actix_web::test]
async fn the_trail_is_not_rewritten() {
    let app = TestApp::new().await;
    let (_, number) = handed(&app);
    let step = [("step", "received"), ("on", "2026-11-23"), ("place", "Coffre"), ("person", "Moi"), ("version", "1")];
    app.as_("aline").post(&format!("/objets/{number}/suivi"), &step).await;
    let refused = app.app.write_here(|tx| {
        diesel::update(custody_moves::table).set(custody_moves::place.eq("Ailleurs")).execute(tx.conn)?;
        Ok(())
    });
    assert!(refused.is_err());
    let refused = app.app.write_here(|tx| {
        diesel::delete(custody_moves::table).execute(tx.conn)?;
        Ok(())
    });
    assert!(refused.is_err());
}

#[actix_web::test]
async fn a_step_is_not_dated_before_the_one_before_it() {
    let app = TestApp::new().await;
    let (_, number) = handed(&app);
    let aline = app.as_("aline");
    let page = aline.open(&format!("/objets/{number}")).await;
    let step = |page: &crate::support::browser::Page, step: &str, on: &str| {
        page.form("/suivi").with("step", step).with("on", on).with("place", "Coffre").with("person", "Marc Pelletier")
    };
    let page = aline.send(&step(&page, "received", "2026-11-20")).await;
    let again = aline.send(&step(&page, "moved", "2026-11-19")).await;
    assert_eq!(again.errors(), ["L’étape d’avant est plus récente. Choisissez le même jour, ou un jour qui la suit."]);
    // The twin: the same day, then a day after it.
    let page = aline.send(&step(&again, "moved", "2026-11-20")).await;
    let page = aline.send(&step(&page, "disposed", "2026-11-23")).await;
    assert_eq!(page.timeline().len(), 3, "{:?}", page.timeline());
}

/// Camille may say that she handed it over, and nobody have it.
#[actix_web::test]
async fn whoever_keeps_the_trail_is_reminded_of_an_object_that_does_not_come() {
    let app = TestApp::new().await;
    let (reference, number) = handed(&app);
    let reminded = |name: &str| app.letters_to(name).iter().filter(|letter| letter.letter == "reminder").count();
    let days = |count: u32| {
        for _ in 0..count {
            app.clock.advance_business_days(1);
            app.remind();
        }
    };
    let camille = app.as_("camille");
    let page = camille.open(&format!("/brouillons/{reference}")).await;
    let form = page.form("/final").with("final_disposition", "handed_to_state").with("final_on", "2026-11-23");
    let check = camille.send(&form).await;
    camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(app.state(&reference), probite::declarations::workflow::State::Closed);
    days(10);
    assert_eq!((reminded("aline"), reminded("camille")), (0, 0), "it may still come today");
    days(1);
    assert_eq!((reminded("aline"), reminded("marc"), reminded("camille")), (1, 1, 0));
    days(5);
    assert_eq!(reminded("aline"), 2, "and each week");
    let today = app.clock.today().to_string();
    let aline = app.as_("aline");
    let form = aline.open(&format!("/objets/{number}")).await.form("/suivi");
    let form =
        form.with("step", "received").with("on", &today).with("place", "Coffre").with("person", "Marc Pelletier");
    aline.send(&form).await;
    days(15);
    assert_eq!(reminded("aline"), 2, "the twin: it is there");
}

/// The service was stopped: what each declarant is reminded of on the same day silences neither object of Aline's.
#[actix_web::test]
async fn an_object_that_meets_the_letter_of_the_day_waits_for_the_next_morning_whatever_its_declarant_was_told() {
    let app = TestApp::new().await;
    let theirs = app.files_gift("theo");
    app.decides("rosalie", &theirs, "hand_to_state").unwrap();
    app.clock.advance_business_days(1);
    let (reference, _) = handed(&app);
    app.clock.advance_business_days(12);
    for _ in 0..10 {
        app.write(|tx| probite::declarations::reminders::send_some(tx, 1));
    }
    let reminded = |name: &str| {
        let letters = app.letters_to(name).into_iter().filter(|letter| letter.letter == "reminder");
        letters.map(|letter| letter.text).collect::<Vec<_>>()
    };
    let told = reminded("aline");
    assert!(told.len() == 1 && told[0].contains(&theirs) && !told[0].contains(&reference), "{told:?}");
    assert_eq!(reminded("camille").len(), 1, "of what is still expected of her, the same day");
    app.clock.advance_business_days(1);
    app.remind();
    let told = reminded("aline");
    assert!(told.len() == 2 && told[1].contains(&reference), "{told:?}");
}
