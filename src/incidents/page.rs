//! The pages of the register of incidents: the list and its file for the Commission, the form, one incident with what was
//! known before.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::actions::{self, Given};
use super::store::{self, Incident};
use crate::access::PageAction;
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::form::{ErrorView, named_error_views};
use crate::declarations::summary::Row;
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats::{format_date_long, format_datetime, parse_date};
use crate::journal::{self, Event};
use crate::people;
use crate::register::export::attachment;
use crate::reports::csv::short_table;
use crate::text::Language;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// What is typed; it comes back as it was when something is to be corrected.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    information: String,
    circumstances: String,
    happened: String,
    known_on: String,
    people: String,
    assessment: String,
    serious: String,
    commission_told_on: String,
    people_told_on: String,
    public_notice: String,
    measures: String,
    /// Version that was read, of a correction.
    version: i32,
}

impl Typed {
    fn of(incident: &Incident) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            information: incident.information.clone(),
            circumstances: incident.circumstances.clone(),
            happened: incident.happened.clone(),
            known_on: incident.known_on.to_string(),
            people: incident.people.clone(),
            assessment: incident.assessment.clone(),
            serious: if incident.serious { "yes" } else { "no" }.into(),
            commission_told_on: day(incident.commission_told_on),
            people_told_on: day(incident.people_told_on),
            public_notice: incident.public_notice.clone(),
            measures: incident.measures.clone(),
            version: incident.version,
        }
    }

    /// The parts with their dates read, and what is wrong with dates.
    fn given(&self, today: NaiveDate, language: Language) -> (Given, Vec<FieldError>) {
        let mut errors = Vec::new();
        let mut day = |field: &str, text: &str| {
            if text.trim().is_empty() {
                return None;
            }
            parse_date(text, today, language)
                .map_err(|problem| errors.push(FieldError::new(field, problem.message_key())))
                .ok()
        };
        let given = Given {
            known_on: day("known_on", &self.known_on),
            commission_told_on: day("commission_told_on", &self.commission_told_on),
            people_told_on: day("people_told_on", &self.people_told_on),
            information: self.information.clone(),
            circumstances: self.circumstances.clone(),
            happened: self.happened.clone(),
            people: self.people.clone(),
            assessment: self.assessment.clone(),
            serious: match self.serious.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            public_notice: self.public_notice.clone(),
            measures: self.measures.clone(),
        };
        (given, errors)
    }
}

#[derive(Serialize)]
struct ListPage {
    incidents: Vec<Line>,
    may_record: bool,
}

#[derive(Serialize)]
struct Line {
    href: String,
    number: String,
    known: String,
    people: String,
    serious: bool,
    awaits: bool,
}

