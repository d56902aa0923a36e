//! Taking out more rows that name people than one person may alone.

use super::act::{Act, ActKind, export_subject};
use super::store;
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::campaigns;
use crate::error::{Error, Result};
use crate::register;
use crate::reports;
use crate::web::page::percent;

/// A file whose rows name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Register,
    Audit,
    /// Whom a campaign would hardly reach.
    Trial,
}

/// The files of this module: name, address, and where its rows come from.
const FILES: [(&str, &str, Rows); 5] = [
    ("register.csv", "/registre/export.csv", Rows::Register),
    ("register.xlsx", "/registre/export.xlsx", Rows::Register),
    ("audit.csv", "/rapports/audit.csv", Rows::Audit),
    ("audit.xlsx", "/rapports/audit.xlsx", Rows::Audit),
    ("campaign-trial.csv", "/campagnes/essai.csv", Rows::Trial),
];

/// Address of a file with its filter.
pub fn address(file: &str, query: &str) -> Option<String> {
    let (_, path, _) = FILES.iter().find(|(name, ..)| *name == file)?;
    Some(if query.is_empty() { (*path).to_owned() } else { format!("{path}?{query}") })
}

/// Refuses, before the first byte, what somebody else must approve first.
///
/// # Errors
/// [`Error::SecondPerson`] with the page that asks for the approval.
pub fn require(tx: &mut Tx<'_>, actor: &Actor, file: &str, query: &str) -> Result<()> {
    let most = tx.book.config.acts.export_rows;
    let Some((_, _, rows)) = FILES.iter().find(|(name, ..)| *name == file) else { return Ok(()) };
    let is_few = *rows != Rows::Trial && reports::queries::never_more_than(tx, most)?;
    if is_few || count(tx, actor, *rows, query, Some(most))?.1 <= most {
        return Ok(());
    }
    let subject = export_subject(file, query);
    if store::in_force(tx, ActKind::Export, &subject, Some(actor.person))?.is_some() {
        return Ok(());
    }
    Err(Error::SecondPerson(format!("/actes/demande?file={file}&query={}", percent(query))))
}

/// The export that a form names, counted as it is now. The filter comes from an address: it is read again, never trusted.
///
/// # Errors
/// No such file.
pub fn of_form(tx: &mut Tx<'_>, actor: &Actor, file: &str, query: &str) -> Result<Act> {
    let (name, _, rows) = FILES.iter().find(|(name, ..)| *name == file).ok_or(Error::NotFound)?;
    let (query, rows) = count(tx, actor, *rows, query, None)?;
    Ok(Act::Export { file: (*name).to_owned(), query, rows })
}

/// The filter as it is understood, and how many rows it gives; no further than one over `most`.
fn count(tx: &mut Tx<'_>, actor: &Actor, rows: Rows, query: &str, most: Option<i64>) -> Result<(String, i64)> {
    match rows {
        Rows::Register => register::export::counted(tx, actor, query, most),
        Rows::Audit => reports::pages::counted(tx, actor, query, most),
        Rows::Trial => {
            require_page(&tx.book.access, actor, PageAction::Campaigns)?;
            Ok((String::new(), i64::try_from(campaigns::actions::gaps(tx)?.len()).unwrap_or(i64::MAX)))
        }
    }
}
