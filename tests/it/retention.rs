//! How long files are kept, what forbids destroying them, and what is left once they are.

use std::io::Cursor;

use actix_web::http::Method;
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use probite::acts::{Act, actions as acts};
use probite::config::Config;
use probite::db::schema::{declarations, events, legal_holds, letters, revisions};
use probite::declarations::{drafts, forgotten};
use probite::error::Error;
use probite::journal::note::{Signer, Verifier};
use probite::journal::{checkpoints, evidence, receipt, store as journal, verify};
use probite::retention::schedule::{Fate, Schedule};
use probite::retention::store::{self, Listed};
use probite::retention::{actions, holds, worker};
use serde_json::json;

use crate::proof::{disarm, execute, python, receipt_of};
use crate::sealing::{everything_at_rest, places_of};
use crate::support::ministry::NORDIK;
use crate::support::{TestApp, answers, files, say};

/// In what is destroyed.
pub const GONE: &str = "farfadinette";
/// In what stays.
pub const KEPT: &str = "croquignolesque";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A request for an event with a word wherever words go, withdrawn at once: kept three years.
async fn a_life(app: &TestApp, name: &str, word: &str) -> String {
    let given = answers::changed(
        answers::hospitality(),
        json!({ "title": format!("Rendez-vous {word}"), "benefit_details": format!("Un dîner {word}") }),
    );
    let key = app.drafts(name, "event_request", given);
    let browser = app.as_(name);
    let form = browser.open(&format!("/brouillons/{key}/benefits")).await.form("/benefits");
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (name_of_file, content) = (format!("{word}.pdf"), files::pdf(word));
    let body = files::multipart(&fields, &[("attachments", name_of_file.as_str(), content.as_slice())]);
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let joined = browser.request(Method::POST, &form.action, &headers, Some(body)).await;
    assert_eq!(joined.status, 303, "{}", joined.text());
    let slug = app.sends(name, &key).unwrap().reference.unwrap();
    app.asks("rosalie", &slug, &format!("Où a lieu {word}?")).unwrap();
    app.answers(name, &slug, &format!("{word} a lieu ici.")).unwrap();
    app.comments("rosalie", &slug, "readers", &format!("Vu, {word}.")).unwrap();
    app.withdraws(name, &slug).unwrap();
    slug
}

pub async fn keeping() -> (TestApp, tempfile::TempDir, Verifier) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("journal.key");
    std::fs::write(&key, Signer::generate("registre.example/journal").unwrap()).unwrap();
    let (key, uploads) = (key.display().to_string(), folder.path().join("fichiers").display().to_string());
    std::fs::create_dir_all(&uploads).unwrap();
    let app = TestApp::with(|config: &mut Config| {
        config.journal.key_file = key;
        config.uploads.directory = uploads;
    })
    .await;
    let verifier = checkpoints::signer(&app.app.book.config).unwrap().unwrap().verifier();
    (app, folder, verifier)
}

/// The list of today, prepared by the calendar.
fn listed(app: &TestApp) -> (i64, Vec<Listed>) {
    assert_eq!(app.write(worker::prepare_of_the_year), 1);
    let id = app.read(store::open).unwrap();
    (id, app.read(|tx| store::files(tx, id)))
}

fn references(files: &[Listed]) -> Vec<&str> {
    files.iter().map(|file| file.reference.as_str()).collect()
}

/// retention-due
pub fn every_letter_of_retention(app: &TestApp) {
    let slug = app.files("camille", "event_request", answers::event());
    app.withdraws("camille", &slug).unwrap();
    let id = app.row(&slug).id;
    let long_ago = app.clock.now() - TimeDelta::days(4 * 366);
    app.is_altered();
    app.write(move |tx| {
        diesel::update(declarations::table.find(id)).set(declarations::closed_at.eq(long_ago)).execute(tx.conn)?;
        actions::prepare(tx, None)
    });
}

