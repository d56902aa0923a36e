//! The calendar on pages, in files and behind a secret address.

use serde_json::json;

use super::scene::PLAN;
use crate::support::{TestApp, answers};

#[actix_web::test]
async fn the_calendar_lists_a_month_by_week_first_and_the_same_as_a_grid() {
    let app = TestApp::new().await;
    app.plans("cyril", PLAN);
    let event = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &event, "authorised").unwrap();
    let camille = app.as_("camille");
    let page = camille.open("/evenements?mois=2026-12").await;
    // Monday 14 and Thursday 17 December are of the same week.
    assert_eq!(page.select_text("main h3"), ["Semaine du 14 décembre 2026"]);
    assert_eq!(page.select_text(".agenda__when"), ["lundi 14 décembre 2026", "jeudi 17 décembre 2026, 13 h 30"]);
    assert!(page.says("Votre participation est autorisée"));
    let grid = camille.open(&page.link("Grille")).await;
    assert_eq!(grid.select_text(".calendar thead th").first().map(String::as_str), Some("lundi"));
    assert!(grid.says("Relève après sinistre") && grid.says("Noël"), "{}", grid.text());
    let year = camille.open(&page.link("Année")).await;
    assert_eq!(year.select_text("main h3"), ["Décembre 2026"]);
    // The month of today by default, without what is not in it.
    let page = camille.open("/evenements").await;
    assert!(page.says("Novembre 2026") && page.says("Rien à cette période."));
    assert!(camille.open(&page.link("Décembre 2026")).await.says("Relève après sinistre"));
    // An empty month leads to the nearest that is not, after it or else before it.
    let next = page.link("Voir ce qui vient ensuite, en décembre 2026");
    assert!(camille.open(&next).await.says("Relève après sinistre"));
    let later = camille.open("/evenements?mois=2027-03").await;
    assert!(camille.open(&later.link("Voir ce qui précède, en décembre 2026")).await.says("Relève après sinistre"));
    let far = camille.open("/evenements?mois=2031-03").await;
    assert!(!far.html.contains("Voir ce qui"), "nothing within a year: {}", far.text());
}

#[actix_web::test]
async fn nobody_learns_from_the_calendar_who_goes_where() {
    let app = TestApp::new().await;
    let event = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &event, "authorised").unwrap();
    let refused = app.files("theo", "event_request", answers::changed(answers::event(), json!({ "title": "Refusé" })));
    app.decides("rosalie", &refused, "refused").unwrap();
    let path = "/evenements?mois=2026-12";
    for (name, sees) in [("camille", true), ("rosalie", true), ("theo", false), ("denis", false), ("aline", false)] {
        let page = app.as_(name).open(path).await;
        assert_eq!(page.says("Rendez-vous infonuagique 2026"), sees, "{name}");
        assert!(!page.says("Refusé"), "{name}");
    }
    // Her supervisor sees her name; a request that concerns the supervisor is not there for the supervisor.
    assert!(app.as_("rosalie").open(path).await.says("Camille Gagnon y participe"));
    let hidden = answers::changed(answers::about_the_supervisor("event_request"), json!({ "title": "Sans elle" }));
    let hidden = app.files("camille", "event_request", hidden);
    app.decides("denis", &hidden, "authorised").unwrap();
    assert!(!app.as_("rosalie").open(path).await.says("Sans elle"));
    assert!(app.as_("camille").open(path).await.says("Sans elle"));
}

#[actix_web::test]
async fn a_showcase_downloads_as_a_calendar_file() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let page = app.as_("camille").open(&format!("/evenements/{reference}/calendrier.ics")).await;
    assert_eq!(page.header("content-type"), Some("text/calendar; charset=utf-8"));
    insta::assert_snapshot!("a-showcase-in-a-calendar", page.html.replace("\r\n", "\n"));
    assert_eq!(app.as_("camille").open("/evenements/VIT-2026-000099/calendrier.ics").await.status, 404);
}

/// The secret of an address, as the page shows it once.
async fn subscribes(app: &TestApp, name: &str) -> String {
    let browser = app.as_(name);
    let page = browser.open("/preferences").await;
    let page = browser.send(&page.form("/preferences/calendrier")).await;
    assert_eq!(page.status, 200);
    let address = page.select_text("pre code").join("");
    let path = address.split("/calendrier/").nth(1).expect("an address").to_owned();
    assert!(!browser.open("/preferences").await.html.contains(&path), "shown once");
    format!("/calendrier/{path}")
}

#[actix_web::test]
async fn a_secret_address_gives_ones_own_dates_and_nothing_sensitive() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    app.registers("camille", &reference);
    let event = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &event, "authorised").unwrap();
    let path = subscribes(&app, "camille").await;
    let pulse = app.pulse();
    // No session: a program fetches it.
    let feed = app.stranger().open(&path).await;
    assert_eq!((feed.status, feed.html.matches("BEGIN:VEVENT").count()), (200, 2), "{}", feed.html);
    assert!(
        feed.html.contains("Relève après sinistre") && feed.html.contains(&format!("Événement autorisé ({event})"))
    );
    for word in ["Nordik", "infonuagique", "Camille", "Gagnon"] {
        assert!(!feed.html.contains(word), "{word}");
    }
    assert_eq!(app.pulse(), pulse, "reading it writes nothing");
    // Théo's holds nothing of hers.
    let other = app.stranger().open(&subscribes(&app, "theo").await).await;
    assert_eq!(other.html.matches("BEGIN:VEVENT").count(), 0);
}

#[actix_web::test]
async fn a_secret_address_is_kept_as_its_hash_and_ends_when_its_owner_says_or_leaves() {
    let app = TestApp::new().await;
    let path = subscribes(&app, "camille").await;
    let secret = path.trim_start_matches("/calendrier/").trim_end_matches(".ics").to_owned();
    let kept: Vec<String> = app.read(|tx| {
        use diesel::prelude::*;
        use probite::db::schema::calendar_feeds;
        Ok(calendar_feeds::table.select(calendar_feeds::token_hash).load(tx.conn)?)
    });
    assert!(kept.len() == 1 && !kept[0].contains(&secret));
    let unknown = app.stranger().open("/calendrier/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics").await;
    assert_eq!(unknown.status, 404);
    // Somebody else cannot end it.
    let camille = app.as_("camille");
    let end =
        camille.open("/preferences").await.forms().into_iter().find(|form| form.action.ends_with("/fin")).unwrap();
    let theo = app.as_("theo");
    assert_eq!(theo.post_only(&end.action, &[]).await.status, 404);
    assert_eq!(app.stranger().open(&path).await.status, 200);
    camille.send(&end).await;
    assert_eq!(app.stranger().open(&path).await.without_nonce(), {
        let (status, headers, html) = unknown.without_nonce();
        (status, headers, html.replace("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &secret))
    });
    let path = subscribes(&app, "theo").await;
    app.leaves("theo", "2026-11-22".parse().unwrap());
    assert_eq!(app.stranger().open(&path).await.status, 404, "whoever left has no calendar here");
}
