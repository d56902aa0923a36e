//! Files of contracts, from the folder to the page of the company.

use chrono::NaiveDate;
use diesel::prelude::*;
use probite::contracts::{below, import, store};
use probite::db::schema::{events, imports};
use serde_json::json;

use super::files::{Folder, package, release, rows, takes_in, with};
use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, say};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn active(app: &TestApp, neq: &'static str, on: &str) -> Vec<String> {
    let on = day(on);
    app.read(|tx| Ok(store::active_on(tx, &[neq.to_owned()], on)?.into_iter().map(|c| c.number).collect()))
}

#[actix_web::test]
async fn a_file_of_contracts_tells_who_is_under_contract_on_a_day() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let report =
        takes_in(&app, &folder.put("hebdo.json", package(&[release(100, "2026-03-01"), release(200, "2026-03-01")])));
    assert_eq!((report.tally.rows, report.tally.errors, report.refused), (2, 0, false));
    for (on, running) in [("2026-02-14", false), ("2026-02-15", true), ("2027-02-14", true), ("2027-02-15", false)] {
        assert_eq!(active(&app, NORDIK.1, on).contains(&"C-100".to_owned()), running, "{on}");
    }
    assert_eq!(active(&app, BOREAL.1, "2026-06-01"), Vec::<String>::new(), "the twin");
    // The award that became a contract is told once.
    let nordik = app.company(NORDIK.1);
    let told: Vec<String> = app.read(|tx| Ok(store::of_company(tx, nordik)?.into_iter().map(|c| c.stage).collect()));
    assert_eq!(told, ["contract", "contract"]);
    let page = app.as_("aline").open(&format!("/entreprises/{nordik}")).await;
    assert!(page.says("2 contrats en cours aujourd’hui.") && page.says("150 000,00"), "{}", page.text());
    // One event, with what was taken in.
    let leaf: String =
        app.read(|tx| Ok(events::table.filter(events::event.eq("imported")).select(events::leaf).first(tx.conn)?));
    assert!(leaf.contains("hebdo.json") && leaf.contains(&report.sha256) && leaf.contains("\"rows\":2"), "{leaf}");
}

#[actix_web::test]
async fn the_contracts_of_other_buyers_are_left_out_when_the_setting_names_ours() {
    let app = TestApp::with(|config| config.contracts.buyers = vec!["MINISTERE FICTIF".into()]).await;
    let path = Folder::new();
    let report = takes_in(&app, &path.put("hebdo.json", package(&[release(100, "2026-03-01"), of_another(200)])));
    assert_eq!((report.tally.rows, report.left_out), (1, 1));
}

#[actix_web::test]
async fn a_file_keeps_what_the_organisation_buys_under_its_own_name_whatever_the_setting_names() {
    let app = TestApp::with(|config| config.contracts.buyers = vec!["Secrétariat du numérique".into()]).await;
    let bought_by = |number, name: &str| with(release(number, "2026-03-01"), "/buyer/name", json!(name));
    let own = app.app.book.config.organisation.name.to_uppercase();
    let list = [bought_by(100, "Secrétariat du numérique"), of_another(200), bought_by(300, &own)];
    let report = takes_in(&app, &Folder::new().put("hebdo.json", package(&list)));
    assert_eq!((report.tally.rows, report.left_out), (2, 1), "the twin: another body is left out");
    let mut numbers = active(&app, NORDIK.1, "2026-06-01");
    numbers.sort();
    assert_eq!(numbers, ["C-100", "C-300"]);
}

/// A contract of Nordik with another body.
fn of_another(number: u32) -> serde_json::Value {
    let mut other = with(release(number, "2026-03-01"), "/buyer", json!({ "id": "OP-2", "name": "Autre ministère" }));
    other["parties"][0] = json!({ "id": "OP-2", "name": "Autre ministère", "roles": ["buyer"] });
    other
}

