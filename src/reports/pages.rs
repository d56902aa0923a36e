//! The audit report taken away, as PDF, XLSX, JSON and CSV of the figures of its page (`report_page.rs`).

use std::io::Write;
use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::collect::Collector;
use super::figures::{AuditFigures, DataSeal};
use super::queries::{self, Scope};
use super::rows::ReportContext;
use super::texts::Texts;
use super::{csv, json, proof, xlsx};
use crate::access::{Action, Actor, RegisterScope};
use crate::acts::exports;
use crate::app::{App, Tx};
use crate::clock::fiscal_year;
use crate::declarations::access_log;
use crate::declarations::carried::Carried;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::register::export::attachment;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::percent;
use crate::web::stream::written_by;

/// The report's words, from the product's Fluent files.
pub fn lookup(language: Language) -> impl Fn(&str, &[(&str, Value)]) -> String {
    move |key, values| {
        let args: Vec<(&str, Arg<'_>)> = values
            .iter()
            .map(|(name, value)| {
                let arg = match value {
                    Value::Number(number) => Arg::from(number.as_i64().unwrap_or_default()),
                    Value::String(text) => Arg::from(text.as_str()),
                    other => Arg::from(other.to_string()),
                };
                (*name, arg)
            })
            .collect();
        say(language, key, &args)
    }
}

/// `?du=&au=&unite=`
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Period {
    #[serde(default)]
    pub(super) du: String,
    #[serde(default)]
    pub(super) au: String,
    #[serde(default)]
    pub(super) unite: String,
}

impl Period {
    /// The period asked for; the fiscal year until today when nothing is.
    pub(crate) fn scope(&self, today: NaiveDate, language: Language) -> Result<Scope> {
        let first = NaiveDate::from_ymd_opt(fiscal_year(today), 4, 1).unwrap_or(today);
        let read = |text: &str, field: &str, default: NaiveDate| match text.trim() {
            "" => Ok(default),
            typed => crate::formats::parse_date(typed, today, language)
                .map_err(|problem| FieldError::new(field, problem.message_key())),
        };
        let (from, to) = (read(&self.du, "du", first), read(&self.au, "au", today));
        match (from, to) {
            (Ok(from), Ok(to)) if from <= to => Ok(Scope { unit: self.unite.parse().ok(), ..Scope::whole(from, to) }),
            (Ok(_), Ok(_)) => Err(Error::field("au", "error-period")),
            (from, to) => Err(Error::Invalid([from.err(), to.err()].into_iter().flatten().collect())),
        }
    }

    /// Its two days as typed; those that were counted, when they were widened.
    pub(crate) fn shown(&self, counted: Option<(NaiveDate, NaiveDate)>) -> (String, String) {
        counted.map_or_else(|| (self.du.clone(), self.au.clone()), |(from, to)| (from.to_string(), to.to_string()))
    }

    pub(crate) fn address(&self) -> String {
        [("du", &self.du), ("au", &self.au), ("unite", &self.unite)]
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| format!("{name}={}", percent(value.trim())))
            .collect::<Vec<_>>()
            .join("&")
    }
}

/// Figures of a period, counted in one pass.
pub(super) fn figures(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: &Scope,
    language: Language,
) -> Result<(AuditFigures, ReportContext)> {
    let context = queries::context(tx, actor, Action::Count, scope, language)?;
    let mut collector = Collector::new(&context);
    queries::each_in_period(tx, actor, scope, language, |row| collector.add(&row).map_err(Error::internal))?;
    Ok((collector.finish(), context))
}

/// From the first declaration until today.
fn whole(tx: &Tx<'_>) -> Scope {
    Scope::whole(NaiveDate::default(), tx.today())
}

/// The files of the rows that [`write_whole_masked`] writes.
///
/// # Errors
/// The database does not answer.
pub fn files_whole_masked(tx: &mut Tx<'_>, actor: &Actor) -> Result<Carried> {
    let scope = whole(tx);
    queries::files_in_period(tx, actor, &scope)
}

