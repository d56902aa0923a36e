//! Looking at declarations again: which ones does something new about a company concern, and what do the rules in force say of
//! them today? What is new comes from a file (`follow.rs`), from the calendar (`begun.rs`), from a tie between companies
//! (`tied.rs`) or from a look at the registry of lobbyists (`looked.rs`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::looked::{self, LOOK, Looks};
use super::mail::News;
use super::store::{self, New};
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::registry::store::successors_of;
use crate::companies::{self, CompanyId, groups};
use crate::contracts::{ContractId, ProcurementId};
use crate::db::schema::{companies as companies_table, declarations, persons};
use crate::declarations::answers::Answers;
use crate::declarations::renewal;
use crate::declarations::shown::not_sealed;
use crate::declarations::store::{Declaration, open_to_contract_monitor, set_attention};
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::journal::{self, Event};
use crate::people::store::Person;
use crate::policy::gather::{self, History, Said};
use crate::policy::outside::Outside;
use crate::policy::rules::{Finding, Policy, Rule};
use crate::policy::versions;
use crate::sources::store::ImportId;

/// Companies read at a time.
const CHUNK: usize = 500;

/// What is new, by NEQ.
pub(super) type ByNeq = BTreeMap<String, BTreeSet<Change>>;

/// One thing that is new about a firm.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    /// `tender`, `contract`, `amended`, `listed` or `look`; `group` and `group_tender` for a contract and bids of another company
    /// of the group.
    pub what: &'static str,
    /// Told once under this name, wherever it was seen.
    pub subject: String,
    /// The file that told it; nothing when somebody wrote it down.
    pub import: Option<ImportId>,
}

impl Change {
    pub fn contract(contract: ContractId, import: ImportId) -> Self {
        Self { what: "contract", subject: format!("contract:{contract}"), import: Some(import) }
    }

    pub fn tender(process: ProcurementId, import: ImportId) -> Self {
        Self { what: "tender", subject: format!("tender:{process}"), import: Some(import) }
    }

    pub fn listed(neq: &str, since: Option<NaiveDate>, import: ImportId) -> Self {
        let since = since.map(|day| day.to_string()).unwrap_or_default();
        Self { what: "listed", subject: format!("listed:{neq}:{since}"), import: Some(import) }
    }

    /// A look at the registry of lobbyists, by its number.
    pub fn look(check: i64) -> Self {
        Self { what: LOOK, subject: format!("{LOOK}:{check}"), import: None }
    }

    /// Companies taken for one were told apart: each has the looks of its own.
    pub fn separated(at: Instant) -> Self {
        Self { what: LOOK, subject: format!("{LOOK}:separated:{at}"), import: None }
    }

    /// The facts by which rules see it.
    fn facts(&self) -> &'static [&'static str] {
        match self.what {
            "tender" => &["open_tenders"],
            "listed" => &["ineligible"],
            "group" => &["group_active_contracts"],
            "group_tender" => &["group_open_tenders"],
            LOOK => &looked::FACTS,
            _ => &["active_contracts"],
        }
    }

    /// It is about a contract, of the company or of its group.
    fn is_contract(&self) -> bool {
        self.facts().iter().any(|fact| fact.ends_with("active_contracts"))
    }
}

/// What news of a company are for the rest of its group: its contracts and its bids. That it may not contract, and what mandates it has
/// in the registry of lobbyists, are its own affair.
pub(super) fn grouped_changes(changes: &BTreeSet<Change>) -> BTreeSet<Change> {
    let grouped = |change: &Change| {
        let what = match change.what {
            "contract" | "amended" => "group",
            "tender" => "group_tender",
            _ => return None,
        };
        Some(Change { what, subject: format!("group:{}", change.subject), import: change.import })
    };
    changes.iter().filter_map(grouped).collect()
}

/// Looks at every declaration that some changes concern, or at those filed before an instant. Gives the number of cross-checks
/// made; what is to tell of them joins the news.
pub(super) fn look_again(
    tx: &mut Tx<'_>,
    changes: &ByNeq,
    filed_before: Option<Instant>,
    news: &mut News,
) -> Result<usize> {
    let policy = versions::in_force(tx, tx.today())?;
    let mut made = 0;
    for (company, changes) in by_company(tx, changes)? {
        let standing = companies::store::standing_for(tx, company)?;
        made += look_at(tx, &policy.policy, company, &standing, &changes, filed_before, news)?;
    }
    Ok(made)
}

