//! The page of one person: what the directory says, who supervised them, their roles; and, for whoever administers the
//! service, granting and ending a role, and their account (`account_page`).

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::listing;
use super::pages::{PersonLink, StateView, role_name, today};
use super::roles::{self, Term};
use super::store::{self, Person};
use super::{account_page, pages, suspension};
use crate::access::{PageAction, Role};
use crate::acts::{self, Act};
use crate::app::Tx;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::inbox::Picked;
use crate::declarations::summary::Row;
use crate::error::{Error, FieldError, Result};
use crate::formats::{format_date_long, parse_date};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct PersonPage {
    name: String,
    state: StateView,
    title: String,
    sections: Vec<Section>,
    supervisor: Option<PersonLink>,
    team: Option<String>,
    stretches: Vec<StretchView>,
    roles: Vec<TermView>,
    may_manage: bool,
    account: account_page::AccountView,
    action: String,
    errors: Vec<ErrorView>,
    grantable: Vec<Picked>,
    typed: Typed,
    field_errors: FieldErrors,
}

/// What `partials/summary` reads.
#[derive(Serialize)]
struct Section {
    title: Option<String>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct StretchView {
    supervisor: Option<PersonLink>,
    since: String,
    until: Option<String>,
}

#[derive(Serialize)]
struct TermView {
    name: String,
    since: String,
    until: Option<String>,
    state: &'static str,
    state_label: String,
    by: Option<String>,
    /// Name of the role in the form that ends it, when it can be ended.
    end: Option<String>,
    input_id: String,
    last: String,
    error: Option<String>,
}

/// What was typed when the form comes back.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    role: String,
    since: String,
    until: String,
    /// Last day of the role to end.
    last: String,
    /// Why the role is granted: whoever approves reads it.
    reason: String,
    /// Of the account: why it is suspended, or is to open again.
    pub(super) why: String,
}

impl Typed {
    /// Nothing typed yet: a role would begin today.
    pub(super) fn new(visit: &Visit) -> Self {
        Self { since: today(visit).to_string(), ..Self::default() }
    }

    /// Why the account is suspended, or is to open again.
    pub(super) fn saying(visit: &Visit, why: String) -> Self {
        Self { why, ..Self::new(visit) }
    }
}

#[derive(Default, Serialize)]
struct FieldErrors {
    role: Option<String>,
    since: Option<String>,
    until: Option<String>,
    reason: Option<String>,
}

/// `GET /personnes/{number}`
pub async fn show(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, number.into_inner(), Typed::new(&visit), &[]).await
}

pub(super) async fn render(visit: &Visit, number: String, typed: Typed, errors: &[FieldError]) -> Result<HttpResponse> {
    let (at, failed) = (visit.clone(), errors.to_vec());
    let content = visit.app.read(move |tx| content(tx, &at, &number, typed, &failed)).await?;
    Page::new(visit, content.name.clone())
        .wide()
        .back("/personnes", "back-people")
        .with_errors(!errors.is_empty())
        .render("pages/people/person", &content)
}

fn content(tx: &mut Tx<'_>, visit: &Visit, number: &str, typed: Typed, errors: &[FieldError]) -> Result<PersonPage> {
    let actor = visit.actor()?;
    let language = visit.language;
    let person = store::find_by_number(tx, number)?.ok_or(Error::NotFound)?;
    let may_manage = visit.app.book.access.opens(PageAction::ManagePeople, Some(&actor));
    let day = tx.today();
    let suspended = suspension::of(tx, person.id)?.is_some();
    let supervisor = match person.supervisor_id {
        Some(id) => Some(store::find(tx, id)?),
        None => None,
    };
    let terms = roles::history(tx, person.id)?;
    let team = listing::team(tx, person.id)?;
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let grantable = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Staff)
        .filter(|role| *role != Role::Respondent || tx.book.config.continuity.respondents)
        .map(|role| Picked {
            value: role.as_str().to_owned(),
            label: role_name(role, language),
            selected: role.as_str() == typed.role,
        })
        .collect();
    let mut views = Vec::new();
    for term in &terms {
        let failed = message("last").filter(|_| term.role.as_str() == typed.role);
        views.push(term_view(tx, term, day, may_manage, &typed, failed, language)?);
    }
    Ok(PersonPage {
        name: person.name(),
        state: StateView::new(person.active_from, person.active_until, suspended, day, language),
        title: person.title.clone(),
        sections: vec![Section { title: None, rows: facts(tx, &person, language)? }],
        supervisor: supervisor.map(|above| PersonLink::new(&above.number, above.name())),
        team: (team > 0).then(|| say(language, "person-team", &[("count", Arg::from(team))])),
        stretches: listing::supervisors_of(tx, person.id)?
            .into_iter()
            .map(|stretch| StretchView {
                supervisor: PersonLink::of(
                    stretch.number.as_deref(),
                    stretch.given_name.as_deref(),
                    stretch.family_name.as_deref(),
                ),
                since: format_date_long(stretch.since, language),
                until: stretch.until.map(|until| format_date_long(until, language)),
            })
            .collect(),
        roles: views,
        account: account_page::view(
            tx,
            &person,
            (may_manage, actor.person == person.id),
            &typed,
            message("why"),
            language,
        )?,
        action: pages::address(&person.number),
        errors: errors_of_page(errors, &typed.role, language),
        grantable,
        field_errors: FieldErrors {
            role: message("role"),
            since: message("since"),
            until: message("until"),
            reason: message("reason"),
        },
        typed,
        may_manage,
    })
}

