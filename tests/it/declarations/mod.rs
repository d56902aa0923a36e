//! The life of a declaration, told.

mod declaring;
