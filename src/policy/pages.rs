//! « Règles » : the policy in force as people see it, its history, and what each rule says of one declaration.

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::proposals::{self, Proposal};
use super::rules::{Finding, Policy, Rule};
use super::{facts, gather, versions};
use crate::access::{PageAction, Role};
use crate::adoption::ProposalLine;
use crate::app::Tx;
use crate::clock::local_date;
use crate::db::conn::each_engine;
use crate::db::schema::declarations;
use crate::declarations::detail::{FindingView, finding_views};
use crate::declarations::inbox::Tab;
use crate::declarations::reading;
use crate::declarations::shown::not_sealed;
use crate::error::{Error, Result};
use crate::formats;
use crate::people::store;
use crate::reports::reduced;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// Declarations looked at to say how often a rule fires.
const RECENT: i64 = 1_000;

#[derive(Serialize)]
struct RulesPage {
    title: String,
    in_force: String,
    recent: String,
    /// How numbers are told to whoever reads figures alone.
    note: Option<String>,
    groups: Vec<Group>,
    limits: Vec<LimitView>,
    facts: Vec<FactView>,
    proposals: Vec<ProposalLine>,
    /// Where a change begins, for whoever may propose one.
    propose: Option<i64>,
    tabs: Vec<Tab>,
}

#[derive(Serialize)]
struct Group {
    kind: String,
    title: String,
    rules: Vec<RuleView>,
}

/// A rule as people read it.
#[derive(Debug, Serialize)]
pub struct RuleView {
    id: String,
    severity: &'static str,
    severity_label: String,
    sentence: String,
    article: String,
    now: String,
    expression: String,
    refers: bool,
    tells_monitor: bool,
    fired: String,
}

/// A rule as it is named to people: by its sentence and its article. Its id is how the file has it, and comes last.
#[derive(Debug, Clone, Serialize)]
pub struct RuleName {
    pub sentence: String,
    pub article: String,
    pub id: String,
}

impl RuleName {
    /// Before any declaration.
    pub fn of(policy: &Policy, rule: &Rule, language: Language) -> Self {
        Self {
            sentence: policy.sample(rule, language),
            article: rule.text.article.get(language).to_owned(),
            id: rule.text.id.clone(),
        }
    }

    /// With what it saw of a declaration.
    pub fn seen(finding: &Finding, language: Language) -> Self {
        Self {
            sentence: finding.say.get(language).to_owned(),
            article: finding.article.get(language).to_owned(),
            id: finding.rule.clone(),
        }
    }
}

#[derive(Serialize)]
struct LimitView {
    label: String,
    name: String,
    value: String,
}

#[derive(Serialize)]
struct FactView {
    name: &'static str,
    meaning: String,
}

/// The two pages of the chapter.
/// The pages of the rules that this reader opens.
pub(super) fn tabs(visit: &Visit, current: &str) -> Vec<Tab> {
    let actor = visit.actor().ok();
    let proposes = visit.app.book.access.opens(PageAction::ProposePolicy, actor.as_deref());
    [
        ("/regles", "policy-tab-rules", true),
        ("/regles/versions", "policy-tab-versions", true),
        ("/regles/essai", "policy-tab-try", true),
        ("/regles/paquet", "policy-tab-pack", proposes),
    ]
    .into_iter()
    .filter(|(.., shown)| *shown)
    .map(|(href, key, _)| Tab { href: href.to_owned(), label: visit.say(key), current: href == current })
    .collect()
}

