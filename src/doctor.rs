//! Is this installation sound? Each check stands alone, none can make another fail, and none shows personal data.

pub mod ready;

use std::path::Path;

use actix_web::HttpResponse;
use diesel::prelude::*;
use serde::Serialize;

use crate::app::App;
use crate::attachments::antivirus::Antivirus;
use crate::attachments::quarantine;
use crate::config::TransportKind;
use crate::db::schema::{persons, roles};
use crate::error::Result;
use crate::journal::{checkpoints, comparisons, witnesses};
use crate::outbox;
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
    pub name: &'static str,
    pub health: Health,
    pub detail: String,
}

fn check(name: &'static str, found: Result<(Health, String)>) -> Check {
    match found {
        Ok((health, detail)) => Check { name, health, detail },
        // The cause may name a path or a query: it goes to the log.
        Err(error) => {
            tracing::warn!(%error, name, "diagnostic check failed");
            Check {
                name,
                health: Health::Failed,
                detail: "la vérification a échoué; voir le journal du serveur".into(),
            }
        }
    }
}

/// Runs every check.
pub fn run(app: &App) -> Vec<Check> {
    vec![
        check("version", Ok((Health::Ok, env!("CARGO_PKG_VERSION").to_owned()))),
        check("base de données", database(app)),
        check("journal", journal(app)),
        check("concordance", agreement(app)),
        check("courriels", letters(app)),
        check("rôles", offices(app)),
        check("répertoire", directory(app)),
        check("calendrier", calendar(app)),
        check("contrats", buyers(app)),
        check("antivirus", antivirus(app)),
        check("adresse publique", public_url(app)),
        check("scellement", sealing(app)),
        check("mémoire", Ok(memory())),
        check("sauvegarde", backup(app)),
        check("codes à la connexion", codes(app)),
        check("horloge", clock(app)),
        check("disque", disk(app)),
    ]
}

/// Of the process that asks: this one.
fn memory() -> (Health, String) {
    match sealing::memory::may_reach_disk() {
        false => (Health::Ok, "aucune image de la mémoire n’est écrite si le service tombe".into()),
        true => (
            Health::Warning,
            "une image de la mémoire pourrait être écrite si le service tombe\u{a0}: interdisez-le au démarrage (LimitCORE=0)".into(),
        ),
    }
}

fn database(app: &App) -> Result<(Health, String)> {
    let problems = app.db.read_here(|conn| {
        let url = app.db.url().to_owned();
        crate::db::migrate::unsafe_settings(conn, &url)
    })?;
    // A reading connection is not the writer: only what is wrong with the file or the server counts here.
    let problems: Vec<String> = problems.into_iter().filter(|p| !p.starts_with("synchronous is")).collect();
    let engine = if app.db.is_postgres() { "PostgreSQL" } else { "SQLite, synchronous = FULL" };
    // Data that is thrown away was said to be so when the service started.
    let health = if app.book.config.database.allow_unsafe_settings { Health::Warning } else { Health::Failed };
    Ok(if problems.is_empty() { (Health::Ok, engine.to_owned()) } else { (health, problems.join("; ")) })
}

fn journal(app: &App) -> Result<(Health, String)> {
    let (broken, last) = app.read_here(|tx| {
        let last: i64 =
            crate::db::schema::journal_head::table.select(crate::db::schema::journal_head::seq).first(tx.conn)?;
        Ok((crate::journal::store::first_break(tx)?, last))
    })?;
    Ok(match broken {
        None => signed(app, last)?,
        Some(at) => (Health::Failed, format!("la chaîne est rompue à l’événement {at}")),
    })
}

