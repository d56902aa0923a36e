//! The library of precedents: searched and read by everybody, written by the ethics officer.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::opinion_page::PartView;
use super::precedents::{self, Precedent, Text};
use super::{actions, store};
use crate::access::PageAction;
use crate::clock::local_date;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::reading;
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::web::Visit;
use crate::web::page::{Page, see_other};

#[derive(Serialize)]
struct LibraryPage {
    q: String,
    items: Vec<Item>,
    may_write: bool,
    searched: bool,
}

#[derive(Serialize)]
struct Item {
    href: String,
    title: String,
    situation: String,
    published_on: String,
}

#[derive(Debug, Default, Deserialize)]
pub struct LibraryQuery {
    #[serde(default)]
    q: String,
}

fn published_on(visit: &Visit, precedent: &Precedent) -> String {
    let zone = visit.app.book.calendar.default_zone();
    formats::format_date_long(local_date(precedent.published_at, zone), visit.language)
}

/// `GET /precedents`
pub async fn library(visit: Visit, query: web::Query<LibraryQuery>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let q: String = query.q.trim().chars().take(200).collect();
    let wanted = q.clone();
    let found = visit
        .app
        .read(move |tx| if wanted.is_empty() { precedents::in_force(tx) } else { precedents::search_for(tx, &wanted) })
        .await?;
    let content = LibraryPage {
        searched: !q.is_empty(),
        items: found
            .iter()
            .map(|one| Item {
                href: format!("/precedents/{}", one.id),
                title: one.title.clone(),
                situation: crate::outbox::letter::shorten(&one.situation, 220),
                published_on: published_on(&visit, one),
            })
            .collect(),
        may_write: visit.app.book.access.opens(PageAction::WritePrecedents, Some(&actor)),
        q,
    };
    Page::titled(&visit, "precedents-title").wide().render("pages/ethics/library", &content)
}

#[derive(Serialize)]
struct PrecedentPage {
    title: String,
    situation: String,
    norms: String,
    recommendation: String,
    published_on: String,
    withdraw: Option<String>,
}

/// `GET /precedents/{id}`
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let precedent = visit.app.read(move |tx| precedents::find(tx, id)).await?;
    let may_write = visit.app.book.access.opens(PageAction::WritePrecedents, Some(&actor)) && !actor.read_only;
    let content = PrecedentPage {
        published_on: published_on(&visit, &precedent),
        withdraw: may_write.then(|| format!("/precedents/{id}/retrait")),
        title: precedent.title.clone(),
        situation: precedent.situation,
        norms: precedent.norms,
        recommendation: precedent.recommendation,
    };
    Page::new(&visit, precedent.title).back("/precedents", "back-precedents").render("pages/ethics/precedent", &content)
}

#[derive(Serialize)]
struct WritePage {
    title: String,
    title_error: Option<String>,
    parts: Vec<PartView>,
    from: String,
    errors: Vec<ErrorView>,
}

#[derive(Debug, Default, Deserialize)]
pub struct From {
    /// Reference of the request whose opinion the text starts from.
    #[serde(default)]
    avis: String,
}

/// `GET /precedents/rediger`: from nothing, or from an opinion; its text is only a start.
pub async fn compose(visit: Visit, query: web::Query<From>) -> Result<HttpResponse> {
    let from = query.into_inner().avis;
    let mut text = Text::default();
    if !from.is_empty() {
        let (_, given) = reading::open(&visit.app, &visit.actor()?, &from, |tx, _, found| {
            let kind = tx.book.catalogue.version(found.declaration.kind_version_id)?;
            if !precedents::may_come_from(&kind, &found.declaration.answers()?) {
                return Err(Error::NotPossible("not-possible-precedent"));
            }
            store::of(tx, &found.declaration)
        })
        .await?;
        let given = given.ok_or(Error::NotPossible("not-possible-receipt"))?;
        text.situation = given.opinion.facts;
        text.norms = given.opinion.norms;
        text.recommendation = given.opinion.recommendation;
    }
    render_writing(&visit, &text, from, &[])
}

fn render_writing(visit: &Visit, text: &Text, from: String, errors: &[FieldError]) -> Result<HttpResponse> {
    let language = visit.language;
    let part = |name, value: &str| PartView::new("precedent-part", name, value.to_owned(), 6, errors, language);
    let title_error =
        errors.iter().find(|e| e.field == "title").map(|e| crate::web::problems::field_message(e, language));
    let content = WritePage {
        title: text.title.clone(),
        title_error,
        parts: vec![
            part("situation", &text.situation),
            part("norms", &text.norms),
            part("recommendation", &text.recommendation),
        ],
        from,
        errors: error_views(errors, language),
    };
    Page::titled(visit, "precedent-write-title")
        .with_errors(!errors.is_empty())
        .back("/precedents", "back-precedents")
        .render("pages/ethics/write_precedent", &content)
}

/// `POST /precedents/rediger`
pub async fn publish(visit: Visit, form: web::Form<Form>) -> Result<HttpResponse> {
    let typed = |wanted: &str| form.iter().find(|(name, _)| name == wanted).map_or("", |(_, v)| v.as_str()).to_owned();
    let text = Text {
        title: typed("title"),
        situation: typed("situation"),
        norms: typed("norms"),
        recommendation: typed("recommendation"),
    };
    let (actor, from, sent) = (visit.actor()?, typed("from"), text.clone());
    let source = from.clone();
    let done = visit.app.write(move |tx| actions::publish(tx, &actor, Some(&source), &sent)).await;
    match done {
        Ok(id) => Ok(see_other(&format!("/precedents/{id}"), Some("flash-precedent-published"))),
        Err(Error::Invalid(errors)) => render_writing(&visit, &text, from, &errors),
        Err(error) => Err(error),
    }
}

/// `POST /precedents/{id}/retrait`
pub async fn withdraw(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    visit.app.write(move |tx| actions::withdraw(tx, &actor, id)).await?;
    Ok(see_other("/precedents", Some("flash-precedent-withdrawn")))
}
