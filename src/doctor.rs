//! Is this installation sound? Each check stands alone, none can make another fail, and none shows personal data.

pub mod ready;

use std::path::Path;

use actix_web::HttpResponse;
use diesel::prelude::*;
use serde::Serialize;

use crate::access::Role;
use crate::app::App;
use crate::attachments::antivirus::Antivirus;
use crate::attachments::quarantine;
use crate::config::TransportKind;
use crate::db::migrate::{self, Unsafe};
use crate::db::schema::{persons, roles};
use crate::error::Result;
use crate::journal::quorum::Quorum;
use crate::journal::{checkpoints, comparisons, witnesses};
use crate::outbox;
use crate::people::pages::role_name;
use crate::sealing;
use crate::sources::{self, Source};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    Ok,
    Warning,
    Failed,
}

#[derive(Debug, Clone, Serialize)]
pub struct Check {
    pub name: String,
    pub health: Health,
    pub detail: String,
}

/// Runs every check, said in French: what programs read does not change with the language of whoever starts them.
pub fn run(app: &App) -> Vec<Check> {
    run_in(app, Language::Fr)
}

/// Runs every check.
pub fn run_in(app: &App, language: Language) -> Vec<Check> {
    let check = |key: &'static str, found: Result<(Health, String)>| {
        let name = say(language, key, &[]);
        let (health, detail) = found.unwrap_or_else(|error| {
            // The cause may name a path or a query: it goes to the log.
            tracing::warn!(%error, key, "diagnostic check failed");
            (Health::Failed, say(language, "doctor-check-failed", &[]))
        });
        Check { name, health, detail }
    };
    vec![
        check("doctor-name-version", Ok((Health::Ok, env!("CARGO_PKG_VERSION").to_owned()))),
        check("doctor-name-database", database(app, language)),
        check("doctor-name-journal", journal(app, language)),
        check("doctor-name-agreement", agreement(app, language)),
        check("doctor-name-letters", letters(app, language)),
        check("doctor-name-offices", offices(app, language)),
        check("doctor-name-directory", directory(app, language)),
        check("doctor-name-calendar", calendar(app, language)),
        check("doctor-name-buyers", buyers(app, language)),
        check("doctor-name-antivirus", antivirus(app, language)),
        check("doctor-name-public-url", public_url(app, language)),
        check("doctor-name-sealing", sealing(app, language)),
        check("doctor-name-memory", Ok(memory(language))),
        check("doctor-name-backup", backup(app, language)),
        check("doctor-name-codes", codes(app, language)),
        check("doctor-name-clock", clock(app, language)),
        check("doctor-name-disk", disk(app, language)),
    ]
}

/// Of the process that asks: this one.
fn memory(language: Language) -> (Health, String) {
    match sealing::memory::may_reach_disk() {
        false => (Health::Ok, say(language, "doctor-memory-kept", &[])),
        true => (Health::Warning, say(language, "doctor-memory-may-be-written", &[])),
    }
}

fn database(app: &App, language: Language) -> Result<(Health, String)> {
    let problems = app.db.read_here(|conn| {
        let url = app.db.url().to_owned();
        migrate::unsafe_settings(conn, &url)
    })?;
    // A reading connection is not the writer: only what is wrong with the file or the server counts here.
    let problems: Vec<String> = problems
        .into_iter()
        .filter(|problem| !matches!(problem, Unsafe::Synchronous(_)))
        .map(|problem| problem.sentence().say(language))
        .collect();
    let engine = if app.db.is_postgres() { "PostgreSQL" } else { "SQLite, synchronous = FULL" };
    // Data that is thrown away was said to be so when the service started.
    let health = if app.book.config.database.allow_unsafe_settings { Health::Warning } else { Health::Failed };
    Ok(if problems.is_empty() { (Health::Ok, engine.to_owned()) } else { (health, problems.join("; ")) })
}

fn journal(app: &App, language: Language) -> Result<(Health, String)> {
    let (broken, last) = app.read_here(|tx| {
        let last: i64 =
            crate::db::schema::journal_head::table.select(crate::db::schema::journal_head::seq).first(tx.conn)?;
        Ok((crate::journal::store::first_break(tx)?, last))
    })?;
    Ok(match broken {
        None => signed(app, last, language)?,
        Some(at) => (Health::Failed, say(language, "doctor-journal-broken", &[("event", Arg::from(at))])),
    })
}

