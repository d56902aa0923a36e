//! The answers of a declaration as its readers see them: by step, labels and values, files to download.

use serde::Serialize;

use super::answers::{self, Answers};
use super::kind::{Kind, Phase, Widget};
use crate::text::Language;
use crate::web::page::Link;

#[derive(Debug, Clone, Serialize)]
pub struct Section {
    pub title: Option<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub label: String,
    pub value: Vec<String>,
    /// Files to download.
    pub links: Vec<Link>,
    pub change_href: Option<String>,
    pub change_hidden: Option<String>,
}

/// The answers of some phases by step, with or without links to change them.
pub fn sections(
    kind: &Kind,
    answers: &Answers,
    phases: &[Phase],
    given: answers::Given<'_>,
    language: Language,
    change: Option<&str>,
) -> Vec<Section> {
    kind.steps
        .iter()
        .filter(|step| phases.contains(&step.phase))
        .filter_map(|step| {
            let rows: Vec<Row> = step
                .fields
                .iter()
                .filter(|field| answers.shows(field, given))
                .filter(|field| change.is_some() || !answers.get(&field.id).is_null())
                .map(|field| {
                    let label = field.label.get(language).to_owned();
                    let is_file = field.widget == Widget::Attachment;
                    Row {
                        links: if is_file { file_links(answers.get(&field.id)) } else { Vec::new() },
                        value: if is_file {
                            Vec::new()
                        } else {
                            answers::lines(field, answers.get(&field.id), language)
                        },
                        change_href: change.map(|path| format!("{path}/{}", step.id)),
                        change_hidden: change.map(|_| format!("«\u{a0}{label}\u{a0}»")),
                        label,
                    }
                })
                .collect();
            (!rows.is_empty()).then(|| Section { title: Some(step.title.get(language).to_owned()), rows })
        })
        .collect()
}

fn file_links(value: &serde_json::Value) -> Vec<Link> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| {
            let id = item.get("id").and_then(serde_json::Value::as_i64)?;
            let label = item.get("name").and_then(serde_json::Value::as_str)?.to_owned();
            Some(Link { href: format!("/pieces/{id}"), label })
        })
        .collect()
}
