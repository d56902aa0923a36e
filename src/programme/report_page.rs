//! « Rapport des vitrines » : for the chief information officer, and for whoever reads every report. Those who read figures alone
//! are told the counts, reduced as in their other reports; the others read the showcases one by one too.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::report::{self, Seen};
use super::showcase_page;
use super::store;
use crate::access::{AccessTable, Actor, PageAction};
use crate::app::Tx;
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::reports::compose;
use crate::reports::document::{Cells, Column, Document, KeyFigure, Method, Pair, Section, Table};
use crate::reports::files::{self, Format, Leaving, SCHEMA, Source};
use crate::reports::pages::{Period, lookup};
use crate::reports::queries::Scope;
use crate::reports::reduced;
use crate::reports::report_page::{self, Months, Preset, ReportLink};
use crate::reports::texts::Texts;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, organisation};

const ADDRESS: &str = "/rapports/vitrines";
const SOURCE: Source = Source { name: "showcases", page: ADDRESS, file: "rapport-vitrines" };

#[derive(Serialize)]
struct ShowcasesPage {
    address: &'static str,
    others: Vec<ReportLink>,
    errors: Vec<ErrorView>,
    from: String,
    to: String,
    presets: Vec<Preset>,
    downloads: Vec<Preset>,
    months: Months,
    report: Option<Report>,
}

#[derive(Serialize)]
struct Report {
    period: String,
    key_figures: Vec<KeyFigure>,
    sections: Vec<Section>,
    /// One by one, for whoever reads them so.
    lines: Vec<Line>,
    /// Why numbers are not exact.
    note: Option<String>,
    words: Words,
    /// First and last day, as this reader counts them.
    #[serde(skip)]
    counted: (NaiveDate, NaiveDate),
}

/// What `report/section` reads of a document.
#[derive(Serialize)]
struct Words {
    data: String,
}

#[derive(Serialize)]
struct Line {
    #[serde(skip)]
    held_on: NaiveDate,
    #[serde(skip)]
    came: u64,
    on: String,
    title: String,
    href: String,
    kind: String,
    tag: &'static str,
    state: String,
    heard: String,
    equality: String,
    attended: String,
}

/// `GET /rapports/vitrines?du=&au=`
pub async fn show(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    let (actor, period, language) = (visit.actor()?, query.into_inner(), visit.language);
    let reads = Reads::of(&visit.app.book.access, &actor);
    let asked = period.clone();
    let found = visit.app.read_long(move |tx| find(tx, &asked, reads, language)).await?;
    let errors = found.errors.clone();
    let content = content(&visit, &actor, &period, found);
    Page::titled(&visit, "report-showcases-title")
        .wide()
        .styled("report.css")
        .with_errors(!errors.is_empty())
        .render("pages/reports/showcases", &content)
}

/// `GET /rapports/vitrines.xlsx`, `.json` and `.csv`: what this reader reads on the page.
pub async fn to_file(visit: Visit, query: web::Query<Period>, format: Format) -> Result<HttpResponse> {
    let language = visit.language;
    files::take(&visit, query.into_inner(), SOURCE, format, move |tx, actor, scope| {
        let reads = Reads::of(&tx.book.access, actor);
        let (report, _) = made(tx, scope, reads, language)?;
        Ok(leaving(tx, actor, report, language))
    })
    .await
}

fn content(visit: &Visit, actor: &Actor, period: &Period, found: Found) -> ShowcasesPage {
    let Found { today, report, months, errors } = found;
    let counted = report.as_ref().map(|report| report.counted).filter(|_| months.widened.is_some());
    let (from, to) = period.shown(counted);
    let ends = Format::ALL.map(Format::extension);
    let downloads =
        report.as_ref().map(|_| report_page::downloads(visit, ADDRESS, &ends, &period.address())).unwrap_or_default();
    ShowcasesPage {
        address: ADDRESS,
        others: report_page::others(visit, actor, ADDRESS),
        errors: error_views(&errors, visit.language),
        from,
        to,
        presets: report_page::presets(visit, ADDRESS, today, months.only),
        downloads,
        months,
        report,
    }
}

