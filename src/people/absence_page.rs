//! « Absences » : the page where somebody says when they are away and who acts in their place; for somebody else when
//! opened by whoever administers the service.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::absences::{self, Absence, EVERYTHING, NewAbsence, Stage};
use super::pages::{self, StateView, today};
use super::store::{self, Person};
use super::{PersonId, mail};
use crate::app::Tx;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::handover;
use crate::declarations::inbox::Picked;
use crate::error::{Error, FieldError, Result};
use crate::formats::{format_date_long, parse_date};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct AbsencePage {
    heading: String,
    /// Somebody else's, set by whoever administers the service.
    for_another: bool,
    action: String,
    waiting: Option<String>,
    lines: Vec<LineView>,
    covered: Vec<LineView>,
    scopes: Vec<Picked>,
    up_the_line: Option<String>,
    typed: Typed,
    field_errors: FieldErrors,
    errors: Vec<ErrorView>,
    /// Asked before files change hands.
    confirm: Option<Confirm>,
}

/// What the absence does at once, said before it does.
#[derive(Debug, Clone, Default, Serialize)]
struct Confirm {
    question: String,
    /// Who receives the files, and until when.
    to: String,
    until: String,
    yes: String,
}

#[derive(Serialize)]
struct LineView {
    who: String,
    from: String,
    until: String,
    delegate: Option<String>,
    scope: String,
    state: StateView,
    by: Option<String>,
    /// Where it is ended, while it can be.
    end: Option<String>,
}

/// What was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    first_day: String,
    last_day: String,
    delegate: String,
    scope: String,
    /// Not empty once the person saw how many files change hands.
    #[serde(skip_serializing)]
    confirmed: String,
}

#[derive(Default, Serialize)]
struct FieldErrors {
    first_day: Option<String>,
    last_day: Option<String>,
    delegate: Option<String>,
    scope: Option<String>,
}

/// `GET /absences`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let typed = Typed { first_day: today(&visit).to_string(), scope: EVERYTHING.into(), ..Typed::default() };
    render(&visit, None, typed, &[], None).await
}

/// `GET /personnes/{number}/absences`
pub async fn show_of(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    let typed = Typed { first_day: today(&visit).to_string(), scope: EVERYTHING.into(), ..Typed::default() };
    render(&visit, Some(number.into_inner()), typed, &[], None).await
}

async fn render(
    visit: &Visit,
    number: Option<String>,
    typed: Typed,
    errors: &[FieldError],
    confirm: Option<Confirm>,
) -> Result<HttpResponse> {
    let (at, failed, of) = (visit.clone(), errors.to_vec(), number.clone());
    let content = visit.app.read(move |tx| content(tx, &at, of.as_deref(), typed, &failed)).await?;
    let content = AbsencePage { confirm, ..content };
    let (href, key) = match &number {
        Some(number) => (pages::address(number), "back-person"),
        None => ("/preferences".to_owned(), "back-preferences"),
    };
    Page::new(visit, content.heading.clone())
        .wide()
        .back(href, key)
        .with_errors(!errors.is_empty())
        .render("pages/people/absences", &content)
}

fn person_of(tx: &mut Tx<'_>, visit: &Visit, number: Option<&str>) -> Result<Person> {
    match number {
        Some(number) => store::find_by_number(tx, number)?.ok_or(Error::NotFound),
        None => store::find(tx, visit.actor()?.person),
    }
}

fn content(
    tx: &mut Tx<'_>,
    visit: &Visit,
    number: Option<&str>,
    typed: Typed,
    errors: &[FieldError],
) -> Result<AbsencePage> {
    let language = visit.language;
    let person = person_of(tx, visit, number)?;
    let action = match number {
        Some(number) => format!("{}/absences", pages::address(number)),
        None => "/absences".to_owned(),
    };
    let mut lines = Vec::new();
    for absence in absences::of_person(tx, person.id)? {
        let end = absence.is_open().then(|| format!("{action}/{}/fin", absence.id));
        lines.push(line(tx, &absence, end, language)?);
    }
    let mut covered = Vec::new();
    for absence in absences::covered_by(tx, person.id)? {
        covered.push(line(tx, &absence, None, language)?);
    }
    let mut scopes = vec![Picked {
        value: EVERYTHING.into(),
        label: say(language, "absence-everything", &[]),
        selected: typed.scope == EVERYTHING,
    }];
    let kinds = tx.book.catalogue.kinds();
    scopes.extend(kinds.iter().map(|version| Picked::kind(&version.kind, &typed.scope, language)));
    let waiting = handover::waiting_for(tx, person.id, visit.actor()?.person)?;
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let after = i64::from(tx.book.config.continuity.up_the_line_after);
    Ok(AbsencePage {
        heading: match number {
            Some(_) => say(language, "absence-title-of", &[("name", Arg::from(person.name()))]),
            None => say(language, "absence-title", &[]),
        },
        for_another: number.is_some(),
        action,
        waiting: (waiting > 0).then(|| say(language, "absence-waiting", &[("count", Arg::from(waiting))])),
        lines,
        covered,
        scopes,
        up_the_line: (after > 0).then(|| say(language, "absence-up-the-line", &[("days", Arg::from(after))])),
        field_errors: FieldErrors {
            first_day: message("first_day"),
            last_day: message("last_day"),
            delegate: message("delegate"),
            scope: message("scope"),
        },
        errors: error_views(errors, language),
        typed,
        confirm: None,
    })
}

