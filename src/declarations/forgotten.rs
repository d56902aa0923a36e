//! Drafts that nobody came back to: what was never filed is nobody's business, and is not kept for ever. Their owner is told
//! first; any change begins the delay anew. A draft that the service prepared after something was declared is owed: it stays. So does
//! one that a showcase prepared, while its owner is in service: nobody will send it for somebody who left.

use chrono::TimeDelta;
use diesel::dsl::{exists, not, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::drafts;
use super::store;
use crate::app::Tx;
use crate::db::conn::{Job, alone, each_engine};
use crate::db::schema::{declarations, draft_notices, persons, showcase_drafts};
use crate::error::Result;
use crate::formats::format_date_long;
use crate::outbox::{Letter, enqueue};
use crate::people::{self, PersonId};
use crate::text::Language;
use crate::texts::Arg;

/// Drafts told of or deleted in one transaction: others write meanwhile.
const AT_ONCE: i64 = 50;

/// A notice of before a change says nothing of now. Whatever the hour and the zone, a notice is some days after the change that it
/// counts from.
fn told_since_changed() -> SqlLiteral<Bool> {
    sql::<Bool>("draft_notices.told_on > date(declarations.changed_at)")
}

/// Tells of what will go, and deletes what was told of long enough ago. Returns how many drafts that concerned.
///
/// # Errors
/// When the database fails.
pub fn follow(tx: &mut Tx<'_>) -> Result<usize> {
    follow_some(tx, AT_ONCE)
}

/// The same, for so many drafts at most of each; the next ones wait for the next time.
///
/// # Errors
/// When the database fails.
pub fn follow_some(tx: &mut Tx<'_>, most: i64) -> Result<usize> {
    if !alone(tx.conn, Job::ForgottenDrafts)? {
        return Ok(0);
    }
    let settings = &tx.book.config.retention;
    let (days, notice) = (i64::from(settings.draft_days), i64::from(settings.draft_notice_days));
    if days == 0 {
        return Ok(0);
    }
    let gone = delete(tx, days, notice, most)?;
    Ok(gone + tell(tx, days, notice, most)?)
}

/// Drafts unchanged since an instant, the oldest first, that nobody owes.
macro_rules! unchanged {
    ($since:expr, $today:expr, $most:expr) => {
        declarations::table
            // Written out, as its index says it.
            .filter(sql::<Bool>("declarations.state = 'draft'"))
            .filter(declarations::changed_at.le($since))
            .filter(declarations::origin_id.is_null())
            .filter(not(exists(
                showcase_drafts::table
                    .inner_join(persons::table.on(showcase_drafts::person_id.eq(persons::id)))
                    .filter(showcase_drafts::draft_key.eq(declarations::key))
                    .filter(persons::active_until.is_null().or(persons::active_until.ge($today))),
            )))
            .order((declarations::changed_at.asc(), declarations::id.asc()))
            .limit($most)
    };
}

/// Deletes what was told of, and did not change since.
fn delete(tx: &mut Tx<'_>, days: i64, notice: i64, most: i64) -> Result<usize> {
    let today = tx.today();
    let (since, told_before) = (tx.now() - TimeDelta::days(days), today - TimeDelta::days(notice));
    let ids: Vec<i64> = each_engine!(tx.conn, conn => unchanged!(since, today, most)
        .filter(exists(
            draft_notices::table
                .filter(draft_notices::declaration_id.eq(declarations::id))
                .filter(draft_notices::told_on.le(told_before))
                .filter(told_since_changed()),
        ))
        .select(declarations::id)
        .load(conn))?;
    for id in &ids {
        let draft = store::find_unguarded(tx, *id)?;
        drafts::forget(tx, &draft)?;
    }
    Ok(ids.len())
}

/// One letter to each owner, whatever the number of their drafts; it names none of them, some may be confidential.
fn tell(tx: &mut Tx<'_>, days: i64, notice: i64, most: i64) -> Result<usize> {
    let today = tx.today();
    let since = tx.now() - TimeDelta::days(days - notice);
    let waits: Vec<(PersonId, i64)> = each_engine!(tx.conn, conn => unchanged!(since, today, most)
        .filter(not(exists(
            draft_notices::table
                .filter(draft_notices::declaration_id.eq(declarations::id))
                .filter(told_since_changed()),
        )))
        .select((declarations::declarant_id, declarations::id))
        .load(conn))?;
    let mut owners: Vec<PersonId> = waits.iter().map(|(owner, _)| *owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let on = today + TimeDelta::days(notice);
    for owner in owners {
        let theirs: Vec<i64> = waits.iter().filter(|(of, _)| *of == owner).map(|(_, id)| *id).collect();
        for id in &theirs {
            diesel::delete(draft_notices::table.find(*id)).execute(tx.conn)?;
            diesel::insert_into(draft_notices::table)
                .values((draft_notices::declaration_id.eq(*id), draft_notices::told_on.eq(today)))
                .execute(tx.conn)?;
        }
        let to = people::store::find(tx, owner)?;
        let mut letter = Letter::plain("draft-forgotten", "/mes-declarations?etat=draft");
        letter.args = vec![("date", Arg::from(format_date_long(on, Language::parse(&to.language))))];
        letter.facts = vec![("letter-fact-drafts", theirs.len().to_string())];
        enqueue(tx, &to, &letter)?;
    }
    Ok(waits.len())
}