/// P01, P02, P03, P04, A12
#[actix_web::test]
async fn what_two_people_destroy_is_gone_and_the_journal_still_verifies() {
    let (app, folder, verifier) = keeping().await;
    let slug = a_life(&app, "camille", GONE).await;
    let stays = a_life(&app, "theo", KEPT).await;
    let before = receipt_of(&app, "camille", &slug).await;
    let id = app.row(&slug).id;
    for tried in [slug.clone(), stays.clone()] {
        app.does("olivier", move |tx, actor| probite::declarations::access_log::refused(tx, actor, &tried)).unwrap();
    }
    for word in [GONE, KEPT] {
        assert!(!places_of(word, &everything_at_rest(&app, folder.path())).is_empty(), "{word}: the twin");
    }

    // Three years to the day after it was withdrawn it is still kept; theo's is under a hold.
    app.does("aline", {
        let stays = stays.clone();
        move |tx, actor| holds::place(tx, actor, &stays, "Demande d’accès en cours.")
    })
    .unwrap();
    app.clock.set(day("2029-11-23"), 10, 0);
    let empty = app.as_("aline").open("/conservation").await;
    let empty = app.as_("aline").send(&empty.form("/conservation")).await;
    assert!(empty.says(&say("not-possible-retention-empty")), "{}", empty.text());
    app.clock.set(day("2029-11-24"), 10, 0);
    let post = app.letters().len();
    let (list, files) = listed(&app);
    assert_eq!(references(&files), [slug.as_str()]);
    assert_eq!((files[0].ended_on, files[0].due_on), (day("2026-11-23"), day("2029-11-24")));
    assert!(app.post_since(post).contains(&"retention-due → aline".to_owned()), "{:?}", app.post_since(post));
    assert_eq!(app.write(worker::prepare_of_the_year), 0, "once a year");

    assert!(!app.write(probite::readings::seals::seal), "nothing more to seal");
    assert_eq!(app.journal_of("readings_sealed").len(), 1);

    // What the page shows is what will be done.
    let page = app.as_("aline").open(&format!("/conservation/{list}")).await;
    assert_eq!(page.select_text("tbody tr").len(), 1);
    assert!(page.says(&slug) && !page.says(&stays), "{}", page.text());
    let request = app.as_("aline").send(&page.form("/destruction").with("reason", "Calendrier.")).await;
    let approve = format!("{}/approbation", request.path);
    assert_eq!(app.as_("aline").post(&approve, &[]).await.status, 403, "not by whoever asked");
    assert_eq!(app.as_("marc").post(&approve, &[]).await.status, 403, "nor by the same office");
    assert!(app.read(|tx| store::file(tx, id)).is_some());
    let done = app.as_("solange").post(&approve, &[]).await;
    assert!(done.says(&say("act-done")), "{}", done.text());

    // Its readings went with it: what held them is sealed again, and the comparison at the end of this story holds.
    assert_eq!(app.journal_of("readings_sealed").len(), 2);
    // Nothing answers any more, to anybody.
    for name in ["camille", "rosalie", "aline"] {
        assert_eq!(app.as_(name).open(&format!("/d/{slug}")).await.status, 404, "{name}");
    }
    assert!(!app.as_("camille").open("/mes-declarations").await.says(&slug));
    assert_eq!(app.as_("theo").open(&format!("/d/{stays}")).await.status, 200, "the hold");
    assert_eq!(worker::scrub(&app.app).unwrap(), 1);
    let rest = everything_at_rest(&app, folder.path());
    assert_eq!(places_of(GONE, &rest), Vec::<String>::new(), "P04");
    assert!(!places_of(KEPT, &rest).is_empty(), "the twin");
    assert_eq!(rows_about(&app, id), Vec::<String>::new());

    // The journal verifies, and so does what was kept of it before.
    assert_eq!(app.read(journal::first_break), None);
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let checkpoint = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    assert_eq!(app.read(|tx| checkpoints::problem(tx, &verifier)), None);
    assert!(receipt::verify(&before, &verifier).is_ok(), "camille's receipt");
    let mut archive = Cursor::new(Vec::new());
    evidence::write(&app.app, None, &signer, &checkpoint, &mut archive).unwrap();
    let path = folder.path().join("preuves.zip");
    std::fs::write(&path, archive.get_ref()).unwrap();
    verify::archive(Cursor::new(archive.into_inner()), &verifier, None).unwrap();
    let (valid, said) = python(&[&path.display().to_string(), &verifier.to_string()]);
    assert!(valid, "{said}");

    // The certificate, offline: which file, under which rule, when, by whom; nothing of what it said.
    let page = app.as_("audrey").open(&format!("/conservation/{list}")).await;
    let certificate = app.as_("audrey").open(&page.link(&say("retention-certificate"))).await;
    for action in ["retention_list", "retention_certificate"] {
        assert!(app.access_log().contains(&("audrey", action.to_owned(), true)), "{action}: it names files");
    }
    let (read, _) = receipt::verify(&certificate.html, &verifier).unwrap();
    let leaves = read.entries.iter().map(|entry| entry.leaf.as_str()).collect::<Vec<_>>().join("\n");
    for words in [slug.as_str(), "\"rule\":\"event\"", "2026-11-23", "2029-11-24", "asked_by", "approved_by"] {
        assert!(leaves.contains(words), "{words}: {leaves}");
    }
    assert!(!leaves.contains(GONE) && !leaves.contains("Gagnon"), "{leaves}");
    let path = folder.path().join("certificat.json");
    std::fs::write(&path, &certificate.html).unwrap();
    let (valid, said) = python(&[&path.display().to_string(), &verifier.to_string()]);
    assert!(valid, "{said}");
}

