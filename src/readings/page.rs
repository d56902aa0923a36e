//! « Lectures inhabituelles » : the alarms that a person answers for, and what explains them.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{store, unusual};
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// Alarms of a page.
const PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct ListPage {
    lines: Vec<Line>,
    empty: bool,
    files_a_day: i32,
    refusals_a_day: i32,
    errors: Vec<ErrorView>,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    who: String,
    on: String,
    files: i32,
    refused: i32,
    /// « 5 000 dossiers, en comptant chaque exportation », when there were some.
    exported: Option<String>,
    /// « Déclaration d’intérêts 12 », one per kind.
    kinds: Vec<String>,
    note: Option<String>,
    answered: Option<String>,
    typed: String,
    error: Option<String>,
}

/// `GET /lectures`
pub async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse> {
    page(&visit, query.apres.parse().ok(), None).await
}

/// What somebody typed of an explanation, and what is wrong with it.
struct Refused {
    alarm: i64,
    typed: String,
    errors: Vec<FieldError>,
}

async fn page(visit: &Visit, before: Option<i64>, refused: Option<Refused>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let by = Arc::clone(&actor);
    let (mut lines, next, owed) = visit
        .app
        .read(move |tx| {
            let mut found = store::alarms_for(tx, &by, before, PAGE + 1)?;
            let whole = usize::try_from(PAGE).unwrap_or(usize::MAX);
            let more = found.len() > whole;
            found.truncate(whole);
            let next = found.last().filter(|_| more).map(|(last, _)| last.id);
            let mut lines = Vec::with_capacity(found.len());
            for (alarm, who) in found {
                let kinds = store::kinds_read(tx, alarm.person_id, alarm.day)?;
                let title = |id: &str| {
                    let version = tx.book.catalogue.kind(id);
                    version.map_or_else(|| id.to_owned(), |version| version.kind.title.get(language).to_owned())
                };
                let answered = match (alarm.answered_by, alarm.answered_at) {
                    (Some(by), Some(at)) => Some(format!(
                        "{}, {}",
                        people::store::find(tx, by)?.name(),
                        formats::format_datetime(at, tx.zone(), language)
                    )),
                    _ => None,
                };
                lines.push(Line {
                    id: alarm.id,
                    who,
                    on: formats::format_date_long(alarm.day, language),
                    files: alarm.files,
                    refused: alarm.refused,
                    exported: (alarm.exported > 0).then(|| {
                        say(
                            language,
                            "readings-exported",
                            &[("count", Arg::from(formats::format_number(alarm.exported, language)))],
                        )
                    }),
                    kinds: kinds.into_iter().map(|(kind, count)| format!("{} ({count})", title(&kind))).collect(),
                    note: alarm.note,
                    answered,
                    typed: String::new(),
                    error: None,
                });
            }
            let owed = if lines.is_empty() { None } else { access_log::owed(tx, &by, "readings")? };
            Ok((lines, next, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let errors = refused.as_ref().map_or(Vec::new(), |refused| error_views(&refused.errors, language));
    if let Some(Refused { alarm, typed, .. }) = refused
        && let Some(line) = lines.iter_mut().find(|line| line.id == alarm)
    {
        line.typed = typed;
        line.error = errors.first().map(|error| error.text.clone());
    }
    let settings = &visit.app.book.config.readings;
    let content = ListPage {
        empty: lines.is_empty(),
        lines,
        files_a_day: settings.files_a_day,
        refusals_a_day: settings.refusals_a_day,
        errors,
        previous_href: before.map(|_| "/lectures".to_owned()),
        next_href: next.map(|id| format!("/lectures?apres={id}")),
    };
    Page::titled(visit, "readings-title")
        .with_errors(!content.errors.is_empty())
        .wide()
        .render("pages/readings/list", &content)
}

#[derive(Deserialize)]
pub struct Explanation {
    #[serde(default)]
    note: String,
}

/// `POST /lectures/{id}`
pub async fn explain(visit: Visit, id: web::Path<i64>, form: web::Form<Explanation>) -> Result<HttpResponse> {
    let (actor, id, note) = (visit.actor()?, id.into_inner(), form.into_inner().note);
    let typed = note.clone();
    match visit.app.write(move |tx| unusual::explain(tx, &actor, id, &note)).await {
        Ok(()) => Ok(see_other("/lectures", Some("flash-reading-explained"))),
        Err(Error::Invalid(errors)) => {
            // The field of an alarm has its number in its name.
            let named = |error: FieldError| FieldError { field: format!("note-{id}"), ..error };
            let errors = errors.into_iter().map(named).collect();
            page(&visit, Some(id + 1), Some(Refused { alarm: id, typed, errors })).await
        }
        Err(error) => Err(error),
    }
}
