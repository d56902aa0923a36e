//! Campaigns, the people they ask, and who has answered.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::{Instant, local_date};
use crate::db::conn::each_engine;
use crate::db::schema::{campaign_people, campaigns, declarations, persons, units};
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
    pub done: bool,
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
pub fn population(tx: &mut Tx<'_>) -> Result<Vec<(PersonId, String, Option<PersonId>)>> {
    let today = tx.today();
    Ok(persons::table
        .filter(persons::active_from.le(today))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .order(persons::id.asc())
        .select((persons::id, persons::email, persons::supervisor_id))
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
    let late: Vec<PersonId> = persons::table
        .filter(persons::active_from.gt(opened))
        .filter(persons::active_from.le(today))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .filter(persons::id.ne_all(asked))
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

/// Who filed a declaration of interests between the opening of a campaign and its close; nothing to declare is one.
fn answered(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<HashSet<PersonId>> {
    let mut query = declarations::table
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::first_filed_at.ge(campaign.opened_at))
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .select(declarations::declarant_id)
        .into_boxed();
    if let Some(closed) = campaign.closed_at {
        query = query.filter(declarations::first_filed_at.le(closed));
    }
    Ok(query.load::<PersonId>(tx.conn)?.into_iter().collect())
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
            done: done.contains(&person),
        })
        .collect())
}

/// How many answered, of how many.
pub fn progress(asked: &[Asked]) -> (i64, i64) {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    (count(asked.iter().filter(|one| one.done).count()), count(asked.len()))
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
