//! Companies proposed as somebody types: the ministry's, then the register's.

use probite::companies::store;
use probite::companies::suggest::suggest;
use serde_json::json;

use super::zips::registered;
use crate::support::browser::Page;
use crate::support::ministry::NORDIK;
use crate::support::{TestApp, answers, say};

fn names(app: &TestApp, typed: &str) -> Vec<String> {
    app.read(|tx| Ok(suggest(tx, typed, 8)?.into_iter().map(|found| found.name).collect()))
}

#[actix_web::test]
async fn an_enterprise_is_found_with_one_error_without_accents_by_former_name_and_by_number() {
    let app = TestApp::new().await;
    registered(&app);
    let coop = "Coopérative « Les Érables », réunis";
    for typed in [
        "coop",
        "les érables ré",
        "cooperative erables",
        "COOPÉRATIVE",
        "erables",
        "érbales",
        "cooprative",
        "reunis coop",
        "11600000 05",
    ] {
        assert_eq!(names(&app, typed), [coop], "{typed}");
    }
    for typed in ["fantome", "fantme", "equipments fantome", "equipements fantomes ltée"] {
        assert_eq!(names(&app, typed), ["Équipements Fantôme ltée"], "{typed}");
    }
    // A former name leads to the one in force; the ministry knows this company.
    for typed in ["brise-glace", "logiciels brise", "brize glace"] {
        assert_eq!(names(&app, typed), [NORDIK.0], "{typed}");
    }
    // The twin: two errors, and what is nowhere.
    for typed in ["fxntmoe", "introuvable", "coop introuvable"] {
        assert_eq!(names(&app, typed), Vec::<String>::new(), "{typed}");
    }
}

#[actix_web::test]
async fn a_company_of_the_ministry_is_found_with_one_error_before_any_register_is_read() {
    let app = TestApp::new().await;
    app.write(|tx| store::add(tx, None, "Zürcher Datenwerk AG", None, Some("Établie en Suisse")).map(drop));
    for typed in ["nordk", "nodrik infonuagique", "infonuagique nordik", "infonugi", "NORDYK"] {
        assert_eq!(names(&app, typed), [NORDIK.0], "{typed}");
    }
    for typed in ["zurcher", "zürhcer", "datenwrk", "datanwerk ag"] {
        assert_eq!(names(&app, typed), ["Zürcher Datenwerk AG"], "{typed}");
    }
    // The twin: two errors in a word.
    for typed in ["nrodk", "zxrhcer"] {
        assert_eq!(names(&app, typed), Vec::<String>::new(), "{typed}");
    }
    let list = app.as_("aline").open("/entreprises?q=nodrik").await;
    assert_eq!(list.select_text("tbody tr").len(), 1, "{}", list.text());
    assert!(list.says(NORDIK.0), "{}", list.text());
}

#[actix_web::test]
async fn the_register_is_offered_even_when_the_ministry_knows_as_many_companies_as_there_are_places() {
    let app = TestApp::new().await;
    registered(&app);
    app.write(|tx| {
        for number in 0..12 {
            store::add(tx, None, &format!("Équipements Lumen {number:02}"), None, Some("Démonstration"))?;
        }
        Ok(())
    });
    let found = names(&app, "équipements");
    assert_eq!(found.len(), 8, "{found:?}");
    assert!(found.contains(&"Équipements Fantôme ltée".to_owned()), "{found:?}");
    assert_eq!(
        found.iter().filter(|name| name.starts_with("Équipements Lumen")).count(),
        7,
        "the ministry first: {found:?}"
    );
}

#[actix_web::test]
async fn what_is_typed_is_never_an_order_to_the_engine() {
    let app = TestApp::new().await;
    registered(&app);
    for typed in ["\" OR *", "NEAR(", "a AND b NOT c", "words:x", "'); DROP", "éé\u{0}", "^x*", "\u{202e}", "ß ﬁ", "ⅷ²"]
    {
        drop(names(&app, typed));
    }
    drop(names(&app, &"très long ".repeat(200)));
}