/// Tables that still have a row about a declaration, whatever table is added one day.
fn rows_about(app: &TestApp, id: i64) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        rows: i64,
    }
    let sql = if app.app.db.is_postgres() {
        "SELECT table_name::text AS name FROM information_schema.columns WHERE column_name = 'declaration_id' AND table_schema = 'public'"
    } else {
        "SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'declaration_id'"
    };
    app.read(|tx| {
        let tables: Vec<Named> = diesel::sql_query(sql).load(tx.conn)?;
        assert!(tables.len() > 15, "the tables are found");
        let mut left = Vec::new();
        for Named { name } in tables {
            let count = format!("SELECT count(*) AS rows FROM {name} WHERE declaration_id = {id}");
            let Counted { rows } = diesel::sql_query(count).get_result(tx.conn)?;
            // The list is its certificate: a number that leads nowhere.
            if rows > 0 && name != "retention_files" {
                left.push(name);
            }
        }
        Ok(left)
    })
}

/// P01, P02
#[actix_web::test]
async fn nothing_is_destroyed_under_a_hold_nor_when_something_changed_since_it_was_shown() {
    let (app, _folder, _) = keeping().await;
    let slug = a_life(&app, "camille", GONE).await;
    let other = a_life(&app, "theo", KEPT).await;
    app.clock.set(day("2029-12-03"), 10, 0);
    let number = app.number("camille");
    app.does("aline", move |tx, actor| holds::place(tx, actor, &number, "Enquête en cours.")).unwrap();
    let (list, files) = listed(&app);
    assert_eq!(references(&files), [other.as_str()], "camille is under a hold, whole");

    let act = Act::Destruction { list, files: 1 };
    let id = app.does("aline", move |tx, actor| acts::ask(tx, actor, &act, "Calendrier.")).unwrap();
    // A hold placed after the list was shown: what is approved is not what was shown.
    let held = other.clone();
    app.does("aline", move |tx, actor| holds::place(tx, actor, &held, "Poursuite.")).unwrap();
    let refused = app.does("solange", move |tx, actor| acts::approve(tx, actor, id).map(drop));
    assert!(matches!(refused, Err(Error::NotPossible("not-possible-retention-changed"))), "{refused:?}");
    assert!(app.read(|tx| store::list(tx, list)).is_open(), "it was undone whole");

    // Lifted, both are due; the first list was set aside.
    let page = app.as_("aline").open("/conservation").await;
    for form in page.forms().into_iter().filter(|form| form.action.ends_with("/levee")) {
        app.as_("aline").send(&form).await;
    }
    let page = app.as_("aline").open(&format!("/conservation/{list}")).await;
    app.as_("aline").send(&page.form("/abandon")).await;
    let second = app.does("aline", |tx, actor| actions::prepare(tx, Some(actor.person))).unwrap();
    let files = app.read(|tx| store::files(tx, second));
    assert_eq!(files.len(), 2);
    assert!(references(&files).contains(&slug.as_str()));
    let dropped = app.does("solange", move |tx, actor| acts::approve(tx, actor, id).map(drop));
    assert!(matches!(dropped, Err(Error::NotPossible(_))), "the request of the first list: {dropped:?}");
}

