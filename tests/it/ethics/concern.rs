//! A concern: what the product must not do, and what it must (D-11.1, P-33.01; `domain.md` §4). Each line is a test.

use actix_web::http::Method;
use diesel::prelude::*;
use diesel::sql_types::Text;
use probite::db::schema::data_keys;
use probite::declarations::kind::Kind;
use probite::declarations::workflow::State;
use probite::error::Error;
use serde_json::{Value, json};

use crate::support::{TestApp, answers, files};

const WORD: &str = "Quincampoix";

fn kinds() -> Vec<Kind> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/config/kinds");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| toml::from_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap())
        .collect()
}

/// Every French word that a kind shows.
fn words_of(kind: &Kind) -> String {
    let mut words =
        vec![kind.title.fr.clone(), kind.situation.fr.clone(), kind.example.fr.clone(), kind.notice.fr.clone()];
    for outcome in &kind.outcomes {
        words.extend([outcome.label.fr.clone(), outcome.done.fr.clone()]);
        words.extend(outcome.hint.iter().map(|hint| hint.fr.clone()));
    }
    for step in &kind.steps {
        words.push(step.title.fr.clone());
        words.extend(step.hint.iter().chain(step.why.iter()).map(|text| text.fr.clone()));
        for field in &step.fields {
            words.push(field.label.fr.clone());
            words.extend(field.hint.iter().map(|hint| hint.fr.clone()));
            words.extend(field.options.iter().map(|option| option.label.fr.clone()));
        }
    }
    words.join("\n").to_lowercase()
}

fn concern(changes: Value) -> Value {
    answers::changed(
        answers::changed(answers::concern(), json!({ "description": format!("{WORD} et compagnie.") })),
        changes,
    )
}

// Must not ------------------------------------------------------------------------------------------------------------

#[test]
fn no_form_is_for_disclosing_wrongdoing() {
    let all = kinds();
    assert!(all.len() >= 8, "{}", all.len());
    for kind in all {
        let words = words_of(&kind);
        for word in ["divulg", "acte répréhensible", "actes répréhensibles"] {
            assert!(!words.contains(word), "{}: {word}", kind.id);
        }
        assert!(!kind.id.contains("disclosure") && !kind.id.contains("wrongdoing"), "{}", kind.id);
    }
}

#[test]
fn nothing_calls_itself_a_whistleblower_line() {
    let texts = |language: &str| {
        let folder = format!("{}/templates/text/{language}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(folder)
            .unwrap()
            .map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap())
            .collect::<String>()
    };
    let words = texts("fr").to_lowercase() + &kinds().iter().map(words_of).collect::<String>();
    for word in ["dénonc", "lanceur d’alerte", "lanceuse d’alerte", "ligne d’alerte", "ligne éthique", "délat"]
    {
        assert!(!words.contains(word), "{word}");
    }
    assert!(!texts("en").to_lowercase().contains("whistleblow"));
}

/// Nobody named is ever written to or asked anything: the only question goes to whoever wrote.
#[actix_web::test]
async fn nobody_investigates_here() {
    for kind in kinds() {
        let words = words_of(&kind);
        assert!(!words.contains("enquête") && !words.contains("enquêt"), "{}", kind.id);
    }
    let app = TestApp::new().await;
    let theo = app.number("theo");
    let slug = app.files("camille", "concern_report", concern(json!({ "people_named": [{ "name": theo }] })));
    app.asks("aline", &slug, "Quel jour?").unwrap();
    app.answers("camille", &slug, "Un lundi.").unwrap();
    app.decides("aline", &slug, "measures").unwrap();
    assert!(app.letters_to("theo").is_empty() && app.letters_to("rosalie").is_empty());
}

#[test]
fn nothing_asks_whether_somebody_went_to_the_external_body() {
    for kind in kinds() {
        let words = words_of(&kind);
        assert!(!words.contains("protecteur"), "{}", kind.id);
    }
}

