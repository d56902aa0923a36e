//! Choosing what is given and what is withheld, looking at it, and making the document.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::document::{ARTICLES, Line, lines, may_release};
use crate::access::{Action, Actor, require};
use crate::app::Tx;
use crate::attachments::bundle::Bundle;
use crate::attachments::joined::{self, Joined, MOST_BYTES};
use crate::clock::local_date;
use crate::declarations::actions::{clean, unchanged};
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::posts::{one, version};
use crate::declarations::reading;
use crate::declarations::store::{self, Authorized};
use crate::error::{Error, FieldError, Result};
use crate::formats::format_date_long;
use crate::journal::event::Withheld;
use crate::journal::{self, Event};
use crate::random::sha256_hex;
use crate::register::export::attachment;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, organisation};
use crate::web::problems::field_message;

/// Given, in a form.
const GIVEN: &str = "given";

#[derive(Serialize)]
struct ReleasePage {
    slug: String,
    version: i32,
    recipient: String,
    lines: Vec<LineView>,
    /// Some of them are files joined.
    has_files: bool,
    /// What would be given, once it was asked for.
    preview: Option<DocumentView>,
    errors: Vec<ErrorView>,
    recipient_error: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    id: String,
    label: String,
    value: Vec<String>,
    choices: Vec<ChoiceView>,
    /// Where a file joined is looked at.
    open: Option<String>,
}

#[derive(Serialize)]
struct ChoiceView {
    value: &'static str,
    label: String,
    selected: bool,
}

#[derive(Serialize)]
struct DocumentView {
    title: String,
    made: String,
    body: String,
    language: &'static str,
    lines: Vec<Shown>,
    withheld: String,
    rights: String,
}

#[derive(Serialize)]
struct Shown {
    label: String,
    value: Vec<String>,
    /// Instead of the value: what says why.
    mark: Option<String>,
}

/// What was chosen for a line: nothing when it is given, its article when it is withheld.
fn chosen(form: &Form, line: &Line) -> Option<&'static str> {
    let typed = one(form, &line.id);
    if typed.is_empty() {
        return line.names.then_some("53");
    }
    ARTICLES.into_iter().find(|article| *article == typed)
}

fn opened(tx: &mut Tx<'_>, actor: &Actor, found: &Authorized, language: Language) -> Result<Vec<Line>> {
    require(&tx.book.access, actor, Action::Comment, &found.target())?;
    if !may_release(actor, &found.declaration) {
        return Err(Error::NotPossible("not-possible-release"));
    }
    lines(tx, found, language)
}

/// `GET /d/{slug}/communication`
pub async fn show(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, &slug, &Form::new(), &[], false).await
}

/// `POST /d/{slug}/communication`: what it would be.
pub async fn preview(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let errors = missing(&form);
    render(&visit, &slug, &form, &errors, errors.is_empty()).await
}

fn missing(form: &Form) -> Vec<FieldError> {
    let recipient = clean(one(form, "recipient"));
    match recipient.chars().count() {
        0 => vec![FieldError::new("recipient", "error-release-recipient")],
        1..=200 => Vec::new(),
        _ => vec![FieldError::with("recipient", "error-too-long", 200)],
    }
}

async fn render(
    visit: &Visit,
    slug: &str,
    form: &Form,
    errors: &[FieldError],
    with_preview: bool,
) -> Result<HttpResponse> {
    let (actor, language, at, typed) = (visit.actor()?, visit.language, visit.clone(), form.clone());
    let (declaration, (lines, preview)) = reading::open(&visit.app, &actor, slug, move |tx, actor, found| {
        let lines = opened(tx, actor, found, language)?;
        let preview = with_preview.then(|| document(&at, tx, found, &lines, &typed));
        Ok((lines, preview))
    })
    .await?;
    let label = |value: &str| match value {
        GIVEN => say(language, "release-give", &[]),
        article => say(language, &format!("release-article-{article}"), &[]),
    };
    let content = ReleasePage {
        slug: declaration.slug().to_owned(),
        version: declaration.version,
        recipient: one(form, "recipient").to_owned(),
        has_files: lines.iter().any(|line| line.file.is_some()),
        lines: lines
            .into_iter()
            .map(|line| {
                let chosen = chosen(form, &line).unwrap_or(GIVEN);
                let choices = std::iter::once(GIVEN).chain(ARTICLES).map(|value| ChoiceView {
                    value,
                    label: label(value),
                    selected: value == chosen,
                });
                LineView {
                    choices: choices.collect(),
                    open: line.file.map(|file| format!("/pieces/{file}")),
                    id: line.id,
                    label: line.label,
                    value: line.value,
                }
            })
            .collect(),
        preview,
        recipient_error: errors.first().map(|error| field_message(error, language)),
        errors: error_views(errors, language),
    };
    Page::new(visit, say(language, "release-title", &[]))
        .wide()
        .back(format!("/d/{}", declaration.slug()), "back-file")
        .with_errors(!errors.is_empty())
        .render("pages/releases/choose", &content)
}

