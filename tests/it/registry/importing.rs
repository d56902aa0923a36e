//! From the ZIP to the register in force: whole, again, broken.

use diesel::prelude::*;
use probite::companies::registry::store;
use probite::db::schema::{imports, registry_enterprises, registry_generations, registry_names, registry_words};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::zips::{ENTERPRISES, NAMES, archive, registered, takes_in, zip};
use crate::support::TestApp;

fn find(app: &TestApp, neq: &'static str) -> Option<store::Enterprise> {
    app.read(|tx| store::find(tx, neq))
}

/// Rows of each table of the register.
fn counts(app: &TestApp) -> [i64; 4] {
    app.read(|tx| {
        Ok([
            registry_generations::table.count().get_result(tx.conn)?,
            registry_enterprises::table.count().get_result(tx.conn)?,
            registry_names::table.count().get_result(tx.conn)?,
            registry_words::table.count().get_result(tx.conn)?,
        ])
    })
}

#[actix_web::test]
async fn an_archive_tells_status_form_name_and_what_an_enterprise_was_merged_into() {
    let app = TestApp::new().await;
    registered(&app);
    let nordik = find(&app, "1171234567").unwrap();
    assert_eq!((nordik.name.as_str(), nordik.form.as_str()), ("Nordik Infonuagique inc.", "Compagnie"));
    assert_eq!((nordik.status.as_str(), nordik.successor), ("registered", None));
    let polar = find(&app, "1160000001").unwrap();
    assert_eq!((polar.status.as_str(), polar.successor.as_deref()), ("struck_off", Some("1171234567")));
    assert_eq!(app.read(|tx| store::merged_into(tx, &["1171234567".to_owned()])), ["1160000001"]);
    assert_eq!(find(&app, "9999999999"), None);
}

#[actix_web::test]
async fn of_a_sole_proprietor_only_the_business_name_is_kept() {
    let app = TestApp::new().await;
    registered(&app);
    assert_eq!(find(&app, "2260000003").unwrap().name, "Salon Aurore Boréale");
    assert_eq!(find(&app, "2260000004"), None, "no business name, nothing kept");
    let names: Vec<String> = app.read(|tx| Ok(registry_names::table.select(registry_names::name).load(tx.conn)?));
    assert!(names.iter().any(|name| name == "Salon Aurore Boréale"), "the twin");
    assert!(names.iter().all(|name| !name.contains("Fictif")), "{names:?}");
}

#[actix_web::test]
async fn the_same_archive_again_changes_nothing_and_a_newer_one_takes_the_whole_place() {
    let app = TestApp::new().await;
    let folder = registered(&app);
    let before = counts(&app);
    let again = takes_in(&app, &folder.path().join("JeuxDonnees.zip"));
    assert!(again.known && counts(&app) == before);
    let enterprises = ENTERPRISES.replace("\"1160000002\",\"N\",\"RO\",\"CIE\",\"\"\n", "");
    let names =
        NAMES.replace("1160000002,Équipements Fantôme ltée,,V,N\n", "").replace("Nordik Infonuagique", "Nordik Nuage");
    takes_in(&app, &archive(folder.path(), enterprises, names));
    assert_eq!(find(&app, "1160000002"), None);
    assert_eq!(find(&app, "1171234567").unwrap().name, "Nordik Nuage inc.");
    let [generations, enterprises, names, _] = counts(&app);
    assert_eq!((generations, enterprises, names), (1, before[1] - 1, before[2] - 1), "nothing is left of the old one");
}

#[actix_web::test]
async fn a_run_that_was_killed_leaves_the_register_as_it_was_and_the_next_one_cleans_up() {
    let app = TestApp::new().await;
    let folder = registered(&app);
    let before = counts(&app);
    // What a killed run leaves.
    app.write(|tx| {
        let last: i64 =
            registry_names::table.select(diesel::dsl::max(registry_names::id)).first::<Option<i64>>(tx.conn)?.unwrap();
        let now = tx.now();
        let id: i64 = diesel::insert_into(registry_generations::table)
            .values((
                registry_generations::state.eq("staging"),
                registry_generations::started_at.eq(now),
                registry_generations::first_name.eq(last + 1),
                registry_generations::last_name.eq(last),
            ))
            .returning(registry_generations::id)
            .get_result(tx.conn)?;
        diesel::insert_into(registry_enterprises::table)
            .values((
                registry_enterprises::generation.eq(id),
                registry_enterprises::neq.eq("1171234567"),
                registry_enterprises::status.eq("struck_off"),
                registry_enterprises::form.eq(""),
                registry_enterprises::name.eq("À moitié"),
            ))
            .execute(tx.conn)?;
        diesel::insert_into(registry_names::table)
            .values((
                registry_names::id.eq(last + 1),
                registry_names::neq.eq("1171234567"),
                registry_names::name.eq("À moitié"),
                registry_names::in_force.eq(true),
            ))
            .execute(tx.conn)?;
        probite::companies::registry::words::index(tx.conn, &[(last + 1, "a moitie".to_owned())])
    });
    assert_eq!(find(&app, "1171234567").unwrap().name, "Nordik Infonuagique inc.");
    let typed = app.read(|tx| probite::companies::registry::search::find(tx, "moitie", 8));
    assert!(typed.is_empty(), "{typed:?}");
    let report =
        takes_in(&app, &archive(folder.path(), format!("{ENTERPRISES}\"1160000009\",,\"IM\",\"CIE\",\n"), NAMES));
    assert!(!report.refused, "{report:?}");
    assert_eq!(counts(&app), [1, before[1] + 1, before[2], before[3]]);
}

