//! The workbook: « Sommaire », « Chiffres », « Déclarations », « Méthode ».
//!
//! Constant memory: rows go to temporary files as they come, in one pass. Text is always written as a typed string and
//! never parsed; text that looks like a formula also has the quote prefix, so that editing the cell does not wake it.

use std::io::{self, Seek, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::reports::answer_columns::Cell;
use crate::reports::compose;
use crate::reports::figures::AuditFigures;
use crate::reports::format::clip;
use crate::reports::neutral::looks_like_formula;
use crate::reports::rows::{ReportContext, ReportRow};
use crate::reports::sheets::{all_tables, method, summary};
use crate::reports::texts::{StateWords, Texts};
use crate::text::Language;

/// Rows per sheet, under the 1,048,576 of the format; more go to « Déclarations (suite 2) ».
const ROWS_PER_SHEET: u32 = 1_000_000;
/// Of 1 (fast) to 9 (small).
const ZIP_LEVEL: u8 = 2;
/// Most characters in one cell of the format.
const CELL_LIMIT: usize = 32_767;
/// Keys (`report-row-…`) and widths, in characters, of the sheet of rows, in the order of [`ReportRow`].
const COLUMNS: [(&str, f64); 34] = [
    ("reference", 18.0),
    ("kind", 20.0),
    ("kind-title", 26.0),
    ("unit-code", 10.0),
    ("unit-name", 34.0),
    ("declarant-number", 11.0),
    ("declarant-name", 26.0),
    ("state", 20.0),
    ("outcome", 20.0),
    ("outcome-label", 26.0),
    ("tone", 18.0),
    ("reason", 60.0),
    ("measures", 50.0),
    ("followed-states", 24.0),
    ("first-filed-on", 13.0),
    ("occurred-on", 13.0),
    ("days-late", 13.0),
    ("decided-on", 13.0),
    ("decider-name", 26.0),
    ("decision-days", 13.0),
    ("due-on", 13.0),
    ("on-time", 10.0),
    ("holder-name", 26.0),
    ("held-days", 13.0),
    ("attention", 11.0),
    ("company-name", 34.0),
    ("neq", 13.0),
    ("value-cents", 14.0),
    ("category", 18.0),
    ("category-label", 24.0),
    ("disposition", 18.0),
    ("disposition-label", 24.0),
    ("supervisor-missing", 14.0),
    ("overdue-days", 13.0),
];

/// Column of the first answer, and the width of each, in characters.
const FIRST_AFTER: u16 = 34;
const WIDTH_AFTER: f64 = 30.0;

/// Looks of cells. Colours are those of the pages.
pub struct Looks {
    pub plain: Format,
    pub quoted: Format,
    pub wrap: Format,
    pub wrap_quoted: Format,
    pub date: Format,
    pub money: Format,
    pub number: Format,
    pub share: Format,
    pub header: Format,
    pub title: Format,
    pub heading: Format,
    pub strong: Format,
}

impl Looks {
    pub fn new(language: Language) -> Self {
        let font = Format::new;
        let wrap = || font().set_text_wrap().set_align(FormatAlign::Top);
        // Excel shows separators of the reader's locale; the dollar sign follows the language of the report.
        let money = match language {
            Language::Fr => "#,##0.00\u{a0}\"$\"",
            Language::En => "\"$\"#,##0.00",
        };
        Self {
            plain: font(),
            quoted: font().set_quote_prefix(),
            wrap: wrap(),
            wrap_quoted: wrap().set_quote_prefix(),
            date: font().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            money: font().set_num_format(money),
            number: font().set_num_format("#,##0"),
            share: font().set_num_format("0.0%"),
            header: wrap()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x09_5797))
                .set_border_bottom(FormatBorder::Thin),
            title: font().set_bold().set_font_size(16).set_font_color(Color::RGB(0x09_5797)),
            heading: font().set_bold().set_font_size(12).set_font_color(Color::RGB(0x22_3654)),
            strong: wrap().set_bold().set_font_color(Color::RGB(0x22_3654)),
        }
    }
}

/// Who made a workbook and when: by the clock of the report, so that the same rows give the same bytes.
pub fn properties(title: &str, by: &str, organisation: &str, at: NaiveDateTime) -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_timestamp(at.and_utc().timestamp())?;
    Ok(DocProperties::new().set_title(title).set_author(by).set_company(organisation).set_creation_datetime(&created))
}

/// A workbook being written. Rows first, in any number; the figures last.
pub struct XlsxReport<'t, 'a> {
    book: Workbook,
    looks: Looks,
    texts: &'t Texts<'a>,
    words: Words,
    /// Index of the sheet that receives rows, and its next row.
    sheet: usize,
    next: u32,
    /// Heads of the columns after those of every row.
    more: Vec<String>,
}

