//! Campaigns, the people they ask, and who has answered.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::{Instant, local_date};
use crate::db::conn::each_engine;
use crate::db::schema::{campaign_exceptions, campaign_people, campaigns, declarations, persons, units};
use crate::declarations::renewal;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::people::{PersonId, UnitId};

/// Rows of one statement, well under what either engine binds.
const BATCH: usize = 500;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = campaigns)]
pub struct Campaign {
    pub id: i64,
    /// Of the year it is about: « 2026-2027 ».
    pub label: String,
    pub due_on: NaiveDate,
    pub opened_at: Instant,
    pub closed_at: Option<Instant>,
    /// Day on which supervisors were last told of their team.
    pub teams_told_on: Option<NaiveDate>,
}

/// Somebody a campaign asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub person: PersonId,
    pub name: String,
    pub supervisor: Option<PersonId>,
    pub unit: UnitId,
    pub unit_name: String,
    /// Civil date of their first answer.
    pub answered_on: Option<NaiveDate>,
}

impl Asked {
    pub fn done(&self) -> bool {
        self.answered_on.is_some()
    }
}

/// Somebody a campaign does not ask.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Excepted {
    pub person: PersonId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub reason: String,
    pub added_at: Instant,
}

/// Somebody in service.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct InService {
    pub person: PersonId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub email: String,
    pub supervisor: Option<PersonId>,
    pub unit: String,
}

/// The campaign under way, when there is one.
pub fn open(tx: &mut Tx<'_>) -> Result<Option<Campaign>> {
    Ok(each_engine!(tx.conn, conn => campaigns::table
        .filter(campaigns::closed_at.is_null())
        .order(campaigns::id.desc())
        .select(Campaign::as_select())
        .first(conn)
        .optional())?)
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Campaign> {
    Ok(campaigns::table.find(id).select(Campaign::as_select()).first(tx.conn)?)
}

/// Every campaign, the last first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Campaign>> {
    Ok(campaigns::table.order(campaigns::id.desc()).limit(50).select(Campaign::as_select()).load(tx.conn)?)
}

/// Everybody in service, with an address or not.
pub fn population(tx: &mut Tx<'_>) -> Result<Vec<InService>> {
    let today = tx.today();
    Ok(persons::table
        .inner_join(units::table.on(persons::unit_id.eq(units::id)))
        .filter(persons::active_from.le(today))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .order(persons::id.asc())
        .select((
            persons::id,
            persons::number,
            persons::given_name,
            persons::family_name,
            persons::email,
            persons::supervisor_id,
            units::name,
        ))
        .load(tx.conn)?)
}

pub fn insert(tx: &mut Tx<'_>, label: &str, due_on: NaiveDate, by: PersonId, people: &[PersonId]) -> Result<i64> {
    let now = tx.now();
    let id: i64 = diesel::insert_into(campaigns::table)
        .values((
            campaigns::label.eq(label),
            campaigns::due_on.eq(due_on),
            campaigns::opened_at.eq(now),
            campaigns::opened_by.eq(by),
        ))
        .returning(campaigns::id)
        .get_result(tx.conn)?;
    add(tx, id, people)?;
    Ok(id)
}

