//! Three levels: the supervisor decides, the ethics officer advises, the deputy minister directs (REDFP, s. 5).

use probite::access::Role;
use probite::declarations::workflow::State;
use probite::error::Error;
use probite::people::roles;
use serde_json::json;

use crate::support::{TestApp, answers, say};

const KIND: &str = "interest_declaration";

#[actix_web::test]
async fn the_deputy_minister_directs_on_a_real_conflict_that_the_ethics_officer_refers() {
    let app = TestApp::new().await;
    let reference = app.files("camille", KIND, answers::referred(KIND));
    assert_eq!(app.holder(&reference), "ethics_officer");
    assert_eq!(app.as_("victor").open(&format!("/d/{reference}")).await.status, 404, "not before it is asked");
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    let before = app.letters().len();
    let page = aline.send(&page.form("/direction").with("note", "Le conflit est réel.")).await;
    assert_eq!(page.flash(), say("flash-direction"));
    assert_eq!((app.holder(&reference).as_str(), app.state(&reference)), ("deputy_minister", State::UnderReview));
    assert_eq!(app.post_since(before), ["direction → victor", "direction-asked → camille"]);

    // His choices are those of his office: the opinion of the ministère de la Justice among them.
    let victor = app.as_("victor");
    let inbox = victor.open("/a-traiter?bureau=deputy_minister").await;
    let page = victor.open(&inbox.link("Camille Gagnon")).await;
    let form = page.form("/decision");
    assert!(form.offers("outcome").contains(&"referred_justice"), "{:?}", form.offers("outcome"));
    let before = app.letters().len();
    let form = form
        .with("outcome", "recusal")
        .with("reason", "Retrait du dossier.")
        .with("measures", "Transmettre le dossier à Théo Simard");
    victor.send(&form).await;
    assert_eq!(app.state(&reference), State::Monitoring);
    assert_eq!(
        app.post_since(before),
        ["decided → camille", "recorded → victor", "directed → aline", "directed → marc", "directed → rosalie"]
    );
    assert_eq!(app.row(&reference).decided_step.as_deref(), Some("deputy_minister"), "a step of its own");
    assert_eq!(app.journal(&reference), ["submitted", "direction_sought", "decided", "measure_ordered"]);
    let camille = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert!(camille.says("Directive de la ou du sous-ministre, finale ici"), "{}", camille.text());
    assert!(camille.says("Directive donnée, finale ici"), "{}", camille.text());
    // What a rule asks of whoever decides is not said to her.
    assert!(
        !camille.says("Demandez-lui") && app.as_("aline").open(&format!("/d/{reference}")).await.says("Demandez-lui")
    );
}

#[actix_web::test]
async fn a_contested_decision_is_directed_and_the_first_one_stays_on_file() {
    let app = TestApp::new().await;
    let reference = app.files("camille", KIND, answers::interest());
    app.decides("rosalie", &reference, "managed").unwrap();
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{reference}")).await;
    let page = camille.send(&page.form("/contestation")).await;
    assert_eq!(page.errors(), [say("error-contest")]);
    let page = camille.send(&page.form("/contestation").with("note", "Le lien est terminé.")).await;
    assert_eq!(page.flash(), say("flash-contested"));
    assert_eq!((app.holder(&reference).as_str(), app.state(&reference)), ("deputy_minister", State::UnderReview));
    // What is contested, and why, stays in sight of whoever gives the direction.
    let page = app.as_("victor").open(&format!("/d/{reference}")).await;
    assert!(page.says("Pourquoi elle est contestée") && page.says("Le lien est terminé."), "{}", page.text());
    // Rosalie still reads it, and no longer decides it.
    assert!(matches!(app.decides("rosalie", &reference, "managed"), Err(Error::NotAllowed)));
    app.decides("victor", &reference, "no_conflict").unwrap();
    assert_eq!((app.state(&reference), app.decisions(&reference)), (State::Closed, 2));
    assert_eq!(
        app.journal(&reference),
        ["submitted", "decided", "measure_ordered", "contested", "decided", "measure_lifted"],
        "what the first decision asked, and nobody did yet, is no longer asked"
    );
    // One line of the register, with the decision in force.
    let csv = app.as_("aline").open("/registre/export.csv").await.html;
    assert_eq!(csv.matches(&reference).count(), 1, "{csv}");
    assert!(csv.contains("Victor Lachance"), "{csv}");
    let page = camille.open(&format!("/d/{reference}")).await;
    assert!(
        !page.says("Pourquoi elle est contestée") && page.says("Directive de la ou du sous-ministre"),
        "{}",
        page.text()
    );
    // A direction is final here.
    assert!(matches!(app.contests("camille", &reference), Err(Error::NotPossible(_))));
    assert!(!camille.open(&format!("/d/{reference}")).await.has_form("/contestation"));
}

