//! A changed form as a person would see it: its first page, its questions, their errors, the page of verification. Nothing is stored: what is
//! typed travels from page to page in the page itself. A file is checked as the real form would, then forgotten: only its name travels.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::proposal_page::number;
use super::{proposals, versions};
use crate::app::Tx;
use crate::attachments::receive::{Submitted, clean_name, try_all};
use crate::attachments::store::removed;
use crate::companies;
use crate::declarations::answers::{Answers, read_step};
use crate::declarations::catalogue::KindVersion;
use crate::declarations::check_page;
use crate::declarations::kind::{Kind, Phase, Step, Widget};
use crate::declarations::pages::introduction;
use crate::declarations::step_page::{Writing, search_companies, show_step};
use crate::error::{Error, Result};
use crate::web::Visit;
use crate::web::page::see_other;

/// The page of verification, as its address names it.
const CHECK: &str = "verifier";
/// The first page, before any question.
pub const START: &str = "debut";
/// What its button posts to.
const SEND: &str = "envoi";

/// `GET /formulaires/propositions/{id}/apercu/{page}`: one page of the changed form, nothing answered yet.
pub async fn show(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (id, page) = path.into_inner();
    let id = number(&id)?;
    if page == START {
        return start(&visit, id).await;
    }
    open(&visit, id, &page, Answers::default(), false).await
}

/// What will be asked and the collection notice, as the changed form says them.
async fn start(visit: &Visit, id: i64) -> Result<HttpResponse> {
    let kind = visit
        .app
        .read(move |tx| {
            proposals::find(tx, id)?.form(tx)?.map_err(|_| Error::NotPossible("not-possible-policy-problems"))
        })
        .await?;
    let address = format!("/formulaires/propositions/{id}");
    let first = kind.steps.iter().find(|step| step.phase == Phase::Filing).ok_or(Error::NotFound)?;
    introduction(visit, &kind, Some((format!("{address}/apercu/{}", first.id), address)))
}

async fn open(visit: &Visit, id: i64, page: &str, answers: Answers, follow_up: bool) -> Result<HttpResponse> {
    let at = visit.clone();
    if page == CHECK {
        let phase = if follow_up { Phase::FollowUp } else { Phase::Filing };
        return check_page::preview(visit, move |tx| written(tx, &at, id, answers, |_| Some(phase))).await;
    }
    let wanted = page.to_owned();
    let writing =
        visit.app.read(move |tx| written(tx, &at, id, answers, |kind| Some(step_of(kind, &wanted)?.phase))).await?;
    show_step(visit, &writing, page, &[], None)
}

fn step_of<'k>(kind: &'k Kind, id: &str) -> Option<&'k Step> {
    kind.steps.iter().find(|step| step.id == id)
}

/// The form of a proposal, in a draft that exists nowhere.
fn written(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: i64,
    answers: Answers,
    phase: impl FnOnce(&Kind) -> Option<Phase>,
) -> Result<Writing> {
    let proposal = proposals::find(tx, id)?;
    let Ok(kind) = proposal.form(tx)? else { return Err(Error::NotPossible("not-possible-policy-problems")) };
    let phase = phase(&kind).ok_or(Error::NotFound)?;
    let version = KindVersion { id: versions::in_force(tx, &proposal.kind)?.id, kind: std::sync::Arc::new(kind) };
    Writing::previewed(tx, visit, &version, format!("/formulaires/propositions/{id}"), answers, phase)
}

/// `POST /formulaires/propositions/{id}/apercu/{page}`: goes on with what was typed, as the real form would.
pub async fn go_on(visit: Visit, path: web::Path<(String, String)>, sent: Submitted) -> Result<HttpResponse> {
    let (id, page) = path.into_inner();
    let id = number(&id)?;
    let Submitted { mut form, files, mut refused } = sent;
    let named = |name: &str| form.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let back = format!("/formulaires/propositions/{id}");
    if page == SEND {
        return Ok(see_other(&back, Some("flash-form-previewed")));
    }
    let (search, later) = (named("_search"), named("_later").is_some());
    if later {
        return Ok(see_other(&back, Some("flash-form-previewed")));
    }
    let (tried, uncleaned) = try_all(&visit.app, files).await?;
    refused.extend(uncleaned);
    let mut answers = kept(named("_answers"));
    let (at, wanted) = (visit.clone(), page.clone());
    let language = visit.language;
    let writing = visit
        .app
        .read(move |tx| {
            companies::suggest::fill(tx, &mut form)?;
            let empty = written(tx, &at, id, Answers::default(), |kind| Some(step_of(kind, &wanted)?.phase))?;
            let step = step_of(empty.kind(), &wanted).ok_or(Error::NotFound)?;
            read_step(step, &form, empty.given(), language, &mut answers);
            for field in empty.kind().fields().filter(|field| field.widget == Widget::Attachment) {
                let new = tried.iter().filter(|file| file.field == field.id).map(|file| file.name.clone());
                answers.set(&field.id, joined(answers.get(&field.id), &removed(&form, &field.id), new));
            }
            written(tx, &at, id, answers, |kind| Some(step_of(kind, &wanted)?.phase))
        })
        .await?;
    if let Some(field) = search {
        let typed = writing.typed(&field);
        let candidates = search_companies(&visit, &typed).await?;
        return show_step(&visit, &writing, &page, &[], Some((field, candidates, typed)));
    }
    let step = step_of(writing.kind(), &page).ok_or(Error::NotFound)?;
    let mut errors = writing.errors_of(step);
    errors.extend(refused);
    if !errors.is_empty() {
        return show_step(&visit, &writing, &page, &errors, None);
    }
    let (next, follow_up) = (writing.after(&page), step.phase == Phase::FollowUp);
    open(&visit, id, &next, writing.into_answers(), follow_up).await
}

/// The files of a question as its pages show them: those tried before but the ones taken away, then the new ones. Only names travel,
/// under numbers that no file has: whatever somebody writes in the page leads to no file.
fn joined(before: &Value, gone: &[i64], new: impl Iterator<Item = String>) -> Value {
    let names = before.as_array().into_iter().flatten().filter_map(|item| item.get("name")?.as_str()).map(clean_name);
    let left = (1_i64..).zip(names).filter(|(number, _)| !gone.contains(&-number)).map(|(_, name)| name);
    let item = |(number, name): (i64, String)| json!({ "id": -number, "name": name });
    let items: Vec<Value> = (1..).zip(left.chain(new)).map(item).collect();
    if items.is_empty() { Value::Null } else { Value::Array(items) }
}

/// What was typed on the pages before; nothing when somebody changed it by hand.
fn kept(text: Option<String>) -> Answers {
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
