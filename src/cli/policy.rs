//! `probite policy check|table`: the rules read before they are installed, and the reference written from them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::Invocation;
use crate::declarations::catalogue;
use crate::error::{Error, Result};
use crate::policy::coverage::{self, Coverage};
use crate::policy::file;
use crate::text::Language;

#[derive(Subcommand)]
pub enum PolicyCommand {
    /// Vérifier un fichier de règles : noms, natures, seuils, textes. Chaque erreur a sa ligne et sa colonne.
    Check { file: PathBuf },
    /// La politique, phrase par phrase : règles, champs ou jugement; puis les règles et les faits (Markdown).
    Table {
        /// Table des phrases; celle qui vient avec le service si rien n’est donné.
        #[arg(long)]
        coverage: Option<PathBuf>,
        /// Langue : fr ou en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
}

impl PolicyCommand {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let config = invocation.settings(&[])?;
        let kinds = catalogue::kinds_of(&config)?;
        let kinds: Vec<_> = kinds.iter().collect();
        match self {
            Self::Check { file: path } => {
                let text = read(&path)?;
                match file::read(&path.display().to_string(), &text, &kinds) {
                    Ok(policy) => {
                        println!("{} règles, aucune erreur.", policy.rules().len());
                        Ok(ExitCode::SUCCESS)
                    }
                    Err(problems) => {
                        eprintln!("{}", problems.to_text(Language::Fr));
                        Ok(ExitCode::from(4))
                    }
                }
            }
            Self::Table { coverage: path, language } => {
                let text = path.map_or_else(|| Ok(coverage::SHIPPED.to_owned()), |path| read(&path))?;
                let coverage = Coverage::parse(&text).map_err(Error::Internal)?;
                let policy = catalogue::policy_of(&config, &kinds, coverage.policy)?;
                let problems = coverage.problems(&policy, &kinds);
                if !problems.is_empty() {
                    eprintln!("{}", problems.join("\n"));
                    return Ok(ExitCode::from(4));
                }
                let language = if language == "en" { Language::En } else { Language::Fr };
                print!("{}", coverage.to_markdown(&policy, language));
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// The text of a file named on the command line.
pub(super) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| Error::Internal(format!("{}: {error}", path.display())))
}
