//! The only permission code.

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::table::{AccessTable, PageAction};
use crate::declarations::kind::Office;
use crate::declarations::workflow::State;
use crate::error::{Error, Result};
use crate::people::PersonId;

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
}

impl Action {
    pub const ALL: [Self; 15] = [
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

/// `Ok` when the table opens what a page does to this actor. For actions that pages, commands and the demonstration share.
pub fn require_page(table: &AccessTable, actor: &Actor, action: PageAction) -> Result<()> {
    if table.opens(action, Some(actor)) && !actor.read_only { Ok(()) } else { Err(Error::NotAllowed) }
}

/// `Ok` when `actor` may run a showcase: whoever organises it and may still organise, or whoever runs them all.
pub fn require_organiser(table: &AccessTable, actor: &Actor, organiser: PersonId) -> Result<()> {
    if organiser != actor.person {
        require_page(table, actor, PageAction::RunEveryShowcase)?;
    }
    require_page(table, actor, PageAction::Organise)
}

/// May `actor` read the fairness ledger of a showcase: whoever reads them all, or organises this one?
pub fn may_read_ledger(table: &AccessTable, actor: &Actor, organiser: PersonId) -> bool {
    table.opens(PageAction::ReadEveryLedger, Some(actor))
        || (organiser == actor.person && table.opens(PageAction::Ledger, Some(actor)))
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
    relations.extend(actor.roles.iter().copied().map(Who::Role));
    relations
}
