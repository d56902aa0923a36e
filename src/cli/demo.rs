//! `probite demo`: a fictional ministry with three years of history, on this machine, for whoever wants to look.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use toml::Value;

use super::{Invocation, at};
use crate::app::App;
use crate::clock::{self, Clock};
use crate::config::Config;
use crate::demo::{self, Size, data::Data};

use crate::error::{Error, Result};
use crate::retention::schedule::Schedule;
use crate::text::Language;
use crate::texts::{Arg, say};

#[derive(Args)]
pub struct Demo {
    /// Port d’écoute; 0 en choisit un libre.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Tout refaire, même si le dossier contient déjà une démonstration.
    #[arg(long)]
    reset: bool,
    /// Personnes du ministère fictif.
    #[arg(long, default_value_t = 600)]
    people: usize,
    /// Déclarations, à peu près.
    #[arg(long, default_value_t = 5000)]
    declarations: usize,
    /// Un autre nombre donne une autre histoire.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Préparer la démonstration sans la servir.
    #[arg(long)]
    no_serve: bool,
    /// Servir sans journal, ni preuves, ni scellement, ni traces de lecture, pour mesurer ce qu’ils coûtent.
    #[cfg(feature = "unproven")]
    #[arg(long, hide = true)]
    unproven: bool,
}

/// What a finished demonstration is made of, written last: without it, the folder holds half of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    people: usize,
    declarations: usize,
    seed: u64,
}

/// Where a demonstration is served: this machine and nobody else's.
const ADDRESS: &str = "127.0.0.1";
const DATABASE: &str = "probite.db";
const MARKER: &str = "demo.toml";
/// Its retention schedule.
const RETENTION: &str = "conservation.toml";

/// The proposed schedule, with years so short for one kind that a destruction can be seen from beginning to end.
fn short_schedule() -> Result<String> {
    let mut schedule: Schedule = toml::from_str(&Config::defaults()?.retention_schedule()?).map_err(Error::internal)?;
    // A file of the register, in its language.
    schedule.approval = say(Language::Fr, "demo-cli-schedule", &[]);
    for rule in schedule.rules.iter_mut().filter(|rule| rule.kinds.contains("event_request")) {
        rule.years = 0;
    }
    toml::to_string(&schedule).map_err(Error::internal)
}
const JOURNAL_KEY: &str = "journal.key";
const WITNESS: &str = "temoin";
pub const SEALING_KEY: &str = "sealing.key";

/// Folder of the demonstration when `--data` names none.
const FOLDER: &str = "probite-demo";

impl Demo {
    /// Makes the demonstration when it is not there yet, then serves it until interrupted.
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let folder = invocation.data().unwrap_or(Path::new(FOLDER));
        std::fs::create_dir_all(folder).map_err(|e| at(folder, &e))?;
        let port = free_port(invocation, self.port, self.no_serve)?;
        let wanted = Made { people: self.people, declarations: self.declarations, seed: self.seed };
        let made = made(folder).filter(|_| !self.reset);
        let app = match made {
            Some(made) => {
                if made != wanted {
                    eprintln!("{}", invocation.say("demo-cli-other", &[]));
                }
                App::build(settings(invocation, folder, port)?, Clock::system())?
            }
            None => {
                clear(folder)?;
                make(invocation, settings(invocation, folder, port)?, folder, &wanted)?
            }
        };
        #[cfg(feature = "unproven")]
        if self.unproven {
            crate::bench::off::switch_off();
        }
        if self.no_serve { Ok(ExitCode::SUCCESS) } else { super::serve::serve(app) }
    }
}

