//! « Qui a consulté mes déclarations » : each reading by somebody else of what a person filed, refused attempts and exports too.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::exports::{self, Export, Found};
use super::store::{self, Reading};
use crate::app::Tx;
use crate::clock::{Instant, local_date};
use crate::error::Result;
use crate::formats;
use crate::people::PersonId;
use crate::text::Language;
use crate::texts::{self, Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// Rows of the log read for a page; readings of one day by one person make one line.
const PAGE: usize = 100;
/// Files named on a line, of an export that carried many of one person.
const FILES_NAMED: usize = 20;

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
    /// Nothing among the rows looked at for this page, and others come before them.
    none_here: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    on: String,
    who: String,
    title: String,
    files: Vec<FileView>,
    /// « et 3 autres », beyond those that are named.
    others: Option<String>,
    what: String,
    /// « 3 fois », when there were several.
    times: Option<String>,
    refused: bool,
}

#[derive(Serialize)]
struct FileView {
    href: String,
    reference: String,
    kind: String,
}

/// A row of the log, whatever it tells of.
struct Told {
    id: i64,
    at: Instant,
    reader: PersonId,
    who: String,
    title: String,
    action: String,
    allowed: bool,
    /// Of an export, how many files left.
    exported: Option<i64>,
    /// This person's, by number: reference and kind.
    files: BTreeMap<i64, (String, String)>,
}

impl From<Reading> for Told {
    fn from(row: Reading) -> Self {
        Self {
            id: row.id,
            at: row.at,
            reader: row.reader,
            who: format!("{} {}", row.given_name, row.family_name),
            title: row.title,
            action: row.action,
            allowed: row.allowed,
            exported: None,
            files: BTreeMap::from([(row.declaration, (row.reference.unwrap_or_default(), row.kind))]),
        }
    }
}

impl From<Export> for Told {
    fn from(row: Export) -> Self {
        let files = row.own.into_iter().map(|file| (file.id, (file.reference.unwrap_or_default(), file.kind)));
        Self {
            id: row.id,
            at: row.at,
            reader: row.reader,
            who: format!("{} {}", row.given_name, row.family_name),
            title: row.title,
            action: row.action,
            allowed: true,
            exported: Some(row.files),
            files: files.collect(),
        }
    }
}

impl Told {
    /// Done by the same person to the same files.
    fn is_like(&self, other: &Self) -> bool {
        self.reader == other.reader
            && self.action == other.action
            && self.allowed == other.allowed
            && self.exported == other.exported
            && self.files == other.files
    }
}

/// The rows of a page, the last first, and the one below which the next page begins.
fn page(tx: &mut Tx<'_>, person: PersonId, before: Option<i64>) -> Result<(Vec<Told>, Option<i64>)> {
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let readings = store::of_person(tx, person, before, most)?.into_iter().map(Told::from);
    let Found { exports, below } = exports::of_person(tx, person, before, most)?;
    let mut rows: Vec<Told> = readings.chain(exports.into_iter().map(Told::from)).collect();
    // Exports further down were not looked at: readings from there wait for them.
    rows.retain(|row| below.is_none_or(|below| below <= row.id));
    rows.sort_unstable_by_key(|row| Reverse(row.id));
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| last.id).or(below);
    Ok((rows, next))
}

/// `GET /mes-declarations/lectures`
pub async fn show(visit: Visit, query: web::Query<OwnQuery>) -> Result<HttpResponse> {
    let (actor, language, before) = (visit.actor()?, visit.language, query.apres.parse::<i64>().ok());
    let (lines, next) = visit
        .app
        .read(move |tx| {
            let (rows, next) = page(tx, actor.person, before)?;
            Ok((lines(tx, rows, language), next))
        })
        .await?;
    let here = "/mes-declarations/lectures";
    let content = OwnPage {
        empty: lines.is_empty() && next.is_none() && before.is_none(),
        none_here: lines.is_empty() && (next.is_some() || before.is_some()),
        lines,
        previous_href: before.map(|_| here.to_owned()),
        next_href: next.map(|id| format!("{here}?apres={id}")),
    };
    Page::titled(&visit, "readings-mine-title")
        .back("/mes-declarations", "back-mine")
        .wide()
        .render("pages/readings/own", &content)
}

/// One line for what one person did with the same files in one day.
fn lines(tx: &Tx<'_>, rows: Vec<Told>, language: Language) -> Vec<Line> {
    let mut groups: Vec<(NaiveDate, Told, i64)> = Vec::new();
    for row in rows {
        let on = local_date(row.at, tx.zone());
        let same = |(day, first, _): &&mut (NaiveDate, Told, i64)| *day == on && first.is_like(&row);
        match groups.iter_mut().rev().take_while(|(day, ..)| *day == on).find(same) {
            Some((.., count)) => *count += 1,
            None => groups.push((on, row, 1)),
        }
    }
    groups.into_iter().map(|(on, row, count)| line(tx, on, row, count, language)).collect()
}

fn line(tx: &Tx<'_>, on: NaiveDate, row: Told, count: i64, language: Language) -> Line {
    let title = |kind: String| {
        let version = tx.book.catalogue.kind(&kind);
        version.map_or(kind, |version| version.kind.title.get(language).to_owned())
    };
    let counted = |key: &str, count: i64| say(language, key, &[("count", Arg::from(count))]);
    let others = i64::try_from(row.files.len().saturating_sub(FILES_NAMED)).unwrap_or(i64::MAX);
    Line {
        on: formats::format_date_long(on, language),
        what: match row.exported {
            Some(files) => counted("readings-action-export", files),
            None => action_words(&row.action, row.allowed, language),
        },
        who: row.who,
        title: row.title,
        files: row
            .files
            .into_values()
            .take(FILES_NAMED)
            .map(|(reference, kind)| FileView { href: format!("/d/{reference}"), kind: title(kind), reference })
            .collect(),
        others: (others > 0).then(|| counted("readings-others", others)),
        times: (count > 1).then(|| counted("readings-times", count)),
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
