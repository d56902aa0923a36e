//! The life of a declaration, told.

mod absences;
mod afterwards;
mod batch;
mod comparing;
mod deadlines;
mod deciding;
mod declaring;
mod departing;
mod directing;
mod edges;
mod inbox;
mod outside;
mod renewing;
mod roles;
mod routing;
