//! The last page before sending: every answer, what will be looked at, who receives it, the attestation.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions;
use super::answers::{self, Form};
use super::drafts;
use super::filing;
use super::form::{ErrorView, FieldView};
use super::kind::{Office, Phase};
use super::routing::Decider;
use super::step_page::{PreviewView, Writing};
use super::store;
use super::summary::{Section, sections};
use super::workflow::State;
use crate::access::Action;
use crate::app::Tx;
use crate::contracts;
use crate::error::{Error, FieldError, Result};
use crate::ethics;
use crate::formats;
use crate::text::Language;
use crate::texts::Arg;
use crate::web::Visit;
use crate::web::page::{Page, see_other};

#[derive(Serialize)]
struct CheckPage {
    sections: Vec<Section>,
    findings: Vec<super::detail::FindingView>,
    /// What runs and what is out to tender, as whoever decides will read it.
    contracts: Vec<String>,
    /// Leads to the interests that are not over.
    still_open: bool,
    recipient: String,
    why: String,
    action: String,
    errors: Vec<ErrorView>,
    is_correction: bool,
    is_follow_up: bool,
    send_label: String,
    attestation: FieldView,
    notice: String,
    supervisor: Option<SupervisorNote>,
    advice: Option<AdviceNote>,
    preview: Option<PreviewView>,
    homonyms: Vec<HomonymView>,
}

/// A company with an NEQ that bears the name typed without one.
#[derive(Serialize)]
struct HomonymView {
    text: String,
    /// Where it is chosen.
    href: String,
}

/// « J’ai suivi un avis »: the opinions this person received, none chosen, and what they share of one.
#[derive(Serialize)]
struct AdviceNote {
    choices: Vec<super::inbox::Picked>,
    text: String,
    open: bool,
    error: Option<String>,
}

/// « Ce n’est pas la bonne personne? »
#[derive(Serialize)]
struct SupervisorNote {
    name: String,
    reason: String,
    open: bool,
    error: Option<String>,
    reason_error: Option<String>,
}

/// `GET /brouillons/{slug}/verifier`: everything on one page, what will be looked at, who receives it.
pub async fn check(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    show_check(&visit, slug.into_inner(), &[], &Vec::new()).await
}

async fn show_check(visit: &Visit, slug: String, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let at = visit.clone();
    let form = form.clone();
    let errors = errors.to_vec();
    let (content, errors) = visit
        .app
        .read(move |tx| {
            let writing = Writing::load(tx, &at, &slug)?;
            content(tx, &writing, errors, &form, at.language)
        })
        .await?;
    show(visit, content, &errors)
}

