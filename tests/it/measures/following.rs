//! From an obligation to its verification, and again when it lasts.

use actix_web::http::Method;
use chrono::{NaiveDate, TimeDelta};
use probite::declarations::actions;
use probite::declarations::workflow::State as FileState;
use probite::error::Error;
use probite::measures::actions as measures;
use probite::measures::wishes::Wish;
use probite::measures::workflow::State;

use crate::support::measures::wish;
use crate::support::{TestApp, answers, files};

/// Camille's interest, managed with one measure of hers.
fn managed(app: &TestApp) -> (String, i64) {
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let id = app.asks_for("rosalie", &reference, "managed", vec![wish("Ne plus traiter le lot 2")])[0].id;
    (reference, id)
}

#[actix_web::test]
async fn the_owner_proves_and_the_supervisor_verifies() {
    let app = TestApp::new().await;
    let (reference, id) = managed(&app);
    let camille = app.as_("camille");
    let home = camille.open("/").await;
    assert!(home.says("Une mesure attend votre preuve."), "{}", home.text());
    let list = camille.open(&home.link("Voir mes mesures")).await;
    let page = camille.open(&list.link("Ne plus traiter le lot 2")).await;
    assert_eq!(page.h1(), "Ne plus traiter le lot 2");
    let page = camille.send(&page.form("/preuve")).await;
    assert_eq!(page.errors(), ["Écrivez ce qui montre que c’est fait, ou joignez un fichier."]);
    let page = camille.send(&page.form("/preuve").with("proof", "Théo a repris le lot 2 le 24 novembre.")).await;
    assert_eq!(page.flash(), "Votre preuve est envoyée.");
    assert!(!page.has_form("/preuve") && !page.has_form("/verification"), "she waits now");
    assert_eq!(app.measure(id).state(), State::ProofGiven);
    assert_eq!(app.post_since(6), ["obligation-proof → rosalie"]);

    let rosalie = app.as_("rosalie");
    let list = rosalie.open("/mesures?vue=equipe&etat=a-verifier").await;
    let page = rosalie.open(&list.link("Ne plus traiter le lot 2")).await;
    assert!(page.says("Théo a repris le lot 2 le 24 novembre."));
    // An untouched form verifies nothing.
    let page = rosalie.send(&page.form("/verification")).await;
    assert_eq!(page.errors(), ["Dites si la mesure est vérifiée ou si la preuve est à compléter."]);
    let page = rosalie.send(&page.form("/verification").with("outcome", "sent_back")).await;
    assert_eq!(page.errors(), ["Écrivez vos motifs."]);
    assert_eq!(page.form("/verification").value("outcome"), Some("sent_back"), "the choice made is kept");
    let page = rosalie.send(&page.form("/verification").with("reason", "Joignez la note signée.")).await;
    assert_eq!(page.flash(), "La preuve est renvoyée avec vos motifs.");
    assert_eq!(app.measure(id).state(), State::Open);
    assert_eq!(app.post_since(7), ["obligation-sent-back → camille"]);

    let page = camille.open(&format!("/mesures/{id}")).await;
    assert!(page.says("Joignez la note signée."), "{}", page.text());
    app.proves("camille", id).unwrap();
    let page = rosalie.open(&format!("/mesures/{id}")).await;
    let page = rosalie.send(&page.form("/verification").with("outcome", "verified")).await;
    assert_eq!(page.flash(), "La mesure est vérifiée.");
    assert_eq!(
        page.timeline(),
        [
            "Mesure 1 demandée, d’ici le 21 décembre 2026",
            "Preuve donnée pour la mesure 1",
            "Preuve de la mesure 1 à compléter d’ici le 21 décembre 2026",
            "Preuve donnée pour la mesure 1",
            "Mesure 1 vérifiée",
        ]
    );
    assert_eq!(
        app.journal(&reference),
        [
            "submitted",
            "decided",
            "measure_ordered",
            "measure_proved",
            "measure_sent_back",
            "measure_proved",
            "measure_verified"
        ]
    );
    assert!(page.says("Prochaine confirmation d’ici le"), "{}", page.text());
    let file = rosalie.open(&format!("/d/{reference}")).await;
    assert!(file.timeline().contains(&"Mesure 1 vérifiée".to_owned()), "{:?}", file.timeline());
}

