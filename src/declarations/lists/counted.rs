//! How many files wait: on tabs, on the home page, beside the link to the inbox. Each number stops at 99.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::{Filter, InboxView, inbox};
use crate::access::{Action, Actor, Kinds, Who};
use crate::app::Tx;
use crate::db::kept::Keep;
use crate::db::schema::{barred, declarations};
use crate::declarations::kind::Office;
use crate::declarations::shown::kind_column;
use crate::declarations::workflow::State;
use crate::error::Result;

/// How many wait for this person, their offices included, counted up to 99.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor) -> Result<i64> {
    let mut count = 0;
    let undecided = || {
        declarations::table
            .filter(declarations::state.ne(State::InfoRequested.as_str()))
            .filter(declarations::declarant_id.ne(actor.person))
    };
    if actor.leads || actor.holds || !actor.roles.is_empty() {
        let found: Vec<i64> = undecided()
            .filter(declarations::holder_id.eq(actor.person))
            .select(declarations::id)
            .limit(100)
            .kept()
            .load(tx.conn)?;
        count += i64::try_from(found.len()).unwrap_or(0);
    }
    for office in actor.offices() {
        let found: Vec<i64> = undecided()
            .filter(declarations::holder_office.eq(office.as_str()))
            .filter(not(exists(
                barred::table
                    .filter(barred::declaration_id.eq(declarations::id))
                    .filter(barred::person_id.eq(actor.person)),
            )))
            .select(declarations::id)
            .limit(100)
            .kept()
            .load(tx.conn)?;
        count += i64::try_from(found.len()).unwrap_or(0);
    }
    Ok(count.min(99))
}

/// Views whose files are counted from indexes alone (migration 0052), in one's own name or for an office.
const COUNTED: [InboxView; 3] = [InboxView::ADecider, InboxView::EnRetard, InboxView::AttendReponse];

/// How many files the views that say it hold, in a person's own name or for one of their offices, each counted up to 99.
pub fn counts(tx: &mut Tx<'_>, actor: &Actor, office: Option<Office>) -> Result<Vec<(InboxView, i64)>> {
    let (to_read, to_record) = (to_read_in(tx, actor, office)?, to_record(tx, actor)?);
    let mut counts = vec![(InboxView::ARelire, to_read), (InboxView::AInscrire, to_record)];
    for view in COUNTED {
        counts.push((view, held_in(tx, actor, office, view)?));
    }
    Ok(counts)
}

/// The files of a counted view, as [`inbox`] lists them when nothing narrows it: the same reader, the same files.
fn held_in(tx: &mut Tx<'_>, actor: &Actor, office: Option<Office>, view: InboxView) -> Result<i64> {
    let (today, waiting) = (tx.today(), State::InfoRequested.as_str());
    let mut query = declarations::table
        .select(declarations::id)
        .into_boxed()
        .filter(declarations::declarant_id.ne(actor.person))
        .filter(not(exists(
            barred::table
                .filter(barred::declaration_id.eq(declarations::id))
                .filter(barred::person_id.eq(actor.person)),
        )));
    query = match office {
        Some(office) => query.filter(declarations::holder_office.eq(office.as_str())),
        None => query.filter(declarations::holder_id.eq(actor.person)),
    };
    query = match view {
        InboxView::EnRetard => query.filter(declarations::due_on.lt(today)),
        InboxView::AttendReponse => query.filter(declarations::state.eq(waiting)),
        _ => query.filter(declarations::state.ne(waiting)),
    };
    let line = if office.is_some() { Who::Office } else { Who::Holder };
    if let Kinds::Only(kinds) = tx.book.access.kinds(&[line], Action::Read) {
        query = query.filter(kind_column().eq_any(kinds.into_iter().collect::<Vec<String>>()));
    }
    let found: Vec<i64> = query.limit(99).kept().load(tx.conn)?;
    Ok(i64::try_from(found.len()).unwrap_or(0))
}

/// How many files decided outside wait for this person to record the decision, counted up to 99.
pub fn to_record(tx: &mut Tx<'_>, actor: &Actor) -> Result<i64> {
    if !InboxView::AInscrire.is_for(actor) {
        return Ok(0);
    }
    let found = inbox(tx, actor, None, InboxView::AInscrire, &Filter::default(), None, 99)?;
    Ok(i64::try_from(found.rows.len()).unwrap_or(0))
}

/// How many wait to be read by this person, or by one of their offices, counted up to 99.
fn to_read_in(tx: &mut Tx<'_>, actor: &Actor, office: Option<Office>) -> Result<i64> {
    let readable = || {
        declarations::table
            .filter(declarations::declarant_id.ne(actor.person))
            .filter(not(exists(
                barred::table
                    .filter(barred::declaration_id.eq(declarations::id))
                    .filter(barred::person_id.eq(actor.person)),
            )))
            .select(declarations::id)
            .limit(99)
    };
    let found: Vec<i64> = match office {
        Some(office) => readable().filter(declarations::reader_office.eq(office.as_str())).kept().load(tx.conn)?,
        None => readable().filter(declarations::reader_id.eq(actor.person)).kept().load(tx.conn)?,
    };
    Ok(i64::try_from(found.len()).unwrap_or(0))
}

/// The same in their own name and for every office they hold.
pub fn to_read(tx: &mut Tx<'_>, actor: &Actor) -> Result<i64> {
    let mut count = to_read_in(tx, actor, None)?;
    for office in actor.offices() {
        count += to_read_in(tx, actor, Some(office))?;
    }
    Ok(count.min(99))
}
