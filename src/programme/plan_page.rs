//! Planning and changing a showcase, and naming who may.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions::{self, given};
use super::kind::{self, ShowcaseKind};
use super::organisers;
use super::state::Command;
use crate::app::Tx;
use crate::declarations::answers::{Answers, Form};
use crate::declarations::form::{ErrorView, FieldView, error_views, field_views, named_error_views, question_of};
use crate::error::{Error, FieldError, Result};
use crate::text::Language;
use crate::web::Visit;
use crate::web::page::{Page, percent, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct PlanPage {
    heading: String,
    about: String,
    source: String,
    action: String,
    parts: Vec<Part>,
    errors: Vec<ErrorView>,
    version: i32,
    is_new: bool,
}

#[derive(Serialize)]
struct Part {
    title: String,
    fields: Vec<FieldView>,
}

fn parts(
    tx: &Tx<'_>,
    visit: &Visit,
    kind: &ShowcaseKind,
    answers: &Answers,
    errors: &[FieldError],
) -> Result<Vec<Part>> {
    let actor = visit.actor()?;
    let language = visit.language;
    Ok(kind
        .steps
        .iter()
        .map(|step| {
            let mut fields = field_views(step, answers, errors, given(tx, &actor), language);
            // The page has its own heading.
            fields.iter_mut().for_each(|field| field.as_heading = false);
            Part { title: step.title.get(language).to_owned(), fields }
        })
        .collect())
}

/// What is to put right, each with its question: all of them stand on one page.
fn named(errors: &[FieldError], parts: &[Part], language: Language) -> Vec<ErrorView> {
    named_error_views(errors, language, |field| question_of(parts.iter().flat_map(|part| &part.fields), field))
}

fn render(visit: &Visit, content: &PlanPage, back: String) -> Result<HttpResponse> {
    let any = !content.errors.is_empty();
    let key = if back == "/evenements" { "back-events" } else { "back-showcase" };
    Page::new(visit, content.heading.clone()).back(back, key).with_errors(any).render("pages/programme/plan", content)
}

/// `GET /evenements/nouvelle/{kind}`
pub async fn show(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    new_page(&visit, kind.into_inner(), Vec::new(), &[]).await
}

async fn new_page(visit: &Visit, kind: String, form: Form, errors: &[FieldError]) -> Result<HttpResponse> {
    let (at, failed) = (visit.clone(), errors.to_vec());
    let content = visit
        .app
        .read(move |tx| {
            let kind = kind::find(&tx.book.showcases, &kind)?.clone();
            let actor = at.actor()?;
            let answers = actions::read(&kind, &form, given(tx, &actor), &actor);
            let parts = parts(tx, &at, &kind, &answers, &failed)?;
            Ok(PlanPage {
                heading: kind.title.get(at.language).to_owned(),
                about: kind.about.get(at.language).to_owned(),
                source: kind.source.get(at.language).to_owned(),
                action: format!("/evenements/nouvelle/{}", kind.id),
                errors: named(&failed, &parts, at.language),
                parts,
                version: 0,
                is_new: true,
            })
        })
        .await?;
    render(visit, &content, "/evenements".into())
}

/// `POST /evenements/nouvelle/{kind}`
pub async fn plan(visit: Visit, kind: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, kind, form) = (visit.actor()?, kind.into_inner(), form.into_inner());
    let (wanted, sent) = (kind.clone(), form.clone());
    match visit.app.write(move |tx| actions::plan(tx, &actor, &wanted, &sent)).await {
        Ok(showcase) => Ok(see_other(&format!("{}/registre", showcase.address()), Some("flash-showcase-planned"))),
        Err(Error::Invalid(errors)) => new_page(&visit, kind, form, &errors).await,
        Err(error) => Err(error),
    }
}

/// `GET /evenements/{reference}/modification`
pub async fn edit(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    edit_page(&visit, reference.into_inner(), None, &[]).await
}

