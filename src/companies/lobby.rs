//! The registry of lobbyists: who looked, when, what was there, under which mandate. It is asked through a [`Connector`]; the one there is
//! reads what people wrote after looking. Nothing is fetched: no way of asking it by program is published.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::CompanyId;
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::store;
use crate::config::LobbyConnector;
use crate::crosschecks::looked;
use crate::db::schema::{lobby_checks, persons};
use crate::error::{Error, FieldError, Result};
use crate::formats::parse_date;
use crate::journal::{self, Event};

/// What somebody found there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A mandate is registered.
    Registered,
    /// Nothing is.
    Absent,
    /// It could not be told.
    Unclear,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Registered, Self::Absent, Self::Unclear];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Absent => "absent",
            Self::Unclear => "unclear",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// A check as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub on: String,
    pub result: String,
    pub mandate: String,
    pub note: String,
}

/// A check on file.
#[derive(Debug, Clone, Queryable)]
pub struct Check {
    pub id: i64,
    pub checked_on: NaiveDate,
    pub result: String,
    pub mandate: String,
    pub note: String,
    pub recorded_at: Instant,
    pub given_name: String,
    pub family_name: String,
}

/// Records that somebody looked a company up.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId, typed: &Typed) -> Result<()> {
    require_page(&tx.book.access, actor, PageAction::LobbyChecks)?;
    let company = store::root(tx, company)?;
    let mut wrong = Vec::new();
    let today = tx.today();
    let checked_on = parse_date(&typed.on, today, actor.language).ok();
    match checked_on {
        None => wrong.push(FieldError::new("on", "error-lobby-date")),
        Some(day) if day > today => wrong.push(FieldError::new("on", "error-lobby-future")),
        Some(_) => {}
    }
    let outcome = Outcome::parse(&typed.result);
    if outcome.is_none() {
        wrong.push(FieldError::new("result", "error-lobby-result"));
    }
    if outcome == Some(Outcome::Registered) && typed.mandate.trim().is_empty() {
        wrong.push(FieldError::new("mandate", "error-lobby-mandate"));
    }
    for (field, text, most) in [("mandate", &typed.mandate, 200), ("note", &typed.note, 2_000)] {
        if text.chars().count() > most {
            wrong.push(FieldError::with(field, "error-too-long", most));
        }
    }
    let (Some(checked_on), Some(outcome), true) = (checked_on, outcome, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let now = tx.now();
    let mandate = typed.mandate.trim().to_owned();
    diesel::insert_into(lobby_checks::table)
        .values((
            lobby_checks::company_id.eq(company.id),
            lobby_checks::checked_on.eq(checked_on),
            lobby_checks::checked_by.eq(actor.person),
            lobby_checks::result.eq(outcome.as_str()),
            lobby_checks::mandate.eq(&mandate),
            lobby_checks::note.eq(typed.note.trim()),
            lobby_checks::recorded_at.eq(now),
        ))
        .execute(tx.conn)?;
    let event = Event::LobbyChecked { company: company.id, checked_on, result: outcome.as_str().to_owned(), mandate };
    journal::record(tx, Some(actor.person), None, &event)?;
    // What was declared before is looked at again with it.
    looked::followed(tx, company.id).map(drop)
}

/// A way of knowing what the registry holds about companies. The day its keeper publishes an interface, asking it is one more of these,
/// and a line of [`connector`].
pub trait Connector {
    /// The looks at the registry for some companies, newest first.
    ///
    /// # Errors
    /// The registry, or what stands for it, cannot be read.
    fn checks(&self, tx: &mut Tx<'_>, companies: &[CompanyId], most: i64) -> Result<Vec<Check>>;
}

/// The connector that a setting chooses.
pub fn connector(chosen: LobbyConnector) -> &'static dyn Connector {
    match chosen {
        LobbyConnector::ByHand => &ByHand,
    }
}

/// What people looked up and wrote down.
#[derive(Debug, Clone, Copy)]
pub struct ByHand;

