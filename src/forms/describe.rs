//! A kind as text: its pages, their questions, when each is asked and what may be answered.

use serde::Serialize;

use crate::declarations::kind::{Condition, Field, Kind, Phase, Requirement, Step, Widget};
use crate::text::Language;
use crate::texts::{Arg, say};

/// A page of the form.
#[derive(Debug, Serialize)]
pub struct StepText {
    pub id: String,
    pub title: String,
    pub hint: Option<String>,
    pub why: Option<String>,
    /// Asked after the decision.
    pub follow_up: bool,
    pub questions: Vec<QuestionText>,
}

#[derive(Debug, Serialize)]
pub struct QuestionText {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    /// Its nature, and whether it must be answered: « Date, obligatoire ».
    pub nature: String,
    pub condition: Option<String>,
    pub choices: Vec<String>,
    pub source: Option<String>,
    /// A column that rules, lists and reports read.
    pub feeds: bool,
}

/// Every page of a form, in its order.
pub fn steps(kind: &Kind, language: Language) -> Vec<StepText> {
    kind.steps
        .iter()
        .map(|step| StepText {
            id: step.id.clone(),
            title: step.title.get(language).to_owned(),
            hint: step.hint.as_ref().map(|text| text.get(language).to_owned()),
            why: step.why.as_ref().map(|text| text.get(language).to_owned()),
            follow_up: step.phase == Phase::FollowUp,
            questions: step.fields.iter().map(|field| question(kind, field, language)).collect(),
        })
        .collect()
}

fn question(kind: &Kind, field: &Field, language: Language) -> QuestionText {
    QuestionText {
        id: field.id.clone(),
        label: field.label.get(language).to_owned(),
        hint: field.hint.as_ref().map(|text| text.get(language).to_owned()),
        nature: nature(kind, field, language),
        condition: (!field.shown_when.0.is_empty())
            .then(|| told("form-only-if", &condition(kind, &field.shown_when, language), language)),
        choices: field.options.iter().map(|choice| choice.label.get(language).to_owned()).collect(),
        source: field.source.clone(),
        feeds: field.fact.is_some(),
    }
}

fn told(key: &str, what: &str, language: Language) -> String {
    say(language, key, &[("what", Arg::from(what))])
}

/// The nature of a question in words.
pub fn widget(widget: Widget, language: Language) -> String {
    let key = match widget {
        Widget::Text => "form-widget-text",
        Widget::Longtext => "form-widget-longtext",
        Widget::Lines => "form-widget-lines",
        Widget::Choice => "form-widget-choice",
        Widget::Choices => "form-widget-choices",
        Widget::YesNo => "form-widget-yes-no",
        Widget::Date => "form-widget-date",
        Widget::Money => "form-widget-money",
        Widget::Company => "form-widget-company",
        Widget::Contacts => "form-widget-contacts",
        Widget::Persons => "form-widget-persons",
        Widget::Attachment => "form-widget-attachment",
        Widget::Checkbox => "form-widget-checkbox",
    };
    say(language, key, &[])
}

fn nature(kind: &Kind, field: &Field, language: Language) -> String {
    let required = match &field.required {
        Requirement::Always(true) => say(language, "form-required", &[]),
        Requirement::Always(false) => say(language, "form-optional", &[]),
        Requirement::When(when) => told("form-required-if", &condition(kind, when, language), language),
    };
    format!("{}. {required}.", widget(field.widget, language))
}

/// « Où en est-ce? » est « Je l’ai refusé », in the words of the form.
pub fn condition(kind: &Kind, condition: &Condition, language: Language) -> String {
    let quoted = |text: &str| match language {
        Language::Fr => format!("«\u{a0}{text}\u{a0}»"),
        Language::En => format!("“{text}”"),
    };
    let or = say(language, "form-or", &[]);
    let parts: Vec<String> = condition
        .0
        .iter()
        .map(|(name, values)| {
            let field = kind.field(name);
            let label =
                field.map_or_else(|| say(language, "form-regime", &[]), |field| quoted(field.label.get(language)));
            let worded = |value: &String| {
                let choice = field.and_then(|field| field.options.iter().find(|choice| choice.id == *value));
                quoted(&match (choice, value.as_str()) {
                    (Some(choice), _) => choice.label.get(language).to_owned(),
                    (None, "yes") => say(language, "field-yes", &[]),
                    (None, "no") => say(language, "field-no", &[]),
                    (None, other) => other.to_owned(),
                })
            };
            let values: Vec<String> = values.iter().map(worded).collect();
            let values = values.join(&format!(" {or} "));
            say(language, "form-is", &[("what", Arg::from(label.as_str())), ("value", Arg::from(values.as_str()))])
        })
        .collect();
    parts.join(&format!(" {} ", say(language, "form-and", &[])))
}

/// A question in one text, to be put beside another.
pub fn in_one_line(kind: &Kind, field: &Field, language: Language) -> String {
    let text = question(kind, field, language);
    let parts = [Some(text.label), text.hint, Some(text.nature), text.condition];
    let mut line = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if !text.choices.is_empty() {
        line.push_str(" · ");
        line.push_str(&text.choices.join("; "));
    }
    line
}

/// The words of a page in one text.
pub fn step_in_one_line(step: &Step, language: Language) -> String {
    let hint = step.hint.as_ref().map(|text| text.get(language));
    let why = step.why.as_ref().map(|text| text.get(language));
    [Some(step.title.get(language)), hint, why].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A whole form as a document, for a reader without the service.
pub fn to_markdown(kind: &Kind, language: Language) -> String {
    let mut text = format!("# {}\n\n{}\n", kind.title.get(language), kind.source.get(language));
    for step in steps(kind, language) {
        text.push_str(&format!("\n## {}\n", step.title));
        for line in [step.hint, step.why].into_iter().flatten() {
            text.push_str(&format!("\n{line}\n"));
        }
        for question in step.questions {
            text.push_str(&format!("\n- **{}** (`{}`). {}\n", question.label, question.id, question.nature));
            for line in [question.hint, question.condition, question.source].into_iter().flatten() {
                text.push_str(&format!("  {line}\n"));
            }
            for choice in question.choices {
                text.push_str(&format!("  - {choice}\n"));
            }
        }
    }
    text
}
