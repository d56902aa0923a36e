//! The register: what a role shows of all declarations, narrowed and in an order that an index gives.

use chrono::NaiveDate;
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Cursor, ListPage, ListRow, Sort, at, holder, page};
use crate::access::{Action, Actor, Kinds, RegisterScope};
use crate::app::Tx;
use crate::clock::{Instant, start_of_day};
use crate::db::kept::Keep;
use crate::db::schema::{barred, declarations, persons, units};
use crate::db::search;
use crate::declarations::shown::{self, by_role, kind_column};
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::people::UnitId;
use crate::people::gathered::Gathered;

/// What a list is narrowed to; every part comes from the address.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub words: String,
    pub kind: Option<String>,
    pub state: Option<StateFilter>,
    /// Any of these units.
    pub units: Option<Vec<UnitId>>,
    /// A company and those merged into it (`companies::store::standing_for`).
    pub company: Option<Vec<i64>>,
    pub flagged: bool,
    pub late: bool,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Of the inbox: another order than that of its view.
    pub sort: Option<Sort>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateFilter {
    One(State),
    /// Waiting for a decision.
    Pending,
}

/// Narrows a query of declarations to the part of the register that this reader's role shows, never what they are
/// barred from nor their own, and to a filter.
macro_rules! narrowed {
    ($query:expr, $tx:expr, $actor:expr, $filter:expr) => {{
        let (zone, today) = ($tx.zone(), $tx.today());
        let mut query = $query
            .filter(declarations::first_filed_at.is_not_null())
            .filter(shown::not_sealed())
            .filter(declarations::declarant_id.ne($actor.person))
            .filter(not(exists(
                barred::table
                    .filter(barred::declaration_id.eq(declarations::id))
                    .filter(barred::person_id.eq($actor.person)),
            )));
        let scope = $crate::access::RegisterScope::of($actor);
        // What a role does not read is left out by name, so that the order of the list stays that of its index.
        let hidden: Vec<String> = $tx
            .book
            .catalogue
            .kinds()
            .iter()
            .map(|version| version.kind.id.clone())
            .filter(|kind| {
                let table = &$tx.book.access;
                if $filter.order() == $crate::declarations::lists::Order::Opened {
                    !scope.searches(table, kind)
                } else {
                    // What is read in summary does not say what it deserves: it is in no list of what does.
                    !scope.holds(table, kind) || ($filter.flagged && scope.summarises(table, kind))
                }
            })
            .collect();
        if !hidden.is_empty() {
            query = query.filter(declarations::kind.ne_all(hidden));
        }
        if scope.contract_linked {
            query = query.filter($crate::declarations::shown::contract_linked($tx));
        }
        // Of one company, its index is the one to read: nothing else is said as an index says it.
        let of_company = $filter.company.is_some();
        for units in scope.unit.map(|unit| vec![unit]).into_iter().chain($filter.units.clone()) {
            query = match units.as_slice() {
                [unit] if of_company => query.filter(shown::unit_column().eq(*unit)),
                _ if of_company => {
                    query.filter(shown::unit_column().eq_any($crate::declarations::lists::padded(units)))
                }
                [unit] => query.filter(declarations::unit_id.eq(*unit)),
                _ => query.filter(declarations::unit_id.eq_any($crate::declarations::lists::padded(units))),
            };
        }
        if let Some(kind) = &$filter.kind {
            query = if of_company {
                query.filter(shown::kind_column().eq(kind.clone()))
            } else {
                query.filter(declarations::kind.eq(kind.clone()))
            };
        }
        query = match $filter.state {
            Some(StateFilter::One(state)) if of_company => query.filter(shown::state_column().eq(state.as_str())),
            Some(StateFilter::One(state)) => query.filter(declarations::state.eq(state.as_str())),
            // As the index of pending files says it: neither decided nor taken back.
            Some(StateFilter::Pending) => {
                query.filter(declarations::decided_at.is_null()).filter(declarations::closed_at.is_null())
            }
            None => query,
        };
        query = match $filter.company.as_deref() {
            Some([company]) => query.filter(declarations::company_id.eq(*company)),
            Some(companies) => {
                query.filter(declarations::company_id.eq_any($crate::declarations::lists::padded(companies.to_vec())))
            }
            None => query,
        };
        if $filter.flagged {
            // Written out, as the index of flagged files says it: a bound value would not meet its condition.
            query = query.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("declarations.attention >= 2"));
        }
        if $filter.late {
            query = query.filter(declarations::due_on.lt(today));
        }
        if let Some(from) = $filter.from {
            query = query.filter(declarations::first_filed_at.ge(start_of_day(from, zone)));
        }
        if let Some(to) = $filter.to.and_then(|to| to.succ_opt()) {
            query = query.filter(declarations::first_filed_at.lt(start_of_day(to, zone)));
        }
        query
    }};
}
/// The order in which the register is read: that of an index, so that a page costs the same at any depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Last filed first.
    Filed,
    /// Late files: the most late first.
    Due,
    /// Hits of a search: last opened first, as the index of words gives them.
    Opened,
}

