//! The web: routes, the gate every request passes, pages and problems. Nothing here decides anything.

pub mod assets;
pub mod confirm;
pub mod gate;
pub mod halves;
pub mod home;
pub mod idempotency;
mod kept;
pub mod limits;
mod navigation;
pub mod openapi;
pub mod page;
pub mod passkey_page;
pub mod problems;
pub mod recovery_page;
pub mod routes;
pub mod rows;
mod second_factor_page;
pub mod server;
pub mod sessions_page;
pub mod sign_in;
pub mod stream;
pub mod upload;
pub mod view;

pub use gate::Visit;
