//! Firms that may not contract (RENA) and firms authorised to (REA): each file is the whole list and replaces the one before,
//! all or nothing. A name is never proof: only a NEQ ties a line to a company, and people read the rest.

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::app::{App, Tx};
use crate::contracts::import::Report;
use crate::db::conn::each_engine;
use crate::db::schema::list_entries;
use crate::db::search::fold;
use crate::error::Result;
use crate::formats::{parse_date, parse_neq};
use crate::people::PersonId;
use crate::sources::store::{self as sources, Tally};
use crate::sources::table::{Column, Table, needed, optional};
use crate::sources::{Problem, Problems, Source, attempt, reading};
use crate::text::Language;

const COLUMNS: &[Column] = &[
    needed(&["neq"]),
    needed(&["nom", "name"]),
    optional(&["debut", "from"]),
    optional(&["fin", "until"]),
    optional(&["statut", "status"]),
];
/// Longest list believed.
const MOST: usize = 200_000;

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Queryable, Selectable, Serialize)]
#[diesel(table_name = list_entries)]
pub struct Entry {
    pub list: String,
    pub neq: Option<String>,
    pub name: String,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub status: String,
}

impl Entry {
    /// True when the line holds on a day; a line without dates always does.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.starts_on.is_none_or(|from| from <= day) && self.ends_on.is_none_or(|until| day <= until)
    }
}

