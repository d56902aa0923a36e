//! What a person is asked to confirm: their duties or their supervisor changed (E22), or a last day comes.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::{PersonId, mail};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::{Job, alone, each_engine};
use crate::db::schema::{confirmations, letters, persons};
use crate::error::Result;
use crate::journal::{self, Event};

/// Rows of one statement, well under what either engine binds.
const BATCH: usize = 500;
/// Letters written in one transaction: others write meanwhile.
const AT_ONCE: i64 = 100;

/// Why somebody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    Duties,
    Supervisor,
    Departure,
}

impl Cause {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Duties => "duties",
            Self::Supervisor => "supervisor",
            Self::Departure => "departure",
        }
    }
}

/// Something to confirm, not confirmed yet.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = confirmations)]
pub struct Open {
    pub id: i64,
    pub cause: String,
    pub due_on: NaiveDate,
    pub about: Option<NaiveDate>,
}

/// What waits for a person, oldest first.
pub fn open(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Open>> {
    Ok(each_engine!(tx.conn, conn => confirmations::table
        .filter(confirmations::person_id.eq(person))
        .filter(confirmations::confirmed_at.is_null())
        .order(confirmations::id.asc())
        .select(Open::as_select())
        .load(conn))?)
}

/// Keeps that somebody is asked, and says so in the journal.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    person: PersonId,
    cause: Cause,
    due_on: NaiveDate,
    about: Option<NaiveDate>,
) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(confirmations::table)
        .values((
            confirmations::person_id.eq(person),
            confirmations::cause.eq(cause.as_str()),
            confirmations::asked_at.eq(now),
            confirmations::due_on.eq(due_on),
            confirmations::about.eq(about),
            confirmations::told_at.eq(now),
        ))
        .execute(tx.conn)?;
    journal::record(tx, None, None, &Event::ConfirmationAsked { person, cause: cause.as_str().into(), due_on })
}

/// Asks people whose situation changed to confirm their interests; once while they have not answered. The worker tells
/// them ([`tell`]).
pub fn ask(tx: &mut Tx<'_>, people: &[(PersonId, Cause)]) -> Result<()> {
    let days = u32::from(tx.book.config.continuity.confirm_days);
    let due_on = tx.book.calendar.add_business_days(tx.today(), days);
    let now = tx.now();
    for batch in people.chunks(BATCH) {
        let ids: Vec<PersonId> = batch.iter().map(|(person, _)| *person).collect();
        let asked: Vec<PersonId> = confirmations::table
            .filter(confirmations::person_id.eq_any(ids))
            .filter(confirmations::confirmed_at.is_null())
            .filter(confirmations::cause.ne(Cause::Departure.as_str()))
            .select(confirmations::person_id)
            .load(tx.conn)?;
        let rows: Vec<_> = batch
            .iter()
            .filter(|(person, _)| !asked.contains(person))
            .map(|(person, cause)| {
                (
                    confirmations::person_id.eq(*person),
                    confirmations::cause.eq(cause.as_str()),
                    confirmations::asked_at.eq(now),
                    confirmations::due_on.eq(due_on),
                )
            })
            .collect();
        if !rows.is_empty() {
            each_engine!(tx.conn, conn => diesel::insert_into(confirmations::table).values(&rows).execute(conn))?;
        }
    }
    Ok(())
}

/// Tells those who were asked and do not know yet, some at a time. Returns how many letters were written.
pub fn tell(tx: &mut Tx<'_>) -> Result<usize> {
    type Row = (i64, PersonId, String, NaiveDate);
    let waiting: Vec<Row> = confirmations::table
        .filter(confirmations::told_at.is_null())
        .order(confirmations::id.asc())
        .limit(AT_ONCE)
        .select((confirmations::id, confirmations::person_id, confirmations::cause, confirmations::due_on))
        .load(tx.conn)?;
    let now = tx.now();
    let told = waiting.len();
    for (id, person, cause, due_on) in waiting {
        // Another worker may have told them meanwhile.
        let untold = confirmations::table.find(id).filter(confirmations::told_at.is_null());
        if diesel::update(untold).set(confirmations::told_at.eq(now)).execute(tx.conn)? == 0 {
            continue;
        }
        mail::situation_changed(tx, person, &cause, due_on)?;
        journal::record(tx, None, None, &Event::ConfirmationAsked { person, cause, due_on })?;
    }
    Ok(told)
}

/// Reminds those who did not confirm by the day they were given, once, some at a time. Returns how many letters were
/// written.
pub fn remind(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::LateConfirmations)? {
        return Ok(0);
    }
    let today = tx.today();
    let reminded = letters::table
        .filter(letters::recipient_id.eq(confirmations::person_id))
        .filter(letters::letter.eq(mail::SITUATION_DUE))
        .filter(letters::created_at.nullable().ge(confirmations::told_at));
    let here = persons::table
        .filter(persons::id.eq(confirmations::person_id))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)));
    let late: Vec<(PersonId, String, NaiveDate)> = confirmations::table
        .filter(confirmations::confirmed_at.is_null())
        .filter(confirmations::told_at.is_not_null())
        .filter(confirmations::due_on.le(today))
        .filter(confirmations::cause.ne(Cause::Departure.as_str()))
        .filter(exists(here))
        .filter(not(exists(reminded)))
        // The order of the index of those not confirmed.
        .order((confirmations::person_id.asc(), confirmations::id.asc()))
        .limit(AT_ONCE)
        .select((confirmations::person_id, confirmations::cause, confirmations::due_on))
        .load(tx.conn)?;
    for (person, cause, due_on) in &late {
        mail::situation_due(tx, *person, cause, *due_on)?;
    }
    Ok(late.len())
}

/// The person declared something: what they were asked to confirm is confirmed, unless an interest that they declared
/// before the question was not said again. `oldest` is when the first of those on file was filed.
pub fn settle(tx: &mut Tx<'_>, person: PersonId, oldest: Option<Instant>) -> Result<()> {
    let asked: Vec<(i64, String, Instant)> = confirmations::table
        .filter(confirmations::person_id.eq(person))
        .filter(confirmations::confirmed_at.is_null())
        .filter(confirmations::told_at.is_not_null())
        .filter(confirmations::cause.ne(Cause::Departure.as_str()))
        .order(confirmations::id.asc())
        .select((confirmations::id, confirmations::cause, confirmations::asked_at))
        .load(tx.conn)?;
    let now = tx.now();
    for (id, cause, asked_at) in asked {
        if oldest.is_some_and(|oldest| oldest < asked_at) {
            continue;
        }
        diesel::update(confirmations::table.find(id)).set(confirmations::confirmed_at.eq(now)).execute(tx.conn)?;
        journal::record(tx, Some(person), None, &Event::ConfirmationGiven { person, cause })?;
    }
    Ok(())
}

/// True when somebody was told of this last day already.
pub(super) fn told_of(tx: &mut Tx<'_>, person: PersonId, last_day: NaiveDate) -> Result<bool> {
    let told = confirmations::table
        .filter(confirmations::person_id.eq(person))
        .filter(confirmations::confirmed_at.is_null())
        .filter(confirmations::about.eq(last_day));
    Ok(diesel::select(diesel::dsl::exists(told)).get_result(tx.conn)?)
}
