//! From the inbox to a decision, and what follows it.

use std::sync::Barrier;
use std::sync::mpsc::{Sender, channel};

use actix_web::http::Method;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use probite::declarations::actions::{self, Choice};
use probite::declarations::store;
use probite::declarations::workflow::State;
use probite::error::Error;
use probite::journal::{self, Event};
use serde_json::json;

use crate::support::browser::Page;
use crate::support::measures::wish;
use crate::support::{TestApp, answers, say, until};

/// The headings of somebody's first page, in their order.
async fn home_headings(app: &TestApp, name: &str) -> (String, Vec<String>) {
    let home = app.as_(name).open("/").await;
    (home.h1(), home.select_text("main h2"))
}

#[actix_web::test]
async fn what_waits_for_whoever_decides_comes_before_what_they_may_declare() {
    let app = TestApp::new().await;
    let (waits, declare) = (say("home-waiting-title"), say("home-declare"));
    let tie = app.files("camille", "interest_declaration", answers::interest());
    app.asks_for("rosalie", &tie, "managed", vec![wish("Ne plus traiter le lot 2")]);
    app.files_gift("theo");
    app.files("emma", "interest_declaration", answers::referred("interest_declaration"));
    for (name, greeting) in [("rosalie", "Bonjour Rosalie"), ("aline", "Bonjour Aline")] {
        let (h1, headings) = home_headings(&app, name).await;
        assert_eq!((h1.as_str(), headings.first()), (greeting, Some(&waits)), "{name}: {headings:?}");
        let at = |words: &String| headings.iter().filter(|heading| *heading == words).count();
        assert_eq!((at(&waits), at(&declare)), (1, 1), "{name}: {headings:?}");
    }
    // The twins: whoever decides nothing declares first, though a measure waits for them; so does whoever nothing waits for.
    let (h1, headings) = home_headings(&app, "camille").await;
    assert!(h1.contains("que souhaitez-vous déclarer?"), "{h1}");
    let place = |key: &str| headings.iter().position(|heading| *heading == say(key)).unwrap_or(usize::MAX);
    assert!(place("home-situations") < place("home-measures-title"), "{headings:?}");
    assert!(headings.contains(&say("home-measures-title")) && !headings.contains(&declare), "{headings:?}");
    let (h1, headings) = home_headings(&app, "denis").await;
    assert!(h1.contains("que souhaitez-vous déclarer?") && !headings.contains(&declare), "{h1}: {headings:?}");
}

#[actix_web::test]
async fn a_supervisor_finds_the_file_and_decides_with_no_choice_made_for_her() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let home = rosalie.open("/").await;
    assert!(home.says("Une déclaration vous attend."), "{}", home.text());
    let inbox = rosalie.open(&home.link("Voir ce qui m’attend")).await;
    let page = rosalie.open(&inbox.link("Camille Gagnon")).await;
    assert_eq!(page.h1(), "Camille Gagnon – Objet ou cadeau – Nordik Infonuagique inc.");
    let form = page.form("/decision");
    assert_eq!(
        form.offers("outcome"),
        ["accept", "share", "return", "hand_to_state", "referred", "_ask"],
        "what suits something received"
    );
    assert_eq!(form.value("outcome"), None, "none preset");
    let page = rosalie.send(&form.with("outcome", "accept")).await;
    assert_eq!(page.flash(), "Votre décision est enregistrée.");
    assert_eq!(app.state(&reference), State::Decided);
    assert_eq!(app.journal(&reference), ["submitted", "decided"]);
    assert_eq!(app.post_since(2), ["approved → camille", "recorded → rosalie"]);
    let mine = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert!(mine.says("Décision : Acceptée") || mine.says("Décision: Acceptée"), "{}", mine.text());
}

#[actix_web::test]
async fn four_choices_are_offered_for_an_event_and_an_untouched_form_decides_nothing() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let form = page.form("/decision");
    assert_eq!(
        form.offers("outcome"),
        ["authorised", "authorised_with_conditions", "refused", "referred", "_ask"],
        "four decisions, and a question"
    );
    // A scanner that follows the link and presses the button.
    let page = rosalie.send(&form).await;
    assert_eq!((page.status, page.errors()), (422, vec!["Choisissez une décision.".to_owned()]));
    assert_eq!((app.state(&reference), app.decisions(&reference)), (State::Submitted, 0));
}

