//! What is beside one declaration: others of the same person, drafts it opened.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::access::{Action, Actor, Target, Verdict, may};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::kept::Keep;
use crate::db::schema::{barred, declarations};
use crate::declarations::kind::Office;
use crate::declarations::shown::not_sealed;
use crate::declarations::store::Declaration;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::people::{PersonId, UnitId};
use crate::text::Language;

/// The last declarations of the same person that this reader may read, this one aside.
pub fn earlier(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration) -> Result<Vec<Earlier>> {
    let rows: Vec<Earlier> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(declaration.declarant_id))
        .filter(declarations::first_filed_at.lt(declaration.first_filed_at))
        .filter(not_sealed())
        .filter(declarations::id.ne(declaration.id))
        .filter(not(exists(
            barred::table
                .filter(barred::declaration_id.eq(declarations::id))
                .filter(barred::person_id.eq(actor.person)),
        )))
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(8)
        .select(Earlier::as_select())
        .kept()
        .load(conn))?;
    Ok(rows
        .into_iter()
        .filter(|row| may(&tx.book.access, actor, Action::Read, &row.target()) == Verdict::Allowed)
        .collect())
}

/// The lines of earlier declarations in a language other than the one that lists keep.
pub fn in_language(tx: &mut Tx<'_>, earlier: &mut [Earlier], language: Language) -> Result<()> {
    if language == Language::Fr || earlier.is_empty() {
        return Ok(());
    }
    let keys: Vec<String> = earlier.iter().map(|row| row.key.clone()).collect();
    let said: Vec<(String, i64, String)> = declarations::table
        .filter(declarations::key.eq_any(keys))
        .select((declarations::key, declarations::kind_version_id, declarations::answers))
        .load(tx.conn)?;
    for (key, version, answers) in said {
        let kind = tx.book.catalogue.version(version)?;
        let subject = kind.subject_of(&serde_json::from_str(&answers)?, language);
        earlier.iter_mut().filter(|row| row.key == key).for_each(|row| row.subject.clone_from(&subject));
    }
    Ok(())
}

/// What is shown of an earlier declaration of the same person, and what the policy asks of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = declarations)]
pub struct Earlier {
    pub key: String,
    pub reference: Option<String>,
    pub subject: String,
    pub first_filed_at: Option<Instant>,
    pub kind: String,
    pub company_id: Option<i64>,
    #[diesel(column_name = state)]
    state_name: String,
    declarant_id: PersonId,
    holder_id: Option<PersonId>,
    holder_office: Option<String>,
    supervisor_id: Option<PersonId>,
    decider_id: Option<PersonId>,
    contract_linked: bool,
    unit_id: UnitId,
}

impl Earlier {
    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Closed)
    }

    pub fn slug(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.key)
    }

    fn target(&self) -> Target<'_> {
        Target {
            kind: &self.kind,
            state: self.state(),
            declarant: self.declarant_id,
            holder: self.holder_id,
            holder_office: self.holder_office.as_deref().and_then(Office::parse),
            supervisor: self.supervisor_id,
            decider: self.decider_id,
            contract_linked: self.contract_linked,
            unit: self.unit_id,
            emergency: false,
            barred: false,
        }
    }
}

/// Ids of the drafts opened from a declaration.
pub fn draft_ids_from(tx: &mut Tx<'_>, origin: i64) -> Result<Vec<i64>> {
    Ok(declarations::table
        .filter(declarations::origin_id.eq(origin))
        .filter(declarations::state.eq(State::Draft.as_str()))
        .select(declarations::id)
        .load(tx.conn)?)
}

/// Drafts opened from a declaration: key and subject.
pub fn drafts_from(tx: &mut Tx<'_>, origin: i64) -> Result<Vec<(String, String)>> {
    Ok(declarations::table
        .filter(declarations::origin_id.eq(origin))
        .filter(declarations::state.eq(State::Draft.as_str()))
        .order(declarations::id.asc())
        .select((declarations::key, declarations::subject))
        .load(tx.conn)?)
}
