//! Letters about changes of the forms.

use chrono::NaiveDate;

use super::proposals::Proposal;
use crate::app::Tx;
use crate::error::Result;
use crate::people::PersonId;
use crate::policy::mail::{Waits, to_author, to_whoever_adopts};

fn link(proposal: &Proposal) -> String {
    format!("/formulaires/propositions/{}", proposal.id)
}

/// To those who adopt: a change that was submitted waits for them.
pub fn proposed(tx: &mut Tx<'_>, proposal: &Proposal, author: PersonId) -> Result<()> {
    let waits = Waits { effective: Some(proposal.effective), until: proposal.standing().expires_at(tx) };
    to_whoever_adopts(tx, "forms-proposed", link(proposal), author, waits)
}

/// To its author: adopted from a day, or refused.
pub fn decided(tx: &mut Tx<'_>, proposal: &Proposal, name: &'static str, effective: Option<NaiveDate>) -> Result<()> {
    to_author(tx, name, link(proposal), proposal.proposed_by, effective)
}
