//! Where a declaration stands after each event. The journal keeps it beside the event: the register as it was known at any
//! instant is read there (`register/known.rs`), and the tables must say the same (`journal/agreement.rs`).

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::{self, Declaration};
use super::workflow::State;
use crate::app::Tx;
use crate::attachments::store as attachments;
use crate::error::Result;
use crate::measures;
use crate::people::PersonId;
use crate::random::sha256_hex;

/// The names are those of the journal, for ever: add, never rename.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub state: State,
    pub revision: i32,
    /// The person who has it; an office when nobody in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decider: Option<PersonId>,
    /// Of the declarant. While the file is open it follows the directory, without an event of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<PersonId>,
    /// SHA-256 of the answers on file.
    pub answers: String,
    /// SHA-256 of everything else that the register says of it.
    pub rest: String,
    /// Who has yet to read what was told after the decision; nothing when nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<Readers>,
    /// SHA-256 of the rows of what its decision asked; nothing when it asked nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<String>,
    /// SHA-256 of the rows of the files that its answers name and that prove its measures; nothing when it names none and is asked
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<String>,
}

/// A person, an office, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readers {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
}

impl Standing {
    /// # Errors
    /// The database does not answer.
    pub fn of(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Self> {
        let followed = declaration.measures != "[]";
        Ok(Self {
            measures: if followed { measures::store::fingerprint(tx, declaration.id)? } else { None },
            joined: joined(tx, declaration, followed)?,
            state: declaration.state(),
            revision: declaration.revision,
            holder: declaration.holder_id,
            office: declaration.holder_office.clone(),
            due_on: declaration.due_on,
            outcome: declaration.outcome.clone(),
            decider: declaration.decider_id,
            supervisor: declaration.supervisor_id,
            readers: declaration
                .waits_for_a_reader()
                .then(|| Readers { person: declaration.reader_id, office: declaration.reader_office.clone() }),
            answers: sha256_hex(declaration.answers.as_bytes()),
            rest: rest(declaration)?,
        })
    }
}

/// Most files join nothing: their answers are not read for it.
fn joined(tx: &mut Tx<'_>, of: &Declaration, followed: bool) -> Result<Option<String>> {
    let named = if of.answers.contains("\"sha256\"") {
        attachments::named(&serde_json::from_str(&of.answers)?)
    } else {
        HashMap::new()
    };
    if named.is_empty() && !followed {
        return Ok(None);
    }
    attachments::fingerprint(tx, of.id, &named).map(Some)
}

/// Over the columns that change with an event only, and that no member of [`Standing`] has. What is being typed, counters of
/// saves and links that a destruction cuts are not among them.
fn rest(of: &Declaration) -> Result<String> {
    let filing = json!([
        of.key,
        of.reference,
        of.kind,
        of.kind_version_id,
        of.class,
        of.declarant_id,
        of.unit_id,
        of.regime,
        of.first_filed_at,
        of.filed_at,
        of.days_late,
        of.attention,
        of.findings,
        of.policy_version_id,
    ]);
    let facts = json!([
        of.subject,
        of.occurred_on,
        of.occurred_until,
        of.value_cents,
        of.company_id,
        of.company_name,
        of.contract,
        of.purpose,
        of.category,
        of.disposition,
        of.contract_linked,
    ]);
    let course = json!([
        of.resume_state,
        of.held_for_id,
        of.route_reason,
        of.decide_by,
        of.decided_at,
        of.decided_step,
        of.decided_for_id,
        of.outside_authority,
        of.measures,
        of.closed_at,
    ]);
    Ok(sha256_hex(serde_json::to_string(&[filing, facts, course])?.as_bytes()))
}

/// After what this transaction did so far. Nothing of a draft, nor of what is not there any more.
///
/// # Errors
/// The database does not answer, or the file is sealed by a key that is not here.
pub fn now(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Standing>> {
    let found = store::find_if_there_unguarded(tx, declaration)?;
    found.filter(|found| found.first_filed_at.is_some()).map(|found| Standing::of(tx, &found)).transpose()
}
