//! Fields of a kind as a page shows them, with what was typed and what to put right.

use serde::Serialize;
use serde_json::Value;

use super::answers::{Answers, Given};
use super::kind::{Field, Step, Widget};
use crate::error::FieldError;
use crate::formats;
use crate::text::Language;
use crate::web::problems::field_message;

#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    pub id: String,
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    pub required: bool,
    pub optional_label_needed: bool,
    pub widget: &'static str,
    pub value: String,
    pub options: Vec<OptionView>,
    pub rows: Vec<RowView>,
    pub max: Option<u32>,
    pub described_by: Option<String>,
    pub as_heading: bool,
    pub shown_when: Option<String>,
    pub inputmode: Option<&'static str>,
    pub autocomplete: Option<&'static str>,
    pub spellcheck: bool,
    pub company: Option<CompanyView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub checked: bool,
    pub input_id: String,
}

/// A person met, or a file attached.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum RowView {
    Contact { n: i64, name: String, title: String, email: String },
    File { id: i64, name: String, note: Option<String> },
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct CompanyView {
    pub id: String,
    pub name: String,
    pub neq: String,
    pub no_neq_reason: String,
    pub candidates: Vec<CandidateView>,
    /// What was searched without a hit.
    pub search_name: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CandidateView {
    pub id: String,
    pub name: String,
    pub neq: Option<String>,
    /// Struck off, found by a former name, in the business register.
    pub status: Option<String>,
    pub checked: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ErrorView {
    pub href: String,
    /// The question it is about, where several stand on the page: what there is to do often names none.
    pub question: Option<String>,
    pub text: String,
}

/// The errors at the top of a form, each a link to its field.
pub fn error_views(errors: &[FieldError], language: Language) -> Vec<ErrorView> {
    named_error_views(errors, language, |_| None)
}

/// The same, each with the question of its field.
pub fn named_error_views(
    errors: &[FieldError],
    language: Language,
    question: impl Fn(&str) -> Option<String>,
) -> Vec<ErrorView> {
    errors
        .iter()
        .map(|error| ErrorView {
            href: format!("#{}", error.field.replace('.', "-")),
            question: question(&error.field),
            text: field_message(error, language),
        })
        .collect()
}

/// The question of a field, or of a part of it: `company.name`.
pub fn question_of<'f>(fields: impl IntoIterator<Item = &'f FieldView>, field: &str) -> Option<String> {
    let whole = field.split('.').next().unwrap_or(field);
    fields.into_iter().find(|view| view.id == whole).map(|view| view.label.clone())
}

/// The fields of a step that can be asked here. Fields that depend on another field of the same page are sent too,
/// and hidden by the script while they do not apply.
pub fn field_views(
    step: &Step,
    answers: &Answers,
    errors: &[FieldError],
    given: Given<'_>,
    language: Language,
) -> Vec<FieldView> {
    let same_page = |field: &Field| {
        !field.shown_when.0.is_empty()
            && field
                .shown_when
                .0
                .keys()
                .all(|name| step.fields.iter().any(|other| &other.id == name) || holds(answers, field, name, given))
            && field.shown_when.0.keys().any(|name| step.fields.iter().any(|other| &other.id == name))
    };
    let shown: Vec<&Field> =
        step.fields.iter().filter(|field| answers.shows(field, given) || same_page(field)).collect();
    let alone = shown.len() == 1;
    shown.into_iter().map(|field| view(field, step, answers, errors, given, language, alone)).collect()
}

fn holds(answers: &Answers, field: &Field, name: &str, given: Given<'_>) -> bool {
    let one = field.shown_when.0.get(name).cloned().unwrap_or_default();
    answers.meets(&super::kind::Condition([(name.to_owned(), one)].into()), given)
}

fn view(
    field: &Field,
    step: &Step,
    answers: &Answers,
    errors: &[FieldError],
    given: Given<'_>,
    language: Language,
    alone: bool,
) -> FieldView {
    let value = answers.get(&field.id);
    let own = |error: &&FieldError| error.field == field.id || error.field.starts_with(&format!("{}.", field.id));
    let error = errors.iter().find(own).map(|error| field_message(error, language));
    let hint = field.hint.as_ref().map(|hint| hint.get(language).to_owned());
    let mut described: Vec<String> = Vec::new();
    if hint.is_some() {
        described.push(format!("{}-hint", field.id));
    }
    if error.is_some() {
        described.push(format!("{}-error", field.id));
    }
    let required = answers.requires(field, given);
    // Shown live only when a single field of this page decides; more than one is left to the server.
    let shown_when = field
        .shown_when
        .0
        .iter()
        .find(|(name, _)| step.fields.iter().any(|other| other.id == **name))
        .map(|(name, values)| format!("{name}={}", values.join(",")));
    let label = field.label.get(language).to_owned();
    let as_heading = alone && label == step.title.get(language);
    FieldView {
        id: field.id.clone(),
        name: field.id.clone(),
        label,
        hint,
        error,
        required,
        optional_label_needed: !required && shown_when.is_none() && field.widget != Widget::Checkbox,
        widget: widget_name(field.widget),
        value: typed_value(field, value),
        options: options(field, value, language),
        rows: rows(field, value),
        max: matches!(field.widget, Widget::Longtext).then(|| field.max.unwrap_or(4000)),
        described_by: (!described.is_empty()).then(|| described.join(" ")),
        as_heading,
        shown_when,
        inputmode: None,
        autocomplete: None,
        spellcheck: matches!(field.widget, Widget::Text | Widget::Longtext | Widget::Lines),
        company: (field.widget == Widget::Company).then(|| company(value)),
    }
}

fn widget_name(widget: Widget) -> &'static str {
    match widget {
        Widget::Text => "text",
        Widget::Longtext => "longtext",
        Widget::Lines => "lines",
        Widget::Choice => "choice",
        Widget::Choices => "choices",
        Widget::YesNo => "yes_no",
        Widget::Date => "date",
        Widget::Money => "money",
        Widget::Company => "company",
        Widget::Contacts => "contacts",
        Widget::Persons => "persons",
        Widget::Attachment => "attachment",
        Widget::Checkbox => "checkbox",
    }
}

