//! What lies beside a declaration in other tables. Most files have none of it: one reading says which of them to ask.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::{comments, crosschecks, passport_links, rectifications, state_objects};
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::measures;
use crate::measures::store::Measure;

/// What a declaration has, and its measures.
#[derive(Debug, Default)]
pub struct Beside {
    pub comments: bool,
    pub rectifications: bool,
    pub crosschecks: bool,
    /// An object that goes to the State.
    pub object: bool,
    pub passport: bool,
    /// What its decision asks, one by one; empty for one taken before they were followed.
    pub measures: Vec<Measure>,
}

impl Beside {
    /// # Errors
    /// The database does not answer.
    pub fn of(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Self> {
        macro_rules! some {
            ($table:ident) => {
                exists($table::table.filter($table::declaration_id.eq(declaration.id)))
            };
        }
        let (comments, rectifications, crosschecks, object, passport) = each_engine!(tx.conn, conn => diesel::select((
                some!(comments),
                some!(rectifications),
                some!(crosschecks),
                some!(state_objects),
                some!(passport_links),
            ))
            .get_result(conn))?;
        let measures = match declaration.measures.as_str() {
            "[]" => Vec::new(),
            _ => measures::store::of_declaration(tx, declaration.id)?,
        };
        Ok(Self { comments, rectifications, crosschecks, object, passport, measures })
    }

    /// Measures that are not settled yet.
    pub fn open_measures(&self) -> usize {
        self.measures.iter().filter(|measure| measure.state().is_live()).count()
    }
}
