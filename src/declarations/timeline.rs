//! What happened to a declaration, in words: its timeline, its decision, the question that waits.

use chrono_tz::Tz;
use serde::Serialize;

use super::answers::{self, Answers};
use super::compare::{Change, Piece, Side, compare};
use super::kind::{Kind, Office};
use super::store::Declaration;
use super::workflow::State;
use crate::app::Tx;
use crate::clock::local_date;
use crate::crosschecks;
use crate::error::{Error, Result};
use crate::formats;
use crate::journal::{Entry, Event};
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};

/// One event of the history, in words.
#[derive(Serialize)]
pub struct TimelineView {
    #[serde(skip)]
    pub at: crate::clock::Instant,
    /// Name in the journal.
    #[serde(skip)]
    pub event: &'static str,
    at_label: String,
    pub title: String,
    pub actor: Option<String>,
    pub body: Option<String>,
    pub changes: Option<Vec<ChangeView>>,
    /// When each was, of a line that stands for several.
    folded: Vec<String>,
    /// Where the head of the page leads.
    anchor: Option<&'static str>,
}

/// Is this event a matter of the office that answers, whatever the declarant may read?
fn is_of_the_office(event: &Event) -> bool {
    matches!(event, Event::PrecedentDeparted { .. } | Event::Released { .. })
}

/// One answer that differs between two versions.
#[derive(Serialize)]
pub struct ChangeView {
    pub label: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The decision, in words.
#[derive(Serialize)]
pub struct DecisionView {
    /// « Décision », « Direction », or « Décision contestée ».
    title: String,
    pub label: String,
    tone: &'static str,
    pub reason: String,
    pub by: String,
    /// In whose place.
    pub on_behalf_of: Option<String>,
    /// « X, pour Y »
    signed: String,
    /// When and in which document, for a decision taken outside.
    outside: Option<String>,
    at: String,
}

impl DecisionView {
    /// Without who decided.
    pub fn mask(&mut self) {
        "–".clone_into(&mut self.signed);
        self.outside = None;
    }
}

/// The decision on file, when there is one.
pub fn decision(
    declaration: &Declaration,
    kind: &Kind,
    entries: &[Entry],
    tx: &mut Tx<'_>,
    language: Language,
) -> Result<Option<DecisionView>> {
    // What is contested stays in sight until the direction takes its place.
    let is_contested = declaration.outcome.is_none() && contest(entries).is_some();
    if declaration.outcome.is_none() && !is_contested {
        return Ok(None);
    }
    let is_directed = declaration.decided_step.as_deref() == Some(Office::DeputyMinister.as_str());
    let title = match (is_contested, is_directed) {
        (true, _) => "detail-decision-contested",
        (false, true) => "detail-direction",
        (false, false) => "detail-decision",
    };
    for entry in entries.iter().rev() {
        let actor = || entry.actor_name.clone().unwrap_or_default();
        let (outcome, reason, by, on_behalf_of, outside) = match &entry.event {
            Event::Decided { outcome, reason, on_behalf_of, .. } => {
                let whom =
                    on_behalf_of.map(|whom| Ok::<_, Error>(people::store::find(tx, whom)?.name())).transpose()?;
                (outcome, reason, actor(), whom, None)
            }
            // Its reason is the sentence of the rule.
            Event::DecidedAutomatically { outcome, reason, .. } => {
                (outcome, reason, say(language, "detail-decided-by-rule", &[]), None, None)
            }
            Event::DecidedOutside { outcome, reason, authority, decided_on, document, .. } => {
                let args = [
                    ("date", Arg::from(formats::format_date_long(*decided_on, language))),
                    ("document", Arg::from(document.as_str())),
                    ("who", Arg::from(actor())),
                ];
                (outcome, reason, authority.clone(), None, Some(say(language, "detail-decision-outside", &args)))
            }
            _ => continue,
        };
        let Some(outcome) = kind.outcome(outcome) else { return Ok(None) };
        let signed = match &on_behalf_of {
            Some(whom) => say(language, "by-for", &[("who", by.as_str().into()), ("whom", whom.as_str().into())]),
            None => by.clone(),
        };
        return Ok(Some(DecisionView {
            title: say(language, title, &[]),
            label: outcome.done.get(language).to_owned(),
            tone: outcome.tone.as_str(),
            reason: reason.clone(),
            by,
            on_behalf_of,
            signed,
            outside,
            at: formats::format_datetime(entry.at, tx.zone(), language),
        }));
    }
    Ok(None)
}

/// Why the last decision is contested, while nothing was decided since.
pub fn contest(entries: &[Entry]) -> Option<String> {
    entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Contested { reason, .. } => Some(Some(reason.clone())),
        Event::Decided { .. } | Event::DecidedOutside { .. } | Event::DecidedAutomatically { .. } => Some(None),
        _ => None,
    })?
}

