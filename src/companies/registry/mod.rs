//! The business register of Québec (REQ): enterprises, their names in force and former, their status, what they were merged
//! into, the splits they came out of. It is read from the ZIP that the registrar publishes, and only proposes: an enterprise becomes
//! a company of the ministry when somebody declares something about it.
//!
//! Sole proprietors are natural persons: of them the business names alone are kept, never an address; of the others no
//! address either, since nothing here needs one.

pub mod archive;
pub mod codes;
mod generation;
pub mod import;
pub mod read;
pub mod search;
mod spool;
pub mod store;
pub mod ties;
pub mod words;
pub mod write;

/// `registered`: the code of the file is `IM`.
pub const REGISTERED: &str = "registered";
/// `struck_off`: at its own request, by office or by merger (`RD`, `RO`, `RX`).
pub const STRUCK_OFF: &str = "struck_off";
/// `unregistered`: a notice of intention, or never registered (`AI`, `NI`).
pub const UNREGISTERED: &str = "unregistered";
