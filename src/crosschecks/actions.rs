//! The use case: somebody says what a cross-check means.

use super::Answer;
use super::store::{self, Crosscheck};
use crate::access::{Action, Actor, Role};
use crate::app::Tx;
use crate::declarations::actions::clean;
use crate::declarations::store::{Authorized, Declaration, authorized};
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};

/// Longest note, in characters.
const LONGEST: usize = 2_000;

/// The answers that somebody may give about a declaration: its person says what changed, the ethics officer that it has no
/// effect.
pub fn offered(actor: &Actor, declaration: &Declaration) -> &'static [Answer] {
    if declaration.declarant_id == actor.person {
        &[Answer::Unchanged, Answer::Updated]
    } else if actor.roles.contains(&Role::EthicsOfficer) {
        &[Answer::NoEffect]
    } else {
        &[]
    }
}

/// Key of the error of an answer that is not for this reader to give.
pub const NOT_OFFERED: &str = "error-required-choice";

/// The one field of the form of a cross-check; the answer is the button.
pub fn field(id: i64) -> String {
    format!("crosscheck-{id}-note")
}

/// Answers a cross-check, once. The ethics officer says why it has no effect; the person need not.
pub fn answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &str,
    id: i64,
    answer: Option<Answer>,
    note: &str,
) -> Result<Declaration> {
    let Authorized { declaration, .. } = authorized(tx, actor, slug, Action::Comment)?;
    let offered = offered(actor, &declaration);
    let waiting: Option<Crosscheck> = store::find(tx, declaration.id, id)?.filter(|one| one.answer.is_none());
    if offered.is_empty() || waiting.is_none() {
        return Err(Error::NotPossible("not-possible-crosscheck"));
    }
    let field = field(id);
    let Some(answer) = answer.filter(|answer| offered.contains(answer)) else {
        return Err(Error::field(&field, NOT_OFFERED));
    };
    let note = clean(note);
    if note.chars().count() > LONGEST {
        return Err(Error::Invalid(vec![FieldError::with(&field, "error-too-long", LONGEST)]));
    }
    if note.is_empty() && answer == Answer::NoEffect {
        return Err(Error::field(&field, "error-reason"));
    }
    if !store::answer(tx, id, answer, &note, actor.person)? {
        return Err(Error::NotPossible("not-possible-crosscheck"));
    }
    let event = Event::CrossCheckAnswered { crosscheck: id, answer: answer.as_str().to_owned(), note };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    Ok(declaration)
}
