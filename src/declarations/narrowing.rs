//! Parts of an address that narrow a list, read the same way wherever there is one. What means nothing is said beside its field: a
//! filter that is quietly ignored would show, and let out, more than was asked.

use crate::app::Tx;
use crate::companies::CompanyId;
use crate::companies::store::{self, Meant};
use crate::error::{FieldError, Result};
use crate::people::{self, UnitId};

/// No company has this id.
const NOBODY: CompanyId = 0;

/// Companies that a name typed in a filter may mean: beyond, the name tells too little.
const MOST_COMPANIES: i64 = 20;

/// `type`: a kind of declaration.
pub fn kind(tx: &Tx<'_>, typed: &str, wrong: &mut Vec<FieldError>) -> Option<String> {
    let kind = Some(typed.trim().to_owned()).filter(|kind| !kind.is_empty())?;
    if tx.book.catalogue.kind(&kind).is_none() {
        wrong.push(FieldError::new("type", "error-unknown-choice"));
    }
    Some(kind)
}

/// `unite`: a unit, by id.
///
/// # Errors
/// The database does not answer.
pub fn unit(tx: &mut Tx<'_>, typed: &str, wrong: &mut Vec<FieldError>) -> Result<Option<UnitId>> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let known = people::store::units(tx)?;
    let unit = known.into_iter().map(|unit| unit.id).find(|id| id.to_string() == typed.trim());
    if unit.is_none() {
        wrong.push(FieldError::new("unite", "error-unknown-choice"));
    }
    Ok(unit)
}

/// `entreprise` and `fiche`: every company that goes or went by the name typed, or the one whose page led here.
///
/// # Errors
/// The database does not answer.
pub fn companies(
    tx: &mut Tx<'_>,
    typed: &str,
    page: &str,
    wrong: &mut Vec<FieldError>,
) -> Result<Option<Vec<CompanyId>>> {
    let found = match (typed.trim(), page.trim()) {
        ("", "") => return Ok(None),
        ("", page) => store::standing_for(tx, page.parse().unwrap_or(NOBODY))?,
        (typed, _) => match store::meant(tx, typed, MOST_COMPANIES)? {
            Meant::These(found) => found,
            Meant::TooMany => {
                wrong.push(FieldError::with("entreprise", "error-company-many", MOST_COMPANIES));
                return Ok(None);
            }
            Meant::TooShort => {
                wrong.push(FieldError::new("entreprise", "error-company-short"));
                return Ok(None);
            }
        },
    };
    Ok(Some(if found.is_empty() { vec![NOBODY] } else { found }))
}
