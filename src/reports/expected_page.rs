//! « Attendu et déclaré »: what each unit was expected to declare in a fiscal year, beside what it declared. Numbers alone. Whoever
//! follows up silence reads all of them, since the list to follow up says the same by name; for everybody else the small ones are
//! left out.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::csv::short_table;
use super::expected::{self, Expected, UnitRow, Year};
use super::suppress::{Pair, Published, publish};
use crate::access::PageAction;
use crate::clock::fiscal_year;
use crate::declarations::access_log;
use crate::error::Result;
use crate::formats::format_number;
use crate::journal::{self, Event};
use crate::register::export::attachment;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// Fiscal years offered.
const YEARS: i32 = 4;

/// `?annee=2026`: the fiscal year that begins then; the current one when there is none.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    annee: String,
}

impl Asked {
    pub(super) fn year(&self, today: NaiveDate) -> Year {
        let current = fiscal_year(today);
        let asked: Option<i32> = self.annee.trim().parse().ok();
        let known = |year: &i32| (current - YEARS + 1..=current).contains(year);
        asked
            .filter(known)
            .and_then(|year| Year::of(year, today))
            .or_else(|| Year::of(current, today))
            .unwrap_or(Year { year: current, first: today, last: today })
    }
}

/// A year to choose.
#[derive(Serialize)]
pub(super) struct YearLink {
    href: String,
    label: String,
    current: bool,
}

/// The years that the page at `path` offers.
pub(super) fn years(today: NaiveDate, shown: Year, path: &str, language: Language) -> Vec<YearLink> {
    let current = fiscal_year(today);
    (0..YEARS)
        .filter_map(|back| Year::of(current - back, today))
        .map(|year| YearLink {
            href: format!("{path}?annee={}", year.year),
            label: say(language, "report-page-year", &[("year", Arg::from(year.name()))]),
            current: year.year == shown.year,
        })
        .collect()
}

#[derive(Serialize)]
struct ExpectedPage {
    years: Vec<YearLink>,
    columns: Vec<String>,
    lines: Vec<Line>,
    total: Vec<Cell>,
    empty: bool,
    hides: bool,
    /// Nothing is left out for this reader.
    whole: bool,
    csv_href: String,
    follow_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    code: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    label: String,
    text: String,
    /// Something was expected, and nothing was declared.
    silent: bool,
}

/// Does this reader see every number, the small ones too?
fn reads_whole(visit: &Visit) -> bool {
    visit.app.book.access.opens(PageAction::FollowUpSilence, visit.visitor())
}

/// The table of a year, column by column; `whole`, nothing is left out of it.
fn published(rows: &[UnitRow], whole: bool) -> Vec<(Expected, Published)> {
    let column = |what: Expected| {
        let pairs: Vec<Pair> = rows.iter().map(|row| row.pair(what)).collect();
        if whole { Published::whole(&pairs) } else { publish(&pairs) }
    };
    Expected::ALL.into_iter().map(|what| (what, column(what))).collect()
}

fn cell(what: Expected, pair: Option<Pair>, language: Language) -> Cell {
    let label = say(language, &format!("expected-{}", what.as_str()), &[]);
    let Some(pair) = pair else {
        return Cell { label, text: say(language, "expected-hidden", &[]), silent: false };
    };
    if pair.expected == 0 {
        return Cell { label, text: "–".to_owned(), silent: false };
    }
    let args = [
        ("declared", Arg::from(format_number(pair.declared, language))),
        ("expected", Arg::from(format_number(pair.expected, language))),
    ];
    Cell { label, text: say(language, "expected-pair", &args), silent: pair.declared == 0 }
}

/// `GET /rapports/attendu?annee=`
pub async fn show(visit: Visit, query: web::Query<Asked>) -> Result<HttpResponse> {
    let (asked, language) = (query.into_inner(), visit.language);
    let (rows, year, today) = visit
        .app
        .read_long(move |tx| {
            let (today, year) = (tx.today(), asked.year(tx.today()));
            Ok((expected::of_year(tx, year)?, year, today))
        })
        .await?;
    let whole = reads_whole(&visit);
    let columns = published(&rows, whole);
    let lines = rows
        .iter()
        .enumerate()
        .map(|(place, row)| Line {
            name: row.name.clone(),
            code: row.code.clone(),
            cells: columns
                .iter()
                .map(|(what, column)| cell(*what, column.rows.get(place).copied().flatten(), language))
                .collect(),
        })
        .collect();
    let content = ExpectedPage {
        years: years(today, year, "/rapports/attendu", language),
        columns: Expected::ALL.map(|what| visit.say(&format!("expected-{}", what.as_str()))).to_vec(),
        hides: columns.iter().any(|(_, column)| column.rows.iter().any(Option::is_none)),
        whole,
        empty: rows.is_empty(),
        lines,
        total: columns.iter().map(|(what, column)| cell(*what, column.total, language)).collect(),
        csv_href: format!("/rapports/attendu.csv?annee={}", year.year),
        follow_href: whole.then(|| format!("/rapports/attendu/suivi?annee={}", year.year)),
    };
    Page::titled(&visit, "expected-title")
        .back("/rapports", "back-reports")
        .wide()
        .render("pages/reports/expected", &content)
}

/// `GET /rapports/attendu.csv?annee=`: the cells that this reader sees; a hidden one is empty.
pub async fn to_csv(visit: Visit, query: web::Query<Asked>) -> Result<HttpResponse> {
    let (actor, asked, language) = (visit.actor()?, query.into_inner(), visit.language);
    visit.limits.export(actor.person)?;
    let whole = reads_whole(&visit);
    let (rows, year) = visit
        .app
        .write(move |tx| {
            let year = asked.year(tx.today());
            let rows = expected::of_year(tx, year)?;
            access_log::exported(tx, &actor, "expected", None)?;
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: "expected".into(), rows: count, filter: year.name() };
            journal::record(tx, Some(actor.person), None, &event)?;
            Ok((rows, year))
        })
        .await?;
    let body = csv(&rows, whole, language)?;
    Ok(attachment(&format!("attendu-declare-{}.csv", year.name()), "text/csv; charset=utf-8").body(body))
}

/// One line for each unit and each thing that is expected of it.
fn csv(rows: &[UnitRow], whole: bool, language: Language) -> Result<Vec<u8>> {
    let header = match language {
        Language::Fr => ["unite", "unite_nom", "objet", "attendu", "declare"],
        Language::En => ["unit_code", "unit_name", "what", "expected", "declared"],
    };
    let number = |count: Option<i64>| count.map_or_else(String::new, |count| count.to_string());
    let lines = published(rows, whole).into_iter().flat_map(|(what, column)| {
        rows.iter().zip(column.rows).map(move |(row, pair)| {
            let (expected, declared) = (pair.map(|pair| pair.expected), pair.map(|pair| pair.declared));
            [row.code.clone(), row.name.clone(), what.as_str().to_owned(), number(expected), number(declared)]
        })
    });
    short_table(language, header, lines)
}
