//! The comments of a file in words, on its page and on their own.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Audience;
use super::actions::{news_of, rule_of};
use super::store;
use crate::access::Actor;
use crate::app::Tx;
use crate::crosschecks;
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
    /// What the declarant contests with it: the finding of a rule, or something new since.
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
    let is_declarant = declaration.declarant_id == actor.person;
    let comments = store::read_by(tx, declaration.id, actor.person, is_declarant)?;
    let news: BTreeMap<i64, String> = match comments.iter().filter_map(|one| one.field.as_deref()).find_map(news_of) {
        Some(_) => crosschecks::store::of_declaration(tx, declaration.id)?
            .into_iter()
            .map(|one| Ok((one.id, one.finding()?.say.get(language).to_owned())))
            .collect::<Result<_>>()?,
        None => BTreeMap::new(),
    };
    let label_of = |about: &str| match (rule_of(about), news_of(about)) {
        (Some(rule), _) => findings.iter().find(|f| f.rule == rule).map(|f| f.say.get(language).to_owned()),
        (None, Some(crosscheck)) => news.get(&crosscheck).cloned(),
        (None, None) => kind.fields().find(|f| f.id == about).map(|f| f.label.get(language).to_owned()),
    };
    let contested = |by: i64, about: Option<&str>| {
        let contestable = |about: &&str| rule_of(about).is_some() || news_of(about).is_some();
        about.filter(|_| by == declaration.declarant_id).filter(contestable).map(str::to_owned)
    };
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
