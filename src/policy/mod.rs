//! The policy as code: rules that people read, over facts that are named and documented, in files with an effective date.
//!
//! `rules.rs` (a policy and its findings), `file.rs` (reading a file, every problem with its line and column), `check.rs`
//! and `shape.rs` (an expression before it meets a declaration), `facts.rs` (what rules may name), `gifts.rs` (totals of
//! a donor), `coverage.rs` (the policy, sentence by sentence), `outside.rs` (what files from outside say of a company), `gather.rs` (facts of a declaration, out of the
//! register).

pub mod check;
pub mod coverage;
pub mod facts;
pub mod file;
pub mod gather;
pub mod gifts;
pub mod mail;
pub mod outside;
pub mod pack;
pub mod pack_page;
pub mod pages;
pub mod proposal_page;
pub mod proposals;
pub mod replay;
pub mod rules;
pub mod shape;
pub mod versions;

#[cfg(test)]
mod tests;
