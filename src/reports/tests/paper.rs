//! The PDF. Typst is slow unoptimised: few rows, except where the number is the point.

use super::sample;
use super::words::lookup;
use crate::reports::figures::AuditFigures;
use crate::reports::pdf::render;
use crate::reports::rows::ReportRow;
use crate::reports::texts::Texts;
use crate::text::Language;

fn pdf_of(rows: &[ReportRow], language: Language) -> Vec<u8> {
    let context = sample::context(language);
    let look = lookup(language);
    let figures = AuditFigures::compute(rows, &context).unwrap();
    render(&figures, &context, &Texts::new(&look, language)).unwrap()
}

/// The text of the pages, by poppler; none when it is not installed.
fn text_of(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, pdf).unwrap();
    let output = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A07, O07, O08
#[test]
fn the_pdf_says_the_figures_and_holds_what_people_wrote_as_text() {
    let mut rows = sample::rows(40);
    let hostile = "#panic(\"x\") $x$ *gras* _it_ `code` \\( \\) << /JS (app.alert(1)) >> <lien> @ref = titre";
    for row in rows.iter_mut().filter(|row| row.decided_on.is_some()) {
        row.reason = Some(hostile.into());
        row.measures = vec!["🎁 שלום 中文 Škoda".into(), "x".repeat(400)];
    }
    let pdf = pdf_of(&rows, Language::Fr);
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let raw = String::from_utf8_lossy(&pdf);
    for active in ["/JavaScript", "/OpenAction", "/Launch", "/EmbeddedFile", "/SubmitForm", "/AA "] {
        assert!(!raw.contains(active), "{active}");
    }
    assert!(raw.contains("pdfuaid:part>1<") && raw.contains("pdfaid:part>2<"), "both standards are declared");
    assert!(raw.contains("/Marked true") && raw.contains("/Lang"));
    let Some(text) = text_of(&pdf) else { return };
    let figures = AuditFigures::compute(&rows, &sample::context(Language::Fr)).unwrap();
    assert!(text.contains(&figures.data.sha256));
    let spaced = text.replace('\u{a0}', " ");
    assert!(spaced.contains("Dernière tête signée") && spaced.contains("sur 4 812 événements du journal"), "{text}");
    assert!(spaced.contains("2 de la période, le plus ancien depuis 39 s"), "{text}");
    assert!(text.contains("40 déclarations ont été déposées"));
    assert!(text.contains("#panic(\"x\") $x$ *gras*"), "{text}");
    assert!(text.contains("Skoda") && text.contains("remplacés par"));
}

#[test]
fn an_empty_period_and_one_row_make_a_report_in_both_languages() {
    for language in [Language::Fr, Language::En] {
        for size in [0, 1] {
            assert!(pdf_of(&sample::rows(size), language).len() > 10_000);
        }
    }
}

#[test]
fn the_same_figures_give_the_same_pdf() {
    let rows = sample::rows(2);
    assert!(pdf_of(&rows, Language::Fr) == pdf_of(&rows, Language::Fr));
}
