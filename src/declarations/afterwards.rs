//! What is told after the decision is looked at as what was told before it: the rules about those answers, and whether what
//! became of the thing is what was decided. What asks for it goes back to a reader before the file closes.

use super::answers::Answers;
use super::filing;
use super::kind::{Kind, Office, Outcome, Phase};
use super::mail;
use super::reminders::holders_allowed;
use super::routing::{self, Decider, Route};
use super::store::{self, Declaration};
use super::workflow::{Command, State};
use crate::app::Tx;
use crate::crosschecks::looked::Looks;
use crate::error::Result;
use crate::journal::{self, Event};
use crate::people;
use crate::people::store::Person;
use crate::policy::gather::{self, Said};
use crate::policy::rules::{Finding, Severity};
use crate::policy::versions;

/// Why the file is with the ethics officer again.
const WHY: &str = "route-told-after";

/// What comes of what was told.
pub struct Afterwards {
    /// What the rules see that they did not see before.
    pub new: Vec<Finding>,
    /// Something else became of it than what was decided.
    contradicts: bool,
}

impl Afterwards {
    /// Somebody decides again.
    pub fn reopens(&self) -> bool {
        self.contradicts || self.new.iter().any(|finding| finding.refer)
    }

    /// Somebody reads it before the file closes.
    pub fn is_to_be_read(&self) -> bool {
        self.new.iter().any(|finding| finding.severity >= Severity::Attention)
    }
}

/// Does what became of it go against what was decided? An outcome that says nothing of it allows everything.
fn contradicts(outcome: Option<&Outcome>, disposition: Option<&str>) -> bool {
    match (outcome, disposition) {
        (Some(outcome), Some(told)) => {
            !outcome.dispositions.is_empty() && !outcome.dispositions.iter().any(|allowed| allowed == told)
        }
        _ => false,
    }
}

/// The questions asked after the decision.
fn asked_after(kind: &Kind) -> Vec<&str> {
    let steps = kind.steps.iter().filter(|step| step.phase == Phase::FollowUp);
    steps.flat_map(|step| &step.fields).map(|field| field.id.as_str()).collect()
}

/// Gives the file to those who must read it before it closes: whoever decided, and the ethics office.
pub fn give_readers(tx: &mut Tx<'_>, declaration: &mut Declaration) -> Result<()> {
    let officers = holders_allowed(tx, declaration, Office::EthicsOfficer)?;
    let decider = match declaration.decider_id {
        // Whoever decided for the office reads for it.
        Some(decider) if decider != declaration.declarant_id && !officers.contains(&decider) => {
            let may = !store::is_barred(tx, declaration.id, decider)?;
            let is_there = people::store::find(tx, decider)?.is_active(tx.today());
            Some(decider).filter(|_| may && is_there)
        }
        _ => None,
    };
    declaration.reader_id = decider;
    // When nobody may read today, it waits for whoever comes to the office.
    let for_office = !officers.is_empty() || decider.is_none();
    declaration.reader_office = for_office.then(|| Office::EthicsOfficer.as_str().to_owned());
    declaration.held_since = Some(tx.now()).filter(|_| declaration.waits_for_a_reader());
    Ok(())
}

