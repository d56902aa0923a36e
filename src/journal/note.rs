//! Signed notes (C2SP signed-note) with Ed25519, and the tree heads that they carry (C2SP tlog-checkpoint). What is shared with
//! cosignatures (`cosignature.rs`), which have keys of another scheme too, is here as well.
//!
//! A signer is written `PRIVATE+KEY+name+id+base64` and lives in a file outside the database; whoever verifies holds
//! `name+id+base64`. `id` is the first four bytes of SHA-256(name, line feed, algorithm, public key), in hexadecimal.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ED25519, Ed25519KeyPair, KeyPair, ML_DSA_44, ML_DSA_44_SIGNING, PqdsaKeyPair, UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::tree::Hash;
use crate::error::{Error, Result};

/// Ed25519 in signed notes.
const ALGORITHM: u8 = 1;
const PRIVATE: &str = "PRIVATE+KEY+";

/// Signs in the name of the register.
pub struct Signer(Named);

/// Recognises the signatures of one signer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier(Known);

/// A name that a note can carry: no space, no plus, no control character.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

fn id_of(algorithm: u8, name: &str, public: &[u8]) -> [u8; 4] {
    let mut bytes = format!("{name}\n").into_bytes();
    bytes.push(algorithm);
    bytes.extend_from_slice(public);
    let hash = digest(&SHA256, &bytes);
    let mut id = [0; 4];
    for (to, from) in id.iter_mut().zip(hash.as_ref()) {
        *to = *from;
    }
    id
}

/// `name+id+base64` in parts, the algorithm and the length of the key checked.
fn parts(algorithm: u8, length: usize, text: &str) -> Option<(&str, [u8; 4], Vec<u8>)> {
    let (name, rest) = text.trim().split_once('+')?;
    let (id, key) = rest.split_once('+')?;
    let id: [u8; 4] = hex::decode(id).ok()?.try_into().ok()?;
    let key = STANDARD.decode(key).ok()?;
    let (first, key) = key.split_first()?;
    (is_name(name) && *first == algorithm && key.len() == length).then(|| (name, id, key.to_vec()))
}

/// Bytes of the seed that a key is made from, whatever its scheme.
const SEED: usize = 32;

/// A scheme of signatures: Ed25519 (RFC 8032), and ML-DSA-44 (FIPS 204), which a quantum computer does not forge.
pub(super) trait Pair: Sized {
    /// Bytes of a public key.
    const PUBLIC: usize;

    fn from_seed(seed: &[u8]) -> Option<Self>;
    fn public(&self) -> Vec<u8>;
    /// Did the key of these bytes sign this?
    fn signed(public: &[u8], message: &[u8], signature: &[u8]) -> bool;
}

impl Pair for Ed25519KeyPair {
    const PUBLIC: usize = 32;

    fn from_seed(seed: &[u8]) -> Option<Self> {
        Self::from_seed_unchecked(seed).ok()
    }

    fn public(&self) -> Vec<u8> {
        self.public_key().as_ref().to_vec()
    }

    fn signed(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, public).verify(message, signature).is_ok()
    }
}

impl Pair for PqdsaKeyPair {
    const PUBLIC: usize = 1312;

    fn from_seed(seed: &[u8]) -> Option<Self> {
        Self::from_seed(&ML_DSA_44_SIGNING, seed).ok()
    }

    fn public(&self) -> Vec<u8> {
        self.public_key().as_ref().to_vec()
    }

    fn signed(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ML_DSA_44, public).verify(message, signature).is_ok()
    }
}

/// A named key of one of the algorithms of signed notes: what the journal and its witnesses sign with.
pub(super) struct Named<P = Ed25519KeyPair> {
    pub name: String,
    pub id: [u8; 4],
    pub pair: P,
}

/// The public half of a [`Named`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub name: String,
    pub id: [u8; 4],
    pub public: Vec<u8>,
}

