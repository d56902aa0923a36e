//! A policy over the past: which declarations of the last years it would have looked at otherwise than another policy
//! does. Each is looked at as on the day it was filed, with what had been declared by then.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::gather::{self, GIFT, History, Renews, Said};
use super::gifts::{self, Gift};
use super::outside::Outside;
use super::rules::{Finding, Policy};
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::{Instant, local_date, start_of_day};
use crate::companies::groups::Groups;
use crate::db::schema::{barred, companies, declarations, persons, units};
use crate::declarations::answers::Answers;
use crate::declarations::renewal;
use crate::declarations::shown::not_sealed;
use crate::declarations::store::Declaration;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::people::PersonId;

/// Declarations read at a time.
const CHUNK: i64 = 1_000;

/// Examples given.
pub const MOST_EXAMPLES: usize = 20;

/// What changes when a policy takes the place of another.
#[derive(Debug, Default)]
pub struct Replay {
    pub looked_at: usize,
    /// Whose findings would be others.
    pub changed: usize,
    /// Sent to the ethics officer, who was not asked before; and the contrary.
    pub newly_referred: usize,
    pub no_longer_referred: usize,
    pub more_severe: usize,
    pub less_severe: usize,
    /// Names of the units, and how many of their declarations change, the most first.
    pub by_unit: Vec<(String, usize)>,
    /// Rules by id: how often each fires before and after, when that changes.
    pub by_rule: BTreeMap<String, (usize, usize)>,
    /// The last ones that change.
    pub examples: Vec<Example>,
}

/// A declaration that would be looked at otherwise.
#[derive(Debug)]
pub struct Example {
    pub slug: String,
    pub subject: String,
    pub filed_on: NaiveDate,
    /// What would be found, and what would no longer.
    pub gained: Vec<Finding>,
    pub lost: Vec<Finding>,
    pub referred: Option<bool>,
}

/// A gift of the past: when it was filed, by which its place among the others is known.
struct PastGift {
    id: i64,
    /// The company that gave, which may be another one of the group.
    company: i64,
    filed_at: Instant,
    gift: Gift,
}

/// An interest of the past.
struct PastInterest {
    filed_at: Instant,
    over: bool,
}

/// Everything that was known around declarations.
struct Past {
    /// The company that each company stands for.
    roots: HashMap<i64, i64>,
    /// The head of the group of each company that is in one.
    groups: Groups,
    /// By head.
    gifts: HashMap<i64, Vec<PastGift>>,
    /// By person, then by company, in the order in which they were declared.
    interests: HashMap<PersonId, HashMap<i64, Vec<PastInterest>>>,
    /// When each declaration of interests was decided, and at which step.
    rulings: HashMap<i64, (Option<Instant>, Option<String>)>,
    /// What the outside says of the companies met so far, as known today: files from outside replace what they said. Looks at the
    /// registry of lobbyists stay, with the instant at which each was written down.
    outside: HashMap<i64, Outside>,
}

/// Looks again, with two policies, at what was filed since a day; never at what the reader is barred from.
pub fn run(tx: &mut Tx<'_>, actor: &Actor, before: &Policy, after: &Policy, since: NaiveDate) -> Result<Replay> {
    let zone = tx.zone();
    let mut past = Past::read(tx)?;
    let from = start_of_day(since, zone);
    let mut replay = Replay::default();
    let mut units_changed: BTreeMap<String, usize> = BTreeMap::new();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut last = 0;
    loop {
        let rows: Vec<(Declaration, String, String, String)> = declarations::table
            .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
            .inner_join(units::table.on(declarations::unit_id.eq(units::id)))
            .filter(declarations::id.gt(last))
            .filter(declarations::first_filed_at.ge(from))
            .filter(not_sealed())
            .filter(diesel::dsl::not(diesel::dsl::exists(
                barred::table
                    .filter(barred::declaration_id.eq(declarations::id))
                    .filter(barred::person_id.eq(actor.person)),
            )))
            .order(declarations::id.asc())
            .limit(CHUNK)
            .select((Declaration::as_select(), persons::regime, persons::position, units::name))
            .load(tx.conn)?;
        let Some((newest, ..)) = rows.last() else { break };
        last = newest.id;
        for (declaration, regime, position, unit) in &rows {
            let Some(filed_at) = declaration.first_filed_at else { continue };
            let today = local_date(filed_at, zone);
            let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
            let answers: Answers = declaration.answers()?;
            let said = Said::of(&kind, &answers, declaration, (regime, position), today);
            past.look_outside(tx, declaration)?;
            let found = |policy: &Policy| policy.evaluate(&said.facts(past.around(&said, filed_at, today, policy)));
            let (old, new) = (found(before), found(after));
            replay.looked_at += 1;
            for (findings, is_new) in [(&old, false), (&new, true)] {
                for finding in findings {
                    let count = counts.entry(finding.rule.clone()).or_default();
                    if is_new { count.1 += 1 } else { count.0 += 1 }
                }
            }
            if compare(&mut replay, declaration, today, &old, &new) {
                *units_changed.entry(unit.clone()).or_default() += 1;
            }
        }
    }
    replay.by_unit = units_changed.into_iter().collect();
    replay.by_unit.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    replay.by_rule = counts.into_iter().filter(|(_, (old, new))| old != new).collect();
    replay.examples.reverse();
    Ok(replay)
}