/// Words repeated on every row, found once.
struct Words {
    yes: String,
    no: String,
    states: StateWords,
    tones: Vec<(&'static str, String)>,
}

impl<'t, 'a> XlsxReport<'t, 'a> {
    /// Opens the sheets. Temporary files, which hold confidential rows, go to `scratch` (the system's folder when none)
    /// and have no name there on Unix.
    pub fn new(context: &ReportContext, texts: &'t Texts<'a>, scratch: Option<&Path>) -> Result<Self, XlsxError> {
        Self::with_columns(context, texts, scratch, Vec::new())
    }

    /// The same with columns after those of every row, by their heads.
    pub fn with_columns(
        context: &ReportContext,
        texts: &'t Texts<'a>,
        scratch: Option<&Path>,
        more: Vec<String>,
    ) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        // A third less time than the usual 6 for a file a little larger.
        book.set_zip_compression_level(ZIP_LEVEL);
        if let Some(scratch) = scratch {
            book.set_tempdir(scratch)?;
        }
        let (by, organisation, at) = (&context.generated_by, &context.organisation, context.generated_at);
        book.set_properties(&properties(&texts.get("title"), by, organisation, at)?);
        for key in ["sheet-summary", "sheet-figures"] {
            book.add_worksheet_with_constant_memory()?.set_name(texts.get(key))?;
        }
        let tones = ["positive", "conditional", "negative", "neutral"];
        let words = Words {
            yes: texts.get("yes"),
            no: texts.get("no"),
            states: StateWords::new(texts),
            tones: tones.iter().map(|tone| (*tone, texts.get(&format!("tone-{tone}")))).collect(),
        };
        let mut report = Self { book, looks: Looks::new(texts.language), texts, words, sheet: 1, next: 0, more };
        report.open_rows()?;
        Ok(report)
    }

    /// A sheet of rows: header, widths, frozen first row.
    fn open_rows(&mut self) -> Result<(), XlsxError> {
        self.sheet += 1;
        let mut name = self.texts.get("sheet-rows");
        if self.sheet > 2 {
            name = format!("{name} ({} {})", self.texts.get("sheet-more"), self.sheet - 1);
        }
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 1)?.set_landscape().set_repeat_rows(0, 0)?;
        for (column, (key, width)) in (0_u16..).zip(COLUMNS) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, self.texts.get(&format!("row-{key}")), &self.looks.header)?;
        }
        for (column, head) in (FIRST_AFTER..).zip(&self.more) {
            sheet.set_column_width(column, WIDTH_AFTER)?;
            sheet.write_string_with_format(0, column, head, &self.looks.header)?;
        }
        self.next = 1;
        Ok(())
    }

    /// Writes one row.
    pub fn write(&mut self, row: &ReportRow) -> Result<(), XlsxError> {
        self.write_with(row, &[])
    }

    /// Writes one row, and what the columns after it hold.
    pub fn write_with(&mut self, row: &ReportRow, more: &[Cell]) -> Result<(), XlsxError> {
        if self.next > ROWS_PER_SHEET {
            self.close_rows()?;
            self.open_rows()?;
        }
        let tone = row.tone.as_deref().map(|tone| {
            self.words.tones.iter().find(|(known, _)| *known == tone).map_or(tone, |(_, word)| word.as_str())
        });
        let yes_no = |answer: bool| if answer { self.words.yes.as_str() } else { self.words.no.as_str() };
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        let mut line = RowWriter { sheet, row: self.next, column: 0, looks: &self.looks };
        line.text(&row.reference)?;
        line.text(&row.kind)?;
        line.text(&row.kind_title)?;
        line.text(&row.unit_code)?;
        line.text(&row.unit_name)?;
        line.text(&row.declarant_number)?;
        line.text(&row.declarant_name)?;
        line.text(self.words.states.of(&row.state))?;
        line.maybe(row.outcome.as_deref())?;
        line.maybe(row.outcome_label.as_deref())?;
        line.maybe(tone)?;
        line.maybe(row.reason.as_deref())?;
        match row.measures.as_slice() {
            [] => line.maybe(None)?,
            [one] => line.text(one)?,
            several => line.text(&several.join(" | "))?,
        }
        line.maybe(Some(row.measure_states.join(" | ")).filter(|states| !states.is_empty()).as_deref())?;
        line.date(Some(row.first_filed_on))?;
        line.date(row.occurred_on)?;
        line.number(Some(row.days_late))?;
        line.date(row.decided_on)?;
        line.maybe(row.decider_name.as_deref())?;
        line.number(row.decision_days)?;
        line.date(row.due_on)?;
        line.maybe(row.on_time.map(yes_no))?;
        line.maybe(row.holder_name.as_deref())?;
        line.number(row.held_days)?;
        line.number(Some(i64::from(row.attention)))?;
        line.maybe(row.company_name.as_deref())?;
        line.maybe(row.neq.as_deref())?;
        line.money(row.value_cents)?;
        line.maybe(row.category.as_deref())?;
        line.maybe(row.category_label.as_deref())?;
        line.maybe(row.disposition.as_deref())?;
        line.maybe(row.disposition_label.as_deref())?;
        line.text(yes_no(row.supervisor_missing))?;
        line.number(row.overdue_days)?;
        for cell in more {
            match cell {
                Cell::Empty => line.maybe(None)?,
                Cell::Text(text) => line.maybe(Some(text.as_str()))?,
                Cell::Date(date) => line.date(Some(*date))?,
                Cell::Money(cents) => line.money(Some(*cents))?,
                Cell::YesNo(yes) => line.text(yes_no(*yes))?,
            }
        }
        self.next += 1;
        Ok(())
    }

    fn close_rows(&mut self) -> Result<(), XlsxError> {
        let last_column = u16::try_from(COLUMNS.len() + self.more.len()).unwrap_or(u16::MAX) - 1;
        let last_row = self.next.saturating_sub(1);
        self.book.worksheet_from_index(self.sheet)?.autofilter(0, 0, last_row, last_column)?;
        Ok(())
    }

    /// Writes the other sheets and the whole file.
    pub fn finish(
        mut self,
        figures: &AuditFigures,
        context: &ReportContext,
        out: impl Write + Seek + Send,
    ) -> Result<(), XlsxError> {
        self.close_rows()?;
        let document = compose::document(figures, context, self.texts);
        summary(self.book.worksheet_from_index(0)?, &self.looks, &document)?;
        all_tables(self.book.worksheet_from_index(1)?, &self.looks, &document)?;
        let name = self.texts.get("sheet-method");
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        method(sheet.set_name(name)?, &self.looks, &document)?;
        self.book.save_to_writer(out)
    }

    /// Like [`Self::finish`], to a writer that cannot seek, through one temporary file.
    pub fn finish_streaming(
        self,
        figures: &AuditFigures,
        context: &ReportContext,
        scratch: Option<&Path>,
        mut out: impl Write,
    ) -> Result<u64, XlsxError> {
        let mut file = match scratch {
            Some(folder) => tempfile::tempfile_in(folder)?,
            None => tempfile::tempfile()?,
        };
        self.finish(figures, context, &mut file)?;
        file.rewind()?;
        Ok(io::copy(&mut file, &mut out)?)
    }
}

