//! The second door: `/api/v1`, for programs. Same use cases, same policy, same words as the pages; other clothes.
//!
//! `call.rs` reads a request, `asked.rs` the parameters of a list, `bodies.rs` and `words.rs` what is sent, `shape.rs`
//! the answers of each kind. `queries.rs` and `commands.rs` hold one function per operation, `views.rs` and `show.rs`
//! what they answer. `web/openapi` describes all of it; `docs/API.md` is the guide.

pub mod asked;
pub mod bodies;
pub mod call;
pub mod commands;
pub mod queries;
pub mod shape;
pub mod show;
pub mod views;
pub mod words;

#[cfg(test)]
mod tests;

use crate::error::{Error, Result};

/// What identifies a declaration: its reference, or the key of a draft.
pub const ID: &str = "^([A-Z]{3}-[0-9]{4}-[0-9]{6,9}|[A-Za-z0-9_-]{22})$";

/// An identifier of the right shape; no other can name anything.
pub fn slug(text: &str) -> Result<String> {
    let reference = || {
        let mut parts = text.split('-');
        let digits = |part: Option<&str>, lengths: std::ops::RangeInclusive<usize>| {
            part.is_some_and(|part| lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        };
        parts.next().is_some_and(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_uppercase()))
            && digits(parts.next(), 4..=4)
            && digits(parts.next(), 6..=9)
            && parts.next().is_none()
    };
    let key = text.len() == 22 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if key || reference() { Ok(text.to_owned()) } else { Err(Error::NotFound) }
}
