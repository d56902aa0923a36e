//! Asking for a rectification, and answering one.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::views::{NoteView, panel};
use super::{actions, store};
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::posts::{one, settle};
use crate::declarations::reading;
use crate::error::{Error, FieldError, Result};
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::Page;
use crate::web::problems::field_message;

#[derive(Serialize)]
struct RectificationPage {
    slug: String,
    notes: Vec<NoteView>,
    asks: bool,
    answers: bool,
    /// Until when more time may be taken.
    extends: Option<String>,
    extension: String,
    extension_error: Option<String>,
    about: Vec<AboutView>,
    text: String,
    granted: bool,
    refused: bool,
    errors: Vec<ErrorView>,
    text_error: Option<String>,
    verdict_error: Option<String>,
}

#[derive(Serialize)]
struct AboutView {
    value: String,
    label: String,
    selected: bool,
}

/// `GET /d/{slug}/rectification`
pub async fn show(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, &slug, &[], &Form::new()).await
}

/// `POST /d/{slug}/rectification`
pub async fn ask(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, wanted, given) = (visit.actor()?, slug.clone(), form.clone());
    let done = visit
        .app
        .write(move |tx| actions::ask(tx, &actor, &wanted, one(&given, "about"), one(&given, "rectification")))
        .await;
    let again = async |errors: &[FieldError]| render(&visit, &slug, errors, &form).await;
    settle(&visit, &slug, done, "rectifications", "flash-rectification-asked", again).await
}

/// `POST /d/{slug}/rectification/reponse`
pub async fn answer(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, wanted, given) = (visit.actor()?, slug.clone(), form.clone());
    let done = visit
        .app
        .write(move |tx| actions::answer(tx, &actor, &wanted, one(&given, "verdict"), one(&given, "rectification")))
        .await;
    let again = async |errors: &[FieldError]| render(&visit, &slug, errors, &form).await;
    settle(&visit, &slug, done, "rectifications", "flash-rectification-answered", again).await
}

/// `POST /d/{slug}/rectification/prolongation`
pub async fn extend(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, wanted, given) = (visit.actor()?, slug.clone(), form.clone());
    let done = visit.app.write(move |tx| actions::extend(tx, &actor, &wanted, one(&given, "extension"))).await;
    let again = async |errors: &[FieldError]| render(&visit, &slug, errors, &form).await;
    settle(&visit, &slug, done, "rectifications", "flash-rectification-extended", again).await
}

async fn render(visit: &Visit, slug: &str, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let (actor, language, typed) = (visit.actor()?, visit.language, form.clone());
    let (declaration, mut page) = reading::open(&visit.app, &actor, slug, move |tx, actor, found| {
        crate::access::require(&tx.book.access, actor, crate::access::Action::Comment, &found.target())?;
        let kind = tx.book.catalogue.version(found.declaration.kind_version_id)?;
        let asked = store::of(tx, found.declaration.id)?;
        let panel = panel(tx, actor, &kind, &found.declaration, &asked, true, language);
        if !panel.may_ask && !panel.may_answer {
            return Err(Error::NotPossible("not-possible-rectify"));
        }
        let answers = found.declaration.answers()?;
        let about = kind.fields().filter(|field| !answers.get(&field.id).is_null()).map(|field| AboutView {
            selected: one(&typed, "about") == field.id,
            value: field.id.clone(),
            label: field.label.get(language).to_owned(),
        });
        Ok(RectificationPage {
            slug: found.declaration.slug().to_owned(),
            about: about.collect(),
            asks: panel.may_ask,
            answers: panel.may_answer,
            extends: panel.may_extend,
            extension: one(&typed, "extension").to_owned(),
            extension_error: None,
            notes: panel.notes,
            text: one(&typed, "rectification").to_owned(),
            granted: one(&typed, "verdict") == "granted",
            refused: one(&typed, "verdict") == "refused",
            errors: Vec::new(),
            text_error: None,
            verdict_error: None,
        })
    })
    .await?;
    let message = |name: &str| errors.iter().find(|e| e.field == name).map(|e| field_message(e, language));
    page.text_error = message("rectification");
    page.verdict_error = message("verdict");
    page.extension_error = message("extension");
    page.errors = error_views(errors, language);
    let back = format!("/d/{}", declaration.slug());
    Page::new(visit, say(language, "rectification-title", &[]))
        .back(&back, "back-file")
        .with_errors(!errors.is_empty())
        .render("pages/rectifications/write", &page)
}
