//! What files from outside cost: the register taken in beside a bare bulk insert of the same rows, contracts read from JSON,
//! names searched with one error. `tests/load outside` makes the files and measures.

use std::path::Path;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::process::high_water;
use super::table::Line;
use crate::app::{App, Tx};
use crate::clock::Clock;
use crate::companies::registry::{import, search};
use crate::config::Config;
use crate::contracts::normal::normal;
use crate::contracts::ocds;
use crate::db::conn::sqlite_writer;
use crate::db::schema::{registry_enterprises, registry_names};
use crate::error::{Error, Result};
use crate::sources::{Problems, reading};

/// Measures reading a file of contracts: JSON to rows, nothing written.
#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "a rate")]
pub fn contracts(path: &Path) -> Result<Vec<Line>> {
    let before = high_water(std::process::id())?;
    let bytes = std::fs::metadata(path).map_err(Error::internal)?.len();
    let (mut rows, mut problems) = (0_usize, Problems::default());
    let started = Instant::now();
    let read = ocds::read(reading::open(path)?, "bench", &mut problems, |number, release| {
        let (said, _) = normal("bench", number, &release);
        rows += said.map_or(0, |said| 1 + said.contracts.len());
        Ok(())
    })?;
    let seconds = started.elapsed().as_secs_f64();
    if read.is_none() {
        return Err(Error::Internal("the file of contracts cannot be read".into()));
    }
    let (rate, used) = (bytes as f64 / 1e6 / seconds, high_water(std::process::id())? - before);
    Ok(vec![
        Line::new("contracts, JSON to rows", format!("{rate:.0} MB/s"), "50 MB/s", rate >= 50.0)
            .note(format!("{rows} rows in {seconds:.1} s")),
        Line::new("the same, memory", format!("{used:.0} MiB"), "100 MiB", used <= 100.0),
    ])
}

/// Measures taking in the register, and searching it.
pub fn registry(path: &Path) -> Result<Vec<Line>> {
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let text = |name: &str| toml::Value::String(folder.path().join(name).display().to_string());
    let options = [("database.url", text("bench.db")), ("database.allow_unsafe_settings", toml::Value::Boolean(true))];
    let app = App::build(Config::load(None, &[], &options)?, Clock::system())?;
    eprintln!("… taking the register in");
    let before = high_water(std::process::id())?;
    let started = Instant::now();
    let report = import::import(&app, None, path, false, &|_| {})?;
    let whole = started.elapsed();
    if report.refused {
        return Err(Error::Internal("the register was refused".into()));
    }
    let used = high_water(std::process::id())? - before;
    eprintln!("… inserting the same rows with nothing around");
    let bare = bare(&app, &folder.path().join("bare.db"))?;
    let ratio = whole.as_secs_f64() / bare.as_secs_f64().max(1e-9);
    let mut lines = vec![
        Line::new("register taken in, over a bare insert", format!("{ratio:.2} ×"), "4.00 ×", ratio <= 4.0)
            .floor(format!("{:.1} s", bare.as_secs_f64()))
            .note(format!(
                "{} enterprises, {} names in {:.1} s",
                report.enterprises,
                report.names,
                whole.as_secs_f64()
            )),
        Line::new("the same, memory", format!("{used:.0} MiB"), "300 MiB", used <= 300.0),
    ];
    eprintln!("… searching");
    for (what, wrong) in [("company search, p99", false), ("company search with one error, p99", true)] {
        let (mut times, missed) = app.read_here(|tx| searched(tx, wrong))?;
        times.sort_unstable();
        let at =
            |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default().as_secs_f64() * 1000.0;
        lines.push(Line::new(what, format!("{:.1} ms", at(99)), "10 ms", at(99) <= 10.0).note(format!(
            "p50 {:.1} ms; {missed} of {} not found",
            at(50),
            times.len()
        )));
    }
    Ok(lines)
}

