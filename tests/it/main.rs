//! Stories, on a real database and through the real pages. One binary, so that it links once.
//!
//! SQLite by default; the same stories run on PostgreSQL when `TEST_DATABASE_URL` names one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod support;

mod access_matrix;
mod acts;
mod agreement;
mod attachments;
mod automatic;
mod backup;
mod campaigns;
mod clearance;
mod comments;
mod companies;
mod confirmation;
mod contracts;
mod conventions;
mod crash;
mod crosschecks;
mod custody;
mod declarations;
mod doors;
mod ethics;
mod expected;
mod failpoints;
mod forms;
mod golden;
mod imprints;
mod incidents;
mod journal;
mod legal_time;
mod letters;
mod measures;
mod meeting;
mod model;
mod pages;
mod plans;
mod policy;
mod privacy;
mod programme;
mod proof;
mod readiness;
mod readings;
mod recount;
mod rectifications;
mod register;
mod registry;
mod releases;
mod reports;
mod retention;
mod retention_things;
mod role_matrix;
mod schema;
mod sealing;
mod sources;
mod texts;
mod witnesses;
