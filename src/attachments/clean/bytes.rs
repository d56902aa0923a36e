//! Reading numbers and parts of bytes that somebody sent: what is not there is `None`, never a panic.

/// Some bytes, and how far they were read.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'b> {
    pub all: &'b [u8],
    pub at: usize,
}

impl<'b> Bytes<'b> {
    pub fn new(all: &'b [u8]) -> Self {
        Self { all, at: 0 }
    }

    pub fn rest(&self) -> &'b [u8] {
        self.all.get(self.at..).unwrap_or_default()
    }

    pub fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.all.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub fn be16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    pub fn be32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }
}

/// Where a needle first is.
pub fn find(all: &[u8], needle: &[u8]) -> Option<usize> {
    all.windows(needle.len()).position(|window| window == needle)
}

/// Where a needle last is.
pub fn find_last(all: &[u8], needle: &[u8]) -> Option<usize> {
    all.windows(needle.len()).rposition(|window| window == needle)
}

/// Inflates zlib data within a limit: what came out, and how many bytes went in.
pub fn inflate(packed: &[u8], limit: usize) -> Option<(Vec<u8>, usize)> {
    use flate2::{Decompress, FlushDecompress, Status};
    let mut state = Decompress::new(true);
    let mut out: Vec<u8> = Vec::new();
    let mut piece = vec![0; 32 * 1024];
    loop {
        let (before_in, before_out) = (state.total_in(), state.total_out());
        let rest = packed.get(usize::try_from(before_in).ok()?..)?;
        let status = state.decompress(rest, &mut piece, FlushDecompress::None).ok()?;
        let made = usize::try_from(state.total_out() - before_out).ok()?;
        if out.len() + made > limit {
            return None;
        }
        out.extend_from_slice(piece.get(..made)?);
        if status == Status::StreamEnd {
            return Some((out, usize::try_from(state.total_in()).ok()?));
        }
        if state.total_in() == before_in && made == 0 {
            return None;
        }
    }
}