/// P02: A hold that comes while its file is destroyed is in force before, and nothing is destroyed; or after, and finds nothing.
#[actix_web::test]
async fn a_hold_placed_at_the_moment_of_a_destruction_comes_before_it_or_after() {
    let (app, _folder, _) = keeping().await;
    let slug = a_life(&app, "camille", GONE).await;
    app.clock.set(day("2029-12-03"), 10, 0);
    let (list, files) = listed(&app);
    let id = files[0].declaration.unwrap();
    let act = Act::Destruction { list, files: 1 };
    let request = app.does("aline", move |tx, actor| acts::ask(tx, actor, &act, "Calendrier.")).unwrap();

    let (aline, solange, on) = (app.actor("aline"), app.actor("solange"), slug.clone());
    let (placed, destroyed) = app.meet(
        move |tx, pause| holds::place(tx, &aline, &on, "Poursuite.").inspect(|()| pause()),
        move |tx| acts::approve(tx, &solange, request).map(drop),
    );
    assert!(placed.is_ok(), "{placed:?}");
    assert!(matches!(destroyed, Err(Error::NotPossible("not-possible-retention-changed"))), "{destroyed:?}");
    assert!(app.read(|tx| store::file(tx, id)).is_some());

    let hold = app.read(holds::in_force)[0].id;
    app.does("aline", move |tx, actor| holds::lift(tx, actor, hold)).unwrap();
    let (aline, solange, on) = (app.actor("aline"), app.actor("solange"), slug.clone());
    let (destroyed, placed) = app.meet(
        move |tx, pause| acts::approve(tx, &solange, request).map(drop).inspect(|()| pause()),
        move |tx| holds::place(tx, &aline, &on, "Poursuite."),
    );
    assert!(destroyed.is_ok(), "{destroyed:?}");
    assert!(matches!(placed, Err(Error::Invalid(_))), "there is no such file any more: {placed:?}");
    assert!(app.read(holds::in_force).is_empty());
}

/// P01: The list of the year is asked for once a day: every file that is over is read for it.
#[actix_web::test]
async fn the_worker_asks_once_a_day_what_is_due_and_again_the_day_after() {
    let (app, _folder, _) = keeping().await;
    let slug = a_life(&app, "camille", GONE).await;
    app.clock.set(day("2029-11-22"), 10, 0);
    let mut asked = worker::Asked::default();
    let mut pass = || worker::prepare_when_due(&app.app, &mut asked).unwrap();
    assert_eq!(pass(), 0, "nothing is due yet");
    let (id, long_ago) = (app.row(&slug).id, app.clock.now() - TimeDelta::days(4 * 366));
    app.is_altered();
    app.write(move |tx| {
        Ok(diesel::update(declarations::table.find(id)).set(declarations::closed_at.eq(long_ago)).execute(tx.conn)?)
    });
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(pass(), 0, "the files are not read again today");
    assert_eq!(app.read(store::open), None);
    app.clock.set(day("2029-11-23"), 0, 1);
    assert_eq!(pass(), 1, "nor forgotten");
    assert!(app.read(store::open).is_some());
    app.clock.set(day("2029-11-24"), 0, 1);
    assert_eq!(pass(), 0, "once a year");
}

/// P02: Under the product: whoever writes to the database through it finds the same doors shut.
#[actix_web::test]
async fn the_database_destroys_nothing_that_two_people_did_not_approve() {
    let (app, _folder, _) = keeping().await;
    a_life(&app, "camille", GONE).await;
    app.clock.set(day("2029-12-03"), 10, 0);
    let (list, files) = listed(&app);
    let id = files[0].declaration.unwrap();
    let forced = app.app.write_here(move |tx| {
        Ok(diesel::delete(revisions::table.filter(revisions::declaration_id.eq(id))).execute(tx.conn)?)
    });
    assert!(forced.is_err(), "versions are append-only");
    let forced = app.app.write_here(move |tx| {
        use probite::db::schema::destroying;
        Ok(diesel::insert_into(destroying::table).values(destroying::declaration_id.eq(id)).execute(tx.conn)?)
    });
    assert!(forced.unwrap_err().to_string().contains("nobody approved"), "listed is not approved");
    let (aline, solange) = (app.id("aline"), app.id("solange"));
    let forced = app.app.write_here(move |tx| actions::destroy(tx, aline, solange, list));
    assert!(forced.unwrap_err().to_string().contains("nobody approved"), "nor is calling the action");
    // Approved, and only what is on the list.
    let act = Act::Destruction { list, files: 1 };
    let request = app.does("aline", move |tx, actor| acts::ask(tx, actor, &act, "Calendrier.")).unwrap();
    app.does("solange", move |tx, actor| acts::approve(tx, actor, request).map(drop)).unwrap();
    let forced = app.app.write_here(move |tx| {
        use probite::db::schema::destroying;
        Ok(diesel::insert_into(destroying::table).values(destroying::declaration_id.eq(id)).execute(tx.conn)?)
    });
    assert!(forced.is_err(), "an approval serves once");
}

