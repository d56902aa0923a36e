//! Statements kept prepared by their text. The library prepares again, each time, an `UPDATE`, a list (`IN (?, ?)`) and whatever holds
//! words written out, since their text may differ from one use to the next. Where the texts are few, keeping each is sooner: a
//! preparation costs more than most of our statements.

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::{QueryResult, RunQueryDsl};

/// See [`Keep::kept`].
#[derive(Debug, Clone, Copy)]
pub struct Kept<Q>(Q);

pub trait Keep: Sized {
    /// The same statement, kept prepared. Only for statements whose texts are few: each stays as long as its connection.
    fn kept(self) -> Kept<Self> {
        Kept(self)
    }
}

impl<Q> Keep for Q {}

impl<Q> QueryId for Kept<Q> {
    type QueryId = ();

    // Found by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend, Q: QueryFragment<DB>> QueryFragment<DB> for Kept<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _backend: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q: Query> Query for Kept<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, Conn> RunQueryDsl<Conn> for Kept<Q> {}
