//! What can be wrong with a kind beyond its syntax: names that nothing has, conditions that nothing meets, files that nobody
//! could decide. Pure: a kind and the others in, problems out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::answers::Answers;
use super::kind::{Check, Condition, Fact, Field, Kind, Need, Office, Outcome, Requirement, Then, Widget};
use crate::ethics::precedents::CONSENT;
use crate::policy::check::Wrong;
use crate::text::nearest;

/// What a problem is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// A key of the top of the file.
    Key(&'static str),
    Step(String),
    Field(String),
    /// One of the choices of a field.
    Choice(String, String),
    Outcome(String),
    /// A linked draft, by its place.
    Link(usize),
}

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub at: At,
    /// The rule that it would break.
    pub rule: Option<String>,
    pub wrong: Wrong,
}

impl Found {
    pub fn new(at: At, key: &'static str, args: &[(&'static str, &str)]) -> Self {
        Self { at, rule: None, wrong: Wrong::new(key, args) }
    }
}

/// Combinations of facts that are looked at; a kind asks few of its outcomes.
const MOST_FACTS: usize = 4_096;

/// Names of pages that the service itself has beside the steps of a draft.
const TAKEN: [&str; 3] = ["verifier", "envoi", "suppression"];

/// Everything that is wrong with a kind; `all` are the kinds in force with it.
pub fn problems(kind: &Kind, all: &[&Kind]) -> Vec<Found> {
    let mut found = Vec::new();
    let ids: Vec<&str> = kind.fields().map(|field| field.id.as_str()).collect();
    names(kind, &mut found);
    for field in kind.fields() {
        let at = || At::Field(field.id.clone());
        conditions(kind, &ids, &at(), &field.shown_when, &mut found);
        if let Requirement::When(when) = &field.required {
            conditions(kind, &ids, &at(), when, &mut found);
        }
        for check in &field.checks {
            if let Check::NotBefore(other) = check
                && !kind.field(other).is_some_and(|other| other.widget == Widget::Date)
            {
                found.push(unknown(at(), other, &ids));
            }
        }
        if matches!(field.widget, Widget::Choice | Widget::Choices) && field.options.is_empty() {
            found.push(Found::new(at(), "form-no-choices", &[("name", &field.id)]));
        }
    }
    for (place, link) in kind.links.iter().enumerate() {
        conditions(kind, &ids, &At::Link(place), &link.when, &mut found);
        match all.iter().find(|other| other.id == link.kind) {
            None => found.push(Found::new(At::Link(place), "form-unknown-kind", &[("name", &link.kind)])),
            Some(target) => {
                for (to, from) in &link.copy {
                    found.extend(copy(At::Link(place), kind, target, to, from));
                }
            }
        }
    }
    for id in kind.subject.iter().filter(|id| !ids.contains(&id.as_str())) {
        found.push(unknown(At::Key("subject"), id, &ids));
    }
    if let Some(filing) = &kind.deadlines.file
        && !kind.field(&filing.of).is_some_and(|field| field.widget == Widget::Date)
    {
        found.push(Found::new(At::Key("deadlines"), "form-not-a-date", &[("name", &filing.of)]));
    }
    found.extend(sealed(kind));
    found.extend(outcomes(kind));
    if let Some(custody) = &kind.custody {
        if kind.outcome(&custody.outcome).is_none() {
            found.push(Found::new(At::Key("custody"), "form-no-outcome", &[("name", &custody.outcome)]));
        }
        if !ids.contains(&custody.description.as_str()) {
            found.push(unknown(At::Key("custody"), &custody.description, &ids));
        }
    }
    if let Some(shortcut) = &kind.nothing_to_declare {
        let answers = Answers(shortcut.answers.clone().into_iter().collect());
        for id in answers.0.keys().filter(|id| !ids.contains(&id.as_str())) {
            found.push(unknown(At::Key("nothing_to_declare"), id, &ids));
        }
    }
    found
}