/// A04, A12: Whoever has the whole database can replace words by their hash: nobody certified it, and it is found.
#[actix_web::test]
async fn words_taken_out_of_the_journal_without_a_certificate_are_found() {
    let (app, _folder, _) = keeping().await;
    app.is_altered();
    let slug = app.files_gift("camille");
    app.decides("rosalie", &slug, "accept").unwrap();
    assert_eq!(app.read(journal::first_break), None, "the twin");
    let seq: i64 =
        app.read(|tx| Ok(events::table.filter(events::event.eq("decided")).select(events::seq).first(tx.conn)?));
    let leaf: String = app.read(|tx| Ok(events::table.find(seq).select(events::leaf).first(tx.conn)?));
    let hash = hex::encode(journal::hash_of(&leaf).unwrap());
    disarm(&app);
    execute(&app, &format!("UPDATE events SET leaf = '#{hash}' WHERE seq = {seq}"));
    assert_eq!(app.read(journal::first_break), Some(seq));
}

/// A12: what is kept of a destroyed leaf cannot be found again by trying likely words.
#[actix_web::test]
async fn nobody_finds_destroyed_words_again_by_trying_them() {
    let app = TestApp::new().await;
    let slug = app.files_gift("camille");
    app.decides("rosalie", &slug, "accept").unwrap();
    let leaf: String =
        app.read(|tx| Ok(events::table.filter(events::event.eq("decided")).select(events::leaf).first(tx.conn)?));
    let read: serde_json::Value = serde_json::from_str(&leaf).unwrap();
    let salt = read["salt"].as_str().unwrap();
    assert!(salt.len() >= 22, "128 bits: {salt}");
    // With every other word known, the guess is as wrong as any.
    let guess = leaf.replace(salt, &"A".repeat(salt.len()));
    assert_ne!(journal::hash_of(&guess).unwrap(), journal::hash_of(&leaf).unwrap());
    let salts: Vec<String> = app.read(|tx| {
        let leaves: Vec<String> =
            events::table.filter(events::declaration_id.is_not_null()).select(events::leaf).load(tx.conn)?;
        Ok(leaves
            .iter()
            .map(|leaf| serde_json::from_str::<serde_json::Value>(leaf).unwrap()["salt"].as_str().unwrap().to_owned())
            .collect())
    });
    let distinct: std::collections::BTreeSet<&String> = salts.iter().collect();
    assert_eq!(distinct.len(), salts.len());
}

/// P01, of the rules: files of every kind closed over fifteen years, each due on the day counted by hand. Holds have a story
/// of their own.
#[actix_web::test]
async fn files_closed_over_fifteen_years_are_due_each_on_the_day_counted_by_hand() {
    let app = TestApp::new().await;
    let kinds: Vec<String> = app.app.book.catalogue.kinds().iter().map(|version| version.kind.id.clone()).collect();
    let schedule = Schedule::parse(include_str!("../../config/retention.toml"), &kinds).unwrap();
    // Fixed, so that a failure is found again: an LCG of Knuth's constants.
    let mut seed = 20_261_123_u64;
    let mut draw = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let (first, days) = (day("2010-01-01"), 15 * 365);
    let outcomes = ["no_conflict", "managed", "recusal", "accept", "noted"];
    let mut gone = 0;
    for _ in 0..20_000 {
        let kind = &kinds[usize::try_from(draw(u64::try_from(kinds.len()).unwrap())).unwrap()];
        let closed = first + TimeDelta::days(i64::try_from(draw(days)).unwrap());
        let facts = probite::retention::schedule::Facts {
            kind,
            outcome: Some(outcomes[usize::try_from(draw(5)).unwrap()]),
            contract_linked: draw(3) == 0,
            closed_on: Some(closed),
            contract_end: (draw(2) == 0).then(|| first + TimeDelta::days(i64::try_from(draw(days)).unwrap())),
        };
        let fate = schedule.fate(&facts);
        let Fate::Due { rule, ended_on, on } = fate else { continue };
        // Counted by hand, a year at a time from the day of the event.
        let mut year = ended_on;
        for _ in 0..rule.years {
            year = year.checked_add_months(chrono::Months::new(12)).unwrap();
        }
        // 29 February comes back as 28: the day after it is at most a day away.
        assert!((on - year).num_days() >= 1 && (on - year).num_days() <= 2, "{facts:?}: {on}");
        gone += 1;
    }
    assert!(gone > 10_000, "{gone}");
}