#[actix_web::test]
async fn refusing_needs_a_reason_and_the_choice_made_is_kept() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let page = rosalie.send(&page.form("/decision").with("outcome", "refused").with("reason", "  \r\n ")).await;
    assert_eq!(page.errors(), ["Écrivez vos motifs."]);
    assert_eq!(page.form("/decision").value("outcome"), Some("refused"));
    let page = rosalie.send(&page.form("/decision").with("reason", "Réservé aux clients.")).await;
    assert_eq!(page.flash(), "Votre décision est enregistrée.");
    assert_eq!(app.state(&reference), State::Closed);
    let camille = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert!(camille.says("Réservé aux clients."));
}

#[actix_web::test]
async fn conditions_are_written_one_by_one_and_followed() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let form = page.form("/decision").with("outcome", "authorised_with_conditions").with("reason", "Utile.");
    let page = rosalie.send(&form).await;
    assert_eq!(page.errors(), ["Inscrivez au moins une condition."]);
    rosalie.send(&page.form("/decision").with("measures", "Décliner le repas\r\n\r\n  Payer l’entrée ")).await;
    assert_eq!(app.row(&reference).measures().unwrap(), ["Décliner le repas", "Payer l’entrée"]);
    assert_eq!(app.post_since(2), ["conditions → camille", "recorded → rosalie"]);
}

#[actix_web::test]
async fn conditions_written_beside_a_decision_that_takes_none_are_not_lost() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let form = page.form("/decision").with("outcome", "authorised").with("measures", "Décliner le repas");
    let page = rosalie.send(&form).await;
    assert_eq!(
        page.errors(),
        ["Vous avez écrit des conditions : choisissez « Autoriser avec conditions », ou effacez-les."]
    );
    let form = page.form("/decision");
    assert_eq!((form.value("measures"), form.value("outcome")), (Some("Décliner le repas"), Some("authorised")));
    // A question would lose them too.
    let page = rosalie.send(&form.clone().with("outcome", "_ask").with("reason", "À quelle heure?")).await;
    assert_eq!((page.status, page.form("/decision").value("measures")), (422, Some("Décliner le repas")));
    assert_eq!((app.state(&reference), app.decisions(&reference)), (State::Submitted, 0));
    let form = form.with("outcome", "authorised_with_conditions").with("reason", "Le repas est payé par l’entreprise.");
    let done = rosalie.send(&form).await;
    assert_eq!(app.row(&reference).measures().unwrap(), ["Décliner le repas"], "{}", done.text());
    // The twin: an empty box decides.
    let other = app.files("theo", "event_request", answers::event());
    let page = rosalie.open(&format!("/d/{other}")).await;
    rosalie.send(&page.form("/decision").with("outcome", "authorised")).await;
    assert_eq!(app.state(&other), State::Decided);
}

#[actix_web::test]
async fn accepting_against_a_stop_needs_a_reason() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "gift_declaration", answers::referred("gift_declaration"));
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    let told = |page: &Page| page.select_text("#reason-hint").join(" ");
    assert!(told(&page).contains(": Accepter;"), "{}", told(&page));
    let plain = app.files_gift("theo");
    let twin = app.as_("rosalie").open(&format!("/d/{plain}")).await;
    assert!(!told(&twin).contains("Accepter;") && told(&twin).contains("Faire retourner;"), "{}", told(&twin));
    let page = aline.send(&page.form("/decision").with("outcome", "accept")).await;
    assert_eq!(page.errors(), ["Écrivez vos motifs."]);
    aline.send(&page.form("/decision").with("reason", "Carte remise à toute la salle, valeur nulle.")).await;
    assert_eq!(app.state(&reference), State::Decided);
}

/// C02
#[actix_web::test]
async fn a_decision_on_a_declaration_changed_since_is_refused_and_what_was_typed_is_kept() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert!(!page.says("Corrigée le"), "the twin");
    let form = page.form("/decision").with("outcome", "refused").with("reason", "Trop loin.");
    let nearer = answers::changed(answers::event(), json!({ "place": "Lévis" }));
    app.corrects("camille", &reference, nearer).unwrap();

    let page = rosalie.send(&form).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.errors(),
        ["La déclaration a changé depuis votre lecture. Relisez-la, puis confirmez votre choix."]
    );
    assert_eq!(page.form("/decision").value("reason"), Some("Trop loin."));
    assert_eq!(page.form("/decision").value("outcome"), Some("refused"));
    assert!(page.says("Lévis"), "the difference is on the page");
    assert!(page.says("Corrigée le 23 novembre 2026 : 1 réponse changée."), "{}", page.text());
    assert!(page.select_text("#correction").join(" ").contains("Lévis"), "and the head of the page leads to it");
    assert!(!app.as_("camille").open(&format!("/d/{reference}")).await.says("réponse changée"), "she made it");
    assert_eq!(app.decisions(&reference), 0);
    // Read again, confirmed.
    rosalie.send(&page.form("/decision")).await;
    assert_eq!(app.state(&reference), State::Closed);
}

