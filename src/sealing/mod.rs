//! Sealing: what only a few may know is unreadable to whoever holds the database, its copies or its disk.
//!
//! Each sealed file has a *data key* of its own (`record.rs`), which encrypts its words wherever they are kept
//! (`envelope.rs`). Data keys are kept beside the data, wrapped by a *master key* that is not there: it is read from a file
//! that the settings name (`keyring.rs`). To change the master key, data keys are wrapped again and nothing else moves
//! (`rotation.rs`); so that losing its file is not losing everything, it can be split between several people (`shares.rs`).
//! Destroying a data key destroys what it encrypted, in every copy. What is
//! open in memory is kept off the disk (`memory.rs`).

pub mod envelope;
pub mod keyring;
pub mod memory;
pub mod record;
pub mod rotation;
pub mod shares;

pub use envelope::{DataKey, Place};
pub use keyring::Keyring;
