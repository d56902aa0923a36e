//! Names waiting on disk, sorted in a few heaps: memory holds one heap at a time, whatever the size of the register.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};

use crate::error::{Error, Result};

/// A name on its way to the database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// Number of the enterprise, or its place among the enterprises.
    pub of: u64,
    /// Order among the names of the enterprise: the name proper in force first.
    pub rank: u8,
    pub name: String,
}

/// Heaps of names.
pub struct Heaps {
    heaps: Vec<BufWriter<File>>,
}

impl Heaps {
    pub fn new(count: usize) -> Result<Self> {
        let heap = |_| Ok(BufWriter::with_capacity(32 * 1024, tempfile::tempfile().map_err(Error::internal)?));
        Ok(Self { heaps: (0..count).map(heap).collect::<Result<_>>()? })
    }

    pub fn push(&mut self, heap: usize, waiting: &Waiting) -> Result<()> {
        let last = self.heaps.len().saturating_sub(1);
        let Some(heap) = self.heaps.get_mut(heap.min(last)) else { return Ok(()) };
        let length = u16::try_from(waiting.name.len()).map_err(Error::internal)?;
        let mut write = |bytes: &[u8]| heap.write_all(bytes).map_err(Error::internal);
        write(&waiting.of.to_le_bytes())?;
        write(&[waiting.rank])?;
        write(&length.to_le_bytes())?;
        write(waiting.name.as_bytes())
    }

    /// Each heap in turn, whole and sorted.
    pub fn each(self, mut work: impl FnMut(Vec<Waiting>) -> Result<()>) -> Result<()> {
        for heap in self.heaps {
            let mut file = heap.into_inner().map_err(|e| Error::internal(e.error()))?;
            file.rewind().map_err(Error::internal)?;
            let mut names = read(BufReader::with_capacity(256 * 1024, file))?;
            names.sort_unstable();
            work(names)?;
        }
        Ok(())
    }
}

fn read(mut source: impl Read) -> Result<Vec<Waiting>> {
    let mut names = Vec::new();
    let mut head = [0_u8; 11];
    loop {
        match source.read_exact(&mut head) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(names),
            Err(error) => return Err(Error::internal(error)),
        }
        let [a, b, c, d, e, f, g, h, rank, low, high] = head;
        let mut name = vec![0_u8; usize::from(u16::from_le_bytes([low, high]))];
        source.read_exact(&mut name).map_err(Error::internal)?;
        let name = String::from_utf8(name).map_err(Error::internal)?;
        names.push(Waiting { of: u64::from_le_bytes([a, b, c, d, e, f, g, h]), rank, name });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_by_heap_sorted() {
        let waiting = |of, rank, name: &str| Waiting { of, rank, name: name.into() };
        let mut heaps = Heaps::new(2).unwrap();
        for (heap, name) in [
            (1, waiting(9, 0, "Zèbre")),
            (0, waiting(5, 1, "Ancien")),
            (0, waiting(5, 0, "Actuel")),
            (7, waiting(2, 0, "")),
        ] {
            heaps.push(heap, &name).unwrap();
        }
        let mut seen = Vec::new();
        heaps
            .each(|names| {
                seen.push(names);
                Ok(())
            })
            .unwrap();
        assert_eq!(
            seen,
            [vec![waiting(5, 0, "Actuel"), waiting(5, 1, "Ancien")], vec![waiting(2, 0, ""), waiting(9, 0, "Zèbre")]]
        );
    }
}