#[actix_web::test]
async fn a_file_may_be_the_proof_and_goes_with_the_measure() {
    let app = TestApp::with(|config| {
        config.uploads.directory = std::env::temp_dir().join("probite-proofs").display().to_string();
    })
    .await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let wished = Wish { owner: app.number("serge"), ..wish("Retirer l’accès au lot 2") };
    let id = app.asks_for("rosalie", &reference, "managed", vec![wished])[0].id;
    let serge = app.as_("serge");
    let address = format!("/mesures/{id}/preuve");
    let (serge_sends, to) = (&serge, address.as_str());
    let send = async |content: &[u8]| {
        let body = files::multipart(&[("proof", "Voici.")], &[("files", "accès.pdf", content)]);
        serge_sends.request(Method::POST, to, &[("sec-fetch-site", "same-origin")], Some(body)).await
    };
    let page = send(b"bonjour").await;
    assert_eq!((page.status, app.measure(id).state()), (422, State::Open), "{}", page.text());
    assert!(page.html.contains("Voici."), "what was typed is not lost");
    assert_eq!(send(&files::pdf("Accès retiré")).await.status, 303);
    assert_eq!(app.measure(id).state(), State::ProofGiven);

    let page = serge.open(&format!("/mesures/{id}")).await;
    let file = page.link("accès.pdf");
    for (name, status) in [("serge", 200), ("rosalie", 200), ("camille", 200), ("aline", 200), ("theo", 404)] {
        let answer = app.as_(name).open(&file).await;
        assert_eq!(answer.status, status, "{name}");
    }
    // The owner reads the measure, never the declaration because of it.
    assert_eq!(serge.open(&format!("/d/{reference}")).await.status, 404);
    assert!(!page.says("Camille"), "{}", page.text());
}

#[actix_web::test]
async fn no_file_closes_with_an_open_measure() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    // One proof is enough: what lasts has its own story.
    let once = Wish { every: "0".into(), ..wish("Ne plus traiter le lot 2") };
    let id = app.asks_for("rosalie", &reference, "managed", vec![once])[0].id;
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert!(!page.has_form("/fermeture"));
    assert!(page.says("Le dossier ne peut pas encore être fermé : 1 mesure reste ouverte."), "{}", page.text());
    let page = rosalie.post(&format!("/d/{reference}/fermeture"), &[("note", "Fini.")]).await;
    // Where rows fail in their turn, the page that would give the words back may not be shown.
    let comes_back = page.status == 422 && page.says("Fini.");
    assert!(comes_back || app.failpoints().is_some(), "what was written comes back: {}", page.text());
    assert!(page.says("quand toutes ses mesures seront vérifiées ou levées"), "{}", page.text());
    assert_eq!(app.state(&reference), FileState::Monitoring);
    app.proves("camille", id).unwrap();
    assert!(
        [409, 422].contains(&rosalie.post(&format!("/d/{reference}/fermeture"), &[("note", "Fini.")]).await.status)
    );
    // The twin: once it is verified, the same file closes.
    app.verifies("rosalie", id).unwrap();
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let page = rosalie.send(&page.form("/fermeture").with("note", "Le lien est rompu.")).await;
    assert_eq!(page.flash(), "Le dossier est fermé.");
    assert_eq!(app.state(&reference), FileState::Closed);
}

#[actix_web::test]
async fn an_event_told_before_its_conditions_are_shown_closes_with_the_last_of_them() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    let measures = app.asks_for(
        "rosalie",
        &reference,
        "authorised_with_conditions",
        vec![wish("Payer l’entrée"), wish("Décliner le repas")],
    );
    app.clock.advance(TimeDelta::days(22));
    app.completes_event("camille", &reference);
    assert_eq!(app.state(&reference), FileState::Monitoring, "the report is there, the proofs are not");
    let page = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert!(page.links().iter().all(|(href, _)| !href.starts_with("/brouillons/")), "nothing more to tell");
    app.proves("camille", measures[0].id).unwrap();
    app.verifies("rosalie", measures[0].id).unwrap();
    assert_eq!(app.state(&reference), FileState::Monitoring);
    app.lifts("aline", measures[1].id).unwrap();
    assert_eq!(app.state(&reference), FileState::Closed);
    assert_eq!(app.journal(&reference).last().map(String::as_str), Some("closed"));
}