impl Connector for ByHand {
    fn checks(&self, tx: &mut Tx<'_>, companies: &[CompanyId], most: i64) -> Result<Vec<Check>> {
        Ok(lobby_checks::table
            .inner_join(persons::table.on(lobby_checks::checked_by.eq(persons::id)))
            .filter(lobby_checks::company_id.eq_any(companies))
            .order(lobby_checks::id.desc())
            .limit(most)
            .select((
                lobby_checks::id,
                lobby_checks::checked_on,
                lobby_checks::result,
                lobby_checks::mandate,
                lobby_checks::note,
                lobby_checks::recorded_at,
                persons::given_name,
                persons::family_name,
            ))
            .load(tx.conn)?)
    }
}

/// The looks at the registry for some companies, newest first, as this service knows them.
pub fn of_companies(tx: &mut Tx<'_>, companies: &[CompanyId], most: i64) -> Result<Vec<Check>> {
    connector(tx.book.config.lobby.connector).checks(tx, companies, most)
}

/// The last look at some companies that are one: the one of the latest day.
pub fn last(tx: &mut Tx<'_>, companies: &[CompanyId]) -> Result<Option<Check>> {
    let checks = if companies.is_empty() { Vec::new() } else { of_companies(tx, companies, RECENT)? };
    Ok(checks.into_iter().max_by_key(|check| (check.checked_on, check.id)))
}

/// The companies that somebody looked up since a day.
pub fn looked_up_since(tx: &mut Tx<'_>, day: NaiveDate) -> Result<Vec<CompanyId>> {
    // Each once is counted here: asked to do so, SQLite reads every look by company.
    let mut companies: Vec<CompanyId> =
        lobby_checks::table.filter(lobby_checks::checked_on.ge(day)).select(lobby_checks::company_id).load(tx.conn)?;
    companies.sort_unstable();
    companies.dedup();
    Ok(companies)
}

/// What the last look says before a meeting.
#[derive(Debug, Clone)]
pub struct Last {
    pub check: Option<Check>,
    pub old: bool,
    /// The purpose is one for which somebody must have looked.
    pub expected: bool,
}

impl Last {
    /// Reads the last look at some companies; none for a company that the register does not know.
    pub fn of(tx: &mut Tx<'_>, companies: &[CompanyId], purpose: Option<&str>, today: NaiveDate) -> Result<Self> {
        let check = last(tx, companies)?;
        let settings = &tx.book.config.lobby;
        let most = i64::from(settings.check_days);
        Ok(Self {
            old: check.as_ref().is_some_and(|check| (today - check.checked_on).num_days() > most),
            expected: purpose.is_some_and(|purpose| settings.purposes.iter().any(|one| one == purpose)),
            check,
        })
    }

    /// True when the meeting is one for which somebody must have looked, and no recent look found a mandate.
    pub fn is_in_doubt(&self) -> bool {
        let found = |check: &Check| check.result == Outcome::Registered.as_str();
        self.expected && (self.old || !self.check.as_ref().is_some_and(found))
    }
}

/// Looks among which the last one is: they are written in the order in which people come back from looking.
const RECENT: i64 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn last(result: Option<Outcome>, old: bool, expected: bool) -> Last {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let check = result.map(|outcome| Check {
            id: 1,
            checked_on: day,
            result: outcome.as_str().to_owned(),
            mandate: String::new(),
            note: String::new(),
            recorded_at: day.and_hms_opt(10, 0, 0).unwrap(),
            given_name: String::new(),
            family_name: String::new(),
        });
        Last { check, old, expected }
    }

    #[test]
    fn only_a_recent_look_that_found_a_mandate_leaves_no_doubt() {
        for (result, old, in_doubt) in [
            (Some(Outcome::Registered), false, false),
            (Some(Outcome::Registered), true, true),
            (Some(Outcome::Absent), false, true),
            (Some(Outcome::Unclear), false, true),
            (None, false, true),
        ] {
            assert_eq!(last(result, old, true).is_in_doubt(), in_doubt, "{result:?} {old}");
            assert!(!last(result, old, false).is_in_doubt(), "{result:?} {old}: nothing is asked for this purpose");
        }
    }
}
