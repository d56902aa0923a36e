//! What somebody could still use after their last day: roles, tokens, calendar addresses, sessions, letters that have yet to leave.
//! Nobody who left acts; whoever comes back must not find by accident what they had.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{PersonId, roles, sessions};
use crate::access::Role;
use crate::app::Tx;
use crate::db::schema::{calendar_feeds, persons, roles as role_rows, sessions as session_rows, tokens};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::outbox::held;

/// Takes back what people whose last day is over still hold: their roles end with that day, the rest now. A last
/// day is often known weeks before, so that no import tells of it when it comes; done again, it changes nothing.
///
/// # Errors
/// When the database fails.
pub fn take_back(tx: &mut Tx<'_>, by: Option<PersonId>) -> Result<()> {
    end_roles(tx, by)?;
    revoke_tokens(tx, by)?;
    close_feeds(tx, by)?;
    close_sessions(tx)?;
    held::hold_back(tx)
}

fn end_roles(tx: &mut Tx<'_>, by: Option<PersonId>) -> Result<()> {
    let today = tx.today();
    let held: Vec<(PersonId, String, Option<NaiveDate>)> = role_rows::table
        .inner_join(persons::table.on(role_rows::person_id.eq(persons::id)))
        .filter(persons::active_until.lt(today))
        .filter(role_rows::until.is_null().or(role_rows::until.ge(today)))
        .order(role_rows::id.asc())
        .select((role_rows::person_id, role_rows::role, persons::active_until))
        .load(tx.conn)?;
    for (person, role, last_day) in held {
        let (Some(role), Some(after)) = (Role::parse(&role), last_day.and_then(|day| day.succ_opt())) else { continue };
        roles::end(tx, by, person, role, after)?;
    }
    Ok(())
}

fn revoke_tokens(tx: &mut Tx<'_>, by: Option<PersonId>) -> Result<()> {
    let today = tx.today();
    let held: Vec<(PersonId, String)> = tokens::table
        .inner_join(persons::table.on(tokens::person_id.eq(persons::id)))
        .filter(persons::active_until.lt(today))
        .filter(tokens::revoked_at.is_null())
        .order(tokens::id.asc())
        .select((tokens::person_id, tokens::name))
        .load(tx.conn)?;
    for (person, name) in held {
        sessions::revoke_token(tx, by, person, &name)?;
    }
    Ok(())
}

fn close_feeds(tx: &mut Tx<'_>, by: Option<PersonId>) -> Result<()> {
    let (now, today) = (tx.now(), tx.today());
    let open: Vec<PersonId> = calendar_feeds::table
        .inner_join(persons::table.on(calendar_feeds::person_id.eq(persons::id)))
        .filter(persons::active_until.lt(today))
        .filter(calendar_feeds::revoked_at.is_null())
        .select(calendar_feeds::person_id)
        .distinct()
        .load(tx.conn)?;
    for person in open {
        let theirs = calendar_feeds::table
            .filter(calendar_feeds::person_id.eq(person))
            .filter(calendar_feeds::revoked_at.is_null());
        diesel::update(theirs).set(calendar_feeds::revoked_at.eq(now)).execute(tx.conn)?;
        journal::record(tx, by, None, &Event::CalendarFeedClosed { person })?;
    }
    Ok(())
}

fn close_sessions(tx: &mut Tx<'_>) -> Result<()> {
    let today = tx.today();
    let open: Vec<PersonId> = session_rows::table
        .inner_join(persons::table.on(session_rows::person_id.eq(persons::id)))
        .filter(persons::active_until.lt(today))
        .select(session_rows::person_id)
        .distinct()
        .load(tx.conn)?;
    for person in open {
        sessions::close_all(tx, person)?;
    }
    Ok(())
}
