//! `probite import`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use super::Invocation;
use super::person::by_number;
use crate::app::App;
use crate::companies::lists;
use crate::companies::registry::{self, codes::Relation, import::Report};
use crate::contracts::{below, import as contracts};
use crate::crosschecks;
use crate::error::Result;
use crate::people::PersonId;
use crate::sources::{Problems, Source};
use crate::texts::Arg;

#[derive(Subcommand)]
pub enum Import {
    /// Registre des entreprises (REQ) : l’archive ZIP de fichiers CSV.
    Req {
        /// Archive ZIP.
        file: PathBuf,
        /// Lire l’archive jusqu’à la fin et dire ce qui est à corriger, sans rien changer.
        #[arg(long)]
        dry_run: bool,
        /// Numéro de la personne qui importe.
        #[arg(long)]
        by: Option<String>,
    },
    /// Liste des entreprises non admissibles (rena) ou autorisées (rea), en CSV : neq, nom, debut, fin, statut.
    List {
        #[arg(value_parser = ["rena", "rea"])]
        list: String,
        /// Fichier CSV : la liste entière.
        file: PathBuf,
        /// Dire ce qui changerait et ce qui est à corriger, sans rien changer.
        #[arg(long)]
        dry_run: bool,
        /// Numéro de la personne qui importe.
        #[arg(long)]
        by: Option<String>,
    },
    /// Contrats publics : fichiers OCDS (SEAO), un à un ou par dossier.
    Contracts {
        /// Fichiers ou dossiers.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Contrats sous les seuils de publication, en CSV : numero, neq, nom, montant, signe_le, debut, fin, objet, unite.
        #[arg(long)]
        csv: bool,
        /// Dire ce qui changerait et ce qui est à corriger, sans rien changer.
        #[arg(long)]
        dry_run: bool,
        /// Numéro de la personne qui importe.
        #[arg(long)]
        by: Option<String>,
    },
}

/// The file has errors; nothing of it was kept.
const BROKEN_FILE: u8 = 4;

impl Import {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        match self {
            Self::Req { file, dry_run, by } => {
                let by = who(&app, by.as_deref())?;
                let bar = ProgressBar::new_spinner();
                // The template of the bar fills what it counts itself.
                let lines = invocation.say("cli-import-progress", &[("lines", "{human_pos}".into())]);
                if let Ok(style) = ProgressStyle::with_template(&format!("{{spinner}} {lines}, {{elapsed}}")) {
                    bar.set_style(style);
                }
                let report = registry::import::import(&app, by, &file, dry_run, &|rows| bar.set_position(rows))?;
                bar.finish_and_clear();
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&report)?);
                } else {
                    let outcome = match () {
                        () if report.refused => "cli-import-refused",
                        () if report.known => "cli-import-register-known",
                        () if dry_run => "cli-import-nothing-changed",
                        () => "cli-import-in-force",
                    };
                    let args = [
                        ("file", Arg::from(report.file.as_str())),
                        ("enterprises", Arg::count(report.enterprises)),
                        ("names", Arg::count(report.names)),
                        ("problems", Arg::count(report.problems.count)),
                        ("outcome", Arg::from(invocation.say(outcome, &[]))),
                    ];
                    println!("{}", invocation.say("cli-import-register", &args));
                    read_of_it(invocation, &report);
                    problems(invocation, &report.problems);
                }
                Ok(code(report.refused))
            }
            Self::List { list, file, dry_run, by } => {
                let by = who(&app, by.as_deref())?;
                let source = if list == "rena" { Source::Rena } else { Source::Rea };
                let report = lists::import(&app, by, source, &file, dry_run)?;
                let made = crosschecks::follow::follow_all(&app)?;
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&report)?);
                } else {
                    tell(invocation, &report, dry_run);
                    tell_crosschecks(invocation, made);
                }
                Ok(code(report.refused))
            }
            Self::Contracts { paths, csv, dry_run, by } => {
                let by = who(&app, by.as_deref())?;
                let mut reports = Vec::new();
                for path in &paths {
                    for file in contracts::files(path)? {
                        let report = if csv {
                            below::import(&app, by, &file, dry_run)?
                        } else {
                            contracts::import(&app, by, &file, dry_run)?
                        };
                        if !invocation.json {
                            tell(invocation, &report, dry_run);
                        }
                        reports.push(report);
                    }
                }
                let made = crosschecks::follow::follow_all(&app)?;
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&reports)?);
                } else {
                    tell_crosschecks(invocation, made);
                }
                Ok(code(reports.iter().any(|report| report.refused)))
            }
        }
    }
}

fn who(app: &App, number: Option<&str>) -> Result<Option<PersonId>> {
    number.map(|number| app.read_here(|tx| Ok(by_number(tx, number)?.id))).transpose()
}

fn code(refused: bool) -> ExitCode {
    if refused { ExitCode::from(BROKEN_FILE) } else { ExitCode::SUCCESS }
}

fn problems(invocation: &Invocation, found: &Problems) {
    for problem in &found.shown {
        eprintln!("  {}", problem.text(invocation.language));
    }
    let more = found.count - i64::try_from(found.shown.len()).unwrap_or(i64::MAX);
    if more > 0 {
        eprintln!("  {}", invocation.say("cli-import-more", &[("count", Arg::from(more))]));
    }
}

/// What was read of each file of the archive, what codes of relations were taken for, and where an import that was stopped went on.
fn read_of_it(invocation: &Invocation, report: &Report) {
    if report.resumed > 0 {
        println!("  {}", invocation.say("cli-import-resumed", &[("lines", Arg::count(report.resumed))]));
    }
    for part in &report.parts {
        let args =
            [("file", Arg::from(part.file.as_str())), ("rows", Arg::count(part.rows)), ("kept", Arg::count(part.kept))];
        println!("  {}", invocation.say(if part.there { "cli-import-part" } else { "cli-import-part-missing" }, &args));
    }
    for met in &report.relations {
        let label = if met.label.is_empty() { invocation.say("cli-import-no-label", &[]) } else { met.label.clone() };
        let taken = match met.relation {
            Relation::Merger => "cli-import-merger",
            Relation::Split => "cli-import-split",
            Relation::Unknown => "cli-import-unknown",
        };
        let args = [
            ("code", Arg::from(met.code.as_str())),
            ("label", Arg::from(label)),
            ("taken", Arg::from(invocation.say(taken, &[]))),
            ("rows", Arg::count(met.rows)),
        ];
        println!("  {}", invocation.say("cli-import-relation", &args));
    }
}

fn tell_crosschecks(invocation: &Invocation, made: usize) {
    if made > 0 {
        println!("{}", invocation.say("cli-import-crosschecks", &[("count", Arg::count(made))]));
    }
}

fn tell(invocation: &Invocation, report: &contracts::Report, dry_run: bool) {
    let tally = report.tally;
    let outcome = match () {
        () if report.refused => "cli-import-refused",
        () if report.known => "cli-import-known",
        () if dry_run => "cli-import-would-change",
        () => "cli-import-changed",
    };
    let args = [
        ("file", Arg::from(report.file.as_str())),
        ("rows", Arg::count(tally.rows)),
        ("left", Arg::count(report.left_out)),
        ("problems", Arg::count(report.problems.count)),
        ("outcome", Arg::from(invocation.say(outcome, &[("changes", Arg::count(tally.changes))]))),
    ];
    println!("{}", invocation.say("cli-import-read", &args));
    problems(invocation, &report.problems);
}
