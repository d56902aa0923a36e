//! Our sender of letters over SMTP, on one connection that is reused for a batch.
//!
//! Why not lettre's: its `SmtpConnection` hides the socket, so `TCP_NODELAY` cannot be set, and it writes the body and
//! the final dot separately; Nagle's algorithm and delayed acknowledgements then cost 44 ms a letter (22 letters/s,
//! lettre 0.11.23; its pull request 1159 awaits a release). It speaks no PIPELINING either, frames bodies in a way
//! that let a bare LF through (RUSTSEC-2026-0561), starts each wait again at each octet, and panics on an EHLO line
//! of blanks. So lettre builds our messages (`message.rs`) and names our host; this module speaks to the relay:
//! EHLO, STARTTLS or implicit TLS, AUTH PLAIN or LOGIN, MAIL + RCPT + DATA in one write when the relay pipelines,
//! body and final dot in one write.
//!
//! What an answer means. 4xx: later. 5xx: never, the administrator is told. A connection that breaks, even after the
//! final dot: later, under the same Message-ID (RFC 1047: a second copy is better than none). When encryption is
//! required and cannot be had, nothing is sent and the queue waits.

mod wire;

#[cfg(test)]
pub mod sink;
#[cfg(test)]
mod tests;

use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::extension::ClientId;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;

use super::transport::{Class, Trouble};
use crate::config::{Letters, SmtpTls};
use crate::error::{Error, Result};
use wire::{Reply, Wire, framed};

/// How long each step may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// To reach one address of the relay.
    pub connect: Duration,
    /// From the greeting to the end of sign-in, all steps together.
    pub hello: Duration,
    /// For MAIL, RCPT and DATA together.
    pub envelope: Duration,
    /// For the answer to the final dot: long, because giving up there makes a second copy.
    pub body: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), hello: seconds(20), envelope: seconds(20), body: seconds(30) }
    }
}

/// The relay letters are handed to.
pub struct Relay {
    host: String,
    port: u16,
    tls: SmtpTls,
    user: String,
    password_file: String,
    hello: String,
    trust: Option<Arc<ClientConfig>>,
    patience: Patience,
}

/// What became of one letter.
#[derive(Debug)]
pub enum Delivery {
    /// The relay answered for it.
    Accepted,
    /// The relay said no to this letter; the connection can carry others.
    Refused(Trouble),
    /// The connection is no more.
    Lost {
        trouble: Trouble,
        /// Whether the body had begun to leave: the relay may have kept it.
        handed_over: bool,
    },
}

impl Relay {
    /// The relay of the settings.
    ///
    /// # Errors
    /// When the certificates this machine trusts cannot be read.
    pub fn new(settings: &Letters) -> Result<Self> {
        let trust = match settings.smtp_tls {
            SmtpTls::None => None,
            SmtpTls::Starttls | SmtpTls::Tls => Some(platform_trust()?),
        };
        Ok(Self {
            host: settings.smtp_host.clone(),
            port: settings.smtp_port,
            tls: settings.smtp_tls,
            user: settings.smtp_user.clone(),
            password_file: settings.smtp_password_file.clone(),
            hello: ClientId::default().to_string(),
            trust,
            patience: Patience::default(),
        })
    }

    /// Connects, encrypts and signs in.
    ///
    /// # Errors
    /// When the relay cannot be reached, is not who it should be, or does not let us in: no letter is at fault.
    pub fn connect(&self, until: Instant) -> Result<Session, Trouble> {
        let socket = self.reach(until)?;
        let until = until.min(Instant::now() + self.patience.hello);
        let mut wire = Wire::new(socket, until)?;
        if self.tls == SmtpTls::Tls {
            wire = self.encrypt(wire)?;
        }
        expect(wire.reply()?, 220)?;
        let mut offers = self.ehlo(&mut wire)?;
        if self.tls == SmtpTls::Starttls {
            if !offers.starttls {
                return Err(Trouble::new(Class::Tls, "the relay does not offer STARTTLS; nothing is sent in clear"));
            }
            wire.write(b"STARTTLS\r\n", "STARTTLS")?;
            expect(wire.reply()?, 220)?;
            wire = self.encrypt(wire)?;
            // What was offered in clear is forgotten (RFC 3207 §4.2).
            offers = self.ehlo(&mut wire)?;
        }
        if !self.user.is_empty() {
            self.sign_in(&mut wire, &offers)?;
        }
        Ok(Session { wire, pipelining: offers.pipelining, patience: self.patience, carried: 0, usable: true })
    }

