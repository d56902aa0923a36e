//! The register of confidentiality incidents: its eight parts, each correction a version of its own, nothing ever deleted
//! (A-2.1, s. 63.11; Règlement sur les incidents de confidentialité, A-2.1, r. 3.1, s. 7 and 8; trust.md P07).

pub mod actions;
pub mod page;
pub mod store;
