//! `probite report`

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};

use super::Invocation;
use super::person::by_number;
use crate::access::actor::Channel;
use crate::access::{Actor, PageAction};
use crate::acts::exports;
use crate::app::App;
use crate::declarations::access_log;
use crate::error::{Error, Result};
use crate::journal::{self, Event, checkpoints, receipt};
use crate::people::sessions;
use crate::reports::figures::DataSeal;
use crate::reports::queries::{self, Scope};
use crate::reports::{pages, proof};
use crate::texts::Arg;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    Pdf,
    Xlsx,
    Json,
    Csv,
}

impl Format {
    /// As files end.
    fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// Name of its file, in the access log and among what two people approve.
    fn file(self) -> &'static str {
        match self {
            Self::Pdf => "audit.pdf",
            Self::Xlsx => "audit.xlsx",
            Self::Json => "audit.json",
            Self::Csv => "audit.csv",
        }
    }
}

#[derive(Subcommand)]
pub enum Report {
    /// Rapport d’audit d’une période.
    Audit {
        /// Premier jour.
        #[arg(long)]
        from: NaiveDate,
        /// Dernier jour.
        #[arg(long)]
        to: NaiveDate,
        /// Numéro de la personne au nom de qui le rapport est fait; son rôle en décide.
        #[arg(long)]
        by: String,
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
        /// Fichier à écrire; la sortie standard par défaut.
        #[arg(long)]
        output: Option<PathBuf>,
        /// Fichier où écrire la preuve signée de ce rapport, octet pour octet (`probite verify RAPPORT --manifest PREUVE`).
        #[arg(long)]
        proof: Option<PathBuf>,
    },
}

/// The person a command acts for, when they still do.
fn whoever(app: &App, number: &str) -> Result<Actor> {
    let actor = app.read_here(|tx| {
        let person = by_number(tx, number)?;
        sessions::actor(tx, &person, Channel::Command, false)
    })?;
    actor.ok_or(Error::NotAllowed)
}

/// The person a command acts for, allowed to do what the page does.
pub fn acting(app: &App, number: &str, action: PageAction) -> Result<Actor> {
    let actor = whoever(app, number)?;
    if app.book.access.opens(action, Some(&actor)) { Ok(actor) } else { Err(Error::NotAllowed) }
}

/// [`acting`], for a command that takes people's files out: whoever may not leaves a row in the access log.
pub fn taking_out(app: &App, number: &str, action: PageAction, what: &'static str) -> Result<Actor> {
    let actor = whoever(app, number)?;
    if app.book.access.opens(action, Some(&actor)) {
        return Ok(actor);
    }
    app.write_here(move |tx| access_log::stopped(tx, &actor, what))?;
    Err(Error::NotAllowed)
}

/// Standard output, or a file readable by its owner alone.
pub fn output(path: Option<PathBuf>) -> Result<Box<dyn Write>> {
    let Some(path) = path else { return Ok(Box::new(std::io::stdout().lock())) };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path).map_err(|e| Error::of_file(&path, &e))?;
    Ok(Box::new(std::io::BufWriter::new(file)))
}

/// What one person may not take out alone, from a terminal no more than from a page: says where a second one approves.
pub fn alone(invocation: &Invocation, app: &App, actor: &Actor, file: &str, query: &str) -> Result<bool> {
    match app.read_here(|tx| exports::require(tx, actor, file, query)) {
        Err(Error::SecondPerson(page)) => {
            let address = format!("{}{page}", app.book.config.server.public_url);
            eprintln!("{}", invocation.say("export-second-person", &[("address", Arg::from(address))]));
            Ok(false)
        }
        other => other.map(|()| true),
    }
}

impl Report {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let Self::Audit { from, to, by, format, output: path, proof: kept } = self;
        if to < from {
            return Err(Error::field("to", "error-period"));
        }
        let app = invocation.app()?;
        let name = format.file();
        let actor = taking_out(&app, &by, PageAction::AuditReport, name)?;
        if !alone(invocation, &app, &actor, name, &format!("du={from}&au={to}"))? {
            return Ok(ExitCode::FAILURE);
        }
        let scope = Scope::whole(from, to);
        let files = if pages::carries_files(name) {
            Some(app.read_here(|tx| queries::files_in_period(tx, &actor, &scope))?)
        } else {
            None
        };
        // Nothing is written down of what cannot leave.
        let signer = checkpoints::signer(&app.book.config)?;
        if kept.is_some() && signer.is_none() {
            return Err(Error::NotPossible("not-possible-proof"));
        }
        if cfg!(not(feature = "pdf")) && matches!(format, Format::Pdf) {
            return Err(Error::NotPossible("not-possible-pdf"));
        }
        let mut out = output(path)?;
        let reader = actor.clone();
        // Before the first byte, as from a page.
        app.write_here(move |tx| {
            let event = Event::Exported { what: "audit".into(), rows: -1, filter: format!("{from}..{to}") };
            journal::record(tx, Some(reader.person), None, &event)?;
            access_log::exported(tx, &reader, name, files.as_ref())
        })?;
        let language = actor.language;
        let (seal, file) = proof::written(format.name(), &mut out, |out| {
            app.read_here(|tx| match format {
                Format::Json => taken(pages::json_of(tx, &actor, &scope, language)?, out),
                Format::Csv => pages::write_csv(tx, &actor, &scope, language, out),
                Format::Xlsx => pages::write_xlsx(tx, &actor, &scope, language, out),
                #[cfg(feature = "pdf")]
                Format::Pdf => taken(pages::pdf_of(tx, &actor, &scope, language)?, out),
                #[cfg(not(feature = "pdf"))]
                Format::Pdf => Err(Error::NotPossible("not-possible-pdf")),
            })
        })?;
        out.flush().map_err(Error::internal)?;
        let (by, of) = (actor.clone(), scope.clone());
        app.write_here(move |tx| proof::record(tx, &by, &of, &seal, Some(file)))?;
        if let (Some(path), Some(signer)) = (kept, signer) {
            // Witnesses sign it first, when there are some and they answer.
            checkpoints::publish(&app)?;
            let head = checkpoints::sign(&app, &signer)?.ok_or(Error::NotFound)?;
            let receipt = app.read_here(|tx| {
                let numbers = proof::numbers(tx, &actor, &scope)?;
                receipt::of(tx, &proof::about(&scope), &numbers, &head)
            })?;
            let mut out = output(Some(path))?;
            out.write_all(serde_json::to_string_pretty(&receipt)?.as_bytes()).map_err(Error::internal)?;
            out.flush().map_err(Error::internal)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes a report that is at hand; the hash that it prints.
fn taken((bytes, seal): (Vec<u8>, DataSeal), out: &mut dyn Write) -> Result<DataSeal> {
    out.write_all(&bytes).map_err(Error::internal)?;
    Ok(seal)
}
