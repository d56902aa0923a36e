//! Merging two companies: the page that says what will be read where, before anything is done; and taking it back.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::files::{self, MOST};
use super::store::{self, Company};
use super::{CompanyId, actions, address};
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Link, Page, see_other};
use crate::web::problems::field_message;

/// Companies offered for a name.
const OFFERED: i64 = 8;

#[derive(Debug, Default, Deserialize)]
pub struct MergeQuery {
    /// Id of the company to be merged, once it is known.
    #[serde(default)]
    doublon: String,
    /// Name or NEQ of it, as typed.
    #[serde(default)]
    nom: String,
}

#[derive(Serialize)]
struct MergePage {
    kept: Card,
    /// The company chosen, and what will happen.
    duplicate: Option<Card>,
    will: Vec<String>,
    /// Why not.
    obstacle: Option<String>,
    /// Two NEQ: two legal persons.
    caution: bool,
    offered: Vec<Link>,
    action: String,
    back: String,
    swap_href: Option<String>,
    nom: String,
    field_error: Option<String>,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct Card {
    id: CompanyId,
    name: String,
    neq: Option<String>,
    href: String,
}

impl From<&Company> for Card {
    fn from(company: &Company) -> Self {
        Self { id: company.id, name: company.name.clone(), neq: company.neq.clone(), href: address(company.id) }
    }
}

/// What was found for what was asked.
struct Found {
    kept: Company,
    duplicate: Option<Company>,
    /// Files of the duplicate that this reader reads, at most [`MOST`].
    files: usize,
    obstacle: Option<&'static str>,
    offered: Vec<Company>,
}

/// `GET /entreprises/{id}/fusion?doublon=` or `?nom=`
pub async fn show(visit: Visit, id: web::Path<CompanyId>, query: web::Query<MergeQuery>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let (by, id, typed) = (Arc::clone(&actor), id.into_inner(), query.nom.trim().to_owned());
    let (wanted, name) = (query.doublon.trim().parse::<CompanyId>().ok(), typed.clone());
    let found = visit
        .app
        .read(move |tx| {
            let kept = store::root(tx, id)?;
            let mut offered = Vec::new();
            let duplicate = match wanted {
                Some(id) => Some(store::find(tx, id)?.ok_or(Error::NotFound)?),
                None if name.is_empty() => None,
                None => {
                    offered = store::suggest(tx, &name, OFFERED)?;
                    offered.retain(|company| company.id != kept.id);
                    if offered.len() == 1 { offered.pop() } else { None }
                }
            };
            let (mut files, mut obstacle) = (0, None);
            if let Some(duplicate) = &duplicate {
                obstacle = actions::obstacle(tx, &kept, duplicate)?;
                files = files::newest(tx, &by, &[duplicate.id])?.len();
            }
            Ok(Found { kept, duplicate, files, obstacle, offered })
        })
        .await?;
    let mut errors = Vec::new();
    if found.duplicate.is_none() && found.offered.is_empty() {
        let message = if typed.is_empty() { "error-company-to-merge" } else { "error-company-not-found" };
        errors.push(FieldError::new("nom", message));
    }
    let here = address(found.kept.id);
    let will = if found.duplicate.is_some() { will(&visit, &found) } else { Vec::new() };
    let neqs = found.duplicate.as_ref().and_then(|duplicate| duplicate.neq.as_ref()).zip(found.kept.neq.as_ref());
    let content = MergePage {
        caution: neqs.is_some(),
        will,
        obstacle: found.obstacle.map(|key| say(language, key, &[])),
        offered: found
            .offered
            .iter()
            .map(|company| Link {
                href: format!("{here}/fusion?doublon={}", company.id),
                label: match &company.neq {
                    Some(neq) => format!("{}, {neq}", company.name),
                    None => company.name.clone(),
                },
            })
            .collect(),
        swap_href: found
            .duplicate
            .as_ref()
            .filter(|_| found.obstacle.is_none())
            .map(|duplicate| format!("{}/fusion?doublon={}", address(duplicate.id), found.kept.id)),
        duplicate: found.duplicate.as_ref().map(Card::from),
        kept: Card::from(&found.kept),
        action: format!("{here}/fusion"),
        back: here.clone(),
        nom: typed,
        field_error: errors.first().map(|error| field_message(error, language)),
        errors: error_views(&errors, language),
    };
    Page::titled(&visit, "companies-merge-title")
        .back(here, "back-company")
        .with_errors(!errors.is_empty())
        .render("pages/companies/merge", &content)
}

/// What the merger does, in sentences.
fn will(visit: &Visit, found: &Found) -> Vec<String> {
    let language = visit.language;
    let cut = i64::try_from(found.files).is_ok_and(|read| read >= MOST);
    let count = if cut { MOST - 1 } else { i64::try_from(found.files).unwrap_or(MOST) };
    let args = [("count", Arg::from(count))];
    let files = if cut { "companies-will-files-more" } else { "companies-will-files" };
    [files, "companies-will-names", "companies-will-keep", "companies-will-undo"]
        .into_iter()
        .map(|key| say(language, key, &args))
        .collect()
}

#[derive(Deserialize)]
pub struct MergeForm {
    doublon: CompanyId,
}

/// `POST /entreprises/{id}/fusion`
pub async fn merge(visit: Visit, id: web::Path<CompanyId>, form: web::Form<MergeForm>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let kept = visit.app.write(move |tx| actions::merge(tx, &actor, *id, form.doublon)).await?;
    Ok(see_other(&address(kept.id), Some("flash-companies-merged")))
}

/// `POST /entreprises/{id}/separation`
pub async fn separate(visit: Visit, id: web::Path<CompanyId>, form: web::Form<MergeForm>) -> Result<HttpResponse> {
    let (actor, kept) = (visit.actor()?, *id);
    visit.app.write(move |tx| actions::separate(tx, &actor, kept, form.doublon)).await?;
    Ok(see_other(&address(kept), Some("flash-companies-separated")))
}
