//! The journal: every change is an event, in the transaction of the change, chained by hash.
//!
//! A leaf is canonical JSON that stands on its own (who, when, what, on which declaration); the application can neither
//! change nor remove a row (triggers, A01). Whoever holds the database could: so a Merkle tree commits to the leaves
//! (`tree.rs`, `nodes.rs`), its head is signed with a key kept elsewhere (`note.rs`, `checkpoints.rs`) and given to witnesses
//! (`witnesses.rs`, `folder.rs`, `programs.rs`; `cosignature.rs` and `witness_service.rs` are a witness's side), people keep receipts (`receipt.rs`), and an
//! archive is verified without us (`evidence.rs`, `verify.rs`, `verify.py`). How many of them must
//! have a head (`quorum.rs`) and how long changes waited for that (`waits.rs`) are told. What the tables say is held against the events
//! (`agreement.rs`, `comparisons.rs`).

pub mod agreement;
pub mod checkpoints;
pub mod comparisons;
pub mod cosignature;
pub mod event;
pub mod evidence;
mod folder;
pub mod imprints;
pub mod leaves;
pub mod nodes;
pub mod note;
pub mod pages;
mod programs;
pub mod quorum;
pub mod receipt;
pub mod store;
pub mod tree;
pub mod verify;
pub mod waits;
pub mod witness_service;
pub mod witnesses;

pub use event::Event;
pub use store::{Entry, acted_since, record, take_turn, timeline};