#[actix_web::test]
async fn what_the_person_declared_before_is_told_in_the_language_of_its_reader() {
    let app = TestApp::new().await;
    let before = app.files_gift("camille");
    app.clock.advance_business_days(1);
    let gift = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{gift}")).await;
    let earlier = format!("/d/{before}");
    assert!(page.html.contains(&earlier) && page.says("Objet ou cadeau"), "{}", page.text());
    rosalie.open("/langue/en?retour=/").await;
    let page = rosalie.open(&format!("/d/{gift}")).await;
    assert!(page.html.contains(&earlier) && !page.says("Objet ou cadeau"), "{}", page.text());
}

#[actix_web::test]
async fn a_correction_before_the_decision_makes_a_second_version_with_its_difference() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{reference}")).await;
    let check = camille.open(&page.link("Corriger")).await;
    let value = camille.open(&check.links().iter().find(|(href, _)| href.ends_with("/value")).unwrap().0).await;
    let check = camille.send(&value.form("/value").with("value_cents", "80,00")).await;
    // The decider still sees what is on file.
    let before = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert_eq!(before.summary()["Valeur"], "25,00 $");
    let page = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(page.flash(), "La correction est envoyée.");

    let row = app.row(&reference);
    assert_eq!((row.revision, row.value_cents), (2, Some(8000)));
    let after = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert_eq!(after.timeline(), ["Déclaration transmise", "Déclaration corrigée"]);
    assert!(after.says("25,00 $") && after.says("80,00 $"), "both values: {}", after.text());
    assert!(after.says("dépasse le repère"), "the rules looked again: {}", after.text());
    assert_eq!(app.post_since(2), ["corrected → rosalie", "flagged → aline", "flagged → marc"]);
    assert_eq!(app.letters()[2].thread_id, Some(app.letters()[1].message_id.clone()), "in the thread of the first");

    let again = answers::changed(answers::gift(), json!({ "value_cents": 8100 }));
    app.corrects("camille", &reference, again).unwrap();
    assert_eq!(app.post_since(5), ["corrected → rosalie"], "the ethics office knows of that finding already");
}

#[actix_web::test]
async fn a_withdrawal_leaves_a_trace_and_nothing_to_do() {
    let app = TestApp::new().await;
    app.wants_digest("rosalie", false);
    let reference = app.files_gift("camille");
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{reference}")).await;
    let page = camille.send(&page.form("/retrait").with("note", "Je l’ai déclaré deux fois.")).await;
    assert_eq!(page.flash(), "La déclaration est retirée.");
    assert_eq!(page.timeline(), ["Déclaration transmise", "Déclaration retirée"]);
    assert!(page.says("Je l’ai déclaré deux fois."));
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::Withdrawn, "nobody"));
    assert!(app.as_("rosalie").open("/a-traiter").await.says("Rien à traiter"));
    assert_eq!(app.post_since(2), ["withdrawn → rosalie"]);
    // The number is not used again.
    assert_eq!(app.files_gift("camille"), "CAD-2026-000002");
}

#[actix_web::test]
async fn a_question_waits_for_its_answer_and_the_file_comes_back() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let page = rosalie.send(&page.form("/decision").with("outcome", "_ask")).await;
    assert_eq!(page.errors(), ["Écrivez votre question."]);
    let page = rosalie.send(&page.form("/decision").with("reason", "Qui d’autre en a reçu?")).await;
    assert_eq!(page.flash(), "Votre question est envoyée.");
    assert!(!page.has_form("/decision"), "nothing is decided while the question is open");
    assert_eq!(app.state(&reference), State::InfoRequested);

    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{reference}")).await;
    assert!(page.says("Qui d’autre en a reçu?"));
    let page = camille.send(&page.form("/reponse")).await;
    assert_eq!(page.errors(), ["Écrivez votre réponse."]);
    let page = camille.send(&page.form("/reponse").with("answer", "Toute l’équipe.")).await;
    assert_eq!(page.flash(), "Votre réponse est envoyée.");
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::UnderReview, "rosalie"));
    assert_eq!(app.post_since(2), ["question → camille", "answered → rosalie"]);
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert_eq!(page.timeline(), ["Déclaration transmise", "Précision demandée", "Réponse donnée"]);
}

