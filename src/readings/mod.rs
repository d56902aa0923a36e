//! Who read what, told to those it concerns: to each person, who opened their declarations (`own_page.rs`) and took them out with
//! others (`exports.rs`); to the ethics officer, who reads more than their work explains (`unusual.rs`, `page.rs`). Rows are written before what they tell of is
//! shown (`declarations/access_log.rs`), and sealed by the journal (`seals.rs`).

pub mod exports;
pub mod own_page;
pub mod page;
pub mod seals;
pub mod store;
pub mod unusual;
