//! One sheet: on a page that prints, and as CSV.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::page::told;
use super::rules::Verdict;
use super::sheet::Sheet;
use super::{actions, address};
use crate::declarations::{access_log, reading};
use crate::error::Result;
use crate::formats::format_datetime;
use crate::journal::{self, Event};
use crate::register::export::attachment;
use crate::reports::csv::short_table;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Serialize)]
struct SheetPage {
    number: String,
    purpose: String,
    contract: Option<String>,
    asked_by: String,
    asked_at: String,
    companies: Vec<CompanyView>,
    told: String,
    lines: Vec<LineView>,
    fingerprint: String,
    changed: bool,
    csv_href: String,
    /// Nothing when this register signs nothing.
    proof_href: Option<String>,
    reasons_href: Option<String>,
}

#[derive(Serialize)]
struct CompanyView {
    name: String,
    neq: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    number: String,
    name: String,
    tone: &'static str,
    verdict: String,
    next: String,
}

/// The colour of a verdict.
pub(super) fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "decided",
        Verdict::DeclareFirst => "info_requested",
        Verdict::Recuse => "late",
    }
}

/// `GET /verifications/{number}`
pub async fn show(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let (actor, number, language) = (visit.actor()?, number.into_inner(), visit.language);
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read(move |tx| {
            let (row, sheet) = actions::read(tx, &by, &number)?;
            let intact = actions::is_intact(tx, &row, &sheet)?;
            let reasons = actions::reads_all(tx, &by);
            let owed = access_log::owed(tx, &by, "clearance_sheet")?;
            let here = address(&sheet.number);
            let content = SheetPage {
                asked_at: format_datetime(sheet.asked_at, tx.zone(), language),
                told: told(&sheet, language),
                fingerprint: row.fingerprint,
                changed: !intact,
                csv_href: format!("{here}/feuille.csv"),
                proof_href: (!tx.book.config.journal.key_file.is_empty()).then(|| format!("{here}/preuve.json")),
                reasons_href: reasons.then(|| format!("{here}/motifs")),
                lines: sheet
                    .lines
                    .into_iter()
                    .map(|line| LineView {
                        tone: tone(line.verdict),
                        verdict: say(language, &format!("clearance-verdict-{}", line.verdict.word()), &[]),
                        next: say(language, &format!("clearance-next-{}", line.verdict.word()), &[]),
                        number: line.number,
                        name: line.name,
                    })
                    .collect(),
                companies: sheet
                    .companies
                    .into_iter()
                    .map(|company| CompanyView { name: company.name, neq: company.neq })
                    .collect(),
                number: sheet.number,
                purpose: sheet.purpose,
                contract: sheet.contract,
                asked_by: sheet.asked_by,
            };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let title = say(language, "clearance-sheet-title", &[("number", Arg::from(content.number.as_str()))]);
    Page::new(&visit, title).back("/verifications", "back-clearance").wide().render("pages/clearance/sheet", &content)
}

/// `GET /verifications/{number}/preuve.json`: the event that has the fingerprint of the sheet, below a signed head.
pub async fn proof(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let (actor, number) = (visit.actor()?, number.into_inner());
    let (name, about) = (format!("preuve-{number}.json"), number.clone());
    journal::pages::proof(&visit.app, &name, about, move |tx| {
        let (row, _) = actions::read(tx, &actor, &number)?;
        Ok(vec![row.event_seq])
    })
    .await
}

/// `GET /verifications/{number}/feuille.csv`: an export is logged before anything leaves.
pub async fn to_csv(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let (actor, number, language) = (visit.actor()?, number.into_inner(), visit.language);
    visit.limits.export(actor.person)?;
    let (sheet, fingerprint) = visit
        .app
        .write(move |tx| {
            let (row, sheet) = actions::read(tx, &actor, &number)?;
            access_log::exported(tx, &actor, "clearance", None)?;
            let rows = i64::try_from(sheet.lines.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: "clearance".into(), rows, filter: sheet.number.clone() };
            journal::record(tx, Some(actor.person), None, &event)?;
            Ok((sheet, row.fingerprint))
        })
        .await?;
    let body = csv(&sheet, &fingerprint, language)?;
    Ok(attachment(&format!("{}.csv", sheet.number), "text/csv; charset=utf-8").body(body))
}

/// One line for each person of the sheet.
fn csv(sheet: &Sheet, fingerprint: &str, language: Language) -> Result<Vec<u8>> {
    let header = match language {
        Language::Fr => ["feuille", "objet", "contrat", "numero", "personne", "resultat", "suite", "empreinte"],
        Language::En => ["sheet", "purpose", "contract", "number", "person", "verdict", "next_step", "fingerprint"],
    };
    let rows = sheet.lines.iter().map(|line| {
        [
            sheet.number.clone(),
            sheet.purpose.clone(),
            sheet.contract.clone().unwrap_or_default(),
            line.number.clone(),
            line.name.clone(),
            say(language, &format!("clearance-verdict-{}", line.verdict.word()), &[]),
            say(language, &format!("clearance-next-{}", line.verdict.word()), &[]),
            fingerprint.to_owned(),
        ]
    });
    short_table(language, header, rows)
}
