//! The shape of answers: the JSON Schema (2020-12) given to programs, and the same conditions applied to what they
//! send. Each widget has one arm in each of the two functions, side by side.
//!
//! The shape says what can be kept in a draft. Whether it can be filed (required answers, dates against each other,
//! people of the directory) is the business of `answers::check` and `filing::check`, as on the pages.

use serde_json::{Map, Value, json};

use super::super::kind::{Check, Field, Kind, Phase, Requirement, Widget};
use super::asked::iso_date;
use super::words::{self, LINE, LONGEST_LINE, LONGEST_PROSE, PROSE};
use crate::error::FieldError;
use crate::formats::MOST_CENTS;
use crate::text::Language;

const MOST_ROWS: u32 = 20;
const MOST_ID: i64 = 9_007_199_254_740_991;
const EMAIL: &str =
    r"^([^\s\u0000-\u001f\u007f-\u009f@]+@[^\s\u0000-\u001f\u007f-\u009f@.]+(\.[^\s\u0000-\u001f\u007f-\u009f@.]+)+)?$";
const OPTIONAL_LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";

/// Fields a program may answer in a phase: files travel by the pages only.
fn fields(kind: &Kind, phase: Phase) -> impl Iterator<Item = &Field> {
    kind.steps
        .iter()
        .filter(move |step| step.phase == phase)
        .flat_map(|step| step.fields.iter())
        .filter(|field| field.widget != Widget::Attachment)
}

/// JSON Schema of the answers of a phase; `None` when the phase asks nothing.
///
/// `required` names what is always required to file; `x-shown-when` and `x-required-when` say the rest.
pub fn schema(kind: &Kind, phase: Phase, language: Language) -> Option<Value> {
    let properties: Map<String, Value> =
        fields(kind, phase).map(|field| (field.id.clone(), described(field, language))).collect();
    if properties.is_empty() {
        return None;
    }
    let required: Vec<&str> = fields(kind, phase)
        .filter(|field| field.shown_when.0.is_empty() && field.required == Requirement::Always(true))
        .map(|field| field.id.as_str())
        .collect();
    Some(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.title.get(language),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    }))
}

fn described(field: &Field, language: Language) -> Value {
    let mut described = Map::new();
    described.insert("title".into(), field.label.get(language).into());
    if let Some(hint) = &field.hint {
        described.insert("description".into(), hint.get(language).into());
    }
    if let Value::Object(type_of) = type_of(field, language) {
        described.extend(type_of);
    }
    described.insert("x-widget".into(), json!(field.widget));
    if !field.shown_when.0.is_empty() {
        described.insert("x-shown-when".into(), json!(field.shown_when));
    }
    match &field.required {
        Requirement::When(condition) => {
            described.insert("x-required-when".into(), json!(condition));
        }
        // Required as soon as it is shown.
        Requirement::Always(true) if !field.shown_when.0.is_empty() => {
            described.insert("x-required-when".into(), json!(field.shown_when));
        }
        Requirement::Always(_) => {}
    }
    for check in &field.checks {
        match check {
            Check::NotFuture => described.insert("x-not-future".into(), true.into()),
            Check::NotPast => described.insert("x-not-past".into(), true.into()),
            Check::NotBefore(other) => described.insert("x-not-before".into(), other.as_str().into()),
            Check::AtLeast(_) => None,
        };
    }
    Value::Object(described)
}

fn rows(field: &Field) -> (u32, u32) {
    let least = field.checks.iter().find_map(|check| match check {
        Check::AtLeast(least) => Some(*least),
        _ => None,
    });
    (least.unwrap_or(1).max(1), field.max.unwrap_or(MOST_ROWS))
}

fn list(field: &Field, items: &Value) -> Value {
    let (least, most) = rows(field);
    json!({ "type": "array", "items": items, "minItems": least, "maxItems": most })
}

fn line(most: u32) -> Value {
    json!({ "type": "string", "pattern": LINE, "minLength": 1, "maxLength": most })
}

