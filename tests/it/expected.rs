//! What units were expected to declare, beside what they declared.

use chrono::NaiveDate;
use diesel::prelude::*;
use probite::contracts::below;
use probite::db::schema::persons;
use probite::db::search::fold;
use serde_json::json;

use crate::contracts::files::{Folder, package, release, takes_in};
use crate::support::browser::Page;
use crate::support::ministry::NORDIK;
use crate::support::{TestApp, answers, say};

const PAGE: &str = "/rapports/attendu";

/// Colleagues of Camille, numbered from one.
fn colleagues(app: &TestApp, many: usize) {
    let unit = app.actor("camille").unit;
    app.write(move |tx| {
        for number in 0..many {
            let (given, family) = (format!("Collègue {number}"), "Tanguay".to_owned());
            let folded = fold(&format!("{given} {family}"));
            diesel::insert_into(persons::table)
                .values((
                    persons::number.eq(format!("3{number:05}")),
                    persons::given_name.eq(given),
                    persons::family_name.eq(family),
                    persons::email.eq(format!("c{number}@ministere.example")),
                    persons::title.eq("Analyste"),
                    persons::unit_id.eq(unit),
                    persons::site.eq("Québec"),
                    persons::regime.eq("public_servant"),
                    persons::position.eq("none"),
                    persons::language.eq("fr"),
                    persons::active_from.eq(NaiveDate::from_ymd_opt(2024, 4, 1).unwrap()),
                    persons::folded.eq(folded),
                ))
                .execute(tx.conn)?;
        }
        Ok(())
    });
}

/// The cells of a unit's row.
fn row(page: &Page, unit: &str) -> String {
    page.select_text("tbody tr").into_iter().find(|row| row.starts_with(unit)).unwrap_or_default()
}

#[actix_web::test]
async fn small_numbers_are_left_out_and_the_total_does_not_give_them_back() {
    let app = TestApp::new().await;
    colleagues(&app, 16);
    // Five of the fourteen people of the other units, two at most in each.
    for name in ["aline", "marc", "victor", "audrey", "olivier"] {
        app.files(name, "interest_declaration", json!({ "type": "nil" }));
    }
    let page = app.as_("audrey").open(PAGE).await;
    assert_eq!((page.status, page.h1()), (200, say("expected-title")));
    // Twenty people and nobody declared: a finding, said.
    assert!(row(&page, "Équipe infonuagique").contains("0 sur 20"), "{}", page.text());
    assert!(row(&page, "Équipe des approvisionnements").contains(&say("expected-hidden")), "three people");
    assert!(page.says("5 sur 34"), "{}", page.text());
    app.files("camille", "interest_declaration", json!({ "type": "nil" }));
    let page = app.as_("audrey").open(PAGE).await;
    assert!(row(&page, "Équipe infonuagique").contains(&say("expected-hidden")), "one of twenty");
    assert!(!page.says("1 sur"), "{}", page.text());
    let csv = app.as_("audrey").open(&page.link("CSV")).await;
    assert!(csv.html.contains("INFO;Équipe infonuagique;interests;;"), "{}", csv.html);
    for name in ["aline", "solange", "victor"] {
        assert_eq!(app.as_(name).open(PAGE).await.status, 200, "{name}");
    }
    for name in ["camille", "rita", "rosalie", "serge"] {
        assert_eq!(app.as_(name).open(PAGE).await.status, 403, "{name}");
    }
}

#[actix_web::test]
async fn the_ethics_officer_reads_every_number_and_others_the_same_table_with_small_ones_left_out() {
    let app = TestApp::new().await;
    colleagues(&app, 16);
    app.files("camille", "interest_declaration", json!({ "type": "nil" }));
    let page = app.as_("aline").open(PAGE).await;
    assert!(row(&page, "Équipe infonuagique").contains("1 sur 20"), "{}", page.text());
    assert!(row(&page, "Équipe des approvisionnements").contains("0 sur 3"), "{}", page.text());
    assert!(row(&page, &say("expected-total")).contains("1 sur 34"), "{}", page.text());
    assert!(page.says(&say("expected-whole-text")) && !page.says(&say("expected-hidden-text")), "{}", page.text());
    let csv = app.as_("aline").open(&page.link("CSV")).await;
    assert!(csv.html.contains("INFO;Équipe infonuagique;interests;20;1"), "{}", csv.html);
    // The twins: whoever does not follow up reads neither the small numbers nor what would give them back.
    for name in ["audrey", "solange", "victor"] {
        let page = app.as_(name).open(PAGE).await;
        assert!(row(&page, "Équipe infonuagique").contains(&say("expected-hidden")), "{name}: {}", page.text());
        assert!(!page.says("1 sur") && !page.says(&say("expected-whole-text")), "{name}: {}", page.text());
        let csv = app.as_(name).open(&page.link("CSV")).await;
        assert!(csv.html.contains("INFO;Équipe infonuagique;interests;;"), "{name}: {}", csv.html);
    }
}

