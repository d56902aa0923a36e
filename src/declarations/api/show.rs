//! From what is stored to what the API answers, with the same functions as the pages.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::answers::Answers;
use super::super::detail::{self, Can, route_words, unit_told};
use super::super::inbox::{line_views, veil};
use super::super::kind::{Fact, Field, Kind, Phase, Requirement, Widget};
use super::super::lists::ListPage;
use super::super::store::{Authorized, Declaration};
use super::super::timeline;
use super::super::workflow::State;
use super::super::{actions, filing};
use super::asked::{self, Order};
use super::shape;
use super::views::*;
use crate::access::{Actor, Depth, RegisterScope, policy};
use crate::app::Tx;
use crate::attachments::scan::Scans;
use crate::clock::local_date;
use crate::crosschecks::looked::Looks;
use crate::error::{Error, Result};
use crate::people::store::Person;
use crate::sealing::Keyring;
use crate::text::{Bilingual, Language};
use crate::web::Visit;
use crate::{crosschecks, ethics, journal, measures, rectifications};

/// Address of a declaration.
pub fn href(slug: &str) -> String {
    format!("/api/v1/declarations/{slug}")
}

/// The name serde gives to a value: `under_review`.
fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

pub fn receipt(declaration: &Declaration) -> Receipt {
    Receipt {
        id: declaration.slug().to_owned(),
        reference: declaration.reference.clone(),
        kind: declaration.kind.clone(),
        state: declaration.state().as_str().to_owned(),
        version: declaration.version,
        due_on: declaration.due_on,
    }
}

