//! « Attester ma présence »: the declarations prepared for somebody who came, filed in one click.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{attesting, store};
use crate::declarations::answers::Form;
use crate::declarations::detail::state_label;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::workflow::State;
use crate::error::{Error, FieldError, Result};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct AttestPage {
    title: String,
    reference: String,
    address: String,
    when: String,
    lines: Vec<LineView>,
    left: bool,
    errors: Vec<ErrorView>,
    error: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    company: String,
    href: String,
    tag: &'static str,
    state_label: String,
}

/// `GET /evenements/{reference}/attestation`
pub async fn show(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, reference.into_inner(), &[]).await
}

async fn render(visit: &Visit, reference: String, errors: &[FieldError]) -> Result<HttpResponse> {
    let (at, failed) = (visit.clone(), errors.to_vec());
    let content = visit
        .app
        .read(move |tx| {
            let language = at.language;
            let showcase = store::find(tx, &reference)?;
            let declared = store::declared(tx, showcase.id, at.actor()?.person)?;
            if declared.is_empty() {
                // Nothing was prepared for this person: there is no such page for them.
                return Err(Error::NotFound);
            }
            let lines: Vec<LineView> = declared
                .into_iter()
                .map(|(key, reference, state, company)| {
                    let state = State::parse(&state).unwrap_or(State::Closed);
                    LineView {
                        company,
                        href: match reference {
                            Some(reference) => format!("/d/{reference}"),
                            None => format!("/brouillons/{key}"),
                        },
                        tag: state.as_str(),
                        state_label: state_label(state, language),
                    }
                })
                .collect();
            Ok(AttestPage {
                when: super::showcase_page::when(&showcase, language),
                title: showcase.title.clone(),
                address: showcase.address(),
                left: lines.iter().any(|line| line.tag == State::Draft.as_str()),
                lines,
                errors: error_views(&failed, language),
                error: failed.first().map(|error| field_message(error, language)),
                reference: showcase.reference,
            })
        })
        .await?;
    Page::titled(visit, "attest-title")
        .back(content.address.clone(), "back-showcase")
        .with_errors(!errors.is_empty())
        .render("pages/programme/attest", &content)
}

/// `POST /evenements/{reference}/attestation`
pub async fn attest(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, reference) = (visit.actor()?, reference.into_inner());
    let attested = form.iter().any(|(name, value)| name == "attestation" && !value.is_empty());
    let wanted = reference.clone();
    match visit.app.write(move |tx| attesting::attest(tx, &actor, &wanted, attested)).await {
        Ok(_) => Ok(see_other(&format!("/evenements/{reference}/attestation"), Some("flash-attested"))),
        Err(Error::Invalid(errors)) => render(&visit, reference, &errors).await,
        Err(error) => Err(error),
    }
}