/// Reads a whole list.
pub fn read(source: impl Read, file: &str, list: Source, today: NaiveDate, problems: &mut Problems) -> Vec<Entry> {
    let mut rows = Vec::new();
    let mut table = match Table::open(source, file, COLUMNS) {
        Ok(table) => table,
        Err(found) => {
            found.into_iter().for_each(|problem| problems.push(problem));
            return rows;
        }
    };
    loop {
        match table.advance() {
            Ok(true) if rows.len() < MOST => {}
            Ok(true) => {
                problems.push(Problem::new(file, table.line(), "", "", "import-too-many-rows"));
                return rows;
            }
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
        let before = problems.count;
        let neq = match table.cell(0) {
            "" => None,
            text => {
                let neq = parse_neq(text).ok();
                if neq.is_none() {
                    problems.push(table.problem(0, text, "import-bad-neq"));
                }
                neq
            }
        };
        if table.cell(1).is_empty() {
            problems.push(table.problem(1, "", "import-missing-value"));
        }
        let mut date = |column: usize| {
            let text = table.cell(column);
            if text.is_empty() {
                return None;
            }
            let digits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/'));
            let found = if digits { parse_date(text, today, Language::Fr).ok() } else { None };
            if found.is_none() {
                problems.push(table.problem(column, text, "import-bad-date"));
            }
            found
        };
        let (starts_on, ends_on) = (date(2), date(3));
        if starts_on.zip(ends_on).is_some_and(|(from, until)| until < from) {
            problems.push(table.problem(3, table.cell(3), "import-reversed-dates"));
        }
        if problems.count == before {
            rows.push(Entry {
                list: list.as_str().to_owned(),
                neq,
                name: table.cell(1).to_owned(),
                starts_on,
                ends_on,
                status: table.cell(4).to_owned(),
            });
        }
    }
}

/// Takes in one list, whole or not at all. With `preview`, everything is done but kept.
pub fn import(app: &App, by: Option<PersonId>, list: Source, path: &Path, preview: bool) -> Result<Report> {
    let (name, sha256) = (reading::name(path), reading::hash(path)?);
    let (mut problems, today) = (Problems::default(), app.read_here(|tx| Ok(tx.today()))?);
    let rows = read(reading::open(path)?, &name, list, today, &mut problems);
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut report = Report {
        file: name.clone(),
        sha256: sha256.clone(),
        tally: Tally { rows: count, errors: problems.count, changes: 0 },
        left_out: 0,
        refused: !problems.is_empty(),
        known: false,
        problems,
    };
    if report.refused {
        return Ok(report);
    }
    let last = app.read_here(|tx| sources::last(tx, list))?;
    if last.is_some_and(|last| last.sha256 == sha256) {
        report.known = true;
        return Ok(report);
    }
    let file = sources::File { source: list, name, sha256, by };
    report.tally = attempt(app, preview, move |tx| Ok((write(tx, &file, &rows)?, true)))?;
    Ok(report)
}

/// Replaces a list.
pub fn write(tx: &mut Tx<'_>, file: &sources::File, rows: &[Entry]) -> Result<Tally> {
    let import = sources::begin(tx, file)?;
    let list = file.source.as_str();
    let before: Vec<Entry> =
        list_entries::table.filter(list_entries::list.eq(list)).select(Entry::as_select()).load(tx.conn)?;
    // Sets: a list may hold hundreds of thousands of lines, and others wait to write meanwhile.
    let (old, new): (HashSet<&Entry>, HashSet<&Entry>) = (before.iter().collect(), rows.iter().collect());
    let (came, left) = (new.difference(&old).count(), old.difference(&new).count());
    diesel::delete(list_entries::table.filter(list_entries::list.eq(list))).execute(tx.conn)?;
    for (position, row) in (0_i32..).zip(rows) {
        each_engine!(tx.conn, conn => diesel::insert_into(list_entries::table)
            .values((
                list_entries::list.eq(list),
                list_entries::position.eq(position),
                list_entries::neq.eq(&row.neq),
                list_entries::name.eq(&row.name),
                list_entries::folded.eq(fold(&row.name)),
                list_entries::starts_on.eq(row.starts_on),
                list_entries::ends_on.eq(row.ends_on),
                list_entries::status.eq(&row.status),
                list_entries::import_id.eq(import),
            ))
            .execute(conn))?;
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let tally = Tally { rows: count(rows.len()), errors: 0, changes: count(came + left) };
    sources::end(tx, import, file, tally, &Problems::default())?;
    Ok(tally)
}

/// The lines that a file brought and that are still in force.
pub fn of_import(tx: &mut Tx<'_>, import: sources::ImportId) -> Result<Vec<Entry>> {
    Ok(list_entries::table
        .filter(list_entries::import_id.eq(import))
        .order(list_entries::position.asc())
        .select(Entry::as_select())
        .load(tx.conn)?)
}

/// The lines of a list that begin in a period.
pub fn begun_between(tx: &mut Tx<'_>, list: Source, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>> {
    Ok(list_entries::table
        .filter(list_entries::list.eq(list.as_str()))
        .filter(list_entries::starts_on.between(from, to))
        .order(list_entries::position.asc())
        .select(Entry::as_select())
        .load(tx.conn)?)
}

/// The lines of some firms, in both lists.
pub fn of_neqs(tx: &mut Tx<'_>, neqs: &[String]) -> Result<Vec<Entry>> {
    Ok(list_entries::table
        .filter(list_entries::neq.eq_any(neqs))
        .order((list_entries::list.asc(), list_entries::position.asc()))
        .select(Entry::as_select())
        .load(tx.conn)?)
}

/// The lines without an NEQ whose name begins so (folded), in both lists.
pub fn unnumbered_beginning(tx: &mut Tx<'_>, folded: &str) -> Result<Vec<Entry>> {
    Ok(list_entries::table
        .filter(list_entries::neq.is_null())
        .filter(list_entries::list.eq_any([Source::Rena.as_str(), Source::Rea.as_str()]))
        .filter(list_entries::folded.ge(folded))
        // '{' is the character after 'z'.
        .filter(list_entries::folded.lt(format!("{folded}{{")))
        .order((list_entries::list.desc(), list_entries::position.asc()))
        .limit(200)
        .select(Entry::as_select())
        .load(tx.conn)?)
}

/// How many lines of a list have no NEQ, and the first of them by name.
pub fn unnumbered(tx: &mut Tx<'_>, list: Source, most: i64) -> Result<(i64, Vec<Entry>)> {
    let lines = || list_entries::table.filter(list_entries::list.eq(list.as_str())).filter(list_entries::neq.is_null());
    let count = lines().count().get_result(tx.conn)?;
    let first = lines()
        .order((list_entries::folded.asc(), list_entries::position.asc()))
        .limit(most)
        .select(Entry::as_select())
        .load(tx.conn)?;
    Ok((count, first))
}