/// What a reader reads of showcases.
#[derive(Clone, Copy)]
struct Reads {
    /// Each one, and exact numbers.
    each: bool,
    /// Their ledgers too.
    ledgers: bool,
}

impl Reads {
    fn of(access: &AccessTable, actor: &Actor) -> Self {
        let opens = |action| access.opens(action, Some(actor));
        let ledgers = opens(PageAction::ReadEveryLedger);
        Self { each: ledgers || opens(PageAction::AuditReport), ledgers }
    }
}

/// What was read for a page.
struct Found {
    today: NaiveDate,
    report: Option<Report>,
    months: Months,
    errors: Vec<FieldError>,
}

fn find(tx: &mut Tx<'_>, period: &Period, reads: Reads, language: Language) -> Result<Found> {
    let today = tx.today();
    let months = Months { only: !reads.each, widened: None };
    let nothing = Found { today, report: None, months, errors: Vec::new() };
    match period.scope(today, language) {
        Ok(scope) if !period.address().is_empty() => {
            let (report, months) = made(tx, scope, reads, language)?;
            Ok(Found { report: Some(report), months, ..nothing })
        }
        Ok(_) => Ok(nothing),
        Err(Error::Invalid(errors)) => Ok(Found { errors, ..nothing }),
        Err(error) => Err(error),
    }
}

fn made(tx: &mut Tx<'_>, scope: Scope, reads: Reads, language: Language) -> Result<(Report, Months)> {
    let (scope, months) = Months::of(!reads.each, scope, language);
    let seen = seen(tx, &scope)?;
    let kinds: Vec<(String, String)> =
        tx.book.showcases.iter().map(|kind| (kind.id.clone(), kind.title.get(language).to_owned())).collect();
    let lookup = lookup(language);
    let texts = Texts::new(&lookup, language);
    let long = |day: NaiveDate| serde_json::Value::from(formats::format_date_long(day, language));
    let mut sections = report::sections(&seen, &kinds, &texts);
    // Who was heard, and how long, is what the ledgers say.
    if reads.ledgers {
        sections.push(report::companies(&seen, &texts));
    }
    if !reads.each {
        reduced::sections(&mut sections, language);
    }
    let report = Report {
        period: texts.with("period", &[("from", long(scope.from)), ("to", long(scope.to))]),
        key_figures: if reads.each { report::key_figures(&seen, &texts) } else { Vec::new() },
        sections,
        lines: if reads.each { seen.iter().map(|one| line(one, &kinds, reads, &texts)).collect() } else { Vec::new() },
        note: (!reads.each).then(|| say(language, "statistics-note", &[])),
        words: Words { data: texts.get("chart-data") },
        counted: (scope.from, scope.to),
    };
    Ok((report, months))
}

/// The same report as a document, with how it was made.
fn leaving(tx: &Tx<'_>, actor: &Actor, report: Report, language: Language) -> Leaving {
    let lookup = lookup(language);
    let texts = Texts::new(&lookup, language);
    let pair = |key: &str, text: String| Pair { term: texts.get(key), text };
    let made = vec![
        pair("meta-generated", formats::format_datetime(tx.now(), tx.zone(), language)),
        pair("meta-by", actor.name.clone()),
    ];
    let percent: [(&str, serde_json::Value); 1] = [("percent", tx.book.config.programme.time_gap_percent.into())];
    let (organisation, _) = organisation(&tx.book.config, language);
    let mut facts = made.clone();
    facts.push(pair("method-utc", tx.now().format("%Y-%m-%dT%H:%M:%SZ").to_string()));
    facts.push(pair("method-version", SCHEMA.to_owned()));
    let list = (!report.lines.is_empty()).then(|| one_by_one(&report.lines, &texts));
    let (from, to) = report.counted;
    let document = Document {
        language: language.code(),
        title: say(language, "report-showcases-title", &[]),
        organisation: organisation.to_owned(),
        period: report.period,
        meta: made,
        key_figures: report.key_figures,
        highlights_title: texts.get("highlights"),
        highlights: report.note.into_iter().collect(),
        definitions_title: texts.get("definitions"),
        definitions: Vec::new(),
        sections: report.sections.into_iter().chain(list).collect(),
        method: Method {
            title: texts.get("section-method"),
            paragraphs: ["rows", "heard", "even"]
                .map(|key| texts.with(&format!("showcases-method-{key}"), &percent))
                .to_vec(),
            facts,
            // Showcases are no rows that are hashed.
            hash: Pair { term: String::new(), text: String::new() },
        },
        words: compose::words(&texts),
    };
    Leaving { document, from, to, generated_at: tx.now(), generated_by: actor.name.clone() }
}

