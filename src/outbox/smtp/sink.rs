//! A relay for tests, in this process: keeps what it received, misbehaves when told to.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::{Patience, Relay};
use crate::config::SmtpTls;

/// An authority, a certificate of "localhost" and its key: worth nothing outside these tests.
const PEM: &[u8] = include_bytes!("sink.pem");
/// A date within the certificate's life: 2030-01-01.
pub const IN_2030: u64 = 1_893_456_000;
/// A date after it: 2150.
pub const IN_2150: u64 = 5_680_281_600;

/// What the relay does at a verb.
pub enum Act {
    /// Answers; the line end is added.
    Say(String),
    /// Closes the connection.
    HangUp,
    /// Answers one octet at a time.
    Drip(Duration),
    /// Never answers.
    Mute,
}

pub fn say(line: &str) -> Option<Act> {
    Some(Act::Say(line.to_owned()))
}

/// Called with a verb, how often it was heard (from 1, all connections together) and its line. `None`: as usual.
type Rules = dyn Fn(&str, usize, &str) -> Option<Act> + Send + Sync;

#[derive(Default)]
pub struct Seen {
    /// Lines of commands, as received, without CRLF.
    pub commands: Vec<String>,
    /// Messages accepted: recipient and octets between DATA's line and the final dot.
    pub messages: Vec<(String, Vec<u8>)>,
    pub connections: usize,
    heard: HashMap<String, usize>,
}

#[derive(Clone)]
pub struct Sink {
    pub address: SocketAddr,
    pub seen: Arc<Mutex<Seen>>,
    offers: Arc<Vec<&'static str>>,
    rules: Arc<Rules>,
    tls: Option<Arc<ServerConfig>>,
    implicit: bool,
}

impl Sink {
    /// A relay in clear that offers PIPELINING.
    pub fn start(rules: impl Fn(&str, usize, &str) -> Option<Act> + Send + Sync + 'static) -> Self {
        Self::with(&["PIPELINING", "8BITMIME"], false, rules)
    }

    pub fn well_behaved() -> Self {
        Self::start(|_, _, _| None)
    }

    pub fn with(
        offers: &[&'static str],
        implicit: bool,
        rules: impl Fn(&str, usize, &str) -> Option<Act> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let sink = Self {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
            offers: Arc::new(offers.to_vec()),
            rules: Arc::new(rules),
            tls: (implicit || offers.contains(&"STARTTLS")).then(server_config),
            implicit,
        };
        let serving = sink.clone();
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let sink = serving.clone();
                std::thread::spawn(move || sink.serve(socket));
            }
        });
        sink
    }

    /// How our sender reaches it.
    pub fn relay(&self, tls: SmtpTls) -> Relay {
        let brief = Duration::from_millis(600);
        Relay {
            host: "localhost".into(),
            port: self.address.port(),
            tls,
            user: String::new(),
            password_file: String::new(),
            hello: "registre.example".into(),
            trust: (tls != SmtpTls::None).then(|| client_config(IN_2030)),
            patience: Patience { connect: brief, hello: brief, envelope: brief, body: brief },
        }
    }

    pub fn signed(&self, tls: SmtpTls, user: &str, password_file: &Path) -> Relay {
        let mut relay = self.relay(tls);
        relay.user = user.into();
        relay.password_file = password_file.display().to_string();
        relay
    }

    pub fn commands(&self) -> Vec<String> {
        self.seen.lock().unwrap().commands.clone()
    }

    pub fn messages(&self) -> Vec<(String, Vec<u8>)> {
        self.seen.lock().unwrap().messages.clone()
    }

    pub fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    fn serve(&self, socket: TcpStream) {
        socket.set_nodelay(true).unwrap();
        self.seen.lock().unwrap().connections += 1;
        let mut talk = Talk { stream: Box::new(socket.try_clone().unwrap()), ahead: Vec::new(), sink: self };
        if self.implicit {
            talk.stream = self.encrypted(socket.try_clone().unwrap());
        }
        // Ends when the client goes or the rules hang up.
        let _ = talk.converse(socket);
    }

    fn encrypted(&self, socket: TcpStream) -> Box<dyn Both> {
        let config = self.tls.clone().unwrap();
        Box::new(StreamOwned::new(ServerConnection::new(config).unwrap(), socket))
    }
}

pub trait Both: Read + Write {}
impl<T: Read + Write> Both for T {}

struct Talk<'s> {
    stream: Box<dyn Both>,
    ahead: Vec<u8>,
    sink: &'s Sink,
}

