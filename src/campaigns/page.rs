//! Campaigns, for the ethics officer: the list, the trial run before opening one, and how it goes.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::actions;
use super::store::{self, Asked, Campaign};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats::{self, format_date_long, format_percent};
use crate::journal::{self, Event};
use crate::people::UnitId;
use crate::register::export::attachment;
use crate::reports::csv::short_table;
use crate::text::Language;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// What is typed to open a campaign.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Typed {
    #[serde(default)]
    label: String,
    #[serde(default)]
    due_on: String,
    /// The trial run was read.
    #[serde(default)]
    confirmed: String,
}

#[derive(Serialize)]
struct ListPage {
    campaigns: Vec<CampaignView>,
    empty: bool,
    /// One is under way: no other is opened.
    running: bool,
    typed: Typed,
    trial: Option<TrialView>,
    errors: Vec<ErrorView>,
    label_error: Option<String>,
    due_on_error: Option<String>,
}

#[derive(Serialize)]
struct CampaignView {
    href: String,
    label: String,
    due: String,
    opened: String,
    closed: Option<String>,
    done: i64,
    people: i64,
    share: String,
}

#[derive(Serialize)]
struct TrialView {
    people: i64,
    without_address: i64,
    without_supervisor: i64,
    away: i64,
    due: String,
    reminders: Vec<String>,
}

/// `GET /campagnes`
pub async fn list(visit: Visit) -> Result<HttpResponse> {
    page(&visit, Typed::default(), None, &[]).await
}

async fn page(visit: &Visit, typed: Typed, trial: Option<TrialView>, errors: &[FieldError]) -> Result<HttpResponse> {
    let language = visit.language;
    let (campaigns, running) = visit
        .app
        .read(move |tx| {
            let mut views = Vec::new();
            for campaign in store::all(tx)? {
                let asked = store::asked(tx, &campaign)?;
                views.push(view(tx, &campaign, &asked, language));
            }
            Ok((views, store::open(tx)?.is_some()))
        })
        .await?;
    let views = error_views(errors, language);
    let of = |field: &str| {
        let found = errors.iter().zip(&views).find(|(error, _)| error.field == field);
        found.map(|(_, view)| view.text.clone())
    };
    let content = ListPage {
        empty: campaigns.is_empty(),
        campaigns,
        running,
        typed,
        trial,
        label_error: of("label"),
        due_on_error: of("due_on"),
        errors: views.clone(),
    };
    Page::titled(visit, "campaigns-title").with_errors(!errors.is_empty()).render("pages/campaigns/list", &content)
}

fn view(tx: &Tx<'_>, campaign: &Campaign, asked: &[Asked], language: Language) -> CampaignView {
    let (done, people) = store::progress(asked);
    let day = |at| format_date_long(local_date(at, tx.zone()), language);
    CampaignView {
        href: format!("/campagnes/{}", campaign.id),
        label: campaign.label.clone(),
        due: format_date_long(campaign.due_on, language),
        opened: day(campaign.opened_at),
        closed: campaign.closed_at.map(day),
        done,
        people,
        share: format_percent(done.unsigned_abs(), people.unsigned_abs(), language),
    }
}

/// `POST /campagnes`: a trial run first, then the campaign once it was read.
pub async fn post(visit: Visit, form: web::Form<Typed>) -> Result<HttpResponse> {
    let (actor, language, typed) = (visit.actor()?, visit.language, form.into_inner());
    let today = local_date(visit.app.clock.now(), visit.app.book.calendar.default_zone());
    let due_on = match formats::parse_date(&typed.due_on, today, language) {
        Ok(day) => day,
        Err(problem) => {
            let mut errors = vec![FieldError::new("due_on", problem.message_key())];
            if typed.label.trim().is_empty() {
                errors.insert(0, FieldError::new("label", "error-required"));
            }
            return page(&visit, typed, None, &errors).await;
        }
    };
    let label = typed.label.clone();
    if !typed.confirmed.is_empty() {
        let done = visit.app.write(move |tx| actions::open(tx, &actor, &label, due_on)).await;
        return match done {
            Ok(campaign) => Ok(see_other(&format!("/campagnes/{}", campaign.id), Some("flash-campaign-opened"))),
            Err(Error::Invalid(errors)) => page(&visit, typed, None, &errors).await,
            Err(error) => Err(error),
        };
    }
    match visit.app.read(move |tx| actions::dry_run(tx, &label, due_on)).await {
        Ok(run) => {
            let trial = TrialView {
                people: run.people,
                without_address: run.without_address,
                without_supervisor: run.without_supervisor,
                away: run.away,
                due: format_date_long(due_on, language),
                reminders: run.reminders.into_iter().map(|day| format_date_long(day, language)).collect(),
            };
            page(&visit, typed, Some(trial), &[]).await
        }
        Err(Error::Invalid(errors)) => page(&visit, typed, None, &errors).await,
        Err(error) => Err(error),
    }
}

