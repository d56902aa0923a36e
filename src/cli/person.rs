//! `probite person`

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Subcommand;

use super::Invocation;
use crate::access::Role;
use crate::app::{App, Tx};
use crate::error::{Error, Result};
use crate::people::absences::{self, NewAbsence};
use crate::people::{self, directory, roles, shell, suspension};
use crate::texts::Arg;

#[derive(Subcommand)]
pub enum Person {
    /// Importer le répertoire du personnel : tout ou rien, avec la liste de ce qui change.
    Import {
        /// Fichier CSV, en UTF-8.
        file: PathBuf,
        /// Montrer ce qui changerait, sans rien changer.
        #[arg(long)]
        preview: bool,
    },
    /// Chercher des personnes par nom ou numéro.
    List {
        /// Début du nom, ou numéro.
        #[arg(default_value = "")]
        words: String,
    },
    /// Accorder un rôle, ou y mettre fin.
    Role {
        /// Numéro de la personne.
        number: String,
        /// Rôle, par exemple `ethics_officer`.
        role: String,
        /// Premier jour; aujourd’hui par défaut.
        #[arg(long)]
        since: Option<NaiveDate>,
        /// Dernier jour.
        #[arg(long)]
        until: Option<NaiveDate>,
        /// Mettre fin au rôle.
        #[arg(long)]
        end: bool,
    },
    /// Inscrire l’absence d’une personne et qui décide à sa place, ou y mettre fin.
    Absence {
        /// Numéro de la personne.
        number: String,
        /// Premier jour; aujourd’hui par défaut.
        #[arg(long)]
        from: Option<NaiveDate>,
        /// Dernier jour; inconnu par défaut.
        #[arg(long)]
        until: Option<NaiveDate>,
        /// Numéro, courriel ou nom complet de la personne qui décide à sa place.
        #[arg(long, default_value = "")]
        delegate: String,
        /// Mettre fin aux absences en cours ou prévues.
        #[arg(long)]
        end: bool,
    },
    /// Retirer le téléphone dont une personne donne les codes à la connexion : elle en choisira un autre.
    RemoveCode {
        /// Numéro de la personne.
        number: String,
    },
    /// Suspendre un compte : ses sessions prennent fin, ses jetons et son calendrier ne répondent plus.
    Suspend {
        /// Numéro de la personne.
        number: String,
        /// Pourquoi; les responsables de l’éthique le liront.
        #[arg(long)]
        reason: String,
    },
    /// Rouvrir un compte suspendu.
    Restore {
        /// Numéro de la personne.
        number: String,
    },
    /// Ouvrir un compte local ou changer son mot de passe, lu sur l’entrée.
    Password {
        /// Numéro de la personne.
        number: String,
    },
}

/// The person of a number, or an error that names it.
pub fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<people::store::Person> {
    people::store::find_by_number(tx, number)?
        .ok_or_else(|| Error::Invalid(vec![crate::error::FieldError::with("number", "error-person-unknown", number)]))
}

impl Person {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        match self {
            Self::Import { file, preview } => return import(invocation, &app, &file, preview),
            Self::List { words } => {
                let found = app.read_here(|tx| people::store::search(tx, &words, 200))?;
                if invocation.json {
                    println!("{}", serde_json::to_string_pretty(&found)?);
                } else {
                    for person in found {
                        println!("{}\t{}\t{}\t{}", person.number, person.name(), person.email, person.title);
                    }
                }
            }
            Self::Role { number, role, since, until, end } => {
                let Some(role) = Role::parse(&role) else { return Err(Error::field("role", "error-role-unknown")) };
                app.write_here(move |tx| {
                    let since = since.unwrap_or(tx.today());
                    if end {
                        roles::end_of(tx, None, &number, role, since.pred_opt().unwrap_or(since))
                    } else {
                        shell::grant(tx, &number, role, since, until)
                    }
                })?;
                println!("{}", invocation.say(if end { "cli-role-ended" } else { "cli-role-granted" }, &[]));
                if end && app.read_here(|tx| roles::holders(tx, role))?.is_empty() {
                    println!("{}", invocation.say("cli-role-vacant", &[("role", Arg::from(role.as_str()))]));
                }
            }
            Self::Absence { number, from, until, delegate, end } => {
                app.write_here(move |tx| {
                    let person = by_number(tx, &number)?;
                    if !end {
                        let scope = absences::EVERYTHING.to_owned();
                        let first_day = from.unwrap_or(tx.today());
                        let new = NewAbsence { first_day, last_day: until, delegate, scope };
                        return absences::set(tx, None, person.id, &new).map(drop);
                    }
                    for absence in absences::of_person(tx, person.id)?.into_iter().filter(absences::Absence::is_open) {
                        absences::end(tx, None, person.id, absence.id)?;
                    }
                    Ok(())
                })?;
                println!("{}", invocation.say(if end { "cli-absence-ended" } else { "cli-absence-set" }, &[]));
            }
            Self::RemoveCode { number } => {
                app.write_here(move |tx| shell::remove_factor(tx, &number))?;
                println!("{}", invocation.say("cli-code-removed", &[]));
            }
            Self::Suspend { number, reason } => {
                app.write_here(move |tx| suspension::suspend(tx, None, &number, &reason))?;
                println!("{}", invocation.say("cli-account-suspended", &[]));
            }
            Self::Restore { number } => {
                app.write_here(move |tx| shell::restore(tx, &number))?;
                println!("{}", invocation.say("cli-account-restored", &[]));
            }
            Self::Password { number } => {
                let person = app.read_here(|tx| by_number(tx, &number))?;
                let password = read_password(invocation)?;
                shell::set_password(&app, &person, &password)?;
                println!("{}", invocation.say("cli-password-changed", &[]));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The file has errors; nothing was changed.
const BROKEN_FILE: u8 = 4;
/// Changes and problems shown at most.
const SHOWN: usize = 50;

fn import(invocation: &Invocation, app: &App, file: &Path, preview_only: bool) -> Result<ExitCode> {
    let bytes = directory::read_file(file)?;
    let preview = app.read_here(|tx| directory::preview(tx, None, &bytes))?;
    if invocation.json {
        println!("{}", serde_json::to_string_pretty(&preview)?);
    } else {
        for line in preview.lines(invocation.language, SHOWN) {
            println!("{line}");
        }
    }
    if !preview.problems.is_empty() {
        return Ok(ExitCode::from(BROKEN_FILE));
    }
    if preview_only {
        return Ok(ExitCode::SUCCESS);
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let seal = preview.seal;
    let done = app.write_here(move |tx| directory::import(tx, None, &name, &bytes, &seal))?;
    if invocation.json {
        println!("{}", serde_json::to_string_pretty(&done)?);
    } else {
        let args = [
            ("added", Arg::count(done.added)),
            ("changed", Arg::count(done.changed)),
            ("departed", Arg::count(done.departed)),
            ("unchanged", Arg::count(done.unchanged)),
            ("moved", Arg::count(done.moved)),
        ];
        println!("{}", invocation.say("cli-directory-imported", &args));
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a password on standard input; nothing secret ever goes through the command line.
fn read_password(invocation: &Invocation) -> Result<String> {
    let mut input = std::io::stdin().lock();
    if input.is_terminal() {
        // Typed on the same line.
        eprint!("{} ", invocation.say("cli-password-ask", &[]));
        std::io::stderr().flush().map_err(Error::internal)?;
    }
    let mut line = String::new();
    input.read_line(&mut line).map_err(Error::internal)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