/// P04, A12
#[actix_web::test]
async fn a_sealed_file_goes_with_its_key_and_a_letter_with_its_file() {
    let (app, folder, _) = keeping().await;
    let words = json!({ "question": format!("Puis-je accepter {GONE}?") });
    let slug = app.files("camille", "advice_request", answers::changed(answers::advice(), words));
    app.withdraws("camille", &slug).unwrap();
    let id = app.row(&slug).id;
    let about = move |tx: &mut probite::app::Tx<'_>| -> probite::error::Result<i64> {
        Ok(letters::table.filter(letters::declaration_id.eq(id)).count().get_result(tx.conn)?)
    };
    assert!(app.read(about) > 0);
    app.clock.set(day("2034-01-09"), 10, 0);
    let id_of_list = app.does("aline", |tx, actor| actions::prepare(tx, Some(actor.person))).unwrap();
    let act = Act::Destruction { list: id_of_list, files: 1 };
    let request = app.does("aline", move |tx, actor| acts::ask(tx, actor, &act, "Calendrier.")).unwrap();
    app.does("solange", move |tx, actor| acts::approve(tx, actor, request).map(drop)).unwrap();
    assert_eq!(app.read(about), 0);
    assert!(app.read(|tx| probite::sealing::record::find(tx, id)).is_none(), "the key went");
    worker::scrub(&app.app).unwrap();
    assert_eq!(app.read(journal::first_break), None);
    assert!(places_of(GONE, &everything_at_rest(&app, folder.path())).is_empty());
}

/// P04, A12: why a file was read in an emergency speaks of that file, and goes with it; who asked and who answered stay.
#[actix_web::test]
async fn the_reason_of_an_emergency_reading_goes_with_its_file() {
    let (app, folder, _) = keeping().await;
    let slug = app.files("camille", "advice_request", answers::advice());
    let other = app.files("theo", "advice_request", answers::advice());
    let ask = |file: &str, why: String| {
        let act = Act::EmergencyReading { reference: file.to_owned() };
        app.does("solange", move |tx, actor| acts::ask(tx, actor, &act, &why)).unwrap()
    };
    let refused = ask(&slug, format!("Elle parle de {GONE}."));
    app.does("victor", move |tx, actor| acts::refuse(tx, actor, refused, &format!("Sa {GONE} peut attendre.")))
        .unwrap();
    let approved = ask(&slug, format!("Sa {GONE} est due demain."));
    app.does("victor", move |tx, actor| acts::approve(tx, actor, approved).map(drop)).unwrap();
    let stays = ask(&other, format!("Son {KEPT} est dû demain."));
    for word in [GONE, KEPT] {
        assert!(!places_of(word, &everything_at_rest(&app, folder.path())).is_empty(), "{word}: the twin");
    }
    // Nobody takes these words away while the file is there, under the product neither.
    let forced = app.app.write_here(|tx| {
        Ok(diesel::update(events::table.filter(events::event.eq("act_asked")))
            .set(events::leaf.eq("#00"))
            .execute(tx.conn)?)
    });
    assert!(forced.unwrap_err().to_string().contains("append-only"));

    app.withdraws("camille", &slug).unwrap();
    app.clock.set(day("2034-01-09"), 10, 0);
    let list = app.does("aline", |tx, actor| actions::prepare(tx, Some(actor.person))).unwrap();
    let act = Act::Destruction { list, files: 1 };
    let request = app.does("aline", move |tx, actor| acts::ask(tx, actor, &act, "Calendrier.")).unwrap();
    app.does("solange", move |tx, actor| acts::approve(tx, actor, request).map(drop)).unwrap();
    worker::scrub(&app.app).unwrap();
    assert_eq!(app.read(journal::first_break), None, "the certificate covers them");
    let rest = everything_at_rest(&app, folder.path());
    assert_eq!(places_of(GONE, &rest), Vec::<String>::new());
    assert!(!places_of(KEPT, &rest).is_empty(), "the other file is still there");
    assert_eq!(app.journal_of("act_words_destroyed").len(), 2);
    for id in [refused, approved] {
        let page = app.as_("aline").open(&format!("/actes/{id}")).await;
        assert!(page.says(&say("act-words-destroyed")), "{}", page.text());
        assert!(page.says("Solange Thibault") && page.says("Victor"), "who: {}", page.text());
    }
    let page = app.as_("aline").open(&format!("/actes/{stays}")).await;
    assert!(page.says(KEPT), "{}", page.text());
}

