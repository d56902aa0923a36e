//! Importing the directory from a page: choose a file, look at what it would change, confirm.

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};

use super::csv_directory::{MOST_BYTES, RowProblem};
use super::directory::{self, Changed, Departed, DirectoryPreview};
use super::directory_diff::ChangedColumn;
use super::directory_values::{COLUMNS, DirectoryRow};
use super::kept_upload;
use super::listing;
use super::pages::role_name;
use crate::access::Role;
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats::{format_datetime, format_number};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

/// Rows of a list of the preview, and problems shown; the totals are always told.
const MOST_ROWS: usize = 50;
const MOST_PROBLEMS: usize = 100;

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

struct Uploaded {
    name: String,
    bytes: Vec<u8>,
}

/// The file of the form; past the limit the rest is read and thrown away, so that the page can answer.
async fn receive(mut parts: Multipart) -> Result<Uploaded, FieldError> {
    let unread = |_| FieldError::new("file", "error-import-unread");
    let mut found = Uploaded { name: String::new(), bytes: Vec::new() };
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(unread)?;
        if part.name() != Some("file") {
            continue;
        }
        let name = part.content_disposition().and_then(|disposition| disposition.get_filename()).unwrap_or_default();
        found.name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
        let mut received = 0_usize;
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(unread)?;
            received += piece.len();
            if received <= MOST_BYTES {
                found.bytes.extend_from_slice(&piece);
            } else if received > MOST_BYTES * 4 {
                break;
            }
        }
        if received > MOST_BYTES {
            return Err(FieldError::with("file", "error-file-large", MOST_BYTES / 1_048_576));
        }
    }
    if found.bytes.is_empty() {
        let code = if found.name.is_empty() { "error-required-file" } else { "error-file-empty" };
        return Err(FieldError::new("file", code));
    }
    Ok(found)
}

/// `POST /personnes/importation`: reads the file and shows what it would change. Nothing is changed.
pub async fn preview(visit: Visit, parts: Multipart) -> Result<HttpResponse> {
    match receive(parts).await {
        Ok(uploaded) => show_preview(&visit, uploaded, None).await,
        Err(error) => choose(&visit, Some(error)).await,
    }
}

#[derive(Serialize)]
struct PreviewPage {
    file: String,
    sha256: String,
    people: String,
    added: ListView<AddedView>,
    changed: ListView<ChangedView>,
    departed: ListView<DepartedView>,
    problems: ListView<ProblemView>,
    unchanged: String,
    /// Things to look at twice.
    warnings: Vec<String>,
    token: String,
    seal: String,
    minutes: i64,
}

/// The beginning of a list, and how many there are in all.
#[derive(Serialize)]
struct ListView<V> {
    rows: Vec<V>,
    total: String,
    any: bool,
    /// « Et 950 autres », when some are not shown.
    more: Option<String>,
}

#[derive(Serialize)]
struct AddedView {
    number: String,
    name: String,
    title: String,
    unit: String,
    supervisor: String,
}

#[derive(Serialize)]
struct ChangedView {
    number: String,
    name: String,
    changes: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    column: String,
    before: String,
    after: String,
}

#[derive(Serialize)]
struct DepartedView {
    number: String,
    name: String,
    unit: String,
    roles: Vec<String>,
}

#[derive(Serialize)]
struct ProblemView {
    line: Option<String>,
    column: &'static str,
    value: String,
    text: String,
}

async fn show_preview(visit: &Visit, uploaded: Uploaded, warn: Option<&str>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let Uploaded { name, bytes } = uploaded;
    let by = actor.person;
    let (seen, bytes) = visit.app.read_long(move |tx| Ok((directory::preview(tx, Some(by), &bytes)?, bytes))).await?;
    let token = if seen.problems.is_empty() {
        let (app, now) = (visit.app.clone(), visit.app.clock.now());
        web::block(move || kept_upload::keep(&app.book.config, now, by, &bytes)).await.map_err(Error::internal)??
    } else {
        String::new()
    };
    let failed = !seen.problems.is_empty();
    let content = preview_page(seen, name, token, visit.language);
    let mut page =
        Page::titled(visit, "preview-title").wide().back("/personnes/importation", "back-import").with_errors(failed);
    if let Some(key) = warn {
        page = page.warn(key);
    }
    page.render("pages/people/preview", &content)
}

