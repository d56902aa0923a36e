//! The only permission code.

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::table::{AccessTable, PageAction};
use crate::declarations::kind::Office;
use crate::declarations::workflow::State;
use crate::error::{Error, Result};
use crate::people::{PersonId, UnitId};

/// What can be done to one declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Read,
    /// Read that it exists, its kind, company and contract, and nothing more. Whoever may read may do this.
    Summarise,
    /// Write answers of a draft or a correction; discard a draft.
    Edit,
    Submit,
    Correct,
    Withdraw,
    Answer,
    Complete,
    /// Say that they read what they must: what was told after a decision, or what it asks of the declarant.
    Acknowledge,
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
    /// Write about it (`comments`).
    Comment,
    /// Read what surrounds it: its versions side by side, what people write about it.
    Examine,
    /// Be a row or a figure of the audit report for them.
    Count,
}

impl Action {
    pub const ALL: [Self; 23] = [
        Self::Read,
        Self::Summarise,
        Self::Edit,
        Self::Submit,
        Self::Correct,
        Self::Withdraw,
        Self::Answer,
        Self::Complete,
        Self::Acknowledge,
        Self::TakeUp,
        Self::Ask,
        Self::Refer,
        Self::Decide,
        Self::Opine,
        Self::SendBack,
        Self::Reassign,
        Self::Close,
        Self::Count,
        Self::RecordOutside,
        Self::SeekDirection,
        Self::Contest,
        Self::Comment,
        Self::Examine,
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
    /// Two people opened it to the actor for some hours (`acts`).
    pub emergency: bool,
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
    /// To whom two people opened a sealed file, for some hours.
    Emergency,
    #[serde(untagged)]
    Role(Role),
}

/// May `actor` do `action` to `target`?
pub fn may(table: &AccessTable, actor: &Actor, action: Action, target: &Target<'_>) -> Verdict {
    let lines = relations(actor, target);
    let granted = |action| {
        lines.iter().any(|who| {
            table.grants(*who, action, target.kind)
                || (action == Action::Summarise && table.grants(*who, Action::Read, target.kind))
        })
    };
    let hidden = target.state == State::Draft && actor.person != target.declarant;
    if target.barred || hidden || !granted(Action::Summarise) {
        return Verdict::Hidden;
    }
    let reads = matches!(action, Action::Read | Action::Summarise | Action::Examine);
    if (actor.read_only && !reads) || !granted(action) {
        return Verdict::Refused;
    }
    Verdict::Allowed
}

/// How much of a declaration a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    Whole,
    /// Everything but who people are.
    Masked,
    /// Kind, company, contract, state and dates.
    Summary,
}

/// How much of a declaration that may be opened is shown to this reader: an auditor who has no other place reads it
/// masked.
pub fn depth(table: &AccessTable, actor: &Actor, target: &Target<'_>) -> Depth {
    let auditor = Who::Role(Role::Auditor);
    let reading: Vec<Who> =
        relations(actor, target).into_iter().filter(|who| table.grants(*who, Action::Read, target.kind)).collect();
    match () {
        () if reading.iter().any(|who| *who != auditor) => Depth::Whole,
        () if reading.contains(&auditor) => Depth::Masked,
        () => Depth::Summary,
    }
}

/// The part of the register that a role opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterScope {
    /// The role through which it is read; nobody reads without one.
    role: Option<Role>,
    /// Only what names a contract, or a company under contract.
    pub contract_linked: bool,
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// People are not named, and cannot be searched for.
    pub masked: bool,
}

impl RegisterScope {
    /// The widest part that one of the actor's roles opens.
    pub fn of(actor: &Actor) -> Self {
        let role = [Role::EthicsOfficer, Role::Auditor, Role::ContractMonitor, Role::Respondent]
            .into_iter()
            .find(|role| actor.has(*role));
        Self {
            role,
            contract_linked: role == Some(Role::ContractMonitor),
            unit: Some(actor.unit).filter(|_| role == Some(Role::Respondent)),
            masked: role == Some(Role::Auditor),
        }
    }

    /// Does it hold declarations of this kind?
    pub fn holds(&self, table: &AccessTable, kind: &str) -> bool {
        self.role.is_some_and(|role| {
            let who = Who::Role(role);
            table.grants(who, Action::Read, kind) || table.grants(who, Action::Summarise, kind)
        })
    }

    /// Does it show declarations of this kind in summary: neither what they are about nor what they deserve?
    pub fn summarises(&self, table: &AccessTable, kind: &str) -> bool {
        !self.masked && !self.searches(table, kind)
    }

    /// Are its words searched in declarations of this kind? What is read in summary is not: a word found would tell.
    pub fn searches(&self, table: &AccessTable, kind: &str) -> bool {
        !self.masked && self.role.is_some_and(|role| table.grants(Who::Role(role), Action::Read, kind))
    }
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
    // Two may hold the deputy minister's office: whoever decided what is contested does not direct on it.
    let decided_before = target.holder_office == Some(Office::DeputyMinister) && target.decider == me;
    if !decided_before && target.holder_office.and_then(Role::of_office).is_some_and(|role| actor.has(role)) {
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
    if target.emergency {
        relations.push(Who::Emergency);
    }
    // Two roles read a part only: what is linked to a contract, what their own unit declared.
    let in_part = |role: &Role| match role {
        Role::ContractMonitor => target.contract_linked,
        Role::Respondent => target.unit == actor.unit,
        _ => true,
    };
    relations.extend(actor.roles.iter().copied().filter(in_part).map(Who::Role));
    relations
}
