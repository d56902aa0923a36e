//! Contracts from the ministry's own books: a CSV file, all or nothing. Those below the thresholds of publication, and published
//! ones too when the books say which unit follows them: a number that is published counts once.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use chrono::NaiveDate;

use super::apply;
use super::import::Report;
use super::normal::{ContractSaid, Firm};
use crate::app::{App, Tx};
use crate::error::Result;
use crate::formats::{parse_date, parse_money, parse_neq};
use crate::people::{self, PersonId, UnitId};
use crate::sources::store::{self as sources, Tally};
use crate::sources::table::{Column, Table, needed, optional};
use crate::sources::{Problem, Problems, Source, attempt, reading};
use crate::text::Language;

const COLUMNS: &[Column] = &[
    needed(&["numero", "number"]),
    needed(&["neq"]),
    needed(&["nom", "name"]),
    needed(&["montant", "amount"]),
    needed(&["signe_le", "signed_on"]),
    optional(&["debut", "from"]),
    optional(&["fin", "until"]),
    optional(&["objet", "object"]),
    optional(&["unite", "unit"]),
];
/// Largest amount believed, in cents: a billion dollars.
const MOST_CENTS: i64 = 100_000_000_000;

/// Codes of the units of the directory, in capitals.
pub type Units = BTreeMap<String, UnitId>;

/// Reads a whole file.
pub fn read(
    source: impl Read,
    file: &str,
    today: NaiveDate,
    units: &Units,
    problems: &mut Problems,
) -> Vec<ContractSaid> {
    let mut rows: Vec<ContractSaid> = Vec::new();
    let mut numbers = std::collections::HashSet::new();
    let mut table = match Table::open(source, file, COLUMNS) {
        Ok(table) => table,
        Err(found) => {
            found.into_iter().for_each(|problem| problems.push(problem));
            return rows;
        }
    };
    loop {
        match table.advance() {
            Ok(true) => {}
            Ok(false) => return rows,
            Err(problem) => {
                problems.push(problem);
                return rows;
            }
        }
        if let Some(problem) = table.fault() {
            problems.push(problem);
            continue;
        }
        match row(&table, today, units) {
            Ok(said) if numbers.insert(said.number.clone()) => rows.push(said),
            Ok(said) => problems.push(table.problem(0, &said.number, "import-duplicate-number")),
            Err(found) => found.into_iter().for_each(|problem| problems.push(problem)),
        }
    }
}

fn row<R: Read>(table: &Table<R>, today: NaiveDate, units: &Units) -> Result<ContractSaid, Vec<Problem>> {
    let mut wrong = Vec::new();
    let number = table.cell(0).to_owned();
    if number.is_empty() {
        wrong.push(table.problem(0, "", "import-missing-value"));
    }
    let neq = match table.cell(1) {
        "" => None,
        text => match parse_neq(text) {
            Ok(neq) => Some(neq),
            Err(_) => {
                wrong.push(table.problem(1, text, "import-bad-neq"));
                None
            }
        },
    };
    if table.cell(2).is_empty() {
        wrong.push(table.problem(2, "", "import-missing-value"));
    }
    let amount = match parse_money(table.cell(3)) {
        Ok(cents) if cents > MOST_CENTS => {
            wrong.push(table.problem(3, table.cell(3), "import-absurd-amount"));
            None
        }
        Ok(cents) => Some(cents),
        Err(_) => {
            let negative = table.cell(3).starts_with(['-', '−', '(']);
            let code = if negative { "import-negative-amount" } else { "import-bad-amount" };
            wrong.push(table.problem(3, table.cell(3), code));
            None
        }
    };
    let mut date = |column: usize, is_needed: bool| match table.cell(column) {
        "" if !is_needed => None,
        text => {
            let digits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/'));
            let found = if digits { parse_date(text, today, Language::Fr).ok() } else { None };
            if found.is_none() {
                wrong.push(table.problem(column, text, "import-bad-date"));
            }
            found
        }
    };
    let (signed_on, starts_on, ends_on) = (date(4, true), date(5, false), date(6, false));
    if starts_on.or(signed_on).zip(ends_on).is_some_and(|(start, end)| end < start) {
        wrong.push(table.problem(6, table.cell(6), "import-reversed-dates"));
    }
    let unit_id = units.get(&table.cell(8).to_uppercase()).copied();
    if unit_id.is_none() && !table.cell(8).is_empty() {
        wrong.push(table.problem(8, table.cell(8), "import-unknown-unit"));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(ContractSaid {
        key: format!("own|{number}"),
        stage: "contract".into(),
        award_key: None,
        number,
        title: table.cell(7).to_owned(),
        amount_cents: amount,
        currency: "CAD".into(),
        signed_on,
        starts_on,
        ends_on,
        status: "active".into(),
        terminated_on: None,
        amendments: 0,
        suppliers: vec![Firm { neq, name: table.cell(2).to_owned() }],
        unit_id,
    })
}

/// Takes in one file, whole or not at all. With `preview`, everything is done but kept.
pub fn import(app: &App, by: Option<PersonId>, path: &Path, preview: bool) -> Result<Report> {
    let (name, sha256) = (reading::name(path), reading::hash(path)?);
    let mut problems = Problems::default();
    let (today, units) = app.read_here(|tx| Ok((tx.today(), people::store::units(tx)?)))?;
    let units: Units = units.into_iter().map(|unit| (unit.code.to_uppercase(), unit.id)).collect();
    let rows = read(reading::open(path)?, &name, today, &units, &mut problems);
    let tally = Tally { rows: i64::try_from(rows.len()).unwrap_or(i64::MAX), errors: problems.count, changes: 0 };
    let refused = !problems.is_empty();
    let report = |tally, known| Report {
        file: name.clone(),
        sha256: sha256.clone(),
        tally,
        left_out: 0,
        problems,
        known,
        refused,
    };
    if refused {
        return Ok(report(tally, false));
    }
    let last = app.read_here(|tx| sources::last(tx, Source::SmallContracts))?;
    if last.is_some_and(|last| last.sha256 == sha256) {
        return Ok(report(tally, true));
    }
    let file = sources::File { source: Source::SmallContracts, name: name.clone(), sha256: sha256.clone(), by };
    let done = attempt(app, preview, move |tx| Ok((write(tx, &file, &rows)?, true)))?;
    Ok(report(done, false))
}

fn write(tx: &mut Tx<'_>, file: &sources::File, rows: &[ContractSaid]) -> Result<Tally> {
    let import = sources::begin(tx, file)?;
    let buyer = tx.book.config.organisation.name.clone();
    let (mut tally, now) =
        (Tally { rows: i64::try_from(rows.len()).unwrap_or(i64::MAX), ..Tally::default() }, tx.now());
    for said in rows {
        tally.changes += i64::from(apply::write(tx, import, None, &buyer, now, said)?);
    }
    sources::end(tx, import, file, tally, &Problems::default())?;
    Ok(tally)
}
