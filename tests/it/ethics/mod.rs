//! What is told in confidence: requests for advice, voluntary declarations, concerns, notices.

mod advice;
mod concern;
mod notice;
pub mod sealed;
mod voluntary;
