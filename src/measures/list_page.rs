//! `GET /mesures`: what was asked, by whom it must be done, and by when.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::lists::{self, Filter, Row, View, Which};
use super::views::{due_words, evidence_label, expected_words, own_words, state_label, tone};
use crate::declarations::inbox::{Chip, Picked, Tab};
use crate::declarations::lists::{Cursor, PAGE};
use crate::declarations::reading;
use crate::error::Result;
use crate::formats;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::{Page, percent};
use crate::web::rows::Cells;

#[derive(Debug, Default, Deserialize)]
pub struct MeasuresQuery {
    #[serde(default)]
    vue: String,
    #[serde(default)]
    etat: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct MeasuresPage {
    /// HTML.
    lines: String,
    empty: bool,
    views: Vec<Tab>,
    states: Vec<Picked>,
    kinds: Vec<Picked>,
    chips: Vec<Chip>,
    view: &'static str,
    previous_href: Option<String>,
    next_href: Option<String>,
}

struct LineView {
    href: String,
    text: String,
    reference: String,
    owner: String,
    tone: &'static str,
    state_label: String,
    waits: String,
    evidence: String,
    due: String,
    due_words: String,
}

impl Cells for LineView {
    fn cell(&self, name: &str) -> Option<&str> {
        Some(match name {
            "href" => &self.href,
            "text" => &self.text,
            "reference" => &self.reference,
            "owner" => &self.owner,
            "tone" => self.tone,
            "state_label" => &self.state_label,
            "waits" => &self.waits,
            "evidence" => &self.evidence,
            "due" => &self.due,
            "due_words" => &self.due_words,
            _ => return None,
        })
    }
}

/// `GET /mesures`: mine, my team's or all, filters in the address, due dates in words.
pub async fn list(visit: Visit, query: web::Query<MeasuresQuery>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let which = Which::parse(&query.etat).unwrap_or_default();
    let kind = Some(query.kind.clone()).filter(|kind| visit.app.book.catalogue.kind(kind).is_some());
    let filter = Filter { which, kind: kind.clone() };
    let cursor = Cursor::parse(&query.apres);
    let asked = View::parse(&query.vue);
    let by = Arc::clone(&actor);
    let (view, views, listed, owed) = visit
        .app
        .read(move |tx| {
            let views = lists::views(tx, &by);
            // The widest view comes first for whoever follows the measures of others.
            let usual = views.last().copied().unwrap_or(View::Miennes);
            let view = asked.filter(|view| views.contains(view)).unwrap_or(usual);
            let listed = lists::list(tx, &by, view, &filter, cursor.as_ref(), PAGE)?;
            let owed = lists::owed(tx, &by, &listed)?;
            Ok((view, views, listed, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let kind_name = kind.unwrap_or_default();
    let address = |view: View, which: Which, kind: &str| {
        let mut parts = vec![format!("vue={}", view.as_str()), format!("etat={}", which.as_str())];
        if !kind.is_empty() {
            parts.push(format!("type={kind}"));
        }
        format!("/mesures?{}", parts.join("&"))
    };
    let here = address(view, which, &kind_name);
    let kinds = visit.app.book.catalogue.kinds();
    let kinds: Vec<Picked> = kinds.iter().map(|version| Picked::kind(&version.kind, &kind_name, language)).collect();
    let chips = kinds
        .iter()
        .filter(|picked| picked.selected)
        .map(|picked| Chip { label: picked.label.clone(), remove_href: address(view, which, "") })
        .collect();
    let content = MeasuresPage {
        lines: visit.app.book.views.rows(language, "measures", &line_views(&visit, &listed.rows)?)?,
        empty: listed.rows.is_empty(),
        views: views
            .into_iter()
            .map(|each| Tab {
                href: address(each, which, &kind_name),
                label: visit.say(&format!("measures-view-{}", each.as_str())),
                current: each == view,
            })
            .collect(),
        states: Which::ALL
            .into_iter()
            .map(|each| Picked {
                value: each.as_str().to_owned(),
                label: visit.say(&format!("measures-which-{}", each.as_str())),
                selected: each == which,
            })
            .collect(),
        kinds,
        chips,
        view: view.as_str(),
        previous_href: (!query.apres.is_empty()).then(|| here.clone()),
        next_href: listed.next.map(|cursor| format!("{here}&apres={}", percent(&cursor.to_string()))),
    };
    Page::titled(&visit, "measures-title").wide().render("pages/measures/list", &content)
}

fn line_views(visit: &Visit, rows: &[Row]) -> Result<Vec<LineView>> {
    let reader = visit.actor()?.person;
    let (book, language) = (&visit.app.book, visit.language);
    let today = crate::clock::local_date(visit.app.clock.now(), book.calendar.default_zone());
    rows.iter()
        .map(|row| {
            let kind = book.catalogue.version(row.kind_version_id)?;
            let state = row.state(today);
            let owner = row.owner();
            let mine = (row.owner_id == reader).then(|| own_words(state, row.expected(), None, language)).flatten();
            let waits = || expected_words(state, row.expected(), &owner, row.due_on, language);
            Ok(LineView {
                href: format!("/mesures/{}", row.id),
                text: row.text.clone(),
                reference: row.reference.clone().unwrap_or_default(),
                tone: tone(state),
                state_label: state_label(state, language),
                waits: mine.unwrap_or_else(waits),
                owner,
                evidence: evidence_label(&kind, &row.evidence, language).0,
                due: match state {
                    super::workflow::State::Lifted => say(language, "measure-no-date", &[]),
                    super::workflow::State::Verified if row.every_months.is_none() => {
                        say(language, "measure-no-date", &[])
                    }
                    _ => formats::format_date_medium(row.due_on, language),
                },
                due_words: due_words(state, row.due_on, today, &book.calendar, language),
            })
        })
        .collect()
}