impl Talk<'_> {
    fn converse(&mut self, socket: TcpStream) -> Option<()> {
        self.answer("CONNECT", "", "220 sink ESMTP")?;
        let mut to = String::new();
        loop {
            let line = self.line()?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            self.sink.seen.lock().unwrap().commands.push(line.clone());
            match verb.as_str() {
                "EHLO" => {
                    let mut lines = vec!["sink".to_owned()];
                    lines.extend(self.sink.offers.iter().map(ToString::to_string));
                    let last = lines.len() - 1;
                    let text: Vec<_> = lines
                        .iter()
                        .enumerate()
                        .map(|(n, line)| format!("250{}{line}", if n == last { ' ' } else { '-' }))
                        .collect();
                    self.answer("EHLO", &line, &text.join("\r\n"))?;
                }
                "STARTTLS" => {
                    self.answer("STARTTLS", &line, "220 go")?;
                    self.stream = self.sink.encrypted(socket.try_clone().ok()?);
                }
                "AUTH" => {
                    let usual = if line == "AUTH LOGIN" { "334 VXNlcm5hbWU6" } else { "235 welcome" };
                    if self.answer("AUTH", &line, usual)?.starts_with("334") {
                        for (step, usual) in [("NAME", "334 UGFzc3dvcmQ6"), ("PASSWORD", "235 welcome")] {
                            let secret = self.line()?;
                            self.sink.seen.lock().unwrap().commands.push(secret.clone());
                            if !self.answer(step, &secret, usual)?.starts_with("334") {
                                break;
                            }
                        }
                    }
                }
                "MAIL" | "RSET" => {
                    self.answer(&verb, &line, "250 ok")?;
                }
                "RCPT" => {
                    to = line.trim_start_matches("RCPT TO:").trim_matches(['<', '>']).to_owned();
                    self.answer("RCPT", &line, "250 ok")?;
                }
                "DATA" => {
                    if self.answer("DATA", &line, "354 go on")?.starts_with("354") {
                        let body = self.body()?;
                        let sink = self.sink;
                        // Kept before it answers, so that tests never look too early.
                        self.answer_after("DOT", "", "250 kept", |answer| {
                            if answer.starts_with("250") {
                                sink.seen.lock().unwrap().messages.push((to.clone(), body));
                            }
                        })?;
                    }
                }
                "QUIT" => {
                    self.answer("QUIT", &line, "221 bye")?;
                    return None;
                }
                _ => {
                    self.answer(&verb, &line, "500 what?")?;
                }
            }
        }
    }

    /// Answers as the rules say, or as usual. `None` ends the conversation.
    fn answer(&mut self, verb: &str, line: &str, usual: &str) -> Option<String> {
        self.answer_after(verb, line, usual, |_| ())
    }

    fn answer_after(&mut self, verb: &str, line: &str, usual: &str, first: impl FnOnce(&str)) -> Option<String> {
        let heard = {
            let mut seen = self.sink.seen.lock().unwrap();
            let heard = seen.heard.entry(verb.to_owned()).or_default();
            *heard += 1;
            *heard
        };
        match (self.sink.rules)(verb, heard, line) {
            None => {
                first(usual);
                self.write(usual.as_bytes(), usual)
            }
            Some(Act::Say(answer)) => {
                first(&answer);
                self.write(answer.as_bytes(), &answer)
            }
            Some(Act::HangUp) => None,
            Some(Act::Mute) => {
                // Until whoever waits for it hangs up.
                while self.stream.read(&mut [0]).is_ok_and(|read| read > 0) {}
                None
            }
            Some(Act::Drip(pause)) => {
                for byte in usual.bytes() {
                    self.stream.write_all(&[byte]).ok()?;
                    self.stream.flush().ok()?;
                    std::thread::sleep(pause);
                }
                self.write(b"", usual)
            }
        }
    }

    fn write(&mut self, answer: &[u8], kept: &str) -> Option<String> {
        let mut all = answer.to_vec();
        all.extend_from_slice(b"\r\n");
        self.stream.write_all(&all).and_then(|()| self.stream.flush()).ok()?;
        Some(kept.to_owned())
    }

    /// Takes a bare LF or CR for a line end, as careless relays do.
    fn line(&mut self) -> Option<String> {
        loop {
            if let Some(at) = self.ahead.iter().position(|&b| b == b'\n') {
                let line: Vec<u8> = self.ahead.drain(..=at).collect();
                return Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            self.more()?;
        }
    }

    fn body(&mut self) -> Option<Vec<u8>> {
        let mut from = 0;
        loop {
            let found = ends(&self.ahead, from);
            if let Some((end, next)) = found {
                let mut body: Vec<u8> = self.ahead.drain(..next).collect();
                body.truncate(end);
                return Some(body);
            }
            from = self.ahead.len().saturating_sub(5);
            self.more()?;
        }
    }

    fn more(&mut self) -> Option<()> {
        let mut block = [0_u8; 16384];
        match self.stream.read(&mut block) {
            Ok(0) | Err(_) => None,
            Ok(count) => {
                self.ahead.extend_from_slice(&block[..count]);
                Some(())
            }
        }
    }
}

/// Where a dot stands alone on a line, whatever ends lines: end of the body, start of what follows.
fn ends(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    (from..bytes.len()).filter(|&at| bytes[at] == b'.').find_map(|at| {
        let starts = at == 0 || matches!(bytes[at - 1], b'\n' | b'\r');
        match (starts, bytes.get(at + 1), bytes.get(at + 2)) {
            (true, Some(b'\r'), Some(b'\n')) => Some((at, at + 3)),
            // Perhaps the LF is still to come.
            (true, Some(b'\r'), None) => None,
            (true, Some(b'\r' | b'\n'), _) => Some((at, at + 2)),
            _ => None,
        }
    })
}

#[derive(Debug)]
struct Fixed(u64);

impl TimeProvider for Fixed {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.0)))
    }
}

fn certificates() -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(PEM).map(Result::unwrap).collect()
}

/// Trusts the sink's authority, at a date.
pub fn client_config(seconds: u64) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(certificates()[0].clone()).unwrap();
    let config = ClientConfig::builder_with_details(Arc::new(default_provider()), Arc::new(Fixed(seconds)))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

fn server_config() -> Arc<ServerConfig> {
    let key = PrivateKeyDer::from_pem_slice(PEM).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificates()[1].clone()], key)
        .unwrap();
    Arc::new(config)
}