/// The error of an end of role leads to the field of that role.
fn errors_of_page(errors: &[FieldError], role: &str, language: Language) -> Vec<ErrorView> {
    let placed: Vec<FieldError> = errors
        .iter()
        .cloned()
        .map(|mut error| {
            if error.field == "last" {
                error.field = format!("last-{role}");
            }
            error
        })
        .collect();
    error_views(&placed, language)
}

fn facts(tx: &mut Tx<'_>, person: &Person, language: Language) -> Result<Vec<Row>> {
    let units = store::units(tx)?;
    let paths = super::directory::units::paths(&units);
    let unit = paths.get(&person.unit_id).map(|path| path.names().to_vec()).unwrap_or_default();
    let labelled = |prefix: &str, value: &str| say(language, &format!("{prefix}-{}", value.replace('_', "-")), &[]);
    let one = |text: String| vec![text];
    let until = person.active_until.map(|until| format_date_long(until, language));
    let site = Some(person.site.clone()).filter(|site| !site.is_empty());
    let home = person.home_body.clone();
    let rows = [
        ("person-number", one(person.number.clone())),
        ("person-email", one(person.email.clone())),
        ("person-unit", unit),
        ("person-site", one(site.unwrap_or_else(|| say(language, "person-site-none", &[])))),
        ("person-regime", one(labelled("regime", &person.regime))),
        ("person-home-body", one(home)),
        ("person-position", one(labelled("position", &person.position))),
        ("person-language", one(labelled("language", &person.language))),
        ("person-from", one(format_date_long(person.active_from, language))),
        ("person-until", one(until.unwrap_or_else(|| say(language, "person-until-none", &[])))),
    ];
    Ok(rows
        .into_iter()
        .filter(|(key, _)| *key != "person-home-body" || !person.home_body.is_empty())
        .map(|(key, value)| Row {
            label: say(language, key, &[]),
            value,
            change_href: None,
            change_hidden: None,
            links: Vec::new(),
            files: Vec::new(),
        })
        .collect())
}

fn term_view(
    tx: &mut Tx<'_>,
    term: &Term,
    today: NaiveDate,
    may_manage: bool,
    typed: &Typed,
    error: Option<String>,
    language: Language,
) -> Result<TermView> {
    let (state, key) = match () {
        () if !term.is_open(today) => ("closed", "person-role-over"),
        () if !term.holds(today) => ("draft", "person-role-to-come"),
        () => ("decided", "person-role-in-force"),
    };
    let by = match term.granted_by {
        Some(id) => Some(store::find(tx, id)?.name()),
        None => None,
    };
    let role = term.role.as_str();
    let ends = may_manage && term.is_open(today);
    let was_typed = error.is_some() && !typed.last.is_empty();
    Ok(TermView {
        name: role_name(term.role, language),
        since: format_date_long(term.since, language),
        until: term.until.map(|until| format_date_long(until, language)),
        state,
        state_label: say(language, key, &[]),
        by,
        end: ends.then(|| role.to_owned()),
        input_id: format!("last-{role}"),
        last: if was_typed { typed.last.clone() } else { today.to_string() },
        error,
    })
}

/// A date of a form, or what is wrong with it.
fn date(visit: &Visit, field: &str, text: &str) -> Result<Option<NaiveDate>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match parse_date(text, today(visit), visit.language) {
        Ok(date) => Ok(Some(date)),
        Err(problem) => Err(FieldError::new(field, problem.message_key())),
    }
}

/// `POST /personnes/{number}/roles`: asks for a role, which somebody else approves.
pub async fn grant(visit: Visit, number: web::Path<String>, form: web::Form<Typed>) -> Result<HttpResponse> {
    let (number, typed) = (number.into_inner(), form.into_inner());
    let mut errors = Vec::new();
    let mut read = |field: &str, text: &str| {
        date(&visit, field, text).unwrap_or_else(|error| {
            errors.push(error);
            None
        })
    };
    let (since, until) = (read("since", &typed.since), read("until", &typed.until));
    let role = Role::parse(&typed.role);
    if role.is_none() {
        errors.insert(0, FieldError::new("role", "error-choose-role"));
    }
    if since.is_none() && !errors.iter().any(|error| error.field == "since") {
        errors.push(FieldError::new("since", "error-required-date"));
    }
    if let (Some(role), Some(since), true) = (role, since, errors.is_empty()) {
        let (actor, reason) = (visit.actor()?, typed.reason.clone());
        let act = Act::RoleGrant { number: number.clone(), role, since, until };
        match visit.app.write(move |tx| acts::actions::ask(tx, &actor, &act, &reason)).await {
            Ok(request) => return Ok(see_other(&format!("/actes/{request}"), Some("flash-act-asked"))),
            Err(Error::Invalid(found)) => errors = found,
            Err(error) => return Err(error),
        }
    }
    render(&visit, number, typed, &errors).await
}

/// `POST /personnes/{number}/roles/fin`: ends a role.
pub async fn end(visit: Visit, number: web::Path<String>, form: web::Form<Typed>) -> Result<HttpResponse> {
    let (number, typed) = (number.into_inner(), form.into_inner());
    let role = Role::parse(&typed.role).ok_or(Error::BadRequest("problem-bad-request"))?;
    let error = match date(&visit, "last", &typed.last) {
        Ok(Some(last)) => {
            let (actor, of) = (visit.actor()?, number.clone());
            match visit.app.write(move |tx| roles::end_of(tx, Some(actor.person), &of, role, last)).await {
                Ok(()) => return Ok(see_other(&pages::address(&number), Some("flash-role-ended"))),
                Err(Error::Invalid(errors)) => errors,
                Err(error) => return Err(error),
            }
        }
        Ok(None) => vec![FieldError::new("last", "error-required-date")],
        Err(error) => vec![error],
    };
    let shown = Typed { since: today(&visit).to_string(), ..typed };
    render(&visit, number, shown, &error).await
}
