//! The use case: a comment is written.

use super::Audience;
use super::audience::{members, mentioned};
use super::{mail, store};
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::crosschecks;
use crate::declarations::actions::clean;
use crate::declarations::store::{self as declarations, Authorized, Declaration};
use crate::declarations::workflow::State;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};

/// Longest comment, in characters.
pub const LONGEST: usize = 4000;

/// A comment as typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub text: String,
    /// Of an [`Audience`]; none is preset.
    pub audience: String,
    /// Id of the answer it is about, [`of_rule`] of what a rule found, or [`of_news`] of what is new since; the whole file when empty.
    pub about: String,
}

/// Before the id of a rule, where a comment says what it is about.
const RULE: &str = "rule:";

/// What a comment about what a rule found is about.
pub fn of_rule(rule: &str) -> String {
    format!("{RULE}{rule}")
}

/// The rule that a comment is about.
pub fn rule_of(about: &str) -> Option<&str> {
    about.strip_prefix(RULE)
}

/// Before the number of a cross-check, likewise.
const NEWS: &str = "news:";

/// What a comment about something new since the declaration is about.
pub fn of_news(crosscheck: i64) -> String {
    format!("{NEWS}{crosscheck}")
}

/// The cross-check that a comment is about.
pub fn news_of(about: &str) -> Option<i64> {
    about.strip_prefix(NEWS)?.parse().ok()
}

/// Writes a comment for its audience. The journal keeps its hash: the words stay with whoever may read them.
pub fn write(tx: &mut Tx<'_>, actor: &Actor, slug: &str, typed: &Typed) -> Result<Declaration> {
    let Authorized { declaration, .. } = declarations::authorized(tx, actor, slug, Action::Comment)?;
    if declaration.state() == State::Draft {
        return Err(Error::NotPossible("not-possible-comment"));
    }
    let is_declarant = declaration.declarant_id == actor.person;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let mut errors = Vec::new();
    let text = clean(&typed.text);
    if text.is_empty() {
        errors.push(FieldError::new("comment", "error-comment"));
    } else if text.chars().count() > LONGEST {
        errors.push(FieldError::with("comment", "error-too-long", LONGEST));
    }
    let about = Some(typed.about.as_str()).filter(|about| !about.is_empty());
    let findings = declaration.findings()?;
    let news = match about.and_then(news_of) {
        Some(id) => crosschecks::store::find(tx, declaration.id, id)?,
        None => None,
    };
    let is_there = |about: &str| match rule_of(about) {
        Some(rule) => findings.iter().any(|finding| finding.rule == rule),
        None => news.is_some() || kind.fields().any(|field| field.id == about),
    };
    if about.is_some_and(|about| !is_there(about)) {
        errors.push(FieldError::new("about", "error-unknown-choice"));
    }
    let audience = Audience::parse(&typed.audience).filter(|chosen| Audience::offered(is_declarant).contains(chosen));
    let Some(audience) = audience else {
        errors.push(FieldError::new("audience", "error-comment-audience"));
        return Err(Error::Invalid(errors));
    };
    let readers = members(tx, &declaration, audience, actor.person)?;
    let mentions = mentioned(&text, &readers).unwrap_or_else(|unread| {
        let problem = if audience == Audience::Private { "error-mention-private" } else { "error-mention-unseen" };
        errors.push(FieldError::with("comment", problem, format!("@{unread}")));
        Vec::new()
    });
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let (comment, sha256) = store::insert(tx, declaration.id, actor.person, about, audience, &text)?;
    let event =
        Event::Commented { comment, audience, field: about.map(str::to_owned), mentions: mentions.clone(), sha256 };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::commented(tx, &declaration, actor, audience, mentions)?;
    Ok(declaration)
}