/// Told of a draft that nobody came back to.
pub fn every_letter_of_drafts(app: &TestApp) {
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let long_ago = app.clock.now() - TimeDelta::days(170);
    app.is_altered();
    app.write(move |tx| {
        let draft = declarations::table.filter(declarations::key.eq(key));
        diesel::update(draft).set(declarations::changed_at.eq(long_ago)).execute(tx.conn)?;
        forgotten::follow(tx)
    });
}

/// P01
#[actix_web::test]
async fn a_draft_that_nobody_came_back_to_is_announced_then_deleted() {
    let app = TestApp::new().await;
    let forgotten = app.drafts("camille", "gift_declaration", answers::gift());
    let sealed = app.drafts("camille", "concern_report", answers::concern());
    let taken_up = app.drafts("camille", "gift_declaration", answers::gift());
    // What another declaration opened is owed.
    let relation = answers::changed(
        answers::relation(),
        json!({ "advantage_offered": true, "advantage_details": "Deux billets" }),
    );
    let filed = app.files("camille", "business_relation", relation);
    let owed: i64 = app.row(&filed).id;
    let drafts = || -> Vec<String> {
        app.read(|tx| {
            Ok(declarations::table
                .filter(declarations::state.eq("draft"))
                .order(declarations::id.asc())
                .select(declarations::key)
                .load(tx.conn)?)
        })
    };
    assert_eq!(drafts().len(), 4);
    let told = || app.letters().iter().filter(|letter| letter.letter == "draft-forgotten").count();
    app.clock.advance(chrono::TimeDelta::days(165));
    assert_eq!((app.write(forgotten::follow), told()), (0, 0), "too soon");
    app.clock.advance(chrono::TimeDelta::days(2));
    assert_eq!((app.write(forgotten::follow), told()), (3, 1), "one letter, whatever the number of drafts");
    let letter = app.letters_to("camille").pop().unwrap();
    assert!(letter.text.contains("Brouillons concernés") && letter.text.contains('3'), "{}", letter.text);
    assert!(!letter.text.to_lowercase().contains("cadeau"), "it names none of them: {}", letter.text);
    assert_eq!((app.write(forgotten::follow), told()), (0, 1), "once");

    // Whoever goes on with one keeps it.
    app.clock.advance(chrono::TimeDelta::days(5));
    let (key, version) = (taken_up.clone(), app.row(&taken_up).version);
    let given = serde_json::from_value(answers::gift()).unwrap();
    app.does("camille", move |tx, actor| drafts::save_answers(tx, actor, &key, version, &given).map(drop)).unwrap();
    app.clock.advance(chrono::TimeDelta::days(9));
    assert_eq!(app.write(forgotten::follow), 2);
    let left = drafts();
    assert!(left.contains(&taken_up) && !left.contains(&forgotten) && !left.contains(&sealed), "{left:?}");
    assert_eq!(left.len(), 2, "the one that was taken up, and the one that is owed");
    let of: Option<i64> = app.read(|tx| {
        let other = declarations::table.filter(declarations::state.eq("draft")).filter(declarations::key.ne(&taken_up));
        Ok(other.select(declarations::origin_id).first(tx.conn)?)
    });
    assert_eq!(of, Some(owed));
    // Much later it is announced again, since it changed after the letter.
    app.clock.advance(chrono::TimeDelta::days(160));
    assert_eq!((app.write(forgotten::follow), told()), (1, 2));
}

