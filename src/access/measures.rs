//! Who may do what to one measure: the second half of the permission code, over the `[[measure]]` lines of the table.

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::policy::Verdict;
use super::table::AccessTable;
use crate::error::{Error, Result};
use crate::people::PersonId;

/// What can be done to one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureAction {
    Read,
    /// Show that it is done.
    Prove,
    /// Say whether the proof shows it, or whether it still holds.
    Verify,
    /// Give it to somebody else to carry out.
    HandOn,
    /// Say that it is no longer asked.
    Lift,
}

impl MeasureAction {
    pub const ALL: [Self; 5] = [Self::Read, Self::Prove, Self::Verify, Self::HandOn, Self::Lift];
}

/// Relation of an actor to a measure, or a role that counts for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureWho {
    /// Must carry it out.
    Owner,
    Declarant,
    /// Of the declarant.
    Supervisor,
    /// Decided the declaration.
    PastDecider,
    #[serde(untagged)]
    Role(Role),
}

/// What the policy looks at in a measure.
#[derive(Debug, Clone)]
pub struct MeasureTarget<'a> {
    /// Kind of its declaration.
    pub kind: &'a str,
    pub owner: PersonId,
    pub prover: Option<PersonId>,
    pub declarant: PersonId,
    pub supervisor: Option<PersonId>,
    pub decider: Option<PersonId>,
    /// The actor is barred from the declaration.
    pub barred: bool,
}

/// May `actor` do `action` to `target`? Nobody verifies what they own or proved, nor gives their own to somebody else,
/// whatever the table says.
pub fn may_measure(table: &AccessTable, actor: &Actor, action: MeasureAction, target: &MeasureTarget<'_>) -> Verdict {
    let granted =
        |action| relations(actor, target).into_iter().any(|who| table.grants_measure(who, action, target.kind));
    if target.barred || !granted(MeasureAction::Read) {
        return Verdict::Hidden;
    }
    let own = target.owner == actor.person || target.prover == Some(actor.person);
    let refused = match action {
        MeasureAction::Read => false,
        MeasureAction::Verify => actor.read_only || own,
        MeasureAction::HandOn => actor.read_only || target.owner == actor.person,
        MeasureAction::Prove | MeasureAction::Lift => actor.read_only,
    };
    if refused || !granted(action) { Verdict::Refused } else { Verdict::Allowed }
}

/// `Ok` when allowed; otherwise the error that tells no more than it should.
pub fn require_measure(
    table: &AccessTable,
    actor: &Actor,
    action: MeasureAction,
    target: &MeasureTarget<'_>,
) -> Result<()> {
    match may_measure(table, actor, action, target) {
        Verdict::Allowed => Ok(()),
        Verdict::Refused => Err(Error::NotAllowed),
        Verdict::Hidden => Err(Error::NotFound),
    }
}

/// Every line of the table that speaks of this actor for this measure.
fn relations(actor: &Actor, target: &MeasureTarget<'_>) -> Vec<MeasureWho> {
    let mut relations = Vec::new();
    if target.owner == actor.person {
        relations.push(MeasureWho::Owner);
    }
    if target.declarant == actor.person {
        relations.push(MeasureWho::Declarant);
        return relations;
    }
    let me = Some(actor.person);
    if target.supervisor == me {
        relations.push(MeasureWho::Supervisor);
    }
    if target.decider == me {
        relations.push(MeasureWho::PastDecider);
    }
    relations.extend(actor.roles.iter().copied().map(MeasureWho::Role));
    relations
}
