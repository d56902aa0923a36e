//! AES-256-GCM envelopes, each bound to its place: one put in another place does not open (trust.md A14).

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;

/// How the text of an envelope begins: a second form would begin otherwise.
const FIRST_FORM: &str = "enc1:";

/// The only place where an envelope opens: what is kept, of which file, in which version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// `part` tells apart what a file has several of: a version, an event, an author.
    pub fn new(what: &str, declaration: i64, part: impl std::fmt::Display) -> Self {
        Self(format!("probite/C3/{what}/{declaration}/{part}"))
    }
}

/// A key that encrypts. Its bytes are wiped when it goes.
pub struct DataKey {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    key: RandomizedNonceKey,
}

impl DataKey {
    /// A new key.
    ///
    /// # Errors
    /// No randomness.
    pub fn generate() -> Result<Self> {
        let mut bytes = Zeroizing::new([0_u8; KEY_BYTES]);
        aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_| Error::Internal("no randomness".into()))?;
        Self::from_bytes(bytes)
    }

    /// The key that has these bytes.
    ///
    /// # Errors
    /// Another number of bytes, which the type forbids.
    pub fn from_bytes(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Result<Self> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, bytes.as_slice())
            .map_err(|_| Error::Internal("not an AES-256 key".into()))?;
        Ok(Self { bytes, key })
    }

    /// Its bytes, to wrap or to split.
    pub fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.bytes
    }

    /// Nonce, ciphertext and tag. A nonce of 96 random bits: a key encrypts the words of one file, far from 2³² of them
    /// (NIST SP 800-38D, 8.3).
    ///
    /// # Errors
    /// When the library fails; nothing may be kept in clear instead.
    pub fn seal(&self, place: &Place, clear: &[u8]) -> Result<Vec<u8>> {
        let mut body = clear.to_vec();
        let nonce = self
            .key
            .seal_in_place_append_tag(Aad::from(place.0.as_bytes()), &mut body)
            .map_err(|_| Error::Internal(format!("cannot seal {}", place.0)))?;
        Ok([nonce.as_ref().as_slice(), body.as_slice()].concat())
    }

    /// What [`Self::seal`] closed at this place.
    ///
    /// # Errors
    /// Another key, another place, or something that was changed.
    pub fn open(&self, place: &Place, envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let refused =
            || Error::Internal(format!("{} does not open: it was changed, moved or closed by another key", place.0));
        let (nonce, body) = envelope.split_first_chunk::<NONCE_LEN>().ok_or_else(refused)?;
        let mut body = Zeroizing::new(body.to_vec());
        let clear = self
            .key
            .open_in_place(Nonce::from(nonce), Aad::from(place.0.as_bytes()), body.as_mut_slice())
            .map_err(|_| refused())?
            .len();
        body.truncate(clear);
        Ok(body)
    }

    /// [`Self::seal`], as text.
    ///
    /// # Errors
    /// As for it.
    pub fn seal_text(&self, place: &Place, clear: &str) -> Result<String> {
        Ok(format!("{FIRST_FORM}{}", STANDARD_NO_PAD.encode(self.seal(place, clear.as_bytes())?)))
    }

    /// [`Self::open`], from text. Words in clear where an envelope belongs are refused: somebody put them there.
    ///
    /// # Errors
    /// As for it.
    pub fn open_text(&self, place: &Place, envelope: &str) -> Result<String> {
        let bytes = envelope
            .strip_prefix(FIRST_FORM)
            .and_then(|text| STANDARD_NO_PAD.decode(text).ok())
            .ok_or_else(|| Error::Internal(format!("{} is not sealed", place.0)))?;
        String::from_utf8(self.open(place, &bytes)?.to_vec()).map_err(Error::internal)
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn key() -> DataKey {
        DataKey::generate().unwrap()
    }

    #[test]
    fn what_is_sealed_opens_at_its_place_and_shows_nothing() {
        let (key, place) = (key(), Place::new("answers", 12, 3));
        let sealed = key.seal_text(&place, "Puis-je accepter?").unwrap();
        assert!(sealed.starts_with("enc1:") && !sealed.contains("accepter"));
        assert_eq!(key.open_text(&place, &sealed).unwrap(), "Puis-je accepter?");
    }

    /// A14
    #[test]
    fn moved_to_another_file_version_or_column_it_does_not_open() {
        let key = key();
        let sealed = key.seal_text(&Place::new("answers", 12, 3), "x").unwrap();
        for place in [Place::new("answers", 13, 3), Place::new("answers", 12, 4), Place::new("opinion", 12, 3)] {
            assert!(key.open_text(&place, &sealed).is_err(), "{place:?}");
        }
        // 1 and 23 are not 12 and 3.
        assert_ne!(Place::new("answers", 1, 23), Place::new("answers", 12, 3));
    }

    #[test]
    fn another_key_words_in_clear_and_every_changed_bit_are_refused() {
        let (mine, place) = (key(), Place::new("answers", 1, 1));
        assert!(key().open_text(&place, &mine.seal_text(&place, "x").unwrap()).is_err());
        assert!(mine.open_text(&place, "{}").is_err());
        let sealed = mine.seal(&place, b"quelques mots").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(mine.open(&place, &changed).is_err(), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert!(mine.open(&place, &sealed[..length]).is_err(), "{length} bytes");
        }
    }

    /// A14
    #[test]
    fn no_two_envelopes_have_the_same_nonce() {
        let (key, place) = (key(), Place::new("answers", 1, 1));
        let mut nonces = HashSet::new();
        for _ in 0..200_000 {
            assert!(nonces.insert(key.seal(&place, b"").unwrap()[..NONCE_LEN].to_vec()));
        }
    }
}