/// domain.md §11: the deputy minister decides the gifts that are brought to them, and no other.
#[actix_web::test]
async fn the_deputy_minister_directs_on_a_gift_that_the_ethics_officer_cannot_settle() {
    let app = TestApp::new().await;
    let gift = "gift_declaration";
    let reference = app.files("camille", gift, answers::referred(gift));
    assert_eq!(app.holder(&reference), "ethics_officer");
    assert!(app.decides("victor", &reference, "return").is_err(), "not before it is asked");
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    let page = aline.send(&page.form("/direction").with("note", "La valeur est contestée par le donateur.")).await;
    assert_eq!(page.flash(), say("flash-direction"));
    assert_eq!(app.holder(&reference), "deputy_minister");
    app.decides("victor", &reference, "return").unwrap();
    assert_eq!(app.row(&reference).decided_step.as_deref(), Some("deputy_minister"));
    // Told otherwise afterwards, it comes back: he directs again on what is new.
    app.completes(
        "camille",
        &reference,
        json!({ "final_disposition": "kept", "final_on": "2026-11-23", "customary": true, "modest": true }),
    )
    .unwrap();
    assert_eq!(app.holder(&reference), "ethics_officer");
    app.seeks_direction("aline", &reference).unwrap();
    assert!(app.as_("victor").open(&format!("/d/{reference}")).await.has_form("/decision"));
    app.decides("victor", &reference, "hand_to_state").unwrap();
    // The twins: a relation and an event are not brought to them.
    for kind in ["business_relation", "event_request"] {
        let other = app.files("camille", kind, answers::referred(kind));
        assert!(!aline.open(&format!("/d/{other}")).await.has_form("/direction"), "{kind}");
        assert!(matches!(app.seeks_direction("aline", &other), Err(Error::NotAllowed)), "{kind}");
    }
}

#[actix_web::test]
async fn a_decision_is_contested_in_time_or_not_at_all() {
    let app = TestApp::new().await;
    let reference = app.files("camille", KIND, answers::interest());
    app.decides("rosalie", &reference, "no_conflict").unwrap();
    app.clock.advance(chrono::TimeDelta::days(30));
    assert!(app.as_("camille").open(&format!("/d/{reference}")).await.has_form("/contestation"), "the last day");
    app.clock.advance(chrono::TimeDelta::days(1));
    assert!(matches!(app.contests("camille", &reference), Err(Error::NotPossible(_))));
    // Nobody contests for her, and a gift is not a conflict of interest.
    assert!(matches!(app.contests("rosalie", &reference), Err(Error::NotAllowed)));
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "return").unwrap();
    assert!(matches!(app.contests("camille", &gift), Err(Error::NotAllowed)));
}

#[actix_web::test]
async fn a_correction_takes_no_file_away_from_whoever_gives_the_direction() {
    let app = TestApp::new().await;
    let corrected = || answers::changed(answers::interest(), json!({ "measures_taken": "Je ne signe plus." }));
    let contested = app.files("camille", KIND, answers::interest());
    app.decides("rosalie", &contested, "managed").unwrap();
    app.contests("camille", &contested).unwrap();
    let due = app.row(&contested).due_on;
    app.clock.advance_business_days(1);
    app.corrects("camille", &contested, corrected()).unwrap();
    let row = app.row(&contested);
    assert_eq!((app.holder(&contested).as_str(), row.due_on), ("deputy_minister", due), "and no more time");
    assert!(app.decides("rosalie", &contested, "managed").is_err(), "whose decision is contested");
    app.decides("victor", &contested, "no_conflict").unwrap();
    assert_eq!(app.row(&contested).decided_step.as_deref(), Some("deputy_minister"));

    // Asked by the ethics officer: what is no longer said does not give it back to her, nor to the supervisor.
    let real = app.files("theo", KIND, answers::referred(KIND));
    app.seeks_direction("aline", &real).unwrap();
    app.corrects("theo", &real, corrected()).unwrap();
    assert_eq!(app.holder(&real), "deputy_minister");

    // Awaited from outside.
    let outside = app.files("helene", KIND, answers::interest());
    app.decides("victor", &outside, "managed").unwrap();
    app.contests("helene", &outside).unwrap();
    app.corrects("helene", &outside, corrected()).unwrap();
    assert_eq!((app.holder(&outside).as_str(), app.row(&outside).due_on), ("nobody", None));

    // The twin: without a direction, it stays with whoever has it.
    let ordinary = app.files("emma", KIND, answers::interest());
    app.corrects("emma", &ordinary, corrected()).unwrap();
    assert_eq!(app.holder(&ordinary), "rosalie");
}

