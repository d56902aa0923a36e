//! What a witness signs (C2SP tlog-cosignature, Ed25519): at this time, this head continued every other one that it saw.

use super::note::{Known, Named, head_of, split};
use super::tree::Hash;
use crate::error::{Error, Result};

/// Ed25519 cosignatures in signed notes.
const ALGORITHM: u8 = 4;

/// Signs in the name of a witness.
pub struct Cosigner(Named);

/// Recognises the cosignatures of one witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessKey(Known);

fn message(seconds: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {seconds}\n{text}").into_bytes()
}

impl Cosigner {
    /// A new key, as the text to keep secret.
    ///
    /// # Errors
    /// A name that notes cannot carry; no randomness.
    pub fn generate(name: &str) -> Result<String> {
        Named::generate(ALGORITHM, name)
    }

    /// Reads the text of [`Cosigner::generate`].
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::Internal("this is not a key made by `probite witness key`".into());
        Named::parse(ALGORITHM, text).map(Self).ok_or_else(wrong)
    }

    /// What recognises its cosignatures.
    pub fn key(&self) -> WitnessKey {
        WitnessKey(self.0.known())
    }

    /// The line that goes below the note of a head; `text` is its text, `seconds` the time since 1970.
    pub fn line(&self, text: &str, seconds: u64) -> String {
        let signature = self.0.pair.sign(&message(seconds, text));
        self.0.line(&[&seconds.to_be_bytes()[..], signature.as_ref()].concat())
    }
}

impl std::fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.text(ALGORITHM))
    }
}

impl WitnessKey {
    /// Reads `name+id+base64`.
    pub fn parse(text: &str) -> Option<Self> {
        Known::parse(ALGORITHM, text).map(Self)
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// When this witness signed the head of a note, in seconds since 1970; nothing when it did not.
    pub fn time(&self, note: &str) -> Option<u64> {
        let (text, signatures) = split(note)?;
        signatures.lines().find_map(|line| {
            let own = self.0.own(line)?;
            let (time, signature) = own.split_first_chunk()?;
            let seconds = u64::from_be_bytes(*time);
            self.0.signed(&message(seconds, text), signature).then_some(seconds)
        })
    }
}

/// When each witness signed the head of a note.
///
/// # Errors
/// The name of the first that did not.
pub fn seen_by(note: &str, witnesses: &[WitnessKey]) -> std::result::Result<Vec<(String, u64)>, String> {
    let when = |key: &WitnessKey| key.time(note).map(|seconds| (key.name().to_owned(), seconds));
    witnesses.iter().map(|key| when(key).ok_or_else(|| key.name().to_owned())).collect()
}

/// Origin, size and root of the head of a note, whoever signed it.
pub fn head(note: &str) -> Option<(&str, u64, Hash)> {
    head_of(split(note)?.0)
}

#[cfg(test)]
mod tests {
    use super::super::note::Signer;
    use super::*;

    #[test]
    fn a_witness_is_recognised_below_a_head_and_nowhere_else() {
        let cosigner = |name: &str| Cosigner::parse(&Cosigner::generate(name).unwrap()).unwrap();
        let (mine, other) = (cosigner("temoin.example"), cosigner("temoin.example"));
        let log = Signer::parse(&Signer::generate("registre.example/journal").unwrap()).unwrap();
        let note = log.checkpoint(7, &[3; 32]);
        let (text, _) = split(&note).unwrap();
        let both = format!("{note}{}", mine.line(text, 1_795_000_000));
        assert_eq!(mine.key().time(&both), Some(1_795_000_000));
        assert_eq!(WitnessKey::parse(&mine.key().to_string()), Some(mine.key()));
        assert_eq!(log.verifier().checkpoint(&both), Some((7, [3; 32])), "the journal's own signature still holds");
        assert_eq!(other.key().time(&both), None);
        assert_eq!(mine.key().time(&note), None);
        let moved = log.checkpoint(8, &[3; 32]);
        assert_eq!(mine.key().time(&format!("{moved}{}", mine.line(text, 1_795_000_000))), None, "of another head");
        // A key of a journal is not one of a witness, and the other way.
        assert!(WitnessKey::parse(&log.verifier().to_string()).is_none());
        assert!(Cosigner::parse(&Signer::generate("temoin.example").unwrap()).is_err());
    }
}
