//! A change of the policy: written by one person, adopted by another, in force from a day to come. Going back is proposing
//! an earlier file again: nothing is ever taken out of the history.

use chrono::NaiveDate;
use diesel::prelude::*;
use toml_edit::{DocumentMut, value};

use super::file::{self, Problems};
use super::rules::Policy;
use super::{mail, versions};
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::adoption::{self, Standing};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::policy_proposals;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;

pub use crate::adoption::State;

/// A proposal as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = policy_proposals)]
pub struct Proposal {
    pub id: i64,
    pub based_on_id: i64,
    pub document: String,
    pub note: String,
    #[diesel(column_name = state)]
    state_name: String,
    pub version: i32,
    pub proposed_by: PersonId,
    pub proposed_at: Instant,
    pub changed_at: Instant,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Instant>,
    pub reason: Option<String>,
    pub policy_version_id: Option<i64>,
}

impl Proposal {
    /// The policy it would be.
    ///
    /// # Errors
    /// Everything that is wrong with its file.
    pub fn policy(&self, tx: &Tx<'_>) -> std::result::Result<Policy, Problems> {
        read(tx, &self.document)
    }
}

/// Reads a file against the kinds in force.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(tx: &Tx<'_>, document: &str) -> std::result::Result<Policy, Problems> {
    let kinds = tx.book.catalogue.kinds();
    let kinds: Vec<_> = kinds.iter().map(|version| version.kind.as_ref()).collect();
    file::read("proposition.toml", document, &kinds)
}

/// Proposals, the last touched first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Proposal>> {
    Ok(policy_proposals::table
        .order((policy_proposals::changed_at.desc(), policy_proposals::id.desc()))
        .limit(100)
        .select(Proposal::as_select())
        .load(tx.conn)?)
}

/// Begins a proposal from a version of the policy; it takes effect tomorrow unless it says another day.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, from: i64) -> Result<Proposal> {
    require_page(&tx.book.access, actor, PageAction::ProposePolicy)?;
    versions::by_id(tx, from)?;
    let document = versions::document(tx, from)?;
    let tomorrow = tx.today().succ_opt().unwrap_or(tx.today());
    let document = edited(&document, |file| set_effective(file, tomorrow))?;
    let now = tx.now();
    let id: i64 = diesel::insert_into(policy_proposals::table)
        .values((
            policy_proposals::based_on_id.eq(from),
            policy_proposals::document.eq(document),
            policy_proposals::note.eq(""),
            policy_proposals::state.eq(State::Draft.as_str()),
            policy_proposals::version.eq(1),
            policy_proposals::proposed_by.eq(actor.person),
            policy_proposals::proposed_at.eq(now),
            policy_proposals::changed_at.eq(now),
        ))
        .returning(policy_proposals::id)
        .get_result(tx.conn)?;
    find(tx, id)
}

/// What somebody changes in a proposal.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The whole file, when it was edited as text.
    pub document: Option<String>,
    /// Limits that were changed one by one, by name.
    pub limits: Vec<(String, i64)>,
    pub effective: Option<NaiveDate>,
    pub note: Option<String>,
}

/// Saves a change; what nobody answered in time is a draft again. A file with problems is kept too, so that nothing typed is
/// lost: it cannot be submitted.
pub fn save(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, change: &Change) -> Result<Proposal> {
    let proposal = of_author(tx, actor, id, version)?;
    // Nobody answered in time.
    let was_submitted = proposal.state() == State::Submitted;
    let mut document = change.document.clone().unwrap_or(proposal.document);
    if document.len() > file::LONGEST {
        return Err(Error::field("document", "policy-too-long"));
    }
    if !change.limits.is_empty() || change.effective.is_some() {
        document = edited(&document, |file| {
            for (name, limit) in &change.limits {
                if let Some(table) = file.get_mut("limits").and_then(|limits| limits.as_table_like_mut())
                    && let Some(item) = table.get_mut(name)
                {
                    *item = value(*limit);
                }
            }
            if let Some(effective) = change.effective {
                set_effective(file, effective);
            }
        })?;
    }
    let note = adoption::note(&change.note.clone().unwrap_or(proposal.note))?;
    let now = tx.now();
    let saved = diesel::update(policy_proposals::table.find(id).filter(policy_proposals::version.eq(version)))
        .set((
            policy_proposals::document.eq(document),
            policy_proposals::note.eq(note),
            policy_proposals::state.eq(State::Draft.as_str()),
            policy_proposals::version.eq(version + 1),
            policy_proposals::changed_at.eq(now),
        ))
        .execute(tx.conn)?;
    if saved == 0 {
        return Err(Error::Stale);
    }
    if was_submitted {
        journal::record(tx, Some(actor.person), None, &Event::PolicyReopened { proposal: id })?;
    }
    find(tx, id)
}

