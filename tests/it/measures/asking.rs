//! From the decider's form to obligations.

use chrono::NaiveDate;
use probite::measures::workflow::State;

use crate::support::{TestApp, answers};

#[actix_web::test]
async fn one_line_is_enough_and_the_kind_fills_the_rest() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let form = page.form("/decision").with("outcome", "managed").with("reason", "Un lien passé.");
    let page = rosalie.send(&form.with("measures", "Ne plus traiter le lot 2\n\nDouble signature")).await;
    assert_eq!(page.flash(), "Votre décision est enregistrée.");

    let measures = app.measures(&reference);
    let texts: Vec<&str> = measures.iter().map(|measure| measure.text.as_str()).collect();
    assert_eq!(texts, ["Ne plus traiter le lot 2", "Double signature"]);
    for measure in &measures {
        assert_eq!(app.name(measure.owner_id), "camille", "the person who declares");
        // 20 business days after Monday 23 November, over the closing of the holidays.
        assert_eq!(measure.due_on, NaiveDate::from_ymd_opt(2026, 12, 21).unwrap());
        assert_eq!((measure.evidence.as_str(), measure.every_months), ("recusal_note", Some(6)));
        assert_eq!(measure.state(), State::Open);
    }
    assert_eq!(app.journal(&reference), ["submitted", "decided", "measure_ordered", "measure_ordered"]);
    // Camille reads them in the letter of the decision: no other letter.
    assert_eq!(app.post_since(4), ["decided → camille", "recorded → rosalie"]);
    assert!(page.says("Camille Gagnon doit donner la preuve d’ici le 21 décembre 2026."), "{}", page.text());
    assert!(page.says("Dans 20 jours ouvrables."));
    // Whoever carries it out is spoken to.
    let camille = app.as_("camille");
    for (path, told) in [
        (format!("/d/{reference}"), "Vous devez donner la preuve d’ici le 21 décembre 2026."),
        (format!("/mesures/{}", measures[0].id), "Vous devez donner la preuve d’ici le 21 décembre 2026."),
        ("/mesures?vue=miennes".to_owned(), "Vous devez donner la preuve."),
    ] {
        let page = camille.open(&path).await;
        assert!(page.says(told) && !page.says("Camille Gagnon doit"), "{path}: {}", page.text());
    }
}

#[actix_web::test]
async fn each_measure_can_say_who_when_and_how_without_losing_anything() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let form = page
        .form("/decision")
        .with("outcome", "recusal")
        .with("reason", "Un lien passé.")
        .with("measures", "Note de retrait au dossier")
        .with("m1-text", "Retirer l’accès au lot 2")
        .with("m1-owner", "Personne Inconnue")
        .with("m1-due", "2026-11-01")
        .with("m1-evidence", "access_removed")
        .with("m1-every", "0")
        .with("m2-owner", "Théo Simard");
    let page = rosalie.send(&form).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.errors(),
        [
            "« Personne Inconnue » n’est pas au répertoire. Inscrivez le nom complet, le numéro ou le courriel.",
            "L’échéance est passée. Choisissez aujourd’hui ou plus tard.",
            "Écrivez la mesure.",
        ]
    );
    let form = page.form("/decision");
    for (name, value) in [
        ("measures", "Note de retrait au dossier"),
        ("m1-text", "Retirer l’accès au lot 2"),
        ("m1-owner", "Personne Inconnue"),
        ("m1-due", "2026-11-01"),
        ("m1-evidence", "access_removed"),
        ("m1-every", "0"),
        ("m2-owner", "Théo Simard"),
        ("reason", "Un lien passé."),
        ("outcome", "recusal"),
    ] {
        assert_eq!(form.value(name), Some(value), "{name}");
    }
    assert!(page.html.contains("<details class=\"details\" open>"), "what is to be put right is in sight");
    assert_eq!(app.decisions(&reference), 0);

    let form = form
        .with("m1-owner", "serge.caron@ministere.example")
        .with("m1-due", "2026-12-04")
        .with("m2-text", "Reprendre le lot 2");
    let page = rosalie.send(&form).await;
    assert_eq!(page.flash(), "Votre décision est enregistrée.");
    let measures = app.measures(&reference);
    let said: Vec<(&str, &str, String, &str, Option<i32>)> = measures
        .iter()
        .map(|m| (m.text.as_str(), app.name(m.owner_id), m.due_on.to_string(), m.evidence.as_str(), m.every_months))
        .collect();
    assert_eq!(
        said,
        [
            ("Note de retrait au dossier", "camille", "2026-12-21".into(), "recusal_note", Some(6)),
            ("Retirer l’accès au lot 2", "serge", "2026-12-04".into(), "access_removed", None),
            ("Reprendre le lot 2", "theo", "2026-12-21".into(), "recusal_note", Some(6)),
        ]
    );
    assert_eq!(
        app.post_since(4),
        ["decided → camille", "recorded → rosalie", "obligation-given → serge", "obligation-given → theo"]
    );
}

#[actix_web::test]
async fn more_rows_can_be_asked_for_and_nothing_is_decided() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert!(!page.html.contains("name=\"m3-text\""));
    let form = page
        .form("/decision")
        .with("outcome", "authorised_with_conditions")
        .with("m2-text", "Payer l’entrée")
        .with("more", "1");
    let page = rosalie.send(&form).await;
    assert_eq!((page.status, page.errors()), (200, Vec::new()));
    let form = page.form("/decision");
    assert_eq!(form.value("m2-text"), Some("Payer l’entrée"));
    assert_eq!(form.value("outcome"), Some("authorised_with_conditions"));
    assert_eq!(form.value("m4-text"), Some(""), "two more rows");
    assert_eq!(app.decisions(&reference), 0);
}

#[actix_web::test]
async fn somebody_concerned_or_gone_is_given_no_measure() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::about_the_supervisor("interest_declaration"));
    let denis = app.as_("denis");
    let page = denis.open(&format!("/d/{reference}")).await;
    let form = page
        .form("/decision")
        .with("outcome", "managed")
        .with("reason", "Un lien.")
        .with("m1-text", "Retirer l’accès")
        .with("m1-owner", "Rosalie Tremblay")
        .with("m2-text", "Reprendre le dossier")
        .with("m2-owner", "100099");
    let page = denis.send(&form).await;
    assert_eq!(
        page.errors(),
        [
            "Cette personne est concernée par le dossier. Choisissez quelqu’un d’autre.",
            "Cette personne n’est pas en service. Choisissez quelqu’un d’autre.",
        ]
    );
}

#[actix_web::test]
async fn conditions_of_an_event_are_due_after_the_event() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &reference, "authorised_with_conditions").unwrap();
    let measure = &app.measures(&reference)[0];
    assert!(measure.due_on > NaiveDate::from_ymd_opt(2026, 12, 14).unwrap(), "{}", measure.due_on);
    assert_eq!(measure.every_months, None, "one proof is enough");
}
