//! A change of a form: written by one person, adopted by another, asked of people from a day to come. Going back is
//! proposing an earlier version again.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{change, mail, versions};
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::adoption::{self, Standing};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::kind_proposals;
use crate::declarations::kind::Kind;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;
use crate::policy::file::{LONGEST, Problems};

pub use crate::adoption::State;

/// A proposal as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = kind_proposals)]
pub struct Proposal {
    pub id: i64,
    pub kind: String,
    pub based_on_id: i64,
    pub document: String,
    pub effective: NaiveDate,
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
    pub kind_version_id: Option<i64>,
}

impl Proposal {
    /// The form it would be, held against the one in force, the other kinds and the rules.
    ///
    /// # Errors
    /// The database does not answer; inside, everything that is wrong with its file.
    pub fn form(&self, tx: &mut Tx<'_>) -> Result<std::result::Result<Kind, Problems>> {
        let in_force = versions::in_force(tx, &self.kind)?;
        change::read(tx, &in_force.kind, &self.document)
    }
}

/// Proposals, of every kind or of one, the last touched first.
pub fn all(tx: &mut Tx<'_>, kind: Option<&str>) -> Result<Vec<Proposal>> {
    let order = (kind_proposals::changed_at.desc(), kind_proposals::id.desc());
    let every = kind_proposals::table.order(order).limit(100).select(Proposal::as_select());
    Ok(match kind {
        Some(kind) => every.filter(kind_proposals::kind.eq(kind)).load(tx.conn)?,
        None => every.load(tx.conn)?,
    })
}

/// Begins a proposal from a version of a kind; it takes effect tomorrow unless it says another day.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, from: i64) -> Result<Proposal> {
    require_page(&tx.book.access, actor, PageAction::ProposeForms)?;
    let from = versions::find(tx, from)?;
    versions::in_force(tx, &from.name)?;
    let now = tx.now();
    let id: i64 = diesel::insert_into(kind_proposals::table)
        .values((
            kind_proposals::kind.eq(&from.name),
            kind_proposals::based_on_id.eq(from.id),
            kind_proposals::document.eq(&from.document),
            kind_proposals::effective.eq(tx.today().succ_opt().unwrap_or(tx.today())),
            kind_proposals::note.eq(""),
            kind_proposals::state.eq(State::Draft.as_str()),
            kind_proposals::version.eq(1),
            kind_proposals::proposed_by.eq(actor.person),
            kind_proposals::proposed_at.eq(now),
            kind_proposals::changed_at.eq(now),
        ))
        .returning(kind_proposals::id)
        .get_result(tx.conn)?;
    find(tx, id)
}

/// What somebody changes in a proposal.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The whole file.
    pub document: Option<String>,
    pub effective: Option<NaiveDate>,
    pub note: Option<String>,
}

/// Saves a change; what nobody answered in time is a draft again. A file with problems is kept too, so that nothing typed is
/// lost: it cannot be submitted.
pub fn save(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, change: &Change) -> Result<Proposal> {
    let proposal = of_author(tx, actor, id, version)?;
    // Nobody answered in time.
    let was_submitted = proposal.state() == State::Submitted;
    let document = change.document.clone().unwrap_or(proposal.document);
    if document.len() > LONGEST {
        return Err(Error::field("document", "policy-too-long"));
    }
    let note = adoption::note(&change.note.clone().unwrap_or(proposal.note))?;
    let now = tx.now();
    let saved = diesel::update(kind_proposals::table.find(id).filter(kind_proposals::version.eq(version)))
        .set((
            kind_proposals::document.eq(document),
            kind_proposals::effective.eq(change.effective.unwrap_or(proposal.effective)),
            kind_proposals::note.eq(note),
            kind_proposals::state.eq(State::Draft.as_str()),
            kind_proposals::version.eq(version + 1),
            kind_proposals::changed_at.eq(now),
        ))
        .execute(tx.conn)?;
    if saved == 0 {
        return Err(Error::Stale);
    }
    if was_submitted {
        journal::record(tx, Some(actor.person), None, &Event::FormReopened { proposal: id })?;
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
    if proposal.effective <= tx.today() {
        errors.push(FieldError::new("effective", "error-policy-effective"));
    }
    let in_force = versions::in_force(tx, &proposal.kind)?.id;
    if proposal.form(tx)?.is_err() {
        errors.push(FieldError::new("document", "error-policy-problems"));
    } else if versions::find(tx, in_force)?.document == proposal.document {
        errors.push(FieldError::new("document", "error-form-same"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    move_to(tx, &proposal, State::Submitted)?;
    let event = Event::FormProposed { proposal: id, kind: proposal.kind.clone(), note: proposal.note.clone() };
    journal::record(tx, Some(actor.person), None, &event)?;
    let submitted = find(tx, id)?;
    mail::proposed(tx, &submitted, actor.person)?;
    Ok(submitted)
}

/// Somebody else than its author puts it in force from its day.
pub fn adopt(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32) -> Result<Proposal> {
    let proposal = to_decide(tx, actor, id, version)?;
    // The rules and the other kinds may have changed since it was submitted.
    if proposal.form(tx)?.is_err() {
        return Err(Error::NotPossible("not-possible-policy-problems"));
    }
    let effective = proposal.effective;
    if effective <= tx.today() {
        return Err(Error::NotPossible("not-possible-policy-date"));
    }
    let adopted = versions::adopt(tx, &proposal.kind, &proposal.document, effective)?;
    decide(tx, &proposal, actor.person, State::Adopted, None, Some(adopted))?;
    let event = Event::FormAdopted { proposal: id, kind: proposal.kind.clone(), kind_version: adopted, effective };
    journal::record(tx, Some(actor.person), None, &event)?;
    mail::decided(tx, &proposal, "forms-adopted", Some(effective))?;
    find(tx, id)
}

adoption::moves!(
    kind_proposals, became kind_version_id, by ProposeForms and AdoptForms,
    FormRefused("forms-refused"), FormWithdrawn
);
