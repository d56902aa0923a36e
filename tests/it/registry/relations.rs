//! What the files besides enterprises and names say: mergers are followed, splits are shown, codes are told in words.

use probite::app::App;
use probite::companies::registry::codes::Relation;
use probite::companies::registry::import::{self, Report};
use probite::companies::registry::store;
use probite::companies::store as companies;

use super::zips::{ENTERPRISES, LABELS, RELATIONS, changed, registered, takes_in};
use crate::support::TestApp;
use crate::support::ministry::NORDIK;

const FANTOME: (&str, &str) = ("Équipements Fantôme ltée", "1160000002");
const COOP: (&str, &str) = ("Coopérative « Les Érables », réunis", "1160000005");

fn successor(app: &TestApp, neq: &'static str) -> Option<String> {
    app.read(|tx| store::find(tx, neq)).unwrap().successor
}

fn declared(app: &TestApp, (name, neq): (&'static str, &'static str)) -> String {
    let company = app.write(move |tx| companies::add(tx, None, name, Some(neq), None));
    format!("/entreprises/{}", company.id)
}

#[actix_web::test]
async fn what_came_out_of_a_split_is_another_company_and_the_page_of_each_leads_to_the_other() {
    let app = TestApp::new().await;
    registered(&app);
    let neqs = || vec![COOP.1.to_owned(), FANTOME.1.to_owned()];
    assert_eq!((successor(&app, COOP.1), successor(&app, FANTOME.1)), (None, None));
    assert!(app.read(|tx| store::merged_into(tx, &neqs())).is_empty());
    assert!(app.read(|tx| store::successors_of(tx, &neqs())).is_empty());
    // The twin: a merger, in the same file, is followed.
    assert_eq!(successor(&app, "1160000001").as_deref(), Some(NORDIK.1));

    let aline = app.as_("aline");
    let coop = declared(&app, COOP);
    let page = aline.open(&coop).await;
    let from = format!("issue d’une scission de {} ({}), le 3 mars 2020.", FANTOME.0, FANTOME.1);
    assert!(page.says(&from), "{}", page.text());
    assert!(
        page.links().iter().all(|link| !format!("{link:?}").contains("scission")),
        "nobody declared anything about it"
    );
    let fantome = declared(&app, FANTOME);
    assert_eq!(aline.open(&coop).await.link("issue d’une scission"), fantome);
    let page = aline.open(&fantome).await;
    assert!(page.says(&format!("{} ({}) est issue de sa scission", COOP.0, COOP.1)), "{}", page.text());
    assert_eq!(page.link("est issue de sa scission"), coop);
}

#[actix_web::test]
async fn the_page_of_a_company_says_its_status_its_form_and_the_law_it_goes_on_under_in_the_words_of_the_registrar() {
    let app = TestApp::new().await;
    registered(&app);
    let aline = app.as_("aline");
    let page = aline.open(&declared(&app, FANTOME)).await;
    assert!(page.says("radiée. Radiée d’office. Compagnie"), "{}", page.text());
    let page = aline.open(&format!("/entreprises/{}", app.company(NORDIK.1))).await;
    assert!(page.says("immatriculée. Compagnie"), "{}", page.text());
    let law = "Continuation, Loi canadienne sur les sociétés par actions, Ottawa, le 20 mars 2018.";
    assert!(page.says(law), "{}", page.text());
}

#[actix_web::test]
async fn an_enterprise_that_was_never_registered_is_neither_refused_nor_struck_off() {
    let app = TestApp::new().await;
    let folder = tempfile::tempdir().unwrap();
    let path = changed(folder.path(), &[("Entreprise.csv", &ENTERPRISES.replace("\"RO\"", "\"AI\""))]);
    assert!(takes_in(&app, &path).problems.is_empty());
    let fantome = app.read(|tx| store::find(tx, FANTOME.1)).unwrap();
    assert_eq!((fantome.status.as_str(), fantome.standing.as_str()), ("unregistered", "Avis d’intention"));
    let page = app.as_("aline").open(&declared(&app, FANTOME)).await;
    assert!(page.says("pas immatriculée. Avis d’intention. Compagnie"), "{}", page.text());
}