/// The same for the declarations about `named`, some of the companies that `company` stands for.
pub(super) fn look_at(
    tx: &mut Tx<'_>,
    policy: &Policy,
    company: CompanyId,
    named: &[CompanyId],
    changes: &BTreeSet<Change>,
    filed_before: Option<Instant>,
    news: &mut News,
) -> Result<usize> {
    let concerned = if changes.is_empty() { Vec::new() } else { concerned(tx, named, filed_before)? };
    if concerned.is_empty() {
        return Ok(0);
    }
    let outside = Outside::read(tx, company)?;
    let facts: BTreeSet<&str> = changes.iter().flat_map(Change::facts).copied().collect();
    let facts: Vec<&str> = facts.into_iter().collect();
    let mut made = 0;
    for (declaration, declarant) in concerned {
        let rules = policy.naming(&declaration.kind, &facts);
        if rules.is_empty() {
            continue;
        }
        let findings = findings(tx, policy, &rules, &declaration, &declarant, &outside)?;
        let told = tell(tx, company, &declaration, &rules, &findings, changes)?;
        if told.crosschecks > 0 {
            news.add(tx, &declaration, told.contract_monitor)?;
        }
        made += told.crosschecks;
    }
    Ok(made)
}

/// What was told of one declaration.
struct Told {
    crosschecks: usize,
    /// A rule asks that the contract monitor learn of it.
    contract_monitor: bool,
}

/// Keeps what is new about one declaration with its file, and lifts what a look at the registry of lobbyists answers.
fn tell(
    tx: &mut Tx<'_>,
    company: CompanyId,
    declaration: &Declaration,
    rules: &[&Rule],
    findings: &[Finding],
    changes: &BTreeSet<Change>,
) -> Result<Told> {
    let known = declaration.findings()?;
    let look = changes.iter().rev().find(|change| change.what == LOOK);
    let looks = match look {
        Some(_) => Looks::of(tx, declaration)?,
        None => Looks::default(),
    };
    // Of what is new at once, the last thing that each rule sees is told.
    let all = findings.iter().filter_map(|finding| Some((finding, last(finding, changes)?)));
    let news: Vec<(&Finding, &Change)> =
        all.filter(|(finding, change)| is_news(declaration, &known, &looks, finding, change)).collect();
    let attention = match look {
        Some(look) => looked::settle(tx, company, declaration, &looks, rules, findings, look)?,
        None => declaration.attention,
    };
    let mut told = Told { crosschecks: 0, contract_monitor: false };
    for (finding, Change { what, subject, import }) in news {
        let new = New { declaration: declaration.id, company, import: *import, what, subject, finding };
        let Some(id) = store::insert(tx, &new)? else { continue };
        if finding.tell_contract_monitor {
            open_to_contract_monitor(tx, declaration.id)?;
        }
        if *what == LOOK {
            set_attention(tx, declaration.id, attention)?;
        }
        let event = Event::CrossChecked { crosscheck: id, rule: finding.rule.clone(), what: (*what).to_owned() };
        journal::record(tx, None, Some(declaration.id), &event)?;
        told.contract_monitor |= finding.tell_contract_monitor;
        told.crosschecks += 1;
    }
    Ok(told)
}

/// One more contract changes nothing to a gift or an exchange of which the same was said when it was filed. An interest
/// lasts: each contract asks whether what was decided still holds. A look that says again what is known asks nothing more.
fn is_news(declaration: &Declaration, known: &[Finding], looks: &Looks, finding: &Finding, change: &Change) -> bool {
    if change.what == LOOK {
        return !looks.is_open(declaration.id, known, &finding.rule);
    }
    declaration.kind == renewal::KIND || !change.is_contract() || known.iter().all(|one| one.rule != finding.rule)
}

/// The last change that a finding was made of.
fn last<'c>(finding: &Finding, changes: &'c BTreeSet<Change>) -> Option<&'c Change> {
    let seen = |change: &&Change| change.facts().iter().any(|fact| finding.inputs.contains_key(*fact));
    changes.iter().rev().find(seen)
}

