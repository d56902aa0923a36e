//! « Exporter ce que je vois »: the same filter and order, to CSV or XLSX, streamed; each export is an event of the
//! journal and a line of the access log.

use std::io::Write;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::query::RegisterQuery;
use crate::access::{Action, Actor};
use crate::app::App;
use crate::declarations::access_log;
use crate::declarations::lists::{Cursor, Filter};
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::reports::collect::Collector;
use crate::reports::rows::ReportRow;
use crate::reports::texts::Texts;
use crate::reports::{csv, pages, queries, xlsx};
use crate::text::Language;
use crate::web::Visit;
use crate::web::stream::written_by;

/// Rows read at a time.
const CHUNK: i64 = 1_000;

/// `GET /registre/export.csv`
pub async fn to_csv(visit: Visit, query: web::Query<RegisterQuery>) -> Result<HttpResponse> {
    let (app, actor, filter) = prepared(&visit, query.into_inner(), "register.csv").await?;
    let language = visit.language;
    let body = written_by(move |out| write_csv(&app, &actor, &filter, language, out));
    Ok(attachment("registre.csv", "text/csv; charset=utf-8").streaming(body))
}

/// `GET /registre/export.xlsx`
pub async fn to_xlsx(visit: Visit, query: web::Query<RegisterQuery>) -> Result<HttpResponse> {
    let asked = query.into_inner();
    let note = asked.address(None);
    let (app, actor, filter) = prepared(&visit, asked, "register.xlsx").await?;
    let language = visit.language;
    let body = written_by(move |out| write_xlsx(&app, &actor, &filter, language, &note, out));
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(attachment("registre.xlsx", media_type).streaming(body))
}

/// Checks, counts against the limit and records the export before its first byte.
async fn prepared(visit: &Visit, query: RegisterQuery, what: &'static str) -> Result<(App, Arc<Actor>, Filter)> {
    let actor = visit.actor()?;
    visit.limits.export(actor.person)?;
    let by = Arc::clone(&actor);
    let filter = visit
        .app
        .write(move |tx| {
            let filter = query.filter(tx)?;
            let event = Event::Exported { what: what.into(), rows: -1, filter: query.address(None) };
            journal::record(tx, Some(by.person), None, &event)?;
            access_log::exported(tx, &by, what)?;
            Ok(filter)
        })
        .await?;
    Ok((visit.app.clone(), actor, filter))
}

/// Gives the rows one by one, a page at a time, each page in its own snapshot so that the log of the database stays
/// short during a long export. The next page is read while this one is written.
fn each(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    language: Language,
    mut each: impl FnMut(ReportRow) -> Result<()>,
) -> Result<()> {
    let names = app.read_here(|tx| queries::Names::read(tx, language))?;
    let (pages, read) = std::sync::mpsc::sync_channel(1);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut after: Option<Cursor> = None;
            loop {
                let page = app.read_here(|tx| queries::of_register(tx, &names, actor, filter, after.as_ref(), CHUNK));
                let (rows, next) = match page {
                    Ok((rows, next)) => (Ok(rows), next),
                    Err(error) => (Err(error), None),
                };
                after = next;
                // Nobody listens any more when the writing stopped.
                if pages.send(rows).is_err() || after.is_none() {
                    return;
                }
            }
        });
        for rows in read {
            for row in rows? {
                each(row)?;
            }
        }
        Ok(())
    })
}

/// The rows of the register that a filter leaves, as CSV.
pub fn write_csv(app: &App, actor: &Actor, filter: &Filter, language: Language, out: &mut dyn Write) -> Result<()> {
    let mut file = csv::CsvRows::new(out, language).map_err(Error::internal)?;
    each(app, actor, filter, language, |row| file.write(&row).map_err(Error::internal))?;
    file.finish().map_err(Error::internal)?;
    Ok(())
}

/// The same rows and their figures, as a workbook.
pub fn write_xlsx(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    language: Language,
    note: &str,
    out: &mut dyn Write,
) -> Result<()> {
    let context = app.read_here(|tx| {
        let scope = queries::Scope {
            from: filter.from.unwrap_or_else(|| tx.today() - chrono::Months::new(120)),
            to: filter.to.unwrap_or_else(|| tx.today()),
            unit: filter.unit,
            within: None,
        };
        let mut context = queries::context(tx, actor, Action::Read, &scope, language)?;
        context.scope_note = Some(note.to_owned()).filter(|note| !note.is_empty());
        Ok(context)
    })?;
    let lookup = pages::lookup(language);
    let texts = Texts::new(&lookup, language);
    let mut file = xlsx::XlsxReport::new(&context, &texts, None).map_err(Error::internal)?;
    let mut collector = Collector::new(&context);
    each(app, actor, filter, language, |row| {
        file.write(&row).map_err(Error::internal)?;
        collector.add(&row).map_err(Error::internal)
    })?;
    file.finish_streaming(&collector.finish(), &context, None, out).map_err(Error::internal)?;
    Ok(())
}

/// A download: never shown in place, never sniffed.
pub fn attachment(name: &str, media_type: &str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, media_type.to_owned()))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    response
}
