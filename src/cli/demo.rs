//! `probite demo`: written with the demonstration itself.

use std::process::ExitCode;

use clap::Args;

use super::Invocation;
use crate::error::{Error, Result};

#[derive(Args)]
pub struct Demo {}

impl Demo {
    pub fn run(self, _: &Invocation) -> Result<ExitCode> {
        Err(Error::Internal("the demonstration is not in this build".into()))
    }
}