/// `GET /regles`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let proposes = visit.app.book.access.opens(PageAction::ProposePolicy, Some(&actor)) && !actor.read_only;
    let tabs = tabs(&visit, "/regles");
    let whole = actor.has(Role::EthicsOfficer);
    let content = visit
        .app
        .read(move |tx| {
            let version = versions::in_force(tx, tx.today())?;
            let policy = &version.policy;
            let (counts, looked_at) = fired(tx)?;
            let fired = Frequency { counts: &counts, whole, language };
            let mut lines = Vec::new();
            for proposal in proposals::all(tx)?.iter().filter(|proposal| proposal.state().is_open()) {
                lines.push(proposal_line(tx, proposal, language)?);
            }
            let effective = formats::format_date_long(policy.file.effective, language);
            Ok(RulesPage {
                title: policy.file.title.get(language).to_owned(),
                in_force: say(language, "policy-in-force", &[("date", Arg::from(effective.as_str()))]),
                recent: say(language, "policy-recent", &[("count", Arg::from(looked_at))]),
                note: (!whole).then(|| say(language, "statistics-note", &[])),
                groups: groups(tx, policy, &fired),
                limits: limits(policy, language),
                facts: facts::all()
                    .into_iter()
                    .map(|fact| FactView { name: fact.name, meaning: say(language, &fact.text_key(), &[]) })
                    .collect(),
                proposals: lines,
                propose: proposes.then_some(version.id),
                tabs,
            })
        })
        .await?;
    Page::titled(&visit, "policy-title").wide().render("pages/policy/rules", &content)
}

/// Rules by the kind that they are first about; those about several kinds come last.
fn groups(tx: &Tx<'_>, policy: &Policy, fired: &Frequency<'_>) -> Vec<Group> {
    let language = fired.language;
    let mut groups: Vec<Group> = Vec::new();
    let kinds = tx.book.catalogue.kinds();
    for version in kinds.iter().filter(|version| !version.kind.is_sealed()) {
        let of_kind = |rule: &&Rule| rule.text.kinds.as_slice() == std::slice::from_ref(&version.kind.id);
        let rules = rule_views(policy, policy.rules().iter().filter(of_kind), fired);
        if !rules.is_empty() {
            groups.push(Group {
                kind: version.kind.id.replace('_', "-"),
                title: version.kind.title.get(language).to_owned(),
                rules,
            });
        }
    }
    let rules = rule_views(policy, policy.rules().iter().filter(|rule| rule.text.kinds.len() > 1), fired);
    if !rules.is_empty() {
        groups.push(Group { kind: "plusieurs".into(), title: say(language, "policy-several-kinds", &[]), rules });
    }
    groups
}

/// How often rules fired: as it is for whoever reads every file, otherwise as figures are told.
struct Frequency<'c> {
    counts: &'c HashMap<String, i64>,
    whole: bool,
    language: Language,
}

impl Frequency<'_> {
    fn words(&self, rule: &Rule) -> String {
        let count = self.counts.get(&rule.text.id).copied().unwrap_or(0);
        if self.whole { formats::format_number(count, self.language) } else { reduced::words(count, self.language) }
    }
}

fn rule_views<'r>(policy: &Policy, rules: impl Iterator<Item = &'r Rule>, fired: &Frequency<'_>) -> Vec<RuleView> {
    let language = fired.language;
    rules
        .map(|rule| RuleView {
            id: rule.text.id.clone(),
            severity: rule.text.severity.as_str(),
            severity_label: say(language, &format!("severity-{}", rule.text.severity.as_str()), &[]),
            sentence: policy.sample(rule, language),
            article: rule.text.article.get(language).to_owned(),
            now: rule.text.now.get(language).to_owned(),
            expression: rule.text.when.clone(),
            refers: rule.text.refer,
            tells_monitor: rule.text.tell_contract_monitor,
            fired: fired.words(rule),
        })
        .collect()
}

fn limits(policy: &Policy, language: Language) -> Vec<LimitView> {
    policy
        .file
        .limits
        .iter()
        .map(|(name, value)| LimitView {
            label: limit_label(name, language),
            value: limit_text(name, *value, language),
            name: name.clone(),
        })
        .collect()
}

/// What a limit is; its name when a ministry added it to its own file.
pub fn limit_label(name: &str, language: Language) -> String {
    crate::texts::find(language, &format!("limit-{}", name.replace('_', "-")), &[]).unwrap_or_else(|| name.to_owned())
}

/// An amount when its name ends in `_cents`, a number otherwise.
pub fn limit_text(name: &str, value: i64, language: Language) -> String {
    if name.ends_with("_cents") {
        formats::format_money(value, language)
    } else {
        formats::format_number(value, language)
    }
}

fn proposal_line(tx: &mut Tx<'_>, proposal: &Proposal, language: Language) -> Result<ProposalLine> {
    proposal.standing().line(tx, format!("/regles/propositions/{}", proposal.id), language)
}

