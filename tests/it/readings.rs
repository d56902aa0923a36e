//! Who read what: each person reads who opened their declarations, and whoever reads more than usual is noticed.

mod pages;

use diesel::prelude::*;
use probite::access::Role;
use probite::acts::{Act, actions};
use probite::db::schema::access_log as rows;
use probite::declarations::access_log;
use probite::declarations::carried::Carried;
use probite::journal::note::Signer;
use probite::readings::{exports, unusual};
use probite::retention::holds;
use probite::text::Language;
use probite::texts::{self, Arg};

use crate::proof::execute;
use crate::support::{TestApp, answers, say};

fn conflict(app: &TestApp, name: &str) -> String {
    app.files(name, "interest_declaration", answers::referred("interest_declaration"))
}

/// P08, P09
#[actix_web::test]
async fn camille_reads_who_opened_her_declaration_and_who_was_refused() {
    let app = TestApp::new().await;
    let slug = conflict(&app, "camille");
    let page = app.as_("camille").open("/mes-declarations/lectures").await;
    assert!(page.says(&say("readings-mine-none")), "{}", page.text());

    for _ in 0..2 {
        assert_eq!(app.as_("aline").open(&format!("/d/{slug}")).await.status, 200);
    }
    assert_eq!(app.as_("theo").open(&format!("/d/{slug}")).await.status, 404);
    assert_eq!(app.as_("camille").open(&format!("/d/{slug}")).await.status, 200);

    let page = app.as_("camille").open("/mes-declarations").await;
    let page = app.as_("camille").open(&page.link(&say("readings-mine-title"))).await;
    let rows = page.select_text("tbody tr");
    assert_eq!(rows.len(), 2, "her own reading is not there: {rows:?}");
    assert!(rows[0].contains("Théo") && rows[0].contains(&say("readings-refused")), "{rows:?}");
    assert!(rows[1].contains("Aline Bouchard") && rows[1].contains("2 fois ce jour-là"), "{rows:?}");
    assert!(rows[1].contains(&slug) && rows[1].contains("23 novembre 2026"), "{rows:?}");
    // It is hers alone: neither whoever read it nor anybody else finds it on their own page.
    for name in ["aline", "theo", "rosalie"] {
        let theirs = app.as_(name).open("/mes-declarations/lectures").await;
        assert!(theirs.says(&say("readings-mine-none")), "{name}: {}", theirs.text());
    }
}

/// P09, T11: each person is told that their declarations left with others, ordinary ones too, and who took them out.
#[actix_web::test]
async fn camille_reads_that_her_declarations_left_in_an_export() {
    let app = TestApp::new().await;
    let (first, second) = (app.files_gift("camille"), app.files_gift("camille"));
    let theirs = app.files_gift("theo");
    for path in ["/registre/export.csv", "/registre/export.csv", "/rapports/audit.xlsx?du=2026-11-01&au=2026-11-30"] {
        assert_eq!(app.as_("aline").open(path).await.status, 200, "{path}");
    }
    let exported = |count: i64| texts::say(Language::Fr, "readings-action-export", &[("count", Arg::from(count))]);
    let rows_of = async |name: &str| app.as_(name).open("/mes-declarations/lectures").await.select_text("tbody tr");
    let rows = rows_of("camille").await;
    assert_eq!(rows.len(), 2, "{rows:?}");
    for row in &rows {
        assert!(row.contains(&exported(3)) && row.contains("Aline Bouchard") && row.contains("23 novembre"), "{row}");
        assert!(row.contains(&first) && row.contains(&second) && !row.contains(&theirs), "{row}");
    }
    assert!(rows[1].contains("2 fois ce jour-là"), "{rows:?}");

    // What was filed later did not leave then, and each export carries what its filter leaves.
    app.clock.advance(chrono::TimeDelta::days(1));
    let interest = conflict(&app, "camille");
    let alone = app.as_("aline").open("/registre/export.xlsx?type=interest_declaration").await;
    assert_eq!(alone.status, 200);
    let rows = rows_of("camille").await;
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0].contains(&exported(1)) && rows[0].contains(&interest) && !rows[0].contains(&first), "{rows:?}");
    assert!(rows[1..].iter().all(|row| !row.contains(&interest)), "{rows:?}");
    // The twin: neither whoever filed nothing that left, nor whoever took it out.
    let theo = rows_of("theo").await;
    assert!(theo.len() == 2 && theo.iter().all(|row| row.contains(&theirs) && !row.contains(&first)), "{theo:?}");
    for name in ["rosalie", "aline"] {
        let page = app.as_(name).open("/mes-declarations/lectures").await;
        assert!(page.says(&say("readings-mine-none")), "{name}: {}", page.text());
    }
    // Sealed with the rest of the log.
    app.clock.advance(chrono::TimeDelta::minutes(10));
    app.write(probite::readings::seals::seal);
    assert_eq!(app.journal_of("readings_sealed").len(), 1);
}

