//! Declarations: from a draft to a closed file.
//!
//! Read in this order: `kind.rs` (what a kind is), `workflow.rs` (its life), `routing.rs` (who decides), `rules.rs`
//! (what deserves attention), `deadlines.rs` (by when), then `actions.rs`, where each use case reads as its sentence.
//! `store.rs` holds the SQL, `mail.rs` which letters follow which event, `pages.rs` and `api.rs` the two doors.

pub mod access_log;
pub mod actions;
pub mod answers;
pub mod api;
pub mod attachments;
pub mod catalogue;
pub mod deadlines;
pub mod detail;
pub mod filing;
pub mod form;
pub mod handover;
pub mod inbox;
pub mod kind;
pub mod lists;
pub mod mail;
pub mod pages;
pub mod reading;
pub mod reminders;
pub mod routing;
pub mod rules;
pub mod store;
pub mod workflow;

pub use store::Declaration;
