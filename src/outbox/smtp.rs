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

mod session;
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
use session::trouble;
pub use session::{Delivery, Session};
#[cfg(test)]
pub use wire::framed as framed_for_tests;
use wire::{Reply, Wire};

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
        Ok(Session::new(wire, offers.pipelining, self.patience))
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
