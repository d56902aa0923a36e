//! People: the directory, who is away, what is asked of them, what they prove who they are with.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::{At, Day, Number, Text, rows, told};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{
    absences, accounts, calendar_feeds, campaign_exceptions, campaigns, confirmations, passkeys, persons,
    recovery_codes, second_factors, supervisions, units,
};
use crate::error::Result;

pub(super) fn directory(tx: &mut Tx<'_>) -> Result<Option<Value>> {
    let people = rows!(tx, persons::table.order(persons::id.asc()), (
        (persons::id, persons::number, persons::given_name, persons::family_name, persons::email)
            => (i64, String, String, String, String),
        (persons::title, persons::unit_id, persons::site, persons::supervisor_id) => (String, i64, String, Number),
        (persons::regime, persons::position, persons::language) => (String, String, String),
        (persons::active_from, persons::active_until, persons::home_body) => (NaiveDate, Day, String),
    ));
    let chart = rows!(tx, supervisions::table.order(supervisions::id.asc()), (
        supervisions::person_id => i64,
        supervisions::supervisor_id => Number,
        supervisions::since => NaiveDate,
        supervisions::until => Day,
    ));
    let units = rows!(tx, units::table.order(units::id.asc()), (
        units::id => i64,
        units::code => String,
        units::name => String,
        units::parent_id => Number,
        units::path => String,
    ));
    told(people, (chart, units))
}

pub(super) fn absences(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    let own = rows!(tx, absences::table.filter(absences::person_id.eq(person)).order(absences::id.asc()), (
        absences::first_day => NaiveDate,
        absences::last_day => Day,
        absences::delegate_id => Number,
        absences::scope => String,
        absences::set_by => Number,
        absences::set_at => Instant,
    ));
    told(own, ())
}

pub(super) fn confirmations(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    // The event is of when the person is told.
    let of = confirmations::table
        .filter(confirmations::person_id.eq(person))
        .filter(confirmations::told_at.is_not_null())
        .order(confirmations::id.asc());
    let own = rows!(tx, of, (
        confirmations::cause => String,
        confirmations::asked_at => Instant,
        confirmations::due_on => NaiveDate,
        confirmations::about => Day,
        confirmations::confirmed_at => At,
    ));
    told(own, ())
}

pub(super) fn campaign(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, campaigns::table.filter(campaigns::id.eq(id)), (
        campaigns::label => String,
        campaigns::due_on => NaiveDate,
        campaigns::opened_at => Instant,
        campaigns::opened_by => i64,
        campaigns::closed_at => At,
        campaigns::closed_by => Number,
    ));
    let left_out = rows!(
        tx,
        campaign_exceptions::table
            .filter(campaign_exceptions::campaign_id.eq(id))
            .order(campaign_exceptions::person_id.asc()),
        (
            campaign_exceptions::person_id => i64,
            campaign_exceptions::added_by => i64,
            campaign_exceptions::added_at => Instant,
        )
    );
    told(own, left_out)
}

/// Left out: when each served last, and how the secret of a telephone is wrapped, which a rotation of keys changes; none is forged
/// without the master key.
pub(super) fn credentials(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    let own = rows!(tx, accounts::table.filter(accounts::person_id.eq(person)), (
        accounts::password_hash => String,
        accounts::disabled => bool,
        accounts::changed_at => Instant,
    ));
    let suspended = rows!(
        tx,
        accounts::table.filter(accounts::person_id.eq(person)).filter(
            accounts::suspended_at
                .is_not_null()
                .or(accounts::suspended_by.is_not_null())
                .or(accounts::suspended_reason.is_not_null())
        ),
        (accounts::suspended_at => At, accounts::suspended_by => Number, accounts::suspended_reason => Text)
    );
    let telephone = rows!(
        tx,
        second_factors::table
            .filter(second_factors::person_id.eq(person))
            .filter(second_factors::confirmed_at.is_not_null()),
        (second_factors::begun_at => Instant, second_factors::confirmed_at => At)
    );
    let keys: Vec<_> = rows!(
        tx,
        passkeys::table.filter(passkeys::person_id.eq(person)).order(passkeys::id.asc()),
        (
            passkeys::name => String,
            passkeys::credential_id => String,
            passkeys::credential => String,
            passkeys::made_at => Instant,
        )
    )
    .into_iter()
    .map(|(name, id, credential, made_at)| (name, id, public_key(&credential), made_at))
    .collect();
    let on_paper = rows!(
        tx,
        recovery_codes::table.filter(recovery_codes::person_id.eq(person)).order(recovery_codes::hash.asc()),
        (recovery_codes::hash => String, recovery_codes::made_at => Instant, recovery_codes::used_at => At)
    );
    // Accounts were told before any could be suspended: what was said of the others still holds.
    if suspended.is_empty() {
        return told(own, (telephone, keys, on_paper));
    }
    told(own, (telephone, keys, on_paper, suspended))
}

/// Of a passkey as kept: the rest of it counts how many times it served.
fn public_key(credential: &str) -> Option<Value> {
    serde_json::from_str::<Value>(credential).ok()?.pointer("/cred/cred").cloned()
}

pub(super) fn calendar_feeds(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    let of = calendar_feeds::table.filter(calendar_feeds::person_id.eq(person)).order(calendar_feeds::id.asc());
    let own = rows!(tx, of, (
        calendar_feeds::token_hash => String,
        calendar_feeds::created_at => Instant,
        calendar_feeds::revoked_at => At,
    ));
    told(own, ())
}
