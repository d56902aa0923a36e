//! Writing: drafts, corrections, and what is told after the decision, saved as typed until they are filed.

use serde_json::Value;

use super::actions::{clean, required};
use super::answers::{Answers, Form, read_step};
use super::filing;
use super::kind::{Kind, Phase};
use super::store::{self, Authorized, Declaration};
use super::workflow::State;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::attachments::store as files;
use crate::companies::meeting;
use crate::error::{Error, Result};
use crate::people::store::Person;
use crate::people::{self, PersonId};
use crate::random;
use crate::text::Language;
use crate::web::idempotency;

/// Opens a draft of a kind, with the answers already known.
pub fn start(tx: &mut Tx<'_>, actor: &Actor, kind: &str, known: &Answers) -> Result<Declaration> {
    let (mut draft, _) = begin(tx, actor, kind, known)?;
    store::save(tx, &mut draft)?;
    Ok(draft)
}

/// The same without keeping it yet, with its declarant: it may be filed at once.
pub(super) fn begin(tx: &mut Tx<'_>, actor: &Actor, kind: &str, known: &Answers) -> Result<(Declaration, Person)> {
    if actor.read_only {
        return Err(Error::NotAllowed);
    }
    if !tx.book.access.files(kind, actor) {
        // A kind that only an office files does not exist for others.
        return Err(Error::NotFound);
    }
    let declarant = people::store::find(tx, actor.person)?;
    Ok((draft_of(tx, &declarant, kind, known)?, declarant))
}

/// Opens a draft that renews, changes or ends what an earlier declaration says.
pub(super) fn renew(tx: &mut Tx<'_>, actor: &Actor, kind: &str, known: &Answers, origin: i64) -> Result<Declaration> {
    let (mut draft, _) = begin(tx, actor, kind, known)?;
    draft.origin_id = Some(origin);
    store::save(tx, &mut draft)?;
    Ok(draft)
}

/// Opens a draft for somebody who has yet to look at it: what is known of them is prepared, nothing is filed.
pub fn open_for(tx: &mut Tx<'_>, declarant: PersonId, kind: &str, known: &Answers) -> Result<Declaration> {
    let declarant = people::store::find(tx, declarant)?;
    let mut draft = draft_of(tx, &declarant, kind, known)?;
    store::save(tx, &mut draft)?;
    Ok(draft)
}

fn draft_of(tx: &Tx<'_>, declarant: &Person, kind: &str, known: &Answers) -> Result<Declaration> {
    let version = tx.book.catalogue.kind(kind).ok_or(Error::NotFound)?;
    Declaration::draft(random::token::<16>()?, &version, declarant, known, tx.now())
}

/// Saves one page of the form in the draft, or in the correction of a filed declaration. What cannot be read is kept
/// as typed.
pub fn save_step(tx: &mut Tx<'_>, actor: &Actor, slug: &str, step: &str, form: &Form) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Edit)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let step = kind.steps.iter().find(|s| s.id == step).ok_or(Error::NotFound)?;
    let person = people::store::find(tx, declaration.declarant_id)?;
    let today = tx.today_at(&person.site);
    let mut answers = declaration.working_answers()?;
    let form: &Form = &form.iter().map(|(name, value)| (name.clone(), value.replace('\0', ""))).collect();
    read_step(step, form, filing::given(&person, today), actor.language, &mut answers);
    keep_working(tx, &kind, &mut declaration, &answers)?;
    Ok(declaration)
}

/// Replaces the answers of a draft or of a correction (API).
pub fn save_answers(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &str,
    version: i32,
    answers: &Answers,
) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Edit)?;
    if declaration.version != version {
        return Err(Error::Stale);
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    // What was found before a meeting is the register's word, never a program's.
    let mut answers = answers.clone();
    answers.set(meeting::NOTE, declaration.working_answers()?.get(meeting::NOTE).clone());
    keep_working(tx, &kind, &mut declaration, &answers)?;
    Ok(declaration)
}

/// Saves answers of a draft or a correction already authorised.
pub fn save_working(tx: &mut Tx<'_>, mut declaration: Declaration, answers: &Answers) -> Result<Declaration> {
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    keep_working(tx, &kind, &mut declaration, answers)?;
    Ok(declaration)
}