fn document(visit: &Visit, tx: &Tx<'_>, found: &Authorized, lines: &[Line], form: &Form) -> DocumentView {
    let language = visit.language;
    let made = format_date_long(local_date(tx.now(), tx.zone()), language);
    let mut withheld = 0;
    let shown = lines
        .iter()
        .map(|line| {
            let article = chosen(form, line);
            withheld += i64::from(article.is_some());
            Shown {
                label: line.label.clone(),
                value: if article.is_some() { Vec::new() } else { line.value.clone() },
                mark: article.map(|article| say(language, &format!("release-article-{article}"), &[])),
            }
        })
        .collect();
    let args = [
        ("date", Arg::from(made)),
        ("ref", Arg::from(found.declaration.slug().to_owned())),
        ("who", Arg::from(clean(one(form, "recipient")))),
    ];
    DocumentView {
        title: say(language, "release-document", &args),
        made: say(language, "release-made", &args),
        body: organisation(&tx.book.config, language).0.to_owned(),
        language: language.code(),
        lines: shown,
        withheld: say(language, "release-withheld", &[("count", Arg::from(withheld))]),
        rights: say(language, "release-rights", &[]),
    }
}

/// The document and the files that go with it.
fn together(document: &str, files: &[Joined]) -> Result<Vec<u8>> {
    let mut bundle = Bundle::empty();
    bundle.add("communication.html", document.as_bytes())?;
    for file in files {
        bundle.add(&format!("fichiers/{}", file.file_name()), &file.read()?)?;
    }
    bundle.finish()
}

/// `POST /d/{slug}/communication/document`: the document as it was looked at; the journal says so first.
pub async fn give(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let errors = missing(&form);
    if !errors.is_empty() {
        return render(&visit, &slug, &form, &errors, false).await;
    }
    let (actor, language, at) = (visit.actor()?, visit.language, visit.clone());
    let (wanted, typed) = (slug.clone(), form.into_inner());
    let given = visit
        .app
        .write(move |tx| {
            let found = store::authorized(tx, &actor, &wanted, Action::Comment)?;
            let lines = opened(tx, &actor, &found, language)?;
            // What was looked at must be what is given.
            unchanged(&found.declaration, version(&typed))?;
            let html = at.app.book.views.render(
                language,
                "pages/releases/document",
                &document(&at, tx, &found, &lines, &typed),
            )?;
            let withheld = lines
                .iter()
                .filter_map(|line| Some(Withheld { line: line.id.clone(), article: chosen(&typed, line)?.to_owned() }))
                .collect();
            let given: Vec<i64> =
                lines.iter().filter(|line| chosen(&typed, line).is_none()).filter_map(|line| line.file).collect();
            let mut files = joined::of(tx, found.declaration.id)?;
            files.retain(|file| file.available && given.contains(&file.id));
            if files.iter().map(|file| file.size).sum::<i64>() > MOST_BYTES {
                return Err(Error::NotPossible("not-possible-release-size"));
            }
            let recipient = clean(one(&typed, "recipient"));
            // The document has the hash of each file that goes with it.
            let event = Event::Released { recipient, withheld, sha256: sha256_hex(html.as_bytes()) };
            journal::record(tx, Some(actor.person), Some(found.declaration.id), &event)?;
            Ok((html, files))
        })
        .await;
    match given {
        Ok((html, files)) if files.is_empty() => {
            Ok(attachment(&format!("communication-{slug}.html"), "text/html; charset=utf-8").body(html))
        }
        Ok((html, files)) => {
            let made =
                tokio::task::spawn_blocking(move || together(&html, &files)).await.map_err(Error::internal)??;
            Ok(attachment(&format!("communication-{slug}.zip"), "application/zip").body(made))
        }
        Err(Error::NotFound) => {
            reading::refused(&visit.app, &visit.actor()?, &slug).await?;
            Err(Error::NotFound)
        }
        Err(error) => Err(error),
    }
}
