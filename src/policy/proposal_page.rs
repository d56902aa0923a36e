//! One proposal: its limits and its file to change, what is wrong with it, what it changes, the replay of years, and the
//! decision of somebody else.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::file::{Problem, Problems};
use super::pages::{RuleName, limit_label, limit_text};
use super::proposals::{self, Change, Proposal};
use super::replay::{self, Replay};
use super::rules::{Finding, Policy, Severity};
use super::versions;
use crate::access::{PageAction, Role};
use crate::adoption::Act;
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people::store;
use crate::reports::reduced;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct ProposalPage {
    id: i64,
    action: String,
    try_href: String,
    version: i32,
    author: String,
    on: String,
    state: &'static str,
    state_label: String,
    /// Until when it can be adopted, or that this time is over.
    deadline: Option<String>,
    decided: Option<String>,
    reason: Option<String>,
    effective: String,
    effective_hint: String,
    document_title: String,
    document_hint: String,
    submit_text: String,
    decide_text: String,
    note: String,
    document: String,
    limits: Vec<LimitField>,
    problems: Vec<ProblemView>,
    changes: Vec<ChangeView>,
    writes: bool,
    decides: bool,
    withdraws: bool,
    field_errors: BTreeMap<String, String>,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct LimitField {
    name: String,
    label: String,
    value: String,
    money: bool,
    error: Option<String>,
}

/// Something wrong with a file, as its author reads it.
#[derive(Debug, Serialize)]
pub struct ProblemView {
    place: String,
    rule: Option<String>,
    /// The rule as people read it, where it is one that holds.
    name: Option<RuleName>,
    sentence: String,
}

impl ProblemView {
    /// Names the rule as a policy says it.
    pub fn named(self, policy: &Policy, language: Language) -> Self {
        let rule = self.rule.as_deref().and_then(|id| policy.rule(id));
        Self { name: rule.map(|rule| RuleName::of(policy, rule, language)), ..self }
    }
}

#[derive(Serialize)]
struct ChangeView {
    /// A limit; nothing when it is a rule.
    what: Option<String>,
    rule: Option<RuleName>,
    before: String,
    after: String,
}

/// The problems of a file, each with its line and its column.
pub fn problem_views(problems: &Problems, language: Language) -> Vec<ProblemView> {
    let view = |problem: &Problem| ProblemView {
        place: say(
            language,
            "policy-place",
            &[("line", Arg::from(count(problem.line))), ("column", Arg::from(count(problem.column)))],
        ),
        rule: problem.rule.clone(),
        name: None,
        sentence: problem.sentence(language),
    };
    problems.list.iter().map(view).collect()
}

fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::NotFound)
}

/// `POST /regles/propositions`: begins a change from a version.
pub async fn begin(visit: Visit, form: web::Form<From>) -> Result<HttpResponse> {
    let (actor, from) = (visit.actor()?, form.into_inner().version);
    let begun = visit.app.write(move |tx| proposals::begin(tx, &actor, from)).await?;
    Ok(see_other(&format!("/regles/propositions/{}", begun.id), Some("flash-policy-begun")))
}

#[derive(Debug, Deserialize)]
pub struct From {
    version: i64,
}

/// `GET /regles/propositions/{id}`
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, number(&id)?, None, &[]).await
}

async fn render(visit: &Visit, id: i64, typed: Option<&Form>, errors: &[FieldError]) -> Result<HttpResponse> {
    let (at, typed, told) = (visit.clone(), typed.cloned(), errors.to_vec());
    let content = visit.app.read(move |tx| content(tx, &at, id, typed.as_ref(), &told)).await?;
    Page::titled(visit, "policy-proposal-title")
        .wide()
        .with_errors(!errors.is_empty())
        .back("/regles", "back-policy")
        .render("pages/policy/proposal", &content)
}

