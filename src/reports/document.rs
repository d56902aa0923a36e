//! The report as people read it: titles, sentences, charts and tables, in one language. The PDF, the page and the
//! sheets « Sommaire » and « Chiffres » of the XLSX are three ways of setting this same document.

use chrono::NaiveDate;
use serde::Serialize;

use crate::reports::charts::ChartView;
use crate::reports::figures::Share;
use crate::reports::format;
use crate::reports::texts::Texts;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// `fr` or `en`.
    pub language: &'static str,
    pub title: String,
    pub organisation: String,
    /// « du 1er avril 2026 au 31 octobre 2026 ».
    pub period: String,
    pub meta: Vec<Pair>,
    pub key_figures: Vec<KeyFigure>,
    pub highlights_title: String,
    /// The findings that deserve to be read first.
    pub highlights: Vec<String>,
    pub definitions_title: String,
    pub definitions: Vec<Pair>,
    pub sections: Vec<Section>,
    pub method: Method,
    pub words: Words,
}

/// A term and what it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    pub term: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyFigure {
    pub value: String,
    pub label: String,
    pub detail: String,
    /// `calm` or `watch`; the words say it too.
    pub tone: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Anchor on the page.
    pub id: &'static str,
    pub title: String,
    /// One sentence that says what the chart and the tables show.
    pub finding: String,
    pub chart: Option<ChartView>,
    pub tables: Vec<Table>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    pub id: &'static str,
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// The last row, in bold, when the columns add up.
    pub total: Option<Vec<Cell>>,
    /// « 40 sur 212; la liste complète est dans le classeur XLSX… »
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    pub title: String,
    /// Right-aligned.
    pub numeric: bool,
    /// Never broken over two lines: references, dates.
    pub nowrap: bool,
    /// Share of the width.
    pub weight: f64,
}

/// What a cell holds, typed for the XLSX and as read elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    pub text: String,
    #[serde(skip)]
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text,
    /// Words that tell of one file: their row is for those who may read files.
    OfOneFile,
    Number(i64),
    /// A number of days, which is no count of anybody.
    Days(i64),
    /// In cents.
    Money(i64),
    Date(NaiveDate),
    Share(Share),
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Method {
    pub title: String,
    pub paragraphs: Vec<String>,
    pub facts: Vec<Pair>,
    /// The SHA-256 alone, so that it can be set on one line.
    pub hash: Pair,
}

/// Words of the frame: page numbers, disclosure of tables.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Words {
    pub page: String,
    pub of: String,
    pub data: String,
    pub contents: String,
    pub empty: String,
}

impl Column {
    pub fn text(title: String, weight: f64) -> Self {
        Self { title, numeric: false, nowrap: false, weight }
    }

    pub fn fixed(title: String, weight: f64) -> Self {
        Self { title, numeric: false, nowrap: true, weight }
    }

    pub fn number(title: String, weight: f64) -> Self {
        Self { title, numeric: true, nowrap: true, weight }
    }
}

/// Cells, set with the words and formats of the report.
pub struct Cells<'t, 'a>(pub &'t Texts<'a>);

impl Cells<'_, '_> {
    pub fn text(&self, text: impl Into<String>) -> Cell {
        Cell { text: text.into(), value: Value::Text }
    }

    pub fn of_one_file(&self, text: String) -> Cell {
        Cell { text, value: Value::OfOneFile }
    }

    pub fn maybe(&self, text: Option<&str>) -> Cell {
        match text {
            Some(text) if !text.is_empty() => self.text(text),
            _ => self.nothing(),
        }
    }

    pub fn nothing(&self) -> Cell {
        Cell { text: self.0.get("none"), value: Value::Nothing }
    }

    pub fn number(&self, number: i64) -> Cell {
        Cell { text: format::integer(number, self.0.language), value: Value::Number(number) }
    }

    pub fn count(&self, count: u64) -> Cell {
        self.number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub fn days(&self, days: Option<i64>) -> Cell {
        days.map_or_else(|| self.nothing(), |days| Cell { value: Value::Days(days), ..self.number(days) })
    }

    pub fn money(&self, cents: i64) -> Cell {
        Cell { text: self.0.money(cents), value: Value::Money(cents) }
    }

    pub fn date(&self, date: Option<NaiveDate>) -> Cell {
        date.map_or_else(|| self.nothing(), |date| Cell { text: date.to_string(), value: Value::Date(date) })
    }

    pub fn share(&self, share: Share) -> Cell {
        match share.permille() {
            Some(_) => Cell { text: self.0.share(share), value: Value::Share(share) },
            None => self.nothing(),
        }
    }
}
