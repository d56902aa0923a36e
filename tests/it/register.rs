//! The register taken out of the product: what leaves is what the page shows, whatever the filter.

use serde_json::Value;

use crate::support::{TestApp, answers};

/// References in the order of a CSV.
fn references(csv: &str) -> Vec<&str> {
    csv.lines().skip(1).filter_map(|line| line.split(';').next()).collect()
}

#[actix_web::test]
async fn exports_hold_what_the_page_shows_whatever_the_filter_and_the_order() {
    let app = TestApp::new().await;
    // Two kinds filed in turn: the order of filing is not that of references, nor that of due dates.
    let mut filed = Vec::new();
    let kinds: [(&str, Value); 2] = [("gift_declaration", answers::gift()), ("business_relation", answers::relation())];
    for round in 0..3 {
        for (kind, given) in &kinds {
            filed.push(app.files("camille", kind, given.clone()));
            app.clock.advance(chrono::TimeDelta::minutes(1 + round));
        }
    }
    app.clock.advance_business_days(12);
    let newest_first: Vec<&str> = filed.iter().rev().map(String::as_str).collect();
    let aline = app.as_("aline");
    for (query, wanted) in [
        ("", newest_first.clone()),
        ("?type=gift_declaration", newest_first.iter().copied().filter(|slug| slug.starts_with("CAD")).collect()),
        ("?q=camille", newest_first.clone()),
        ("?q=introuvable", Vec::new()),
    ] {
        let page = aline.open(&format!("/registre{query}")).await;
        let csv = aline.open(&format!("/registre/export.csv{query}")).await;
        assert_eq!(references(&csv.html), wanted, "{query}");
        let shown: Vec<&str> = filed.iter().map(String::as_str).filter(|slug| page.html.contains(*slug)).collect();
        assert_eq!(shown.len(), wanted.len(), "{query}");
        let workbook = aline.open(&format!("/registre/export.xlsx{query}")).await;
        // Its last record: nothing was cut short.
        assert!(workbook.html.contains("PK\u{5}\u{6}"), "{query}");
    }
    let late = aline.open("/registre/export.csv?retard=1").await;
    let mut late = references(&late.html);
    assert_eq!(late.len(), filed.len(), "all wait for Rosalie, and are late");
    late.sort_unstable();
    let mut all: Vec<&str> = filed.iter().map(String::as_str).collect();
    all.sort_unstable();
    assert_eq!(late, all);
    assert!(aline.open("/registre/export.xlsx?retard=1").await.html.contains("PK\u{5}\u{6}"));
}

/// A page is fifty lines: what does not fit is on the next one, once.
#[actix_web::test]
async fn a_search_goes_on_from_page_to_page_without_a_bound() {
    let app = TestApp::new().await;
    let filed: Vec<String> = (0..63).map(|_| app.files_gift("camille")).collect();
    let aline = app.as_("aline");
    let first = aline.open("/registre?q=camille").await;
    let plain = |html: &str| html.replace("&#x3D;", "=").replace("&amp;", "&");
    let html = plain(&first.html);
    let next = html.split("href=\"/registre?q=camille&apres=").nth(1).and_then(|rest| rest.split('"').next());
    let second = aline.open(&format!("/registre?q=camille&apres={}", next.expect("a second page"))).await;
    let on = |html: &str| filed.iter().filter(|slug| html.contains(slug.as_str())).count();
    assert_eq!((on(&first.html), on(&second.html)), (50, 13));
    assert!(!plain(&second.html).contains("&apres="), "and nothing after it");
}
