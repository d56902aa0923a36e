//! The administrator's screen of letters: state, recipient, tries, cause. Never the content.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::store::{self, LetterState};
use crate::declarations::inbox::Tab;
use crate::declarations::{access_log, reading};
use crate::error::Result;
use crate::formats;
use crate::journal::{self, Event};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};

#[derive(Serialize)]
struct LettersPage {
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    empty: bool,
    failed: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    to: String,
    subject: String,
    at: String,
    attempts: i32,
    error: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct LettersQuery {
    #[serde(default)]
    etat: String,
    #[serde(default)]
    avant: Option<i64>,
}

const PAGE: i64 = 50;

/// `GET /courriels`
pub async fn show(visit: Visit, query: web::Query<LettersQuery>) -> Result<HttpResponse> {
    let state = LetterState::parse(&query.etat).unwrap_or(LetterState::Failed);
    let before = query.avant;
    let actor = visit.actor()?;
    let by = Arc::clone(&actor);
    let (counts, mut letters, sealed, owed) = visit
        .app
        .read(move |tx| {
            let letters = store::list(tx, state, before, PAGE + 1)?;
            let sealed = store::sealed_among(tx, &letters)?;
            let owed = if letters.is_empty() { None } else { access_log::owed(tx, &by, "letters")? };
            Ok((store::counts(tx)?, letters, sealed, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let zone = visit.app.book.calendar.default_zone();
    let more = i64::try_from(letters.len()).is_ok_and(|count| count > PAGE);
    letters.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let address = |state: LetterState| format!("/courriels?etat={}", state.as_str());
    let content = LettersPage {
        tabs: counts
            .iter()
            .map(|(each, count)| Tab {
                href: address(*each),
                label: format!(
                    "{} ({})",
                    visit.say(&format!("letters-state-{}", each.as_str())),
                    counted(*count, visit.language)
                ),
                current: *each == state,
            })
            .collect(),
        next_href: letters.last().filter(|_| more).map(|last| format!("{}&avant={}", address(state), last.id)),
        previous_href: before.map(|_| address(state)),
        empty: letters.is_empty(),
        failed: state == LetterState::Failed,
        lines: letters
            .into_iter()
            .map(|letter| Line {
                // Whoever watches the letters leave learns nothing of who writes to whom in confidence; a letter that
                // does not leave is still seen, with its cause.
                to: if sealed.contains(&letter.id) { visit.say("letters-sealed-to") } else { letter.recipient_email },
                subject: if sealed.contains(&letter.id) { visit.say("letters-sealed") } else { letter.subject },
                id: letter.id,
                at: formats::format_datetime(letter.sent_at.unwrap_or(letter.due_at), zone, visit.language),
                attempts: letter.attempts,
                error: letter.last_error.filter(|_| !sealed.contains(&letter.id)).or_else(|| {
                    (letter.state == LetterState::Failed.as_str() && sealed.contains(&letter.id))
                        .then(|| visit.say("letters-sealed-failed"))
                }),
            })
            .collect(),
    };
    Page::titled(&visit, "letters-title").wide().render("pages/letters/letters", &content)
}

/// How many letters a state has, as it is read: beyond [`store::MOST_COUNTED`], nobody counted.
pub fn counted(count: usize, language: Language) -> String {
    let most = store::MOST_COUNTED;
    match i64::try_from(count) {
        Ok(count) if count <= most => formats::format_number(count, language),
        _ => say(language, "letters-more-than", &[("most", Arg::from(formats::format_number(most, language)))]),
    }
}

/// `POST /courriels/{id}/renvoi`
pub async fn resend(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    visit
        .app
        .write(move |tx| {
            store::resend(tx, *id)?;
            journal::record(tx, Some(actor.person), None, &Event::LetterResent { letter: *id })
        })
        .await?;
    Ok(see_other("/courriels", Some("flash-letter-resent")))
}
