//! From the plan to the declarations of those who came.

use diesel::prelude::*;
use probite::db::schema::events;
use probite::declarations::workflow::State as Filed;
use probite::programme::state::State;

use super::scene::{PLAN, with_call};
use crate::support::TestApp;
use crate::support::ministry::{BOREAL, NORDIK};

#[actix_web::test]
async fn the_chief_information_officer_plans_a_showcase_that_everybody_then_reads() {
    let app = TestApp::new().await;
    let cyril = app.as_("cyril");
    let page = cyril.open("/evenements/nouvelle/tech_showcase").await;
    let mut form = page.form("/evenements/nouvelle/tech_showcase");
    for (name, value) in PLAN {
        form = form.with(name, value);
    }
    let page = cyril.send(&form).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.path.ends_with("/evenements/VIT-2026-000001/registre"), "{}", page.path);
    let page = app.as_("camille").open("/evenements/VIT-2026-000001").await;
    assert_eq!(page.h1(), "Relève après sinistre");
    assert!(page.says("17 décembre 2026, 13 h 30, 90 minutes"), "{}", page.text());
    assert!(page.says("Avoir une solution en service au Québec."));
    assert!(!page.says("Registre d’équité"), "the ledger is not for everybody");
    // The ethics officers are told, in their digest: nothing is asked of them.
    assert_eq!(app.post_since(0), Vec::<String>::new());
    app.clock.advance_business_days(1);
    app.digests();
    assert_eq!(app.post_since(0), ["digest → aline", "digest → marc"]);
    assert!(app.letters()[0].text.contains("Vitrine planifiée – VIT-2026-000001"));
    assert!(app.as_("camille").open("/evenements?mois=2026-12").await.says("Relève après sinistre"));
}

#[actix_web::test]
async fn what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let cyril = app.as_("cyril");
    let page = cyril.open("/evenements/nouvelle/reverse_showcase").await;
    let form = page
        .form("/evenements/nouvelle/reverse_showcase")
        .with("title", "Besoins de 2027")
        .with("held_on", "2026-11-02")
        .with("begins", "midi")
        .with("minutes", "une heure")
        .with("call_planned", "yes");
    let page = cyril.send(&form).await;
    assert_eq!(page.status, 422);
    let errors = page.errors().join("\n");
    for wanted in ["Cette date est passée", "Écrivez-la ainsi : 13:30", "de 1 à 600"] {
        assert!(errors.contains(&wanted.replace(" :", "\u{a0}:")) || errors.contains(wanted), "{wanted}: {errors}");
    }
    let form = page.form("/evenements/nouvelle/reverse_showcase");
    assert_eq!((form.value("title"), form.value("begins")), (Some("Besoins de 2027"), Some("midi")));
    assert!(form.offers("call_on").is_empty() && form.value("call_on").is_some(), "the date of the call is asked");
    assert_eq!(
        app.read(|tx| Ok(events::table
            .filter(events::event.eq("showcase_planned"))
            .count()
            .get_result::<i64>(tx.conn)?)),
        0
    );
}

#[actix_web::test]
async fn nobody_plans_but_the_officer_and_whoever_the_officer_named() {
    let app = TestApp::new().await;
    for name in ["camille", "aline", "rita", "solange", "serge"] {
        assert_eq!(app.as_(name).open("/evenements/nouvelle/tech_showcase").await.status, 403, "{name}");
        let page = app.as_(name).post_only("/evenements/nouvelle/tech_showcase", PLAN).await;
        assert_eq!(page.status, 403, "{name}");
    }
    // Named from the page, told by letter, and able at once.
    let cyril = app.as_("cyril");
    let page = cyril.open("/evenements/organisation").await;
    let page = cyril.send(&page.form("/evenements/organisation").with("person", "Théo Simard")).await;
    assert!(page.says("Théo Simard, Analyste"), "{}", page.text());
    assert_eq!(app.post_since(0), ["role → theo", "role → serge", "named → theo"]);
    let reference = app.plans("theo", PLAN);
    // Named again, or not a person at all: said beside the field.
    let page = cyril.send(&page.form("/evenements/organisation").with("person", "Théo Simard")).await;
    assert_eq!(page.status, 422);
    let page = cyril.send(&page.form("/evenements/organisation").with("person", "Personne Inconnue")).await;
    assert!(page.errors()[0].contains("n’est pas au répertoire"));
    // Ended: what was planned stays, and the officer runs it.
    let page = cyril.post(&format!("/evenements/organisation/{}/fin", app.number("theo")), &[]).await;
    assert!(!page.says("Théo Simard") && page.says("Nadia Fortin"), "{}", page.text());
    assert_eq!(app.as_("theo").open(&format!("/evenements/{reference}/modification")).await.status, 403);
    assert_eq!(cyril.open(&format!("/evenements/{reference}/modification")).await.status, 200);
}

