//! The life of a declaration, told.

mod batch;
mod deadlines;
mod deciding;
mod declaring;
mod routing;