/// Each name once, in letters that an address and a page can hold.
fn names(kind: &Kind, found: &mut Vec<Found>) {
    let plain = |id: &str| {
        id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let mut seen = BTreeSet::new();
    for step in &kind.steps {
        let at = At::Step(step.id.clone());
        if TAKEN.contains(&step.id.as_str()) || !plain(&step.id) {
            found.push(Found::new(at, "form-bad-name", &[("name", &step.id)]));
        } else if !seen.insert(step.id.as_str()) {
            found.push(Found::new(at, "form-twice", &[("name", &step.id)]));
        }
    }
    let mut seen = BTreeSet::new();
    for field in kind.fields() {
        let at = At::Field(field.id.clone());
        if !plain(&field.id) {
            found.push(Found::new(at, "form-bad-name", &[("name", &field.id)]));
        } else if !seen.insert(field.id.as_str()) {
            found.push(Found::new(at, "form-twice", &[("name", &field.id)]));
        }
        if field.label.fr.trim().is_empty() {
            found.push(Found::new(At::Field(field.id.clone()), "form-no-label", &[("name", &field.id)]));
        }
        let mut choices = BTreeSet::new();
        for choice in &field.options {
            let at = At::Choice(field.id.clone(), choice.id.clone());
            if !plain(&choice.id) {
                found.push(Found::new(at, "form-bad-name", &[("name", &choice.id)]));
            } else if !choices.insert(choice.id.as_str()) {
                found.push(Found::new(at, "form-twice", &[("name", &choice.id)]));
            } else if choice.label.fr.trim().is_empty() {
                found.push(Found::new(at, "form-no-label", &[("name", &choice.id)]));
            }
        }
    }
}

fn unknown(at: At, name: &str, known: &[&str]) -> Found {
    Found::new(at, "form-unknown-field", &[("name", name), ("near", nearest(name, known).unwrap_or("none"))])
}

fn conditions(kind: &Kind, ids: &[&str], at: &At, condition: &Condition, found: &mut Vec<Found>) {
    for (name, values) in condition.0.iter().filter(|(name, _)| *name != "regime") {
        let Some(other) = kind.field(name) else {
            found.push(unknown(at.clone(), name, ids));
            continue;
        };
        let known: Vec<&str> = match other.widget {
            Widget::YesNo | Widget::Checkbox => vec!["yes", "no"],
            _ => other.options.iter().map(|choice| choice.id.as_str()).collect(),
        };
        for value in values.iter().filter(|value| !known.contains(&value.as_str())) {
            let near = nearest(value, &known).unwrap_or("none");
            let args = [("name", name.as_str()), ("value", value), ("near", near)];
            found.push(Found::new(at.clone(), "form-never-holds", &args));
        }
    }
}

fn outcomes(kind: &Kind) -> Vec<Found> {
    let mut found = Vec::new();
    if kind.outcomes.iter().all(|outcome| outcome.then == Then::WithEthics) {
        found.push(Found::new(At::Key("outcome"), "form-no-decision", &[]));
    }
    found.extend(undecidable(kind));
    let told = kind.field_of_fact(Fact::Disposition).map_or(&[][..], |field| field.options.as_slice());
    let known: Vec<&str> = told.iter().map(|choice| choice.id.as_str()).collect();
    let ids: Vec<&str> = kind.fields().map(|field| field.id.as_str()).collect();
    for outcome in &kind.outcomes {
        let at = At::Outcome(outcome.id.clone());
        conditions(kind, &ids, &at, &outcome.only_when, &mut found);
        // A decision is about what was declared, whoever declares.
        found.extend(outcome.only_when.0.contains_key("regime").then(|| unknown(at, "regime", &ids)));
        for value in outcome.dispositions.iter().filter(|value| !known.contains(&value.as_str())) {
            let near = nearest(value, &known).unwrap_or("none");
            let args = [("name", "dispositions"), ("value", value), ("near", near)];
            found.push(Found::new(At::Outcome(outcome.id.clone()), "form-never-holds", &args));
        }
        if outcome.measures != Need::None && outcome.then == Then::Closed {
            found.push(Found::new(
                At::Outcome(outcome.id.clone()),
                "form-measures-unfollowed",
                &[("name", &outcome.id)],
            ));
        }
    }
    found
}

/// Facts that leave a place that decides without any decision, when outcomes are offered under conditions.
fn undecidable(kind: &Kind) -> Option<Found> {
    let asked: BTreeSet<&str> =
        kind.outcomes.iter().flat_map(|outcome| outcome.only_when.0.keys()).map(String::as_str).collect();
    let mut facts = vec![Answers::default()];
    for field in asked.iter().filter_map(|id| kind.field(id)) {
        let values: Vec<Value> = match field.widget {
            Widget::YesNo | Widget::Checkbox => vec![Value::Bool(true), Value::Bool(false)],
            _ => field.options.iter().map(|choice| Value::from(choice.id.clone())).collect(),
        };
        facts = facts
            .iter()
            .flat_map(|known| values.iter().map(move |value| (known, value)))
            .take(MOST_FACTS)
            .map(|(known, value)| {
                let mut more = known.clone();
                more.set(&field.id, value.clone());
                more
            })
            .collect();
    }
    let decides = |outcome: &&Outcome| outcome.then != Then::WithEthics;
    let places: BTreeSet<Office> =
        kind.outcomes.iter().filter(decides).flat_map(|outcome| outcome.by.iter().copied()).collect();
    let has_none = |answers: &Answers, place: Office| {
        let suits = |outcome: &Outcome| outcome.by.contains(&place) && answers.hold(&outcome.only_when);
        !kind.outcomes.iter().filter(decides).any(suits)
    };
    let without = facts.iter().any(|answers| places.iter().any(|place| has_none(answers, *place)));
    without.then(|| Found::new(At::Key("outcome"), "form-no-decision", &[]))
}

/// A sealed kind leaves nothing of its answers in the columns that lists, rules and reports read.
fn sealed(kind: &Kind) -> Vec<Found> {
    let mut found = Vec::new();
    for field in kind.fields().filter(|field| field.fact == Some(Fact::Recipient)) {
        let offices = ["supervisor", "ethics_officer"];
        if field.widget != Widget::Choice || !field.options.iter().all(|o| offices.contains(&o.id.as_str())) {
            found.push(Found::new(At::Field(field.id.clone()), "form-recipient", &[("name", &field.id)]));
        }
    }
    for field in kind.fields().filter(|field| field.fact == Some(Fact::NeededBy) && field.widget != Widget::Date) {
        found.push(Found::new(At::Field(field.id.clone()), "form-needed-by", &[("name", &field.id)]));
    }
    for field in kind.fields().filter(|field| field.fact == Some(Fact::Precedent)) {
        if !field.options.iter().any(|option| option.id == CONSENT) {
            found.push(Found::new(At::Field(field.id.clone()), "form-precedent", &[("name", &field.id)]));
        }
    }
    if !kind.is_sealed() {
        return found;
    }
    for field in kind.fields() {
        if field.fact.is_some_and(Fact::fills_a_column) {
            found.push(Found::new(At::Field(field.id.clone()), "form-sealed-fact", &[("name", &field.id)]));
        }
    }
    if !kind.subject.is_empty() {
        found.push(Found::new(At::Key("subject"), "form-sealed-subject", &[]));
    }
    if !kind.routing.also_told.is_empty() {
        found.push(Found::new(At::Key("routing"), "form-sealed-told", &[]));
    }
    found
}

fn copy(at: At, kind: &Kind, target: &Kind, to: &str, from: &str) -> Option<Found> {
    let widget = |kind: &Kind, id: &str| kind.field(id).map(|field: &Field| field.widget);
    let text = |widget| matches!(widget, Widget::Text | Widget::Longtext);
    match (widget(target, to), widget(kind, from)) {
        (None, _) => Some(Found::new(at, "form-link-target", &[("kind", &target.id), ("name", to)])),
        (_, None) => Some(Found::new(at, "form-unknown-field", &[("name", from), ("near", "none")])),
        (Some(to_widget), Some(from_widget)) => (to_widget != from_widget && !(text(to_widget) && text(from_widget)))
            .then(|| Found::new(at, "form-link-widget", &[("name", from), ("other", to)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::declarations::catalogue::kinds_of;

    /// A form that two people change may ask for one more fact: each place that decides still needs something to decide.
    #[test]
    fn facts_that_leave_no_decision_are_found() {
        let kinds = kinds_of(&Config::defaults().unwrap()).unwrap();
        let mut gift = kinds.iter().find(|kind| kind.id == "gift_declaration").unwrap().clone();
        let none = |kind: &Kind| outcomes(kind).iter().any(|found| found.wrong.key == "form-no-decision");
        assert!(!none(&gift));
        for step in &mut gift.steps {
            for field in step.fields.iter_mut().filter(|field| field.id == "direction") {
                let mut loan = field.options[0].clone();
                loan.id = "loan".into();
                field.options.push(loan);
            }
        }
        assert!(none(&gift));
    }
}
