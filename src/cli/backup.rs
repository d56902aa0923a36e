//! `probite backup key|now|list|verify|restore`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use clap::{Args, Subcommand};
use zeroize::Zeroizing;

use super::{Invocation, at, write_secret};
use crate::app::App;
use crate::backup::restore::{self, Accepted, Checked, Opened, Refused};
use crate::backup::{store, worker};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::dump::Tools;
use crate::error::{Error, Result};
use crate::journal::checkpoints;
use crate::journal::note::Verifier;
use crate::texts::{Arg, Sentence};

#[derive(Subcommand)]
pub enum BackupCommand {
    /// Faire une clé de restauration, dans un fichier lisible de son seul propriétaire, sur une machine qui n’est pas le
    /// serveur; affiche la clé publique à mettre dans `backup.recipients`.
    Key { file: PathBuf },
    /// Faire une copie maintenant, sans arrêter le service.
    Now,
    /// Les copies faites, la plus récente d’abord.
    List,
    /// Vérifier qu’une copie peut être restaurée, sans rien garder de ce qu’elle contient.
    Verify {
        #[command(flatten)]
        copy: Copy,
        /// Base PostgreSQL vide où la copie est chargée, puis d’où elle est enlevée.
        #[arg(long)]
        scratch: Option<String>,
    },
    /// Restaurer une copie là où il n’y a rien, dans la base et le dossier des réglages.
    Restore {
        #[command(flatten)]
        copy: Copy,
    },
}

#[derive(Args)]
pub struct Copy {
    /// Copie (.tar.gz.age).
    file: PathBuf,
    /// Fichier de la clé de restauration.
    #[arg(long)]
    identity: PathBuf,
    /// Clé publique du journal, ou fichier qui la contient; celle de `journal.key_file` par défaut.
    #[arg(long)]
    key: Option<String>,
    /// Tête signée, ou dossier de têtes, gardés par un témoin; `journal.witness_folder` par défaut.
    #[arg(long)]
    witness: Option<PathBuf>,
    /// Accepter que des événements vus par un témoin ne soient pas dans la copie.
    #[arg(long)]
    accept_loss: bool,
    /// Accepter qu’aucun témoin n’ait vu ce journal.
    #[arg(long)]
    unwitnessed: bool,
}

