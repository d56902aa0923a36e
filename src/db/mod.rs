//! The database: one schema on two engines, a read door and a write door.
//!
//! SQLite is embedded: reads happen on a connection of the thread that asks, writes go one after the other through
//! one writer thread that commits many use cases with one fsync (`writer.rs`). PostgreSQL is a pool. Nothing outside
//! this folder knows which engine it talks to, except `match` arms for what SQL does not share.

pub mod conn;
pub mod doors;
pub mod dump;
pub mod kept;
pub mod migrate;
pub mod schema;
pub mod search;
pub mod stamps;
mod writer;

pub use conn::DbConn;
pub use doors::Db;
