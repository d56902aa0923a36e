//! Opening a passport, and what its two forms share.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::actions::{self, About, Typed};
use super::store::Verb;
use crate::access::Action;
use crate::app::Tx;
use crate::companies;
use crate::declarations::answers::Form;
use crate::declarations::form::{CandidateView, CompanyView, ErrorView, named_error_views};
use crate::declarations::store as declarations;
use crate::error::{Error, FieldError, Result};
use crate::programme::posts::company_of;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

/// The fields of a ruling, with what was typed and what to put right.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct RulingForm {
    pub choices: Vec<Choice>,
    pub ruling_error: Option<String>,
    pub cap: String,
    pub cap_error: Option<String>,
    pub conditions: String,
    pub conditions_error: Option<String>,
    pub reason: String,
    pub reason_error: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Choice {
    pub id: &'static str,
    pub label: String,
    pub hint: String,
    pub checked: bool,
}

impl RulingForm {
    pub fn new(visit: &Visit, typed: &Typed, errors: &[FieldError]) -> Self {
        let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, visit.language));
        Self {
            choices: Verb::ALL
                .into_iter()
                .map(|verb| {
                    let key = verb.as_str().replace('_', "-");
                    Choice {
                        id: verb.as_str(),
                        label: visit.say(&format!("ruling-{key}")),
                        hint: visit.say(&format!("ruling-{key}-hint")),
                        checked: typed.ruling == verb.as_str(),
                    }
                })
                .collect(),
            ruling_error: message("ruling"),
            cap: typed.cap.clone(),
            cap_error: message("cap"),
            conditions: typed.conditions.clone(),
            conditions_error: message("conditions"),
            reason: typed.reason.clone(),
            reason_error: message("reason"),
        }
    }
}

pub(super) fn text(form: &Form, name: &str) -> String {
    form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.replace('\0', ""))
}

pub(super) fn typed(form: &Form) -> Typed {
    Typed {
        ruling: text(form, "ruling"),
        cap: text(form, "cap"),
        conditions: text(form, "conditions"),
        reason: text(form, "reason"),
    }
}

#[derive(Serialize)]
struct NewPage {
    errors: Vec<ErrorView>,
    title: String,
    title_error: Option<String>,
    event_on: String,
    event_on_error: Option<String>,
    from: String,
    company: CompanyField,
    ruling: RulingForm,
}

/// What `fields/company` reads.
#[derive(Serialize)]
struct CompanyField {
    id: &'static str,
    name: &'static str,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    described_by: Option<&'static str>,
    shown_when: Option<String>,
    as_heading: bool,
    optional_label_needed: bool,
    company: CompanyView,
}

/// `?de=EVE-2026-000012`: the request it is opened from.
#[derive(Debug, Default, Deserialize)]
pub struct Opened {
    #[serde(default)]
    de: String,
}

/// `GET /passeports/nouveau`
pub async fn show(visit: Visit, query: web::Query<Opened>) -> Result<HttpResponse> {
    let (actor, slug) = (visit.actor()?, query.into_inner().de);
    let known = if slug.is_empty() { Vec::new() } else { visit.app.read(move |tx| known(tx, &actor, &slug)).await? };
    render(&visit, &known, &[], None)
}

/// What a request says of its event, as the form would send it.
fn known(tx: &mut Tx<'_>, actor: &crate::access::Actor, slug: &str) -> Result<Form> {
    let request = declarations::authorized(tx, actor, slug, Action::Read)?.declaration;
    let answers = request.answers()?;
    let company = match request.company_id {
        Some(id) => companies::store::find(tx, id)?,
        None => None,
    };
    let mut form: Form = vec![
        ("title".into(), answers.text("title").to_owned()),
        ("event_on".into(), request.occurred_on.map(|on| on.to_string()).unwrap_or_default()),
        ("de".into(), request.slug().to_owned()),
    ];
    if let Some(company) = company {
        form.push(("company.id".into(), company.id.to_string()));
        form.push(("company.name".into(), company.name));
        form.push(("company.neq".into(), company.neq.unwrap_or_default()));
    }
    Ok(form)
}

fn render(
    visit: &Visit,
    form: &Form,
    errors: &[FieldError],
    search: Option<(Vec<CandidateView>, String)>,
) -> Result<HttpResponse> {
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, visit.language));
    let company = company_of(form);
    let part = |name: &str| company.get(name).and_then(|value| value.as_str()).unwrap_or("").to_owned();
    let (candidates, searched) = search.unwrap_or_default();
    let error = message("company");
    let content = NewPage {
        errors: named_error_views(errors, visit.language, |field| match field {
            "title" => Some(visit.say("passport-event-title")),
            "event_on" => Some(visit.say("letter-fact-date")),
            _ => None,
        }),
        title: text(form, "title"),
        title_error: message("title"),
        event_on: text(form, "event_on"),
        event_on_error: message("event_on"),
        from: text(form, "de"),
        company: CompanyField {
            id: "company",
            name: "company",
            label: say(visit.language, "passport-company", &[]),
            hint: None,
            described_by: error.is_some().then_some("company-error"),
            error,
            shown_when: None,
            as_heading: false,
            optional_label_needed: false,
            company: CompanyView {
                id: company.get("company_id").and_then(|id| id.as_i64()).map(|id| id.to_string()).unwrap_or_default(),
                name: part("name"),
                neq: part("neq"),
                no_neq_reason: part("no_neq_reason"),
                search_name: (candidates.is_empty() && !searched.is_empty()).then_some(searched),
                candidates,
            },
        },
        ruling: RulingForm::new(visit, &typed(form), errors),
    };
    Page::titled(visit, "passport-new-title")
        .back("/passeports", "back-passports")
        .with_errors(!errors.is_empty())
        .render("pages/passports/new", &content)
}

/// `POST /passeports/nouveau`
pub async fn create(visit: Visit, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, form) = (visit.actor()?, companies::suggest::filled(&visit, form.into_inner()).await?);
    if form.iter().any(|(name, _)| name == "_search") {
        let sought = company_of(&form).get("name").and_then(|name| name.as_str()).unwrap_or("").to_owned();
        let wanted = sought.clone();
        let found = visit.app.read(move |tx| companies::suggest::suggest(tx, &wanted, 8)).await?;
        let candidates = found.into_iter().map(|company| company.candidate(visit.language)).collect();
        return render(&visit, &form, &[], Some((candidates, sought)));
    }
    let about = About {
        title: text(&form, "title"),
        event_on: text(&form, "event_on"),
        company: company_of(&form),
        from: text(&form, "de"),
    };
    let ruling = typed(&form);
    match visit.app.write(move |tx| actions::create(tx, &actor, &about, &ruling)).await {
        Ok(passport) => Ok(see_other(&passport.address(), Some("flash-passport-ruled"))),
        Err(Error::Invalid(errors)) => render(&visit, &form, &errors, None),
        Err(error) => Err(error),
    }
}
