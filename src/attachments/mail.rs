//! The letter to whoever joined a file in which the antivirus found something, after it was received. It carries neither
//! the name of the file nor that of the virus.

use crate::app::Tx;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::outbox::{Letter, enqueue};
use crate::people::{self, PersonId};

/// Tells whoever joined it. Of a sealed file, a letter says only that something is to be read; of a draft, nothing leads
/// to it: it may be given up, and leaves no trace then.
pub fn infected(tx: &mut Tx<'_>, declaration: &Declaration, measure: Option<i64>, to: PersonId) -> Result<()> {
    let person = people::store::find(tx, to)?;
    let (filed, sealed) = (declaration.first_filed_at.is_some(), declaration.is_sealed());
    let reference = declaration.reference.as_deref().filter(|_| !sealed);
    let link = match (measure, filed) {
        (Some(measure), _) => format!("/mesures/{measure}"),
        (None, true) => format!("/d/{}", reference.unwrap_or(&declaration.key)),
        (None, false) => "/".to_owned(),
    };
    let letter = Letter {
        name: if sealed && filed { "sealed-message" } else { "file-infected" },
        declaration: filed.then_some(declaration.id),
        reference,
        args: Vec::new(),
        facts: reference.map(|reference| ("letter-fact-reference", reference.to_owned())).into_iter().collect(),
        quote: None,
        link,
        in_thread_of: None,
        receipt: false,
    };
    enqueue(tx, &person, &letter)
}