#[actix_web::test]
async fn somebody_named_runs_their_own_showcases_and_no_others() {
    let app = TestApp::new().await;
    let (his, hers) = (app.plans("cyril", PLAN), app.plans("nadia", PLAN));
    let nadia = app.as_("nadia");
    for (end, fields) in [
        ("modification", PLAN),
        ("annulation", &[("cancel_reason", "Non.")][..]),
        ("tenue", &[]),
        ("entreprises", &[("company.name", NORDIK.0)]),
        ("reponses", &[("question", "Q"), ("answer", "R")]),
    ] {
        let page = nadia.post_only(&format!("/evenements/{his}/{end}"), fields).await;
        assert_eq!(page.status, 403, "{end}");
    }
    assert_eq!(nadia.open(&format!("/evenements/{his}/registre")).await.status, 403, "nor reads its ledger");
    assert_eq!(nadia.open(&format!("/evenements/{hers}/registre")).await.status, 200);
    assert_eq!(app.as_("cyril").open(&format!("/evenements/{hers}/modification")).await.status, 200);
    assert_eq!(app.showcase_state(&his), State::Planned);
}

#[actix_web::test]
async fn a_linked_call_is_put_to_the_contract_monitor_once_and_her_opinion_is_told() {
    let app = TestApp::new().await;
    let reference = app.plans("nadia", &with_call());
    assert!(app.post_since(0).contains(&"consulted → rita".to_owned()), "{:?}", app.post_since(0));
    let letters = app.letters().len();
    // Changed without touching the call: not asked again. The date of the call moves: asked again.
    let nadia = app.as_("nadia");
    let page = nadia.open(&format!("/evenements/{reference}/modification")).await;
    let page = nadia.send(&page.form("/modification").with("theme", "Un autre thème.")).await;
    assert_eq!((page.status, app.letters().len()), (200, letters));
    let page = nadia.open(&format!("/evenements/{reference}/modification")).await;
    nadia.send(&page.form("/modification").with("call_on", "2027-03-15")).await;
    assert_eq!(app.post_since(letters), ["consulted → rita"]);
    let letters = app.letters().len();

    let rita = app.as_("rita");
    let page = rita.open(&format!("/evenements/{reference}/registre")).await;
    assert!(page.says("L’avis est attendu."));
    let page = rita.send(&page.form("/avis")).await;
    assert_eq!(page.status, 422, "an untouched form gives no opinion");
    let page = rita.send(&page.form("/avis").with("opinion", "Inviter une troisième entreprise.")).await;
    assert!(page.says("Inviter une troisième entreprise.") && page.says("Rita Gauthier"), "{}", page.text());
    assert!(page.has_form("/avis"), "the first consultation still waits");
    assert_eq!(app.post_since(letters), ["advised → nadia"]);
    assert!(!app.letters().iter().any(|letter| letter.text.contains("troisième")), "the opinion stays in the product");
    for name in ["camille", "cyril", "aline", "nadia"] {
        let page = app.as_(name).post_only(&format!("/evenements/{reference}/avis"), &[("opinion", "x")]).await;
        assert_eq!(page.status, 403, "{name}");
    }
}

#[actix_web::test]
async fn people_register_and_their_calendar_follows_what_happens() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let before = app.letters().len();
    let camille = app.as_("camille");
    let page = camille.open(&format!("/evenements/{reference}")).await;
    let page = camille.send(&page.form("/inscription")).await;
    assert!(page.says("Vous avez une place."), "{}", page.text());
    // Twice is once.
    camille.post(&format!("/evenements/{reference}/inscription"), &[]).await;
    assert_eq!(app.post_since(before), ["registered → camille"]);
    let entry = app.letters().last().unwrap().calendar.clone().unwrap();
    assert!(entry.contains("SEQUENCE:0\r\n") && entry.contains("DTSTART:20261217T183000Z\r\n"), "{entry}");
    assert!(entry.contains("DTEND:20261217T200000Z\r\n") && entry.contains("METHOD:PUBLISH\r\n"), "{entry}");
    assert!(entry.contains("DTSTAMP:20261123T150000Z\r\n"), "{entry}");

    app.registers("theo", &reference);
    app.as_("theo").post(&format!("/evenements/{reference}/desistement"), &[]).await;
    let before = app.letters().len();
    let cyril = app.as_("cyril");
    let page = cyril.open(&format!("/evenements/{reference}/modification")).await;
    cyril.send(&page.form("/modification").with("held_on", "2026-12-18").with("begins", "")).await;
    // Théo gave up his place: only Camille is told.
    assert_eq!(app.post_since(before), ["moved → camille"]);
    let moved = app.letters().last().unwrap().calendar.clone().unwrap();
    assert!(moved.contains("SEQUENCE:1\r\n") && moved.contains("DTSTART;VALUE=DATE:20261218\r\n"), "{moved}");
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    assert_eq!(uid(&entry), uid(&moved), "the same entry, moved");

    let page = cyril.open(&format!("/evenements/{reference}")).await;
    assert_eq!(cyril.send(&page.form("/annulation")).await.status, 422, "a reason is asked");
    let page = cyril.send(&page.form("/annulation").with("cancel_reason", "La plateforme est en panne.")).await;
    assert!(page.says("Cette vitrine n’aura pas lieu") && page.says("La plateforme est en panne."));
    let gone = app.letters().last().unwrap().calendar.clone().unwrap();
    assert!(gone.contains("SEQUENCE:2\r\n") && gone.contains("STATUS:CANCELLED\r\n"), "{gone}");
    let page = app.as_("emma").post(&format!("/evenements/{reference}/inscription"), &[]).await;
    assert_eq!(page.status, 409, "nobody registers any more");
}

