//! The page of sources: what came, when, how old it is, what was wrong in it.

use actix_web::HttpResponse;
use serde::Serialize;

use super::Source;
use super::age::Age;
use super::store::{self, Import};
use crate::clock::local_date;
use crate::companies::lists::{self, Entry};
use crate::companies::unnumbered;
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::texts::Arg;
use crate::web::Visit;
use crate::web::page::Page;

/// Earlier files shown of each source.
const EARLIER: i64 = 5;
/// Lines without an NEQ shown of each list.
const UNNUMBERED: i64 = 100;

/// What was read of a source.
struct Found {
    source: Source,
    imports: Vec<Import>,
    /// Who imported each.
    by: Vec<String>,
    /// How many lines of a list have no NEQ, and the first of them.
    unnumbered: (i64, Vec<Entry>),
}

#[derive(Serialize)]
struct SourcesPage {
    sources: Vec<SourceView>,
}

#[derive(Serialize)]
struct SourceView {
    id: &'static str,
    title: String,
    /// « Il y a 3 jours » or that nothing came yet.
    age: String,
    old: bool,
    /// Something that keeps it from being of use.
    warning: Option<String>,
    files: Vec<FileView>,
    problems: Vec<String>,
    more: Option<String>,
    /// Lines that no NEQ ties to a company: how many, the first, how many more.
    unnumbered: Option<String>,
    unnumbered_lines: Vec<unnumbered::Line>,
    unnumbered_more: Option<String>,
    /// What an operator types.
    command: &'static str,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    imported: String,
    by: String,
    rows: i64,
    errors: i64,
    changes: i64,
    sha256: String,
}

/// `GET /sources`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let found: Vec<Found> = visit
        .app
        .read(|tx| {
            let mut all = Vec::new();
            for source in Source::ALL {
                let imports = store::newest(tx, source, EARLIER)?;
                let mut by = Vec::new();
                for import in &imports {
                    by.push(match import.imported_by {
                        Some(person) => people::store::find(tx, person)?.name(),
                        None => String::new(),
                    });
                }
                let unnumbered = match source {
                    Source::Rena | Source::Rea => lists::unnumbered(tx, source, UNNUMBERED)?,
                    Source::Registry | Source::Contracts | Source::SmallContracts => (0, Vec::new()),
                };
                all.push(Found { source, imports, by, unnumbered });
            }
            Ok(all)
        })
        .await?;
    let sources = found.iter().map(|found| view(&visit, found)).collect();
    Page::titled(&visit, "sources-title").wide().render("pages/sources/sources", &SourcesPage { sources })
}

fn view(visit: &Visit, found: &Found) -> SourceView {
    let Found { source, imports, by, unnumbered: (count, lines) } = found;
    let source = *source;
    let (language, zone) = (visit.language, visit.app.book.calendar.default_zone());
    let today = local_date(visit.app.clock.now(), zone);
    let days = imports.first().map(|last| (today - local_date(last.imported_at, zone)).num_days());
    let age = match days {
        Some(days) => crate::texts::say(language, "sources-age", &[("days", Arg::from(days))]),
        None => visit.say("sources-never"),
    };
    let problems = imports.first().map(Import::problems).unwrap_or_default();
    let more = imports.first().map_or(0, |last| last.error_count) - i64::try_from(problems.len()).unwrap_or(0);
    let hidden = count - i64::try_from(lines.len()).unwrap_or(0);
    SourceView {
        unnumbered: (*count > 0)
            .then(|| crate::texts::say(language, "sources-unnumbered", &[("count", Arg::from(*count))])),
        unnumbered_lines: lines.iter().map(|entry| unnumbered::entry_line(entry, today, language)).collect(),
        unnumbered_more: (hidden > 0)
            .then(|| crate::texts::say(language, "sources-more", &[("count", Arg::from(hidden))])),
        id: source.as_str(),
        title: visit.say(source.title()),
        age,
        old: Age::new(source, days, &visit.app.book.config.sources).old,
        warning: (source == Source::Contracts && visit.app.book.config.contracts.buyers.is_empty()).then(|| {
            let name = visit.app.book.config.organisation.name.as_str();
            crate::texts::say(language, "sources-no-buyer", &[("name", Arg::from(name))])
        }),
        files: imports
            .iter()
            .zip(by)
            .map(|(import, by)| FileView {
                name: import.file_name.clone(),
                imported: formats::format_datetime(import.imported_at, zone, language),
                by: if by.is_empty() { visit.say("sources-by-command") } else { by.clone() },
                rows: import.row_count,
                errors: import.error_count,
                changes: import.change_count,
                sha256: import.sha256.chars().take(12).collect(),
            })
            .collect(),
        problems: problems.iter().map(|problem| problem.text(language)).collect(),
        more: (more > 0).then(|| crate::texts::say(language, "sources-more", &[("count", Arg::from(more))])),
        command: match source {
            Source::Registry => "probite import req JeuxDonnees.zip",
            Source::Contracts => "probite import contracts hebdo.json",
            Source::SmallContracts => "probite import contracts --csv contrats.csv",
            Source::Rena => "probite import list rena rena.csv",
            Source::Rea => "probite import list rea rea.csv",
        },
    }
}
