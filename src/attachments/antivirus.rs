//! What an antivirus says of a file: clamd, asked through its socket with `INSTREAM`, so that it needs no access to any
//! folder. Whatever is not a clear answer is no answer: nothing is clean because clamd was silent, slow, or refused to look
//! at something that large (trust.md F11, I05).

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use crate::config::Uploads;

/// Bytes sent at once.
const PIECE: usize = 64 * 1024;
/// Longest answer read: a name and a word.
const LONGEST: usize = 4096;

/// What clamd said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Clean,
    /// With the name that the antivirus gives it.
    Infected(String),
    /// It was asked and did not say: too large for its limits, an error of its own.
    Undecided(String),
    /// It was not there, or did not answer in time.
    Silent(String),
}

/// A clamd, and how long it is waited for.
#[derive(Debug, Clone)]
pub struct Antivirus {
    address: String,
    connect: Duration,
    answer: Duration,
}

trait Socket: Read + Write {
    fn wait(&self, most: Duration) -> io::Result<()>;
}

impl Socket for TcpStream {
    fn wait(&self, most: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(most))?;
        self.set_write_timeout(Some(most))
    }
}

impl Socket for UnixStream {
    fn wait(&self, most: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(most))?;
        self.set_write_timeout(Some(most))
    }
}

impl Antivirus {
    /// The one of the settings, when there is one.
    pub fn of(uploads: &Uploads) -> Option<Self> {
        (!uploads.clamd.is_empty()).then(|| Self {
            address: uploads.clamd.clone(),
            connect: Duration::from_secs(uploads.clamd_connect_seconds),
            answer: Duration::from_secs(uploads.clamd_answer_seconds),
        })
    }

    /// Longest that one file is waited for.
    pub fn patience(&self) -> Duration {
        self.connect + self.answer
    }

    /// Asks about some content.
    pub fn scan(&self, content: &[u8]) -> Answer {
        let asked = self.ask(|socket, deadline| {
            send(socket, deadline, b"zINSTREAM\0")?;
            for piece in content.chunks(PIECE) {
                let length = u32::try_from(piece.len()).unwrap_or_default();
                // It hangs up on what is larger than its limit, and says so first.
                if send(socket, deadline, &length.to_be_bytes()).and_then(|()| send(socket, deadline, piece)).is_err() {
                    return Ok(());
                }
            }
            drop(send(socket, deadline, &[0; 4]));
            Ok(())
        });
        match asked {
            Ok(answer) => read(&answer),
            Err(error) => Answer::Silent(error.to_string()),
        }
    }

    /// Its version, when it answers.
    ///
    /// # Errors
    /// Why it does not.
    pub fn version(&self) -> io::Result<String> {
        let answer = self.ask(|socket, deadline| send(socket, deadline, b"zVERSION\0"))?;
        if answer.starts_with("ClamAV") { Ok(plain(&answer)) } else { Err(io::Error::other("this is not clamd")) }
    }

    fn ask(&self, say: impl FnOnce(&mut dyn Socket, Instant) -> io::Result<()>) -> io::Result<String> {
        let deadline = Instant::now() + self.patience();
        let mut socket: Box<dyn Socket> = if self.address.starts_with('/') {
            Box::new(UnixStream::connect(&self.address)?)
        } else {
            let places = self.address.to_socket_addrs()?;
            let mut last = io::Error::other("this address leads nowhere");
            let mut found = None;
            for place in places {
                match TcpStream::connect_timeout(&place, self.connect) {
                    Ok(socket) => {
                        found = Some(socket);
                        break;
                    }
                    Err(error) => last = error,
                }
            }
            Box::new(found.ok_or(last)?)
        };
        say(socket.as_mut(), deadline)?;
        let (mut answer, mut piece) = (Vec::new(), [0; 512]);
        while answer.len() < LONGEST && !answer.contains(&0) {
            socket.wait(left(deadline)?)?;
            match socket.read(&mut piece)? {
                0 => break,
                count => answer.extend_from_slice(piece.get(..count).unwrap_or_default()),
            }
        }
        let whole = answer.split(|byte| *byte == 0).next().unwrap_or_default();
        Ok(String::from_utf8_lossy(whole).trim().to_owned())
    }
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

fn send(socket: &mut dyn Socket, deadline: Instant, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        socket.wait(left(deadline)?)?;
        match socket.write(bytes)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            count => bytes = bytes.get(count..).unwrap_or_default(),
        }
    }
    Ok(())
}

/// `stream: OK`, `stream: Eicar-Test-Signature FOUND`; anything else decides nothing.
fn read(answer: &str) -> Answer {
    let Some(said) = answer.strip_prefix("stream: ") else {
        // « INSTREAM size limit exceeded. ERROR », or nothing at all.
        return if answer.is_empty() { Answer::Silent("no answer".into()) } else { Answer::Undecided(plain(answer)) };
    };
    match said.strip_suffix(" FOUND") {
        // With AlertExceedsMax: part of it was not looked at, which is no virus and is not clean either.
        Some(name) if name.starts_with("Heuristics.Limits.Exceeded") => Answer::Undecided(plain(name)),
        Some(name) => Answer::Infected(plain(name)),
        None if said == "OK" => Answer::Clean,
        None => Answer::Undecided(plain(said)),
    }
}

/// Words for a log: short, without anything that could break a line.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(read("stream: OK"), Answer::Clean);
        assert_eq!(read("stream: Eicar-Test-Signature FOUND"), Answer::Infected("Eicar-Test-Signature".into()));
        for undecided in [
            "INSTREAM size limit exceeded. ERROR",
            "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND",
            "stream: Can't allocate memory ERROR",
            "stream: ok",
            "stream: OK OK",
            "OK",
            "HTTP/1.1 400 Bad Request",
        ] {
            assert!(matches!(read(undecided), Answer::Undecided(_)), "{undecided}");
        }
        assert!(matches!(read(""), Answer::Silent(_)));
    }
}
