//! `probite token`

use std::process::ExitCode;

use clap::Subcommand;

use super::Invocation;
use super::person::by_number;
use crate::error::Result;
use crate::people::sessions;
use crate::texts::Arg;

#[derive(Subcommand)]
pub enum Token {
    /// Créer un jeton; il n’est montré qu’une fois.
    Create {
        /// Numéro de la personne au nom de qui le jeton agit.
        #[arg(long)]
        person: String,
        /// À quoi il sert.
        #[arg(long)]
        name: String,
        /// `read` ou `write`.
        #[arg(long, default_value = "read")]
        scope: String,
        /// Jours de validité, 365 au plus.
        #[arg(long, default_value_t = 90)]
        days: i64,
        /// N’écrire que le jeton.
        #[arg(long)]
        print: bool,
    },
    /// Révoquer les jetons d’une personne qui portent ce nom.
    Revoke {
        #[arg(long)]
        person: String,
        #[arg(long)]
        name: String,
    },
}

impl Token {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        match self {
            Self::Create { person, name, scope, days, print } => {
                let token = app.write_here(move |tx| {
                    let person = by_number(tx, &person)?;
                    sessions::create_token(tx, None, person.id, &name, &scope, days)
                })?;
                if print {
                    println!("{token}");
                } else {
                    println!("{}", invocation.say("cli-token-made", &[("token", Arg::from(token))]));
                }
            }
            Self::Revoke { person, name } => {
                let revoked = app.write_here(move |tx| {
                    let person = by_number(tx, &person)?;
                    sessions::revoke_token(tx, None, person.id, &name)
                })?;
                println!("{}", invocation.say("cli-token-revoked", &[("count", Arg::count(revoked))]));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
