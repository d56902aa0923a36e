//! What waits for a person or an office, and what they decided.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Date, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Cursor, Filter, ListPage, ListRow, at, holder, instant, padded, page};
use crate::access::{Action, Actor, Kinds, Role, Who};
use crate::app::Tx;
use crate::clock::{Instant, start_of_day};
use crate::crosschecks::looked::{self, Looks};
use crate::db::kept::Keep;
use crate::db::schema::{barred, declarations, persons, units};
use crate::declarations::kind::Office;
use crate::declarations::shown::{by_role, company_column, kind_column, narrowed_to, not_sealed, unit_column};
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::people::PersonId;
use crate::policy::rules::Finding;

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
    /// Notices of the contract-rules officer, for the general secretariat and the deputy minister: they have no register.
    Avis,
    /// Told after the decision, to be read before the file closes.
    ARelire,
}

impl InboxView {
    pub const ALL: [Self; 10] = [
        Self::ADecider,
        Self::EnRetard,
        Self::Signalees,
        Self::AttendReponse,
        Self::Deleguees,
        Self::Decidees,
        Self::Equipe,
        Self::AInscrire,
        Self::Avis,
        Self::ARelire,
    ];

    /// Is it offered to this person?
    pub fn is_for(self, actor: &Actor) -> bool {
        match self {
            Self::Equipe => actor.leads,
            Self::AInscrire => actor.has(Role::SecretaryGeneral),
            Self::Avis => !readers_of_notices(actor).is_empty(),
            Self::ADecider
            | Self::EnRetard
            | Self::Signalees
            | Self::AttendReponse
            | Self::Deleguees
            | Self::Decidees
            | Self::ARelire => true,
        }
    }

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
            Self::Avis => "avis",
            Self::ARelire => "a-relire",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == text)
    }
}

/// The roles through which somebody reads notices without a register.
fn readers_of_notices(actor: &Actor) -> Vec<Who> {
    let roles = [Role::SecretaryGeneral, Role::DeputyMinister];
    roles.into_iter().filter(|role| actor.has(*role)).map(Who::Role).collect()
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
        (InboxView::Decidees | InboxView::ARelire, _) => ([by_role(actor), vec![Who::PastDecider]].concat(), true),
        (InboxView::Equipe, _) => (vec![Who::Supervisor], false),
        (InboxView::Avis, _) => (readers_of_notices(actor), false),
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
        InboxView::Avis => {
            let Kinds::Only(kinds) = tx.book.access.kinds(&lines, Action::Read) else {
                return Ok(ListPage { rows: Vec::new(), next: None });
            };
            if kinds.is_empty() {
                return Ok(ListPage { rows: Vec::new(), next: None });
            }
            // By name, so that the order of the list is that of an index.
            query
                .filter(declarations::kind.eq_any(kinds.into_iter().collect::<Vec<String>>()))
                .filter(declarations::first_filed_at.is_not_null())
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
        InboxView::ARelire => match office {
            Some(office) => query.filter(declarations::reader_office.eq(office.as_str())),
            None => query.filter(declarations::reader_id.eq(actor.person)),
        },
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
        InboxView::Deleguees
        | InboxView::Decidees
        | InboxView::Equipe
        | InboxView::AInscrire
        | InboxView::Avis
        | InboxView::ARelire => query,
    };
    query = query.filter(declarations::declarant_id.ne(actor.person)).filter(not(exists(
        barred::table.filter(barred::declaration_id.eq(declarations::id)).filter(barred::person_id.eq(actor.person)),
    )));
    if let Some(kind) = &filter.kind {
        query = query.filter(declarations::kind.eq(kind.clone()));
    }
    // In words that no index says: what waits for somebody is a short range, and an index of the register is not.
    if let Some(units) = &filter.units {
        query = query.filter(unit_column().eq_any(padded(units.clone())));
    }
    if let Some(companies) = &filter.company {
        query = query.filter(company_column().eq_any(padded(companies.clone())));
    }
    let query = match (filter.sort, view) {
        (None, InboxView::Decidees) => newest_first!(query, declarations::decided_at, after),
        (None, InboxView::Equipe | InboxView::AInscrire | InboxView::Avis) => {
            newest_first!(query, declarations::first_filed_at, after)
        }
        // What was told first is read first.
        (None, InboxView::ARelire) => by_column!(query, held(), after, instant, up),
        (None, _) => soonest_due_first!(query, after),
        (Some(Sort::Due), _) => by_column!(query, due(), after, day, up),
        (Some(Sort::DueLast), _) => by_column!(query, due(), after, day, down),
        (Some(Sort::Age), _) => by_column!(query, held(), after, instant, down),
        (Some(Sort::Oldest), _) => by_column!(query, held(), after, instant, up),
    };
    // What few ask for is prepared when it is asked.
    let usual = filter.units.is_none() && filter.company.is_none() && filter.sort.is_none();
    let query = query.limit(size + 1);
    let rows: Vec<ListRow> = if usual { query.kept().load(tx.conn)? } else { query.load(tx.conn)? };
    Ok(page(rows, size, |row| match (filter.sort, view) {
        (None, InboxView::Decidees) => at(row.decided_at),
        (None, InboxView::Equipe | InboxView::AInscrire | InboxView::Avis) => at(row.first_filed_at),
        (None, InboxView::ARelire) => at(row.held_since),
        (None, _) => row.due_on.map(|due| due.to_string()).unwrap_or_default(),
        (Some(Sort::Due | Sort::DueLast), _) => row.due_on.map_or_else(|| NO_DAY.to_owned(), |due| due.to_string()),
        (Some(Sort::Age | Sort::Oldest), _) => row.held_since.map_or_else(|| NEVER.to_owned(), |since| at(Some(since))),
    }))
}