/// P09: exports and readings are read together, page by page, each once.
#[actix_web::test]
async fn a_long_history_of_exports_is_read_with_the_readings() {
    let app = TestApp::new().await;
    let slug = conflict(&app, "camille");
    let id = app.row(&slug).id;
    for _ in 0..75 {
        app.does("aline", move |tx, actor| {
            access_log::read(tx, actor, id, "read")?;
            access_log::exported(tx, actor, "register.csv", Some(&Carried::of(vec![id, id + 9])))?;
            access_log::exported(tx, actor, "register.csv", Some(&Carried::of(vec![id + 9])))
        })
        .unwrap();
        app.clock.advance(chrono::TimeDelta::days(1));
    }
    let first = app.as_("camille").open("/mes-declarations/lectures").await;
    let second = app.as_("camille").open(&first.link(&say("pagination-next"))).await;
    let (first, second) = (first.select_text("tbody tr"), second.select_text("tbody tr"));
    assert_eq!((first.len(), second.len()), (100, 50));
    let exported = texts::say(Language::Fr, "readings-action-export", &[("count", Arg::from(2))]);
    assert_eq!(first.iter().chain(&second).filter(|row| row.contains(&exported)).count(), 75);
}

/// P09: one page reads so many rows of exports at most, whatever they carried; what is further down comes on the next.
#[actix_web::test]
async fn exports_that_carried_nothing_of_hers_are_not_read_without_end_for_one_page() {
    let app = TestApp::new().await;
    let slug = conflict(&app, "camille");
    let id = app.row(&slug).id;
    app.does("aline", move |tx, actor| {
        access_log::read(tx, actor, id, "read")?;
        access_log::exported(tx, actor, "register.csv", Some(&Carried::of(vec![id])))?;
        (0..2_100).try_for_each(|_| access_log::exported(tx, actor, "register.csv", Some(&Carried::of(vec![id + 9]))))
    })
    .unwrap();
    let found = app.read(|tx| exports::of_person(tx, app.id("camille"), None, 100));
    assert!(found.exports.is_empty() && found.below.is_some(), "{found:?}");
    let first = app.as_("camille").open("/mes-declarations/lectures").await;
    assert!(first.says(&say("readings-mine-none-here")) && !first.says(&say("readings-mine-none")), "{}", first.text());
    let second = app.as_("camille").open(&first.link(&say("pagination-next"))).await;
    assert_eq!(second.select_text("tbody tr").len(), 2, "the export and the reading: {}", second.text());
    // The twin: whoever filed nothing that an export carries reads none of them.
    let page = app.as_("theo").open("/mes-declarations/lectures").await;
    assert!(page.says(&say("readings-mine-none")), "{}", page.text());
}

/// P09
#[actix_web::test]
async fn a_long_history_of_readings_is_read_page_by_page() {
    let app = TestApp::new().await;
    let slugs: Vec<String> = (0..3).map(|_| conflict(&app, "camille")).collect();
    for _ in 0..50 {
        for slug in &slugs {
            let id = app.row(slug).id;
            app.does("aline", move |tx, actor| access_log::read(tx, actor, id, "read")).unwrap();
        }
        app.clock.advance(chrono::TimeDelta::days(1));
    }
    let first = app.as_("camille").open("/mes-declarations/lectures").await;
    assert_eq!(first.select_text("tbody tr").len(), 100);
    let next = first.link(&say("pagination-next"));
    let second = app.as_("camille").open(&next).await;
    assert_eq!(second.select_text("tbody tr").len(), 50);
}

