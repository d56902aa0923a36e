//! Measures: what a decision asks of somebody, with a day and a proof.
//!
//! A decider writes a condition in one line; it becomes an obligation with an owner, a due date and a kind of proof
//! (`wishes.rs` reads what was typed). The owner shows that it is done, the supervisor or the ethics officer verifies
//! it, and a measure that lasts comes back to the supervisor at a set pace (`workflow.rs` is its life, `actions.rs` the
//! use cases, `reminders.rs` what the worker does on the day). No file closes while a measure is open.
//!
//! Who may do what is in the `[[measure]]` lines of `config/access.toml` (`access/measures.rs`).

pub mod actions;
pub mod api;
pub mod list_page;
pub mod lists;
pub mod mail;
pub mod page;
pub mod reminders;
pub mod store;
pub mod views;
pub mod wishes;
pub mod workflow;

pub use store::Measure;
