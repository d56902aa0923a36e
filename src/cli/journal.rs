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
use crate::texts::{Arg, Sentence};

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
                    let name = name.ok_or_else(|| Error::operator("cli-key-needs-name"))?;
                    write_key(&name, &file)?
                };
                println!("{verifier}");
            }
            Self::Checkpoint => {
                let app = invocation.app()?;
                checkpoints::publish(&app)?;
                let last = app.read_here(checkpoints::latest)?;
                let last = last.ok_or_else(|| Error::operator("cli-journal-no-key"))?;
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
                println!("{}", difference.told(invocation.language));
            }
            let args = [
                ("events", Arg::count(found.events)),
                ("files", Arg::count(found.files)),
                ("unsaid", Arg::count(found.unsaid)),
                ("things", Arg::count(found.things)),
                ("things_unsaid", Arg::count(found.things_unsaid)),
                ("heads", Arg::count(found.heads)),
                ("differences", Arg::count(found.differences.len() + found.others)),
            ];
            println!("{}", invocation.say("agreement-summary", &args));
        }
        Ok(if found.agrees() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// A public key, or the file that has it.
pub(super) fn public_key(text: &str) -> Result<Verifier> {
    let key = std::fs::read_to_string(text).unwrap_or_else(|_| text.to_owned());
    Verifier::parse(&key).ok_or_else(|| Error::operator("cli-key-public"))
}

impl Evidence {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        let actor = taking_out(&app, &self.by, PageAction::AuditReport, "evidence")?;
        let signer = checkpoints::signer(&app.book.config)?.ok_or_else(|| Error::operator("cli-journal-no-key"))?;
        let by = actor.clone();
        let files = app.read_here(|tx| reports::pages::files_whole_masked(tx, &actor))?;
        // Before the first byte: the archive has the register as auditors read it.
        app.write_here(move |tx| {
            let event = Event::Exported { what: "evidence".into(), rows: -1, filter: String::new() };
            journal::record(tx, Some(actor.person), None, &event)?;
            access_log::exported(tx, &actor, "evidence", Some(&files))
        })?;
        // Witnesses sign it first, when there are some and they answer.
        checkpoints::publish(&app)?;
        let checkpoint = checkpoints::sign(&app, &signer)?.ok_or(Error::NotFound)?;
        let mut file = File::create(&self.output).map_err(|e| at(&self.output, &e))?;
        let withheld = evidence::write(&app, Some(&by), &signer, &checkpoint, &mut file)?;
        file.sync_all().map_err(|e| at(&self.output, &e))?;
        let args = [
            ("events", Arg::count(checkpoint.size)),
            ("withheld", Arg::count(withheld)),
            ("path", Arg::from(self.output.display().to_string())),
            ("key", Arg::from(signer.verifier().to_string())),
        ];
        println!("{}\n{}", invocation.say("cli-evidence-made", &args), invocation.say("cli-evidence-key", &args));
        Ok(ExitCode::SUCCESS)
    }
}

impl Verify {
    /// 0 when everything holds, 1 when something does not.
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let verifier = public_key(&self.key)?;
        let witnesses: Vec<WitnessKey> = self.witness.iter().map(|text| witness_key(text)).collect::<Result<_>>()?;
        let refused = |why: Sentence| Ok(refuse(invocation, &why));
        if let Some(path) = &self.manifest {
            return self.report(invocation, path, &verifier, &witnesses);
        }
        if self.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
            let kept = self.checkpoint.as_deref().map(|path| std::fs::read_to_string(path).map_err(|e| at(path, &e)));
            let kept = match kept.transpose()?.map(|text| Kept::read(&text, &verifier)).transpose() {
                Ok(kept) => kept,
                Err(why) => return refused(why.sentence()),
            };
            let file = File::open(&self.file).map_err(|e| at(&self.file, &e))?;
            return match verify::archive(file, &verifier, kept.as_ref()) {
                Ok(found) => {
                    let witnessed = match cosignature::seen_by(&found.head, &witnesses) {
                        Ok(witnessed) => witnessed,
                        Err(name) => return refused(unseen(&name)),
                    };
                    let args = [
                        ("events", Arg::count(found.events)),
                        ("withheld", Arg::count(found.withheld)),
                        ("files", Arg::count(found.files)),
                        ("name", Arg::from(verifier.name())),
                    ];
                    println!("{}", invocation.say("cli-verify-archive", &args));
                    witnessed.iter().for_each(|seen| tell_witness(invocation, seen));
                    Ok(ExitCode::SUCCESS)
                }
                Err(why) => refused(why.sentence()),
            };
        }
        if self.checkpoint.is_some() {
            return Err(Error::operator("cli-verify-checkpoint-needs-archive"));
        }
        let text = std::fs::read_to_string(&self.file).map_err(|e| at(&self.file, &e))?;
        match receipt::verify(&text, &verifier) {
            Ok((receipt, size)) => {
                let witnessed = match cosignature::seen_by(&receipt.checkpoint, &witnesses) {
                    Ok(witnessed) => witnessed,
                    Err(name) => return refused(unseen(&name)),
                };
                let args = [
                    ("about", Arg::from(receipt.about.as_str())),
                    ("events", Arg::count(size)),
                    ("name", Arg::from(verifier.name())),
                ];
                println!("{}", invocation.say("cli-verify-receipt", &args));
                for entry in &receipt.entries {
                    let told = evidence::told(&entry.leaf).say(invocation.language);
                    let args = [("event", Arg::count(entry.index + 1)), ("told", Arg::from(told))];
                    println!("  {}", invocation.say("cli-verify-event", &args));
                }
                witnessed.iter().for_each(|seen| tell_witness(invocation, seen));
                Ok(ExitCode::SUCCESS)
            }
            Err(why) => refused(why.sentence()),
        }
    }
}

