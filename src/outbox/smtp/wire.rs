//! One connection as bytes: every wait ends at a deadline, every answer is bounded, every message is framed here.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use crate::outbox::transport::{Class, Trouble};

/// Longest line and most lines of an answer (RFC 5321 allows 512 octets a line; relays write a little more).
const LONGEST_LINE: usize = 2048;
const MOST_LINES: usize = 128;

/// A socket that gives up at a deadline, however slowly the other side drips: a plain read timeout would start again
/// at each octet.
struct Timed {
    socket: TcpStream,
    until: Instant,
}

impl Timed {
    fn left(&self) -> io::Result<Duration> {
        self.until
            .checked_duration_since(Instant::now())
            .filter(|left| !left.is_zero())
            .ok_or_else(|| ErrorKind::TimedOut.into())
    }
}

impl Read for Timed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.socket.set_read_timeout(Some(self.left()?))?;
        self.socket.read(into)
    }
}

impl Write for Timed {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.socket.set_write_timeout(Some(self.left()?))?;
        self.socket.write(from)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

enum Stream {
    Clear(Timed),
    Tls(Box<StreamOwned<ClientConnection, Timed>>),
}

/// An answer of the relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// 200 to 599.
    pub code: u16,
    /// Text of each line, without its code.
    pub lines: Vec<String>,
}

impl Reply {
    /// First digit.
    pub fn class(&self) -> u16 {
        self.code / 100
    }

    /// Code and text on one line.
    pub fn text(&self) -> String {
        format!("{} {}", self.code, self.lines.join(" "))
    }
}

/// A connection to a relay, in clear or encrypted.
pub struct Wire {
    stream: Stream,
    /// Received and not read yet.
    ahead: Vec<u8>,
    /// Verb whose answer is awaited, to say where a wait ended.
    awaiting: &'static str,
}

impl Wire {
    /// Takes a connected socket. Small writes leave at once: Nagle's algorithm against delayed acknowledgements costs
    /// 40 ms a letter.
    pub fn new(socket: TcpStream, until: Instant) -> Result<Self, Trouble> {
        socket.set_nodelay(true).map_err(|e| Trouble::new(Class::Connection, e))?;
        let stream = Stream::Clear(Timed { socket, until });
        Ok(Self { stream, ahead: Vec::new(), awaiting: "greeting" })
    }

    /// Goes on encrypted. The certificate must be valid for `name`, now.
    ///
    /// # Errors
    /// Nothing is sent in clear afterwards: the connection is gone.
    pub fn encrypt(self, trust: &Arc<ClientConfig>, name: ServerName<'static>) -> Result<Self, Trouble> {
        // What came in clear after the answer to STARTTLS could have been put there by somebody else (CVE-2011-0411).
        if !self.ahead.is_empty() {
            return Err(Trouble::new(Class::Tls, "octets in clear after the answer to STARTTLS"));
        }
        let Stream::Clear(mut socket) = self.stream else {
            return Err(Trouble::new(Class::Tls, "already encrypted"));
        };
        let mut tls = ClientConnection::new(Arc::clone(trust), name).map_err(|e| Trouble::new(Class::Tls, e))?;
        while tls.is_handshaking() {
            tls.complete_io(&mut socket).map_err(|e| broken("TLS handshake", &e))?;
        }
        let stream = Stream::Tls(Box::new(StreamOwned::new(tls, socket)));
        Ok(Self { stream, ahead: Vec::new(), awaiting: "EHLO" })
    }

    /// Sets when the waits that follow end.
    pub fn set_deadline(&mut self, until: Instant) {
        match &mut self.stream {
            Stream::Clear(socket) => socket.until = until,
            Stream::Tls(tls) => tls.sock.until = until,
        }
    }

    /// Writes everything in one go.
    pub fn write(&mut self, bytes: &[u8], verb: &'static str) -> Result<(), Trouble> {
        self.awaiting = verb;
        let written = match &mut self.stream {
            Stream::Clear(socket) => socket.write_all(bytes),
            Stream::Tls(tls) => tls.write_all(bytes).and_then(|()| tls.flush()),
        };
        written.map_err(|e| broken(verb, &e))
    }

    /// Reads one answer, of one line or several.
    pub fn reply(&mut self) -> Result<Reply, Trouble> {
        let odd = |what: &str| Trouble::new(Class::Connection, what);
        let mut reply = Reply { code: 0, lines: Vec::new() };
        loop {
            let line = self.line()?;
            let (code, rest) = line.split_at_checked(3).ok_or_else(|| odd("an answer without a code"))?;
            let code: u16 = code.parse().map_err(|_| odd("an answer without a code"))?;
            if !(200..600).contains(&code) || (reply.code != 0 && reply.code != code) {
                return Err(odd("an answer with a wrong code"));
            }
            reply.code = code;
            let more = match rest.as_bytes().first() {
                Some(b'-') => true,
                // Some relays leave out the space when there is no text.
                Some(b' ') | None => false,
                Some(_) => return Err(odd("an answer without a code")),
            };
            reply.lines.push(rest.get(1..).unwrap_or_default().trim_end().to_owned());
            if !more {
                return Ok(reply);
            }
            if reply.lines.len() >= MOST_LINES {
                return Err(odd("an answer of too many lines"));
            }
        }
    }