#[actix_web::test]
async fn a_unit_that_handles_a_contract_and_declares_nothing_is_the_finding() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    takes_in(&app, &folder.put("hebdo.json", package(&[release(100, "2026-03-01")])));
    let about = answers::changed(answers::relation(), json!({ "contract_number": "c-100" }));
    app.files("camille", "business_relation", about);
    let aline = app.as_("aline");
    let page = aline.open(PAGE).await;
    let follow = aline.open(&page.link(&say("expected-follow-link"))).await;
    assert!(follow.says(&say("expected-silent-none")), "it declared this year: {}", follow.text());
    assert!(follow.says("Théo Simard") && follow.says("Camille Gagnon"), "nobody declared their interests");
    assert!(app.access_log().contains(&("aline", "silence".into(), true)));
    // The next fiscal year the contract still runs or not: this one ends on 14 February 2027.
    app.clock.set("2027-04-12".parse().unwrap(), 10, 0);
    let follow = app.as_("aline").open(&format!("{PAGE}/suivi")).await;
    assert!(follow.says(&say("expected-silent-none")), "it is over: {}", follow.text());
    let longer =
        crate::contracts::files::with(release(100, "2027-02-01"), "/contracts/0/period/endDate", json!("2028-08-31"));
    takes_in(&app, &folder.put("suite.json", package(&[longer])));
    let follow = app.as_("aline").open(&format!("{PAGE}/suivi")).await;
    assert!(follow.says("Équipe infonuagique (INFO)") && follow.says("1 contrat"), "{}", follow.text());
    // The year before is as it was.
    let before = app.as_("aline").open(&format!("{PAGE}/suivi?annee=2026")).await;
    assert!(before.says(&say("expected-silent-none")), "{}", before.text());
    for name in ["audrey", "solange", "victor", "camille"] {
        assert_eq!(app.as_(name).open(&format!("{PAGE}/suivi")).await.status, 403, "{name}");
        assert!(!app.as_(name).open(PAGE).await.says(&say("expected-follow-link")), "{name}");
    }
}

/// Whoever follows contracts and never declared anything is in nobody's declarations: the ministry's books say it.
#[actix_web::test]
async fn a_unit_that_the_books_say_follows_contracts_is_expected_before_it_declares_anything() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    takes_in(&app, &folder.put("hebdo.json", package(&[release(100, "2026-03-01")])));
    let follow = app.as_("aline").open(&format!("{PAGE}/suivi")).await;
    assert!(follow.says(&say("expected-silent-none")), "nobody knows who follows it: {}", follow.text());
    let takes = |name: &str, unit: &str| {
        let rows = format!(
            "numero;neq;nom;montant;signe_le;debut;fin;objet;unite\n\
             C-100;1171234567;Nordik Infonuagique inc.;150 000,00;2026-02-01;2026-02-15;2027-02-14;;{unit}\n\
             GG-1;1171234567;Nordik Infonuagique inc.;24 500,00;2026-10-01;2026-10-15;2027-03-31;Conseil;{unit}\n"
        );
        below::import(&app.app, None, &folder.put(name, rows), false).unwrap()
    };
    let unknown = takes("livres.csv", "XYZ");
    let told: Vec<&str> = unknown.problems.shown.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!((unknown.refused, told), (true, vec!["import-unknown-unit"; 2]));
    assert!(!takes("livres.csv", "appro").refused);
    let follow = app.as_("aline").open(&format!("{PAGE}/suivi")).await;
    assert!(
        follow.says("Équipe des approvisionnements (APPRO)") && follow.says("2 contrats"),
        "C-100 counts once: {}",
        follow.text()
    );
    // Published and in the books: one contract for whoever asks.
    let numbers: Vec<String> = app.read(|tx| {
        let (neqs, today) = ([NORDIK.1.to_owned()], tx.today());
        Ok(probite::contracts::store::active_on(tx, &neqs, today)?.into_iter().map(|one| one.number).collect())
    });
    assert_eq!(numbers.iter().filter(|number| *number == "C-100").count(), 1, "{numbers:?}");
    // The twin: it declares.
    let about = answers::changed(answers::relation(), json!({ "contract_number": "C-100" }));
    app.files("olivier", "business_relation", about);
    let follow = app.as_("aline").open(&format!("{PAGE}/suivi")).await;
    assert!(follow.says(&say("expected-silent-none")), "{}", follow.text());
}

#[actix_web::test]
async fn companies_heard_and_presences_are_declared_or_missing() {
    let app = TestApp::new().await;
    app.holds("nadia", &["camille", "theo"]);
    let rows = |app: &TestApp| {
        app.read(|tx| {
            let year = probite::reports::expected::Year::of(2026, tx.today()).unwrap();
            probite::reports::expected::of_year(tx, year)
        })
    };
    let of = |app: &TestApp, code: &str, what| {
        let pair = rows(app).into_iter().find(|row| row.code == code).unwrap().pair(what);
        (pair.declared, pair.expected)
    };
    use probite::reports::expected::Expected::{Events, Meetings};
    assert_eq!(of(&app, "APPRO", Meetings), (0, 2), "Nordik and Boréal were heard");
    assert_eq!(of(&app, "INFO", Events), (0, 2));
    assert!(rows(&app).iter().any(|row| row.code == "APPRO" && row.is_silent()));
    let about = answers::changed(answers::relation(), json!({ "occurred_on": "2026-12-17" }));
    app.files("nadia", "business_relation", about);
    assert_eq!(of(&app, "APPRO", Meetings), (1, 2));
    assert!(!rows(&app).iter().any(|row| row.code == "APPRO" && row.is_silent()));
}
