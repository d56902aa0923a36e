//! What the ethics office and those who govern the rules keep.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::{At, Day, Number, Text, rows, told};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{
    acts, incident_versions, kind_adoptions, kind_proposals, kind_versions, policy_proposals, policy_versions,
    precedents, retention_files, retention_lists,
};
use crate::error::Result;

pub(super) fn precedent(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, precedents::table.filter(precedents::id.eq(id)), (
        precedents::title => String,
        precedents::situation => String,
        precedents::norms => String,
        precedents::recommendation => String,
        precedents::words => String,
        precedents::written_by => i64,
        precedents::published_at => Instant,
        precedents::withdrawn_at => At,
    ));
    told(own, ())
}

pub(super) fn incident(tx: &mut Tx<'_>, number: &str) -> Result<Option<Value>> {
    use incident_versions as versions;
    let own = rows!(tx, versions::table.filter(versions::number.eq(number)).order(versions::version.asc()), (
        (versions::version, versions::information, versions::circumstances, versions::happened)
            => (i32, String, String, String),
        (versions::known_on, versions::people, versions::assessment, versions::serious)
            => (NaiveDate, String, String, bool),
        (versions::commission_told_on, versions::people_told_on) => (Day, Day),
        (versions::public_notice, versions::measures) => (String, String),
        (versions::recorded_by, versions::recorded_at) => (i64, Instant),
    ));
    told(own, ())
}

pub(super) fn act(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, acts::table.filter(acts::id.eq(id)), (
        acts::kind => String,
        acts::subject => String,
        acts::act => String,
        acts::reason => String,
        acts::asked_by => i64,
        acts::asked_at => Instant,
        acts::expires_at => Instant,
        acts::state => String,
        acts::decided_by => Number,
        acts::decided_at => At,
        acts::words => Text,
    ));
    told(own, ())
}

pub(super) fn retention_list(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, retention_lists::table.filter(retention_lists::id.eq(id)), (
        retention_lists::prepared_at => Instant,
        retention_lists::prepared_by => Number,
        retention_lists::state => String,
        retention_lists::ended_at => At,
    ));
    let files = rows!(
        tx,
        retention_files::table.filter(retention_files::list_id.eq(id)).order(retention_files::position.asc()),
        (
            // The same text as when every line had one.
            retention_files::declaration_id => Number,
            retention_files::reference => String,
            retention_files::kind => String,
            retention_files::rule => String,
            retention_files::ended_on => NaiveDate,
            retention_files::due_on => NaiveDate,
            retention_files::destroyed_at => At,
        )
    );
    told(own, files)
}

pub(super) fn policy_proposal(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    use policy_proposals as proposals;
    let own = rows!(tx, proposals::table.filter(proposals::id.eq(id)).filter(proposals::state.ne(DRAFT)), (
        proposals::based_on_id => i64,
        (proposals::document, proposals::note, proposals::state, proposals::version) => (String, String, String, i32),
        (proposals::proposed_by, proposals::proposed_at, proposals::changed_at) => (i64, Instant, Instant),
        (proposals::decided_by, proposals::decided_at, proposals::reason) => (Number, At, Text),
        proposals::policy_version_id => Number,
    ));
    told(own, ())
}

/// State of a proposal that only its author has.
pub(super) const DRAFT: &str = "draft";

pub(super) fn policy_version(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, policy_versions::table.filter(policy_versions::id.eq(id)), (
        policy_versions::effective => NaiveDate,
        policy_versions::document => String,
        policy_versions::hash => String,
        policy_versions::adopted_at => At,
    ));
    told(own, ())
}

pub(super) fn form_proposal(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    use kind_proposals as proposals;
    let own = rows!(tx, proposals::table.filter(proposals::id.eq(id)).filter(proposals::state.ne(DRAFT)), (
        (proposals::kind, proposals::based_on_id, proposals::effective) => (String, i64, NaiveDate),
        (proposals::document, proposals::note, proposals::state, proposals::version) => (String, String, String, i32),
        (proposals::proposed_by, proposals::proposed_at, proposals::changed_at) => (i64, Instant, Instant),
        (proposals::decided_by, proposals::decided_at, proposals::reason) => (Number, At, Text),
        proposals::kind_version_id => Number,
    ));
    told(own, ())
}

pub(super) fn form_version(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, kind_versions::table.filter(kind_versions::id.eq(id)), (
        kind_versions::kind => String,
        kind_versions::document => String,
        kind_versions::hash => String,
    ));
    let adoptions = rows!(
        tx,
        kind_adoptions::table.filter(kind_adoptions::kind_version_id.eq(id)).order(kind_adoptions::id.asc()),
        (
            kind_adoptions::kind => String,
            kind_adoptions::effective => NaiveDate,
            kind_adoptions::adopted_at => Instant,
        )
    );
    told(own, adoptions)
}
