//! Lists of declarations: mine, to decide, the register. Each is an indexed range read page by page from a cursor, so
//! that a page costs the same at any depth; what a reader may not see is not in the range.

use chrono::NaiveDate;
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::{Deserialize, Serialize};

use super::kind::Office;
use super::shown::{self, by_role, kind_column, narrowed_to, not_sealed};
use super::store::Declaration;
use super::workflow::State;
use crate::access::{Action, Actor, Kinds, RegisterScope, Role, Target, Verdict, Who, may};
use crate::app::Tx;
use crate::clock::{Instant, start_of_day};
use crate::db::conn::each_engine;
use crate::db::schema::{barred, declarations, persons, units};
use crate::db::search;
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
}

impl ListRow {
    /// Showing this line to this reader is a reading of a sealed file.
    pub fn is_reading_of(&self, reader: PersonId) -> bool {
        self.class == "C3" && self.declarant_id != reader
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
            ))
            .into_boxed()
    };
}

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
    if let Some((at, id)) = after.and_then(|cursor| Some((instant(&cursor.at)?, cursor.id))) {
        query = query
            .filter(declarations::changed_at.le(at))
            .filter(declarations::changed_at.lt(at).or(declarations::id.lt(id)));
    }
    let rows = query
        .order((declarations::changed_at.desc(), declarations::id.desc()))
        .limit(size + 1)
        .load::<ListRow>(tx.conn)?;
    Ok(page(rows, size, |row| row.changed_at.format(INSTANT).to_string()))
}

/// What waits for a person or an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InboxView {
    /// To decide.
    ADecider,
    EnRetard,
    Signalees,
    AttendReponse,
    /// Decided by me in the last 30 days.
    Decidees,
    /// Of the people I supervise.
    Equipe,
    /// Mine to decide in somebody else’s place.
    Deleguees,
    /// Decided outside, to be recorded by the secretary general.
    AInscrire,
}

impl InboxView {
    pub const ALL: [Self; 8] = [
        Self::ADecider,
        Self::EnRetard,
        Self::Signalees,
        Self::AttendReponse,
        Self::Deleguees,
        Self::Decidees,
        Self::Equipe,
        Self::AInscrire,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::ADecider => "a-decider",
            Self::EnRetard => "en-retard",
            Self::Signalees => "signalees",
            Self::AttendReponse => "attend-reponse",
            Self::Decidees => "decidees",
            Self::Equipe => "equipe",
            Self::Deleguees => "deleguees",
            Self::AInscrire => "a-inscrire",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == text)
    }
}

