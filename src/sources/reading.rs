//! Bytes of a file as they come: hashed on the way, and never more in memory than one record may take.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use aws_lc_rs::digest;

use crate::error::{Error, Result};

/// What is read since the last record was whole. A quote that nobody closes, or a record that never ends, meets its limit
/// instead of the memory of the machine.
#[derive(Debug, Clone)]
pub struct Meter {
    since: Rc<Cell<u64>>,
    most: u64,
}

impl Meter {
    pub fn new(most: u64) -> Self {
        Self { since: Rc::new(Cell::new(0)), most }
    }

    /// A record is whole.
    pub fn whole(&self) {
        self.since.set(0);
    }

    /// True when the reading stopped because one record was too long.
    pub fn is_over(&self) -> bool {
        self.since.get() > self.most
    }
}

/// A reader that hashes and meters.
pub struct Incoming<R> {
    inner: R,
    hash: digest::Context,
    meter: Meter,
}

impl<R: Read> Incoming<R> {
    pub fn new(inner: R, meter: Meter) -> Self {
        Self { inner, hash: digest::Context::new(&digest::SHA256), meter }
    }

    /// SHA-256 of the whole, once what is left has been read.
    pub fn finish(mut self) -> io::Result<String> {
        let mut buffer = [0_u8; 16 * 1024];
        loop {
            self.meter.whole();
            if self.read(&mut buffer)? == 0 {
                return Ok(hex::encode(self.hash.finish()));
            }
        }
    }
}

impl<R: Read> Read for Incoming<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.meter.is_over() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "record too long"));
        }
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.meter.since.set(self.meter.since.get().saturating_add(u64::try_from(read).unwrap_or(u64::MAX)));
        Ok(read)
    }
}

/// Opens a file, or says which one cannot be.
pub fn open(path: &Path) -> Result<std::fs::File> {
    std::fs::File::open(path).map_err(|e| Error::of_file(path, &e))
}

/// SHA-256 of a file.
pub fn hash(path: &Path) -> Result<String> {
    Incoming::new(open(path)?, Meter::new(u64::MAX)).finish().map_err(|e| Error::of_file(path, &e))
}

/// Name of a file as it is shown and kept: the last part, without what could not be printed.
pub fn name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_whole_file_whatever_was_read_of_it() {
        let bytes = vec![7_u8; 100_000];
        let mut reader = Incoming::new(bytes.as_slice(), Meter::new(u64::MAX));
        let mut some = [0; 10];
        reader.read_exact(&mut some).unwrap();
        assert_eq!(reader.finish().unwrap(), crate::random::sha256_hex(&bytes));
    }

    #[test]
    fn a_record_that_never_ends_is_stopped_and_short_ones_are_not() {
        let meter = Meter::new(1_000);
        let mut reader = Incoming::new(io::repeat(b'x'), meter.clone());
        let mut buffer = [0; 400];
        for _ in 0..10 {
            reader.read_exact(&mut buffer).unwrap();
            meter.whole();
        }
        // The twin: nobody says that a record is whole.
        assert!((0..10).any(|_| reader.read_exact(&mut buffer).is_err()));
        assert!(meter.is_over());
    }
}
