//! The description of the API: OpenAPI 3.1 for programs, a page for people. Made once, at start, from the structs that
//! read and write, the table of operations, and the kinds in force.

mod document;
mod operations;
mod page;
mod parameters;

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

/// The document, and its bytes as served.
pub struct Description {
    pub document: Value,
    text: web::Bytes,
    etag: String,
}

impl Description {
    /// Describes what is in force.
    ///
    /// # Errors
    /// When a schema cannot be written: ours.
    pub fn build(config: &Config, catalogue: &Catalogue) -> Result<Self> {
        let document = document::build(config, catalogue)?;
        let text = serde_json::to_string_pretty(&document)?;
        let etag = format!("\"{}\"", sha256_hex(text.as_bytes()).get(..16).unwrap_or_default());
        Ok(Self { document, text: web::Bytes::from(text), etag })
    }
}

/// `GET /api/openapi.json`
pub async fn document(visit: Visit) -> HttpResponse {
    let description = &visit.app.book.description;
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ETAG, description.etag.as_str()))
        .body(description.text.clone())
}
