//! The slip of one object, to print and sign, and its trail.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions::{self, TypedMove};
use super::store::{self, Step, next};
use crate::access::PageAction;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::reading;
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct ObjectPage {
    number: String,
    description: String,
    state: &'static str,
    state_label: String,
    donor: Option<String>,
    value: Option<String>,
    place: Option<String>,
    /// The last day to hand it over, while it is expected.
    due: Option<String>,
    late: bool,
    reference: String,
    declarant: String,
    unit: String,
    organisation: String,
    trail: Vec<StepView>,
    steps: Vec<Choice>,
    today: String,
    version: i32,
    action: String,
    errors: Vec<ErrorView>,
    typed: Typed,
    field_errors: FieldErrors,
}

#[derive(Serialize)]
struct StepView {
    title: String,
    on: String,
    place: String,
    person: String,
    note: String,
    recorded: String,
}

#[derive(Serialize)]
struct Choice {
    id: &'static str,
    label: String,
    checked: bool,
}

#[derive(Default, Serialize)]
struct Typed {
    on: String,
    place: String,
    person: String,
    note: String,
}

#[derive(Default, Serialize)]
struct FieldErrors {
    step: Option<String>,
    on: Option<String>,
    place: Option<String>,
    person: Option<String>,
    note: Option<String>,
}

/// `GET /objets/{number}`
pub async fn show(visit: Visit, number: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, number.into_inner(), &[], &Vec::new()).await
}

async fn render(visit: &Visit, number: String, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let (by, wanted) = (std::sync::Arc::clone(&actor), number.clone());
    let records = visit.app.book.access.opens(PageAction::StateObjects, Some(&actor));
    let (object, found, trail) = visit
        .app
        .read(move |tx| {
            let (object, found) = actions::read(tx, &by, &wanted)?;
            let trail = store::trail(tx, object.id)?;
            Ok((object, found, trail))
        })
        .await?;
    if found.declaration.is_confidential() && found.declaration.declarant_id != actor.person {
        // The page of the file leaves the row; this one shows what it shows.
        reading::open(&visit.app, &actor, found.declaration.slug(), |_, _, _| Ok(())).await?;
    }
    let one = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let zone = visit.app.book.calendar.default_zone();
    let may_record = records && found.declaration.declarant_id != actor.person;
    let chosen = one("step");
    let today = crate::clock::local_date(visit.app.clock.now(), zone);
    let (due, late) = actions::due(&object, &visit.app.book, today);
    let content = ObjectPage {
        description: object.description.clone(),
        state: tone(object.state()),
        state_label: visit.say(&format!("custody-state-{}", object.state().as_str())),
        donor: object.donor.clone(),
        value: object.value_cents.map(|cents| formats::format_money(cents, language)),
        place: object.place.clone(),
        due: (object.state() == store::State::Expected).then(|| formats::format_date_long(due, language)),
        late,
        reference: found.declaration.slug().to_owned(),
        declarant: found.declarant.name(),
        unit: found.unit.clone(),
        organisation: crate::web::page::organisation(&visit.app.book.config, language).0.to_owned(),
        trail: trail
            .into_iter()
            .map(|step| StepView {
                title: visit.say(&format!("custody-step-{}", step.step)),
                on: formats::format_date_long(step.moved_on, language),
                recorded: format!(
                    "{} {}, {}",
                    step.recorded_given,
                    step.recorded_family,
                    formats::format_datetime(step.recorded_at, zone, language)
                ),
                place: step.place,
                person: step.person,
                note: step.note,
            })
            .collect(),
        steps: [Step::Received, Step::Moved, Step::Disposed]
            .into_iter()
            .filter(|step| may_record && next(object.state(), *step).is_some())
            .map(|step| Choice {
                id: step.as_str(),
                label: visit.say(&format!("custody-do-{}", step.as_str())),
                checked: chosen == step.as_str(),
            })
            .collect(),
        today: today.to_string(),
        version: object.version,
        action: format!("/objets/{number}/suivi"),
        errors: error_views(errors, language),
        typed: Typed { on: one("on"), place: one("place"), person: one("person"), note: one("note") },
        field_errors: FieldErrors {
            step: message("step"),
            on: message("on"),
            place: message("place"),
            person: message("person"),
            note: message("note"),
        },
        number,
    };
    Page::new(visit, content.number.clone())
        .back(format!("/d/{}", content.reference), "back-file")
        .with_errors(!errors.is_empty())
        .render("pages/custody/object", &content)
}

/// The look of a state, among those of the style sheet.
pub fn tone(state: store::State) -> &'static str {
    match state {
        store::State::Expected => "submitted",
        store::State::Kept => "monitoring",
        store::State::Disposed => "closed",
        store::State::Cancelled => "withdrawn",
    }
}

/// `POST /objets/{number}/suivi`: one more step of the trail.
pub async fn record(visit: Visit, number: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, language, form) = (visit.actor()?, visit.language, form.into_inner());
    let one = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let typed = TypedMove {
        step: one("step"),
        on: one("on"),
        place: one("place"),
        person: one("person"),
        note: one("note"),
        version: one("version").parse().unwrap_or_default(),
    };
    let wanted = number.clone();
    let done = visit.app.write(move |tx| actions::record(tx, &actor, &wanted, &typed, language)).await;
    match done {
        Ok(object) => Ok(see_other(&format!("/objets/{}", object.number), Some("flash-custody"))),
        Err(Error::Invalid(errors)) => render(&visit, number.into_inner(), &errors, &form).await,
        Err(Error::Stale) => {
            render(&visit, number.into_inner(), &[FieldError::new("step", "error-custody-stale")], &form).await
        }
        Err(error) => Err(error),
    }
}
