//! SQL of showcases.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::fairness::Heard;
use super::state::State;
use crate::app::Tx;
use crate::clock::{self, Instant};
use crate::companies::CompanyId;
use crate::db::conn::each_engine;
use crate::db::schema::{
    companies, consultations, declarations, journal_head, persons, registrations, showcase_drafts, showcase_events,
    showcase_firms, showcase_questions, showcases, units,
};
use crate::declarations::answers::Answers;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;
use crate::people::store::Person;

/// One showcase, as stored.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, AsChangeset)]
#[diesel(table_name = showcases, treat_none_as_null = true)]
pub struct Showcase {
    pub id: i64,
    pub reference: String,
    pub kind: String,
    #[diesel(column_name = state)]
    state_name: String,
    pub version: i32,
    pub sequence: i32,
    pub organiser_id: PersonId,
    pub title: String,
    pub held_on: NaiveDate,
    pub begins: Option<String>,
    pub minutes: Option<i32>,
    pub answers: String,
    pub call_planned: bool,
    pub call_reference: Option<String>,
    pub call_on: Option<NaiveDate>,
    pub stage: String,
    pub days_late: i32,
    pub created_at: Instant,
    pub changed_at: Instant,
    pub closed_at: Option<Instant>,
    pub closing_note: Option<String>,
}

impl Showcase {
    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Cancelled)
    }

    pub fn set_state(&mut self, state: State) {
        state.as_str().clone_into(&mut self.state_name);
    }

    pub fn answers(&self) -> Result<Answers> {
        Ok(serde_json::from_str(&self.answers)?)
    }

    /// Its page.
    pub fn address(&self) -> String {
        format!("/evenements/{}", self.reference)
    }

    /// First instant of it, when its hour is known.
    pub fn starts(&self, zone: chrono_tz::Tz) -> Option<Instant> {
        let (hour, minute) = self.begins.as_deref()?.split_once(':')?;
        Some(clock::at_local_time(self.held_on, hour.parse().ok()?, minute.parse().ok()?, zone))
    }
}

/// What a new showcase starts from.
pub struct NewShowcase<'s> {
    pub reference: &'s str,
    pub kind: &'s str,
    pub organiser_id: PersonId,
}

/// Adds a showcase that [`save`] then fills.
pub fn insert(tx: &mut Tx<'_>, new: &NewShowcase<'_>) -> Result<Showcase> {
    let (now, today) = (tx.now(), tx.today());
    diesel::insert_into(showcases::table)
        .values((
            showcases::reference.eq(new.reference),
            showcases::kind.eq(new.kind),
            showcases::state.eq(State::Planned.as_str()),
            showcases::version.eq(0),
            showcases::sequence.eq(0),
            showcases::organiser_id.eq(new.organiser_id),
            showcases::title.eq(""),
            showcases::held_on.eq(today),
            showcases::answers.eq("{}"),
            showcases::call_planned.eq(false),
            showcases::stage.eq("exploration"),
            showcases::days_late.eq(0),
            showcases::created_at.eq(now),
            showcases::changed_at.eq(now),
        ))
        .execute(tx.conn)?;
    find(tx, new.reference)
}

