//! A showcase as an entry of somebody's calendar.

use super::ics::{self, Event, When};
use super::kind;
use super::state::State;
use super::store::Showcase;
use crate::app::Tx;
use crate::error::Result;
use crate::text::Language;
use crate::texts::say;

/// The entry. A cancelled showcase stays one, marked so, and leaves calendars that had it.
pub fn of_showcase(tx: &Tx<'_>, showcase: &Showcase, language: Language) -> Result<Event> {
    let kind = kind::find(&tx.book.showcases, &showcase.kind)?;
    let public_url = &tx.book.config.server.public_url;
    let when = match (showcase.starts(tx.zone()), showcase.minutes) {
        (Some(start), minutes) => When::Time(start, minutes.unwrap_or(60).into()),
        (None, _) => When::Day(showcase.held_on),
    };
    Ok(Event {
        uid: ics::uid(&showcase.reference, public_url),
        sequence: showcase.sequence,
        when,
        summary: showcase.title.clone(),
        description: kind.title.get(language).to_owned(),
        location: showcase.answers()?.text("platform").to_owned(),
        url: format!("{public_url}{}", showcase.address()),
        cancelled: showcase.state() == State::Cancelled,
        alarm: true,
    })
}

/// The text of a calendar of a few entries.
pub fn calendar(tx: &Tx<'_>, events: &[Event], language: Language) -> String {
    let name = say(language, "calendar-name", &[]);
    ics::Calendar { name: &name, language: language.code(), stamp: tx.now(), events }.text()
}
