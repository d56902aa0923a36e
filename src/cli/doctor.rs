//! `probite doctor`

use std::process::ExitCode;

use super::Invocation;
use crate::doctor::{self, Health};
use crate::error::Result;
use crate::texts::Arg;

/// Something must be corrected.
const UNSOUND: u8 = 3;

pub fn run(invocation: &Invocation) -> Result<ExitCode> {
    let app = invocation.app()?;
    // Programs read the same names whatever the language.
    let checks = if invocation.json { doctor::run(&app) } else { doctor::run_in(&app, invocation.language) };
    if invocation.json {
        println!("{}", serde_json::to_string_pretty(&checks)?);
    } else {
        for check in &checks {
            let mark = invocation.say(
                match check.health {
                    Health::Ok => "cli-doctor-ok",
                    Health::Warning => "cli-doctor-warning",
                    Health::Failed => "cli-doctor-failed",
                },
                &[],
            );
            let args = [("name", Arg::from(check.name.as_str())), ("detail", Arg::from(check.detail.as_str()))];
            println!("{mark:<9}  {}", invocation.say("cli-doctor-check", &args));
        }
    }
    let worst = checks.iter().map(|check| check.health).max().unwrap_or(Health::Ok);
    Ok(if worst == Health::Failed { ExitCode::from(UNSOUND) } else { ExitCode::SUCCESS })
}