/// Counts what changes for one declaration; false when nothing does.
fn compare(replay: &mut Replay, declaration: &Declaration, on: NaiveDate, old: &[Finding], new: &[Finding]) -> bool {
    let rules = |findings: &[Finding]| -> BTreeSet<String> { findings.iter().map(|one| one.rule.clone()).collect() };
    let refers = |findings: &[Finding]| findings.iter().any(|one| one.refer);
    let worst = |findings: &[Finding]| findings.iter().map(|one| one.severity.rank()).max().unwrap_or(0);
    let (rules_before, rules_after) = (rules(old), rules(new));
    let (was, is) = (refers(old), refers(new));
    let (severe_before, severe_after) = (worst(old), worst(new));
    if rules_before == rules_after && was == is && severe_before == severe_after {
        return false;
    }
    replay.changed += 1;
    replay.newly_referred += usize::from(is && !was);
    replay.no_longer_referred += usize::from(was && !is);
    replay.more_severe += usize::from(severe_after > severe_before);
    replay.less_severe += usize::from(severe_after < severe_before);
    if replay.examples.len() == MOST_EXAMPLES {
        replay.examples.remove(0);
    }
    let apart = |findings: &[Finding], known: &BTreeSet<String>| -> Vec<Finding> {
        findings.iter().filter(|one| !known.contains(&one.rule)).cloned().collect()
    };
    replay.examples.push(Example {
        slug: declaration.slug().to_owned(),
        subject: declaration.subject.clone(),
        filed_on: on,
        gained: apart(new, &rules_before),
        lost: apart(old, &rules_after),
        referred: (was != is).then_some(is),
    });
    true
}

impl Past {
    fn read(tx: &mut Tx<'_>) -> Result<Self> {
        type Row = (i64, i64, Option<NaiveDate>, Option<Instant>, Option<i64>, PersonId, i64);
        let merged: Vec<(i64, Option<i64>)> = companies::table
            .filter(companies::merged_into.is_not_null())
            .select((companies::id, companies::merged_into))
            .load(tx.conn)?;
        let roots: HashMap<i64, i64> = merged.into_iter().filter_map(|(id, into)| Some((id, into?))).collect();
        let root = |company: i64| roots.get(&company).copied().unwrap_or(company);
        let groups = Groups::read(tx)?;
        let rows: Vec<Row> = declarations::table
            .filter(declarations::kind.eq(GIFT))
            .filter(declarations::company_id.is_not_null())
            .filter(declarations::first_filed_at.is_not_null())
            .filter(declarations::state.ne(State::Withdrawn.as_str()))
            .select((
                declarations::id,
                declarations::company_id.assume_not_null(),
                declarations::occurred_on,
                declarations::first_filed_at,
                declarations::value_cents,
                declarations::declarant_id,
                declarations::unit_id,
            ))
            .load(tx.conn)?;
        let mut gifts: HashMap<i64, Vec<PastGift>> = HashMap::new();
        for (id, company, on, filed_at, cents, person, unit) in rows {
            let (Some(on), Some(filed_at)) = (on, filed_at) else { continue };
            let company = root(company);
            gifts.entry(groups.head(company)).or_default().push(PastGift {
                id,
                company,
                filed_at,
                gift: Gift { on, cents, person, unit, of_group: false },
            });
        }
        for of_company in gifts.values_mut() {
            of_company.sort_by_key(|past| past.gift.on);
        }
        type Interest = (i64, PersonId, Option<i64>, Option<Instant>, String, Option<Instant>, Option<String>);
        let rows: Vec<Interest> = declarations::table
            .filter(declarations::kind.eq(renewal::KIND))
            .filter(declarations::first_filed_at.is_not_null())
            .filter(declarations::state.ne(State::Withdrawn.as_str()))
            .order(declarations::id.asc())
            .select((
                declarations::id,
                declarations::declarant_id,
                declarations::company_id,
                declarations::first_filed_at,
                declarations::answers,
                declarations::decided_at,
                declarations::decided_step,
            ))
            .load(tx.conn)?;
        let mut interests: HashMap<PersonId, HashMap<i64, Vec<PastInterest>>> = HashMap::new();
        let mut rulings = HashMap::new();
        for (id, person, company, filed_at, answers, decided_at, step) in rows {
            rulings.insert(id, (decided_at, step));
            let (Some(filed_at), Some(company)) = (filed_at, company) else { continue };
            let over = renewal::is_over(&serde_json::from_str(&answers)?);
            let of_company = interests.entry(person).or_default().entry(root(company)).or_default();
            of_company.push(PastInterest { filed_at, over });
        }
        Ok(Self { roots, groups, gifts, interests, rulings, outside: HashMap::new() })
    }