impl<P: Pair> Named<P> {
    /// A new key, as the text to keep secret.
    ///
    /// # Errors
    /// A name that notes cannot carry; no randomness.
    pub fn generate(algorithm: u8, name: &str) -> Result<String> {
        if !is_name(name) {
            return Err(Error::Internal(format!("{name:?} cannot name a key: no space and no + in it")));
        }
        let mut seed = [0_u8; SEED];
        aws_lc_rs::rand::fill(&mut seed).map_err(|_| Error::Internal("no randomness".into()))?;
        let pair = P::from_seed(&seed).ok_or_else(|| Error::Internal("no key was made of a seed".into()))?;
        let id = hex::encode(id_of(algorithm, name, &pair.public()));
        Ok(format!("{PRIVATE}{name}+{id}+{}\n", STANDARD.encode([&[algorithm][..], &seed].concat())))
    }

    /// Reads the text of [`Named::generate`]; nothing when it is not one, or its parts do not belong together.
    pub fn parse(algorithm: u8, text: &str) -> Option<Self> {
        let (name, id, seed) = text.trim().strip_prefix(PRIVATE).and_then(|text| parts(algorithm, SEED, text))?;
        let pair = P::from_seed(&seed)?;
        (id == id_of(algorithm, name, &pair.public())).then(|| Self { name: name.to_owned(), id, pair })
    }

    pub fn known(&self) -> Known {
        Known { name: self.name.clone(), id: self.id, public: self.pair.public() }
    }

    /// One line of signature below a note.
    pub fn line(&self, signature: &[u8]) -> String {
        format!("— {} {}\n", self.name, STANDARD.encode([&self.id[..], signature].concat()))
    }
}

impl Known {
    /// Reads `name+id+base64`, of a scheme.
    pub fn parse<P: Pair>(algorithm: u8, text: &str) -> Option<Self> {
        let (name, id, public) = parts(algorithm, P::PUBLIC, text)?;
        (id == id_of(algorithm, name, &public)).then(|| Self { name: name.to_owned(), id, public })
    }

    /// `name+id+base64`.
    pub fn text(&self, algorithm: u8) -> String {
        let key = STANDARD.encode([&[algorithm][..], &self.public].concat());
        format!("{}+{}+{key}", self.name, hex::encode(self.id))
    }

    /// What this key put on a line of signature; nothing when the line is somebody else's.
    pub fn own(&self, line: &str) -> Option<Vec<u8>> {
        let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
        let signature = STANDARD.decode(signature).ok()?;
        let (id, signature) = signature.split_at_checked(4)?;
        (name == self.name && id == self.id).then(|| signature.to_vec())
    }

    /// Did it sign this?
    pub fn signed<P: Pair>(&self, message: &[u8], signature: &[u8]) -> bool {
        P::signed(&self.public, message, signature)
    }
}

/// The text of a note, its final line feed included, and its lines of signature.
pub(super) fn split(note: &str) -> Option<(&str, &str)> {
    let (above, signatures) = note.rsplit_once("\n\n")?;
    let text = note.get(..=above.len())?;
    signatures.ends_with('\n').then_some((text, signatures))
}

/// Origin, size and root of the text of a tree head (C2SP tlog-checkpoint).
pub(super) fn head_of(text: &str) -> Option<(&str, u64, Hash)> {
    let mut lines = text.lines();
    let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
    let plain = size.bytes().all(|digit| digit.is_ascii_digit()) && (size == "0" || !size.starts_with('0'));
    let root = STANDARD.decode(root).ok()?.try_into().ok()?;
    plain.then(|| Some((origin, size.parse().ok()?, root)))?
}

impl Signer {
    /// A new key, as the text to keep secret.
    ///
    /// # Errors
    /// A name that notes cannot carry; no randomness.
    pub fn generate(name: &str) -> Result<String> {
        Named::<Ed25519KeyPair>::generate(ALGORITHM, name)
    }