#[actix_web::test]
async fn whoever_asked_may_go_on_without_the_answer_and_says_why() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.asks("rosalie", &reference, "Qui d’autre en a reçu?").unwrap();
    let before = app.row(&reference).due_on;
    let camille = app.as_("camille");
    assert!(!camille.open(&format!("/d/{reference}")).await.has_form("/suite"), "the declarant answers or corrects");

    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let page = rosalie.send(&page.form("/suite")).await;
    assert_eq!(page.errors(), ["Écrivez vos motifs."]);
    assert_eq!(app.state(&reference), State::InfoRequested);
    let page = rosalie.send(&page.form("/suite").with("note", "Son équipe me l’a dit.")).await;
    assert_eq!(page.flash(), "Le dossier se poursuit sans attendre la réponse.");
    assert!(page.has_form("/decision"));
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::UnderReview, "rosalie"));
    assert!(app.row(&reference).due_on >= before, "the time to decide starts again");

    let page = camille.open(&format!("/d/{reference}")).await;
    assert_eq!(page.timeline(), ["Déclaration transmise", "Précision demandée", "Poursuite sans attendre la réponse"]);
    assert!(page.says("Son équipe me l’a dit."));
    assert!(app.goes_on("rosalie", &reference, "Encore.").is_err(), "no question waits any more");
}

#[actix_web::test]
async fn the_ethics_officer_goes_on_with_her_own_file() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "gift_declaration", answers::referred("gift_declaration"));
    app.asks("aline", &reference, "Qui l’a remise?").unwrap();
    app.goes_on("aline", &reference, "La personne a quitté le Ministère.").unwrap();
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::WithEthics, "ethics_officer"));
}

#[actix_web::test]
async fn a_question_from_the_ethics_officer_brings_the_file_back_to_her() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "gift_declaration", answers::referred("gift_declaration"));
    app.asks("aline", &reference, "Qui l’a remise?").unwrap();
    app.answers("camille", &reference, "Le directeur des ventes.").unwrap();
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::WithEthics, "ethics_officer"));
}

/// C01: a thousand times in `tests/run` (RACES), on files of one register.
#[actix_web::test]
async fn two_deciders_at_once_make_one_decision() {
    let rounds: usize = std::env::var("RACES").map_or(50, |rounds| rounds.parse().expect("a number of races"));
    let app = TestApp::new().await;
    let mut first_won = 0;
    for round in 0..rounds {
        let reference = app.files("camille", "gift_declaration", answers::referred("gift_declaration"));
        let version = app.row(&reference).version;
        let start = Barrier::new(2);
        let tries: Vec<Result<_, Error>> = std::thread::scope(|scope| {
            let deciders: Vec<_> = [("aline", "return"), ("marc", "share")]
                .into_iter()
                .map(|(name, outcome)| {
                    let (product, actor, start) = (app.app.clone(), app.actor(name), &start);
                    let reference = reference.clone();
                    scope.spawn(move || {
                        start.wait();
                        product.write_here(move |tx| {
                            let choice = Choice {
                                outcome: outcome.into(),
                                reason: "Motif.".into(),
                                measures: Vec::new(),
                                version,
                            };
                            actions::decide(tx, &actor, &reference, &choice)
                        })
                    })
                })
                .collect();
            deciders.into_iter().map(|decider| decider.join().unwrap()).collect()
        });
        assert_eq!(tries.iter().filter(|result| result.is_ok()).count(), 1, "round {round}: {tries:?}");
        for refused in tries.into_iter().filter_map(Result::err) {
            // The second may even find that the file is not hers any more.
            let told = matches!(refused, Error::Stale | Error::NotPossible(_) | Error::NotAllowed);
            assert!(told, "round {round}: {refused:?}");
        }
        assert_eq!(app.decisions(&reference), 1);
        assert_eq!(app.journal(&reference), ["submitted", "decided"]);
        first_won += usize::from(app.row(&reference).decider_id == Some(app.id("aline")));
    }
    assert_eq!(app.letters_to("camille").len(), 2 * rounds, "one receipt, one decision each");
    // They did race: neither always came first.
    assert!(rounds < 50 || (first_won > 0 && first_won < rounds), "{first_won} of {rounds}");
}