#[actix_web::test]
async fn a_relation_that_nobody_explains_is_counted_and_told_and_is_never_a_merger() {
    let relations = RELATIONS.replace("FUS", "ZZ");
    let labels = LABELS.replace("RELA_ASSUJ,FUS,Fusion", "RELA_ASSUJ,ZZ,Fusion simplifiée");
    let takes = |app: &TestApp, labels: &str| -> Report {
        let folder = tempfile::tempdir().unwrap();
        let path = changed(folder.path(), &[("FusionScissions.csv", &relations), ("DomaineValeur.csv", labels)]);
        let before = import::import(&app.app, None, &path, true, &|_| {}).unwrap();
        let report = takes_in(app, &path);
        assert_eq!((&before.relations, &before.problems), (&report.relations, &report.problems), "a preview says it");
        assert!(!report.refused, "{report:?}");
        report
    };
    let met = |report: &Report| report.relations.iter().find(|met| met.code == "ZZ").unwrap().clone();

    let app = TestApp::alone().await;
    let report = takes(&app, LABELS);
    assert_eq!((met(&report).relation, met(&report).rows), (Relation::Unknown, 1));
    let problem = &report.problems.shown[0];
    assert_eq!((problem.code.as_str(), problem.value.as_str()), ("import-unknown-relation", "ZZ × 1"));
    assert_eq!(successor(&app, "1160000001"), None);
    let sources = app.as_("serge").open("/sources").await;
    assert!(sources.says("rien ne dit si ces lignes sont des fusions ou des scissions"), "{}", sources.text());

    // Once the settings say it, the very same file is read again; after that it says nothing new.
    let folder = tempfile::tempdir().unwrap();
    let path = changed(folder.path(), &[("FusionScissions.csv", &relations), ("DomaineValeur.csv", LABELS)]);
    assert!(takes_in(&app, &path).known, "as the settings are, it is in force");
    let mut config = app.app.book.config.clone();
    config.sources.registry_mergers = vec!["zz".into()];
    let told = App::build(config, app.app.clock.clone()).unwrap();
    let again = import::import(&told, None, &path, false, &|_| {}).unwrap();
    assert!(!again.known && again.problems.is_empty(), "{again:?}");
    assert_eq!(successor(&app, "1160000001").as_deref(), Some(NORDIK.1));
    assert!(import::import(&told, None, &path, false, &|_| {}).unwrap().known);

    // The twins: the register says what the code is, or the settings do.
    let labelled = TestApp::new().await;
    let report = takes(&labelled, &labels);
    assert_eq!((met(&report).relation, met(&report).label.as_str()), (Relation::Merger, "Fusion simplifiée"));
    let set = TestApp::with(|config| config.sources.registry_mergers = vec!["zz".into()]).await;
    assert!(takes(&set, LABELS).problems.is_empty());
    for app in [labelled, set] {
        assert_eq!(successor(&app, "1160000001").as_deref(), Some(NORDIK.1));
    }
}

#[actix_web::test]
async fn what_was_read_of_each_file_is_said_and_a_file_that_is_not_there_refuses_nothing() {
    let app = TestApp::new().await;
    let folder = tempfile::tempdir().unwrap();
    let report = takes_in(&app, &changed(folder.path(), &[]));
    let read: Vec<(&str, i64, i64)> =
        report.parts.iter().map(|part| (part.file.as_str(), part.rows, part.kept)).collect();
    assert_eq!(
        read,
        [
            ("DomaineValeur.csv", 8, 8),
            ("Entreprise.csv", 6, 6),
            ("FusionScissions.csv", 2, 2),
            ("ContinuationsTransformations.csv", 2, 1),
            ("Nom.csv", 8, 6),
            ("Etablissements.csv", 2, 1),
        ]
    );
    let without =
        ["DomaineValeur.csv", "FusionScissions.csv", "ContinuationsTransformations.csv", "Etablissements.csv"];
    let report = takes_in(&app, &changed(folder.path(), &without.map(|name| (name, ""))));
    assert!(!report.refused && report.problems.is_empty(), "{report:?}");
    let missing: Vec<&str> = report.parts.iter().filter(|part| !part.there).map(|part| part.file.as_str()).collect();
    assert_eq!(missing, without);
    // Without its words, a code is told as it is.
    assert_eq!(app.read(|tx| store::find(tx, COOP.1)).unwrap().form, "COP");
}

#[actix_web::test]
async fn an_enterprise_is_found_by_the_name_over_its_door_and_a_sole_proprietor_by_none_of_theirs() {
    let app = TestApp::new().await;
    registered(&app);
    let found = |typed: &'static str| -> Vec<String> {
        let found = app.read(move |tx| probite::companies::suggest::suggest(tx, typed, 8));
        found.into_iter().map(|one| one.name).collect()
    };
    assert_eq!(found("comptoir sirop"), [COOP.0]);
    assert_eq!(found("chez aurore"), Vec::<String>::new());
    assert_eq!(found("salon aurore"), ["Salon Aurore Boréale"], "the twin");
}