/// How often each rule fired among the last declarations on file, and how many these are.
fn fired(tx: &mut Tx<'_>) -> Result<(HashMap<String, i64>, i64)> {
    #[derive(Deserialize)]
    struct Fired {
        rule: String,
    }
    let rows: Vec<String> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::first_filed_at.is_not_null())
        .filter(not_sealed())
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(RECENT)
        .select(declarations::findings)
        .load(conn))?;
    let mut counts = HashMap::new();
    for findings in &rows {
        let findings: Vec<Fired> = serde_json::from_str(findings)?;
        for one in findings {
            *counts.entry(one.rule).or_insert(0) += 1;
        }
    }
    Ok((counts, i64::try_from(rows.len()).unwrap_or(RECENT)))
}

#[derive(Serialize)]
struct VersionsPage {
    versions: Vec<VersionLine>,
    proposals: Vec<ProposalLine>,
    may_propose: bool,
    tabs: Vec<Tab>,
}

#[derive(Serialize)]
struct VersionLine {
    id: i64,
    effective: String,
    origin: String,
    hash: String,
    in_force: bool,
}

/// `GET /regles/versions`: every version and every proposal; going back is proposing an earlier version again.
pub async fn history(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let may_propose = visit.app.book.access.opens(PageAction::ProposePolicy, Some(&actor)) && !actor.read_only;
    let tabs = tabs(&visit, "/regles/versions");
    let content = visit
        .app
        .read(move |tx| {
            let in_force = versions::in_force(tx, tx.today())?.id;
            let zone = tx.zone();
            let versions = versions::history(tx)?
                .into_iter()
                .map(|past| VersionLine {
                    id: past.id,
                    effective: formats::format_date_long(past.effective, language),
                    origin: match past.adopted_at {
                        Some(at) => {
                            let on = formats::format_date_long(local_date(at, zone), language);
                            say(language, "policy-adopted-on", &[("date", Arg::from(on.as_str()))])
                        }
                        None => say(language, "policy-shipped", &[]),
                    },
                    hash: past.hash.chars().take(12).collect(),
                    in_force: past.id == in_force,
                })
                .collect();
            let mut lines = Vec::new();
            for proposal in proposals::all(tx)? {
                lines.push(proposal_line(tx, &proposal, language)?);
            }
            Ok(VersionsPage { versions, proposals: lines, may_propose, tabs })
        })
        .await?;
    Page::titled(&visit, "policy-versions-title").wide().render("pages/policy/versions", &content)
}

#[derive(Serialize)]
struct VersionPage {
    document: String,
    effective: String,
}

/// `GET /regles/versions/{id}`: the file of a version.
pub async fn version(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, language) = (id.parse().map_err(|_| Error::NotFound)?, visit.language);
    let content = visit
        .app
        .read(move |tx| {
            let version = versions::by_id(tx, id)?;
            let effective = formats::format_date_long(version.policy.file.effective, language);
            Ok(VersionPage { document: versions::document(tx, id)?, effective })
        })
        .await?;
    Page::titled(&visit, "policy-version-title")
        .wide()
        .back("/regles/versions", "back-policy-versions")
        .render("pages/policy/version", &content)
}

#[derive(Debug, Default, Deserialize)]
pub struct Tried {
    #[serde(default)]
    dossier: String,
    /// Number of a proposal, to try it instead of the policy in force.
    #[serde(default)]
    proposition: String,
}

#[derive(Serialize)]
struct TryPage {
    dossier: String,
    proposition: String,
    tabs: Vec<Tab>,
    error: Option<String>,
    tried: Option<TriedView>,
}

#[derive(Serialize)]
struct TriedView {
    reference: String,
    subject: String,
    href: String,
    rules: Vec<TriedRule>,
    fired: usize,
}

#[derive(Serialize)]
struct TriedRule {
    name: RuleName,
    fires: bool,
    verdict: String,
    shown: Option<FindingView>,
    expression: String,
    inputs: Vec<InputView>,
}

#[derive(Debug, Serialize)]
pub struct InputView {
    pub name: String,
    pub value: String,
}

