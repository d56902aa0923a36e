//! The life of a declaration, told.

mod deadlines;
mod deciding;
mod declaring;
mod routing;
