//! What one person asks and another approves.

use chrono::TimeDelta;
use diesel::prelude::*;
use probite::access::Role;
use probite::acts::{Act, actions};
use probite::app::Tx;
use probite::db::schema::{accounts as account_rows, acts, events};
use probite::error::Error;
use probite::people::{PersonId, accounts, roles, sessions, store, suspension};
use probite::programme::feed;
use probite::text::Language;

use crate::support::{TestApp, answers, say};

fn candidate(tx: &mut Tx<'_>, person: PersonId) -> probite::error::Result<bool> {
    let email = store::find(tx, person)?.email;
    Ok(accounts::candidate(tx, &email)?.is_some())
}

fn roles_of(app: &TestApp, name: &str) -> Vec<Role> {
    let id = app.id(name);
    app.read(|tx| roles::of(tx, id))
}

fn role_for(app: &TestApp, name: &str, role: Role) -> Act {
    let since = app.clock.today();
    Act::RoleGrant { number: app.number(name), role, since, until: Some(since + TimeDelta::days(30)) }
}

/// second-asked, second-approved, second-refused, second-notice, emergency-opened, suspended, suspended-notice, restored
pub fn every_letter_of_acts(app: &TestApp) {
    let file = app.files("camille", "advice_request", answers::advice());
    let act = Act::EmergencyReading { reference: file };
    let id = app.does("solange", move |tx, actor| actions::ask(tx, actor, &act, "Urgence.")).unwrap();
    app.does("victor", move |tx, actor| actions::approve(tx, actor, id).map(drop)).unwrap();
    let id = app.does("serge", |tx, actor| actions::ask(tx, actor, &Act::KeyRotation, "Départ.")).unwrap();
    app.does("aline", move |tx, actor| actions::refuse(tx, actor, id, "Pas maintenant.")).unwrap();
    let number = app.number("theo");
    app.does("serge", {
        let number = number.clone();
        move |tx, actor| suspension::suspend(tx, Some(actor.person), &number, "Un mot de passe a circulé.")
    })
    .unwrap();
    app.write(move |tx| suspension::restore(tx, None, &number));
}

fn journal(app: &TestApp) -> Vec<String> {
    app.read(|tx| {
        Ok(events::table
            .filter(events::event.like("act_%").or(events::event.eq("role_granted")))
            .order(events::seq.asc())
            .select(events::event)
            .load(tx.conn)?)
    })
}

/// Z15
#[actix_web::test]
async fn nobody_makes_somebody_an_auditor_alone() {
    let app = TestApp::new().await;
    let before = (app.letters().len(), journal(&app).len());
    let serge = app.as_("serge");
    let page = serge.open(&format!("/personnes/{}", app.number("theo"))).await;
    let form = page.form("/roles").with("role", "auditor").with("until", "2026-12-31").with("reason", "Audit annuel.");
    let asked = serge.send(&form).await;
    assert_eq!(asked.flash(), say("flash-act-asked"));
    assert!(asked.says(&say("act-own")) && !asked.has_form("/approbation"), "{}", asked.text());
    assert_eq!(roles_of(&app, "theo"), []);
    let mut told = app.post_since(before.0);
    told.sort();
    assert_eq!(told, ["second-asked → aline", "second-asked → marc", "second-asked → solange"]);

    // Not by whoever asked, even who forges the form; nor by who may not approve.
    let id = asked.path.rsplit('/').next().unwrap().to_owned();
    let path = format!("/actes/{id}/approbation");
    assert_eq!(serge.post(&path, &[]).await.status, 403);
    assert_eq!(app.as_("camille").post(&path, &[]).await.status, 403);
    assert_eq!(app.as_("victor").post(&path, &[]).await.status, 403);
    assert_eq!(roles_of(&app, "theo"), []);

    let page = app.as_("aline").open(&format!("/actes/{id}")).await;
    assert!(page.says("Audit annuel.") && page.says("Serge Caron"), "{}", page.text());
    let before_approval = app.letters().len();
    let done = app.as_("aline").send(&page.form("/approbation")).await;
    assert!(done.says(&say("act-done")), "{}", done.text());
    assert_eq!(roles_of(&app, "theo"), [Role::Auditor]);
    let told = app.post_since(before_approval);
    for letter in ["role → theo", "second-approved → serge", "second-notice → marc"] {
        assert!(told.iter().any(|told| told == letter), "{letter}: {told:?}");
    }
    assert!(!told.contains(&"second-notice → aline".to_owned()), "she did it: {told:?}");
    assert_eq!(journal(&app)[before.1..], ["act_asked", "act_approved", "role_granted"]);
    // Once.
    let again = app.as_("solange").post(&path, &[]).await;
    assert!(again.says(&say("not-possible-act-over")), "{}", again.text());
}

