//! `probite sealing key|status|rewrap|split|join`.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use zeroize::Zeroizing;

use super::{Invocation, at, write_secret};
use crate::acts;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::sealing::keyring::MasterKey;
use crate::sealing::{rotation, shares};
use crate::texts::Arg;

#[derive(Subcommand)]
pub enum SealingCommand {
    /// Faire une clé de scellement, dans un fichier lisible de son seul propriétaire. Avec `--add`, dans un fichier qui en a déjà :
    /// la nouvelle passe la première, et sert sans que le service s’arrête.
    Key {
        file: PathBuf,
        #[arg(long)]
        add: bool,
    },
    /// Les clés du fichier, et ce que chacune ferme.
    Status,
    /// Fermer de la première clé du fichier ce que les autres ferment. Le service peut rester ouvert.
    Rewrap,
    /// Partager la première clé du fichier entre plusieurs personnes; affiche une part par ligne.
    Split {
        /// Combien de parts suffisent à la refaire.
        #[arg(long, default_value_t = 3)]
        needed: u8,
        /// Combien de parts en tout.
        #[arg(long, default_value_t = 5)]
        shares: u8,
    },
    /// Refaire une clé de ses parts, lues sur l’entrée, une par ligne.
    Join {
        /// Fichier à écrire.
        #[arg(long)]
        output: PathBuf,
    },
}

/// Makes a key in a file of its own; returns its id.
pub fn write_key(path: &Path) -> Result<String> {
    let key = MasterKey::generate()?;
    write_secret(path, &key.line())?;
    Ok(key.id)
}

/// Puts a new key before those of a file, all at once: a service that reads it meanwhile finds one or the other.
fn add_key(path: &Path) -> Result<String> {
    let before = Zeroizing::new(std::fs::read_to_string(path).map_err(|e| at(path, &e))?);
    let key = MasterKey::generate()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| at(path, &e))?;
    let whole = Zeroizing::new(format!("{}{}", *key.line(), *before));
    file.write_all(whole.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(|e| at(path, &e))?;
    file.persist(path).map_err(|e| at(path, &e.error))?;
    Ok(key.id)
}

impl SealingCommand {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        match self {
            Self::Key { file, add: true } => println!("{}", add_key(&file)?),
            Self::Key { file, add: false } => println!("{}", write_key(&file)?),
            Self::Status => status(invocation)?,
            Self::Rewrap => rewrap(invocation)?,
            Self::Split { needed, shares } => {
                let path = invocation.settings(&[])?.sealing.key_file;
                let text = Zeroizing::new(std::fs::read_to_string(&path).map_err(|e| at(Path::new(&path), &e))?);
                let key = MasterKey::parse(text.lines().next().unwrap_or_default())?;
                for share in shares::split(&key, needed, shares)? {
                    println!("{share}");
                }
            }
            Self::Join { output } => {
                let lines: std::io::Result<Vec<String>> = std::io::stdin().lock().lines().collect();
                let key = shares::join(&lines.map_err(Error::internal)?)?;
                write_secret(&output, &key.line())?;
                println!("{}", key.id);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn status(invocation: &Invocation) -> Result<()> {
    let app = invocation.app()?;
    let (first, in_use) = (app.book.keyring.first(), app.read_here(rotation::in_use)?);
    if invocation.json {
        let keys: Vec<_> =
            in_use.iter().map(|(key, files)| serde_json::json!({ "key": key, "files": files })).collect();
        println!("{}", serde_json::json!({ "first": first, "in_use": keys }));
        return Ok(());
    }
    match first {
        Some(key) => println!("{}", invocation.say("cli-sealing-first", &[("key", Arg::from(key))])),
        None => println!("{}", invocation.say("cli-sealing-none", &[])),
    }
    for (key, files) in in_use {
        let args = [("key", Arg::from(key)), ("files", Arg::from(files))];
        println!("{}", invocation.say("cli-sealing-in-use", &args));
    }
    Ok(())
}

fn rewrap(invocation: &Invocation) -> Result<()> {
    let app = invocation.app()?;
    let first = app.book.keyring.first().ok_or_else(|| Error::operator("cli-sealing-no-key"))?;
    let others = |app: &crate::app::App| -> Result<i64> {
        let in_use = app.read_here(rotation::in_use)?;
        Ok(in_use.iter().filter(|(key, _)| *key != first).map(|(_, files)| files).sum())
    };
    // Two people approved it on the page of acts, some hours ago at most.
    let request = app.read_here(acts::actions::require_rotation)?;
    let bar = indicatif::ProgressBar::new(others(&app)?.unsigned_abs());
    let mut done = 0;
    loop {
        let some = app.write_here(move |tx| {
            let some = rotation::rewrap(tx, rotation::BATCH)?;
            if some > 0 {
                journal::record(
                    tx,
                    None,
                    None,
                    &Event::DataKeysRewrapped {
                        key: tx.book.keyring.first().unwrap_or_default(),
                        files: some,
                        request: Some(request),
                    },
                )?;
            }
            Ok(some)
        })?;
        if some == 0 {
            break;
        }
        done += some;
        bar.inc(u64::try_from(some).unwrap_or_default());
    }
    bar.finish_and_clear();
    let args = [("files", Arg::count(done)), ("key", Arg::from(first))];
    println!("{}", invocation.say("cli-sealing-rewrapped", &args));
    Ok(())
}
