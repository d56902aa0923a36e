//! After a file from outside: which declarations does what it changed concern, and what do the rules in force say of them
//! today?

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::store::{self, New};
use crate::app::{App, Tx};
use crate::companies::registry::store::successors_of;
use crate::companies::{self, CompanyId, groups, lists};
use crate::contracts::store as contracts;
use crate::db::conn::alone;
use crate::db::schema::{companies as companies_table, declarations, persons};
use crate::declarations::answers::Answers;
use crate::declarations::shown::not_sealed;
use crate::declarations::store::{Declaration, open_to_contract_monitor};
use crate::declarations::workflow::State;
use crate::declarations::{mail, renewal};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::people::store::Person;
use crate::policy::gather::{self, History, Said};
use crate::policy::outside::Outside;
use crate::policy::rules::{Finding, Policy, Rule};
use crate::policy::versions;
use crate::sources::Source;
use crate::sources::store::ImportId;

/// Number of this job among those that one process does at a time (`db::conn::alone`).
const JOB: i64 = 3;
/// Changes and companies read at a time.
const CHUNK: usize = 500;

/// One thing that a file changed about a firm.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    /// `tender`, `contract`, `amended`, `listed`, or `group` for a contract of another company of the group.
    what: &'static str,
    /// Told once under this name.
    subject: String,
}

impl Change {
    /// The fact by which rules see it.
    fn fact(&self) -> &'static str {
        match self.what {
            "tender" => "open_tenders",
            "listed" => "ineligible",
            "group" => "group_active_contracts",
            _ => "active_contracts",
        }
    }
}

/// Looks at declarations again with the next import that they were not looked at with. Gives the number of cross-checks
/// made, or nothing when no import waits.
pub fn follow(tx: &mut Tx<'_>) -> Result<Option<usize>> {
    if !alone(tx.conn, JOB)? {
        return Ok(None);
    }
    let Some((import, source)) = store::next_import(tx)? else { return Ok(None) };
    let changes = match source {
        Source::Contracts | Source::SmallContracts => of_contracts(tx, import)?,
        Source::Rena => of_list(tx, import)?,
        // A company struck off is seen when it is declared; nothing about it waits for somebody.
        Source::Registry | Source::Rea => BTreeMap::new(),
    };
    let made = look_again(tx, import, &changes)?;
    store::set_done(tx, import)?;
    Ok(Some(made))
}

/// The same for every import that waits, each in its own transaction. Gives the number of cross-checks made.
pub fn follow_all(app: &App) -> Result<usize> {
    let mut made = 0;
    while let Some(more) = app.write_here(follow)? {
        made += more;
    }
    Ok(made)
}

/// What an import of contracts changed, by NEQ.
fn of_contracts(tx: &mut Tx<'_>, import: ImportId) -> Result<BTreeMap<String, BTreeSet<Change>>> {
    let mut all: BTreeMap<String, BTreeSet<Change>> = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = contracts::changes(tx, import, after, i64::try_from(CHUNK).unwrap_or(i64::MAX))?;
        let Some(last) = page.last() else { return Ok(all) };
        after = last.id;
        for changed in page {
            let contract = changed.contract_id.unwrap_or_default();
            let change = match changed.what.as_str() {
                "tender" => {
                    Change { what: "tender", subject: format!("tender:{}", changed.procurement_id.unwrap_or_default()) }
                }
                "contract" => Change { what: "contract", subject: format!("contract:{contract}") },
                // Each amendment is news of its own.
                "amended" => Change { what: "amended", subject: format!("amended:{contract}:{import}") },
                _ => continue,
            };
            if let Some(neq) = changed.neq {
                all.entry(neq).or_default().insert(change);
            }
        }
    }
}

/// The firms of the list in force, by NEQ; those told before are not told again.
fn of_list(tx: &mut Tx<'_>, import: ImportId) -> Result<BTreeMap<String, BTreeSet<Change>>> {
    let today = tx.today();
    let mut all: BTreeMap<String, BTreeSet<Change>> = BTreeMap::new();
    for entry in lists::of_import(tx, import)?.into_iter().filter(|entry| entry.holds_on(today)) {
        let Some(neq) = entry.neq else { continue };
        let since = entry.starts_on.map(|day| day.to_string()).unwrap_or_default();
        let change = Change { what: "listed", subject: format!("listed:{neq}:{since}") };
        all.entry(neq).or_default().insert(change);
    }
    Ok(all)
}

