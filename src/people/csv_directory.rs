//! The staff directory as human resources export it: one CSV file, read whole or not at all.
//!
//! Nobody is added, moved or removed from a file that has one doubtful line: a wrong supervisor means a declaration read
//! by the wrong person. Every problem is listed with its line, so that the file is corrected in one go. Nothing here
//! touches the database; the preview shows [`diff`] and the import applies it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use chrono::NaiveDate;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

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

/// Columns of the file: name in French (also that of problems and differences), name in English, longest value in
/// characters. Order in the file is free; other columns are ignored.
const COLUMNS: [(&str, &str, usize); 13] = [
    ("numero", "number", 20),
    ("prenom", "given_name", 100),
    ("nom", "family_name", 100),
    ("courriel", "email", 254),
    ("titre", "title", 200),
    ("unite", "unit", 1000),
    ("site", "location", 100),
    ("superieur", "supervisor", 20),
    ("regime", "status", 40),
    ("fonction_cadre", "position", 40),
    ("langue", "language", 10),
    ("debut", "start", 10),
    ("fin", "end", 10),
];

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
    fn new(line: u64, column: &'static str, value: impl AsRef<str>, code: &'static str) -> Self {
        Self { line, column, value: value.as_ref().chars().take(120).collect(), code }
    }
}

/// Names of units from the top of the ministry down. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitPath(Vec<String>);

impl UnitPath {
    /// Reads « Ministère > Sous-ministériat > Direction »; « / » between spaces is read too when there is no « > ».
    /// Nothing when a level has no name.
    pub fn parse(text: &str) -> Option<Self> {
        let mark = if text.contains('>') { ">" } else { " / " };
        let names: Vec<String> = text.split(mark).map(|name| name.trim().to_owned()).collect();
        if names.iter().any(String::is_empty) { None } else { Some(Self(names)) }
    }

    /// Names from the top down.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The unit's own name.
    pub fn name(&self) -> &str {
        self.0.last().map(String::as_str).unwrap_or_default()
    }

    /// The unit above, if any.
    pub fn parent(&self) -> Option<Self> {
        match self.0.as_slice() {
            [above @ .., _] if !above.is_empty() => Some(Self(above.to_vec())),
            _ => None,
        }
    }
}

impl std::fmt::Display for UnitPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(" > "))
    }
}

/// The law a person is under; it changes which duties apply (`domain.md` §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    PublicServant,
    StateAdministrator,
    ContractStateAdministrator,
    OnLoan,
    Other,
}

impl Regime {
    /// As stored: `public_servant`…
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PublicServant => "public_servant",
            Self::StateAdministrator => "state_administrator",
            Self::ContractStateAdministrator => "contract_state_administrator",
            Self::OnLoan => "on_loan",
            Self::Other => "other",
        }
    }

    /// Reads the French word of the file or the stored one.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match fold(text).as_str() {
            "fonctionnaire" | "public servant" => Self::PublicServant,
            "administrateur etat"
            | "administrateur d etat"
            | "administratrice etat"
            | "administratrice d etat"
            | "state administrator" => Self::StateAdministrator,
            "administrateur etat contrat" | "administratrice etat contrat" | "contract state administrator" => {
                Self::ContractStateAdministrator
            }
            "pret" | "en pret" | "on loan" => Self::OnLoan,
            "autre" | "other" => Self::Other,
            _ => return None,
        })
    }
}

/// Place in the management of the ministry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    DeputyMinister,
    AssistantDeputyMinister,
    DirectorGeneral,
    Director,
    Manager,
    None,
}

impl Position {
    /// As stored: `deputy_minister`…
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DeputyMinister => "deputy_minister",
            Self::AssistantDeputyMinister => "assistant_deputy_minister",
            Self::DirectorGeneral => "director_general",
            Self::Director => "director",
            Self::Manager => "manager",
            Self::None => "none",
        }
    }

    /// Reads the French word of the file or the stored one; an empty cell is no position.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match fold(text).as_str() {
            "sous ministre" | "deputy minister" => Self::DeputyMinister,
            "sous ministre adjoint" | "sous ministre adjointe" | "assistant deputy minister" => {
                Self::AssistantDeputyMinister
            }
            "directeur general" | "directrice generale" | "director general" => Self::DirectorGeneral,
            "directeur" | "directrice" | "director" => Self::Director,
            "gestionnaire" | "manager" => Self::Manager,
            "aucune" | "none" | "" => Self::None,
            _ => return None,
        })
    }
}

