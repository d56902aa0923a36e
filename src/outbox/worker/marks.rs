//! A batch on its way out, and the thread that writes down what became of each letter.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::Tally;
use crate::app::App;
use crate::error::{Error, Result};
use crate::outbox::message::Identity;
use crate::outbox::store::{self, Claim, LetterRow};
use crate::outbox::transport::{Ledger, Outcome, Transport, Trouble, Turn};

/// Tries to write down an outcome before the letter is left to its lease.
const MARK_TRIES: u32 = 5;

/// Sends one batch while another thread writes down what became of each letter.
pub(super) fn send_batch(
    app: &App,
    transport: &mut Transport,
    identity: &Identity,
    letters: &[LetterRow],
    turn: &Turn<'_>,
    tally: &mut Tally,
) -> Result<Option<Trouble>> {
    std::thread::scope(|scope| {
        let (outcomes, to_mark) = channel();
        let (tell, marked) = channel();
        scope.spawn(move || mark(app, &to_mark, &tell));
        let mut marks = Marks { outcomes, marked, waiting: 0, lost: None, tally };
        let stopped = transport.send(letters, identity, turn, &mut marks);
        marks.catch_up();
        marks.lost.map_or(Ok(stopped), Err)
    })
}

/// Outcomes on their way to the database.
struct Marks<'m> {
    outcomes: Sender<(Claim, Outcome)>,
    marked: Receiver<Result<usize>>,
    waiting: usize,
    lost: Option<Error>,
    tally: &'m mut Tally,
}

impl Ledger for Marks<'_> {
    fn settle(&mut self, letter: &LetterRow, outcome: Outcome) {
        let trouble = match &outcome {
            Outcome::Sent => {
                self.tally.sent += 1;
                None
            }
            Outcome::Retry(trouble) => {
                self.tally.retried += 1;
                Some(trouble)
            }
            Outcome::Failed(trouble) => {
                self.tally.failed += 1;
                Some(trouble)
            }
            Outcome::Later => None,
        };
        if let Some(trouble) = trouble {
            // The relay's words can hold an address: they are in the database for the administrator, not here.
            let (class, code) = (trouble.class.as_str(), trouble.code);
            tracing::warn!(letter = letter.id, attempt = letter.attempts, class, code, "a letter did not leave");
        }
        if self.outcomes.send((Claim::from(letter), outcome)).is_ok() {
            self.waiting += 1;
        }
    }

    fn catch_up(&mut self) -> bool {
        while self.waiting > 0 && self.lost.is_none() {
            match self.marked.recv() {
                Ok(Ok(count)) => self.waiting = self.waiting.saturating_sub(count),
                Ok(Err(error)) => self.lost = Some(error),
                Err(_) => self.lost = Some(Error::Internal("outcomes of letters are no longer written".into())),
            }
        }
        self.lost.is_none()
    }
}

/// Writes outcomes as they come, as many at once as there are.
fn mark(app: &App, outcomes: &Receiver<(Claim, Outcome)>, tell: &Sender<Result<usize>>) {
    while let Ok(first) = outcomes.recv() {
        let mut some = vec![first];
        some.extend(outcomes.try_iter());
        let count = some.len();
        if tell.send(mark_all(app, some).map(|()| count)).is_err() {
            return;
        }
    }
}

/// A letter that left and is not written down as sent would be sent again: the database gets several chances.
fn mark_all(app: &App, outcomes: Vec<(Claim, Outcome)>) -> Result<()> {
    let outcomes = Arc::new(outcomes);
    let mut tries = 1;
    loop {
        let these = Arc::clone(&outcomes);
        let written = app.write_here(move |tx| {
            for (claim, outcome) in these.iter() {
                if !store::settle(tx, *claim, outcome)? {
                    tracing::warn!(letter = claim.id, attempt = claim.attempt, "the lease of a letter was lost");
                }
            }
            Ok(())
        });
        match written {
            Ok(()) => return Ok(()),
            Err(error) if tries >= MARK_TRIES => return Err(error),
            Err(error) => tracing::warn!(%error, "outcomes of letters could not be written; trying again"),
        }
        std::thread::sleep(Duration::from_millis(200) * tries);
        tries += 1;
    }
}
