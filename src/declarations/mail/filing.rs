//! Letters after a version, a correction or a withdrawal.

use super::{Filing, Matter, decider_told, ethics_officers, holders, outside};
use crate::access::Role;
use crate::app::Tx;
use crate::declarations::answers::Answers;
use crate::declarations::kind::{Kind, Office};
use crate::declarations::reminders::holders_allowed;
use crate::declarations::store::{self, Declaration};
use crate::error::Result;
use crate::outbox::enqueue;
use crate::people::store::Person;
use crate::people::{self, PersonId, roles};
use crate::text::Language;
use crate::texts::Arg;

/// E1 to the declarant, E2 to whoever decides (E11 for a correction), E12 to the ethics officer when flagged.
pub fn after_filing(
    tx: &mut Tx<'_>,
    kind: &Kind,
    declaration: &Declaration,
    declarant: &Person,
    filing: Filing,
) -> Result<()> {
    let matter = Matter::from(tx, declaration, declarant.clone());
    if filing == Filing::New {
        let mut receipt = matter.letter(tx, "received", declarant);
        receipt.receipt = true;
        enqueue(tx, declarant, &receipt)?;
    }
    let name = if filing == Filing::New { "decide" } else { "corrected" };
    for holder in holders(tx, declaration)? {
        let mut letter = matter.letter(tx, name, &holder);
        letter.in_thread_of = (filing != Filing::New && !declaration.is_sealed()).then_some("decide");
        enqueue(tx, &holder, &letter)?;
    }
    if filing == Filing::New {
        for office in &kind.routing.also_told {
            // Whoever a rule warns, or who has the file, is told already.
            let warned = declaration.attention >= 2 && *office == Office::EthicsOfficer;
            if warned || declaration.office() == Some(*office) {
                continue;
            }
            for id in holders_allowed(tx, declaration, *office)? {
                let person = people::store::find(tx, id)?;
                let letter = matter.letter(tx, "copied", &person);
                enqueue(tx, &person, &letter)?;
            }
        }
    }
    if declaration.is_outside() {
        outside(tx, declaration)?;
    }
    let findings = declaration.findings()?;
    // The ethics officer is told once of a finding, however many versions have it.
    let flagged = filing != Filing::Correction { newly_flagged: false } && declaration.attention >= 2;
    if flagged && declaration.office() != Some(Office::EthicsOfficer) {
        for officer in ethics_officers(tx, declaration)? {
            let letter = matter.letter(tx, "flagged", &officer);
            enqueue(tx, &officer, &letter)?;
        }
    }
    if filing == Filing::New && findings.iter().any(|finding| finding.tell_contract_monitor) {
        contract(tx, declaration)?;
    }
    Ok(())
}

/// To the contract-rules officer: a rule says that it concerns a contract process.
pub fn contract(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for id in roles::holders(tx, Role::ContractMonitor)? {
        if id != declaration.declarant_id && !store::is_barred(tx, declaration.id, id)? {
            let monitor = people::store::find(tx, id)?;
            let mut letter = matter.letter(tx, "contract", &monitor);
            letter.facts.retain(|(label, _)| *label == "letter-fact-reference");
            enqueue(tx, &monitor, &letter)?;
        }
    }
    Ok(())
}

/// E11. What was told after the decision is to be read: to whoever decided, to whoever has the file from now on, and to the ethics
/// officers, with what changed in words (`told_changes.rs`); of a confidential matter, nothing of it.
pub fn told_after(tx: &mut Tx<'_>, declaration: &Declaration, before: &Answers) -> Result<()> {
    if declaration.is_outside() {
        outside(tx, declaration)?;
    }
    let mut told = holders(tx, declaration)?;
    told.extend(decider_told(tx, declaration)?);
    told.extend(ethics_officers(tx, declaration)?);
    let matter = Matter::of(tx, declaration)?;
    let after = declaration.answers()?;
    let mut done = Vec::new();
    for person in told {
        if done.contains(&person.id) {
            continue;
        }
        done.push(person.id);
        let mut letter = matter.letter(tx, "told-after", &person);
        let decided = declaration.decider_id == Some(person.id);
        letter.args.push(("decided", Arg::from(if decided { "yes" } else { "no" })));
        letter.quote = matter.changes(tx, (before, &after), Language::parse(&person.language))?;
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
}

pub fn after_withdrawal(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    holder: (Option<PersonId>, Option<Office>),
) -> Result<()> {
    let mut before = declaration.clone();
    before.holder_id = holder.0;
    before.holder_office = holder.1.map(|office| office.as_str().to_owned());
    let matter = Matter::of(tx, declaration)?;
    for person in holders(tx, &before)? {
        let mut letter = matter.letter(tx, "withdrawn", &person);
        if holder.1.is_none() {
            // Whoever had it cannot open it any more unless they supervise the person.
            "/a-traiter".clone_into(&mut letter.link);
        }
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
}
