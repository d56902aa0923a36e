//! Letters about changes of the policy, and the ones that changes of the forms write in the same way.

use chrono::NaiveDate;

use super::proposals::Proposal;
use crate::access::Role;
use crate::app::Tx;
use crate::clock::Instant;
use crate::error::Result;
use crate::formats::{format_date_long, format_datetime};
use crate::outbox::{Letter, enqueue};
use crate::people::{PersonId, roles, store};
use crate::text::Language;
use crate::texts::Arg;

fn link(proposal: &Proposal) -> String {
    format!("/regles/propositions/{}", proposal.id)
}

/// To those who adopt: a change that was submitted waits for them.
pub fn proposed(tx: &mut Tx<'_>, proposal: &Proposal, author: PersonId) -> Result<()> {
    let waits = Waits {
        effective: proposal.policy(tx).ok().map(|policy| policy.file.effective),
        until: proposal.standing().expires_at(tx),
    };
    to_whoever_adopts(tx, "rules-proposed", link(proposal), author, waits)
}

/// To its author: adopted from a day, or refused.
pub fn decided(tx: &mut Tx<'_>, proposal: &Proposal, name: &'static str, effective: Option<NaiveDate>) -> Result<()> {
    to_author(tx, name, link(proposal), proposal.proposed_by, effective)
}

/// What whoever adopts has to know of the days of a proposal.
#[derive(Clone, Copy)]
pub struct Waits {
    /// The day from which it would hold.
    pub effective: Option<NaiveDate>,
    /// When it goes back to its author.
    pub until: Option<Instant>,
}

/// Tells those who adopt that a proposal waits, and until when, its author left aside.
pub fn to_whoever_adopts(
    tx: &mut Tx<'_>,
    name: &'static str,
    link: String,
    author: PersonId,
    waits: Waits,
) -> Result<()> {
    let who = store::find(tx, author)?;
    for person in roles::holders(tx, Role::SecretaryGeneral)?.into_iter().filter(|person| *person != author) {
        let to = store::find(tx, person)?;
        let mut letter = Letter::plain(name, link.clone());
        letter.args = vec![("who", Arg::from(who.short_name()))];
        let language = Language::parse(&to.language);
        let effective = waits.effective.map(|day| ("letter-fact-effective", format_date_long(day, language)));
        let before =
            waits.until.map(|until| ("letter-fact-answer-before", format_datetime(until, tx.zone(), language)));
        letter.facts = effective.into_iter().chain(before).collect();
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}

/// Tells the author of a proposal what became of it.
pub fn to_author(
    tx: &mut Tx<'_>,
    name: &'static str,
    link: String,
    author: PersonId,
    effective: Option<NaiveDate>,
) -> Result<()> {
    let to = store::find(tx, author)?;
    let mut letter = Letter::plain(name, link);
    if let Some(effective) = effective {
        letter.facts = vec![("letter-fact-effective", format_date_long(effective, Language::parse(&to.language)))];
    }
    enqueue(tx, &to, &letter)
}
