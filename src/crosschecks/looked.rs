//! After somebody looked a company up in the registry of lobbyists, and as that look grows old: what the rules ask of the files that
//! were there before is told once, and lifted once a look answers it.
//!
//! What rules found at filing stays in the file as it was; a row of the cross-checks, answered as it is written, says that it does
//! not hold any more.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;

use super::Answer;
use super::look::{Change, look_at};
use super::mail::News;
use super::store::{self, Crosscheck, New};
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::{self, CompanyId, lobby};
use crate::db::conn::{Job, alone};
use crate::declarations::store::{Declaration, set_attention};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::policy::rules::{Finding, Rule};
use crate::policy::versions;

/// What is new, in rows and in the journal.
pub const LOOK: &str = "look";
/// The facts by which rules see the last look.
pub(super) const FACTS: [&str; 3] = ["lobby_look", "lobby_look_on", "lobby_look_days"];
/// Looks this many days old, or less, are followed as they grow old: no rule waits longer before asking for another one.
const REACH: i64 = 366;

/// After somebody looked a company up: the files about it and its duplicates. A mandate is that of one enterprise: the rest of its
/// group learns nothing. Gives the number of cross-checks made.
pub fn followed(tx: &mut Tx<'_>, company: CompanyId) -> Result<usize> {
    let mut news = News::default();
    let made = follow(tx, company, &mut news)?;
    news.tell(tx)?;
    Ok(made)
}

fn follow(tx: &mut Tx<'_>, company: CompanyId, news: &mut News) -> Result<usize> {
    let standing = companies::store::standing_for(tx, company)?;
    let Some(last) = last_look(tx, &standing)? else { return Ok(0) };
    let policy = versions::in_force(tx, tx.today())?;
    look_at(tx, &policy.policy, company, &standing, &BTreeSet::from([last]), None, news)
}

/// Each day, the same for every company looked up in the last year: what a look says changes with its age. What was told is known, so
/// a service that was down misses nothing.
pub fn aged(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::CrossChecks)? {
        return Ok(0);
    }
    let since = tx.today() - TimeDelta::days(REACH);
    let mut looked_up = BTreeSet::new();
    for company in lobby::looked_up_since(tx, since)? {
        looked_up.insert(companies::store::kept(tx, company)?);
    }
    let (mut made, mut news) = (0, News::default());
    for company in looked_up {
        made += follow(tx, company, &mut news)?;
    }
    news.tell(tx)?;
    Ok(made)
}

/// The look that rules see: the last one, of some companies that are one.
pub(super) fn last_look(tx: &mut Tx<'_>, companies: &[CompanyId]) -> Result<Option<Change>> {
    Ok(lobby::last(tx, companies)?.map(|check| Change::look(check.id)))
}

/// The rule of a finding saw a look, or that there was none.
pub fn is_seen_by(finding: &Finding) -> bool {
    FACTS.iter().any(|fact| finding.inputs.contains_key(*fact))
}

/// What looks said of the rules about some files, the last for each file and rule.
#[derive(Debug, Default)]
pub struct Looks {
    last: HashMap<(i64, String), Crosscheck>,
    /// When the version on file of each was filed: what was lifted before was looked at again with it.
    filed: HashMap<i64, Option<Instant>>,
}

