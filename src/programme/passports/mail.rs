//! Who is told of a ruling: whoever has a linked request to decide.

use super::store::Passport;
use crate::app::Tx;
use crate::declarations::reminders::holders_allowed;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::outbox::{Letter, enqueue};
use crate::people::{self, PersonId};
use crate::texts::Arg;

/// The letter carries no ruling: it says where to read it.
pub fn ruled(tx: &mut Tx<'_>, _passport: &Passport, request: &Declaration, by: PersonId) -> Result<()> {
    if !request.state().is_pending() {
        return Ok(());
    }
    let holders = match (request.holder_id, request.office()) {
        (Some(person), _) => vec![person],
        (None, Some(office)) => holders_allowed(tx, request, office)?,
        (None, None) => Vec::new(),
    };
    let reference = request.reference.clone().unwrap_or_default();
    for holder in holders.into_iter().filter(|holder| *holder != by) {
        let to = people::store::find(tx, holder)?;
        let letter = Letter {
            name: "ruled",
            declaration: Some(request.id),
            reference: Some(&reference),
            args: vec![("ref", Arg::from(reference.as_str()))],
            facts: vec![("letter-fact-reference", reference.clone())],
            quote: None,
            link: format!("/d/{reference}"),
            in_thread_of: None,
            receipt: false,
        };
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}
