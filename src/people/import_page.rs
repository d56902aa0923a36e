//! Importing the directory from a page: choose a file, look at what it would change, confirm.

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::csv_directory::MOST_BYTES;
use super::directory_values::COLUMNS;
use super::preview_view::PreviewPage;
use super::{directory, kept_upload, listing};
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats::format_datetime;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;
use crate::web::upload::receive;

#[derive(Serialize)]
struct ImportPage {
    errors: Vec<ErrorView>,
    error: Option<String>,
    columns: Vec<ColumnView>,
    past: Vec<PastView>,
}

#[derive(Serialize)]
struct ColumnView {
    name: &'static str,
    english: &'static str,
    text: String,
}

#[derive(Serialize)]
struct PastView {
    at: String,
    by: String,
    file: String,
    added: usize,
    changed: usize,
    departed: usize,
    moved: i64,
}

/// `GET /personnes/importation`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    choose(&visit, None).await
}

async fn choose(visit: &Visit, error: Option<FieldError>) -> Result<HttpResponse> {
    let language = visit.language;
    let past = visit.app.read(|tx| listing::past_imports(tx, 5)).await?;
    let zone = visit.app.book.calendar.default_zone();
    let content = ImportPage {
        error: error.as_ref().map(|error| field_message(error, language)),
        errors: error.as_ref().map(|error| error_views(std::slice::from_ref(error), language)).unwrap_or_default(),
        columns: COLUMNS
            .iter()
            .map(|(name, english, _)| ColumnView {
                name,
                english,
                text: say(language, &format!("import-column-{}", name.replace('_', "-")), &[]),
            })
            .collect(),
        past: past
            .into_iter()
            .map(|import| PastView {
                at: format_datetime(import.at, zone, language),
                by: import.by.unwrap_or_else(|| say(language, "import-by-command", &[])),
                file: import.file,
                added: import.added,
                changed: import.changed,
                departed: import.departed,
                moved: import.moved,
            })
            .collect(),
    };
    Page::titled(visit, "import-title")
        .wide()
        .back("/personnes", "back-people")
        .with_errors(error.is_some())
        .render("pages/people/import", &content)
}

/// `GET /personnes/importation/modele.csv`: the header alone, ready for a spreadsheet.
pub async fn template(_visit: Visit) -> HttpResponse {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, ..)| *name).collect();
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"repertoire.csv\""))
        // The mark makes spreadsheets keep accents.
        .body(format!("\u{feff}{}\r\n", names.join(";")))
}

/// `POST /personnes/importation`: reads the file and shows what it would change. Nothing is changed.
pub async fn preview(visit: Visit, parts: Multipart) -> Result<HttpResponse> {
    match receive(parts, MOST_BYTES).await {
        Ok(uploaded) => show_preview(&visit, uploaded.name, uploaded.bytes, None).await,
        Err((error, _)) => choose(&visit, Some(error)).await,
    }
}

async fn show_preview(visit: &Visit, name: String, bytes: Vec<u8>, warn: Option<&str>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let by = actor.person;
    let (seen, bytes) = visit.app.read_long(move |tx| Ok((directory::preview(tx, Some(by), &bytes)?, bytes))).await?;
    let token = if seen.problems.is_empty() {
        let (app, now) = (visit.app.clone(), visit.app.clock.now());
        web::block(move || kept_upload::keep(&app.book.config, now, by, &bytes)).await.map_err(Error::internal)??
    } else {
        String::new()
    };
    let failed = !seen.problems.is_empty();
    let content = PreviewPage::new(seen, name, token, visit.language);
    let mut page =
        Page::titled(visit, "preview-title").wide().back("/personnes/importation", "back-import").with_errors(failed);
    if let Some(key) = warn {
        page = page.warn(key);
    }
    page.render("pages/people/preview", &content)
}

/// What the confirmation sends back: the file kept, and what its preview showed.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Confirmation {
    token: String,
    seal: String,
    file: String,
}

/// `POST /personnes/importation/confirmation`: does what the preview showed, or shows another preview.
pub async fn confirm(visit: Visit, form: web::Form<Confirmation>) -> Result<HttpResponse> {
    let (actor, form) = (visit.actor()?, form.into_inner());
    let (by, now, token) = (actor.person, visit.app.clock.now(), form.token);
    let (app, wanted) = (visit.app.clone(), token.clone());
    let kept = web::block(move || kept_upload::find(&app.book.config, now, by, &wanted)).await;
    let Some(bytes) = kept.map_err(Error::internal)? else {
        return choose(&visit, Some(FieldError::with("file", "error-import-expired", kept_upload::MINUTES))).await;
    };
    let (file, seal, content) = (form.file.clone(), form.seal, bytes.clone());
    let done = visit.app.write(move |tx| directory::import(tx, Some(by), &file, &content, &seal)).await;
    let (app, used) = (visit.app.clone(), token);
    web::block(move || kept_upload::forget(&app.book.config, now, by, &used)).await.map_err(Error::internal)?;
    match done {
        Ok(_) => Ok(see_other("/personnes/importation", Some("flash-imported"))),
        Err(Error::Stale | Error::Invalid(_)) => {
            show_preview(&visit, form.file, bytes, Some("preview-changed-meanwhile")).await
        }
        Err(error) => Err(error),
    }
}