/// The inbox of a person, or of an office when one is given.
pub fn inbox(
    tx: &mut Tx<'_>,
    actor: &Actor,
    office: Option<Office>,
    view: InboxView,
    filter: &Filter,
    after: Option<&Cursor>,
    size: i64,
) -> Result<ListPage> {
    let today = tx.today();
    let zone = tx.zone();
    let mut query = lines!();
    let (lines, sealed) = match (view, office) {
        // Whoever decided in an office that they have left keeps what anybody who decided keeps, and no more.
        (InboxView::Decidees, _) => ([by_role(actor), vec![Who::PastDecider]].concat(), true),
        (InboxView::Equipe, _) => (vec![Who::Supervisor], false),
        (_, Some(_)) => (vec![Who::Office], true),
        (_, None) => (vec![Who::Holder], true),
    };
    let kinds = if sealed {
        match tx.book.access.kinds(&lines, Action::Read) {
            Kinds::Every => None,
            Kinds::Only(kinds) => Some(kinds.into_iter().collect()),
        }
    } else {
        query = query.filter(not_sealed());
        narrowed_to(tx, &lines, Action::Read)
    };
    if let Some(kinds) = kinds {
        query = query.filter(kind_column().eq_any(kinds));
    }
    query = match view {
        InboxView::Decidees => {
            let since = start_of_day(today - chrono::TimeDelta::days(30), zone);
            query.filter(declarations::decider_id.eq(actor.person)).filter(declarations::decided_at.ge(since))
        }
        InboxView::Equipe => query
            .filter(declarations::supervisor_id.eq(actor.person))
            .filter(declarations::first_filed_at.is_not_null()),
        InboxView::Deleguees => {
            query.filter(declarations::holder_id.eq(actor.person)).filter(declarations::held_for_id.is_not_null())
        }
        InboxView::AInscrire => {
            if !actor.has(Role::SecretaryGeneral) {
                return Ok(ListPage { rows: Vec::new(), next: None });
            }
            query
                .filter(declarations::holder_id.is_null())
                .filter(declarations::holder_office.is_null())
                .filter(declarations::decided_at.is_null())
                .filter(declarations::closed_at.is_null())
                .filter(declarations::first_filed_at.is_not_null())
        }
        _ => match office {
            Some(office) => query.filter(declarations::holder_office.eq(office.as_str())),
            None => query.filter(declarations::holder_id.eq(actor.person)),
        },
    };
    query = match view {
        InboxView::ADecider => query.filter(declarations::state.ne(State::InfoRequested.as_str())),
        InboxView::EnRetard => query.filter(declarations::due_on.lt(today)),
        InboxView::Signalees => query.filter(declarations::attention.ge(2)),
        InboxView::AttendReponse => query.filter(declarations::state.eq(State::InfoRequested.as_str())),
        InboxView::Deleguees | InboxView::Decidees | InboxView::Equipe | InboxView::AInscrire => query,
    };
    query = query.filter(declarations::declarant_id.ne(actor.person)).filter(not(exists(
        barred::table.filter(barred::declaration_id.eq(declarations::id)).filter(barred::person_id.eq(actor.person)),
    )));
    if let Some(kind) = &filter.kind {
        query = query.filter(declarations::kind.eq(kind.clone()));
    }
    if let Some(unit) = filter.unit {
        query = query.filter(declarations::unit_id.eq(unit));
    }
    let by_due = !matches!(view, InboxView::Decidees | InboxView::Equipe | InboxView::AInscrire);
    if by_due {
        if let Some((at, id)) = after.and_then(|cursor| Some((cursor.at.parse::<NaiveDate>().ok()?, cursor.id))) {
            query = query
                .filter(declarations::due_on.ge(at))
                .filter(declarations::due_on.gt(at).or(declarations::id.gt(id)));
        }
        let rows = query
            .order((declarations::due_on.asc(), declarations::id.asc()))
            .limit(size + 1)
            .load::<ListRow>(tx.conn)?;
        return Ok(page(rows, size, |row| row.due_on.map(|due| due.to_string()).unwrap_or_default()));
    }
    if view == InboxView::Decidees {
        if let Some((at, id)) = after.and_then(|cursor| Some((instant(&cursor.at)?, cursor.id))) {
            query = query
                .filter(declarations::decided_at.le(at))
                .filter(declarations::decided_at.lt(at).or(declarations::id.lt(id)));
        }
        let rows = query
            .order((declarations::decided_at.desc(), declarations::id.desc()))
            .limit(size + 1)
            .load::<ListRow>(tx.conn)?;
        return Ok(page(rows, size, |row| row.decided_at.map(|at| at.format(INSTANT).to_string()).unwrap_or_default()));
    }
    if let Some((at, id)) = after.and_then(|cursor| Some((instant(&cursor.at)?, cursor.id))) {
        query = query
            .filter(declarations::first_filed_at.le(at))
            .filter(declarations::first_filed_at.lt(at).or(declarations::id.lt(id)));
    }
    let rows = query
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(size + 1)
        .load::<ListRow>(tx.conn)?;
    Ok(page(rows, size, |row| row.first_filed_at.map(|at| at.format(INSTANT).to_string()).unwrap_or_default()))
}

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
            .load(tx.conn)?;
        count += i64::try_from(found.len()).unwrap_or(0);
    }
    Ok(count.min(99))
}

/// What a list is narrowed to; every part comes from the address.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub words: String,
    pub kind: Option<String>,
    pub state: Option<StateFilter>,
    pub unit: Option<i64>,
    /// A company and those merged into it (`companies::store::standing_for`).
    pub company: Option<Vec<i64>>,
    pub flagged: bool,
    pub late: bool,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
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
            // Written out, as the partial index says it.
            let linked = match $tx.conn {
                $crate::db::DbConn::Sqlite(_) => "declarations.contract_linked = 1",
                $crate::db::DbConn::Postgres(_) => "declarations.contract_linked",
            };
            query = query.filter(diesel::dsl::sql::<diesel::sql_types::Bool>(linked));
        }
        // Of one company, its index is the one to read: nothing else is said as an index says it.
        let of_company = $filter.company.is_some();
        for unit in scope.unit.into_iter().chain($filter.unit) {
            query = if of_company {
                query.filter(shown::unit_column().eq(unit))
            } else {
                query.filter(declarations::unit_id.eq(unit))
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
            Some(companies) => query.filter(declarations::company_id.eq_any(companies.to_vec())),
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
    /// The filter for a reader: nobody searches by words a register in which people are not named.
    pub fn for_reader(&self, actor: &Actor) -> Self {
        let masked = RegisterScope::of(actor).masked;
        Self { words: if masked { String::new() } else { self.words.clone() }, ..self.clone() }
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
        Order::Filed => filed.map(|at| at.format(INSTANT).to_string()),
        Order::Due => due.map(|due| due.to_string()),
        Order::Opened => None,
    };
    Cursor { at: at.unwrap_or_default(), id }
}

/// Hits of a search looked at together: few at first, since most pages are filled by their first hits.
pub fn hits(tx: &mut Tx<'_>, words: &str, before: i64, seen: usize, size: i64) -> Result<Vec<i64>> {
    let most = if seen == 0 { size + 16 } else { 400 };
    search::find(tx.conn, words, before, most)
}

/// A page of the register, in the order of the filter, of any columns: rows, and the place of the last one when there
/// are more. Pages of people and exports read the same way.
macro_rules! register_page {
    ($base:expr, $row:ty, $tx:expr, $actor:expr, $filter:expr, $after:expr, $size:expr) => {{
        use $crate::declarations::lists::{self, Order, Placed};
        let filter = $filter.for_reader($actor);
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
                    .filter(declarations::id.eq_any(hits))
                    .order(declarations::id.desc())
                    .limit(wanted)
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
                Order::Due => {
                    if let Some((at, id)) =
                        after.and_then(|place| Some((place.at.parse::<chrono::NaiveDate>().ok()?, place.id)))
                    {
                        query = query
                            .filter(declarations::due_on.ge(at))
                            .filter(declarations::due_on.gt(at).or(declarations::id.gt(id)));
                    }
                    query.order((declarations::due_on.asc(), declarations::id.asc()))
                }
                _ => {
                    if let Some((at, id)) = after.and_then(|place| Some((lists::instant(&place.at)?, place.id))) {
                        query = query
                            .filter(declarations::first_filed_at.le(at))
                            .filter(declarations::first_filed_at.lt(at).or(declarations::id.lt(id)));
                    }
                    query.order((declarations::first_filed_at.desc(), declarations::id.desc()))
                }
            };
            rows = query.limit(size + 1).load($tx.conn)?;
        }
        if rows.len() > whole {
            rows.truncate(whole);
            next = rows.last().map(|row| row.place(order));
        }
        (rows, next)
    }};
}
pub(crate) use {narrowed, register_page};

