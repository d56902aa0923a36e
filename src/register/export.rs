//! « Exporter ce que je vois »: the same filter, to CSV in the order of the page or to XLSX by reference, streamed; of one
//! kind, with what was answered, as this reader reads it. Each export is an event of the journal and a line of the access log.

use std::io::Write;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::query::RegisterQuery;
use crate::access::{Action, Actor, RegisterScope};
use crate::acts::exports;
use crate::app::{App, Tx};
use crate::declarations::access_log;
use crate::declarations::lists::{Cursor, Filter, Order};
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::reports::answer_columns::{AnswerColumns, Cell};
use crate::reports::collect::Collector;
use crate::reports::raw::{Batch, Frame, Names};
use crate::reports::rows::ReportRow;
use crate::reports::texts::Texts;
use crate::reports::{csv, pages, queries, xlsx};
use crate::text::Language;
use crate::web::Visit;
use crate::web::page::see_other;
use crate::web::stream::written_by;

/// Rows read at a time: two such batches are in memory, one being read and one being written.
const CHUNK: i64 = 500;

/// `GET /registre/export.csv`
pub async fn to_csv(visit: Visit, query: web::Query<RegisterQuery>) -> Result<HttpResponse> {
    let asked = query.into_inner();
    let Prepared { app, actor, filter, .. } = match prepared(&visit, &asked, "register.csv").await {
        Err(Error::Invalid(_)) => return Ok(refused(&asked)),
        found => found?,
    };
    let language = visit.language;
    let body = written_by(move |out| write_csv(&app, &actor, &filter, language, out));
    Ok(attachment("registre.csv", "text/csv; charset=utf-8").streaming(body))
}

/// `GET /registre/export.xlsx`
pub async fn to_xlsx(visit: Visit, query: web::Query<RegisterQuery>) -> Result<HttpResponse> {
    let asked = query.into_inner();
    let Prepared { app, actor, filter, note } = match prepared(&visit, &asked, "register.xlsx").await {
        Err(Error::Invalid(_)) => return Ok(refused(&asked)),
        found => found?,
    };
    let language = visit.language;
    let body = written_by(move |out| write_xlsx(&app, &actor, &filter, language, &note, out));
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(attachment("registre.xlsx", media_type).streaming(body))
}

/// What leaves, and for whom.
struct Prepared {
    app: App,
    actor: Arc<Actor>,
    filter: Filter,
    /// The address as it was understood.
    note: String,
}

/// Nothing leaves by a filter that means nothing: the page says, beside its fields, what to correct.
fn refused(asked: &RegisterQuery) -> HttpResponse {
    see_other(&format!("/registre?{}", asked.address(None)), None)
}

/// Checks, counts against the limit and records the export before its first byte.
async fn prepared(visit: &Visit, asked: &RegisterQuery, what: &'static str) -> Result<Prepared> {
    let actor = visit.actor()?;
    visit.limits.export(actor.person)?;
    let language = visit.language;
    let (by, wanted) = (Arc::clone(&actor), asked.clone());
    // Whoever writes does not wait for it.
    let files = visit
        .app
        .read_long(move |tx| {
            let (_, filter) = wanted.understood(tx, language)?;
            queries::files_of_register(tx, &by, &filter)
        })
        .await?;
    let (by, asked) = (Arc::clone(&actor), asked.clone());
    let (filter, note) = visit
        .app
        .write(move |tx| {
            let (understood, filter) = asked.understood(tx, language)?;
            let note = understood.address(None);
            exports::require(tx, &by, what, &note)?;
            let event = Event::Exported { what: what.into(), rows: -1, filter: note.clone() };
            journal::record(tx, Some(by.person), None, &event)?;
            access_log::exported(tx, &by, what, Some(&files))?;
            Ok((filter, note))
        })
        .await?;
    Ok(Prepared { app: visit.app.clone(), actor, filter, note })
}

/// The filter of an address as it is understood, and how many rows it gives; no further than one over `most`.
///
/// # Errors
/// The database does not answer.
pub fn counted(tx: &mut Tx<'_>, actor: &Actor, query: &str, most: Option<i64>) -> Result<(String, i64)> {
    let query: RegisterQuery =
        serde_urlencoded::from_str(query).map_err(|_| Error::BadRequest("problem-bad-request"))?;
    let (query, filter) = match query.understood(tx, actor.language) {
        Err(Error::Invalid(_)) => return Err(Error::BadRequest("problem-bad-request")),
        found => found?,
    };
    Ok((query.address(None), queries::count_of_register(tx, actor, &filter, most)?))
}

/// In which order rows leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sequence {
    /// As on the pages: each page of the database is read once.
    Listed,
    /// By reference: what the figures and the hash of a workbook are made from.
    ByReference,
}

/// Batches of rows, one after the other.
struct Batches<'e> {
    app: &'e App,
    actor: &'e Actor,
    filter: &'e Filter,
    /// What was answered leaves too.
    with_answers: bool,
}

