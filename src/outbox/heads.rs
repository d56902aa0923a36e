//! Signed heads of the journal mailed to who keeps them outside IT: to a mailbox rather than a person, so beside the letters.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::message::Identity;
use super::store::LetterRow;
use super::transport::{Ledger, Outcome, Transport, Turn};
use crate::app::App;
use crate::error::Result;
use crate::journal::checkpoints::Checkpoint;
use crate::journal::witnesses;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Longest wait for the relay.
const WITHIN: Duration = Duration::from_secs(30);

/// Mails the last head where it is due, and notes what came of it.
///
/// # Errors
/// When the database fails. A relay that is not there is noted as a copy that could not be left.
pub fn mail(app: &App, transport: &mut Transport, identity: &Identity, stopping: &AtomicBool) -> Result<()> {
    let Some((checkpoint, addresses)) = app.read_here(witnesses::mail_due)? else { return Ok(()) };
    for address in addresses {
        let letter = letter(app, identity, &checkpoint, &address);
        let begun = Instant::now();
        let turn = Turn { start_by: begun + WITHIN, end_by: begun + WITHIN, stopping };
        let mut what = Came(None);
        let ready = transport.ready().map_err(|trouble| trouble.to_string());
        let error = match ready {
            Err(trouble) => Some(trouble),
            Ok(()) => {
                let trouble = transport.send(&[letter], identity, &turn, &mut what);
                what.trouble().or(trouble.map(|trouble| trouble.to_string()))
            }
        };
        witnesses::mailed(app, &address, checkpoint.size, error)?;
    }
    Ok(())
}

/// What became of the one letter.
struct Came(Option<Outcome>);

impl Came {
    fn trouble(&self) -> Option<String> {
        match &self.0 {
            Some(Outcome::Sent) => None,
            Some(Outcome::Retry(trouble) | Outcome::Failed(trouble)) => Some(trouble.to_string()),
            Some(Outcome::Later) | None => Some("not tried".to_owned()),
        }
    }
}

impl Ledger for Came {
    fn settle(&mut self, _: &LetterRow, outcome: Outcome) {
        self.0 = Some(outcome);
    }

    fn catch_up(&mut self) -> bool {
        true
    }
}

fn letter(app: &App, identity: &Identity, checkpoint: &Checkpoint, address: &str) -> LetterRow {
    let now = app.clock.now();
    let words = |key: &str| say(Language::Fr, key, &[("events", Arg::from(checkpoint.size))]);
    LetterRow {
        id: checkpoint.size,
        letter: "checkpoint".into(),
        recipient_id: Default::default(),
        recipient_email: address.to_owned(),
        declaration_id: None,
        reference: None,
        message_id: format!("<checkpoint.{}@{}>", checkpoint.size, identity.host()),
        thread_id: None,
        subject: words("head-mail-subject"),
        text_body: format!("{}\n\n{}", words("head-mail-text"), checkpoint.note),
        html_body: format!(
            "<!DOCTYPE html>\n<html lang=\"fr-CA\"><head><meta charset=\"utf-8\"><title>{}</title></head><body><p>{}</p><pre>{}</pre></body></html>",
            words("head-mail-subject"),
            words("head-mail-text"),
            handlebars::html_escape(&checkpoint.note)
        ),
        reason: "checkpoint".into(),
        state: "sending".into(),
        created_at: now,
        due_at: now,
        attempts: 1,
        lease_until: None,
        sent_at: None,
        last_error: None,
        calendar: None,
    }
}
