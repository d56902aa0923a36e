//! Sentences, JSON, CSV, XLSX and page from the same figures.

use std::io::{Cursor, Read};

use super::words::lookup;
use super::{sample, shown};
use crate::reports::compose;
use crate::reports::csv::{COLUMNS, CsvRows};
use crate::reports::figures::AuditFigures;
use crate::reports::json;
use crate::reports::neutral::{looks_like_formula, restore};
use crate::reports::rows::{ReportContext, ReportRow};
use crate::reports::texts::Texts;
use crate::reports::xlsx::XlsxReport;
use crate::text::Language;

fn csv_of(rows: &[ReportRow], language: Language) -> String {
    let mut csv = CsvRows::new(Vec::new(), &Texts::new(&lookup(language), language)).unwrap();
    for row in rows {
        csv.write(row).unwrap();
    }
    String::from_utf8(csv.finish().unwrap()).unwrap()
}

fn xlsx_of(rows: &[ReportRow], language: Language) -> Vec<u8> {
    let context = sample::context(language);
    let look = lookup(language);
    let texts = Texts::new(&look, language);
    let mut book = XlsxReport::new(&context, &texts, None).unwrap();
    rows.iter().for_each(|row| book.write(row).unwrap());
    let mut out = Cursor::new(Vec::new());
    book.finish(&AuditFigures::compute(rows, &context).unwrap(), &context, &mut out).unwrap();
    out.into_inner()
}

#[test]
fn sentences_follow_the_typography_of_quebec() {
    for size in [0, 1, 2, 400] {
        for text in shown(&sample::rows(size), Language::Fr) {
            for wrong in [" ?", " !", " ;", "\u{a0};", " :", " %", " $", "« ", " »", "\u{202f}", "\u{2068}", "report-"]
            {
                // What people wrote is not ours to correct.
                assert!(!text.contains(wrong) || text.contains("hostile"), "{text:?} has {wrong:?}");
            }
        }
    }
}

#[test]
fn the_findings_state_the_figures() {
    let texts = shown(&sample::rows(400), Language::Fr).join("\n");
    let figures = AuditFigures::compute(sample::rows(400), &sample::context(Language::Fr)).unwrap();
    assert!(texts.contains("400 déclarations ont été déposées; le mois le plus chargé est"));
    let p90 = figures.delay.p90.unwrap();
    assert!(texts.contains(&format!("neuf sur dix en {p90}\u{a0}jours ouvrables ou moins")), "{texts}");
    assert!(texts.contains(&format!("{} déclarations attendent une décision, dont", figures.totals.pending)));
    let english = shown(&sample::rows(400), Language::En).join("\n");
    assert!(english.contains("400 declarations were filed; the busiest month is"));
    // No boast about an empty period.
    assert!(!shown(&[], Language::Fr).join("\n").contains("Toutes les déclarations"));
    assert!(shown(&[], Language::Fr).contains(&"Aucune déclaration n’a été déposée pendant la période.".to_owned()));
    assert!(shown(&sample::rows(1), Language::Fr).join("\n").contains("1 déclaration a été déposée; "));
}

#[test]
fn what_is_decided_on_the_day_of_filing_is_said_so_and_not_in_zero_days() {
    let mut rows = sample::rows(40);
    rows.iter_mut().filter(|row| row.decision_days.is_some()).for_each(|row| row.decision_days = Some(0));
    let texts = shown(&rows, Language::Fr).join("\n");
    assert!(texts.contains("rendues le jour même et neuf sur dix le jour même;"), "{texts}");
    assert!(!texts.contains("en 0"), "{texts}");
    assert!(shown(&rows, Language::En).join("\n").contains("Half of decisions are made on the same day and"));
}

