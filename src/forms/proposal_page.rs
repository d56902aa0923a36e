//! One proposal: its file to change, what is wrong with it, its preview, what it changes and whom it leaves as they are,
//! and the decision of somebody else.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::difference::{self, Difference};
use super::preview;
use super::proposals::{self, Change, Proposal};
use super::versions;
use crate::access::PageAction;
use crate::adoption::Act;
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::kind::Phase;
use crate::declarations::kind_file;
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people::store;
use crate::policy::proposal_page::{ProblemView, problem_views, typed_in};
use crate::policy::versions as policies;
use crate::web::Visit;
use crate::web::page::{Link, Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct ProposalPage {
    form: Link,
    action: String,
    version: i32,
    author: String,
    on: String,
    state: &'static str,
    state_label: String,
    /// Until when it can be adopted, or that this time is over.
    deadline: Option<String>,
    decided: Option<String>,
    reason: Option<String>,
    effective: String,
    effective_hint: String,
    document_title: String,
    document_hint: String,
    note: String,
    document: String,
    problems: Vec<ProblemView>,
    changes: Vec<Difference>,
    left: String,
    /// Pages to look at, and to change one by one.
    pages: Vec<PageLink>,
    submit_text: String,
    decide_text: String,
    writes: bool,
    decides: bool,
    withdraws: bool,
    field_errors: BTreeMap<String, String>,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct PageLink {
    title: String,
    preview: String,
    edit: Option<String>,
}

/// The number of a proposal in an address.
pub fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::NotFound)
}

/// `POST /formulaires/propositions`: begins a change from a version.
pub async fn begin(visit: Visit, form: web::Form<From>) -> Result<HttpResponse> {
    let (actor, from) = (visit.actor()?, form.into_inner().version);
    let begun = visit.app.write(move |tx| proposals::begin(tx, &actor, from)).await?;
    Ok(see_other(&format!("/formulaires/propositions/{}", begun.id), Some("flash-policy-begun")))
}

#[derive(Debug, Deserialize)]
pub struct From {
    version: i64,
}

/// `GET /formulaires/propositions/{id}`
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, number(&id)?, None, &[]).await
}

async fn render(visit: &Visit, id: i64, typed: Option<&Form>, errors: &[FieldError]) -> Result<HttpResponse> {
    let (at, typed, told) = (visit.clone(), typed.cloned(), errors.to_vec());
    let content = visit.app.read(move |tx| content(tx, &at, id, typed.as_ref(), &told)).await?;
    let back = content.form.href.clone();
    Page::titled(visit, "form-proposal-title")
        .wide()
        .with_errors(!errors.is_empty())
        .back(back, "back-form")
        .render("pages/forms/proposal", &content)
}

