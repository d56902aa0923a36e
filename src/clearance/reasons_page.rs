//! Why a sheet says what it says, for the ethics officer alone. Each declaration is asked of the second door again: whoever is
//! barred from one does not learn here that it exists. Each one shown leaves a row in the access log.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::rules::Reason;
use super::sheet_page::tone;
use super::{actions, address, store};
use crate::access::policy::require_page;
use crate::access::{Action, Actor, PageAction};
use crate::app::Tx;
use crate::declarations::access_log;
use crate::declarations::store as declarations;
use crate::error::{Error, Result};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Serialize)]
struct ReasonsPage {
    number: String,
    purpose: String,
    sheet_href: String,
    people: Vec<PersonView>,
}

#[derive(Serialize)]
struct PersonView {
    number: String,
    name: String,
    tone: &'static str,
    verdict: String,
    reasons: Vec<ReasonView>,
}

#[derive(Serialize)]
struct ReasonView {
    text: String,
    reference: Option<String>,
}

/// `GET /verifications/{number}/motifs`
pub async fn show(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let (actor, number, language) = (visit.actor()?, number.into_inner(), visit.language);
    // One transaction: nothing is shown that is not logged.
    let content = visit.app.write(move |tx| content(tx, &actor, &number, language)).await?;
    let title = say(language, "clearance-reasons-title", &[("number", Arg::from(content.number.as_str()))]);
    let sheet = content.sheet_href.clone();
    Page::new(&visit, title).back(sheet, "back-clearance-sheet").render("pages/clearance/reasons", &content)
}

fn content(tx: &mut Tx<'_>, actor: &Actor, number: &str, language: Language) -> Result<ReasonsPage> {
    require_page(&tx.book.access, actor, PageAction::ClearanceReasons)?;
    let (row, sheet) = actions::read(tx, actor, number)?;
    let found = store::reasons(tx, row.id)?;
    let mut people = Vec::with_capacity(sheet.lines.len());
    for (position, line) in (1_i32..).zip(sheet.lines) {
        let mut reasons = Vec::new();
        for (_, reason, reference) in found.iter().filter(|(place, ..)| *place == position) {
            if let Some(view) = shown(tx, actor, *reason, reference.as_deref(), language)? {
                reasons.push(view);
            }
        }
        people.push(PersonView {
            tone: tone(line.verdict),
            verdict: say(language, &format!("clearance-verdict-{}", line.verdict.word()), &[]),
            number: line.number,
            name: line.name,
            reasons,
        });
    }
    Ok(ReasonsPage { sheet_href: address(&sheet.number), number: sheet.number, purpose: sheet.purpose, people })
}

/// One reason as its reader may see it; nothing when its declaration does not exist for them.
fn shown(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reason: Reason,
    reference: Option<&str>,
    language: Language,
) -> Result<Option<ReasonView>> {
    let text = say(language, &format!("clearance-reason-{}", reason.word()), &[]);
    let Some(reference) = reference else { return Ok(Some(ReasonView { text, reference: None })) };
    match declarations::authorized(tx, actor, reference, Action::Read) {
        Ok(found) => {
            if found.declaration.declarant_id != actor.person {
                access_log::read(tx, actor, found.declaration.id, "clearance_reasons")?;
            }
            Ok(Some(ReasonView { text, reference: Some(reference.to_owned()) }))
        }
        Err(Error::NotFound | Error::NotAllowed) => Ok(None),
        Err(error) => Err(error),
    }
}
