//! The fairness ledger: written by whoever organises, read by whoever watches over equality.

use diesel::prelude::*;
use probite::db::schema::events;

use super::scene::PLAN;
use crate::support::TestApp;
use crate::support::browser::tidy;
use crate::support::ministry::{BOREAL, NORDIK};

#[actix_web::test]
async fn companies_enter_the_ledger_through_the_register_of_companies() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let cyril = app.as_("cyril");
    let path = format!("/evenements/{reference}/registre");
    let page = cyril.open(&path).await;
    // A name alone is searched; one that the register does not know needs a number or a reason.
    let page = cyril.send(&page.form("/entreprises").with("company.name", "Nordik").with("_search", "company")).await;
    assert!(page.says(NORDIK.0), "{}", page.text());
    let form = page.form("/entreprises").with("company.name", "Inconnue inc.").with("origin", "asked");
    let page = cyril.send(&form).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.form("/entreprises").value("company.name"), Some("Inconnue inc."));
    let form = page.form("/entreprises").with("company.no_neq_reason", "Établie en Ontario.");
    let page = cyril.send(&form).await;
    assert!(page.says("Inconnue inc.") && page.says("A demandé à être entendue"), "{}", page.text());
    app.invites("cyril", &reference, NORDIK, "invited");
    // Twice is an error beside the field, not two lines.
    let form = cyril.open(&path).await.form("/entreprises").with("company.name", NORDIK.0).with("origin", "invited");
    assert_eq!(cyril.send(&form).await.status, 422, "a name is not taken for a company that has an NEQ");
    let form = form.with("company.neq", NORDIK.1);
    assert!(cyril.send(&form).await.errors()[0].contains("déjà au registre"));
    let suggested = cyril.open("/entreprises/suggestions?q=inconnue").await;
    assert!(suggested.html.contains("Inconnue inc."));
}

#[actix_web::test]
async fn the_ledger_says_in_one_sentence_whether_access_was_equal() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let path = format!("/evenements/{reference}/registre");
    app.clock.set("2026-12-17".parse().unwrap(), 15, 0);
    let aline = app.as_("aline");
    let finding = |html: crate::support::browser::Page| html.select_text(".callout strong").join(" ");
    assert_eq!(finding(aline.open(&path).await), "Aucune entreprise n’est inscrite.");
    let nordik = app.invites("cyril", &reference, NORDIK, "invited");
    let boreal = app.invites("cyril", &reference, BOREAL, "asked");
    assert!(finding(aline.open(&path).await).contains("2 entreprises sur 2 sont sans suite"));
    app.hears("cyril", &reference, nordik, "30");
    app.leaves_out("cyril", &reference, boreal, "N’a pas répondu à deux invitations.");
    assert!(finding(aline.open(&path).await).starts_with("Une seule entreprise sur 2"));
    app.hears("cyril", &reference, boreal, "15");
    assert!(finding(aline.open(&path).await).contains("de 15 à 30 minutes"));
    app.hears("cyril", &reference, boreal, "25");
    assert!(finding(aline.open(&path).await).contains("l’accès est égal"));
}

#[actix_web::test]
async fn a_company_that_was_not_heard_needs_a_written_reason() {
    let app = TestApp::new().await;
    let reference = app.plans("cyril", PLAN);
    let firm = app.invites("cyril", &reference, NORDIK, "invited");
    let end = format!("/entreprises/{firm}");
    let cyril = app.as_("cyril");
    let page = cyril.open(&format!("/evenements/{reference}/registre")).await;
    let early = page.form(&end).with(&format!("heard-{firm}"), "yes").with(&format!("minutes-{firm}"), "20");
    assert!(cyril.send(&early).await.errors()[0].contains("n’a pas encore eu lieu"), "nobody is heard before the day");
    app.clock.set("2026-12-17".parse().unwrap(), 15, 0);
    let cyril = app.as_("cyril");
    let page = cyril.open(&format!("/evenements/{reference}/registre")).await;
    let page = cyril.send(&page.form(&end)).await;
    assert_eq!(page.status, 422, "none is preset");
    let page = cyril.send(&page.form(&end).with(&format!("heard-{firm}"), "no")).await;
    assert!(page.errors()[0].contains("Écrivez pourquoi"), "{:?}", page.errors());
    let page =
        cyril.send(&page.form(&end).with(&format!("heard-{firm}"), "yes").with(&format!("minutes-{firm}"), "0")).await;
    assert!(page.errors()[0].contains("de 1 à 600"), "{:?}", page.errors());
    let form = page.form(&end).with(&format!("heard-{firm}"), "no").with(&format!("reason-{firm}"), "Absente.");
    let page = cyril.send(&form).await;
    assert!(page.status == 200 && page.says("Absente."), "{}", page.text());
}

#[actix_web::test]
async fn the_ledger_is_for_those_who_watch_over_fairness() {
    let app = TestApp::new().await;
    let reference = app.holds("cyril", &["camille"]);
    for (name, status) in [
        ("cyril", 200),
        ("rita", 200),
        ("aline", 200),
        ("marc", 200),
        ("nadia", 403),
        ("camille", 403),
        ("solange", 403),
        ("audrey", 403),
        ("serge", 403),
    ] {
        for end in ["registre", "registre.csv"] {
            let page = app.as_(name).open(&format!("/evenements/{reference}/{end}")).await;
            assert_eq!(page.status, status, "{name} {end}");
        }
    }
    // Readers have no form to change it.
    for name in ["rita", "aline"] {
        let page = app.as_(name).open(&format!("/evenements/{reference}/registre")).await;
        assert!(page.forms().is_empty(), "{name}");
    }
}

#[actix_web::test]
async fn the_ledger_reads_well_and_leaves_as_a_file_for_the_contract() {
    let app = TestApp::new().await;
    let reference = app.holds("cyril", &["camille", "theo"]);
    let page = app.as_("rita").open(&format!("/evenements/{reference}/registre")).await;
    let lines: Vec<String> = page
        .select_text("main :is(h1, h2, p, dt, dd:not(:has(p)), th, td, li:not(:has(p)))")
        .into_iter()
        .map(|line| tidy(&line))
        .filter(|line| !line.is_empty())
        .collect();
    insta::assert_snapshot!("a-fairness-ledger", lines.join("\n"));
    let file = app.as_("rita").open(&format!("/evenements/{reference}/registre.csv")).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    insta::assert_snapshot!("a-fairness-ledger-file", file.html.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    let exports: i64 =
        app.read(|tx| Ok(events::table.filter(events::event.eq("exported")).count().get_result(tx.conn)?));
    assert_eq!(exports, 1);
}
