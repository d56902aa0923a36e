//! `probite kind list|check|show`: the forms that come with the service, and a file read before it is proposed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::Invocation;
use super::policy::read;
use crate::declarations::kind::Kind;
use crate::declarations::{catalogue, kind_file};
use crate::error::{Error, Result};
use crate::forms::describe;
use crate::text::Language;
use crate::texts::Arg;

#[derive(Subcommand)]
pub enum KindCommand {
    /// Les formulaires des fichiers du service : nom, nombre de questions, titre.
    List,
    /// Vérifier le fichier d’un formulaire parmi les autres. Chaque erreur a sa ligne et sa colonne.
    Check { file: PathBuf },
    /// Un formulaire comme texte (Markdown).
    Show {
        kind: String,
        /// Langue : fr ou en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
}

impl KindCommand {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let kinds = catalogue::kinds_of(&invocation.settings(&[])?)?;
        match self {
            Self::List => {
                for kind in &kinds {
                    println!("{}\t{}\t{}", kind.id, kind.fields().count(), kind.title.get(invocation.language));
                }
                Ok(ExitCode::SUCCESS)
            }
            Self::Check { file } => {
                let (name, text) = (file.display().to_string(), read(&file)?);
                let checked = kind_file::parse(&name, &text).and_then(|kind| {
                    let others = kinds.iter().filter(|other| other.id != kind.id);
                    let all: Vec<&Kind> = others.chain([&kind]).collect();
                    kind_file::check(&name, &text, &kind, &all)?;
                    Ok(kind.fields().count())
                });
                match checked {
                    Ok(questions) => {
                        println!("{}", invocation.say("cli-kind-sound", &[("questions", Arg::count(questions))]));
                        Ok(ExitCode::SUCCESS)
                    }
                    Err(problems) => {
                        eprintln!("{}", problems.to_text(invocation.language));
                        Ok(ExitCode::from(4))
                    }
                }
            }
            Self::Show { kind, language } => {
                let kind = kinds.iter().find(|found| found.id == kind).ok_or(Error::NotFound)?;
                print!("{}", describe::to_markdown(kind, Language::parse(&language)));
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