/// One person of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectoryRow {
    /// Employee number: the identity of the person from one file to the next.
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    /// In lower case.
    pub email: String,
    pub title: String,
    pub unit: UnitPath,
    pub site: String,
    /// Employee number of the immediate supervisor; none at the top.
    pub supervisor: Option<String>,
    pub regime: Regime,
    pub position: Position,
    /// Of letters and pages; French unless asked otherwise.
    pub language: Language,
    pub active_from: NaiveDate,
    /// Last day, included.
    pub active_until: Option<NaiveDate>,
}

impl DirectoryRow {
    /// Is the person of the ministry on that day?
    pub fn is_active(&self, on: NaiveDate) -> bool {
        self.active_from <= on && self.active_until.is_none_or(|last| on <= last)
    }

    /// Every column as text, in the order of the file.
    fn cells(&self) -> [String; 13] {
        [
            self.number.clone(),
            self.given_name.clone(),
            self.family_name.clone(),
            self.email.clone(),
            self.title.clone(),
            self.unit.to_string(),
            self.site.clone(),
            self.supervisor.clone().unwrap_or_default(),
            self.regime.as_str().to_owned(),
            self.position.as_str().to_owned(),
            self.language.code().to_owned(),
            self.active_from.to_string(),
            self.active_until.map(|date| date.to_string()).unwrap_or_default(),
        ]
    }
}

/// A directory without a doubtful line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Directory {
    /// In the order of the file.
    pub people: Vec<DirectoryRow>,
    /// Every unit named and those above it, each after its parent.
    pub units: Vec<UnitPath>,
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
    check_unique(&drafts, &mut problems);
    check_supervisors(&drafts, today, &mut problems);
    problems.none_or_all()?;
    let people: Vec<DirectoryRow> = drafts.into_iter().filter_map(|draft| draft.row).collect();
    let mut units = BTreeSet::new();
    for person in &people {
        let mut unit = Some(person.unit.clone());
        while let Some(path) = unit {
            unit = path.parent();
            if !units.insert(path) {
                break;
            }
        }
    }
    Ok(Directory { people, units: units.into_iter().collect() })
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

/// The text of the file, without its mark. Spreadsheets on Windows often save in Windows-1252, where the accents of a
/// name would become other letters: the file is refused, with a sample and how to save it again.
fn decode(bytes: &[u8]) -> Result<&str, RowProblem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(RowProblem::new(0, "", "", "directory-utf-16"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let (before, after) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
    let line = 1 + newlines(before);
    let letter = |b: &&u8| matches!(**b, 0xc0..=0xff | 0x8c | 0x9c | 0x9f);
    let mark = |b: &&u8| matches!(**b, 0x80 | 0x85 | 0x91..=0x97 | 0xa0 | 0xab | 0xb0 | 0xbb);
    // One accented letter or French punctuation mark alone in what UTF-8 does not allow: that is how 1252 looks.
    let code = match after.first() {
        Some(first) if letter(&first) || mark(&first) => "directory-windows-1252",
        _ => "directory-not-utf-8",
    };
    let start = before.iter().rposition(|b| matches!(b, b'\n' | b';' | b',')).map_or(0, |at| at + 1);
    let sample: String = before
        .get(start..)
        .into_iter()
        .flatten()
        .chain(after.iter().take_while(|b| !matches!(b, b'\r' | b'\n' | b';' | b',')))
        .take(60)
        .map(|b| from_1252(*b))
        .collect();
    Err(RowProblem::new(line, "", sample, code))
}

/// A Windows-1252 byte; those that French uses between 80 and 9F, the others being the same as in Unicode.
fn from_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x8c => 'Œ',
        0x91 => '‘',
        0x92 => '’',
        0x96 => '–',
        0x97 => '—',
        0x9c => 'œ',
        0x9f => 'Ÿ',
        other if (0x80..=0x9f).contains(&other) => '\u{fffd}',
        other => char::from(other),
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.iter().filter(|b| **b == b'\n').count()).unwrap_or(u64::MAX)
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
    let mut places: Option<[usize; 13]> = None;
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