/// What was typed in a field of a form.
pub fn typed_in<'f>(form: Option<&'f Form>, name: &str) -> Option<&'f str> {
    form?.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn content(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: i64,
    typed: Option<&Form>,
    errors: &[FieldError],
) -> Result<ProposalPage> {
    let (actor, language) = (visit.actor()?, visit.language);
    let proposal = proposals::find(tx, id)?;
    let opens = |action| tx.book.access.opens(action, Some(&actor)) && !actor.read_only;
    let mine = proposal.proposed_by == actor.person && opens(PageAction::ProposePolicy);
    let decides = opens(PageAction::AdoptPolicy) && proposal.proposed_by != actor.person;
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let read = proposal.policy(tx);
    let base = versions::by_id(tx, proposal.based_on_id)?;
    let (limits, effective, changes, problems) = match &read {
        Ok(policy) => (
            policy.file.limits.clone(),
            policy.file.effective.to_string(),
            changes(&base.policy, policy, language),
            Vec::new(),
        ),
        Err(problems) => (BTreeMap::new(), String::new(), Vec::new(), problem_views(problems, language)),
    };
    let names = ["effective", "note", "document", "reason"];
    let (state, state_label) = proposal.standing().shown(tx, language);
    Ok(ProposalPage {
        id,
        action: format!("/regles/propositions/{id}"),
        try_href: format!("/regles/essai?proposition={id}"),
        version: proposal.version,
        author: store::find(tx, proposal.proposed_by)?.name(),
        on: formats::format_date_long(local_date(proposal.proposed_at, tx.zone()), language),
        state,
        state_label,
        deadline: proposal.standing().deadline(tx, language),
        decided: proposal.standing().decided(tx, language)?,
        reason: proposal.reason.clone(),
        effective: typed_in(typed, "effective").map_or(effective, str::to_owned),
        effective_hint: visit.say("policy-effective-hint"),
        document_title: visit.say("policy-document"),
        document_hint: visit.say("policy-document-hint"),
        submit_text: visit.say("policy-submit-text"),
        decide_text: visit.say("policy-decide-text"),
        note: typed_in(typed, "note").unwrap_or(&proposal.note).to_owned(),
        document: typed_in(typed, "document").unwrap_or(&proposal.document).to_owned(),
        limits: limits
            .into_iter()
            .map(|(name, value)| LimitField {
                label: limit_label(&name, language),
                value: typed_in(typed, &format!("limit-{name}"))
                    .map_or_else(|| as_typed(&name, value, language), str::to_owned),
                money: name.ends_with("_cents"),
                error: message(&format!("limit-{name}")),
                name,
            })
            .collect(),
        problems,
        changes,
        writes: mine && proposal.standing().is_writable(tx),
        decides: decides && proposal.standing().waits(tx),
        withdraws: mine && proposal.state().is_open(),
        field_errors: names.into_iter().filter_map(|name| Some((name.to_owned(), message(name)?))).collect(),
        errors: error_views(errors, language),
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A limit as one types it: an amount without its sign.
fn as_typed(name: &str, value: i64, language: Language) -> String {
    let text = limit_text(name, value, language);
    text.trim_matches(|c: char| c == '$' || c.is_whitespace()).to_owned()
}

/// What a proposal changes, in words: limits, rules added, removed and changed.
fn changes(before: &Policy, after: &Policy, language: Language) -> Vec<ChangeView> {
    let mut changes = Vec::new();
    let none = || say(language, "policy-value-none", &[]);
    let (old, new) = (&before.file.limits, &after.file.limits);
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let (was, is) = (old.get(name), new.get(name));
        if was != is {
            let text = |value: Option<&i64>| value.map_or_else(none, |value| limit_text(name, *value, language));
            let what = Some(limit_label(name, language));
            changes.push(ChangeView { what, rule: None, before: text(was), after: text(is) });
        }
    }
    let sentence = |policy: &Policy, id: &str| policy.rule(id).map(|rule| policy.sample(rule, language));
    let rule = |policy: &Policy, id: &str, reworded: bool| {
        policy.rule(id).map(|rule| {
            let severity = say(language, &format!("severity-{}", severity_key(rule.text.severity)), &[]);
            let refers = if rule.text.refer { say(language, "policy-refers", &[]) } else { String::new() };
            let words = if reworded { policy.sample(rule, language) } else { String::new() };
            let parts = [severity, rule.text.when.clone(), words, refers];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        })
    };
    let ids: std::collections::BTreeSet<&str> =
        before.rules().iter().chain(after.rules()).map(|rule| rule.text.id.as_str()).collect();
    for id in ids {
        // A limit that a sentence quotes is told once, as a limit.
        let same_text = |policy: &Policy| {
            policy
                .file
                .rules
                .iter()
                .find(|text| text.id == id)
                .map(|text| serde_json::to_string(text).unwrap_or_default())
        };
        if same_text(before) != same_text(after) {
            // The sentence names the line: it is told again where it is what changes.
            let reworded = sentence(before, id) != sentence(after, id);
            changes.push(ChangeView {
                what: None,
                rule: rule_name([after, before], id, language),
                before: rule(before, id, reworded).unwrap_or_else(none),
                after: rule(after, id, reworded).unwrap_or_else(none),
            });
        }
    }
    changes
}

/// The rule of an id, as the first of these policies that has it says it.
fn rule_name(policies: [&Policy; 2], id: &str, language: Language) -> Option<RuleName> {
    policies.into_iter().find_map(|policy| Some(RuleName::of(policy, policy.rule(id)?, language)))
}

fn severity_key(severity: Severity) -> &'static str {
    severity.as_str()
}

/// `POST /regles/propositions/{id}`: limits one by one, or the whole file.
pub async fn save(visit: Visit, id: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (id, form) = (number(&id)?, form.into_inner());
    let version = typed_in(Some(&form), "version").and_then(|text| text.parse().ok()).unwrap_or_default();
    let (change, errors) = read_change(&visit, &form);
    if !errors.is_empty() {
        return render(&visit, id, Some(&form), &errors).await;
    }
    let actor = visit.actor()?;
    let done = visit.app.write(move |tx| proposals::save(tx, &actor, id, version, &change)).await;
    settle(&visit, id, Some(&form), done, "flash-policy-saved").await
}

fn read_change(visit: &Visit, form: &Form) -> (Change, Vec<FieldError>) {
    let (mut change, mut errors) = (Change::default(), Vec::new());
    for (name, typed) in form {
        match name.as_str() {
            // Browsers send lines that end in CR LF.
            "document" => change.document = Some(typed.replace("\r\n", "\n")),
            "note" => change.note = Some(typed.clone()),
            "effective" => {
                match formats::parse_date(
                    typed,
                    local_date(visit.app.clock.now(), visit.app.book.calendar.default_zone()),
                    visit.language,
                ) {
                    Ok(day) => change.effective = Some(day),
                    Err(problem) => errors.push(FieldError::new("effective", problem.message_key())),
                }
            }
            field => {
                let Some(limit) = field.strip_prefix("limit-") else { continue };
                let value = if limit.ends_with("_cents") {
                    formats::parse_money(typed).map_err(|problem| problem.message_key())
                } else {
                    typed.trim().parse::<i64>().ok().filter(|value| *value >= 0).ok_or("error-policy-number")
                };
                match value {
                    Ok(value) => change.limits.push((limit.to_owned(), value)),
                    Err(key) => errors.push(FieldError::new(field, key)),
                }
            }
        }
    }
    (change, errors)
}

/// To the page of the proposal, with what was done or what to put right.
async fn settle(
    visit: &Visit,
    id: i64,
    form: Option<&Form>,
    done: Result<Proposal>,
    flash: &'static str,
) -> Result<HttpResponse> {
    match done {
        Ok(_) => Ok(see_other(&format!("/regles/propositions/{id}"), Some(flash))),
        Err(Error::Invalid(errors)) => render(visit, id, form, &errors).await,
        Err(Error::Stale) => render(visit, id, form, &[FieldError::new("note", "error-stale")]).await,
        Err(error) => Err(error),
    }
}

/// `POST …/soumission`
pub async fn submit(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::submit(tx, &actor, id, act.version)).await;
    settle(&visit, id, None, done, "flash-policy-submitted").await
}

