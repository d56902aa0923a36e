//! Lists of measures: mine, my team's, all. Each is an indexed range read page by page from a cursor; what a reader may
//! not see is not in the range.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::store::shown;
use super::workflow::{Expected, State};
use crate::access::Actor;
use crate::access::measures::MeasureWho;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{barred, declarations, measures, persons};
use crate::declarations::access_log;
use crate::declarations::lists::Cursor;
use crate::error::Result;

/// Whose measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// I must carry them out.
    Miennes,
    /// Of the people I supervise, or of what I decided.
    Equipe,
    /// All those that my role shows.
    Toutes,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Miennes, Self::Equipe, Self::Toutes];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Miennes => "miennes",
            Self::Equipe => "equipe",
            Self::Toutes => "toutes",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == text)
    }
}

/// In which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// Something is expected.
    #[default]
    AFaire,
    EnRetard,
    AVerifier,
    Verifiees,
    Levees,
}

impl Which {
    pub const ALL: [Self; 5] = [Self::AFaire, Self::EnRetard, Self::AVerifier, Self::Verifiees, Self::Levees];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::AFaire => "a-faire",
            Self::EnRetard => "en-retard",
            Self::AVerifier => "a-verifier",
            Self::Verifiees => "verifiees",
            Self::Levees => "levees",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.as_str() == text)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub which: Which,
    pub kind: Option<String>,
}

/// One line of a list.
#[derive(Debug, Clone, Queryable)]
pub struct Row {
    pub id: i64,
    pub number: i32,
    pub text: String,
    pub evidence: String,
    pub every_months: Option<i32>,
    state_name: String,
    round: i32,
    pub version: i32,
    pub ordered_at: Instant,
    pub due_on: NaiveDate,
    pub proof_at: Option<Instant>,
    pub settled_at: Option<Instant>,
    pub owner_id: i64,
    pub owner_given: String,
    pub owner_family: String,
    pub reference: Option<String>,
    pub kind: String,
    pub kind_version_id: i64,
}

impl Row {
    pub fn state(&self, today: NaiveDate) -> State {
        shown(State::parse(&self.state_name).unwrap_or(State::Lifted), self.due_on, today)
    }

    pub fn expected(&self) -> Expected {
        if self.round == 0 { Expected::Proof } else { Expected::Attestation }
    }

    pub fn owner(&self) -> String {
        format!("{} {}", self.owner_given, self.owner_family)
    }
}

/// A page of rows and where the next one begins.
pub struct ListPage {
    pub rows: Vec<Row>,
    pub next: Option<Cursor>,
}

/// Views that somebody has.
pub fn views(tx: &Tx<'_>, actor: &Actor) -> Vec<View> {
    let mut views = vec![View::Miennes];
    if actor.leads {
        views.push(View::Equipe);
    }
    if kinds_by_role(tx, actor).is_none_or(|kinds| !kinds.is_empty()) {
        views.push(View::Toutes);
    }
    views
}

/// Kinds whose measures somebody's roles show: `None` when all.
fn kinds_by_role(tx: &Tx<'_>, actor: &Actor) -> Option<Vec<String>> {
    let roles: Vec<MeasureWho> = actor.roles.iter().copied().map(MeasureWho::Role).collect();
    tx.book.access.measure_kinds(&roles)
}

/// A page, first due first.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    view: View,
    filter: &Filter,
    after: Option<&Cursor>,
    size: i64,
) -> Result<ListPage> {
    let today = tx.today();
    let me = actor.person;
    let mut query = measures::table
        .inner_join(declarations::table.on(measures::declaration_id.eq(declarations::id)))
        .inner_join(persons::table.on(measures::owner_id.eq(persons::id)))
        .select((
            measures::id,
            measures::number,
            measures::text,
            measures::evidence,
            measures::every_months,
            measures::state,
            measures::round,
            measures::version,
            measures::ordered_at,
            measures::due_on,
            measures::proof_at,
            measures::settled_at,
            persons::id,
            persons::given_name,
            persons::family_name,
            declarations::reference,
            declarations::kind,
            declarations::kind_version_id,
        ))
        .into_boxed();
    let seen =
        not(exists(barred::table.filter(barred::declaration_id.eq(declarations::id)).filter(barred::person_id.eq(me))));
    query = match view {
        View::Miennes => query.filter(measures::owner_id.eq(me)),
        View::Equipe => {
            let kinds = tx.book.access.measure_kinds(&[MeasureWho::Supervisor]);
            let query = query
                .filter(declarations::declarant_id.ne(me))
                .filter(declarations::supervisor_id.eq(me).or(declarations::decider_id.eq(me)))
                .filter(seen);
            match kinds {
                None => query,
                Some(kinds) => query.filter(declarations::decider_id.eq(me).or(declarations::kind.eq_any(kinds))),
            }
        }
        View::Toutes => {
            let query = query.filter(declarations::declarant_id.ne(me)).filter(seen);
            match kinds_by_role(tx, actor) {
                None => query,
                Some(kinds) => query.filter(declarations::kind.eq_any(kinds)),
            }
        }
    };
    query = match filter.which {
        Which::AFaire => query.filter(measures::settled_at.is_null()),
        Which::EnRetard => query
            .filter(measures::settled_at.is_null())
            .filter(measures::state.ne(State::ProofGiven.as_str()))
            .filter(measures::due_on.lt(today)),
        Which::AVerifier => query.filter(measures::state.eq(State::ProofGiven.as_str())),
        Which::Verifiees => query.filter(measures::state.eq(State::Verified.as_str())),
        Which::Levees => query.filter(measures::state.eq(State::Lifted.as_str())),
    };
    if let Some(kind) = &filter.kind {
        query = query.filter(declarations::kind.eq(kind.clone()));
    }
    if let Some((at, id)) = after.and_then(|cursor| Some((cursor.at.parse::<NaiveDate>().ok()?, cursor.id))) {
        query = query.filter(measures::due_on.ge(at)).filter(measures::due_on.gt(at).or(measures::id.gt(id)));
    }
    let mut rows: Vec<Row> = query.order((measures::due_on.asc(), measures::id.asc())).limit(size + 1).load(tx.conn)?;
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: row.due_on.to_string(), id: row.id });
    Ok(ListPage { rows, next })
}

/// The row that showing a page leaves in the access log: it tells what is asked of somebody else.
///
/// # Errors
/// The database does not answer.
pub fn owed(tx: &mut Tx<'_>, actor: &Actor, page: &ListPage) -> Result<Option<&'static str>> {
    if page.rows.iter().all(|row| row.owner_id == actor.person) {
        return Ok(None);
    }
    access_log::owed(tx, actor, "measures")
}

/// How many measures wait for somebody's own proof, counted up to 99.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor) -> Result<i64> {
    let found: Vec<i64> = measures::table
        .filter(measures::owner_id.eq(actor.person))
        .filter(measures::settled_at.is_null())
        .filter(measures::round.eq(0))
        .filter(measures::state.ne(State::ProofGiven.as_str()))
        .select(measures::id)
        .limit(99)
        .load(tx.conn)?;
    Ok(i64::try_from(found.len()).unwrap_or(0))
}
