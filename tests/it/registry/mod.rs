//! The business register taken in from its ZIP, and searched as somebody types.

mod importing;
mod measured;
mod relations;
mod resuming;
mod searching;
pub mod zips;
