//! The signed list of what a copy holds. Last in the archive: a copy without it was not finished.

use std::collections::BTreeMap;

use crate::clock::Instant;
use crate::journal::tree::Hash;

const FORMAT: &str = "probite-backup/1";
const TIME: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    pub made_at: Instant,
    /// `sqlite` or `postgres`: a copy of one is not put back in the other.
    pub engine: String,
    /// Events of the journal.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
    /// SHA-256 of each file, by name.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// One line for each thing that is known, then one for each file.
    pub fn text(&self) -> String {
        let mut text = format!(
            "{FORMAT}\nmade {}\nengine {}\nsize {}\nroot {}\n",
            self.made_at.format(TIME),
            self.engine,
            self.size,
            hex::encode(self.root)
        );
        for (name, sha256) in &self.files {
            text.push_str(&format!("{sha256}  {name}\n"));
        }
        text
    }

    /// Reads what [`Manifest::text`] wrote; nothing when it is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut told = |word: &str| lines.next()?.strip_prefix(word).map(str::trim);
        told(FORMAT)?;
        let made_at = Instant::parse_from_str(told("made ")?, TIME).ok()?;
        let engine = told("engine ")?.to_owned();
        let size = told("size ")?.parse().ok()?;
        let root = hex::decode(told("root ")?).ok()?.try_into().ok()?;
        let files = lines.map(|line| line.split_once("  ").map(|(hash, name)| (name.into(), hash.into())));
        Some(Self { made_at, engine, size, root, files: files.collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let manifest = Manifest {
            made_at: chrono::DateTime::from_timestamp_micros(1_795_000_000_123_456).unwrap().naive_utc(),
            engine: "sqlite".into(),
            size: 42,
            root: [7; 32],
            files: [("database".to_owned(), "ab".repeat(32)), ("attachments/ab".to_owned(), "cd".repeat(32))].into(),
        };
        assert_eq!(Manifest::parse(&manifest.text()), Some(manifest.clone()));
        assert_eq!(Manifest::parse(&manifest.text().replacen("size", "taille", 1)), None);
        assert_eq!(Manifest::parse(&manifest.text().replacen("probite-backup/1", "probite-backup/2", 1)), None);
    }
}
