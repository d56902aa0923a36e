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
use crate::text::Language;

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
                if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} lignes, {elapsed}") {
                    bar.set_style(style);
                }
                let report = registry::import::import(&app, by, &file, dry_run, &|rows| bar.set_position(rows))?;
                bar.finish_and_clear();
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&report)?);
                } else {
                    let outcome = match () {
                        () if report.refused => "refusé, rien n’a été changé",
                        () if report.known => "c’est le registre en vigueur, rien n’a changé",
                        () if dry_run => "rien n’a été changé",
                        () => "en vigueur",
                    };
                    println!(
                        "{} : {} entreprises, {} noms, {} à corriger; {outcome}.",
                        report.file, report.enterprises, report.names, report.problems.count
                    );
                    read_of_it(&report);
                    problems(&report.problems);
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
                    tell(&report, dry_run);
                    tell_crosschecks(made);
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
                            tell(&report, dry_run);
                        }
                        reports.push(report);
                    }
                }
                let made = crosschecks::follow::follow_all(&app)?;
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&reports)?);
                } else {
                    tell_crosschecks(made);
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

fn problems(found: &Problems) {
    for problem in &found.shown {
        eprintln!("  {}", problem.text(Language::Fr));
    }
    let more = found.count - i64::try_from(found.shown.len()).unwrap_or(i64::MAX);
    if more > 0 {
        eprintln!("  … et {more} de plus");
    }
}

/// What was read of each file of the archive, what codes of relations were taken for, and where an import that was stopped went on.
fn read_of_it(report: &Report) {
    if report.resumed > 0 {
        println!("  Reprise après {} lignes, qu’un import arrêté avait écrites.", report.resumed);
    }
    for part in &report.parts {
        if part.there {
            println!("  {} : {} lignes lues, {} utiles.", part.file, part.rows, part.kept);
        } else {
            println!("  {} : absent de l’archive.", part.file);
        }
    }
    for met in &report.relations {
        let label = if met.label.is_empty() { "sans libellé" } else { &met.label };
        let taken = match met.relation {
            Relation::Merger => "fusion, suivie",
            Relation::Split => "scission, montrée sans être suivie",
            Relation::Unknown => "inconnu, laissé de côté",
        };
        println!("  FusionScissions, code {} ({label}) : {taken}, {} lignes.", met.code, met.rows);
    }
}

fn tell_crosschecks(made: usize) {
    if made > 0 {
        let plural = if made == 1 { "" } else { "s" };
        println!(
            "{made} recoupement{plural} avec des déclarations déjà au registre; les personnes concernées sont avisées."
        );
    }
}

fn tell(report: &contracts::Report, dry_run: bool) {
    let tally = report.tally;
    let outcome = match () {
        () if report.refused => "refusé, rien n’a été changé".to_owned(),
        () if report.known => "déjà importé, rien n’a changé".to_owned(),
        () if dry_run => format!("{} changements seraient faits", tally.changes),
        () => format!("{} changements", tally.changes),
    };
    println!(
        "{} : {} lus, {} d’autres acheteurs, {} à corriger; {outcome}.",
        report.file, tally.rows, report.left_out, report.problems.count
    );
    problems(&report.problems);
}
