//! Reports of a part of the register and of showcases, taken away; and what readers of figures alone may choose.

use std::io::{Cursor, Read};

use serde_json::{Value, json};

use crate::programme::scene::PLAN;
use crate::support::browser::{Page, tidy};
use crate::support::{TestApp, answers, say};

const PERIOD: &str = "du=2026-04-01&au=2026-11-30";
const SHOWCASES: &str = "du=2026-12-01&au=2026-12-31";

/// The lines of a CSV: table, title, row, label, column, value.
fn lines(page: &Page) -> Vec<Vec<String>> {
    let text = page.html.trim_start_matches('\u{feff}').to_owned();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of every table of a JSON as a page reads them, by table.
fn tables(report: &Value) -> Vec<(String, Vec<String>)> {
    let none = say("report-none");
    let read = |cell: &Value| cell["text"].as_str().map_or_else(|| none.clone(), str::to_owned);
    let row = |row: &Value| tidy(&row.as_array().unwrap().iter().map(read).collect::<Vec<_>>().join(" "));
    let all = report["sections"].as_array().unwrap().iter().flat_map(|section| section["tables"].as_array().unwrap());
    all.map(|table| {
        let rows = table["rows"].as_array().unwrap().iter().map(row).collect();
        (table["id"].as_str().unwrap().to_owned(), rows)
    })
    .collect()
}

/// The texts of a workbook.
fn words(workbook: &Page) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(&workbook.bytes)).unwrap();
    let mut text = String::new();
    zip.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[actix_web::test]
async fn the_files_of_a_part_hold_the_figures_of_its_page_and_leave_a_row() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "return").unwrap();
    app.files("theo", "event_request", answers::event());
    app.files("camille", "business_relation", answers::relation());
    for (name, part) in [("rosalie", "equipe"), ("rita", "contrats")] {
        let browser = app.as_(name);
        let page = browser.open(&format!("/rapports/{part}?{PERIOD}")).await;
        for kind in ["xlsx", "json", "csv"] {
            let href = format!("/rapports/{part}.{kind}?{}", PERIOD.replace('&', "&amp;"));
            assert!(page.html.replace("&#x3D;", "=").contains(&href), "{name} {kind}");
        }
        let json = browser.open(&format!("/rapports/{part}.json?{PERIOD}")).await;
        let report: Value = serde_json::from_str(&json.html).unwrap();
        let tables = tables(&report);
        assert!(tables.len() > 3, "{tables:?}");
        for (id, rows) in &tables {
            assert_eq!(&page.select_text(&format!("#table-{id} tbody tr")), rows, "{name} {id}");
        }
        let csv = browser.open(&format!("/rapports/{part}.csv?{PERIOD}")).await;
        let total: Vec<String> = lines(&csv)
            .into_iter()
            .filter(|line| line[0] == "kinds" && line[2] == "0")
            .take(4)
            .map(|line| line[5].clone())
            .collect();
        let told = page.select_text("#table-kinds tfoot tr").join("");
        assert!(told.starts_with(&format!("Total {} ", total.join(" "))), "{told}: {total:?}");
        let workbook = browser.open(&format!("/rapports/{part}.xlsx?{PERIOD}")).await;
        let title = report["title"].as_str().unwrap();
        assert!(words(&workbook).contains(title), "{name}");
        let name_of_file = workbook.header("content-disposition").unwrap().to_owned();
        assert!(name_of_file.contains(&format!("rapport-{part}-2026-04-01-2026-11-30.xlsx")), "{name_of_file}");
    }
    for row in [("rosalie", "team.csv"), ("rosalie", "team.xlsx"), ("rita", "contracts.json")] {
        assert!(app.access_log().contains(&(row.0, row.1.to_owned(), true)), "{row:?}");
    }
}