/// C05: each of the two counted what the other was about to do, and neither closed the file.
#[actix_web::test]
async fn a_file_closes_when_its_report_and_the_proof_of_its_last_condition_come_at_once() {
    for report_first in [true, false] {
        let app = TestApp::new().await;
        let reference = app.files("camille", "event_request", answers::event());
        let wished = vec![wish("Payer l’entrée")];
        let id = app.asks_for("rosalie", &reference, "authorised_with_conditions", wished)[0].id;
        app.clock.advance(TimeDelta::days(22));
        app.proves("camille", id).unwrap();
        app.writes_report("camille", &reference);
        let (camille, rosalie, version) = (app.actor("camille"), app.actor("rosalie"), app.measure(id).version);
        let slug = reference.clone();
        let (reported, verified) = if report_first {
            app.meet(
                move |tx, pause| actions::complete(tx, &camille, &slug).inspect(|_| pause()),
                move |tx| measures::verify(tx, &rosalie, id, version, ""),
            )
        } else {
            let (verified, reported) = app.meet(
                move |tx, pause| measures::verify(tx, &rosalie, id, version, "").inspect(|_| pause()),
                move |tx| actions::complete(tx, &camille, &slug),
            );
            (reported, verified)
        };
        assert!(reported.is_ok() && verified.is_ok(), "report first: {report_first}: {reported:?}, {verified:?}");
        assert_eq!(app.state(&reference), FileState::Closed, "report first: {report_first}");
        assert_eq!(app.measure(id).state(), State::Verified);
    }
}

#[actix_web::test]
async fn a_lasting_measure_comes_back_to_the_supervisor() {
    let app = TestApp::new().await;
    let (reference, id) = managed(&app);
    app.proves("camille", id).unwrap();
    app.verifies("rosalie", id).unwrap();
    let due = app.measure(id).due_on;
    assert_eq!(due, NaiveDate::from_ymd_opt(2027, 5, 25).unwrap(), "six months, after the holiday of May");
    let before = app.letters().len();
    app.clock.set(NaiveDate::from_ymd_opt(2027, 5, 10).unwrap(), 8, 0);
    app.remind();
    assert_eq!(app.post_since(before), ["obligation-review → rosalie"]);
    assert_eq!(app.letters()[before].subject, "À revoir d’ici le 25 mai – INT-2026-000001");
    assert_eq!(app.measure(id).state(), State::Open);
    assert!(matches!(app.proves("camille", id), Err(Error::NotPossible(_))), "her supervisor confirms, not she");

    assert!(matches!(app.attests("camille", id), Err(Error::NotAllowed)));

    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/mesures/{id}")).await;
    let page = rosalie.send(&page.form("/attestation")).await;
    assert_eq!(page.errors(), ["Dites si la mesure tient toujours."]);
    let page = rosalie.send(&page.form("/attestation").with("outcome", "holds")).await;
    assert_eq!(page.flash(), "Votre confirmation est enregistrée.");
    assert_eq!((app.measure(id).state(), app.measure(id).due_on > due), (State::Verified, true));

    // The next time it does not hold: Camille shows it again, the ethics office knows.
    app.clock.set(NaiveDate::from_ymd_opt(2027, 11, 15).unwrap(), 8, 0);
    app.remind();
    let before = app.letters().len();
    app.denies("rosalie", id).unwrap();
    assert_eq!(
        app.post_since(before),
        ["obligation-sent-back → camille", "obligation-denied → aline"],
        "Marc’s interim is over"
    );
    app.proves("camille", id).unwrap();
    assert_eq!(app.measure(id).state(), State::ProofGiven);
    let journal = app.journal(&reference);
    assert_eq!(
        journal[journal.len() - 5..],
        [
            "measure_attestation_asked",
            "measure_attested",
            "measure_attestation_asked",
            "measure_denied",
            "measure_proved"
        ]
    );
}

