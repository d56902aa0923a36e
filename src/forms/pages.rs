//! « Formulaires » : the kinds in force, one of them as text with its history, and a version as it was.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::describe::{self, StepText};
use super::{proposals, versions};
use crate::access::PageAction;
use crate::adoption::ProposalLine;
use crate::app::Tx;
use crate::clock::local_date;
use crate::error::{Error, Result};
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Serialize)]
struct FormsPage {
    forms: Vec<FormLine>,
    proposals: Vec<ProposalLine>,
}

#[derive(Serialize)]
struct FormLine {
    href: String,
    title: String,
    situation: String,
    since: String,
    versions: i64,
    questions: i64,
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn on(tx: &Tx<'_>, at: crate::clock::Instant, language: Language) -> String {
    formats::format_date_long(local_date(at, tx.zone()), language)
}

/// Since when a version holds, in words.
fn since(tx: &Tx<'_>, past: &versions::Past, language: Language) -> String {
    let dated = |key: &str, date: &str| say(language, key, &[("date", Arg::from(date))]);
    match past.adopted {
        Some((effective, _)) => dated("form-since", &formats::format_date_long(effective, language)),
        None => dated("form-shipped-on", &on(tx, past.loaded_at, language)),
    }
}

/// Of the history of a kind, the line that is in force.
fn in_force(tx: &Tx<'_>, history: &[versions::Past], version: i64) -> Option<usize> {
    let today = tx.today();
    let holds = |past: &versions::Past| past.version == version;
    let adopted = |past: &versions::Past| past.adopted.is_some_and(|(effective, _)| effective <= today);
    history
        .iter()
        .position(|past| holds(past) && adopted(past))
        .or_else(|| history.iter().position(|past| holds(past) && past.adopted.is_none()))
}

/// `GET /formulaires`
pub async fn list(visit: Visit) -> Result<HttpResponse> {
    let language = visit.language;
    let content = visit
        .app
        .read(move |tx| {
            let mut forms = Vec::new();
            for version in tx.book.catalogue.kinds().iter() {
                let history = versions::history(tx, &version.kind.id)?;
                let current = in_force(tx, &history, version.id).and_then(|place| history.get(place));
                forms.push(FormLine {
                    href: format!("/formulaires/types/{}", version.kind.id),
                    title: version.kind.title.get(language).to_owned(),
                    situation: version.kind.situation.get(language).to_owned(),
                    since: current.map_or_else(String::new, |past| since(tx, past, language)),
                    versions: count(history.len()),
                    questions: count(version.kind.fields().count()),
                });
            }
            let mut lines = Vec::new();
            for proposal in proposals::all(tx, None)?.iter().filter(|proposal| proposal.state().is_open()) {
                lines.push(line(tx, proposal, language)?);
            }
            Ok(FormsPage { forms, proposals: lines })
        })
        .await?;
    Page::titled(&visit, "form-title").wide().render("pages/forms/list", &content)
}

fn line(tx: &mut Tx<'_>, proposal: &proposals::Proposal, language: Language) -> Result<ProposalLine> {
    proposal.standing().line(tx, format!("/formulaires/propositions/{}", proposal.id), language)
}

#[derive(Serialize)]
struct FormPage {
    title: String,
    situation: String,
    source: String,
    notice: String,
    steps: Vec<StepText>,
    versions: Vec<VersionLine>,
    proposals: Vec<ProposalLine>,
    /// Where a change begins, for whoever may propose one.
    propose: Option<i64>,
}

#[derive(Serialize)]
struct VersionLine {
    id: i64,
    when: String,
    origin: String,
    hash: String,
    in_force: bool,
}

/// `GET /formulaires/types/{kind}`: the form in force as text, its history and its proposals.
pub async fn show(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let may_propose = visit.app.book.access.opens(PageAction::ProposeForms, Some(&actor)) && !actor.read_only;
    let content = visit
        .app
        .read(move |tx| {
            let version = versions::in_force(tx, &kind)?;
            let history = versions::history(tx, &kind)?;
            let current = in_force(tx, &history, version.id);
            let mut lines = Vec::new();
            for proposal in proposals::all(tx, Some(&kind))? {
                lines.push(line(tx, &proposal, language)?);
            }
            let kind = &version.kind;
            Ok(FormPage {
                title: kind.title.get(language).to_owned(),
                situation: kind.situation.get(language).to_owned(),
                source: kind.source.get(language).to_owned(),
                notice: kind.notice.get(language).to_owned(),
                steps: describe::steps(kind, language),
                versions: history
                    .iter()
                    .enumerate()
                    .map(|(place, past)| VersionLine {
                        id: past.version,
                        when: since(tx, past, language),
                        origin: match past.adopted {
                            Some((_, at)) => {
                                let on = on(tx, at, language);
                                say(language, "policy-adopted-on", &[("date", Arg::from(on.as_str()))])
                            }
                            None => say(language, "policy-shipped", &[]),
                        },
                        hash: past.hash.chars().take(12).collect(),
                        in_force: Some(place) == current,
                    })
                    .collect(),
                proposals: lines,
                propose: may_propose.then_some(version.id),
            })
        })
        .await?;
    let title = content.title.clone();
    Page::new(&visit, &title).wide().back("/formulaires", "back-forms").render("pages/forms/form", &content)
}

#[derive(Serialize)]
struct VersionPage {
    title: String,
    loaded: String,
    steps: Vec<StepText>,
    document: String,
}

/// `GET /formulaires/versions/{id}`: a version as text, and its file.
pub async fn version(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, language) = (id.parse().map_err(|_| Error::NotFound)?, visit.language);
    let (content, back) = visit
        .app
        .read(move |tx| {
            let stored = versions::find(tx, id)?;
            let on = on(tx, stored.loaded_at, language);
            let content = VersionPage {
                title: stored.kind.title.get(language).to_owned(),
                loaded: say(language, "form-version-lead", &[("date", Arg::from(on.as_str()))]),
                steps: describe::steps(&stored.kind, language),
                document: stored.document,
            };
            Ok((content, format!("/formulaires/types/{}", stored.name)))
        })
        .await?;
    Page::titled(&visit, "form-version-title").wide().back(back, "back-form").render("pages/forms/version", &content)
}