fn typed_value(field: &Field, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) if field.widget == Widget::Checkbox => "true".into(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.into(),
        Value::Number(cents) if field.widget == Widget::Money => {
            formats::format_money(cents.as_i64().unwrap_or_default(), Language::Fr).replace("\u{a0}$", "")
        }
        Value::Array(items) if matches!(field.widget, Widget::Lines | Widget::Persons) => items
            .iter()
            .filter_map(|item| item.as_str().or_else(|| item.get("name").and_then(Value::as_str)))
            .collect::<Vec<_>>()
            .join("\n"),
        _ => String::new(),
    }
}

fn options(field: &Field, value: &Value, language: Language) -> Vec<OptionView> {
    let chosen = |id: &str| match value {
        Value::String(one) => one == id,
        Value::Array(many) => many.iter().any(|item| item.as_str() == Some(id)),
        _ => false,
    };
    if field.widget == Widget::YesNo {
        return [("yes", true, "field-yes"), ("no", false, "field-no")]
            .into_iter()
            .map(|(id, yes, key)| OptionView {
                value: id.into(),
                label: crate::texts::say(language, key, &[]),
                hint: None,
                checked: value.as_bool() == Some(yes),
                input_id: format!("{}-{id}", field.id),
            })
            .collect();
    }
    field
        .options
        .iter()
        .map(|option| OptionView {
            value: option.id.clone(),
            label: option.label.get(language).to_owned(),
            hint: option.hint.as_ref().map(|hint| hint.get(language).to_owned()),
            checked: chosen(&option.id),
            input_id: format!("{}-{}", field.id, option.id),
        })
        .collect()
}

fn rows(field: &Field, value: &Value) -> Vec<RowView> {
    let items = value.as_array().cloned().unwrap_or_default();
    let part = |item: Option<&Value>, name: &str| {
        item.and_then(|item| item.get(name)).and_then(Value::as_str).unwrap_or("").to_owned()
    };
    if field.widget == Widget::Attachment {
        let id = |item: &Value| item.get("id").and_then(Value::as_i64).unwrap_or_default();
        return items
            .iter()
            .map(|item| RowView::File { id: id(item), name: part(Some(item), "name"), note: None })
            .collect();
    }
    if field.widget != Widget::Contacts {
        return Vec::new();
    }
    let count = items.len().max(1) + usize::from(!items.is_empty());
    (0..count.clamp(2, 20))
        .zip(1_i64..)
        .map(|(place, n)| {
            let item = items.get(place);
            RowView::Contact { n, name: part(item, "name"), title: part(item, "title"), email: part(item, "email") }
        })
        .collect()
}

fn company(value: &Value) -> CompanyView {
    let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    CompanyView {
        id: value.get("company_id").and_then(Value::as_i64).map(|id| id.to_string()).unwrap_or_default(),
        name: part("name"),
        neq: part("neq"),
        no_neq_reason: part("no_neq_reason"),
        candidates: Vec::new(),
        search_name: None,
    }
}
