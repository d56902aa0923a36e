//! How letters leave: a relay, a folder, or nowhere (the demonstration reads the table).

mod outcome;

pub use outcome::{Class, Outcome, Trouble};

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::message::{self, Identity, Message};
use super::smtp::{Delivery, Relay, Session};
use super::store::LetterRow;
use crate::config::{Config, TransportKind};
use crate::error::Result;

/// Until when a batch may be sent: its letters are leased, and nobody else takes them before the lease ends.
pub struct Turn<'t> {
    /// No letter begins after this.
    pub start_by: Instant,
    /// Nothing is under way after this.
    pub end_by: Instant,
    /// True when the process stops.
    pub stopping: &'t AtomicBool,
}

impl Turn<'_> {
    fn is_over(&self) -> bool {
        self.stopping.load(Ordering::Relaxed) || Instant::now() >= self.start_by
    }
}

/// Where outcomes are written down.
pub trait Ledger {
    /// Notes what became of a letter. Called once for each letter.
    fn settle(&mut self, letter: &LetterRow, outcome: Outcome);
    /// Waits until everything noted is durable. False when it cannot be: then nothing more may be sent.
    fn catch_up(&mut self) -> bool;
}

/// Where letters go.
pub enum Transport {
    /// To a relay.
    Smtp(Box<Post>),
    /// To a folder, one `.eml` file each.
    Directory(PathBuf),
    /// Nowhere: the table is the mailbox.
    Mailbox,
}

/// A relay and the connection to it, if one is open.
pub struct Post {
    relay: Relay,
    session: Option<Session>,
}

/// Connections that may break one after the other before the batch is left for later.
const MOST_BROKEN: u32 = 3;
/// Longest wait for a connection when no letter is leased yet.
const READY_WITHIN: Duration = Duration::from_secs(60);

impl Transport {
    /// The transport of the settings.
    pub fn open(config: &Config) -> Result<Self> {
        Ok(match config.letters.transport {
            TransportKind::Smtp => Self::Smtp(Box::new(Post { relay: Relay::new(&config.letters)?, session: None })),
            TransportKind::Directory => Self::Directory(PathBuf::from(&config.letters.directory)),
            TransportKind::Mailbox => Self::Mailbox,
        })
    }

    /// Makes sure that letters can leave, before any is claimed.
    ///
    /// # Errors
    /// Says why the queue waits.
    pub fn ready(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Smtp(post) => post.session(Instant::now() + READY_WITHIN).map(drop),
            Self::Directory(folder) => fs::create_dir_all(folder).map_err(|e| Trouble::new(Class::Folder, e)),
            Self::Mailbox => Ok(()),
        }
    }

    /// Sends a batch; each letter is settled once. Returns the trouble that kept the rest from being tried.
    pub fn send(
        &mut self,
        letters: &[LetterRow],
        identity: &Identity,
        turn: &Turn<'_>,
        ledger: &mut dyn Ledger,
    ) -> Option<Trouble> {
        match self {
            Self::Smtp(post) => post.send(letters, identity, turn, ledger),
            Self::Directory(folder) => file(folder, letters, identity, turn, ledger),
            Self::Mailbox => {
                letters.iter().for_each(|letter| ledger.settle(letter, Outcome::Sent));
                None
            }
        }
    }

    /// Closes what stays open between batches.
    pub fn rest(&mut self) {
        if let Self::Smtp(post) = self
            && let Some(session) = post.session.take()
        {
            session.quit();
        }
    }
}

/// What the next letters should do.
enum Next {
    GoOn,
    /// The connection broke under this letter.
    Broken(Trouble),
    /// The relay is not there for anybody.
    Stop(Trouble),
}

impl Post {
    fn session(&mut self, until: Instant) -> Result<&mut Session, Trouble> {
        let session = match self.session.take().filter(Session::is_usable) {
            Some(session) => session,
            None => self.relay.connect(until)?,
        };
        Ok(self.session.insert(session))
    }

