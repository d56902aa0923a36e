//! What is asked of a showcase: one file a kind in `config/showcases`, its fields those of declarations.

use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::config::Config;
use crate::declarations::answers::Answers;
use crate::declarations::kind::{Delay, Field, Retention, Step, Widget};
use crate::error::{Error, Result};
use crate::text::{Bilingual, Language};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/config/showcases"]
struct Files;

/// A kind of showcase.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShowcaseKind {
    /// `tech_showcase` or `reverse_showcase`.
    pub id: String,
    /// Three letters that open the reference: `VIT-2026-000001`.
    pub prefix: String,
    /// How long before its date it is planned at the latest [Prop].
    pub plan_ahead: Delay,
    pub retention: Retention,
    pub title: Bilingual,
    pub about: Bilingual,
    pub source: Bilingual,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// Fields that the product itself reads, and how.
const READ: [(&str, Widget); 7] = [
    ("title", Widget::Text),
    ("held_on", Widget::Date),
    ("begins", Widget::Text),
    ("minutes", Widget::Text),
    ("stage", Widget::Choice),
    ("call_planned", Widget::YesNo),
    ("platform", Widget::Text),
];

impl ShowcaseKind {
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| &step.fields)
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }

    /// Words of a choice: « Préparation d’un appel d’offres ».
    pub fn option(&self, field: &str, option: &str, language: Language) -> String {
        let found = self.field(field).and_then(|field| field.options.iter().find(|other| other.id == option));
        found.map_or_else(String::new, |option| option.label.get(language).to_owned())
    }

    /// One text of the answers.
    pub fn text<'a>(&self, answers: &'a Answers, field: &str) -> &'a str {
        answers.text(field)
    }

    fn problem(&self) -> Option<String> {
        READ.iter().find_map(|(id, widget)| match self.field(id) {
            None => Some(format!("field {id:?} is missing")),
            Some(field) if field.widget != *widget => Some(format!("field {id:?} must be {widget:?}")),
            Some(_) => None,
        })
    }
}

/// Reads and checks the files, compiled in or of the folder `files.showcases`.
///
/// # Errors
/// Names the file and what to change.
pub fn load(config: &Config) -> Result<Vec<Arc<ShowcaseKind>>> {
    let mut kinds = Vec::new();
    for (name, text) in crate::declarations::catalogue::read_files::<Files>(&config.files.showcases)? {
        let kind: ShowcaseKind = toml::from_str(&text).map_err(|e| Error::Internal(format!("{name}: {e}")))?;
        if let Some(problem) = kind.problem() {
            return Err(Error::Internal(format!("{name}: {problem}")));
        }
        kinds.push(Arc::new(kind));
    }
    kinds.sort_by(|a, b| b.id.cmp(&a.id));
    Ok(kinds)
}

/// The kind of an id among those in force.
pub fn find<'k>(kinds: &'k [Arc<ShowcaseKind>], id: &str) -> Result<&'k Arc<ShowcaseKind>> {
    kinds.iter().find(|kind| kind.id == id).ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_load_and_hold_what_the_product_reads() {
        let kinds = load(&Config::defaults().unwrap()).unwrap();
        let ids: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!(ids, ["tech_showcase", "reverse_showcase"]);
    }

    /// The twin.
    #[test]
    fn a_file_without_a_date_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let text = include_str!("../../config/showcases/tech_showcase.toml").replace("\"held_on\"", "\"held\"");
        std::fs::write(folder.path().join("tech.toml"), text).unwrap();
        let mut config = Config::defaults().unwrap();
        config.files.showcases = folder.path().display().to_string();
        let error = load(&config).unwrap_err().to_string();
        assert!(error.contains("held_on") && error.contains("missing"), "{error}");
    }
}