/// The way out is a plain link to the outside: no address of ours on the way, nothing written by looking at it.
#[actix_web::test]
async fn nothing_keeps_that_somebody_went_to_the_external_body() {
    let app = TestApp::new().await;
    let url = app.app.book.config.organisation.disclosure_url.clone();
    let (camille, before, log) = (app.as_("camille"), app.pulse(), app.access_log().len());
    for path in ["/", "/declarer/concern_report", "/declarer/voluntary_declaration"] {
        let page = camille.open(path).await;
        let out: Vec<String> =
            page.links().into_iter().map(|(href, _)| href).filter(|h| h.contains("protecteur")).collect();
        assert!(!out.is_empty() && out.iter().all(|href| *href == url), "{path}: {out:?}");
        for (href, _) in page.links().into_iter().filter(|(href, _)| href.starts_with('/')) {
            assert!(!href.contains("http") && !href.contains("protecteur"), "{href} passes through us");
        }
    }
    assert_eq!((app.pulse(), app.access_log().len()), (before, log));
}

#[actix_web::test]
async fn people_named_never_learn_of_it_nor_of_who_wrote() {
    let app = TestApp::new().await;
    let named = ["rosalie", "denis", "serge", "audrey", "rita"];
    let list: Vec<Value> = named.iter().map(|name| json!({ "name": app.number(name) })).collect();
    let slug = app.files("camille", "concern_report", concern(json!({ "people_named": list })));
    assert_eq!(app.holder(&slug), "ethics_officer");
    for name in named {
        let browser = app.as_(name);
        assert_eq!(browser.open(&format!("/d/{slug}")).await.status, 404, "{name}");
        assert_eq!(browser.open(&format!("/api/v1/declarations/{slug}")).await.status, 404, "{name}");
        for path in ["/", "/a-traiter?bureau=moi", "/a-traiter?vue=equipe", "/api/v1/inbox"] {
            let page = browser.open(path).await;
            assert!(!page.html.contains(&slug) && !page.html.contains(WORD), "{name} {path}");
        }
        assert!(app.letters_to(name).is_empty(), "{name}");
    }
}

#[actix_web::test]
async fn no_letter_holds_a_word_of_it() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "concern_report", concern(json!({ "recipient": "supervisor" })));
    app.asks("rosalie", &slug, &format!("{WORD}?")).unwrap();
    app.answers("camille", &slug, &format!("{WORD}.")).unwrap();
    app.refers("rosalie", &slug).unwrap();
    app.decides("aline", &slug, "clarified").unwrap();
    app.clock.advance_business_days(12);
    app.remind();
    let letters = app.letters();
    assert!(letters.len() > 6, "{}", letters.len());
    for letter in letters {
        let whole = format!("{} {} {} {}", letter.subject, letter.text, letter.html, letter.message_id);
        assert!(!whole.contains(WORD) && !whole.contains("SIG-") && !whole.contains("Gagnon"), "{whole}");
        assert!(!whole.to_lowercase().contains("signalement"), "{whole}");
        assert!(letter.reference.is_none());
    }
}

/// The digest is a letter too.
#[actix_web::test]
async fn the_digest_says_nothing_of_what_was_confided_to_a_supervisor() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "concern_report", concern(json!({ "recipient": "supervisor" })));
    assert_eq!(app.holder(&slug), "rosalie");
    let gift = app.files_gift("theo");
    // A piece of news, without which there is no digest.
    let withdrawn = app.files_gift("emma");
    app.withdraws("emma", &withdrawn).unwrap();
    app.clock.advance_business_days(1);
    assert!(app.digests() > 0);
    let digest = app.letters_to("rosalie").pop().unwrap();
    assert_eq!(digest.letter, "digest");
    let whole = format!("{} {} {}", digest.subject, digest.text, digest.html);
    assert!(whole.contains(&gift), "the twin, which waits for her too: {whole}");
    assert!(!whole.contains("SIG-") && !whole.contains(WORD), "{whole}");
}

