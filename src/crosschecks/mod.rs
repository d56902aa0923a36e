//! Cross-checks: when a file from outside brings a contract, an amendment, a call for tenders or an ineligible firm, when one
//! of them begins, when companies are found to be tied, and when somebody looked one up in the registry of lobbyists, the declarations that were there before are looked at again with
//! the rules in force, and those concerned are told.
//!
//! `look.rs` (looking again), `follow.rs` (after an import), `begun.rs` (each day), `tied.rs` (after a merger, in a group),
//! `looked.rs` (after a look at the registry of lobbyists, and as it grows old), `mail.rs` (one letter to each person for all of it), `actions.rs` (somebody answers), `store.rs` (rows), `views.rs` (on the
//! page of a declaration), `page.rs` (every one of them, for the ethics officer), `api.rs` (for programs).

pub mod actions;
pub mod api;
pub mod begun;
pub mod follow;
mod look;
pub mod looked;
mod mail;
pub mod page;
pub mod store;
pub mod tied;
pub mod views;

/// What somebody says of a cross-check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The person: nothing changes, what was said or decided still holds.
    Unchanged,
    /// The person: the declaration was put up to date.
    Updated,
    /// The ethics officer: it has no effect on the file.
    NoEffect,
    /// Nobody: what was found does not hold since a later look at the registry of lobbyists.
    Lifted,
}

impl Answer {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Updated => "updated",
            Self::NoEffect => "no_effect",
            Self::Lifted => "lifted",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Unchanged, Self::Updated, Self::NoEffect, Self::Lifted]
            .into_iter()
            .find(|answer| answer.as_str() == text)
    }
}
