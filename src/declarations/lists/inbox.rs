//! What waits for a person or an office, and what they decided.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Cursor, Filter, ListPage, ListRow, at, holder, page};
use crate::access::{Action, Actor, Kinds, Role, Who};
use crate::app::Tx;
use crate::clock::start_of_day;
use crate::db::kept::Keep;
use crate::db::schema::{barred, declarations, persons, units};
use crate::declarations::kind::Office;
use crate::declarations::shown::{by_role, kind_column, narrowed_to, not_sealed};
use crate::declarations::workflow::State;
use crate::error::Result;

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
    let query = match view {
        InboxView::Decidees => newest_first!(query, declarations::decided_at, after),
        InboxView::Equipe | InboxView::AInscrire => newest_first!(query, declarations::first_filed_at, after),
        _ => soonest_due_first!(query, after),
    };
    let rows: Vec<ListRow> = query.limit(size + 1).kept().load(tx.conn)?;
    Ok(page(rows, size, |row| match view {
        InboxView::Decidees => at(row.decided_at),
        InboxView::Equipe | InboxView::AInscrire => at(row.first_filed_at),
        _ => row.due_on.map(|due| due.to_string()).unwrap_or_default(),
    }))
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
