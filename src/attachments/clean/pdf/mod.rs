//! PDF (ISO 32000-2): the objects that the pages need are read from the last revision, one by one, and written again. What
//! nothing shown leads to is not followed, so that earlier revisions, days, authors and metadata are left behind with
//! everything that runs or opens when the file does: see [`pick`].
//!
//! Written here rather than with a library: a reader of our own opens only what it follows, under one bound for all that
//! is unpacked, and adds no cipher, no font and no image decoder to the program. The libraries at hand build every
//! object of a file in memory, or call themselves without an end (docs/decisions).

mod file;
mod object;
mod pick;
mod write;

use super::{Limits, Refusal};

/// The document without what it hides.
pub fn clean(content: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut file = file::File::open(content, limits)?;
    match pick::pick(&mut file, limits) {
        // What the table of the file says is not so: look for the objects where they are, once.
        Err(Refusal::Broken) if !file.is_rebuilt() => {
            let mut file = file::File::rebuild(content, limits)?;
            pick::pick(&mut file, limits)
        }
        picked => picked,
    }
}
