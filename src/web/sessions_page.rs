//! The sessions that a person has open, on the page of preferences, and ending them.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::Visit;
use super::page::see_other;
use crate::app::Tx;
use crate::error::Result;
use crate::formats::format_datetime;
use crate::people::{PersonId, sessions};
use crate::text::Language;

#[derive(Serialize)]
pub struct SessionView {
    id: String,
    opened: String,
    seen: String,
    is_this: bool,
}

/// What a person has open, for its page.
pub fn views(tx: &mut Tx<'_>, person: PersonId, current: Option<&str>, language: Language) -> Result<Vec<SessionView>> {
    let opened = sessions::of_person(tx, person, current)?;
    Ok(opened
        .into_iter()
        .map(|one| SessionView {
            opened: format_datetime(one.created_at, tx.zone(), language),
            seen: format_datetime(one.seen_at, tx.zone(), language),
            id: one.id,
            is_this: one.is_this,
        })
        .collect())
}

#[derive(Deserialize)]
pub struct Ended {
    /// Name of a session; empty for all but this one.
    #[serde(default)]
    seance: String,
}

/// `POST /preferences/seances`
pub async fn end(visit: Visit, form: web::Form<Ended>) -> Result<HttpResponse> {
    let (actor, current, one) = (visit.actor()?, visit.session.clone(), form.into_inner().seance);
    let one = Some(one).filter(|one| !one.is_empty());
    visit.app.write(move |tx| sessions::close_some(tx, actor.person, one.as_deref(), current.as_deref())).await?;
    Ok(see_other("/preferences", Some("flash-sessions-closed")))
}
