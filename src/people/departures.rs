//! A last day comes: what the person has to settle, what passes to others, and what stays due afterwards.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::{Months, NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::Serialize;

use super::confirmations::{self, Cause};
use super::store::{self, Person};
use super::{PersonId, listing, mail};
use crate::access::{Action, Actor, MeasureAction, Role, Verdict, may};
use crate::app::Tx;
use crate::companies::CompanyId;
use crate::contracts;
use crate::db::conn::{Job, alone, each_engine};
use crate::db::schema::{declarations, persons};
use crate::declarations::detail::state_label;
use crate::declarations::store::{self as files, Declaration};
use crate::declarations::workflow::State;
use crate::declarations::{access_log, handover, reading, renewal, sealed};
use crate::error::{Error, Result};
use crate::formats::format_date_long;
use crate::measures;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// Most files of each sort on the page; a person has far fewer.
const MOST: i64 = 200;

/// Somebody who leaves.
pub struct Departure {
    pub person: Person,
    pub last_day: NaiveDate,
}

/// Tells those whose last day comes, and their supervisor; once for a day. Returns how many were told.
pub fn follow(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::Departures)? {
        return Ok(0);
    }
    let today = tx.today();
    let until = today + TimeDelta::days(i64::from(tx.book.config.continuity.departure_notice));
    let leaving: Vec<Person> = each_engine!(tx.conn, conn => persons::table
        .filter(persons::active_until.ge(today))
        .filter(persons::active_until.le(until))
        .filter(persons::active_from.le(today))
        .order(persons::id.asc())
        .select(Person::as_select())
        .load(conn))?;
    let mut told = 0;
    for person in leaving {
        let Some(last_day) = person.active_until else { continue };
        if confirmations::told_of(tx, person.id, last_day)? {
            continue;
        }
        confirmations::keep(tx, person.id, Cause::Departure, last_day, Some(last_day))?;
        mail::departure(tx, &Departure { person, last_day })?;
        told += 1;
    }
    Ok(told)
}

#[derive(Serialize)]
struct DeparturePage {
    heading: String,
    is_mine: bool,
    last_day: Option<String>,
    relations: Vec<FileView>,
    /// Companies of relations that are over for the register, and go on for the ministry.
    companies: Vec<CompanyView>,
    gifts: Vec<FileView>,
    interests: Vec<FileView>,
    /// What a decision asked of them and is not settled.
    measures: Vec<FileView>,
    /// Files that wait for their decision, and people who report to them.
    deciding: Option<String>,
    team: Option<String>,
    successor: Option<String>,
    nothing: bool,
}

#[derive(Serialize)]
struct FileView {
    href: String,
    subject: String,
    reference: String,
    state: &'static str,
    state_label: String,
}

/// A company, and the last file about it.
#[derive(Serialize)]
struct CompanyView {
    href: String,
    company: String,
    /// How many relations, and when the last one was.
    since: String,
    under_contract: bool,
}

/// `GET /depart`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    render(visit, None).await
}

/// `GET /depart/{number}`: of somebody I supervise.
pub async fn show_of(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    render(visit, Some(number.into_inner())).await
}

