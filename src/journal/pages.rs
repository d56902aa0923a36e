//! A receipt, given from the page of its file.

use actix_web::{HttpResponse, web};
use diesel::prelude::*;

use super::checkpoints::{self, Checkpoint};
use super::note::Signer;
use super::{receipt, witnesses};
use crate::access::{Action, require};
use crate::app::{App, Tx};
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
    let (id, about) = (declaration.id, declaration.reference.clone().unwrap_or_default());
    let name = format!("recu-{about}.json");
    proof(&visit.app, &name, about, move |tx| numbers(tx, id)).await
}

/// The file that proves some events, `about` being what they are about: below a head that witnesses signed when one covers
/// them all, else below the head of now.
///
/// # Errors
/// Nothing is signed here, or the database fails.
pub async fn proof<F>(app: &App, name: &str, about: String, numbers: F) -> Result<HttpResponse>
where
    F: FnOnce(&mut Tx<'_>) -> Result<Vec<i64>> + Send + 'static,
{
    let signer = checkpoints::signer(&app.book.config)?.ok_or(Error::NotPossible("not-possible-proof"))?;
    let (numbers, covering) = app
        .read(move |tx| {
            let numbers = numbers(tx)?;
            let last = numbers.iter().copied().max().unwrap_or_default();
            Ok((numbers, checkpoints::cosigned_over(tx, last)?))
        })
        .await?;
    let checkpoint = match covering {
        Some(checkpoint) => checkpoint,
        None => {
            let service = app.clone();
            // What happened a moment ago is signed now, not within the minute.
            let signed = tokio::task::spawn_blocking(move || signed_now(&service, &signer)).await;
            signed.map_err(Error::internal)??.ok_or(Error::NotFound)?
        }
    };
    let receipt = app.read(move |tx| receipt::of(tx, &about, &numbers, &checkpoint)).await?;
    Ok(attachment(name, "application/json").body(serde_json::to_string_pretty(&receipt)?))
}

/// The head of now; said in words when nothing is signed because of what witnesses saw.
fn signed_now(app: &App, signer: &Signer) -> Result<Option<Checkpoint>> {
    if let Some(stop) = witnesses::contradiction(app, &signer.verifier())? {
        tracing::error!(%stop, "no receipt is given");
        return Err(Error::NotPossible("not-possible-proof-now"));
    }
    checkpoints::sign(app, signer)
}

fn numbers(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<i64>> {
    Ok(events::table
        .filter(events::declaration_id.eq(declaration))
        .filter(events::event.eq_any(PROVED))
        .order(events::seq.asc())
        .select(events::seq)
        .load(tx.conn)?)
}
