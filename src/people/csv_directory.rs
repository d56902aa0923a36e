//! The staff directory as human resources export it: one CSV file, read whole or not at all.
//!
//! Nobody is added, moved or removed from a file that has one doubtful line: a wrong supervisor means a declaration read
//! by the wrong person. Every problem is listed with its line, so that the file is corrected in one go. Nothing here
//! touches the database; the preview shows [`diff`] and the import applies it.

mod checks;
mod encoding;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use chrono::NaiveDate;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use self::encoding::{decode, newlines};
pub use super::directory_diff::{ChangedColumn, ChangedPerson, DirectoryDiff, diff};
use super::directory_values::{COLUMNS, HOME_BODY};
pub use super::directory_values::{Directory, DirectoryRow, Position, Regime, UnitPath};
use crate::db::search::fold;
use crate::formats::parse_date;
use crate::text::Language;

/// Largest file, in bytes.
pub const MOST_BYTES: usize = 50 * 1024 * 1024;
/// Most people in a file.
pub const MOST_ROWS: usize = 200_000;
/// Most separators in a file, and most columns: bounds the memory that a file made of separators would take.
const MOST_CELLS: usize = 8_000_000;
const MOST_COLUMNS: usize = 200;
/// Problems listed before the rest is only counted.
pub const MOST_PROBLEMS: usize = 5_000;

/// One thing to correct in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// Line of the file, from 1; 0 when the file as a whole is meant.
    pub line: u64,
    /// French name of the column; empty when the whole line or file is meant.
    pub column: &'static str,
    /// What was read there, shortened.
    pub value: String,
    /// Fluent key of the sentence to show.
    pub code: &'static str,
}

impl RowProblem {
    pub(super) fn new(line: u64, column: &'static str, value: impl AsRef<str>, code: &'static str) -> Self {
        Self { line, column, value: value.as_ref().chars().take(120).collect(), code }
    }
}

/// Reads a whole file as of `today`, or lists what must be corrected, in the order of its lines.
pub fn parse(bytes: &[u8], today: NaiveDate) -> Result<Directory, Vec<RowProblem>> {
    if bytes.len() > MOST_BYTES {
        return Err(vec![RowProblem::new(0, "", bytes.len().to_string(), "directory-too-large")]);
    }
    let text = decode(bytes).map_err(|problem| vec![problem])?;
    let mut problems = Problems::default();
    let drafts = read_rows(text, today, &mut problems);
    if drafts.is_empty() && problems.all.is_empty() {
        problems.push(RowProblem::new(0, "", "", "directory-empty"));
    }
    checks::check_unique(&drafts, &mut problems);
    checks::check_supervisors(&drafts, today, &mut problems);
    problems.none_or_all()?;
    Ok(Directory::of(drafts.into_iter().filter_map(|draft| draft.row).collect()))
}

/// Problems found so far; beyond the cap they are counted only.
#[derive(Default)]
struct Problems {
    all: Vec<RowProblem>,
    more: usize,
}

impl Problems {
    fn push(&mut self, problem: RowProblem) {
        if self.all.len() < MOST_PROBLEMS {
            self.all.push(problem);
        } else {
            self.more += 1;
        }
    }

    fn none_or_all(mut self) -> Result<(), Vec<RowProblem>> {
        if self.all.is_empty() {
            return Ok(());
        }
        self.all.sort_by_key(|problem| problem.line);
        if self.more > 0 {
            self.all.push(RowProblem::new(0, "", self.more.to_string(), "directory-more-problems"));
        }
        Err(self.all)
    }
}

/// A line as read. The row is there only when every cell of it was understood.
struct Draft {
    line: u64,
    number: String,
    email: String,
    supervisor: String,
    row: Option<DirectoryRow>,
}

fn read_rows(text: &str, today: NaiveDate, problems: &mut Problems) -> Vec<Draft> {
    let separator = separator(text);
    let cells = text.bytes().filter(|byte| *byte == separator).count();
    if cells > MOST_CELLS {
        problems.push(RowProblem::new(0, "", cells.to_string(), "directory-too-large"));
        return Vec::new();
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut drafts = Vec::new();
    let mut places: Option<[usize; 14]> = None;
    let mut width = 0;
    let (mut line, mut counted) = (1, 0);
    while reader.read_record(&mut record).unwrap_or(false) {
        // The reader's own line is that of the end of the line before; the first character of the row tells better.
        let end = record.position().and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(counted);
        let blank = text.get(end..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(counted..end + blank).map_or(0, |passed| newlines(passed.as_bytes()));
        counted = end + blank;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(places) = &places else {
            width = record.len();
            if width > MOST_COLUMNS {
                problems.push(RowProblem::new(line, "", width.to_string(), "directory-too-many-columns"));
                return drafts;
            }
            match header(&record, line, problems) {
                ControlFlow::Continue(found) => places = Some(found),
                ControlFlow::Break(()) => return drafts,
            }
            continue;
        };
        if drafts.len() == MOST_ROWS {
            problems.push(RowProblem::new(line, "", MOST_ROWS.to_string(), "directory-too-many-rows"));
            return drafts;
        }
        if record.len() != width {
            let widths = format!("{} / {width}", record.len());
            problems.push(RowProblem::new(line, "", widths, "directory-wrong-number-of-cells"));
        }
        let cells = places.map(|place| record.get(place).unwrap_or_default().trim().nfc().collect::<String>());
        drafts.push(if record.len() == width {
            read_row(cells, line, today, problems)
        } else {
            // Cells may have slid into their neighbours: nothing else is said of them. The number is kept all the same,
            // so that the people of this supervisor are not reported too.
            let [number, ..] = cells;
            Draft { line, number, email: String::new(), supervisor: String::new(), row: None }
        });
    }
    if places.is_none() {
        problems.push(RowProblem::new(0, "", "", "directory-empty"));
    }
    drafts
}

/// `;` or `,`: whichever the header holds most, outside quotes.
fn separator(text: &str) -> u8 {
    let (mut semicolons, mut commas, mut quoted) = (0, 0, false);
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b';' if !quoted => semicolons += 1,
            b',' if !quoted => commas += 1,
            b'\r' | b'\n' if !quoted => break,
            _ => {}
        }
    }
    if commas > semicolons { b',' } else { b';' }
}

