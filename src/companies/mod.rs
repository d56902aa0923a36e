//! Companies: a register with NEQ or a reason, names and aliases, likely duplicates proposed.

pub mod api;
pub mod store;

/// Row number of a company.
pub type CompanyId = i64;
