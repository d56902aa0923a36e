//! What a changed form adds, removes and changes, in words, and whom it leaves on the form they began.

use diesel::prelude::*;
use serde::Serialize;

use super::describe;
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::declarations;
use crate::declarations::kind::{Field, Kind, Step};
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::text::{Bilingual, Language};
use crate::texts::{Arg, say};

/// One difference, as a line of a table.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// « Question ajoutée »…
    pub what: String,
    pub name: String,
    pub before: String,
    pub after: String,
}

/// Everything that differs between two versions of a kind, in the order of the pages.
pub fn between(before: &Kind, after: &Kind, language: Language) -> Vec<Difference> {
    let mut lines = texts(before, after, language);
    lines.extend(pages(before, after, language));
    lines.extend(questions(before, after, language));
    lines.extend(beside(before, after, language));
    lines
}

fn line(key: &str, name: &str, before: String, after: String, language: Language) -> Difference {
    Difference { what: say(language, key, &[]), name: name.to_owned(), before, after }
}

/// The same text in the reader's language, unless only the other one changed.
fn both(
    one: &str,
    other: &str,
    written: impl Fn(Language) -> (String, String),
    language: Language,
) -> (String, String) {
    if one == other { written(language.other()) } else { written(language) }
}

fn texts(before: &Kind, after: &Kind, language: Language) -> Vec<Difference> {
    let of = |kind: &Kind| -> [(&'static str, Bilingual); 5] {
        [
            ("title", kind.title.clone()),
            ("situation", kind.situation.clone()),
            ("example", kind.example.clone()),
            ("source", kind.source.clone()),
            ("notice", kind.notice.clone()),
        ]
    };
    of(before)
        .into_iter()
        .zip(of(after))
        .filter(|((_, was), (_, is))| was != is)
        .map(|((name, was), (_, is))| {
            let written = |language| (was.get(language).to_owned(), is.get(language).to_owned());
            let (was, is) = both(was.get(language), is.get(language), written, language);
            line("form-text-changed", name, was, is, language)
        })
        .collect()
}

fn pages(before: &Kind, after: &Kind, language: Language) -> Vec<Difference> {
    let words = |step: &Step| (step.title.clone(), step.hint.clone(), step.why.clone(), step.phase);
    let text = |step: &Step, language| describe::step_in_one_line(step, language);
    let mut lines = Vec::new();
    for step in &after.steps {
        match before.steps.iter().find(|other| other.id == step.id) {
            None => lines.push(line("form-page-added", &step.id, String::new(), text(step, language), language)),
            Some(other) if words(other) != words(step) => {
                let written = |language| (text(other, language), text(step, language));
                let (was, is) = both(&text(other, language), &text(step, language), written, language);
                lines.push(line("form-page-changed", &step.id, was, is, language));
            }
            Some(_) => {}
        }
    }
    for step in before.steps.iter().filter(|step| !after.steps.iter().any(|other| other.id == step.id)) {
        lines.push(line("form-page-removed", &step.id, text(step, language), String::new(), language));
    }
    lines
}

fn questions(before: &Kind, after: &Kind, language: Language) -> Vec<Difference> {
    let text = |kind: &Kind, field: &Field, language| describe::in_one_line(kind, field, language);
    let raw = |field: &Field| serde_json::to_string(field).unwrap_or_default();
    let mut lines = Vec::new();
    for field in after.fields() {
        match before.field(&field.id) {
            None => {
                lines.push(line(
                    "form-question-added",
                    &field.id,
                    String::new(),
                    text(after, field, language),
                    language,
                ));
            }
            Some(other) if raw(other) != raw(field) => {
                let written = |language| (text(before, other, language), text(after, field, language));
                let (was, is) = written(language);
                let (was, is) = both(&was, &is, written, language);
                lines.push(line("form-question-changed", &field.id, was, is, language));
            }
            Some(_) => {}
        }
    }
    for field in before.fields().filter(|field| after.field(&field.id).is_none()) {
        lines.push(line("form-question-removed", &field.id, text(before, field, language), String::new(), language));
    }
    for step in &after.steps {
        let (was, is) = (both_have(before, before, after, step), both_have(after, before, after, step));
        let ids = |fields: &[&Field]| fields.iter().map(|field| field.id.clone()).collect::<Vec<_>>();
        let labels =
            |fields: &[&Field]| fields.iter().map(|field| field.label.get(language)).collect::<Vec<_>>().join("; ");
        if before.steps.iter().any(|other| other.id == step.id) && ids(&was) != ids(&is) {
            lines.push(line("form-order-changed", &step.id, labels(&was), labels(&is), language));
        }
    }
    lines
}

/// The questions of a page that both versions ask somewhere, in the order of one of them.
fn both_have<'k>(of: &'k Kind, before: &Kind, after: &Kind, step: &Step) -> Vec<&'k Field> {
    let page = of.steps.iter().find(|other| other.id == step.id);
    let kept = |field: &&Field| before.field(&field.id).is_some() && after.field(&field.id).is_some();
    page.into_iter().flat_map(|step| &step.fields).filter(kept).collect()
}

