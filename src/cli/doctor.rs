//! `probite doctor`

use std::process::ExitCode;

use super::Invocation;
use crate::doctor::{self, Health};
use crate::error::Result;

/// Something must be corrected.
const UNSOUND: u8 = 3;

pub fn run(invocation: &Invocation) -> Result<ExitCode> {
    let checks = doctor::run(&invocation.app()?);
    if invocation.json {
        println!("{}", serde_json::to_string_pretty(&checks)?);
    } else {
        for check in &checks {
            let mark = match check.health {
                Health::Ok => "bon      ",
                Health::Warning => "attention",
                Health::Failed => "À CORRIGER",
            };
            println!("{mark}  {} : {}", check.name, check.detail);
        }
    }
    let worst = checks.iter().map(|check| check.health).max().unwrap_or(Health::Ok);
    Ok(if worst == Health::Failed { ExitCode::from(UNSOUND) } else { ExitCode::SUCCESS })
}