/// The check page of a form that is only looked at.
pub(crate) async fn preview(
    visit: &Visit,
    load: impl FnOnce(&mut Tx<'_>) -> Result<Writing> + Send + 'static,
) -> Result<HttpResponse> {
    let language = visit.language;
    let (content, errors) = visit
        .app
        .read(move |tx| {
            let writing = load(tx)?;
            content(tx, &writing, Vec::new(), &Vec::new(), language)
        })
        .await?;
    show(visit, content, &errors)
}

fn content(
    tx: &mut Tx<'_>,
    writing: &Writing,
    mut errors: Vec<FieldError>,
    form: &Form,
    language: Language,
) -> Result<(CheckPage, Vec<FieldError>)> {
    let path = writing.path();
    let missing = answers::check(&writing.kind, &writing.answers, writing.phase, writing.given());
    errors.extend(missing);
    let (mut findings, mut contracts) = (Vec::new(), Vec::new());
    let mut still_open = false;
    let (mut recipient, mut why, mut to_person) = (String::new(), String::new(), false);
    if writing.phase == Phase::Filing {
        let mut facts = writing.declaration.clone();
        let mut answers = writing.answers.clone();
        filing::preview_facts(tx, &writing.kind, &mut answers, &mut facts)?;
        let assessment = filing::assess(tx, &writing.kind, &answers, &facts, &writing.person)?;
        findings = super::detail::own_finding_views(&assessment.findings, language);
        contracts = contracts_of(tx, &facts, language)?;
        // Nothing to declare, and interests that are not over: each is ended or confirmed in the yearly declaration.
        still_open = assessment.findings.iter().any(|finding| finding.inputs.contains_key("open_interests"));
        recipient = super::detail::decider_name(tx, &assessment.route.decider, language)?;
        to_person = matches!(assessment.route.decider, Decider::Person(_));
        why = crate::texts::say(language, assessment.route.why, &[]);
    }
    let notice = writing.kind.notice.get(language).to_owned();
    let follow_up = writing.phase == Phase::FollowUp;
    let sections = sections(
        &writing.kind,
        &writing.answers,
        &writing.scans,
        &[writing.phase],
        writing.given(),
        language,
        Some(&path),
    );
    let state = writing.declaration.state();
    let note = supervisor_note(writing, form, &errors, language);
    let send_key = match (follow_up, state) {
        (true, _) => "check-send-follow-up",
        (false, State::Draft) => "check-send",
        (false, _) => "check-send-correction",
    };
    let send_label = crate::texts::say(
        language,
        send_key,
        &[("to", recipient.as_str().into()), ("person", if to_person { "yes" } else { "no" }.into())],
    );
    let recipient = formats::capitalised(&recipient);
    let content = CheckPage {
        sections,
        findings,
        contracts,
        still_open,
        recipient,
        why,
        action: format!("{path}/envoi"),
        errors: Vec::new(),
        is_correction: state != State::Draft && !follow_up,
        is_follow_up: follow_up,
        send_label,
        attestation: attestation(language, &errors),
        notice,
        // Who decides is not the supervisor's place for some kinds: there is nothing to dispute.
        supervisor: (state == State::Draft && !follow_up && writing.kind.routing.first == Office::Supervisor)
            .then_some(note),
        preview: writing.preview_view()?,
        homonyms: homonym_views(tx, writing, language)?,
        advice: if state == State::Draft && !writing.kind.is_sealed() {
            advice_note(tx, writing, form, &errors, language)?
        } else {
            None
        },
    };
    Ok((content, errors))
}

/// Nothing is tied to a company that has an NEQ because of its name: the declarant says whether it is the one.
fn homonym_views(tx: &mut Tx<'_>, writing: &Writing, language: Language) -> Result<Vec<HomonymView>> {
    let mut views = Vec::new();
    for proposed in writing.homonyms(tx, None)? {
        let typed = writing.typed(&proposed.field);
        for one in proposed.found {
            let neq = one.neq.unwrap_or_default();
            let args = [("typed", Arg::from(typed.as_str())), ("name", Arg::from(one.name)), ("neq", Arg::from(neq))];
            let text = crate::texts::say(language, "check-homonym", &args);
            views.push(HomonymView { text, href: format!("{}/{}", writing.path(), proposed.step) });
        }
    }
    Ok(views)
}

/// What is known of the contracts of the company, for whoever is about to declare something about it.
fn contracts_of(tx: &mut Tx<'_>, facts: &store::Declaration, language: Language) -> Result<Vec<String>> {
    let Some(company) = facts.company_id else { return Ok(Vec::new()) };
    let neqs = contracts::store::neqs_of(tx, company)?;
    contracts::panel::lines(tx, &neqs, tx.today(), language)
}

fn show(visit: &Visit, content: CheckPage, errors: &[FieldError]) -> Result<HttpResponse> {
    let views: Vec<ErrorView> = errors
        .iter()
        .map(|error| {
            let text = crate::web::problems::field_message(error, visit.language);
            let href = match error.field.as_str() {
                "attestation" => "#attestation",
                "supervisor_reason" => "#supervisor_reason",
                field if field.starts_with("supervisor") => "#supervisor_name",
                field if field.starts_with("advice") => "#advice",
                _ => "#resume",
            }
            .to_owned();
            ErrorView { href, question: None, text }
        })
        .collect();
    let failed = errors.iter().any(is_of_this_page);
    let content = CheckPage { errors: views, ..content };
    Page::titled(visit, "check-title").with_errors(failed).render("pages/declarations/check", &content)
}

/// As it was just typed, when the page comes back; else as it was noted.
fn supervisor_note(writing: &Writing, form: &Form, errors: &[FieldError], language: Language) -> SupervisorNote {
    let said = |part: &str, field: &str| {
        let noted = || writing.answers.get(filing::SUPERVISOR_NOTE).get(part)?.as_str().map(str::to_owned);
        let typed = form.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone());
        typed.or_else(noted).unwrap_or_default()
    };
    let wrong = |field: &str| {
        let error = errors.iter().find(|error| error.field == field);
        error.map(|error| crate::web::problems::field_message(error, language))
    };
    let (name, reason) = (said("name", "supervisor_name"), said("reason", "supervisor_reason"));
    let (error, reason_error) = (wrong("supervisor_name"), wrong("supervisor_reason"));
    let open = !name.is_empty() || !reason.is_empty() || error.is_some() || reason_error.is_some();
    SupervisorNote { name, reason, open, error, reason_error }
}

