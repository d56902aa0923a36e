//! Rectification by annotation: what the person a file is about says is wrong in it, and what was answered, are read with the
//! file. Nothing that was filed or decided is written over (A-2.1, s. 89; a refusal leaves the request on file, s. 91). An answer
//! is due within a time that may be extended once, with a reason (s. 98).
//!
//! `times.rs` says by when, `reminders.rs` and `mail.rs` write to whoever answers; `page.rs` and `list_page.rs`, `api.rs` are its doors.

pub mod actions;
pub mod api;
pub mod list_page;
mod mail;
pub mod page;
pub mod reminders;
pub mod store;
pub mod times;
pub mod views;
