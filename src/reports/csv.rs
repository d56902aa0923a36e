//! The rows as CSV that opens right in a spreadsheet in Québec: UTF-8 with BOM, `;` and decimal comma in French; `,` and
//! point in English. Rows are written as they come, to anything that can be written to.
//!
//! Dates are `AAAA-MM-JJ`, amounts have two decimals and no sign, yes and no are words, measures are joined by ` | `.
//! Text cells go through [`neutralise`]: reading back, one leading apostrophe before `= + - @`… is ours.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};

use crate::error::Error;
use crate::reports::answer_columns::Cell;
pub use crate::reports::neutral::neutralise;
use crate::reports::rows::ReportRow;
use crate::reports::texts::{StateWords, Texts};
use crate::text::Language;

/// Names of the columns, French then English, in the order of the fields of [`ReportRow`], with the word of the state beside its
/// code. They are part of the contract with whoever reads the export by machine, hence not in the Fluent files.
pub const COLUMNS: [(&str, &str); 35] = [
    ("reference", "reference"),
    ("type", "kind"),
    ("type_titre", "kind_title"),
    ("unite", "unit_code"),
    ("unite_nom", "unit_name"),
    ("numero", "declarant_number"),
    ("personne", "declarant_name"),
    ("etat", "state"),
    ("etat_titre", "state_label"),
    ("resultat", "outcome"),
    ("resultat_titre", "outcome_label"),
    ("nature", "tone"),
    ("motif", "reason"),
    ("mesures", "measures"),
    ("mesures_etats", "measure_states"),
    ("premier_depot", "first_filed_on"),
    ("date_fait", "occurred_on"),
    ("jours_retard_depot", "days_late"),
    ("decidee_le", "decided_on"),
    ("decidee_par", "decider_name"),
    ("delai_jours_ouvrables", "decision_days"),
    ("echeance", "due_on"),
    ("a_temps", "on_time"),
    ("detenu_par", "holder_name"),
    ("detenu_jours_ouvrables", "held_days"),
    ("signal", "attention"),
    ("entreprise", "company_name"),
    ("neq", "neq"),
    ("valeur", "value"),
    ("categorie", "category"),
    ("categorie_titre", "category_label"),
    ("disposition", "disposition"),
    ("disposition_titre", "disposition_label"),
    ("gestionnaire_manquant", "supervisor_missing"),
    ("retard_jours_ouvrables", "overdue_days"),
];

/// A short table as a file that spreadsheets open in the language of its reader: byte order mark, `;` in French and `,` in English,
/// lines ended by CRLF, and no cell that begins a formula (trust.md O06).
///
/// # Errors
/// Rows of different lengths.
pub fn short_table<H, C, R>(
    language: Language,
    header: impl IntoIterator<Item = H>,
    rows: impl IntoIterator<Item = R>,
) -> crate::error::Result<Vec<u8>>
where
    H: AsRef<[u8]>,
    C: AsRef<str>,
    R: IntoIterator<Item = C>,
{
    let mut out = csv::WriterBuilder::new()
        .delimiter(if language == Language::Fr { b';' } else { b',' })
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(header).map_err(Error::internal)?;
    for row in rows {
        let cells = row.into_iter().map(|cell| neutralise(cell.as_ref()).into_owned());
        out.write_record(cells).map_err(Error::internal)?;
    }
    out.into_inner().map_err(Error::internal)
}

/// A CSV being written, row by row.
pub struct CsvRows<W: Write> {
    out: csv::Writer<W>,
    language: Language,
    states: StateWords,
    cell: Vec<u8>,
}

impl<W: Write> CsvRows<W> {
    /// Writes the BOM and the header, in the language of the words.
    pub fn new(out: W, texts: &Texts<'_>) -> io::Result<Self> {
        Self::with_columns(out, texts, &[])
    }

