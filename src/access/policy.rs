//! The only permission code.

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::table::AccessTable;
use crate::declarations::kind::Office;
use crate::declarations::workflow::State;
use crate::error::{Error, Result};
use crate::people::{PersonId, UnitId};

/// What can be done to one declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Read,
    /// Write answers of a draft or a correction; discard a draft.
    Edit,
    Submit,
    Correct,
    Withdraw,
    Answer,
    Complete,
    TakeUp,
    Ask,
    Refer,
    Decide,
    /// Give an opinion while somebody else decides.
    Opine,
    /// Give an opinion and hand the file back.
    SendBack,
    Reassign,
    Close,
    /// Record a decision taken outside the organisation.
    RecordOutside,
    /// Ask the deputy minister for a direction.
    SeekDirection,
    /// Contest a decision before the deputy minister.
    Contest,
}

impl Action {
    pub const ALL: [Self; 18] = [
        Self::Read,
        Self::Edit,
        Self::Submit,
        Self::Correct,
        Self::Withdraw,
        Self::Answer,
        Self::Complete,
        Self::TakeUp,
        Self::Ask,
        Self::Refer,
        Self::Decide,
        Self::Opine,
        Self::SendBack,
        Self::Reassign,
        Self::Close,
        Self::RecordOutside,
        Self::SeekDirection,
        Self::Contest,
    ];
}

/// What the policy looks at in a declaration.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    pub kind: &'a str,
    pub state: State,
    pub declarant: PersonId,
    pub holder: Option<PersonId>,
    pub holder_office: Option<Office>,
    pub supervisor: Option<PersonId>,
    pub decider: Option<PersonId>,
    /// It names a contract, or its company is under contract.
    pub contract_linked: bool,
    /// The unit it was filed in.
    pub unit: UnitId,
    /// The actor is barred from it.
    pub barred: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// May read it, may not do this.
    Refused,
    /// May not know that it exists.
    Hidden,
}

/// Relation of an actor to a declaration, or a role that counts for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Declarant,
    Holder,
    Office,
    Supervisor,
    PastDecider,
    /// Secretary general, for a file that nobody here may decide.
    Outside,
    #[serde(untagged)]
    Role(Role),
}

/// May `actor` do `action` to `target`?
pub fn may(table: &AccessTable, actor: &Actor, action: Action, target: &Target<'_>) -> Verdict {
    let granted = |action| relations(actor, target).into_iter().any(|who| table.grants(who, action, target.kind));
    if target.barred || (target.state == State::Draft && actor.person != target.declarant) || !granted(Action::Read) {
        return Verdict::Hidden;
    }
    if (actor.read_only && action != Action::Read) || !granted(action) {
        return Verdict::Refused;
    }
    Verdict::Allowed
}

/// `Ok` when allowed; otherwise the error that tells no more than it should.
pub fn require(table: &AccessTable, actor: &Actor, action: Action, target: &Target<'_>) -> Result<()> {
    match may(table, actor, action, target) {
        Verdict::Allowed => Ok(()),
        Verdict::Refused => Err(Error::NotAllowed),
        Verdict::Hidden => Err(Error::NotFound),
    }
}

/// Every line of the table that speaks of this actor for this declaration.
fn relations(actor: &Actor, target: &Target<'_>) -> Vec<Who> {
    if actor.person == target.declarant {
        return vec![Who::Declarant];
    }
    let me = Some(actor.person);
    let mut relations = Vec::new();
    if target.holder == me {
        relations.push(Who::Holder);
    }
    if target.holder_office.and_then(Role::of_office).is_some_and(|role| actor.has(role)) {
        relations.push(Who::Office);
    }
    if target.supervisor == me {
        relations.push(Who::Supervisor);
    }
    if target.decider == me {
        relations.push(Who::PastDecider);
    }
    let nobody_here = target.state.is_pending() && target.holder.is_none() && target.holder_office.is_none();
    if nobody_here && actor.has(Role::SecretaryGeneral) {
        relations.push(Who::Outside);
    }
    relations.extend(actor.roles.iter().copied().map(Who::Role));
    relations
}
