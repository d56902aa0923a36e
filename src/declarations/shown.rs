//! Which declarations a list about others may hold: what is sealed is not in the range it reads, and the kinds are those
//! that the access table gives to its reader.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::{BigInt, Bool, Text};

use super::catalogue::KindVersion;
use crate::access::{Action, Actor, Kinds, Who};
use crate::app::{Rulebook, Tx};
use crate::db::DbConn;

/// The class that no list about others holds, written out as the indexes of lists say it (migration 0002): a bound
/// value would not meet their condition, and what is sealed would be in the range.
pub(crate) fn not_sealed() -> SqlLiteral<Bool> {
    sql::<Bool>("declarations.class <> 'C3'")
}

/// Linked to a contract, written out for the same reason.
pub(crate) fn contract_linked(tx: &Tx<'_>) -> SqlLiteral<Bool> {
    sql::<Bool>(match tx.conn {
        DbConn::Sqlite(_) => "declarations.contract_linked = 1",
        DbConn::Postgres(_) => "declarations.contract_linked",
    })
}

/// The kind of a declaration, in words that no index says: narrowing to kinds follows the order of the list.
pub(crate) fn kind_column() -> SqlLiteral<Text> {
    sql::<Text>("(declarations.kind || '')")
}

/// The same of a state.
pub(crate) fn state_column() -> SqlLiteral<Text> {
    sql::<Text>("(declarations.state || '')")
}

/// The same of a unit.
pub(crate) fn unit_column() -> SqlLiteral<BigInt> {
    sql::<BigInt>("(declarations.unit_id + 0)")
}

/// The same of a company.
pub(crate) fn company_column() -> SqlLiteral<BigInt> {
    sql::<BigInt>("(declarations.company_id + 0)")
}

/// The kinds that a list made for some lines of the access table is narrowed to; `None` when it shows all it reads.
pub(crate) fn narrowed_to(tx: &Tx<'_>, lines: &[Who], action: Action) -> Option<Vec<String>> {
    match tx.book.access.kinds(lines, action) {
        Kinds::Every => None,
        Kinds::Only(kinds) => {
            let versions = tx.book.catalogue.kinds();
            let mut open = versions.iter().map(|version| &version.kind).filter(|k| !k.is_sealed());
            if open.all(|kind| kinds.contains(&kind.id)) { None } else { Some(kinds.into_iter().collect()) }
        }
    }
}

/// The kinds of the catalogue that such a list may hold: what its filters offer.
pub fn kinds_shown(book: &Rulebook, lines: &[Who], action: Action) -> Vec<KindVersion> {
    let kinds = book.access.kinds(lines, action);
    let versions = book.catalogue.kinds();
    versions.iter().filter(|version| !version.kind.is_sealed() && kinds.hold(&version.kind.id)).cloned().collect()
}

/// The lines of the access table that a person's roles give.
pub(crate) fn by_role(actor: &Actor) -> Vec<Who> {
    actor.roles.iter().copied().map(Who::Role).collect()
}