    /// The same with columns after those of every row.
    pub fn with_columns(mut out: W, texts: &Texts<'_>, more: &[String]) -> io::Result<Self> {
        let language = texts.language;
        out.write_all("\u{feff}".as_bytes())?;
        let delimiter = match language {
            Language::Fr => b';',
            Language::En => b',',
        };
        let mut out = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(64 * 1024)
            .from_writer(out);
        let own = COLUMNS.iter().map(|(fr, en)| match language {
            Language::Fr => *fr,
            Language::En => *en,
        });
        out.write_record(own.chain(more.iter().map(String::as_str)))?;
        Ok(Self { out, language, states: StateWords::new(texts), cell: Vec::with_capacity(256) })
    }

    /// Writes one row.
    pub fn write(&mut self, row: &ReportRow) -> io::Result<()> {
        self.write_with(row, &[])
    }

    /// Writes one row, and what the columns after it hold.
    pub fn write_with(&mut self, row: &ReportRow, more: &[Cell]) -> io::Result<()> {
        self.text(&row.reference)?;
        self.text(&row.kind)?;
        self.text(&row.kind_title)?;
        self.text(&row.unit_code)?;
        self.text(&row.unit_name)?;
        self.text(&row.declarant_number)?;
        self.text(&row.declarant_name)?;
        self.text(&row.state)?;
        self.out.write_field(neutralise(self.states.of(&row.state)).as_bytes())?;
        self.maybe(&row.outcome)?;
        self.maybe(&row.outcome_label)?;
        self.maybe(&row.tone)?;
        self.maybe(&row.reason)?;
        match row.measures.as_slice() {
            [] => self.text("")?,
            [one] => self.text(one)?,
            several => self.text(&several.join(" | "))?,
        }
        self.text(&row.measure_states.join(" | "))?;
        self.date(Some(row.first_filed_on))?;
        self.date(row.occurred_on)?;
        self.number(Some(row.days_late))?;
        self.date(row.decided_on)?;
        self.maybe(&row.decider_name)?;
        self.number(row.decision_days)?;
        self.date(row.due_on)?;
        self.yes_no(row.on_time)?;
        self.maybe(&row.holder_name)?;
        self.number(row.held_days)?;
        self.number(Some(i64::from(row.attention)))?;
        self.maybe(&row.company_name)?;
        self.maybe(&row.neq)?;
        self.money(row.value_cents)?;
        self.maybe(&row.category)?;
        self.maybe(&row.category_label)?;
        self.maybe(&row.disposition)?;
        self.maybe(&row.disposition_label)?;
        self.yes_no(Some(row.supervisor_missing))?;
        self.number(row.overdue_days)?;
        for cell in more {
            match cell {
                Cell::Empty => self.text("")?,
                Cell::Text(text) => self.text(text)?,
                Cell::Date(date) => self.date(Some(*date))?,
                Cell::Money(cents) => self.money(Some(*cents))?,
                Cell::YesNo(yes) => self.yes_no(Some(*yes))?,
            }
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Flushes and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        Ok(self.out.write_field(neutralise(text).as_bytes())?)
    }

    fn maybe(&mut self, text: &Option<String>) -> io::Result<()> {
        self.text(text.as_deref().unwrap_or_default())
    }

    fn cell(&mut self) -> io::Result<()> {
        Ok(self.out.write_field(&self.cell)?)
    }

    fn number(&mut self, number: Option<i64>) -> io::Result<()> {
        self.cell.clear();
        if let Some(number) = number {
            write!(self.cell, "{number}")?;
        }
        self.cell()
    }

    fn date(&mut self, date: Option<NaiveDate>) -> io::Result<()> {
        self.cell.clear();
        if let Some(date) = date {
            write!(self.cell, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())?;
        }
        self.cell()
    }

    fn money(&mut self, cents: Option<i64>) -> io::Result<()> {
        self.cell.clear();
        if let Some(cents) = cents {
            let point = if self.language == Language::Fr { ',' } else { '.' };
            let sign = if cents < 0 { "-" } else { "" };
            write!(self.cell, "{sign}{}{point}{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)?;
        }
        self.cell()
    }

    fn yes_no(&mut self, answer: Option<bool>) -> io::Result<()> {
        let word = match (answer, self.language) {
            (None, _) => "",
            (Some(true), Language::Fr) => "oui",
            (Some(false), Language::Fr) => "non",
            (Some(true), Language::En) => "yes",
            (Some(false), Language::En) => "no",
        };
        self.text(word)
    }
}
