//! The retention schedule: how long each file is kept once it is over, and what is no file (`things.rs`, `people.rs`), what forbids
//! destroying it, and its destruction by two people, with a certificate that proves what was destroyed and says nothing of what was in it (A-21.1, s. 7 and 18,
//! s. 73; trust.md P01 to P04, A12).

pub mod actions;
pub mod destroy;
mod destroy_things;
pub mod holds;
pub mod mail;
mod names;
pub mod page;
pub mod people;
pub mod schedule;
pub mod store;
pub mod things;
pub mod worker;