/// P01: drafts told of wait two weeks; those that come after them are told of meanwhile.
#[actix_web::test]
async fn drafts_that_were_told_of_do_not_hide_the_next_ones() {
    let app = TestApp::new().await;
    for name in ["camille", "theo"] {
        app.drafts(name, "gift_declaration", answers::gift());
    }
    let told = || -> Vec<&'static str> {
        app.letters().iter().filter(|letter| letter.letter == "draft-forgotten").map(|letter| letter.to).collect()
    };
    app.clock.advance(TimeDelta::days(167));
    for expected in [vec!["camille"], vec!["camille", "theo"], vec!["camille", "theo"]] {
        app.write(|tx| forgotten::follow_some(tx, 1));
        assert_eq!(told(), expected);
    }
}

/// P01: a letter of before a change announces nothing, even where nobody looked at drafts for long.
#[actix_web::test]
async fn a_draft_changed_since_it_was_told_of_is_not_deleted_by_the_old_letter() {
    let app = TestApp::new().await;
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let kept = || -> i64 {
        app.read(|tx| Ok(declarations::table.filter(declarations::key.eq(&key)).count().get_result(tx.conn)?))
    };
    let told = || app.letters().iter().filter(|letter| letter.letter == "draft-forgotten").count();
    app.clock.advance(TimeDelta::days(167));
    assert_eq!((app.write(forgotten::follow), told()), (1, 1));
    // Changed on the very day, then left.
    app.clock.advance(TimeDelta::hours(2));
    let (draft, version) = (key.clone(), app.row(&key).version);
    let given = serde_json::from_value(answers::gift()).unwrap();
    app.does("camille", move |tx, actor| drafts::save_answers(tx, actor, &draft, version, &given).map(drop)).unwrap();
    app.clock.advance(TimeDelta::days(200));
    app.write(forgotten::follow);
    assert_eq!((kept(), told()), (1, 2), "told again");
    app.clock.advance(TimeDelta::days(13));
    app.write(forgotten::follow);
    assert_eq!((kept(), told()), (1, 2), "she has her two weeks");
    // The twin: told of what it is now, it goes.
    app.clock.advance(TimeDelta::days(1));
    app.write(forgotten::follow);
    assert_eq!((kept(), told()), (0, 2));
}

/// P01: The twin.
#[actix_web::test]
async fn drafts_are_kept_where_the_settings_say_so() {
    let app = TestApp::with(|config| config.retention.draft_days = 0).await;
    app.drafts("camille", "gift_declaration", answers::gift());
    app.clock.advance(chrono::TimeDelta::days(2_000));
    assert_eq!(app.write(forgotten::follow), 0);
}

/// P01: a lawsuit about a company keeps what anybody declared of it, and of the companies merged into it.
#[actix_web::test]
async fn a_hold_on_a_company_keeps_every_file_that_names_it() {
    let (app, _folder, _) = keeping().await;
    let about = a_life(&app, "camille", GONE).await;
    let too = a_life(&app, "theo", KEPT).await;
    let company = app.row(&about).company_id.expect("it names a company");
    assert_eq!(app.row(&too).company_id, Some(company));
    app.clock.set(day("2029-12-03"), 10, 0);
    let aline = app.as_("aline");
    let page = aline.open("/conservation").await;
    let unknown = aline.send(&page.form("/gels").with("on", "9999999999").with("reason", "Poursuite.")).await;
    assert_eq!(unknown.errors(), [say("error-hold-on")]);
    let placed = aline.send(&unknown.form("/gels").with("on", NORDIK.1)).await;
    assert_eq!(placed.flash(), say("flash-hold-placed"));
    assert!(placed.says("Tous les dossiers qui nomment Nordik Infonuagique inc."), "{}", placed.text());
    let nothing = app.does("aline", |tx, actor| actions::prepare(tx, Some(actor.person)));
    assert!(matches!(nothing, Err(Error::NotPossible("not-possible-retention-empty"))), "{nothing:?}");
    // The database itself: a hold is on one thing.
    let both: probite::error::Result<usize> = app.app.write_here(move |tx| {
        Ok(diesel::update(legal_holds::table).set(legal_holds::person_id.eq(1)).execute(tx.conn)?)
    });
    assert!(both.is_err());
    // The twin: lifted, they are due.
    let page = aline.open("/conservation").await;
    aline.send(&page.form("/levee")).await;
    let (_, files) = listed(&app);
    assert_eq!(files.len(), 2);
}
