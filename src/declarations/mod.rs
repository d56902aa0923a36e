//! Declarations: from a draft to a closed file.
//!
//! Read in this order: `kind.rs` (what a kind is), `workflow.rs` (its life), `routing.rs` (who decides), `rules.rs`
//! (what deserves attention), `deadlines.rs` (by when), then `drafts.rs`, `actions.rs` and `handing.rs`, where each use case reads as its
//! sentence. `store.rs` holds the SQL, `mail/` which letters follow which event. Two doors: the pages (`pages.rs`,
//! `step_page.rs` and `check_page.rs` for the declarant, `inbox.rs` and `inbox_page.rs` for lists, `detail.rs` and what it posts, `posts.rs`)
//! and `api/`.

pub mod access_log;
pub mod acknowledging;
pub mod actions;
pub mod afterwards;
pub mod answers;
pub mod api;
pub mod automatic;
pub mod batch;
pub mod batch_page;
pub mod calendar;
pub mod carried;
pub mod catalogue;
pub mod check_page;
pub mod compare;
pub mod compare_page;
pub mod deadlines;
pub mod detail;
pub mod direction;
pub mod drafts;
pub mod filing;
pub mod forgotten;
pub mod form;
pub mod handing;
pub mod handover;
pub mod inbox;
pub mod inbox_page;
pub mod kind;
pub mod kind_check;
pub mod kind_file;
pub mod lists;
pub mod mail;
pub mod narrowing;
pub mod offices;
pub mod outside;
pub mod pages;
pub mod posts;
pub mod reading;
pub mod reminders;
pub mod renewal;
pub mod routing;
pub mod sealed;
pub mod shown;
pub mod standing;
pub mod step_page;
pub mod store;
pub mod summary;
pub mod timeline;
pub mod told_changes;
pub mod versions;
pub mod workflow;

pub use store::Declaration;