/// `POST …/adoption`
pub async fn adopt(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::adopt(tx, &actor, id, act.version)).await;
    settle(&visit, id, None, done, "flash-policy-adopted").await
}

/// `POST …/refus`
pub async fn refuse(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::refuse(tx, &actor, id, act.version, &act.reason)).await;
    settle(&visit, id, None, done, "flash-policy-refused").await
}

/// `POST …/retrait`
pub async fn withdraw(visit: Visit, id: web::Path<String>, form: web::Form<Act>) -> Result<HttpResponse> {
    let (id, actor, act) = (number(&id)?, visit.actor()?, form.into_inner());
    let done = visit.app.write(move |tx| proposals::withdraw(tx, &actor, id, act.version)).await;
    settle(&visit, id, None, done, "flash-policy-withdrawn").await
}

#[derive(Debug, Default, Deserialize)]
pub struct Years {
    #[serde(default)]
    annees: String,
}

#[derive(Serialize)]
struct ReplayPage {
    action: String,
    since: String,
    years: Vec<YearChoice>,
    summary: Vec<Pair>,
    by_rule: Vec<RuleLine>,
    by_unit: Vec<Pair>,
    examples: Vec<ExampleView>,
    /// How numbers are told to whoever reads figures alone.
    note: Option<String>,
    nothing: bool,
}

#[derive(Serialize)]
struct YearChoice {
    href: String,
    label: String,
    current: bool,
}