/// Two people may hold the office of the deputy minister for a time.
#[actix_web::test]
async fn whoever_decided_what_is_contested_gives_no_direction_on_it() {
    let app = TestApp::new().await;
    let (denis, today) = (app.id("denis"), app.clock.today());
    app.write(move |tx| roles::grant(tx, None, denis, Role::DeputyMinister, today, None));
    // Denis decides it in the line, and holds the office that directs.
    let reference = app.files("camille", KIND, answers::about_the_supervisor(KIND));
    assert_eq!(app.holder(&reference), "denis");
    app.decides("denis", &reference, "managed").unwrap();
    app.contests("camille", &reference).unwrap();
    assert_eq!(app.holder(&reference), "deputy_minister");
    let page = app.as_("denis").open(&format!("/d/{reference}")).await;
    assert!(page.status == 200 && !page.has_form("/decision"), "he reads what became of it");
    assert!(matches!(app.decides("denis", &reference, "no_conflict"), Err(Error::NotAllowed)));
    // Alone in the office, he still does not: the direction comes from outside.
    app.leaves("victor", today.pred_opt().unwrap());
    app.follows_the_calendar();
    assert_eq!(app.holder(&reference), "nobody");
    // The twin: what somebody else decided, he directs.
    let other = app.files("emma", KIND, answers::interest());
    app.decides("rosalie", &other, "managed").unwrap();
    app.contests("emma", &other).unwrap();
    app.decides("denis", &other, "no_conflict").unwrap();
}

/// Closed, a file keeps the supervisor of its day; contested, it is open again.
#[actix_web::test]
async fn whoever_supervises_the_person_now_reads_what_is_contested() {
    let app = TestApp::new().await;
    let reference = app.files("camille", KIND, answers::interest());
    app.decides("rosalie", &reference, "no_conflict").unwrap();
    assert_eq!(app.state(&reference), State::Closed);
    app.moves("camille", Some("nadia"));
    app.contests("camille", &reference).unwrap();
    assert_eq!(app.row(&reference).supervisor_id, Some(app.id("nadia")));
    assert_eq!(app.as_("nadia").open(&format!("/d/{reference}")).await.status, 200);
}

#[actix_web::test]
async fn what_the_deputy_minister_decided_is_not_contested_before_the_deputy_minister() {
    let app = TestApp::new().await;
    // Her supervisor is the deputy minister himself.
    let reference = app.files("helene", KIND, answers::interest());
    assert_eq!(app.holder(&reference), "victor");
    app.decides("victor", &reference, "managed").unwrap();
    let before = app.letters().len();
    app.contests("helene", &reference).unwrap();
    assert_eq!(app.holder(&reference), "nobody", "the direction comes from outside");
    assert_eq!(app.post_since(before), ["outside → solange", "direction-asked → helene"]);
    assert!(matches!(app.decides("victor", &reference, "managed"), Err(Error::NotAllowed)));
    app.records_outside("solange", &reference, "no_conflict").unwrap();
    assert_eq!((app.state(&reference), app.decisions(&reference)), (State::Closed, 2));
}

#[actix_web::test]
async fn the_delegate_of_the_deputy_minister_directs_in_his_place() {
    let app = TestApp::new().await;
    app.is_away("victor", 10, Some("helene"), "victor").unwrap();
    let reference = app.files("olivier", KIND, answers::referred(KIND));
    app.seeks_direction("aline", &reference).unwrap();
    assert_eq!(app.holder(&reference), "helene");
    let helene = app.as_("helene");
    let page = helene.open(&format!("/d/{reference}")).await;
    assert!(page.form("/decision").offers("outcome").contains(&"referred_justice"));
    app.decides("helene", &reference, "referred_justice").unwrap();
    let row = app.row(&reference);
    assert_eq!((row.decided_for_id, row.decided_step.as_deref()), (Some(app.id("victor")), Some("deputy_minister")));
}

#[actix_web::test]
async fn a_direction_is_asked_by_the_ethics_office_alone_and_only_of_what_it_has() {
    let app = TestApp::new().await;
    let reference = app.files("camille", KIND, answers::interest());
    assert!(matches!(app.seeks_direction("aline", &reference), Err(Error::NotPossible(_))), "Rosalie has it");
    for name in ["rosalie", "camille"] {
        assert!(matches!(app.seeks_direction(name, &reference), Err(Error::NotAllowed)), "{name}");
    }
    let relation = app.files("camille", "business_relation", answers::referred("business_relation"));
    assert!(matches!(app.seeks_direction("aline", &relation), Err(Error::NotAllowed)));
    // Nobody takes a direction away from the deputy minister.
    let real = app.files("camille", KIND, answers::referred(KIND));
    app.seeks_direction("aline", &real).unwrap();
    assert!(matches!(app.gives_to("aline", &real, "nadia"), Err(Error::NotPossible(_))));
}
