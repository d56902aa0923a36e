//! What was answered: reading a form, checking it, showing it.
//!
//! An answer that cannot be read (a wrong date, « environ 50 $ ») is kept as typed, so that nothing is ever lost; the
//! check then names it and filing is refused until it is put right.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::kind::{Check, Condition, Fact, Field, Kind, Phase, Requirement, Step, Widget};
use crate::error::FieldError;
use crate::formats;
use crate::text::Language;

/// Answers by field id, in the order they were given.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub Map<String, Value>);

/// Names and values as a form sends them.
pub type Form = Vec<(String, String)>;

/// What the checks need to know beside the answers.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Civil date where the person works.
    pub today: NaiveDate,
    /// `regime` and `position` of block A, usable in conditions.
    pub regime: &'a str,
    pub position: &'a str,
}

const LONGEST_TEXT: u32 = 4000;
const LONGEST_LINE: u32 = 300;
const MOST_ROWS: u32 = 20;

impl Answers {
    pub fn get(&self, field: &str) -> &Value {
        self.0.get(field).unwrap_or(&Value::Null)
    }

    pub fn text(&self, field: &str) -> &str {
        self.get(field).as_str().unwrap_or("")
    }

    pub fn set(&mut self, field: &str, value: Value) {
        if value.is_null() {
            self.0.shift_remove(field);
        } else {
            self.0.insert(field.to_owned(), value);
        }
    }

    pub fn date(&self, field: &str) -> Option<NaiveDate> {
        self.text(field).parse().ok()
    }

    /// A condition holds when each named field has one of the listed values.
    pub fn meets(&self, condition: &Condition, given: Given<'_>) -> bool {
        condition.0.iter().all(|(field, wanted)| match (field.as_str(), self.get(field)) {
            ("regime", Value::Null) => wanted.iter().any(|one| one == given.regime || one == given.position),
            (_, answer) => is_among(answer, wanted),
        })
    }

    /// The same of a condition that asks nothing but answers.
    pub fn hold(&self, condition: &Condition) -> bool {
        condition.0.iter().all(|(field, wanted)| is_among(self.get(field), wanted))
    }

    pub fn shows(&self, field: &Field, given: Given<'_>) -> bool {
        self.meets(&field.shown_when, given)
    }

    pub fn requires(&self, field: &Field, given: Given<'_>) -> bool {
        match &field.required {
            Requirement::Always(always) => *always,
            Requirement::When(condition) => self.meets(condition, given),
        }
    }

    /// Forgets the answers of fields that are not asked any more.
    pub fn prune(&mut self, kind: &Kind, given: Given<'_>) {
        // A hidden field may hide others in turn; kinds are a few fields deep.
        for _ in 0..4 {
            let hidden: Vec<String> = kind
                .fields()
                .filter(|field| self.0.contains_key(&field.id) && !self.shows(field, given))
                .map(|field| field.id.clone())
                .collect();
            if hidden.is_empty() {
                break;
            }
            for id in hidden {
                self.0.shift_remove(&id);
            }
        }
        let known: Vec<String> =
            self.0.keys().filter(|id| !id.starts_with('_') && kind.field(id).is_none()).cloned().collect();
        for id in known {
            self.0.shift_remove(&id);
        }
    }
}

/// An answer is, or holds, one of the values.
fn is_among(answer: &Value, wanted: &[String]) -> bool {
    let among = |value: &str| wanted.iter().any(|one| one == value);
    match answer {
        Value::Bool(yes) => among(if *yes { "yes" } else { "no" }),
        Value::String(text) => among(text),
        Value::Array(items) => items.iter().filter_map(Value::as_str).any(among),
        _ => false,
    }
}

impl Kind {
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| step.fields.iter())
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }

    pub fn field_of_fact(&self, fact: Fact) -> Option<&Field> {
        self.fields().find(|field| field.fact == Some(fact))
    }

    /// Class C3: in no list, search, figure or export about others; read by those the access table names, each
    /// reading logged.
    pub fn is_sealed(&self) -> bool {
        self.class == super::kind::Class::C3
    }

    pub fn outcome(&self, id: &str) -> Option<&super::kind::Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The steps of a phase on which at least one field is asked.
    pub fn steps_for<'k>(&'k self, answers: &Answers, phase: Phase, given: Given<'_>) -> Vec<&'k Step> {
        self.steps
            .iter()
            .filter(|step| step.phase == phase && step.fields.iter().any(|field| answers.shows(field, given)))
            .collect()
    }

    /// The short line of lists and letters, made of the `subject` fields.
    pub fn subject_of(&self, answers: &Answers, language: Language) -> String {
        let parts: Vec<String> = self
            .subject
            .iter()
            .filter_map(|id| self.field(id))
            .filter_map(|field| lines(field, answers.get(&field.id), language).into_iter().next())
            .collect();
        if parts.is_empty() { self.title.get(language).to_owned() } else { parts.join(" – ") }
    }
}