    fn reach(&self, until: Instant) -> Result<TcpStream, Trouble> {
        let unreachable = |e: &dyn std::fmt::Display| Trouble::new(Class::Connection, format!("{}: {e}", self.host));
        let addresses = (self.host.as_str(), self.port).to_socket_addrs().map_err(|e| unreachable(&e))?;
        let mut last = unreachable(&"no address");
        for address in addresses {
            let left = until.saturating_duration_since(Instant::now()).min(self.patience.connect);
            if left.is_zero() {
                return Err(Trouble::new(Class::Timeout, "no time left to connect"));
            }
            match TcpStream::connect_timeout(&address, left) {
                Ok(socket) => return Ok(socket),
                Err(error) => last = unreachable(&error),
            }
        }
        Err(last)
    }

    fn encrypt(&self, wire: Wire) -> Result<Wire, Trouble> {
        let name = ServerName::try_from(self.host.clone()).map_err(|e| Trouble::new(Class::Tls, e))?;
        let trust = self.trust.as_ref().ok_or_else(|| Trouble::new(Class::Tls, "no trusted certificates"))?;
        wire.encrypt(trust, name)
    }

    fn ehlo(&self, wire: &mut Wire) -> Result<Offers, Trouble> {
        wire.write(format!("EHLO {}\r\n", self.hello).as_bytes(), "EHLO")?;
        Ok(Offers::read(&expect(wire.reply()?, 250)?))
    }

    /// The password is read again each time, so that it can be changed while the service runs.
    fn sign_in(&self, wire: &mut Wire, offers: &Offers) -> Result<(), Trouble> {
        let refuse = |why: String| Trouble::new(Class::SignIn, why);
        let password = std::fs::read_to_string(&self.password_file)
            .map_err(|e| refuse(format!("letters.smtp_password_file: {e}")))?;
        let password = password.trim_end_matches(['\r', '\n']);
        let mut answer = |line: String| -> Result<Reply, Trouble> {
            wire.write(format!("{line}\r\n").as_bytes(), "AUTH")?;
            wire.reply()
        };
        let reply = if offers.plain {
            answer(format!("AUTH PLAIN {}", STANDARD.encode(format!("\0{}\0{password}", self.user))))?
        } else if offers.login {
            // The relay asks for the name, then for the password; its wording is free.
            let mut reply = answer("AUTH LOGIN".into())?;
            for secret in [self.user.as_str(), password] {
                if reply.code == 334 {
                    reply = answer(STANDARD.encode(secret))?;
                }
            }
            reply
        } else {
            return Err(refuse("the relay offers neither AUTH PLAIN nor AUTH LOGIN".into()));
        };
        if reply.code == 235 { Ok(()) } else { Err(refuse(reply.text()).with_code(reply.code)) }
    }
}

fn platform_trust() -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|e| Error::Internal(format!("trusted certificates: {e}")))?;
    Ok(Arc::new(config.with_no_client_auth()))
}

/// What the relay can do.
#[derive(Debug, Default)]
struct Offers {
    starttls: bool,
    pipelining: bool,
    plain: bool,
    login: bool,
}

impl Offers {
    fn read(reply: &Reply) -> Self {
        let mut offers = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split_whitespace();
            match words.next() {
                Some("STARTTLS") => offers.starttls = true,
                Some("PIPELINING") => offers.pipelining = true,
                Some("AUTH") => words.for_each(|word| match word {
                    "PLAIN" => offers.plain = true,
                    "LOGIN" => offers.login = true,
                    _ => {}
                }),
                _ => {}
            }
        }
        offers
    }
}

fn expect(reply: Reply, code: u16) -> Result<Reply, Trouble> {
    if reply.code == code { Ok(reply) } else { Err(trouble(&reply)) }
}

/// What a negative answer means for a letter.
fn trouble(reply: &Reply) -> Trouble {
    let class = match reply.code {
        // Encryption or authentication wanted: ours to set right, no letter is at fault.
        530 | 534 | 535 | 538 => Class::SignIn,
        400..500 => Class::Temporary,
        500..600 => Class::Permanent,
        _ => Class::Connection,
    };
    Trouble::new(class, reply.text()).with_code(reply.code)
}

/// An open connection, signed in.
pub struct Session {
    wire: Wire,
    pipelining: bool,
    patience: Patience,
    carried: u32,
    usable: bool,
}