/// Two people of the office have the same file open: whoever comes second finds her words again.
#[actix_web::test]
async fn whoever_decides_second_keeps_what_they_wrote() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "gift_declaration", answers::referred("gift_declaration"));
    let marc = app.as_("marc");
    let page = marc.open(&format!("/d/{reference}")).await;
    let (decision, opinion) = (page.form("/decision"), page.form("/avis"));
    app.decides("aline", &reference, "return").unwrap();
    let late = marc.send(&decision.with("outcome", "hand_to_state").with("reason", "Un long motif de Marc.")).await;
    assert_eq!(late.errors(), [say("error-moved-on").replace('\u{a0}', " ")], "{}", late.text());
    assert!(late.says("Un long motif de Marc.") && late.says(&say("detail-unsent")), "{}", late.text());
    let late = marc.send(&opinion.with("note", "Un avis de Marc.")).await;
    assert!(late.says("Un avis de Marc.") && late.status == 422, "{}", late.text());
    assert_eq!(app.journal(&reference), ["submitted", "decided"], "nothing of it is kept");
    // Whoever sends their own decision twice is not told that somebody else came first.
    let other = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let form = rosalie.open(&format!("/d/{other}")).await.form("/decision");
    let form = form.with("outcome", "return").with("reason", "Trop cher.");
    rosalie.send(&form).await;
    assert!(!rosalie.send(&form).await.says("Quelqu’un a agi avant vous"));
    assert_eq!(app.decisions(&other), 1);
    // The twin: with nothing written there is nothing to give back.
    let late = marc.post(&format!("/d/{reference}/decision"), &[("outcome", "hand_to_state"), ("version", "1")]).await;
    assert_eq!(late.status, 403);
    // And whoever may not read it learns nothing.
    let stranger = app.as_("olivier").post(&format!("/d/{reference}/decision"), &[("reason", "Un motif.")]).await;
    assert_eq!(stranger.status, 404);
}

/// C05
#[actix_web::test]
async fn a_correction_and_a_decision_at_once_never_both_win_on_the_same_version() {
    for _ in 0..6 {
        let app = TestApp::new().await;
        let reference = app.files("camille", "event_request", answers::event());
        let version = app.row(&reference).version;
        let start = Barrier::new(2);
        std::thread::scope(|scope| {
            let (product, actor, slug, gate) = (app.app.clone(), app.actor("rosalie"), reference.clone(), &start);
            scope.spawn(move || {
                gate.wait();
                drop(product.write_here(move |tx| {
                    let choice = Choice { outcome: "authorised".into(), version, ..Choice::default() };
                    actions::decide(tx, &actor, &slug, &choice)
                }));
            });
            let (product, actor, slug, gate) = (app.app.clone(), app.actor("camille"), reference.clone(), &start);
            scope.spawn(move || {
                gate.wait();
                drop(product.write_here(move |tx| actions::correct(tx, &actor, &slug, true)));
            });
        });
        let journal = app.journal(&reference);
        assert!(
            journal == ["submitted", "decided"] || journal == ["submitted", "corrected"],
            "what was decided is what was read: {journal:?}"
        );
    }
}

/// C05: a duty that changes many files meets somebody who decides on one of them: they take turns, and nobody is told of a fault.
#[actix_web::test]
async fn a_duty_over_many_files_and_a_decision_on_one_of_them_take_turns() {
    let app = TestApp::new().await;
    if app.failpoints().is_some() {
        // A row that fails in its turn changes who comes first.
        return;
    }
    app.is_altered();
    let (done, next) = (app.files_gift("camille"), app.files_gift("camille"));
    let [done, left] = [&done, &next].map(|reference| app.row(reference));
    let (rosalie, choice) = (
        app.actor("rosalie"),
        Choice {
            outcome: "accept".into(),
            reason: "D’usage et modeste.".into(),
            measures: Vec::new(),
            version: left.version,
        },
    );
    let (duty, decision) = app.meet(
        move |tx, pause| {
            let mut done = store::find_unguarded(tx, done.id)?;
            store::save(tx, &mut done)?;
            journal::record(tx, None, Some(done.id), &Event::TakenUp)?;
            pause();
            let mut left = store::find_unguarded(tx, left.id)?;
            store::save(tx, &mut left)?;
            journal::record(tx, None, Some(left.id), &Event::TakenUp)
        },
        move |tx| actions::decide(tx, &rosalie, &next, &choice).map(drop),
    );
    assert!(duty.is_ok(), "{duty:?}");
    assert!(matches!(decision, Err(Error::Stale)), "it was changed since it was read: {decision:?}");
}

