//! A receipt, given from the page of its file.

use actix_web::{HttpResponse, web};
use diesel::prelude::*;

use super::{checkpoints, receipt};
use crate::access::{Action, require};
use crate::app::Tx;
use crate::db::schema::events;
use crate::declarations::reading;
use crate::error::{Error, Result};
use crate::register::export::attachment;
use crate::web::Visit;

/// What a receipt holds of a file: what was declared and what was decided, as its page shows them.
const PROVED: [&str; 7] =
    ["submitted", "corrected", "completed", "withdrawn", "decided", "decided_automatically", "decided_outside"];

/// `GET /d/{slug}/recu`
pub async fn download(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let (declaration, ()) = reading::open(&visit.app, &actor, &slug, |tx, actor, found| {
        require(&tx.book.access, actor, Action::Examine, &found.target())
    })
    .await?;
    let signer = checkpoints::signer(&visit.app.book.config)?.ok_or(Error::NotPossible("not-possible-proof"))?;
    let app = visit.app.clone();
    // What happened a moment ago is signed now, not within the minute.
    let checkpoint = tokio::task::spawn_blocking(move || checkpoints::sign(&app, &signer))
        .await
        .map_err(Error::internal)??
        .ok_or(Error::NotFound)?;
    let (id, about) = (declaration.id, declaration.reference.clone().unwrap_or_default());
    let name = format!("recu-{about}.json");
    let receipt = visit
        .app
        .read(move |tx| {
            let numbers = numbers(tx, id)?;
            receipt::of(tx, &about, &numbers, &checkpoint)
        })
        .await?;
    let text = serde_json::to_string_pretty(&receipt)?;
    Ok(attachment(&name, "application/json").body(text))
}

fn numbers(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<i64>> {
    Ok(events::table
        .filter(events::declaration_id.eq(declaration))
        .filter(events::event.eq_any(PROVED))
        .order(events::seq.asc())
        .select(events::seq)
        .load(tx.conn)?)
}