fn line(tx: &mut Tx<'_>, absence: &Absence, end: Option<String>, language: Language) -> Result<LineView> {
    let name = |tx: &mut Tx<'_>, id: Option<PersonId>| -> Result<Option<String>> {
        id.map(|id| Ok(store::find(tx, id)?.name())).transpose()
    };
    let (state, key) = match absence.stage() {
        Stage::Planned => ("draft", "absence-planned"),
        Stage::Running => ("decided", "absence-running"),
        Stage::Over => ("closed", "absence-over"),
        Stage::Cancelled => ("withdrawn", "absence-cancelled"),
    };
    Ok(LineView {
        who: store::find(tx, absence.person_id)?.name(),
        from: format_date_long(absence.first_day, language),
        until: absence
            .last_day
            .map_or_else(|| say(language, "absence-no-return", &[]), |last| format_date_long(last, language)),
        delegate: name(tx, absence.delegate_id)?,
        scope: mail::scope_name(tx, &absence.scope, language),
        state: StateView { state, label: say(language, key, &[]) },
        by: name(tx, absence.set_by.filter(|by| *by != absence.person_id))?,
        end,
    })
}

/// `POST /absences`
pub async fn create(visit: Visit, form: web::Form<Typed>) -> Result<HttpResponse> {
    set(visit, None, form.into_inner()).await
}

/// `POST /personnes/{number}/absences`
pub async fn create_of(visit: Visit, number: web::Path<String>, form: web::Form<Typed>) -> Result<HttpResponse> {
    set(visit, Some(number.into_inner()), form.into_inner()).await
}

async fn set(visit: Visit, number: Option<String>, typed: Typed) -> Result<HttpResponse> {
    let mut errors = Vec::new();
    let mut read = |field: &str, text: &str| match text.trim() {
        "" => None,
        text => match parse_date(text, today(&visit), visit.language) {
            Ok(date) => Some(date),
            Err(problem) => {
                errors.push(FieldError::new(field, problem.message_key()));
                None
            }
        },
    };
    let (first_day, last_day) = (read("first_day", &typed.first_day), read("last_day", &typed.last_day));
    if first_day.is_none() && !errors.iter().any(|error| error.field == "first_day") {
        errors.insert(0, FieldError::new("first_day", "error-required-date"));
    }
    if let (Some(first_day), true) = (first_day, errors.is_empty()) {
        let new = NewAbsence { first_day, last_day, delegate: typed.delegate.clone(), scope: typed.scope.clone() };
        let (at, of, confirmed) = (visit.clone(), number.clone(), !typed.confirmed.is_empty());
        let done = visit
            .app
            .write(move |tx| {
                let by = at.actor()?.person;
                let person = person_of(tx, &at, of.as_deref())?;
                if !confirmed && let Some(asked) = to_confirm(tx, by, &person, &new, at.language)? {
                    return Ok(Some(asked));
                }
                absences::set(tx, Some(by), person.id, &new).map(|_| None)
            })
            .await;
        match done {
            Ok(None) => return Ok(see_other(&address(number.as_deref()), Some("flash-absence-set"))),
            Ok(asked) => return render(&visit, number, typed, &[], asked).await,
            Err(Error::Invalid(found)) => errors = found,
            Err(error) => return Err(error),
        }
    }
    render(&visit, number, typed, &errors, None).await
}

/// Files change hands the moment an absence that begins today is set: how many, to whom and until when is said first.
fn to_confirm(
    tx: &mut Tx<'_>,
    by: PersonId,
    person: &Person,
    new: &NewAbsence,
    language: Language,
) -> Result<Option<Confirm>> {
    let delegate = absences::check(tx, Some(by), person, new)?;
    if new.first_day > tx.today() {
        return Ok(None);
    }
    let kind = Some(new.scope.as_str()).filter(|scope| *scope != EVERYTHING);
    let moving = handover::would_move(tx, person.id, kind, by)?;
    if moving == 0 {
        return Ok(None);
    }
    let count = [("count", Arg::from(moving))];
    Ok(Some(Confirm {
        question: say(language, "absence-confirm-question", &count),
        to: match delegate {
            Some(delegate) => say(language, "absence-confirm-to", &[("who", Arg::from(delegate.name()))]),
            None => say(language, "absence-confirm-up", &[]),
        },
        until: match new.last_day {
            Some(last) => {
                say(language, "absence-confirm-until", &[("day", Arg::from(format_date_long(last, language)))])
            }
            None => say(language, "absence-confirm-no-return", &[]),
        },
        yes: say(language, "absence-confirm-yes", &count),
    }))
}

fn address(number: Option<&str>) -> String {
    match number {
        Some(number) => format!("{}/absences", pages::address(number)),
        None => "/absences".to_owned(),
    }
}

/// `POST /absences/{id}/fin`
pub async fn end(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    finish(visit, None, &id).await
}

/// `POST /personnes/{number}/absences/{id}/fin`
pub async fn end_of(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (number, id) = path.into_inner();
    finish(visit, Some(number), &id).await
}

async fn finish(visit: Visit, number: Option<String>, id: &str) -> Result<HttpResponse> {
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let (at, of) = (visit.clone(), number.clone());
    visit
        .app
        .write(move |tx| {
            let by = at.actor()?.person;
            let person = person_of(tx, &at, of.as_deref())?;
            absences::end(tx, Some(by), person.id, id)
        })
        .await?;
    Ok(see_other(&address(number.as_deref()), Some("flash-absence-ended")))
}
