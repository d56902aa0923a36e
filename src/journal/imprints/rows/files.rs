//! What is beside a file and is not its row.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::{At, Number, Text, rows, told};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{
    comments, crosschecks, custody_moves, legal_holds, opinions, outside_decisions, rectifications, state_objects,
};
use crate::error::Result;

pub(super) fn object(tx: &mut Tx<'_>, number: &str) -> Result<Option<Value>> {
    let own = rows!(tx, state_objects::table.filter(state_objects::number.eq(number)), (
        state_objects::id => i64,
        state_objects::declaration_id => i64,
        state_objects::description => String,
        state_objects::donor => Text,
        state_objects::value_cents => Number,
        state_objects::state => String,
        state_objects::place => Text,
        state_objects::version => i32,
        state_objects::opened_at => Instant,
    ));
    let object = own.first().map_or(0, |own| own.0);
    let trail = rows!(
        tx,
        custody_moves::table.filter(custody_moves::object_id.eq(object)).order(custody_moves::id.asc()),
        (
            custody_moves::step => String,
            custody_moves::moved_on => NaiveDate,
            custody_moves::place => String,
            custody_moves::person => String,
            custody_moves::note => String,
            custody_moves::recorded_at => Instant,
            custody_moves::recorded_by => i64,
        )
    );
    told(own, trail)
}

pub(super) fn hold(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, legal_holds::table.filter(legal_holds::id.eq(id)), (
        legal_holds::declaration_id => Number,
        legal_holds::person_id => Number,
        legal_holds::placed_by => i64,
        legal_holds::placed_at => Instant,
        legal_holds::lifted_by => Number,
        legal_holds::lifted_at => At,
    ));
    let on = legal_holds::table.filter(legal_holds::id.eq(id)).filter(legal_holds::company_id.is_not_null());
    let companies = rows!(tx, on, (legal_holds::company_id => Number,));
    let on = legal_holds::table.filter(legal_holds::id.eq(id)).filter(legal_holds::thing.is_not_null());
    let things = rows!(tx, on, (legal_holds::thing => Text,));
    // Holds were told before any could be on a company, or on a thing: what was said of the others still holds.
    match (companies.is_empty(), things.is_empty()) {
        (true, true) => told(own, ()),
        (false, true) => told(own, companies),
        (_, false) => told(own, (companies, things)),
    }
}

pub(super) fn comment(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, comments::table.filter(comments::id.eq(id)), (
        comments::declaration_id => i64,
        comments::field => Text,
        comments::audience => String,
        comments::text => String,
        comments::author_id => i64,
        comments::written_at => Instant,
    ));
    told(own, ())
}

pub(super) fn rectification(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, rectifications::table.filter(rectifications::id.eq(id)), (
        rectifications::declaration_id => i64,
        rectifications::request_id => Number,
        rectifications::verdict => Text,
        rectifications::field => Text,
        rectifications::text => String,
        rectifications::author_id => i64,
        rectifications::written_at => Instant,
    ));
    told(own, ())
}

pub(super) fn crosscheck(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, crosschecks::table.filter(crosschecks::id.eq(id)), (
        crosschecks::declaration_id => i64,
        (crosschecks::company_id, crosschecks::import_id) => (i64, Number),
        (crosschecks::rule, crosschecks::what, crosschecks::subject, crosschecks::finding)
            => (String, String, String, String),
        crosschecks::found_at => Instant,
        (crosschecks::answer, crosschecks::note, crosschecks::answered_by, crosschecks::answered_at)
            => (Text, Text, Number, At),
    ));
    told(own, ())
}

pub(super) fn opinion(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Value>> {
    let own = rows!(tx, opinions::table.filter(opinions::declaration_id.eq(declaration)), (
        opinions::asker_id => i64,
        (opinions::facts, opinions::norms, opinions::analysis, opinions::recommendation)
            => (String, String, String, String),
        opinions::given_by => i64,
        opinions::given_at => Instant,
    ));
    told(own, ())
}

pub(super) fn outside_decisions(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Value>> {
    let of = outside_decisions::table
        .filter(outside_decisions::declaration_id.eq(declaration))
        .order(outside_decisions::revision.asc());
    let own = rows!(tx, of, (
        outside_decisions::revision => i32,
        outside_decisions::authority => String,
        outside_decisions::decided_on => NaiveDate,
        outside_decisions::document => String,
        outside_decisions::recorded_by => i64,
        outside_decisions::recorded_at => Instant,
    ));
    told(own, ())
}
