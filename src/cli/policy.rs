//! `probite policy check|table|pack|propose`: the rules read before they are installed, and the reference written from them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::journal::public_key;
use super::report::acting;
use super::{Invocation, at};
use crate::access::PageAction;
use crate::declarations::catalogue;
use crate::error::{Error, Result};
use crate::journal::checkpoints::signer;
use crate::policy::coverage::{self, Coverage};
use crate::policy::{file, pack};
use crate::text::Language;
use crate::texts::Arg;

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
    /// Emporter les règles et les formulaires en vigueur dans un paquet signé, qu’un autre organisme peut adopter.
    Pack {
        /// Numéro de la personne au nom de qui le paquet est fait; son rôle en décide.
        #[arg(long)]
        by: String,
        #[arg(long)]
        output: PathBuf,
    },
    /// Vérifier le paquet d’un autre organisme, et ouvrir une proposition pour tout ce qu’il dit autrement.
    Propose {
        pack: PathBuf,
        /// Clé publique de l’organisme, ou fichier qui la contient.
        #[arg(long)]
        key: String,
        /// Numéro de la personne qui propose; son rôle en décide, et une autre adoptera.
        #[arg(long)]
        by: String,
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
                        println!(
                            "{}",
                            invocation.say("cli-policy-sound", &[("rules", Arg::count(policy.rules().len()))])
                        );
                        Ok(ExitCode::SUCCESS)
                    }
                    Err(problems) => {
                        eprintln!("{}", problems.to_text(invocation.language));
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
            Self::Pack { by, output } => {
                let app = invocation.app()?;
                let actor = acting(&app, &by, PageAction::ProposePolicy)?;
                let signer = signer(&app.book.config)?.ok_or(Error::NotPossible("not-possible-pack"))?;
                let text = app.write_here(move |tx| pack::make(tx, &actor, &signer))?;
                std::fs::write(&output, text).map_err(|error| at(&output, &error))?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Propose { pack: path, key, by } => {
                let app = invocation.app()?;
                let actor = acting(&app, &by, PageAction::ProposePolicy)?;
                let verifier = public_key(&key)?;
                let opened = match pack::open(&read(&path)?, &verifier) {
                    Ok(opened) => opened,
                    Err(refused) => {
                        eprintln!("{}", invocation.say(refused.key(), &[]));
                        return Ok(ExitCode::from(4));
                    }
                };
                let signed_by = verifier.name().to_owned();
                let done = app.write_here(move |tx| pack::propose(tx, &actor, &opened, &signed_by))?;
                println!("{}", serde_json::to_string_pretty(&done)?);
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// The text of a file named on the command line.
pub(super) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| Error::of_file(path, &error))
}
