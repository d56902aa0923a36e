//! The small sheets of the workbook: what the report says, in cells.

use chrono::NaiveDateTime;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::reports::document::{Cell, Document, Pair, Table, Value};
use crate::reports::neutral::looks_like_formula;
use crate::reports::texts::Texts;
use crate::reports::xlsx::{self, Looks, excel_date};

/// A workbook of these sheets alone: the report of whoever takes its figures away, and none of its rows.
pub fn workbook(document: &Document, texts: &Texts, by: &str, at: NaiveDateTime) -> Result<Vec<u8>, XlsxError> {
    type Fill = fn(&mut Worksheet, &Looks, &Document) -> Result<(), XlsxError>;
    let sheets: [(&str, Fill); 3] =
        [("sheet-summary", summary), ("sheet-figures", all_tables), ("sheet-method", method)];
    let mut book = Workbook::new();
    book.set_properties(&xlsx::properties(&document.title, by, &document.organisation, at)?);
    let looks = Looks::new(texts.language);
    for (key, fill) in sheets {
        fill(book.add_worksheet().set_name(texts.get(key))?, &looks, document)?;
    }
    book.save_to_buffer()
}

/// « Sommaire »: the frame, the key figures and one finding per section.
pub fn summary(sheet: &mut Worksheet, looks: &Looks, document: &Document) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 34)?.set_column_width(1, 100)?.set_screen_gridlines(false);
    let mut row = 0;
    string(sheet, (row, 0), &document.title, Look::Title, looks)?;
    string(sheet, (row + 1, 0), &document.organisation, Look::Heading, looks)?;
    string(sheet, (row + 2, 0), &document.period, Look::Heading, looks)?;
    row += 4;
    row = pairs(sheet, row, &document.meta, looks)? + 1;
    for figure in &document.key_figures {
        string(sheet, (row, 0), &figure.label, Look::Strong, looks)?;
        let value = match figure.detail.as_str() {
            "" => figure.value.clone(),
            detail => format!("{} ({detail})", figure.value),
        };
        string(sheet, (row, 1), &value, Look::Wrap, looks)?;
        row += 1;
    }
    row += 1;
    for section in &document.sections {
        string(sheet, (row, 0), &section.title, Look::Strong, looks)?;
        string(sheet, (row, 1), &section.finding, Look::Wrap, looks)?;
        row += 1;
    }
    row += 1;
    pairs(sheet, row, &document.definitions, looks)?;
    Ok(())
}

/// « Chiffres »: every table of the report, one under the other.
pub fn all_tables(sheet: &mut Worksheet, looks: &Looks, document: &Document) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 40)?;
    for column in 1..10 {
        sheet.set_column_width(column, 22)?;
    }
    let mut row = 0;
    for section in &document.sections {
        string(sheet, (row, 0), &section.title, Look::Title, looks)?;
        string(sheet, (row + 1, 0), &section.finding, Look::Plain, looks)?;
        row += 3;
        for table in &section.tables {
            row = one_table(sheet, row, table, looks)? + 1;
        }
    }
    Ok(())
}

fn one_table(sheet: &mut Worksheet, mut row: u32, table: &Table, looks: &Looks) -> Result<u32, XlsxError> {
    string(sheet, (row, 0), &table.caption, Look::Heading, looks)?;
    row += 1;
    for (column, header) in (0_u16..).zip(&table.columns) {
        string(sheet, (row, column), &header.title, Look::Header, looks)?;
    }
    row += 1;
    for cells in table.rows.iter().chain(&table.total) {
        for (column, cell) in (0_u16..).zip(cells) {
            typed(sheet, (row, column), cell, looks)?;
        }
        row += 1;
    }
    if let Some(note) = &table.note {
        string(sheet, (row, 0), note, Look::Plain, looks)?;
        row += 1;
    }
    Ok(row)
}

/// « Méthode »: how the figures were made, and the seal of the data.
pub fn method(sheet: &mut Worksheet, looks: &Looks, document: &Document) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 34)?.set_column_width(1, 100)?.set_screen_gridlines(false);
    string(sheet, (0, 0), &document.method.title, Look::Title, looks)?;
    let mut row = pairs(sheet, 2, &document.method.facts, looks)?;
    if !document.method.hash.text.is_empty() {
        row = pairs(sheet, row, std::slice::from_ref(&document.method.hash), looks)?;
    }
    row += 1;
    for (row, paragraph) in (row..).zip(&document.method.paragraphs) {
        string(sheet, (row, 1), paragraph, Look::Wrap, looks)?;
    }
    Ok(())
}

fn pairs(sheet: &mut Worksheet, mut row: u32, pairs: &[Pair], looks: &Looks) -> Result<u32, XlsxError> {
    for pair in pairs {
        string(sheet, (row, 0), &pair.term, Look::Strong, looks)?;
        string(sheet, (row, 1), &pair.text, Look::Wrap, looks)?;
        row += 1;
    }
    Ok(row)
}

#[derive(Clone, Copy)]
enum Look {
    Plain,
    Wrap,
    Strong,
    Heading,
    Title,
    Header,
}

fn string(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    look: Look,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let format = match (look, looks_like_formula(text)) {
        (Look::Plain, false) => &looks.plain,
        (Look::Plain, true) => &looks.quoted,
        (Look::Wrap, false) => &looks.wrap,
        (Look::Wrap, true) => &looks.wrap_quoted,
        (Look::Strong, _) => &looks.strong,
        (Look::Heading, _) => &looks.heading,
        (Look::Title, _) => &looks.title,
        (Look::Header, _) => &looks.header,
    };
    sheet.write_string_with_format(row, column, text, format)?;
    Ok(())
}

fn typed(sheet: &mut Worksheet, at: (u32, u16), cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    let (number, look) = match &cell.value {
        Value::Text | Value::OfOneFile => return string(sheet, at, &cell.text, Look::Wrap, looks),
        Value::Nothing => return Ok(()),
        Value::Number(number) | Value::Days(number) => (*number as f64, &looks.number),
        Value::Money(cents) => (*cents as f64 / 100.0, &looks.money),
        Value::Share(share) => (share.count as f64 / share.of.max(1) as f64, &looks.share),
        Value::Date(date) => match excel_date(*date) {
            Some(serial) => (serial, &looks.date),
            None => return string(sheet, at, &cell.text, Look::Plain, looks),
        },
    };
    sheet.write_number_with_format(at.0, at.1, number, look)?;
    Ok(())
}