impl BackupCommand {
    /// 0 when done, 1 when a copy is refused.
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        match self {
            Self::Key { file } => println!("{}", write_key(&file)?),
            Self::Now => now(invocation)?,
            Self::List => list(invocation)?,
            Self::Verify { copy, scratch } => return Ok(told(invocation, copy.verify(invocation, scratch))),
            Self::Restore { copy } => return Ok(told(invocation, copy.restore(invocation))),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes a recovery key in a file of its own; returns its public half.
pub fn write_key(path: &Path) -> Result<String> {
    let identity = Identity::generate();
    let text = Zeroizing::new(format!("{}\n", identity.to_string().expose_secret()));
    write_secret(path, &text)?;
    Ok(identity.to_public().to_string())
}

fn now(invocation: &Invocation) -> Result<()> {
    let app = invocation.app()?;
    if app.book.config.backup.folder.is_empty() {
        return Err(Error::operator("cli-backup-no-folder"));
    }
    // What a witness will be asked about when the copy is put back. A journal that is not signed for now is copied all the same.
    if let Err(error) = checkpoints::publish(&app) {
        tracing::error!(%error, "no head is signed before the copy");
    }
    let (path, manifest) = worker::make_now(&app)?;
    let args = [
        ("events", Arg::count(manifest.size)),
        ("files", Arg::count(manifest.files.len() - 1)),
        ("path", Arg::from(path.display().to_string())),
    ];
    println!("{}", invocation.say("cli-backup-made", &args));
    Ok(())
}

fn list(invocation: &Invocation) -> Result<()> {
    let copies = invocation.app()?.read_here(|tx| store::latest(tx, 100))?;
    if invocation.json {
        let copies: Vec<_> = copies
            .iter()
            .map(|copy| {
                serde_json::json!({
                    "begun_at": copy.begun_at.and_utc(), "ended_at": copy.ended_at.map(|at| at.and_utc()),
                    "file": copy.file, "events": copy.size, "bytes": copy.bytes, "error": copy.error,
                    "removed_at": copy.removed_at.map(|at| at.and_utc()),
                })
            })
            .collect();
        println!("{}", serde_json::Value::Array(copies));
        return Ok(());
    }
    for copy in copies {
        let what = match (&copy.file, &copy.error, copy.removed_at) {
            (Some(file), _, None) => {
                Sentence::new("cli-backup-kept").with("file", file).count("bytes", copy.bytes.unwrap_or_default())
            }
            (Some(file), _, Some(at)) => {
                Sentence::new("cli-backup-removed").with("file", file).with("day", at.and_utc().format("%F"))
            }
            (None, Some(error), _) => Sentence::new("cli-backup-failed").with("why", error),
            (None, None, _) => Sentence::new("cli-backup-unfinished"),
        };
        let what = what.say(invocation.language);
        println!("{}  {what}", copy.begun_at.and_utc().format("%F %T UTC"));
    }
    Ok(())
}

impl Copy {
    fn open(&self, config: &Config, place: &Path) -> Result<(Opened, Vec<restore::Seen>), Refused> {
        let secret = Zeroizing::new(std::fs::read_to_string(&self.identity).map_err(|e| at(&self.identity, &e))?);
        let line = secret.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap_or_default();
        let not_key = Sentence::new("operator-identity").with("file", self.identity.display());
        let identity: Identity = line.parse().map_err(|_: &str| Error::Operator(not_key))?;
        let verifier = self.verifier(config)?;
        let file = File::open(&self.file).map_err(|e| at(&self.file, &e))?;
        let opened = restore::open(file, &identity, &verifier, place)?;
        let folder = Path::new(&config.journal.witness_folder);
        let seen = match &self.witness {
            Some(place) => restore::seen_in(place, &verifier)?,
            None if folder.is_dir() => restore::seen_in(folder, &verifier)?,
            None => Vec::new(),
        };
        Ok((opened, seen))
    }

    fn verifier(&self, config: &Config) -> Result<Verifier> {
        match &self.key {
            Some(key) => {
                let text = std::fs::read_to_string(key).unwrap_or_else(|_| key.clone());
                Verifier::parse(&text).ok_or_else(|| Error::operator("cli-backup-key"))
            }
            None => Ok(checkpoints::signer(config)?.ok_or_else(|| Error::operator("cli-backup-needs-key"))?.verifier()),
        }
    }

    fn accepted(&self) -> Accepted {
        Accepted { loss: self.accept_loss, unwitnessed: self.unwitnessed }
    }

    fn verify(&self, invocation: &Invocation, scratch: Option<String>) -> Result<String, Refused> {
        let config = invocation.settings(&[])?;
        let place = tempfile::tempdir().map_err(Error::internal)?;
        let (opened, seen) = self.open(&config, place.path())?;
        let url = scratch.unwrap_or_else(|| place.path().join("verify.db").display().to_string());
        let checked = opened.load(&url, &tools(&config), &seen, self.accepted())?;
        crate::db::dump::unload(&url)?;
        let args = [("copy", Arg::from(in_words(invocation, &checked)))];
        Ok(invocation.say("cli-backup-valid", &args))
    }

    fn restore(&self, invocation: &Invocation) -> Result<String, Refused> {
        let config = invocation.settings(&[])?;
        let url = config.database.url.clone();
        let place = Path::new(&config.uploads.directory);
        std::fs::create_dir_all(place).map_err(|e| at(place, &e))?;
        let (opened, seen) = self.open(&config, place)?;
        let checked = opened.load(&url, &tools(&config), &seen, self.accepted())?;
        opened.put_attachments(place)?;
        drop(opened);
        let app = App::build(config, Clock::system())?;
        let held = restore::settle(&app, &checked)?;
        let done = invocation.say("cli-backup-restored", &[("copy", Arg::from(in_words(invocation, &checked)))]);
        Ok(format!("{done}\n{}", invocation.say("cli-backup-restored-next", &[("letters", Arg::count(held))])))
    }
}

fn tools(config: &Config) -> Tools {
    Tools { pg_dump: config.backup.pg_dump.clone(), pg_restore: config.backup.pg_restore.clone() }
}

fn in_words(invocation: &Invocation, checked: &Checked) -> String {
    let manifest = &checked.manifest;
    let args = [
        ("at", Arg::from(manifest.made_at.format("%F %T").to_string())),
        ("events", Arg::count(manifest.size)),
        ("files", Arg::count(manifest.files.len() - 1)),
        ("heads", Arg::count(checked.witnessed)),
    ];
    let mut sentences = vec![invocation.say("cli-backup-copy", &args)];
    if checked.lost > 0 {
        sentences.push(invocation.say("cli-backup-lost", &[("events", Arg::count(checked.lost))]));
    }
    if checked.missing > 0 {
        sentences.push(invocation.say("cli-backup-missing", &[("files", Arg::count(checked.missing))]));
    }
    sentences.join(" ")
}

fn told(invocation: &Invocation, outcome: Result<String, Refused>) -> ExitCode {
    match outcome {
        Ok(words) => {
            println!("{words}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            let language = invocation.language;
            let why = why.sentence().map_or_else(|error| super::in_words(&error, language), |why| why.say(language));
            println!("{}", invocation.say("cli-refused", &[("why", Arg::from(why))]));
            ExitCode::FAILURE
        }
    }
}
