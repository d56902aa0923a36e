//! The files of a company that its reader reads: those that the register shows them, no other (`lists::narrowed!`).

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::CompanyId;
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::{Instant, start_of_day};
use crate::db::schema::{barred, declarations, persons};
use crate::declarations::lists::{self, Filter, StateFilter};
use crate::declarations::shown;
use crate::error::Result;

/// Files read for the figures and the graph: newest first, so that what is left out is the oldest. Figures say « plus de
/// 999 » from here on.
pub const MOST: i64 = 1_000;

/// What the figures and the graph need of one file.
#[derive(Debug, Clone, Queryable)]
pub struct Link {
    pub id: i64,
    pub reference: Option<String>,
    pub key: String,
    pub kind: String,
    pub filed_at: Option<Instant>,
    pub person: i64,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
}

impl Link {
    pub fn slug(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.key)
    }
}

/// The newest files of some companies, one line each, at most [`MOST`].
pub fn newest(tx: &mut Tx<'_>, actor: &Actor, companies: &[CompanyId]) -> Result<Vec<Link>> {
    let filter = Filter { company: Some(companies.to_vec()), ..Filter::default() };
    let base = declarations::table
        .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
        .select((
            declarations::id,
            declarations::reference,
            declarations::key,
            declarations::kind,
            declarations::first_filed_at,
            persons::id,
            persons::number,
            persons::given_name,
            persons::family_name,
        ))
        .into_boxed();
    Ok(lists::narrowed!(base, tx, actor, filter)
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(MOST)
        .load(tx.conn)?)
}
