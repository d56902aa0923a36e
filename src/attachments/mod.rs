//! Files joined to a declaration or to the proof of a measure: recognised by content, cleaned of what they hide, limited
//! in size and number, kept under the hash of what was cleaned, given back only as downloads.
//!
//! `receive.rs` (how they arrive), `clean/` (what goes and what is refused), `store.rs` (where they are),
//! `download.rs` (how they are given back). `antivirus.rs` asks clamd, `scan.rs` says what is known of a file,
//! `quarantine.rs` asks again about those it did not answer about,
//! `orphans.rs` removes what nothing joins, `joined.rs` gives those of a file on, all together (`bundle.rs`).

pub mod antivirus;
pub mod bundle;
pub mod clean;
pub mod download;
pub mod joined;
pub mod mail;
pub mod orphans;
pub mod quarantine;
pub mod receive;
pub mod scan;
pub mod store;
