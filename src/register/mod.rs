//! The register as a whole: search, filters in the address, saved views, exports of what is seen, and what was known on a
//! day.

pub mod export;
pub mod known;
pub mod known_file;
pub mod pages;
pub mod query;
pub mod views;