/// Offered to whoever received an opinion, and to nobody else.
fn advice_note(
    tx: &mut Tx<'_>,
    writing: &Writing,
    form: &Form,
    errors: &[FieldError],
    language: Language,
) -> Result<Option<AdviceNote>> {
    let received = ethics::store::received_by(tx, writing.person.id, ethics::citing::MOST_OFFERED)?;
    if received.is_empty() {
        return Ok(None);
    }
    let kept = ethics::citing::followed(&writing.answers);
    let typed = |name: &str| form.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let chosen = typed("advice").or_else(|| kept.as_ref().map(|kept| kept.reference.clone())).unwrap_or_default();
    let text = typed("advice_text").or_else(|| kept.map(|kept| kept.text)).unwrap_or_default();
    let wrong = errors.iter().find(|error| error.field.starts_with("advice"));
    let zone = tx.zone();
    Ok(Some(AdviceNote {
        open: !chosen.is_empty() || wrong.is_some(),
        choices: received
            .into_iter()
            .map(|(reference, at)| {
                let on = crate::formats::format_date_long(crate::clock::local_date(at, zone), language);
                super::inbox::Picked {
                    label: format!("{reference}, {on}"),
                    selected: reference == chosen,
                    value: reference,
                }
            })
            .collect(),
        text,
        error: wrong.map(|error| crate::web::problems::field_message(error, language)),
    }))
}

fn attestation(language: Language, errors: &[FieldError]) -> FieldView {
    let error = errors
        .iter()
        .find(|error| error.field == "attestation")
        .map(|error| crate::web::problems::field_message(error, language));
    FieldView {
        id: "attestation".into(),
        name: "attestation".into(),
        label: crate::texts::say(language, "check-attestation", &[]),
        hint: None,
        described_by: error.as_ref().map(|_| "attestation-error".to_owned()),
        error,
        required: true,
        optional_label_needed: false,
        widget: "checkbox",
        value: String::new(),
        options: Vec::new(),
        rows: Vec::new(),
        max: None,
        as_heading: false,
        shown_when: None,
        inputmode: None,
        autocomplete: None,
        spellcheck: false,
        company: None,
    }
}

/// Errors that this page shows beside its own fields, or that only sending finds.
fn is_of_this_page(error: &FieldError) -> bool {
    error.field == "attestation"
        || error.field.starts_with("supervisor")
        || error.field.starts_with("advice")
        || error.message.starts_with("error-recipient")
}

/// `POST /brouillons/{slug}/envoi`: files the draft, the correction, or what was still expected.
pub async fn send(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let slug = slug.into_inner();
    let attested = form.iter().any(|(name, value)| name == "attestation" && !value.is_empty());
    let typed = |wanted: &str| form.iter().find(|(name, _)| name == wanted).map_or("", |(_, v)| v.as_str()).to_owned();
    let (supervisor, why) = (typed("supervisor_name"), typed("supervisor_reason"));
    let (advice, shared) = (typed("advice"), typed("advice_text"));
    let at = visit.clone();
    let sent = slug.clone();
    let result = visit
        .app
        .write(move |tx| {
            let actor = at.actor()?;
            let declaration = store::authorized(tx, &actor, &sent, Action::Edit)?.declaration;
            if declaration.reference.is_some() && declaration.key == sent {
                // A double click: the draft's address was filed a moment ago.
                return Ok((declaration, "flash-already-filed"));
            }
            if declaration.state() == State::Draft {
                drafts::dispute_supervisor(tx, &actor, &sent, &supervisor, &why)?;
                ethics::citing::say_followed(tx, &actor, &sent, &advice, &shared)?;
            }
            match declaration.state() {
                State::Draft => actions::submit(tx, &actor, &sent, attested).map(|d| (d, "flash-filed")),
                State::Decided | State::Monitoring if !attested => {
                    Err(Error::field("attestation", "error-attestation"))
                }
                State::Decided | State::Monitoring => {
                    let declaration = actions::complete(tx, &actor, &sent)?;
                    let read = declaration.state().is_pending() || declaration.waits_for_a_reader();
                    Ok((declaration, if read { "flash-completed-read" } else { "flash-completed" }))
                }
                _ => actions::correct(tx, &actor, &sent, attested).map(|d| (d, "flash-corrected")),
            }
        })
        .await;
    match result {
        Ok((declaration, "flash-filed")) if declaration.decided_at.is_some() => {
            Ok(see_other(&format!("/d/{}", declaration.slug()), Some("flash-filed-decided")))
        }
        Ok((declaration, "flash-filed")) => Ok(see_other(&format!("/d/{}/recue", declaration.slug()), None)),
        Ok((declaration, flash)) => Ok(see_other(&format!("/d/{}", declaration.slug()), Some(flash))),
        Err(Error::Invalid(errors)) => {
            let own: Vec<FieldError> =
                errors.into_iter().filter(|e| is_of_this_page(e) || e.message.starts_with("error-person")).collect();
            show_check(&visit, slug, &own, &form).await
        }
        Err(error) => Err(error),
    }
}