/// Whoever came after the opening, and is in service today, is asked too; how many that is.
pub fn join(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<usize> {
    let (today, opened) = (tx.today(), local_date(campaign.opened_at, tx.zone()));
    let asked =
        campaign_people::table.filter(campaign_people::campaign_id.eq(campaign.id)).select(campaign_people::person_id);
    let excepted = campaign_exceptions::table
        .filter(campaign_exceptions::campaign_id.eq(campaign.id))
        .select(campaign_exceptions::person_id);
    let late: Vec<PersonId> = persons::table
        .filter(persons::active_from.gt(opened))
        .filter(persons::active_from.le(today))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .filter(persons::id.ne_all(asked))
        .filter(persons::id.ne_all(excepted))
        .order(persons::id.asc())
        .select(persons::id)
        .load(tx.conn)?;
    add(tx, campaign.id, &late)?;
    Ok(late.len())
}

fn add(tx: &mut Tx<'_>, campaign: i64, people: &[PersonId]) -> Result<()> {
    for batch in people.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|person| (campaign_people::campaign_id.eq(campaign), campaign_people::person_id.eq(*person)))
            .collect();
        each_engine!(tx.conn, conn => diesel::insert_into(campaign_people::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

/// People whom a campaign does not ask, by name.
pub fn excepted(tx: &mut Tx<'_>, campaign: i64) -> Result<Vec<Excepted>> {
    Ok(campaign_exceptions::table
        .inner_join(persons::table.on(campaign_exceptions::person_id.eq(persons::id)))
        .filter(campaign_exceptions::campaign_id.eq(campaign))
        .order((persons::family_name.asc(), persons::given_name.asc(), persons::id.asc()))
        .select((
            persons::id,
            persons::number,
            persons::given_name,
            persons::family_name,
            campaign_exceptions::reason,
            campaign_exceptions::added_at,
        ))
        .load(tx.conn)?)
}

/// A campaign asks somebody no more; said again, the last reason is the one.
pub fn except(tx: &mut Tx<'_>, campaign: i64, person: PersonId, reason: &str, by: PersonId) -> Result<()> {
    let now = tx.now();
    diesel::delete(campaign_people::table.find((campaign, person))).execute(tx.conn)?;
    diesel::delete(campaign_exceptions::table.find((campaign, person))).execute(tx.conn)?;
    diesel::insert_into(campaign_exceptions::table)
        .values((
            campaign_exceptions::campaign_id.eq(campaign),
            campaign_exceptions::person_id.eq(person),
            campaign_exceptions::reason.eq(reason),
            campaign_exceptions::added_by.eq(by),
            campaign_exceptions::added_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// It asks them after all. False when it did already.
pub fn ask_again(tx: &mut Tx<'_>, campaign: i64, person: PersonId) -> Result<bool> {
    let gone = diesel::delete(campaign_exceptions::table.find((campaign, person))).execute(tx.conn)? == 1;
    if gone {
        add(tx, campaign, &[person])?;
    }
    Ok(gone)
}

/// The closed campaign before this one: what it is compared with.
pub fn before(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Option<Campaign>> {
    Ok(campaigns::table
        .filter(campaigns::id.lt(campaign.id))
        .filter(campaigns::closed_at.is_not_null())
        .order(campaigns::id.desc())
        .select(Campaign::as_select())
        .first(tx.conn)
        .optional()?)
}

pub fn close(tx: &mut Tx<'_>, id: i64, by: PersonId) -> Result<()> {
    let now = tx.now();
    diesel::update(campaigns::table.find(id))
        .set((campaigns::closed_at.eq(now), campaigns::closed_by.eq(by)))
        .execute(tx.conn)?;
    Ok(())
}

pub fn teams_told(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let today = tx.today();
    diesel::update(campaigns::table.find(id)).set(campaigns::teams_told_on.eq(today)).execute(tx.conn)?;
    Ok(())
}

/// Who filed a declaration of interests between the opening of a campaign and its close, and when they first did; nothing to
/// declare is one.
fn answered(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<HashMap<PersonId, NaiveDate>> {
    let zone = tx.zone();
    let mut query = declarations::table
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::first_filed_at.ge(campaign.opened_at))
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .order(declarations::first_filed_at.desc())
        .select((declarations::declarant_id, declarations::first_filed_at.assume_not_null()))
        .into_boxed();
    if let Some(closed) = campaign.closed_at {
        query = query.filter(declarations::first_filed_at.le(closed));
    }
    let filed: Vec<(PersonId, Instant)> = query.load(tx.conn)?;
    // The last one put in the map is the first one filed.
    Ok(filed.into_iter().map(|(person, at)| (person, local_date(at, zone))).collect())
}

/// Has this person answered the campaign under way? True too for somebody it does not ask.
pub fn has_answered(tx: &mut Tx<'_>, campaign: &Campaign, person: PersonId) -> Result<bool> {
    let asked: Option<i64> = each_engine!(tx.conn, conn => campaign_people::table
        .find((campaign.id, person))
        .select(campaign_people::person_id)
        .first(conn)
        .optional())?;
    if asked.is_none() {
        return Ok(true);
    }
    let filed: Option<i64> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::first_filed_at.ge(campaign.opened_at))
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .select(declarations::id)
        .first(conn)
        .optional())?;
    Ok(filed.is_some())
}

/// Everybody a campaign asks who is still in service, by unit and name.
pub fn asked(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Vec<Asked>> {
    type Row = (PersonId, String, String, Option<PersonId>, UnitId, String);
    let (done, today) = (answered(tx, campaign)?, tx.today());
    let rows: Vec<Row> = campaign_people::table
        .inner_join(persons::table.on(campaign_people::person_id.eq(persons::id)))
        .inner_join(units::table.on(persons::unit_id.eq(units::id)))
        .filter(campaign_people::campaign_id.eq(campaign.id))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .order((units::name.asc(), persons::family_name.asc(), persons::given_name.asc(), persons::id.asc()))
        .select((
            persons::id,
            persons::given_name,
            persons::family_name,
            persons::supervisor_id,
            units::id,
            units::name,
        ))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(person, given, family, supervisor, unit, unit_name)| Asked {
            person,
            name: format!("{given} {family}"),
            supervisor,
            unit,
            unit_name,
            answered_on: done.get(&person).copied(),
        })
        .collect())
}

/// How many answered, of how many.
pub fn progress(asked: &[Asked]) -> (i64, i64) {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    (count(asked.iter().filter(|one| one.done()).count()), count(asked.len()))
}

/// A unit, how many of it answered and of how many.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnitProgress {
    pub unit: UnitId,
    pub name: String,
    pub done: i64,
    pub people: i64,
}

/// The units of those asked, by name, as [`asked`] gives them.
pub fn by_unit(asked: &[Asked]) -> Vec<UnitProgress> {
    asked
        .chunk_by(|a, b| a.unit == b.unit)
        .filter_map(|unit| {
            let ((done, people), first) = (progress(unit), unit.first()?);
            Some(UnitProgress { unit: first.unit, name: first.unit_name.clone(), done, people })
        })
        .collect()
}

/// The team of each supervisor: how many answered, of how many, and who has not.
pub fn teams(asked: &[Asked]) -> BTreeMap<PersonId, Vec<&Asked>> {
    let mut teams: BTreeMap<PersonId, Vec<&Asked>> = BTreeMap::new();
    for one in asked {
        if let Some(supervisor) = one.supervisor {
            teams.entry(supervisor).or_default().push(one);
        }
    }
    teams
}

/// People who were not told yet that a campaign asks them, some of them.
pub fn untold(tx: &mut Tx<'_>, campaign: i64, most: i64) -> Result<Vec<PersonId>> {
    Ok(campaign_people::table
        .filter(campaign_people::campaign_id.eq(campaign))
        .filter(campaign_people::told_on.is_null())
        .order(campaign_people::person_id.asc())
        .limit(most)
        .select(campaign_people::person_id)
        .load(tx.conn)?)
}

/// Was this person told of the campaign before today?
pub fn last_told(tx: &mut Tx<'_>, campaign: i64) -> Result<BTreeMap<PersonId, NaiveDate>> {
    let rows: Vec<(PersonId, Option<NaiveDate>)> = campaign_people::table
        .filter(campaign_people::campaign_id.eq(campaign))
        .select((campaign_people::person_id, campaign_people::told_on))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(person, on)| Some((person, on?))).collect())
}

/// The person was told today. False when somebody else told them meanwhile.
pub fn told(tx: &mut Tx<'_>, campaign: i64, person: PersonId) -> Result<bool> {
    let today = tx.today();
    let untold = campaign_people::table
        .find((campaign, person))
        .filter(campaign_people::told_on.is_null().or(campaign_people::told_on.lt(today)));
    Ok(diesel::update(untold).set(campaign_people::told_on.eq(today)).execute(tx.conn)? == 1)
}
