//! What is planned for a measure, and what the worker does on the day. The letters of a person go into the one reminder
//! of the day with their other files (`declarations/reminders.rs`).

use super::actions;
use super::store::{self, Measure};
use super::workflow::State;
use crate::app::Tx;
use crate::clock::{self, Instant, local_date};
use crate::declarations::deadlines::{self, ReminderKind};
use crate::declarations::kind::Kind;
use crate::declarations::store::{self as declarations, Declaration};
use crate::declarations::workflow::State as FileState;
use crate::error::Result;

/// Most days of weekly reminders after the day; by then the ethics officer has been told.
const WEEKLY_FOR: i64 = 56;

/// Plans what comes next for a measure; forgets what was planned before.
pub fn plan(tx: &mut Tx<'_>, measure: &Measure) -> Result<()> {
    let declaration = declarations::find_unguarded(tx, measure.declaration_id)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let planned = planned(tx, measure, &kind);
    store::plan(tx, measure, &planned)
}

fn planned(tx: &Tx<'_>, measure: &Measure, kind: &Kind) -> Vec<(&'static str, Instant)> {
    let settings = &tx.book.config.deadlines;
    let (today, calendar) = (tx.today(), &tx.book.calendar);
    let mut planned = Vec::new();
    let mut remind = |due| {
        let mut weekly = false;
        for (kind, on) in deadlines::reminders(today, due, 1, calendar) {
            match kind {
                ReminderKind::Half if on > today => planned.push(("half", hour_of_letters(tx, on))),
                ReminderKind::Due => planned.push(("due", hour_of_letters(tx, on))),
                // The next one is planned when this one leaves.
                ReminderKind::Weekly if !std::mem::replace(&mut weekly, true) => {
                    planned.push(("weekly", hour_of_letters(tx, on)));
                }
                ReminderKind::Half | ReminderKind::Weekly | ReminderKind::Escalate => {}
            }
        }
    };
    match measure.state() {
        State::Open => {
            if settings.reminders {
                remind(measure.due_on);
            }
            let told = calendar.add_business_days(
                calendar.next_business_day(measure.due_on),
                u32::from(settings.measure_overdue_after.max(1)),
            );
            planned.push(("overdue", hour_of_letters(tx, told)));
        }
        State::ProofGiven if settings.reminders => remind(deadlines::due_on(kind.measures.verify, today, calendar)),
        // Weekly reminders go on from the row planned while it was open.
        State::Overdue | State::ProofGiven | State::Lifted => {}
        State::Verified => {
            if measure.every_months.is_some() {
                let days = u32::from(kind.measures.attest.days);
                let asked = calendar.subtract_business_days(measure.due_on, days).max(today);
                planned.push(("attest", hour_of_letters(tx, asked)));
            }
        }
    }
    planned
}

fn hour_of_letters(tx: &Tx<'_>, on: chrono::NaiveDate) -> Instant {
    clock::at_local_time(on, tx.book.config.letters.from_hour, 30, tx.zone())
}

/// What a timer of a measure leads to.
pub enum Turn {
    /// Nothing: somebody did what was expected, or the file is closed.
    Nothing,
    /// Remind whoever is waited for.
    Remind(Box<Measure>, Box<Declaration>),
    /// It is late: those who oversee it are told, once for all of the day.
    Overdue(Box<Measure>, Box<Declaration>),
    /// So many letters were written.
    Wrote(usize),
}

/// The hour of a timer has come.
pub fn come_due(tx: &mut Tx<'_>, id: i64, purpose: &str) -> Result<Turn> {
    let mut measure = store::find(tx, id)?;
    let declaration = declarations::find_unguarded(tx, measure.declaration_id)?;
    if matches!(declaration.state(), FileState::Closed | FileState::Withdrawn) {
        return Ok(Turn::Nothing);
    }
    match (purpose, measure.state()) {
        ("attest", State::Verified) => Ok(Turn::Wrote(actions::ask_attestation(tx, measure, &declaration)?)),
        ("overdue", State::Open) => {
            actions::fall_due(tx, &mut measure, &declaration)?;
            Ok(Turn::Overdue(Box::new(measure), Box::new(declaration)))
        }
        ("half" | "due" | "weekly", state) if state.is_live() => {
            Ok(Turn::Remind(Box::new(measure), Box::new(declaration)))
        }
        _ => Ok(Turn::Nothing),
    }
}

/// After a weekly reminder, the one of the week after, for a while.
pub fn plan_next_week(tx: &mut Tx<'_>, measure: &Measure) -> Result<()> {
    let today = tx.today();
    let zone = tx.zone();
    let since = match measure.state() {
        State::ProofGiven => measure.proof_at.map_or(measure.due_on, |at| local_date(at, zone)),
        _ => measure.due_on,
    };
    let next = today + chrono::TimeDelta::days(7);
    if (next - since).num_days() > WEEKLY_FOR {
        return Ok(());
    }
    let at = hour_of_letters(tx, tx.book.calendar.next_business_day(next));
    store::add_timer(tx, measure, "weekly", at)
}