/// A contract of another body says nothing of this one, and least of all that a firm is under contract with it.
#[actix_web::test]
async fn the_contracts_of_others_are_never_ours_even_before_the_setting_names_anybody() {
    let app = TestApp::with(|config| config.contracts.buyers = Vec::new()).await;
    let path = Folder::new();
    let own = app.app.book.config.organisation.name.clone();
    let ours = with(release(300, "2026-03-01"), "/buyer/name", json!(own));
    let file = path.put("hebdo.json", package(&[release(100, "2026-03-01"), of_another(200), ours]));
    assert_eq!(takes_in(&app, &file).tally.rows, 3, "all are kept");
    assert_eq!(active(&app, NORDIK.1, "2026-06-01"), ["C-300"], "one is under the name of the organisation");
    let page = app.as_("aline").open("/sources").await;
    assert!(page.says("contracts.buyers"), "{}", page.text());
    let checks = probite::doctor::run(&app.app);
    assert!(checks.iter().any(|check| check.name == "contrats" && check.health == probite::doctor::Health::Warning));
    // Names added count at once, without the file.
    let mut config = app.app.book.config.clone();
    config.contracts.buyers = vec!["ministere fictif".into()];
    let later = probite::app::App::build(config, app.app.clock.clone()).unwrap();
    let of_later = later.read_here(|tx| store::active_on(tx, &[NORDIK.1.to_owned()], day("2026-06-01"))).unwrap();
    let mut numbers: Vec<String> = of_later.into_iter().map(|contract| contract.number).collect();
    numbers.sort();
    assert_eq!(numbers, ["C-100", "C-300"]);
    let checks = probite::doctor::run(&later);
    assert!(checks.iter().any(|check| check.name == "contrats" && check.health == probite::doctor::Health::Ok));
}

/// Who is known by an identifier only is written down under the name of this body.
#[actix_web::test]
async fn a_buyer_known_by_its_identifier_is_ours_whatever_it_is_called() {
    let app = TestApp::with(|config| config.contracts.buyers = vec!["OP-1".into()]).await;
    let path = Folder::new();
    takes_in(&app, &path.put("hebdo.json", package(&[release(100, "2026-03-01"), of_another(200)])));
    assert_eq!(active(&app, NORDIK.1, "2026-06-01"), ["C-100"]);
}

#[actix_web::test]
async fn the_latest_date_wins_whatever_the_order_of_the_files_and_the_same_file_changes_nothing() {
    let first = release(100, "2026-03-01");
    let amended = with(
        with(release(100, "2026-05-01"), "/contracts/0/value/amount", json!(180_000)),
        "/contracts/0/period/endDate",
        json!("2027-08-31"),
    );
    let ended = with(
        with(amended.clone(), "/date", json!("2026-09-01T09:00:00-04:00")),
        "/tag",
        json!(["contractTermination"]),
    );
    let mut seen = Vec::new();
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]] {
        let app = TestApp::new().await;
        let folder = Folder::new();
        let files = [&first, &amended, &ended].map(|release| package(std::slice::from_ref(release)));
        for place in order {
            takes_in(&app, &folder.put(&format!("{place}.json"), &files[place]));
        }
        seen.push(rows(&app));
        let pulse = rows(&app);
        let again = takes_in(&app, &folder.put("encore.json", &files[order[0]]));
        assert!(again.known && again.tally.changes == 0, "{again:?}");
        assert_eq!(rows(&app), pulse);
        let lines: i64 = app.read(|tx| Ok(imports::table.count().get_result(tx.conn)?));
        assert_eq!(lines, 3, "a file taken in again leaves no line");
        assert_eq!(active(&app, NORDIK.1, "2026-08-31"), ["C-100"]);
        assert_eq!(active(&app, NORDIK.1, "2026-09-02"), Vec::<String>::new(), "it was terminated");
    }
    assert!(seen.iter().all(|rows| *rows == seen[0]), "{seen:#?}");
}

