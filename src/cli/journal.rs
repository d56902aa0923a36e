//! `probite journal key|checkpoint|compare`, `probite evidence`, `probite verify`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use indicatif::ProgressBar;

use super::report::taking_out;
use super::{Invocation, at, write_secret};
use crate::access::PageAction;
use crate::backup::restore::seen_in;
use crate::declarations::access_log;
use crate::error::{Error, Result};
use crate::journal::cosignature::{self, WitnessKey};
use crate::journal::note::{Signer, Verifier};
use crate::journal::verify::{self, Kept};
use crate::journal::{self, Event, agreement, checkpoints, evidence, receipt};
use crate::random::Hashing;
use crate::reports;
use crate::reports::proof::told_of;
use crate::text::Language;
use crate::texts::{Arg, say};

#[derive(Subcommand)]
pub enum JournalCommand {
    /// Faire une clé de signature, dans un fichier lisible de son seul propriétaire; affiche la clé publique à remettre
    /// aux personnes qui vérifieront. Avec un fichier qui existe, affiche seulement sa clé publique.
    Key {
        file: PathBuf,
        /// Nom du journal, par exemple `registre.ministere.example/journal`.
        #[arg(long)]
        name: Option<String>,
    },
    /// Signer la tête du journal maintenant, et l’afficher.
    Checkpoint,
    /// Comparer les tables avec le journal, et le journal avec ses têtes signées : ce qui a été altéré est nommé, et la
    /// commande échoue.
    Compare(Compare),
}

#[derive(Args)]
pub struct Compare {
    /// Têtes signées gardées d’ailleurs, que le journal doit continuer : un fichier, ou le dossier d’un témoin.
    #[arg(long, requires = "key")]
    seen: Vec<PathBuf>,
    /// Clé publique qui les a signées, ou fichier qui la contient.
    #[arg(long)]
    key: Option<String>,
}

#[derive(Args)]
pub struct Evidence {
    /// Numéro de la personne au nom de qui le dossier est fait; son rôle en décide.
    #[arg(long)]
    by: String,
    /// Archive à écrire.
    #[arg(long)]
    output: PathBuf,
}

#[derive(Args)]
pub struct Verify {
    /// Reçu (.json) ou dossier de preuve (.zip).
    file: PathBuf,
    /// Clé publique, ou fichier qui la contient.
    #[arg(long)]
    key: String,
    /// Tête signée gardée d’ailleurs, ou reçu : le dossier de preuve doit la continuer, et contenir à leur place les événements du reçu.
    #[arg(long)]
    checkpoint: Option<PathBuf>,
    /// Preuve d’un rapport : le fichier est ce rapport, et doit être, octet pour octet, l’un de ceux qu’elle nomme.
    #[arg(long, conflicts_with = "checkpoint")]
    manifest: Option<PathBuf>,
    /// Clé publique d’un témoin qui doit avoir signé la tête aussi, ou fichier qui la contient; peut être répétée.
    #[arg(long)]
    witness: Vec<String>,
}

/// Makes a key in a file of its own; returns what recognises it.
pub fn write_key(name: &str, path: &Path) -> Result<Verifier> {
    let text = Signer::generate(name)?;
    write_secret(path, &text)?;
    Ok(Signer::parse(&text)?.verifier())
}