/// Holds a row of PostgreSQL until somebody waits for it, then waits for what they hold, which nobody can have.
fn comes_across(url: &str, declaration: i64, holds: &Sender<()>) {
    #[derive(QueryableByName)]
    struct Waiting {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let asked = "SELECT count(*) AS rows FROM pg_stat_activity \
                 WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let mut conn = PgConnection::establish(url).unwrap();
    let held = format!("BEGIN; SELECT id FROM declarations WHERE id = {declaration} FOR NO KEY UPDATE;");
    conn.batch_execute(&held).unwrap();
    holds.send(()).unwrap();
    until("the other waits for the row", || {
        let waiting = diesel::sql_query(asked).get_result::<Waiting>(&mut conn).unwrap();
        (waiting.rows > 0).then_some(())
    });
    conn.batch_execute("SELECT seq FROM journal_head WHERE id = 1 FOR UPDATE; ROLLBACK;").unwrap();
}

/// D09: PostgreSQL gives one of two changes up when each waits for the other: nothing of it is done, and what was typed is offered again.
#[actix_web::test]
async fn a_decision_given_up_for_another_change_is_offered_again_as_it_was_typed() {
    let app = TestApp::new().await;
    if !app.app.db.is_postgres() || app.failpoints().is_some() {
        // SQLite has one writer. A row that fails in its turn would come before.
        return;
    }
    let reference = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let form = rosalie.open(&format!("/d/{reference}")).await.form("/decision");
    let form = form.with("outcome", "return").with("reason", "Trop cher, « vraiment »\u{a0}: 2 + 2.");
    let body = serde_urlencoded::to_string(&form.fields).unwrap();
    let length = body.len().to_string();
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html"), ("content-length", length.as_str())];
    let sent = Some(("application/x-www-form-urlencoded", body.into_bytes()));

    let (url, id, (holds, held)) = (app.app.db.url().to_owned(), app.row(&reference).id, channel());
    let across = std::thread::spawn(move || comes_across(&url, id, &holds));
    held.recv().unwrap();
    let answer = rosalie.request(Method::POST, &form.action, &headers, sent).await;
    across.join().unwrap();
    assert_eq!((answer.status, answer.h1()), (503, say("problem-crossed-title")), "{}", answer.text());
    assert_eq!(app.decisions(&reference), 0);
    let again = answer.form("/decision");
    assert_eq!(again.fields, form.fields, "as it was typed");
    rosalie.send(&again).await;
    assert_eq!(app.decisions(&reference), 1);
}

#[actix_web::test]
async fn a_decider_may_hand_the_file_to_the_ethics_officer() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let page = rosalie.send(&page.form("/decision").with("outcome", "referred").with("reason", "J’hésite.")).await;
    assert_eq!(page.path, "/a-traiter");
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::WithEthics, "ethics_officer"));
    assert_eq!(app.post_since(2), ["referred → aline", "referred → marc"]);
    assert_eq!(app.decisions(&reference), 0, "referring decides nothing");
    let inbox = app.as_("aline").open("/a-traiter").await;
    assert!(inbox.says(&reference), "{}", inbox.text());
}

#[actix_web::test]
async fn the_ethics_officer_gives_an_opinion_and_sends_the_file_back() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.refers("rosalie", &reference).unwrap();
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    let page = aline.send(&page.form("/avis").with("back", "1")).await;
    assert_eq!(page.errors(), ["Écrivez votre avis."]);
    let form = page.form("/avis").with("note", "C’est d’usage et modeste.").with("back", "1");
    aline.send(&form).await;
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::UnderReview, "rosalie"));
    let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert!(page.says("C’est d’usage et modeste.") && page.has_form("/decision"));
    assert!(app.as_("camille").open(&format!("/d/{reference}")).await.says("C’est d’usage et modeste."));
}

#[actix_web::test]
async fn the_ethics_officer_gives_an_opinion_while_the_supervisor_decides() {
    let app = TestApp::new().await;
    let costly = json!({ "value_cents": 8000 });
    let reference = app.files("camille", "gift_declaration", answers::changed(answers::gift(), costly));
    assert_eq!(app.post_since(0), ["received → camille", "decide → rosalie", "flagged → aline", "flagged → marc"]);
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    assert!(!page.has_form("/decision"), "she looks on");
    aline.send(&page.form("/avis").with("note", "À retourner.")).await;
    assert_eq!((app.state(&reference), app.holder(&reference).as_str()), (State::Submitted, "rosalie"));
    assert_eq!(app.post_since(4), ["opinion → rosalie"]);
}