#[actix_web::test]
async fn a_change_over_a_newer_version_is_refused_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let cyril = app.as_("cyril");
    let page = cyril.open(&format!("/evenements/{reference}/modification")).await;
    let form = page.form("/modification").with("title", "Mon titre");
    cyril.send(&page.form("/modification").with("title", "Un titre plus récent")).await;
    let page = cyril.send(&form).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.form("/modification").value("title"), Some("Mon titre"));
    assert_eq!(app.showcase(&reference).title, "Un titre plus récent");
    // Read again, it passes.
    cyril.send(&page.form("/modification")).await;
    assert_eq!(app.showcase(&reference).title, "Mon titre");
}

#[actix_web::test]
async fn a_showcase_is_held_on_its_day_with_a_complete_ledger_and_not_before() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let cyril = app.as_("cyril");
    let hold = |version: i32| {
        let (reference, version) = (reference.clone(), version.to_string());
        let cyril = &cyril;
        async move { cyril.post(&format!("/evenements/{reference}/tenue"), &[("version", &version)]).await }
    };
    let version = app.showcase(&reference).version;
    assert!(hold(version).await.errors()[0].contains("n’a pas encore eu lieu"));
    app.clock.set("2026-12-17".parse().unwrap(), 16, 0);
    let cyril = app.as_("cyril");
    let hold = |version: i32| {
        let (reference, version) = (reference.clone(), version.to_string());
        let cyril = &cyril;
        async move { cyril.post(&format!("/evenements/{reference}/tenue"), &[("version", &version)]).await }
    };
    assert!(hold(version).await.errors()[0].contains("Inscrivez d’abord les entreprises"));
    let firm = app.invites("cyril", &reference, NORDIK, "invited");
    assert!(hold(version).await.errors()[0].contains("pour chaque entreprise"));
    app.hears("cyril", &reference, firm, "20");
    assert_eq!(hold(version).await.status, 200);
    assert_eq!(app.showcase_state(&reference), State::Held);
    assert_eq!(hold(version).await.status, 409, "once");
}

#[actix_web::test]
async fn attendance_becomes_declarations_that_one_click_files() {
    let app = TestApp::new().await;
    let reference = app.holds("cyril", &["camille", "theo"]);
    assert!(app.post_since(0).contains(&"attest → camille".to_owned()));
    let camille = app.as_("camille");
    let page = camille.open(&format!("/evenements/{reference}/attestation")).await;
    assert!(page.says(NORDIK.0) && page.says(BOREAL.0), "{}", page.text());
    let page = camille.send(&page.form("/attestation")).await;
    assert_eq!(page.status, 422, "an untouched form files nothing");
    let page = camille.send(&page.form("/attestation").with("attestation", "yes")).await;
    assert!(page.says("Tout est envoyé."), "{}", page.text());
    let filed = app.row("REL-2026-000001");
    assert_eq!((filed.declarant_id, filed.state()), (app.id("camille"), Filed::Submitted));
    let answers = filed.answers().unwrap();
    assert_eq!(answers.text("occurred_on"), "2026-12-17");
    assert_eq!(answers.text("purpose"), "showcase");
    assert!(answers.text("subject").contains(&reference));
    assert_eq!(answers.get("advantage_offered").as_bool(), Some(false));
    assert_eq!(filed.company_name.as_deref(), Some(BOREAL.0));
    assert_eq!(app.holder("REL-2026-000001"), "rosalie");
    // Théo opens one of his instead: his drafts wait, and nobody else's page exists for him.
    let theo = app.as_("theo");
    let page = theo.open(&format!("/evenements/{reference}/attestation")).await;
    let draft = page.link(NORDIK.0);
    assert!(theo.open(&draft).await.status == 200 && app.as_("camille").open(&draft).await.status == 404);
    assert_eq!(app.as_("emma").open(&format!("/evenements/{reference}/attestation")).await.status, 404);
    // He throws one away; the other is still filed by one click.
    let key = draft.rsplit('/').next().unwrap().to_owned();
    theo.post(&format!("/brouillons/{key}/suppression"), &[]).await;
    let page = theo.open(&format!("/evenements/{reference}/attestation")).await;
    assert!(!page.says(NORDIK.0) && page.says(BOREAL.0));
    theo.send(&page.form("/attestation").with("attestation", "yes")).await;
    assert_eq!(app.row("REL-2026-000003").declarant_id, app.id("theo"));
    let again = theo.post(&format!("/evenements/{reference}/attestation"), &[("attestation", "yes")]).await;
    assert_eq!(again.status, 409);
}