/// T15
#[actix_web::test]
async fn somebody_who_tries_what_they_may_not_read_is_told_to_the_ethics_office_once_a_day() {
    let app = TestApp::new().await;
    let slug = conflict(&app, "camille");
    let before = app.letters().len();
    for _ in 0..5 {
        app.as_("theo").open(&format!("/d/{slug}")).await;
    }
    assert_eq!(app.write(unusual::watch), 0, "five refusals happen to anybody");
    app.as_("theo").open(&format!("/d/{slug}")).await;
    assert_eq!(app.write(unusual::watch), 1);
    assert_eq!(app.post_since(before), ["unusual-readings → aline", "unusual-readings → marc"]);
    app.as_("theo").open(&format!("/d/{slug}")).await;
    assert_eq!(app.write(unusual::watch), 0, "once a day");
    let page = app.as_("aline").open("/lectures").await;
    assert!(page.text().contains("Tentatives refusées 7"), "the figures follow: {}", page.text());
    app.clock.advance(chrono::TimeDelta::days(1));
    assert_eq!(app.write(unusual::watch), 0, "yesterday was told");

    let form = page.form("/lectures/1");
    let refused = app.as_("aline").send(&form.with("note", "  ")).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors().len(), 1, "{:?}", refused.errors());
    let form = page.form("/lectures/1").with("note", "Il cherchait le dossier d’une collègue.");
    let done = app.as_("aline").send(&form).await;
    assert!(done.says("Il cherchait le dossier d’une collègue.") && done.says("Aline Bouchard"), "{}", done.text());
    let again = app.as_("marc").send(&page.form("/lectures/1").with("note", "Autre chose.")).await;
    assert!(again.says(&say("not-possible-answered")), "{}", again.text());
}

/// T15: what is done after the last look of a day is seen by the first one of the next.
#[actix_web::test]
async fn the_end_of_a_day_is_looked_at_the_day_after() {
    let app = TestApp::new().await;
    let slug = conflict(&app, "camille");
    let before = app.letters().len();
    app.clock.set("2026-11-23".parse().unwrap(), 23, 50);
    for _ in 0..6 {
        app.as_("theo").open(&format!("/d/{slug}")).await;
    }
    app.clock.set("2026-11-24".parse().unwrap(), 0, 20);
    // Of the day that begins, less than is told.
    app.as_("theo").open(&format!("/d/{slug}")).await;
    assert_eq!(app.write(unusual::watch), 1);
    assert_eq!(app.post_since(before), ["unusual-readings → aline", "unusual-readings → marc"]);
    let letter = app.letters_to("aline").pop().unwrap();
    assert!(letter.text.contains("23 novembre 2026"), "{}", letter.text);
    assert_eq!(app.write(unusual::watch), 0, "once");
    let page = app.as_("aline").open("/lectures").await;
    assert!(page.text().contains("Tentatives refusées 6"), "each day has its own: {}", page.text());
    // The twin: what is older was looked at in its time.
    app.clock.set("2026-11-25".parse().unwrap(), 0, 20);
    assert_eq!(app.write(unusual::watch), 0);
}

