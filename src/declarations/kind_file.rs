//! Reads a kind file and says everything that is wrong with it, each thing with its line and its column: at the start of
//! the service, before a change of a form is submitted, and on the command line.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::kind::Kind;
use super::kind_check::{self, At, Found};
use crate::policy::check::Wrong;
use crate::policy::file::{LONGEST, Problem, Problems, place};

/// Where things at the top of a file are.
type Top = BTreeMap<String, Spanned<toml::Value>>;

/// Where things that have a name are.
#[derive(Debug, Default, Deserialize)]
struct Named {
    #[serde(default, rename = "step")]
    steps: Vec<StepPlaces>,
    #[serde(default, rename = "outcome")]
    outcomes: Vec<OutcomePlaces>,
    #[serde(default, rename = "link")]
    links: Vec<LinkPlaces>,
}

impl Named {
    /// The questions that have a name, one unless it was written twice.
    fn called<'n>(&'n self, id: &'n str) -> impl DoubleEndedIterator<Item = &'n FieldPlaces> {
        self.steps.iter().flat_map(|step| &step.fields).filter(move |field| field.id.get_ref() == id)
    }
}

#[derive(Debug, Deserialize)]
struct StepPlaces {
    id: Spanned<String>,
    #[serde(default, rename = "field")]
    fields: Vec<FieldPlaces>,
}

#[derive(Debug, Deserialize)]
struct FieldPlaces {
    id: Spanned<String>,
    #[serde(default)]
    options: Vec<OptionPlaces>,
}

#[derive(Debug, Deserialize)]
struct OptionPlaces {
    id: Spanned<String>,
}

#[derive(Debug, Deserialize)]
struct OutcomePlaces {
    id: Spanned<String>,
}

#[derive(Debug, Deserialize)]
struct LinkPlaces {
    kind: Spanned<String>,
}

/// Reads the text of a kind, without looking at what it says.
///
/// # Errors
/// What keeps it from being read.
pub fn parse(name: &str, text: &str) -> Result<Kind, Problems> {
    let one = |offset: usize, wrong: Wrong| {
        let (line, column) = place(text, offset);
        Problems { file: name.to_owned(), list: vec![Problem { line, column, rule: None, wrong }] }
    };
    if text.len() > LONGEST {
        return Err(one(0, Wrong::new("policy-too-long", &[])));
    }
    toml::from_str(text).map_err(|error| {
        one(error.span().map_or(0, |span| span.start), Wrong::new("policy-toml", &[("cause", error.message())]))
    })
}

/// Looks at what a kind says, among all the kinds in force with it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(name: &str, text: &str, kind: &Kind, all: &[&Kind]) -> Result<(), Problems> {
    let list = located(text, kind_check::problems(kind, all));
    if list.is_empty() { Ok(()) } else { Err(Problems { file: name.to_owned(), list }) }
}

/// Problems with their places, in the order of the lines.
pub fn located(text: &str, found: Vec<Found>) -> Vec<Problem> {
    let named: Named = toml::from_str(text).unwrap_or_default();
    let top: Top = toml::from_str(text).unwrap_or_default();
    let mut list: Vec<Problem> = found
        .into_iter()
        .map(|found| {
            let (line, column) = place(text, offset(&found.at, &named, &top));
            Problem { line, column, rule: found.rule, wrong: found.wrong }
        })
        .collect();
    list.sort_by_key(|problem| (problem.line, problem.column));
    list
}

/// Where something stands in the text; the beginning of the file when it is not there.
fn offset(at: &At, named: &Named, top: &Top) -> usize {
    let begin = match at {
        At::Key(key) => top.get(*key).map(|value| value.span().start),
        At::Step(id) => named.steps.iter().rfind(|step| step.id.get_ref() == id).map(|step| step.id.span().start),
        // A name written twice is wrong the second time.
        At::Field(id) => named.called(id).next_back().map(|field| field.id.span().start),
        At::Choice(of, id) => named
            .called(of)
            .flat_map(|field| &field.options)
            .rfind(|choice| choice.id.get_ref() == id)
            .map(|choice| choice.id.span().start),
        At::Outcome(id) => {
            named.outcomes.iter().find(|outcome| outcome.id.get_ref() == id).map(|outcome| outcome.id.span().start)
        }
        At::Link(place) => named.links.get(*place).map(|link| link.kind.span().start),
    };
    begin.unwrap_or(0)
}
