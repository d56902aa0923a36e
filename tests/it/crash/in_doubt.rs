//! The connection to PostgreSQL is cut while it commits: whoever asked cannot know whether it is done, is told so, and asks again.
//! SQLite has no such moment: the process commits by itself.
//!
//! `COMMIT_CUTS` says how many commits are cut (8; `tests/run nightly` 5,000).

use std::collections::BTreeSet;

use actix_web::http::Method;
use diesel::prelude::*;
use probite::db::schema::{events, letters};

use super::{Ledger, Wish, problems};
use crate::support::browser::{Browser, Page};
use crate::support::wire::{Cut, Wire};
use crate::support::{TestApp, answers, database, say};

const BOTH: [Cut; 2] = [Cut::AfterCommit, Cut::BeforeCommit];

/// The product behind a wire, which goes after it; nothing where there is no server.
async fn behind_a_wire() -> Option<(Wire, TestApp)> {
    let wire = Wire::to(&database::postgres()?);
    let app = TestApp::with(|config| {
        config.database.url = wire.through(&config.database.url);
        config.api.requests_per_minute = 1_000_000;
    })
    .await;
    Some((wire, app))
}

/// A request of a program, with its key or without.
async fn asks(who: &Browser<'_>, wish: &Wish, keyed: bool) -> Page {
    let version = wish.version.map(|version| format!("\"{version}\""));
    let mut headers = vec![("sec-fetch-site", "same-origin")];
    headers.extend(keyed.then_some(("idempotency-key", wish.key.as_str())));
    headers.extend(version.as_deref().map(|version| ("if-match", version)));
    who.request(Method::POST, &wish.path, &headers, Some(("application/json", wish.body.clone().into_bytes()))).await
}

fn answered(page: &Page) -> serde_json::Value {
    serde_json::from_str(&page.html).unwrap_or_else(|_| panic!("{}", page.html))
}

/// Told that nobody knows, what to do, and nothing of how the product is made.
fn is_in_doubt(told: &Page) {
    assert_eq!((told.status, told.header("content-type")), (503, Some("application/problem+json")), "{}", told.html);
    let problem = answered(told);
    assert_eq!((&problem["code"], &problem["detail"]), (&"unavailable".into(), &say("problem-unavailable-api").into()));
    let wait: u64 = told.header("retry-after").expect("when to come back").parse().expect("a number of seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    for inside in ["COMMIT", "server closed", "connection", "127.0.0.1", "postgres"] {
        assert!(!told.html.contains(inside), "{}", told.html);
    }
}

/// How many times something was filed or decided.
fn done(app: &TestApp) -> i64 {
    app.read(|tx| {
        let told = events::table.filter(events::event.eq_any(["submitted", "decided"]));
        Ok(told.count().get_result(tx.conn)?)
    })
}

/// A request whose commit is cut, then sent again as a program does that was told to: twice, lest the second be an effect too.
async fn insists(app: &TestApp, wire: &Wire, who: &Browser<'_>, wish: &Wish, cut: Cut, ledger: &Ledger) {
    let (before, cuts) = (done(app), wire.cuts());
    wire.cuts_next(cut, "letters");
    is_in_doubt(&asks(who, wish, true).await);
    assert_eq!(wire.cuts(), cuts + 1, "{wish:?}: it was cut");
    // What the answer could not say: the same words stand for both.
    assert_eq!(done(app) - before, i64::from(cut == Cut::AfterCommit), "{wish:?}, {cut:?}");
    let first = asks(who, wish, true).await;
    let second = asks(who, wish, true).await;
    assert_eq!((first.status, &first.html), (second.status, &second.html));
    assert_eq!(done(app) - before, 1, "{wish:?}, {cut:?}: one effect");
    ledger.note(wish, first.status, &answered(&first));
}

/// No letter about this file left twice.
fn letters_are_written_once(app: &TestApp, reference: &str) {
    let told: Vec<(String, i64)> = app.read(|tx| {
        let about = letters::table.filter(letters::reference.eq(reference));
        Ok(about.select((letters::letter, letters::recipient_id)).load(tx.conn)?)
    });
    let once: BTreeSet<&(String, i64)> = told.iter().collect();
    assert_eq!(once.len(), told.len(), "{reference}: {told:?}");
    for who in ["camille", "rosalie"] {
        assert!(told.iter().any(|(_, to)| *to == app.id(who)), "{reference}: nothing for {who} in {told:?}");
    }
}

