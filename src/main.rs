//! The `probite` command.

fn main() {}
