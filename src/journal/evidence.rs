//! `probite evidence`: one archive that an auditor verifies without us. It shows that the journal is whole, in order and the
//! one that was signed, and what governed it; what people wrote stays out of it (a hash stands for each such leaf).

use std::io::{Seek, Write};

use diesel::prelude::*;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::checkpoints::{self as heads, Checkpoint, unsigned};
use super::note::Signer;
use super::store::hash_of;
use super::waits;
use crate::access::Actor;
use crate::acts::{self, ActKind};
use crate::app::{App, Tx};
use crate::db::schema::{checkpoint_copies, checkpoints, events, policy_versions};
use crate::error::{Error, Result};
use crate::random::{Hashing, sha256_hex};
use crate::texts::Sentence;
use crate::{people, reports};

/// First line of the manifest.
pub const FORMAT: &str = "probite-evidence/1";
/// The signed list of the files and of their SHA-256.
pub const MANIFEST: &str = "manifest.note";
/// One line per event: the leaf, or `#` and the hash of a leaf that is withheld.
pub const LEAVES: &str = "leaves.txt";
/// The signed head of the tree.
pub const CHECKPOINT: &str = "checkpoint.note";
/// Every head that was signed until then, and what became of its copies.
pub const HEADS: &str = "checkpoints.jsonl";
/// The second verifier, which shares nothing with this one.
const VERIFIER: &str = include_str!("verify.py");
const READ_ME: &str = include_str!("evidence.md");
/// What is promised and what shows it, the access matrix among them, with the day of the last run.
const ASSURANCE: &str = include_str!("../../docs/assurance.md");

/// Events read at once.
const PAGE: i64 = 2_000;

/// Events whose facts are about the organisation alone: nothing of a person is in them, so their leaves are given whole.
const OPEN: [&str; 16] = [
    "backup_taken",
    "restored",
    "clock_moved",
    "register_differs",
    "readings_sealed",
    "file_destroyed",
    "retention_listed",
    "retention_carried_out",
    "kind_loaded",
    "policy_loaded",
    "settings_loaded",
    "policy_adopted",
    "imported",
    "exported",
    "reported",
    "companies_merged",
];

/// Writes the archive as of `checkpoint`, with the register as auditors read it when somebody asks for it (`by`, and no file that
/// they are barred from); returns how many leaves are withheld.
///
/// # Errors
/// When the database or the writing fails.
pub fn write(
    app: &App,
    by: Option<&Actor>,
    signer: &Signer,
    checkpoint: &Checkpoint,
    out: impl Write + Seek,
) -> Result<i64> {
    let mut archive = Archive { zip: ZipWriter::new(out), files: Vec::new() };
    archive.add("LISEZMOI.md", READ_ME.as_bytes())?;
    archive.add("verify.py", VERIFIER.as_bytes())?;
    archive.add("key.txt", format!("{}\n", signer.verifier()).as_bytes())?;
    archive.add(CHECKPOINT, app.read_here(|tx| heads::cosigned(tx, checkpoint))?.as_bytes())?;
    archive.add("access.toml", app.book.config.access_table()?.as_bytes())?;
    archive.add("settings.toml", app.book.config.print()?.as_bytes())?;
    let (heads, policies) = app.read_here(|tx| {
        type Head = (String, crate::clock::Instant, Option<String>, Option<crate::clock::Instant>, Option<String>);
        let heads: Vec<Head> = checkpoints::table
            .left_join(checkpoint_copies::table.on(checkpoint_copies::size.eq(checkpoints::size)))
            .filter(checkpoints::size.le(checkpoint.size))
            .order((checkpoints::size.asc(), checkpoint_copies::id.asc()))
            .select((
                checkpoints::note,
                checkpoints::made_at,
                checkpoint_copies::witness.nullable(),
                checkpoint_copies::at.nullable(),
                checkpoint_copies::error.nullable(),
            ))
            .load(tx.conn)?;
        let policies: Vec<(i64, String)> = policy_versions::table
            .order(policy_versions::id.asc())
            .select((policy_versions::id, policy_versions::document))
            .load(tx.conn)?;
        Ok((heads, policies))
    })?;
    for (id, content) in policies {
        archive.add(&format!("policies/{id}.toml"), content.as_bytes())?;
    }
    let mut history = String::new();
    for (note, made_at, witness, at, error) in heads {
        let line =
            serde_json::json!({ "note": note, "made_at": made_at, "witness": witness, "at": at, "error": error });
        history.push_str(&format!("{line}\n"));
    }
    archive.add(HEADS, history.as_bytes())?;
    let waits = app.read_here(|tx| waits::between(tx, 1, checkpoint.size))?;
    archive.add("waits.json", format!("{}\n", serde_json::to_string(&waits)?).as_bytes())?;
    archive.add("assurance.md", ASSURANCE.as_bytes())?;
    archive.add("emergency-readings.jsonl", app.read_here(emergency_readings)?.as_bytes())?;
    if let Some(by) = by {
        archive.stream("register.csv", |out| app.read_here(|tx| reports::pages::write_whole_masked(tx, by, out)))?;
    }
    let withheld = archive.leaves(app, checkpoint)?;
    archive.sign(signer, checkpoint)?;
    Ok(withheld)
}