#[actix_web::test]
async fn no_audit_export_says_who_wrote() {
    let app = TestApp::new().await;
    app.files_gift("theo");
    let slug = app.files("camille", "concern_report", concern(json!({})));
    app.decides("aline", &slug, "clarified").unwrap();
    for name in ["audrey", "aline"] {
        let browser = app.as_(name);
        for format in ["", "/audit.json", "/audit.csv", "/audit.xlsx"] {
            let path = format!("/rapports{format}?du=2026-01-01&au=2026-12-31");
            let page = browser.request(Method::GET, &path, &[("sec-fetch-site", "same-origin")], None).await;
            assert_eq!(page.status, 200, "{name} {path}");
            // The page counts sealed files by kind, for those whose role counts them, and says nothing else of them.
            let (before, counted) = page.html.split_once("aria-labelledby=\"scellees\"").unwrap_or((&page.html, ""));
            let after = counted.split_once("</section>").map_or("", |(_, after)| after);
            for trace in [slug.as_str(), "Gagnon", WORD, "concern_report", "Signalement d’une situation"] {
                assert!(!before.contains(trace) && !after.contains(trace), "{name} {path}: {trace}");
                assert!(!counted.contains(trace) || trace.starts_with("Signalement"), "{name} {path}: {trace}");
            }
            // The gift beside it is there: the report is not merely empty.
            assert!(format != "/audit.csv" || page.html.contains("CAD-2026-000001"), "{name}: {}", page.html);
        }
    }
}

// Must ----------------------------------------------------------------------------------------------------------------

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    found: i64,
}

/// Tables of the raw database with a row that holds a text, anywhere.
fn tables_with(app: &TestApp, text: &str) -> Vec<String> {
    app.read(|tx| {
        let postgres = matches!(tx.conn, probite::db::DbConn::Postgres(_));
        let tables = if postgres {
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'"
        } else {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'declaration_words%' \
             AND name NOT LIKE 'registry_search%'"
        };
        let tables: Vec<Name> = diesel::sql_query(tables).load(tx.conn)?;
        let mut found = Vec::new();
        for table in tables {
            let columns = if postgres {
                format!(
                    "SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = '{}'",
                    table.name
                )
            } else {
                format!("SELECT name FROM pragma_table_info('{}')", table.name)
            };
            let columns: Vec<Name> = diesel::sql_query(columns).load(tx.conn)?;
            let any: Vec<String> =
                columns.iter().map(|c| format!("CAST(\"{}\" AS TEXT) LIKE '%{text}%'", c.name)).collect();
            let sql = format!("SELECT COUNT(*) AS found FROM \"{}\" WHERE {}", table.name, any.join(" OR "));
            let count: Count = diesel::sql_query(sql).get_result(tx.conn)?;
            if count.found > 0 {
                found.push(table.name);
            }
        }
        Ok(found)
    })
}

fn files_in(folder: &str) -> usize {
    let mut count = 0;
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { count += 1 }
        }
    }
    count
}