impl Filter {
    /// The filter for a reader: where people are not named, nobody searches by words, and a unit is the one that it is told as.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn for_reader(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Self> {
        if !RegisterScope::of(actor).masked {
            return Ok(self.clone());
        }
        let units = match self.units.as_deref() {
            Some(units) => {
                let gathered = Gathered::read(tx)?;
                Some(units.iter().flat_map(|unit| gathered.alike(*unit)).collect())
            }
            None => None,
        };
        Ok(Self { words: String::new(), units, ..self.clone() })
    }

    pub fn order(&self) -> Order {
        if !self.words.trim().is_empty() {
            Order::Opened
        } else if self.late {
            Order::Due
        } else {
            Order::Filed
        }
    }
}

/// A row of the register that knows its place.
pub trait Placed {
    fn place(&self, order: Order) -> Cursor;
}

impl Placed for ListRow {
    fn place(&self, order: Order) -> Cursor {
        place(order, self.id, self.first_filed_at, self.due_on)
    }
}

/// The place of a row in an order.
pub fn place(order: Order, id: i64, filed: Option<Instant>, due: Option<NaiveDate>) -> Cursor {
    let at = match order {
        Order::Filed => at(filed),
        Order::Due => due.map(|due| due.to_string()).unwrap_or_default(),
        Order::Opened => String::new(),
    };
    Cursor { at, id }
}

/// The reference that the words of a search are, as the register writes it: « cad-2026-000031 » is one file, and not every
/// file of that kind where these numbers are read.
fn whole_reference(tx: &Tx<'_>, words: &str) -> Option<String> {
    let typed = words.trim().to_uppercase();
    let (prefix, number) = typed.split_once('-')?;
    let (year, serial) = number.split_once('-')?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = digits(year, 4)
        && digits(serial, 6)
        && tx.book.catalogue.kinds().iter().any(|version| version.kind.prefix == prefix);
    is_whole.then_some(typed)
}

/// Hits of a search looked at together: few at first, since most pages are filled by their first hits.
pub fn hits(tx: &mut Tx<'_>, words: &str, before: i64, seen: usize, size: i64) -> Result<Vec<i64>> {
    if let Some(reference) = whole_reference(tx, words) {
        return Ok(declarations::table
            .filter(declarations::reference.eq(reference))
            .filter(declarations::id.lt(before))
            .select(declarations::id)
            .load(tx.conn)?);
    }
    let most = if seen == 0 { size + 16 } else { 400 };
    search::find(tx.conn, words, before, most)
}

/// The same ids, the last one repeated up to one of a few lengths: a statement is kept prepared for each.
pub fn padded(mut ids: Vec<i64>) -> Vec<i64> {
    let length = [8, 32, 128, 512].into_iter().find(|length| *length >= ids.len());
    if let (Some(length), Some(last)) = (length, ids.last().copied()) {
        ids.resize(length, last);
    }
    ids
}

