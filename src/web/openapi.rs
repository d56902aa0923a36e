//! The description of the API: OpenAPI 3.1 for programs, a page for people. Made when somebody first asks for it, from the
//! structs that read and write, the table of operations, and the kinds in force; again when these change.

mod document;
mod operations;
mod page;
mod parameters;

use std::sync::{Arc, PoisonError, RwLock};

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde_json::Value;

pub use operations::{OPERATIONS, Operation};
pub use page::show;

use super::Visit;
use crate::config::Config;
use crate::declarations::catalogue::Catalogue;
use crate::error::Result;
use crate::random::sha256_hex;

/// The description of what is in force, once somebody asked for it.
#[derive(Default)]
pub struct Descriptions {
    /// With the kinds that it describes.
    made: RwLock<Option<(Vec<i64>, Arc<Description>)>>,
}

impl Descriptions {
    /// Describes what is in force.
    ///
    /// # Errors
    /// When a schema cannot be written: ours.
    pub fn in_force(&self, config: &Config, catalogue: &Catalogue) -> Result<Arc<Description>> {
        let versions: Vec<i64> = catalogue.kinds().iter().map(|version| version.id).collect();
        // A lock that a panic poisoned holds nothing but a cache.
        let known = self.made.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, description)) = known.filter(|(described, _)| *described == versions) {
            return Ok(description);
        }
        let description = Arc::new(Description::build(config, catalogue)?);
        *self.made.write().unwrap_or_else(PoisonError::into_inner) = Some((versions, Arc::clone(&description)));
        Ok(description)
    }
}

/// The document, and its bytes as served.
pub struct Description {
    pub document: Value,
    text: web::Bytes,
    etag: String,
}

impl Description {
    fn build(config: &Config, catalogue: &Catalogue) -> Result<Self> {
        let document = document::build(config, catalogue)?;
        let text = serde_json::to_string_pretty(&document)?;
        let etag = format!("\"{}\"", sha256_hex(text.as_bytes()).get(..16).unwrap_or_default());
        Ok(Self { document, text: web::Bytes::from(text), etag })
    }
}

/// `GET /api/openapi.json`
pub async fn document(visit: Visit) -> Result<HttpResponse> {
    let description = visit.app.book.description()?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ETAG, description.etag.as_str()))
        .body(description.text.clone()))
}