/// The rows of the register inserted one after the other, prepared once, in one transaction: what `sqlite3` does of a file.
fn bare(app: &App, path: &Path) -> Result<Duration> {
    type Row = (String, String, String, String, Option<String>, String);
    let mut conn = sqlite_writer(&path.display().to_string())?;
    conn.batch_execute(
        "CREATE TABLE e (neq TEXT PRIMARY KEY, status TEXT, form TEXT, name TEXT, successor TEXT, standing TEXT) WITHOUT ROWID;
         CREATE TABLE n (id INTEGER PRIMARY KEY, neq TEXT, name TEXT, in_force INTEGER); BEGIN;",
    )?;
    let mut spent = Duration::ZERO;
    let mut last = String::new();
    loop {
        let rows: Vec<Row> = app.read_here(|tx| {
            Ok(registry_enterprises::table
                .filter(registry_enterprises::neq.gt(&last))
                .order(registry_enterprises::neq.asc())
                .limit(50_000)
                .select((
                    registry_enterprises::neq,
                    registry_enterprises::status,
                    registry_enterprises::form,
                    registry_enterprises::name,
                    registry_enterprises::successor,
                    registry_enterprises::standing,
                ))
                .load(tx.conn)?)
        })?;
        let Some(row) = rows.last() else { break };
        last.clone_from(&row.0);
        let started = Instant::now();
        for (neq, status, form, name, successor, standing) in &rows {
            diesel::sql_query("INSERT INTO e VALUES (?, ?, ?, ?, ?, ?)")
                .bind::<diesel::sql_types::Text, _>(neq)
                .bind::<diesel::sql_types::Text, _>(status)
                .bind::<diesel::sql_types::Text, _>(form)
                .bind::<diesel::sql_types::Text, _>(name)
                .bind::<diesel::sql_types::Nullable<diesel::sql_types::Text>, _>(successor)
                .bind::<diesel::sql_types::Text, _>(standing)
                .execute(&mut conn)?;
        }
        spent += started.elapsed();
    }
    let mut last = 0_i64;
    loop {
        let rows: Vec<(i64, String, String, bool)> = app.read_here(|tx| {
            Ok(registry_names::table
                .filter(registry_names::id.gt(last))
                .order(registry_names::id.asc())
                .limit(50_000)
                .select((registry_names::id, registry_names::neq, registry_names::name, registry_names::in_force))
                .load(tx.conn)?)
        })?;
        let Some(row) = rows.last() else { break };
        last = row.0;
        let started = Instant::now();
        for (id, neq, name, in_force) in &rows {
            diesel::sql_query("INSERT INTO n VALUES (?, ?, ?, ?)")
                .bind::<diesel::sql_types::BigInt, _>(id)
                .bind::<diesel::sql_types::Text, _>(neq)
                .bind::<diesel::sql_types::Text, _>(name)
                .bind::<diesel::sql_types::Bool, _>(in_force)
                .execute(&mut conn)?;
        }
        spent += started.elapsed();
    }
    let started = Instant::now();
    conn.batch_execute("COMMIT")?;
    Ok(spent + started.elapsed())
}

/// Names of the register typed to two thirds, one letter wrong or none: the time of each, and how many found nothing.
fn searched(tx: &mut Tx<'_>, wrong: bool) -> Result<(Vec<Duration>, usize)> {
    let last: Option<i64> = registry_names::table.select(diesel::dsl::max(registry_names::id)).first(tx.conn)?;
    let (mut times, mut missed) = (Vec::new(), 0);
    for n in 0..1_000_i64 {
        let id = 1 + n * 7_919_003 % last.unwrap_or(1).max(1);
        let name: Option<String> =
            registry_names::table.find(id).select(registry_names::name).first(tx.conn).optional()?;
        let mut typed: Vec<char> = name.unwrap_or_default().chars().collect();
        typed.truncate(typed.len() * 2 / 3 + 3);
        let middle = typed.len() / 2;
        if let Some(letter) = typed.get_mut(middle).filter(|letter| wrong && letter.is_alphabetic()) {
            *letter = 'z';
        }
        let typed: String = typed.into_iter().collect();
        let started = Instant::now();
        let found = search::find(tx, &typed, 8)?;
        times.push(started.elapsed());
        missed += usize::from(found.is_empty());
    }
    Ok((times, missed))
}
