//! What a reader may do with the declaration they found.

use serde::Serialize;

use crate::access::{Action, Actor, Verdict, may};
use crate::app::Tx;
use crate::declarations::acknowledging;
use crate::declarations::actions;
use crate::declarations::direction;
use crate::declarations::kind::Office;
use crate::declarations::store::{Authorized, Declaration};
use crate::declarations::workflow::{Command, State, next};
use crate::error::Result;
use crate::ethics;
use crate::journal::Entry;

/// What this reader may do now: the policy and the workflow agree. The page shows its buttons from it, the API its
/// `actions`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Can {
    pub edit: bool,
    pub submit: bool,
    pub discard: bool,
    pub decide: bool,
    /// Answer with a structured opinion.
    pub advise: bool,
    pub ask: bool,
    pub refer: bool,
    pub take_up: bool,
    pub send_back: bool,
    pub opine: bool,
    pub correct: bool,
    pub continue_correction: bool,
    pub withdraw: bool,
    pub answer: bool,
    pub go_on: bool,
    pub complete: bool,
    pub acknowledge: bool,
    pub close: bool,
    pub reassign: bool,
    pub record_outside: bool,
    pub seek_direction: bool,
    pub contest: bool,
    pub comment: bool,
    pub examine: bool,
}

/// What this reader may do now with what they found, of whose measures some are open or none, and of which the journal says this.
pub fn can(tx: &Tx<'_>, actor: &Actor, found: &Authorized, measures_open: bool, entries: &[Entry]) -> Result<Can> {
    let declaration = &found.declaration;
    let target = found.target();
    let state = declaration.state();
    let allowed = |action| may(&tx.book.access, actor, action, &target) == Verdict::Allowed;
    let possible = |command| next(state, command).is_some();
    let pending = state.is_pending();
    let measures_open = matches!(state, State::Decided | State::Monitoring) && measures_open;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let decidable = matches!(state, State::Submitted | State::UnderReview | State::WithEthics);
    let draft = state == State::Draft;
    Ok(Can {
        edit: (draft || pending || matches!(state, State::Decided | State::Monitoring)) && allowed(Action::Edit),
        submit: draft && allowed(Action::Submit),
        discard: draft && allowed(Action::Edit),
        ask: possible(Command::Ask) && allowed(Action::Ask),
        refer: possible(Command::Refer) && allowed(Action::Refer),
        decide: decidable && allowed(Action::Decide),
        advise: decidable && allowed(Action::Decide) && takes_opinion(tx, declaration),
        take_up: possible(Command::TakeUp) && allowed(Action::TakeUp),
        send_back: possible(Command::SendBack) && allowed(Action::SendBack),
        opine: pending && state != State::WithEthics && allowed(Action::Opine),
        correct: pending && declaration.correction.is_none() && allowed(Action::Correct),
        continue_correction: pending && declaration.correction.is_some() && allowed(Action::Correct),
        withdraw: actions::may_be_withdrawn(declaration) && allowed(Action::Withdraw),
        answer: state == State::InfoRequested && allowed(Action::Answer),
        go_on: state == State::InfoRequested && allowed(Action::Ask),
        complete: declaration.expects_more(&kind)
            && possible(Command::Complete { measures_open })
            && allowed(Action::Complete),
        acknowledge: acknowledging::is_awaited(actor, declaration, entries) && allowed(Action::Acknowledge),
        close: possible(Command::Close { measures_open }) && allowed(Action::Close),
        reassign: pending
            && !declaration.is_outside()
            && actions::deciding_office(declaration) != Office::DeputyMinister
            && allowed(Action::Reassign),
        record_outside: declaration.is_outside() && decidable && allowed(Action::RecordOutside),
        seek_direction: possible(Command::SeekDirection) && allowed(Action::SeekDirection),
        contest: direction::may_be_contested(tx, declaration) && allowed(Action::Contest),
        comment: !draft && allowed(Action::Comment),
        examine: !draft && allowed(Action::Examine),
    })
}

/// The answer to this kind is a structured opinion.
pub fn takes_opinion(tx: &Tx<'_>, declaration: &Declaration) -> bool {
    let kind = tx.book.catalogue.version(declaration.kind_version_id);
    kind.is_ok_and(|kind| ethics::actions::opinion_outcome(&kind.outcomes).is_some())
}