/// `GET /incidents`
pub async fn list(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let by = Arc::clone(&actor);
    let (incidents, owed) = visit
        .app
        .read(move |tx| {
            let incidents = store::all(tx)?;
            let owed = if incidents.is_empty() { None } else { access_log::owed(tx, &by, "incidents")? };
            Ok((incidents, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let content = ListPage {
        may_record: visit.app.book.access.opens(PageAction::RecordIncidents, Some(&actor)),
        incidents: incidents
            .into_iter()
            .map(|incident| Line {
                href: format!("/incidents/{}", incident.number),
                known: format_date_long(incident.known_on, language),
                awaits: incident.awaits_notice(),
                serious: incident.serious,
                people: incident.people,
                number: incident.number,
            })
            .collect(),
    };
    Page::titled(&visit, "incidents-title").render("pages/incidents/list", &content)
}

/// A box of the form.
#[derive(Serialize)]
struct Field {
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: String,
    long: bool,
    optional: bool,
    error: Option<String>,
    /// Ids of its hint and of its error.
    described: String,
}

#[derive(Serialize)]
struct FormPage {
    heading: String,
    action: String,
    before: Vec<Field>,
    is_yes: bool,
    is_no: bool,
    serious_error: Option<String>,
    after: Vec<Field>,
    version: i32,
    errors: Vec<ErrorView>,
}

fn form_page(visit: &Visit, number: Option<&str>, typed: &Typed, errors: &[FieldError]) -> Result<HttpResponse> {
    let label = |name: &str| visit.say(&format!("incident-{}", name.replace('_', "-")));
    let views = named_error_views(errors, visit.language, |field| Some(label(field)));
    let error = |field: &str| {
        let found = errors.iter().zip(&views).find(|(error, _)| error.field == field);
        found.map(|(_, view)| view.text.clone())
    };
    let field = |name: &'static str, value: &str, long: bool, optional: bool| {
        let hint = match name {
            "known_on" | "commission_told_on" | "people_told_on" => Some(visit.say("field-date-format")),
            "information" | "happened" | "assessment" | "public_notice" => {
                Some(visit.say(&format!("incident-{}-hint", name.replace('_', "-"))))
            }
            _ => None,
        };
        let error = error(name);
        let described =
            [hint.as_ref().map(|_| format!("{name}-hint")), error.as_ref().map(|_| format!("{name}-error"))];
        Field {
            name,
            label: label(name),
            hint,
            value: value.to_owned(),
            long,
            optional,
            error,
            described: described.into_iter().flatten().collect::<Vec<_>>().join(" "),
        }
    };
    let (back, title) = match number {
        Some(number) => (format!("/incidents/{number}"), "incident-correct"),
        None => ("/incidents".to_owned(), "incident-new"),
    };
    let content = FormPage {
        heading: visit.say(title),
        action: number.map_or_else(|| "/incidents".into(), |number| format!("/incidents/{number}")),
        before: vec![
            field("information", &typed.information, true, false),
            field("circumstances", &typed.circumstances, true, false),
            field("happened", &typed.happened, false, false),
            field("known_on", &typed.known_on, false, false),
            field("people", &typed.people, false, false),
            field("assessment", &typed.assessment, true, false),
        ],
        is_yes: typed.serious == "yes",
        is_no: typed.serious == "no",
        serious_error: error("serious"),
        after: vec![
            field("commission_told_on", &typed.commission_told_on, false, true),
            field("people_told_on", &typed.people_told_on, false, true),
            field("public_notice", &typed.public_notice, true, true),
            field("measures", &typed.measures, true, false),
        ],
        version: typed.version,
        errors: views,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::titled(visit, title)
        .back(back, "nav-incidents")
        .status(status)
        .with_errors(!errors.is_empty())
        .render("pages/incidents/form", &content)
}

fn today(visit: &Visit) -> NaiveDate {
    local_date(visit.app.clock.now(), visit.app.book.calendar.default_zone())
}

/// `GET /incidents/nouveau`
pub async fn new(visit: Visit) -> Result<HttpResponse> {
    form_page(&visit, None, &Typed::default(), &[])
}

/// `POST /incidents`
pub async fn record(visit: Visit, form: web::Form<Typed>) -> Result<HttpResponse> {
    let (actor, typed) = (visit.actor()?, form.into_inner());
    let (given, wrong) = typed.given(today(&visit), visit.language);
    match in_order(visit.app.write(move |tx| after(wrong, actions::record(tx, &actor, given))).await) {
        Ok(number) => Ok(see_other(&format!("/incidents/{number}"), Some("flash-incident"))),
        Err(Error::Invalid(errors)) => form_page(&visit, None, &typed, &errors),
        Err(error) => Err(error),
    }
}

/// What is wrong with dates, then what the use case says; a date that does not read is not also missing.
fn after<T>(wrong: Vec<FieldError>, done: Result<T>) -> Result<T> {
    if wrong.is_empty() {
        return done;
    }
    let mut errors = wrong;
    if let Err(Error::Invalid(others)) = done {
        let dates: Vec<String> = errors.iter().map(|error| error.field.clone()).collect();
        errors.extend(others.into_iter().filter(|error| !dates.contains(&error.field)));
    }
    Err(Error::Invalid(errors))
}

/// In the order of the form.
fn in_order<T>(done: Result<T>) -> Result<T> {
    const ORDER: [&str; 11] = [
        "information",
        "circumstances",
        "happened",
        "known_on",
        "people",
        "assessment",
        "serious",
        "commission_told_on",
        "people_told_on",
        "public_notice",
        "measures",
    ];
    match done {
        Err(Error::Invalid(mut errors)) => {
            errors.sort_by_key(|error| ORDER.iter().position(|field| *field == error.field));
            Err(Error::Invalid(errors))
        }
        done => done,
    }
}

#[derive(Serialize)]
struct OnePage {
    number: String,
    sections: Vec<Section>,
    awaits: bool,
    may_record: bool,
    recorded: String,
    earlier: Vec<Earlier>,
}

/// What `partials/summary` reads.
#[derive(Serialize)]
struct Section {
    title: Option<String>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Earlier {
    recorded: String,
    sections: Vec<Section>,
}

fn section(incident: &Incident, language: Language) -> Vec<Section> {
    let day = |day: Option<NaiveDate>| {
        day.map_or_else(|| say(language, "incident-not-yet", &[]), |day| format_date_long(day, language))
    };
    let serious = if incident.serious { "incident-yes" } else { "incident-no" };
    let rows = [
        ("incident-information", incident.information.clone()),
        ("incident-circumstances", incident.circumstances.clone()),
        ("incident-happened", incident.happened.clone()),
        ("incident-known-on", format_date_long(incident.known_on, language)),
        ("incident-people", incident.people.clone()),
        ("incident-assessment", incident.assessment.clone()),
        ("incident-serious", say(language, serious, &[])),
        ("incident-commission-told-on", day(incident.commission_told_on)),
        ("incident-people-told-on", day(incident.people_told_on)),
        ("incident-public-notice", incident.public_notice.clone()),
        ("incident-measures", incident.measures.clone()),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| Row {
            label: say(language, key, &[]),
            value: value.lines().map(str::to_owned).collect(),
            change_href: None,
            change_hidden: None,
            links: Vec::new(),
            files: Vec::new(),
        })
        .collect();
    vec![Section { title: None, rows }]
}

fn recorded(tx: &mut Tx<'_>, incident: &Incident, language: Language) -> Result<String> {
    let who = people::store::find(tx, incident.recorded_by)?.name();
    let at = format_datetime(incident.recorded_at, tx.zone(), language);
    Ok(say(language, "incident-recorded", &[("who", who.into()), ("date", at.into())]))
}

/// `GET /incidents/{number}`
pub async fn show(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let (actor, language, number) = (visit.actor()?, visit.language, number.into_inner());
    let may_record = visit.app.book.access.opens(PageAction::RecordIncidents, Some(&actor));
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read(move |tx| {
            let mut versions = store::versions_of(tx, &number)?.into_iter();
            let last = versions.next().ok_or(Error::NotFound)?;
            let owed = access_log::owed(tx, &by, "incident")?;
            let mut earlier = Vec::new();
            for version in versions {
                earlier.push(Earlier {
                    recorded: recorded(tx, &version, language)?,
                    sections: section(&version, language),
                });
            }
            let content = OnePage {
                recorded: recorded(tx, &last, language)?,
                sections: section(&last, language),
                awaits: last.awaits_notice(),
                number: last.number,
                may_record,
                earlier,
            };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    Page::new(&visit, content.number.clone())
        .back("/incidents", "nav-incidents")
        .render("pages/incidents/one", &content)
}

/// `GET /incidents/{number}/correction`
pub async fn correction(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let (actor, number) = (visit.actor()?, number.into_inner());
    let (by, of) = (Arc::clone(&actor), number.clone());
    let (last, owed) = visit
        .app
        .read(move |tx| {
            let last = store::versions_of(tx, &of)?.into_iter().next().ok_or(Error::NotFound)?;
            Ok((last, access_log::owed(tx, &by, "incident")?))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    form_page(&visit, Some(&number), &Typed::of(&last), &[])
}

/// `POST /incidents/{number}`
pub async fn correct(visit: Visit, number: web::Path<String>, form: web::Form<Typed>) -> Result<HttpResponse> {
    let (actor, typed, number) = (visit.actor()?, form.into_inner(), number.into_inner());
    let (given, wrong) = typed.given(today(&visit), visit.language);
    let (of, read) = (number.clone(), typed.version);
    let done = visit.app.write(move |tx| after(wrong, actions::correct(tx, &actor, &of, read, given))).await;
    match in_order(done) {
        Ok(()) => Ok(see_other(&format!("/incidents/{number}"), Some("flash-incident"))),
        Err(Error::Invalid(errors)) => form_page(&visit, Some(&number), &typed, &errors),
        Err(error) => Err(error),
    }
}

/// `GET /incidents/registre.csv`: the register as the Commission may ask for it.
pub async fn to_csv(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    visit.limits.export(actor.person)?;
    let incidents = visit
        .app
        .write(move |tx| {
            let incidents = store::all(tx)?;
            let rows = i64::try_from(incidents.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: "incidents.csv".into(), rows, filter: String::new() };
            journal::record(tx, Some(actor.person), None, &event)?;
            access_log::exported(tx, &actor, "incidents.csv", None)?;
            Ok(incidents)
        })
        .await?;
    let titles = [
        "incident-number",
        "incident-information",
        "incident-circumstances",
        "incident-happened",
        "incident-known-on",
        "incident-people",
        "incident-assessment",
        "incident-serious",
        "incident-commission-told-on",
        "incident-people-told-on",
        "incident-public-notice",
        "incident-measures",
    ];
    let rows = incidents.into_iter().map(|incident| {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let serious = if incident.serious { "incident-yes" } else { "incident-no" };
        [
            incident.number,
            incident.information,
            incident.circumstances,
            incident.happened,
            incident.known_on.to_string(),
            incident.people,
            incident.assessment,
            say(language, serious, &[]),
            day(incident.commission_told_on),
            day(incident.people_told_on),
            incident.public_notice,
            incident.measures,
        ]
    });
    let bytes = short_table(language, titles.map(|key| say(language, key, &[])), rows)?;
    Ok(attachment("incidents.csv", "text/csv; charset=utf-8").body(bytes))
}
