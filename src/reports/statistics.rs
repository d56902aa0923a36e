//! The report as those read it who see figures alone (domain.md §11): no name, no list of files, no number under five.
//! An executive reads their sector, a respondent their unit.

use diesel::prelude::*;
use serde::Serialize;

use super::document::{Cell, Document, Table, Value};
use super::queries::{self, Scope};
use crate::access::{Actor, PageAction, Role};
use crate::app::Tx;
use crate::db::schema::units;
use crate::error::Result;
use crate::formats::format_number;
use crate::people::UnitId;
use crate::text::Language;
use crate::texts::say;

/// Sections that count, and name nobody: neither people, companies nor files.
const COUNTED: [&str; 5] = ["volume", "kinds", "states", "delays", "decisions"];

/// Numbers under this one could tell who is meant.
const SMALLEST: i64 = 5;

/// How many sealed files of a kind were filed: the number for whoever reads them, and for the others never one under
/// five, none included: « moins de cinq » must not mean that there is one.
pub fn sealed_counts(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope, language: Language) -> Result<Vec<SealedCount>> {
    let counts = queries::sealed_counts(tx, actor, scope)?;
    let reads = tx.book.access.opens(PageAction::Sealed, Some(actor));
    Ok(counts
        .into_iter()
        .map(|(version, count)| SealedCount {
            title: version.kind.title.get(language).to_owned(),
            count: if count < SMALLEST && !reads {
                say(language, "statistics-few", &[])
            } else {
                format_number(count, language)
            },
        })
        .collect())
}

/// A kind of sealed files, and how many there were.
#[derive(Debug, Serialize)]
pub struct SealedCount {
    title: String,
    count: String,
}

/// The units whose declarations a reader may have counted; all of them when their role reads the whole.
pub fn within(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Vec<UnitId>>> {
    let whole = [Role::EthicsOfficer, Role::Auditor, Role::SecretaryGeneral, Role::DeputyMinister];
    if whole.into_iter().any(|role| actor.has(role)) {
        return Ok(None);
    }
    if !actor.has(Role::Executive) {
        return Ok(Some(vec![actor.unit]));
    }
    let path: String = units::table.find(actor.unit).select(units::path).first(tx.conn)?;
    let below = units::table.filter(units::path.like(format!("{path}%"))).select(units::id).load(tx.conn)?;
    Ok(Some(below))
}

/// The same document without what could tell who is meant.
pub fn aggregated(mut document: Document, language: Language) -> Document {
    let few = say(language, "statistics-few", &[]);
    document.sections.retain(|section| COUNTED.contains(&section.id));
    for section in &mut document.sections {
        // Charts print the same numbers.
        section.chart = None;
        section.finding = String::new();
        for table in &mut section.tables {
            leave_out_small(table, &few);
        }
    }
    document.highlights = vec![say(language, "statistics-note", &[])];
    // Only plain counts stay among the figures of the head of the report.
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().parse::<i64>().ok();
    document.key_figures.retain(|figure| plain(&figure.value).is_some_and(|count| !is_small(count)));
    for figure in &mut document.key_figures {
        figure.detail = String::new();
    }
    document
}

fn is_small(count: i64) -> bool {
    (1..SMALLEST).contains(&count)
}

/// Replaces small counts. What a row says of them in shares goes too, and a total from which they could be found again.
fn leave_out_small(table: &mut Table, few: &str) {
    let mut any = false;
    for row in &mut table.rows {
        let small = row.iter().any(|cell| matches!(cell.value, Value::Number(count) if is_small(count)));
        any |= small;
        for cell in row.iter_mut().filter(|_| small) {
            match cell.value {
                Value::Number(count) if is_small(count) => *cell = Cell { text: few.to_owned(), value: Value::Text },
                Value::Number(_) | Value::Text | Value::Date(_) | Value::Nothing => {}
                Value::Share(_) | Value::Money(_) => *cell = Cell { text: "–".to_owned(), value: Value::Nothing },
            }
        }
    }
    let small_total =
        table.total.iter().flatten().any(|cell| matches!(cell.value, Value::Number(count) if is_small(count)));
    if any || small_total {
        table.total = None;
    }
}