/// Plain OCDS: the award says how long the contract lasts, in a release of its own.
#[actix_web::test]
async fn a_contract_without_days_of_its_own_lasts_as_its_award_says_whichever_comes_first() {
    let part = |date: &str, kept: &str| {
        let mut one = release(100, date);
        one["awards"][0]["contractPeriod"] = json!({ "startDate": "2026-02-15", "endDate": "2027-02-14" });
        for left_out in ["awards", "contracts"].iter().filter(|part| **part != kept) {
            one.as_object_mut().unwrap().remove(*left_out);
        }
        one
    };
    let award = part("2026-01-20", "awards");
    let mut contract = part("2026-02-01", "contracts");
    for said in ["period", "dateSigned"] {
        contract["contracts"][0].as_object_mut().unwrap().remove(said);
    }
    let longer = with(part("2026-06-01", "awards"), "/awards/0/contractPeriod/endDate", json!("2027-08-31"));
    let mut seen = Vec::new();
    for order in [[0, 1], [1, 0]] {
        let app = TestApp::new().await;
        let folder = Folder::new();
        for place in order {
            takes_in(&app, &folder.put(&format!("{place}.json"), package(&[[&award, &contract][place].clone()])));
        }
        for (on, running) in [("2026-02-14", false), ("2026-02-15", true), ("2027-02-14", true), ("2027-02-15", false)]
        {
            assert_eq!(active(&app, NORDIK.1, on).contains(&"C-100".to_owned()), running, "{order:?} {on}");
        }
        // What the award says later holds too, and is told as an amendment.
        takes_in(&app, &folder.put("suite.json", package(std::slice::from_ref(&longer))));
        assert_eq!(active(&app, NORDIK.1, "2027-08-31"), ["C-100"], "{order:?}");
        let last = app.read(|tx| probite::sources::store::last(tx, probite::sources::Source::Contracts)).unwrap();
        let told = app.read(|tx| store::changes(tx, last.id, 0, 100));
        let amended = told.iter().filter(|change| change.what == "amended").count();
        assert_eq!(amended, 2, "the award and its contract: {told:?}");
        seen.push(rows(&app));
    }
    assert_eq!(seen[0], seen[1]);
    // The twin: days of its own are not changed by those of its award.
    let app = TestApp::new().await;
    let folder = Folder::new();
    for (name, one) in [("1.json", part("2026-02-01", "contracts")), ("2.json", longer)] {
        takes_in(&app, &folder.put(name, package(&[one])));
    }
    assert_eq!(active(&app, NORDIK.1, "2027-02-14"), ["C-100"]);
    assert_eq!(active(&app, NORDIK.1, "2027-02-15"), Vec::<String>::new());
}

#[actix_web::test]
async fn what_an_import_changed_is_left_for_whoever_looks_at_it() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let what = |app: &TestApp| {
        app.read(|tx| {
            let last = probite::sources::store::last(tx, probite::sources::Source::Contracts)?.unwrap();
            let changed = store::changes(tx, last.id, 0, 100)?;
            assert_eq!(last.change_count > 0, !changed.is_empty());
            Ok(changed.into_iter().map(|c| (c.neq.unwrap_or_default(), c.what)).collect::<Vec<_>>())
        })
    };
    let told = |what: &str| (NORDIK.1.to_owned(), what.to_owned());
    takes_in(&app, &folder.put("1.json", package(&[release(100, "2026-03-01")])));
    assert_eq!(what(&app), [told("tender"), told("award"), told("contract")]);
    let amended = with(release(100, "2026-05-01"), "/contracts/0/value/amount", json!(180_000));
    takes_in(&app, &folder.put("2.json", package(&[amended])));
    assert_eq!(what(&app), [told("amended")]);
}

