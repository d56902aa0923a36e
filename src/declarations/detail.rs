//! The page of one declaration: facts, what deserves attention, history, and what this reader may do.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions;
use super::answers::{Answers, Form};
use super::filing;
use super::form::{ErrorView, error_views};
use super::kind::{Kind, Need, Phase};
use super::routing::Decider;
use super::rules::Finding;
use super::store::{Authorized, Declaration};
use super::summary::{Row, Section, sections};
use super::timeline::{DecisionView, TimelineView, decision, open_question, timeline};
use super::workflow::{Command, State, next};
use crate::access::{Action, Actor, Verdict, may};
use crate::app::Tx;
use crate::clock::local_date;
use crate::error::{FieldError, Result};
use crate::formats;
use crate::journal;
use crate::people;
use crate::programme::passports::panel::{self, PanelView};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};

#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    pub severity: &'static str,
    pub severity_label: String,
    pub sentence: String,
    pub article: String,
    pub now: String,
}

pub fn finding_views(findings: &[Finding], language: Language) -> Vec<FindingView> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    sorted
        .into_iter()
        .map(|finding| FindingView {
            severity: finding.severity.as_str(),
            severity_label: say(language, &format!("severity-{}", finding.severity.as_str()), &[]),
            sentence: finding.say.get(language).to_owned(),
            article: finding.article.get(language).to_owned(),
            now: finding.now.get(language).to_owned(),
        })
        .collect()
}

/// Name of a decider, an office, or « à l’extérieur ».
pub fn decider_name(tx: &mut Tx<'_>, decider: &Decider, language: Language) -> Result<String> {
    Ok(match decider {
        Decider::Person(person) => people::store::find(tx, *person)?.name(),
        Decider::Office(office) => say(language, &format!("office-{}", office.as_str().replace('_', "-")), &[]),
        Decider::Outside => say(language, "office-outside", &[]),
    })
}

/// Who has it now, in words; nobody when it is decided.
pub fn holder_name(tx: &mut Tx<'_>, declaration: &Declaration, language: Language) -> Result<String> {
    let decider = match (declaration.holder_id, declaration.office()) {
        (Some(person), _) => Decider::Person(person),
        (None, Some(office)) => Decider::Office(office),
        (None, None) if declaration.state().is_pending() => Decider::Outside,
        (None, None) => return Ok(String::new()),
    };
    decider_name(tx, &decider, language)
}

#[derive(Serialize)]
struct DetailPage {
    reference: String,
    heading: String,
    kind: String,
    declarant: String,
    declarant_title: String,
    unit: String,
    state: &'static str,
    state_label: String,
    /// « Chez Rosalie Tremblay depuis 2 jours ouvrables · décision attendue le 27 novembre 2026 »
    whereabouts: Vec<String>,
    filed_on: String,
    late: Option<String>,
    sections: Vec<Section>,
    findings: Vec<FindingView>,
    has_findings: bool,
    timeline: Vec<TimelineView>,
    decision: Option<DecisionView>,
    measures: Vec<String>,
    question: Option<String>,
    choices: Vec<ChoiceView>,
    /// One of the choices comes with conditions or measures.
    takes_measures: bool,
    can: Can,
    version: i32,
    action: String,
    errors: Vec<ErrorView>,
    typed: Typed,
    field_errors: FieldErrors,
    history: Vec<HistoryView>,
    confidential: bool,
    is_mine: bool,
    next_href: Option<String>,
    /// What the ethics officer ruled on this event, once for all invitees.
    passport: Option<PanelView>,
    /// Conditions that a decision starts from.
    #[serde(skip)]
    inherited: String,
}

/// What was typed when a form comes back with errors.
#[derive(Debug, Clone, Default, Serialize)]
struct Typed {
    reason: String,
    measures: String,
    answer: String,
    note: String,
    to: String,
}