async fn render(visit: Visit, number: Option<String>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read(move |tx| {
            let content = content(tx, &by, number.as_deref(), language)?;
            let owed = if content.is_mine { None } else { access_log::owed(tx, &by, "departure")? };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    Page::new(&visit, content.heading.clone()).wide().render("pages/people/departure", &content)
}

fn content(tx: &mut Tx<'_>, actor: &Actor, number: Option<&str>, language: Language) -> Result<DeparturePage> {
    let person = match number {
        None => store::find(tx, actor.person)?,
        // Whoever does not supervise them, the ethics office aside, is told nothing, not even that the person exists.
        Some(number) => store::find_by_number(tx, number)?
            .filter(|person| person.supervisor_id == Some(actor.person) || actor.has(Role::EthicsOfficer))
            .ok_or(Error::NotFound)?,
    };
    let is_mine = person.id == actor.person;
    let relations = open_files(tx, actor, person.id, |file| file.kind == "business_relation")?;
    let companies = live_companies(tx, actor, person.id, &relations, language)?;
    let gifts = open_files(tx, actor, person.id, owes_a_return)?;
    let mut interests = Vec::new();
    for item in renewal::items(tx, person.id)? {
        if readable(tx, actor, &item)? {
            interests.push(item);
        }
    }
    let measures = open_measures(tx, actor, person.id, language)?;
    let deciding = handover::waiting_for(tx, person.id, actor.person)?;
    let team = listing::team(tx, person.id)?;
    let successor = match person.supervisor_id {
        Some(above) if deciding > 0 || team > 0 => Some(store::find(tx, above)?.name()),
        _ => None,
    };
    let view = |file: &Declaration| FileView {
        href: format!("/d/{}", file.slug()),
        // Two interests often have the same title: the company tells them apart.
        subject: match &file.company_name {
            Some(company) if !file.subject.contains(company.as_str()) => format!("{}, {company}", file.subject),
            _ => file.subject.clone(),
        },
        reference: file.reference.clone().unwrap_or_default(),
        state: file.state().as_str(),
        state_label: state_label(file.state(), language),
    };
    let counted = |key: &str, count: i64| (count > 0).then(|| say(language, key, &[("count", Arg::from(count))]));
    Ok(DeparturePage {
        heading: if is_mine {
            say(language, "departure-title", &[])
        } else {
            say(language, "departure-title-of", &[("name", Arg::from(person.name()))])
        },
        is_mine,
        last_day: person.active_until.map(|day| format_date_long(day, language)),
        nothing: relations.is_empty()
            && companies.is_empty()
            && gifts.is_empty()
            && interests.is_empty()
            && measures.is_empty()
            && deciding == 0
            && team == 0,
        measures,
        companies,
        relations: relations.iter().map(view).collect(),
        gifts: gifts.iter().map(view).collect(),
        interests: interests.iter().map(view).collect(),
        deciding: counted("departure-deciding", deciding),
        team: counted("departure-team", team),
        successor,
    })
}

/// Companies with which a person had relations, none of them open, and whose contract runs or that they met not long ago:
/// most relations are noted, and their files closed, the day they are declared.
fn live_companies(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: PersonId,
    open: &[Declaration],
    language: Language,
) -> Result<Vec<CompanyView>> {
    let today = tx.today();
    let months = Months::new(u32::from(tx.book.config.continuity.relation_months));
    let recent = today.checked_sub_months(months).unwrap_or(today);
    let found: Vec<Declaration> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(declarations::kind.eq("business_relation"))
        .filter(declarations::company_id.is_not_null())
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .order(declarations::id.desc())
        .limit(MOST)
        .select(Declaration::as_select())
        .load(conn))?;
    // The last relation with each, and how many there were.
    let mut met: Vec<(CompanyId, Declaration, i64)> = Vec::new();
    for file in found {
        let Some(company) = file.company_id else { continue };
        if open.iter().any(|one| one.company_id == Some(company)) || !readable(tx, actor, &file)? {
            continue;
        }
        match met.iter_mut().find(|(known, ..)| *known == company) {
            Some((_, last, count)) => {
                *count += 1;
                if file.occurred_on > last.occurred_on {
                    *last = file;
                }
            }
            None => met.push((company, file, 1)),
        }
    }
    let mut views = Vec::new();
    for (company, last, count) in met {
        let neqs = contracts::store::neqs_of(tx, company)?;
        let under_contract = !contracts::store::active_on(tx, &neqs, today)?.is_empty();
        if !under_contract && last.occurred_on.is_none_or(|day| day < recent) {
            continue;
        }
        let day = last.occurred_on.map(|day| format_date_long(day, language)).unwrap_or_default();
        views.push(CompanyView {
            href: format!("/d/{}", last.slug()),
            company: last.company_name.clone().unwrap_or_default(),
            since: say(language, "departure-company-since", &[("count", Arg::from(count)), ("date", Arg::from(day))]),
            under_contract,
        });
    }
    Ok(views)
}

/// Measures that a person has to carry out, as far as this reader may know of them.
fn open_measures(tx: &mut Tx<'_>, actor: &Actor, person: PersonId, language: Language) -> Result<Vec<FileView>> {
    let today = tx.today();
    let mut views = Vec::new();
    for id in measures::store::live_of_owner(tx, person, MOST)? {
        let found = match measures::store::authorized(tx, actor, id, MeasureAction::Read) {
            Ok(found) => found,
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error),
        };
        let state = found.measure.shown(today);
        views.push(FileView {
            href: format!("/mesures/{id}"),
            subject: found.measure.text.clone(),
            reference: found.declaration.slug().to_owned(),
            state: measures::views::tone(state),
            state_label: measures::views::state_label(state, language),
        });
    }
    Ok(views)
}

/// A gift that was to be returned or handed over, and of which nobody said yet that it was.
fn owes_a_return(file: &Declaration) -> bool {
    file.kind == "gift_declaration"
        && file.disposition.is_none()
        && (file.state().is_pending() || matches!(file.outcome.as_deref(), Some("return" | "hand_to_state")))
}

/// Files of a person that are not over, as far as this reader may know of them.
fn open_files(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: PersonId,
    wanted: impl Fn(&Declaration) -> bool,
) -> Result<Vec<Declaration>> {
    let over = [State::Draft, State::Closed, State::Withdrawn].map(State::as_str);
    let found: Vec<Declaration> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne_all(over))
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(MOST)
        .select(Declaration::as_select())
        .load(conn))?;
    let mut kept = Vec::new();
    for file in found.into_iter().filter(|file| wanted(file)) {
        if readable(tx, actor, &file)? {
            kept.push(sealed::opened(tx, file)?);
        }
    }
    Ok(kept)
}

fn readable(tx: &mut Tx<'_>, actor: &Actor, file: &Declaration) -> Result<bool> {
    let barred = file.declarant_id != actor.person && files::is_barred(tx, file.id, actor.person)?;
    Ok(may(&tx.book.access, actor, Action::Read, &file.target(barred)) == Verdict::Allowed)
}