    /// Reads the text of [`Signer::generate`].
    ///
    /// # Errors
    /// When it is not one, or its parts do not belong together.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::Internal("this is not a signing key made by `probite journal key`".into());
        Named::parse(ALGORITHM, text).map(Self).ok_or_else(wrong)
    }

    /// What recognises its signatures.
    pub fn verifier(&self) -> Verifier {
        Verifier(self.0.known())
    }

    /// The text with its signature below. The text ends with a line feed.
    pub fn sign(&self, text: &str) -> String {
        format!("{text}\n{}", self.0.line(self.0.pair.sign(text.as_bytes()).as_ref()))
    }

    /// The signed tree head of `size` leaves with this root.
    pub fn checkpoint(&self, size: u64, root: &Hash) -> String {
        self.sign(&format!("{}\n{size}\n{}\n", self.0.name, STANDARD.encode(root)))
    }
}

impl std::fmt::Display for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.text(ALGORITHM))
    }
}

impl Verifier {
    /// Reads `name+id+base64`.
    pub fn parse(text: &str) -> Option<Self> {
        Known::parse::<Ed25519KeyPair>(ALGORITHM, text).map(Self)
    }

    /// Whose signatures these are.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The text of a note that this key signed; nothing when it did not.
    pub fn open<'n>(&self, note: &'n str) -> Option<&'n str> {
        let (text, signatures) = split(note)?;
        let mine = |line: &str| {
            self.0.own(line).is_some_and(|signature| self.0.signed::<Ed25519KeyPair>(text.as_bytes(), &signature))
        };
        signatures.lines().any(mine).then_some(text)
    }

    /// Size and root of a tree head that this key signed for its own register.
    pub fn checkpoint(&self, note: &str) -> Option<(u64, Hash)> {
        let (origin, size, root) = head_of(self.open(note)?)?;
        (origin == self.0.name).then_some((size, root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signer() -> Signer {
        Signer::parse(&Signer::generate("registre.example/journal").unwrap()).unwrap()
    }

    #[test]
    fn a_tree_head_is_read_back_by_its_key_alone() {
        let (mine, other) = (signer(), signer());
        let note = mine.checkpoint(7, &[3; 32]);
        assert_eq!(mine.verifier().checkpoint(&note), Some((7, [3; 32])));
        assert_eq!(other.verifier().checkpoint(&note), None);
        let read = Verifier::parse(&mine.verifier().to_string()).unwrap();
        assert_eq!(read.checkpoint(&note), Some((7, [3; 32])));
        // A witness adds its line below.
        let seen = format!("{note}— temoin.example {}\n", STANDARD.encode([0; 68]));
        assert_eq!(read.checkpoint(&seen), Some((7, [3; 32])));
    }

    #[test]
    fn a_key_of_the_specification_is_read() {
        // From the text of C2SP signed-note: the example key and note.
        let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let verifier = Verifier::parse(key).unwrap();
        assert!(verifier.open(note).unwrap().starts_with("If you think"));
        assert!(verifier.open(&note.replace("answer", "anwser")).is_none(), "the twin");
    }

    #[test]
    fn broken_keys_are_refused() {
        let secret = Signer::generate("a").unwrap();
        assert!(Signer::parse(&secret.replace("+a+", "+b+")).is_err());
        assert!(Signer::parse("PRIVATE+KEY+a").is_err());
        assert!(Signer::generate("a b").is_err());
        assert!(Verifier::parse(&secret).is_none());
    }

    proptest! {
        #[test]
        fn no_changed_byte_of_a_note_is_accepted(at in any::<prop::sample::Index>(), byte in 32_u8..127) {
            let signer = signer();
            let note = signer.checkpoint(123, &[9; 32]);
            let mut bytes = note.clone().into_bytes();
            let at = at.index(bytes.len());
            prop_assume!(bytes[at] != byte);
            bytes[at] = byte;
            if let Ok(changed) = String::from_utf8(bytes) {
                // The last bits of base64 padding mean nothing; the text that is signed does not move.
                prop_assert!(signer.verifier().checkpoint(&changed).is_none_or(|read| read == (123, [9; 32])));
            }
        }
    }
}