/// The twin: the setting off, attendance prepares nothing.
#[actix_web::test]
async fn attendance_prepares_nothing_when_the_ministry_says_so() {
    let app = TestApp::with(|config| config.programme.attendance_declares = false).await;
    let reference = app.holds("cyril", &["camille"]);
    assert_eq!(app.declarations(), 0);
    assert!(!app.post_since(0).iter().any(|letter| letter.starts_with("attest")));
    assert_eq!(app.as_("camille").open(&format!("/evenements/{reference}/attestation")).await.status, 404);
}

#[actix_web::test]
async fn somebody_who_came_without_registering_is_added_by_name() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    app.registers("camille", &reference);
    let firm = app.invites("cyril", &reference, NORDIK, "invited");
    app.clock.set("2026-12-17".parse().unwrap(), 16, 0);
    app.hears("cyril", &reference, firm, "20");
    let cyril = app.as_("cyril");
    let page = cyril.open(&format!("/evenements/{reference}")).await;
    let page = cyril.send(&page.form("/tenue").with("others", "Personne Inconnue")).await;
    assert!(page.errors()[0].contains("n’est pas au répertoire"), "{:?}", page.errors());
    let page = cyril.send(&page.form("/tenue").with("others", "Olivier Bergeron")).await;
    assert!(page.says("Présence notée") && page.says("Absence notée"), "{}", page.text());
    // Camille did not come: nothing is prepared for her.
    assert_eq!(app.as_("camille").open(&format!("/evenements/{reference}/attestation")).await.status, 404);
    assert_eq!(app.as_("olivier").open(&format!("/evenements/{reference}/attestation")).await.status, 200);
}

#[actix_web::test]
async fn published_answers_and_the_story_cannot_be_rewritten() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let cyril = app.as_("cyril");
    let page = cyril.open(&format!("/evenements/{reference}/registre")).await;
    let form = page.form("/reponses").with("question", "Quel est le budget?").with("answer", "Il n’est pas public.");
    cyril.send(&form).await;
    assert!(app.as_("camille").open(&format!("/evenements/{reference}")).await.says("Il n’est pas public."));
    for statement in [
        "UPDATE showcase_questions SET answer = 'autre'",
        "DELETE FROM showcase_questions",
        "DELETE FROM showcase_events",
    ] {
        let refused = app.app.write_here(move |tx| Ok(diesel::sql_query(statement).execute(tx.conn)?));
        assert!(refused.is_err(), "{statement}");
    }
}

/// What they owe was prepared for them: one letter the day itself was all they had.
#[actix_web::test]
async fn whoever_came_and_did_not_attest_is_reminded_before_the_last_day_on_it_and_after() {
    let app = TestApp::new().await;
    let reference = app.holds("cyril", &["camille", "theo"]);
    let held = app.showcase(&reference).held_on;
    let theo = app.as_("theo");
    let page = theo.open(&format!("/evenements/{reference}/attestation")).await;
    theo.send(&page.form("/attestation").with("attestation", "yes")).await;
    let told = |name: &str| app.letters_to(name).iter().filter(|letter| letter.letter == "attest").count();
    assert_eq!((told("camille"), told("theo")), (1, 1));
    let mut days = Vec::new();
    for _ in 0..15 {
        let before = told("camille");
        app.clock.advance_business_days(1);
        app.remind();
        app.remind();
        if told("camille") > before {
            assert_eq!(told("camille"), before + 1, "one letter, however many companies");
            days.push(app.clock.today());
        }
    }
    let last = app.app.book.calendar.add_business_days(held, 5);
    assert!(days.len() >= 3 && days[0] < last && days[1] == last && days[2] > last, "{days:?}, {last}");
    assert_eq!(told("theo"), 1, "the twin: nothing is left of his");
}
