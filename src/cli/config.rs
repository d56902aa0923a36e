//! `probite config`

use std::process::ExitCode;

use clap::Subcommand;

use super::Invocation;
use crate::config::DEFAULT;
use crate::error::Result;

#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Les réglages en vigueur. Les secrets vivent dans leurs propres fichiers et ne sont jamais montrés.
    Print,
    /// Tous les réglages, expliqués, avec leur valeur par défaut.
    Reference,
}

impl ConfigCommand {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        match self {
            Self::Print => {
                let config = invocation.settings(&[])?;
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&config)?);
                } else {
                    print!("{}", config.print()?);
                }
            }
            Self::Reference => print!("{DEFAULT}"),
        }
        Ok(ExitCode::SUCCESS)
    }
}
