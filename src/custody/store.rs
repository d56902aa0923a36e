//! SQL of objects handed to the State.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::access::Actor;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{barred, custody_moves, declarations, persons, state_objects};
use crate::declarations::lists::Cursor;
use crate::declarations::store::Declaration;
use crate::error::{Error, Result};
use crate::people::PersonId;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be handed over.
    Expected,
    /// The ministry has it.
    Kept,
    /// Given, sold, destroyed…: it left for good.
    Disposed,
    /// It went elsewhere than to the State.
    Cancelled,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Expected, Self::Kept, Self::Disposed, Self::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Kept => "kept",
            Self::Disposed => "disposed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One step of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Received,
    Moved,
    Disposed,
}

impl Step {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Moved => "moved",
            Self::Disposed => "disposed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Received, Self::Moved, Self::Disposed].into_iter().find(|step| step.as_str() == text)
    }
}

/// The state after a step, or `None` when the step makes no sense.
pub fn next(state: State, step: Step) -> Option<State> {
    match (state, step) {
        (State::Expected, Step::Received) | (State::Kept, Step::Moved) => Some(State::Kept),
        (State::Kept, Step::Disposed) => Some(State::Disposed),
        (State::Expected, Step::Moved | Step::Disposed) | (State::Kept, Step::Received) => None,
        (State::Disposed | State::Cancelled, Step::Received | Step::Moved | Step::Disposed) => None,
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Identifiable, AsChangeset)]
#[diesel(table_name = state_objects, treat_none_as_null = true)]
pub struct Object {
    pub id: i64,
    pub number: String,
    pub declaration_id: i64,
    pub description: String,
    pub donor: Option<String>,
    pub value_cents: Option<i64>,
    #[diesel(column_name = state)]
    state_name: String,
    pub place: Option<String>,
    pub version: i32,
    pub opened_at: Instant,
}

impl Object {
    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Cancelled)
    }

    pub fn set_state(&mut self, state: State) {
        state.as_str().clone_into(&mut self.state_name);
    }
}

/// A step of the trail, as read back.
#[derive(Debug, Clone, Queryable)]
pub struct Move {
    pub step: String,
    pub moved_on: NaiveDate,
    pub place: String,
    pub person: String,
    pub note: String,
    pub recorded_at: Instant,
    pub recorded_given: String,
    pub recorded_family: String,
}

pub fn of_declaration(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Object>> {
    Ok(state_objects::table
        .filter(state_objects::declaration_id.eq(declaration))
        .select(Object::as_select())
        .first(tx.conn)
        .optional()?)
}

pub fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Object> {
    Ok(state_objects::table.filter(state_objects::number.eq(number)).select(Object::as_select()).first(tx.conn)?)
}

pub fn insert(tx: &mut Tx<'_>, declaration: &Declaration, number: &str, description: &str) -> Result<Object> {
    let now = tx.now();
    let id: i64 = diesel::insert_into(state_objects::table)
        .values((
            state_objects::number.eq(number),
            state_objects::declaration_id.eq(declaration.id),
            state_objects::description.eq(description),
            state_objects::donor.eq(declaration.company_name.clone()),
            state_objects::value_cents.eq(declaration.value_cents),
            state_objects::state.eq(State::Expected.as_str()),
            state_objects::version.eq(1),
            state_objects::opened_at.eq(now),
        ))
        .returning(state_objects::id)
        .get_result(tx.conn)?;
    Ok(state_objects::table.find(id).select(Object::as_select()).first(tx.conn)?)
}

/// Saves every column, unless somebody saved since it was read.
pub fn save(tx: &mut Tx<'_>, object: &mut Object) -> Result<()> {
    let read = object.version;
    object.version = read + 1;
    let changed = diesel::update(
        state_objects::table.filter(state_objects::id.eq(object.id)).filter(state_objects::version.eq(read)),
    )
    .set(&*object)
    .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What is written of a step.
#[derive(Debug, Clone)]
pub struct NewMove {
    pub step: Step,
    pub moved_on: NaiveDate,
    pub place: String,
    pub person: String,
    pub note: String,
}

pub fn add_move(tx: &mut Tx<'_>, object: i64, by: PersonId, step: &NewMove) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(custody_moves::table)
        .values((
            custody_moves::object_id.eq(object),
            custody_moves::step.eq(step.step.as_str()),
            custody_moves::moved_on.eq(step.moved_on),
            custody_moves::place.eq(&step.place),
            custody_moves::person.eq(&step.person),
            custody_moves::note.eq(&step.note),
            custody_moves::recorded_at.eq(now),
            custody_moves::recorded_by.eq(by),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The trail, oldest first.
pub fn trail(tx: &mut Tx<'_>, object: i64) -> Result<Vec<Move>> {
    Ok(custody_moves::table
        .inner_join(persons::table.on(custody_moves::recorded_by.eq(persons::id)))
        .filter(custody_moves::object_id.eq(object))
        .order(custody_moves::id.asc())
        .select((
            custody_moves::step,
            custody_moves::moved_on,
            custody_moves::place,
            custody_moves::person,
            custody_moves::note,
            custody_moves::recorded_at,
            persons::given_name,
            persons::family_name,
        ))
        .load(tx.conn)?)
}

/// A page of the register of objects, newest first: never one of a declaration that the reader may not see in the
/// register (their own, or one they are barred from).
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    state: Option<State>,
    after: Option<&Cursor>,
    size: i64,
) -> Result<(Vec<Object>, Option<Cursor>)> {
    let mut query = state_objects::table
        .inner_join(declarations::table.on(state_objects::declaration_id.eq(declarations::id)))
        .filter(declarations::declarant_id.ne(actor.person))
        .filter(not(exists(
            barred::table
                .filter(barred::declaration_id.eq(declarations::id))
                .filter(barred::person_id.eq(actor.person)),
        )))
        .select(Object::as_select())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(state_objects::state.eq(state.as_str()));
    }
    if let Some(cursor) = after {
        query = query.filter(state_objects::id.lt(cursor.id));
    }
    let mut rows: Vec<Object> = query.order(state_objects::id.desc()).limit(size + 1).load(tx.conn)?;
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: String::new(), id: row.id });
    Ok((rows, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_received_once_moved_at_will_and_disposed_of_for_good() {
        let all: Vec<String> = State::ALL
            .into_iter()
            .flat_map(|state| [Step::Received, Step::Moved, Step::Disposed].map(|step| (state, step)))
            .filter_map(|(state, step)| Some(format!("{state:?} {step:?} {:?}", next(state, step)?)))
            .collect();
        assert_eq!(all, ["Expected Received Kept", "Kept Moved Kept", "Kept Disposed Disposed"]);
    }
}