    /// Reads what the outside says of the company of a declaration, unless it was read for another one.
    fn look_outside(&mut self, tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
        let Some(company) = declaration.company_id.map(|company| self.root(company)) else { return Ok(()) };
        if let Entry::Vacant(place) = self.outside.entry(company) {
            place.insert(Outside::read(tx, company)?);
        }
        Ok(())
    }

    fn root(&self, company: i64) -> i64 {
        self.roots.get(&company).copied().unwrap_or(company)
    }

    /// What was known around a declaration when it was filed.
    fn around(&self, said: &Said<'_>, filed_at: Instant, today: NaiveDate, policy: &Policy) -> History {
        let declaration = said.declaration;
        if said.is_nil() {
            let open_interests = self.open_interests(declaration.declarant_id, filed_at);
            return History { open_interests, ..History::default() };
        }
        let mut history = History { renews: self.renews(declaration, filed_at), ..History::default() };
        let Some(company) = declaration.company_id.map(|company| self.root(company)) else { return history };
        if let Some(outside) = self.outside.get(&company) {
            history.outside = outside.on(gather::day_outside(declaration, today), today, filed_at);
        }
        if let (GIFT, Some(on)) = (declaration.kind.as_str(), declaration.occurred_on) {
            let head = self.groups.head(company);
            let of_company = self.gifts.get(&head).map_or(&[][..], Vec::as_slice);
            let (first, last) = gifts::reach(on);
            let begins = of_company.partition_point(|past| past.gift.on < first);
            let others: Vec<Gift> = of_company
                .iter()
                .skip(begins)
                .take_while(|past| past.gift.on <= last)
                .filter(|past| past.id != declaration.id && past.filed_at <= filed_at)
                .map(|past| Gift { of_group: past.company != company, ..past.gift })
                .collect();
            let (cents, person) = (declaration.value_cents, declaration.declarant_id);
            let gift = Gift { on, cents, person, unit: declaration.unit_id, of_group: false };
            history.gifts = gifts::totals(&gift, &others, &policy.gift_limits());
        }
        if declaration.kind != renewal::KIND {
            let declared = self.interests.get(&declaration.declarant_id).and_then(|all| all.get(&company));
            history.declared_interest = declared.is_some_and(|all| is_open(all, filed_at));
        }
        history
    }

    /// What had come of the declaration of interests that this one takes up.
    fn renews(&self, declaration: &Declaration, at: Instant) -> Renews {
        let earlier = declaration.origin_id.filter(|_| declaration.kind == renewal::KIND);
        let Some((decided_at, step)) = earlier.and_then(|earlier| self.rulings.get(&earlier)) else {
            return Renews::Nothing;
        };
        Renews::of(decided_at.is_some_and(|decided_at| decided_at <= at), step.as_deref())
    }

    /// In how many companies a person had an interest that was not over.
    fn open_interests(&self, person: PersonId, at: Instant) -> i64 {
        let companies = self.interests.get(&person).into_iter().flat_map(HashMap::values);
        i64::try_from(companies.filter(|all| is_open(all, at)).count()).unwrap_or(i64::MAX)
    }
}

/// What was last said of an interest, at an instant, is not that it is over.
fn is_open(declared: &[PastInterest], at: Instant) -> bool {
    declared.iter().rev().find(|one| one.filed_at <= at).is_some_and(|one| !one.over)
}
