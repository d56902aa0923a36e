//! `probite privacy dictionary|assessment`: what is kept and why, and what a privacy assessment begins with.

use std::process::ExitCode;

use clap::Subcommand;

use super::Invocation;
use crate::declarations::catalogue;
use crate::error::{Error, Result};
use crate::privacy::dictionary::Dictionary;
use crate::retention::schedule::Schedule;
use crate::text::Language;

#[derive(Subcommand)]
pub enum Privacy {
    /// Dictionnaire des données : chaque colonne, sa raison d’être, sa confidentialité, sa durée (Markdown).
    Dictionary {
        /// Langue : fr ou en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
    /// Ce dont part une évaluation des facteurs relatifs à la vie privée (EFVP), écrit des réglages en vigueur (Markdown).
    Assessment {
        /// Langue : fr ou en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
}

impl Privacy {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let dictionary = Dictionary::read()?;
        match self {
            Self::Dictionary { language } => print!("{}", dictionary.to_markdown(Language::parse(&language))),
            Self::Assessment { language } => {
                let config = invocation.settings(&[])?;
                let kinds = catalogue::kinds_of(&config)?;
                let ids: Vec<String> = kinds.iter().map(|kind| kind.id.clone()).collect();
                let schedule = Schedule::parse(&config.retention_schedule()?, &ids).map_err(Error::Internal)?;
                print!("{}", dictionary.assessment(&config, &kinds, &schedule, Language::parse(&language)));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
