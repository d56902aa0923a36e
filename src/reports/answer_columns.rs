//! The answers of one kind as columns after those of every row: names from the kind's file, in its order, and no more than this
//! reader reads on the page of a file (`declarations/detail/veil.rs`).

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;

use super::csv::COLUMNS;
use crate::access::{Actor, RegisterScope};
use crate::app::Rulebook;
use crate::declarations::answers::{self, Answers};
use crate::declarations::kind::{Fact, Field, Kind, Widget};
use crate::text::Language;

/// What one answer says, typed as its column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Date(NaiveDate),
    /// Cents.
    Money(i64),
    YesNo(bool),
}

#[derive(Debug, Clone)]
struct Column {
    field: String,
    /// For machines.
    name: String,
    /// For people.
    label: String,
    /// There is an answer: this reader knows that, and no more.
    veiled: bool,
}

/// The columns of a kind, for one reader.
#[derive(Debug, Clone)]
pub struct AnswerColumns {
    kind: Arc<Kind>,
    columns: Vec<Column>,
    language: Language,
}

impl AnswerColumns {
    /// Nothing when the rows are of several kinds, nor of a sealed one, nor of one that this reader's register does not hold.
    pub fn of(book: &Rulebook, actor: &Actor, kind: Option<&str>, language: Language) -> Option<Self> {
        let kind = book.catalogue.kind(kind?)?.kind;
        let scope = RegisterScope::of(actor);
        if kind.is_sealed() || !scope.holds(&book.access, &kind.id) {
            return None;
        }
        let summary = scope.summarises(&book.access, &kind.id);
        let read = |field: &&Field| !summary || matches!(field.fact, Some(Fact::Company | Fact::Contract));
        let columns = kind
            .fields()
            .filter(read)
            .map(|field| Column {
                field: field.id.clone(),
                name: name(field, language),
                label: field.label.get(language).to_owned(),
                veiled: scope.masked && matches!(field.widget, Widget::Persons | Widget::Attachment),
            })
            .collect();
        Some(Self { kind, columns, language })
    }

    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    pub fn labels(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.label.clone()).collect()
    }

    /// The cells of one row, whose answers were given to `version` of the form.
    pub fn cells(&self, version: &Kind, answers: &Answers) -> Vec<Cell> {
        self.columns
            .iter()
            .map(|column| {
                // A form of before may not have asked it: a later one does.
                let field = version.field(&column.field).or_else(|| self.kind.field(&column.field));
                let told = field.map_or(Cell::Empty, |field| cell(field, answers.get(&column.field), self.language));
                if column.veiled && told != Cell::Empty { Cell::Text("–".to_owned()) } else { told }
            })
            .collect()
    }
}

/// In French the name that the kind's file gives; in English the id of the field. One that every row has already is told apart.
fn name(field: &Field, language: Language) -> String {
    let (name, prefix) = match language {
        Language::Fr => (field.export.as_deref().unwrap_or(&field.id), "reponse"),
        Language::En => (field.id.as_str(), "answer"),
    };
    let taken = COLUMNS.iter().any(|(fr, en)| *(if language == Language::Fr { fr } else { en }) == name);
    if taken { format!("{prefix}_{name}") } else { name.to_owned() }
}

fn cell(field: &Field, value: &Value, language: Language) -> Cell {
    let told = || {
        let lines = answers::lines(field, value, language).join(" | ");
        if lines.is_empty() { Cell::Empty } else { Cell::Text(lines) }
    };
    match (field.widget, value) {
        (_, Value::Null) => Cell::Empty,
        (_, Value::Bool(yes)) => Cell::YesNo(*yes),
        (Widget::Date, Value::String(text)) => text.parse().map_or_else(|_| told(), Cell::Date),
        (Widget::Money, Value::Number(cents)) => cents.as_i64().map_or_else(told, Cell::Money),
        (Widget::Longtext, Value::String(text)) => Cell::Text(text.clone()),
        _ => told(),
    }
}