/// One row of typed cells, from left to right.
struct RowWriter<'w> {
    sheet: &'w mut Worksheet,
    row: u32,
    column: u16,
    looks: &'w Looks,
}

impl RowWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        let clipped;
        let text = if text.len() > CELL_LIMIT {
            clipped = clip(text, CELL_LIMIT / 2);
            &clipped
        } else {
            text
        };
        // Most cells have no format: each look-up of one costs as much as the cell.
        if looks_like_formula(text) {
            self.sheet.write_string_with_format(self.row, self.column, text, &self.looks.quoted)?;
        } else {
            self.sheet.write_string(self.row, self.column, text)?;
        }
        self.column += 1;
        Ok(())
    }

    fn maybe(&mut self, text: Option<&str>) -> Result<(), XlsxError> {
        match text {
            Some(text) if !text.is_empty() => self.text(text),
            _ => {
                self.column += 1;
                Ok(())
            }
        }
    }

    fn number(&mut self, number: Option<i64>) -> Result<(), XlsxError> {
        if let Some(number) = number {
            self.sheet.write_number(self.row, self.column, number as f64)?;
        }
        self.column += 1;
        Ok(())
    }

    fn money(&mut self, cents: Option<i64>) -> Result<(), XlsxError> {
        if let Some(cents) = cents {
            self.sheet.write_number_with_format(self.row, self.column, cents as f64 / 100.0, &self.looks.money)?;
        }
        self.column += 1;
        Ok(())
    }

    fn date(&mut self, date: Option<NaiveDate>) -> Result<(), XlsxError> {
        if let Some(date) = date {
            match excel_date(date) {
                Some(serial) => {
                    self.sheet.write_number_with_format(self.row, self.column, serial, &self.looks.date)?;
                }
                // Before 1900: the format has no such date.
                None => {
                    self.sheet.write_string_with_format(self.row, self.column, date.to_string(), &self.looks.plain)?;
                }
            }
        }
        self.column += 1;
        Ok(())
    }
}

/// Days since 1899-12-30, which is how the format counts from March 1900.
pub fn excel_date(date: NaiveDate) -> Option<f64> {
    let days = date.num_days_from_ce() - 693_594;
    (days > 60).then_some(f64::from(days))
}