/// What is said of a journal whose chain holds: is its head signed, and held elsewhere?
fn signed(app: &App, last: i64, language: Language) -> Result<(Health, String)> {
    let told = |key: &str, why: &str| say(language, key, &[("events", Arg::from(last)), ("why", Arg::from(why))]);
    let Some(signer) = checkpoints::signer(&app.book.config)? else {
        return Ok((Health::Warning, told("doctor-journal-whole-but", &say(language, "doctor-journal-unsigned", &[]))));
    };
    // A wrong file is told here rather than at the next head.
    checkpoints::cosigner(&app.book.config)?;
    let (health, covered) = heads(app, language)?;
    if health == Health::Failed {
        return Ok((health, told("doctor-journal-stopped", &covered)));
    }
    if let Some(stop) = witnesses::contradiction(app, &signer.verifier())? {
        return Ok((Health::Failed, told("doctor-journal-stopped", &stop.sentence().say(language))));
    }
    let troubles = app.read_here(witnesses::troubles)?;
    let Some((witness, trouble)) = troubles.first() else {
        return Ok((health, told("doctor-journal-whole", &covered)));
    };
    let args = [("witness", witness.as_str().into()), ("why", trouble.as_str().into())];
    let trouble = say(language, "doctor-journal-witness", &args);
    let missing: Vec<&str> = troubles.iter().map(|(name, _)| name.as_str()).collect();
    if Quorum::of(&app.book.config.journal).stands_without(&missing) {
        return Ok((Health::Warning, told("doctor-journal-whole", &format!("{covered}; {trouble}"))));
    }
    Ok((Health::Failed, told("doctor-journal-whole-but", &trouble)))
}

/// What is told of the signed heads in a moment: is the last one that of the journal, did a program refuse it, and how long have
/// changes waited for a witness?
fn heads(app: &App, language: Language) -> Result<(Health, String)> {
    let Some(signer) = checkpoints::signer(&app.book.config)? else {
        return Ok((Health::Warning, say(language, "doctor-journal-unsigned", &[])));
    };
    let verifier = signer.verifier();
    let (wrong, exposure) = app.read_here(|tx| {
        let refused = witnesses::refusal(tx)?.map(|stop| stop.sentence());
        Ok((checkpoints::problem(tx, &verifier)?.or(refused), checkpoints::exposure(tx)?))
    })?;
    if let Some(wrong) = wrong {
        return Ok((Health::Failed, wrong.say(language)));
    }
    let quorum = Quorum::of(&app.book.config.journal);
    let told = quorum.told(language);
    let Some(since) = exposure.waiting_since else {
        return Ok((Health::Ok, say(language, "doctor-journal-covered", &[("quorum", Arg::from(told))])));
    };
    let (waited, many) = (app.clock.now() - since, exposure.uncovered);
    // « Aucun » would be wrong where one has them and two are wanted.
    let several = quorum.wanted > 1;
    let (health, key) = match (app.book.config.journal.stale_after(), several) {
        (None, false) => (Health::Warning, "doctor-journal-uncovered"),
        (None, true) => (Health::Warning, "doctor-journal-under"),
        (Some(most), false) if waited > most => (Health::Failed, "doctor-journal-uncovered-since"),
        (Some(most), true) if waited > most => (Health::Failed, "doctor-journal-under-since"),
        (Some(_), _) => (Health::Ok, "doctor-journal-not-yet-covered"),
    };
    let args = [("events", Arg::from(many)), ("minutes", Arg::from(waited.num_minutes())), ("quorum", Arg::from(told))];
    Ok((health, say(language, key, &args)))
}

