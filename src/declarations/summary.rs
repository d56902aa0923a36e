//! The answers of a declaration as its readers see them: by step, labels and values, files to download.

use serde::Serialize;

use super::answers::{self, Answers};
use super::kind::{Kind, Phase, Widget};
use crate::attachments::scan::{Scan, Scans};
use crate::text::Language;
use crate::texts::say;
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
    pub links: Vec<Link>,
    /// Files to download.
    pub files: Vec<FileLink>,
    pub change_href: Option<String>,
    pub change_hidden: Option<String>,
}

/// A file joined, where it may be downloaded, and what is to be known of it.
#[derive(Debug, Clone, Serialize)]
pub struct FileLink {
    pub href: Option<String>,
    pub name: String,
    pub note: Option<String>,
}

impl FileLink {
    /// A file tried in the preview of a form has a number below zero, and leads nowhere.
    pub fn new(id: i64, name: String, scan: Scan, language: Language) -> Self {
        if id < 0 {
            return Self { href: None, name, note: Some(say(language, "form-preview-file", &[])) };
        }
        let href = scan.require_available().is_ok().then(|| format!("/pieces/{id}"));
        Self { href, name, note: scan.note(language) }
    }
}

/// The answers of some phases by step, with or without links to change them.
pub fn sections(
    kind: &Kind,
    answers: &Answers,
    scans: &Scans,
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
                        links: Vec::new(),
                        files: if is_file { file_links(answers.get(&field.id), scans, language) } else { Vec::new() },
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

fn file_links(value: &serde_json::Value, scans: &Scans, language: Language) -> Vec<FileLink> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| {
            let id = item.get("id").and_then(serde_json::Value::as_i64)?;
            let name = item.get("name").and_then(serde_json::Value::as_str)?.to_owned();
            Some(FileLink::new(id, name, scans.get(id), language))
        })
        .collect()
}
