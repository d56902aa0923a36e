//! The life of a declaration, told.

mod absences;
mod deadlines;
mod deciding;
mod declaring;
mod directing;
mod outside;
mod routing;