/// Sends a proposal to whoever adopts: its file has no problem, says something new, and leaves people a day.
pub fn submit(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32) -> Result<Proposal> {
    let proposal = of_author(tx, actor, id, version)?;
    let mut errors = Vec::new();
    if proposal.note.is_empty() {
        errors.push(FieldError::new("note", "error-policy-note"));
    }
    match proposal.policy(tx) {
        Ok(policy) if policy.file.effective <= tx.today() => {
            errors.push(FieldError::new("effective", "error-policy-effective"));
        }
        Ok(_) if says_nothing_new(tx, &proposal)? => errors.push(FieldError::new("document", "error-policy-same")),
        Ok(_) => {}
        Err(_) => errors.push(FieldError::new("document", "error-policy-problems")),
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    move_to(tx, &proposal, State::Submitted)?;
    journal::record(
        tx,
        Some(actor.person),
        None,
        &Event::PolicyProposed { proposal: id, note: proposal.note.clone() },
    )?;
    let submitted = find(tx, id)?;
    mail::proposed(tx, &submitted, actor.person)?;
    Ok(submitted)
}

/// It is the file that it started from, but for its date.
fn says_nothing_new(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<bool> {
    let dated = |document: &str| edited(document, |file| set_effective(file, NaiveDate::MIN));
    let base = versions::document(tx, proposal.based_on_id)?;
    let in_force = versions::in_force(tx, tx.today())?.id;
    // An earlier version taken up again is something new as long as another is in force.
    Ok(versions::was_one(tx, &proposal.document)?
        || (in_force == proposal.based_on_id && dated(&base)? == dated(&proposal.document)?))
}

/// Somebody else than its author puts it in force from its day.
pub fn adopt(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32) -> Result<Proposal> {
    let proposal = to_decide(tx, actor, id, version)?;
    let policy = proposal.policy(tx).map_err(|_| Error::NotPossible("not-possible-policy-problems"))?;
    let effective = policy.file.effective;
    if effective <= tx.today() {
        return Err(Error::NotPossible("not-possible-policy-date"));
    }
    let now = tx.now();
    let adopted = versions::keep(tx.conn, effective, &proposal.document, now, Some(now))?;
    decide(tx, &proposal, actor.person, State::Adopted, None, Some(adopted))?;
    let event = Event::PolicyAdopted { proposal: id, policy_version: adopted, effective };
    journal::record(tx, Some(actor.person), None, &event)?;
    mail::decided(tx, &proposal, "rules-adopted", Some(effective))?;
    find(tx, id)
}

adoption::moves!(
    policy_proposals, became policy_version_id, by ProposePolicy and AdoptPolicy,
    PolicyRefused("rules-refused"), PolicyWithdrawn
);

/// A file changed in place: its comments and its order stay.
fn edited(document: &str, change: impl FnOnce(&mut DocumentMut)) -> Result<String> {
    let mut file: DocumentMut = document.parse().map_err(|_| Error::field("document", "error-policy-problems"))?;
    change(&mut file);
    Ok(file.to_string())
}

fn set_effective(file: &mut DocumentMut, day: NaiveDate) {
    file.insert("effective", value(day.to_string()));
}
