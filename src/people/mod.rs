//! People and the organisation: directory, units, supervisors, roles, sign-in.

pub mod accounts;
pub mod chart;
pub mod csv_directory;
pub mod directory;
pub mod directory_diff;
pub mod directory_values;
pub mod roles;
pub mod sessions;
pub mod store;

/// Row number of a person.
pub type PersonId = i64;
/// Row number of a unit.
pub type UnitId = i64;