#[actix_web::test]
async fn taking_a_file_up_tells_the_declarant_that_somebody_did() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let page = rosalie.send(&page.form("/prise-en-charge")).await;
    assert_eq!(page.flash(), "Le dossier est à l’examen.");
    let mine = app.as_("camille").open("/mes-declarations").await;
    assert!(mine.says("À l’examen"), "{}", mine.text());
}

#[actix_web::test]
async fn the_final_disposition_of_a_gift_closes_the_file() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "accept").unwrap();
    assert_eq!(app.row(&reference).due_on.unwrap().to_string(), "2026-12-07", "ten business days");
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{reference}")).await;
    let page = camille.open(&page.link("Compléter la suite")).await;
    assert_eq!(page.h1(), "Qu’est devenu le cadeau?");
    let form = page.form("/final").with("final_disposition", "kept").with("final_on", "2026-11-23");
    let page = camille.send(&form).await;
    assert_eq!(page.status, 422, "keeping it takes two tests");
    let form = page.form("/final").with("customary", "true").with("modest", "true");
    let check = camille.send(&form).await;
    let page = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(page.flash(), "La suite est enregistrée.");
    let row = app.row(&reference);
    assert_eq!((row.state(), row.disposition.as_deref(), row.due_on), (State::Closed, Some("kept"), None));
    assert_eq!(app.journal(&reference), ["submitted", "decided", "completed"]);
}

#[actix_web::test]
async fn the_report_on_an_event_closes_it_and_opens_the_gift_it_mentions() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &reference, "authorised").unwrap();
    assert_eq!(app.row(&reference).due_on.unwrap().to_string(), "2027-01-05", "ten business days, holidays apart");
    app.clock.advance_business_days(16);
    let camille = app.as_("camille");
    let page = camille.open(&format!("/brouillons/{reference}")).await;
    let form = page.form("/report").with("was_useful", "yes").with("received_anything", "yes");
    let form = form.with("received_details", "Un sac en tissu").with("report", "Deux ateliers utiles.");
    let check = camille.send(&form).await;
    assert_eq!(check.errors(), Vec::<String>::new());
    camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(app.state(&reference), State::Monitoring, "somebody reads what was received");
    assert_eq!(app.declarations(), 2);
}

#[actix_web::test]
async fn measures_are_followed_until_somebody_closes_the_file() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::relation());
    app.decides("rosalie", &reference, "measures").unwrap();
    assert_eq!(app.state(&reference), State::Monitoring);
    let rosalie = app.as_("rosalie");
    let measure = app.measures(&reference)[0].id;
    app.proves("camille", measure).unwrap();
    app.verifies("rosalie", measure).unwrap();
    let page = rosalie.open(&format!("/d/{reference}")).await;
    let again = rosalie.send(&page.form("/fermeture")).await;
    assert_eq!(again.errors(), ["Écrivez ce qui permet de fermer le dossier."]);
    rosalie.send(&again.form("/fermeture").with("note", "Contrat terminé.")).await;
    assert_eq!(app.state(&reference), State::Closed);
    assert_eq!(
        app.journal(&reference),
        ["submitted", "decided", "measure_ordered", "measure_proved", "measure_verified", "closed"]
    );
}