/// `GET /regles/essai?dossier=CAD-2026-000123`: every rule about one declaration, whether it fires and what it saw.
pub async fn try_on(visit: Visit, query: web::Query<Tried>) -> Result<HttpResponse> {
    let (actor, language, asked) = (visit.actor()?, visit.language, query.into_inner());
    let slug = asked.dossier.trim().to_uppercase();
    let (mut tried, mut error) = (None, None);
    if !slug.is_empty() {
        let proposition = asked.proposition.parse::<i64>().ok();
        let done = reading::open(&visit.app, &actor, &slug, move |tx, _, found| {
            let declaration = &found.declaration;
            let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
            if kind.is_sealed() {
                return Err(Error::NotPossible("not-possible-policy-sealed"));
            }
            let answers = declaration.answers()?;
            let who = (found.declarant.regime.as_str(), found.declarant.position.as_str());
            let said = gather::Said::of(&kind, &answers, declaration, who, tx.today());
            let rules = match proposition {
                Some(id) => {
                    let policy = proposals::find(tx, id)?
                        .policy(tx)
                        .map_err(|_| Error::NotPossible("not-possible-policy-problems"))?;
                    tried_rules(tx, &policy, &said, &found.declarant, language)?
                }
                None => {
                    let version = versions::in_force(tx, tx.today())?;
                    tried_rules(tx, &version.policy, &said, &found.declarant, language)?
                }
            };
            Ok(TriedView {
                reference: declaration.reference.clone().unwrap_or_default(),
                subject: declaration.subject.clone(),
                href: format!("/d/{}", declaration.slug()),
                fired: rules.iter().filter(|rule| rule.fires).count(),
                rules,
            })
        })
        .await;
        match done {
            Ok((_, view)) => tried = Some(view),
            Err(Error::NotFound) => error = Some(visit.say("policy-try-unknown")),
            Err(Error::NotPossible(key)) => error = Some(visit.say(key)),
            Err(other) => return Err(other),
        }
    }
    let failed = error.is_some();
    let content = TryPage {
        dossier: asked.dossier,
        proposition: asked.proposition,
        tabs: tabs(&visit, "/regles/essai"),
        error,
        tried,
    };
    Page::titled(&visit, "policy-try-title").wide().with_errors(failed).render("pages/policy/try", &content)
}

/// Those that fire first.
fn tried_rules(
    tx: &mut Tx<'_>,
    policy: &Policy,
    said: &gather::Said<'_>,
    declarant: &store::Person,
    language: Language,
) -> Result<Vec<TriedRule>> {
    let facts = gather::facts(tx, said, declarant, &policy.gift_limits())?;
    let mut rules: Vec<TriedRule> = policy
        .explain(&facts)
        .into_iter()
        .map(|(rule, fires, finding)| TriedRule {
            name: match fires {
                Some(true) => RuleName::seen(&finding, language),
                _ => RuleName::of(policy, rule, language),
            },
            fires: fires == Some(true),
            verdict: say(
                language,
                match fires {
                    Some(true) => "policy-fires",
                    Some(false) => "policy-silent",
                    None => "policy-not-evaluated",
                },
                &[],
            ),
            inputs: inputs(&finding.inputs, language),
            shown: (fires == Some(true)).then(|| finding_views(&[finding], language).pop()).flatten(),
            expression: rule.text.when.clone(),
        })
        .collect();
    rules.sort_by_key(|rule| !rule.fires);
    Ok(rules)
}

/// What a rule saw, in words.
pub fn inputs(inputs: &BTreeMap<String, Value>, language: Language) -> Vec<InputView> {
    let word = |key: &str| say(language, key, &[]);
    inputs
        .iter()
        .map(|(name, value)| InputView {
            name: name.clone(),
            value: match value {
                Value::Null => word("policy-value-none"),
                Value::Bool(true) => word("field-yes"),
                Value::Bool(false) => word("field-no"),
                Value::Number(number) => number.as_i64().map_or_else(String::new, |n| limit_text(name, n, language)),
                Value::String(text) if text.is_empty() => word("policy-value-none"),
                Value::String(text) => text.clone(),
                Value::Array(items) => formats::format_number(i64::try_from(items.len()).unwrap_or(0), language),
                Value::Object(object) => object.get("name").and_then(Value::as_str).unwrap_or("…").to_owned(),
            },
        })
        .collect()
}
