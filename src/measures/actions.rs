//! The use cases of measures. Each is one function in one transaction: load and ask the policy, move along the
//! workflow, save unless somebody else did, record the event, write the letters.

use chrono::{Months, NaiveDate};

use super::mail;
use super::reminders;
use super::store::{self, Authorized, Measure};
use super::wishes::{self, Order};
use super::workflow::{Command, Expected};
use crate::access::measures::MeasureWho;
use crate::access::{Actor, MeasureAction};
use crate::app::Tx;
use crate::attachments::store::Kept;
use crate::declarations::actions::{clean, required};
use crate::declarations::deadlines;
use crate::declarations::kind::{Kind, Phase};
use crate::declarations::store::{self as declarations, Declaration};
use crate::declarations::workflow::{self as files, State as FileState};
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people;
use crate::texts::say;

/// Writes the measures of a decision, in its transaction.
///
/// What was told in confidence has none: whoever had to carry one out would learn of the file. The decision keeps the words.
pub fn order(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration, orders: &[Order]) -> Result<()> {
    if declaration.is_sealed() {
        return Ok(());
    }
    lift_replaced(tx, actor, declaration)?;
    for order in orders {
        let measure = store::insert(tx, declaration.id, actor.person, order)?;
        reminders::plan(tx, &measure)?;
        let event = Event::MeasureOrdered {
            measure: measure.id,
            number: measure.number,
            text: measure.text.clone(),
            owner: measure.owner_id,
            evidence: measure.evidence.clone(),
            due_on: measure.due_on,
            every_months: measure.every_months,
        };
        journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
        if measure.owner_id != declaration.declarant_id && measure.owner_id != actor.person {
            mail::given(tx, &measure, declaration)?;
        }
    }
    Ok(())
}

/// The owner shows that it is done, in words, with files, or both.
pub fn prove(tx: &mut Tx<'_>, actor: &Actor, id: i64, text: &str, kept: &[Kept]) -> Result<Measure> {
    let Authorized { mut measure, declaration, .. } = store::authorized(tx, actor, id, MeasureAction::Prove)?;
    let text = if kept.is_empty() { required("proof", text, "error-proof")? } else { clean(text) };
    if text.chars().count() > 4000 {
        return Err(Error::Invalid(vec![crate::error::FieldError::with("proof", "error-too-long", 4000)]));
    }
    measure.step(Command::GiveProof, "not-possible-measure-prove")?;
    measure.proof = Some(text.clone());
    measure.proof_at = Some(tx.now());
    measure.proof_by = Some(actor.person);
    measure.reason = None;
    store::save(tx, &mut measure)?;
    store::join(tx, &measure, actor.person, kept)?;
    reminders::plan(tx, &measure)?;
    let event = Event::MeasureProved {
        measure: measure.id,
        number: measure.number,
        proof: text,
        files: kept.iter().map(|file| file.sha256.clone()).collect(),
    };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::proof(tx, &measure, &declaration)?;
    Ok(measure)
}

