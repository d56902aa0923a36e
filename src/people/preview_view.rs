//! What the preview of an import shows: counts, the beginning of each list, what to look at twice.

use serde::Serialize;

use super::csv_directory::RowProblem;
use super::directory::{self, Changed, Departed, DirectoryPreview};
use super::directory_diff::ChangedColumn;
use super::directory_values::DirectoryRow;
use super::kept_upload;
use super::pages::role_name;
use crate::access::Role;
use crate::formats::format_number;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Additions and changes, departures, and problems shown; the totals are always told.
const MOST_ROWS: usize = 25;
const MOST_DEPARTED: usize = 100;
const MOST_PROBLEMS: usize = 100;

/// The page, as its template reads it.
#[derive(Serialize)]
pub struct PreviewPage {
    file: String,
    sha256: String,
    people: String,
    added: ListView<AddedView>,
    changed: ListView<ChangedView>,
    departed: ListView<DepartedView>,
    problems: ListView<ProblemView>,
    problems_lead: String,
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

impl PreviewPage {
    /// The page of a preview; `token` finds the file kept for its confirmation.
    pub fn new(seen: DirectoryPreview, file: String, token: String, language: Language) -> Self {
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
        let wrong = i64::try_from(seen.problems.len()).unwrap_or(i64::MAX);
        Self {
            problems_lead: say(
                language,
                "preview-problems-lead",
                &[("file", Arg::from(file.as_str())), ("count", Arg::from(wrong))],
            ),
            people: number(seen.people),
            unchanged: number(seen.unchanged),
            added: list(seen.added, MOST_ROWS, language, added_view),
            changed: list(seen.changed, MOST_ROWS, language, |change| changed_view(change, language)),
            departed: list(seen.departed, MOST_DEPARTED, language, |gone| departed_view(gone, language)),
            problems: list(seen.problems, MOST_PROBLEMS, language, |problem| problem_view(&problem, language)),
            sha256: seen.sha256,
            seal: seen.seal,
            minutes: kept_upload::MINUTES,
            warnings,
            token,
            file,
        }
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