/// Closing would end it without a word to whoever decided that it lasts.
#[actix_web::test]
async fn no_file_closes_while_a_measure_comes_back_to_be_confirmed() {
    let app = TestApp::new().await;
    let (reference, id) = managed(&app);
    app.proves("camille", id).unwrap();
    app.verifies("rosalie", id).unwrap();
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert!(!page.has_form("/fermeture"));
    assert!(page.says("une de ses mesures doit être confirmée de temps à autre"), "{}", page.text());
    let page = rosalie.post(&format!("/d/{reference}/fermeture"), &[("note", "Fini.")]).await;
    assert!([409, 422].contains(&page.status) && app.state(&reference) == FileState::Monitoring);
    assert!(page.says("quand la personne responsable de l’éthique l’aura levée"), "{}", page.text());
    // So it does come back, in its month.
    let before = app.letters().len();
    app.clock.set(NaiveDate::from_ymd_opt(2027, 5, 10).unwrap(), 8, 0);
    app.remind();
    assert_eq!(app.post_since(before), ["obligation-review → rosalie"]);
    app.attests("rosalie", id).unwrap();
    // Lifted by somebody who says why, and only then.
    app.lifts("aline", id).unwrap();
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let page = rosalie.send(&page.form("/fermeture").with("note", "Le lien est rompu.")).await;
    assert_eq!((page.flash().as_str(), app.state(&reference)), ("Le dossier est fermé.", FileState::Closed));
    let before = app.letters().len();
    app.clock.set(NaiveDate::from_ymd_opt(2027, 12, 10).unwrap(), 8, 0);
    app.remind();
    assert_eq!((app.letters().len(), app.measure(id).state()), (before, State::Lifted));
}

#[actix_web::test]
async fn reminders_go_out_once_a_day_and_a_late_measure_to_the_ethics_office() {
    let app = TestApp::new().await;
    let (_, id) = managed(&app);
    // A file to decide by Rosalie, so that she is reminded of both at once.
    app.files_gift("theo");
    let before = app.letters().len();
    let mut seen = Vec::new();
    for _ in 0..25 {
        app.clock.advance_business_days(1);
        let so_far = app.letters().len();
        app.remind();
        app.remind();
        for letter in app.letters().into_iter().skip(so_far).filter(|l| l.to != "rosalie") {
            seen.push((app.clock.today().to_string(), letter.letter, letter.to));
        }
    }
    let of = |letter: &str, to: &str| -> Vec<String> {
        seen.iter().filter(|(_, l, t)| l == letter && *t == to).map(|(day, ..)| day.clone()).collect()
    };
    // Half of the time, the day itself, then each week.
    assert_eq!(of("reminder", "camille")[..2], ["2026-12-07", "2026-12-21"]);
    assert_eq!(of("obligations-overdue", "aline").len(), 1, "{seen:?}");
    assert_eq!(of("obligations-overdue", "marc").len(), 1);
    assert_eq!(app.measure(id).state(), State::Overdue);
    for person in ["camille", "rosalie", "aline"] {
        let mut days: Vec<NaiveDate> = app
            .letters()
            .into_iter()
            .skip(before)
            .filter(|letter| letter.letter == "reminder" && letter.to == person)
            .map(|letter| letter.written_at.date())
            .collect();
        let all = days.len();
        days.dedup();
        assert_eq!(days.len(), all, "{person} gets at most one a day");
    }
    let page = app.as_("aline").open("/mesures?vue=toutes&etat=en-retard").await;
    assert!(page.says("Ne plus traiter le lot 2") && page.says("En retard de"), "{}", page.text());
    // Late, it can still be shown.
    app.proves("camille", id).unwrap();
}

#[actix_web::test]
async fn two_measures_of_a_person_make_one_reminder() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    app.asks_for("rosalie", &reference, "managed", vec![wish("Un"), wish("Deux")]);
    let before = app.letters().len();
    app.clock.set(NaiveDate::from_ymd_opt(2026, 12, 7).unwrap(), 8, 0);
    app.remind();
    let letters = app.letters();
    assert_eq!(app.post_since(before), ["reminder → camille"]);
    let subject = letters[before].subject.replace('\u{a0}', " ");
    assert_eq!(subject, "Rappel : 2 éléments vous attendent");
    assert!(letters[before].text.contains("/mesures"), "{}", letters[before].text);
}

