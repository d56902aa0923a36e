//! The report on showcases (domain.md §11, column « Rapports »): for the chief information officer, and for whoever reads all reports.

use super::scene::PLAN;
use crate::support::{TestApp, say};

const REPORT: &str = "/rapports/vitrines?du=2026-12-01&au=2026-12-31";

#[actix_web::test]
async fn the_chief_information_officer_reads_the_showcases_of_a_period_and_nobody_in_them() {
    let app = TestApp::new().await;
    app.plans("nadia", PLAN);
    let reference = app.holds("cyril", &["camille", "theo"]);
    let cyril = app.as_("cyril");
    assert!(cyril.open("/").await.html.contains("href=\"/rapports/vitrines\""), "in the menu");
    let page = cyril.open(REPORT).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.select_text("#table-showcases tfoot tr"),
        ["Total 1 1 0 2 2"],
        "planned, held, cancelled, all, came"
    );
    assert_eq!(page.select_text("#table-hearings tfoot tr"), ["Total 2 0 0 0 2"], "both companies were heard");
    let ledgers = page.select_text("#table-equality tbody tr");
    assert!(ledgers.iter().any(|row| row.starts_with("Accès égal 1")), "{ledgers:?}");
    let companies = page.select_text("#table-companies tbody tr");
    assert_eq!(companies, ["Nordik Infonuagique inc. 1171234567 1 20", "Groupe Boréal ltée 1160007891 1 18"]);
    assert!(page.html.contains(&format!("/evenements/{reference}/registre")));
    for name in ["Camille", "Théo", "Nadia", "Fortin"] {
        assert!(!page.says(name), "{name}");
    }
    let empty = cyril.open("/rapports/vitrines?du=2026-01-01&au=2026-01-31").await;
    assert_eq!(empty.select_text("#table-showcases tfoot tr"), ["Total 0 0 0 0 0"]);
    let wrong = cyril.open("/rapports/vitrines?du=2026-12-31&au=2026-12-01").await;
    assert_eq!(wrong.errors(), [say("error-period")]);
}

/// Whoever reads every report reads it too: the auditor without the ledgers, the general secretariat in numbers alone.
#[actix_web::test]
async fn whoever_reads_figures_alone_reads_no_showcase_one_by_one() {
    let app = TestApp::new().await;
    let reference = app.holds("cyril", &["camille"]);
    let (page, ledger) = (format!("/evenements/{reference}\""), format!("/evenements/{reference}/registre\""));
    for (name, one_by_one, its_ledger) in
        [("aline", false, true), ("audrey", true, false), ("solange", false, false), ("victor", false, false)]
    {
        let report = app.as_(name).open(REPORT).await;
        assert_eq!(report.status, 200, "{name}");
        assert_eq!((report.html.contains(&page), report.html.contains(&ledger)), (one_by_one, its_ledger), "{name}");
        assert_eq!(report.says("Nordik"), its_ledger, "{name}: who was heard is in the ledger");
        let in_numbers = !one_by_one && !its_ledger;
        assert_eq!(report.says(&say("statistics-few")), in_numbers, "{name}: one is few");
    }
    for name in ["nadia", "rita", "rosalie", "camille", "serge"] {
        assert_eq!(app.as_(name).open(REPORT).await.status, 403, "{name}");
    }
}
