//! The register of objects handed to the State, on a page and as CSV.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::actions;
use super::page::tone;
use super::store::{self, Object, State};
use crate::declarations::carried::Carried;
use crate::declarations::inbox::Picked;
use crate::declarations::lists::{Cursor, PAGE};
use crate::declarations::{access_log, reading};
use crate::error::Result;
use crate::formats;
use crate::journal::{self, Event};
use crate::people::pages::today;
use crate::register::export::attachment;
use crate::reports::csv::short_table;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent};

#[derive(Debug, Default, Deserialize)]
pub struct ObjectsQuery {
    #[serde(default)]
    etat: String,
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct ObjectsPage {
    lines: Vec<Line>,
    empty: bool,
    states: Vec<Picked>,
    csv_href: String,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    number: String,
    description: String,
    donor: String,
    value: String,
    place: String,
    state: &'static str,
    state_label: String,
    /// « D’ici le 8 déc. 2026 », while it is expected.
    due: Option<String>,
    late: bool,
}

/// `GET /objets`
pub async fn list(visit: Visit, query: web::Query<ObjectsQuery>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let state = State::parse(&query.etat);
    let cursor = Cursor::parse(&query.apres);
    let by = Arc::clone(&actor);
    let (rows, next, owed) = visit
        .app
        .read(move |tx| {
            let (rows, next) = store::list(tx, &by, state, cursor.as_ref(), PAGE)?;
            let owed = if rows.is_empty() { None } else { access_log::owed(tx, &by, "state_objects")? };
            Ok((rows, next, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let here = format!("/objets?etat={}", state.map_or("", State::as_str));
    let dash = || "–".to_owned();
    let today = today(&visit);
    let content = ObjectsPage {
        empty: rows.is_empty(),
        lines: rows
            .into_iter()
            .map(|object| {
                let (due, late) = actions::due(&object, &visit.app.book, today);
                Line {
                    state: tone(object.state()),
                    state_label: visit.say(&format!("custody-state-{}", object.state().as_str())),
                    due: (object.state() == State::Expected).then(|| {
                        let date = formats::format_date_medium(due, language);
                        say(language, "custody-due-short", &[("date", Arg::from(date))])
                    }),
                    late,
                    number: object.number,
                    description: object.description,
                    donor: object.donor.unwrap_or_else(dash),
                    value: object.value_cents.map_or_else(dash, |cents| formats::format_money(cents, language)),
                    place: object.place.unwrap_or_else(dash),
                }
            })
            .collect(),
        states: State::ALL
            .into_iter()
            .map(|each| Picked {
                value: each.as_str().to_owned(),
                label: visit.say(&format!("custody-state-{}", each.as_str())),
                selected: Some(each) == state,
            })
            .collect(),
        csv_href: format!("/objets/export.csv?etat={}", state.map_or("", State::as_str)),
        previous_href: (!query.apres.is_empty()).then(|| here.clone()),
        next_href: next.map(|cursor| format!("{here}&apres={}", percent(&cursor.to_string()))),
    };
    Page::titled(&visit, "custody-title").wide().render("pages/custody/list", &content)
}

/// `GET /objets/export.csv`: an export is logged before anything leaves.
pub async fn to_csv(visit: Visit, query: web::Query<ObjectsQuery>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let state = State::parse(&query.etat);
    let filter = state.map_or("", State::as_str).to_owned();
    let rows = visit
        .app
        .write(move |tx| {
            let mut rows: Vec<Object> = Vec::new();
            let mut after = None;
            loop {
                let (more, next) = store::list(tx, &actor, state, after.as_ref(), 1000)?;
                rows.extend(more);
                after = next;
                if after.is_none() {
                    break;
                }
            }
            let files = Carried::of(rows.iter().map(|object| object.declaration_id).collect());
            access_log::exported(tx, &actor, "state_objects", Some(&files))?;
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: "state_objects".into(), rows: count, filter };
            journal::record(tx, Some(actor.person), None, &event)?;
            Ok(rows)
        })
        .await?;
    let body = csv(&rows, language)?;
    Ok(attachment("objets-remis-a-l-etat.csv", "text/csv; charset=utf-8").body(body))
}

/// A decimal comma in French, a point in English.
fn csv(rows: &[Object], language: Language) -> Result<Vec<u8>> {
    let header = match language {
        Language::Fr => ["numero", "description", "donateur", "valeur", "etat", "lieu", "ouvert_le"],
        Language::En => ["number", "description", "donor", "value", "state", "place", "opened_at"],
    };
    let rows = rows.iter().map(|object| {
        let value = object.value_cents.map_or_else(String::new, |cents| {
            let point = if language == Language::Fr { ',' } else { '.' };
            format!("{}{point}{:02}", cents / 100, cents % 100)
        });
        [
            object.number.clone(),
            object.description.clone(),
            object.donor.clone().unwrap_or_default(),
            value,
            object.state().as_str().to_owned(),
            object.place.clone().unwrap_or_default(),
            object.opened_at.date().to_string(),
        ]
    });
    short_table(language, header, rows)
}
