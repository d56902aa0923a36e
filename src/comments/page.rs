//! Writing a comment: the page names whoever will read it before anything is sent.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions::{self, Typed};
use super::audience::{Audience, members};
use super::views::{CommentView, audience_label, of_file};
use crate::access::{Action, Actor, require};
use crate::app::Tx;
use crate::crosschecks;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::posts::{one, settle};
use crate::declarations::reading;
use crate::declarations::store::Authorized;
use crate::declarations::workflow::State;
use crate::error::{Error, FieldError, Result};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;
use crate::web::problems::field_message;

#[derive(Serialize)]
struct CommentPage {
    slug: String,
    comments: Vec<CommentView>,
    audiences: Vec<AudienceView>,
    /// Whoever has no choice of readers is told who they are.
    only: Option<AudienceView>,
    about: Vec<AboutView>,
    confidential: bool,
    errors: Vec<ErrorView>,
    text: String,
    text_error: Option<String>,
    audience_error: Option<String>,
    about_error: Option<String>,
}

/// An audience, with the names of whoever is in it.
#[derive(Serialize)]
struct AudienceView {
    value: &'static str,
    label: String,
    readers: String,
    checked: bool,
}

#[derive(Serialize)]
struct AboutView {
    value: String,
    label: String,
    selected: bool,
}

/// `GET /d/{slug}/commentaires`
pub async fn show(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, &slug, &[], &Form::new()).await
}

/// `POST /d/{slug}/commentaires`
pub async fn post(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, wanted, given) = (visit.actor()?, slug.clone(), form.clone());
    let written = visit
        .app
        .write(move |tx| {
            let typed = Typed {
                text: one(&given, "comment").to_owned(),
                audience: one(&given, "audience").to_owned(),
                about: one(&given, "about").to_owned(),
            };
            actions::write(tx, &actor, &wanted, &typed)
        })
        .await;
    let again = async |errors: &[FieldError]| render(&visit, &slug, errors, &form).await;
    settle(&visit, &slug, written, "commentaires", "flash-commented", again).await
}

async fn render(visit: &Visit, slug: &str, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let typed = form.clone();
    let (declaration, mut page) =
        reading::open(&visit.app, &actor, slug, move |tx, actor, found| content(tx, actor, found, &typed, language))
            .await?;
    let message = |name: &str| errors.iter().find(|e| e.field == name).map(|e| field_message(e, language));
    page.text_error = message("comment");
    page.audience_error = message("audience");
    page.about_error = message("about");
    page.errors = error_views(errors, language);
    let back = format!("/d/{}", declaration.slug());
    Page::new(visit, say(language, "comment-write", &[]))
        .back(&back, "back-file")
        .with_errors(!errors.is_empty())
        .render("pages/comments/write", &page)
}

fn content(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: &Authorized,
    typed: &Form,
    language: Language,
) -> Result<CommentPage> {
    let declaration = &found.declaration;
    require(&tx.book.access, actor, Action::Comment, &found.target())?;
    if declaration.state() == State::Draft {
        return Err(Error::NotPossible("not-possible-comment"));
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let answers = declaration.answers()?;
    let is_declarant = declaration.declarant_id == actor.person;
    let mut audiences = Vec::new();
    for audience in Audience::offered(is_declarant) {
        let names: Vec<String> =
            members(tx, declaration, *audience, actor.person)?.into_iter().map(|member| member.name).collect();
        let readers = if names.is_empty() {
            say(language, "comment-read-by-you", &[])
        } else {
            say(language, "comment-read-by", &[("names", Arg::from(names.join(", ")))])
        };
        let value = audience.as_str();
        let checked = one(typed, "audience") == value;
        audiences.push(AudienceView { value, label: audience_label(*audience, language), readers, checked });
    }
    let only = if is_declarant { audiences.pop() } else { None };
    let answered = kind
        .fields()
        .filter(|field| !answers.get(&field.id).is_null())
        .map(|field| (field.id.clone(), field.label.get(language).to_owned()));
    let found_by_rules = declaration
        .findings()?
        .into_iter()
        .map(|finding| (actions::of_rule(&finding.rule), finding.say.get(language).to_owned()));
    let mut found_since = Vec::new();
    for one in crosschecks::store::of_declaration(tx, declaration.id)? {
        found_since.push((actions::of_news(one.id), one.finding()?.say.get(language).to_owned()));
    }
    let about = answered
        .chain(found_by_rules)
        .chain(found_since)
        .map(|(value, label)| AboutView { selected: one(typed, "about") == value, value, label })
        .collect();
    Ok(CommentPage {
        slug: declaration.slug().to_owned(),
        comments: of_file(tx, actor, &kind, declaration, language)?,
        audiences,
        only,
        about,
        confidential: declaration.is_confidential() && !is_declarant,
        errors: Vec::new(),
        text: one(typed, "comment").to_owned(),
        text_error: None,
        audience_error: None,
        about_error: None,
    })
}
