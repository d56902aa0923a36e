//! SQL of measures.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::wishes::Order;
use super::workflow::{Command, Expected, State, next};
use crate::access::{Actor, MeasureAction, MeasureTarget, require_measure};
use crate::app::Tx;
use crate::attachments::scan::Scan;
use crate::attachments::store::{Kept, insert as join_file};
use crate::clock::Instant;
use crate::db::schema::{attachments, measures, timers};
use crate::declarations::store::{self, Declaration};
use crate::error::{Error, Result};
use crate::journal;
use crate::people::store::Person;
use crate::people::{self, PersonId};

/// One measure, as stored.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, AsChangeset)]
#[diesel(table_name = measures, treat_none_as_null = true)]
pub struct Measure {
    pub id: i64,
    pub declaration_id: i64,
    pub number: i32,
    pub text: String,
    pub owner_id: PersonId,
    pub evidence: String,
    pub every_months: Option<i32>,
    #[diesel(column_name = state)]
    state_name: String,
    pub round: i32,
    pub version: i32,
    pub ordered_at: Instant,
    pub ordered_by: PersonId,
    pub due_on: NaiveDate,
    pub proof: Option<String>,
    pub proof_at: Option<Instant>,
    pub proof_by: Option<PersonId>,
    pub settled_at: Option<Instant>,
    pub settled_by: Option<PersonId>,
    pub reason: Option<String>,
}

impl Measure {
    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Lifted)
    }

    /// Its state as people see it on a day: late as soon as its day is past, before the worker has told anybody.
    pub fn shown(&self, today: NaiveDate) -> State {
        shown(self.state(), self.due_on, today)
    }

    pub fn expected(&self) -> Expected {
        if self.round == 0 { Expected::Proof } else { Expected::Attestation }
    }

    /// Verified until it is to be confirmed again: nobody waits now, and somebody will.
    pub fn comes_back(&self) -> bool {
        self.state() == State::Verified && self.every_months.is_some()
    }

    /// Moves along the workflow.
    ///
    /// # Errors
    /// `otherwise`, when the command makes no sense now.
    pub fn step(&mut self, command: Command, otherwise: &'static str) -> Result<()> {
        let (state, expected) = next(self.state(), self.expected(), command).ok_or(Error::NotPossible(otherwise))?;
        state.as_str().clone_into(&mut self.state_name);
        self.round = match (command, expected) {
            (Command::AskAttestation, _) => self.round + 1,
            (_, Expected::Proof) => 0,
            (_, Expected::Attestation) => self.round,
        };
        Ok(())
    }

    pub fn target<'t>(&self, declaration: &'t Declaration, barred: bool) -> MeasureTarget<'t> {
        MeasureTarget {
            kind: &declaration.kind,
            owner: self.owner_id,
            prover: self.proof_by.filter(|_| self.expected() == Expected::Proof),
            declarant: declaration.declarant_id,
            supervisor: declaration.supervisor_id,
            decider: declaration.decider_id,
            barred,
        }
    }
}

/// See [`Measure::shown`].
pub fn shown(state: State, due_on: NaiveDate, today: NaiveDate) -> State {
    if state == State::Open && due_on < today { State::Overdue } else { state }
}

/// A measure that its reader may touch, with what it belongs to.
#[derive(Debug, Clone)]
pub struct Authorized {
    pub measure: Measure,
    pub declaration: Declaration,
    pub declarant: Person,
    pub owner: Person,
    pub barred: bool,
}

/// Loads a measure and asks the policy. Whoever may not read it is told that it does not exist.
pub fn authorized(tx: &mut Tx<'_>, actor: &Actor, id: i64, action: MeasureAction) -> Result<Authorized> {
    let measure = find(tx, id)?;
    let declaration = store::find_unguarded(tx, measure.declaration_id)?;
    let barred = declaration.declarant_id != actor.person && store::is_barred(tx, declaration.id, actor.person)?;
    require_measure(&tx.book.access, actor, action, &measure.target(&declaration, barred))?;
    let declarant = people::store::find(tx, declaration.declarant_id)?;
    let owner = people::store::find(tx, measure.owner_id)?;
    Ok(Authorized { measure, declaration, declarant, owner, barred })
}

/// For the worker, which acts for nobody.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Measure> {
    Ok(measures::table.find(id).select(Measure::as_select()).first(tx.conn)?)
}

