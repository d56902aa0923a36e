//! Who may do what: one function, [`policy::may`], over one table, `config/access.toml`.
//!
//! Pages, API, commands, lists, search and exports ask the same question. A person who may not read a declaration is
//! told that it does not exist; one who may read it but not act is told so.

pub mod actor;
pub mod measures;
pub mod policy;
pub mod table;

pub use actor::{Actor, Role};
pub use measures::{MeasureAction, MeasureTarget, may_measure, require_measure};
pub use policy::{Action, Depth, RegisterScope, Target, Verdict, Who, may, require};
pub use table::{AccessTable, Kinds, PageAction};