    fn line(&mut self) -> Result<String, Trouble> {
        loop {
            if let Some(end) = self.ahead.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.ahead.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.ahead.len() > LONGEST_LINE {
                return Err(Trouble::new(Class::Connection, "an answer that does not end"));
            }
            let mut block = [0_u8; 2048];
            let got = match &mut self.stream {
                Stream::Clear(socket) => socket.read(&mut block),
                Stream::Tls(tls) => tls.read(&mut block),
            };
            match got {
                Ok(0) => {
                    return Err(Trouble::new(
                        Class::Connection,
                        format!("the relay closed the connection ({})", self.awaiting),
                    ));
                }
                Ok(count) => self.ahead.extend_from_slice(block.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(broken(self.awaiting, &error)),
            }
        }
    }

    /// Ends the connection both ways.
    pub fn shut(&mut self) {
        let socket = match &mut self.stream {
            Stream::Clear(socket) => &socket.socket,
            Stream::Tls(tls) => &tls.sock.socket,
        };
        // The relay may have closed it first; either way it is over.
        drop(socket.shutdown(Shutdown::Both));
    }
}

fn broken(verb: &str, error: &io::Error) -> Trouble {
    let class = match error.kind() {
        // Linux says WouldBlock when a socket's timeout ends.
        ErrorKind::TimedOut | ErrorKind::WouldBlock => {
            return Trouble::new(Class::Timeout, format!("no answer in time ({verb})"));
        }
        _ if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>) => Class::Tls,
        _ => Class::Connection,
    };
    Trouble::new(class, format!("{error} ({verb})"))
}

/// A message as it goes after DATA: lines end in CRLF whatever ended them before, a leading dot is doubled
/// (RFC 5321 §4.5.2), the final dot is alone on its line. No bare CR or LF remains for a relay to read as a line end
/// (RUSTSEC-2026-0561, "SMTP smuggling").
pub fn framed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 64 + 8);
    let mut at_start = true;
    let mut after_cr = false;
    for &byte in message {
        match byte {
            b'\n' if after_cr => after_cr = false,
            b'\r' | b'\n' => {
                out.extend_from_slice(b"\r\n");
                at_start = true;
                after_cr = byte == b'\r';
            }
            _ => {
                if at_start && byte == b'.' {
                    out.push(b'.');
                }
                out.push(byte);
                at_start = false;
                after_cr = false;
            }
        }
    }
    if !at_start {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_framed_so_that_only_the_last_dot_ends_it() {
        for (message, wire) in [
            ("", ".\r\n"),
            ("a", "a\r\n.\r\n"),
            ("a\r\n", "a\r\n.\r\n"),
            ("a\nb\rc\r\nd", "a\r\nb\r\nc\r\nd\r\n.\r\n"),
            (".", "..\r\n.\r\n"),
            ("..a\r\n.b\r\nc.", "...a\r\n..b\r\nc.\r\n.\r\n"),
            ("x\r\n.\r\nMAIL FROM:<a@b>\r\n", "x\r\n..\r\nMAIL FROM:<a@b>\r\n.\r\n"),
            ("x\n.\ny", "x\r\n..\r\ny\r\n.\r\n"),
            ("x\r.\ry", "x\r\n..\r\ny\r\n.\r\n"),
            ("x\n.\r\ny", "x\r\n..\r\ny\r\n.\r\n"),
            ("x\r\r\n.\ny", "x\r\n\r\n..\r\ny\r\n.\r\n"),
            ("\n\r", "\r\n\r\n.\r\n"),
        ] {
            assert_eq!(String::from_utf8(framed(message.as_bytes())).unwrap(), wire, "{message:?}");
        }
    }

    proptest::proptest! {
        /// M05
        #[test]
        fn whatever_the_body_it_ends_once_and_reads_back(body in "[.\r\na\0=]{0,40}") {
            let wire = framed(body.as_bytes());
            let text = String::from_utf8(wire).unwrap();
            // As a receiver reads it: lines until a lone dot, one leading dot taken away.
            let mut lines = text.split("\r\n");
            let mut read = Vec::new();
            for line in lines.by_ref() {
                if line == "." {
                    break;
                }
                assert!(!line.contains(['\r', '\n']));
                read.push(line.strip_prefix('.').unwrap_or(line).to_owned());
            }
            assert_eq!(lines.collect::<Vec<_>>(), [""], "nothing after the final dot");
            let unix = body.replace("\r\n", "\n").replace('\r', "\n");
            let mut expected: Vec<_> = unix.split('\n').map(str::to_owned).collect();
            if expected.last().is_some_and(String::is_empty) {
                expected.pop();
            }
            assert_eq!(read, expected);
        }
    }
}
