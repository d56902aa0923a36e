//! Versions side by side: what a correction changed, what changed since last year (ux.md W7).

use probite::declarations::renewal::{self, Said};
use serde_json::json;

use crate::support::{TestApp, answers, say};

#[actix_web::test]
async fn whoever_decides_sees_side_by_side_what_a_correction_changed() {
    let app = TestApp::new().await;
    let first = answers::changed(answers::gift(), json!({ "description": "Boîte de chocolats de fin de projet" }));
    let reference = app.files("camille", "gift_declaration", first.clone());
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{reference}")).await;
    assert!(!page.html.contains("/comparaison"), "one version: nothing to compare");
    let again = json!({ "description": "Boîte de biscuits de fin de projet", "value_cents": 8000 });
    app.corrects("camille", &reference, answers::changed(first, again)).unwrap();
    for name in ["rosalie", "camille"] {
        let reader = app.as_(name);
        let page = reader.open(&format!("/d/{reference}")).await;
        let page = reader.open(&page.link(&say("compare-open"))).await;
        assert!(page.says("2 réponses changent."), "{name}: {}", page.text());
        assert!(page.html.contains("Boîte de <del>chocolats</del> de fin de projet"), "{name}: word by word");
        assert!(page.html.contains("Boîte de <ins>biscuits</ins> de fin de projet"), "{name}");
        assert!(page.html.contains("<del>25,00\u{a0}$</del>") && page.html.contains("<ins>80,00\u{a0}$</ins>"));
        assert!(!page.says("Nordik"), "{name}: what does not change is not in the way");
        let whole = reader.open(&page.link(&say("compare-everything"))).await;
        assert!(whole.says("Nordik") && whole.says(&say("compare-same")), "{name}: {}", whole.text());
        // The other way round, and against itself.
        let back = reader.open(&format!("/d/{reference}/comparaison?avant=2&apres=1")).await;
        assert!(back.html.contains("Boîte de <ins>chocolats</ins>"), "{name}");
        let same = reader.open(&format!("/d/{reference}/comparaison?avant=2&apres=2")).await;
        assert!(same.says("Aucune réponse ne change."), "{name}: {}", same.text());
    }
}

#[actix_web::test]
async fn a_renewed_interest_is_compared_with_last_years() {
    let app = TestApp::new().await;
    let kind = "interest_declaration";
    let first = app.files("camille", kind, answers::interest());
    app.decides("rosalie", &first, "no_conflict").unwrap();
    app.clock.advance(chrono::TimeDelta::days(360));
    let said = vec![(first.clone(), Some(Said::Unchanged))];
    let done = app.does("camille", move |tx, actor| renewal::renew(tx, actor, &said, true)).unwrap();
    let [renewed] = done.filed.as_slice() else { panic!("{done:?}") };
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{renewed}")).await;
    let read = app.access_log().len();
    let page = rosalie.open(&page.link(&say("compare-open"))).await;
    assert!(page.html.contains(&first) && page.html.contains("<del>"), "{}", page.text());
    assert!(page.says(&say("compare-changed")), "the type became the yearly one: {}", page.text());
    // Last year's file is confidential too: reading it beside this one leaves its own line.
    assert_eq!(app.access_log().len(), read + 2);
    let alone = rosalie.open(&format!("/d/{first}/comparaison")).await;
    assert_eq!(alone.status, 409, "the first one follows nothing: {}", alone.text());
}

#[actix_web::test]
async fn a_relation_with_the_same_company_is_compared_with_the_one_before_unless_its_reader_may_not_see_that_one() {
    let app = TestApp::new().await;
    let first = app.files("camille", "business_relation", answers::about_the_supervisor("business_relation"));
    app.clock.advance(chrono::TimeDelta::days(30));
    let second = app.files("camille", "business_relation", answers::relation());
    let camille = app.as_("camille").open(&format!("/d/{second}/comparaison")).await;
    assert!(camille.says(&first), "her own: {}", camille.text());
    // Rosalie is named in the first one: for her it does not exist.
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{second}")).await;
    assert_eq!(page.status, 200);
    assert!(!page.html.contains("/comparaison"));
    let page = rosalie.open(&format!("/d/{second}/comparaison")).await;
    assert_eq!(page.status, 409);
    assert!(!page.html.contains(&first), "{}", page.html);
}

#[actix_web::test]
async fn whoever_reads_a_file_masked_or_in_summary_compares_nothing() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.corrects("camille", &reference, answers::changed(answers::gift(), json!({ "value_cents": 8000 }))).unwrap();
    let audrey = app.as_("audrey");
    let page = audrey.open(&format!("/d/{reference}")).await;
    assert!(page.status == 200 && !page.html.contains("/comparaison"), "{}", page.text());
    assert_eq!(audrey.open(&format!("/d/{reference}/comparaison")).await.status, 403);
    assert_eq!(app.as_("denis").open(&format!("/d/{reference}/comparaison")).await.status, 404);
}
