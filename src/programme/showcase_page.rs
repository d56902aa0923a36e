//! The page of one showcase: what everybody may read, their place, and what whoever organises it does.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions::given;
use super::kind;
use super::state::{Command, State, next};
use super::store::{self, Showcase};
use crate::access::{Actor, policy};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::answers::{self, Form};
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::summary::{Row, Section};
use crate::error::{FieldError, Result};
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;
use crate::web::problems::field_message;

#[derive(Serialize)]
struct ShowcasePage {
    reference: String,
    address: String,
    kind: String,
    title: String,
    tag: &'static str,
    state_label: String,
    when: String,
    late: Option<String>,
    closing_note: Option<String>,
    sections: Vec<Section>,
    firms: Vec<String>,
    questions: Vec<QuestionView>,
    /// « Vous y êtes inscrite », « Vous y étiez »…
    place: Option<String>,
    can_register: bool,
    can_give_up: bool,
    attest_href: Option<String>,
    ledger_href: Option<String>,
    organiser: String,
    runs: bool,
    can_change: bool,
    can_cancel: bool,
    can_hold: bool,
    version: i32,
    participants: Vec<ParticipantView>,
    counted: String,
    errors: Vec<ErrorView>,
    hold_error: Option<String>,
    others: String,
    others_error: Option<String>,
    cancel_reason: String,
    cancel_error: Option<String>,
}

#[derive(Serialize)]
pub(super) struct QuestionView {
    pub question: String,
    pub answer: String,
    pub on: String,
}

#[derive(Serialize)]
struct ParticipantView {
    number: String,
    name: String,
    unit: String,
    status: String,
    /// Has a place: may be ticked as present.
    holds: bool,
    present: bool,
    input_id: String,
}

/// `GET /evenements/{reference}`
pub async fn show(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, reference.into_inner(), &[], &Vec::new()).await
}

pub(super) async fn render(
    visit: &Visit,
    reference: String,
    errors: &[FieldError],
    form: &Form,
) -> Result<HttpResponse> {
    let (at, failed, typed) = (visit.clone(), errors.to_vec(), form.clone());
    let content = visit.app.read(move |tx| content(tx, &at, &reference, &failed, &typed)).await?;
    Page::new(visit, content.title.clone())
        .wide()
        .back("/evenements", "back-events")
        .with_errors(!errors.is_empty())
        .render("pages/programme/showcase", &content)
}

/// Colour of the tag of a state, among those there are.
pub(super) fn tag(state: State) -> &'static str {
    match state {
        State::Planned => "submitted",
        State::Held => "closed",
        State::Cancelled => "withdrawn",
    }
}

pub(super) fn state_label(state: State, language: Language) -> String {
    say(language, &format!("showcase-state-{}", state.as_str()), &[])
}

/// « 3 décembre 2026, 13 h 30, 90 minutes »
pub(super) fn when(showcase: &Showcase, language: Language) -> String {
    let mut parts = vec![formats::format_date_long(showcase.held_on, language)];
    if let Some(begins) = &showcase.begins {
        parts.push(hour(begins, language));
    }
    if let Some(minutes) = showcase.minutes {
        parts.push(say(language, "showcase-minutes", &[("count", Arg::from(i64::from(minutes)))]));
    }
    parts.join(", ")
}

/// `13:30` as people of a language write it.
pub(super) fn hour(time: &str, language: Language) -> String {
    match language {
        Language::Fr => time.replace(':', "\u{a0}h\u{a0}"),
        Language::En => time.to_owned(),
    }
}

pub(super) fn question_views(tx: &mut Tx<'_>, showcase: &Showcase, language: Language) -> Result<Vec<QuestionView>> {
    let zone = tx.zone();
    Ok(store::questions(tx, showcase.id)?
        .into_iter()
        .map(|asked| QuestionView {
            question: asked.question,
            answer: asked.answer,
            on: formats::format_date_long(local_date(asked.published_at, zone), language),
        })
        .collect())
}