/// Every declaration that is not confidential as CSV, as an auditor reads them: for the archive of evidence.
///
/// # Errors
/// The database or the writing fails.
pub fn write_whole_masked(tx: &mut Tx<'_>, actor: &Actor, out: &mut dyn Write) -> Result<()> {
    let scope = whole(tx);
    let mut file = csv::CsvRows::new(out, &Texts::new(&lookup(Language::Fr), Language::Fr)).map_err(Error::internal)?;
    queries::each_masked(tx, actor, &scope, Language::Fr, |row| file.write(&row).map_err(Error::internal))?;
    file.finish().map_err(Error::internal)?;
    Ok(())
}

/// Whether a report has a row for each file; the others have figures, and lists of a few.
pub fn carries_files(what: &str) -> bool {
    matches!(what, "audit.csv" | "audit.xlsx")
}

/// The period of a download, checked against the limit and recorded before the first byte.
pub(super) async fn prepared(visit: &Visit, period: &Period, what: &'static str) -> Result<(App, Arc<Actor>, Scope)> {
    let actor = visit.actor()?;
    visit.limits.export(actor.person)?;
    let language = visit.language;
    let files = if carries_files(what) {
        let (by, period) = (Arc::clone(&actor), period.clone());
        // Whoever writes does not wait for it.
        let files = visit.app.read_long(move |tx| {
            let scope = period.scope(tx.today(), language)?;
            queries::files_in_period(tx, &by, &scope)
        });
        Some(files.await?)
    } else {
        None
    };
    let (by, period) = (Arc::clone(&actor), period.clone());
    let scope = visit
        .app
        .write(move |tx| {
            exports::require(tx, &by, what, &period.address())?;
            let scope = period.scope(tx.today(), language)?;
            let event = Event::Exported { what: what.into(), rows: -1, filter: period.address() };
            journal::record(tx, Some(by.person), None, &event)?;
            access_log::exported(tx, &by, what, files.as_ref())?;
            Ok(scope)
        })
        .await?;
    Ok((visit.app.clone(), actor, scope))
}

/// The period of an address as it is understood, and how many rows that name people it gives this reader; no further than
/// one over `most`. An auditor's rows name nobody.
///
/// # Errors
/// The database does not answer.
pub fn counted(tx: &mut Tx<'_>, actor: &Actor, query: &str, most: Option<i64>) -> Result<(String, i64)> {
    let period: Period = serde_urlencoded::from_str(query).map_err(|_| Error::BadRequest("problem-bad-request"))?;
    if RegisterScope::of(actor).masked {
        return Ok((period.address(), 0));
    }
    let scope = period.scope(tx.today(), Language::Fr)?;
    let mut rows = 0;
    let counted = queries::each_in_period(tx, actor, &scope, Language::Fr, |_| {
        rows += 1;
        // Enough is known.
        if most.is_some_and(|most| rows > most) { Err(Error::TooLarge) } else { Ok(()) }
    });
    match counted {
        Ok(()) | Err(Error::TooLarge) => Ok((period.address(), rows)),
        Err(error) => Err(error),
    }
}

fn file_name(scope: &Scope, extension: &str) -> String {
    format!("rapport-{}-{}.{extension}", scope.from, scope.to)
}

/// `GET /rapports/audit.pdf`: tagged PDF (PDF/UA-1). One is laid out at a time.
#[cfg(feature = "pdf")]
pub async fn to_pdf(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    let (app, actor, scope) = prepared(&visit, &query, "audit.pdf").await?;
    let language = visit.language;
    let name = file_name(&scope, "pdf");
    let _turn = visit.limits.report().await?;
    let (by, of) = (Arc::clone(&actor), scope.clone());
    let (bytes, seal) = app.read_long(move |tx| pdf_of(tx, &by, &of, language)).await?;
    let file = proof::file_of("pdf", &bytes);
    app.write(move |tx| proof::record(tx, &actor, &scope, &seal, Some(file))).await?;
    Ok(attachment(&name, "application/pdf").body(bytes))
}

/// Without the PDF engine compiled in.
#[cfg(not(feature = "pdf"))]
pub async fn to_pdf(_visit: Visit) -> Result<HttpResponse> {
    Err(Error::NotPossible("not-possible-pdf"))
}