/// The measures of a declaration, in order.
pub fn of_declaration(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<Measure>> {
    Ok(measures::table
        .filter(measures::declaration_id.eq(declaration))
        .order(measures::number.asc())
        .select(Measure::as_select())
        .load(tx.conn)?)
}

/// The measures that a person still has to carry out, the first due first.
pub fn live_of_owner(tx: &mut Tx<'_>, owner: PersonId, most: i64) -> Result<Vec<i64>> {
    let settled = [State::Verified, State::Lifted].map(State::as_str);
    Ok(measures::table
        .filter(measures::owner_id.eq(owner))
        .filter(measures::state.ne_all(settled))
        .order((measures::due_on.asc(), measures::id.asc()))
        .limit(most)
        .select(measures::id)
        .load(tx.conn)?)
}

/// How many measures of a declaration still wait for somebody.
pub fn live(tx: &mut Tx<'_>, declaration: i64) -> Result<i64> {
    let found: Vec<i64> = measures::table
        .filter(measures::declaration_id.eq(declaration))
        .filter(measures::settled_at.is_null())
        .select(measures::id)
        .load(tx.conn)?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

/// Does a declaration have a measure that is verified for a while, and comes back to be confirmed?
pub fn lasts(tx: &mut Tx<'_>, declaration: i64) -> Result<bool> {
    Ok(of_declaration(tx, declaration)?.iter().any(Measure::comes_back))
}

/// Writes what a decision asks, after what earlier ones asked.
pub fn insert(tx: &mut Tx<'_>, declaration: i64, by: PersonId, order: &Order) -> Result<Measure> {
    let now = tx.now();
    let last: Option<i32> = measures::table
        .filter(measures::declaration_id.eq(declaration))
        .order(measures::number.desc())
        .select(measures::number)
        .first(tx.conn)
        .optional()?;
    let id: i64 = diesel::insert_into(measures::table)
        .values((
            measures::declaration_id.eq(declaration),
            measures::number.eq(last.unwrap_or(0) + 1),
            measures::text.eq(&order.text),
            measures::owner_id.eq(order.owner),
            measures::evidence.eq(&order.evidence),
            measures::every_months.eq(order.every_months),
            measures::state.eq(State::Open.as_str()),
            measures::round.eq(0),
            measures::version.eq(1),
            measures::ordered_at.eq(now),
            measures::ordered_by.eq(by),
            measures::due_on.eq(order.due_on),
        ))
        .returning(measures::id)
        .get_result(tx.conn)?;
    find(tx, id)
}

/// Saves every column, unless somebody saved since it was read.
pub fn save(tx: &mut Tx<'_>, measure: &mut Measure) -> Result<()> {
    journal::take_turn(tx)?;
    let read = measure.version;
    measure.version = read + 1;
    let changed =
        diesel::update(measures::table.filter(measures::id.eq(measure.id)).filter(measures::version.eq(read)))
            .set(&*measure)
            .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Joins files to a proof.
pub fn join(tx: &mut Tx<'_>, measure: &Measure, by: PersonId, kept: &[Kept]) -> Result<()> {
    for file in kept {
        join_file(tx, measure.declaration_id, Some(measure.id), by, file)?;
    }
    Ok(())
}

/// Id, name and state of the files joined to a measure, oldest first.
pub fn files(tx: &mut Tx<'_>, measure: i64) -> Result<Vec<(i64, String, Scan)>> {
    let rows: Vec<(i64, String, String)> = attachments::table
        .filter(attachments::measure_id.eq(measure))
        .order(attachments::id.asc())
        .select((attachments::id, attachments::name, attachments::scan))
        .load(tx.conn)?;
    rows.into_iter().map(|(id, name, scan)| Ok((id, name, Scan::parse(&scan)?))).collect()
}

/// Replaces what is planned for a measure.
pub fn plan(tx: &mut Tx<'_>, measure: &Measure, planned: &[(&str, Instant)]) -> Result<()> {
    diesel::delete(timers::table.filter(timers::measure_id.eq(measure.id)).filter(timers::done_at.is_null()))
        .execute(tx.conn)?;
    for (purpose, due_at) in planned {
        add_timer(tx, measure, purpose, *due_at)?;
    }
    Ok(())
}

/// Adds to what is planned.
pub fn add_timer(tx: &mut Tx<'_>, measure: &Measure, purpose: &str, due_at: Instant) -> Result<()> {
    diesel::insert_into(timers::table)
        .values((
            timers::declaration_id.eq(measure.declaration_id),
            timers::measure_id.eq(measure.id),
            timers::purpose.eq(purpose),
            timers::due_at.eq(due_at),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// SHA-256 of the measures of a file as they are kept; nothing when it has none. The journal says it after each event
/// (`declarations/standing.rs`).
///
/// # Errors
/// The database does not answer.
pub fn fingerprint(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<String>> {
    let rows: Vec<Measure> = measures::table
        .filter(measures::declaration_id.eq(declaration))
        .order(measures::number.asc())
        .select(Measure::as_select())
        .load(tx.conn)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let said: Vec<_> = rows
        .iter()
        .map(|row| {
            let asked = serde_json::json!([
                row.number,
                row.text,
                row.owner_id,
                row.evidence,
                row.every_months,
                row.ordered_at,
                row.ordered_by,
            ]);
            let course = serde_json::json!([
                row.state_name,
                row.round,
                row.due_on,
                row.proof,
                row.proof_at,
                row.proof_by,
                row.settled_at,
                row.settled_by,
                row.reason,
            ]);
            [asked, course]
        })
        .collect();
    Ok(Some(crate::random::sha256_hex(serde_json::to_string(&said)?.as_bytes())))
}
