//! Showcases, the calendar, the fairness ledger and passports, as people live them.

mod calendar;
mod digest;
mod ledger;
mod passports;
mod report;
pub mod scene;
mod showcases;
