//! Whom the ethics officer follows up: units that declared nothing where something was expected, people who did not declare
//! their interests in the year. Behind a door of its own, which opens the small numbers of the table too; what others read of it is
//! numbers, the small ones left out.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use serde::Serialize;

use super::expected::{self, Expected, Year};
use super::expected_page::{Asked, YearLink, years};
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::clock::start_of_day;
use crate::db::schema::{persons, units};
use crate::declarations::{access_log, renewal};
use crate::error::Result;
use crate::people::PersonId;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// People listed; when there are more, the page says how many.
const MOST: usize = 300;

/// Somebody to follow up.
#[derive(Debug, Clone, Queryable)]
pub struct Missing {
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub unit: String,
}

/// People in service who declared no interests in the year, in the order of names, and how many there are.
pub fn without_interests(tx: &mut Tx<'_>, year: Year, most: usize) -> Result<(Vec<Missing>, usize)> {
    let zone = tx.zone();
    let (from, until) = (start_of_day(year.first, zone), start_of_day(year.last.succ_opt().unwrap_or(year.last), zone));
    let done: BTreeSet<PersonId> = expected::filed_before(tx, until)?
        .into_iter()
        .filter(|one| one.at >= from && one.kind == renewal::KIND)
        .map(|one| one.person)
        .collect();
    let rows: Vec<(PersonId, Missing)> = persons::table
        .inner_join(units::table.on(persons::unit_id.eq(units::id)))
        .filter(persons::active_from.le(year.last))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(year.last)))
        .order((units::name.asc(), persons::folded.asc(), persons::id.asc()))
        .select((persons::id, (persons::number, persons::given_name, persons::family_name, units::name)))
        .load(tx.conn)?;
    let mut missing: Vec<Missing> =
        rows.into_iter().filter(|(person, _)| !done.contains(person)).map(|(_, missing)| missing).collect();
    let all = missing.len();
    missing.truncate(most);
    Ok((missing, all))
}

#[derive(Serialize)]
struct FollowUpPage {
    years: Vec<YearLink>,
    table_href: String,
    silent: Vec<SilentUnit>,
    people: Vec<PersonLine>,
    told: String,
    more: Option<String>,
}

#[derive(Serialize)]
struct SilentUnit {
    code: String,
    name: String,
    /// « Contrats : 3, événements : 2 ».
    expected: String,
}

#[derive(Serialize)]
struct PersonLine {
    number: String,
    name: String,
    unit: String,
}

/// `GET /rapports/attendu/suivi?annee=`
pub async fn show(visit: Visit, query: web::Query<Asked>) -> Result<HttpResponse> {
    let (actor, asked, language) = (visit.actor()?, query.into_inner(), visit.language);
    // One transaction: the page is not shown unless it is logged.
    let content = visit.app.write(move |tx| content(tx, &actor, &asked, language)).await?;
    let table = content.table_href.clone();
    Page::titled(&visit, "expected-follow-title")
        .back(table, "back-expected")
        .render("pages/reports/follow_up", &content)
}

fn content(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, language: Language) -> Result<FollowUpPage> {
    require_page(&tx.book.access, actor, PageAction::FollowUpSilence)?;
    let year = asked.year(tx.today());
    let rows = expected::of_year(tx, year)?;
    let (people, all) = without_interests(tx, year, MOST)?;
    access_log::list_opened(tx, actor, "silence")?;
    let count = |number: usize| Arg::from(i64::try_from(number).unwrap_or(i64::MAX));
    Ok(FollowUpPage {
        years: years(tx.today(), year, "/rapports/attendu/suivi", language),
        table_href: format!("/rapports/attendu?annee={}", year.year),
        silent: rows
            .into_iter()
            .filter(expected::UnitRow::is_silent)
            .map(|row| SilentUnit {
                expected: [Expected::Contracts, Expected::Events, Expected::Meetings]
                    .into_iter()
                    .filter(|what| row.pair(*what).expected > 0)
                    .map(|what| {
                        let args = [("count", Arg::from(row.pair(what).expected))];
                        say(language, &format!("expected-silent-{}", what.as_str()), &args)
                    })
                    .collect::<Vec<_>>()
                    .join(", "),
                code: row.code,
                name: row.name,
            })
            .collect(),
        told: say(language, "expected-missing", &[("count", count(all))]),
        more: (all > people.len()).then(|| say(language, "expected-more", &[("count", count(all - people.len()))])),
        people: people
            .into_iter()
            .map(|one| PersonLine {
                name: format!("{} {}", one.given_name, one.family_name),
                number: one.number,
                unit: one.unit,
            })
            .collect(),
    })
}