impl Batches<'_> {
    fn told(&self, tx: &mut Tx<'_>, mut rows: Batch) -> Result<Batch> {
        if self.with_answers {
            rows.read_answers(tx)?;
        }
        Ok(rows)
    }

    fn listed(&self, mut give: impl FnMut(Result<Batch>) -> bool) {
        let mut after: Option<Cursor> = None;
        loop {
            let page = self.app.read_here(|tx| {
                let (rows, next) = queries::of_register(tx, self.actor, self.filter, after.as_ref(), CHUNK)?;
                Ok((self.told(tx, rows)?, next))
            });
            let (rows, next) = match page {
                Ok((rows, next)) => (Ok(rows), next),
                Err(error) => (Err(error), None),
            };
            after = next;
            if !give(rows) || after.is_none() {
                return;
            }
        }
    }

    fn by_reference(&self, mut give: impl FnMut(Result<Batch>) -> bool) {
        if self.filter.order() == Order::Opened {
            // The index of words has an order of its own: references first, they are small.
            let (mut references, mut failed) = (Vec::new(), None);
            self.listed(|rows| match rows {
                Ok(rows) => {
                    references.extend(rows.references());
                    true
                }
                Err(error) => {
                    failed = Some(error);
                    false
                }
            });
            if let Some(error) = failed {
                give(Err(error));
                return;
            }
            references.sort_unstable();
            for some in references.chunks(usize::try_from(CHUNK).unwrap_or(1)) {
                let rows = self.app.read_here(|tx| {
                    let rows = queries::of_references(tx, self.actor, self.filter, some)?;
                    self.told(tx, rows)
                });
                if !give(rows) {
                    return;
                }
            }
            return;
        }
        let mut after = String::new();
        loop {
            let rows = self.app.read_here(|tx| {
                let rows = queries::by_reference(tx, self.actor, self.filter, &after, CHUNK)?;
                self.told(tx, rows)
            });
            let last = rows.as_ref().ok().and_then(|rows| rows.last_reference().map(str::to_owned));
            if !give(rows) {
                return;
            }
            let Some(last) = last else { return };
            after = last;
        }
    }
}

/// Gives the rows one by one, a batch at a time, each batch in its own snapshot so that the log of the database stays
/// short during a long export. The next batch is read while this one is put in words and written.
fn each(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    language: Language,
    sequence: Sequence,
    columns: Option<&AnswerColumns>,
    mut each: impl FnMut(ReportRow, &[Cell]) -> Result<()>,
) -> Result<()> {
    let (names, today) =
        app.read_here(|tx| Ok((Names::read(tx, RegisterScope::of(actor).masked, language)?, tx.today())))?;
    let frame = Frame { book: &app.book, names: &names, today };
    let (send, read) = std::sync::mpsc::sync_channel(1);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let batches = Batches { app, actor, filter, with_answers: columns.is_some() };
            // Nobody listens any more when the writing stopped.
            let give = |rows: Result<Batch>| {
                let failed = rows.is_err();
                send.send(rows).is_ok() && !failed
            };
            match sequence {
                Sequence::Listed => batches.listed(give),
                Sequence::ByReference => batches.by_reference(give),
            }
        });
        for batch in read {
            for row in batch?.rows_with(frame, columns) {
                let (row, cells) = row?;
                each(row, &cells)?;
            }
        }
        Ok(())
    })
}

/// The rows of the register that a filter leaves, as CSV; of one kind, with its answers.
pub fn write_csv(app: &App, actor: &Actor, filter: &Filter, language: Language, out: &mut dyn Write) -> Result<()> {
    let columns = AnswerColumns::of(&app.book, actor, filter.kind.as_deref(), language);
    let names = columns.as_ref().map(AnswerColumns::names).unwrap_or_default();
    let mut file = csv::CsvRows::with_columns(out, &Texts::new(&pages::lookup(language), language), &names)
        .map_err(Error::internal)?;
    each(app, actor, filter, language, Sequence::Listed, columns.as_ref(), |row, cells| {
        file.write_with(&row, cells).map_err(Error::internal)
    })?;
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
        let from = filter.from.unwrap_or_else(|| tx.today() - chrono::Months::new(120));
        let unit = filter.units.as_deref().and_then(|units| units.first().copied());
        let scope = queries::Scope { unit, ..queries::Scope::whole(from, filter.to.unwrap_or_else(|| tx.today())) };
        let mut context = queries::context(tx, actor, Action::Read, &scope, language)?;
        context.scope_note = Some(note.to_owned()).filter(|note| !note.is_empty());
        Ok(context)
    })?;
    let lookup = pages::lookup(language);
    let texts = Texts::new(&lookup, language);
    let columns = AnswerColumns::of(&app.book, actor, filter.kind.as_deref(), language);
    let heads = columns.as_ref().map(AnswerColumns::labels).unwrap_or_default();
    let mut file = xlsx::XlsxReport::with_columns(&context, &texts, None, heads).map_err(Error::internal)?;
    let mut collector = Collector::new(&context);
    each(app, actor, filter, language, Sequence::ByReference, columns.as_ref(), |row, cells| {
        file.write_with(&row, cells).map_err(Error::internal)?;
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