impl Looks {
    pub fn of(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Self> {
        Self::of_files(tx, HashMap::from([(declaration.id, declaration.filed_at)]))
    }

    /// Of some files, each with the time at which it was filed.
    pub fn of_files(tx: &mut Tx<'_>, filed: HashMap<i64, Option<Instant>>) -> Result<Self> {
        let ids: Vec<i64> = filed.keys().copied().collect();
        // Oldest first: the last one stays.
        let last = store::of_looks(tx, &ids)?.into_iter().map(|one| ((one.declaration_id, one.rule.clone()), one));
        Ok(Self { last: last.collect(), filed })
    }

    fn last(&self, declaration: i64, rule: &str) -> Option<&Crosscheck> {
        self.last.get(&(declaration, rule.to_owned()))
    }

    /// A look answered what a rule found in a file, and nothing found it again.
    pub fn is_lifted(&self, declaration: i64, rule: &str) -> bool {
        let filed = self.filed.get(&declaration).copied().flatten();
        let lifts = |one: &Crosscheck| one.is_lifted() && one.answered_at >= filed;
        self.last(declaration, rule).is_some_and(lifts)
    }

    /// What looks raised about a file since it was filed, and that nobody said to be of no effect.
    pub fn raised(&self, declaration: i64) -> impl Iterator<Item = &Crosscheck> {
        let stands = |one: &&Crosscheck| !one.is_lifted() && one.answer.as_deref() != Some(Answer::NoEffect.as_str());
        self.last.values().filter(move |one| one.declaration_id == declaration).filter(stands)
    }

    /// What a rule asks of a file is told, and holds: at filing, or after a look since.
    pub(super) fn is_open(&self, declaration: i64, known: &[Finding], rule: &str) -> bool {
        match self.last(declaration, rule) {
            Some(one) if !one.is_lifted() => true,
            _ => !self.is_lifted(declaration, rule) && known.iter().any(|finding| finding.rule == rule),
        }
    }
}

/// Lifts what the last look answers about a file: `findings` is what some rules say of it today. Gives the highest severity of what was
/// found at filing and still holds, and of what the look raises.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    company: CompanyId,
    declaration: &Declaration,
    looks: &Looks,
    rules: &[&Rule],
    findings: &[Finding],
    look: &Change,
) -> Result<i16> {
    let known = declaration.findings()?;
    let seen = |rule: &str| rules.iter().any(|one| one.text.id == rule && FACTS.iter().any(|fact| one.names(fact)));
    let holds = |rule: &str| findings.iter().any(|finding| finding.rule == rule);
    let still = |finding: &&Finding| match seen(&finding.rule) {
        true => holds(&finding.rule),
        false => !looks.is_lifted(declaration.id, &finding.rule),
    };
    // What the same look raises counts beside what it answers.
    let raised = findings.iter().filter(|finding| seen(&finding.rule));
    let attention = known.iter().filter(still).chain(raised).map(|one| one.severity.rank()).max().unwrap_or(0);
    for rule in rules.iter().map(|rule| rule.text.id.as_str()).filter(|rule| seen(rule) && !holds(rule)) {
        if looks.is_open(declaration.id, &known, rule) {
            let Some(id) = lift(tx, company, declaration.id, looks, &known, rule, look)? else { continue };
            set_attention(tx, declaration.id, attention)?;
            let event = Event::CrossCheckLifted { crosscheck: id, rule: rule.to_owned() };
            journal::record(tx, None, Some(declaration.id), &event)?;
        }
    }
    Ok(attention)
}

/// What waits for an answer has it; what was found at filing, or answered by somebody, is said not to hold any more. Gives the row that
/// says so.
fn lift(
    tx: &mut Tx<'_>,
    company: CompanyId,
    declaration: i64,
    looks: &Looks,
    known: &[Finding],
    rule: &str,
    look: &Change,
) -> Result<Option<i64>> {
    let told = looks.last(declaration, rule).filter(|one| !one.is_lifted());
    let id = match told.filter(|one| one.answer.is_none()) {
        Some(waiting) => Some(waiting.id),
        None => {
            let found = match told {
                Some(answered) => Some(answered.finding()?),
                None => known.iter().find(|finding| finding.rule == rule).cloned(),
            };
            let Some(finding) = &found else { return Ok(None) };
            let subject = format!("lifted:{}", look.subject);
            store::insert(tx, &New { declaration, company, import: None, what: LOOK, subject: &subject, finding })?
        }
    };
    if let Some(id) = id {
        store::lift(tx, id)?;
    }
    Ok(id)
}
