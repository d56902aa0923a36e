//! A report on a page: of the register, of one's team, of what is linked to a contract. Choose a period, read it, and take it away
//! where one may (`pages.rs`).

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::document::Document;
use super::files::Format;
use super::pages::{self, Period};
use super::parts::{self, Part};
use super::queries::Scope;
use super::statistics::{self, SealedCount};
use super::texts::Texts;
use super::{compose, proof, reduced};
use crate::access::{Actor, PageAction, RegisterScope};
use crate::app::Tx;
use crate::clock::fiscal_year;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::inbox::Picked;
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people;
use crate::people::store::Unit;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Serialize)]
struct ReportPage {
    title: String,
    lead: String,
    /// Of this page: where its form goes.
    address: &'static str,
    others: Vec<ReportLink>,
    /// Nobody reports to its reader.
    nobody: bool,
    errors: Vec<ErrorView>,
    from: String,
    to: String,
    units: Vec<Picked>,
    presets: Vec<Preset>,
    report: Option<Document>,
    /// Of what is sealed, numbers alone.
    sealed: Vec<SealedCount>,
    downloads: Vec<Preset>,
    months: Months,
    /// The signed proof of what is read here.
    proof_href: Option<String>,
    /// Leads to what was expected and declared.
    expected: bool,
}

/// Whole months, for whoever reads figures alone (`Scope::in_whole_months`).
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Months {
    /// This reader counts no less.
    pub only: bool,
    /// Said when what was asked for was widened.
    pub widened: Option<String>,
}

impl Months {
    /// The period that this reader counts, and what is said of it.
    pub(crate) fn of(only: bool, scope: Scope, language: Language) -> (Scope, Self) {
        let asked = (scope.from, scope.to);
        let scope = if only { scope.in_whole_months() } else { scope };
        let day = |day: NaiveDate| Arg::from(formats::format_date_long(day, language));
        let widened = (asked != (scope.from, scope.to))
            .then(|| say(language, "report-months-widened", &[("from", day(scope.from)), ("to", day(scope.to))]));
        (scope, Self { only, widened })
    }
}

/// A period to choose, or a file to take.
#[derive(Serialize)]
pub(crate) struct Preset {
    href: String,
    label: String,
}

/// A report that the reader may open.
#[derive(Serialize)]
pub(crate) struct ReportLink {
    href: &'static str,
    label: String,
    current: bool,
}

/// Reports, and the doors that open them. That of a team is for whoever leads one.
const REPORTS: [(PageAction, &str, &str); 4] = [
    (PageAction::Statistics, "/rapports", "report-link-register"),
    (PageAction::Own, "/rapports/equipe", "report-link-team"),
    (PageAction::ContractReport, "/rapports/contrats", "report-link-contracts"),
    (PageAction::ShowcaseReport, "/rapports/vitrines", "report-link-showcases"),
];

/// The reports of a reader, when there is more than the one at `here`.
pub(crate) fn others(visit: &Visit, actor: &Actor, here: &str) -> Vec<ReportLink> {
    let access = &visit.app.book.access;
    let links: Vec<ReportLink> = REPORTS
        .into_iter()
        .filter(|(action, ..)| access.opens(*action, Some(actor)) && (*action != PageAction::Own || actor.leads))
        .map(|(_, href, key)| ReportLink { href, label: visit.say(key), current: href == here })
        .collect();
    if links.len() > 1 { links } else { Vec::new() }
}

/// `GET /rapports`: of the register, or of what its reader counts of it.
pub async fn show(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    render(&visit, query.into_inner(), Part::Register).await
}

/// `GET /rapports/equipe`: of the people who report to its reader.
pub async fn team(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    render(&visit, query.into_inner(), Part::Team).await
}

/// `GET /rapports/contrats`: of what is linked to a contract.
pub async fn contracts(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    render(&visit, query.into_inner(), Part::Contracts).await
}

/// What a page shows of a period.
#[derive(Default)]
struct Made {
    report: Option<Document>,
    sealed: Vec<SealedCount>,
    months: Months,
    /// First and last day, when they are not those that were asked for.
    counted: Option<(NaiveDate, NaiveDate)>,
}

/// What was read for a page.
struct Found {
    units: Vec<Unit>,
    today: NaiveDate,
    made: Made,
    errors: Vec<FieldError>,
}