/// Where each column is. All but one must be there, so that a misspelt « supérieur » does not leave everybody without one.
fn header(record: &csv::StringRecord, line: u64, problems: &mut Problems) -> ControlFlow<(), [usize; 14]> {
    let names: Vec<String> = record.iter().map(|cell| fold(cell).replace(' ', "_")).collect();
    let mut places = [usize::MAX; 14];
    let mut complete = true;
    for (place, (french, english, _)) in places.iter_mut().zip(COLUMNS) {
        let mut found = names.iter().enumerate().filter(|(_, name)| *name == french || *name == english);
        match (found.next(), found.next()) {
            (Some((at, _)), None) => *place = at,
            (Some(_), Some((_, again))) => {
                problems.push(RowProblem::new(line, french, again, "directory-duplicate-column"));
                complete = false;
            }
            // Nowhere in a line: every cell of it is empty.
            (None, _) if french == HOME_BODY => {}
            (None, _) => {
                let likeness = |name: &str| strsim::jaro_winkler(name, french).max(strsim::jaro_winkler(name, english));
                let known = |name: &str| COLUMNS.iter().any(|(french, english, _)| name == *french || name == *english);
                let nearest = names.iter().filter(|name| !known(name) && likeness(name) > 0.8);
                let nearest = nearest.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
                let value = nearest.map(String::as_str).unwrap_or_default();
                problems.push(RowProblem::new(line, french, value, "directory-missing-column"));
                complete = false;
            }
        }
    }
    if complete { ControlFlow::Continue(places) } else { ControlFlow::Break(()) }
}

fn read_row(cells: [String; 14], line: u64, today: NaiveDate, problems: &mut Problems) -> Draft {
    let mut sound = true;
    let mut wrong = |column, value: &str, code| {
        problems.push(RowProblem::new(line, column, value, code));
        sound = false;
    };
    for (cell, (column, _, most)) in cells.iter().zip(COLUMNS) {
        if cell.chars().count() > most {
            wrong(column, cell, "directory-too-long");
        } else if cell.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        {
            // A line break in a name would end up in the header of a letter; a turned text shows another name.
            wrong(column, cell, "directory-control-character");
        } else if cell.is_empty() && matches!(column, "numero" | "prenom" | "nom" | "courriel" | "regime" | "debut") {
            wrong(column, cell, "directory-missing-value");
        }
    }
    let [
        number,
        given_name,
        family_name,
        email,
        title,
        unit,
        site,
        supervisor,
        regime,
        position,
        language,
        from,
        until,
        home_body,
    ] = cells;
    if !number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        wrong("numero", &number, "directory-malformed-number");
    }
    let email = email.to_lowercase();
    // The same reader as the mailer's: an address taken here is one that a letter can leave for.
    if !email.is_empty() && (!email.contains('@') || email.parse::<lettre::Address>().is_err()) {
        wrong("courriel", &email, "directory-malformed-email");
    }
    let unit_path = UnitPath::parse(&unit);
    match &unit_path {
        None if unit.is_empty() => wrong("unite", &unit, "directory-missing-unit"),
        None => wrong("unite", &unit, "directory-unnamed-unit"),
        Some(_) => {}
    }
    let known_regime = Regime::parse(&regime);
    if known_regime.is_none() && !regime.is_empty() {
        wrong("regime", &regime, "directory-unknown-regime");
    }
    let known_position = Position::parse(&position);
    if known_position.is_none() {
        wrong("fonction_cadre", &position, "directory-unknown-position");
    }
    let known_language = match fold(&language).as_str() {
        "fr" | "" => Some(Language::Fr),
        "en" => Some(Language::En),
        _ => None,
    };
    if known_language.is_none() {
        wrong("langue", &language, "directory-unknown-language");
    }
    let active_from = file_date(&from, today);
    if active_from.is_none() && !from.is_empty() {
        wrong("debut", &from, "directory-bad-date");
    }
    // Pay systems write « no end » as the last day of year 9999.
    let endless = until.is_empty() || fold(&until).replace(' ', "") == "99991231";
    let active_until = if endless { None } else { file_date(&until, today) };
    if active_until.is_none() && !endless {
        wrong("fin", &until, "directory-bad-date");
    }
    if active_until.zip(active_from).is_some_and(|(last, first)| last < first) {
        wrong("fin", &until, "directory-end-before-start");
    }
    let row = match (unit_path, known_regime, known_position, known_language, active_from) {
        (Some(unit), Some(regime), Some(position), Some(language), Some(active_from)) if sound => Some(DirectoryRow {
            number: number.clone(),
            given_name,
            family_name,
            email: email.clone(),
            title,
            unit,
            site,
            supervisor: Some(supervisor.clone()).filter(|number| !number.is_empty()),
            regime,
            position,
            language,
            active_from,
            active_until,
            home_body,
        }),
        _ => None,
    };
    Draft { line, number, email, supervisor, row }
}

/// A date in digits only: « hier » has no place in a file.
fn file_date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let digits_only = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/'));
    if digits_only { parse_date(text, today, Language::Fr).ok() } else { None }
}
