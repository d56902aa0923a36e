//! What a person is asked to confirm: their duties or their supervisor changed (E22), or a last day comes.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{PersonId, mail};
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::confirmations;
use crate::error::Result;
use crate::journal::{self, Event};

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
        ))
        .execute(tx.conn)?;
    journal::record(tx, None, None, &Event::ConfirmationAsked { person, cause: cause.as_str().into(), due_on })
}

/// Asks somebody whose situation changed to confirm their interests; once while they have not answered.
pub fn ask(tx: &mut Tx<'_>, person: PersonId, cause: Cause) -> Result<()> {
    if open(tx, person)?.iter().any(|open| open.cause != Cause::Departure.as_str()) {
        return Ok(());
    }
    let days = u32::from(tx.book.config.continuity.confirm_days);
    let due_on = tx.book.calendar.add_business_days(tx.today(), days);
    keep(tx, person, cause, due_on, None)?;
    mail::situation_changed(tx, person, cause.as_str(), due_on)
}

/// The person confirmed their interests.
pub fn confirm(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    let now = tx.now();
    for asked in open(tx, person)?.into_iter().filter(|asked| asked.cause != Cause::Departure.as_str()) {
        diesel::update(confirmations::table.find(asked.id))
            .set(confirmations::confirmed_at.eq(now))
            .execute(tx.conn)?;
        journal::record(tx, Some(person), None, &Event::ConfirmationGiven { person, cause: asked.cause })?;
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
