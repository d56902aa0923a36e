//! `probite bench`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Invocation;
use crate::bench::{self, probes::Plan, table};
use crate::error::Result;

#[derive(Args)]
pub struct Bench {
    /// Démonstration agrandie, préparée par `probite demo --declarations 100000 --no-serve --data …`.
    #[arg(long, required_unless_present_any = ["registry", "contracts", "leaves"])]
    large: Option<PathBuf>,
    /// Petite démonstration, pour le rapport de croissance.
    #[arg(long)]
    small: Option<PathBuf>,
    /// Archive du registre des entreprises, faite par `tests/tools/outside.py req` : l’importer et y chercher.
    #[arg(long)]
    registry: Option<PathBuf>,
    /// Règles, rejeu et recoupements sur la démonstration agrandie.
    #[arg(long, requires = "large")]
    rules: bool,
    /// Fichier OCDS, fait par `tests/tools/outside.py ocds` : le lire.
    #[arg(long)]
    contracts: Option<PathBuf>,
    /// Ce que coûtent le journal, ses preuves, le scellement et les traces de lecture, sur la démonstration agrandie.
    #[cfg(feature = "unproven")]
    #[arg(long, requires = "large")]
    proof_cost: bool,
    /// Signer, prouver et vérifier un journal d’autant d’événements, fait pour l’occasion.
    #[arg(long)]
    leaves: Option<i64>,
    /// Requêtes par mesure.
    #[arg(long, default_value_t = 4000)]
    requests: usize,
}

impl Bench {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let mut lines = Vec::new();
        #[cfg(feature = "unproven")]
        if let Some(large) = self.large.as_ref().filter(|_| self.proof_cost) {
            table::print(&bench::proof::measure(large, self.requests)?);
            return Ok(ExitCode::SUCCESS);
        }
        if let Some(large) = self.large.as_ref().filter(|_| self.rules) {
            lines.extend(bench::rules::measure(large)?);
        } else if let Some(large) = self.large {
            lines.extend(bench::run(&Plan { data: large, small: self.small, requests: self.requests })?);
        }
        // Contracts first: the memory told is the most the process ever held.
        if let Some(file) = &self.contracts {
            lines.extend(bench::outside::contracts(file)?);
        }
        if let Some(file) = &self.registry {
            lines.extend(bench::outside::registry(file)?);
        }
        if let Some(count) = self.leaves {
            lines.extend(bench::leaves::measure(count)?);
        }
        if invocation.json {
            println!("{}", serde_json::to_string_pretty(&lines)?);
        } else {
            table::print(&lines);
        }
        Ok(ExitCode::SUCCESS)
    }
}
