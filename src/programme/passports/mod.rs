//! Event passports: the ethics officer rules once on a company's event; each invitee's request that a person confirmed
//! to be for that event carries the ruling, the cap and the conditions to whoever decides it (features.md N15).
//!
//! A passport decides nothing: the supervisor does (policy, section 5), with the ruling in front of them, and writes why
//! when they go against it.

pub mod actions;
pub mod attendance;
pub mod calendar;
pub mod mail;
pub mod matching;
pub mod new_page;
pub mod page;
pub mod panel;
pub mod store;

pub use panel::contradicts;
