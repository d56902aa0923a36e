//! `probite bench`: what a page costs, measured on this machine, beside its goal and its floor.
//!
//! A server is started as a process of its own; its processor time is read before and after a fixed number of requests,
//! so that figures hold on a busy machine. Rates of durable writes are given as a share of a bare group-commit insert
//! measured in the same run. Nothing here is a test: speed is looked at, not asserted.

pub mod client;
pub mod floors;
pub mod leaves;
pub mod letters;
pub mod off;
pub mod outside;
pub mod probes;
pub mod process;
#[cfg(feature = "unproven")]
pub mod proof;
pub mod rules;
pub mod table;

pub use probes::run;
