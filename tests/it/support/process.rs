//! The product as its operator runs it: a process of its own, killed when a story is over.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use probite::config::Config;

/// What starts it, again and again.
pub struct Launcher {
    settings: PathBuf,
    log: PathBuf,
}

/// A process that serves.
pub struct Process {
    pub child: Child,
    /// `http://127.0.0.1:PORT`
    pub base: String,
}

impl Launcher {
    /// Keeps the settings and the log of its processes in `folder`.
    pub fn new(folder: &Path, config: &Config) -> Self {
        let settings = folder.join("probite.toml");
        std::fs::write(&settings, config.print().expect("settings print")).expect("the settings are written");
        Self { settings, log: folder.join("log") }
    }

    /// Starts one and waits until it serves.
    pub fn start(&self) -> Process {
        self.start_with(&[])
    }

    /// The same, with more in its environment.
    pub fn start_with(&self, environment: &[(&str, &str)]) -> Process {
        let log = File::options().append(true).create(true).open(&self.log).expect("a log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_probite"))
            .arg("--config")
            .arg(&self.settings)
            .args(["serve", "--port", "0"])
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the product starts");
        let mut line = String::new();
        let said = child.stdout.take().expect("its output");
        BufReader::new(said).read_line(&mut line).expect("it says where it serves");
        let base = line.trim().strip_prefix("ready ").unwrap_or_else(|| panic!("{line:?}: {}", self.log())).to_owned();
        Process { child, base }
    }

    /// Everything that its processes wrote on standard error.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Process {
    /// SIGKILL, and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().expect("it was alive");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