#[derive(Debug, Clone, Default, Serialize)]
struct FieldErrors {
    outcome: Option<String>,
    reason: Option<String>,
    measures: Option<String>,
    answer: Option<String>,
    note: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
struct ChoiceView {
    id: String,
    label: String,
    hint: Option<String>,
    checked: bool,
    needs: String,
}

#[derive(Serialize)]
struct HistoryView {
    href: String,
    reference: String,
    subject: String,
    filed_on: String,
    state: &'static str,
    state_label: String,
}

/// What this reader may do now: the policy and the workflow agree. The page shows its buttons from it, the API its
/// `actions`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Can {
    pub edit: bool,
    pub submit: bool,
    pub discard: bool,
    pub decide: bool,
    pub ask: bool,
    pub refer: bool,
    pub take_up: bool,
    pub send_back: bool,
    pub opine: bool,
    pub correct: bool,
    pub continue_correction: bool,
    pub withdraw: bool,
    pub answer: bool,
    pub go_on: bool,
    pub complete: bool,
    pub close: bool,
    pub reassign: bool,
}

/// `GET /d/{slug}`
pub async fn show(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, slug.into_inner(), &[], &Vec::new()).await
}

pub(crate) async fn render(visit: &Visit, slug: String, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let at = visit.clone();
    let (declaration, content) = super::reading::open(&visit.app, &actor, &slug, move |tx, actor, found| {
        let is_draft = found.declaration.state() == State::Draft;
        if is_draft { Ok(None) } else { content(tx, &at, actor, found).map(Some) }
    })
    .await?;
    let Some(mut content) = content else {
        return Ok(see_other(&format!("/brouillons/{}", declaration.key), None));
    };
    let language = visit.language;
    let typed = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let message = |field: &str| {
        errors.iter().find(|e| e.field == field).map(|e| crate::web::problems::field_message(e, language))
    };
    let chosen = typed("outcome");
    for choice in &mut content.choices {
        choice.checked = choice.id == chosen;
    }
    content.typed = Typed {
        reason: typed("reason"),
        measures: if form.is_empty() { content.inherited.clone() } else { typed("measures") },
        answer: typed("answer"),
        note: typed("note"),
        to: typed("to"),
    };
    content.field_errors = FieldErrors {
        outcome: message("outcome"),
        reason: message("reason"),
        measures: message("measures"),
        answer: message("answer"),
        note: message("note"),
        to: message("to"),
    };
    content.errors = error_views(errors, language);
    let (href, key) = if content.is_mine { ("/mes-declarations", "back-mine") } else { ("/a-traiter", "back-inbox") };
    Page::new(visit, content.heading.clone())
        .wide()
        .back(href, key)
        .with_errors(!errors.is_empty())
        .render("pages/declarations/detail", &content)
}

fn content(tx: &mut Tx<'_>, visit: &Visit, actor: &Actor, found: &Authorized) -> Result<DetailPage> {
    let declaration = &found.declaration;
    let language = visit.language;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let (declarant, unit) = (&found.declarant, found.unit.clone());
    let entries = journal::timeline(tx, declaration.id)?;
    let zone = tx.zone();
    let answers = declaration.answers()?;
    let filed_on = declaration.first_filed_at.map_or(tx.today(), |at| local_date(at, zone));
    let given = filing::given(declarant, filed_on);
    let is_mine = declaration.declarant_id == actor.person;
    let phases = [Phase::Filing, Phase::FollowUp];
    let findings = finding_views(&declaration.findings()?, language);
    let state = declaration.state();
    let mut can = can(tx, actor, found);
    // Some kinds are followed by measures alone: nothing is asked of the declarant afterwards.
    can.complete &= kind.steps.iter().any(|step| step.phase == Phase::FollowUp);
    let mut sections = sections(&kind, &answers, &phases, given, language, None);
    sections.extend(supervisor_note(&answers, language));
    let decides = can.decide;
    let choices = if can.decide { choices(tx, &kind, declaration, actor, language) } else { Vec::new() };
    let office = actions::deciding_office(declaration);
    let takes_measures =
        kind.outcomes.iter().any(|outcome| outcome.measures != Need::None && outcome.by.contains(&office));
    let history = if is_mine { Vec::new() } else { history(tx, actor, declaration, language)? };
    Ok(DetailPage {
        reference: declaration.reference.clone().unwrap_or_default(),
        heading: if is_mine {
            kind.subject_of(&answers, language)
        } else {
            format!("{} – {}", declarant.name(), kind.subject_of(&answers, language))
        },
        kind: kind.title.get(language).to_owned(),
        declarant: declarant.name(),
        declarant_title: declarant.title.clone(),
        unit,
        state: state.as_str(),
        state_label: state_label(state, language),
        whereabouts: whereabouts(tx, found, is_mine, language),
        filed_on: formats::format_date_long(filed_on, language),
        late: (declaration.days_late > 0)
            .then(|| say(language, "detail-late", &[("days", Arg::from(i64::from(declaration.days_late)))])),
        sections,
        has_findings: !findings.is_empty(),
        findings,
        decision: decision(declaration, &kind, &entries, tx, language),
        timeline: timeline(tx, &kind, &entries, given, language)?,
        measures: declaration.measures()?,
        question: open_question(state, &entries),
        choices,
        takes_measures,
        can,
        version: declaration.version,
        action: format!("/d/{}", declaration.slug()),
        errors: Vec::new(),
        typed: Typed::default(),
        field_errors: FieldErrors::default(),
        history,
        confidential: declaration.is_confidential(),
        is_mine,
        next_href: next_to_decide(tx, actor, declaration)?,
        passport: panel::panel(tx, actor, declaration, decides, language)?,
        inherited: if decides { panel::inherited(tx, declaration, language)? } else { String::new() },
    })
}

