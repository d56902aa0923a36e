//! One page of a changed form, edited without its file: words in both languages, what must be answered, choices.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::proposal_page::{number, settle, version_of};
use super::proposals::{self, Change};
use super::{describe, edit};
use crate::app::Tx;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::kind::{Kind, Requirement, Step};
use crate::declarations::kind_file;
use crate::error::{Error, FieldError, Result};
use crate::policy::proposal_page::typed_in;
use crate::text::{Bilingual, Language};
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct EditPage {
    action: String,
    version: i32,
    title: String,
    /// Title, help and reason of the page.
    texts: Vec<TextField>,
    questions: Vec<QuestionFields>,
    widgets: Vec<Picked>,
    new_label: TextField,
    new_required: bool,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct Picked {
    value: &'static str,
    label: String,
    selected: bool,
}

/// A text in both languages.
#[derive(Serialize)]
struct TextField {
    legend: String,
    fr: Input,
    en: Input,
}

#[derive(Serialize)]
struct Input {
    name: String,
    value: String,
    error: Option<String>,
}

#[derive(Serialize)]
struct QuestionFields {
    id: String,
    label: String,
    nature: String,
    texts: Vec<TextField>,
    /// No other answer says whether it must be answered.
    asks_required: bool,
    required: bool,
    place: String,
    choices: Vec<ChoiceFields>,
    new_choice: Option<TextField>,
}

#[derive(Serialize)]
struct ChoiceFields {
    text: TextField,
    retire: String,
    retired: bool,
}

/// What a page shows: what was typed, else what the file says.
struct Shown<'s> {
    typed: Option<&'s Form>,
    errors: &'s [FieldError],
    language: Language,
}

impl Shown<'_> {
    fn input(&self, name: String, written: &str) -> Input {
        let error = self.errors.iter().find(|error| error.field == name);
        Input {
            value: typed_in(self.typed, &name).unwrap_or(written).to_owned(),
            error: error.map(|error| field_message(error, self.language)),
            name,
        }
    }

    fn text(&self, legend: String, stem: &str, written: Option<&Bilingual>) -> TextField {
        let (fr, en) = written.map_or(("", ""), |text| (text.fr.as_str(), text.en.as_deref().unwrap_or("")));
        TextField { legend, fr: self.input(format!("{stem}-fr"), fr), en: self.input(format!("{stem}-en"), en) }
    }

    fn ticked(&self, name: &str) -> bool {
        typed_in(self.typed, name).is_some_and(|value| !value.is_empty())
    }
}

/// `GET /formulaires/propositions/{id}/pages/{step}`
pub async fn show(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (id, step) = path.into_inner();
    render(&visit, number(&id)?, &step, None, &[]).await
}

async fn render(
    visit: &Visit,
    id: i64,
    step: &str,
    typed: Option<&Form>,
    errors: &[FieldError],
) -> Result<HttpResponse> {
    let (at, step, typed, told) = (visit.clone(), step.to_owned(), typed.cloned(), errors.to_vec());
    let content = visit.app.read(move |tx| content(tx, &at, id, &step, typed.as_ref(), &told)).await?;
    Page::titled(visit, "form-edit-title")
        .with_errors(!errors.is_empty())
        .back(format!("/formulaires/propositions/{id}"), "back-policy-proposal")
        .render("pages/forms/edit", &content)
}

fn content(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: i64,
    step: &str,
    typed: Option<&Form>,
    errors: &[FieldError],
) -> Result<EditPage> {
    let language = visit.language;
    let proposal = proposals::find(tx, id)?;
    proposals::of_author(tx, &*visit.actor()?, id, proposal.version)?;
    let kind = parsed(&proposal.document)?;
    let step = kind.steps.iter().find(|other| other.id == step).ok_or(Error::NotFound)?;
    let shown = Shown { typed, errors, language };
    let version = typed.map_or(proposal.version, version_of);
    let chosen = typed_in(typed, "new-widget").unwrap_or("text");
    Ok(EditPage {
        action: format!("/formulaires/propositions/{id}/pages/{}", step.id),
        version,
        title: step.title.get(language).to_owned(),
        texts: vec![
            shown.text(visit.say("form-page-title"), "title", Some(&step.title)),
            shown.text(visit.say("form-page-hint"), "hint", step.hint.as_ref()),
            shown.text(visit.say("form-page-why"), "why", step.why.as_ref()),
        ],
        questions: questions(step, &shown),
        widgets: [
            ("text", "form-widget-text"),
            ("longtext", "form-widget-longtext"),
            ("yes_no", "form-widget-yes-no"),
            ("date", "form-widget-date"),
        ]
        .into_iter()
        .map(|(value, key)| Picked { value, label: visit.say(key), selected: value == chosen })
        .collect(),
        new_label: shown.text(visit.say("form-new-label"), "new-label", None),
        new_required: shown.ticked("new-required"),
        errors: error_views(errors, language),
    })
}

