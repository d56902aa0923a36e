//! The words of requests to read a file in an emergency: why it was asked, and refused. They speak of the file, and go with it; who
//! asked, who answered and when stay.

use diesel::prelude::*;

use super::act::ActKind;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{acts, events};
use crate::error::Result;
use crate::journal::store::{event_of, last_before};
use crate::journal::{self, Event};

/// Events read at a time.
const SOME: i64 = 50;

/// The requests about a file, and the events that tell them.
pub struct Words {
    requests: Vec<i64>,
    pub events: Vec<i64>,
}

/// What was asked and answered about a file.
///
/// # Errors
/// The database does not answer.
pub fn of_file(tx: &mut Tx<'_>, reference: &str) -> Result<Words> {
    let rows: Vec<(i64, Instant, Option<Instant>)> = acts::table
        .filter(acts::kind.eq(ActKind::EmergencyReading.as_str()))
        .filter(acts::subject.eq(reference))
        .select((acts::id, acts::asked_at, acts::decided_at))
        .load(tx.conn)?;
    let mut words = Words { requests: Vec::with_capacity(rows.len()), events: Vec::new() };
    for (request, asked_at, decided_at) in rows {
        words.events.extend(event(tx, request, &["act_asked"], asked_at)?);
        if let Some(at) = decided_at {
            words.events.extend(event(tx, request, &["act_approved", "act_refused", "act_withdrawn"], at)?);
        }
        words.requests.push(request);
    }
    Ok(words)
}

/// The event of one of these names that is about a request, from an instant on: it was recorded then.
fn event(tx: &mut Tx<'_>, request: i64, names: &[&str], since: Instant) -> Result<Option<i64>> {
    let mut after = last_before(tx, since)?;
    loop {
        let rows: Vec<(i64, String)> = events::table
            .filter(events::seq.gt(after))
            .filter(events::event.eq_any(names.to_vec()))
            .order(events::seq.asc())
            .limit(SOME)
            .select((events::seq, events::leaf))
            .load(tx.conn)?;
        let Some((last, _)) = rows.last() else { return Ok(None) };
        after = *last;
        for (seq, leaf) in rows {
            if is_about(&event_of(&leaf, 0, seq, None)?, request) {
                return Ok(Some(seq));
            }
        }
    }
}

fn is_about(event: &Event, wanted: i64) -> bool {
    match event {
        Event::ActAsked { request, .. }
        | Event::ActApproved { request, .. }
        | Event::ActRefused { request, .. }
        | Event::ActWithdrawn { request } => *request == wanted,
        _ => false,
    }
}

impl Words {
    /// Empties the requests, once the words of their events are destroyed.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn destroy(self, tx: &mut Tx<'_>) -> Result<()> {
        for request in self.requests {
            diesel::update(acts::table.find(request))
                .set((acts::reason.eq(""), acts::words.eq(None::<String>)))
                .execute(tx.conn)?;
            journal::record(tx, None, None, &Event::ActWordsDestroyed { request })?;
        }
        Ok(())
    }
}
