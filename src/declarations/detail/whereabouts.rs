//! Who has a declaration, in words.

use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::deadlines;
use crate::declarations::kind::{DayUnit, Kind};
use crate::declarations::routing::Decider;
use crate::declarations::store::{Authorized, Declaration};
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Name of a decider, an office, or « à l’extérieur ».
pub fn decider_name(tx: &mut Tx<'_>, decider: &Decider, language: Language) -> Result<String> {
    Ok(match decider {
        Decider::Person(person) => people::store::find(tx, *person)?.name(),
        Decider::Office(office) => say(language, &format!("office-{}", office.as_str().replace('_', "-")), &[]),
        Decider::Outside => say(language, "office-outside", &[]),
    })
}

/// Who has it now, in words; nobody when it is decided.
pub fn holder_name(tx: &mut Tx<'_>, declaration: &Declaration, language: Language) -> Result<String> {
    let decider = match (declaration.holder_id, declaration.office()) {
        (Some(person), _) => Decider::Person(person),
        (None, Some(office)) => Decider::Office(office),
        (None, None) if declaration.state().is_pending() => Decider::Outside,
        (None, None) => return Ok(String::new()),
    };
    decider_name(tx, &decider, language)
}

/// Where it is, since when and why, then by when something is due.
pub fn whereabouts(tx: &mut Tx<'_>, found: &Authorized, is_mine: bool, language: Language) -> Result<Vec<String>> {
    let declaration = &found.declaration;
    let state = declaration.state();
    let mut parts = Vec::new();
    if state.is_pending() {
        let zone = tx.zone();
        let since = declaration.held_since.map_or(tx.today(), |at| local_date(at, zone));
        let days = deadlines::age(since, tx.today(), &tx.book.calendar);
        let office =
            declaration.office().map(|o| say(language, &format!("office-{}", o.as_str().replace('_', "-")), &[]));
        if state == State::InfoRequested {
            parts.push(say(language, "where-answer", &[]));
        } else if let Some(who) = held_by(tx, found, language)?.or(office) {
            parts.push(say(language, "where-held", &[("who", who.into()), ("days", Arg::from(days))]));
        } else {
            parts.push(say(language, "where-outside", &[]));
        }
        if let Some(why) = declaration.route_reason.as_deref().and_then(|why| route_words(why, is_mine)) {
            parts.push(say(language, why, &[]));
        }
    }
    if declaration.waits_for_a_reader() {
        parts.push(say(language, "where-to-read", &[]));
    }
    if let Some(due) = declaration.due_on {
        let late = deadlines::overdue(due, tx.today(), &tx.book.calendar);
        let shown = formats::format_date_long(due, language);
        let key = match state {
            State::InfoRequested => "where-due-answer",
            State::Decided | State::Monitoring => "where-due-follow-up",
            _ => "where-due",
        };
        parts.push(say(language, key, &[("date", shown.into())]));
        if late > 0 {
            parts.push(say(language, "where-overdue", &[("days", Arg::from(late))]));
        }
    }
    Ok(parts)
}

/// Who has it, and in whose place: « Denis Roy, pour Rosalie Tremblay ».
fn held_by(tx: &mut Tx<'_>, found: &Authorized, language: Language) -> Result<Option<String>> {
    let (Some(who), Some(whom)) = (&found.holder, found.declaration.held_for_id) else {
        return Ok(found.holder.clone());
    };
    let whom = people::store::find(tx, whom)?.name();
    Ok(Some(say(language, "by-for", &[("who", who.as_str().into()), ("whom", whom.into())])))
}

/// Why the file is where it is, for this reader: some reasons are worded for the declarant alone.
pub fn route_words(why: &str, is_mine: bool) -> Option<&str> {
    match why {
        _ if is_mine => Some(why),
        // Whoever decides, or looks on, reads the name beside it.
        "route-supervisor" => None,
        "route-next-level" => Some("route-next-level-seen"),
        "route-nobody-above" => Some("route-nobody-above-seen"),
        "route-chosen-away" => Some("route-chosen-away-seen"),
        "route-disputed" => Some("route-disputed-seen"),
        "route-delegate" => Some("route-delegate-seen"),
        "route-absent" => Some("route-absent-seen"),
        "route-no-action" => Some("route-no-action-seen"),
        _ => Some(why),
    }
}

/// By how much it was filed late, in the unit of the limit of its kind; nothing when it was not.
pub fn late(kind: &Kind, declaration: &Declaration, language: Language) -> Option<String> {
    let key = match kind.deadlines.file.as_ref().map(|delay| delay.unit) {
        Some(DayUnit::Calendar) => "detail-late-calendar",
        Some(DayUnit::Business) | None => "detail-late",
    };
    (declaration.days_late > 0).then(|| say(language, key, &[("days", Arg::from(i64::from(declaration.days_late)))]))
}
