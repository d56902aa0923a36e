//! Who read what: each person reads who opened their declarations, and whoever reads more than usual is noticed.

use probite::declarations::access_log;
use probite::readings::unusual;

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
