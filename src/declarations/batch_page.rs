//! The pages of a batch: what will be decided and what is left out, then what was and until when it can be undone.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::answers::Form;
use super::batch::{self, Picked, group_of, left_out, outcomes};
use super::form::{ErrorView, error_views};
use super::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct BatchPage {
    groups: Vec<Group>,
    left: Vec<Left>,
    none: bool,
    summary: String,
    errors: Vec<ErrorView>,
}

/// The files of one kind, and what may be decided of them.
#[derive(Serialize)]
struct Group {
    id: String,
    kind: String,
    items: Vec<Item>,
    choices: Vec<ChoiceView>,
    error: Option<String>,
}

#[derive(Serialize)]
struct Item {
    slug: String,
    version: i32,
    who: String,
    subject: String,
}

#[derive(Serialize)]
struct ChoiceView {
    id: String,
    label: String,
    checked: bool,
}

#[derive(Serialize)]
struct Left {
    slug: String,
    subject: String,
    why: String,
}

fn all(form: &Form, name: &str) -> Vec<String> {
    form.iter().filter(|(n, _)| n == name).map(|(_, value)| value.clone()).collect()
}

/// `GET /a-traiter/lot?d=…&d=…`: nothing is decided here.
pub async fn show(visit: Visit, query: web::Query<Form>) -> Result<HttpResponse> {
    render(&visit, &all(&query, "d"), &[], &Vec::new()).await
}

async fn render(visit: &Visit, slugs: &[String], errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let (slugs, chosen) = (slugs.to_vec(), form.clone());
    let by = Arc::clone(&actor);
    let (groups, left, owed) = visit
        .app
        .read(move |tx| {
            let mut groups: BTreeMap<String, Group> = BTreeMap::new();
            let mut left = Vec::new();
            for found in batch::named(tx, &by, &slugs)? {
                let kind = tx.book.catalogue.version(found.declaration.kind_version_id)?;
                let subject = found.declaration.subject.clone();
                let slug = found.declaration.slug().to_owned();
                if let Some(why) = left_out(tx, &by, &kind, &found)? {
                    left.push(Left { slug, subject, why: say(language, why.key(), &[]) });
                    continue;
                }
                let id = group_of(&kind, &found.declaration);
                let picked = all(&chosen, &format!("outcome-{id}")).into_iter().next().unwrap_or_default();
                let group = groups.entry(id.clone()).or_insert_with(|| Group {
                    id,
                    kind: kind.title.get(language).to_owned(),
                    items: Vec::new(),
                    choices: outcomes(&kind, &found.declaration)
                        .into_iter()
                        .map(|outcome| ChoiceView {
                            id: outcome.id.clone(),
                            label: outcome.label.get(language).to_owned(),
                            checked: outcome.id == picked,
                        })
                        .collect(),
                    error: None,
                });
                let (version, who) = (found.declaration.version, found.declarant.name());
                group.items.push(Item { slug, version, who, subject });
            }
            let owed = if groups.is_empty() { None } else { access_log::owed(tx, &by, "inbox")? };
            Ok((groups, left, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        let field = format!("outcome-{}", group.id);
        group.error = errors.iter().find(|error| error.field == field).map(|error| field_message(error, language));
    }
    let count = |number: usize| Arg::from(i64::try_from(number).unwrap_or(i64::MAX));
    let kept: usize = groups.iter().map(|group| group.items.len()).sum();
    let content = BatchPage {
        none: groups.is_empty(),
        summary: say(language, "batch-summary", &[("kept", count(kept)), ("left", count(left.len()))]),
        groups,
        left,
        errors: error_views(errors, language),
    };
    Page::titled(visit, "batch-title")
        .back("/a-traiter", "back-inbox")
        .with_errors(!errors.is_empty())
        .render("pages/declarations/batch", &content)
}

/// `POST /a-traiter/lot`
pub async fn decide(visit: Visit, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, form) = (visit.actor()?, form.into_inner());
    // Each file comes with the version that was read.
    let picked: Vec<Picked> = form
        .iter()
        .filter_map(|(name, version)| {
            let slug = name.strip_prefix("v-")?.to_owned();
            Some(Picked { slug, version: version.parse().unwrap_or_default() })
        })
        .collect();
    let slugs: Vec<String> = picked.iter().map(|one| one.slug.clone()).collect();
    let outcome_of: Vec<(String, String)> = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("outcome-")?.to_owned(), value.clone())))
        .collect();
    match visit.app.write(move |tx| batch::decide(tx, &actor, &picked, &outcome_of)).await {
        Ok(id) => Ok(see_other(&format!("/a-traiter/lot/{id}"), Some("flash-batch"))),
        Err(Error::Invalid(errors)) => render(&visit, &slugs, &errors, &form).await,
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct DonePage {
    items: Vec<DoneItem>,
    /// Until when it can be undone, in words; nothing once it cannot.
    until: Option<String>,
    undone: bool,
    action: String,
}

#[derive(Serialize)]
struct DoneItem {
    slug: String,
    subject: String,
    state: &'static str,
    state_label: String,
}

fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::NotFound)
}

/// `GET /a-traiter/lot/{id}`: what was decided, and the way back while there is one.
pub async fn done(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let (actor, language, id) = (visit.actor()?, visit.language, number(&id)?);
    let (batch, now, zone) = visit.app.read(move |tx| Ok((batch::find(tx, &actor, id)?, tx.now(), tx.zone()))).await?;
    let open = !batch.undone && now < batch.until;
    let content = DonePage {
        items: batch
            .files
            .iter()
            .map(|file| DoneItem {
                slug: file.slug().to_owned(),
                subject: file.subject.clone(),
                state: file.state().as_str(),
                state_label: super::detail::state_label(file.state(), language),
            })
            .collect(),
        until: open.then(|| formats::format_datetime(batch.until, zone, language)),
        undone: batch.undone,
        action: format!("/a-traiter/lot/{id}/annulation"),
    };
    Page::titled(&visit, "batch-done-title")
        .back("/a-traiter", "back-inbox")
        .render("pages/declarations/batch_done", &content)
}

/// `POST /a-traiter/lot/{id}/annulation`
pub async fn undo(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, number(&id)?);
    visit.app.write(move |tx| batch::undo(tx, &actor, id)).await?;
    Ok(see_other(&format!("/a-traiter/lot/{id}"), Some("flash-batch-undone")))
}