/// Who asked to read a sealed file in an emergency, who answered and when. The file is not named: that it exists is confidential.
fn emergency_readings(tx: &mut Tx<'_>) -> Result<String> {
    let mut lines = String::new();
    for asked in acts::store::of_kind(tx, ActKind::EmergencyReading)? {
        let mut pseudonym = |person| -> Result<String> {
            let number = people::store::find(tx, person)?.number;
            Ok(tx.book.keyring.pseudonym(&number))
        };
        let line = serde_json::json!({
            "act": asked.id,
            "asked_at": asked.asked_at,
            "asked_by": pseudonym(asked.asked_by)?,
            "state": asked.state(),
            "answered_by": asked.decided_by.map(&mut pseudonym).transpose()?,
            "answered_at": asked.decided_at,
        });
        lines.push_str(&format!("{line}\n"));
    }
    Ok(lines)
}

struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    /// Name and SHA-256.
    files: Vec<(String, String)>,
}

impl<W: Write + Seek> Archive<W> {
    fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.zip.start_file(name, SimpleFileOptions::default()).map_err(Error::internal)?;
        self.zip.write_all(content).map_err(Error::internal)?;
        self.files.push((name.to_owned(), sha256_hex(content)));
        Ok(())
    }

    /// A member too large to be held.
    fn stream(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        self.zip.start_file(name, SimpleFileOptions::default().large_file(true)).map_err(Error::internal)?;
        let mut out = Hashing::new(&mut self.zip);
        write(&mut out)?;
        let hash = out.hash();
        self.files.push((name.to_owned(), hash));
        Ok(())
    }

    fn leaves(&mut self, app: &App, checkpoint: &Checkpoint) -> Result<i64> {
        self.zip.start_file(LEAVES, SimpleFileOptions::default().large_file(true)).map_err(Error::internal)?;
        let mut out = Hashing::new(&mut self.zip);
        let (mut next, mut withheld) = (1, 0);
        while next <= checkpoint.size {
            let last = (next + PAGE - 1).min(checkpoint.size);
            let rows: Vec<(i64, String, String)> = app.read_here(|tx| {
                Ok(events::table
                    .filter(events::seq.between(next, last))
                    .order(events::seq.asc())
                    .select((events::seq, events::event, events::leaf))
                    .load(tx.conn)?)
            })?;
            if i64::try_from(rows.len()).map_err(Error::internal)? != last - next + 1 {
                return Err(Error::Internal(format!("the journal has a hole after event {}", next - 1)));
            }
            for (_, event, leaf) in rows {
                let line = if OPEN.contains(&event.as_str()) {
                    format!("{leaf}\n")
                } else {
                    withheld += 1;
                    format!("#{}\n", hex::encode(hash_of(&leaf)?))
                };
                out.write_all(line.as_bytes()).map_err(Error::internal)?;
            }
            next = last + 1;
        }
        let hash = out.hash();
        self.files.push((LEAVES.to_owned(), hash));
        Ok(withheld)
    }

    fn sign(mut self, signer: &Signer, checkpoint: &Checkpoint) -> Result<()> {
        let mut text = format!("{FORMAT}\nsize {}\n", unsigned(checkpoint.size)?);
        for (name, sha256) in &self.files {
            text.push_str(&format!("{sha256}  {name}\n"));
        }
        self.add(MANIFEST, signer.sign(&text).as_bytes())?;
        self.zip.finish().map_err(Error::internal)?;
        Ok(())
    }
}

/// The members of a leaf that anybody may read, for a message: its event, its time, and for a report its file, the
/// number of its rows and the hash that it prints.
pub fn told(leaf: &str) -> Sentence {
    let value: Value = serde_json::from_str(leaf).unwrap_or_default();
    let member = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let told = |key| Sentence::new(key).with("event", member("event")).with("at", member("at"));
    let data = |name: &str| value.get("data").and_then(|data| data.get(name));
    match (member("event"), data("rows"), data("sha256").and_then(Value::as_str)) {
        ("reported", Some(rows), Some(sha256)) => {
            let file = |name: &str| data("file").and_then(|file| file.get(name)).and_then(Value::as_str);
            let told = match file("format").zip(file("sha256")) {
                Some((format, sha256)) => told("evidence-report-file").with("format", format).with("file", sha256),
                None => told("evidence-report"),
            };
            told.with("rows", rows).with("hash", sha256)
        }
        ("clearance_given", ..) => {
            let data = |name: &str| data(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            told("evidence-clearance").with("number", data("number")).with("hash", data("fingerprint"))
        }
        _ => told("evidence-event"),
    }
}
