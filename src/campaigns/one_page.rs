//! How a campaign goes, for the ethics officer: its curve, its units, whom it does not ask, and its close.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::actions;
use super::curve::{self, Finding, Step};
use super::curve_view::{CurveView, drawn};
use super::page::{CampaignView, view};
use super::store::{self, Asked, Campaign};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::form::{ErrorView, named_error_views};
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats::{format_date_long, format_percent};
use crate::journal::{self, Event};
use crate::people::{PersonId, UnitId};
use crate::register::export::attachment;
use crate::reports::csv::short_table;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// `?unite=`
#[derive(Debug, Default, Clone, Deserialize)]
pub struct OneQuery {
    #[serde(default)]
    unite: String,
}

#[derive(Serialize)]
struct OnePage {
    campaign: CampaignView,
    id: i64,
    finding: String,
    curve: Option<CurveView>,
    steps: Vec<StepView>,
    /// Of the campaign before, when its curve is drawn too.
    before: Option<String>,
    units: Vec<UnitView>,
    /// Of the unit chosen.
    chosen: Option<String>,
    missing: Vec<String>,
    excepted: Vec<ExceptedView>,
    number: String,
    reason: String,
    number_error: Option<String>,
    reason_error: Option<String>,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct UnitView {
    href: String,
    name: String,
    done: i64,
    people: i64,
    share: String,
    complete: bool,
}

#[derive(Serialize)]
struct ExceptedView {
    person: PersonId,
    name: String,
    number: String,
    reason: String,
    on: String,
}

#[derive(Serialize)]
struct StepView {
    on: String,
    done: usize,
    share: String,
}

/// The steps of a campaign and how many it asks.
fn steps_of(tx: &mut Tx<'_>, campaign: &Campaign, asked: &[Asked]) -> Vec<Step> {
    let opened = local_date(campaign.opened_at, tx.zone());
    let until = campaign.closed_at.map_or(tx.today(), |at| local_date(at, tx.zone()));
    curve::steps(asked, opened, until, &tx.book.calendar)
}

/// What the steps say, as a sentence.
fn sentence(finding: Finding, due_on: NaiveDate, language: Language) -> String {
    let date = ("date", Arg::from(format_date_long(due_on, language)));
    let count = |missing: usize| ("count", Arg::from(i64::try_from(missing).unwrap_or(i64::MAX)));
    match finding {
        Finding::TooSoon => say(language, "campaign-too-soon", &[]),
        Finding::Complete => say(language, "campaign-complete", &[]),
        Finding::InTime => say(language, "campaign-in-time", &[date]),
        Finding::Behind { missing } => say(language, "campaign-behind", &[date, count(missing)]),
        Finding::Late { missing } => say(language, "campaign-late", &[date, count(missing)]),
    }
}

/// `GET /campagnes/{id}`
pub async fn show(visit: Visit, id: web::Path<i64>, query: web::Query<OneQuery>) -> Result<HttpResponse> {
    page(&visit, id.into_inner(), query.into_inner(), ("", ""), &[]).await
}

async fn page(
    visit: &Visit,
    id: i64,
    query: OneQuery,
    (number, reason): (&str, &str),
    errors: &[FieldError],
) -> Result<HttpResponse> {
    let (language, chosen) = (visit.language, query.unite.parse::<UnitId>().ok());
    let actor = visit.actor()?;
    let by = Arc::clone(&actor);
    let (mut content, owed) = visit
        .app
        .read(move |tx| {
            let content = content(tx, id, chosen, language)?;
            let names = !(content.missing.is_empty() && content.excepted.is_empty());
            let owed = if names { access_log::owed(tx, &by, "campaign")? } else { None };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let label = |field: &str| match field {
        "number" => Some("campaign-number"),
        "reason" => Some("campaign-reason"),
        _ => None,
    };
    let views = named_error_views(errors, language, |field| label(field).map(|key| say(language, key, &[])));
    let of = |field: &str| {
        let found = errors.iter().zip(&views).find(|(error, _)| error.field == field);
        found.map(|(_, view)| view.text.clone())
    };
    (content.number_error, content.reason_error) = (of("number"), of("reason"));
    (content.number, content.reason) = (number.to_owned(), reason.to_owned());
    content.errors = views.clone();
    Page::titled(visit, "campaign-title")
        .back("/campagnes", "back-campaigns")
        .with_errors(!errors.is_empty())
        .render("pages/campaigns/one", &content)
}

fn content(tx: &mut Tx<'_>, id: i64, chosen: Option<UnitId>, language: Language) -> Result<OnePage> {
    let campaign = store::find(tx, id)?;
    let asked = store::asked(tx, &campaign)?;
    let units = store::by_unit(&asked)
        .into_iter()
        .map(|unit| UnitView {
            href: format!("/campagnes/{id}?unite={}#manquantes", unit.unit),
            share: format_percent(unit.done.unsigned_abs(), unit.people.unsigned_abs(), language),
            complete: unit.done == unit.people,
            name: unit.name,
            done: unit.done,
            people: unit.people,
        })
        .collect();
    let steps = steps_of(tx, &campaign, &asked);
    let earlier = match store::before(tx, &campaign)? {
        Some(before) => {
            let asked = store::asked(tx, &before)?;
            Some((before.label.clone(), steps_of(tx, &before, &asked), asked.len()))
        }
        None => None,
    };
    let today = campaign.closed_at.map_or(tx.today(), |at| local_date(at, tx.zone()));
    let found = curve::finding(&steps, asked.len(), today, campaign.due_on, &tx.book.calendar);
    let finding = sentence(found, campaign.due_on, language);
    let before = earlier.as_ref().map(|(_, steps, people)| (steps.as_slice(), *people));
    let calendar = &tx.book.calendar;
    let drawn = drawn((&steps, asked.len()), before, campaign.due_on, calendar, &finding, language);
    let share = |done: usize| {
        format_percent(u64::try_from(done).unwrap_or(0), u64::try_from(asked.len()).unwrap_or(0), language)
    };
    let of_unit = |one: &&Asked| Some(one.unit) == chosen;
    let zone = tx.zone();
    let excepted = store::excepted(tx, id)?;
    Ok(OnePage {
        campaign: view(tx, &campaign, &asked, language),
        id,
        finding,
        before: earlier.filter(|(.., people)| drawn.is_some() && *people > 0).map(|(label, ..)| label),
        curve: drawn,
        steps: steps
            .iter()
            .map(|step| StepView { on: format_date_long(step.on, language), done: step.done, share: share(step.done) })
            .collect(),
        units,
        chosen: asked.iter().find(of_unit).map(|one| one.unit_name.clone()),
        missing: asked.iter().filter(of_unit).filter(|one| !one.done()).map(|one| one.name.clone()).collect(),
        excepted: excepted
            .into_iter()
            .map(|one| ExceptedView {
                person: one.person,
                name: format!("{} {}", one.given_name, one.family_name),
                number: one.number,
                reason: one.reason,
                on: format_date_long(local_date(one.added_at, zone), language),
            })
            .collect(),
        number: String::new(),
        reason: String::new(),
        number_error: None,
        reason_error: None,
        errors: Vec::new(),
    })
}

/// `GET /campagnes/{id}/suivi.csv`: each unit, how many answered and of how many. It names nobody.
pub async fn to_csv(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, language, id) = (visit.actor()?, visit.language, id.into_inner());
    visit.limits.export(actor.person)?;
    let (name, units) = visit
        .app
        .write(move |tx| {
            let campaign = store::find(tx, id)?;
            let units = store::by_unit(&store::asked(tx, &campaign)?);
            let rows = i64::try_from(units.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: "campaign.csv".into(), rows, filter: format!("campaign={id}") };
            journal::record(tx, Some(actor.person), None, &event)?;
            Ok((format!("campagne-{id}.csv"), units))
        })
        .await?;
    let titles = ["campaign-unit", "campaign-answered-count", "campaign-people"].map(|key| say(language, key, &[]));
    let rows = units.into_iter().map(|unit| [unit.name, unit.done.to_string(), unit.people.to_string()]);
    let bytes = short_table(language, titles, rows)?;
    Ok(attachment(&name, "text/csv; charset=utf-8").body(bytes))
}

/// Somebody whom a campaign is to ask no more.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ExceptForm {
    #[serde(default)]
    number: String,
    #[serde(default)]
    reason: String,
}

/// `POST /campagnes/{id}/exceptions`
pub async fn except(visit: Visit, id: web::Path<i64>, form: web::Form<ExceptForm>) -> Result<HttpResponse> {
    let (actor, id, form) = (visit.actor()?, id.into_inner(), form.into_inner());
    let typed = form.clone();
    let done =
        visit.app.write(move |tx| actions::except(tx, &actor, id, typed.number.trim(), typed.reason.trim())).await;
    match done {
        Ok(()) => Ok(see_other(&format!("/campagnes/{id}#exceptions"), Some("flash-campaign-excepted"))),
        Err(Error::Invalid(errors)) => {
            page(&visit, id, OneQuery::default(), (&form.number, &form.reason), &errors).await
        }
        Err(error) => Err(error),
    }
}

/// `POST /campagnes/{id}/exceptions/{person}`: they are asked after all.
pub async fn ask_again(visit: Visit, path: web::Path<(i64, PersonId)>) -> Result<HttpResponse> {
    let (actor, (id, person)) = (visit.actor()?, path.into_inner());
    visit.app.write(move |tx| actions::ask_again(tx, &actor, id, person)).await?;
    Ok(see_other(&format!("/campagnes/{id}#exceptions"), Some("flash-campaign-asked-again")))
}

/// `POST /campagnes/{id}/cloture`
pub async fn close(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, id.into_inner());
    visit.app.write(move |tx| actions::close(tx, &actor, id)).await?;
    Ok(see_other(&format!("/campagnes/{id}"), Some("flash-campaign-closed")))
}
