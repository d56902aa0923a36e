//! What a file of class C3 says is encrypted wherever the database has it: here for its own columns, its versions and its
//! decisions.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::store::Declaration;
use crate::app::Tx;
use crate::error::{Error, Result};
use crate::sealing::{Place, record};

/// The words of a file. A sealed kind fills no column that lists, rules and reports read (`kind_check.rs`): these are all.
#[derive(Serialize, Deserialize)]
struct Words {
    answers: String,
    correction: Option<String>,
    findings: String,
    measures: String,
    outside_authority: Option<String>,
}

/// Takes the words out of a declaration.
fn taken(from: &mut Declaration) -> Words {
    let text = |place: &mut String, left: &str| std::mem::replace(place, left.to_owned());
    Words {
        answers: text(&mut from.answers, "{}"),
        correction: from.correction.take(),
        findings: text(&mut from.findings, "[]"),
        measures: text(&mut from.measures, "[]"),
        outside_authority: from.outside_authority.take(),
    }
}

fn put_back(words: Words, into: &mut Declaration) {
    let Words { answers, correction, findings, measures, outside_authority } = words;
    into.answers = answers;
    into.correction = correction;
    into.findings = findings;
    into.measures = measures;
    into.outside_authority = outside_authority;
}

fn place(declaration: i64, version: i32) -> Place {
    Place::new("declaration", declaration, version)
}

/// A sealed file without a word, as it is before it has a number.
pub(super) fn emptied(declaration: &Declaration) -> Declaration {
    let mut kept = declaration.clone();
    taken(&mut kept);
    kept
}

/// Do the columns of a sealed file say nothing, as the database has it?
pub fn is_emptied(declaration: &Declaration) -> bool {
    declaration.answers == "{}"
        && declaration.findings == "[]"
        && declaration.measures == "[]"
        && declaration.correction.is_none()
        && declaration.outside_authority.is_none()
}

/// A declaration as the database will have it.
///
/// # Errors
/// A sealed file that nobody opened would lose its words.
pub(super) fn closed<'d>(tx: &mut Tx<'_>, declaration: &'d Declaration) -> Result<Cow<'d, Declaration>> {
    if !declaration.is_sealed() {
        return Ok(Cow::Borrowed(declaration));
    }
    if declaration.sealed.is_some() {
        return Err(Error::Internal(format!("declaration {} is saved without having been opened", declaration.id)));
    }
    let mut kept = declaration.clone();
    let words = serde_json::to_string(&taken(&mut kept))?;
    let key = record::required(tx, declaration.id)?;
    kept.sealed = Some(key.seal_text(&place(declaration.id, declaration.version), &words)?);
    Ok(Cow::Owned(kept))
}

/// A declaration as it reads, for somebody who was allowed to.
///
/// # Errors
/// What was changed, moved from another file or taken from an earlier version does not open.
pub fn opened(tx: &mut Tx<'_>, mut declaration: Declaration) -> Result<Declaration> {
    let Some(envelope) = declaration.sealed.take() else {
        return if declaration.is_sealed() {
            Err(Error::Internal(format!("declaration {} is of class C3 and is not sealed", declaration.id)))
        } else {
            Ok(declaration)
        };
    };
    let key = record::required(tx, declaration.id)?;
    let words = key.open_text(&place(declaration.id, declaration.version), &envelope)?;
    put_back(serde_json::from_str(&words)?, &mut declaration);
    Ok(declaration)
}

/// Some words about a file as the database will have them: encrypted when the file is sealed.
///
/// # Errors
/// When there is no key to encrypt them.
pub fn words<'w>(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    what: &str,
    part: impl std::fmt::Display,
    words: &'w str,
) -> Result<Cow<'w, str>> {
    if !declaration.is_sealed() {
        return Ok(Cow::Borrowed(words));
    }
    let key = record::required(tx, declaration.id)?;
    Ok(Cow::Owned(key.seal_text(&Place::new(what, declaration.id, part), words)?))
}

/// What [`words`] kept.
///
/// # Errors
/// As for [`opened`].
pub fn read(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    what: &str,
    part: impl std::fmt::Display,
    kept: String,
) -> Result<String> {
    if !declaration.is_sealed() {
        return Ok(kept);
    }
    record::required(tx, declaration.id)?.open_text(&Place::new(what, declaration.id, part), &kept)
}