/// Where each column is. All must be there, so that a misspelt « supérieur » does not leave everybody without one.
fn header(record: &csv::StringRecord, line: u64, problems: &mut Problems) -> ControlFlow<(), [usize; 13]> {
    let names: Vec<String> = record.iter().map(|cell| fold(cell).replace(' ', "_")).collect();
    let mut places = [0; 13];
    let mut complete = true;
    for (place, (french, english, _)) in places.iter_mut().zip(COLUMNS) {
        let mut found = names.iter().enumerate().filter(|(_, name)| *name == french || *name == english);
        match (found.next(), found.next()) {
            (Some((at, _)), None) => *place = at,
            (Some(_), Some((_, again))) => {
                problems.push(RowProblem::new(line, french, again, "directory-duplicate-column"));
                complete = false;
            }
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

fn read_row(cells: [String; 13], line: u64, today: NaiveDate, problems: &mut Problems) -> Draft {
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

fn check_unique(drafts: &[Draft], problems: &mut Problems) {
    let (mut numbers, mut emails) = (HashSet::new(), HashSet::new());
    for draft in drafts {
        if !draft.number.is_empty() && !numbers.insert(&draft.number) {
            problems.push(RowProblem::new(draft.line, "numero", &draft.number, "directory-duplicate-number"));
        }
        if !draft.email.is_empty() && !emails.insert(&draft.email) {
            problems.push(RowProblem::new(draft.line, "courriel", &draft.email, "directory-duplicate-email"));
        }
    }
}

/// Supervisors exist, are there when their people are, and lead to the top.
fn check_supervisors(drafts: &[Draft], today: NaiveDate, problems: &mut Problems) {
    let by_number: HashMap<&str, usize> =
        drafts.iter().enumerate().rev().map(|(place, draft)| (draft.number.as_str(), place)).collect();
    let mut above: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let found = by_number.get(draft.supervisor.as_str()).copied().filter(|_| !draft.supervisor.is_empty());
        let code = if draft.supervisor.is_empty() {
            None
        } else if draft.supervisor == draft.number {
            Some("directory-self-supervisor")
        } else {
            match found.map(|place| drafts.get(place).and_then(|draft| draft.row.as_ref())) {
                None => Some("directory-unknown-supervisor"),
                // A line that was not understood has its own problems.
                Some(None) => None,
                Some(Some(supervisor)) => draft.row.as_ref().and_then(|person| {
                    let on = person.active_from.max(today);
                    let absent = person.is_active(on) && !supervisor.is_active(on);
                    absent.then_some("directory-supervisor-inactive")
                }),
            }
        };
        if let Some(code) = code {
            problems.push(RowProblem::new(draft.line, "superieur", &draft.supervisor, code));
        }
        above.push(found.filter(|_| draft.supervisor != draft.number));
    }
    for cycle in cycles(&above) {
        let members: Vec<&Draft> = cycle.iter().filter_map(|place| drafts.get(*place)).collect();
        let Some(first) = members.first() else { continue };
        let mut numbers: Vec<&str> = members.iter().take(12).map(|draft| draft.number.as_str()).collect();
        numbers.push(if members.len() > 12 { "…" } else { &first.number });
        problems.push(RowProblem::new(first.line, "superieur", numbers.join(" → "), "directory-supervisor-cycle"));
    }
}

/// Cycles of a chart where each place has at most one above it, each once, from its first place in the file.
fn cycles(above: &[Option<usize>]) -> Vec<Vec<usize>> {
    // The walk that first came by each place: meeting one's own steps is a cycle, another's is not.
    let mut walked_by: Vec<Option<usize>> = vec![None; above.len()];
    let mut found = Vec::new();
    for start in 0..above.len() {
        let mut place = start;
        while let Some(seen @ None) = walked_by.get_mut(place) {
            *seen = Some(start);
            match above.get(place).copied().flatten() {
                Some(next) => place = next,
                None => break,
            }
        }
        let closes = walked_by.get(place).copied().flatten() == Some(start);
        let around = |from: usize| above.get(from).copied().flatten();
        if closes && around(place).is_some() {
            let mut members = vec![place];
            members.extend(std::iter::successors(around(place), |p| around(*p)).take_while(|p| *p != place));
            let first = members.iter().enumerate().min_by_key(|(_, p)| **p).map_or(0, |(at, _)| at);
            members.rotate_left(first);
            found.push(members);
        }
    }
    found
}

/// What an import would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectoryDiff<'a> {
    /// In the file only.
    pub added: Vec<&'a DirectoryRow>,
    pub changed: Vec<ChangedPerson<'a>>,
    /// Active people whom the file no longer names.
    pub departed: Vec<&'a DirectoryRow>,
    /// How many are the same.
    pub unchanged: usize,
}

/// A person whose line is not what the register holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedPerson<'a> {
    pub number: &'a str,
    pub columns: Vec<ChangedColumn>,
}

/// One cell before and after, as text; regimes and positions as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedColumn {
    /// French name of the column.
    pub column: &'static str,
    pub before: String,
    pub after: String,
}

