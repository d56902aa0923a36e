//! Requests for acts of two people, and how they stand.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::act::{Act, ActKind};
use crate::access::{AccessTable, Actor};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::acts;
use crate::error::{Error, Result};
use crate::people::PersonId;

/// How a request stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Waits for a second person.
    Waiting,
    /// Approved, and open to whoever asked.
    InForce,
    /// Approved and carried out.
    Done,
    Refused,
    Withdrawn,
    /// Nobody answered in time, or the time to use it is over.
    Over,
}

impl Standing {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::InForce => "in-force",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Over => "over",
        }
    }
}

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: i64,
    pub act: Act,
    pub reason: String,
    pub asked_by: PersonId,
    pub asked_at: Instant,
    /// It can be approved, or used once approved, until then.
    pub expires_at: Instant,
    state: String,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Instant>,
    /// Why it was refused.
    pub words: Option<String>,
}

impl Request {
    /// As the table has it: asked, approved, refused, withdrawn.
    pub fn state(&self) -> &str {
        &self.state
    }

    pub fn standing(&self, now: Instant) -> Standing {
        match self.state.as_str() {
            "refused" => Standing::Refused,
            "withdrawn" => Standing::Withdrawn,
            "approved" if self.act.kind().is_done_by_approval() => Standing::Done,
            _ if now >= self.expires_at => Standing::Over,
            "approved" => Standing::InForce,
            _ => Standing::Waiting,
        }
    }

    /// May this person approve or refuse it now? Another person than the one who asked, and than the one it is for.
    ///
    /// # Errors
    /// Says which of these forbids it.
    pub fn decidable_by(&self, access: &AccessTable, actor: &Actor, now: Instant) -> Result<()> {
        let for_oneself = matches!(
            &self.act,
            Act::RoleGrant { number, .. } | Act::AccountRestoration { number } if *number == actor.number
        );
        match () {
            () if actor.read_only || !access.approves(self.act.kind(), actor) => Err(Error::NotAllowed),
            () if self.asked_by == actor.person || for_oneself => Err(Error::NotPossible("not-possible-act-own")),
            () if self.standing(now) != Standing::Waiting => Err(Error::NotPossible("not-possible-act-over")),
            () => Ok(()),
        }
    }
}

type Row = (i64, String, String, PersonId, Instant, Instant, String, Option<PersonId>, Option<Instant>, Option<String>);

macro_rules! columns {
    () => {
        (
            acts::id,
            acts::act,
            acts::reason,
            acts::asked_by,
            acts::asked_at,
            acts::expires_at,
            acts::state,
            acts::decided_by,
            acts::decided_at,
            acts::words,
        )
    };
}

fn read(row: Row) -> Result<Request> {
    let (id, act, reason, asked_by, asked_at, expires_at, state, decided_by, decided_at, words) = row;
    let act = serde_json::from_str(&act)?;
    Ok(Request { id, act, reason, asked_by, asked_at, expires_at, state, decided_by, decided_at, words })
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Request> {
    read(acts::table.find(id).select(columns!()).first::<Row>(tx.conn)?)
}

/// The last requests, the last first.
pub fn last(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Request>> {
    let rows: Vec<Row> = acts::table.order(acts::id.desc()).limit(most).select(columns!()).load(tx.conn)?;
    rows.into_iter().map(read).collect()
}

/// Every request for a kind of act, the oldest first.
///
/// # Errors
/// The database does not answer.
pub fn of_kind(tx: &mut Tx<'_>, kind: ActKind) -> Result<Vec<Request>> {
    let rows: Vec<Row> =
        acts::table.filter(acts::kind.eq(kind.as_str())).order(acts::id.asc()).select(columns!()).load(tx.conn)?;
    rows.into_iter().map(read).collect()
}

/// Requests that wait for somebody, the oldest first.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Request>> {
    let now = tx.now();
    let rows: Vec<Row> = acts::table
        .filter(acts::state.eq("asked"))
        .filter(acts::expires_at.gt(now))
        .order(acts::id.asc())
        .select(columns!())
        .load(tx.conn)?;
    rows.into_iter().map(read).collect()
}

/// How long a request waits, and an approval stays open.
fn term(tx: &Tx<'_>) -> TimeDelta {
    TimeDelta::hours(tx.book.config.acts.hours)
}

pub fn insert(tx: &mut Tx<'_>, act: &Act, reason: &str, by: PersonId) -> Result<i64> {
    let (now, until) = (tx.now(), tx.now() + term(tx));
    Ok(diesel::insert_into(acts::table)
        .values((
            acts::kind.eq(act.kind().as_str()),
            acts::subject.eq(act.subject()),
            acts::act.eq(serde_json::to_string(act)?),
            acts::reason.eq(reason),
            acts::asked_by.eq(by),
            acts::asked_at.eq(now),
            acts::expires_at.eq(until),
            acts::state.eq("asked"),
        ))
        .returning(acts::id)
        .get_result(tx.conn)?)
}

/// Ends the wait of a request. Of two answers at once, the second finds it ended.
pub fn decide(tx: &mut Tx<'_>, id: i64, state: &str, by: PersonId, words: Option<&str>) -> Result<()> {
    let (now, until) = (tx.now(), tx.now() + term(tx));
    let decided = diesel::update(acts::table.find(id).filter(acts::state.eq("asked")))
        .set((
            acts::state.eq(state),
            acts::decided_by.eq(by),
            acts::decided_at.eq(now),
            acts::expires_at.eq(until),
            acts::words.eq(words),
        ))
        .execute(tx.conn)?;
    if decided == 1 { Ok(()) } else { Err(Error::NotPossible("not-possible-act-over")) }
}

/// The approval that opens this subject now, to this person or, when nobody is named, to whoever runs a command.
pub fn in_force(tx: &mut Tx<'_>, kind: ActKind, subject: &str, by: Option<PersonId>) -> Result<Option<i64>> {
    let now = tx.now();
    let mut found = acts::table
        .filter(acts::kind.eq(kind.as_str()))
        .filter(acts::subject.eq(subject))
        .filter(acts::state.eq("approved"))
        .filter(acts::expires_at.gt(now))
        .select(acts::id)
        .into_boxed();
    if let Some(by) = by {
        found = found.filter(acts::asked_by.eq(by));
    }
    Ok(found.first(tx.conn).optional()?)
}

/// The request about this subject that waits for an answer.
pub fn asked(tx: &mut Tx<'_>, act: &Act) -> Result<Option<Request>> {
    let now = tx.now();
    let row: Option<Row> = each_engine!(tx.conn, conn => acts::table
        .filter(acts::kind.eq(act.kind().as_str()))
        .filter(acts::subject.eq(act.subject()))
        .filter(acts::state.eq("asked"))
        .filter(acts::expires_at.gt(now))
        .order(acts::id.asc())
        .select(columns!())
        .first(conn)
        .optional())?;
    row.map(read).transpose()
}