/// « Ce n’est pas la bonne personne »: who the declarant says the supervisor is, and why.
fn supervisor_note(answers: &Answers, language: Language) -> Option<Section> {
    let note = answers.get(filing::SUPERVISOR_NOTE).as_object()?;
    let value = ["name", "reason"].iter().filter_map(|part| note.get(*part)?.as_str().map(str::to_owned)).collect();
    let label = say(language, "detail-supervisor-note", &[]);
    let row = Row { label, value, links: Vec::new(), change_href: None, change_hidden: None };
    Some(Section { title: None, rows: vec![row] })
}

/// After a decision: the next declaration that waits for the same person.
fn next_to_decide(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration) -> Result<Option<String>> {
    if declaration.decider_id != Some(actor.person) {
        return Ok(None);
    }
    let office = actor.offices().first().copied().filter(|_| !actor.leads);
    let filter = super::lists::Filter::default();
    let view = super::lists::InboxView::ADecider;
    let page = super::lists::inbox(tx, actor, office, view, &filter, None, 1)?;
    Ok(page.rows.first().map(|row| format!("/d/{}", row.slug())))
}

pub fn state_label(state: State, language: Language) -> String {
    say(language, &format!("state-{}", state.as_str().replace('_', "-")), &[])
}

/// What this reader may do now with what they found.
pub fn can(tx: &Tx<'_>, actor: &Actor, found: &Authorized) -> Can {
    let declaration = &found.declaration;
    let target = declaration.target(found.barred);
    let state = declaration.state();
    let allowed = |action| may(&tx.book.access, actor, action, &target) == Verdict::Allowed;
    let possible = |command| next(state, command).is_some();
    let pending = state.is_pending();
    let decidable = matches!(state, State::Submitted | State::UnderReview | State::WithEthics);
    let draft = state == State::Draft;
    Can {
        edit: (draft || pending || matches!(state, State::Decided | State::Monitoring)) && allowed(Action::Edit),
        submit: draft && allowed(Action::Submit),
        discard: draft && allowed(Action::Edit),
        ask: possible(Command::Ask) && allowed(Action::Ask),
        refer: possible(Command::Refer) && allowed(Action::Refer),
        decide: decidable && allowed(Action::Decide),
        take_up: possible(Command::TakeUp) && allowed(Action::TakeUp),
        send_back: possible(Command::SendBack) && allowed(Action::SendBack),
        opine: pending && state != State::WithEthics && allowed(Action::Opine),
        correct: pending && declaration.correction.is_none() && allowed(Action::Correct),
        continue_correction: pending && declaration.correction.is_some() && allowed(Action::Correct),
        withdraw: possible(Command::Withdraw) && allowed(Action::Withdraw),
        answer: state == State::InfoRequested && allowed(Action::Answer),
        go_on: state == State::InfoRequested && allowed(Action::Ask),
        complete: possible(Command::Complete) && allowed(Action::Complete),
        close: possible(Command::Close) && allowed(Action::Close),
        reassign: pending && allowed(Action::Reassign),
    }
}

