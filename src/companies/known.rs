//! The part of a company's page that says what the outside knows of it: business register, lists, registry of lobbyists; and
//! the form that records a look at the latter.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::lists::{self, Entry};
use super::lobby::{self, Check, Outcome, Typed};
use super::registry::{self, STRUCK_OFF, UNREGISTERED, store::Enterprise};
use super::ties::{self, TieView};
use super::{CompanyId, address};
use crate::app::Tx;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::sources::Source;
use crate::sources::age::{self, Age, AgeView};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::see_other;
use crate::web::problems::field_message;

/// What was read.
#[derive(Debug)]
pub struct Found {
    enterprises: Vec<(Enterprise, Option<Enterprise>)>,
    ties: ties::Found,
    entries: Vec<Entry>,
    checks: Vec<Check>,
    /// It has an NEQ, so that something could be searched.
    searched: bool,
    /// A register was read, so that an absence means something.
    has_registry: bool,
    has_rena: bool,
    ages: Vec<Age>,
}

/// Reads what the page shows.
pub fn read(tx: &mut Tx<'_>, neqs: &[String], standing: &[CompanyId]) -> Result<Found> {
    let current = registry::store::current(tx)?;
    let (mut enterprises, mut tied) = (Vec::new(), ties::Found::default());
    if let Some(generation) = &current {
        for enterprise in registry::store::with_numbers(tx, generation.id, neqs)? {
            let successor = match &enterprise.successor {
                Some(neq) => registry::store::find(tx, neq)?,
                None => None,
            };
            enterprises.push((enterprise, successor));
        }
        let own: Vec<&Enterprise> = enterprises.iter().map(|(enterprise, _)| enterprise).collect();
        tied = ties::read(tx, generation, &own)?;
    }
    let ages = age::of(tx, &Source::ALL)?;
    Ok(Found {
        enterprises,
        ties: tied,
        entries: lists::of_neqs(tx, neqs)?,
        checks: lobby::of_companies(tx, standing, 5)?,
        searched: !neqs.is_empty(),
        has_registry: current.is_some(),
        has_rena: ages.iter().any(|age| age.source == Source::Rena && age.days.is_some()),
        ages,
    })
}

impl Found {
    /// Names under which the business register knows it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.enterprises.iter().map(|(enterprise, _)| enterprise.name.as_str())
    }
}

#[derive(Debug, Serialize)]
pub struct Panel {
    registry: Vec<String>,
    ties: Vec<TieView>,
    lists: Vec<ListView>,
    checks: Vec<String>,
    ages: Vec<AgeView>,
    form: Option<FormView>,
    sources: bool,
}

#[derive(Debug, Serialize)]
struct ListView {
    text: String,
    /// Something to look at before going on.
    warns: bool,
}

#[derive(Debug, Serialize)]
struct FormView {
    action: String,
    on: String,
    results: Vec<ResultView>,
    mandate: String,
    note: String,
    errors: Vec<ErrorView>,
    on_error: Option<String>,
    result_error: Option<String>,
    mandate_error: Option<String>,
    open: bool,
}

#[derive(Debug, Serialize)]
struct ResultView {
    id: &'static str,
    label: String,
    checked: bool,
}

/// What is put back in the form when it could not be recorded.
#[derive(Debug, Default, Clone)]
pub struct Attempt {
    pub typed: Typed,
    pub errors: Vec<FieldError>,
}

/// Puts it in words. `form` is there for whoever may record a check.
pub fn panel(
    found: Found,
    company: CompanyId,
    today: NaiveDate,
    attempt: Option<Attempt>,
    sources: bool,
    language: Language,
) -> Panel {
    let mut told: Vec<String> =
        found.enterprises.iter().map(|(one, into)| enterprise(one, into.as_ref(), language)).collect();
    if told.is_empty() {
        let key = absent(found.searched, found.has_registry, "known-not-registered", "known-no-registry");
        told.push(say(language, key, &[]));
    }
    let mut lists: Vec<ListView> = found.entries.iter().map(|entry| listed(entry, today, language)).collect();
    if found.entries.iter().all(|entry| entry.list != Source::Rena.as_str()) {
        let key = absent(found.searched, found.has_rena, "known-not-on-rena", "known-no-rena");
        lists.push(ListView { text: say(language, key, &[]), warns: false });
    }
    let mut checks: Vec<String> = found.checks.iter().map(|check| checked(check, language)).collect();
    if checks.is_empty() {
        checks.push(say(language, "lobby-none", &[]));
    }
    Panel {
        registry: told,
        ties: ties::views(&found.ties, language),
        lists,
        checks,
        ages: age::views(&found.ages, language),
        form: attempt.map(|attempt| form(attempt, company, today, language)),
        sources,
    }
}