#[actix_web::test]
async fn a_tender_is_open_between_its_days_unless_it_is_cancelled() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let open = |number, tag: &str, date: &str| {
        json!({ "ocid": format!("ocds-ec9k95-{number}"), "date": date, "tag": [tag], "buyer": { "name": "Ministère fictif" },
            "parties": [{ "id": "F", "name": NORDIK.0, "roles": ["tenderer"], "details": { "neq": NORDIK.1 } }],
            "tender": { "title": format!("Appel {number}"), "status": "active",
                "tenderPeriod": { "startDate": "2026-11-01", "endDate": "2026-12-01" } } })
    };
    let list =
        [open(1, "tender", "2026-11-01"), open(2, "tender", "2026-11-01"), open(2, "tenderCancellation", "2026-11-10")];
    takes_in(&app, &folder.put("appels.json", package(&list)));
    let on = |on: &str| {
        let (on, all) = (day(on), 50);
        app.read(|tx| Ok(store::open_tenders_on(tx, on, all)?.into_iter().map(|p| p.notice).collect::<Vec<_>>()))
    };
    assert_eq!(on("2026-10-31"), Vec::<String>::new());
    assert_eq!(on("2026-12-01"), ["1"]);
    assert_eq!(on("2026-12-02"), Vec::<String>::new());
    let page = app.as_("aline").open(&format!("/entreprises/{}", app.company(NORDIK.1))).await;
    assert!(page.says("Appel 1") && !page.says("Appel 2"), "{}", page.text());
}

#[actix_web::test]
async fn the_example_of_the_standard_gives_the_same_rows_in_any_order_and_as_a_record() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ocds");
    let files = import::files(&folder).unwrap();
    assert_eq!(files.len(), 8);
    let parts: Vec<_> = files.iter().filter(|f| f.to_string_lossy().contains("00001-0")).collect();
    let mut seen = Vec::new();
    for backwards in [false, true] {
        let app = TestApp::with(|config| config.contracts.buyers = Vec::new()).await;
        let order: Vec<_> = if backwards { parts.iter().rev().collect() } else { parts.iter().collect() };
        for file in order {
            let report = takes_in(&app, file);
            assert!(!report.refused && report.problems.is_empty(), "{report:?}");
        }
        seen.push(rows(&app));
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].iter().any(|row| row.contains("|c|") && row.contains("AnyCorp")), "{:#?}", seen[0]);
    let app = TestApp::with(|config| config.contracts.buyers = Vec::new()).await;
    let record = files.iter().find(|f| f.to_string_lossy().contains("record-")).unwrap();
    let report = takes_in(&app, record);
    assert!(!report.refused && rows(&app).iter().any(|row| row.contains("AnyCorp")), "{report:?}");
}

#[actix_web::test]
async fn contracts_below_the_thresholds_come_from_a_csv_file_whole_or_not_at_all() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let good = "numero;neq;nom;montant;signe_le;debut;fin;objet\n\
                GG-1;1171234567;Nordik Infonuagique inc.;24 500,00;2026-10-01;2026-10-15;2027-03-31;Conseil\n\
                GG-2;;Atelier sans numéro;900;2026-11-02;;;Dépannage\n";
    let bad = good.replace("24 500,00", "-5").replace("2027-03-31", "2026-09-01").replace("GG-2;;", "GG-2;11712E4567;");
    let path = folder.put("mauvais.csv", bad);
    let report = below::import(&app.app, None, &path, false).unwrap();
    let told: Vec<(u64, &str)> = report.problems.shown.iter().map(|p| (p.line, p.code.as_str())).collect();
    assert!(report.refused);
    assert_eq!(
        told,
        [(2, "import-negative-amount"), (2, "import-reversed-dates"), (3, "import-bad-neq")],
        "{:?}",
        report.problems
    );
    assert_eq!(rows(&app), Vec::<String>::new(), "nothing was kept");
    let path = folder.put("bon.csv", good);
    let preview = below::import(&app.app, None, &path, true).unwrap();
    assert_eq!((preview.tally.changes, rows(&app).len()), (2, 0), "a preview changes nothing");
    let done = below::import(&app.app, None, &path, false).unwrap();
    assert_eq!((done.tally.changes, done.refused), (2, false));
    assert_eq!(active(&app, NORDIK.1, "2026-11-23"), ["GG-1"]);
    assert!(below::import(&app.app, None, &path, false).unwrap().known);
    let page = app.as_("aline").open(&format!("/entreprises/{}", app.company(NORDIK.1))).await;
    assert!(page.says(&say("contract-state-active")) && page.says("GG-1"), "{}", page.text());
}
