//! Saying that a company is in the group of another: who that is, chosen among those found.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::store::{self, Company};
use super::{CompanyId, address, groups};
use crate::declarations::form::{ErrorView, error_views};
use crate::error::FieldError;
use crate::error::Result;
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

/// Companies offered for a name.
const OFFERED: i64 = 8;

#[derive(Debug, Default, Deserialize)]
pub struct GroupQuery {
    /// Name or NEQ, as typed.
    #[serde(default)]
    nom: String,
}

#[derive(Serialize)]
struct GroupPage {
    name: String,
    nom: String,
    offered: Vec<OfferView>,
    action: String,
    field_error: Option<String>,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct OfferView {
    id: CompanyId,
    name: String,
    neq: Option<String>,
}

/// `GET /entreprises/{id}/groupe?nom=`
pub async fn show(visit: Visit, id: web::Path<CompanyId>, query: web::Query<GroupQuery>) -> Result<HttpResponse> {
    let (id, typed) = (id.into_inner(), query.nom.trim().chars().take(100).collect::<String>());
    let name = typed.clone();
    let (company, offered) = visit
        .app
        .read(move |tx| {
            let company = store::root(tx, id)?;
            let mut found: Vec<Company> =
                if name.is_empty() { Vec::new() } else { store::suggest(tx, &name, OFFERED)? };
            found.retain(|one| one.id != company.id);
            Ok((company, found))
        })
        .await?;
    let errors: Vec<FieldError> = if offered.is_empty() && !typed.is_empty() {
        vec![FieldError::new("nom", "error-company-not-found")]
    } else {
        Vec::new()
    };
    let here = address(company.id);
    let content = GroupPage {
        name: company.name,
        offered: offered.into_iter().map(|one| OfferView { id: one.id, name: one.name, neq: one.neq }).collect(),
        action: format!("{here}/groupe"),
        nom: typed,
        field_error: errors.first().map(|error| field_message(error, visit.language)),
        errors: error_views(&errors, visit.language),
    };
    Page::titled(&visit, "companies-group-title")
        .back(here, "back-company")
        .with_errors(!errors.is_empty())
        .render("pages/companies/group", &content)
}

#[derive(Deserialize)]
pub struct GroupForm {
    /// The head, or nothing to leave the group.
    #[serde(default)]
    tete: Option<CompanyId>,
}

/// `POST /entreprises/{id}/groupe`
pub async fn change(visit: Visit, id: web::Path<CompanyId>, form: web::Form<GroupForm>) -> Result<HttpResponse> {
    let (actor, company, head) = (visit.actor()?, *id, form.tete);
    visit
        .app
        .write(move |tx| match head {
            Some(head) => groups::join(tx, &actor, company, head).map(drop),
            None => groups::leave(tx, &actor, company),
        })
        .await?;
    let flash = if head.is_some() { "flash-company-grouped" } else { "flash-company-ungrouped" };
    Ok(see_other(&address(company), Some(flash)))
}
