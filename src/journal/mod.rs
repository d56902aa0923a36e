//! The journal: every change is an event, in the transaction of the change, chained by hash.
//!
//! A leaf is canonical JSON that stands on its own (who, when, what, on which declaration), so that a Merkle tree can
//! commit to it later without touching history. The application can neither change nor remove a row (triggers, A01).

pub mod event;
pub mod store;

pub use event::Event;
pub use store::{Entry, record, timeline};
