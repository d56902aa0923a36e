//! Taking the rules and forms away signed, and bringing in those of another body.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;

use super::pack::{self, MOST_BYTES, NewForm, PackRule, Proposed};
use super::pages::{RuleName, tabs};
use super::proposal_page::{ProblemView, problem_views};
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::inbox::Tab;
use crate::declarations::kind::Kind;
use crate::declarations::kind_file;
use crate::error::{Error, FieldError, Result};
use crate::journal::checkpoints;
use crate::journal::note::Verifier;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Link, Page};
use crate::web::problems::field_message;
use crate::web::upload::receive;

#[derive(Serialize)]
struct PackPage {
    tabs: Vec<Tab>,
    errors: Vec<ErrorView>,
    file_error: Option<String>,
    key_error: Option<String>,
    /// As typed.
    key: String,
    /// The public key of this register; nothing when it signs nothing.
    own_key: Option<String>,
    done: Option<DoneView>,
}

#[derive(Serialize)]
struct DoneView {
    organisation: String,
    proposals: Vec<Link>,
    same: Vec<String>,
    unknown: Vec<NewFormView>,
}

/// A form that this register does not have, and what it takes to have it.
#[derive(Serialize)]
struct NewFormView {
    kind: String,
    title: String,
    /// How many pages and questions; nothing when its file cannot be read.
    size: Option<String>,
    /// What would keep this service from starting with its file.
    problems: Vec<ProblemView>,
    /// Rules of the policy that are about it.
    rules: Vec<RuleName>,
    document: String,
}

/// `GET /regles/paquet`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    page(&visit, &[], String::new(), None)
}

/// `GET /regles/paquet.json`
pub async fn download(visit: Visit) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let signer = checkpoints::signer(&visit.app.book.config)?.ok_or(Error::NotPossible("not-possible-pack"))?;
    let text = visit.app.write(move |tx| pack::make(tx, &actor, &signer)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"probite-regles.json\""))
        .body(text))
}

/// `POST /regles/paquet`: verifies, then opens a draft for whatever it says otherwise.
pub async fn bring(visit: Visit, parts: Multipart) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let (uploaded, problem) = match receive(parts, MOST_BYTES).await {
        Ok(uploaded) => (uploaded, None),
        Err((problem, uploaded)) => (uploaded, Some(problem)),
    };
    let typed = uploaded.fields.get("key").map(|key| key.trim().to_owned()).unwrap_or_default();
    let mut errors: Vec<FieldError> = problem.into_iter().collect();
    let verifier = Verifier::parse(&typed);
    if verifier.is_none() {
        errors.push(FieldError::new("key", "error-pack-key"));
    }
    let (Some(verifier), true) = (verifier, errors.is_empty()) else { return page(&visit, &errors, typed, None) };
    let text = String::from_utf8_lossy(&uploaded.bytes).into_owned();
    let pack = match pack::open(&text, &verifier) {
        Ok(pack) => pack,
        Err(refused) => return page(&visit, &[FieldError::new("file", refused.key())], typed, None),
    };
    let (organisation, signed_by) = (pack.organisation.clone(), verifier.name().to_owned());
    let done = visit.app.write(move |tx| pack::propose(tx, &actor, &pack, &signed_by)).await?;
    page(&visit, &[], typed, Some((organisation, done)))
}

fn page(visit: &Visit, errors: &[FieldError], key: String, done: Option<(String, Proposed)>) -> Result<HttpResponse> {
    let language = visit.language;
    let beside =
        |field: &str| errors.iter().find(|error| error.field == field).map(|error| field_message(error, language));
    let signer = checkpoints::signer(&visit.app.book.config)?;
    let content = PackPage {
        tabs: tabs(visit, "/regles/paquet"),
        errors: error_views(errors, language),
        file_error: beside("file"),
        key_error: beside("key"),
        key,
        own_key: signer.map(|signer| signer.verifier().to_string()),
        done: done.map(|(organisation, done)| view(visit, organisation, done, language)),
    };
    Page::titled(visit, "pack-title").wide().with_errors(!errors.is_empty()).render("pages/policy/pack", &content)
}

fn view(visit: &Visit, organisation: String, done: Proposed, language: Language) -> DoneView {
    let title = |kind: &String| {
        let known = visit.app.book.catalogue.kind(kind);
        known.map_or_else(|| kind.clone(), |version| version.kind.title.get(language).to_owned())
    };
    let policy =
        done.policy.map(|id| Link { href: format!("/regles/propositions/{id}"), label: visit.say("policy-title") });
    let kinds = done
        .kinds
        .iter()
        .map(|(kind, id)| Link { href: format!("/formulaires/propositions/{id}"), label: title(kind) });
    DoneView {
        organisation,
        proposals: policy.into_iter().chain(kinds).collect(),
        same: done.same.iter().map(title).collect(),
        unknown: done.unknown.into_iter().map(|form| new_form(visit, form, language)).collect(),
    }
}

/// Reads the file of a new form as the service would at its start, among the kinds in force.
fn new_form(visit: &Visit, form: NewForm, language: Language) -> NewFormView {
    let NewForm { kind, document, rules } = form;
    let versions = visit.app.book.catalogue.kinds();
    let file = format!("{kind}.toml");
    let (read, problems) = match kind_file::parse(&file, &document) {
        Ok(read) => {
            let all: Vec<&Kind> = versions.iter().map(|version| version.kind.as_ref()).chain([&read]).collect();
            let found = kind_file::check(&file, &document, &read, &all).err();
            (Some(read), found)
        }
        Err(problems) => (None, Some(problems)),
    };
    let named = |rule: PackRule| RuleName {
        sentence: rule.say.get(language).to_owned(),
        article: rule.article.get(language).to_owned(),
        id: rule.id,
    };
    let count = |number: usize| Arg::from(i64::try_from(number).unwrap_or(i64::MAX));
    let size = |read: &Kind| {
        let told = [("pages", count(read.steps.len())), ("questions", count(read.fields().count()))];
        say(language, "pack-new-size", &told)
    };
    NewFormView {
        title: read.as_ref().map_or_else(|| kind.clone(), |read| read.title.get(language).to_owned()),
        size: read.as_ref().map(size),
        problems: problems.map(|found| problem_views(&found, language)).unwrap_or_default(),
        rules: rules.into_iter().map(named).collect(),
        kind,
        document,
    }
}