/// The showcases of the page, as a table.
fn one_by_one(lines: &[Line], texts: &Texts<'_>) -> Section {
    let cells = Cells(texts);
    let columns = vec![
        Column::text(texts.get("showcases-name"), 3.0),
        Column::text(texts.get("col-kind"), 2.0),
        Column::fixed(texts.get("showcases-day"), 1.3),
        Column::text(texts.get("col-state"), 1.2),
        Column::text(texts.get("showcases-firms"), 2.0),
        Column::text(texts.get("showcases-col-ledger"), 2.0),
        Column::number(texts.get("showcases-attended"), 1.0),
    ];
    let row = |line: &Line| {
        vec![
            cells.text(&line.title),
            cells.text(&line.kind),
            cells.date(Some(line.held_on)),
            cells.text(&line.state),
            cells.text(&line.heard),
            cells.text(&line.equality),
            cells.count(line.came),
        ]
    };
    let (rows, title) = (lines.iter().map(row).collect(), texts.get("showcases-list"));
    let table = Table { id: "list", caption: title.clone(), columns, rows, total: None, note: None };
    Section { id: "list", title, finding: String::new(), chart: None, tables: vec![table] }
}

/// The showcases of a period, with their ledgers and how many came to each.
fn seen(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Seen>> {
    let gap_percent = tx.book.config.programme.time_gap_percent;
    let showcases = store::between(tx, scope.from, scope.to)?;
    let ids: Vec<i64> = showcases.iter().map(|showcase| showcase.id).collect();
    let (mut firms, attended) = (store::firms_of(tx, &ids)?, store::attended(tx, &ids)?);
    let seen = showcases.into_iter().map(|showcase| {
        let (firms, came) = (firms.remove(&showcase.id), attended.get(&showcase.id).copied());
        let came = u64::try_from(came.unwrap_or_default()).unwrap_or_default();
        Seen::new(showcase, firms.unwrap_or_default(), came, gap_percent)
    });
    Ok(seen.collect())
}

fn line(one: &Seen, kinds: &[(String, String)], reads: Reads, texts: &Texts<'_>) -> Line {
    let (showcase, language) = (&one.showcase, texts.language);
    let count = |number: usize| Arg::from(i64::try_from(number).unwrap_or(i64::MAX));
    let heard = [
        ("heard", count(one.indicator.heard)),
        ("firms", count(one.indicator.firms)),
        ("shortest", Arg::from(i64::from(one.indicator.shortest))),
        ("longest", Arg::from(i64::from(one.indicator.longest))),
    ];
    let key = match one.indicator.heard {
        0 => "report-showcases-none-heard",
        _ if reads.ledgers => "report-showcases-heard-of",
        _ => "report-showcases-heard",
    };
    let ledger = if reads.ledgers { "/registre" } else { "" };
    Line {
        held_on: showcase.held_on,
        came: one.attended,
        on: formats::format_date_long(showcase.held_on, language),
        title: showcase.title.clone(),
        href: format!("{}{ledger}", showcase.address()),
        kind: kinds.iter().find(|(id, _)| *id == showcase.kind).map(|(_, title)| title.clone()).unwrap_or_default(),
        tag: showcase_page::tag(showcase.state()),
        state: showcase_page::state_label(showcase.state(), language),
        heard: say(language, key, &heard),
        equality: report::equality_label(one.indicator.equality, texts),
        attended: texts.number(one.attended),
    }
}