/// An order that a reader chose, by a column of the list. The range is what waits for somebody, or was decided lately: it is sorted
/// when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// What is due first.
    Due,
    DueLast,
    /// What came last.
    Age,
    /// What waits for the longest.
    Oldest,
}

impl Sort {
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Due, Self::DueLast, Self::Age, Self::Oldest].into_iter().find(|sort| sort.as_str() == text)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "echeance",
            Self::DueLast => "-echeance",
            Self::Age => "age",
            Self::Oldest => "-age",
        }
    }
}

/// What stands for a day or an instant that a file does not have: the two engines do not put nothing at the same end.
const NO_DAY: &str = "9999-12-31";
const NEVER: &str = "1900-01-01T00:00:00.000000";

fn due() -> SqlLiteral<Date> {
    sql::<Date>("COALESCE(declarations.due_on, '9999-12-31')")
}

fn held() -> SqlLiteral<Timestamp> {
    sql::<Timestamp>("COALESCE(declarations.held_since, '1900-01-01 00:00:00')")
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// Why some lines deserve attention: what rules found and no look answered since, the most severe first. What is sealed says nothing in
/// a list.
pub fn findings_of(tx: &mut Tx<'_>, reader: PersonId, rows: &[ListRow]) -> Result<HashMap<i64, Vec<Finding>>> {
    let flagged = rows.iter().filter(|row| row.attention >= 2 && !row.is_reading_of(reader)).map(|row| row.id);
    let ids: Vec<i64> = flagged.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(i64, Option<Instant>, String)> = declarations::table
        .filter(declarations::id.eq_any(padded(ids)))
        .select((declarations::id, declarations::filed_at, declarations::findings))
        .kept()
        .load(tx.conn)?;
    let (mut all, mut looked_up) = (HashMap::new(), HashMap::new());
    for (id, filed_at, findings) in found {
        let mut findings: Vec<Finding> = serde_json::from_str(&findings)?;
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        if findings.iter().any(looked::is_seen_by) {
            looked_up.insert(id, filed_at);
        }
        all.insert(id, findings);
    }
    if !looked_up.is_empty() {
        let looks = Looks::of_files(tx, looked_up)?;
        for (id, findings) in &mut all {
            findings.retain(|finding| !looks.is_lifted(*id, &finding.rule));
            for raised in looks.raised(*id) {
                if findings.iter().all(|known| known.rule != raised.rule) {
                    findings.push(raised.finding()?);
                }
            }
            findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        }
    }
    Ok(all)
}
