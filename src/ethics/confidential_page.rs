//! The confidential files of an office: the only list about others that holds what is sealed. Showing it is reading:
//! each line leaves a row in the access log before the page leaves.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use crate::declarations::inbox::{line_views, tell_apart};
use crate::declarations::lists::{self, Cursor, PAGE};
use crate::declarations::reading;
use crate::error::Result;
use crate::web::Visit;
use crate::web::page::{Page, percent};

#[derive(Serialize)]
struct ConfidentialPage {
    /// HTML.
    lines: String,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct ConfidentialQuery {
    #[serde(default)]
    apres: String,
}

/// `GET /confidentiel`
pub async fn list(visit: Visit, query: web::Query<ConfidentialQuery>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let by = std::sync::Arc::clone(&actor);
    let cursor = Cursor::parse(&query.apres);
    let listed = visit.app.read(move |tx| lists::sealed(tx, &by, cursor.as_ref(), PAGE)).await?;
    reading::listed(&visit.app, &actor, None, &listed.rows).await?;
    let mut lines = line_views(&visit, &listed.rows);
    tell_apart(&mut lines, &listed.rows, &visit);
    let content = ConfidentialPage {
        lines: visit.app.book.views.rows(visit.language, "inbox", &lines)?,
        empty: listed.rows.is_empty(),
        previous_href: (!query.apres.is_empty()).then(|| "/confidentiel".to_owned()),
        next_href: listed.next.map(|cursor| format!("/confidentiel?apres={}", percent(&cursor.to_string()))),
    };
    Page::titled(&visit, "confidential-title").wide().render("pages/ethics/confidential", &content)
}
