//! The page of sources, and the lists of firms that may or may not contract.

use probite::companies::lists;
use probite::sources::Source;
use serde_json::json;

use crate::contracts::files::{Folder, package, release, takes_in, with};
use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers, say};

fn put(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[actix_web::test]
async fn a_list_replaces_the_one_before_whole_or_not_at_all_and_the_company_page_says_it() {
    let app = TestApp::new().await;
    let page = format!("/entreprises/{}", app.company(NORDIK.1));
    let aline = app.as_("aline");
    assert!(aline.open(&page).await.says(&say("known-no-rena")));
    let takes = |text: &str| {
        let (_folder, path) = put("rena.csv", text);
        lists::import(&app.app, None, Source::Rena, &path, false).unwrap()
    };
    let done = takes("neq;nom;debut;fin\n1171234567;Nordik Infonuagique inc.;2026-06-01;2031-05-31\n");
    assert_eq!((done.tally.changes, done.refused), (1, false));
    let shown = aline.open(&page).await;
    assert!(shown.select_text("strong").iter().any(|text| text.contains("RENA")), "{}", shown.text());
    let bad = takes("neq;nom;debut;fin\n117123456X;Autre;2026-06-01;hier\n");
    let told: Vec<(&str, u64)> = bad.problems.shown.iter().map(|p| (p.code.as_str(), p.line)).collect();
    assert_eq!((bad.refused, told), (true, vec![("import-bad-neq", 2), ("import-bad-date", 2)]));
    assert!(!aline.open(&page).await.says(&say("known-not-on-rena")), "the list in force stays");
    assert_eq!(takes("neq;nom\n1160007891;Groupe Boréal ltée\n").tally.changes, 2);
    assert!(aline.open(&page).await.says(&say("known-not-on-rena")));
}

#[actix_web::test]
async fn every_source_tells_its_age_its_file_and_its_errors() {
    let app = TestApp::new().await;
    let serge = app.as_("serge");
    let page = serge.open("/sources").await;
    assert_eq!((page.status, page.h1()), (200, say("sources-title")));
    assert_eq!(page.text().matches(&say("sources-never")).count(), 5, "{}", page.text());
    let (_folder, path) = put("rea-novembre.csv", "neq;nom\n1171234567;Nordik Infonuagique inc.\n");
    let serge_id = app.id("serge");
    lists::import(&app.app, Some(serge_id), Source::Rea, &path, false).unwrap();
    let page = serge.open("/sources").await;
    assert!(page.says("Dernier fichier importé aujourd’hui.") && page.says("rea-novembre.csv"), "{}", page.text());
    assert!(page.says("Serge Caron"));
    app.clock.advance(chrono::TimeDelta::days(40));
    let page = app.as_("aline").open("/sources").await;
    assert!(page.says("il y a 40 jours") && page.select_text(".tag").len() == 5, "{}", page.text());
    // An old source, or none, blocks nothing.
    app.files("camille", "gift_declaration", answers::gift());
}

#[actix_web::test]
async fn lines_without_an_neq_are_told_on_the_page_of_a_company_that_bears_the_name_and_on_that_of_sources() {
    let app = TestApp::new().await;
    let page = |neq: &str| format!("/entreprises/{}", app.company(neq));
    let folder = Folder::new();
    let unnumbered = with(release(100, "2026-03-01"), "/parties/1/details", json!({}));
    takes_in(&app, &folder.put("hebdo.json", package(&[unnumbered])));
    // The legal form aside, the first bears the name of Nordik; the second begins so and is another.
    let list = "neq;nom;debut;fin\n;NORDIK Infonuagique;2026-06-01;2031-05-31\n;Nordik Infonuagique Afrique;;\n1160007891;Groupe Boréal ltée;;\n";
    lists::import(&app.app, None, Source::Rena, &folder.put("rena.csv", list), false).unwrap();
    let aline = app.as_("aline");
    let nordik = aline.open(&page(NORDIK.1)).await;
    assert!(nordik.says("2 lignes sans NEQ ressemblent à cette entreprise."), "{}", nordik.text());
    assert!(
        nordik.says("NORDIK Infonuagique, du") && nordik.says("Contrat C-100, Ministère fictif"),
        "{}",
        nordik.text()
    );
    assert!(!nordik.says("Nordik Infonuagique Afrique"), "{}", nordik.text());
    // No proof: nothing else of the page says that it is on the list.
    assert!(nordik.says(&say("known-not-on-rena")), "{}", nordik.text());
    assert!(!aline.open(&page(BOREAL.1)).await.says(&say("unnumbered-title")));
    assert!(!app.as_("audrey").open(&page(NORDIK.1)).await.says(&say("unnumbered-title")), "who merges looks");
    let sources = app.as_("serge").open("/sources").await;
    assert!(sources.says("2 lignes sans NEQ, que rien ne rattache à une entreprise"), "{}", sources.text());
    assert!(sources.says("Nordik Infonuagique Afrique"), "{}", sources.text());
}