/// D11: whether it was committed or not, the same request sent again with its key has one effect: one declaration or decision, numbers
/// without a gap, its letters once, and a journal that holds.
#[actix_web::test]
async fn a_commit_whose_answer_is_lost_is_told_as_in_doubt_and_the_same_request_again_has_one_effect() {
    let Some((wire, app)) = behind_a_wire().await else { return };
    let cuts: usize = std::env::var("COMMIT_CUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(8);
    let (camille, rosalie) = (app.as_("camille"), app.as_("rosalie"));
    let ledger = Ledger::default();
    for (number, cut) in BOTH.into_iter().cycle().take(cuts.div_ceil(2)).enumerate() {
        insists(&app, &wire, &camille, &Wish::files(format!("in-doubt-{number}")), cut, &ledger).await;
        let (reference, version) = ledger.to_decide.lock().unwrap().pop().unwrap();
        // Filed with its answer lost, decided with its answer lost, or the one and not the other.
        let cut = BOTH[(number / 2) % 2];
        insists(&app, &wire, &rosalie, &Wish::decides(&reference, version), cut, &ledger).await;
        letters_are_written_once(&app, &reference);
    }
    assert_eq!(app.read(|tx| Ok(problems(tx, &ledger))), Vec::<String>::new());
    println!("{} commits cut, {} filed", wire.cuts(), ledger.filed.lock().unwrap().len());
}

/// D11: The twin: without its key, a request sent again is another one, and what was done is done twice.
#[actix_web::test]
async fn without_a_key_a_request_sent_again_after_its_answer_was_lost_files_twice() {
    let Some((wire, app)) = behind_a_wire().await else { return };
    let (camille, wish) = (app.as_("camille"), Wish::files("unused".into()));
    wire.cuts_next(Cut::AfterCommit, "letters");
    is_in_doubt(&asks(&camille, &wish, false).await);
    assert_eq!((wire.cuts(), done(&app)), (1, 1), "it is there, and nobody was told");
    assert_eq!(asks(&camille, &wish, false).await.status, 201);
    assert_eq!(done(&app), 2);
}

/// The page of whoever does not know says to look first, in words.
fn says_to_look_first(page: &Page) {
    assert_eq!(page.status, 503, "{}", page.text());
    assert_eq!(page.h1(), say("problem-unavailable-title"));
    assert!(page.says(&say("problem-unavailable")), "{}", page.text());
    assert!(!page.html.contains("server closed") && !page.html.contains("COMMIT"), "{}", page.html);
}

/// D11: from the pages, where what is sent is a draft that is filed once and a decision that is taken once.
#[actix_web::test]
async fn a_form_whose_answer_is_lost_says_to_look_first_and_sent_again_it_has_one_effect() {
    let Some((wire, app)) = behind_a_wire().await else { return };
    let (camille, rosalie) = (app.as_("camille"), app.as_("rosalie"));
    for (number, cut) in BOTH.into_iter().enumerate() {
        let draft = app.drafts("camille", "gift_declaration", answers::gift());
        let check = camille.open(&format!("/brouillons/{draft}/verifier")).await;
        let form = check.form("/envoi").with("attestation", "true");
        wire.cuts_next(cut, "letters");
        says_to_look_first(&camille.send(&form).await);
        assert_eq!(app.row(&draft).reference.is_some(), cut == Cut::AfterCommit, "{cut:?}");
        let again = camille.send(&form).await;
        assert_eq!(again.status, 200, "{}", again.text());
        let reference = app.row(&draft).reference.expect("it is filed");
        assert!(reference.ends_with(&format!("-{:06}", number + 1)), "no gap: {reference}");
        if cut == Cut::AfterCommit {
            assert!(again.flash().contains(&say("flash-already-filed")), "{}", again.text());
        }

        let page = rosalie.open(&format!("/d/{reference}")).await;
        let form = page.form("/decision").with("outcome", "accept").with("reason", "Usuel et modeste.");
        wire.cuts_next(cut, "decisions");
        says_to_look_first(&rosalie.send(&form).await);
        assert_eq!(app.decisions(&reference), i64::from(cut == Cut::AfterCommit), "{cut:?}");
        let again = rosalie.send(&form).await;
        assert!(again.status < 500, "{}", again.text());
        assert_eq!(app.decisions(&reference), 1, "{cut:?}: {}", again.text());
        letters_are_written_once(&app, &reference);
    }
    assert_eq!((wire.cuts(), done(&app)), (4, 4));
    assert_eq!(app.read(probite::journal::store::first_break), None);
}

/// Every connection is lost at once; the next page comes all the same, from the same process.
#[actix_web::test]
async fn every_connection_is_lost_at_once_and_the_next_page_comes() {
    let Some((wire, app)) = behind_a_wire().await else { return };
    let camille = app.as_("camille");
    for _ in 0..3 {
        wire.hangs_up();
        let page = camille.open("/mes-declarations").await;
        assert_eq!(page.status, 200, "{}", page.text());
    }
}