fn choices(tx: &Tx<'_>, kind: &Kind, declaration: &Declaration, actor: &Actor, language: Language) -> Vec<ChoiceView> {
    let office = actions::deciding_office(declaration);
    let mut choices: Vec<ChoiceView> = kind
        .outcomes
        .iter()
        .filter(|outcome| outcome.by.contains(&office))
        .map(|outcome| {
            let mut needs = Vec::new();
            if outcome.reason == Need::Required {
                needs.push(say(language, "choice-needs-reason", &[]));
            }
            if outcome.measures == Need::Required {
                needs.push(say(language, "choice-needs-measures", &[]));
            }
            ChoiceView {
                id: outcome.id.clone(),
                label: outcome.label.get(language).to_owned(),
                hint: outcome.hint.as_ref().map(|hint| hint.get(language).to_owned()),
                checked: false,
                needs: needs.join(" "),
            }
        })
        .collect();
    if may(&tx.book.access, actor, Action::Ask, &declaration.target(false)) == Verdict::Allowed {
        choices.push(ChoiceView {
            id: "_ask".into(),
            label: say(language, "choice-ask", &[]),
            hint: Some(say(language, "choice-ask-hint", &[])),
            checked: false,
            needs: String::new(),
        });
    }
    choices
}

fn whereabouts(tx: &Tx<'_>, found: &Authorized, is_mine: bool, language: Language) -> Vec<String> {
    let declaration = &found.declaration;
    let state = declaration.state();
    let mut parts = Vec::new();
    if state.is_pending() {
        let zone = tx.zone();
        let since = declaration.held_since.map_or(tx.today(), |at| local_date(at, zone));
        let days = super::deadlines::age(since, tx.today(), &tx.book.calendar);
        let office =
            declaration.office().map(|o| say(language, &format!("office-{}", o.as_str().replace('_', "-")), &[]));
        if state == State::InfoRequested {
            parts.push(say(language, "where-answer", &[]));
        } else if let Some(who) = found.holder.clone().or(office) {
            parts.push(say(language, "where-held", &[("who", who.into()), ("days", Arg::from(days))]));
        } else {
            parts.push(say(language, "where-outside", &[]));
        }
        if let Some(why) = declaration.route_reason.as_deref().and_then(|why| route_words(why, is_mine)) {
            parts.push(say(language, why, &[]));
        }
    }
    if let Some(due) = declaration.due_on {
        let late = super::deadlines::age(due, tx.today(), &tx.book.calendar);
        let shown = formats::format_date_long(due, language);
        let key = match state {
            State::InfoRequested => "where-due-answer",
            State::Decided | State::Monitoring => "where-due-follow-up",
            _ => "where-due",
        };
        parts.push(say(language, key, &[("date", shown.into())]));
        if late > 0 {
            parts.push(say(language, "where-overdue", &[("days", Arg::from(late))]));
        }
    }
    parts
}

/// Why the file is where it is, for this reader: some reasons are worded for the declarant alone.
pub fn route_words(why: &str, is_mine: bool) -> Option<&str> {
    match why {
        _ if is_mine => Some(why),
        // Whoever decides, or looks on, reads the name beside it.
        "route-supervisor" => None,
        "route-next-level" => Some("route-next-level-seen"),
        "route-nobody-above" => Some("route-nobody-above-seen"),
        "route-disputed" => Some("route-disputed-seen"),
        _ => Some(why),
    }
}

/// Earlier declarations of the same person that this reader may read.
fn history(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration, language: Language) -> Result<Vec<HistoryView>> {
    let zone = tx.zone();
    let rows = super::lists::earlier(tx, actor, declaration)?;
    Ok(rows
        .into_iter()
        .map(|row| HistoryView {
            href: format!("/d/{}", row.slug()),
            reference: row.reference.clone().unwrap_or_default(),
            subject: row.subject.clone(),
            filed_on: row
                .first_filed_at
                .map(|at| formats::format_date_long(local_date(at, zone), language))
                .unwrap_or_default(),
            state: row.state().as_str(),
            state_label: state_label(row.state(), language),
        })
        .collect())
}
