//! What cannot be refused nor kept goes to the State (F-3.1.1, r. 3, s. 6): with a numbered slip, and a trail of who had
//! it, where and when, until somebody says what became of it.
//!
//! An object is expected as soon as a decision says so, or recorded when the declarant tells that it was handed over; which
//! outcome and which answer mean it is in the kind file (`[custody]`). The trail is append-only.

pub mod actions;
pub mod list_page;
pub mod page;
pub mod store;

pub use store::Object;