/// Z15
#[actix_web::test]
async fn nobody_approves_what_gives_power_to_themselves() {
    let app = TestApp::new().await;
    // Aline approves such acts, and this one is for her.
    let act = role_for(&app, "aline", Role::SystemAdmin);
    let id = app.does("serge", move |tx, actor| actions::ask(tx, actor, &act, "Intérim.")).unwrap();
    let page = app.as_("aline").open(&format!("/actes/{id}")).await;
    assert!(!page.has_form("/approbation"));
    let own = app.does("aline", move |tx, actor| actions::approve(tx, actor, id).map(drop));
    assert!(matches!(own, Err(Error::NotPossible("not-possible-act-own"))), "{own:?}");
    // Somebody who holds both offices does not approve what they asked.
    let today = app.clock.today();
    let serge = app.id("serge");
    app.write(move |tx| roles::grant(tx, None, serge, Role::EthicsOfficer, today, None));
    let own = app.does("serge", move |tx, actor| actions::approve(tx, actor, id).map(drop));
    assert!(matches!(own, Err(Error::NotPossible("not-possible-act-own"))), "{own:?}");
    // The twin, under the product: the database does not take it either.
    let forced: probite::error::Result<usize> = app.app.write_here(move |tx| {
        Ok(diesel::update(acts::table.find(id))
            .set((acts::state.eq("approved"), acts::decided_by.eq(serge)))
            .execute(tx.conn)?)
    });
    assert!(forced.is_err(), "asked and approved by the same person");
    app.does("solange", move |tx, actor| actions::approve(tx, actor, id).map(drop)).unwrap();
    assert!(roles_of(&app, "aline").contains(&Role::SystemAdmin));
}

/// Z15
#[actix_web::test]
async fn a_request_lapses_is_refused_with_words_or_is_taken_back() {
    let app = TestApp::new().await;
    let ask = |name: &str| {
        let act = role_for(&app, name, Role::Cio);
        app.does("serge", move |tx, actor| actions::ask(tx, actor, &act, "Remplacement.")).unwrap()
    };
    let late = ask("theo");
    app.clock.advance(TimeDelta::hours(4));
    let page = app.as_("aline").open(&format!("/actes/{late}")).await;
    assert!(page.says(&say("act-over")) && !page.has_form("/approbation"), "{}", page.text());
    let done = app.as_("aline").post(&format!("/actes/{late}/approbation"), &[]).await;
    assert!(done.says(&say("not-possible-act-over")));

    let refused = ask("theo");
    let page = app.as_("aline").open(&format!("/actes/{refused}")).await;
    let silent = app.as_("aline").send(&page.form("/refus")).await;
    assert_eq!(silent.errors(), [say("error-reason")]);
    app.as_("aline").send(&page.form("/refus").with("reason", "Aucun mandat reçu.")).await;
    let read = app.as_("serge").open(&format!("/actes/{refused}")).await;
    assert!(read.says("Aucun mandat reçu.") && read.says(&say("act-refused")), "{}", read.text());
    let post = app.as_("aline").post(&format!("/actes/{refused}/approbation"), &[]).await;
    assert!(post.says(&say("not-possible-act-over")), "refused is refused");

    let withdrawn = ask("olivier");
    let path = format!("/actes/{withdrawn}");
    assert_eq!(app.as_("aline").post(&format!("{path}/retrait"), &[]).await.status, 403, "it is not hers");
    let serge = app.as_("serge");
    let page = serge.open(&path).await;
    assert!(serge.send(&page.form("/retrait")).await.says(&say("act-withdrawn")));
    assert_eq!((roles_of(&app, "theo"), roles_of(&app, "olivier")), (vec![], vec![]));
}

