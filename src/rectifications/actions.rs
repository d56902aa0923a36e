//! The use cases: a rectification is asked for, and answered.

use super::mail;
use super::store::{self, New, Rectification, Says, Verdict};
use super::times;
use crate::access::{Action, Actor, Role};
use crate::app::Tx;
use crate::declarations::actions::{clean, required};
use crate::declarations::store::{self as declarations, Authorized, Declaration};
use crate::declarations::workflow::State;
use crate::error::{Error, Result};
use crate::journal::{self, Event};

/// May this reader ask for one? Whom the file is about; before the decision a correction does it.
pub fn may_ask(actor: &Actor, declaration: &Declaration) -> bool {
    declaration.declarant_id == actor.person && !declaration.state().is_pending() && declaration.state() != State::Draft
}

/// May this reader answer? The ethics officer, or the secretary general, never for a file of their own.
pub fn may_answer(actor: &Actor, declaration: &Declaration) -> bool {
    declaration.declarant_id != actor.person
        && (actor.has(Role::EthicsOfficer) || actor.has(Role::SecretaryGeneral))
        && !actor.read_only
}

/// The person a file is about says what is wrong in it. One request at a time.
pub fn ask(tx: &mut Tx<'_>, actor: &Actor, slug: &str, about: &str, text: &str) -> Result<Declaration> {
    let Authorized { declaration, .. } = declarations::authorized(tx, actor, slug, Action::Comment)?;
    if !may_ask(actor, &declaration) {
        return Err(Error::NotPossible("not-possible-rectify"));
    }
    let text = required("rectification", text, "error-rectification")?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let field = Some(about).filter(|about| !about.is_empty());
    if field.is_some_and(|about| kind.field(about).is_none()) {
        return Err(Error::field("about", "error-unknown-choice"));
    }
    if store::of(tx, declaration.id)?.iter().any(|asked| asked.answer.is_none()) {
        return Err(Error::NotPossible("not-possible-rectify-twice"));
    }
    let new = New { declaration: declaration.id, author: actor.person, says: Says::Asks(field), text: &text };
    let (rectification, sha256) = store::insert(tx, &new)?;
    let event = Event::RectificationAsked { rectification, field: field.map(str::to_owned), sha256 };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::asked(tx, &declaration)?;
    Ok(declaration)
}

/// The request that waits for an answer.
pub fn open(rectifications: &[Rectification]) -> Option<&Rectification> {
    rectifications.iter().find(|asked| asked.answer.is_none())
}

/// May more time be taken for a request now? Once, while there is some left.
pub fn may_extend(tx: &Tx<'_>, asked: &Rectification) -> bool {
    asked.answer.is_none() && asked.extension.is_none() && tx.today() <= times::due(tx, asked.asked_at, false)
}

/// Takes the time that the law gives beside the first, and tells the person why.
pub fn extend(tx: &mut Tx<'_>, actor: &Actor, slug: &str, why: &str) -> Result<Declaration> {
    let Authorized { declaration, .. } = declarations::authorized(tx, actor, slug, Action::Comment)?;
    if !may_answer(actor, &declaration) {
        return Err(Error::NotPossible("not-possible-rectify-answer"));
    }
    let asked = store::of(tx, declaration.id)?;
    let request = open(&asked).ok_or(Error::NotPossible("not-possible-rectified"))?;
    if !may_extend(tx, request) {
        return Err(Error::NotPossible("not-possible-rectify-extend"));
    }
    let text = required("extension", why, "error-reason")?;
    let says = Says::Extends(request.id);
    let (rectification, sha256) =
        store::insert(tx, &New { declaration: declaration.id, author: actor.person, says, text: &text })?;
    let due = times::due(tx, request.asked_at, true);
    let event = Event::RectificationExtended { rectification, request: request.id, due, sha256 };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::extended(tx, &declaration, due)?;
    Ok(declaration)
}

/// The request is granted or refused; a refusal says why. Both stay with the file.
pub fn answer(tx: &mut Tx<'_>, actor: &Actor, slug: &str, verdict: &str, text: &str) -> Result<Declaration> {
    let Authorized { declaration, .. } = declarations::authorized(tx, actor, slug, Action::Comment)?;
    if !may_answer(actor, &declaration) {
        return Err(Error::NotPossible("not-possible-rectify-answer"));
    }
    let Some(verdict) = Verdict::parse(verdict) else {
        return Err(Error::field("verdict", "error-rectification-verdict"));
    };
    let text = if verdict == Verdict::Refused {
        required("rectification", text, "error-reason")?
    } else {
        clean(text).chars().take(4_000).collect()
    };
    let asked = store::of(tx, declaration.id)?;
    let request = open(&asked).ok_or(Error::NotPossible("not-possible-rectified"))?.id;
    let says = Says::Answers(request, verdict);
    let new = New { declaration: declaration.id, author: actor.person, says, text: &text };
    let (rectification, sha256) = store::insert(tx, &new)?;
    let event = Event::RectificationAnswered { rectification, request, verdict: verdict.as_str().to_owned(), sha256 };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::answered(tx, &declaration)?;
    if verdict == Verdict::Granted {
        mail::rectified(tx, &declaration, actor.person)?;
    }
    Ok(declaration)
}