/// The file of a proposal, when it can be read at all.
fn parsed(document: &str) -> Result<Kind> {
    kind_file::parse("proposition.toml", document).map_err(|_| Error::NotPossible("not-possible-policy-problems"))
}

fn questions(step: &Step, shown: &Shown<'_>) -> Vec<QuestionFields> {
    let language = shown.language;
    let say_of = |key: &str, what: &str| say(language, key, &[("what", Arg::from(what))]);
    step.fields
        .iter()
        .zip(1_usize..)
        .map(|(field, place)| {
            let stem = format!("q-{}", field.id);
            let asks_required = matches!(field.required, Requirement::Always(_));
            let required = match typed_in(shown.typed, &format!("{stem}-required")) {
                Some(typed) => typed == "yes",
                None => field.required == Requirement::Always(true),
            };
            let choices = field.options.iter().map(|choice| {
                let name = format!("o-{}-{}", field.id, choice.id);
                let legend = say_of("form-choice", choice.label.get(language));
                let retire = format!("{name}-retire");
                ChoiceFields {
                    text: shown.text(legend, &name, Some(&choice.label)),
                    retired: shown.ticked(&retire),
                    retire,
                }
            });
            QuestionFields {
                label: field.label.get(language).to_owned(),
                nature: describe::widget(field.widget, language),
                texts: vec![
                    shown.text(say(language, "form-question-label", &[]), &format!("{stem}-label"), Some(&field.label)),
                    shown.text(say(language, "form-question-hint", &[]), &format!("{stem}-hint"), field.hint.as_ref()),
                ],
                asks_required,
                required,
                place: typed_in(shown.typed, &format!("{stem}-place")).map_or(place.to_string(), str::to_owned),
                choices: choices.collect(),
                new_choice: (!field.options.is_empty())
                    .then(|| shown.text(say(language, "form-new-choice", &[]), &format!("{stem}-new"), None)),
                id: field.id.clone(),
            }
        })
        .collect()
}

/// `POST /formulaires/propositions/{id}/pages/{step}`
pub async fn save(visit: Visit, path: web::Path<(String, String)>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (id, step) = path.into_inner();
    let (id, form) = (number(&id)?, form.into_inner());
    let (actor, version) = (visit.actor()?, version_of(&form));
    let (wanted, sent) = (step.clone(), form.clone());
    let done = visit
        .app
        .write(move |tx| {
            let proposal = proposals::of_author(tx, &actor, id, version)?;
            let kind = parsed(&proposal.document)?;
            let step = kind.steps.iter().find(|other| other.id == wanted).ok_or(Error::NotFound)?;
            let document = Some(edit::apply(&proposal.document, &kind, step, &sent)?);
            proposals::save(tx, &actor, id, version, &Change { document, ..Change::default() })
        })
        .await;
    match done {
        Ok(_) => Ok(see_other(&format!("/formulaires/propositions/{id}"), Some("flash-policy-saved"))),
        Err(Error::Invalid(errors)) => render(&visit, id, &step, Some(&form), &errors).await,
        // Somebody saved meanwhile: what was typed stays on the page, over the version that it was read from.
        Err(Error::Stale) => {
            render(&visit, id, &step, Some(&form), &[FieldError::new("title-fr", "error-stale")]).await
        }
        other => settle(&visit, id, None, other, "flash-policy-saved").await,
    }
}
