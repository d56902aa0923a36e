//! Master keys, read from a file out of the database: the first encrypts, the others still open what they wrapped.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, RwLock};
use std::time::SystemTime;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::envelope::{DataKey, KEY_BYTES, Place};
use crate::config::refused;
use crate::error::{Error, Result, cause};
use crate::people::PersonId;
use crate::random::sha256_hex;
use crate::texts::Sentence;

/// How a line of the file begins; the id and the key follow.
const MARK: &str = "PROBITE+SEALING+KEY";

/// What a wrapped key belongs to, the only thing that it opens for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The words of a declaration.
    File(i64),
    /// The codes of a person who signs in.
    SecondFactor(PersonId),
}

impl Of {
    fn place(self, master: &str) -> Place {
        match self {
            Self::File(declaration) => Place::new("data-key", declaration, master),
            Self::SecondFactor(person) => Place::new("second-factor", person, master),
        }
    }
}

/// A key that wraps those of files.
pub struct MasterKey {
    /// Recognises it without telling anything of it.
    pub id: String,
    key: DataKey,
}

impl MasterKey {
    /// A new one.
    ///
    /// # Errors
    /// No randomness.
    pub fn generate() -> Result<Self> {
        Ok(Self::of(DataKey::generate()?))
    }

    /// The one with these bytes.
    ///
    /// # Errors
    /// When they are not those of a key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let bytes = <[u8; KEY_BYTES]>::try_from(bytes).map_err(|_| Error::Internal("not a sealing key".into()))?;
        Ok(Self::of(DataKey::from_bytes(Zeroizing::new(bytes))?))
    }

    fn of(key: DataKey) -> Self {
        let print = sha256_hex(&[b"probite sealing key id\n".as_slice(), key.bytes()].concat());
        Self { id: print.chars().take(16).collect(), key }
    }

    /// Its bytes, to split between people.
    pub fn bytes(&self) -> &[u8; KEY_BYTES] {
        self.key.bytes()
    }

    /// Reads a line of the file.
    ///
    /// # Errors
    /// When it is not one, or its parts do not belong together.
    pub fn parse(line: &str) -> Result<Self> {
        let wrong = || Error::Internal("this is not a sealing key made by `probite sealing key`".into());
        let (id, key) = line
            .trim()
            .strip_prefix(MARK)
            .and_then(|rest| rest.strip_prefix('+'))
            .and_then(|rest| rest.split_once('+'))
            .ok_or_else(wrong)?;
        let bytes = Zeroizing::new(STANDARD.decode(key).map_err(|_| wrong())?);
        let found = Self::from_bytes(&bytes).map_err(|_| wrong())?;
        if found.id == id { Ok(found) } else { Err(wrong()) }
    }

    /// The line to keep secret.
    pub fn line(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{MARK}+{}+{}\n", self.id, STANDARD.encode(self.key.bytes())))
    }

    fn wrap(&self, of: Of, key: &DataKey) -> Result<String> {
        let wrapped = self.key.seal(&of.place(&self.id), key.bytes())?;
        Ok(STANDARD.encode(wrapped))
    }

    fn unwrap(&self, of: Of, wrapped: &str) -> Result<DataKey> {
        let wrapped = STANDARD.decode(wrapped).map_err(Error::internal)?;
        let bytes = self.key.open(&of.place(&self.id), &wrapped)?;
        let bytes = <[u8; KEY_BYTES]>::try_from(bytes.as_slice()).map_err(Error::internal)?;
        DataKey::from_bytes(Zeroizing::new(bytes))
    }
}

/// The master keys of this process.
pub struct Keyring {
    file: Option<PathBuf>,
    keys: RwLock<Loaded>,
}

/// The keys, and what their file was when they were read.
struct Loaded {
    keys: Arc<[MasterKey]>,
    stamp: Option<Stamp>,
}

/// When a file was last written, and its length.
type Stamp = (SystemTime, u64);

