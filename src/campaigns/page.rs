//! Campaigns, for the ethics officer: the list, and the trial run before opening one. How one goes is `one_page.rs`.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::actions::{self, Plan};
use super::mail;
use super::store::{self, Asked, Campaign};
use crate::acts::exports;
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::access_log;
use crate::declarations::form::{ErrorView, named_error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats::{self, format_date_long, format_percent};
use crate::journal::{self, Event};
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
    /// People whom it does not ask, one per line.
    #[serde(default)]
    exceptions: String,
    /// `1` when the trial run was read, `test` to be sent its letter.
    #[serde(default)]
    confirmed: String,
}

impl Typed {
    fn plan(&self, due_on: NaiveDate) -> Plan<'_> {
        Plan { label: &self.label, due_on, exceptions: &self.exceptions }
    }
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
    exceptions_errors: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct CampaignView {
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
    excepted: i64,
    without_address: i64,
    without_supervisor: i64,
    away: i64,
    /// Some of them are named in a file.
    gaps: bool,
    due: String,
    reminders: Vec<String>,
    messages: Vec<MessageView>,
    /// Where its letter was just sent.
    sent_to: Option<String>,
}

#[derive(Serialize)]
struct MessageView {
    lang: &'static str,
    subject: String,
    text: String,
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
    let label = |field: &str| match field {
        "label" => Some("campaign-label"),
        "due_on" => Some("campaign-due"),
        _ => None,
    };
    let views = named_error_views(errors, language, |field| label(field).map(|key| say(language, key, &[])));
    let all_of = |field: &str| -> Vec<String> {
        let found = errors.iter().zip(&views).filter(|(error, _)| error.field == field);
        found.map(|(_, view)| view.text.clone()).collect()
    };
    let of = |field: &str| all_of(field).into_iter().next();
    let content = ListPage {
        empty: campaigns.is_empty(),
        campaigns,
        running,
        typed,
        trial,
        label_error: of("label"),
        due_on_error: of("due_on"),
        exceptions_errors: all_of("exceptions"),
        errors: views.clone(),
    };
    Page::titled(visit, "campaigns-title").with_errors(!errors.is_empty()).render("pages/campaigns/list", &content)
}

pub(super) fn view(tx: &Tx<'_>, campaign: &Campaign, asked: &[Asked], language: Language) -> CampaignView {
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
                errors.insert(0, FieldError::new("label", "error-required-text"));
            }
            return page(&visit, typed, None, &errors).await;
        }
    };
    let of_form = typed.clone();
    if typed.confirmed == "1" {
        let done = visit.app.write(move |tx| actions::open(tx, &actor, &of_form.plan(due_on))).await;
        return match done {
            Ok(campaign) => Ok(see_other(&format!("/campagnes/{}", campaign.id), Some("flash-campaign-opened"))),
            Err(Error::Invalid(errors)) => page(&visit, typed, None, &errors).await,
            Err(error) => Err(error),
        };
    }
    let wants_letter = typed.confirmed == "test";
    let run = move |tx: &mut Tx<'_>| {
        let plan = of_form.plan(due_on);
        let run = actions::dry_run(tx, &plan)?;
        let sent_to = if wants_letter { Some(mail::trial(tx, plan.label, due_on, actor.person)?) } else { None };
        Ok(TrialView {
            people: run.people,
            excepted: run.excepted,
            without_address: run.without_address,
            without_supervisor: run.without_supervisor,
            away: run.away,
            gaps: run.without_address + run.without_supervisor + run.away > 0,
            due: format_date_long(due_on, language),
            reminders: run.reminders.into_iter().map(|day| format_date_long(day, language)).collect(),
            messages: mail::previews(tx, plan.label, due_on)?
                .into_iter()
                .map(|(language, subject, text)| MessageView {
                    lang: language.code(),
                    subject,
                    text: text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"),
                })
                .collect(),
            sent_to,
        })
    };
    let done = if wants_letter { visit.app.write(run).await } else { visit.app.read(run).await };
    match done {
        Ok(trial) => page(&visit, typed, Some(trial), &[]).await,
        Err(Error::Invalid(errors)) => page(&visit, typed, None, &errors).await,
        Err(error) => Err(error),
    }
}

/// Name of the list of a trial run, in the journal and for whoever approves it.
const TRIAL: &str = "campaign-trial.csv";

/// `GET /campagnes/essai.csv`: whom a campaign would hardly reach, and why.
pub async fn gaps_to_csv(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    visit.limits.export(actor.person)?;
    let rows = visit
        .app
        .write(move |tx| {
            exports::require(tx, &actor, TRIAL, "")?;
            let gaps = actions::gaps(tx)?;
            let rows = i64::try_from(gaps.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: TRIAL.into(), rows, filter: String::new() };
            journal::record(tx, Some(actor.person), None, &event)?;
            access_log::exported(tx, &actor, TRIAL, None)?;
            Ok(gaps)
        })
        .await?;
    let titles = ["campaign-number", "campaign-person", "campaign-unit", "campaign-gap"];
    let rows = rows.into_iter().map(|(one, gap)| {
        let name = format!("{} {}", one.given_name, one.family_name);
        [one.number, name, one.unit, say(language, gap.label_key(), &[])]
    });
    let bytes = short_table(language, titles.map(|key| say(language, key, &[])), rows)?;
    Ok(attachment("campagne-essai.csv", "text/csv; charset=utf-8").body(bytes))
}
