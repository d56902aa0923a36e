//! The life of a declaration, told.

mod deciding;
mod declaring;
mod routing;
