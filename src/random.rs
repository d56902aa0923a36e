//! Randomness, from one place: keys of drafts, sessions, tokens, nonces.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::{Error, Result};

/// `bytes` random bytes as URL-safe text.
///
/// # Errors
/// When the operating system gives no randomness; nothing may go on then.
pub fn token<const BYTES: usize>() -> Result<String> {
    let mut buffer = [0_u8; BYTES];
    aws_lc_rs::rand::fill(&mut buffer).map_err(|_| Error::Internal("no randomness".into()))?;
    Ok(URL_SAFE_NO_PAD.encode(buffer))
}

/// A number below `most`, each as likely as the others.
///
/// # Errors
/// As for [`token`].
pub fn below(most: u32) -> Result<u32> {
    // The last, incomplete round of numbers would favour the small ones.
    let fair = u32::MAX - u32::MAX % most.max(1);
    loop {
        let mut buffer = [0_u8; 4];
        aws_lc_rs::rand::fill(&mut buffer).map_err(|_| Error::Internal("no randomness".into()))?;
        let drawn = u32::from_le_bytes(buffer);
        if drawn < fair {
            return Ok(drawn % most.max(1));
        }
    }
}

/// SHA-256, in 32 bytes.
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, data);
    bytes.iter_mut().zip(digest.as_ref()).for_each(|(byte, hashed)| *byte = *hashed);
    bytes
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(data: &[u8]) -> String {
    hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, data))
}

/// Reads, or writes, and hashes on the way.
pub struct Hashing<R> {
    inner: R,
    hash: aws_lc_rs::digest::Context,
}

impl<R> Hashing<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, hash: aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256) }
    }

    /// SHA-256 of what went through, in hexadecimal.
    pub fn hash(self) -> String {
        hex::encode(self.hash.finish())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}