/// A declaration, as this reader sees it.
pub fn declaration(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: &Authorized,
    language: Language,
) -> Result<DeclarationDetail> {
    let declaration = &found.declaration;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let declarant = &found.declarant;
    let entries = journal::timeline(tx, declaration.id)?;
    let answers = declaration.answers()?;
    let depth = policy::depth(&tx.book.access, actor, &found.target());
    let zone = tx.zone();
    let filed_on = declaration.first_filed_at.map_or(tx.today(), |at| local_date(at, zone));
    let is_mine = declaration.declarant_id == actor.person;
    let state = declaration.state();
    let measures_open = measures::store::live(tx, declaration.id)? > 0 || measures::store::lasts(tx, declaration.id)?;
    let can = detail::can(tx, actor, found, measures_open, &entries)?;
    let holder = detail::holder_name(tx, declaration, language)?;
    let measures = declaration.measures()?;
    let decided = timeline::decision(declaration, &kind, &entries, tx, language)?;
    // What is contested is not the decision any more: the timeline tells it.
    let decision = decided.filter(|_| declaration.outcome.is_some()).map(|view| DecisionItem {
        outcome: declaration.outcome.clone().unwrap_or_default(),
        label: view.label,
        reason: view.reason,
        by: view.by,
        on_behalf_of: view.on_behalf_of,
        at: declaration.decided_at.map(|at| at.and_utc()),
        measures,
    });
    let opinion = ethics::store::of(tx, declaration)?.map(|given| OpinionItem {
        facts: given.opinion.facts,
        norms: given.opinion.norms,
        analysis: given.opinion.analysis,
        recommendation: given.opinion.recommendation,
        by: given.by,
        at: given.at.and_utc(),
    });
    let followed_advice = ethics::citing::followed(&answers)
        .map(|followed| FollowedAdvice { reference: followed.reference, text: followed.text });
    let crosschecks = crosschecks::api::items(tx, actor, declaration, can.comment, language)?;
    let by_rules = match is_mine {
        true => detail::own_finding_views(&declaration.findings()?, language),
        false => detail::finding_views(&declaration.findings()?, language),
    };
    let looks = if crosschecks.is_empty() { Looks::default() } else { Looks::of(tx, declaration)? };
    let rectifications = rectifications::api::items(tx, declaration.id)?;
    let waits = rectifications.iter().any(|asked| asked.verdict.is_none());
    let more = [
        (crosschecks.iter().any(|one| !one.may_answer.is_empty()), "crosscheck-answer"),
        (can.comment && !waits && rectifications::actions::may_ask(actor, declaration), "rectification"),
        (can.comment && waits && rectifications::actions::may_answer(actor, declaration), "rectification-answer"),
    ];
    let actions = action_items(&can, &more, declaration.slug());
    let timeline = timeline::timeline(tx, &kind, &entries, filing::given(declarant, filed_on), is_mine, language)?;
    let unit = unit_told(tx, depth, found)?;
    let whole = DeclarationDetail {
        id: declaration.slug().to_owned(),
        reference: declaration.reference.clone(),
        kind: kind.id.clone(),
        kind_title: kind.title.get(language).to_owned(),
        class: declaration.class.clone(),
        state: state.as_str().to_owned(),
        state_label: detail::state_label(state, language),
        version: declaration.version,
        revision: declaration.revision,
        subject: kind.subject_of(&answers, language),
        declarant: Declarant { name: declarant.name(), title: declarant.title.clone(), unit },
        holder: Some(holder).filter(|name| !name.is_empty()),
        holder_office: declaration.holder_office.clone(),
        route: declaration
            .route_reason
            .as_deref()
            .and_then(|why| route_words(why, declaration.declarant_id == actor.person))
            .map(|why| crate::texts::say(language, why, &[])),
        changed_at: declaration.changed_at.and_utc(),
        first_filed_at: declaration.first_filed_at.map(|at| at.and_utc()),
        filed_at: declaration.filed_at.map(|at| at.and_utc()),
        due_on: declaration.due_on,
        days_late: declaration.days_late,
        attachments: attachments(&kind, &answers, &Scans::of(tx, declaration.id, &answers)?),
        answers: open_answers(&kind, answers),
        correction: match &declaration.correction {
            Some(_) if is_mine => Some(open_answers(&kind, declaration.working_answers()?)),
            _ => None,
        },
        findings: detail::lifted(by_rules, &looks, declaration.id, language).into_iter().map(finding).collect(),
        crosschecks,
        rectifications,
        decision,
        opinion,
        followed_advice,
        question: timeline::open_question(state, &entries),
        timeline: timeline.into_iter().map(event).collect(),
        outcomes: if can.decide || can.record_outside { outcomes(&kind, declaration, language) } else { Vec::new() },
        actions,
    };
    Ok(veiled(whole, depth, &kind, declarant, &tx.book.keyring))
}

/// What is left of a declaration for somebody who reads it masked, or in summary (domain.md §11).
fn veiled(
    mut detail: DeclarationDetail,
    depth: Depth,
    kind: &Kind,
    declarant: &Person,
    keyring: &Keyring,
) -> DeclarationDetail {
    match depth {
        Depth::Whole => {}
        Depth::Masked => {
            detail.declarant.name = keyring.pseudonym(&declarant.number);
            detail.declarant.title = String::new();
            detail.holder = detail.holder.map(|_| "–".to_owned());
            for field in kind.fields().filter(|field| field.widget == Widget::Persons) {
                detail.answers.remove(&field.id);
            }
            detail.attachments.clear();
            detail.rectifications.clear();
            for crosscheck in &mut detail.crosschecks {
                crosscheck.answered_by = crosscheck.answered_by.as_ref().map(|_| "–".to_owned());
                crosscheck.note = None;
            }
            if let Some(decision) = &mut detail.decision {
                "–".clone_into(&mut decision.by);
                decision.on_behalf_of = None;
            }
            for event in &mut detail.timeline {
                event.actor = None;
                event.changes.clear();
            }
        }
        Depth::Summary => {
            let kept = [Fact::Company, Fact::Contract];
            let kept = |id: &str| kind.field(id).and_then(|field| field.fact).is_some_and(|fact| kept.contains(&fact));
            detail.answers.retain(|id, _| kept(id));
            detail.subject.clone_from(&detail.kind_title);
            detail.holder = None;
            detail.holder_office = None;
            detail.route = None;
            detail.findings.clear();
            detail.crosschecks.clear();
            detail.rectifications.clear();
            detail.attachments.clear();
            detail.timeline.clear();
            detail.decision = None;
            detail.question = None;
        }
    }
    detail
}

