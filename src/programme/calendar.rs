//! What a period holds for somebody: showcases, company events that may be attended, and one's own authorised events.
//!
//! Nobody learns here who goes where: a company's event is shown to everybody only when a passport rules on it, and a
//! request only to the person who made it and to whoever supervises them.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::state::State;
use super::store::{self, Showcase};
use crate::access::Actor;
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::{barred, declarations, persons};
use crate::declarations::kind::{BeforeAfter, Kind, Tone};
use crate::declarations::shown::{kind_column, not_sealed};
use crate::error::Result;
use crate::people::PersonId;

/// What an entry stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A showcase, and whether the reader has a place.
    Showcase { kind: String, state: State, mine: bool },
    /// A request of the reader that was authorised.
    Mine,
    /// A request of somebody they supervise.
    Team { person: String },
    /// A company's event on which the ethics officer ruled.
    Passport { conditions: bool },
}

/// One line of the calendar.
#[derive(Debug, Clone)]
pub struct Entry {
    pub on: NaiveDate,
    pub begins: Option<String>,
    pub title: String,
    pub company: Option<String>,
    pub what: What,
    pub reference: String,
    pub href: Option<String>,
}

/// Everything from a day to another, both included, in order.
pub fn entries(tx: &mut Tx<'_>, actor: &Actor, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>> {
    let places = store::places_of(tx, actor.person, from)?;
    let mut all: Vec<Entry> =
        store::between(tx, from, to)?.into_iter().map(|showcase| of_showcase(showcase, &places)).collect();
    all.extend(authorised(tx, actor.person, actor.leads, from, to)?);
    all.extend(super::passports::calendar::entries(tx, actor, from, to)?);
    all.sort_by(|a, b| (a.on, &a.begins, &a.title).cmp(&(b.on, &b.begins, &b.title)));
    Ok(all)
}

fn of_showcase(showcase: Showcase, places: &[i64]) -> Entry {
    Entry {
        on: showcase.held_on,
        href: Some(showcase.address()),
        what: What::Showcase { state: showcase.state(), mine: places.contains(&showcase.id), kind: showcase.kind },
        begins: showcase.begins,
        title: showcase.title,
        company: None,
        reference: showcase.reference,
    }
}

/// Kinds that ask for an authorisation before the fact.
pub fn is_prior(kind: &Kind) -> bool {
    kind.deadlines.file.as_ref().is_some_and(|delay| delay.when == BeforeAfter::Before)
}

/// Outcomes that let somebody go.
pub fn lets_go(kind: &Kind, outcome: &str) -> bool {
    kind.outcome(outcome).is_some_and(|outcome| matches!(outcome.tone, Tone::Positive | Tone::Conditional))
}

/// Requests that were authorised: one's own, and those of one's team.
pub fn authorised(
    tx: &mut Tx<'_>,
    person: PersonId,
    with_team: bool,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Entry>> {
    let kinds: Vec<String> = tx
        .book
        .catalogue
        .kinds()
        .iter()
        .filter(|version| is_prior(&version.kind))
        .map(|version| version.kind.id.clone())
        .collect();
    type Row = (Option<String>, String, Option<String>, Option<NaiveDate>, String, PersonId, String, String);
    macro_rules! requests_of {
        ($whose:expr) => {
            each_engine!(tx.conn, conn => declarations::table
                .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
                .filter($whose)
                .filter(declarations::first_filed_at.is_not_null())
                .filter(not_sealed())
                .filter(kind_column().eq_any(&kinds))
                .filter(declarations::occurred_on.ge(from))
                .filter(declarations::occurred_on.le(to))
                .filter(declarations::outcome.is_not_null())
                // Whoever is barred from a request does not learn of it here either.
                .filter(not(exists(
                    barred::table
                        .filter(barred::declaration_id.eq(declarations::id))
                        .filter(barred::person_id.eq(person))
                        .filter(declarations::declarant_id.ne(person)),
                )))
                .select((
                    declarations::reference,
                    declarations::kind,
                    declarations::outcome,
                    declarations::occurred_on,
                    declarations::subject,
                    declarations::declarant_id,
                    persons::given_name,
                    persons::family_name,
                ))
                .load::<Row>(conn))
        };
    }
    let mut rows: Vec<Row> = requests_of!(declarations::declarant_id.eq(person))?;
    if with_team {
        let team: Vec<Row> = requests_of!(declarations::supervisor_id.eq(person))?;
        rows.extend(team.into_iter().filter(|row| row.5 != person));
    }
    Ok(rows
        .into_iter()
        .filter_map(|(reference, kind, outcome, on, subject, declarant, given, family)| {
            let kind = &tx.book.catalogue.kind(&kind)?.kind;
            let reference = reference.filter(|_| outcome.is_some_and(|outcome| lets_go(kind, &outcome)))?;
            let what =
                if declarant == person { What::Mine } else { What::Team { person: format!("{given} {family}") } };
            Some(Entry {
                on: on?,
                begins: None,
                title: subject,
                company: None,
                what,
                href: Some(format!("/d/{reference}")),
                reference,
            })
        })
        .collect())
}
