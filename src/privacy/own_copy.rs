//! The copy of what the register keeps of a person, for that person: every declaration as its own page shows it, who read
//! it, what the directory says, and the files joined (trust.md P05, s. 84: a structured and commonly used format).

use actix_web::HttpResponse;
use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::attachments::bundle::Bundle;
use crate::attachments::joined::{self, Joined, MOST_BYTES};
use crate::declarations::api::show;
use crate::declarations::api::views::DeclarationDetail;
use crate::declarations::lists::{self, Cursor as Place};
use crate::declarations::store;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::{self, PersonId, store::Person};
use crate::readings;
use crate::readings::exports::{Export, Found};
use crate::register::export::attachment;
use crate::reports::csv::short_table;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;

/// Declarations read at once.
const BATCH: i64 = 200;
/// Readings listed, the last ones.
const MOST_READINGS: i64 = 10_000;

/// The whole of `donnees.json`.
#[derive(Serialize)]
struct Copy {
    person: Person,
    declarations: Vec<DeclarationDetail>,
    rectifications: Vec<RectificationItem>,
    readings: Vec<ReadingItem>,
    exports: Vec<ExportItem>,
}

#[derive(Serialize)]
struct RectificationItem {
    declaration: String,
    asked_at: String,
    text: String,
    /// Why more time was taken to answer.
    extension: Option<String>,
    verdict: Option<&'static str>,
    answer: Option<String>,
}

#[derive(Serialize)]
struct ReadingItem {
    at: String,
    reader: String,
    declaration: Option<String>,
    action: String,
    allowed: bool,
}

/// An export by somebody else that carried some of these declarations.
#[derive(Serialize)]
struct ExportItem {
    at: String,
    reader: String,
    action: String,
    /// How many declarations it carried, of everybody.
    files: i64,
    declarations: Vec<String>,
}

impl From<Export> for ExportItem {
    fn from(export: Export) -> Self {
        Self {
            at: export.at.and_utc().to_rfc3339(),
            reader: format!("{} {}", export.given_name, export.family_name),
            action: export.action,
            files: export.files,
            declarations: export.own.into_iter().filter_map(|file| file.reference).collect(),
        }
    }
}

/// `GET /mes-declarations/copie`
pub async fn download(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let (copy, files) = visit.app.write(move |tx| gather(tx, &actor, language)).await?;
    let made =
        tokio::task::spawn_blocking(move || archive(&copy, files, language)).await.map_err(Error::internal)??;
    Ok(attachment("mes-declarations.zip", "application/zip").body(made))
}

fn gather(tx: &mut Tx<'_>, actor: &Actor, language: Language) -> Result<(Copy, Vec<(String, Joined)>)> {
    let person = people::store::find(tx, actor.person)?;
    let (mut declarations, mut files, mut rectifications) = (Vec::new(), Vec::new(), Vec::new());
    let mut after: Option<Place> = None;
    loop {
        let listed = lists::mine(tx, actor.person, None, after.as_ref(), BATCH)?;
        for row in &listed.rows {
            let found = store::authorized(tx, actor, row.slug(), Action::Read)?;
            files.extend(joined::of(tx, row.id)?.into_iter().map(|file| (row.slug().to_owned(), file)));
            rectifications.extend(crate::rectifications::store::of(tx, row.id)?.into_iter().map(|asked| {
                RectificationItem {
                    declaration: row.slug().to_owned(),
                    asked_at: asked.asked_at.and_utc().to_rfc3339(),
                    text: asked.text,
                    extension: asked.extension.map(|extension| extension.text),
                    verdict: asked.answer.as_ref().map(|answer| answer.verdict.as_str()),
                    answer: asked.answer.map(|answer| answer.text),
                }
            }));
            declarations.push(show::declaration(tx, actor, &found, language)?);
        }
        after = listed.next;
        if after.is_none() {
            break;
        }
    }
    let readings = readings::store::of_person(tx, actor.person, None, MOST_READINGS)?
        .into_iter()
        .map(|reading| ReadingItem {
            at: reading.at.and_utc().to_rfc3339(),
            reader: format!("{} {}", reading.given_name, reading.family_name),
            declaration: reading.reference,
            action: reading.action,
            allowed: reading.allowed,
        })
        .collect();
    let exports = exports_of(tx, actor.person)?.into_iter().map(ExportItem::from).collect();
    let rows = i64::try_from(declarations.len()).unwrap_or(i64::MAX);
    let event = Event::Exported { what: "own_copy".into(), rows, filter: String::new() };
    journal::record(tx, Some(actor.person), None, &event)?;
    Ok((Copy { person, declarations, rectifications, readings, exports }, files))
}

/// Exports that carried what they filed, part by part: a copy has them all, up to as many as readings.
fn exports_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Export>> {
    let (mut all, mut before, mut most) = (Vec::new(), None, MOST_READINGS);
    loop {
        let Found { exports, below } = readings::exports::of_person(tx, person, before, most)?;
        most -= i64::try_from(exports.len()).unwrap_or(most);
        all.extend(exports);
        if below.is_none() || most <= 0 {
            return Ok(all);
        }
        before = below;
    }
}

fn archive(copy: &Copy, files: Vec<(String, Joined)>, language: Language) -> Result<Vec<u8>> {
    let mut bundle = Bundle::empty();
    bundle.add("donnees.json", &serde_json::to_vec_pretty(copy)?)?;
    bundle.add("declarations.csv", &table(copy, language)?)?;
    let (mut left_out, mut total) = (String::new(), 0);
    for (slug, file) in files {
        let path = format!("fichiers/{slug}/{}", file.file_name());
        total += file.size;
        // The copy says where the others are.
        if !file.available || total > MOST_BYTES {
            left_out.push_str(&format!("- {path} (/pieces/{})\n", file.id));
            continue;
        }
        bundle.add(&path, &file.read()?)?;
    }
    let count = i64::try_from(copy.declarations.len()).unwrap_or(i64::MAX);
    let mut read_me = say(language, "own-copy-readme", &[("count", Arg::from(count))]);
    if !left_out.is_empty() {
        read_me.push_str(&format!("\n\n{}\n{left_out}", say(language, "own-copy-left-out", &[])));
    }
    bundle.add("LISEZMOI.txt", read_me.as_bytes())?;
    bundle.finish()
}

/// One line per declaration.
fn table(copy: &Copy, language: Language) -> Result<Vec<u8>> {
    let header = match language {
        Language::Fr => ["reference", "type", "sujet", "etat", "transmise_le", "decision", "motif"],
        Language::En => ["reference", "type", "subject", "state", "filed_at", "decision", "reason"],
    };
    let rows = copy.declarations.iter().map(|one| {
        let decision = one.decision.as_ref().map(|decision| (decision.label.clone(), decision.reason.clone()));
        let (decision, reason) = decision.unwrap_or_default();
        [
            one.reference.clone().unwrap_or_default(),
            one.kind_title.clone(),
            one.subject.clone(),
            one.state_label.clone(),
            one.first_filed_at.map(|at| at.to_rfc3339()).unwrap_or_default(),
            decision,
            reason,
        ]
    });
    short_table(language, header, rows)
}
