//! `probite export`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::Invocation;
use super::report::{acting, alone, output};
use crate::access::PageAction;
use crate::declarations::lists::Filter;
use crate::error::Result;
use crate::journal::{self, Event};
use crate::register::export;
use crate::register::query::RegisterQuery;

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
    /// Type, par exemple `gift_declaration`.
    #[arg(long)]
    kind: Option<String>,
    /// Fichier à écrire; la sortie standard par défaut.
    #[arg(long)]
    output: Option<PathBuf>,
}

impl Export {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        let actor = acting(&app, &self.by, PageAction::ExportRegister)?;
        let query = RegisterQuery {
            q: self.words.clone(),
            kind: self.kind.clone().unwrap_or_default(),
            ..RegisterQuery::default()
        };
        let file = match self.format {
            Format::Csv => "register.csv",
            Format::Xlsx => "register.xlsx",
        };
        if !alone(&app, &actor, file, &query.address(None))? {
            return Ok(ExitCode::FAILURE);
        }
        let filter = Filter { words: self.words.clone(), kind: self.kind, ..Filter::default() };
        let (person, words) = (actor.person, self.words);
        app.write_here(move |tx| {
            let event = Event::Exported { what: "register".into(), rows: -1, filter: words };
            journal::record(tx, Some(person), None, &event)
        })?;
        let mut out = output(self.output)?;
        match self.format {
            Format::Csv => export::write_csv(&app, &actor, &filter, actor.language, &mut out)?,
            Format::Xlsx => export::write_xlsx(&app, &actor, &filter, actor.language, "", &mut out)?,
        }
        out.flush().map_err(crate::error::Error::internal)?;
        Ok(ExitCode::SUCCESS)
    }
}