/// Rows, attached files and kept API answers: an abandoned draft leaves nothing, not even in the journal.
#[actix_web::test]
async fn a_draft_given_up_is_truly_gone() {
    // A folder of its own: other tests join files to theirs in the common one.
    let folder = tempfile::tempdir().unwrap();
    let uploads = folder.path().display().to_string();
    let app = TestApp::with(|config| config.uploads.directory = uploads.clone()).await;
    let camille = app.as_("camille");
    let (kept, before) = (files_in(&uploads), app.pulse());
    let body = json!({ "kind": "concern_report", "answers": concern(json!({})) });
    let made = camille
        .request(
            Method::POST,
            "/api/v1/declarations",
            &[("sec-fetch-site", "same-origin"), ("idempotency-key", "une-cle-d-essai")],
            Some(("application/json", serde_json::to_vec(&body).unwrap())),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.html);
    let key = made.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    let (words, name) = (format!("{WORD} encore"), format!("{WORD}.pdf"));
    let (media, part) = files::multipart(&[("description", &words)], &[("attachments", &name, &files::pdf(WORD))]);
    let path = format!("/brouillons/{key}/facts");
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let saved = camille.request(Method::POST, &path, &headers, Some((media, part))).await;
    assert_eq!(saved.status, 303, "{}", saved.html);
    assert_eq!(files_in(&uploads), kept + 1, "the file is there");
    // Sealed, it is in no table even while it is there; the twin: the search of the raw database finds the rest of it.
    assert_eq!(tables_with(&app, WORD), Vec::<String>::new());
    assert!(tables_with(&app, &key).contains(&"declarations".to_owned()));
    assert!(tables_with(&app, &key).contains(&"idempotency_keys".to_owned()));
    let id = app.row(&key).id;
    let keys = |app: &TestApp| -> i64 {
        app.read(|tx| Ok(data_keys::table.filter(data_keys::declaration_id.eq(id)).count().get_result(tx.conn)?))
    };
    assert_eq!(keys(&app), 1);

    camille.post(&format!("/brouillons/{key}/suppression"), &[]).await;
    assert_eq!(files_in(&uploads), kept + 1, "nothing leaves the folder before that is durable");
    assert_eq!(probite::attachments::orphans::remove_given_up(&app.app).unwrap(), 1, "the worker, within the minute");
    assert_eq!(tables_with(&app, WORD), Vec::<String>::new());
    assert_eq!(tables_with(&app, &key), Vec::<String>::new());
    assert_eq!(keys(&app), 0, "the key that opened it is gone");
    assert_eq!(files_in(&uploads), kept, "its file is gone from the folder");
    assert_eq!(app.pulse(), before, "no event, no letter, no row");
    if !app.app.db.is_postgres() {
        // Once the log is folded into the file, no byte of it remains there either.
        app.app
            .db
            .write_here(|_| Ok(()))
            .and_then(|()| {
                let mut conn = probite::db::conn::sqlite_writer(app.app.db.url())?;
                diesel::connection::SimpleConnection::batch_execute(&mut conn, "PRAGMA wal_checkpoint(TRUNCATE)")
                    .map_err(Into::into)
            })
            .unwrap();
        let path = std::path::PathBuf::from(app.app.db.url());
        let bytes = std::fs::read(&path).unwrap();
        let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(holds("CREATE TABLE declarations"), "this is the database");
        assert!(!holds(WORD) && !holds(&key), "bytes of the draft remain in the file");
    }
}

/// The same file joined to something else stays.
#[actix_web::test]
async fn a_file_that_something_else_joins_stays() {
    let app = TestApp::new().await;
    let kept = std::path::Path::new(&app.app.book.config.uploads.directory).join("ab").join("abcd");
    std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
    std::fs::write(&kept, "x").unwrap();
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let (id, camille) = (app.row(&key).id, app.id("camille"));
    app.write(move |tx| {
        use probite::db::schema::attachments as a;
        let now = tx.now();
        diesel::insert_into(a::table)
            .values((
                a::declaration_id.eq(id),
                a::field.eq("attachments"),
                a::name.eq("x.pdf"),
                a::media_type.eq("application/pdf"),
                a::size.eq(1_i64),
                a::sha256.eq("abcd"),
                a::added_by.eq(camille),
                a::added_at.eq(now),
            ))
            .execute(tx.conn)?;
        probite::attachments::store::forget(tx, &["abcd".to_owned()])
    });
    assert!(kept.exists());
    // The twin: joined to nothing any more, it goes.
    app.write(move |tx| {
        diesel::delete(probite::db::schema::attachments::table).execute(tx.conn)?;
        probite::attachments::store::forget(tx, &["abcd".to_owned()])
    });
    assert!(!kept.exists());
}

#[actix_web::test]
async fn a_concern_is_read_by_its_recipient_and_the_ethics_officer_and_nobody_else() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "concern_report", answers::concern_to_supervisor());
    assert_eq!((app.holder(&slug).as_str(), app.state(&slug)), ("rosalie", State::Submitted));
    assert_eq!(app.post_since(0), ["sealed-received → camille", "sealed-file → rosalie"]);
    for (reader, status) in [
        ("rosalie", 200),
        ("aline", 200),
        ("marc", 200),
        ("denis", 404),
        ("helene", 404),
        ("solange", 404),
        ("victor", 404),
        ("rita", 404),
        ("audrey", 404),
        ("serge", 404),
        ("theo", 404),
    ] {
        assert_eq!(app.as_(reader).open(&format!("/d/{slug}")).await.status, status, "{reader}");
    }
    app.decides("rosalie", &slug, "clarified").unwrap();
    assert_eq!(app.as_("rosalie").open(&format!("/d/{slug}")).await.status, 200, "she answered it");
    assert_eq!(app.as_("denis").open(&format!("/d/{slug}")).await.status, 404);
}

