//! Rectification by annotation: what the person a file is about says is wrong in it, and what was answered, are read with the
//! file. Nothing that was filed or decided is written over (A-2.1, s. 89; a refusal leaves the request on file, s. 91).

pub mod actions;
pub mod page;
pub mod store;
pub mod views;