fn stamp(file: &Path) -> Option<Stamp> {
    let known = std::fs::metadata(file).ok()?;
    Some((known.modified().ok()?, known.len()))
}

/// A data key as it is kept.
pub struct Wrapped {
    /// Which master key opens it.
    pub master: String,
    pub key: String,
}

impl Keyring {
    /// Reads the file of the settings; no file is a ring without keys, which seals and opens nothing.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn load(file: &str) -> Result<Self> {
        let file = Some(file).filter(|file| !file.is_empty()).map(PathBuf::from);
        let stamp = file.as_deref().and_then(stamp);
        let keys = file.as_deref().map_or(Ok(Vec::new()), read)?.into();
        Ok(Self { file, keys: RwLock::new(Loaded { keys, stamp }) })
    }

    /// Is there a key to seal with?
    pub fn is_ready(&self) -> bool {
        !self.current().is_empty()
    }

    /// The id of the key that wraps from now on.
    pub fn first(&self) -> Option<String> {
        self.current().first().map(|key| key.id.clone())
    }

    /// The name under which a person is read by whoever may not know who they are: the same as long as the first master key is,
    /// and nobody without it can try the numbers of the directory one by one.
    pub fn pseudonym(&self, number: &str) -> String {
        let keys = self.current();
        let without = || {
            // A service without a key seals nothing; its pseudonyms hold until it stops.
            static DRAWN: OnceLock<Option<MasterKey>> = OnceLock::new();
            DRAWN.get_or_init(|| MasterKey::generate().ok()).as_ref()
        };
        let Some(master) = keys.first().or_else(without) else { return "P-".to_owned() };
        let tag = |key: &[u8], words: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), words.as_bytes());
        let own = tag(master.bytes(), "probite/pseudonyms/1");
        let mask: String = hex::encode(tag(own.as_ref(), number)).chars().take(8).collect();
        format!("P-{mask}")
    }

    fn current(&self) -> Arc<[MasterKey]> {
        let loaded = self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&loaded.keys)
    }

    /// Reads the file again when it was written since: a key was added while the service runs.
    fn read_again(&self) -> Result<Arc<[MasterKey]>> {
        let Some(file) = &self.file else { return Ok(self.current()) };
        let now = stamp(file);
        {
            let loaded = self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            if now.is_some() && loaded.stamp == now {
                return Ok(Arc::clone(&loaded.keys));
            }
        }
        let keys: Arc<[MasterKey]> = read(file)?.into();
        if let Ok(mut loaded) = self.keys.write() {
            *loaded = Loaded { keys: Arc::clone(&keys), stamp: now };
        }
        Ok(keys)
    }

    /// Wraps a data key with the first master key of the file as it is now.
    ///
    /// # Errors
    /// [`Error::NotPossible`] when no key is configured.
    pub fn wrap(&self, of: Of, key: &DataKey) -> Result<Wrapped> {
        let keys = self.read_again()?;
        let master = keys.first().ok_or(Error::NotPossible("not-possible-sealing"))?;
        Ok(Wrapped { master: master.id.clone(), key: master.wrap(of, key)? })
    }

    /// The data key that was wrapped.
    ///
    /// # Errors
    /// No key here opens it.
    pub fn unwrap(&self, of: Of, wrapped: &Wrapped) -> Result<DataKey> {
        let opened = |keys: &[MasterKey]| {
            keys.iter().find(|key| key.id == wrapped.master).map(|master| master.unwrap(of, &wrapped.key))
        };
        if let Some(opened) = opened(&self.current()) {
            return opened;
        }
        opened(&self.read_again()?).unwrap_or_else(|| {
            let why = Sentence::new("operator-why-sealing-other").with("key", &wrapped.master);
            Err(refused("sealing.key_file", why))
        })
    }
}