#[actix_web::test]
async fn a_supervisor_who_is_named_cannot_be_chosen() {
    let app = TestApp::new().await;
    // Said to be concerned: the choice is not even offered, and an answer sent all the same is dropped.
    let sent = concern(json!({ "names_supervisor": true, "recipient": "supervisor" }));
    let slug = app.files("camille", "concern_report", sent);
    assert_eq!(app.holder(&slug), "ethics_officer");
    assert_eq!(app.as_("rosalie").open(&format!("/d/{slug}")).await.status, 404);
    // Named among the people: refused, in words, beside the choice; nothing is lost.
    let rosalie = app.number("rosalie");
    let given = concern(json!({ "people_named": [{ "name": rosalie }], "recipient": "supervisor" }));
    let key = app.drafts("camille", "concern_report", given);
    match app.sends("camille", &key) {
        Err(Error::Invalid(errors)) => assert_eq!(errors[0].message, "error-recipient-named"),
        other => panic!("{other:?}"),
    }
    let page = app.as_("camille").post(&format!("/brouillons/{key}/envoi"), &[("attestation", "1")]).await;
    assert_eq!(page.status, 422);
    assert!(page.errors()[0].contains("Votre gestionnaire est une personne visée"), "{:?}", page.errors());
    assert!(page.html.contains(WORD), "nothing typed is lost");
}

/// Chosen, then gone, or replaced: no other supervisor receives it, the ethics officer does.
#[actix_web::test]
async fn no_other_supervisor_inherits_a_concern() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "concern_report", answers::concern_to_supervisor());
    let id = app.row(&slug).id;
    app.write(move |tx| probite::declarations::handover::reroute(tx, id));
    assert_eq!(app.holder(&slug), "rosalie", "nothing changed: it stays");
    app.moves("camille", Some("nadia"));
    app.write(move |tx| probite::declarations::handover::reroute(tx, id));
    assert_eq!(app.holder(&slug), "ethics_officer");
    for name in ["rosalie", "nadia", "helene"] {
        assert_eq!(app.as_(name).open(&format!("/d/{slug}")).await.status, 404, "{name}");
    }
    // Absent on the day: not one level up either.
    app.moves("camille", Some("rosalie"));
    app.leaves("rosalie", chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap());
    let away = app.files("camille", "concern_report", answers::concern_to_supervisor());
    assert_eq!(app.holder(&away), "ethics_officer");
}

/// Z10, Z13: not the file, nor its count, its letter, its search hit, its line in a list, its line in the access log.
#[actix_web::test]
async fn an_ethics_officer_who_is_named_never_learns_of_it() {
    let app = TestApp::new().await;
    let before = app.as_("aline").open("/").await.without_nonce().2;
    // What waits for somebody else is counted there, for whoever holds the office.
    let departure = format!("/depart/{}", app.number("solange"));
    let waiting = app.as_("aline").open(&departure).await.without_nonce().2;
    let number = app.number("aline");
    let slug = app.files("camille", "concern_report", concern(json!({ "people_named": [{ "name": number }] })));
    assert_eq!(app.holder(&slug), "solange", "her own superior, not her colleague who reports to her");
    for name in ["aline", "marc"] {
        let browser = app.as_(name);
        assert_eq!(browser.open(&format!("/d/{slug}")).await.status, 404, "{name}");
        for path in [
            "/confidentiel",
            "/a-traiter?bureau=ethics_officer",
            "/a-traiter?bureau=moi",
            "/registre?q=Quincampoix",
            "/api/v1/inbox?office=ethics_officer",
            "/api/v1/register",
        ] {
            let page = browser.open(path).await;
            assert_eq!(page.status, 200, "{name} {path}");
            assert!(!page.html.contains(&slug), "{name} {path}");
        }
        assert!(app.letters_to(name).is_empty(), "{name}");
    }
    assert_eq!(app.as_("aline").open("/").await.without_nonce().2, before, "her counts did not move");
    assert_eq!(app.as_("aline").open(&departure).await.without_nonce().2, waiting, "nor what waits for others");
    app.clock.advance_business_days(30);
    app.remind();
    assert!(app.letters_to("aline").is_empty() && app.letters_to("marc").is_empty(), "no escalation either");
    app.decides("solange", &slug, "clarified").unwrap();
    assert_eq!(app.as_("aline").open("/confidentiel").await.html.matches("SIG-").count(), 0);
}

