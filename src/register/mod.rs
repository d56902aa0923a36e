//! The register as a whole: search, filters in the address, saved views, exports of what is seen.

pub mod export;
pub mod pages;
pub mod query;
pub mod views;
