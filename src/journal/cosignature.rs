//! What a witness signs (C2SP tlog-cosignature): at this time, this head continued every other one that it saw. With Ed25519, or
//! with ML-DSA-44 (FIPS 204): what was signed so is still shown on the day when Ed25519 can be forged. The register itself may
//! cosign its heads with such a key.

use aws_lc_rs::signature::{Ed25519KeyPair, ML_DSA_44_SIGNING, PqdsaKeyPair};

use super::note::{Known, Named, Pair, head_of, split};
use super::tree::Hash;
use crate::error::{Error, Result};

/// Timestamped Ed25519 cosignatures in signed notes.
const ED25519: u8 = 4;
/// Timestamped ML-DSA-44 (sub)tree cosignatures.
const ML_DSA_44: u8 = 6;
/// Where the message of an ML-DSA-44 cosignature begins.
const SUBTREE: &[u8; 12] = b"subtree/v1\n\0";

/// Signs in the name of a witness.
pub struct Cosigner(Held);

enum Held {
    Ed25519(Named<Ed25519KeyPair>),
    MlDsa44(Named<PqdsaKeyPair>),
}

/// Recognises the cosignatures of one witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessKey(Recognised);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Recognised {
    Ed25519(Known),
    MlDsa44(Known),
}

/// Which signatures a witness makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scheme {
    #[default]
    Ed25519,
    /// After quantum computers; its lines have three thousand characters.
    MlDsa44,
}

/// What an Ed25519 cosignature says of the text of a head.
fn ed25519_message(seconds: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {seconds}\n{text}").into_bytes()
}

/// What an ML-DSA-44 cosignature says of a head: a `cosigned_message` from the first leaf on, whose lengths are before what varies
/// (RFC 8446, s. 3). Nothing when the text is no head, or a name is longer than a byte counts.
fn subtree_message(cosigner: &str, seconds: u64, text: &str) -> Option<Vec<u8>> {
    let (origin, size, root) = head_of(text)?;
    let mut message = SUBTREE.to_vec();
    for (name, number) in [(cosigner, seconds), (origin, 0)] {
        message.push(u8::try_from(name.len()).ok()?);
        message.extend_from_slice(name.as_bytes());
        message.extend_from_slice(&number.to_be_bytes());
    }
    message.extend_from_slice(&size.to_be_bytes());
    message.extend_from_slice(&root);
    Some(message)
}

impl Cosigner {
    /// A new key, as the text to keep secret.
    ///
    /// # Errors
    /// A name that notes cannot carry; no randomness.
    pub fn generate(name: &str, scheme: Scheme) -> Result<String> {
        match scheme {
            Scheme::Ed25519 => Named::<Ed25519KeyPair>::generate(ED25519, name),
            Scheme::MlDsa44 => Named::<PqdsaKeyPair>::generate(ML_DSA_44, name),
        }
    }

    /// Reads the text of [`Cosigner::generate`].
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::Internal("this is not a key made by `probite witness key`".into());
        Named::parse(ED25519, text)
            .map(Held::Ed25519)
            .or_else(|| Named::parse(ML_DSA_44, text).map(Held::MlDsa44))
            .map(Self)
            .ok_or_else(wrong)
    }

    /// What recognises its cosignatures.
    pub fn key(&self) -> WitnessKey {
        WitnessKey(match &self.0 {
            Held::Ed25519(named) => Recognised::Ed25519(named.known()),
            Held::MlDsa44(named) => Recognised::MlDsa44(named.known()),
        })
    }

    /// The line that goes below the note of a head; `text` is its text, `seconds` the time since 1970.
    ///
    /// # Errors
    /// The text is no head, or nothing could be signed.
    pub fn line(&self, text: &str, seconds: u64) -> Result<String> {
        let timed = |signature: &[u8]| [&seconds.to_be_bytes()[..], signature].concat();
        match &self.0 {
            Held::Ed25519(named) => Ok(named.line(&timed(named.pair.sign(&ed25519_message(seconds, text)).as_ref()))),
            Held::MlDsa44(named) => {
                let message = subtree_message(&named.name, seconds, text)
                    .ok_or_else(|| Error::Internal("this is no head of a journal".into()))?;
                let mut signature = vec![0; ML_DSA_44_SIGNING.signature_len()];
                named.pair.sign(&message, &mut signature).map_err(Error::internal)?;
                Ok(named.line(&timed(&signature)))
            }
        }
    }
}

impl std::fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&match &self.0 {
            Recognised::Ed25519(known) => known.text(ED25519),
            Recognised::MlDsa44(known) => known.text(ML_DSA_44),
        })
    }
}

impl WitnessKey {
    /// Reads `name+id+base64`.
    pub fn parse(text: &str) -> Option<Self> {
        Known::parse::<Ed25519KeyPair>(ED25519, text)
            .map(Recognised::Ed25519)
            .or_else(|| Known::parse::<PqdsaKeyPair>(ML_DSA_44, text).map(Recognised::MlDsa44))
            .map(Self)
    }

    pub fn name(&self) -> &str {
        let (Recognised::Ed25519(known) | Recognised::MlDsa44(known)) = &self.0;
        &known.name
    }

