//! « Formulaires » : the kinds of declarations as the ethics officer changes them. A changed file is checked as at the
//! start, looked at as a person would see it, adopted by somebody else, and asked of whoever declares from its day; what
//! is begun or on file keeps the version under which it was.
//!
//! `versions.rs` (what is in force, and the history), `proposals.rs` (the use cases), `change.rs` (what a change may not
//! take away), `describe.rs` (a kind as text), `difference.rs` (two of them side by side), then the pages: `pages.rs`,
//! `proposal_page.rs`, `edit_page.rs`, `preview.rs`.

pub mod change;
pub mod describe;
pub mod difference;
pub mod edit;
pub mod edit_page;
pub mod mail;
pub mod pages;
pub mod preview;
pub mod proposal_page;
pub mod proposals;
pub mod versions;
