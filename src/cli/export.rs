//! `probite export`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::Invocation;
use super::report::{alone, output, taking_out};
use crate::access::{Actor, PageAction, RegisterScope};
use crate::app::App;
use crate::declarations::access_log;
use crate::declarations::kind::Kind;
use crate::declarations::lists::Filter;
use crate::error::Result;
use crate::journal::{self, Event};
use crate::register::export;
use crate::register::query::RegisterQuery;
use crate::reports::queries;
use crate::texts::{Arg, Sentence};

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
}

#[derive(Args)]
pub struct Export {
    /// Numéro de la personne au nom de qui l’export est fait; son rôle en décide.
    #[arg(long)]
    by: String,
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Mots cherchés.
    #[arg(long, default_value = "")]
    words: String,
    /// Type, par exemple `gift_declaration`; un type inconnu ou scellé est refusé (code de sortie 2).
    #[arg(long)]
    kind: Option<String>,
    /// Fichier à écrire; la sortie standard par défaut.
    #[arg(long)]
    output: Option<PathBuf>,
}

impl Export {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        let query = RegisterQuery {
            q: self.words.clone(),
            kind: self.kind.clone().unwrap_or_default(),
            ..RegisterQuery::default()
        };
        let file = match self.format {
            Format::Csv => "register.csv",
            Format::Xlsx => "register.xlsx",
        };
        let actor = taking_out(&app, &self.by, PageAction::ExportRegister, file)?;
        if let Some(kind) = &self.kind
            && let Err(told) = known(&app, &actor, kind)
        {
            let words = Arg::from(told.say(invocation.language));
            eprintln!("{}", invocation.say("cli-error", &[("words", words)]));
            // As for any option that means nothing.
            return Ok(ExitCode::from(2));
        }
        if !alone(invocation, &app, &actor, file, &query.address(None))? {
            return Ok(ExitCode::FAILURE);
        }
        let filter = Filter { words: self.words.clone(), kind: self.kind, ..Filter::default() };
        let files = app.read_here(|tx| queries::files_of_register(tx, &actor, &filter))?;
        let mut out = output(self.output)?;
        let (reader, words) = (actor.clone(), self.words);
        // Before the first byte, as from a page.
        app.write_here(move |tx| {
            let event = Event::Exported { what: "register".into(), rows: -1, filter: words };
            journal::record(tx, Some(reader.person), None, &event)?;
            access_log::exported(tx, &reader, file, Some(&files))
        })?;
        match self.format {
            Format::Csv => export::write_csv(&app, &actor, &filter, actor.language, &mut out)?,
            Format::Xlsx => export::write_xlsx(&app, &actor, &filter, actor.language, "", &mut out)?,
        }
        out.flush().map_err(crate::error::Error::internal)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// `Err` with the kinds to choose from, for one that the register does not hold: unknown, or sealed. Let through, it would give an
/// empty file that says nothing was declared.
fn known(app: &App, actor: &Actor, kind: &str) -> std::result::Result<(), Sentence> {
    let (scope, versions) = (RegisterScope::of(actor), app.book.catalogue.kinds());
    let shown = |kind: &Kind| !kind.is_sealed() && scope.holds(&app.book.access, &kind.id);
    let kinds: Vec<&str> =
        versions.iter().map(|version| &*version.kind).filter(|kind| shown(kind)).map(|kind| kind.id.as_str()).collect();
    if kinds.contains(&kind) {
        return Ok(());
    }
    Err(Sentence::new("export-kind-unknown").with("kind", kind).with("kinds", kinds.join(", ")))
}