/// What is said of a journal whose chain holds: is its head signed, and held elsewhere?
fn signed(app: &App, last: i64) -> Result<(Health, String)> {
    let whole = format!("{last} événements, chaîne intacte");
    let Some(signer) = checkpoints::signer(&app.book.config)? else {
        return Ok((Health::Warning, format!("{whole}; journal.key_file est vide : rien n’est signé")));
    };
    // A wrong file is told here rather than at the next head.
    checkpoints::cosigner(&app.book.config)?;
    if let (Health::Failed, why) = heads(app)? {
        return Ok((Health::Failed, format!("{last} événements; {why}")));
    }
    if let Some(stop) = witnesses::contradiction(app, &signer.verifier())? {
        return Ok((Health::Failed, format!("{last} événements; {stop}")));
    }
    let troubles = app.read_here(witnesses::troubles)?;
    if let Some((witness, why)) = troubles.first() {
        return Ok((Health::Failed, format!("{whole}; {witness}\u{a0}: {why}")));
    }
    let (health, covered) = heads(app)?;
    Ok((health, format!("{whole}, {covered}")))
}

/// What is told of the signed heads in a moment: is the last one that of the journal, did a program refuse it, and how long have
/// changes waited for a witness?
fn heads(app: &App) -> Result<(Health, String)> {
    let Some(signer) = checkpoints::signer(&app.book.config)? else {
        return Ok((Health::Warning, "journal.key_file est vide\u{a0}: rien n’est signé".into()));
    };
    let verifier = signer.verifier();
    let (wrong, exposure) = app.read_here(|tx| {
        let refused = witnesses::refusal(tx)?.map(|stop| stop.to_string());
        Ok((checkpoints::problem(tx, &verifier)?.or(refused), checkpoints::exposure(tx)?))
    })?;
    if let Some(wrong) = wrong {
        return Ok((Health::Failed, wrong));
    }
    let Some(since) = exposure.waiting_since else { return Ok((Health::Ok, "tous couverts par un témoin".into())) };
    let (waited, many) = (app.clock.now() - since, exposure.uncovered);
    Ok(match app.book.config.journal.stale_after() {
        None => (Health::Warning, format!("{many} qu’aucun témoin ne couvre")),
        Some(most) if waited > most => {
            (Health::Failed, format!("{many} qu’aucun témoin ne couvre depuis {}\u{a0}min", waited.num_minutes()))
        }
        Some(_) => (Health::Ok, format!("{many} pas encore couverts par un témoin")),
    })
}

