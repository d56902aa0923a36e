//! A server process, its processor time and its memory, read from `/proc`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// Clock ticks per second of `/proc/<pid>/stat`: 100 on every Linux we know.
const TICKS: f64 = 100.0;

pub struct Server {
    child: Child,
    pub port: u16,
    /// From the start of the process to its first answer.
    pub ready_after: Duration,
}

impl Server {
    /// Starts `probite demo --data … --port 0` on existing data and waits until it is ready.
    pub fn start(data: &Path) -> Result<Self> {
        Self::start_with(data, &[])
    }

    /// The same, with options of its own.
    pub fn start_with(data: &Path, options: &[&str]) -> Result<Self> {
        let program = std::env::current_exe().map_err(Error::internal)?;
        let began = Instant::now();
        let mut child = Command::new(program)
            .args(["demo", "--port", "0", "--data"])
            .arg(data)
            .args(options)
            .env("PROBITE__LOG__LEVEL", "error")
            // What is measured is the file, not the second person who would approve it.
            .env("PROBITE__ACTS__EXPORT_ROWS", "1000000000")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Error::internal)?;
        let output = child.stdout.take().ok_or_else(|| Error::Internal("no output".into()))?;
        let mut lines = BufReader::new(output).lines();
        let port = loop {
            let line = match lines.next() {
                Some(line) => line.map_err(Error::internal)?,
                None => return Err(Error::Internal("the server stopped before it was ready".into())),
            };
            if let Some(port) = line.strip_prefix("ready http://").and_then(|rest| rest.rsplit(':').next()) {
                break port.trim().parse().map_err(Error::internal)?;
            }
        };
        let ready_after = began.elapsed();
        // Keeps reading, so that the server never waits for room in the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, port, ready_after })
    }

    /// Seconds of processor time, user and system, so far.
    pub fn cpu(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).map_err(Error::internal)?;
        let after = stat.rsplit(')').next().unwrap_or("");
        let fields: Vec<&str> = after.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
        // Fields 14 and 15 of the man page, 11 and 12 after the name.
        Ok((ticks(11) + ticks(12)) / TICKS)
    }

    /// Resident memory now, in MiB.
    pub fn memory(&self) -> Result<f64> {
        status(self.child.id(), "VmRSS:")
    }
}

/// The most memory that a process ever held, in MiB.
///
/// # Errors
/// It is gone.
pub fn high_water(process: u32) -> Result<f64> {
    status(process, "VmHWM:")
}

/// A figure of `/proc/<pid>/status` in MiB; nothing of a process that is ending is 0.
fn status(process: u32, name: &str) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).map_err(Error::internal)?;
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|text| text.parse::<f64>().ok())
        .unwrap_or(0.0);
    Ok(kib / 1024.0)
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process of ours, ended by its own handle.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