/// What to say when nothing was found: the file says so, there is no file, or nothing could be looked for.
fn absent(searched: bool, has_file: bool, not_in: &'static str, no_file: &'static str) -> &'static str {
    match (has_file, searched) {
        (false, _) => no_file,
        (true, false) => "known-unsearched",
        (true, true) => not_in,
    }
}

fn enterprise(one: &Enterprise, into: Option<&Enterprise>, language: Language) -> String {
    let successor = into.map_or_else(String::new, |into| format!("{} ({})", into.name, into.neq));
    let key = match (one.status.as_str(), into) {
        (STRUCK_OFF, Some(_)) => "known-merged",
        (STRUCK_OFF, None) => "known-struck-off",
        (UNREGISTERED, _) => "known-unregistered",
        _ => "known-registered",
    };
    let state = say(language, key, &[("successor", Arg::from(successor))]);
    let said = [one.standing.as_str(), one.form.as_str()].into_iter().filter(|said| !said.is_empty());
    let args = [
        ("name", Arg::from(one.name.as_str())),
        ("neq", Arg::from(one.neq.as_str())),
        ("state", Arg::from(state)),
        ("said", Arg::from(said.collect::<Vec<_>>().join(". "))),
    ];
    say(language, "known-enterprise", &args)
}

fn listed(entry: &Entry, today: NaiveDate, language: Language) -> ListView {
    let holds = entry.holds_on(today);
    let key = match (entry.list.as_str(), holds) {
        ("rena", true) => "known-ineligible",
        ("rena", false) => "known-was-ineligible",
        (_, true) => "known-authorised",
        (_, false) => "known-was-authorised",
    };
    let day =
        |day: Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| formats::format_date_medium(day, language));
    let mut text = say(language, key, &[("from", day(entry.starts_on).into()), ("until", day(entry.ends_on).into())]);
    if !entry.status.is_empty() {
        text = format!("{text} ({})", entry.status);
    }
    ListView { text, warns: holds && entry.list == "rena" }
}

fn checked(check: &Check, language: Language) -> String {
    let args = [
        ("date", Arg::from(formats::format_date_medium(check.checked_on, language))),
        ("person", Arg::from(format!("{} {}", check.given_name, check.family_name))),
        ("mandate", Arg::from(check.mandate.as_str())),
    ];
    let mut text = say(language, &format!("lobby-was-{}", check.result), &args);
    if !check.note.is_empty() {
        text = format!("{text} {}", check.note);
    }
    text
}

fn form(attempt: Attempt, company: CompanyId, today: NaiveDate, language: Language) -> FormView {
    let Attempt { typed, errors } = attempt;
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    FormView {
        action: format!("{}/lobbyisme", address(company)),
        on: if typed.on.is_empty() { today.to_string() } else { typed.on },
        results: Outcome::ALL
            .into_iter()
            .map(|outcome| ResultView {
                id: outcome.as_str(),
                label: say(language, &format!("lobby-{}", outcome.as_str()), &[]),
                checked: typed.result == outcome.as_str(),
            })
            .collect(),
        mandate: typed.mandate,
        note: typed.note,
        on_error: message("on"),
        result_error: message("result"),
        mandate_error: message("mandate"),
        open: !errors.is_empty(),
        errors: error_views(&errors, language),
    }
}

/// `POST /entreprises/{id}/lobbyisme`: somebody looked the company up in the registry of lobbyists.
pub async fn record(visit: Visit, id: web::Path<CompanyId>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, id, form) = (visit.actor()?, id.into_inner(), form.into_inner());
    let one = |name: &str| {
        form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.replace('\0', ""))
    };
    let typed = Typed { on: one("on"), result: one("result"), mandate: one("mandate"), note: one("note") };
    let (by, kept) = (std::sync::Arc::clone(&actor), typed.clone());
    match visit.app.write(move |tx| lobby::record(tx, &by, id, &kept)).await {
        Ok(()) => Ok(see_other(&address(id), Some("flash-lobby"))),
        Err(Error::Invalid(errors)) => {
            super::page::render(visit, id, Default::default(), Some(Attempt { typed, errors })).await
        }
        Err(error) => Err(error),
    }
}