/// The question that waits for an answer.
pub fn open_question(state: State, entries: &[Entry]) -> Option<String> {
    if state != State::InfoRequested {
        return None;
    }
    entries.iter().rev().find_map(|entry| match &entry.event {
        Event::InformationRequested { question, .. } => Some(question.clone()),
        _ => None,
    })
}

/// What happened, oldest first, in words.
pub fn timeline(
    tx: &mut Tx<'_>,
    kind: &Kind,
    entries: &[Entry],
    given: answers::Given<'_>,
    is_mine: bool,
    language: Language,
) -> Result<Vec<TimelineView>> {
    let zone = tx.zone();
    let mut filed: Option<&Answers> = None;
    let mut direction_awaited = false;
    let mut views = Vec::new();
    for entry in entries.iter().filter(|entry| !(is_mine && is_of_the_office(&entry.event))) {
        // The decision lists what it asks; comments have their own part of the page, each for its readers.
        if matches!(entry.event, Event::MeasureOrdered { .. } | Event::Commented { .. }) {
            continue;
        }
        if let Some((_, title, body)) = crate::measures::page::words(&entry.event, language) {
            views.push(TimelineView {
                at: entry.at,
                event: entry.event.name(),
                at_label: formats::format_datetime(entry.at, zone, language),
                title,
                actor: entry.actor_name.clone(),
                body: body.filter(|text| !text.is_empty()),
                changes: None,
                folded: Vec::new(),
                anchor: None,
            });
            continue;
        }
        direction_awaited |= matches!(entry.event, Event::DirectionSought { .. } | Event::Contested { .. });
        let key = match &entry.event {
            // What answers such a request is no ordinary decision: it is final here.
            Event::Decided { .. } if std::mem::take(&mut direction_awaited) => "event-directed".to_owned(),
            event => format!("event-{}", event.name().replace('_', "-")),
        };
        let title = say(language, &key, &event_args(&entry.event, kind, language));
        let mut changes = None;
        let body = match &entry.event {
            Event::Submitted(version) => {
                filed = Some(&version.answers);
                None
            }
            Event::Corrected(version) => {
                changes = filed.map(|before| differences(kind, before, &version.answers, given, language));
                filed = Some(&version.answers);
                None
            }
            Event::Completed { answers, .. } => {
                changes = filed.map(|before| differences(kind, before, answers, given, language));
                filed = Some(answers);
                None
            }
            Event::Withdrawn { reason: text }
            | Event::QuestionSetAside { reason: text }
            | Event::Referred { reason: text, .. }
            | Event::Reassigned { reason: text, .. }
            | Event::PrecedentDeparted { reason: text, .. }
            | Event::InformationRequested { question: text, .. }
            | Event::InformationProvided { answer: text }
            | Event::OpinionGiven { opinion: text }
            | Event::SentBack { opinion: text, .. }
            | Event::DirectionSought { reason: text, .. }
            | Event::Contested { reason: text, .. }
            | Event::DecidedAutomatically { reason: text, .. }
            | Event::HumanReviewAsked { note: text }
            | Event::Closed { note: text } => Some(text.clone()),
            Event::AdviceGiven { recommendation, .. } => Some(recommendation.clone()),
            Event::Decided { reason, measures, .. } | Event::DecidedOutside { reason, measures, .. } => {
                let mut text = reason.clone();
                for measure in measures {
                    text.push_str("\n– ");
                    text.push_str(measure);
                }
                Some(text.trim().to_owned())
            }
            Event::ObjectMoved { step, place, person, .. } => {
                Some(format!("{}, {place}, {person}", say(language, &format!("custody-step-{step}"), &[])))
            }
            Event::CrossChecked { what, .. } => Some(say(language, &crosschecks::views::key(what), &[])),
            Event::CrossCheckLifted { .. } => Some(say(language, "crosscheck-lifted", &[])),
            Event::CrossCheckAnswered { answer, note, .. } => {
                let answer = say(language, &format!("crosscheck-{}", answer.replace('_', "-")), &[]);
                Some(format!("{answer} {note}").trim().to_owned())
            }
            Event::Rerouted { why, .. } => Some(say(language, why, &[])),
            _ => None,
        };
        let actor = match (&entry.event, &entry.actor_name) {
            (Event::Decided { on_behalf_of: Some(whom), .. }, Some(who)) => {
                let whom = people::store::find(tx, *whom)?.name();
                Some(say(language, "by-for", &[("who", who.as_str().into()), ("whom", whom.into())]))
            }
            (_, name) => name.clone(),
        };
        views.push(TimelineView {
            at: entry.at,
            event: entry.event.name(),
            at_label: formats::format_datetime(entry.at, zone, language),
            title,
            actor,
            body: body.filter(|text| !text.is_empty()),
            changes: changes.filter(|list| !list.is_empty()),
            folded: Vec::new(),
            anchor: None,
        });
    }
    Ok(views)
}