fn keep_working(tx: &mut Tx<'_>, kind: &Kind, declaration: &mut Declaration, answers: &Answers) -> Result<()> {
    let text = serde_json::to_string(answers)?;
    match declaration.state() {
        State::Draft => {
            declaration.subject = kind.subject_of(answers, Language::Fr);
            declaration.answers = text;
        }
        state if state.is_pending() => declaration.correction = Some(text),
        // What was decided stays as it was; only what is told afterwards is still open.
        State::Decided | State::Monitoring if same_filing(kind, &declaration.answers()?, answers) => {
            declaration.correction = Some(text);
        }
        _ => return Err(Error::NotPossible("not-possible-edit")),
    }
    store::save(tx, declaration)
}

/// Notes, or forgets when both are empty, that the directory names the wrong supervisor.
pub fn dispute_supervisor(tx: &mut Tx<'_>, actor: &Actor, slug: &str, name: &str, reason: &str) -> Result<()> {
    let Authorized { declaration, .. } = store::authorized(tx, actor, slug, Action::Edit)?;
    let mut answers = declaration.working_answers()?;
    let (name, reason) = (clean(name), clean(reason));
    if name.is_empty() && reason.is_empty() {
        if !filing::supervisor_disputed(&answers) {
            return Ok(());
        }
        answers.set(filing::SUPERVISOR_NOTE, Value::Null);
    } else {
        let name = required("supervisor_name", &name, "error-supervisor-name")?;
        let reason = required("supervisor_reason", &reason, "error-reason")?;
        answers.set(filing::SUPERVISOR_NOTE, serde_json::json!({ "name": name, "reason": reason }));
    }
    save_working(tx, declaration, &answers)?;
    Ok(())
}

fn same_filing(kind: &Kind, filed: &Answers, written: &Answers) -> bool {
    kind.steps
        .iter()
        .filter(|step| step.phase == Phase::Filing)
        .flat_map(|step| &step.fields)
        .all(|field| filed.get(&field.id) == written.get(&field.id))
}

/// Throws a draft away for good, or the correction being written.
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<()> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Edit)?;
    if declaration.state() == State::Draft {
        return forget(tx, &declaration);
    }
    declaration.correction = None;
    store::save(tx, &mut declaration)
}

/// Deletes a draft with its files, and what a program that repeats its request would be answered.
pub(super) fn forget(tx: &mut Tx<'_>, draft: &Declaration) -> Result<()> {
    // What is not sealed may be joined elsewhere at this moment: it goes later, with what nothing joins.
    let sealed = files::sealed_hashes_of(tx, draft.id)?;
    store::delete_draft(tx, draft)?;
    idempotency::forget_place(tx, draft.declarant_id, &format!("/api/v1/declarations/{}", draft.key))?;
    files::give_up(tx, &sealed)
}

/// An answer may open a draft of another kind with what is known (a meal at an event, a gift at a meeting).
/// A link belongs to the phase in which its condition is asked, so that it opens one draft and not two.
pub(super) fn open_linked(tx: &mut Tx<'_>, kind: &Kind, declaration: &Declaration, phase: Phase) -> Result<()> {
    let asked_in = |field: &str| {
        kind.steps.iter().any(|step| step.phase == phase && step.fields.iter().any(|other| other.id == field))
    };
    let links: Vec<_> = kind.links.iter().filter(|link| link.when.0.keys().any(|field| asked_in(field))).collect();
    if links.is_empty() {
        return Ok(());
    }
    let answers = declaration.answers()?;
    let declarant = people::store::find(tx, declaration.declarant_id)?;
    let given = filing::given(&declarant, tx.today_at(&declarant.site));
    for link in links.into_iter().filter(|link| answers.meets(&link.when, given)) {
        let mut known = Answers::default();
        for (to, from) in &link.copy {
            known.set(to, answers.get(from).clone());
        }
        for (to, value) in &link.set {
            known.set(to, value.clone());
        }
        let mut draft = draft_of(tx, &declarant, &link.kind, &known)?;
        // What comes of a sealed file says nothing of where it comes from.
        draft.origin_id = Some(declaration.id).filter(|_| !kind.is_sealed());
        store::save(tx, &mut draft)?;
    }
    Ok(())
}

/// The answers a shortcut gives (« rien à déclarer »).
pub fn shortcut_answers(kind: &Kind) -> Result<Answers> {
    let shortcut = kind.nothing_to_declare.as_ref().ok_or(Error::NotFound)?;
    let map: serde_json::Map<String, Value> = shortcut.answers.clone().into_iter().collect();
    Ok(Answers(map))
}