/// `?unite=`
#[derive(Debug, Default, Deserialize)]
pub struct OneQuery {
    #[serde(default)]
    unite: String,
}

#[derive(Serialize)]
struct OnePage {
    campaign: CampaignView,
    id: i64,
    units: Vec<UnitView>,
    /// Of the unit chosen.
    chosen: Option<String>,
    missing: Vec<String>,
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

/// `GET /campagnes/{id}`
pub async fn show(visit: Visit, id: web::Path<i64>, query: web::Query<OneQuery>) -> Result<HttpResponse> {
    let (id, language, chosen) = (id.into_inner(), visit.language, query.unite.parse::<UnitId>().ok());
    let content = visit
        .app
        .read(move |tx| {
            let campaign = store::find(tx, id)?;
            let asked = store::asked(tx, &campaign)?;
            let mut units: Vec<UnitView> = Vec::new();
            for unit in asked.chunk_by(|a, b| a.unit == b.unit) {
                let Some(first) = unit.first() else { continue };
                let (done, people) = store::progress(unit);
                units.push(UnitView {
                    href: format!("/campagnes/{id}?unite={}#manquantes", first.unit),
                    name: first.unit_name.clone(),
                    done,
                    people,
                    share: format_percent(done.unsigned_abs(), people.unsigned_abs(), language),
                    complete: done == people,
                });
            }
            let of_unit = |one: &&Asked| Some(one.unit) == chosen;
            Ok(OnePage {
                campaign: view(tx, &campaign, &asked, language),
                id,
                units,
                chosen: asked.iter().find(of_unit).map(|one| one.unit_name.clone()),
                missing: asked.iter().filter(of_unit).filter(|one| !one.done).map(|one| one.name.clone()).collect(),
            })
        })
        .await?;
    Page::titled(&visit, "campaign-title").back("/campagnes", "back-campaigns").render("pages/campaigns/one", &content)
}

/// `GET /campagnes/{id}/suivi.csv`: each unit, how many answered and of how many. It names nobody.
pub async fn to_csv(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, language, id) = (visit.actor()?, visit.language, id.into_inner());
    visit.limits.export(actor.person)?;
    let (name, units) = visit
        .app
        .write(move |tx| {
            let campaign = store::find(tx, id)?;
            let asked = store::asked(tx, &campaign)?;
            let units: Vec<(String, i64, i64)> = asked
                .chunk_by(|a, b| a.unit == b.unit)
                .filter_map(|unit| unit.first().map(|first| (first.unit_name.clone(), store::progress(unit))))
                .map(|(name, (done, people))| (name, done, people))
                .collect();
            let rows = i64::try_from(units.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: "campaign.csv".into(), rows, filter: format!("campaign={id}") };
            journal::record(tx, Some(actor.person), None, &event)?;
            Ok((format!("campagne-{id}.csv"), units))
        })
        .await?;
    let titles = ["campaign-unit", "campaign-answered-count", "campaign-people"].map(|key| say(language, key, &[]));
    let rows = units.into_iter().map(|(unit, done, people)| [unit, done.to_string(), people.to_string()]);
    let bytes = short_table(language, titles, rows)?;
    Ok(attachment(&name, "text/csv; charset=utf-8").body(bytes))
}

/// `POST /campagnes/{id}/cloture`
pub async fn close(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, id.into_inner());
    visit.app.write(move |tx| actions::close(tx, &actor, id)).await?;
    Ok(see_other(&format!("/campagnes/{id}"), Some("flash-campaign-closed")))
}