/// T11
#[actix_web::test]
async fn the_ethics_office_is_watched_by_the_secretary_general() {
    let app = TestApp::with(|config| config.readings.files_a_day = 2).await;
    let slugs: Vec<String> = ["camille", "theo", "camille"].iter().map(|name| conflict(&app, name)).collect();
    let before = app.letters().len();
    for slug in &slugs {
        app.as_("aline").open(&format!("/d/{slug}")).await;
    }
    assert_eq!(app.write(unusual::watch), 1);
    assert_eq!(app.post_since(before), ["unusual-readings → solange"]);
    for name in ["aline", "marc"] {
        let page = app.as_(name).open("/lectures").await;
        assert!(page.says(&say("readings-none")), "{name}: {}", page.text());
    }
    let page = app.as_("solange").open("/lectures").await;
    assert!(page.text().contains("Aline Bouchard, le 23 novembre 2026"), "{}", page.text());
    assert!(page.text().contains("(3)"), "by kind: {}", page.text());
    // What one may not answer for does not exist for them.
    let form = page.form("/lectures/1").with("note", "Rapport annuel.");
    assert_eq!(app.as_("aline").send(&form).await.status, 404);
    assert_eq!(app.as_("camille").open("/lectures").await.status, 403);
}

/// T11: a file taken out is a file read.
#[actix_web::test]
async fn exports_that_carry_many_files_in_a_day_are_told() {
    let app = TestApp::with(|config| config.readings.files_a_day = 5).await;
    for name in ["camille", "theo", "camille"] {
        app.files_gift(name);
    }
    let before = app.letters().len();
    for path in ["/registre/export.csv", "/registre/export.csv?q=simard"] {
        let taken = app.as_("aline").open(path).await;
        assert_eq!(taken.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(app.write(unusual::watch), 0, "{path}: four files in all are a usual day");
    }
    assert_eq!(app.as_("aline").open("/registre/export.xlsx").await.status, 200);
    assert_eq!(app.write(unusual::watch), 1);
    assert_eq!(app.post_since(before), ["unusual-readings → solange"]);
    let letter = app.letters_to("solange").pop().unwrap();
    assert!(letter.text.contains("Dossiers exportés : 7"), "{}", letter.text);
    let page = app.as_("solange").open("/lectures").await;
    assert!(page.text().contains("Déclarations ouvertes 0 Dossiers exportés 7, chaque"), "{}", page.text());
    // The figures follow the day; the report of a period has its rows too.
    let audit = "/rapports/audit.csv?du=2026-11-01&au=2026-11-30";
    assert_eq!(app.as_("aline").open(audit).await.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(app.write(unusual::watch), 0, "once a day");
    let page = app.as_("solange").open("/lectures").await;
    assert!(page.text().contains("Dossiers exportés 10, chaque"), "{}", page.text());
}

/// As many files.
fn carried(files: i64) -> Carried {
    Carried::of((1..=files).collect())
}

/// T11: ten exports that two people approved count too.
#[actix_web::test]
async fn ten_exports_of_five_hundred_files_are_five_thousand_readings() {
    let app = TestApp::new().await;
    app.does("aline", |tx, actor| access_log::exported(tx, actor, "register.csv", Some(&carried(60)))).unwrap();
    app.does("aline", |tx, actor| access_log::exported(tx, actor, "ledger.csv", None)).unwrap();
    assert_eq!(app.write(unusual::watch), 0, "as many as a busy day");
    for _ in 0..10 {
        app.does("aline", |tx, actor| access_log::exported(tx, actor, "register.csv", Some(&carried(500)))).unwrap();
    }
    assert_eq!(app.write(unusual::watch), 1);
    let told: i64 = app.read(|tx| {
        use probite::db::schema::reading_alarms;
        Ok(reading_alarms::table.select(reading_alarms::exported).first(tx.conn)?)
    });
    assert_eq!(told, 5_060);
}

/// P08: a list that names people leaves its row before it is shown, one for a look of a few minutes; one's own list leaves none.
#[actix_web::test]
async fn a_list_that_names_people_leaves_a_row_before_it_is_shown() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    conflict(&app, "theo");
    let left = |name: &str| -> Vec<String> {
        app.access_log().into_iter().filter(|(who, ..)| *who == name).map(|(_, action, _)| action).collect()
    };
    app.as_("camille").open("/mes-declarations").await;
    app.as_("camille").open("/").await;
    assert_eq!(left("camille"), Vec::<String>::new());
    assert!(app.as_("rosalie").open("/a-traiter").await.says("Camille Gagnon"));
    assert_eq!(left("rosalie"), ["inbox"]);
    app.clock.advance(chrono::TimeDelta::minutes(5) - chrono::TimeDelta::seconds(1));
    app.as_("rosalie").open("/a-traiter?tri=age").await;
    assert_eq!(left("rosalie"), ["inbox"], "the same look");
    app.clock.advance(chrono::TimeDelta::seconds(1));
    app.as_("rosalie").open("/a-traiter").await;
    assert_eq!(left("rosalie"), ["inbox", "inbox"], "five minutes later");
    app.as_("rosalie").open("/a-traiter?vue=signalees").await;
    app.as_("rosalie").open("/api/v1/inbox").await;
    assert_eq!(left("rosalie"), ["inbox", "inbox"], "whatever the view");

    let aline = app.as_("aline");
    for path in ["/registre", "/registre?type=gift_declaration", "/registre/connu?le=2026-11-23", "/api/v1/register"] {
        assert_eq!(aline.open(path).await.status, 200, "{path}");
    }
    assert_eq!(left("aline"), ["register"]);
    // An auditor leaves one for each page.
    for _ in 0..2 {
        app.as_("audrey").open("/registre").await;
    }
    assert_eq!(left("audrey"), ["register", "register"]);

    // Nothing is shown whose row cannot be written.
    full(&app);
    app.clock.advance(chrono::TimeDelta::minutes(5));
    for (name, path) in [("aline", "/registre"), ("aline", "/api/v1/register"), ("rosalie", "/a-traiter")] {
        let page = app.as_(name).open(path).await;
        assert!(page.status >= 500 && !page.html.contains("Gagnon"), "{path}: {}", page.text());
    }
}

/// P08: so do what two people do, what is due to be destroyed, what is held, incidents, and letters: each page names people or files.
#[actix_web::test]
async fn acts_of_two_people_holds_and_incidents_leave_a_row_before_they_are_shown() {
    let app = TestApp::new().await;
    let left = |name: &str| -> Vec<String> {
        app.access_log().into_iter().filter(|(who, ..)| *who == name).map(|(_, action, _)| action).collect()
    };
    for path in ["/actes", "/conservation", "/incidents", "/incidents/nouveau"] {
        assert_eq!(app.as_("solange").open(path).await.status, 200, "{path}");
    }
    assert_eq!(left("solange"), Vec::<String>::new(), "nobody is named yet");

    app.files_gift("camille");
    let number = app.number("theo");
    app.does("aline", move |tx, actor| holds::place(tx, actor, &number, "Un recours est annoncé.")).unwrap();
    let today = app.clock.today();
    let act = Act::RoleGrant {
        number: app.number("theo"),
        role: Role::Auditor,
        since: today,
        until: Some(today + chrono::TimeDelta::days(30)),
    };
    let asked = app.does("serge", move |tx, actor| actions::ask(tx, actor, &act, "Un mandat.")).unwrap();
    let form = app.as_("aline").open("/incidents/nouveau").await.form("/incidents");
    let incident = app.as_("aline").send(&crate::incidents::filled(form)).await.path;
    let shown = [
        ("solange", "/actes".to_owned(), "acts", "Théo"),
        ("solange", format!("/actes/{asked}"), "act", "Théo"),
        ("solange", "/conservation".to_owned(), "retention", "Théo"),
        ("solange", "/incidents".to_owned(), "incidents", "INC-2026-0001"),
        ("solange", incident.clone(), "incident", "Rappel du courriel"),
        ("serge", "/courriels?etat=queued".to_owned(), "letters", "rosalie.tremblay@"),
    ];
    for (name, path, action, words) in &shown {
        let before = left(name).len();
        let page = app.as_(name).open(path).await;
        assert!(page.status == 200 && page.says(words), "{path}: {}", page.text());
        assert_eq!(left(name)[before..], [(*action).to_owned()], "{path}");
        app.as_(name).open(path).await;
        assert_eq!(left(name).len(), before + 1, "{path}: the same look");
    }
    app.as_("solange").open(&format!("{incident}/correction")).await;
    assert_eq!(left("solange").last().map(String::as_str), Some("incident"), "the form shows the same words");

    // Nothing is shown whose row cannot be written.
    full(&app);
    app.clock.advance(chrono::TimeDelta::minutes(5));
    for (name, path, _, words) in &shown {
        let page = app.as_(name).open(path).await;
        assert!(page.status >= 500 && !page.html.contains(words), "{path}: {}", page.text());
    }
    let file = app.as_("solange").open("/incidents/registre.csv").await;
    assert!(file.status >= 500 && !file.html.contains("INC-2026-0001"), "{}", file.html);
}

/// No row of the access log can be written any more.
fn full(app: &TestApp) {
    app.is_altered();
    let sql = if app.app.db.is_postgres() {
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$; \
         CREATE TRIGGER full_disk BEFORE INSERT ON access_log FOR EACH ROW EXECUTE FUNCTION full_disk();"
    } else {
        "CREATE TRIGGER full_disk BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'full'); END;"
    };
    execute(app, sql);
}

/// P08: a command that takes people's files out leaves its row first, and takes nothing out when the row cannot be written.
#[actix_web::test]
async fn a_command_that_takes_files_out_is_in_the_access_log() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("journal.key");
    std::fs::write(&key, Signer::generate("registre.example/journal").unwrap()).unwrap();
    let key = key.display().to_string();
    let app = TestApp::with(move |config| config.journal.key_file = key).await;
    let gifts = ["camille", "theo"].map(|name| app.files_gift(name));
    let settings = folder.path().join("probite.toml");
    std::fs::write(&settings, app.app.book.config.print().unwrap()).unwrap();
    let run = |arguments: &[&str], by: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_probite"))
            .args(["--config", settings.to_str().unwrap()])
            .args(arguments)
            .args(["--by", &app.number(by)])
            .output()
            .unwrap()
    };
    let archive = folder.path().join("preuves.zip").display().to_string();
    let audit = ["report", "audit", "--from", "2026-11-01", "--to", "2026-11-30", "--format"];
    let evidence = ["evidence", "--output", archive.as_str()];
    let (csv, json) = ([&audit[..], &["csv"]].concat(), [&audit[..], &["json"]].concat());
    let commands: [(&[&str], &str, Option<i64>); 4] = [
        (&["export"], "register.csv", Some(2)),
        (&csv, "audit.csv", Some(2)),
        (&json, "audit.json", None),
        (&evidence, "evidence", Some(2)),
    ];
    let gift = app.row(&gifts[0]).id;
    type Row = (i64, String, String, bool, Option<i64>);
    let last = || -> Row {
        app.read(|tx| {
            Ok(rows::table
                .order(rows::id.desc())
                .select((rows::person_id, rows::channel, rows::action, rows::allowed, rows::files))
                .first(tx.conn)?)
        })
    };
    let carries = |file: i64| {
        let kept: Option<String> =
            app.read(|tx| Ok(rows::table.order(rows::id.desc()).select(rows::carried).first(tx.conn)?));
        kept.and_then(|kept| Carried::read(&kept)).is_some_and(|carried| carried.holds(file))
    };
    let (aline, camille) = (app.id("aline"), app.id("camille"));
    for (arguments, what, files) in commands {
        let done = run(arguments, "aline");
        assert!(done.status.success(), "{what}: {}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(last(), (aline, "command".into(), what.into(), true, files), "{what}");
        assert_eq!(carries(gift), files.is_some(), "{what}: whose they are");
        let refused = run(arguments, "camille");
        assert!(!refused.status.success() && refused.stdout.is_empty(), "{what}: not hers to take out");
        assert_eq!(last(), (camille, "command".into(), what.into(), false, None), "{what}");
    }

    full(&app);
    std::fs::remove_file(&archive).unwrap();
    let before = app.pulse();
    for (arguments, what, _) in commands {
        let stopped = run(arguments, "aline");
        assert!(!stopped.status.success() && stopped.stdout.is_empty(), "{what}");
    }
    assert!(!std::path::Path::new(&archive).exists(), "not even an empty file");
    assert_eq!(app.pulse(), before, "nor does the journal say that it was done");
}
