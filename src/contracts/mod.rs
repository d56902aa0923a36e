//! Public contracts: who is under contract with the ministry, since when and until when, and what is out to tender. Read from
//! OCDS files (SEAO, plain 1.1, records, one document a line) and from a CSV file for what is below the thresholds of
//! publication. Nothing here judges: the rules ask [`store`] whether a contract runs on a day.

pub mod apply;
pub mod below;
pub mod import;
pub mod normal;
pub mod ocds;
pub mod ours;
pub mod panel;
pub mod store;

/// Row number of a contract.
pub type ContractId = i64;
/// Row number of a contracting process.
pub type ProcurementId = i64;