    /// When this witness signed the head of a note, in seconds since 1970; nothing when it did not.
    pub fn time(&self, note: &str) -> Option<u64> {
        let (text, signatures) = split(note)?;
        match &self.0 {
            Recognised::Ed25519(known) => {
                time_of::<Ed25519KeyPair>(known, signatures, |seconds| Some(ed25519_message(seconds, text)))
            }
            Recognised::MlDsa44(known) => {
                time_of::<PqdsaKeyPair>(known, signatures, |seconds| subtree_message(&known.name, seconds, text))
            }
        }
    }
}

/// The time of the line of a key, among lines of signature, when it signed the message of that time.
fn time_of<P: Pair>(known: &Known, signatures: &str, message: impl Fn(u64) -> Option<Vec<u8>>) -> Option<u64> {
    signatures.lines().find_map(|line| {
        let own = known.own(line)?;
        let (time, signature) = own.split_first_chunk()?;
        let seconds = u64::from_be_bytes(*time);
        known.signed::<P>(&message(seconds)?, signature).then_some(seconds)
    })
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
    use base64::Engine;

    use super::super::note::Signer;
    use super::*;

    fn cosigner(name: &str, scheme: Scheme) -> Cosigner {
        Cosigner::parse(&Cosigner::generate(name, scheme).unwrap()).unwrap()
    }

    #[test]
    fn a_witness_is_recognised_below_a_head_and_nowhere_else() {
        let log = Signer::parse(&Signer::generate("registre.example/journal").unwrap()).unwrap();
        let note = log.checkpoint(7, &[3; 32]);
        let (text, _) = split(&note).unwrap();
        for scheme in [Scheme::Ed25519, Scheme::MlDsa44] {
            let (mine, other) = (cosigner("temoin.example", scheme), cosigner("temoin.example", scheme));
            let line = mine.line(text, 1_795_000_000).unwrap();
            let both = format!("{note}{line}");
            assert_eq!(mine.key().time(&both), Some(1_795_000_000));
            assert_eq!(WitnessKey::parse(&mine.key().to_string()), Some(mine.key()));
            assert_eq!(log.verifier().checkpoint(&both), Some((7, [3; 32])), "the journal's own signature still holds");
            assert_eq!(other.key().time(&both), None);
            assert_eq!(mine.key().time(&note), None);
            for moved in [log.checkpoint(8, &[3; 32]), log.checkpoint(7, &[4; 32])] {
                assert_eq!(mine.key().time(&format!("{moved}{line}")), None, "of another head");
            }
            // A key of a journal is not one of a witness, and the other way.
            assert!(WitnessKey::parse(&log.verifier().to_string()).is_none());
            assert!(Cosigner::parse(&Signer::generate("temoin.example").unwrap()).is_err());
        }
    }

    #[test]
    fn both_schemes_sign_one_head_and_each_is_read_alone() {
        let log = Signer::parse(&Signer::generate("registre.example/journal").unwrap()).unwrap();
        let note = log.checkpoint(7, &[3; 32]);
        let text = split(&note).unwrap().0;
        let (old, new) = (cosigner("a.example", Scheme::Ed25519), cosigner("b.example", Scheme::MlDsa44));
        let both = format!("{note}{}{}", old.line(text, 5).unwrap(), new.line(text, 6).unwrap());
        assert_eq!((old.key().time(&both), new.key().time(&both)), (Some(5), Some(6)));
        assert_eq!(seen_by(&both, &[old.key(), new.key()]).unwrap().len(), 2);
    }

    #[test]
    fn the_message_after_quantum_computers_is_that_of_the_specification() {
        // From the structure of C2SP tlog-cosignature, written out byte by byte.
        let root = [7; 32];
        let text = format!("a/b\n258\n{}\n", base64::engine::general_purpose::STANDARD.encode(root));
        let mut wanted = b"subtree/v1\n\0".to_vec();
        wanted.extend([2, b'w', b'1']);
        wanted.extend([0, 0, 0, 0, 0, 0, 1, 0]);
        wanted.extend([3, b'a', b'/', b'b']);
        wanted.extend([0; 8]);
        wanted.extend([0, 0, 0, 0, 0, 0, 1, 2]);
        wanted.extend(root);
        assert_eq!(subtree_message("w1", 256, &text), Some(wanted));
        assert_eq!(subtree_message(&"w".repeat(256), 256, &text), None);
        assert_eq!(subtree_message("w1", 256, "no head\n"), None);
        // FIPS 204, table 2: 1,312 bytes of key and 2,420 of signature; here with the name of the algorithm, then with a key id and a time.
        let mine = cosigner("w1", Scheme::MlDsa44);
        let bytes = |text: &str, last: &str| {
            let encoded = text.trim().rsplit(last).next().unwrap();
            base64::engine::general_purpose::STANDARD.decode(encoded).unwrap()
        };
        let key = bytes(mine.key().to_string().splitn(3, '+').nth(2).unwrap(), " ");
        assert_eq!((key.len(), key[0]), (1 + 1_312, 6));
        assert_eq!(bytes(&mine.line(&text, 256).unwrap(), " ").len(), 4 + 8 + 2_420);
    }
}