/// `GET /rapports/audit.xlsx`
pub async fn to_xlsx(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    let (app, actor, scope) = prepared(&visit, &query, "audit.xlsx").await?;
    let language = visit.language;
    let name = file_name(&scope, "xlsx");
    let body = written_by(move |out| {
        let (seal, file) =
            proof::written("xlsx", out, |out| app.read_here(|tx| write_xlsx(tx, &actor, &scope, language, out)))?;
        app.write_here(move |tx| proof::record(tx, &actor, &scope, &seal, Some(file)))
    });
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(attachment(&name, media_type).streaming(body))
}

/// Every row and every figure of a period, as a workbook; gives the hash that it prints.
pub fn write_xlsx(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: &Scope,
    language: Language,
    out: &mut dyn Write,
) -> Result<DataSeal> {
    let mut context = queries::context(tx, actor, Action::Count, scope, language)?;
    context.witnessed = proof::witnessed(tx, scope, language)?;
    let lookup = lookup(language);
    let texts = Texts::new(&lookup, language);
    let mut collector = Collector::new(&context);
    let mut file = xlsx::XlsxReport::new(&context, &texts, None).map_err(Error::internal)?;
    queries::each_in_period(tx, actor, scope, language, |row| {
        file.write(&row).map_err(Error::internal)?;
        collector.add(&row).map_err(Error::internal)
    })?;
    let figures = collector.finish();
    file.finish_streaming(&figures, &context, None, out).map_err(Error::internal)?;
    Ok(figures.data)
}

/// `GET /rapports/audit.json`: the figures, with a schema version.
pub async fn to_json(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    let (app, actor, scope) = prepared(&visit, &query, "audit.json").await?;
    let language = visit.language;
    let name = file_name(&scope, "json");
    let (by, of) = (Arc::clone(&actor), scope.clone());
    let (bytes, seal) = app.read_long(move |tx| json_of(tx, &by, &of, language)).await?;
    let file = proof::file_of("json", &bytes);
    app.write(move |tx| proof::record(tx, &actor, &scope, &seal, Some(file))).await?;
    Ok(attachment(&name, "application/json").body(bytes))
}

/// The figures of a period as JSON, and the hash that they hold.
pub fn json_of(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope, language: Language) -> Result<(Vec<u8>, DataSeal)> {
    let (figures, mut context) = figures(tx, actor, scope, language)?;
    context.witnessed = proof::witnessed(tx, scope, language)?;
    let mut bytes = Vec::new();
    json::write_figures(&figures, &context, &mut bytes).map_err(Error::internal)?;
    Ok((bytes, figures.data))
}

/// The report of a period as a tagged PDF, and the hash that it prints.
#[cfg(feature = "pdf")]
pub fn pdf_of(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope, language: Language) -> Result<(Vec<u8>, DataSeal)> {
    let (figures, mut context) = figures(tx, actor, scope, language)?;
    context.witnessed = proof::witnessed(tx, scope, language)?;
    let lookup = lookup(language);
    let bytes = super::pdf::render(&figures, &context, &Texts::new(&lookup, language)).map_err(Error::internal)?;
    Ok((bytes, figures.data))
}

/// `GET /rapports/audit.csv`: the rows the figures were counted from.
pub async fn to_csv(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    let (app, actor, scope) = prepared(&visit, &query, "audit.csv").await?;
    let language = visit.language;
    let name = file_name(&scope, "csv");
    let body = written_by(move |out| {
        let (seal, file) =
            proof::written("csv", out, |out| app.read_here(|tx| write_csv(tx, &actor, &scope, language, out)))?;
        app.write_here(move |tx| proof::record(tx, &actor, &scope, &seal, Some(file)))
    });
    Ok(attachment(&name, "text/csv; charset=utf-8").streaming(body))
}

/// The rows of a period as CSV; gives the hash that the other formats print of them.
pub fn write_csv(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: &Scope,
    language: Language,
    out: &mut dyn Write,
) -> Result<DataSeal> {
    let context = queries::context(tx, actor, Action::Count, scope, language)?;
    let mut collector = Collector::new(&context);
    let mut file = csv::CsvRows::new(out, &Texts::new(&lookup(language), language)).map_err(Error::internal)?;
    queries::each_in_period(tx, actor, scope, language, |row| {
        file.write(&row).map_err(Error::internal)?;
        collector.add(&row).map_err(Error::internal)
    })?;
    file.finish().map_err(Error::internal)?;
    Ok(collector.finish().data)
}
