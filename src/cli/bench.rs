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
    #[arg(long)]
    large: PathBuf,
    /// Petite démonstration, pour le rapport de croissance.
    #[arg(long)]
    small: Option<PathBuf>,
    /// Requêtes par mesure.
    #[arg(long, default_value_t = 4000)]
    requests: usize,
}

impl Bench {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let plan = Plan { data: self.large, small: self.small, requests: self.requests };
        let lines = bench::run(&plan)?;
        if invocation.json {
            println!("{}", serde_json::to_string_pretty(&lines)?);
        } else {
            table::print(&lines);
        }
        Ok(ExitCode::SUCCESS)
    }
}
