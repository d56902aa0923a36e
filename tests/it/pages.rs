//! Pages as people read them, in both languages.

use std::collections::BTreeSet;

use crate::support::browser::{Page, tidy};
use crate::support::{TestApp, answers};

/// A ministry at work: something in every list.
fn a_week(app: &TestApp) -> [String; 6] {
    let gift = app.files_gift("camille");
    let event = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &event, "authorised_with_conditions").unwrap();
    let relation = app.files("theo", "business_relation", answers::relation());
    app.asks("rosalie", &relation, "Qui était présent?").unwrap();
    let interest = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    let noted = app.files("theo", "gift_declaration", answers::declined_gift());
    app.decides("rosalie", &noted, "refusal_noted").unwrap();
    let draft = app.drafts("camille", "gift_declaration", answers::gift());
    [gift, event, relation, interest, noted, draft]
}

/// Every page somebody can open by following links from a few addresses, forms and files aside.
async fn everywhere(app: &TestApp, name: &str, language: &str, from: &[String]) -> Vec<Page> {
    let browser = app.as_(name);
    browser.open(&format!("/langue/{language}?retour=/")).await;
    let mut to_open: Vec<String> = from.to_vec();
    let mut known: BTreeSet<String> = from.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(path) = to_open.pop() {
        let page = browser.open(&path).await;
        for (href, _) in page.links() {
            let ours = href.starts_with('/')
                && !href.starts_with("/langue/")
                && ![".csv", ".xlsx", ".json"].iter().any(|file| href.contains(file))
                && !href.contains("/export.")
                // The same list in another order.
                && !href.contains("&tri=")
                && !href.contains(".ics")
                && !href.ends_with("/copie")
                // A calendar has no last page.
                && !href.starts_with("/evenements?");
            if ours && !href.contains("/audit.") && known.len() < 120 && known.insert(href.clone()) {
                to_open.push(href);
            }
        }
        pages.push(page);
    }
    pages
}

#[actix_web::test]
async fn every_page_that_links_lead_to_renders_in_both_languages() {
    let app = TestApp::new().await;
    a_week(&app);
    app.plans("nadia", &crate::programme::scene::with_call());
    app.holds("cyril", &["camille", "theo"]);
    let mut opened = 0;
    for name in ["camille", "rosalie", "aline", "serge", "audrey", "solange", "victor", "cyril", "rita", "nadia"] {
        for language in ["fr", "en"] {
            for page in everywhere(
                &app,
                name,
                language,
                &[
                    "/".to_owned(),
                    "/preferences".to_owned(),
                    "/evenements?an=2026".to_owned(),
                    "/evenements?mois=2026-12&vue=grille".to_owned(),
                ],
            )
            .await
            {
                opened += 1;
                let place = format!("{name} {language} {}", page.path);
                assert_eq!(page.status, 200, "{place}: {}", page.text());
                assert!(!page.h1().is_empty(), "{place} has no heading");
                assert_eq!(page.select_text("h1").len(), 1, "{place}");
                assert!(page.html.contains(&format!("<html lang=\"{language}-CA\">")), "{place}");
                for leftover in ["{ $", "{{", "}}", "undefined", "null,"] {
                    assert!(!page.text().contains(leftover), "{place}: {leftover}");
                }
                // A message that is missing shows its key.
                for word in page.text().split_whitespace() {
                    assert!(!looks_like_a_key(word), "{place}: {word}");
                }
            }
        }
    }
    println!("pages: {opened} opened");
    assert!(opened > 150, "{opened}");
}

