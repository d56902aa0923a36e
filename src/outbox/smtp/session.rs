//! An open connection that carries letters one after the other.

use std::time::{Duration, Instant};

use super::Patience;
use super::wire::{Reply, Wire, framed};
use crate::outbox::transport::{Class, Trouble};

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

/// What a negative answer means for a letter.
pub(super) fn trouble(reply: &Reply) -> Trouble {
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
    pub(super) fn new(wire: Wire, pipelining: bool, patience: Patience) -> Self {
        Self { wire, pipelining, patience, carried: 0, usable: true }
    }

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
        let verbs = [
            (format!("MAIL FROM:<{from}>\r\n"), "MAIL"),
            (format!("RCPT TO:<{to}>\r\n"), "RCPT"),
            ("DATA\r\n".into(), "DATA"),
        ];
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