/// Saves every column, unless somebody saved since it was read.
pub fn save(tx: &mut Tx<'_>, showcase: &mut Showcase) -> Result<()> {
    let read = showcase.version;
    showcase.version = read + 1;
    showcase.changed_at = tx.now();
    let changed =
        diesel::update(showcases::table.filter(showcases::id.eq(showcase.id)).filter(showcases::version.eq(read)))
            .set(&*showcase)
            .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// By reference. Everybody may read one.
pub fn find(tx: &mut Tx<'_>, reference: &str) -> Result<Showcase> {
    Ok(showcases::table.filter(showcases::reference.eq(reference)).select(Showcase::as_select()).first(tx.conn)?)
}

/// Those held in a period, in order.
pub fn between(tx: &mut Tx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Showcase>> {
    Ok(showcases::table
        .filter(showcases::held_on.ge(from))
        .filter(showcases::held_on.le(to))
        .order((showcases::held_on.asc(), showcases::id.asc()))
        .select(Showcase::as_select())
        .load(tx.conn)?)
}

/// Adds an event to the journal and to the story of the showcase.
pub fn record(tx: &mut Tx<'_>, actor: PersonId, showcase: &Showcase, event: &Event) -> Result<()> {
    journal::record(tx, Some(actor), None, event)?;
    // The head was locked by the line above: its number is that of the event.
    let seq: i64 = journal_head::table.select(journal_head::seq).filter(journal_head::id.eq(1)).first(tx.conn)?;
    diesel::insert_into(showcase_events::table)
        .values((showcase_events::showcase_id.eq(showcase.id), showcase_events::seq.eq(seq)))
        .execute(tx.conn)?;
    Ok(())
}

// Companies ----------------------------------------------------------------------------------------------------------

/// A company of the ledger.
#[derive(Debug, Clone, Queryable)]
pub struct Firm {
    pub id: i64,
    pub company_id: CompanyId,
    pub name: String,
    pub neq: Option<String>,
    pub origin: String,
    pub heard: Option<bool>,
    pub minutes: Option<i32>,
    pub stage: Option<String>,
    pub reason: Option<String>,
    pub added_at: Instant,
    pub noted_at: Option<Instant>,
}

impl Firm {
    /// What became of it, for the indicator.
    pub fn outcome(&self) -> Heard {
        match self.heard {
            None => Heard::Unknown,
            Some(true) => Heard::Yes { minutes: self.minutes.unwrap_or(0) },
            Some(false) => Heard::No { with_reason: self.reason.as_deref().is_some_and(|reason| !reason.is_empty()) },
        }
    }
}

/// Companies invited, and those that asked, by name.
pub fn firms(tx: &mut Tx<'_>, showcase: i64) -> Result<Vec<Firm>> {
    Ok(firms_of(tx, &[showcase])?.remove(&showcase).unwrap_or_default())
}

/// The same of several showcases at once.
pub fn firms_of(tx: &mut Tx<'_>, showcases: &[i64]) -> Result<HashMap<i64, Vec<Firm>>> {
    let rows: Vec<(i64, Firm)> = each_engine!(tx.conn, conn => showcase_firms::table
        .inner_join(companies::table.on(showcase_firms::company_id.eq(companies::id)))
        .filter(showcase_firms::showcase_id.eq_any(showcases))
        .order((companies::folded.asc(), companies::id.asc()))
        .select((
            showcase_firms::showcase_id,
            (
                showcase_firms::id,
                showcase_firms::company_id,
                companies::name,
                companies::neq,
                showcase_firms::origin,
                showcase_firms::heard,
                showcase_firms::minutes,
                showcase_firms::stage,
                showcase_firms::reason,
                showcase_firms::added_at,
                showcase_firms::noted_at,
            ),
        ))
        .load(conn))?;
    let mut firms: HashMap<i64, Vec<Firm>> = HashMap::new();
    for (showcase, firm) in rows {
        firms.entry(showcase).or_default().push(firm);
    }
    Ok(firms)
}

/// How many people came to each of some showcases.
pub fn attended(tx: &mut Tx<'_>, showcases: &[i64]) -> Result<HashMap<i64, i64>> {
    let rows: Vec<(i64, i64)> = registrations::table
        .filter(registrations::showcase_id.eq_any(showcases))
        .filter(registrations::attended.eq(true))
        .group_by(registrations::showcase_id)
        .select((registrations::showcase_id, count_star()))
        .load(tx.conn)?;
    Ok(rows.into_iter().collect())
}

/// Adds a company; one that is there already is an error beside the field.
pub fn add_firm(tx: &mut Tx<'_>, showcase: i64, company: CompanyId, origin: &str, by: PersonId) -> Result<()> {
    let now = tx.now();
    let known = diesel::select(diesel::dsl::exists(
        showcase_firms::table
            .filter(showcase_firms::showcase_id.eq(showcase))
            .filter(showcase_firms::company_id.eq(company)),
    ))
    .get_result::<bool>(tx.conn)?;
    if known {
        return Err(Error::field("company", "error-showcase-firm-known"));
    }
    diesel::insert_into(showcase_firms::table)
        .values((
            showcase_firms::showcase_id.eq(showcase),
            showcase_firms::company_id.eq(company),
            showcase_firms::origin.eq(origin),
            showcase_firms::added_by.eq(by),
            showcase_firms::added_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Notes what became of a company.
pub fn note_firm(
    tx: &mut Tx<'_>,
    firm: i64,
    heard: bool,
    minutes: Option<i32>,
    stage: &str,
    reason: Option<&str>,
) -> Result<()> {
    let now = tx.now();
    diesel::update(showcase_firms::table.find(firm))
        .set((
            showcase_firms::heard.eq(heard),
            showcase_firms::minutes.eq(minutes),
            showcase_firms::stage.eq(stage),
            showcase_firms::reason.eq(reason),
            showcase_firms::noted_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

// Questions ----------------------------------------------------------------------------------------------------------

/// A question and its answer, published to all.
#[derive(Debug, Clone, Queryable)]
pub struct Question {
    pub question: String,
    pub answer: String,
    pub published_at: Instant,
}

pub fn questions(tx: &mut Tx<'_>, showcase: i64) -> Result<Vec<Question>> {
    Ok(showcase_questions::table
        .filter(showcase_questions::showcase_id.eq(showcase))
        .order(showcase_questions::id.asc())
        .select((showcase_questions::question, showcase_questions::answer, showcase_questions::published_at))
        .load(tx.conn)?)
}

pub fn publish(tx: &mut Tx<'_>, showcase: i64, by: PersonId, question: &str, answer: &str) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(showcase_questions::table)
        .values((
            showcase_questions::showcase_id.eq(showcase),
            showcase_questions::question.eq(question),
            showcase_questions::answer.eq(answer),
            showcase_questions::published_by.eq(by),
            showcase_questions::published_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

// People -------------------------------------------------------------------------------------------------------------

/// Somebody who registered.
#[derive(Debug, Clone, Queryable)]
pub struct Participant {
    pub person: Person,
    pub unit: String,
    pub registered_at: Instant,
    pub cancelled_at: Option<Instant>,
    pub attended: Option<bool>,
}

/// Everybody who registered, those who gave up their place included, by name.
pub fn participants(tx: &mut Tx<'_>, showcase: i64) -> Result<Vec<Participant>> {
    Ok(each_engine!(tx.conn, conn => registrations::table
        .inner_join(persons::table.on(registrations::person_id.eq(persons::id)))
        .inner_join(units::table.on(persons::unit_id.eq(units::id)))
        .filter(registrations::showcase_id.eq(showcase))
        .order((persons::folded.asc(), persons::id.asc()))
        .select((
            Person::as_select(),
            units::name,
            registrations::registered_at,
            registrations::cancelled_at,
            registrations::attended,
        ))
        .load(conn))?)
}

/// The place of one person: when it was given up, and whether they came.
pub fn registration(
    tx: &mut Tx<'_>,
    showcase: i64,
    person: PersonId,
) -> Result<Option<(Option<Instant>, Option<bool>)>> {
    Ok(registrations::table
        .find((showcase, person))
        .select((registrations::cancelled_at, registrations::attended))
        .first(tx.conn)
        .optional()?)
}

/// Gives a place, again when it was given up.
pub fn register(tx: &mut Tx<'_>, showcase: i64, person: PersonId) -> Result<()> {
    let now = tx.now();
    let back = diesel::update(registrations::table.find((showcase, person)))
        .set(registrations::cancelled_at.eq(None::<Instant>))
        .execute(tx.conn)?;
    if back == 0 {
        diesel::insert_into(registrations::table)
            .values((
                registrations::showcase_id.eq(showcase),
                registrations::person_id.eq(person),
                registrations::registered_at.eq(now),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Takes a place back. False when there was none.
pub fn give_up(tx: &mut Tx<'_>, showcase: i64, person: PersonId) -> Result<bool> {
    let now = tx.now();
    let changed =
        diesel::update(registrations::table.find((showcase, person)).filter(registrations::cancelled_at.is_null()))
            .set(registrations::cancelled_at.eq(now))
            .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Notes who came.
pub fn note_attendance(tx: &mut Tx<'_>, showcase: i64, person: PersonId, attended: bool) -> Result<()> {
    let now = tx.now();
    diesel::update(registrations::table.find((showcase, person)))
        .set((registrations::attended.eq(attended), registrations::noted_at.eq(now)))
        .execute(tx.conn)?;
    Ok(())
}

/// Showcases at which a person has a place or was, from a day on.
pub fn places_of(tx: &mut Tx<'_>, person: PersonId, from: NaiveDate) -> Result<Vec<i64>> {
    Ok(registrations::table
        .inner_join(showcases::table.on(registrations::showcase_id.eq(showcases::id)))
        .filter(registrations::person_id.eq(person))
        .filter(registrations::cancelled_at.is_null())
        .filter(showcases::held_on.ge(from))
        .select(showcases::id)
        .load(tx.conn)?)
}

// Declarations of attendance -----------------------------------------------------------------------------------------

/// Remembers which draft stands for whose attendance.
pub fn keep_draft(tx: &mut Tx<'_>, showcase: i64, person: PersonId, company: CompanyId, key: &str) -> Result<()> {
    diesel::insert_into(showcase_drafts::table)
        .values((
            showcase_drafts::showcase_id.eq(showcase),
            showcase_drafts::person_id.eq(person),
            showcase_drafts::company_id.eq(company),
            showcase_drafts::draft_key.eq(key),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The showcase that a draft was prepared for.
pub fn of_draft(tx: &mut Tx<'_>, key: &str) -> Result<Option<Showcase>> {
    Ok(each_engine!(tx.conn, conn => showcase_drafts::table
        .inner_join(showcases::table.on(showcase_drafts::showcase_id.eq(showcases::id)))
        .filter(showcase_drafts::draft_key.eq(key))
        .select(Showcase::as_select())
        .first(conn))
    .optional()?)
}

/// Companies for which a person has, or had, a draft.
pub fn drafted(tx: &mut Tx<'_>, showcase: i64, person: PersonId) -> Result<Vec<CompanyId>> {
    Ok(showcase_drafts::table
        .filter(showcase_drafts::showcase_id.eq(showcase))
        .filter(showcase_drafts::person_id.eq(person))
        .select(showcase_drafts::company_id)
        .load(tx.conn)?)
}

/// Key, reference once filed, state, company.
pub type Declared = (String, Option<String>, String, String);

/// The declarations of a person's attendance: key, reference once filed, state, company. Those thrown away are gone.
pub fn declared(tx: &mut Tx<'_>, showcase: i64, person: PersonId) -> Result<Vec<Declared>> {
    Ok(each_engine!(tx.conn, conn => showcase_drafts::table
        .inner_join(declarations::table.on(showcase_drafts::draft_key.eq(declarations::key)))
        .inner_join(companies::table.on(showcase_drafts::company_id.eq(companies::id)))
        .filter(showcase_drafts::showcase_id.eq(showcase))
        .filter(showcase_drafts::person_id.eq(person))
        .order((companies::folded.asc(), companies::id.asc()))
        .select((declarations::key, declarations::reference, declarations::state, companies::name))
        .load(conn))?)
}

// The contract monitor -----------------------------------------------------------------------------------------------

/// A consultation of the contract monitor.
#[derive(Debug, Clone, Queryable)]
pub struct Consultation {
    pub id: i64,
    pub call_reference: Option<String>,
    pub call_on: Option<NaiveDate>,
    pub asked_at: Instant,
    pub opinion: Option<String>,
    pub answered_by: Option<PersonId>,
    pub answered_at: Option<Instant>,
}

/// Oldest first.
pub fn consultations(tx: &mut Tx<'_>, showcase: i64) -> Result<Vec<Consultation>> {
    Ok(consultations::table
        .filter(consultations::showcase_id.eq(showcase))
        .order(consultations::id.asc())
        .select((
            consultations::id,
            consultations::call_reference,
            consultations::call_on,
            consultations::asked_at,
            consultations::opinion,
            consultations::answered_by,
            consultations::answered_at,
        ))
        .load(tx.conn)?)
}

pub fn consult(tx: &mut Tx<'_>, showcase: &Showcase) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(consultations::table)
        .values((
            consultations::showcase_id.eq(showcase.id),
            consultations::call_reference.eq(&showcase.call_reference),
            consultations::call_on.eq(showcase.call_on),
            consultations::asked_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Writes the answer. False when somebody answered meanwhile.
pub fn advise(tx: &mut Tx<'_>, consultation: i64, by: PersonId, opinion: &str) -> Result<bool> {
    let now = tx.now();
    let changed = diesel::update(consultations::table.find(consultation).filter(consultations::answered_at.is_null()))
        .set((
            consultations::opinion.eq(opinion),
            consultations::answered_by.eq(by),
            consultations::answered_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}