    fn send(
        &mut self,
        letters: &[LetterRow],
        identity: &Identity,
        turn: &Turn<'_>,
        ledger: &mut dyn Ledger,
    ) -> Option<Trouble> {
        let mut stopped: Option<Trouble> = None;
        let mut broken = 0;
        for letter in letters {
            if stopped.is_some() || turn.is_over() {
                ledger.settle(letter, Outcome::Later);
                continue;
            }
            let message = match message::build(letter, identity) {
                Ok(message) => message,
                Err(trouble) => {
                    ledger.settle(letter, trouble.into());
                    continue;
                }
            };
            let (outcome, next) = self.deliver(&message, turn, ledger);
            ledger.settle(letter, outcome);
            match next {
                Next::GoOn => broken = 0,
                Next::Broken(trouble) => {
                    broken += 1;
                    stopped = (broken >= MOST_BROKEN).then_some(trouble);
                }
                Next::Stop(trouble) => stopped = Some(trouble),
            }
        }
        stopped
    }

    /// One letter. Relays close idle or well-used connections: one that carried letters before and breaks before the
    /// body of this one is replaced at once.
    fn deliver(&mut self, message: &Message, turn: &Turn<'_>, ledger: &mut dyn Ledger) -> (Outcome, Next) {
        loop {
            let session = match self.session(turn.end_by) {
                Ok(session) => session,
                Err(trouble) => return (Outcome::Later, Next::Stop(trouble)),
            };
            let used_before = session.carried() > 0;
            let mut followed = true;
            // The relay answers for a letter only after the letter before is written down as sent: a crash can send
            // one letter twice, not a batch.
            let mut ready = || {
                followed = ledger.catch_up();
                followed
            };
            match session.send(&message.from, &message.to, &message.bytes, turn.end_by, &mut ready) {
                Delivery::Accepted => return (Outcome::Sent, Next::GoOn),
                Delivery::Refused(trouble) if trouble.class == Class::SignIn => {
                    return (Outcome::Retry(trouble.clone()), Next::Stop(trouble));
                }
                Delivery::Refused(trouble) => return (trouble.into(), Next::GoOn),
                Delivery::Lost { trouble, .. } if !followed => return (Outcome::Later, Next::Stop(trouble)),
                Delivery::Lost { handed_over: false, .. } if used_before => {}
                Delivery::Lost { trouble, .. } => return (Outcome::Retry(trouble.clone()), Next::Broken(trouble)),
            }
        }
    }
}

/// Writes letters to a folder: whole or not at all, and again under the same name when the process died in between.
fn file(
    folder: &Path,
    letters: &[LetterRow],
    identity: &Identity,
    turn: &Turn<'_>,
    ledger: &mut dyn Ledger,
) -> Option<Trouble> {
    let mut written = Vec::new();
    let mut stopped = None;
    for letter in letters {
        if stopped.is_some() || turn.is_over() {
            ledger.settle(letter, Outcome::Later);
            continue;
        }
        match message::build(letter, identity) {
            Err(trouble) => ledger.settle(letter, trouble.into()),
            Ok(message) => match write_file(folder, letter, &message) {
                Ok(()) => written.push(letter),
                Err(error) => {
                    stopped = Some(Trouble::new(Class::Folder, error));
                    ledger.settle(letter, Outcome::Later);
                }
            },
        }
    }
    // The names must last too; one fsync of the folder covers the batch.
    let kept = File::open(folder).and_then(|folder| folder.sync_all());
    for letter in written {
        match &kept {
            Ok(()) => ledger.settle(letter, Outcome::Sent),
            Err(error) => ledger.settle(letter, Outcome::Retry(Trouble::new(Class::Folder, error))),
        }
    }
    stopped
}

fn write_file(folder: &Path, letter: &LetterRow, message: &Message) -> std::io::Result<()> {
    let name = format!("{}-{:08}", letter.created_at.format("%Y%m%dT%H%M%S"), letter.id);
    let draft = folder.join(format!("{name}.tmp"));
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    // Letters name people: for the account of the service only.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&message.bytes)?;
    file.sync_all()?;
    fs::rename(draft, folder.join(format!("{name}.eml")))
}
