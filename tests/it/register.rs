//! The register taken out of the product: what leaves is what the page shows, whatever the filter.

use probite::companies::{actions, store};
use probite::declarations::kind::{Fact, Widget};
use probite::reports::answer_columns::{AnswerColumns, Cell};
use probite::text::Language;
use serde_json::{Value, json};

use crate::support::ministry::{BOREAL, NORDIK};
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

#[actix_web::test]
async fn a_whole_reference_finds_its_file_and_not_those_where_its_numbers_are_read() {
    let app = TestApp::new().await;
    let first = app.files_gift("camille");
    let citing = answers::changed(answers::gift(), json!({ "description": format!("Le même stylo que {first}.") }));
    let second = app.files("theo", "gift_declaration", citing);
    let aline = app.as_("aline");
    let lower = first.to_lowercase();
    for (typed, wanted) in [
        (first.as_str(), vec![&first]),
        (lower.as_str(), vec![&first]),
        (second.as_str(), vec![&second]),
        // The twin: a part of it is words like any others.
        ("CAD-2026", vec![&second, &first]),
        ("CAD-2026-999999", vec![]),
    ] {
        let csv = aline.open(&format!("/registre/export.csv?q={typed}")).await;
        assert_eq!(references(&csv.html), wanted, "{typed}");
        assert_eq!(aline.open(&format!("/registre?q={typed}")).await.select_text("tbody tr").len(), wanted.len());
    }
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

/// A filter ignored in silence would show, and let out, more than was asked.
#[actix_web::test]
async fn a_filter_that_means_nothing_is_said_beside_its_field_and_nothing_is_shown_nor_leaves() {
    let app = TestApp::new().await;
    let filed = app.files_gift("camille");
    app.write(|tx| {
        for number in 0..21 {
            store::add(tx, None, &format!("Zèbre {number:02} inc."), None, Some("Démonstration"))?;
        }
        Ok(())
    });
    let aline = app.as_("aline");
    for (query, field) in [
        ("du=2026-99-99", "du"),
        ("au=bientot", "au"),
        ("du=2026-11-24&au=2026-11-23", "au"),
        ("etat=pending", "etat"),
        ("etat=draft", "etat"),
        ("type=cadeau", "type"),
        ("unite=999999", "unite"),
        ("unite=toutes", "unite"),
        ("entreprise=z", "entreprise"),
        ("entreprise=zebre", "entreprise"),
    ] {
        let page = aline.open(&format!("/registre?{query}")).await;
        assert_eq!((page.status, page.errors().len()), (422, 1), "{query}: {}", page.text());
        assert_eq!(
            page.attribute(".error-summary a", "href").as_deref(),
            Some(format!("#{field}").as_str()),
            "{query}"
        );
        assert_eq!(page.attribute(&format!("#{field}"), "aria-invalid").as_deref(), Some("true"), "{query}");
        assert!(!page.html.contains(&filed) && page.select_text(".chip").is_empty(), "{query}: {}", page.text());
        for format in ["csv", "xlsx"] {
            let refused = aline.open(&format!("/registre/export.{format}?{query}")).await;
            assert_eq!((refused.status, refused.header("content-disposition")), (422, None), "{query}");
            assert_eq!(refused.errors(), page.errors(), "{query}");
        }
    }
    assert!(app.journal_of("exported").is_empty(), "nothing left");
    // What was typed is still there to be corrected.
    let page = aline.open("/registre?du=2026-99-99&q=camille").await;
    let form = page.form("/registre");
    assert_eq!((form.value("du"), form.value("q")), (Some("2026-99-99"), Some("camille")));
    let page = aline.send(&form.with("du", "2026-11-01")).await;
    assert!(page.status == 200 && page.html.contains(&filed), "the twin: {}", page.text());
}

#[actix_web::test]
async fn the_days_of_a_filter_are_written_as_people_write_them() {
    let app = TestApp::new().await;
    let filed = app.files_gift("camille");
    let aline = app.as_("aline");
    for (query, shows) in [
        ("du=23%20nov.%202026", true),
        ("du=24%20nov.%202026", false),
        ("au=hier", false),
        ("au=aujourd%E2%80%99hui", true),
        ("du=20261123&au=2026-11-23", true),
    ] {
        let page = aline.open(&format!("/registre?{query}")).await;
        assert_eq!((page.status, page.html.contains(&filed)), (200, shows), "{query}: {}", page.text());
        let csv = aline.open(&format!("/registre/export.csv?{query}")).await;
        assert_eq!(references(&csv.html).len(), usize::from(shows), "{query}");
    }
    let page = aline.open("/registre?du=23%20nov.%202026").await;
    assert!(page.says("Depuis le 23 novembre 2026"), "{}", page.text());
    assert_eq!(page.link("CSV"), "/registre/export.csv?du=2026-11-23", "the journal keeps a day that stays the same");
}

#[actix_web::test]
async fn every_company_of_a_name_is_looked_for_and_a_duplicate_leads_to_the_one_that_was_kept() {
    let app = TestApp::new().await;
    let about = |company: Value| answers::changed(answers::gift(), json!({ "company": company }));
    // The first of the alphabet is not the only one.
    let (first, double) = app.write(|tx| {
        let first = store::add(tx, None, "Nordik Aérien inc.", None, Some("Nom donné de mémoire"))?.id;
        Ok((first, store::add(tx, None, "Infonuage du Nordik", None, Some("Nom donné de mémoire"))?.id))
    });
    let of = |id: i64, name: &str| about(json!({ "company_id": id, "name": name }));
    let kept = app.files("camille", "gift_declaration", about(json!({ "name": NORDIK.0, "neq": NORDIK.1 })));
    let other = app.files("theo", "gift_declaration", of(first, "Nordik Aérien inc."));
    let merged = app.files("theo", "gift_declaration", of(double, "Infonuage du Nordik"));
    let apart = app.files("camille", "gift_declaration", about(json!({ "name": BOREAL.0, "neq": BOREAL.1 })));
    let aline = app.as_("aline");
    let found = async |typed: &str| {
        let page = aline.open(&format!("/registre?entreprise={typed}")).await;
        let csv = aline.open(&format!("/registre/export.csv?entreprise={typed}")).await;
        let all = [("kept", &kept), ("other", &other), ("merged", &merged), ("apart", &apart)];
        let shown: Vec<&str> = all.iter().filter(|(_, slug)| page.html.contains(*slug)).map(|(is, _)| *is).collect();
        assert_eq!(references(&csv.html).len(), shown.len(), "{typed}");
        shown
    };
    assert_eq!(found("nordik").await, ["kept", "other", "merged"]);
    assert_eq!(found("infonuage").await, ["merged"]);
    assert_eq!(found(NORDIK.1).await, ["kept"]);
    let nordik = app.company(NORDIK.1);
    app.does("aline", move |tx, actor| actions::merge(tx, actor, nordik, double)).unwrap();
    assert_eq!(found("infonuage").await, ["kept", "merged"], "whoever looks for the duplicate finds the one kept");
    assert_eq!(found(NORDIK.1).await, ["kept", "merged"]);
    assert_eq!(found("nordik").await, ["kept", "other", "merged"]);
    assert!(found("introuvable").await.is_empty());
}

/// The head and the rows of a CSV.
fn table(csv: &str, delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let text = csv.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let owned = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
    let head = owned(reader.headers().unwrap());
    (head, reader.records().map(|record| owned(&record.unwrap())).collect())
}

/// Columns of every row, whatever its kind.
const COMMON: usize = 35;

#[actix_web::test]
async fn a_file_of_one_kind_holds_what_was_answered_in_the_order_of_the_form() {
    let app = TestApp::new().await;
    let later = json!({ "occurred_on": "2026-11-19", "advantage_offered": true, "advantage_details": "=1+1" });
    app.files("camille", "business_relation", answers::changed(answers::relation(), later));
    app.files_gift("camille");
    let aline = app.as_("aline");
    let (head, rows) = table(&aline.open("/registre/export.csv?type=business_relation").await.html, b';');
    let kind = app.app.book.catalogue.kind("business_relation").unwrap().kind;
    assert_eq!((rows.len(), head.len()), (1, COMMON + kind.fields().count()));
    let expected: Vec<String> = kind.fields().map(|field| field.export.clone().unwrap()).collect();
    let told: Vec<String> =
        head[COMMON..].iter().map(|name| name.strip_prefix("reponse_").unwrap_or(name).to_owned()).collect();
    assert_eq!(told, expected);
    let unique: std::collections::BTreeSet<&String> = head.iter().collect();
    assert_eq!(unique.len(), head.len(), "no name twice: {head:?}");
    let of = |field: &str| {
        let place = kind.fields().position(|one| one.id == field).unwrap();
        rows[0][COMMON + place].as_str()
    };
    let label = |field: &str, id: &str| {
        let options = &kind.field(field).unwrap().options;
        options.iter().find(|option| option.id == id).unwrap().label.get(Language::Fr).to_owned()
    };
    assert_eq!(of("purpose"), label("purpose", "contract"));
    assert_eq!(of("initiated_by"), label("initiated_by", "company"));
    assert_eq!(of("contacts"), "Paul Ménard, Vice-président, paul.menard@nordik.example");
    assert_eq!((of("occurred_on"), of("off_duty"), of("advantage_offered")), ("2026-11-19", "non", "oui"));
    assert_eq!(of("advantage_details"), "'=1+1", "no cell begins a formula");
    assert!(of("company").starts_with(NORDIK.0) && of("company").contains(NORDIK.1), "{}", of("company"));
    // Every kind at once, or one that is in no register: nothing after what all rows have.
    let (whole, rows) = table(&aline.open("/registre/export.csv").await.html, b';');
    assert_eq!((whole.len(), rows.len()), (COMMON, 2));
    app.files("camille", "advice_request", answers::advice());
    let (sealed, rows) = table(&aline.open("/registre/export.csv?type=advice_request").await.html, b';');
    assert_eq!((sealed.len(), rows.len()), (COMMON, 0));
    // In English, ids; and a workbook whole to its last record.
    aline.open("/langue/en?retour=/").await;
    let (english, rows) = table(&aline.open("/registre/export.csv?type=gift_declaration").await.html, b',');
    let place = english.iter().position(|name| name == "description").unwrap();
    assert_eq!(rows[0][place], "Boîte de chocolats, à la fin du projet");
    let amount = english.iter().position(|name| name == "value_cents").unwrap();
    assert_eq!(rows[0][amount], "25.00");
    assert!(aline.open("/registre/export.xlsx?type=gift_declaration").await.html.contains("PK\u{5}\u{6}"));
}

/// Whoever reads a part of a file takes out no more of it.
#[actix_web::test]
async fn the_answers_that_leave_are_those_their_reader_reads_on_the_page() {
    let app = TestApp::new().await;
    let book = &app.app.book;
    let slug = app.files(
        "camille",
        "business_relation",
        answers::changed(answers::relation(), json!({ "participants": [{ "name": app.number("theo") }] })),
    );
    let row = app.row(&slug);
    let given = row.answers().unwrap();
    let of = |reader: &str, kind: &str| AnswerColumns::of(book, &app.actor(reader), Some(kind), Language::Fr);
    for version in book.catalogue.kinds().iter() {
        let kind = &version.kind;
        assert!(!kind.is_sealed() || of("aline", &kind.id).is_none(), "{}", kind.id);
        for nobody in ["camille", "rosalie", "serge"] {
            assert!(of(nobody, &kind.id).is_none(), "{nobody} {}", kind.id);
        }
    }
    assert!(AnswerColumns::of(book, &app.actor("aline"), None, Language::Fr).is_none());
    let kind = book.catalogue.version(row.kind_version_id).unwrap();
    let told = |reader: &str| of(reader, "business_relation").unwrap().cells(&kind, &given);
    let (whole, masked) = (told("aline"), told("audrey"));
    let mut veiled = 0;
    for ((field, whole), masked) in kind.fields().zip(&whole).zip(&masked) {
        if matches!(field.widget, Widget::Persons | Widget::Attachment) && *whole != Cell::Empty {
            assert_eq!(*masked, Cell::Text("–".to_owned()), "{}", field.id);
            veiled += 1;
        } else {
            assert_eq!(masked, whole, "{}", field.id);
        }
    }
    assert_eq!(veiled, 1, "Théo is not named");
    // The contract monitor reads interests in summary.
    let interest = book.catalogue.kind("interest_declaration").unwrap().kind;
    let kept = interest.fields().filter(|field| matches!(field.fact, Some(Fact::Company | Fact::Contract))).count();
    assert_eq!(of("rita", "interest_declaration").unwrap().names().len(), kept);
    assert_eq!(of("aline", "interest_declaration").unwrap().names().len(), interest.fields().count());
}

/// A kind that is not known, or that is sealed, would give an empty file, which says that nothing was declared.
#[actix_web::test]
async fn a_terminal_exports_no_kind_that_the_register_does_not_hold() {
    let app = TestApp::alone().await;
    let gift = app.files_gift("camille");
    app.files("camille", "advice_request", answers::advice());
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("probite.toml");
    std::fs::write(&settings, app.app.book.config.print().unwrap()).unwrap();
    let number = app.number("aline");
    let run = |kind: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_probite"))
            .args(["--config", settings.to_str().unwrap(), "export", "--by", &number, "--kind", kind])
            .output()
            .unwrap()
    };
    for kind in ["cadeau", "gift", "", "advice_request", "concern_report"] {
        let refused = run(kind);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{kind}: {told}");
        for offered in ["business_relation", "event_request", "gift_declaration", "interest_declaration"] {
            assert!(told.contains(offered), "{kind}: {told}");
        }
        assert!(!told.split("possibles").nth(1).unwrap().contains("advice_request"), "{kind}: {told}");
    }
    assert!(app.journal_of("exported").is_empty(), "nothing left");
    let out = run("gift_declaration");
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains(&gift), "the twin: {told}");
}