/// Reads the fields of one step from a form.
pub fn read_step(step: &Step, form: &Form, given: Given<'_>, language: Language, into: &mut Answers) {
    for field in &step.fields {
        if field.widget != Widget::Attachment {
            into.set(&field.id, read(field, form, given, language));
        }
    }
}

fn one<'f>(form: &'f Form, name: &str) -> &'f str {
    form.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
}

fn text_or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::String(text.to_owned()) }
}

fn read(field: &Field, form: &Form, given: Given<'_>, language: Language) -> Value {
    let typed = one(form, &field.id);
    match field.widget {
        Widget::Text | Widget::Longtext | Widget::Choice => text_or_null(&typed.replace("\r\n", "\n")),
        Widget::Lines => list_or_null(typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(Value::from)),
        Widget::Choices => list_or_null(
            form.iter().filter(|(name, value)| name == &field.id && !value.is_empty()).map(|(_, v)| v.clone().into()),
        ),
        Widget::YesNo => match typed {
            "yes" => Value::Bool(true),
            "no" => Value::Bool(false),
            _ => Value::Null,
        },
        Widget::Checkbox => {
            if typed.is_empty() {
                Value::Null
            } else {
                Value::Bool(true)
            }
        }
        Widget::Date => match formats::parse_date(typed, given.today, language) {
            Ok(date) => Value::String(date.to_string()),
            Err(_) => text_or_null(typed),
        },
        Widget::Money => match formats::parse_money(typed) {
            Ok(cents) => json!(cents),
            Err(_) => text_or_null(typed),
        },
        Widget::Company => read_company(&field.id, form),
        Widget::Contacts => read_contacts(&field.id, form),
        Widget::Persons => list_or_null(
            typed.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()).map(|line| json!({ "name": line })),
        ),
        Widget::Attachment => Value::Null,
    }
}

fn list_or_null(items: impl Iterator<Item = Value>) -> Value {
    let items: Vec<Value> = items.collect();
    if items.is_empty() { Value::Null } else { Value::Array(items) }
}

fn read_company(id: &str, form: &Form) -> Value {
    let part = |name: &str| one(form, &format!("{id}.{name}"));
    let (name, neq, reason) = (part("name"), part("neq"), part("no_neq_reason"));
    if name.is_empty() && neq.is_empty() {
        return Value::Null;
    }
    let neq = formats::parse_neq(neq).unwrap_or_else(|_| neq.to_owned());
    let mut company = Map::new();
    if let Ok(found) = part("id").parse::<i64>() {
        company.insert("company_id".into(), found.into());
    }
    for (key, value) in [("name", name), ("neq", &neq), ("no_neq_reason", reason)] {
        if !value.is_empty() {
            company.insert(key.into(), value.into());
        }
    }
    Value::Object(company)
}

fn read_contacts(id: &str, form: &Form) -> Value {
    list_or_null((0..MOST_ROWS).filter_map(|n| {
        let part = |name: &str| one(form, &format!("{id}.{n}.{name}")).to_owned();
        let (name, title, email) = (part("name"), part("title"), part("email"));
        (!(name.is_empty() && title.is_empty() && email.is_empty()))
            .then(|| json!({ "name": name, "title": title, "email": email }))
    }))
}

/// Checks every field asked in a phase; an empty list means it can be filed.
pub fn check(kind: &Kind, answers: &Answers, phase: Phase, given: Given<'_>) -> Vec<FieldError> {
    kind.steps_for(answers, phase, given).into_iter().flat_map(|step| check_step(step, answers, given)).collect()
}