/// A page of the register.
pub fn register(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
    size: i64,
) -> Result<ListPage> {
    let (rows, next) = register_page!(lines!(), ListRow, tx, actor, filter, after, size);
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
    if let Some((at, id)) = after.and_then(|cursor| Some((instant(&cursor.at)?, cursor.id))) {
        query = query
            .filter(declarations::first_filed_at.le(at))
            .filter(declarations::first_filed_at.lt(at).or(declarations::id.lt(id)));
    }
    let rows = query
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(size + 1)
        .load::<ListRow>(tx.conn)?;
    Ok(page(rows, size, |row| row.first_filed_at.map(|at| at.format(INSTANT).to_string()).unwrap_or_default()))
}

/// The last declarations of the same person that this reader may read, this one aside.
pub fn earlier(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration) -> Result<Vec<Earlier>> {
    let rows: Vec<Earlier> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(declaration.declarant_id))
        .filter(declarations::first_filed_at.lt(declaration.first_filed_at))
        .filter(not_sealed())
        .filter(declarations::id.ne(declaration.id))
        .filter(not(exists(
            barred::table
                .filter(barred::declaration_id.eq(declarations::id))
                .filter(barred::person_id.eq(actor.person)),
        )))
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(8)
        .select(Earlier::as_select())
        .load(conn))?;
    Ok(rows
        .into_iter()
        .filter(|row| may(&tx.book.access, actor, Action::Read, &row.target()) == Verdict::Allowed)
        .collect())
}

/// What is shown of an earlier declaration of the same person, and what the policy asks of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = declarations)]
pub struct Earlier {
    pub key: String,
    pub reference: Option<String>,
    pub subject: String,
    pub first_filed_at: Option<Instant>,
    pub kind: String,
    pub company_id: Option<i64>,
    #[diesel(column_name = state)]
    state_name: String,
    declarant_id: PersonId,
    holder_id: Option<PersonId>,
    holder_office: Option<String>,
    supervisor_id: Option<PersonId>,
    decider_id: Option<PersonId>,
    contract_linked: bool,
    unit_id: UnitId,
}

impl Earlier {
    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Closed)
    }

    pub fn slug(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.key)
    }

    fn target(&self) -> Target<'_> {
        Target {
            kind: &self.kind,
            state: self.state(),
            declarant: self.declarant_id,
            holder: self.holder_id,
            holder_office: self.holder_office.as_deref().and_then(Office::parse),
            supervisor: self.supervisor_id,
            decider: self.decider_id,
            contract_linked: self.contract_linked,
            unit: self.unit_id,
            barred: false,
        }
    }
}

/// Drafts opened from a declaration: key and subject.
pub fn drafts_from(tx: &mut Tx<'_>, origin: i64) -> Result<Vec<(String, String)>> {
    Ok(declarations::table
        .filter(declarations::origin_id.eq(origin))
        .filter(declarations::state.eq(State::Draft.as_str()))
        .order(declarations::id.asc())
        .select((declarations::key, declarations::subject))
        .load(tx.conn)?)
}

pub fn unit_name(tx: &mut Tx<'_>, unit: i64) -> Result<String> {
    Ok(units::table.find(unit).select(units::name).first(tx.conn)?)
}