fn looks_like_a_key(word: &str) -> bool {
    let families = [
        "error-",
        "calendar-",
        "showcase-",
        "passport-",
        "ledger-",
        "equality-",
        "firm-",
        "moment-",
        "state-",
        "route-",
        "detail-",
        "problem-",
        "inbox-",
        "column-",
        "event-",
        "office-",
        "role-",
    ];
    families.iter().any(|family| word.starts_with(family)) && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

#[actix_web::test]
async fn the_main_pages_read_well() {
    let app = TestApp::new().await;
    let [gift, event, relation, interest, _, draft] = a_week(&app);
    app.clock.advance_business_days(3);
    for (name, who, path) in [
        ("home-of-an-employee", "camille", "/".to_owned()),
        ("declare", "camille", "/declarer".to_owned()),
        ("introduction", "camille", "/declarer/gift_declaration".to_owned()),
        ("check", "camille", format!("/brouillons/{draft}/verifier")),
        ("mine", "camille", "/mes-declarations".to_owned()),
        ("to-decide", "rosalie", "/a-traiter".to_owned()),
        ("a-gift-to-decide", "rosalie", format!("/d/{gift}")),
        ("an-event-decided", "camille", format!("/d/{event}")),
        ("a-question-open", "theo", format!("/d/{relation}")),
        ("an-interest-at-the-ethics-office", "aline", format!("/d/{interest}")),
        ("not-found", "olivier", format!("/d/{gift}")),
        ("sign-in", "", "/connexion".to_owned()),
    ] {
        let browser = if who.is_empty() { app.stranger() } else { app.as_(who) };
        let page = browser.open(&path).await;
        let lines: Vec<String> = page
            .select_text("main :is(h1, h2, h3, p, dt, dd:not(:has(p)), li:not(:has(p)), label, legend:not(:has(h2)), button, th:not(:has(p)), td)")
            .into_iter()
            .map(|line| tidy(&line).replace(&draft, "[key]"))
            .filter(|line| !line.is_empty())
            .collect();
        insta::assert_snapshot!(name, lines.join("\n"));
    }
}

/// Z14: technical administrators see no content.
#[actix_web::test]
async fn the_system_administrator_reads_no_answer_anywhere() {
    let app = TestApp::new().await;
    let mark = |base| {
        answers::changed(
            base,
            serde_json::json!({ "company": { "name": "CANARIENTREPRISE", "no_neq_reason": "CANARIRAISON" } }),
        )
    };
    let interest =
        answers::changed(mark(answers::interest()), serde_json::json!({ "measures_taken": "CANARIMESURES" }));
    let reference = app.files("camille", "interest_declaration", interest);
    app.decides("rosalie", &reference, "managed").unwrap();
    for language in ["fr", "en"] {
        for page in everywhere(&app, "serge", language, &["/".to_owned(), format!("/d/{reference}")]).await {
            // The register of companies is for everybody; what somebody said of one is not.
            assert!(!page.html.contains("CANARIMESURES") && !page.html.contains("CANARIRAISON"), "{}", page.path);
            assert!(!page.html.contains("CANARIENTREPRISE"), "{}", page.path);
        }
    }
    // The twin: whoever decided reads it.
    assert!(app.as_("rosalie").open(&format!("/d/{reference}")).await.says("CANARIMESURES"));
}

/// A page without its style or its script is not the page: only a browser would have seen it.
#[actix_web::test]
async fn what_a_page_needs_is_served_with_its_kind() {
    let app = TestApp::new().await;
    let page = app.as_("camille").open("/").await;
    let document = scraper::Html::parse_document(&page.html);
    let all = scraper::Selector::parse("link[href], script[src], img[src]").unwrap();
    let asked: BTreeSet<String> = document
        .select(&all)
        .filter_map(|tag| tag.value().attr("href").or_else(|| tag.value().attr("src")))
        .map(str::to_owned)
        .collect();
    assert!(asked.len() >= 3, "{asked:?}");
    for address in &asked {
        let file = app.as_("camille").open(address).await;
        let kind = file.header("content-type").unwrap_or_default().to_owned();
        let expected = match address.rsplit('.').next() {
            Some("css") => "text/css",
            Some("js") => "javascript",
            _ => "image/svg+xml",
        };
        assert!(file.status == 200 && kind.contains(expected), "{address}: {} {kind}", file.status);
        assert!(!file.bytes.is_empty(), "{address}");
    }
}