fn make(invocation: &Invocation, config: Config, folder: &Path, wanted: &Made) -> Result<App> {
    let end = Clock::system().now();
    let zone = chrono_tz::America::Toronto;
    // The kinds and the policy were in force on the first day.
    let first = clock::start_of_day(demo::first_day(clock::local_date(end, zone)), zone);
    let mut app = App::build(config, Clock::at(first))?;
    let bar = ProgressBar::new(100);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {percent} %") {
        bar.set_style(style);
    }
    bar.set_message(invocation.say("demo-cli-making", &[]));
    let size = Size { people: wanted.people, declarations: wanted.declarations, seed: wanted.seed };
    let started = std::time::Instant::now();
    let tally = demo::build(&app, size, end, &|share| bar.set_position(share))?;
    bar.finish_and_clear();
    let marker = folder.join(MARKER);
    std::fs::write(&marker, toml::to_string(wanted).map_err(Error::internal)?).map_err(|e| at(&marker, &e))?;
    let seconds = format!("{:.1}", started.elapsed().as_secs_f64());
    let seconds = if invocation.language == Language::Fr { seconds.replace('.', ",") } else { seconds };
    let made = [("steps", Arg::count(tally.steps)), ("seconds", Arg::from(seconds))];
    eprintln!("{}", invocation.say("demo-cli-made", &made));
    app.clock = Clock::system();
    Ok(app)
}

/// The settings of the demonstration, over those of the invocation.
fn settings(invocation: &Invocation, folder: &Path, port: u16) -> Result<Config> {
    let data = Data::load()?;
    let key = folder.join(JOURNAL_KEY);
    if !key.exists() {
        super::journal::write_key("demonstration.example/journal", &key)?;
    }
    let seal = folder.join(SEALING_KEY);
    if !seal.exists() {
        super::sealing::write_key(&seal)?;
    }
    let schedule = folder.join(RETENTION);
    std::fs::write(&schedule, short_schedule()?).map_err(|e| at(&schedule, &e))?;
    let path = |name: &str| Value::String(folder.join(name).display().to_string());
    invocation.settings(&[
        ("organisation.name", Value::String(data.ministry.name.clone())),
        ("organisation.name_en", Value::String(data.ministry.name_en.clone())),
        ("database.url", path(DATABASE)),
        // Throw-away data: a memory file system will do.
        ("database.allow_unsafe_settings", Value::Boolean(true)),
        ("server.address", Value::String(ADDRESS.into())),
        ("server.port", Value::Integer(port.into())),
        ("server.public_url", Value::String(format!("http://{ADDRESS}:{port}"))),
        ("uploads.directory", path("attachments")),
        ("letters.transport", Value::String("mailbox".into())),
        ("letters.directory", path("letters")),
        ("journal.key_file", path(JOURNAL_KEY)),
        ("sealing.key_file", path(SEALING_KEY)),
        ("files.retention", path(RETENTION)),
        ("journal.witness_folder", path(WITNESS)),
        ("demo.enabled", Value::Boolean(true)),
        // Everybody signs in without a password.
        ("sign_in.second_factor_for", Value::Array(Vec::new())),
        // Tools that visit every page sign in often.
        ("sign_in.tries_per_account", Value::Integer(6_000)),
        ("sign_in.tries_per_account_in_all", Value::Integer(60_000)),
        ("sign_in.tries_per_address", Value::Integer(60_000)),
        ("api.requests_per_minute", Value::Integer(6_000_000)),
        ("api.rows_per_day", Value::Integer(i64::from(u32::MAX))),
        ("sign_in.idle_minutes", Value::Integer(240)),
    ])
}

/// The port wanted, or a free one for 0, found before anything long is done.
fn free_port(invocation: &Invocation, wanted: u16, unused: bool) -> Result<u16> {
    if unused {
        return Ok(if wanted == 0 { 8080 } else { wanted });
    }
    let taken = |_| Error::Internal(invocation.say("demo-cli-port", &[("port", Arg::from(wanted.to_string()))]));
    let listener = std::net::TcpListener::bind((ADDRESS, wanted)).map_err(taken)?;
    Ok(listener.local_addr().map_err(Error::internal)?.port())
}

fn made(folder: &Path) -> Option<Made> {
    toml::from_str(&std::fs::read_to_string(folder.join(MARKER)).ok()?).ok()
}

/// Removes what an earlier demonstration left, and nothing else of the folder.
fn clear(folder: &Path) -> Result<()> {
    for name in [MARKER, DATABASE, "probite.db-wal", "probite.db-shm"] {
        let path = folder.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(at(&path, &error)),
            _ => {}
        }
    }
    // Another register begins, of the same key: what was seen of the one before is not its own.
    let seen = folder.join(WITNESS);
    match std::fs::remove_dir_all(&seen) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(at(&seen, &error)),
        _ => Ok(()),
    }
}