/// Answers that programs read and write: files and what the service keeps beside them stay out.
fn open_answers(kind: &Kind, answers: Answers) -> Map<String, Value> {
    let open = |id: &str| kind.field(id).is_some_and(|field| field.widget != Widget::Attachment);
    answers.0.into_iter().filter(|(id, _)| open(id)).collect()
}

fn attachments(kind: &Kind, answers: &Answers, scans: &Scans) -> Vec<AttachmentItem> {
    kind.fields()
        .filter(|field| field.widget == Widget::Attachment)
        .flat_map(|field| answers.get(&field.id).as_array().into_iter().flatten().map(move |item| (field, item)))
        .filter_map(|(field, item)| {
            Some(AttachmentItem {
                field: field.id.clone(),
                name: item.get("name")?.as_str()?.to_owned(),
                scan: scans.get(item.get("id")?.as_i64()?).as_str().to_owned(),
            })
        })
        .collect()
}

fn finding(view: detail::FindingView) -> FindingItem {
    FindingItem {
        severity: view.severity.to_owned(),
        severity_label: view.severity_label,
        sentence: view.sentence,
        article: view.article,
        now: view.now,
    }
}

fn event(view: timeline::TimelineView) -> EventItem {
    let change = |view: timeline::ChangeView| ChangeItem { label: view.label, before: view.before, after: view.after };
    EventItem {
        at: view.at.and_utc(),
        event: view.event.to_owned(),
        title: view.title,
        actor: view.actor,
        text: view.body,
        changes: view.changes.into_iter().flatten().map(change).collect(),
    }
}

fn outcomes(kind: &Kind, declaration: &Declaration, language: Language) -> Vec<OutcomeChoice> {
    actions::offered(kind, declaration)
        .map(|outcome| OutcomeChoice {
            id: outcome.id.clone(),
            label: outcome.label.get(language).to_owned(),
            hint: said(outcome.hint.as_ref(), language),
            reason: name(&outcome.reason),
            measures: name(&outcome.measures),
        })
        .collect()
}