fn preview_page(seen: DirectoryPreview, file: String, token: String, language: Language) -> PreviewPage {
    let number = |n: usize| format_number(i64::try_from(n).unwrap_or(i64::MAX), language);
    let mut warnings = Vec::new();
    let before = seen.unchanged + seen.changed.len() + seen.departed.len();
    // A file of one direction only would send everybody else away.
    if seen.departed.len() > 5 && seen.departed.len() * 10 > before {
        warnings.push(say(language, "preview-many-departures", &[]));
    }
    if seen.departed.iter().any(|gone| !gone.roles.is_empty()) {
        warnings.push(say(language, "preview-roles-end", &[]));
    }
    PreviewPage {
        people: number(seen.people),
        unchanged: number(seen.unchanged),
        added: list(seen.added, MOST_ROWS, language, added_view),
        changed: list(seen.changed, MOST_ROWS, language, |change| changed_view(change, language)),
        departed: list(seen.departed, MOST_ROWS, language, |gone| departed_view(gone, language)),
        problems: list(seen.problems, MOST_PROBLEMS, language, |problem| problem_view(&problem, language)),
        sha256: seen.sha256,
        seal: seen.seal,
        minutes: kept_upload::MINUTES,
        warnings,
        token,
        file,
    }
}

fn list<T, V>(items: Vec<T>, most: usize, language: Language, view: impl Fn(T) -> V) -> ListView<V> {
    let total = items.len();
    let left = i64::try_from(total.saturating_sub(most)).unwrap_or(i64::MAX);
    ListView {
        any: total > 0,
        total: format_number(i64::try_from(total).unwrap_or(i64::MAX), language),
        more: (left > 0).then(|| say(language, "preview-more", &[("count", Arg::from(left))])),
        rows: items.into_iter().take(most).map(view).collect(),
    }
}

fn added_view(row: DirectoryRow) -> AddedView {
    AddedView {
        name: row.name(),
        unit: row.unit.name().to_owned(),
        number: row.number,
        title: row.title,
        supervisor: row.supervisor.unwrap_or_default(),
    }
}

fn changed_view(change: Changed, language: Language) -> ChangedView {
    let changes = change.columns.into_iter().map(|cell| cell_view(cell, language)).collect();
    ChangedView { number: change.number, name: change.name, changes }
}

/// Coded values in words.
fn cell_view(cell: ChangedColumn, language: Language) -> CellView {
    let prefix = match cell.column {
        "regime" => Some("regime"),
        "fonction_cadre" => Some("position"),
        "langue" => Some("language"),
        _ => None,
    };
    let shown = |value: String| match prefix {
        Some(prefix) if !value.is_empty() => say(language, &format!("{prefix}-{}", value.replace('_', "-")), &[]),
        _ => value,
    };
    CellView {
        column: say(language, &format!("import-name-{}", cell.column.replace('_', "-")), &[]),
        before: shown(cell.before),
        after: shown(cell.after),
    }
}

fn departed_view(gone: Departed, language: Language) -> DepartedView {
    let roles = gone.roles.iter().filter_map(|role| Role::parse(role)).map(|role| role_name(role, language)).collect();
    DepartedView { name: gone.row.name(), unit: gone.row.unit.name().to_owned(), number: gone.row.number, roles }
}

fn problem_view(problem: &RowProblem, language: Language) -> ProblemView {
    ProblemView {
        line: (problem.line > 0).then(|| problem.line.to_string()),
        column: problem.column,
        text: directory::problem_text(problem, language),
        value: problem.value.clone(),
    }
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
            let uploaded = Uploaded { name: form.file, bytes };
            show_preview(&visit, uploaded, Some("preview-changed-meanwhile")).await
        }
        Err(error) => Err(error),
    }
}