impl JournalCommand {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        match self {
            Self::Key { file, name } => {
                let verifier = if file.exists() {
                    Signer::parse(&std::fs::read_to_string(&file).map_err(|e| at(&file, &e))?)?.verifier()
                } else {
                    let name =
                        name.ok_or_else(|| Error::Internal("--name est nécessaire pour faire une clé".into()))?;
                    write_key(&name, &file)?
                };
                println!("{verifier}");
            }
            Self::Checkpoint => {
                let app = invocation.app()?;
                checkpoints::publish(&app)?;
                let last = app.read_here(checkpoints::latest)?;
                let last = last.ok_or_else(|| Error::Internal("journal.key_file ne nomme aucune clé".into()))?;
                print!("{}", last.note);
            }
            Self::Compare(compare) => return compare.run(invocation),
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Compare {
    /// 0 when all agrees, 1 when something does not.
    fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        let mut kept = Vec::new();
        if let Some(key) = &self.key {
            let verifier = public_key(key)?;
            for place in &self.seen {
                kept.extend(seen_in(place, &verifier)?);
            }
        }
        let bar = ProgressBar::new_spinner();
        let found = agreement::compare(&app, &kept, &|files| bar.set_message(files.to_string()))?;
        bar.finish_and_clear();
        if invocation.json {
            println!("{}", serde_json::to_string(&found)?);
        } else {
            for difference in &found.differences {
                println!("{}", difference.told(Language::Fr));
            }
            let number = |count: u64| Arg::from(i64::try_from(count).unwrap_or(i64::MAX));
            let counted = |count: usize| Arg::from(i64::try_from(count).unwrap_or(i64::MAX));
            let args = [
                ("events", number(found.events)),
                ("files", number(found.files)),
                ("unsaid", number(found.unsaid)),
                ("things", number(found.things)),
                ("things_unsaid", number(found.things_unsaid)),
                ("heads", counted(found.heads)),
                ("differences", counted(found.differences.len() + found.others)),
            ];
            println!("{}", say(Language::Fr, "agreement-summary", &args));
        }
        Ok(if found.agrees() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// A public key, or the file that has it.
pub(super) fn public_key(text: &str) -> Result<Verifier> {
    let key = std::fs::read_to_string(text).unwrap_or_else(|_| text.to_owned());
    Verifier::parse(&key)
        .ok_or_else(|| Error::Internal("--key n’est pas une clé publique (nom+identifiant+clé)".into()))
}

impl Evidence {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        let actor = taking_out(&app, &self.by, PageAction::AuditReport, "evidence")?;
        let signer = checkpoints::signer(&app.book.config)?
            .ok_or_else(|| Error::Internal("journal.key_file ne nomme aucune clé".into()))?;
        let by = actor.clone();
        let files = app.read_here(|tx| reports::pages::count_whole_masked(tx, &actor))?;
        // Before the first byte: the archive has the register as auditors read it.
        app.write_here(move |tx| {
            let event = Event::Exported { what: "evidence".into(), rows: -1, filter: String::new() };
            journal::record(tx, Some(actor.person), None, &event)?;
            access_log::exported(tx, &actor, "evidence", Some(files))
        })?;
        // Witnesses sign it first, when there are some and they answer.
        checkpoints::publish(&app)?;
        let checkpoint = checkpoints::sign(&app, &signer)?.ok_or(Error::NotFound)?;
        let mut file = File::create(&self.output).map_err(|e| at(&self.output, &e))?;
        let withheld = evidence::write(&app, Some(&by), &signer, &checkpoint, &mut file)?;
        file.sync_all().map_err(|e| at(&self.output, &e))?;
        println!("{} événements, dont {withheld} tus : {}", checkpoint.size, self.output.display());
        println!("clé publique : {}", signer.verifier());
        Ok(ExitCode::SUCCESS)
    }
}

impl Verify {
    /// 0 when everything holds, 1 when something does not.
    pub fn run(self, _: &Invocation) -> Result<ExitCode> {
        let verifier = public_key(&self.key)?;
        let witnesses: Vec<WitnessKey> = self.witness.iter().map(|text| witness_key(text)).collect::<Result<_>>()?;
        let refused = |why: String| {
            println!("REFUSÉ : {why}.");
            Ok(ExitCode::FAILURE)
        };
        if let Some(path) = &self.manifest {
            return self.report(path, &verifier, &witnesses);
        }
        if self.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
            let kept = self.checkpoint.as_deref().map(|path| std::fs::read_to_string(path).map_err(|e| at(path, &e)));
            let kept = match kept.transpose()?.map(|text| Kept::read(&text, &verifier)).transpose() {
                Ok(kept) => kept,
                Err(why) => return refused(why.to_string()),
            };
            let file = File::open(&self.file).map_err(|e| at(&self.file, &e))?;
            return match verify::archive(file, &verifier, kept.as_ref()) {
                Ok(found) => {
                    let witnessed = match cosignature::seen_by(&found.head, &witnesses) {
                        Ok(witnessed) => witnessed,
                        Err(name) => return refused(unseen(&name)),
                    };
                    println!(
                        "VALIDE : {} événements ({} tus), {} fichiers, journal signé par {}.",
                        found.events,
                        found.withheld,
                        found.files,
                        verifier.name()
                    );
                    witnessed.iter().for_each(tell_witness);
                    Ok(ExitCode::SUCCESS)
                }
                Err(why) => refused(why.to_string()),
            };
        }
        if self.checkpoint.is_some() {
            let words = "--checkpoint se compare avec un dossier de preuve (.zip) : un reçu seul n’a pas le journal entre les deux têtes";
            return Err(Error::Internal(words.into()));
        }
        let text = std::fs::read_to_string(&self.file).map_err(|e| at(&self.file, &e))?;
        match receipt::verify(&text, &verifier) {
            Ok((receipt, size)) => {
                let witnessed = match cosignature::seen_by(&receipt.checkpoint, &witnesses) {
                    Ok(witnessed) => witnessed,
                    Err(name) => return refused(unseen(&name)),
                };
                println!("VALIDE : {}, journal de {size} événements signé par {}.", receipt.about, verifier.name());
                for entry in &receipt.entries {
                    println!("  événement {} : {}", entry.index + 1, evidence::told(&entry.leaf));
                }
                witnessed.iter().for_each(tell_witness);
                Ok(ExitCode::SUCCESS)
            }
            Err(why) => refused(why.to_string()),
        }
    }
}

impl Verify {
    /// Is the file a report that its proof names? Says which tree proves it, and who signed that one.
    fn report(&self, proof: &Path, verifier: &Verifier, witnesses: &[WitnessKey]) -> Result<ExitCode> {
        let text = std::fs::read_to_string(proof).map_err(|e| at(proof, &e))?;
        let mut file = Hashing::new(File::open(&self.file).map_err(|e| at(&self.file, &e))?);
        std::io::copy(&mut file, &mut std::io::sink()).map_err(|e| at(&self.file, &e))?;
        let sha256 = file.hash();
        let checked = receipt::verify(&text, verifier).map_err(|why| why.to_string()).and_then(|(receipt, size)| {
            let told = told_of(&receipt, &sha256)
                .ok_or("ce fichier n’est, octet pour octet, aucun des rapports de la preuve")?;
            let witnessed = cosignature::seen_by(&receipt.checkpoint, witnesses).map_err(|name| unseen(&name))?;
            let root = verifier.checkpoint(&receipt.checkpoint).map(|(_, root)| hex::encode(root)).unwrap_or_default();
            Ok((told, size, root, witnessed))
        });
        match checked {
            Ok((told, size, root, witnessed)) => {
                println!(
                    "VALIDE : rapport ({}) du {} au {}, {} lignes, empreinte {}.",
                    told.format, told.from, told.to, told.rows, told.printed
                );
                println!("  journal de {size} événements signé par {}, racine {root}", verifier.name());
                witnessed.iter().for_each(tell_witness);
                Ok(ExitCode::SUCCESS)
            }
            Err(why) => {
                println!("REFUSÉ : {why}.");
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

fn witness_key(text: &str) -> Result<WitnessKey> {
    let key = std::fs::read_to_string(text).unwrap_or_else(|_| text.to_owned());
    WitnessKey::parse(&key).ok_or_else(|| Error::Internal("--witness n’est pas une clé publique de témoin".into()))
}

fn unseen(witness: &str) -> String {
    format!("la tête n’est pas signée par le témoin {witness}")
}

fn tell_witness((name, seconds): &(String, u64)) {
    let at = i64::try_from(*seconds).ok().and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    println!("  vue par {name} le {}", at.unwrap_or_default().format("%F à %T UTC"));
}
