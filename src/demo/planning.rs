//! What comes next, and when.

use std::collections::VecDeque;

use super::chance::Chance;
use super::story::{Act, Script, Step, Story};
use super::times::business_days_after;
use crate::app::Rulebook;
use crate::clock::{self, Instant};
use crate::declarations::store::Declaration;
use crate::declarations::workflow::State;

impl Story {
    /// Plans what follows for a case whose last act was at a moment.
    pub(super) fn plan_next(&mut self, book: &Rulebook, place: usize, at: Instant) {
        let Some(case) = self.cases.get_mut(place) else { return };
        let Some(now) = &case.now else { return };
        if case.ahead.is_empty() {
            case.ahead = match case.script {
                Script::Drawn => draw(now, &mut case.chance),
                Script::Unfinished | Script::Acts(_) | Script::Outcome(..) => VecDeque::new(),
            };
        }
        let Some(act) = case.ahead.pop_front() else { return };
        let hurried = !matches!(case.script, Script::Drawn);
        let when = when(act, now, at, hurried, book, &mut case.chance);
        self.push(when, Step::Next(place, act));
    }
}

/// What people will do with a file in this state.
fn draw(now: &Declaration, chance: &mut Chance) -> VecDeque<Act> {
    let flagged = now.attention >= 2;
    let mut acts = VecDeque::new();
    match now.state() {
        State::Submitted if chance.percent(2) => acts.push_back(Act::Withdraw),
        State::Submitted | State::UnderReview => {
            if now.revision == 1 && chance.percent(3) {
                acts.push_back(Act::Correct);
            }
            if now.state() == State::Submitted && chance.percent(55) {
                acts.push_back(Act::TakeUp);
            }
            if chance.percent(if flagged { 14 } else { 5 }) {
                acts.extend([Act::Ask, Act::Answer]);
            }
            // A file that came back is decided, not sent a second time.
            let is_back = now.route_reason.as_deref() == Some("route-sent-back");
            if !is_back && chance.percent(if flagged { 9 } else { 1 }) {
                acts.push_back(Act::Refer);
            } else {
                if flagged && chance.percent(6) {
                    acts.push_back(Act::Opine);
                }
                acts.push_back(Act::Decide);
            }
        }
        State::WithEthics => {
            if chance.percent(12) {
                acts.extend([Act::Ask, Act::Answer]);
            }
            // What a decider sent comes back with an opinion; what a rule sent is mostly decided here.
            let sent_by_decider = now.route_reason.as_deref() == Some("route-referred-by-decider");
            acts.push_back(if chance.percent(if sent_by_decider { 65 } else { 14 }) {
                Act::SendBack
            } else {
                Act::Decide
            });
        }
        State::Decided if chance.percent(95) => acts.push_back(Act::Complete),
        State::Decided => acts.push_back(Act::Close),
        State::Monitoring if chance.percent(82) => acts.push_back(Act::Close),
        State::Monitoring | State::InfoRequested | State::Draft | State::Closed | State::Withdrawn => {}
    }
    acts
}

fn when(act: Act, now: &Declaration, at: Instant, hurried: bool, book: &Rulebook, chance: &mut Chance) -> Instant {
    let calendar = &book.calendar;
    let spread = |chance: &mut Chance, usual: (i64, i64), late: (i64, i64), late_percent: u32| {
        let (from, to) = if chance.percent(late_percent) { late } else { usual };
        chance.between(from, to)
    };
    let mut from = at;
    let days = match act {
        Act::Correct | Act::Withdraw | Act::TakeUp => chance.between(0, 1),
        Act::Ask | Act::Refer | Act::Opine => chance.between(0, 2),
        // Most people answer before they are reminded, at half of the time.
        Act::Answer => spread(chance, (0, 2), (3, 14), 20),
        Act::SendBack => spread(chance, (1, 4), (5, 18), 25),
        Act::Advise => spread(chance, (1, 5), (6, 9), 10),
        Act::Decide if now.state() == State::WithEthics => spread(chance, (1, 5), (6, 26), 30),
        Act::Decide => spread(chance, (0, 1), (2, 15), 28),
        Act::Complete => {
            if now.kind == "event_request"
                && let Some(on) = now.occurred_on
            {
                from = at.max(clock::at_local_time(on, 16, 0, calendar.zone("")));
            }
            spread(chance, (1, 5), (6, 30), 25)
        }
        Act::Close if now.state() == State::Decided => chance.between(25, 60),
        Act::Close => chance.between(25, 110),
    };
    let days = if hurried { days.min(1) } else { days };
    business_days_after(from, days, calendar, chance)
}