/// O06
#[test]
fn no_csv_cell_is_a_formula_and_the_text_comes_back() {
    let mut rows = sample::rows(60);
    for (row, text) in
        rows.iter_mut().zip(["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", " =1", "'=1", "a;=b\"", "\n=1"])
    {
        row.reason = Some(text.into());
    }
    for language in [Language::Fr, Language::En] {
        let csv = csv_of(&rows, language);
        let body = csv.strip_prefix('\u{feff}').unwrap();
        let delimiter = if language == Language::Fr { b';' } else { b',' };
        let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).from_reader(body.as_bytes());
        assert_eq!(reader.headers().unwrap().len(), COLUMNS.len());
        for (record, row) in reader.records().zip(&rows) {
            let record = record.unwrap();
            assert!(record.iter().all(|cell| cell.starts_with('\'') || !looks_like_formula(cell)), "{record:?}");
            let word = lookup(language)(&format!("report-state-{}", row.state.replace('_', "-")), &[]);
            assert_eq!(
                (&record[7], &record[8]),
                (row.state.as_str(), word.as_str()),
                "the state has its code and its word"
            );
            assert_eq!(restore(&record[12]), row.reason.as_deref().unwrap_or_default());
            assert_eq!(&record[15], row.first_filed_on.to_string());
            let point = if language == Language::Fr { ',' } else { '.' };
            let value = row.value_cents.map(|cents| format!("{}{point}{:02}", cents / 100, cents % 100));
            assert_eq!(record[28], value.unwrap_or_default());
        }
    }
}