/// Changes by the company of the ministry that they are about: its own NEQ, that of a duplicate, or that of an enterprise
/// merged into it.
fn by_company(tx: &mut Tx<'_>, changes: &ByNeq) -> Result<BTreeMap<CompanyId, BTreeSet<Change>>> {
    let mut all: BTreeMap<CompanyId, BTreeSet<Change>> = BTreeMap::new();
    let neqs: Vec<&String> = changes.keys().collect();
    for some in neqs.chunks(CHUNK) {
        let some: Vec<String> = some.iter().map(|neq| (*neq).clone()).collect();
        // An enterprise stands for itself and for what it was merged into.
        let mut stands: Vec<(String, String)> = some.iter().map(|neq| (neq.clone(), neq.clone())).collect();
        stands.extend(successors_of(tx, &some)?);
        let wanted: Vec<&String> = stands.iter().map(|(_, into)| into).collect();
        let found: Vec<(CompanyId, Option<String>)> = companies_table::table
            .filter(companies_table::neq.eq_any(wanted))
            .select((companies_table::id, companies_table::neq))
            .load(tx.conn)?;
        for (company, neq) in found {
            let kept = companies::store::kept(tx, company)?;
            for (of, _) in stands.iter().filter(|(_, into)| Some(into) == neq.as_ref()) {
                all.entry(kept).or_default().extend(changes.get(of).into_iter().flatten().cloned());
            }
        }
    }
    // News of a contract are news for the rest of the group.
    let mut of_groups: BTreeMap<CompanyId, BTreeSet<Change>> = BTreeMap::new();
    for (company, changes) in &all {
        let told = grouped_changes(changes);
        if told.is_empty() {
            continue;
        }
        for sister in groups::others(tx, *company)? {
            of_groups.entry(sister).or_default().extend(told.iter().cloned());
        }
    }
    for (company, changes) in of_groups {
        all.entry(company).or_default().extend(changes);
    }
    Ok(all)
}

/// The declarations that news of a company concern: those that somebody still follows, and the interests that last.
fn concerned(
    tx: &mut Tx<'_>,
    companies: &[CompanyId],
    filed_before: Option<Instant>,
) -> Result<Vec<(Declaration, Person)>> {
    let followed: Vec<&str> = State::ALL
        .into_iter()
        .filter(|state| state.is_pending() || matches!(state, State::Decided | State::Monitoring))
        .map(State::as_str)
        .collect();
    let rows: Vec<(Declaration, Person)> = declarations::table
        .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
        .filter(declarations::company_id.eq_any(companies))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.eq_any(followed).or(declarations::kind.eq(renewal::KIND)))
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(not_sealed())
        .order(declarations::id.asc())
        .select((Declaration::as_select(), Person::as_select()))
        .load(tx.conn)?;
    let mut concerned = Vec::new();
    for (declaration, declarant) in rows {
        if filed_before.is_some_and(|before| declaration.first_filed_at.is_some_and(|at| at >= before)) {
            continue;
        }
        let is_interest = declaration.kind == renewal::KIND;
        let over =
            is_interest && (renewal::is_over(&declaration.answers()?) || renewal::is_renewed(tx, declaration.id)?);
        if !over {
            concerned.push((declaration, declarant));
        }
    }
    Ok(concerned)
}

/// What some rules say of a declaration today. Other declarations are read only when one of them asks.
fn findings(
    tx: &mut Tx<'_>,
    policy: &Policy,
    rules: &[&Rule],
    declaration: &Declaration,
    declarant: &Person,
    outside: &Outside,
) -> Result<Vec<Finding>> {
    let today = tx.today();
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let answers: Answers = declaration.answers()?;
    let who = (declarant.regime.as_str(), declarant.position.as_str());
    let said = Said::of(&kind, &answers, declaration, who, today);
    let outside = outside.on(today, today, tx.now());
    let history = if rules.iter().any(|rule| gather::AROUND.iter().any(|fact| rule.names(fact))) {
        gather::history_with(tx, declarant, declaration, &policy.gift_limits(), outside)?
    } else {
        History { outside, ..History::default() }
    };
    Ok(policy.evaluate_among(rules, &said.facts(history)))
}
