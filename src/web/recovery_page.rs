//! Codes on paper: how many are left, and making new ones, shown once.

use actix_web::HttpResponse;
use serde::Serialize;

use super::Visit;
use super::page::Page;
use crate::error::{Error, Result};
use crate::formats::format_datetime;
use crate::people::{recovery, second_factor};

#[derive(Serialize)]
struct RecoveryPage {
    /// A telephone or a key is asked of this person: without one, codes on paper replace nothing.
    has_factor: bool,
    /// Just made: shown now and never again.
    codes: Vec<String>,
    left: Option<i64>,
    made: Option<String>,
}

/// `GET /preferences/secours`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    page(&visit, Vec::new()).await
}

/// `POST /preferences/secours`: new codes, which replace those of before.
pub async fn renew(visit: Visit) -> Result<HttpResponse> {
    let by = visit.actor()?.person;
    let codes = visit
        .app
        .write(move |tx| {
            if second_factor::is_asked_of(tx, by)? {
                recovery::renew(tx, by)
            } else {
                Err(Error::NotPossible("not-possible-recovery"))
            }
        })
        .await?;
    page(&visit, codes).await
}

async fn page(visit: &Visit, codes: Vec<String>) -> Result<HttpResponse> {
    let (by, language) = (visit.actor()?.person, visit.language);
    let content = visit
        .app
        .read(move |tx| {
            let left = recovery::left(tx, by)?;
            Ok(RecoveryPage {
                has_factor: second_factor::is_asked_of(tx, by)?,
                codes,
                left: left.map(|left| left.codes),
                made: left.map(|left| format_datetime(left.made_at, tx.zone(), language)),
            })
        })
        .await?;
    Page::titled(visit, "recovery-title").back("/preferences", "back-preferences").render("pages/recovery", &content)
}
