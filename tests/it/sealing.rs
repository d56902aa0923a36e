//! What is confidential to the ethics officer, for whoever holds the database, its folder or a copy of them.

use std::path::Path;

use actix_web::http::Method;
use diesel::prelude::*;
use diesel::sql_types::Text;
use probite::clock::Clock;
use probite::db::DbConn;
use probite::db::schema::{companies, data_keys, declarations, events};
use probite::declarations::answers::Form;
use probite::declarations::workflow::State;
use probite::declarations::{actions, store};
use probite::ethics::actions as ethics;
use probite::ethics::opinion::Opinion;
use probite::sealing::keyring::MasterKey;
use probite::sealing::rotation;
use serde_json::json;

use crate::ethics::sealed::canaries;
use crate::support::answers::{self, SEALED};
use crate::support::process::Launcher;
use crate::support::{TestApp, files, say};

/// As the canaries of sealed declarations, in the letters that every index and folding keeps.
const CANARY: &str = "zorglubine";
/// In a declaration that is not sealed.
const ORDINARY: &str = "craquelinette";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Everything that holds data: the files of SQLite byte for byte, or each row of each table of PostgreSQL; and every file
/// of the folder of attachments.
pub fn everything_at_rest(app: &TestApp, folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    if app.app.db.is_postgres() {
        let rows: Vec<Line> = app.read(|tx| {
            let DbConn::Postgres(conn) = tx.conn else { unreachable!("PostgreSQL") };
            let tables: Vec<Line> =
                diesel::sql_query("SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public'")
                    .load(conn)?;
            let mut rows = Vec::new();
            for table in tables {
                let sql = format!("SELECT '{0}: ' || t::text AS line FROM \"{0}\" t", table.line);
                rows.extend(diesel::sql_query(sql).load::<Line>(conn)?);
            }
            Ok(rows)
        });
        found.extend(rows.into_iter().map(|row| (row.line.chars().take(60).collect(), row.line.into_bytes())));
    } else {
        let url = app.app.db.url();
        for end in ["", "-wal", "-shm"] {
            if let Ok(bytes) = std::fs::read(format!("{url}{end}")) {
                found.push((format!("database{end}"), bytes));
            }
        }
    }
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push((entry.path().display().to_string(), std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    found
}

/// Where a word is found, whatever its case.
pub fn places_of(word: &str, kept: &[(String, Vec<u8>)]) -> Vec<String> {
    let has = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
    kept.iter().filter(|(_, bytes)| has(bytes)).map(|(name, _)| name.clone()).collect()
}

fn opinion() -> Opinion {
    let part = |of: &str| format!("{CANARY} {of}");
    Opinion { facts: part("faits"), norms: part("normes"), analysis: part("analyse"), recommendation: part("suite") }
}

/// A file of each sealed kind with all that can be said in one: drafts, files joined, questions, answers, comments, notes, an
/// opinion half written and given, a decision, a correction, a withdrawal.
async fn lives_of_sealed_files(app: &TestApp) -> String {
    let word = |of: &str| format!("{CANARY} {of}");
    for kind in SEALED {
        app.drafts("camille", kind, canaries(kind));
        let slug = app.files("camille", kind, canaries(kind));
        app.withdraws("camille", &slug).unwrap();
    }
    let key = app.drafts("camille", "advice_request", canaries("advice_request"));
    let browser = app.as_("camille");
    let content = files::pdf(CANARY);
    let body = files::multipart(
        &[("context", word("contexte").as_str())],
        &[("attachments", format!("{CANARY}.pdf").as_str(), content.as_slice())],
    );
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let joined = browser.request(Method::POST, &format!("/brouillons/{key}/context"), &headers, Some(body)).await;
    assert_eq!(joined.status, 303, "{}", joined.text());
    let slug = app.sends("camille", &key).unwrap().reference.unwrap();
    app.asks("aline", &slug, &word("question")).unwrap();
    app.answers("camille", &slug, &word("réponse")).unwrap();
    for (who, audience) in [("aline", "private"), ("aline", "readers"), ("aline", "person"), ("camille", "person")] {
        app.comments(who, &slug, audience, &word(audience)).unwrap();
    }
    let (half, to) = (vec![("facts".to_owned(), word("moitié"))] as Form, slug.clone());
    app.does("aline", move |tx, actor| ethics::keep_draft(tx, actor, &to, &half)).unwrap();
    let (to, version) = (slug.clone(), app.row(&slug).version);
    app.does("aline", move |tx, actor| ethics::give_opinion(tx, actor, &to, version, &opinion(), &[]).map(drop))
        .unwrap();
    let concern = app.files("camille", "concern_report", canaries("concern_report"));
    app.corrects("camille", &concern, canaries("concern_report")).unwrap();
    let (to, version) = (concern.clone(), app.row(&concern).version);
    let choice = actions::Choice { outcome: "closed".into(), reason: word("motif"), measures: Vec::new(), version };
    app.does("aline", move |tx, actor| actions::decide(tx, actor, &to, &choice)).unwrap();
    slug
}

/// A10, Z14
#[actix_web::test]
async fn nothing_confidential_is_readable_at_rest() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = folder.path().display().to_string();
    let app = TestApp::with(|config| config.uploads.directory = uploads).await;
    let slug = lives_of_sealed_files(&app).await;
    let gift = answers::changed(answers::gift(), json!({ "description": format!("Un {ORDINARY}") }));
    app.files("camille", "gift_declaration", gift);

    let kept = everything_at_rest(&app, folder.path());
    // The search bites: what is not sealed is there to be found.
    assert!(!places_of(ORDINARY, &kept).is_empty());
    assert_eq!(places_of(CANARY, &kept), Vec::<String>::new());
    // A content may be compressed: nothing of its form is there either.
    assert_eq!(places_of("%PDF", &kept), Vec::<String>::new());
    // Whoever may read it does.
    let page = app.as_("aline").open(&format!("/d/{slug}")).await;
    assert!(page.text().to_lowercase().contains(CANARY), "{}", page.text());
    let file = app
        .as_("camille")
        .open(&app.as_("camille").open(&format!("/d/{slug}")).await.link(&format!("{CANARY}.pdf")))
        .await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").unwrap().contains(CANARY));
}

/// The soft and the hard limit of the image that the system writes of a process that falls.
fn image_limits(pid: u32) -> Vec<String> {
    let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    line.split_whitespace().take(2).map(str::to_owned).collect()
}

/// A10: what the service opened is in its memory; nothing writes that memory to a disk, whatever it was started under.
#[actix_web::test]
async fn a_service_that_falls_leaves_no_image_of_its_memory() {
    let app = TestApp::alone().await;
    let folder = tempfile::tempdir().unwrap();
    let served = Launcher::new(folder.path(), &app.app.book.config).start();
    assert_eq!(image_limits(served.child.id()), ["0", "0"]);

    // Its twin: the limits it was started under would have let it.
    let mut other = std::process::Command::new("sleep").arg("60").spawn().unwrap();
    let limits = image_limits(other.id());
    other.kill().unwrap();
    other.wait().unwrap();
    // Where nobody may, as in some containers, the service is not shown to ask: it is where somebody might.
    if limits[1] == "0" {
        eprintln!("this machine lets no process leave an image: the twin is not told");
        return;
    }
    assert_ne!(image_limits(std::process::id())[1], "0");
}

/// A10
#[actix_web::test]
async fn a_company_that_only_a_sealed_file_names_joins_no_register() {
    let app = TestApp::new().await;
    let before: i64 = app.read(|tx| Ok(companies::table.count().get_result(tx.conn)?));
    app.files("camille", "voluntary_declaration", canaries("voluntary_declaration"));
    assert_eq!(app.read(|tx| Ok(companies::table.count().get_result::<i64>(tx.conn)?)), before);
}

/// A14
#[actix_web::test]
async fn words_moved_to_another_file_or_put_back_from_before_do_not_open() {
    let app = TestApp::new().await;
    app.is_altered();
    let one = app.files("camille", "advice_request", answers::advice());
    let two = app.files("camille", "advice_request", answers::advice());
    let envelope = |slug: &str| -> String {
        let slug = slug.to_owned();
        app.read(|tx| {
            let kept: Option<String> = declarations::table
                .filter(declarations::reference.eq(slug))
                .select(declarations::sealed)
                .first(tx.conn)?;
            Ok(kept.unwrap())
        })
    };
    let put = |slug: &str, words: String| {
        let slug = slug.to_owned();
        app.write(move |tx| {
            diesel::update(declarations::table.filter(declarations::reference.eq(slug)))
                .set(declarations::sealed.eq(words))
                .execute(tx.conn)?;
            Ok(())
        });
    };
    let reads = |slug: &str| {
        let slug = slug.to_owned();
        app.does("aline", move |tx, actor| {
            store::authorized(tx, actor, &slug, probite::access::Action::Read).map(|found| found.declaration.answers)
        })
    };
    let (first, second) = (envelope(&one), envelope(&two));
    put(&one, second);
    assert!(reads(&one).is_err(), "the words of another file open");
    put(&one, first.clone());
    assert!(reads(&one).is_ok(), "its own do not");
    app.corrects("camille", &one, answers::changed(answers::advice(), json!({ "topic": "Autre" }))).unwrap();
    put(&one, first);
    assert!(reads(&one).is_err(), "the words of an earlier version open");
    put(&two, "{\"answers\":{}}".into());
    assert!(reads(&two).is_err(), "words in clear open");
}

/// A10, A12
#[actix_web::test]
async fn what_happens_to_a_sealed_file_is_sealed_in_the_journal_and_the_chain_holds() {
    let app = TestApp::new().await;
    app.is_altered();
    let slug = app.files("camille", "advice_request", answers::advice());
    app.asks("aline", &slug, "Quand aura-t-elle lieu?").unwrap();
    let kept = app.journal_text(&slug);
    assert!(!kept.contains("conférence") && !kept.contains("\"data\""), "{kept}");
    assert_eq!(app.journal(&slug), ["submitted", "information_requested"], "who did what and when is not sealed");
    let page = app.as_("camille").open(&format!("/d/{slug}")).await;
    assert!(page.says("Quand aura-t-elle lieu?"), "{}", page.text());
    assert_eq!(app.read(probite::journal::store::first_break), None);
    // The key gone, the words are gone, and the journal still holds.
    let id = app.row(&slug).id;
    app.write(move |tx| {
        diesel::delete(data_keys::table.find(id)).execute(tx.conn)?;
        Ok(())
    });
    assert_eq!(app.as_("aline").open(&format!("/d/{slug}")).await.status, 404);
    assert_eq!(app.read(probite::journal::store::first_break), None);
}

/// A11
#[actix_web::test]
async fn a_service_with_another_key_does_not_start() {
    let app = TestApp::alone().await;
    app.files("camille", "advice_request", answers::advice());
    let other = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(other.path(), &*MasterKey::generate().unwrap().line()).unwrap();
    for file in [other.path().display().to_string(), String::new(), "/nulle/part".to_owned()] {
        let mut config = app.app.book.config.clone();
        config.sealing.key_file = file.clone();
        let Err(error) = probite::app::App::build(config, Clock::system()) else { panic!("{file:?} starts") };
        assert!(error.to_string().contains("sealing.key_file"), "{error}");
    }
    drop(app.another_process());
}

/// A10
#[actix_web::test]
async fn without_a_key_nothing_confidential_is_taken_in_clear() {
    let app = TestApp::with(|config| config.sealing.key_file = String::new()).await;
    let camille = app.as_("camille");
    let refused = camille.post("/declarer/advice_request", &[]).await;
    assert!(refused.says(&say("not-possible-sealing")), "{}", refused.text());
    assert_eq!(app.declarations(), 0);
    let gift = app.files_gift("camille");
    let refused = app.comments("rosalie", &gift, "private", "À vérifier.");
    assert!(matches!(refused, Err(probite::error::Error::NotPossible("not-possible-sealing"))), "{refused:?}");
    assert_eq!(app.state(&gift), State::Submitted, "the rest goes on");
}

/// A11
#[actix_web::test]
async fn the_master_key_changes_while_people_are_served() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sealing.key");
    let (old, new) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
    std::fs::write(&path, &*old.line()).unwrap();
    let app = TestApp::with(|config| config.sealing.key_file = path.display().to_string()).await;
    let slugs: Vec<String> = (0..5).map(|_| app.files("camille", "advice_request", answers::advice())).collect();
    std::fs::write(&path, format!("{}{}", *new.line(), *old.line())).unwrap();
    // The service that runs uses the new key at once, and still opens what the old one closed.
    let after = app.files("camille", "advice_request", answers::advice());
    assert_eq!(app.read(rotation::in_use).len(), 2);
    for slug in slugs.iter().chain([&after]) {
        assert_eq!(app.as_("aline").open(&format!("/d/{slug}")).await.status, 200);
    }
    // Another process wraps them again, a few at a time.
    let operator = app.another_process();
    while operator.write_here(|tx| rotation::rewrap(tx, 2)).unwrap() > 0 {}
    let in_use = app.read(rotation::in_use);
    assert_eq!(in_use, [(new.id.clone(), 6)]);
    // The old key can go: nothing of what is read needed to be encrypted again.
    std::fs::write(&path, &*new.line()).unwrap();
    let again = app.another_process();
    assert_eq!(again.read_here(rotation::in_use).unwrap(), in_use);
    for slug in &slugs {
        assert!(app.as_("aline").open(&format!("/d/{slug}")).await.says("conférence"));
    }
    let sealed: i64 =
        app.read(|tx| Ok(events::table.filter(events::leaf.like("%\"sealed\"%")).count().get_result(tx.conn)?));
    assert_eq!(sealed, 6);
}