/// Looks at what was told with the rules in force, and keeps what they find beside what was found at the filing.
pub fn look(
    tx: &mut Tx<'_>,
    kind: &Kind,
    answers: &Answers,
    declaration: &mut Declaration,
    declarant: &Person,
) -> Result<Afterwards> {
    let outcome = declaration.outcome.as_deref().and_then(|id| kind.outcome(id));
    let contradicts = contradicts(outcome, declaration.disposition.as_deref());
    if kind.is_sealed() {
        return Ok(Afterwards { new: Vec::new(), contradicts });
    }
    let today = tx.today();
    let version = versions::in_force(tx, today)?;
    let said = Said::of(kind, answers, declaration, (declarant.regime.as_str(), declarant.position.as_str()), today);
    let facts = gather::facts(tx, &said, declarant, &version.policy.gift_limits())?;
    let rules = version.policy.asking(&kind.id, &asked_after(kind));
    let found = version.policy.evaluate_among(&rules, &facts);
    let before = declaration.findings()?;
    let is_known = |finding: &Finding| before.iter().any(|known| known.rule == finding.rule);
    let new: Vec<Finding> = found.iter().filter(|finding| !is_known(finding)).cloned().collect();
    // What those rules saw in what was told before, and do not see any more, goes.
    let looked_at = |rule: &str| rules.iter().any(|one| one.text.id == rule);
    let kept: Vec<Finding> = before.iter().filter(|known| !looked_at(&known.rule)).cloned().chain(found).collect();
    // What a look answered since asks for nothing any more.
    let looks = Looks::of(tx, declaration)?;
    let asks = |finding: &&Finding| !looks.is_lifted(declaration.id, &finding.rule);
    declaration.attention = kept.iter().filter(asks).map(|finding| finding.severity.rank()).max().unwrap_or(0);
    declaration.findings = serde_json::to_string(&kept)?;
    // The file that the letter to the contract monitor names is open to them.
    declaration.contract_linked |= new.iter().any(|finding| finding.tell_contract_monitor);
    Ok(Afterwards { new, contradicts })
}

/// The decision is taken again, with what is known now: by the ethics officer, or by whoever is there in her place.
pub fn reopen(tx: &mut Tx<'_>, kind: &Kind, declaration: &mut Declaration) -> Result<()> {
    let (line, case) = super::handing::interests(tx, kind, declaration, Office::EthicsOfficer, None)?;
    let route = routing::route(&line, &case);
    let to_ethics = route.decider == Decider::Office(Office::EthicsOfficer);
    let why = if to_ethics { WHY } else { route.why };
    super::actions::step(declaration, Command::Reexamine { to_ethics }, "not-possible-complete")?;
    store::bar(tx, declaration.id, &route.barred)?;
    declaration.set_decision_aside();
    declaration.due_on = filing::due_on(tx, kind, &declaration.answers()?, &route.decider);
    super::handing::hand_over(tx, declaration, &Route { why, ..route });
    Ok(())
}

/// The event and the letters, once the rows are written; `before` is what had been answered until then.
pub fn tell(tx: &mut Tx<'_>, declaration: &Declaration, seen: &Afterwards, before: &Answers) -> Result<()> {
    if declaration.state().is_pending() {
        let event = Event::Rerouted {
            from: None,
            to: declaration.holder_id,
            office: declaration.holder_office.clone(),
            why: declaration.route_reason.clone().unwrap_or_default(),
        };
        journal::record(tx, None, Some(declaration.id), &event)?;
    }
    if declaration.state() != State::Closed && (seen.reopens() || seen.is_to_be_read()) {
        mail::told_after(tx, declaration, before)?;
    }
    if seen.new.iter().any(|finding| finding.tell_contract_monitor) {
        mail::contract(tx, declaration)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::declarations::catalogue::kinds_of;

    #[test]
    fn what_goes_against_the_decision_is_what_the_outcome_does_not_allow() {
        let kinds = kinds_of(&Config::defaults().unwrap()).unwrap();
        let kind = kinds.iter().find(|kind| kind.id == "gift_declaration").unwrap();
        let against = |outcome: &str, told: &str| contradicts(kind.outcome(outcome), Some(told));
        for (outcome, told) in [("return", "kept"), ("return", "shared"), ("hand_to_state", "kept"), ("share", "kept")]
        {
            assert!(against(outcome, told), "{outcome} {told}");
        }
        // The regulation leaves both, the return and the State, to what cannot be kept.
        for (outcome, told) in [("return", "returned"), ("hand_to_state", "returned"), ("accept", "kept")] {
            assert!(!against(outcome, told), "{outcome} {told}");
        }
        assert!(!contradicts(None, Some("kept")) && !contradicts(kind.outcome("return"), None));
    }
}