fn read(file: &Path) -> Result<Vec<MasterKey>> {
    let at = |why: Sentence| {
        let what = Sentence::new("operator-file").with("file", file.display());
        refused("sealing.key_file", what.because("why", why))
    };
    let text = Zeroizing::new(std::fs::read_to_string(file).map_err(|e| at(cause(&e)))?);
    let keys: Result<Vec<MasterKey>> =
        text.lines().filter(|line| !line.trim().is_empty()).map(MasterKey::parse).collect();
    keys.map_err(|_| at(Sentence::new("operator-why-sealing-key")))
}

/// A key file that every test of this process shares.
#[cfg(test)]
pub fn of_tests() -> String {
    static FILE: std::sync::OnceLock<tempfile::TempPath> = std::sync::OnceLock::new();
    let make = || {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &*MasterKey::generate().unwrap().line()).unwrap();
        file.into_temp_path()
    };
    FILE.get_or_init(make).display().to_string()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// Six figures are soon tried: only whoever has the key gets from one to the other.
    #[test]
    fn a_pseudonym_is_that_of_a_person_under_a_key_and_not_of_their_number() {
        let ring = |key: &MasterKey| {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), key.line().as_bytes()).unwrap();
            Keyring::load(&file.path().display().to_string()).unwrap()
        };
        let (one, other) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
        let mask = ring(&one).pseudonym("200001");
        assert_eq!(mask, ring(&one).pseudonym("200001"), "the same after a restart");
        assert_ne!(mask, ring(&one).pseudonym("200002"));
        assert_ne!(mask, ring(&other).pseudonym("200001"));
        assert_ne!(mask, format!("P-{}", &sha256_hex(b"200001")[..8]));
        assert!(mask.len() == 10 && mask.starts_with("P-"), "{mask}");
        let without = Keyring::load("").unwrap();
        assert_eq!(without.pseudonym("200001"), Keyring::load("").unwrap().pseudonym("200001"), "while it runs");
    }

    #[test]
    fn a_key_reads_back_from_its_line_and_nothing_else_does() {
        let key = MasterKey::generate().unwrap();
        assert_eq!(MasterKey::parse(&key.line()).unwrap().bytes(), key.bytes());
        let other = MasterKey::generate().unwrap();
        let mixed = key.line().replace(&key.id, &other.id);
        for line in ["", "PROBITE+SEALING+KEY+ab+cd", mixed.as_str(), "PRIVATE+KEY+x+y+z"] {
            assert!(MasterKey::parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_key_added_to_the_file_wraps_at_once_and_the_old_one_still_opens() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let old = MasterKey::generate().unwrap();
        file.write_all(old.line().as_bytes()).unwrap();
        let ring = Keyring::load(file.path().to_str().unwrap()).unwrap();
        let data = DataKey::generate().unwrap();
        let before = ring.wrap(Of::File(7), &data).unwrap();
        let new = MasterKey::generate().unwrap();
        std::fs::write(file.path(), format!("{}{}", *new.line(), *old.line())).unwrap();
        let after = ring.wrap(Of::File(7), &data).unwrap();
        assert_eq!((before.master.as_str(), after.master.as_str()), (old.id.as_str(), new.id.as_str()));
        for wrapped in [&before, &after] {
            assert_eq!(ring.unwrap(Of::File(7), wrapped).unwrap().bytes(), data.bytes());
            assert!(ring.unwrap(Of::File(8), wrapped).is_err(), "the key of one file opens another");
            assert!(ring.unwrap(Of::SecondFactor(7), wrapped).is_err(), "the key of a file opens what is of a person");
        }
        std::fs::write(file.path(), &*new.line()).unwrap();
        let again = Keyring::load(file.path().to_str().unwrap()).unwrap();
        assert!(again.unwrap(Of::File(7), &before).is_err(), "a key that is not there opens");
    }

    #[test]
    fn without_a_file_nothing_is_sealed() {
        let ring = Keyring::load("").unwrap();
        assert!(!ring.is_ready());
        let refused = ring.wrap(Of::File(1), &DataKey::generate().unwrap());
        assert!(matches!(refused, Err(Error::NotPossible("not-possible-sealing"))));
    }
}