/// What the last comparison of the tables with the journal found.
fn agreement(app: &App) -> Result<(Health, String)> {
    let say = |key: &str, args: &[(&str, Arg<'_>)]| say(Language::Fr, key, args);
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
fn sealing(app: &App) -> Result<(Health, String)> {
    let Some(first) = app.book.keyring.first() else {
        let words = "sealing.key_file est vide\u{a0}: les avis, les signalements et les commentaires sont refusés";
        return Ok((Health::Failed, words.to_owned()));
    };
    let in_use = app.read_here(crate::sealing::rotation::in_use)?;
    let files: i64 = in_use.iter().map(|(_, files)| files).sum();
    let older: i64 = in_use.iter().filter(|(key, _)| *key != first).map(|(_, files)| files).sum();
    Ok(if older == 0 {
        (Health::Ok, format!("{files} dossiers, fermés de la clé {first}"))
    } else {
        (
            Health::Warning,
            format!("{files} dossiers, dont {older} fermés d’une autre clé que {first}\u{a0}: probite sealing rewrap"),
        )
    })
}

/// A copy that was never made, or is older than two should be, is found here rather than on the day it is needed.
fn backup(app: &App) -> Result<(Health, String)> {
    let settings = &app.book.config.backup;
    if settings.folder.is_empty() {
        return Ok((Health::Warning, "backup.folder est vide\u{a0}: aucune copie n’est faite".into()));
    }
    let (last, tried) =
        app.read_here(|tx| Ok((crate::backup::store::last_good(tx)?, crate::backup::store::latest(tx, 1)?)))?;
    let failed = tried.first().and_then(|copy| copy.error.as_deref());
    let after = failed.map(|why| format!("; la dernière a échoué\u{a0}: {why}")).unwrap_or_default();
    let Some(last) = last else { return Ok((Health::Failed, format!("aucune copie n’a encore été faite{after}"))) };
    let hours = (app.clock.now() - last).num_hours();
    let health = match () {
        () if hours > 2 * settings.every_hours => Health::Failed,
        () if failed.is_some() => Health::Warning,
        () => Health::Ok,
    };
    Ok((health, format!("dernière copie il y a {hours}\u{a0}h{after}")))
}

/// Do the offices that must sign in with a code have one?
fn codes(app: &App) -> Result<(Health, String)> {
    let asked_of = &app.book.config.sign_in.second_factor_for;
    if asked_of.is_empty() {
        return Ok((Health::Warning, "sign_in.second_factor_for est vide\u{a0}: aucun rôle ne demande de code".into()));
    }
    if !app.book.keyring.is_ready() {
        let words = "sealing.key_file est vide\u{a0}: aucun code n’est demandé, faute d’en garder le secret";
        return Ok((Health::Failed, words.into()));
    }
    let without = app.read_here(|tx| {
        let mut without = 0;
        for (role, person) in crate::people::roles::all_holders(tx)? {
            if asked_of.contains(&role) && !crate::people::second_factor::is_asked_of(tx, person)? {
                without += 1;
            }
        }
        Ok(without)
    })?;
    Ok(match without {
        0 => (Health::Ok, "chaque titulaire d’un rôle qui le demande a choisi un téléphone".into()),
        some => (Health::Warning, format!("{some} titulaires choisiront un téléphone à leur prochaine connexion")),
    })
}

fn letters(app: &App) -> Result<(Health, String)> {
    let (oldest, counts) = app.read_here(|tx| Ok((outbox::store::oldest_queued(tx)?, outbox::store::counts(tx)?)))?;
    let words: Vec<String> = counts.iter().map(|(state, count)| format!("{} {count}", state.as_str())).collect();
    let stuck = oldest.is_some_and(|oldest| oldest.late > chrono::TimeDelta::minutes(30));
    let failed = counts.iter().any(|(state, count)| state.as_str() == "failed" && *count > 0);
    let health = if stuck {
        Health::Failed
    } else if failed {
        Health::Warning
    } else {
        Health::Ok
    };
    Ok((health, words.join(", ")))
}

fn offices(app: &App) -> Result<(Health, String)> {
    let missing = app.read_here(|tx| {
        let today = tx.today();
        let mut missing = Vec::new();
        for role in ["ethics_officer", "secretary_general", "deputy_minister", "system_admin"] {
            let held: i64 = roles::table
                .filter(roles::role.eq(role))
                .filter(roles::since.le(today))
                .filter(roles::until.is_null().or(roles::until.ge(today)))
                .count()
                .get_result(tx.conn)?;
            if held == 0 {
                missing.push(role);
            }
        }
        Ok(missing)
    })?;
    Ok(if missing.is_empty() {
        (Health::Ok, "les rôles essentiels sont tenus".to_owned())
    } else {
        (Health::Warning, format!("personne ne tient : {}", missing.join(", ")))
    })
}

fn directory(app: &App) -> Result<(Health, String)> {
    let (people, alone) = app.read_here(|tx| {
        let today = tx.today();
        let active = || persons::table.filter(persons::active_until.is_null().or(persons::active_until.ge(today)));
        let people: i64 = active().count().get_result(tx.conn)?;
        let alone: i64 = active().filter(persons::supervisor_id.is_null()).count().get_result(tx.conn)?;
        Ok((people, alone))
    })?;
    let health = if people == 0 { Health::Warning } else { Health::Ok };
    Ok((health, format!("{people} personnes en service, {alone} sans gestionnaire")))
}

fn calendar(app: &App) -> Result<(Health, String)> {
    let today = app.clock.now().date();
    let next_year = today + chrono::Months::new(12);
    Ok(if app.book.calendar.covers(next_year) {
        (Health::Ok, format!("jours fériés connus jusqu’au {next_year} au moins"))
    } else {
        (Health::Warning, "les jours fériés de l’an prochain manquent au calendrier".to_owned())
    })
}

/// Whose contracts are the ministry's: without any name of a buyer, few of them are known to be.
fn buyers(app: &App) -> Result<(Health, String)> {
    let named = app.book.config.contracts.buyers.len();
    let has_file = app.read_here(|tx| sources::store::last(tx, Source::Contracts))?.is_some();
    Ok(match (has_file, named) {
        (false, _) => (Health::Ok, "aucun fichier de contrats publics n’a été importé".into()),
        (true, 0) => (
            Health::Warning,
            format!(
                "aucun acheteur n’est nommé (contracts.buyers)\u{a0}: seuls les contrats au nom exact de «\u{a0}{}\u{a0}» comptent comme ceux du ministère",
                app.book.config.organisation.name
            ),
        ),
        (true, _) => (Health::Ok, format!("{named} nom(s) d’acheteur dans contracts.buyers")),
    })
}

fn antivirus(app: &App) -> Result<(Health, String)> {
    let waiting = app.read_here(quarantine::count)?;
    let wait = match waiting {
        0 => String::new(),
        1 => "; 1 fichier attend en quarantaine".to_owned(),
        many => format!("; {many} fichiers attendent en quarantaine"),
    };
    Ok(match Antivirus::of(&app.book.config.uploads).map(|antivirus| antivirus.version()) {
        None => (Health::Warning, format!("aucun : les fichiers joints ne sont pas analysés{wait}")),
        Some(Ok(version)) => (if waiting == 0 { Health::Ok } else { Health::Warning }, format!("{version}{wait}")),
        Some(Err(error)) => {
            tracing::warn!(%error, "clamd does not answer");
            (Health::Failed, format!("clamd ne répond pas{wait}"))
        }
    })
}

fn public_url(app: &App) -> Result<(Health, String)> {
    let config = &app.book.config;
    let demo = config.demo.enabled || config.letters.transport == TransportKind::Mailbox;
    Ok(if config.is_https() {
        (Health::Ok, "https".to_owned())
    } else if demo {
        (Health::Ok, "http, démonstration sur cette machine".to_owned())
    } else {
        (Health::Warning, "http : pour cette machine seulement".to_owned())
    })
}

fn clock(app: &App) -> Result<(Health, String)> {
    // Another process may have recorded what this one was not started with.
    let last = app.read_here(crate::journal::store::last_at)?;
    let lag = last.map_or(app.clock.lag(), |last| (last - app.clock.now()).max(app.clock.lag()));
    Ok(if lag > chrono::TimeDelta::seconds(5) {
        let seconds = [("seconds", Arg::from(lag.num_seconds()))];
        (Health::Failed, say(Language::Fr, "doctor-clock-behind", &seconds))
    } else {
        (Health::Ok, "à l’heure".to_owned())
    })
}

/// Room where the database and the files joined are, and the copies: a disk that fills stops everybody at once.
fn disk(app: &App) -> Result<(Health, String)> {
    let config = &app.book.config;
    let least = u64::from(config.server.min_free_percent);
    if least == 0 {
        return Ok((Health::Warning, "server.min_free_percent est 0\u{a0}: la place libre n’est pas regardée".into()));
    }
    let database = (!app.db.is_postgres()).then(|| app.db.url());
    let folders = [config.uploads.directory.as_str(), config.backup.folder.as_str()];
    let places = database.into_iter().chain(folders).filter(|place| !place.is_empty());
    let free =
        places.map(|place| free_percent(Path::new(place))).collect::<Result<Vec<_>>>()?.into_iter().flatten().min();
    Ok(match free {
        Some(free) if free < least => {
            (Health::Failed, format!("{free}\u{a0}% de place libre, moins que {least}\u{a0}%"))
        }
        Some(free) => (Health::Ok, format!("{free}\u{a0}% de place libre")),
        None => (Health::Ok, "la place libre n’est pas dite par ce système".into()),
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
    name: &'static str,
    result: String,
    detail: String,
}

/// `GET /diagnostic`
pub async fn page(visit: Visit) -> Result<HttpResponse> {
    let app = visit.app.clone();
    let checks = tokio::task::spawn_blocking(move || run(&app)).await.map_err(crate::error::Error::internal)?;
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
