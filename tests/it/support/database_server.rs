//! A PostgreSQL of one story's own, which it stops and starts.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::until;

pub struct Server {
    bin: PathBuf,
    /// Who it runs as, when we are root: it refuses to.
    user: Option<(u32, u32)>,
    port: u16,
    running: Option<Child>,
    // Last: its files go when it is over.
    home: TempDir,
}

/// How it is stopped.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// Everybody is sent away, what was committed is in its place.
    Fast,
    /// As when its machine loses power: it recovers from its log when it starts again.
    Crash,
}

fn number(of: &str, whose: &[&str]) -> u32 {
    let said = Command::new("id").arg(of).args(whose).output().expect("id answers").stdout;
    String::from_utf8_lossy(&said).trim().parse().unwrap_or_else(|_| panic!("id {of} {whose:?}"))
}

/// The newest that this machine has.
fn bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| entry.ok()?.path().to_str().map(PathBuf::from))
        .filter_map(|path| Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().expect("initdb is installed").1
}

impl Server {
    /// One with an empty database called `probite`, that its role owns.
    pub fn start() -> Self {
        let user = (number("-u", &[]) == 0).then(|| (number("-u", &["postgres"]), number("-g", &["postgres"])));
        let home = tempfile::tempdir().expect("a temporary folder");
        if let Some((user, group)) = user {
            std::os::unix::fs::chown(home.path(), Some(user), Some(group)).expect("the folder is given");
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|on| on.local_addr()).expect("a port").port();
        let mut server = Self { bin: bin(), user, port, running: None, home };
        let made = server
            .command("initdb")
            .args(["--username=probite", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
            .arg(server.data())
            .output()
            .expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        server.resume();
        let made = server.command("createdb").args(server.address()).arg("probite").status().expect("createdb runs");
        assert!(made.success());
        server
    }

    pub fn url(&self) -> String {
        format!("postgres://probite@127.0.0.1:{}/probite", self.port)
    }

    /// Starts it again, and waits until it answers.
    pub fn resume(&mut self) {
        let log = std::fs::File::options().append(true).create(true).open(self.home.path().join("log")).expect("a log");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).arg("-k").arg(self.home.path());
        command.args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=50"]);
        self.running = Some(command.stdout(Stdio::null()).stderr(log).spawn().expect("it starts"));
        let log = self.home.path().join("log");
        let said = || std::fs::read_to_string(&log).unwrap_or_default();
        until("the server of the database answers", || {
            let asked = self.command("pg_isready").arg("-q").args(self.address()).status().expect("pg_isready runs");
            let ended = self.running.as_mut().is_none_or(|server| server.try_wait().expect("it is ours").is_some());
            assert!(!ended, "it ended: {}", said());
            asked.success().then_some(())
        });
    }

    /// Stops it, and waits until it is gone.
    pub fn stop(&mut self, how: Stop) {
        let Some(mut running) = self.running.take() else { return };
        let signal = match how {
            Stop::Fast => "-INT",
            Stop::Crash => "-QUIT",
        };
        let told = Command::new("kill").args([signal, &running.id().to_string()]).status().expect("kill runs");
        assert!(told.success(), "it was running");
        running.wait().expect("it ends");
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    fn address(&self) -> [String; 6] {
        ["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "probite"].map(str::to_owned)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(name));
        command.current_dir(Path::new("/")).stdin(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop(Stop::Crash);
    }
}
