//! What the register knows of a person and the companies of a sheet. Three kinds are read, and none that is sealed: advice,
//! voluntary declarations and concerns are never used. Drafts are their declarant's: none is read here either.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::companies::Concerned;
use super::rules::{Facts, Gift, Limits, Tie, before};
use crate::app::Tx;
use crate::clock::{Instant, local_date};
use crate::companies::CompanyId;
use crate::db::conn::each_engine;
use crate::db::schema::{declarations, measures, showcase_drafts};
use crate::declarations::answers::Answers;
use crate::declarations::renewal;
use crate::declarations::shown::not_sealed;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::measures::workflow;
use crate::people::PersonId;
use crate::policy::gather::GIFT;
use crate::policy::versions;

diesel::alias!(declarations as later: Later);

/// Where the gift form says that it was declined: declared, and not accepted.
const DECLINED: &str = "offered";

/// What was found, and the declarations that were read for it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub facts: Facts,
    pub read: BTreeSet<i64>,
}

/// The settings, and the amounts of the policy in force today.
pub fn limits(tx: &mut Tx<'_>) -> Result<Limits> {
    let today = tx.today();
    let policy = versions::in_force(tx, today)?;
    let settings = &tx.book.config.clearance;
    let amount = |name: &str| policy.policy.file.limits.get(name).copied();
    Ok(Limits {
        interests_months: settings.interests_months,
        past_ties_months: settings.past_ties_months,
        gift_months: settings.gift_months,
        gift_cents: amount(&settings.gift_limit),
        gift_total_cents: amount(&settings.gift_total_limit),
    })
}

/// Reads around a person.
pub fn of(tx: &mut Tx<'_>, person: PersonId, concerned: &Concerned, limits: &Limits) -> Result<Known> {
    let ids: Vec<CompanyId> = concerned.standing.keys().copied().collect();
    let ties = ties(tx, person, &ids)?;
    let withdrawals = withdrawals(tx, person, &ids)?;
    let gifts = gifts(tx, person, concerned, &ids, limits)?;
    let interests = last_interests(tx, person)?;
    let read = ties
        .iter()
        .map(|tie| tie.declaration)
        .chain(withdrawals.iter().copied())
        .chain(gifts.iter().map(|gift| gift.declaration))
        .chain(interests.map(|(declaration, _)| declaration))
        .collect();
    let zone = tx.zone();
    let facts = Facts {
        ties,
        withdrawals,
        gifts,
        interests_on: interests.map(|(_, at)| local_date(at, zone)),
        relation_missing: has_met(tx, person, &ids)?,
    };
    Ok(Known { facts, read })
}

/// Interests declared in the companies, that no later declaration renewed or ended.
fn ties(tx: &mut Tx<'_>, person: PersonId, ids: &[CompanyId]) -> Result<Vec<Tie>> {
    let rows: Vec<(i64, Option<NaiveDate>, String)> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(not_sealed())
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::company_id.eq_any(ids))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(not(exists(
            later
                .filter(later.field(declarations::origin_id).eq(declarations::id.nullable()))
                .filter(later.field(declarations::first_filed_at).is_not_null())
                .filter(later.field(declarations::state).ne(State::Withdrawn.as_str())),
        )))
        .order(declarations::id.asc())
        .select((declarations::id, declarations::occurred_until, declarations::answers))
        .load(conn))?;
    let mut ties = Vec::new();
    for (declaration, until, answers) in rows {
        let answers: Answers = serde_json::from_str(&answers)?;
        if answers.text("type") != "nil" {
            ties.push(Tie { declaration, until });
        }
    }
    Ok(ties)
}

/// Declarations about the companies because of which the person must withdraw, until the measure is lifted.
fn withdrawals(tx: &mut Tx<'_>, person: PersonId, ids: &[CompanyId]) -> Result<Vec<i64>> {
    let settings = &tx.book.config.clearance;
    let (outcomes, proofs) = (settings.withdrawal_outcomes.clone(), settings.withdrawal_proofs.clone());
    let rows: Vec<i64> = each_engine!(tx.conn, conn => measures::table
        .inner_join(declarations::table.on(measures::declaration_id.eq(declarations::id)))
        .filter(measures::state.ne(workflow::State::Lifted.as_str()))
        .filter(measures::owner_id.eq(person).or(declarations::declarant_id.eq(person)))
        .filter(not_sealed())
        .filter(declarations::company_id.eq_any(ids))
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::outcome.eq_any(outcomes).or(measures::evidence.eq_any(proofs)))
        .order(declarations::id.asc())
        .select(declarations::id)
        .distinct()
        .load(conn))?;
    Ok(rows)
}

/// Gifts from the companies that were not declined.
fn gifts(
    tx: &mut Tx<'_>,
    person: PersonId,
    concerned: &Concerned,
    ids: &[CompanyId],
    limits: &Limits,
) -> Result<Vec<Gift>> {
    type Row = (i64, Option<NaiveDate>, Option<i64>, Option<CompanyId>, String);
    let since = before(tx.today(), limits.gift_months);
    let rows: Vec<Row> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(not_sealed())
        .filter(declarations::kind.eq(GIFT))
        .filter(declarations::company_id.eq_any(ids))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::occurred_on.ge(since))
        .order(declarations::id.asc())
        .select((
            declarations::id,
            declarations::occurred_on,
            declarations::value_cents,
            declarations::company_id,
            declarations::answers,
        ))
        .load(conn))?;
    let mut gifts = Vec::new();
    for (declaration, on, cents, company, answers) in rows {
        let answers: Answers = serde_json::from_str(&answers)?;
        let donor = company.and_then(|company| concerned.standing.get(&company)).copied();
        if let (Some(on), Some(donor), true) = (on, donor, answers.text("direction") != DECLINED) {
            gifts.push(Gift { declaration, donor, on, cents });
        }
    }
    Ok(gifts)
}

/// The last time interests were declared, whatever they are.
fn last_interests(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<(i64, Instant)>> {
    let found: Option<(i64, Option<Instant>)> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(not_sealed())
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .select((declarations::id, declarations::first_filed_at))
        .first(conn)
        .optional())?;
    Ok(found.and_then(|(id, at)| Some((id, at?))))
}

/// The person was at a showcase where one of the companies was heard, and what was prepared for them is not filed. That they
/// were there is known from the list of attendance; nothing of the draft is read.
fn has_met(tx: &mut Tx<'_>, person: PersonId, ids: &[CompanyId]) -> Result<bool> {
    Ok(each_engine!(tx.conn, conn => diesel::select(exists(
        showcase_drafts::table
            .inner_join(declarations::table.on(showcase_drafts::draft_key.eq(declarations::key)))
            .filter(showcase_drafts::person_id.eq(person))
            .filter(showcase_drafts::company_id.eq_any(ids))
            .filter(declarations::first_filed_at.is_null()),
    ))
    .get_result(conn))?)
}