fn look_again(tx: &mut Tx<'_>, import: ImportId, changes: &BTreeMap<String, BTreeSet<Change>>) -> Result<usize> {
    let policy = versions::in_force(tx, tx.today())?;
    let mut made = 0;
    for (company, changes) in by_company(tx, changes)? {
        let standing = companies::store::standing_for(tx, company)?;
        let concerned = concerned(tx, &standing)?;
        if concerned.is_empty() {
            continue;
        }
        let outside = Outside::read(tx, company)?;
        let facts: Vec<&str> = changes.iter().map(Change::fact).collect::<BTreeSet<&str>>().into_iter().collect();
        for (declaration, declarant) in concerned {
            let rules = policy.policy.naming(&declaration.kind, &facts);
            if rules.is_empty() {
                continue;
            }
            let findings = findings(tx, &policy.policy, &rules, &declaration, &declarant, &outside)?;
            let known = declaration.findings()?;
            let (mut news, mut tell_contract_monitor) = (0, false);
            // Of what one file changes, the last thing that each rule sees is told.
            for (finding, change) in findings.iter().filter_map(|finding| Some((finding, last(finding, &changes)?))) {
                if !is_news(&declaration, &known, finding, change) {
                    continue;
                }
                let (what, subject) = (change.what, change.subject.as_str());
                let new = New { declaration: declaration.id, company, import, what, subject, finding };
                let Some(id) = store::insert(tx, &new)? else { continue };
                let event = Event::CrossChecked { crosscheck: id, rule: finding.rule.clone(), what: what.to_owned() };
                journal::record(tx, None, Some(declaration.id), &event)?;
                tell_contract_monitor |= finding.tell_contract_monitor;
                news += 1;
            }
            // One letter for all that a file brings about a declaration.
            if news > 0 {
                if tell_contract_monitor {
                    open_to_contract_monitor(tx, declaration.id)?;
                }
                mail::rescored(tx, &declaration, tell_contract_monitor)?;
                made += news;
            }
        }
    }
    Ok(made)
}

/// One more contract changes nothing to a gift or an exchange of which the same was said when it was filed. An interest
/// lasts: each contract asks whether what was decided still holds.
fn is_news(declaration: &Declaration, known: &[Finding], finding: &Finding, change: &Change) -> bool {
    declaration.kind == renewal::KIND
        || change.fact() != "active_contracts"
        || known.iter().all(|one| one.rule != finding.rule)
}

/// The last change that a finding was made of.
fn last<'c>(finding: &Finding, changes: &'c BTreeSet<Change>) -> Option<&'c Change> {
    changes.iter().rev().find(|change| finding.inputs.contains_key(change.fact()))
}

/// Changes by the company of the ministry that they are about: its own NEQ, that of a duplicate, or that of an enterprise
/// merged into it.
fn by_company(
    tx: &mut Tx<'_>,
    changes: &BTreeMap<String, BTreeSet<Change>>,
) -> Result<BTreeMap<CompanyId, BTreeSet<Change>>> {
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
        let signed = changes.iter().filter(|change| change.fact() == "active_contracts");
        let told: BTreeSet<Change> =
            signed.map(|change| Change { what: "group", subject: format!("group:{}", change.subject) }).collect();
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
fn concerned(tx: &mut Tx<'_>, companies: &[CompanyId]) -> Result<Vec<(Declaration, Person)>> {
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
    let outside = outside.on(today);
    let history = if rules.iter().any(|rule| gather::AROUND.iter().any(|fact| rule.names(fact))) {
        gather::history_with(tx, declarant, declaration, &policy.gift_limits(), outside)?
    } else {
        History { outside, ..History::default() }
    };
    Ok(policy.evaluate_among(rules, &said.facts(history)))
}