fn content(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: i64,
    typed: Option<&Form>,
    errors: &[FieldError],
) -> Result<ProposalPage> {
    let (actor, language) = (visit.actor()?, visit.language);
    let proposal = proposals::find(tx, id)?;
    let opens = |action| tx.book.access.opens(action, Some(&actor)) && !actor.read_only;
    let mine = proposal.proposed_by == actor.person && opens(PageAction::ProposeForms);
    let decides = opens(PageAction::AdoptForms) && proposal.proposed_by != actor.person;
    let writes = mine && proposal.standing().is_writable(tx);
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let in_force = versions::in_force(tx, &proposal.kind)?;
    let action = format!("/formulaires/propositions/{id}");
    // What was adopted is beside what it replaced, not beside itself.
    let before =
        if proposal.state().is_open() { in_force.kind.clone() } else { versions::find(tx, proposal.based_on_id)?.kind };
    let (mut changes, mut problems, mut pages) = (Vec::new(), Vec::new(), Vec::new());
    // A file that waits for nobody is told as it was, whatever the rules have become.
    let read = if proposal.state().is_open() {
        proposal.form(tx)?
    } else {
        kind_file::parse("proposition.toml", &proposal.document)
    };
    match read {
        Ok(kind) => {
            changes = difference::between(&before, &kind, language);
            pages = kind
                .steps
                .iter()
                .map(|step| PageLink {
                    title: step.title.get(language).to_owned(),
                    preview: format!("{action}/apercu/{}", step.id),
                    edit: writes.then(|| format!("{action}/pages/{}", step.id)),
                })
                .collect();
            let start = format!("{action}/apercu/{}", preview::START);
            pages.insert(0, PageLink { title: visit.say("form-preview-start"), preview: start, edit: None });
            if kind.steps.iter().any(|step| step.phase == Phase::Filing) {
                let preview = format!("{action}/apercu/verifier");
                pages.push(PageLink { title: visit.say("check-title"), preview, edit: None });
            }
        }
        Err(found) => {
            let rules = policies::in_force(tx, tx.today())?;
            problems =
                problem_views(&found, language).into_iter().map(|view| view.named(&rules.policy, language)).collect();
        }
    }
    let names = ["effective", "note", "document", "reason"];
    let (state, state_label) = proposal.standing().shown(tx, language);
    Ok(ProposalPage {
        form: Link {
            href: format!("/formulaires/types/{}", proposal.kind),
            label: in_force.kind.title.get(language).to_owned(),
        },
        action,
        version: proposal.version,
        author: store::find(tx, proposal.proposed_by)?.name(),
        on: formats::format_date_long(local_date(proposal.proposed_at, tx.zone()), language),
        state,
        state_label,
        deadline: proposal.standing().deadline(tx, language),
        decided: proposal.standing().decided(tx, language)?,
        reason: proposal.reason.clone(),
        effective: typed_in(typed, "effective").map_or_else(|| proposal.effective.to_string(), str::to_owned),
        effective_hint: visit.say("form-effective-hint"),
        document_title: visit.say("form-document"),
        document_hint: visit.say("form-document-hint"),
        note: typed_in(typed, "note").unwrap_or(&proposal.note).to_owned(),
        document: typed_in(typed, "document").unwrap_or(&proposal.document).to_owned(),
        problems,
        changes,
        left: difference::left_behind(tx, &in_force.kind, language)?,
        pages,
        submit_text: visit.say("policy-submit-text"),
        decide_text: visit.say("form-decide-text"),
        writes,
        decides: decides && proposal.standing().waits(tx),
        withdraws: mine && proposal.state().is_open(),
        field_errors: names.into_iter().filter_map(|name| Some((name.to_owned(), message(name)?))).collect(),
        errors: error_views(errors, language),
    })
}

/// `POST /formulaires/propositions/{id}`: the date and the reason, or the whole file.
pub async fn save(visit: Visit, id: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (id, form) = (number(&id)?, form.into_inner());
    let version = version_of(&form);
    let mut change = Change {
        // Browsers send lines that end in CR LF.
        document: typed_in(Some(&form), "document").map(|text| text.replace("\r\n", "\n")),
        effective: None,
        note: typed_in(Some(&form), "note").map(str::to_owned),
    };
    if let Some(typed) = typed_in(Some(&form), "effective") {
        let today = local_date(visit.app.clock.now(), visit.app.book.calendar.default_zone());
        match formats::parse_date(typed, today, visit.language) {
            Ok(day) => change.effective = Some(day),
            Err(problem) => {
                let errors = [FieldError::new("effective", problem.message_key())];
                return render(&visit, id, Some(&form), &errors).await;
            }
        }
    }
    let actor = visit.actor()?;
    let done = visit.app.write(move |tx| proposals::save(tx, &actor, id, version, &change)).await;
    settle(&visit, id, Some(&form), done, "flash-policy-saved").await
}

/// The version of the proposal that a form was written over.
pub fn version_of(form: &Form) -> i32 {
    typed_in(Some(form), "version").and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// To the page of the proposal, with what was done or what to put right.
pub async fn settle(
    visit: &Visit,
    id: i64,
    form: Option<&Form>,
    done: Result<Proposal>,
    flash: &'static str,
) -> Result<HttpResponse> {
    match done {
        Ok(_) => Ok(see_other(&format!("/formulaires/propositions/{id}"), Some(flash))),
        Err(Error::Invalid(errors)) => render(visit, id, form, &errors).await,
        Err(Error::Stale) => render(visit, id, form, &[FieldError::new("note", "error-stale")]).await,
        Err(error) => Err(error),
    }
}

/// `POST …/soumission`
pub async fn submit(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::submit(tx, &actor, id, act.version)).await;
    settle(&visit, id, None, done, "flash-policy-submitted").await
}

/// `POST …/adoption`
pub async fn adopt(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::adopt(tx, &actor, id, act.version)).await;
    settle(&visit, id, None, done, "flash-policy-adopted").await
}

/// `POST …/refus`
pub async fn refuse(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::refuse(tx, &actor, id, act.version, &act.reason)).await;
    settle(&visit, id, None, done, "flash-policy-refused").await
}

/// `POST …/retrait`
pub async fn withdraw(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::withdraw(tx, &actor, id, act.version)).await;
    settle(&visit, id, None, done, "flash-policy-withdrawn").await
}