/// The proof shows that it is done. A lasting measure comes back to the supervisor.
pub fn verify(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, note: &str) -> Result<Measure> {
    let Authorized { mut measure, declaration, .. } = store::authorized(tx, actor, id, MeasureAction::Verify)?;
    unchanged(&measure, version)?;
    measure.step(Command::Verify, "not-possible-measure-verify")?;
    let next_on = settle(tx, actor, &mut measure)?;
    let event = Event::MeasureVerified { measure: measure.id, number: measure.number, note: clean(note), next_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::verified(tx, &measure, &declaration)?;
    close_if_done(tx, declaration.id)?;
    Ok(measure)
}

/// The proof does not show it: the owner reads why and has more time.
pub fn send_back(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, reason: &str) -> Result<Measure> {
    let Authorized { mut measure, declaration, .. } = store::authorized(tx, actor, id, MeasureAction::Verify)?;
    let reason = required("reason", reason, "error-measure-reason")?;
    unchanged(&measure, version)?;
    measure.step(Command::SendBack, "not-possible-measure-verify")?;
    more_time(tx, &declaration, &mut measure)?;
    measure.reason = Some(reason.clone());
    store::save(tx, &mut measure)?;
    reminders::plan(tx, &measure)?;
    let event = Event::MeasureSentBack { measure: measure.id, number: measure.number, reason, due_on: measure.due_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::sent_back(tx, &measure, &declaration)?;
    Ok(measure)
}

/// The supervisor says that a lasting measure still holds.
pub fn attest(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, note: &str) -> Result<Measure> {
    let Authorized { mut measure, declaration, .. } = store::authorized(tx, actor, id, MeasureAction::Verify)?;
    unchanged(&measure, version)?;
    measure.step(Command::Attest, "not-possible-measure-attest")?;
    let next_on = settle(tx, actor, &mut measure)?;
    let event = Event::MeasureAttested { measure: measure.id, number: measure.number, note: clean(note), next_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    close_if_done(tx, declaration.id)?;
    Ok(measure)
}

/// The supervisor says that it does not hold any more: its owner shows it again, and the ethics officer is told.
pub fn deny(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, reason: &str) -> Result<Measure> {
    let Authorized { mut measure, declaration, .. } = store::authorized(tx, actor, id, MeasureAction::Verify)?;
    let reason = required("reason", reason, "error-measure-reason")?;
    unchanged(&measure, version)?;
    measure.step(Command::Deny, "not-possible-measure-attest")?;
    more_time(tx, &declaration, &mut measure)?;
    measure.reason = Some(reason.clone());
    store::save(tx, &mut measure)?;
    reminders::plan(tx, &measure)?;
    let event = Event::MeasureDenied { measure: measure.id, number: measure.number, reason, due_on: measure.due_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::denied(tx, &measure, &declaration, actor.person)?;
    Ok(measure)
}

/// Who carries on with a measure, as typed.
#[derive(Debug, Clone, Default)]
pub struct Heir {
    /// Number, address or name.
    pub to: String,
    /// A day; the delay of the kind when empty.
    pub due: String,
    pub reason: String,
}

/// Somebody else carries it out: its owner leaves, or cannot. They have time of their own.
pub fn hand_on(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, heir: &Heir) -> Result<Measure> {
    let Authorized { mut measure, declaration, .. } = store::authorized(tx, actor, id, MeasureAction::HandOn)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let (to, due_on) = wishes::read_heir(tx, &kind, &declaration, (&heir.to, &heir.due), actor.language)?;
    if to == measure.owner_id {
        return Err(Error::field("to", "error-measure-to-same"));
    }
    let reason = required("reason", &heir.reason, "error-measure-reason")?;
    unchanged(&measure, version)?;
    measure.step(Command::HandOn, "not-possible-measure-hand-on")?;
    let from = std::mem::replace(&mut measure.owner_id, to);
    measure.due_on = due_on;
    store::save(tx, &mut measure)?;
    reminders::plan(tx, &measure)?;
    let event = Event::MeasureHandedOn { measure: measure.id, number: measure.number, from, to, reason, due_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    if to != actor.person {
        mail::given(tx, &measure, &declaration)?;
    }
    Ok(measure)
}

/// The ethics officer says that it is no longer asked, and why.
pub fn lift(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, reason: &str) -> Result<Measure> {
    let Authorized { mut measure, declaration, .. } = store::authorized(tx, actor, id, MeasureAction::Lift)?;
    let reason = required("note", reason, "error-measure-reason")?;
    unchanged(&measure, version)?;
    no_longer_asked(tx, actor, &mut measure, &declaration, reason)?;
    close_if_done(tx, declaration.id)?;
    Ok(measure)
}

fn no_longer_asked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    measure: &mut Measure,
    declaration: &Declaration,
    reason: String,
) -> Result<()> {
    measure.step(Command::Lift, "not-possible-measure-lift")?;
    measure.reason = Some(reason.clone());
    measure.settled_at = Some(tx.now());
    measure.settled_by = Some(actor.person);
    store::save(tx, measure)?;
    reminders::plan(tx, measure)?;
    let event = Event::MeasureLifted { measure: measure.id, number: measure.number, reason };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::lifted(tx, measure, declaration)
}

/// A decision takes the place of the one that was contested: what that asked, and nobody did yet, is no longer asked.
fn lift_replaced(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration) -> Result<()> {
    for mut measure in store::of_declaration(tx, declaration.id)? {
        if measure.state().is_live() {
            let reason = say(actor.language, "measure-replaced", &[]);
            no_longer_asked(tx, actor, &mut measure, declaration, reason)?;
        }
    }
    Ok(())
}

/// Verified now, for a while when it lasts. Gives the day of the next attestation.
fn settle(tx: &mut Tx<'_>, actor: &Actor, measure: &mut Measure) -> Result<Option<NaiveDate>> {
    measure.settled_at = Some(tx.now());
    measure.settled_by = Some(actor.person);
    measure.reason = None;
    let next_on = measure.every_months.and_then(|months| u32::try_from(months).ok()).and_then(|months| {
        tx.today().checked_add_months(Months::new(months)).map(|day| tx.book.calendar.next_business_day(day))
    });
    if let Some(day) = next_on {
        measure.due_on = day;
    }
    store::save(tx, measure)?;
    reminders::plan(tx, measure)?;
    Ok(next_on)
}

/// The delay that the kind gives to do it again, unless its day is later.
fn more_time(tx: &Tx<'_>, declaration: &Declaration, measure: &mut Measure) -> Result<()> {
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    measure.due_on = measure.due_on.max(deadlines::due_on(kind.measures.again, tx.today(), &tx.book.calendar));
    Ok(())
}

/// What was verified must be what was read.
fn unchanged(measure: &Measure, version: i32) -> Result<()> {
    if measure.version == version { Ok(()) } else { Err(Error::Stale) }
}

/// A file whose declarant already told the rest (an event and its report) closes with its last measure, unless one of
/// them lasts, or what they told is still to be read. Its declarant may have told it while the measure was being settled.
pub(crate) fn close_if_done(tx: &mut Tx<'_>, declaration: i64) -> Result<Declaration> {
    journal::take_turn(tx)?;
    let mut declaration = declarations::find_unguarded(tx, declaration)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let told = declaration.state() == FileState::Monitoring && declaration.due_on.is_none() && asks_afterwards(&kind);
    let waits = store::live(tx, declaration.id)? > 0 || store::lasts(tx, declaration.id)?;
    if !told || waits || declaration.waits_for_a_reader() {
        return Ok(declaration);
    }
    let Some(after) = files::next(declaration.state(), files::Command::Close { measures_open: false }) else {
        return Ok(declaration);
    };
    declaration.set_state(after);
    declaration.closed_at = Some(tx.now());
    declarations::save(tx, &mut declaration)?;
    declarations::plan(tx, declaration.id, &[])?;
    journal::record(tx, None, Some(declaration.id), &Event::Closed { note: String::new() })?;
    Ok(declaration)
}

/// The kind asks something of the declarant after the decision.
fn asks_afterwards(kind: &Kind) -> bool {
    kind.steps.iter().any(|step| step.phase == Phase::FollowUp)
}

/// What the worker does on the day: a lasting measure comes back to the supervisor (E21).
pub fn ask_attestation(tx: &mut Tx<'_>, mut measure: Measure, declaration: &Declaration) -> Result<usize> {
    measure.step(Command::AskAttestation, "not-possible-measure-attest")?;
    measure.settled_at = None;
    measure.settled_by = None;
    store::save(tx, &mut measure)?;
    reminders::plan(tx, &measure)?;
    let event = Event::MeasureAttestationAsked { measure: measure.id, number: measure.number, due_on: measure.due_on };
    journal::record(tx, None, Some(declaration.id), &event)?;
    mail::review(tx, &measure, declaration)
}

/// What the worker does once its day is past.
pub fn fall_due(tx: &mut Tx<'_>, measure: &mut Measure, declaration: &Declaration) -> Result<()> {
    measure.step(Command::FallDue, "not-possible-measure-prove")?;
    store::save(tx, measure)?;
    let days_late = deadlines::age(measure.due_on, tx.today(), &tx.book.calendar);
    let event = Event::MeasureOverdue { measure: measure.id, number: measure.number, days_late };
    journal::record(tx, None, Some(declaration.id), &event)
}

/// Who is waited for now, the ones in service who may act: the owner for a proof, else whoever verifies.
pub fn who_must_act(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<Vec<people::PersonId>> {
    use super::workflow::State as S;
    match (measure.state(), measure.expected()) {
        (S::Open | S::Overdue, Expected::Proof) => {
            let owner = people::store::find(tx, measure.owner_id)?;
            if owner.is_active(tx.today()) { Ok(vec![owner.id]) } else { verifiers(tx, measure, declaration) }
        }
        (S::Open | S::Overdue, Expected::Attestation) | (S::ProofGiven, _) => verifiers(tx, measure, declaration),
        (S::Verified | S::Lifted, _) => Ok(Vec::new()),
    }
}

/// The supervisor, or whoever decided in the supervisor's place, or those who oversee it: the first who may.
pub fn verifiers(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<Vec<people::PersonId>> {
    let proved_by = measure.proof_by.filter(|_| measure.expected() == Expected::Proof);
    for id in [declaration.supervisor_id, declaration.decider_id].into_iter().flatten() {
        let may = id != measure.owner_id
            && id != declaration.declarant_id
            && Some(id) != proved_by
            && !declarations::is_barred(tx, declaration.id, id)?;
        if may && people::store::find(tx, id)?.is_active(tx.today()) {
            return Ok(vec![id]);
        }
    }
    let mut people = overseers(tx, declaration)?;
    people.retain(|id| *id != measure.owner_id && Some(*id) != proved_by);
    Ok(people)
}

/// Who answers for the measures of a file from outside of it: whoever holds a role that may lift them, and may see the file.
/// The ethics office for most kinds, the secretary general for the notices of the contract-rules officer.
pub fn overseers(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<people::PersonId>> {
    let mut people = Vec::new();
    for (role, person) in people::roles::all_holders(tx)? {
        let lifts = tx.book.access.grants_measure(MeasureWho::Role(role), MeasureAction::Lift, &declaration.kind);
        if lifts
            && person != declaration.declarant_id
            && !people.contains(&person)
            && !declarations::is_barred(tx, declaration.id, person)?
        {
            people.push(person);
        }
    }
    Ok(people)
}