/// Compares a new file with the directory held, as of `today`. People who had already left and are absent from the file
/// are neither departed nor counted.
pub fn diff<'a>(current: &'a [DirectoryRow], new: &'a Directory, today: NaiveDate) -> DirectoryDiff<'a> {
    let held: HashMap<&str, &DirectoryRow> = current.iter().map(|row| (row.number.as_str(), row)).collect();
    let named: HashSet<&str> = new.people.iter().map(|row| row.number.as_str()).collect();
    let mut result = DirectoryDiff { added: Vec::new(), changed: Vec::new(), departed: Vec::new(), unchanged: 0 };
    for row in &new.people {
        match held.get(row.number.as_str()) {
            None => result.added.push(row),
            Some(before) if *before == row => result.unchanged += 1,
            Some(before) => {
                let pairs = before.cells().into_iter().zip(row.cells()).zip(COLUMNS);
                let columns = pairs
                    .filter(|((before, after), _)| before != after)
                    .map(|((before, after), (column, _, _))| ChangedColumn { column, before, after })
                    .collect();
                result.changed.push(ChangedPerson { number: &row.number, columns });
            }
        }
    }
    let gone =
        |row: &&DirectoryRow| row.active_until.is_none_or(|last| today <= last) && !named.contains(row.number.as_str());
    result.departed = current.iter().filter(gone).collect();
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &[u8] = include_bytes!("../../tests/data/directory/good.csv");
    const ENGLISH: &[u8] = include_bytes!("../../tests/data/directory/good-english.csv");
    const BROKEN: &[u8] = include_bytes!("../../tests/data/directory/broken.csv");
    const WINDOWS: &[u8] = include_bytes!("../../tests/data/directory/windows-1252.csv");
    const HEADER: &str = "numero;prenom;nom;courriel;titre;unite;site;superieur;regime;fonction_cadre;langue;debut;fin";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-11-23")
    }

    fn good() -> Directory {
        parse(GOOD, today()).unwrap()
    }

    /// A file of one line per person: number, supervisor, last day.
    fn chart(people: &[(&str, &str, &str)]) -> String {
        let rows = people.iter().map(|(number, supervisor, until)| {
            format!("{number};Ana;Fictive;p{number}@exemple.test;;M;;{supervisor};fonctionnaire;;;2020-01-06;{until}\n")
        });
        format!("{HEADER}\n{}", rows.collect::<String>())
    }

    /// (line, column, value, code) of each problem.
    fn problems(bytes: &[u8]) -> Vec<(u64, &'static str, String, &'static str)> {
        let problems = parse(bytes, today()).unwrap_err();
        problems.into_iter().map(|p| (p.line, p.column, p.value, p.code)).collect()
    }

    fn codes(bytes: &[u8]) -> Vec<&'static str> {
        problems(bytes).into_iter().map(|(_, _, _, code)| code).collect()
    }

    #[test]
    fn a_good_file_gives_people_and_units_from_the_top() {
        let directory = good();
        assert_eq!(directory.people.len(), 8);
        let top = &directory.people[0];
        assert_eq!((top.given_name.as_str(), top.position), ("Aurélie", Position::DeputyMinister));
        assert_eq!(top.supervisor, None);
        assert_eq!(top.regime, Regime::StateAdministrator);
        let clerk = directory.people.iter().find(|row| row.number == "100007").unwrap();
        assert_eq!(clerk.title, "Agente; de \"secrétariat\"", "quotes and separators within a cell");
        assert_eq!(clerk.email, "zoe.inventee@exemple.test");
        assert_eq!(clerk.language, Language::En);
        let units: Vec<String> = directory.units.iter().map(UnitPath::to_string).collect();
        assert_eq!(units[0], "Ministère fictif");
        for unit in &directory.units {
            let above = unit.parent();
            let seen =
                directory.units.iter().take_while(|other| *other != unit).any(|other| Some(other) == above.as_ref());
            assert!(seen || above.is_none(), "{unit} comes after its parent");
        }
    }

    #[test]
    fn the_same_file_in_english_with_commas_is_the_same_directory() {
        assert_eq!(parse(ENGLISH, today()).unwrap(), good());
    }

    #[test]
    fn a_mark_line_ends_and_blank_lines_do_not_matter() {
        let text = std::str::from_utf8(GOOD).unwrap().trim_start_matches('\u{feff}').replace("\r\n", "\n");
        assert_eq!(parse(text.as_bytes(), today()).unwrap(), good());
        let marked = format!("\u{feff}{}\r\n;;;;;;;;;;;;\r\n\r\n", text.replace('\n', "\r\n\r\n"));
        assert_eq!(parse(marked.as_bytes(), today()).unwrap(), good());
    }

    #[test]
    fn every_problem_of_a_broken_file_is_listed_with_its_line() {
        let expected: Vec<(u64, &str, &str, &str)> = vec![
            (3, "numero", "200001", "directory-duplicate-number"),
            (3, "courriel", "alix.fictif@exemple.test", "directory-duplicate-email"),
            (4, "courriel", "pas-une-adresse", "directory-malformed-email"),
            (4, "regime", "mousquetaire", "directory-unknown-regime"),
            (5, "superieur", "999999", "directory-unknown-supervisor"),
            (6, "superieur", "200005", "directory-self-supervisor"),
            (7, "superieur", "200006 → 200007 → 200006", "directory-supervisor-cycle"),
            (9, "superieur", "200009", "directory-supervisor-inactive"),
            (11, "debut", "2026-02-31", "directory-bad-date"),
            (11, "fin", "hier", "directory-bad-date"),
            (12, "fin", "2019-12-31", "directory-end-before-start"),
            (13, "unite", "", "directory-missing-unit"),
            (14, "unite", "Ministère fictif >  > Direction X", "directory-unnamed-unit"),
            (15, "prenom", "", "directory-missing-value"),
            (15, "fonction_cadre", "capitaine", "directory-unknown-position"),
            (15, "langue", "latin", "directory-unknown-language"),
            (16, "titre", "Titre sur\ndeux lignes", "directory-control-character"),
            (18, "", "5 / 13", "directory-wrong-number-of-cells"),
            (19, "numero", "=1+1", "directory-malformed-number"),
        ];
        let found = problems(BROKEN);
        let found: Vec<_> = found.iter().map(|(l, c, v, code)| (*l, *c, v.as_str(), *code)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_windows_file_is_named_as_such_with_a_sample() {
        assert_eq!(problems(WINDOWS), [(2, "", "Aurélie".to_owned(), "directory-windows-1252")]);
        assert_eq!(codes(b"\xff\xfen\0u\0"), ["directory-utf-16"]);
        assert_eq!(codes(b"numero\n\x81\x81"), ["directory-not-utf-8"]);
    }

    #[test]
    fn a_misspelt_column_is_missing_and_guessed() {
        let text = chart(&[("1", "", "")]).replace("superieur", "Supérieure").replace("numero", "Numéro");
        assert_eq!(problems(text.as_bytes()), [(1, "superieur", "superieure".into(), "directory-missing-column")]);
        let twice = chart(&[("1", "", "")]).replace("titre", "nom");
        assert_eq!(codes(twice.as_bytes()), ["directory-duplicate-column", "directory-missing-column"]);
    }

    #[test]
    fn an_empty_file_never_empties_the_directory() {
        for text in ["", "\u{feff}", "\n\n", HEADER] {
            assert_eq!(codes(text.as_bytes()), ["directory-empty"], "{text:?}");
        }
    }

    #[test]
    fn cycles_are_told_once_each_even_with_branches() {
        let people = [("1", "", ""), ("2", "1", ""), ("5", "4", ""), ("3", "4", ""), ("4", "3", ""), ("6", "5", "")];
        let found = problems(chart(&people).as_bytes());
        assert_eq!(found, [(5, "superieur", "3 → 4 → 3".into(), "directory-supervisor-cycle")]);
    }

    #[test]
    fn a_supervisor_must_be_there_when_their_people_are() {
        let left = [("1", "", "2026-11-20"), ("2", "1", "")];
        assert_eq!(codes(chart(&left).as_bytes()), ["directory-supervisor-inactive"]);
        let leaving = [("1", "", "2026-12-18"), ("2", "1", "")];
        assert!(parse(chart(&leaving).as_bytes(), today()).is_ok());
        let both_left = [("1", "", "2026-11-20"), ("2", "1", "2026-11-20")];
        assert!(parse(chart(&both_left).as_bytes(), today()).is_ok());
    }

    #[test]
    fn the_end_of_time_of_pay_systems_is_no_end() {
        let directory = parse(chart(&[("1", "", "9999-12-31")]).as_bytes(), today()).unwrap();
        assert_eq!(directory.people[0].active_until, None);
    }

    #[test]
    fn long_cells_and_large_files_are_refused() {
        let text = chart(&[("1", "", "")]).replace("Fictive", &"é".repeat(101));
        assert_eq!(codes(text.as_bytes()), ["directory-too-long"]);
        assert_eq!(codes(&vec![b'a'; MOST_BYTES + 1]), ["directory-too-large"]);
        assert_eq!(codes(&vec![b';'; MOST_CELLS + 1]), ["directory-too-large"]);
        assert_eq!(codes(format!("a{}", ";".repeat(MOST_COLUMNS)).as_bytes()), ["directory-too-many-columns"]);
        let numbers: Vec<String> = (0..=MOST_ROWS).map(|n| n.to_string()).collect();
        let people: Vec<_> = numbers.iter().map(|n| (n.as_str(), "", "")).collect();
        assert_eq!(codes(chart(&people).as_bytes()), ["directory-too-many-rows"]);
        let cycle: Vec<_> =
            (0..50_000).map(|n| (numbers[n].as_str(), numbers[(n + 1) % 50_000].as_str(), "")).collect();
        assert_eq!(codes(chart(&cycle).as_bytes()), ["directory-supervisor-cycle"]);
        let strangers: Vec<_> = numbers[..9_000].iter().map(|n| (n.as_str(), "x", "")).collect();
        let found = problems(chart(&strangers).as_bytes());
        assert_eq!(found.len(), MOST_PROBLEMS + 1);
        assert_eq!(found[MOST_PROBLEMS], (0, "", "4000".to_owned(), "directory-more-problems"));
    }

    #[test]
    fn a_difference_names_who_comes_changes_and_goes() {
        let before = good().people;
        let mut after = good();
        assert_eq!(diff(&before, &after, today()).unchanged, 8);
        let gone = after.people.pop().unwrap();
        after.people[1].title = "Sous-ministre associée".into();
        after.people[2].number = "100042".into();
        let result = diff(&before, &after, today());
        assert_eq!(result.added, [&after.people[2]]);
        assert_eq!(result.departed, [&before[2], &gone]);
        assert_eq!(result.unchanged, 5);
        assert_eq!(result.changed.len(), 1);
        let change = &result.changed[0].columns;
        assert_eq!((change.len(), change[0].column, change[0].after.as_str()), (1, "titre", "Sous-ministre associée"));
    }

    #[test]
    fn somebody_who_had_already_left_does_not_depart_again() {
        let mut before = good().people;
        let after = Directory { people: before.split_off(1), units: Vec::new() };
        before[0].active_until = Some(day("2026-11-22"));
        assert!(diff(&before, &after, today()).departed.is_empty());
        before[0].active_until = Some(day("2027-03-31"));
        assert_eq!(diff(&before, &after, today()).departed.len(), 1, "leaving early is leaving");
    }

    /// The slow way: does the chain above this place come back to it?
    fn is_in_a_cycle(above: &[Option<usize>], place: usize) -> bool {
        std::iter::successors(above[place], |p| above[*p]).take(above.len()).any(|p| p == place)
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes, today());
        }

        #[test]
        fn no_damage_to_a_good_file_breaks_the_reading(at in 0..GOOD.len(), with in prop::collection::vec(any::<u8>(), 0..4)) {
            let mut bytes = GOOD.to_vec();
            bytes.splice(at..(at + 2).min(GOOD.len()), with);
            if let Err(problems) = parse(&bytes, today()) {
                prop_assert!(!problems.is_empty());
                let lines = u64::try_from(bytes.iter().filter(|b| **b == b'\n').count()).unwrap() + 1;
                prop_assert!(problems.iter().all(|problem| problem.line <= lines));
            }
        }

        #[test]
        fn cycles_are_those_found_by_walking(chart in prop::collection::vec(prop::option::of(0usize..12), 12)) {
            let found = cycles(&chart);
            let mut members: Vec<usize> = found.iter().flatten().copied().collect();
            members.sort_unstable();
            let expected: Vec<usize> = (0..chart.len()).filter(|place| is_in_a_cycle(&chart, *place)).collect();
            prop_assert_eq!(members, expected);
            prop_assert!(found.iter().all(|cycle| cycle.iter().min() == cycle.first()));
        }
    }
}