impl Verify {
    /// Is the file a report that its proof names? Says which tree proves it, and who signed that one.
    fn report(
        &self,
        invocation: &Invocation,
        proof: &Path,
        verifier: &Verifier,
        witnesses: &[WitnessKey],
    ) -> Result<ExitCode> {
        let text = std::fs::read_to_string(proof).map_err(|e| at(proof, &e))?;
        let mut file = Hashing::new(File::open(&self.file).map_err(|e| at(&self.file, &e))?);
        std::io::copy(&mut file, &mut std::io::sink()).map_err(|e| at(&self.file, &e))?;
        let sha256 = file.hash();
        let checked = receipt::verify(&text, verifier).map_err(|why| why.sentence()).and_then(|(receipt, size)| {
            let told = told_of(&receipt, &sha256).ok_or_else(|| Sentence::new("cli-verify-not-this-report"))?;
            let witnessed = cosignature::seen_by(&receipt.checkpoint, witnesses).map_err(|name| unseen(&name))?;
            let root = verifier.checkpoint(&receipt.checkpoint).map(|(_, root)| hex::encode(root)).unwrap_or_default();
            Ok((told, size, root, witnessed))
        });
        match checked {
            Ok((told, size, root, witnessed)) => {
                let args = [
                    ("format", Arg::from(told.format)),
                    ("from", Arg::from(told.from.to_string())),
                    ("to", Arg::from(told.to.to_string())),
                    ("rows", Arg::count(told.rows)),
                    ("hash", Arg::from(told.printed)),
                    ("events", Arg::count(size)),
                    ("name", Arg::from(verifier.name())),
                    ("root", Arg::from(root)),
                ];
                println!("{}", invocation.say("cli-verify-report", &args));
                println!("  {}", invocation.say("cli-verify-report-journal", &args));
                witnessed.iter().for_each(|seen| tell_witness(invocation, seen));
                Ok(ExitCode::SUCCESS)
            }
            Err(why) => Ok(refuse(invocation, &why)),
        }
    }
}

fn witness_key(text: &str) -> Result<WitnessKey> {
    let key = std::fs::read_to_string(text).unwrap_or_else(|_| text.to_owned());
    WitnessKey::parse(&key).ok_or_else(|| Error::operator("cli-verify-witness"))
}

fn unseen(witness: &str) -> Sentence {
    Sentence::new("cli-verify-unseen").with("witness", witness)
}

fn refuse(invocation: &Invocation, why: &Sentence) -> ExitCode {
    let why = Arg::from(why.say(invocation.language));
    println!("{}", invocation.say("cli-refused", &[("why", why)]));
    ExitCode::FAILURE
}

fn tell_witness(invocation: &Invocation, (name, seconds): &(String, u64)) {
    let at = i64::try_from(*seconds).ok().and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    let at = at.unwrap_or_default();
    let args = [
        ("name", Arg::from(name.as_str())),
        ("day", Arg::from(at.format("%F").to_string())),
        ("time", Arg::from(at.format("%T").to_string())),
    ];
    println!("  {}", invocation.say("cli-verify-witnessed", &args));
}