#[actix_web::test]
async fn a_file_of_a_report_answers_as_its_page_does() {
    let app = TestApp::new().await;
    for name in ["camille", "rosalie", "rita", "audrey", "aline", "solange", "cyril", "serge"] {
        let browser = app.as_(name);
        for part in ["equipe", "contrats", "vitrines"] {
            let page = browser.open(&format!("/rapports/{part}?{PERIOD}")).await;
            for kind in ["xlsx", "json", "csv"] {
                let file = browser.open(&format!("/rapports/{part}.{kind}?{PERIOD}")).await;
                assert_eq!(file.status, page.status, "{name} {part} {kind}");
            }
        }
    }
    // Nobody reports to Camille, and a period that ends before it begins is none: the page says so.
    let nobody = app.as_("camille").open(&format!("/rapports/equipe.csv?{PERIOD}")).await;
    assert!(nobody.says(&say("report-team-nobody")), "{}", nobody.text());
    let wrong = app.as_("rita").open("/rapports/contrats.csv?du=2026-11-30&au=2026-11-01").await;
    assert_eq!(wrong.errors(), [say("error-period")]);
    let left = app.access_log();
    assert!(!left.iter().any(|(who, what, _)| *who == "camille" && what == "team.csv"), "{left:?}");
}

#[actix_web::test]
async fn the_showcases_leave_one_by_one_for_whoever_reads_them_so_and_no_cell_begins_a_formula() {
    let app = TestApp::new().await;
    let named: Vec<_> = PLAN
        .iter()
        .map(|(field, value)| (*field, if *field == "title" { "=1+1 et la relève" } else { value }))
        .collect();
    app.plans("nadia", &named);
    let cyril = app.as_("cyril");
    let page = cyril.open(&format!("/rapports/vitrines?{SHOWCASES}")).await;
    let json = cyril.open(&format!("/rapports/vitrines.json?{SHOWCASES}")).await;
    let report: Value = serde_json::from_str(&json.html).unwrap();
    for (id, rows) in tables(&report).iter().filter(|(id, _)| id != "list") {
        assert_eq!(&page.select_text(&format!("#table-{id} tbody tr")), rows, "{id}");
    }
    let list = tables(&report).into_iter().find(|(id, _)| id == "list").unwrap().1;
    assert!(list.len() == 1 && list[0].starts_with("=1+1 et la relève"), "{list:?}");
    let csv = cyril.open(&format!("/rapports/vitrines.csv?{SHOWCASES}")).await;
    assert!(csv.html.contains(";'=1+1 et la relève;") && !csv.html.contains(";=1+1"), "{}", csv.html);
    // Whoever reads figures alone takes figures alone, reduced.
    let solange = app.as_("solange");
    for kind in ["json", "csv", "xlsx"] {
        let file = solange.open(&format!("/rapports/vitrines.{kind}?{SHOWCASES}")).await;
        let text = if kind == "xlsx" { words(&file) } else { file.html };
        assert!(text.contains(&say("statistics-few")) && !text.contains("la relève"), "{kind}: {text}");
        assert!(!text.contains("\"share\""), "{kind}: two exact counts are behind a share");
    }
}