/// Checks the fields of one step.
pub fn check_step(step: &Step, answers: &Answers, given: Given<'_>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for field in step.fields.iter().filter(|field| answers.shows(field, given)) {
        let value = answers.get(&field.id);
        if value.is_null() {
            if answers.requires(field, given) {
                errors.push(FieldError::new(&field.id, missing(field.widget)));
            }
        } else if let Some(error) = check_value(field, value, answers, given) {
            errors.push(error);
        }
    }
    errors
}

fn missing(widget: Widget) -> &'static str {
    match widget {
        Widget::Text | Widget::Longtext | Widget::Lines | Widget::Contacts | Widget::Persons => "error-required-text",
        Widget::Choice | Widget::Choices | Widget::YesNo => "error-required-choice",
        Widget::Date => "error-required-date",
        Widget::Money => "error-required-money",
        Widget::Company => "error-required-company",
        Widget::Attachment => "error-required-file",
        Widget::Checkbox => "error-required-tick",
    }
}

fn check_value(field: &Field, value: &Value, answers: &Answers, given: Given<'_>) -> Option<FieldError> {
    let fail = |message| Some(FieldError::new(&field.id, message));
    match (field.widget, value) {
        (Widget::Text, Value::String(text)) => too_long(field, text, LONGEST_LINE),
        (Widget::Longtext, Value::String(text)) => too_long(field, text, LONGEST_TEXT),
        (Widget::Lines, Value::Array(items)) | (Widget::Persons, Value::Array(items)) => check_list(field, items),
        (Widget::Contacts, Value::Array(items)) => check_contacts(field, items).or_else(|| check_list(field, items)),
        (Widget::Choice, Value::String(id)) => {
            if field.options.iter().any(|option| &option.id == id) {
                None
            } else {
                fail("error-unknown-choice")
            }
        }
        (Widget::Choices, Value::Array(items)) => {
            let known = |item: &Value| item.as_str().is_some_and(|id| field.options.iter().any(|o| o.id == id));
            if items.iter().all(known) { check_list(field, items) } else { fail("error-unknown-choice") }
        }
        (Widget::Checkbox, Value::Bool(false)) if answers.requires(field, given) => fail("error-required-tick"),
        (Widget::YesNo | Widget::Checkbox, Value::Bool(_)) => None,
        (Widget::Date, Value::String(text)) => match text.parse::<NaiveDate>() {
            Ok(date) => check_date(field, date, answers, given),
            Err(_) => match formats::parse_date(text, given.today, Language::Fr) {
                Err(problem) => fail(problem.message_key()),
                Ok(date) => check_date(field, date, answers, given),
            },
        },
        (Widget::Money, Value::Number(cents)) => match cents.as_i64() {
            Some(cents) if (0..=formats::MOST_CENTS).contains(&cents) => None,
            _ => fail("error-money"),
        },
        (Widget::Money, Value::String(text)) => {
            formats::parse_money(text).err().and_then(|problem| fail(problem.message_key()))
        }
        (Widget::Company, Value::Object(company)) => check_company(field, company),
        (Widget::Attachment, Value::Array(items)) => check_list(field, items),
        _ => fail("error-wrong-type"),
    }
}

fn too_long(field: &Field, text: &str, most: u32) -> Option<FieldError> {
    let most = field.max.unwrap_or(most);
    let length = text.chars().count();
    if u32::try_from(length).is_ok_and(|length| length <= most) {
        None
    } else {
        Some(FieldError::with(&field.id, "error-too-long", most))
    }
}

fn check_list(field: &Field, items: &[Value]) -> Option<FieldError> {
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let most = field.max.unwrap_or(MOST_ROWS);
    if count > most {
        return Some(FieldError::with(&field.id, "error-too-many", most));
    }
    for check in &field.checks {
        if let Check::AtLeast(least) = check
            && count < *least
        {
            return Some(FieldError::with(&field.id, "error-too-few", least));
        }
    }
    items
        .iter()
        .filter_map(|item| item.as_str().or_else(|| item.get("name").and_then(Value::as_str)))
        .find_map(|text| too_long(&Field { max: None, ..field.clone() }, text, LONGEST_LINE))
}

fn check_contacts(field: &Field, items: &[Value]) -> Option<FieldError> {
    items.iter().find_map(|item| {
        let part = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or("");
        if part("name").is_empty() {
            Some(FieldError::new(&field.id, "error-contact-name"))
        } else if !part("email").is_empty() && !looks_like_email(part("email")) {
            Some(FieldError::with(&field.id, "error-contact-email", part("email")))
        } else {
            None
        }
    })
}

