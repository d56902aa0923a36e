//! Probité: the ethics and business-relations register of a public body.
//!
//! One folder per business noun, the same few file names in each. Data flows one way: route, extractor, action, then
//! access, workflow, rules, store, journal and outbox, then a page or JSON. `docs/ARCHITECTURE.md` walks through two
//! uses end to end.

pub mod access;
pub mod acts;
pub mod adoption;
pub mod app;
pub mod attachments;
pub mod backup;
pub mod bench;
pub mod campaigns;
pub mod clearance;
pub mod cli;
pub mod clock;
pub mod comments;
pub mod companies;
pub mod config;
pub mod contracts;
pub mod crosschecks;
pub mod custody;
pub mod db;
pub mod declarations;
pub mod demo;
pub mod doctor;
pub mod error;
pub mod ethics;
pub mod formats;
pub mod forms;
pub mod incidents;
pub mod journal;
pub mod measures;
pub mod outbox;
pub mod people;
pub mod policy;
pub mod privacy;
pub mod programme;
pub mod random;
pub mod readings;
pub mod rectifications;
pub mod register;
pub mod releases;
pub mod reports;
pub mod retention;
pub mod sealing;
pub mod sources;
pub mod text;
pub mod texts;
pub mod web;
