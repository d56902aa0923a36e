//! Measures: asked, shown, verified, confirmed again; nobody closes a file over one.

mod access;
mod api;
mod asking;
mod following;