async fn render(visit: &Visit, period: Period, part: Part) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let address = part.address();
    let (title, lead) = match part {
        Part::Register => ("report-page-title", "report-page-lead"),
        Part::Team => ("report-team-title", "report-team-lead"),
        Part::Contracts => ("report-contracts-title", "report-contracts-lead"),
    };
    let access = &visit.app.book.access;
    let whole = part == Part::Register && access.opens(PageAction::AuditReport, Some(&actor));
    let nobody = part == Part::Team && !actor.leads;
    let (by, asked) = (Arc::clone(&actor), period.clone());
    let found = visit.app.read_long(move |tx| find(tx, &by, &asked, part, whole, nobody, language)).await?;
    let Found { units, today, made: Made { report, sealed, months, counted }, errors } = found;
    // The lists of a report are read as any other; figures alone name nobody.
    if report.is_some() && (whole || part != Part::Register) {
        let by = Arc::clone(&actor);
        let owed = visit.app.read(move |tx| access_log::owed(tx, &by, part.read_as())).await?;
        reading::opened(&visit.app, &actor, owed).await?;
    }
    let asked = period.address();
    let taken = report.is_some() && whole;
    let downloads = match part {
        _ if report.is_none() => Vec::new(),
        Part::Register if !whole => Vec::new(),
        Part::Register if cfg!(feature = "pdf") => {
            downloads(visit, "/rapports/audit", &["pdf", "xlsx", "json", "csv"], &asked)
        }
        Part::Register => downloads(visit, "/rapports/audit", &["xlsx", "json", "csv"], &asked),
        Part::Team | Part::Contracts => downloads(visit, address, &Format::ALL.map(Format::extension), &asked),
    };
    let (from, to) = period.shown(counted);
    let content = ReportPage {
        title: visit.say(title),
        lead: visit.say(lead),
        address,
        others: others(visit, &actor, address),
        nobody,
        errors: error_views(&errors, language),
        from,
        to,
        units: units
            .into_iter()
            .map(|unit| Picked {
                selected: unit.id.to_string() == period.unite,
                value: unit.id.to_string(),
                label: unit.name,
            })
            .collect(),
        presets: presets(visit, address, today, months.only),
        months,
        proof_href: (taken && !visit.app.book.config.journal.key_file.is_empty())
            .then(|| format!("/rapports/audit.preuve.json?{asked}")),
        downloads,
        report,
        sealed,
        expected: part == Part::Register && access.opens(PageAction::ExpectedDeclarations, Some(&actor)),
    };
    Page::titled(visit, title)
        .wide()
        .styled("report.css")
        .with_errors(!errors.is_empty())
        .render("pages/reports/report", &content)
}

fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: &Period,
    part: Part,
    whole: bool,
    nobody: bool,
    language: Language,
) -> Result<Found> {
    let today = tx.today();
    let units = match part {
        // A team is in one unit, or few.
        Part::Team => Vec::new(),
        Part::Register | Part::Contracts => people::gathered::offered(tx, RegisterScope::of(actor).masked)?,
    };
    let (made, errors) = match asked.scope(today, language) {
        Ok(scope) if !asked.address().is_empty() && !nobody => {
            (make(tx, actor, scope, part, whole, language)?, Vec::new())
        }
        Ok(_) => (Made::nothing(part, whole), Vec::new()),
        Err(Error::Invalid(errors)) => (Made::nothing(part, whole), errors),
        Err(error) => return Err(error),
    };
    Ok(Found { units, today, made, errors })
}

fn make(tx: &mut Tx<'_>, actor: &Actor, scope: Scope, part: Part, whole: bool, language: Language) -> Result<Made> {
    if part != Part::Register {
        let (report, _) = parts::made(tx, actor, part, scope, language)?;
        return Ok(Made { report: Some(report), ..Made::default() });
    }
    let (scope, months) = Months::of(!whole, scope, language);
    let scope = Scope { within: statistics::within(tx, actor)?, ..scope };
    let (figures, mut context) = pages::figures(tx, actor, &scope, language)?;
    context.witnessed = if whole { proof::witnessed(tx, &scope, language)? } else { None };
    let lookup = pages::lookup(language);
    let document = compose::document(&figures, &context, &Texts::new(&lookup, language));
    let report = if whole { document } else { reduced::aggregated(document, language) };
    let sealed = statistics::sealed_counts(tx, actor, &scope, language)?;
    let counted = months.widened.is_some().then_some((scope.from, scope.to));
    Ok(Made { report: Some(report), sealed, months, counted })
}

impl Made {
    /// Before a period is chosen.
    fn nothing(part: Part, whole: bool) -> Self {
        let only = part == Part::Register && !whole;
        Self { months: Months { only, widened: None }, ..Self::default() }
    }
}

/// The files of a report: one for each way in which its name ends.
pub(crate) fn downloads(visit: &Visit, address: &str, ends: &[&str], asked: &str) -> Vec<Preset> {
    let download = |end: &&str| Preset {
        href: format!("{address}.{end}?{asked}"),
        label: visit.say(&format!("report-page-{end}")),
    };
    ends.iter().map(download).collect()
}

/// Periods that the page at `address` offers: until today, or until the end of its month where months are whole.
pub(crate) fn presets(visit: &Visit, address: &str, today: NaiveDate, whole_months: bool) -> Vec<Preset> {
    let preset =
        |from: NaiveDate, to: NaiveDate, label: String| Preset { href: format!("{address}?du={from}&au={to}"), label };
    let until = Scope::whole(today, today);
    let until = if whole_months { until.in_whole_months().to } else { until.to };
    let year = fiscal_year(today);
    let mut presets = Vec::new();
    for year in [year, year - 1, year - 2] {
        if let (Some(from), Some(last)) =
            (NaiveDate::from_ymd_opt(year, 4, 1), NaiveDate::from_ymd_opt(year + 1, 3, 31))
        {
            let label = say(visit.language, "report-page-year", &[("year", Arg::from(format!("{year}-{}", year + 1)))]);
            presets.push(preset(from, last.min(until), label));
        }
    }
    if let Some(first) = today.with_day(1) {
        presets.push(preset(first, until, visit.say("report-page-month")));
    }
    presets
}
