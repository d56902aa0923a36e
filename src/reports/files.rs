//! The report of a part of the register (`parts.rs`) and that on showcases, taken away as a workbook, as CSV and as JSON. What leaves is
//! the document of the page, its lists as short: nothing is counted again, and nobody is named who is not named there.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::csv::short_table;
use super::document::{Cell, Column, Document, KeyFigure, Method, Pair, Table, Value};
use super::pages::{Period, lookup};
use super::parts::{self, Part};
use super::queries::Scope;
use super::sheets;
use super::texts::Texts;
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::Instant;
use crate::declarations::access_log;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::register::export::attachment;
use crate::text::Language;
use crate::web::Visit;
use crate::web::page::see_other;

/// Name and version of the JSON. A key is never renamed or given another meaning under one version; keys may be added.
pub const SCHEMA: &str = "probite.part-report/1";

/// Columns of the CSV, French then English: one line for each cell that is not the head of its row.
const COLUMNS: [(&str, &str); 6] = [
    ("tableau", "table"),
    ("tableau_titre", "table_title"),
    ("rangee", "row"),
    ("libelle", "label"),
    ("colonne", "column"),
    ("valeur", "value"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Csv,
    Json,
}

impl Format {
    /// In the order of the links of a page.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Json, Self::Csv];

    /// How the name of its files ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// The report that a file comes from.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Its name in the access log and in the journal: `team`.
    pub name: &'static str,
    /// Address of its page.
    pub page: &'static str,
    /// What the names of its files begin with.
    pub file: &'static str,
}

/// A report as it leaves.
pub struct Leaving {
    pub document: Document,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub generated_at: Instant,
    pub generated_by: String,
}

/// A file of the report of a part. Nobody's team has none: the page says so.
pub async fn of_part(visit: Visit, query: web::Query<Period>, part: Part, format: Format) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let source = Source { name: part.name(), page: part.address(), file: part.file() };
    if part == Part::Team && !actor.leads {
        return Ok(see_other(source.page, None));
    }
    take(&visit, query.into_inner(), source, format, move |tx, actor, scope| {
        let (document, context) = parts::made(tx, actor, part, scope, language)?;
        Ok(Leaving {
            document,
            from: context.from,
            to: context.to,
            generated_at: context.generated_at,
            generated_by: context.generated_by,
        })
    })
    .await
}

