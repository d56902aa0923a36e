//! The report as a whole: figures against a naive recomputation, then each format against the figures.

mod formats;
mod naive;
#[cfg(feature = "pdf")]
mod paper;
#[path = "../../../tests/data/report/sample.rs"]
mod sample;
mod words;

use crate::reports::compose;
use crate::reports::document::{Pair, Table};
use crate::reports::figures::AuditFigures;
use crate::reports::rows::ReportRow;
use crate::reports::texts::Texts;
use crate::text::Language;

/// Every text of a report.
fn shown(rows: &[ReportRow], language: Language) -> Vec<String> {
    let context = sample::context(language);
    let look = words::lookup(language);
    let figures = AuditFigures::compute(rows, &context).unwrap();
    let document = compose::document(&figures, &context, &Texts::new(&look, language));
    let pair = |pair: Pair| [pair.term, pair.text];
    let table = |table: Table| {
        let cells = table.rows.into_iter().chain(table.total).flatten().map(|cell| cell.text);
        let columns = table.columns.into_iter().map(|column| column.title);
        columns.chain(cells).chain([table.caption]).chain(table.note).collect::<Vec<_>>()
    };
    let mut all = vec![document.title, document.period];
    all.extend(document.meta.into_iter().chain(document.definitions).chain(document.method.facts).flat_map(pair));
    all.extend(document.key_figures.into_iter().flat_map(|key| [key.value, key.label, key.detail]));
    all.extend(document.highlights.into_iter().chain(document.method.paragraphs));
    for section in document.sections {
        all.extend([section.title, section.finding]);
        all.extend(section.chart.into_iter().flat_map(|chart| chart.labels).map(|label| label.text));
        all.extend(section.tables.into_iter().flat_map(table));
    }
    all
}
