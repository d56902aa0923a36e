//! An archive put together in memory, for whoever takes several things away at once: ZIP, which every computer opens.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::error::{Error, Result};

/// Its members are added one by one; callers bound how many bytes they are together (`joined::MOST_BYTES`).
pub struct Bundle(ZipWriter<Cursor<Vec<u8>>>);

impl Bundle {
    pub fn empty() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// # Errors
    /// A name given twice, or a member too large for the format.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.0.start_file(name, SimpleFileOptions::default()).map_err(Error::internal)?;
        self.0.write_all(content).map_err(Error::internal)
    }

    /// The archive.
    ///
    /// # Errors
    /// As for [`Bundle::add`].
    pub fn finish(self) -> Result<Vec<u8>> {
        Ok(self.0.finish().map_err(Error::internal)?.into_inner())
    }
}