#[actix_web::test]
async fn the_ministry_comes_first_and_an_enterprise_says_what_it_is() {
    let app = TestApp::new().await;
    registered(&app);
    let camille = app.as_("camille");
    let json = |page: &Page| serde_json::from_str::<serde_json::Value>(&page.html).unwrap()["items"].clone();
    let items = json(&camille.open("/entreprises/suggestions?q=nordik").await);
    assert_eq!(items[0]["id"], app.company(NORDIK.1));
    assert_eq!(items.as_array().unwrap().len(), 1, "once, though the register has it too: {items}");
    let items = json(&camille.open("/entreprises/suggestions?q=fantome").await);
    assert_eq!((&items[0]["id"], &items[0]["neq"]), (&serde_json::Value::Null, &"1160000002".into()));
    let status = items[0]["status"].as_str().unwrap();
    assert!(status.contains(&say("registry-struck-off")) && status.contains(&say("registry-known")), "{status}");
}

#[actix_web::test]
async fn an_enterprise_chosen_without_script_fills_name_and_number_and_becomes_a_company_when_filed() {
    let app = TestApp::new().await;
    registered(&app);
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::changed(answers::gift(), json!({ "company": null })));
    let page = camille.open(&format!("/brouillons/{key}/donor")).await;
    let page =
        camille.send(&page.form("/donor").with("company.name", "cooperatve erables").with("_search", "company")).await;
    let coop = "Coopérative « Les Érables », réunis";
    assert!(page.says("NEQ 1160000005"), "{}", page.text());
    let id = page.form("/donor").offers("company.id").into_iter().find(|id| id.starts_with('q')).unwrap().to_owned();
    let form = page.form("/donor").with("company.id", &id).with("contract_process", "no");
    let page = camille.send(&form).await;
    assert_eq!(page.h1(), "Quand était-ce, et qu’avez-vous répondu?", "{:?}", page.errors());
    assert_eq!(app.read(|tx| probite::companies::store::find_by_neq(tx, "1160000005")).map(|c| c.name), None);
    let filed = app.sends("camille", &key).unwrap();
    assert_eq!(filed.company_name.as_deref(), Some(coop));
    let company = app.read(|tx| probite::companies::store::find_by_neq(tx, "1160000005")).unwrap();
    assert_eq!((Some(company.id), company.name.as_str()), (filed.company_id, coop));
}

/// Warned, never blocked: the page before sending says it, and so does the file. A register never read says nothing.
#[actix_web::test]
async fn a_number_that_the_imported_register_does_not_know_is_said_before_sending() {
    let app = TestApp::new().await;
    let (camille, warned) = (app.as_("camille"), "Ce NEQ n’est pas au registre des entreprises importé");
    let with = |neq: &str| {
        answers::changed(answers::relation(), json!({ "company": { "name": "Firme fictive", "neq": neq } }))
    };
    let check = |key: String| format!("/brouillons/{key}/verifier");
    let before = app.drafts("camille", "business_relation", with("1190000009"));
    assert!(!camille.open(&check(before)).await.says(warned), "no register was read");
    registered(&app);
    let key = app.drafts("camille", "business_relation", with("1190000009"));
    assert!(camille.open(&check(key.clone())).await.says(warned));
    let filed = app.sends("camille", &key).unwrap();
    let rules = |findings: Vec<probite::policy::rules::Finding>| -> Vec<String> {
        findings.into_iter().map(|finding| finding.rule).filter(|rule| rule == "common.neq_unknown").collect()
    };
    assert_eq!(rules(filed.findings().unwrap()), ["common.neq_unknown"]);
    assert!(app.as_("rosalie").open(&format!("/d/{}", filed.slug())).await.says(warned));
    // The twins: a number that it knows, and a company whose number nobody knows, said in those words.
    let known = app.sends("camille", &app.drafts("camille", "business_relation", with("1160000005"))).unwrap();
    assert_eq!(rules(known.findings().unwrap()), Vec::<String>::new());
    let unknown = json!({ "company": { "name": "Autre firme", "no_neq_reason": "Je ne le connais pas" } });
    let draft = app.drafts("camille", "business_relation", answers::changed(answers::relation(), unknown));
    assert_eq!(rules(app.sends("camille", &draft).unwrap().findings().unwrap()), Vec::<String>::new());
}
