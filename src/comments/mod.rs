//! Comments: what people write about a file without deciding anything, and what the ethics officer notes for herself.
//!
//! Each has an audience chosen when it is written, whose members are named on the page before anybody sends
//! (`audience.rs`); somebody who is mentioned with `@` must be among them. Whoever may comment is in the access table
//! (`comment`). Comments are never rewritten, and the journal keeps their hash, not their words: the words of a private
//! note are read by its author alone.

pub mod actions;
pub mod audience;
mod mail;
pub mod page;
pub mod store;
pub mod views;

pub use audience::Audience;