#[derive(Serialize)]
struct Pair {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct RuleLine {
    name: RuleName,
    before: String,
    after: String,
}

#[derive(Serialize)]
struct ExampleView {
    href: String,
    reference: String,
    subject: String,
    on: String,
    what: Vec<WhatChanges>,
}

/// What changes for a declaration: what is found, or where it goes, which no rule names.
#[derive(Serialize)]
struct WhatChanges {
    label: String,
    rule: Option<RuleName>,
}

/// `GET /regles/propositions/{id}/rejeu?annees=3`: which declarations of the last years would be looked at otherwise.
pub async fn replay(visit: Visit, id: web::Path<String>, query: web::Query<Years>) -> Result<HttpResponse> {
    let (id, actor, language) = (number(&id)?, visit.actor()?, visit.language);
    let years: u32 = query.annees.parse().ok().filter(|years| (1..=10).contains(years)).unwrap_or(1);
    let _turn = visit.limits.report().await?;
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read_long(move |tx| {
            let proposal = proposals::find(tx, id)?;
            let after = proposal.policy(tx).map_err(|_| Error::NotPossible("not-possible-policy-problems"))?;
            let before = versions::in_force(tx, tx.today())?;
            let today = tx.today();
            let since = today.checked_sub_months(Months::new(12 * years)).unwrap_or(today);
            let done = replay::run(tx, &by, &before.policy, &after, since)?;
            // The ethics officer reads every file; the others (who adopts, who audits) read figures, and none that could tell who.
            let frame = Frame { id, since, years, policies: [&after, &before.policy], language };
            let content = replay_page(&frame, &done, by.has(Role::EthicsOfficer));
            let owed = if content.examples.is_empty() { None } else { access_log::owed(tx, &by, "replay")? };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    Page::titled(&visit, "policy-replay-title")
        .wide()
        .back(format!("/regles/propositions/{id}"), "back-policy-proposal")
        .render("pages/policy/replay", &content)
}

/// What a replay is read in.
struct Frame<'p> {
    /// Number of the proposal.
    id: i64,
    since: NaiveDate,
    years: u32,
    /// The proposal, then what is in force.
    policies: [&'p Policy; 2],
    language: Language,
}

/// What whoever reads every file reads of a replay, `whole`. Figures alone are told as in reports (`reports/reduced.rs`), in a
/// total as in its parts; units and rules are left out when only a few declarations would set them apart.
fn replay_page(frame: &Frame<'_>, done: &Replay, whole: bool) -> ReplayPage {
    let Frame { id, since, years, policies, language } = *frame;
    let shown = |value: usize| {
        if whole { formats::format_number(count(value), language) } else { reduced::words(count(value), language) }
    };
    let told = |value: usize| reduced::told(count(value));
    let pair = |key: &str, value: usize| Pair { label: say(language, key, &[]), value: shown(value) };
    let example = |example: &replay::Example| {
        let line = |key: &str, found: Option<&Finding>| WhatChanges {
            label: say(language, key, &[]),
            rule: found.map(|finding| RuleName::seen(finding, language)),
        };
        let mut what: Vec<WhatChanges> =
            example.gained.iter().map(|found| line("policy-replay-gains", Some(found))).collect();
        what.extend(example.lost.iter().map(|found| line("policy-replay-loses", Some(found))));
        let referred = |is| line(if is { "policy-replay-goes" } else { "policy-replay-stays" }, None);
        what.extend(example.referred.map(referred));
        ExampleView {
            href: format!("/d/{}", example.slug),
            reference: example.slug.clone(),
            subject: example.subject.clone(),
            on: formats::format_date_medium(example.filed_on, language),
            what,
        }
    };
    let year = |years_back: u32| YearChoice {
        href: format!("/regles/propositions/{id}/rejeu?annees={years_back}"),
        label: say(language, "policy-replay-years", &[("years", Arg::from(i64::from(years_back)))]),
        current: years_back == years,
    };
    ReplayPage {
        action: format!("/regles/propositions/{id}"),
        since: formats::format_date_long(since, language),
        years: [1, 2, 3, 5].into_iter().map(year).collect(),
        summary: vec![
            pair("policy-replay-looked-at", done.looked_at),
            pair("policy-replay-changed", done.changed),
            pair("policy-replay-referred", done.newly_referred),
            pair("policy-replay-not-referred", done.no_longer_referred),
            pair("policy-replay-more-severe", done.more_severe),
            pair("policy-replay-less-severe", done.less_severe),
        ],
        by_rule: done
            .by_rule
            .iter()
            .filter(|(_, (before, after))| whole || told(*before) != told(*after))
            .filter_map(|(id, (before, after))| {
                let name = rule_name(policies, id, language)?;
                Some(RuleLine { name, before: shown(*before), after: shown(*after) })
            })
            .collect(),
        by_unit: done
            .by_unit
            .iter()
            .filter(|(_, changed)| whole || told(*changed).is_some())
            .map(|(unit, changed)| Pair { label: unit.clone(), value: shown(*changed) })
            .collect(),
        examples: if whole { done.examples.iter().map(example).collect() } else { Vec::new() },
        note: (!whole).then(|| say(language, "statistics-note", &[])),
        // Nothing, or next to nothing: one is not told from the other without reading files.
        nothing: whole && done.changed == 0,
    }
}