/// What is not asked of people: who decides, when, with what outcomes, for how long it is kept.
fn beside(before: &Kind, after: &Kind, language: Language) -> Vec<Difference> {
    let parts = |kind: &Kind| -> Vec<(&'static str, String)> {
        let written =
            |value: serde_json::Result<serde_json::Value>| value.map(|value| value.to_string()).unwrap_or_default();
        vec![
            ("routing", written(serde_json::to_value(&kind.routing))),
            ("deadlines", written(serde_json::to_value(&kind.deadlines))),
            ("retention", written(serde_json::to_value(&kind.retention))),
            ("measures", written(serde_json::to_value(&kind.measures))),
            ("custody", written(serde_json::to_value(&kind.custody))),
            ("outcome", written(serde_json::to_value(&kind.outcomes))),
            ("link", written(serde_json::to_value(&kind.links))),
            ("subject", written(serde_json::to_value(&kind.subject))),
            ("nothing_to_declare", written(serde_json::to_value(&kind.nothing_to_declare))),
            ("order", kind.order.to_string()),
            ("disclosure_first", kind.disclosure_first.to_string()),
        ]
    };
    parts(before)
        .into_iter()
        .zip(parts(after))
        .filter(|(was, is)| was != is)
        .map(|((name, was), (_, is))| {
            let (was, is) = around(&was, &is);
            line("form-part-changed", name, was, is, language)
        })
        .collect()
}

/// The part of two texts that differs, with what stands around it: the rest would hide it.
fn around(one: &str, other: &str) -> (String, String) {
    const AROUND: usize = 40;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let most = one.len().min(other.len()) - head;
    let tail = one.iter().rev().zip(other.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let cut = |text: &[char]| -> String {
        let (from, to) = (head.saturating_sub(AROUND), (text.len() - tail + AROUND).min(text.len()));
        let part: String = text.iter().skip(from).take(to.saturating_sub(from)).collect();
        let dots = |needed: bool| if needed { "…" } else { "" };
        format!("{}{part}{}", dots(from > 0), dots(to < text.len()))
    };
    (cut(&one), cut(&other))
}

/// Whom a change leaves on the form that they began, in a sentence. Sealed files are in no figure.
pub fn left_behind(tx: &mut Tx<'_>, kind: &Kind, language: Language) -> Result<String> {
    if kind.is_sealed() {
        return Ok(say(language, "form-left-sealed", &[]));
    }
    let open: Vec<&str> = State::ALL
        .into_iter()
        .filter(|state| !matches!(state, State::Draft | State::Closed | State::Withdrawn))
        .map(State::as_str)
        .collect();
    let drafts: i64 = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::kind.eq(&kind.id))
        .filter(declarations::state.eq(State::Draft.as_str()))
        .count()
        .get_result(conn))?;
    let filed: i64 = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::kind.eq(&kind.id))
        .filter(declarations::state.eq_any(open.clone()))
        .count()
        .get_result(conn))?;
    Ok(say(language, "form-left", &[("drafts", Arg::from(drafts)), ("filed", Arg::from(filed))]))
}
