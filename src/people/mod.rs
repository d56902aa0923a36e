//! People and the organisation: directory, units, supervisors, roles, sign-in.

pub mod absence_page;
pub mod absences;
pub mod absences_api;
pub mod account_page;
pub mod accounts;
pub mod chart;
pub mod confirmations;
pub mod csv_directory;
pub mod departures;
pub mod directory;
pub mod directory_diff;
pub mod directory_values;
pub mod gathered;
mod guessable;
pub mod import_page;
pub mod kept_upload;
pub mod left;
pub mod listing;
pub mod mail;
#[cfg(test)]
mod page_tests;
pub mod pages;
pub mod passkeys;
pub mod person_page;
pub mod preview_view;
pub mod recovery;
pub mod roles;
pub mod second_factor;
pub mod sessions;
pub mod shell;
pub mod store;
pub mod suspension;

/// Row number of a person.
pub type PersonId = i64;
/// Row number of a unit.
pub type UnitId = i64;