fn action_items(can: &Can, more: &[(bool, &'static str)], slug: &str) -> Vec<ActionItem> {
    let all = [
        (can.edit, "answers", "PUT", true),
        (can.discard, "", "DELETE", false),
        (can.submit, "submission", "POST", false),
        (can.correct || can.continue_correction, "correction", "POST", false),
        (can.withdraw, "withdrawal", "POST", false),
        (can.answer, "answer", "POST", false),
        (can.take_up, "review", "POST", true),
        (can.ask, "question", "POST", true),
        (can.go_on, "continuation", "POST", true),
        (can.refer, "referral", "POST", true),
        (can.decide, "decision", "POST", true),
        (can.advise, "advice", "POST", true),
        (can.opine || can.send_back, "opinion", "POST", true),
        (can.complete, "completion", "POST", false),
        (can.close, "closing", "POST", true),
        (can.acknowledge, "acknowledgement", "POST", false),
        (can.reassign, "reassignment", "POST", true),
        (can.record_outside, "outside-decision", "POST", true),
        (can.seek_direction, "direction", "POST", true),
        (can.contest, "contestation", "POST", false),
        (can.comment, "comments", "POST", false),
    ];
    all.into_iter()
        .chain(more.iter().map(|(may, noun)| (*may, *noun, "POST", false)))
        .filter(|(may, ..)| *may)
        .map(|(_, noun, method, if_match)| ActionItem {
            name: if noun.is_empty() { "deletion".to_owned() } else { noun.to_owned() },
            method: method.to_owned(),
            href: if noun.is_empty() { href(slug) } else { format!("{}/{noun}", href(slug)) },
            if_match,
        })
        .collect()
}

/// A page of a list; `scope` is that of the register, when it is one of the register.
pub fn list(visit: &Visit, page: &ListPage, order: Order, scope: Option<&RegisterScope>) -> ListOfDeclarations {
    let mut lines = line_views(visit, &page.rows);
    let table = &visit.app.book.access;
    if let Some(scope) = scope {
        veil(&mut lines, &page.rows, scope, &visit.app.book);
    }
    let items = page
        .rows
        .iter()
        .zip(lines)
        .map(|(row, view)| ListItem {
            id: row.slug().to_owned(),
            reference: row.reference.clone(),
            kind: row.kind.clone(),
            kind_title: view.kind,
            subject: view.subject,
            state: row.state().as_str().to_owned(),
            state_label: view.state_label,
            attention: match row.attention {
                _ if scope.is_some_and(|scope| scope.summarises(table, &row.kind)) => None,
                1 => Some("information".to_owned()),
                2 => Some("attention".to_owned()),
                3 => Some("stop".to_owned()),
                _ => None,
            },
            declarant: view.person,
            unit: view.unit,
            holder: view.holder,
            first_filed_at: row.first_filed_at.map(|at| at.and_utc()),
            changed_at: row.changed_at.and_utc(),
            due_on: row.due_on,
            overdue: view.overdue && row.state() != State::Closed,
            href: href(row.slug()),
        })
        .collect();
    ListOfDeclarations { items, next: asked::next(page, order) }
}

fn said(text: Option<&Bilingual>, language: Language) -> Option<String> {
    text.map(|text| text.get(language).to_owned())
}

/// A kind in a list.
pub fn kind_item(kind: &Kind, language: Language) -> KindItem {
    KindItem {
        id: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        situation: kind.situation.get(language).to_owned(),
        example: kind.example.get(language).to_owned(),
        href: format!("/api/v1/kinds/{}", kind.id),
    }
}

/// A kind: what is asked.
pub fn kind(kind: &Kind, language: Language) -> Result<KindDetail> {
    let missing = || Error::Internal(format!("kind {} asks nothing", kind.id));
    Ok(KindDetail {
        id: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        situation: kind.situation.get(language).to_owned(),
        example: kind.example.get(language).to_owned(),
        source: kind.source.get(language).to_owned(),
        notice: kind.notice.get(language).to_owned(),
        class: kind.class.as_str().to_owned(),
        steps: kind
            .steps
            .iter()
            .map(|step| StepItem {
                id: step.id.clone(),
                title: step.title.get(language).to_owned(),
                hint: said(step.hint.as_ref(), language),
                why: said(step.why.as_ref(), language),
                phase: name(&step.phase),
                fields: step.fields.iter().map(|field| field_item(field, language)).collect(),
            })
            .collect(),
        answers_schema: shape::schema(kind, Phase::Filing, language).ok_or_else(missing)?,
        follow_up_schema: shape::schema(kind, Phase::FollowUp, language),
    })
}

fn field_item(field: &Field, language: Language) -> FieldItem {
    let options = field.options.iter().map(|option| OptionItem {
        id: option.id.clone(),
        label: option.label.get(language).to_owned(),
        hint: said(option.hint.as_ref(), language),
    });
    FieldItem {
        id: field.id.clone(),
        widget: name(&field.widget),
        label: field.label.get(language).to_owned(),
        hint: said(field.hint.as_ref(), language),
        required: field.required == Requirement::Always(true),
        required_when: match &field.required {
            Requirement::When(condition) => serde_json::to_value(condition).ok(),
            Requirement::Always(_) => None,
        },
        shown_when: (!field.shown_when.0.is_empty()).then(|| serde_json::to_value(&field.shown_when).ok()).flatten(),
        options: options.collect(),
        max: field.max,
        source: field.source.clone(),
    }
}