/// Late by the same days wherever one reads it: on the file, and in every format of the report.
#[actix_web::test]
async fn lateness_is_told_in_the_business_days_of_the_file_in_every_format_of_the_report() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let first = json!({ "type": "initial", "duties_since": "2026-10-01" });
    let interest = app.files("theo", "interest_declaration", answers::changed(answers::interest(), first));
    // Due on Monday 30 November, both are a week late on the 7th.
    app.clock.set("2026-12-07".parse().unwrap(), 10, 0);
    assert_eq!(app.row(&gift).due_on, Some("2026-11-30".parse().unwrap()));
    let file = app.as_("rosalie").open(&format!("/d/{gift}")).await;
    assert!(file.says("En retard de 5 jours ouvrables."), "{}", file.text());
    let aline = app.as_("aline");
    let period = "du=2026-11-01&au=2026-12-07";
    let page = aline.open(&format!("/rapports?{period}")).await;
    assert!(page.says("l’échéance est dépassée de 5 jours ouvrables au plus"), "{}", page.text());
    assert!(page.says("Retard (jours ouvrables)") && page.says("Hors délai (jours ouvrables)"), "{}", page.text());
    assert!(!page.says("jours civils"), "{}", page.text());
    let report: Value =
        serde_json::from_str(&aline.open(&format!("/rapports/audit.json?{period}")).await.html).unwrap();
    assert_eq!(report["schema"], "probite.audit-report/2");
    let pending = report["figures"]["pending"]["items"].as_array().unwrap();
    let late: Vec<&Value> = pending.iter().map(|item| &item["overdue_days"]).collect();
    assert_eq!(late, [&json!(5), &json!(5)]);
    // Filed 21 civil days after its limit: 15 of them were worked.
    assert_eq!(app.row(&interest).days_late, 21);
    assert_eq!(report["figures"]["filed_late"]["p50"], 15);
    let csv = aline.open(&format!("/rapports/audit.csv?{period}")).await;
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(csv.html.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().unwrap().clone();
    let place = |name: &str| head.iter().position(|column| column == name).unwrap();
    let (filing, decision) = (place("jours_retard_depot"), place("retard_jours_ouvrables"));
    let told: Vec<_> = reader
        .records()
        .map(Result::unwrap)
        .map(|row| (row[0].to_owned(), row[filing].to_owned(), row[decision].to_owned()))
        .collect();
    let row = |slug: &str, filing: &str| (slug.to_owned(), filing.to_owned(), "5".to_owned());
    assert_eq!(told, [row(&gift, "0"), row(&interest, "15")]);
}

/// Two reports whose periods differ by some days would tell, by their difference, what each of them leaves out.
#[actix_web::test]
async fn readers_of_figures_alone_count_whole_months() {
    let app = TestApp::new().await;
    let gifts = || (0..3).for_each(|_| drop(app.files_gift("camille")));
    gifts();
    app.clock.set("2026-11-26".parse().unwrap(), 10, 0);
    gifts();
    let (days, month) = ("/rapports?du=2026-11-25&au=2026-11-27", "/rapports?du=2026-11-01&au=2026-11-30");
    let widened = "Période élargie à des mois entiers";
    for name in ["solange", "victor"] {
        let browser = app.as_(name);
        let (few, all) = (browser.open(days).await, browser.open(month).await);
        assert!(few.says(widened) && !all.says(widened), "{name}: {}", few.text());
        assert!(few.says(&say("report-months-hint")), "{name}");
        let rows = all.select_text("#table-months tbody tr");
        assert!(rows[0].starts_with("novembre 2026 5 "), "{name}: {rows:?}");
        assert_eq!(few.select_text("#table-months tbody tr"), rows, "{name}");
        assert_eq!(few.attribute("#du", "value").as_deref(), Some("2026-11-01"), "{name}");
        let showcases = browser.open("/rapports/vitrines?du=2026-12-03&au=2026-12-10").await;
        assert!(showcases.says(widened), "{name}");
        let file = browser.open("/rapports/vitrines.csv?du=2026-12-03&au=2026-12-10").await;
        let its_name = file.header("content-disposition").unwrap_or_default();
        assert!(its_name.contains("2026-12-01-2026-12-31"), "{name}: {its_name}");
    }
    // The twins: whoever reads the files chooses days.
    for name in ["aline", "audrey"] {
        let page = app.as_(name).open(days).await;
        let total = page.select_text("#table-kinds tfoot tr").join("");
        assert!(total.starts_with("Total 3 "), "{name}: {total}");
        assert!(!page.says(widened) && !page.says(&say("report-months-hint")), "{name}");
    }
    let cyril = app.as_("cyril").open("/rapports/vitrines?du=2026-12-03&au=2026-12-10").await;
    assert!(!cyril.says(widened));
}
