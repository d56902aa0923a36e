//! What the rules cost over a large register: all of them on one declaration, a replay of years, and a week of contracts
//! looked at against every declaration. Nothing is kept.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::table::Line;
use crate::access::Role;
use crate::access::actor::Channel;
use crate::app::{App, Tx};
use crate::clock::Clock;
use crate::config::Config;
use crate::contracts::import;
use crate::contracts::normal::Buyers;
use crate::crosschecks::follow;
use crate::db::schema::{companies, declarations, persons};
use crate::declarations::store::Declaration;
use crate::error::{Error, Result};
use crate::people::store::Person;
use crate::people::{self, roles, sessions};
use crate::policy::gather::{self, GIFT, Said};
use crate::policy::{replay, versions};
use crate::sources::{Problems, attempt};

/// Declarations on which the rules are timed, one by one.
const LOOKED_AT: i64 = 1_000;
/// Notices of a week in the whole of Québec, about the firms that the ministry knows.
const NOTICES: i64 = 1_000;

/// Measures all three.
pub fn measure(data: &Path) -> Result<Vec<Line>> {
    let inside = |name: &str| toml::Value::String(data.join(name).display().to_string());
    let options = [("database.url", inside("probite.db")), ("sealing.key_file", inside("sealing.key"))];
    let app = App::build(Config::load(None, &[], &options)?, Clock::system())?;
    let total: i64 = app.read_here(|tx| Ok(declarations::table.count().get_result(tx.conn)?))?;
    let (mean, p99) = app.read_here(each)?;
    let (seconds, looked_at) = app.read_here(over_the_past)?;
    let (crossed, made) = cross_check(&app)?;
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    let milli = Duration::from_millis(1);
    Ok(vec![
        Line::new("all rules on one declaration", ms(mean), "1 ms", mean <= milli)
            .note(format!("p99 {}, {total} declarations", ms(p99))),
        Line::new("replay of the past", format!("{:.1} s", seconds.as_secs_f64()), "30 s", seconds.as_secs() < 30)
            .note(format!("{looked_at} declarations, two policies")),
        Line::new("a week of contracts", format!("{:.1} s", crossed.as_secs_f64()), "10 s", crossed.as_secs() < 10)
            .note(format!("{NOTICES} notices against {total} declarations, {made} cross-checks")),
    ])
}

/// Reading around a declaration and evaluating every rule: mean and 99th percentile.
fn each(tx: &mut Tx<'_>) -> Result<(Duration, Duration)> {
    let policy = versions::in_force(tx, tx.today())?;
    let limits = policy.policy.gift_limits();
    let rows: Vec<(Declaration, Person)> = declarations::table
        .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
        .filter(declarations::kind.eq(GIFT))
        .filter(declarations::company_id.is_not_null())
        .filter(declarations::first_filed_at.is_not_null())
        .order(declarations::id.desc())
        .limit(LOOKED_AT)
        .select((Declaration::as_select(), Person::as_select()))
        .load(tx.conn)?;
    let mut times = Vec::new();
    for (declaration, declarant) in &rows {
        let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
        let answers = declaration.answers()?;
        let who = (declarant.regime.as_str(), declarant.position.as_str());
        let said = Said::of(&kind, &answers, declaration, who, tx.today());
        let begun = Instant::now();
        let facts = gather::facts(tx, &said, declarant, &limits)?;
        std::hint::black_box(policy.policy.evaluate(&facts));
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
    let p99 = times.get(times.len().saturating_sub(1 + times.len() / 100)).copied().unwrap_or_default();
    Ok((times.iter().sum::<Duration>() / count, p99))
}

fn over_the_past(tx: &mut Tx<'_>) -> Result<(Duration, usize)> {
    let officer = roles::holders(tx, Role::EthicsOfficer)?.first().copied().ok_or(Error::NotFound)?;
    let officer = people::store::find(tx, officer)?;
    let actor = sessions::actor(tx, &officer, Channel::Command, true)?.ok_or(Error::NotFound)?;
    let policy = versions::in_force(tx, tx.today())?;
    let since = tx.today() - TimeDelta::days(20 * 365);
    let begun = Instant::now();
    let done = replay::run(tx, &actor, &policy.policy, &policy.policy, since)?;
    Ok((begun.elapsed(), done.looked_at))
}

/// A package about firms that are in declarations, taken in and looked at, then taken back. Its own import is not timed.
fn cross_check(app: &App) -> Result<(Duration, usize)> {
    let today = app.read_here(|tx| Ok(tx.today()))?;
    let firms: Vec<(String, String)> = app.read_here(|tx| {
        Ok(companies::table
            .filter(companies::neq.is_not_null())
            .order(companies::id.asc())
            .limit(NOTICES)
            .select((companies::neq.assume_not_null(), companies::name))
            .load(tx.conn)?)
    })?;
    let many = usize::try_from(NOTICES).unwrap_or(usize::MAX);
    let releases: Vec<_> = firms
        .iter()
        .cycle()
        .zip(0..many)
        .map(|((neq, name), number)| {
            json!({
                "ocid": format!("ocds-bench-{number}"), "date": format!("{today}T09:00:00-05:00"), "tag": ["contract"],
                "buyer": { "id": "OP-1", "name": app.book.config.organisation.name },
                "parties": [{ "id": "F", "name": name, "roles": ["supplier"], "details": { "neq": neq } }],
                "tender": { "title": "Services", "status": "complete", "procurementMethod": "open" },
                "awards": [{ "id": "A", "date": today, "value": { "amount": 1000, "currency": "CAD" },
                    "suppliers": [{ "id": "F", "name": name }] }],
                "contracts": [{ "id": format!("B-{number}"), "awardID": "A", "status": "active", "dateSigned": today,
                    "value": { "amount": 1000, "currency": "CAD" },
                    "period": { "startDate": today, "endDate": today + TimeDelta::days(365) } }]
            })
        })
        .collect();
    let package = json!({ "version": "1.1", "releases": releases }).to_string();
    let mut problems = Problems::default();
    let spooled = import::spool(package.as_bytes(), "bench", &Buyers::new(&[]), &mut problems)?
        .ok_or_else(|| Error::Internal("the package of the bench cannot be read".into()))?;
    attempt(app, true, move |tx| {
        import::write(tx, None, spooled)?;
        let begun = Instant::now();
        let made = follow::follow(tx)?.unwrap_or_default();
        Ok(((begun.elapsed(), made), true))
    })
}
