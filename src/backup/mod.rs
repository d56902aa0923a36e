//! Copies of the whole register: made while it serves, closed for whoever holds the recovery key, and put back only when
//! they hold what was signed and what a witness saw (trust.md S01, S04, S07).
//!
//! A copy is an `age` file (anybody may open it with the recovery key and the ordinary tools) over a compressed archive: the
//! database, the files joined, and last a list of both signed with the key of the journal. The server knows the public half
//! of the recovery key alone: who takes the server cannot read earlier copies.

mod manifest;
pub mod restore;
pub mod store;
pub mod take;
pub mod worker;

pub use manifest::Manifest;
