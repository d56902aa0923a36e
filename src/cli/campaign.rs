//! `probite campaign`: what a campaign would do, and how one goes. Opening and closing one is for the ethics officer, on the
//! pages, under their own name.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Subcommand;

use super::Invocation;
use crate::campaigns::actions::{self, Plan};
use crate::campaigns::api;
use crate::error::{Error, Result};
use crate::formats::format_percent;
use crate::text::Language;
use crate::texts::Arg;
use crate::web::problems::field_message;

#[derive(Subcommand)]
pub enum CampaignCommand {
    /// Lister les campagnes et où en sont leurs réponses.
    List,
    /// Suivre une campagne, unité par unité.
    Show {
        /// Numéro de la campagne.
        id: i64,
    },
    /// Essai à blanc : ce qu’une campagne ferait; rien n’est envoyé.
    DryRun {
        /// Année visée, par exemple 2026-2027.
        #[arg(long)]
        label: String,
        /// Dernier jour pour répondre, AAAA-MM-JJ.
        #[arg(long)]
        due_on: NaiveDate,
        /// Fichier des personnes à exclure de la campagne : un numéro et un motif par ligne.
        #[arg(long)]
        exceptions: Option<PathBuf>,
    },
}

impl CampaignCommand {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        match self {
            Self::List => {
                let campaigns = app.read_here(api::all)?;
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&campaigns)?);
                    return Ok(ExitCode::SUCCESS);
                }
                for one in campaigns {
                    let state = one.closed_on.map_or_else(
                        || invocation.say("cli-campaign-open", &[]),
                        |on| invocation.say("cli-campaign-closed", &[("day", Arg::from(on.to_string()))]),
                    );
                    let args = [
                        ("answered", Arg::from(one.answered)),
                        ("people", Arg::from(one.people)),
                        ("share", Arg::from(percent(one.answered, one.people, invocation.language))),
                        ("day", Arg::from(one.due_on.to_string())),
                    ];
                    let progress = invocation.say("cli-campaign-progress", &args);
                    println!("{:>4}  {}  {state}  {progress}", one.id, one.label);
                }
            }
            Self::Show { id } => {
                let one = app.read_here(|tx| api::one(tx, id))?;
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&one)?);
                    return Ok(ExitCode::SUCCESS);
                }
                let of = invocation.say("cli-campaign-of", &[]);
                for unit in one.units {
                    let share = percent(unit.answered, unit.people, invocation.language);
                    println!("{:>5} {of} {:<5} {share:>8}  {}", unit.answered, unit.people, unit.name);
                }
                println!(
                    "{}",
                    invocation.say("cli-campaign-excepted", &[("people", Arg::from(one.campaign.excepted))])
                );
            }
            Self::DryRun { label, due_on, exceptions } => {
                let exceptions = exceptions.map(std::fs::read_to_string).transpose().map_err(Error::internal)?;
                let exceptions = exceptions.unwrap_or_default();
                let run =
                    app.read_here(|tx| actions::dry_run(tx, &Plan { label: &label, due_on, exceptions: &exceptions }));
                let run = match run {
                    Err(Error::Invalid(errors)) => {
                        for error in errors {
                            eprintln!("{}", field_message(&error, invocation.language));
                        }
                        return Ok(ExitCode::from(4));
                    }
                    other => other?,
                };
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&run)?);
                    return Ok(ExitCode::SUCCESS);
                }
                let days: Vec<String> = run.reminders.iter().map(ToString::to_string).collect();
                let args = [
                    ("people", Arg::count(run.people)),
                    ("excepted", Arg::count(run.excepted)),
                    ("address", Arg::count(run.without_address)),
                    ("supervisor", Arg::count(run.without_supervisor)),
                    ("away", Arg::count(run.away)),
                    ("days", Arg::from(days.join(", "))),
                ];
                for key in ["cli-campaign-would-ask", "cli-campaign-would-miss", "cli-campaign-would-remind"] {
                    println!("{}", invocation.say(key, &args));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn percent(part: i64, whole: i64, language: Language) -> String {
    format_percent(part.unsigned_abs(), whole.unsigned_abs(), language)
}