fn type_of(field: &Field, language: Language) -> Value {
    let ids: Vec<&str> = field.options.iter().map(|option| option.id.as_str()).collect();
    let labels: Vec<&str> = field.options.iter().map(|option| option.label.get(language)).collect();
    let id = json!({ "type": "integer", "minimum": 1, "maximum": MOST_ID });
    match field.widget {
        Widget::Text => line(field.max.unwrap_or(LONGEST_LINE)),
        Widget::Longtext => {
            let most = field.max.unwrap_or(LONGEST_PROSE);
            json!({ "type": "string", "pattern": PROSE, "minLength": 1, "maxLength": most })
        }
        Widget::Lines => list(field, &line(LONGEST_LINE)),
        Widget::Choice => json!({ "type": "string", "enum": ids, "x-labels": labels }),
        Widget::Choices => {
            let mut list = list(field, &json!({ "type": "string", "enum": ids, "x-labels": labels }));
            if let Some(list) = list.as_object_mut() {
                list.insert("uniqueItems".into(), true.into());
                list.insert("maxItems".into(), rows(field).1.min(u32::try_from(ids.len()).unwrap_or(MOST_ROWS)).into());
            }
            list
        }
        Widget::YesNo | Widget::Checkbox => json!({ "type": "boolean" }),
        Widget::Date => json!({ "type": "string", "format": "date" }),
        Widget::Money => json!({ "type": "integer", "minimum": 0, "maximum": MOST_CENTS, "x-unit": "cent" }),
        Widget::Company => json!({
            "type": "object",
            "properties": {
                "company_id": id,
                "name": line(LONGEST_LINE),
                "neq": { "type": "string", "pattern": "^[0-9]{10}$" },
                "no_neq_reason": line(LONGEST_LINE),
                "typed": line(LONGEST_LINE),
            },
            "anyOf": [
                { "required": ["company_id"] },
                { "required": ["name", "neq"] },
                { "required": ["name", "no_neq_reason"] },
            ],
            "additionalProperties": false,
        }),
        Widget::Contacts => list(
            field,
            &json!({
                "type": "object",
                "properties": {
                    "name": line(LONGEST_LINE),
                    "title": { "type": "string", "pattern": OPTIONAL_LINE, "maxLength": LONGEST_LINE },
                    "email": { "type": "string", "pattern": EMAIL, "maxLength": LONGEST_LINE },
                },
                "required": ["name"],
                "additionalProperties": false,
            }),
        ),
        Widget::Persons => list(
            field,
            &json!({
                "type": "object",
                "properties": { "person_id": id, "name": line(LONGEST_LINE) },
                "anyOf": [{ "required": ["person_id"] }, { "required": ["name"] }],
                "additionalProperties": false,
            }),
        ),
        Widget::Attachment => json!({ "type": "array", "maxItems": 0 }),
    }
}

/// `250.0` is a whole number to JSON Schema: it is kept as one.
pub fn whole_numbers(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let text = number.as_f64().filter(|n| n.fract() == 0.0).map(|n| format!("{n:.0}"));
            if let Some(whole) = text.and_then(|text| text.parse::<i64>().ok()) {
                *value = whole.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole_numbers),
        Value::Object(parts) => parts.values_mut().for_each(whole_numbers),
        _ => {}
    }
}

/// What does not have the shape, one error per answer.
pub fn problems(kind: &Kind, phase: Phase, answers: &Map<String, Value>) -> Vec<FieldError> {
    answers
        .iter()
        .filter_map(|(id, value)| match fields(kind, phase).find(|field| &field.id == id) {
            None => Some(FieldError::new(id, "error-unknown-field")),
            Some(field) => problem(field, value).map(|(message, arg)| FieldError { field: id.clone(), message, arg }),
        })
        .collect()
}

