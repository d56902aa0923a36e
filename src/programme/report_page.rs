//! « Rapport des vitrines » : for the chief information officer, and for whoever reads every report. Those who read figures alone
//! are told the counts, reduced as in their other reports; the others read the showcases one by one too.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::report::{self, Seen};
use super::showcase_page;
use super::store;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::reports::document::{KeyFigure, Section};
use crate::reports::pages::{Period, lookup};
use crate::reports::queries::Scope;
use crate::reports::reduced;
use crate::reports::report_page::{self, Preset, ReportLink};
use crate::reports::texts::Texts;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

const ADDRESS: &str = "/rapports/vitrines";

#[derive(Serialize)]
struct ShowcasesPage {
    address: &'static str,
    others: Vec<ReportLink>,
    errors: Vec<ErrorView>,
    from: String,
    to: String,
    presets: Vec<Preset>,
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
}

/// What `report/section` reads of a document.
#[derive(Serialize)]
struct Words {
    data: String,
}

#[derive(Serialize)]
struct Line {
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
    let access = &visit.app.book.access;
    let reads = Reads {
        each: [PageAction::ReadEveryLedger, PageAction::AuditReport]
            .into_iter()
            .any(|action| access.opens(action, Some(&actor))),
        ledgers: access.opens(PageAction::ReadEveryLedger, Some(&actor)),
    };
    let asked = period.clone();
    let (today, report, errors) = visit.app.read_long(move |tx| find(tx, &asked, reads, language)).await?;
    let content = content(&visit, &actor, &period, today, report, &errors);
    Page::titled(&visit, "report-showcases-title")
        .wide()
        .styled("report.css")
        .with_errors(!errors.is_empty())
        .render("pages/reports/showcases", &content)
}

fn content(
    visit: &Visit,
    actor: &Actor,
    period: &Period,
    today: NaiveDate,
    report: Option<Report>,
    errors: &[FieldError],
) -> ShowcasesPage {
    let (from, to) = period.typed();
    ShowcasesPage {
        address: ADDRESS,
        others: report_page::others(visit, actor, ADDRESS),
        errors: error_views(errors, visit.language),
        from: from.to_owned(),
        to: to.to_owned(),
        presets: report_page::presets(visit, ADDRESS, today),
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

fn find(
    tx: &mut Tx<'_>,
    period: &Period,
    reads: Reads,
    language: Language,
) -> Result<(NaiveDate, Option<Report>, Vec<FieldError>)> {
    let today = tx.today();
    match period.scope(today, language) {
        Ok(scope) if !period.address().is_empty() => Ok((today, Some(made(tx, &scope, reads, language)?), Vec::new())),
        Ok(_) => Ok((today, None, Vec::new())),
        Err(Error::Invalid(errors)) => Ok((today, None, errors)),
        Err(error) => Err(error),
    }
}

fn made(tx: &mut Tx<'_>, scope: &Scope, reads: Reads, language: Language) -> Result<Report> {
    let seen = seen(tx, scope)?;
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
    Ok(Report {
        period: texts.with("period", &[("from", long(scope.from)), ("to", long(scope.to))]),
        key_figures: if reads.each { report::key_figures(&seen, &texts) } else { Vec::new() },
        sections,
        lines: if reads.each { seen.iter().map(|one| line(one, &kinds, reads, &texts)).collect() } else { Vec::new() },
        note: (!reads.each).then(|| say(language, "statistics-note", &[])),
        words: Words { data: texts.get("chart-data") },
    })
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