impl Session {
    /// How many letters it has carried.
    pub fn carried(&self) -> u32 {
        self.carried
    }

    /// False once it must not carry another letter.
    pub fn is_usable(&self) -> bool {
        self.usable
    }

    /// Hands one letter over, by `until` at the latest. `ready` is asked once the relay is willing and before the body
    /// leaves; when it says no, the connection is dropped and the relay forgets the letter.
    pub fn send(
        &mut self,
        from: &str,
        to: &str,
        message: &[u8],
        until: Instant,
        ready: &mut dyn FnMut() -> bool,
    ) -> Delivery {
        match self.envelope(from, to, until) {
            Ok(None) => {}
            Ok(Some(refusal)) => return self.refused(refusal, until),
            Err(trouble) => return self.lost(trouble, false),
        }
        if !ready() {
            return self.lost(Trouble::new(Class::Connection, "stopped before the body"), false);
        }
        match self.body(message, until) {
            Ok(reply) if reply.class() == 2 => {
                self.carried += 1;
                Delivery::Accepted
            }
            // 421: the relay is closing and has not kept the letter.
            Ok(reply) if reply.code == 421 => self.lost(trouble(&reply), true),
            Ok(reply) if reply.class() >= 4 => Delivery::Refused(trouble(&reply)),
            Ok(reply) => self.lost(trouble(&reply), true),
            Err(trouble) => self.lost(trouble, true),
        }
    }

    fn lost(&mut self, trouble: Trouble, handed_over: bool) -> Delivery {
        self.usable = false;
        self.wire.shut();
        Delivery::Lost { trouble, handed_over }
    }

    /// MAIL, RCPT and DATA. `Some` is the answer of a relay that does not want this letter.
    fn envelope(&mut self, from: &str, to: &str, until: Instant) -> Result<Option<Reply>, Trouble> {
        self.wire.set_deadline(until.min(Instant::now() + self.patience.envelope));
        let verbs =
            [(format!("MAIL FROM:<{from}>\r\n"), "MAIL"), (format!("RCPT TO:<{to}>\r\n"), "RCPT"), ("DATA\r\n".into(), "DATA")];
        if self.pipelining {
            let all: String = verbs.iter().map(|(line, _)| line.as_str()).collect();
            self.wire.write(all.as_bytes(), "MAIL, RCPT, DATA")?;
        }
        let mut refusal = None;
        for (line, verb) in &verbs {
            if !self.pipelining {
                self.wire.write(line.as_bytes(), verb)?;
            }
            let reply = match self.wire.reply() {
                // It said no, then hung up: no is the answer.
                Err(_) if refusal.is_some() => break,
                reply => reply?,
            };
            let wanted = if *verb == "DATA" { 3 } else { 2 };
            if reply.code == 421 && refusal.is_none() {
                return Err(trouble(&reply));
            }
            if *verb == "DATA" && reply.class() == 3 && refusal.is_some() {
                // It takes data although nobody is to have it: an empty message ends that (RFC 2920 §3.1).
                self.wire.write(b".\r\n", "DATA")?;
                self.wire.reply()?;
            } else if reply.class() != wanted {
                refusal = refusal.or(Some(reply));
            }
            if refusal.is_some() && !self.pipelining {
                break;
            }
        }
        Ok(refusal)
    }

    /// Makes the connection ready for another letter.
    fn refused(&mut self, refusal: Reply, until: Instant) -> Delivery {
        let trouble = trouble(&refusal);
        self.wire.set_deadline(until.min(Instant::now() + self.patience.envelope));
        let reset = self.wire.write(b"RSET\r\n", "RSET").and_then(|()| self.wire.reply());
        if !reset.is_ok_and(|reply| reply.class() == 2) {
            self.usable = false;
            self.wire.shut();
        }
        Delivery::Refused(trouble)
    }

    fn body(&mut self, message: &[u8], until: Instant) -> Result<Reply, Trouble> {
        self.wire.set_deadline(until.min(Instant::now() + self.patience.body));
        self.wire.write(&framed(message), "end of data")?;
        self.wire.reply()
    }

    /// Says goodbye.
    pub fn quit(mut self) {
        if self.usable {
            self.wire.set_deadline(Instant::now() + Duration::from_secs(2));
            // Every letter is settled: whether the relay says goodbye too changes nothing.
            drop(self.wire.write(b"QUIT\r\n", "QUIT").and_then(|()| self.wire.reply()));
        }
        self.wire.shut();
    }
}
