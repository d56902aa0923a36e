//! Pages of the person who declares: choose a situation, open a draft, and what comes after sending.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::answers::Answers;
use super::drafts;
use super::kind::{Kind, Phase};
use super::store;
use crate::access::{Action, Actor};
use crate::error::{Error, Result};
use crate::web::Visit;
use crate::web::page::{Disclosure, Link, Page, see_other};

#[derive(Serialize)]
struct Choose {
    situations: Vec<Situation>,
}

#[derive(Serialize)]
struct Situation {
    href: String,
    situation: String,
    example: String,
}

/// `GET /declarer`: the situations, in the person's words.
pub async fn choose(visit: Visit) -> Result<HttpResponse> {
    let situations = situations(&visit, &*visit.actor()?);
    Page::titled(&visit, "declare-title")
        .back("/", "back-home")
        .render("pages/declarations/choose", &Choose { situations })
}

fn situations(visit: &Visit, actor: &Actor) -> Vec<Situation> {
    let book = &visit.app.book;
    book.catalogue
        .kinds()
        .iter()
        .filter(|version| book.access.files(&version.kind.id, actor))
        .map(|version| Situation {
            href: format!("/declarer/{}", version.kind.id),
            situation: version.kind.situation.get(visit.language).to_owned(),
            example: version.kind.example.get(visit.language).to_owned(),
        })
        .collect()
}

#[derive(Serialize)]
struct Intro {
    kind: String,
    title: String,
    situation: String,
    notice: String,
    source: String,
    steps: usize,
    shortcut: Option<String>,
    org_name: String,
    ethics_email: String,
    /// The channel for disclosing wrongdoing comes before the form.
    disclosure: Option<Disclosure>,
    /// It is only looked at.
    preview: Option<Looked>,
}

#[derive(Serialize)]
struct Looked {
    /// Its first question.
    first: String,
    /// The proposal that it is.
    back: String,
}

/// `GET /declarer/{kind}`: what will be asked, and the collection notice (A-2.1, s. 65).
pub async fn introduce(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    let (book, actor) = (&visit.app.book, visit.actor()?);
    let version = book.catalogue.kind(&kind).filter(|v| book.access.files(&v.kind.id, &actor));
    introduction(&visit, &version.ok_or(Error::NotFound)?.kind, None)
}

/// The first page of a form; of one that is only looked at, with the addresses of its first question and of its proposal.
pub fn introduction(visit: &Visit, kind: &Kind, looked_at: Option<(String, String)>) -> Result<HttpResponse> {
    let (language, organisation) = (visit.language, &visit.app.book.config.organisation);
    let back =
        looked_at.as_ref().map_or(("/declarer".to_owned(), "back-choose"), |(_, leave)| (leave.clone(), "back-form"));
    let content = Intro {
        kind: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        situation: kind.situation.get(language).to_owned(),
        notice: kind.notice.get(language).to_owned(),
        source: kind.source.get(language).to_owned(),
        steps: kind.steps.iter().filter(|step| step.phase == Phase::Filing).count(),
        shortcut: kind.nothing_to_declare.as_ref().map(|s| s.label.get(language).to_owned()),
        org_name: organisation.name.clone(),
        ethics_email: organisation.ethics_email.clone(),
        disclosure: kind.disclosure_first.then(|| Disclosure::of(&visit.app.book.config)),
        preview: looked_at.map(|(first, back)| Looked { first, back }),
    };
    Page::new(visit, kind.title.get(language)).back(&back.0, back.1).render("pages/declarations/introduce", &content)
}

/// `POST /declarer/{kind}`: opens a draft and its first question.
pub async fn start(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let draft = visit.app.write(move |tx| drafts::start(tx, &actor, &kind, &Answers::default())).await?;
    Ok(see_other(&format!("/brouillons/{}", draft.key), None))
}

/// `POST /declarer/{kind}/rien`: nothing to declare, straight to the attestation.
pub async fn nothing(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let draft = visit
        .app
        .write(move |tx| {
            let version = tx.book.catalogue.kind(&kind).ok_or(Error::NotFound)?.clone();
            drafts::start(tx, &actor, &version.kind.id, &drafts::shortcut_answers(&version.kind)?)
        })
        .await?;
    Ok(see_other(&format!("/brouillons/{}/verifier", draft.key), None))
}

/// `POST /brouillons/{slug}/suppression`
pub async fn discard(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    visit.app.write(move |tx| drafts::discard(tx, &actor, &slug)).await?;
    Ok(see_other("/mes-declarations", Some("flash-discarded")))
}

#[derive(Serialize)]
struct Received {
    reference: String,
    holder: String,
    why: String,
    due: Option<String>,
    linked: Vec<Link>,
}

/// `GET /d/{slug}/recue`: the reference, who has it, by when, and what can still be done.
pub async fn received(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    let at = visit.clone();
    let content = visit
        .app
        .read(move |tx| {
            let actor = at.actor()?;
            let declaration = store::authorized(tx, &actor, &slug, Action::Edit)?.declaration;
            let linked = super::lists::drafts_from(tx, declaration.id)?
                .into_iter()
                .map(|(key, subject)| Link { href: format!("/brouillons/{key}"), label: subject })
                .collect();
            Ok(Received {
                reference: declaration.reference.clone().unwrap_or_default(),
                holder: super::detail::holder_name(tx, &declaration, at.language)?,
                why: crate::texts::say(
                    at.language,
                    declaration.route_reason.as_deref().unwrap_or("route-supervisor"),
                    &[],
                ),
                due: declaration.due_on.map(|due| crate::formats::format_date_long(due, at.language)),
                linked,
            })
        })
        .await?;
    Page::titled(&visit, "received-title").render("pages/declarations/received", &content)
}