/// Something@something.something without spaces: enough to catch a slip, not a proof.
pub fn looks_like_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    !user.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(char::is_whitespace)
}

fn check_date(field: &Field, date: NaiveDate, answers: &Answers, given: Given<'_>) -> Option<FieldError> {
    if !formats::YEARS.contains(&chrono::Datelike::year(&date)) {
        return Some(FieldError::new(&field.id, "error-date-range"));
    }
    field.checks.iter().find_map(|check| match check {
        Check::NotFuture if date > given.today => Some(FieldError::new(&field.id, "error-future-date")),
        Check::NotPast if date < given.today => Some(FieldError::new(&field.id, "error-past-date")),
        Check::NotBefore(other) => match answers.date(other) {
            Some(earliest) if date < earliest => Some(FieldError::with(&field.id, "error-date-order", earliest)),
            _ => None,
        },
        _ => None,
    })
}

fn check_company(field: &Field, company: &Map<String, Value>) -> Option<FieldError> {
    let part = |name: &str| company.get(name).and_then(Value::as_str).unwrap_or("");
    let at = |name: &str, message| Some(FieldError::new(format!("{}.{name}", field.id), message));
    if part("name").is_empty() && !company.contains_key("company_id") {
        return at("name", "error-required-company");
    }
    if part("name").chars().count() > 300 {
        return Some(FieldError::with(format!("{}.name", field.id), "error-too-long", 300));
    }
    if part("neq").is_empty() {
        if company.contains_key("company_id") || !part("no_neq_reason").is_empty() {
            return too_long(
                &Field { id: format!("{}.no_neq_reason", field.id), max: None, ..field.clone() },
                part("no_neq_reason"),
                LONGEST_LINE,
            );
        }
        return at("neq", "error-neq-or-reason");
    }
    match formats::parse_neq(part("neq")) {
        Ok(_) => None,
        Err(_) => at("neq", "error-neq"),
    }
}

/// An answer as people read it, one line or several. Empty when nothing was answered.
pub fn lines(field: &Field, value: &Value, language: Language) -> Vec<String> {
    let option = |id: &str| {
        field.options.iter().find(|o| o.id == id).map_or_else(|| id.to_owned(), |o| o.label.get(language).to_owned())
    };
    match (field.widget, value) {
        (_, Value::Null) => Vec::new(),
        (Widget::Choice, Value::String(id)) => vec![option(id)],
        (Widget::Choices, Value::Array(ids)) => ids.iter().filter_map(Value::as_str).map(option).collect(),
        (_, Value::Bool(yes)) => vec![
            match (language, yes) {
                (Language::Fr, true) => "Oui",
                (Language::Fr, false) => "Non",
                (Language::En, true) => "Yes",
                (Language::En, false) => "No",
            }
            .to_owned(),
        ],
        (Widget::Date, Value::String(text)) => {
            vec![text.parse().map_or_else(|_| text.clone(), |date| formats::format_date_long(date, language))]
        }
        (Widget::Money, Value::Number(cents)) => {
            vec![formats::format_money(cents.as_i64().unwrap_or_default(), language)]
        }
        (Widget::Longtext, Value::String(text)) => text.lines().map(str::to_owned).collect(),
        (_, Value::String(text)) => vec![text.clone()],
        (Widget::Company, Value::Object(company)) => company_lines(company),
        (_, Value::Array(items)) => items.iter().map(item_line).collect(),
        (_, other) => vec![other.to_string()],
    }
}

fn company_lines(company: &Map<String, Value>) -> Vec<String> {
    let part = |name: &str| company.get(name).and_then(Value::as_str).unwrap_or("");
    let mut lines = vec![part("name").to_owned()];
    if !part("neq").is_empty() {
        lines.push(format!("NEQ\u{a0}{}", part("neq")));
    } else if !part("no_neq_reason").is_empty() {
        lines.push(part("no_neq_reason").to_owned());
    }
    lines
}

fn item_line(item: &Value) -> String {
    match item {
        Value::String(text) => text.clone(),
        Value::Object(parts) => ["name", "title", "email"]
            .iter()
            .filter_map(|key| parts.get(*key).and_then(Value::as_str))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}