#[actix_web::test]
async fn archives_that_cannot_be_trusted_are_refused_with_the_file_and_the_column() {
    let app = TestApp::new().await;
    let folder = registered(&app);
    let before = counts(&app);
    let path = folder.path().join("autre.zip");
    let told = |files: &[(&str, &[u8])]| {
        zip(&path, files);
        let report = takes_in(&app, &path);
        assert!(report.refused, "{report:?}");
        let problem = report.problems.shown[0].clone();
        (problem.file, problem.column, problem.code)
    };
    let said = |file: &str, column: &str, code: &str| (file.to_owned(), column.to_owned(), code.to_owned());
    let (enterprises, names) = (ENTERPRISES.as_bytes(), NAMES.as_bytes());
    assert_eq!(told(&[("Entreprise.csv", enterprises)]), said("autre.zip", "", "import-missing-file"));
    let missing = NAMES.replace("STAT_NOM", "AUTRE");
    assert_eq!(
        told(&[("Entreprise.csv", enterprises), ("Nom.csv", missing.as_bytes())]),
        said("Nom.csv", "STAT_NOM", "import-missing-column")
    );
    let open = format!("{ENTERPRISES}\"1160000009{}", "x\n".repeat(1_000_000));
    assert_eq!(
        told(&[("Entreprise.csv", open.as_bytes()), ("Nom.csv", names)]),
        said("Entreprise.csv", "", "import-open-quote")
    );
    // A ZIP cut in the middle, and something else.
    let whole = std::fs::read(folder.path().join("JeuxDonnees.zip")).unwrap();
    for bytes in [&whole[..whole.len() / 2], b"bonjour"] {
        std::fs::write(&path, bytes).unwrap();
        let report = takes_in(&app, &path);
        assert_eq!((report.refused, report.problems.shown[0].code.as_str()), (true, "import-broken-zip"));
    }
    assert_eq!(counts(&app), before);
}

#[actix_web::test]
async fn a_few_wrong_rows_are_named_and_left_out() {
    let app = TestApp::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut enterprises = ENTERPRISES.to_owned();
    let mut names = NAMES.as_bytes().to_vec();
    for n in 0..400 {
        enterprises.push_str(&format!("\"117{n:07}\",,\"IM\",\"CIE\",\n"));
        names.extend(format!("117{n:07},Essai {n} inc.,,V,N\n").bytes());
    }
    enterprises.push_str("\"11712E4567\",,\"IM\",\"CIE\",\n\"1160000077\",,\"??\",\"CIE\",\n");
    names.extend(b"1170000001,Caf\xe9 inc.,,A,N\n1170000002,trop,peu\n");
    let report = takes_in(&app, &archive(folder.path(), &enterprises, &names));
    assert!(!report.refused, "{report:?}");
    let told: Vec<(&str, u64, &str)> =
        report.problems.shown.iter().map(|p| (p.file.as_str(), p.line, p.code.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Entreprise.csv", 408, "import-bad-neq"),
            ("Entreprise.csv", 409, "import-unknown-status"),
            ("Nom.csv", 410, "import-not-utf-8"),
            ("Nom.csv", 411, "import-wrong-cells"),
        ]
    );
    let kept: i64 = app.read(|tx| Ok(imports::table.select(imports::error_count).first(tx.conn)?));
    assert_eq!(kept, 4);
    // The twin: too many of them, and it is not a register.
    let mut bad = ENTERPRISES.to_owned();
    (0..40).for_each(|_| bad.push_str("\"x\",,\"IM\",\"CIE\",\n"));
    assert!(takes_in(&app, &archive(folder.path(), bad, NAMES)).refused);
}

#[actix_web::test]
async fn a_preview_reads_everything_and_writes_nothing() {
    let app = TestApp::new().await;
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path(), ENTERPRISES, NAMES);
    let report = probite::companies::registry::import::import(&app.app, None, &path, true, &|_| {}).unwrap();
    assert_eq!((report.enterprises, report.refused), (6, false));
    assert_eq!(counts(&app), [0, 0, 0, 0]);
}

#[actix_web::test]
async fn archives_changed_at_random_never_stop_the_product_nor_leave_half_a_register() {
    let app = TestApp::new().await;
    let folder = registered(&app);
    let whole = std::fs::read(folder.path().join("JeuxDonnees.zip")).unwrap();
    let path = folder.path().join("abime.zip");
    let config = ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
    let refused = std::cell::Cell::new(0);
    let mutations =
        (proptest::collection::vec((0..whole.len(), any::<u8>()), 1..4), any::<bool>(), 0..NAMES.len(), any::<u8>());
    TestRunner::new(config)
        .run(&mutations, |(bytes, in_the_zip, place, byte)| {
            if in_the_zip {
                let mut broken = whole.clone();
                bytes.into_iter().for_each(|(place, byte)| broken[place] = byte);
                std::fs::write(&path, broken).unwrap();
            } else {
                let mut names = NAMES.as_bytes().to_vec();
                names[place] = byte;
                std::fs::rename(archive(folder.path(), ENTERPRISES, names), &path).unwrap();
            }
            let before = counts(&app);
            let report = takes_in(&app, &path);
            if report.refused {
                refused.set(refused.get() + 1);
                prop_assert_eq!(counts(&app), before);
            }
            let [generations, enterprises, ..] = counts(&app);
            prop_assert_eq!((generations, enterprises > 0), (1, true));
            Ok(())
        })
        .unwrap();
    assert!(refused.get() > 10, "the guard bites: {}", refused.get());
}
