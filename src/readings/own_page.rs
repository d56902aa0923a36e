//! « Qui a consulté mes déclarations » : each reading by somebody else of what a person filed, refused attempts too.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::store::{self, Reading};
use crate::app::Tx;
use crate::clock::local_date;
use crate::error::Result;
use crate::formats;
use crate::text::Language;
use crate::texts::{self, Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// Rows of the log read for a page; readings of one day by one person make one line.
const PAGE: i64 = 100;

/// `?apres=`
#[derive(Debug, Default, Deserialize)]
pub struct OwnQuery {
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct OwnPage {
    lines: Vec<Line>,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    on: String,
    who: String,
    title: String,
    href: String,
    reference: String,
    kind: String,
    what: String,
    /// « 3 fois », when there were several.
    times: Option<String>,
    refused: bool,
}

/// `GET /mes-declarations/lectures`
pub async fn show(visit: Visit, query: web::Query<OwnQuery>) -> Result<HttpResponse> {
    let (actor, language, before) = (visit.actor()?, visit.language, query.apres.parse::<i64>().ok());
    let (lines, next) = visit
        .app
        .read(move |tx| {
            let mut rows = store::of_person(tx, actor.person, before, PAGE + 1)?;
            let whole = usize::try_from(PAGE).unwrap_or(usize::MAX);
            let more = rows.len() > whole;
            rows.truncate(whole);
            let next = rows.last().filter(|_| more).map(|last| last.id);
            Ok((lines(tx, rows, language), next))
        })
        .await?;
    let here = "/mes-declarations/lectures";
    let content = OwnPage {
        empty: lines.is_empty(),
        lines,
        previous_href: before.map(|_| here.to_owned()),
        next_href: next.map(|id| format!("{here}?apres={id}")),
    };
    Page::titled(&visit, "readings-mine-title")
        .back("/mes-declarations", "back-mine")
        .wide()
        .render("pages/readings/own", &content)
}

/// One line for what one person did with one file in one day.
fn lines(tx: &Tx<'_>, rows: Vec<Reading>, language: Language) -> Vec<Line> {
    let day = |row: &Reading| local_date(row.at, tx.zone());
    let mut groups: Vec<(NaiveDate, Reading, i64)> = Vec::new();
    for row in rows {
        let on = day(&row);
        let same = |(day, first, _): &&mut (NaiveDate, Reading, i64)| {
            *day == on
                && first.reader == row.reader
                && first.declaration == row.declaration
                && first.action == row.action
                && first.allowed == row.allowed
        };
        match groups.iter_mut().rev().take_while(|(day, ..)| *day == on).find(same) {
            Some((.., count)) => *count += 1,
            None => groups.push((on, row, 1)),
        }
    }
    groups.into_iter().map(|(on, row, count)| line(tx, on, row, count, language)).collect()
}

fn line(tx: &Tx<'_>, on: NaiveDate, row: Reading, count: i64, language: Language) -> Line {
    let kind = tx.book.catalogue.kind(&row.kind).map(|version| version.kind.title.get(language).to_owned());
    let reference = row.reference.unwrap_or_default();
    Line {
        on: formats::format_date_long(on, language),
        who: format!("{} {}", row.given_name, row.family_name),
        title: row.title,
        href: format!("/d/{reference}"),
        reference,
        kind: kind.unwrap_or(row.kind),
        what: action_words(&row.action, row.allowed, language),
        times: (count > 1).then(|| say(language, "readings-times", &[("count", Arg::from(count))])),
        refused: !row.allowed,
    }
}

/// What was done, in words. An action that has none of its own is a reading.
fn action_words(action: &str, allowed: bool, language: Language) -> String {
    if !allowed {
        return say(language, "readings-refused", &[]);
    }
    let key = format!("readings-action-{}", action.replace('_', "-"));
    texts::find(language, &key, &[]).unwrap_or_else(|| say(language, "readings-action-read", &[]))
}