#[actix_web::test]
async fn a_verification_of_something_read_before_it_changed_is_refused() {
    let app = TestApp::new().await;
    let (_, id) = managed(&app);
    app.proves("camille", id).unwrap();
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/mesures/{id}")).await;
    let form = page.form("/verification").with("outcome", "verified");
    app.sends_proof_back("aline", id).unwrap();
    app.proves("camille", id).unwrap();
    let page = rosalie.send(&form).await;
    assert_eq!(page.errors(), ["La mesure a changé depuis votre lecture. Relisez-la, puis confirmez votre choix."]);
    assert_eq!(app.measure(id).state(), State::ProofGiven);
}

#[actix_web::test]
async fn the_proof_of_somebody_gone_is_asked_of_whoever_verifies() {
    let app = TestApp::new().await;
    let (_, id) = managed(&app);
    app.leaves("camille", NaiveDate::from_ymd_opt(2026, 11, 30).unwrap());
    let before = app.letters().len();
    app.clock.set(NaiveDate::from_ymd_opt(2026, 12, 21).unwrap(), 8, 0);
    app.remind();
    assert_eq!(app.post_since(before), ["reminder → rosalie"]);
    app.lifts("aline", id).unwrap();
    assert_eq!(app.measure(id).state(), State::Lifted);
}

/// Serge must carry it out, and leaves: nobody else could show it, and the file would not close.
#[actix_web::test]
async fn a_measure_whose_owner_leaves_is_handed_on_to_somebody_who_shows_it() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::relation());
    let to_serge = Wish { owner: app.number("serge"), ..wish("Retirer l’accès au dépôt") };
    let id = app.asks_for("rosalie", &reference, "measures", vec![to_serge])[0].id;
    app.leaves("serge", app.clock.today() + TimeDelta::days(10));
    let departure = format!("/depart/{}", app.number("serge"));
    let page = app.as_("aline").open(&departure).await;
    assert!(page.says("confiez-le à une autre personne"), "{}", page.text());
    assert_eq!(page.link("Retirer l’accès au dépôt"), format!("/mesures/{id}"));

    // Neither its owner nor the declarant gives it to somebody else; Rosalie, who asked for it, does.
    let address = format!("/mesures/{id}");
    for (name, offered) in [("serge", false), ("camille", false), ("rosalie", true), ("aline", true)] {
        assert_eq!(app.as_(name).open(&address).await.has_form("/responsable"), offered, "{name}");
    }
    app.clock.advance(TimeDelta::days(20));
    let rosalie = app.as_("rosalie");
    let form = rosalie.open(&address).await.form("/responsable");
    assert_eq!(rosalie.send(&form).await.errors(), ["Nommez la personne à qui vous confiez la mesure."]);
    for (to, error) in [
        ("serge", "Cette personne n’est pas en service. Choisissez quelqu’un d’autre."),
        ("theo", "Écrivez vos motifs."),
    ] {
        let page = rosalie.send(&form.clone().with("to", &app.number(to))).await;
        assert_eq!(page.errors(), [error], "{to}");
    }
    let before = app.letters().len();
    let filled = form.with("to", &app.number("theo")).with("reason", "Serge est parti.");
    let page = rosalie.send(&filled).await;
    assert_eq!(page.flash(), "La mesure est confiée. La personne est avisée.");
    assert_eq!(app.post_since(before), ["obligation-given → theo"]);
    let measure = app.measure(id);
    assert_eq!((app.name(measure.owner_id), measure.state()), ("theo", State::Open));
    assert!(measure.due_on > app.clock.today(), "time of his own: {}", measure.due_on);
    assert_eq!(app.journal(&reference).last().map(String::as_str), Some("measure_handed_on"));

    app.proves("theo", id).unwrap();
    // The twin: what is shown has nothing left to hand on.
    assert!(!app.as_("rosalie").open(&address).await.has_form("/responsable"));
    app.verifies("rosalie", id).unwrap();
    assert_eq!(app.measure(id).state(), State::Verified);
    assert!(app.as_("theo").open(&format!("/d/{reference}")).await.status == 404, "the measure, never the file");
}
