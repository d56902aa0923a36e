//! Acts of two people: one asks, another approves within a few hours, both having just proved who they are. What gives
//! power over the register, takes much out of it, opens what is sealed or destroys is done so; the ethics office is told of
//! each, and the journal has every step (trust.md Z15).

pub mod act;
pub mod actions;
pub mod exports;
pub mod mail;
pub mod page;
pub mod store;
pub mod words;

pub use act::{Act, ActKind};
