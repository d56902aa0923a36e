//! Lists of declarations: mine, to decide, the register. Each is an indexed range read page by page from a cursor, so
//! that a page costs the same at any depth; what a reader may not see is not in the range.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::workflow::State;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::kept::Keep;
use crate::db::schema::{declarations, persons, units};
use crate::error::Result;
use crate::people::{PersonId, UnitId};

/// Rows of a page of people.
pub const PAGE: i64 = 50;

/// Hits of a search looked at for one page, at most about. The next page goes on from there.
pub const MOST_HITS: usize = 1000;

/// One line of a list.
#[derive(Debug, Clone, Queryable)]
pub struct ListRow {
    pub id: i64,
    pub key: String,
    pub reference: Option<String>,
    pub kind: String,
    state_name: String,
    pub attention: i16,
    pub subject: String,
    pub first_filed_at: Option<Instant>,
    pub changed_at: Instant,
    pub due_on: Option<NaiveDate>,
    pub held_since: Option<Instant>,
    pub holder_office: Option<String>,
    pub decided_at: Option<Instant>,
    pub outcome: Option<String>,
    pub days_late: i32,
    pub value_cents: Option<i64>,
    pub company_name: Option<String>,
    pub company_id: Option<i64>,
    pub declarant_given: String,
    pub declarant_family: String,
    pub declarant_number: String,
    pub unit: String,
    pub holder_given: Option<String>,
    pub holder_family: Option<String>,
    class: String,
    declarant_id: PersonId,
    unit_id: UnitId,
}

impl ListRow {
    pub fn is_sealed(&self) -> bool {
        self.class == "C3"
    }

    /// Showing this line to this reader is a reading of a sealed file.
    pub fn is_reading_of(&self, reader: PersonId) -> bool {
        self.is_sealed() && self.declarant_id != reader
    }

    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Closed)
    }

    pub fn slug(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.key)
    }

    pub fn declarant(&self) -> String {
        format!("{} {}", self.declarant_given, self.declarant_family)
    }

    pub fn holder(&self) -> Option<String> {
        let (given, family) = (self.holder_given.as_ref()?, self.holder_family.as_ref()?);
        Some(format!("{given} {family}"))
    }
}

/// Where the next page begins: the ordering value and the id of the last row, as text in the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub at: String,
    pub id: i64,
}

impl Cursor {
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.rsplit_once('_')?;
        Some(Self { at: at.to_owned(), id: id.parse().ok()? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.at, self.id)
    }
}

/// A page of rows and where the next one begins.
pub struct ListPage {
    pub rows: Vec<ListRow>,
    pub next: Option<Cursor>,
}

fn page(mut rows: Vec<ListRow>, size: i64, order: impl Fn(&ListRow) -> String) -> ListPage {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: order(row), id: row.id });
    ListPage { rows, next }
}

const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.6f";

/// An instant as a cursor says it; [`instant`] reads it.
fn at(instant: Option<Instant>) -> String {
    instant.map(|at| at.format(INSTANT).to_string()).unwrap_or_default()
}

pub fn instant(text: &str) -> Option<Instant> {
    Instant::parse_from_str(text, INSTANT).ok()
}

diesel::alias!(persons as holder: Holder);

/// The columns of a line, with the names that go with them.
macro_rules! lines {
    () => {
        declarations::table
            .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
            .inner_join(units::table.on(declarations::unit_id.eq(units::id)))
            .left_join(holder.on(declarations::holder_id.eq(holder.field(persons::id).nullable())))
            .select((
                declarations::id,
                declarations::key,
                declarations::reference,
                declarations::kind,
                declarations::state,
                declarations::attention,
                declarations::subject,
                declarations::first_filed_at,
                declarations::changed_at,
                declarations::due_on,
                declarations::held_since,
                declarations::holder_office,
                declarations::decided_at,
                declarations::outcome,
                declarations::days_late,
                declarations::value_cents,
                declarations::company_name,
                declarations::company_id,
                persons::given_name,
                persons::family_name,
                persons::number,
                units::name,
                holder.field(persons::given_name).nullable(),
                holder.field(persons::family_name).nullable(),
                declarations::class,
                declarations::declarant_id,
                declarations::unit_id,
            ))
            .into_boxed()
    };
}

/// A list from where its last page ended, the last first, by an instant that its index begins with.
macro_rules! newest_first {
    ($query:expr, $at:expr, $after:expr) => {{
        let mut query = $query;
        if let Some((at, id)) =
            $after.and_then(|place| Some(($crate::declarations::lists::instant(&place.at)?, place.id)))
        {
            query = query.filter($at.le(at)).filter($at.lt(at).or(declarations::id.lt(id)));
        }
        query.order(($at.desc(), declarations::id.desc()))
    }};
}

/// A list from where its last page ended, what is due first first.
macro_rules! soonest_due_first {
    ($query:expr, $after:expr) => {{
        let mut query = $query;
        if let Some((due, id)) = $after.and_then(|place| Some((place.at.parse::<chrono::NaiveDate>().ok()?, place.id)))
        {
            query = query
                .filter(declarations::due_on.ge(due))
                .filter(declarations::due_on.gt(due).or(declarations::id.gt(id)));
        }
        query.order((declarations::due_on.asc(), declarations::id.asc()))
    }};
}

/// A list from where its last page ended, by any column that has a value in every row, either way. `$read` reads the place in the
/// address.
macro_rules! by_column {
    ($query:expr, $column:expr, $after:expr, $read:expr, up) => {{
        let mut query = $query;
        if let Some((at, id)) = $after.and_then(|place| Some(($read(&place.at)?, place.id))) {
            query = query.filter($column.ge(at)).filter($column.gt(at).or(declarations::id.gt(id)));
        }
        query.order(($column.asc(), declarations::id.asc()))
    }};
    ($query:expr, $column:expr, $after:expr, $read:expr, down) => {{
        let mut query = $query;
        if let Some((at, id)) = $after.and_then(|place| Some(($read(&place.at)?, place.id))) {
            query = query.filter($column.le(at)).filter($column.lt(at).or(declarations::id.lt(id)));
        }
        query.order(($column.desc(), declarations::id.desc()))
    }};
}
pub(crate) use {newest_first, soonest_due_first};

mod counted;
mod earlier;
mod inbox;
mod register;

pub use counted::{counts, to_read, to_record, waiting};
pub use earlier::{Earlier, draft_ids_from, drafts_from, earlier, in_language};
pub use inbox::{InboxView, Sort, findings_of, inbox};
pub use register::{Filter, Order, Placed, StateFilter, hits, padded, place, register, sealed};
pub(crate) use register::{narrowed, register_page};

/// Everything a person declared, drafts included, last touched first.
pub fn mine(
    tx: &mut Tx<'_>,
    person: PersonId,
    state: Option<State>,
    after: Option<&Cursor>,
    size: i64,
) -> Result<ListPage> {
    let mut query = lines!().filter(declarations::declarant_id.eq(person));
    if let Some(state) = state {
        query = query.filter(declarations::state.eq(state.as_str()));
    }
    let rows: Vec<ListRow> =
        newest_first!(query, declarations::changed_at, after).limit(size + 1).kept().load(tx.conn)?;
    Ok(page(rows, size, |row| at(Some(row.changed_at))))
}

pub fn unit_name(tx: &mut Tx<'_>, unit: i64) -> Result<String> {
    Ok(units::table.find(unit).select(units::name).first(tx.conn)?)
}