/// Z15
#[actix_web::test]
async fn what_is_no_longer_possible_is_not_done_by_an_approval() {
    let app = TestApp::new().await;
    let act = role_for(&app, "theo", Role::Cio);
    let id = app.does("serge", move |tx, actor| actions::ask(tx, actor, &act, "Remplacement.")).unwrap();
    app.leaves("theo", app.clock.today() - TimeDelta::days(1));
    let page = app.as_("aline").post(&format!("/actes/{id}/approbation"), &[]).await;
    assert!(page.says(&say("not-possible-act-changed")), "{}", page.text());
    let still = app.as_("aline").open(&format!("/actes/{id}")).await;
    assert!(still.says(&say("act-waiting")), "it was undone whole: {}", still.text());
}

/// Z15
#[actix_web::test]
async fn more_rows_than_one_may_take_out_alone_wait_for_a_second_person() {
    let app = TestApp::with(|config| config.acts.export_rows = 2).await;
    for name in ["camille", "theo", "camille"] {
        app.files_gift(name);
    }
    let aline = app.as_("aline");
    let few = aline.open("/registre/export.csv?q=simard").await;
    assert_eq!(few.header("content-type"), Some("text/csv; charset=utf-8"), "one row");
    for (path, file) in [
        ("/registre/export.csv", "text/csv; charset=utf-8"),
        ("/rapports/audit.csv?du=2026-11-01&au=2026-11-30", "text/csv; charset=utf-8"),
    ] {
        let before = app.access_log().len();
        let asked = aline.open(path).await;
        assert_eq!(asked.h1(), say("act-export-title"), "{path}");
        assert!(asked.says("3 lignes"), "{}", asked.text());
        assert_eq!(app.access_log().len(), before, "nothing left");
        let request = aline.send(&asked.form("/actes").with("reason", "Rapport au comité.")).await;
        assert!(request.says(&say("act-own")), "{}", request.text());
        assert_eq!(aline.open(path).await.h1(), say("act-export-title"), "asking is not enough");
        let approve = format!("{}/approbation", request.path);
        assert_eq!(aline.post(&approve, &[]).await.status, 409);
        assert!(app.as_("solange").post(&approve, &[]).await.says(&say("act-in-force")));

        let page = aline.open(&request.path).await;
        let taken = aline.open(&page.link(&say("act-use"))).await;
        assert_eq!(taken.header("content-type"), Some(file));
        assert!(taken.html.contains("Camille Gagnon"), "{}", taken.html);
        // What was approved, for whoever asked, and nothing else.
        let other = path.replace("du=2026-11-01&", "du=2026-11-02&");
        let other = if other == path { format!("{path}?type=gift_declaration") } else { other };
        assert_eq!(aline.open(&other).await.h1(), say("act-export-title"), "another filter");
        assert_eq!(app.as_("marc").open(path).await.h1(), say("act-export-title"), "another person");
        assert_eq!(aline.open(&path.replace(".csv", ".xlsx")).await.h1(), say("act-export-title"), "another file");
    }
    app.clock.advance(TimeDelta::hours(4));
    let aline = app.as_("aline");
    assert_eq!(aline.open("/registre/export.csv").await.h1(), say("act-export-title"), "some hours, no more");
    // An auditor's rows name nobody.
    let masked = app.as_("audrey").open("/rapports/audit.csv?du=2026-11-01&au=2026-11-30").await;
    assert_eq!(masked.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(!masked.html.contains("Gagnon"));
}

/// Z15
#[actix_web::test]
async fn a_terminal_takes_out_no_more_rows_than_a_page() {
    let app = TestApp::with(|config| config.acts.export_rows = 2).await;
    for name in ["camille", "theo", "camille"] {
        app.files_gift(name);
    }
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("probite.toml");
    std::fs::write(&settings, app.app.book.config.print().unwrap()).unwrap();
    let number = app.number("aline");
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_probite"))
            .args(["--config", settings.to_str().unwrap()])
            .args(arguments)
            .args(["--by", &number])
            .output()
            .unwrap()
    };
    let audit = ["report", "audit", "--from", "2026-11-01", "--to", "2026-11-30", "--format"];
    for arguments in [&["export"][..], &["export", "--format", "xlsx"], &[&audit[..], &["csv"]].concat()] {
        let refused = run(arguments);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && refused.stdout.is_empty(), "{arguments:?}: {told}");
        assert!(told.contains("/actes/demande?file="), "{arguments:?}: {told}");
    }
    let few = run(&["export", "--words", "simard"]);
    assert!(few.status.success() && String::from_utf8_lossy(&few.stdout).contains("Simard"), "one row");
    assert!(run(&[&audit[..], &["json"]].concat()).status.success(), "figures name nobody");
}