/// The members of the workbook, by name. The zip format is read by the `zip` of the system.
fn members(book: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    std::fs::write(&path, book).unwrap();
    let script = "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nprint('\\n'.join(n+'\\n'+z.read(n).decode() for n in z.namelist()))";
    let output = std::process::Command::new("python3").args(["-c", script]).arg(&path).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// O06
#[test]
fn the_workbook_has_typed_strings_dates_and_amounts_and_no_formula() {
    let mut rows = sample::rows(12);
    rows[0].reason = Some("=cmd|' /C calc'!A0".into());
    rows[0].value_cents = Some(123_456);
    rows[0].company_name = Some("@SUM(A1)".into());
    let xml = members(&xlsx_of(&rows, Language::Fr));
    for sheet in ["Sommaire", "Chiffres", "Déclarations", "Méthode"] {
        assert!(xml.contains(&format!("name=\"{sheet}\"")), "{sheet}");
    }
    assert!(!xml.contains("<f>") && !xml.contains("<f ") && !xml.contains("hyperlink"), "a formula or a link");
    assert!(xml.contains("t=\"inlineStr\"><is><t>=cmd|"));
    assert!(xml.contains("quotePrefix=\"1\""));
    assert!(xml.contains("<v>1234.56</v>"));
    assert!(xml.contains("Retard de la décision (jours ouvrables)") && !xml.contains("civils"));
    assert!(xml.contains("state=\"frozen\"") && xml.contains("<autoFilter ref=\"A1:AH13\""));
    // 2026-04-01 is day 46113 of the format.
    let first = rows[0].first_filed_on - chrono::NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
    assert!(xml.contains(&format!("<v>{}</v>", 46_113 + first.num_days())));
    let figures = AuditFigures::compute(&rows, &sample::context(Language::Fr)).unwrap();
    assert!(xml.contains(&figures.data.sha256));
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let rows = sample::rows(30);
    assert!(xlsx_of(&rows, Language::Fr) == xlsx_of(&rows, Language::Fr));
    assert!(csv_of(&rows, Language::En) == csv_of(&rows, Language::En));
}

#[test]
fn the_json_has_a_schema_and_reads_back() {
    let context = sample::context(Language::Fr);
    let figures = AuditFigures::compute(sample::rows(100), &context).unwrap();
    let mut out = Vec::new();
    json::write_figures(&figures, &context, &mut out).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(value["schema"], json::SCHEMA);
    assert_eq!(value["figures"]["totals"]["declarations"], 100);
    assert_eq!(serde_json::from_value::<AuditFigures>(value["figures"].clone()).unwrap(), figures);
}

/// A07: how far the journal is signed, and what still waits for a witness, is in the document that every format sets.
#[test]
fn what_waits_for_a_witness_is_told_in_every_format() {
    let told = [
        "Dernière tête signée",
        "3\u{a0}novembre 2026, 9\u{a0}h\u{a0}04, sur 4\u{a0}812 événements du journal",
        "Changements en attente d’un témoin",
        "2 de la période, le plus ancien depuis 39\u{a0}s",
        "311\u{a0}s pour le plus long (4\u{a0}020 couverts).",
    ];
    let rows = sample::rows(2);
    let (document, book) = (shown(&rows, Language::Fr).join("\n"), members(&xlsx_of(&rows, Language::Fr)));
    for words in told {
        assert!(document.contains(words), "{words}: {document}");
        assert!(book.contains(words), "{words}");
    }
    let mut context = sample::context(Language::Fr);
    let figures = AuditFigures::compute(&rows, &context).unwrap();
    let json = |context: &ReportContext| {
        let mut out = Vec::new();
        json::write_figures(&figures, context, &mut out).unwrap();
        serde_json::from_slice::<serde_json::Value>(&out).unwrap()["context"]["witnessed"].clone()
    };
    assert_eq!(
        (json(&context)["head"]["events"].clone(), json(&context)["waits"]["uncovered"].clone()),
        (4812.into(), 2.into())
    );
    // A witness that was away for months is not told in millions of seconds.
    if let Some(waits) = context.witnessed.as_mut().and_then(|witnessed| witnessed.waits.as_mut()) {
        (waits.p50, waits.p99, waits.longest) = (601, 7_201, 4_884_721);
    }
    let look = lookup(Language::Fr);
    let told_of = |context: &ReportContext| {
        let document = compose::document(&figures, context, &Texts::new(&look, Language::Fr));
        document.method.facts.into_iter().map(|fact| fact.text).collect::<Vec<_>>().join("\n")
    };
    let long = told_of(&context);
    for words in ["11\u{a0}min au plus", "3\u{a0}h pour 99", "57\u{a0}jours pour le plus long"] {
        assert!(long.contains(words), "{words}: {long}");
    }
    // The twin: where nothing is signed, nothing is said to be.
    context.witnessed = None;
    assert!(json(&context).is_null());
    let document = compose::document(&figures, &context, &Texts::new(&look, Language::Fr));
    assert!(document.method.facts.iter().all(|fact| !told.contains(&fact.term.as_str())));
}

/// O08
#[test]
fn the_page_is_complete_without_styles_and_escapes_what_people_wrote() {
    let mut page = handlebars::Handlebars::new();
    page.set_strict_mode(true);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/report");
    for name in ["chart", "table", "section", "body"] {
        let mut source = String::new();
        std::fs::File::open(format!("{folder}/{name}.hbs")).unwrap().read_to_string(&mut source).unwrap();
        assert!(!source.contains("{{{") && !source.contains("style=") && !source.contains("<script"), "{name}");
        page.register_partial(&format!("report/{name}"), source).unwrap();
    }
    let context = sample::context(Language::Fr);
    let look = lookup(Language::Fr);
    let texts = Texts::new(&look, Language::Fr);
    for size in [0, 1, 400] {
        let figures = AuditFigures::compute(sample::rows(size), &context).unwrap();
        let document = compose::document(&figures, &context, &texts);
        let html = page.render("report/body", &document).unwrap();
        assert!(!html.contains("<script"), "user text must be escaped");
        // Every chart is a picture with a name; the patterns they share are drawn once, for no reader.
        assert_eq!(html.matches("<svg class=\"chart\"").count(), html.matches("role=\"img\"").count());
        assert_eq!(html.matches("<svg").count(), 1 + html.matches("role=\"img\"").count());
        for pattern in html.split("url(#").skip(1).filter_map(|rest| rest.split_once(')')) {
            assert!(html.contains(&format!("<pattern id=\"{}\"", pattern.0)), "{}", pattern.0);
        }
        assert_eq!(html.matches("report-finding").count(), document.sections.len());
        let parsed = scraper::Html::parse_document(&format!("<!doctype html><html lang=fr><title>t</title>{html}"));
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
        if size == 400 {
            assert!(html.contains("&lt;script&gt;alert(1)"));
            if let Ok(path) = std::env::var("REPORT_PAGE") {
                std::fs::write(path, html).unwrap();
            }
        }
    }
}