/// A page of the register, in the order of the filter, of any columns: rows, and the place of the last one when there
/// are more. Pages of people and exports read the same way.
macro_rules! register_page {
    ($base:expr, $row:ty, $tx:expr, $actor:expr, $filter:expr, $after:expr, $size:expr) => {{
        #[allow(unused_imports, reason = "imported already where this is written out in this file")]
        use $crate::db::kept::Keep as _;
        use $crate::declarations::lists::{self, Order, Placed};
        let filter = $filter.for_reader($tx, $actor)?;
        let (order, size): (Order, i64) = (filter.order(), $size);
        let after: Option<&$crate::declarations::lists::Cursor> = $after;
        let whole = usize::try_from(size).unwrap_or(usize::MAX);
        let mut rows: Vec<$row> = Vec::new();
        let mut next = None;
        if order == Order::Opened {
            let (mut before, mut seen) = (after.map_or(i64::MAX, |place| place.id), 0);
            loop {
                let hits = lists::hits($tx, &filter.words, before, seen, size)?;
                let Some(last) = hits.last().copied() else { break };
                (before, seen) = (last, seen + hits.len());
                let wanted = size + 1 - i64::try_from(rows.len()).unwrap_or(size);
                let found: Vec<$row> = lists::narrowed!($base, $tx, $actor, &filter)
                    .filter(declarations::id.eq_any(lists::padded(hits)))
                    .order(declarations::id.desc())
                    .limit(wanted)
                    .kept()
                    .load($tx.conn)?;
                rows.extend(found);
                if rows.len() > whole {
                    break;
                }
                if seen >= lists::MOST_HITS {
                    next = Some($crate::declarations::lists::Cursor { at: String::new(), id: before });
                    break;
                }
            }
        } else {
            let mut query = lists::narrowed!($base, $tx, $actor, &filter);
            query = match order {
                Order::Due => lists::soonest_due_first!(query, after),
                _ => lists::newest_first!(query, declarations::first_filed_at, after),
            };
            rows = query.limit(size + 1).kept().load($tx.conn)?;
        }
        if rows.len() > whole {
            rows.truncate(whole);
            next = rows.last().map(|row| row.place(order));
        }
        (rows, next)
    }};
}
pub(crate) use {narrowed, register_page};

/// A page of the register; a reader to whom people are not named reads units as they are told (`people/gathered.rs`).
pub fn register(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
    size: i64,
) -> Result<ListPage> {
    let (mut rows, next) = register_page!(lines!(), ListRow, tx, actor, filter, after, size);
    if RegisterScope::of(actor).masked {
        let gathered = Gathered::read(tx)?;
        for row in &mut rows {
            row.unit = gathered.name(row.unit_id);
        }
    }
    Ok(ListPage { rows, next })
}

/// The sealed files that this reader's roles may read, newest first: never their own, nor what they are barred from.
pub fn sealed(tx: &mut Tx<'_>, actor: &Actor, after: Option<&Cursor>, size: i64) -> Result<ListPage> {
    let mut query = lines!()
        .filter(sql::<Bool>("declarations.class = 'C3'"))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::declarant_id.ne(actor.person))
        .filter(not(exists(
            barred::table
                .filter(barred::declaration_id.eq(declarations::id))
                .filter(barred::person_id.eq(actor.person)),
        )));
    if let Kinds::Only(kinds) = tx.book.access.kinds(&by_role(actor), Action::Read) {
        query = query.filter(kind_column().eq_any(kinds));
    }
    let rows: Vec<ListRow> =
        newest_first!(query, declarations::first_filed_at, after).limit(size + 1).kept().load(tx.conn)?;
    Ok(page(rows, size, |row| at(row.first_filed_at)))
}