/// The same history, reminders that follow one another told in one line: what people did stays in sight.
pub fn gathered(views: Vec<TimelineView>, zone: Tz, language: Language) -> Vec<TimelineView> {
    let is_reminder = |view: &TimelineView| view.event == "reminded";
    let mut lines: Vec<TimelineView> = Vec::new();
    for view in views {
        match lines.last_mut() {
            Some(last) if is_reminder(last) && is_reminder(&view) && last.actor == view.actor => {
                let from = Arg::from(formats::format_date_long(local_date(last.at, zone), language));
                let to = Arg::from(formats::format_date_long(local_date(view.at, zone), language));
                if last.folded.is_empty() {
                    last.folded.push(std::mem::take(&mut last.at_label));
                }
                last.folded.push(view.at_label);
                let count = Arg::from(i64::try_from(last.folded.len()).unwrap_or(i64::MAX));
                last.title = say(language, "timeline-reminders", &[("count", count)]);
                last.at_label = say(language, "timeline-span", &[("from", from), ("to", to)]);
            }
            _ => lines.push(view),
        }
    }
    lines
}

/// When the declaration was last corrected and by how much, with the line of the history that says what changed.
pub fn last_correction(lines: &mut [TimelineView], zone: Tz, language: Language) -> Option<String> {
    let line = lines.iter_mut().rev().find(|line| line.event == "corrected")?;
    line.anchor = Some("correction");
    let count = Arg::from(line.changes.as_ref().map_or(0, |changes| i64::try_from(changes.len()).unwrap_or(i64::MAX)));
    let date = Arg::from(formats::format_date_long(local_date(line.at, zone), language));
    Some(say(language, "detail-corrected", &[("date", date), ("count", count)]))
}

fn event_args<'a>(event: &Event, kind: &Kind, language: Language) -> Vec<(&'a str, Arg<'a>)> {
    match event {
        Event::Decided { outcome, .. }
        | Event::DecidedOutside { outcome, .. }
        | Event::DecisionUndone { outcome }
        | Event::DecidedAutomatically { outcome, .. } => {
            let done = kind.outcome(outcome).map_or(outcome.as_str(), |o| o.done.get(language));
            vec![("outcome", Arg::from(done.to_owned()))]
        }
        Event::ObjectExpected { number } | Event::ObjectCancelled { number } | Event::ObjectMoved { number, .. } => {
            vec![("number", Arg::from(number.clone()))]
        }
        Event::Released { recipient, withheld, .. } => vec![
            ("who", Arg::from(recipient.clone())),
            ("count", Arg::from(i64::try_from(withheld.len()).unwrap_or(i64::MAX))),
        ],
        Event::RectificationAnswered { verdict, .. } => vec![("verdict", Arg::from(verdict.clone()))],
        Event::RectificationExtended { due, .. } => {
            vec![("date", Arg::from(formats::format_date_long(*due, language)))]
        }
        Event::Escalated { days_late } => vec![("days", Arg::from(*days_late))],
        _ => Vec::new(),
    }
}

/// What changed between two versions, field by field, in words.
fn differences(
    kind: &Kind,
    before: &Answers,
    after: &Answers,
    given: answers::Given<'_>,
    language: Language,
) -> Vec<ChangeView> {
    let said = |pieces: &[Piece]| {
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        (!text.is_empty()).then(|| text.replace('\n', ", "))
    };
    compare(Side { kind, answers: before }, Side { kind, answers: after }, given, language)
        .into_iter()
        .filter(|line| line.change != Change::Same)
        .map(|line| ChangeView { before: said(&line.before), after: said(&line.after), label: line.label })
        .collect()
}
