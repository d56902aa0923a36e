//! Clearance of contract committees: whoever watches over contract rules gives a list of people and a contract, or companies,
//! and receives for each person « nothing to report », « declares first » or « withdraws », with what to do next.
//!
//! The sheet says no more: neither why, nor what kind of declaration, nor which company. The reasons are rows of their own
//! that the ethics officer alone opens, through the second door of each declaration. What is sealed (advice, voluntary
//! declarations, concerns) is in no query here. Each person checked reads on a page of their own that they were, by whom,
//! when, for what and with which verdict; the journal and the access log hold the other side.

pub mod actions;
pub mod api;
pub mod companies;
pub mod facts;
pub mod own_page;
pub mod page;
pub mod reasons_page;
pub mod roster;
pub mod rules;
pub mod sheet;
pub mod sheet_page;
pub mod store;

/// Row number of a sheet.
pub type ClearanceId = i64;

/// Where a sheet is.
pub fn address(number: &str) -> String {
    format!("/verifications/{number}")
}
