//! Companies, and what was looked up about them.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::{Number, Text, rows, told};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{companies, company_names, lobby_checks};
use crate::error::Result;

pub(super) fn of(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, companies::table.filter(companies::id.eq(id)), (
        companies::neq => Text,
        companies::no_neq_reason => Text,
        companies::name => String,
        companies::merged_into => Number,
        companies::group_id => Number,
        companies::created_by => Number,
        companies::created_at => Instant,
    ));
    let names = rows!(
        tx,
        company_names::table.filter(company_names::company_id.eq(id)).order(company_names::id.asc()),
        (company_names::name => String, company_names::nature => String)
    );
    told(own, names)
}

pub(super) fn lobby_checks(tx: &mut Tx<'_>, company: i64) -> Result<Option<Value>> {
    let own = rows!(
        tx,
        lobby_checks::table.filter(lobby_checks::company_id.eq(company)).order(lobby_checks::id.asc()),
        (
            lobby_checks::checked_on => NaiveDate,
            lobby_checks::checked_by => i64,
            lobby_checks::result => String,
            lobby_checks::mandate => String,
            lobby_checks::note => String,
            lobby_checks::recorded_at => Instant,
        )
    );
    told(own, ())
}
