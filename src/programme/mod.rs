//! The programme: showcases organised by the chief information officer, the calendar everybody reads, and passports
//! by which the ethics officer rules once on a company's event.
//!
//! A showcase is a noun of its own and not a declaration (docs/decisions/0005): nobody decides it, everybody reads it,
//! and it has several companies. `kind.rs` says what is asked, `state.rs` its life, `fairness.rs` what the ledger shows;
//! `report.rs` what showcases come to;
//! `actions.rs`, `hearings.rs`, `taking_part.rs` and `attesting.rs` hold the use cases, `store.rs` the SQL, `mail.rs`
//! the letters. `calendar.rs` reads what a period holds, `ics.rs` writes it for calendars of all makers.

pub mod actions;
pub mod attest_page;
pub mod attesting;
pub mod calendar;
pub mod calendar_page;
pub mod fairness;
pub mod feed;
pub mod hearings;
pub mod ics;
pub mod invitations;
pub mod kind;
pub mod ledger_page;
pub mod mail;
pub mod organisers;
pub mod passports;
pub mod plan_page;
pub mod posts;
pub mod report;
pub mod report_page;
pub mod showcase_page;
pub mod state;
pub mod store;
pub mod taking_part;
pub mod timeline;