/// What the last comparison of the tables with the journal found.
fn agreement(app: &App, language: Language) -> Result<(Health, String)> {
    let say = |key: &str, args: &[(&str, Arg<'_>)]| say(language, key, args);
    let hours = app.book.config.journal.compare_every_hours;
    if hours == 0 {
        return Ok((Health::Warning, say("agreement-never-asked", &[])));
    }
    let Some(last) = app.read_here(comparisons::last)? else {
        return Ok((Health::Warning, say("agreement-never", &[])));
    };
    if let Some(error) = last.error {
        return Ok((Health::Failed, error));
    }
    let age = (app.clock.now() - last.begun_at).num_hours();
    let number = |count: Option<i64>| Arg::from(count.unwrap_or_default());
    let args = [
        ("files", number(last.files)),
        ("events", number(last.events)),
        ("differences", number(last.differences)),
        ("hours", number(Some(age))),
        ("first", Arg::from(last.first.unwrap_or_default())),
    ];
    Ok(match last.differences {
        Some(0) if age <= 2 * hours => (Health::Ok, say("agreement-holds", &args)),
        Some(0) => (Health::Warning, say("agreement-holds", &args)),
        _ => (Health::Failed, say("agreement-differs", &args)),
    })
}

/// Starting already refused keys that do not open what is sealed.
fn sealing(app: &App, language: Language) -> Result<(Health, String)> {
    let Some(first) = app.book.keyring.first() else {
        return Ok((Health::Failed, say(language, "doctor-sealing-no-key", &[])));
    };
    let in_use = app.read_here(crate::sealing::rotation::in_use)?;
    let files: i64 = in_use.iter().map(|(_, files)| files).sum();
    let older: i64 = in_use.iter().filter(|(key, _)| *key != first).map(|(_, files)| files).sum();
    let args = [("files", Arg::from(files)), ("older", Arg::from(older)), ("key", Arg::from(first))];
    Ok(if older == 0 {
        (Health::Ok, say(language, "doctor-sealing-one-key", &args))
    } else {
        (Health::Warning, say(language, "doctor-sealing-older-key", &args))
    })
}

/// A copy that was never made, or is older than two should be, is found here rather than on the day it is needed.
fn backup(app: &App, language: Language) -> Result<(Health, String)> {
    let settings = &app.book.config.backup;
    if settings.folder.is_empty() {
        return Ok((Health::Warning, say(language, "doctor-backup-no-folder", &[])));
    }
    let (last, tried) =
        app.read_here(|tx| Ok((crate::backup::store::last_good(tx)?, crate::backup::store::latest(tx, 1)?)))?;
    let failed = tried.first().and_then(|copy| copy.error.as_deref());
    let after = failed.map(|why| say(language, "doctor-backup-but", &[("why", why.into())])).unwrap_or_default();
    let Some(last) = last else {
        return Ok((Health::Failed, say(language, "doctor-backup-never", &[("but", Arg::from(after))])));
    };
    let hours = (app.clock.now() - last).num_hours();
    let health = match () {
        () if hours > 2 * settings.every_hours => Health::Failed,
        () if failed.is_some() => Health::Warning,
        () => Health::Ok,
    };
    let args = [("hours", Arg::from(hours)), ("but", Arg::from(after))];
    Ok((health, say(language, "doctor-backup-last", &args)))
}

/// Do the offices that must sign in with a code have one?
fn codes(app: &App, language: Language) -> Result<(Health, String)> {
    let asked_of = &app.book.config.sign_in.second_factor_for;
    if asked_of.is_empty() {
        return Ok((Health::Warning, say(language, "doctor-codes-asked-of-nobody", &[])));
    }
    if !app.book.keyring.is_ready() {
        return Ok((Health::Failed, say(language, "doctor-codes-no-key", &[])));
    }
    let without = app.read_here(|tx| {
        let mut without: i64 = 0;
        for (role, person) in crate::people::roles::all_holders(tx)? {
            if asked_of.contains(&role) && !crate::people::second_factor::is_asked_of(tx, person)? {
                without += 1;
            }
        }
        Ok(without)
    })?;
    Ok(match without {
        0 => (Health::Ok, say(language, "doctor-codes-all", &[])),
        some => (Health::Warning, say(language, "doctor-codes-some", &[("count", Arg::from(some))])),
    })
}

fn letters(app: &App, language: Language) -> Result<(Health, String)> {
    let (oldest, counts) = app.read_here(|tx| Ok((outbox::store::oldest_queued(tx)?, outbox::store::counts(tx)?)))?;
    let words: Vec<(&str, Arg<'_>)> = counts
        .iter()
        .map(|(state, count)| (state.as_str(), Arg::from(outbox::pages::counted(*count, language))))
        .collect();
    let stuck = oldest.is_some_and(|oldest| oldest.late > chrono::TimeDelta::minutes(30));
    let failed = counts.iter().any(|(state, count)| state.as_str() == "failed" && *count > 0);
    let health = if stuck {
        Health::Failed
    } else if failed {
        Health::Warning
    } else {
        Health::Ok
    };
    Ok((health, say(language, "doctor-letters-counts", &words)))
}

fn offices(app: &App, language: Language) -> Result<(Health, String)> {
    let missing = app.read_here(|tx| {
        let today = tx.today();
        let mut missing = Vec::new();
        for role in [Role::EthicsOfficer, Role::SecretaryGeneral, Role::DeputyMinister, Role::SystemAdmin] {
            let held: i64 = roles::table
                .filter(roles::role.eq(role.as_str()))
                .filter(roles::since.le(today))
                .filter(roles::until.is_null().or(roles::until.ge(today)))
                .count()
                .get_result(tx.conn)?;
            if held == 0 {
                missing.push(role_name(role, language));
            }
        }
        Ok(missing)
    })?;
    Ok(if missing.is_empty() {
        (Health::Ok, say(language, "doctor-offices-held", &[]))
    } else {
        (Health::Warning, say(language, "doctor-offices-missing", &[("roles", Arg::from(missing.join(", ")))]))
    })
}

fn directory(app: &App, language: Language) -> Result<(Health, String)> {
    let (people, alone) = app.read_here(|tx| {
        let today = tx.today();
        let active = || persons::table.filter(persons::active_until.is_null().or(persons::active_until.ge(today)));
        let people: i64 = active().count().get_result(tx.conn)?;
        let alone: i64 = active().filter(persons::supervisor_id.is_null()).count().get_result(tx.conn)?;
        Ok((people, alone))
    })?;
    let health = if people == 0 { Health::Warning } else { Health::Ok };
    let args = [("people", Arg::from(people)), ("alone", Arg::from(alone))];
    Ok((health, say(language, "doctor-directory-people", &args)))
}

fn calendar(app: &App, language: Language) -> Result<(Health, String)> {
    let today = app.clock.now().date();
    let next_year = today + chrono::Months::new(12);
    Ok(if app.book.calendar.covers(next_year) {
        (Health::Ok, say(language, "doctor-calendar-covers", &[("day", Arg::from(next_year.to_string()))]))
    } else {
        (Health::Warning, say(language, "doctor-calendar-ends", &[]))
    })
}

/// Whose contracts are the ministry's: without any name of a buyer, few of them are known to be.
fn buyers(app: &App, language: Language) -> Result<(Health, String)> {
    let named = app.book.config.contracts.buyers.len();
    let has_file = app.read_here(|tx| sources::store::last(tx, Source::Contracts))?.is_some();
    Ok(match (has_file, named) {
        (false, _) => (Health::Ok, say(language, "doctor-buyers-no-file", &[])),
        (true, 0) => {
            let name = app.book.config.organisation.name.as_str();
            (Health::Warning, say(language, "doctor-buyers-none", &[("name", name.into())]))
        }
        (true, _) => (Health::Ok, say(language, "doctor-buyers-some", &[("count", Arg::count(named))])),
    })
}

fn antivirus(app: &App, language: Language) -> Result<(Health, String)> {
    let waiting = app.read_here(quarantine::count)?;
    let wait = match waiting {
        0 => String::new(),
        many => say(language, "doctor-antivirus-wait", &[("count", Arg::from(many))]),
    };
    Ok(match Antivirus::of(&app.book.config.uploads).map(|antivirus| antivirus.version()) {
        None => (Health::Warning, say(language, "doctor-antivirus-none", &[("wait", Arg::from(wait))])),
        Some(Ok(version)) => (if waiting == 0 { Health::Ok } else { Health::Warning }, format!("{version}{wait}")),
        Some(Err(error)) => {
            tracing::warn!(%error, "clamd does not answer");
            (Health::Failed, say(language, "doctor-antivirus-silent", &[("wait", Arg::from(wait))]))
        }
    })
}

fn public_url(app: &App, language: Language) -> Result<(Health, String)> {
    let config = &app.book.config;
    let demo = config.demo.enabled || config.letters.transport == TransportKind::Mailbox;
    Ok(if config.is_https() {
        (Health::Ok, "https".to_owned())
    } else if demo {
        (Health::Ok, say(language, "doctor-public-url-demo", &[]))
    } else {
        (Health::Warning, say(language, "doctor-public-url-here", &[]))
    })
}

fn clock(app: &App, language: Language) -> Result<(Health, String)> {
    // Another process may have recorded what this one was not started with.
    let last = app.read_here(crate::journal::store::last_at)?;
    let lag = last.map_or(app.clock.lag(), |last| (last - app.clock.now()).max(app.clock.lag()));
    Ok(if lag > chrono::TimeDelta::seconds(5) {
        let seconds = [("seconds", Arg::from(lag.num_seconds()))];
        (Health::Failed, say(language, "doctor-clock-behind", &seconds))
    } else {
        (Health::Ok, say(language, "doctor-clock-right", &[]))
    })
}

/// Room where the database and the files joined are, and the copies: a disk that fills stops everybody at once.
fn disk(app: &App, language: Language) -> Result<(Health, String)> {
    let config = &app.book.config;
    let least = u64::from(config.server.min_free_percent);
    if least == 0 {
        return Ok((Health::Warning, say(language, "doctor-disk-unseen", &[])));
    }
    let database = (!app.db.is_postgres()).then(|| app.db.url());
    let folders = [config.uploads.directory.as_str(), config.backup.folder.as_str()];
    let places = database.into_iter().chain(folders).filter(|place| !place.is_empty());
    let free =
        places.map(|place| free_percent(Path::new(place))).collect::<Result<Vec<_>>>()?.into_iter().flatten().min();
    let Some(free) = free else { return Ok((Health::Ok, say(language, "doctor-disk-unknown", &[]))) };
    let args = [("free", Arg::count(free)), ("least", Arg::count(least))];
    Ok(if free < least {
        (Health::Failed, say(language, "doctor-disk-short", &args))
    } else {
        (Health::Ok, say(language, "doctor-disk-free", &args))
    })
}

/// Free share of the file system of a place, or of the nearest folder above it that is there; nothing where none has a size.
fn free_percent(place: &Path) -> Result<Option<u64>> {
    let there = place.ancestors().find(|place| place.exists()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    {
        let room = rustix::fs::statvfs(there).map_err(crate::error::Error::internal)?;
        // As `df` counts: what only root may fill is neither free nor used.
        let whole = room.f_blocks.saturating_sub(room.f_bfree).saturating_add(room.f_bavail);
        Ok(room.f_bavail.saturating_mul(100).checked_div(whole))
    }
    #[cfg(not(unix))]
    {
        let _ = there;
        Ok(None)
    }
}

#[derive(Serialize)]
struct DoctorPage {
    checks: Vec<CheckView>,
}

#[derive(Serialize)]
struct CheckView {
    name: String,
    result: String,
    detail: String,
}

/// `GET /diagnostic`
pub async fn page(visit: Visit) -> Result<HttpResponse> {
    let (app, language) = (visit.app.clone(), visit.language);
    let checks =
        tokio::task::spawn_blocking(move || run_in(&app, language)).await.map_err(crate::error::Error::internal)?;
    let content = DoctorPage {
        checks: checks
            .into_iter()
            .map(|check| CheckView {
                name: check.name,
                result: visit.say(match check.health {
                    Health::Ok => "doctor-ok",
                    Health::Warning => "doctor-warning",
                    Health::Failed => "doctor-failed",
                }),
                detail: check.detail,
            })
            .collect(),
    };
    Page::titled(&visit, "doctor-title").wide().render("pages/doctor/doctor", &content)
}