fn content(
    tx: &mut Tx<'_>,
    visit: &Visit,
    reference: &str,
    errors: &[FieldError],
    form: &Form,
) -> Result<ShowcasePage> {
    let actor = visit.actor()?;
    let language = visit.language;
    let showcase = store::find(tx, reference)?;
    let kind = kind::find(&tx.book.showcases, &showcase.kind)?.clone();
    let state = showcase.state();
    let runs = policy::require_organiser(&tx.book.access, &actor, showcase.organiser_id).is_ok();
    let possible = |command| next(state, command).is_some();
    let place = store::registration(tx, showcase.id, actor.person)?;
    let to_come = showcase.held_on >= tx.today();
    let holds = matches!(place, Some((None, _)));
    let declared = store::declared(tx, showcase.id, actor.person)?;
    let organiser = crate::people::store::find(tx, showcase.organiser_id)?.name();
    let participants = if runs { participants(tx, &showcase, form, language)? } else { Vec::new() };
    let holding = participants.iter().filter(|one| one.holds).count();
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let typed = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    Ok(ShowcasePage {
        reference: showcase.reference.clone(),
        address: showcase.address(),
        kind: kind.title.get(language).to_owned(),
        title: showcase.title.clone(),
        tag: tag(state),
        state_label: state_label(state, language),
        when: when(&showcase, language),
        late: (runs && showcase.days_late > 0)
            .then(|| say(language, "showcase-late", &[("days", Arg::from(i64::from(showcase.days_late)))])),
        closing_note: showcase.closing_note.clone(),
        sections: sections(tx, &actor, &kind, &showcase, language)?,
        firms: store::firms(tx, showcase.id)?.into_iter().map(|firm| firm.name).collect(),
        questions: question_views(tx, &showcase, language)?,
        place: place_words(&place, state, language),
        can_register: possible(Command::Register) && to_come && !holds,
        can_give_up: possible(Command::Register) && to_come && holds,
        attest_href: (!declared.is_empty()).then(|| format!("{}/attestation", showcase.address())),
        ledger_href: policy::may_read_ledger(&tx.book.access, &actor, showcase.organiser_id)
            .then(|| format!("{}/registre", showcase.address())),
        organiser,
        runs,
        can_change: runs && possible(Command::Change),
        can_cancel: runs && possible(Command::Cancel),
        can_hold: runs && possible(Command::Hold) && showcase.held_on <= tx.today(),
        version: showcase.version,
        counted: say(
            language,
            "showcase-participants-count",
            &[("count", Arg::from(i64::try_from(holding).unwrap_or(i64::MAX)))],
        ),
        participants,
        errors: error_views(errors, language),
        hold_error: message("hold"),
        others: typed("others"),
        others_error: message("others"),
        cancel_reason: typed("cancel_reason"),
        cancel_error: message("cancel_reason"),
    })
}

fn place_words(
    place: &Option<(Option<crate::clock::Instant>, Option<bool>)>,
    state: State,
    language: Language,
) -> Option<String> {
    let key = match (place, state) {
        (Some((_, Some(true))), _) => "showcase-place-attended",
        (Some((None, None)), State::Planned) => "showcase-place-held",
        _ => return None,
    };
    Some(say(language, key, &[]))
}

/// The fields by step. The date stands at the top of the page, and the call for tenders is for whoever has to know.
fn sections(
    tx: &Tx<'_>,
    actor: &Actor,
    kind: &kind::ShowcaseKind,
    showcase: &Showcase,
    language: Language,
) -> Result<Vec<Section>> {
    let answers = showcase.answers()?;
    let given = given(tx, actor);
    let ledger = policy::may_read_ledger(&tx.book.access, actor, showcase.organiser_id);
    let above = ["title", "held_on", "begins", "minutes"];
    let restricted = |id: &str| !ledger && ["call_planned", "call_on", "call_reference", "stage"].contains(&id);
    Ok(kind
        .steps
        .iter()
        .filter_map(|step| {
            let rows: Vec<Row> = step
                .fields
                .iter()
                .filter(|field| !above.contains(&field.id.as_str()) && !restricted(&field.id))
                .filter(|field| answers.shows(field, given) && !answers.get(&field.id).is_null())
                .map(|field| Row {
                    label: field.label.get(language).to_owned(),
                    value: answers::lines(field, answers.get(&field.id), language),
                    links: Vec::new(),
                    files: Vec::new(),
                    change_href: None,
                    change_hidden: None,
                })
                .collect();
            (!rows.is_empty()).then(|| Section { title: Some(step.title.get(language).to_owned()), rows })
        })
        .collect())
}

fn participants(tx: &mut Tx<'_>, showcase: &Showcase, form: &Form, language: Language) -> Result<Vec<ParticipantView>> {
    let ticked = |number: &str| form.iter().any(|(name, value)| name == "present" && value == number);
    Ok(store::participants(tx, showcase.id)?
        .into_iter()
        .map(|one| {
            let key = match (one.cancelled_at, one.attended) {
                (_, Some(true)) => "participant-attended",
                (Some(_), _) => "participant-gave-up",
                (None, Some(false)) => "participant-absent",
                (None, None) => "participant-registered",
            };
            ParticipantView {
                name: one.person.name(),
                unit: one.unit,
                status: say(language, key, &[]),
                holds: one.cancelled_at.is_none(),
                present: ticked(&one.person.number),
                input_id: format!("present-{}", one.person.number),
                number: one.person.number,
            }
        })
        .collect())
}