/// Records what leaves before its first byte, then makes it. A period that means nothing is told on the page, beside its fields.
///
/// # Errors
/// Too many files in an hour; the database does not answer.
pub async fn take<M>(visit: &Visit, period: Period, source: Source, format: Format, make: M) -> Result<HttpResponse>
where
    M: FnOnce(&mut Tx<'_>, &Actor, Scope) -> Result<Leaving> + Send + 'static,
{
    let (actor, language) = (visit.actor()?, visit.language);
    visit.limits.export(actor.person)?;
    let what = format!("{}.{}", source.name, format.extension());
    let (by, asked) = (Arc::clone(&actor), period.clone());
    let recorded = visit
        .app
        .write(move |tx| {
            let scope = asked.scope(tx.today(), language)?;
            access_log::exported(tx, &by, &what, None)?;
            let event = Event::Exported { what, rows: -1, filter: asked.address() };
            journal::record(tx, Some(by.person), None, &event)?;
            Ok(scope)
        })
        .await;
    let scope = match recorded {
        Err(Error::Invalid(_)) => return Ok(see_other(&format!("{}?{}", source.page, period.address()), None)),
        recorded => recorded?,
    };
    let leaving = visit.app.read_long(move |tx| make(tx, &actor, scope)).await?;
    let name = format!("{}-{}-{}.{}", source.file, leaving.from, leaving.to, format.extension());
    let bytes = match format {
        Format::Xlsx => leaving.workbook(language)?,
        Format::Csv => leaving.csv(language)?,
        Format::Json => leaving.json(source.name)?,
    };
    Ok(attachment(&name, format.media_type()).body(bytes))
}

impl Leaving {
    fn workbook(&self, language: Language) -> Result<Vec<u8>> {
        let lookup = lookup(language);
        let texts = Texts::new(&lookup, language);
        sheets::workbook(&self.document, &texts, &self.generated_by, self.generated_at).map_err(Error::internal)
    }

    fn csv(&self, language: Language) -> Result<Vec<u8>> {
        let header = COLUMNS.map(|(fr, en)| if language == Language::Fr { fr } else { en });
        let figures = (1..).zip(&self.document.key_figures).map(|(row, figure): (usize, &KeyFigure)| {
            let (table, none) = ("key-figures".to_owned(), String::new);
            [table, none(), row.to_string(), figure.label.clone(), none(), figure.value.clone()]
        });
        let tables = self.document.sections.iter().flat_map(|section| &section.tables);
        short_table(language, header, figures.chain(tables.flat_map(|table| lines(table, language))))
    }

    fn json(&self, report: &'static str) -> Result<Vec<u8>> {
        let document = &self.document;
        let sections = document.sections.iter().map(|section| SectionJson {
            id: section.id,
            title: &section.title,
            finding: &section.finding,
            tables: section.tables.iter().map(table_json).collect(),
        });
        let whole = ReportJson {
            schema: SCHEMA,
            report,
            language: document.language,
            organisation: &document.organisation,
            title: &document.title,
            from: self.from,
            to: self.to,
            generated_at: self.generated_at,
            generated_by: &self.generated_by,
            meta: &document.meta,
            key_figures: &document.key_figures,
            highlights: &document.highlights,
            definitions: &document.definitions,
            sections: sections.collect(),
            method: &document.method,
        };
        let mut bytes = serde_json::to_vec_pretty(&whole)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// The cells of a table, one by one: number of the row from 1 (0 is the total), its head, then the head of the column and the value.
fn lines(table: &Table, language: Language) -> Vec<[String; 6]> {
    let numbered = (1_usize..).zip(&table.rows).chain(table.total.iter().map(|total| (0, total)));
    let of_row = |(number, row): (usize, &Vec<Cell>)| {
        let label = row.first().map(|head| head.text.clone()).unwrap_or_default();
        let cells = table.columns.iter().zip(row).skip(1);
        let line = |(column, cell): (&Column, &Cell)| {
            let (id, title) = (table.id.to_owned(), table.caption.clone());
            [id, title, number.to_string(), label.clone(), column.title.clone(), plain(cell, language)]
        };
        cells.map(line).collect::<Vec<_>>()
    };
    numbered.flat_map(of_row).collect()
}

/// A value as a spreadsheet reads it: no spaces between digits, amounts with two decimals and no sign of money.
fn plain(cell: &Cell, language: Language) -> String {
    match &cell.value {
        Value::Text | Value::OfOneFile | Value::Share(_) => cell.text.clone(),
        Value::Number(number) | Value::Days(number) => number.to_string(),
        Value::Money(cents) => {
            let (sign, point) = (if *cents < 0 { "-" } else { "" }, if language == Language::Fr { ',' } else { '.' });
            format!("{sign}{}{point}{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
        }
        Value::Date(date) => date.to_string(),
        Value::Nothing => String::new(),
    }
}

#[derive(Serialize)]
struct ReportJson<'d> {
    schema: &'static str,
    report: &'static str,
    language: &'static str,
    organisation: &'d str,
    title: &'d str,
    from: NaiveDate,
    to: NaiveDate,
    /// UTC.
    generated_at: Instant,
    generated_by: &'d str,
    meta: &'d [Pair],
    key_figures: &'d [KeyFigure],
    highlights: &'d [String],
    definitions: &'d [Pair],
    sections: Vec<SectionJson<'d>>,
    method: &'d Method,
}

#[derive(Serialize)]
struct SectionJson<'d> {
    id: &'static str,
    title: &'d str,
    finding: &'d str,
    tables: Vec<serde_json::Value>,
}

fn table_json(table: &Table) -> serde_json::Value {
    let row = |row: &Vec<Cell>| row.iter().map(cell_json).collect::<Vec<_>>();
    json!({
        "id": table.id,
        "caption": table.caption,
        "columns": table.columns.iter().map(|column| &column.title).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "total": table.total.as_ref().map(row),
        "note": table.note,
    })
}

/// What is read, and what it is for a machine: a number, cents, a date, or a share as its two counts.
fn cell_json(cell: &Cell) -> serde_json::Value {
    let text = &cell.text;
    match &cell.value {
        Value::Text | Value::OfOneFile => json!({ "text": text }),
        Value::Number(number) | Value::Days(number) => json!({ "text": text, "number": number }),
        Value::Money(cents) => json!({ "text": text, "cents": cents }),
        Value::Date(date) => json!({ "text": text, "date": date }),
        Value::Share(share) => json!({ "text": text, "share": { "count": share.count, "of": share.of } }),
        Value::Nothing => serde_json::Value::Null,
    }
}
