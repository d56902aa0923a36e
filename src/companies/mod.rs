//! Companies: a register with NEQ or a reason, names and aliases, likely duplicates proposed, merged and separated again;
//! and the page of each, that shows of the register what its reader reads there.

pub mod actions;
pub mod api;
pub mod files;
pub mod graph;
pub mod group_page;
pub mod groups;
pub mod known;
pub mod list_page;
pub mod lists;
pub mod lobby;
pub mod meeting;
pub mod meeting_page;
pub mod merge_page;
pub mod page;
pub mod registry;
pub mod spelling;
pub mod store;
pub mod suggest;
pub mod ties;
pub mod unnumbered;

/// Row number of a company.
pub type CompanyId = i64;

/// Where the page of a company is.
pub fn address(company: CompanyId) -> String {
    format!("/entreprises/{company}")
}