/// By position, because few know her name: the promise of the form holds without a number.
#[actix_web::test]
async fn an_ethics_officer_named_by_position_never_learns_of_it() {
    let app = TestApp::new().await;
    for (recipient, holder) in [("ethics_officer", "solange"), ("supervisor", "rosalie")] {
        let said = json!({ "functions": "La responsable de l’éthique", "names_ethics": true, "recipient": recipient });
        let slug = app.files("camille", "concern_report", concern(said));
        assert_eq!(app.holder(&slug), holder);
        assert_eq!(app.as_(holder).open(&format!("/d/{slug}")).await.status, 200, "{holder}");
        for name in ["aline", "marc"] {
            let browser = app.as_(name);
            assert_eq!(browser.open(&format!("/d/{slug}")).await.status, 404, "{name}");
            for path in ["/confidentiel", "/a-traiter?bureau=ethics_officer"] {
                assert!(!browser.open(path).await.html.contains(&slug), "{name} {path}");
            }
            assert!(app.letters_to(name).is_empty(), "{name}");
        }
        if recipient == "supervisor" {
            assert!(app.refers("rosalie", &slug).is_err(), "not to her by a referral either");
        }
    }
    // With the supervisor involved too, nobody is chosen: it goes to neither.
    let said = json!({ "names_supervisor": true, "names_ethics": true });
    let slug = app.files("camille", "concern_report", concern(said));
    assert_eq!(app.holder(&slug), "solange");
    assert!(app.letters_to("aline").is_empty());
}

/// Said by mistake, then put right: it does not fall into a queue whose readers are all kept out of it.
#[actix_web::test]
async fn a_concern_that_names_the_office_no_more_stays_where_somebody_reads_it() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "concern_report", concern(json!({ "names_ethics": true })));
    assert_eq!(app.holder(&slug), "solange");
    app.corrects("camille", &slug, concern(json!({}))).unwrap();
    assert_eq!(app.holder(&slug), "solange");
    assert_eq!(app.as_("aline").open(&format!("/d/{slug}")).await.status, 404);
    // The twin: corrected the other way, it leaves the office at once.
    let slug = app.files("camille", "concern_report", concern(json!({})));
    assert_eq!((app.holder(&slug).as_str(), app.letters_to("aline").len()), ("ethics_officer", 1));
    app.corrects("camille", &slug, concern(json!({ "names_ethics": true }))).unwrap();
    assert_eq!(app.holder(&slug), "solange");
    assert_eq!(app.as_("aline").open(&format!("/d/{slug}")).await.status, 404);
}

/// The twin: not named, she sees all of these.
#[actix_web::test]
async fn an_ethics_officer_who_is_not_named_is_told_and_counts_it() {
    let app = TestApp::new().await;
    let before = app.as_("aline").open("/").await.without_nonce().2;
    let slug = app.files("camille", "concern_report", concern(json!({})));
    let aline = app.as_("aline");
    assert_eq!(aline.open(&format!("/d/{slug}")).await.status, 200);
    assert!(aline.open("/confidentiel").await.html.contains(&slug));
    assert_eq!(app.letters_to("aline").len(), 1);
    assert_ne!(aline.open("/").await.without_nonce().2, before);
}