async fn edit_page(
    visit: &Visit,
    reference: String,
    form: Option<Form>,
    errors: &[FieldError],
) -> Result<HttpResponse> {
    let (at, failed) = (visit.clone(), errors.to_vec());
    let (content, back) = visit
        .app
        .read(move |tx| {
            let actor = at.actor()?;
            let showcase = actions::organised(tx, &actor, &reference, Command::Change)?;
            let kind = kind::find(&tx.book.showcases, &showcase.kind)?.clone();
            let answers = match &form {
                Some(form) => actions::read(&kind, form, given(tx, &actor), &actor),
                None => showcase.answers()?,
            };
            let parts = parts(tx, &at, &kind, &answers, &failed)?;
            let content = PlanPage {
                heading: showcase.title.clone(),
                about: kind.about.get(at.language).to_owned(),
                source: kind.source.get(at.language).to_owned(),
                action: format!("{}/modification", showcase.address()),
                errors: named(&failed, &parts, at.language),
                parts,
                version: showcase.version,
                is_new: false,
            };
            Ok((content, showcase.address()))
        })
        .await?;
    render(visit, &content, back)
}

/// `POST /evenements/{reference}/modification`
pub async fn change(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, reference, form) = (visit.actor()?, reference.into_inner(), form.into_inner());
    let version = form.iter().find(|(name, _)| name == "version").and_then(|(_, value)| value.parse().ok());
    let (wanted, sent) = (reference.clone(), form.clone());
    let done =
        visit.app.write(move |tx| actions::change(tx, &actor, &wanted, version.unwrap_or_default(), &sent)).await;
    match done {
        Ok(showcase) => Ok(see_other(&showcase.address(), Some("flash-showcase-changed"))),
        Err(Error::Invalid(errors)) => edit_page(&visit, reference, Some(form), &errors).await,
        Err(Error::Stale) => {
            // What was typed comes back beside the version that is on file now.
            let errors = [FieldError::new("title", "error-showcase-stale")];
            edit_page(&visit, reference, Some(form), &errors).await
        }
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct OrganisersPage {
    people: Vec<NamedView>,
    errors: Vec<ErrorView>,
    typed: String,
    error: Option<String>,
}

#[derive(Serialize)]
struct NamedView {
    name: String,
    title: String,
    end: String,
}

/// `GET /evenements/organisation`: people the chief information officer named.
pub async fn organisers(visit: Visit) -> Result<HttpResponse> {
    organisers_page(&visit, String::new(), &[]).await
}

async fn organisers_page(visit: &Visit, typed: String, errors: &[FieldError]) -> Result<HttpResponse> {
    let people = visit.app.read(organisers::list).await?;
    let content = OrganisersPage {
        people: people
            .into_iter()
            .map(|person| NamedView {
                end: format!("/evenements/organisation/{}/fin", percent(&person.number)),
                name: person.name(),
                title: person.title,
            })
            .collect(),
        errors: error_views(errors, visit.language),
        typed,
        error: errors.first().map(|error| field_message(error, visit.language)),
    };
    Page::titled(visit, "organisers-title")
        .back("/evenements", "back-events")
        .with_errors(!errors.is_empty())
        .render("pages/programme/organisers", &content)
}

/// `POST /evenements/organisation`
pub async fn name(visit: Visit, form: web::Form<Form>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let typed = form.iter().find(|(name, _)| name == "person").map_or_else(String::new, |(_, value)| value.clone());
    let sought = typed.clone();
    match visit.app.write(move |tx| organisers::name(tx, &actor, &sought)).await {
        Ok(_) => Ok(see_other("/evenements/organisation", Some("flash-organiser-named"))),
        Err(Error::Invalid(errors)) => organisers_page(&visit, typed, &errors).await,
        Err(error) => Err(error),
    }
}

/// `POST /evenements/organisation/{number}/fin`
pub async fn end(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let (actor, number) = (visit.actor()?, number.into_inner());
    visit.app.write(move |tx| organisers::end(tx, &actor, &number)).await?;
    Ok(see_other("/evenements/organisation", Some("flash-organiser-ended")))
}
