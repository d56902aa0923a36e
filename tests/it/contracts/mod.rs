//! Public contracts taken in from files: who is under contract on a day, what is out to tender.

pub mod files;
mod importing;
mod robust;
