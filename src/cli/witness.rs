//! `probite witness key|serve`: what somebody outside IT runs on a machine of their own.

use std::path::PathBuf;
use std::process::ExitCode;

use actix_web::{App, HttpServer, web};
use clap::Subcommand;

use super::{at, write_secret};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::journal::cosignature::{Cosigner, Scheme};
use crate::journal::note::Verifier;
use crate::journal::witness_service::{self, WitnessService};

#[derive(Subcommand)]
pub enum WitnessCommand {
    /// Faire la clé d’un témoin, dans un fichier lisible de son seul propriétaire; affiche la clé publique à mettre dans
    /// `journal.witnesses`. Avec un fichier qui existe, affiche seulement sa clé publique.
    Key {
        file: PathBuf,
        /// Nom du témoin, par exemple `verification-interne.example`.
        #[arg(long)]
        name: Option<String>,
        /// Signer avec ML-DSA-44 (FIPS 204), qu’un ordinateur quantique ne contrefait pas.
        #[arg(long)]
        post_quantum: bool,
    },
    /// Recevoir les têtes, vérifier que chacune continue la précédente, la garder et la signer.
    Serve {
        /// Fichier de la clé du témoin.
        #[arg(long)]
        key: PathBuf,
        /// Clé publique d’un journal à suivre, ou fichier qui la contient; peut être répétée.
        #[arg(long, required = true)]
        journal: Vec<String>,
        /// Dossier où les têtes sont gardées.
        #[arg(long)]
        folder: PathBuf,
        #[arg(long, default_value = "127.0.0.1")]
        address: String,
        #[arg(long, default_value_t = 8787)]
        port: u16,
    },
}

impl WitnessCommand {
    pub fn run(self) -> Result<ExitCode> {
        match self {
            Self::Key { file, name, post_quantum } => {
                if !file.exists() {
                    let name = name.ok_or_else(|| Error::operator("cli-key-needs-name"))?;
                    let scheme = if post_quantum { Scheme::MlDsa44 } else { Scheme::Ed25519 };
                    write_secret(&file, &Cosigner::generate(&name, scheme)?)?;
                }
                println!("{}", cosigner(&file)?.key());
            }
            Self::Serve { key, journal, folder, address, port } => {
                let journals: Vec<Verifier> = journal.iter().map(|text| verifier(text)).collect::<Result<_>>()?;
                serve(WitnessService::new(cosigner(&key)?, journals, folder), &address, port)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn cosigner(file: &std::path::Path) -> Result<Cosigner> {
    Cosigner::parse(&std::fs::read_to_string(file).map_err(|e| at(file, &e))?)
}

fn verifier(text: &str) -> Result<Verifier> {
    let key = std::fs::read_to_string(text).unwrap_or_else(|_| text.to_owned());
    Verifier::parse(&key).ok_or_else(|| Error::operator("cli-witness-journal"))
}

fn serve(service: WitnessService, address: &str, port: u16) -> Result<()> {
    let service = web::Data::new(service);
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            App::new().configure(|routes| witness_service::routes(routes, service.clone(), Clock::system()))
        })
        .workers(1)
        .bind((address, port))
        .map_err(|e| crate::web::server::cannot_listen(address, port, &e))?;
        for address in server.addrs() {
            println!("ready http://{address}");
        }
        server.run().await.map_err(Error::internal)
    })
}
