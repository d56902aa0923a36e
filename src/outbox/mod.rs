//! Letters: rendered and put in the outbox in the transaction of their cause, sent later by a worker.
//!
//! Never lost, never sent for a change that was rolled back; sent twice only when the relay's last answer was lost,
//! and then under the same Message-ID (RFC 1047).

mod clock_watch;
pub mod digest;
pub mod heads;
pub mod held;
pub mod letter;
pub mod message;
pub mod pages;
pub mod smtp;
pub mod store;
pub mod transport;
pub mod undelivered;
pub mod worker;

pub use letter::{Letter, enqueue, preview};