/// Five forms have a box called `note`: the error, the words and the open form are those of the one that was sent.
#[actix_web::test]
async fn each_form_of_the_page_comes_back_with_its_own_words_and_its_own_error() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::relation());
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    let form = page.form("/reaffectation").with("to", "Denis Roy");
    let page = aline.send(&form).await;
    assert_eq!(page.errors(), ["Écrivez vos motifs."]);
    assert_eq!(page.link("Écrivez vos motifs."), "#why");
    assert_eq!(page.attribute("#why", "aria-describedby").as_deref(), Some("why-error"));
    assert_eq!(page.select_text("main details[open] > summary"), [say("reassign-title")], "and not the opinion");
    // Somebody nobody knows: the reason stays in its box, and is no opinion that Camille would read.
    let form = page.form("/reaffectation").with("to", "Personne Inconnue").with("note", "Absence.");
    let page = aline.send(&form).await;
    assert_eq!(page.attribute("#to", "aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.form("/reaffectation").value("note"), Some("Absence."));
    assert_eq!(page.form("/avis").value("note"), Some(""));

    let event = app.files("theo", "event_request", answers::event());
    app.decides("rosalie", &event, "authorised").unwrap();
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{event}")).await;
    let page = rosalie.send(&page.form("/fermeture")).await;
    assert_eq!(page.link("Écrivez ce qui permet de fermer le dossier."), "#closing");
    assert_eq!(page.attribute("#closing", "aria-describedby").as_deref(), Some("closing-error"));
    assert_eq!(page.select_text("main details[open] > summary"), [say("close-title")]);
}

#[actix_web::test]
async fn the_ethics_officer_gives_a_file_to_somebody_else_but_never_to_somebody_concerned() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::about_the_supervisor("business_relation"));
    assert_eq!(app.holder(&reference), "denis");
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    for (to, why) in [
        ("Camille Gagnon", "the declarant"),
        ("Rosalie Tremblay", "named in it"),
        ("Pierre Doyon", "gone"),
        ("Théo Simard", "reports to somebody named in it"),
    ] {
        let form = page.form("/reaffectation").with("to", to).with("note", "Absence.");
        let again = aline.send(&form).await;
        assert_eq!(
            again.errors(),
            ["Cette personne est concernée par le dossier ou n’est plus en service. Choisissez quelqu’un d’autre."],
            "{to}: {why}"
        );
    }
    let form = page.form("/reaffectation").with("to", "nadia.fortin@ministere.example").with("note", "Absence.");
    assert_eq!(aline.send(&form).await.flash(), "Le dossier est confié à une autre personne.");
    assert_eq!(app.holder(&reference), "nadia");
    assert_eq!(app.as_("denis").open(&format!("/d/{reference}")).await.status, 404, "it left his desk");
    assert!(app.as_("nadia").open(&format!("/d/{reference}")).await.has_form("/decision"));
}

/// What was kept is not closed as declined; what was declined is not accepted; nobody hands a meal over.
#[actix_web::test]
async fn only_what_suits_the_facts_may_be_decided() {
    let app = TestApp::new().await;
    let rosalie = app.as_("rosalie");
    let cases = [
        (json!({ "direction": "received" }), vec!["accept", "share", "return", "hand_to_state"], "refusal_noted"),
        (
            json!({ "direction": "received", "type": "meal", "names_supervisor": false }),
            vec!["accept", "share", "return"],
            "hand_to_state",
        ),
        (json!({ "direction": "pending", "beneficiary": "self" }), vec!["accept", "share", "refuse"], "return"),
        (json!({ "direction": "offered" }), vec!["refusal_noted"], "accept"),
    ];
    for (facts, suits, other) in cases {
        let reference = app.files("camille", "gift_declaration", answers::changed(answers::gift(), facts));
        let page = rosalie.open(&format!("/d/{reference}")).await;
        assert_eq!(page.form("/decision").offers("outcome"), [&suits[..], &["referred", "_ask"]].concat(), "{other}");
        // Whoever makes up a request is told the same.
        let refused = app.decides("rosalie", &reference, other);
        assert!(matches!(refused, Err(Error::Invalid(_))), "{other}: {refused:?}");
        app.decides("rosalie", &reference, suits[0]).unwrap();
    }
}

#[actix_web::test]
async fn an_old_link_explains_what_happened() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "gift_declaration", answers::declined_gift());
    let rosalie = app.as_("rosalie");
    let form = rosalie.open(&format!("/d/{reference}")).await.form("/decision").with("outcome", "refusal_noted");
    rosalie.send(&form).await;
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert_eq!(page.status, 200);
    assert!(page.says("Offre déclinée, notée") && !page.has_form("/decision"));
    let again = rosalie.send(&form).await;
    assert!([403, 409].contains(&again.status), "{} {}", again.status, again.text());
    assert_eq!(app.decisions(&reference), 1);
}

#[actix_web::test]
async fn the_decider_sees_earlier_declarations_that_she_may_read() {
    let app = TestApp::new().await;
    let first = app.files_gift("camille");
    let about_her = app.files("camille", "business_relation", answers::about_the_supervisor("business_relation"));
    app.clock.advance_business_days(1);
    let second = app.files_gift("camille");
    let page = app.as_("rosalie").open(&format!("/d/{second}")).await;
    let links: Vec<String> = page.links().into_iter().map(|(href, _)| href).collect();
    assert!(links.contains(&format!("/d/{first}")), "{links:?}");
    assert!(!page.html.contains(&about_her), "what names her is not there");
}

#[actix_web::test]
async fn past_decisions_stay_readable_to_whoever_took_them() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::about_the_supervisor("business_relation"));
    app.decides("denis", &reference, "noted").unwrap();
    let denis = app.as_("denis");
    assert!(denis.open("/a-traiter?vue=decidees").await.says(&reference));
    assert_eq!(denis.open(&format!("/d/{reference}")).await.status, 200);
}