type Problem = Option<(&'static str, Option<String>)>;

const WRONG_TYPE: Problem = Some(("error-wrong-type", None));

fn problem(field: &Field, value: &Value) -> Problem {
    let unless = |right: bool, code| if right { None } else { Some((code, None)) };
    let known = |item: &Value| field.options.iter().any(|option| item.as_str() == Some(&option.id));
    match (field.widget, value) {
        (Widget::Text, Value::String(text)) => words::problem(text, false, field.max.unwrap_or(LONGEST_LINE)),
        (Widget::Longtext, Value::String(text)) => words::problem(text, true, field.max.unwrap_or(LONGEST_PROSE)),
        (Widget::Lines, Value::Array(items)) => {
            in_list(field, items).or_else(|| items.iter().find_map(|item| as_line(Some(item), true)))
        }
        (Widget::Choice, Value::String(_)) => unless(known(value), "error-unknown-choice"),
        (Widget::Choices, Value::Array(items)) => {
            let once = items.iter().enumerate().all(|(n, item)| !items.iter().take(n).any(|other| other == item));
            in_list(field, items)
                .or_else(|| unless(items.iter().all(known), "error-unknown-choice"))
                .or_else(|| unless(once, "error-duplicate-field"))
        }
        (Widget::YesNo | Widget::Checkbox, Value::Bool(_)) => None,
        (Widget::Date, Value::String(text)) => unless(iso_date(text).is_some(), "error-date"),
        (Widget::Money, Value::Number(cents)) => {
            unless(cents.as_i64().is_some_and(|cents| (0..=MOST_CENTS).contains(&cents)), "error-money")
        }
        (Widget::Company, Value::Object(company)) => company_problem(company),
        (Widget::Contacts, Value::Array(items)) => {
            in_list(field, items).or_else(|| items.iter().find_map(contact_problem))
        }
        (Widget::Persons, Value::Array(items)) => {
            in_list(field, items).or_else(|| items.iter().find_map(person_problem))
        }
        _ => WRONG_TYPE,
    }
}

fn in_list(field: &Field, items: &[Value]) -> Problem {
    let (least, most) = rows(field);
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    if count > most {
        return Some(("error-too-many", Some(most.to_string())));
    }
    (count < least).then(|| ("error-too-few", Some(least.to_string())))
}

fn as_line(value: Option<&Value>, required: bool) -> Problem {
    match value {
        None if required => Some(("error-required-text", None)),
        None => None,
        Some(Value::String(text)) => words::problem(text, false, LONGEST_LINE),
        Some(_) => WRONG_TYPE,
    }
}

fn as_id(value: Option<&Value>) -> Problem {
    match value {
        None => None,
        Some(id) if id.as_i64().is_some_and(|id| (1..=MOST_ID).contains(&id)) => None,
        Some(_) => WRONG_TYPE,
    }
}

fn only(object: &Map<String, Value>, known: &[&str]) -> Problem {
    let stranger = object.keys().find(|key| !known.contains(&key.as_str()))?;
    Some(("error-unknown-part", Some(stranger.clone())))
}

fn company_problem(company: &Map<String, Value>) -> Problem {
    let part = |name: &str| company.get(name);
    only(company, &["company_id", "name", "neq", "no_neq_reason", "typed"])
        .or_else(|| as_id(part("company_id")))
        .or_else(|| ["name", "no_neq_reason", "typed"].iter().find_map(|name| as_line(part(name), false)))
        .or_else(|| match part("neq") {
            Some(Value::String(neq)) if neq.len() == 10 && neq.bytes().all(|b| b.is_ascii_digit()) => None,
            Some(Value::String(_)) => Some(("error-neq", None)),
            Some(_) => WRONG_TYPE,
            None => None,
        })
        .or_else(|| match (part("company_id"), part("name"), part("neq"), part("no_neq_reason")) {
            (Some(_), ..) | (None, Some(_), Some(_), _) | (None, Some(_), None, Some(_)) => None,
            (None, None, ..) => Some(("error-required-company", None)),
            (None, Some(_), None, None) => Some(("error-neq-or-reason", None)),
        })
}

fn contact_problem(item: &Value) -> Problem {
    let Value::Object(contact) = item else { return WRONG_TYPE };
    let blank = |name: &str| contact.get(name).and_then(Value::as_str) == Some("");
    only(contact, &["name", "title", "email"])
        .or_else(|| as_line(contact.get("name"), true))
        .or_else(|| match contact.get("title").and_then(Value::as_str) {
            // Empty or only spaces is as good as absent.
            Some(title) if title.chars().all(|c| c.is_whitespace() && !c.is_control()) => {
                (title.chars().count() > 300).then(|| ("error-too-long", Some("300".into())))
            }
            _ => as_line(contact.get("title"), false),
        })
        .or_else(|| if blank("email") { None } else { as_line(contact.get("email"), false) })
        .or_else(|| match contact.get("email").and_then(Value::as_str) {
            Some(email) if !is_email(email) => Some(("error-contact-email", Some(email.to_owned()))),
            _ => None,
        })
}

/// [`EMAIL`].
fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return text.is_empty() };
    let parts: Vec<&str> = host.split('.').collect();
    !user.is_empty()
        && parts.len() >= 2
        && parts.iter().all(|part| !part.is_empty() && !part.contains('@'))
        && !text.contains(char::is_whitespace)
}

fn person_problem(item: &Value) -> Problem {
    let Value::Object(person) = item else { return WRONG_TYPE };
    only(person, &["person_id", "name"])
        .or_else(|| as_id(person.get("person_id")))
        .or_else(|| as_line(person.get("name"), !person.contains_key("person_id")))
}
