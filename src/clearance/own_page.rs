//! « Vérifications qui me concernent »: everybody reads that they were checked, by whom, when, for what and with which
//! verdict. The companies of the sheet are not there: who bids is not told to whoever does not sit yet.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::rules::Verdict;
use super::sheet_page::tone;
use super::store;
use crate::declarations::lists::{Cursor, PAGE};
use crate::error::Result;
use crate::formats::format_datetime;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::{Page, percent};

/// `?apres=`
#[derive(Debug, Default, Deserialize)]
pub struct OwnQuery {
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct OwnPage {
    lines: Vec<OwnLine>,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct OwnLine {
    number: String,
    asked_at: String,
    asked_by: String,
    purpose: String,
    contract: String,
    tone: &'static str,
    verdict: String,
    next: String,
    /// Something is to be declared.
    declares: bool,
}

/// `GET /mes-declarations/verifications`
pub async fn show(visit: Visit, query: web::Query<OwnQuery>) -> Result<HttpResponse> {
    let (actor, language, after) = (visit.actor()?, visit.language, Cursor::parse(&query.apres));
    let (lines, next) = visit
        .app
        .read(move |tx| {
            let (rows, next) = store::of_person(tx, actor.person, after.as_ref(), PAGE)?;
            let lines: Vec<OwnLine> = rows
                .into_iter()
                .map(|row| {
                    let verdict = Verdict::parse(&row.verdict).unwrap_or(Verdict::Recuse);
                    OwnLine {
                        asked_at: format_datetime(row.asked_at, tx.zone(), language),
                        number: row.number,
                        asked_by: row.asked_by_name,
                        purpose: row.purpose,
                        contract: row.contract.unwrap_or_else(|| "–".to_owned()),
                        tone: tone(verdict),
                        verdict: say(language, &format!("clearance-verdict-{}", verdict.word()), &[]),
                        next: say(language, &format!("clearance-mine-{}", verdict.word()), &[]),
                        declares: verdict == Verdict::DeclareFirst,
                    }
                })
                .collect();
            Ok((lines, next))
        })
        .await?;
    let here = "/mes-declarations/verifications";
    let content = OwnPage {
        empty: lines.is_empty(),
        lines,
        previous_href: (!query.apres.is_empty()).then(|| here.to_owned()),
        next_href: next.map(|cursor| format!("{here}?apres={}", percent(&cursor.to_string()))),
    };
    Page::titled(&visit, "clearance-mine-title")
        .back("/mes-declarations", "back-mine")
        .wide()
        .render("pages/clearance/own", &content)
}
