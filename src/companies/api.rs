//! Companies as you type.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::suggest::suggest;
use crate::error::Result;
use crate::web::Visit;

#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// `GET /entreprises/suggestions?q=`: at most eight companies, for the field that completes as you type. Those of the
/// business register have no `id`.
pub async fn suggestions(visit: Visit, query: web::Query<Typed>) -> Result<HttpResponse> {
    let typed: String = query.q.chars().take(100).collect();
    let found = visit.app.read(move |tx| suggest(tx, &typed, 8)).await?;
    let items: Vec<_> = found
        .iter()
        .map(|company| {
            let status = company.status(visit.language);
            json!({ "id": company.id, "name": company.name, "neq": company.neq, "status": status })
        })
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}
