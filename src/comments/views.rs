//! The comments of a file in words, on its page and on their own.

use serde::Serialize;

use super::Audience;
use super::actions::rule_of;
use super::store;
use crate::access::Actor;
use crate::app::Tx;
use crate::declarations::kind::Kind;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::formats;
use crate::text::Language;
use crate::texts::say;

#[derive(Debug, Clone, Serialize)]
pub struct CommentView {
    pub author: String,
    pub at: String,
    /// Label of the answer, or sentence of the rule, that it is about.
    pub about: Option<String>,
    /// The rule whose finding the declarant contests with it.
    #[serde(skip)]
    pub contests: Option<String>,
    pub audience: String,
    pub text: String,
}

/// What a reader who may comment sees, oldest first.
pub fn of_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    declaration: &Declaration,
    language: Language,
) -> Result<Vec<CommentView>> {
    let zone = tx.zone();
    let findings = declaration.findings()?;
    let label_of = |about: &str| match rule_of(about) {
        Some(rule) => findings.iter().find(|f| f.rule == rule).map(|f| f.say.get(language).to_owned()),
        None => kind.fields().find(|f| f.id == about).map(|f| f.label.get(language).to_owned()),
    };
    let contested = |by: i64, about: Option<&str>| {
        about.filter(|_| by == declaration.declarant_id).and_then(rule_of).map(str::to_owned)
    };
    let is_declarant = declaration.declarant_id == actor.person;
    let comments = store::read_by(tx, declaration.id, actor.person, is_declarant)?;
    Ok(comments
        .into_iter()
        .map(|comment| CommentView {
            at: formats::format_datetime(comment.written_at, zone, language),
            about: comment.field.as_deref().and_then(label_of),
            contests: contested(comment.author, comment.field.as_deref()),
            audience: audience_label(comment.audience, language),
            author: comment.author_name,
            text: comment.text,
        })
        .collect())
}

/// « Note pour moi »…
pub fn audience_label(audience: Audience, language: Language) -> String {
    say(language, &format!("comment-audience-{}", audience.as_str()), &[])
}
