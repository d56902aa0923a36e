//! Letters about changes of the policy.

use chrono::NaiveDate;

use super::proposals::Proposal;
use crate::access::Role;
use crate::app::Tx;
use crate::error::Result;
use crate::formats::format_date_long;
use crate::outbox::{Letter, enqueue};
use crate::people::{PersonId, roles, store};
use crate::text::Language;
use crate::texts::Arg;

fn letter<'l>(name: &'static str, proposal: &Proposal) -> Letter<'l> {
    Letter {
        name,
        declaration: None,
        reference: None,
        args: Vec::new(),
        facts: Vec::new(),
        quote: None,
        link: format!("/regles/propositions/{}", proposal.id),
        in_thread_of: None,
        receipt: false,
    }
}

/// To those who adopt: a change waits for them.
pub fn proposed(tx: &mut Tx<'_>, proposal: &Proposal, author: PersonId) -> Result<()> {
    let who = store::find(tx, author)?;
    for person in roles::holders(tx, Role::SecretaryGeneral)?.into_iter().filter(|person| *person != author) {
        let to = store::find(tx, person)?;
        let mut letter = letter("rules-proposed", proposal);
        letter.args = vec![("who", Arg::from(who.short_name()))];
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}

/// To its author: adopted from a day, or refused.
pub fn decided(tx: &mut Tx<'_>, proposal: &Proposal, name: &'static str, effective: Option<NaiveDate>) -> Result<()> {
    let to = store::find(tx, proposal.proposed_by)?;
    let mut letter = letter(name, proposal);
    if let Some(effective) = effective {
        letter.facts = vec![("letter-fact-effective", format_date_long(effective, Language::parse(&to.language)))];
    }
    enqueue(tx, &to, &letter)
}