/// P09, Z15
#[actix_web::test]
async fn a_sealed_file_is_read_in_an_emergency_by_two_people_and_told_to_whom_it_is_about() {
    let app = TestApp::new().await;
    let advice = app.files("camille", "advice_request", answers::advice());
    let other = app.files("theo", "advice_request", answers::advice());
    let solange = app.as_("solange");
    let hidden = solange.open(&format!("/d/{advice}")).await;
    assert_eq!(hidden.status, 404);

    let page = solange.open("/actes").await;
    let form = page.form("/actes").with("reason", "Aline est hospitalisée; la réponse est due demain.");
    let wrong = solange.send(&form.clone().with("reference", "CAD-2026-000001")).await;
    assert_eq!(wrong.errors(), [say("error-act-reference")]);
    let request = solange.send(&form.with("reference", &advice.to_lowercase())).await;
    assert!(request.says(&advice), "{}", request.text());
    assert_eq!(solange.open(&format!("/d/{advice}")).await.status, 404, "not yet");
    let before = app.letters().len();
    let approve = format!("{}/approbation", request.path);
    assert_eq!(app.as_("serge").post(&approve, &[]).await.status, 403);
    app.as_("victor").post(&approve, &[]).await;
    let told = app.post_since(before);
    for letter in
        ["emergency-opened → camille", "second-approved → solange", "second-notice → aline", "second-notice → marc"]
    {
        assert!(told.iter().any(|told| told == letter), "{letter}: {told:?}");
    }
    // No letter says which file, nor what is in it.
    for letter in app.letters().iter().skip(before) {
        assert!(!letter.text.contains(&advice) && !letter.html.contains(&advice), "{}", letter.text);
    }

    let page = solange.open(&format!("/d/{advice}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.says("conférence"), "{}", page.text());
    assert!(!page.has_form("/decision") && !page.has_form("/rediger"), "she reads, and that is all");
    assert_eq!(solange.open(&format!("/d/{other}")).await.status, 404, "one file");
    assert_eq!(app.as_("victor").open(&format!("/d/{advice}")).await.status, 404, "one person");
    let seen = app.as_("camille").open("/mes-declarations/lectures").await;
    assert!(seen.says("Solange Thibault"), "{}", seen.text());

    app.clock.advance(TimeDelta::hours(4));
    let after = app.as_("solange").open(&format!("/d/{advice}")).await;
    assert_eq!(after.without_nonce().2, hidden.without_nonce().2, "as if it did not exist");
}

/// Z15: whoever approves reads one act and one reason; what differs is not taken for it.
#[actix_web::test]
async fn a_request_that_differs_from_the_one_that_waits_is_told_so() {
    let app = TestApp::new().await;
    let serge = app.as_("serge");
    let path = format!("/personnes/{}", app.number("theo"));
    let form = serge.open(&path).await.form("/roles").with("role", "auditor").with("reason", "Audit annuel.");
    let first = serge.send(&form.clone().with("until", "2026-12-31")).await;
    assert_eq!(first.flash(), say("flash-act-asked"));
    let again = serge.send(&form.clone().with("until", "2026-12-31")).await;
    assert_eq!(again.path, first.path, "asked twice, it is one request");
    let other = serge.send(&form.clone().with("until", "2027-06-30")).await;
    assert_eq!((other.status, other.errors()), (422, vec![say("error-act-waits")]), "{}", other.text());
    assert!(other.html.contains("2027-06-30") && other.says("Audit annuel."), "nothing typed is lost");
    // The twins: another role is another subject; once taken back, the way is free.
    let act = role_for(&app, "theo", Role::Cio);
    app.does("serge", move |tx, actor| actions::ask(tx, actor, &act, "Remplacement.")).unwrap();
    let page = serge.open(&first.path).await;
    serge.send(&page.form("/retrait")).await;
    let asked = serge.send(&form.with("until", "2027-06-30")).await;
    assert_eq!(asked.flash(), say("flash-act-asked"), "{}", asked.text());
    assert_ne!(asked.path, first.path);
}

/// Z15
#[actix_web::test]
async fn two_people_do_not_ask_for_the_same_with_one_reason() {
    let app = TestApp::new().await;
    let advice = app.files("camille", "advice_request", answers::advice());
    let act = Act::EmergencyReading { reference: advice.clone() };
    let before = journal(&app).len();
    let id = app.does("solange", move |tx, actor| actions::ask(tx, actor, &act, "Aline est absente.")).unwrap();
    let serge = app.as_("serge");
    let form = serge.open("/actes").await.form("/actes").with("act", "emergency_reading").with("reference", &advice);
    let told = serge.send(&form.with("reason", "Une panne de la messagerie.")).await;
    assert_eq!((told.status, told.errors()), (422, vec![say("error-act-waits")]), "{}", told.text());
    assert!(told.says("Une panne de la messagerie."), "nothing typed is lost: {}", told.text());
    assert_eq!(journal(&app)[before..], ["act_asked"]);
    // The twin: hers goes its way, and then his own.
    app.does("victor", move |tx, actor| actions::refuse(tx, actor, id, "Marc est là.")).unwrap();
    let act = Act::EmergencyReading { reference: advice };
    let his = app.does("serge", move |tx, actor| actions::ask(tx, actor, &act, "Une panne.")).unwrap();
    assert_ne!(his, id);
}

/// T15, Z15
#[actix_web::test]
async fn a_file_that_does_not_exist_is_told_to_whoever_approves_alone() {
    let app = TestApp::new().await;
    let act = Act::EmergencyReading { reference: "AVI-2026-999999".into() };
    let id = app.does("serge", move |tx, actor| actions::ask(tx, actor, &act, "Urgence.")).unwrap();
    let page = app.as_("aline").post(&format!("/actes/{id}/approbation"), &[]).await;
    assert!(page.says(&say("not-possible-act-no-file")), "{}", page.text());
}

/// A11, Z15
#[actix_web::test]
async fn keys_are_rotated_while_an_approval_is_in_force() {
    let app = TestApp::new().await;
    let refused = app.app.read_here(actions::require_rotation);
    assert!(matches!(refused, Err(Error::NotPossible("not-possible-rotation"))), "{refused:?}");
    let id =
        app.does("serge", |tx, actor| actions::ask(tx, actor, &Act::KeyRotation, "Départ d’un opérateur.")).unwrap();
    assert!(app.app.read_here(actions::require_rotation).is_err(), "asked is not approved");
    app.does("marc", move |tx, actor| actions::approve(tx, actor, id).map(drop)).unwrap();
    assert_eq!(app.read(actions::require_rotation), id);
    app.clock.advance(TimeDelta::hours(4));
    assert!(app.app.read_here(actions::require_rotation).is_err());
}

/// N09, Z04, Z15: an account is suspended by one, at once, and everything it opened is shut; two people open it again.
#[actix_web::test]
async fn a_suspended_account_opens_nothing_until_two_people_say_so() {
    let app = TestApp::new().await;
    let (number, person) = (app.number("theo"), app.id("theo"));
    let theo = app.as_("theo");
    assert_eq!(theo.open("/mes-declarations").await.status, 200);
    let token = app.write(move |tx| sessions::create_token(tx, None, person, "essai", "read", 30));
    let feed = app.write(move |tx| feed::open_for(tx, person, Language::Fr));
    let feed = format!("/calendrier/{feed}.ics");
    assert_eq!(app.stranger().open(&feed).await.status, 200);
    let password = "Une phrase de passe bien longue";
    app.gives_password("theo", password);
    let theo = app.as_("theo");

    // Not without a reason, not one's own, not by whoever does not administer.
    let serge = app.as_("serge");
    let path = format!("/personnes/{number}/suspension");
    let page = serge.open(&format!("/personnes/{number}")).await;
    let refused = serge.send(&page.form("/suspension")).await;
    assert!(refused.says(&say("error-reason")), "{}", refused.text());
    assert!(refused.form("/suspension").action.ends_with("/suspension"));
    let own = format!("/personnes/{}/suspension", app.number("serge"));
    assert!(serge.post(&own, &[("why", "Essai.")]).await.says(&say("error-suspend-own")));
    assert_eq!(app.as_("aline").post(&path, &[("why", "Essai.")]).await.status, 403);
    assert_eq!(theo.open("/mes-declarations").await.status, 200);

    let before = app.letters().len();
    let done = serge.send(&page.form("/suspension").with("why", "Un mot de passe a circulé.")).await;
    assert_eq!(done.flash(), say("flash-suspended"));
    assert!(done.says("Un mot de passe a circulé.") && done.says("Serge Caron"), "{}", done.text());
    assert!(serge.open("/personnes?q=Simard").await.says(&say("people-suspended")));
    let mut told = app.post_since(before);
    told.sort();
    assert_eq!(
        told,
        ["suspended → theo", "suspended-notice → aline", "suspended-notice → marc", "suspended-notice → solange"]
    );

    let officer = app.as_("aline").open(&format!("/personnes/{number}")).await;
    assert!(
        officer.says("Un mot de passe a circulé.") && !officer.has_form("/reouverture"),
        "she reads why: {}",
        officer.text()
    );

    // Every path to what it opened: the session, the password, the token, the calendar, and a new password.
    assert_eq!(theo.open("/mes-declarations").await.h1(), say("sign-in-title"));
    assert!(app.read(move |tx| Ok(sessions::find_token(tx, &token)?.is_none())));
    assert_eq!(app.stranger().open(&feed).await.status, 404);
    assert!(!app.read(move |tx| candidate(tx, person)));
    let hash = accounts::hash("Une autre phrase de passe").unwrap();
    let again = app.app.write_here(move |tx| accounts::set_password(tx, None, person, &hash));
    assert!(matches!(again, Err(Error::NotPossible("not-possible-suspended"))), "{again:?}");
    assert!(serge.post(&path, &[("why", "Encore.")]).await.says(&say("not-possible-suspended")));

    // Opened again by two.
    let asked = serge.send(&done.form("/reouverture").with("why", "Mot de passe changé.")).await;
    assert_eq!(asked.flash(), say("flash-act-asked"));
    assert!(!asked.has_form("/approbation"));
    let id: i64 = asked.path.rsplit('/').next().unwrap().parse().unwrap();
    let page = serge.open(&format!("/personnes/{number}")).await;
    assert!(page.says(&say("person-restore-asked")) && !page.has_form("/reouverture"), "{}", page.text());
    let own = app.does("serge", move |tx, actor| actions::approve(tx, actor, id).map(drop));
    assert!(matches!(own, Err(Error::NotAllowed)), "{own:?}");
    let page = app.as_("aline").open(&format!("/actes/{id}")).await;
    assert!(page.says("Un mot de passe a circulé.") && page.says("Mot de passe changé."), "{}", page.text());
    let before = app.letters().len();
    let done = app.as_("aline").send(&page.form("/approbation")).await;
    assert!(done.says(&say("act-done")), "{}", done.text());
    assert!(app.post_since(before).contains(&"restored → theo".to_owned()));
    assert!(app.read(move |tx| candidate(tx, person)), "with the password it had");
    let own = format!("/personnes/{number}/reouverture");
    assert!(serge.post(&own, &[("why", "Encore.")]).await.says(&say("not-possible-not-suspended")));
}

/// Z04: somebody without a password may have a token: they are shut out too, and are left without a password after.
#[actix_web::test]
async fn somebody_without_a_password_is_suspended_too() {
    let app = TestApp::new().await;
    let (number, person) = (app.number("theo"), app.id("theo"));
    app.write({
        let number = number.clone();
        move |tx| {
            diesel::delete(account_rows::table.find(person)).execute(tx.conn)?;
            suspension::suspend(tx, None, &number, "Départ précipité.")
        }
    });
    app.write(move |tx| suspension::restore(tx, None, &number));
    assert!(app.read(move |tx| Ok(!candidate(tx, person)? && accounts::password_since(tx, person)?.is_none())));
}
