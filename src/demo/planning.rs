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
        // Open conditions keep it from closing without its report.
        State::Decided if now.measures == "[]" => acts.push_back(Act::Close),
        State::Decided => {}
        State::Monitoring => measures(now, chance, &mut acts),
        State::InfoRequested | State::Draft | State::Closed | State::Withdrawn => {}
    }
    acts
}

/// What becomes of the measures of a file: mostly shown and verified, at times sent back, lifted, or left aside.
fn measures(now: &Declaration, chance: &mut Chance, acts: &mut VecDeque<Act>) {
    if now.kind == "event_request" && now.measures == "[]" {
        // Its report was to be read, and is.
        acts.push_back(Act::Close);
        return;
    }
    if now.kind == "event_request" {
        // Its report is there: it closes with its last condition.
        if chance.percent(80) {
            acts.extend([Act::Prove, Act::Verify]);
        }
        return;
    }
    let lasting = now.kind == "interest_declaration";
    acts.extend(match chance.below(100) {
        // What lasts is lifted before its file closes.
        0..50 if lasting => vec![Act::Prove, Act::Verify, Act::Lift, Act::Close],
        50..62 if lasting => vec![Act::Prove, Act::ProofBack, Act::Prove, Act::Verify, Act::Lift, Act::Close],
        0..50 => vec![Act::Prove, Act::Verify, Act::Close],
        50..62 => vec![Act::Prove, Act::ProofBack, Act::Prove, Act::Verify, Act::Close],
        62..70 if lasting => vec![Act::Prove, Act::Verify, Act::Attest],
        62..76 => vec![Act::Prove, Act::Verify],
        76..82 => vec![Act::Prove],
        82..87 => vec![Act::Prove, Act::ProofBack],
        87..92 => vec![Act::Lift],
        _ => Vec::new(),
    });
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
        Act::Prove => spread(chance, (3, 14), (15, 40), 20),
        Act::ProofBack | Act::Verify => spread(chance, (0, 3), (4, 12), 25),
        Act::Lift => chance.between(8, 30),
        Act::Receive => chance.between(1, 6),
        Act::Discuss | Act::Remark | Act::Reply => chance.between(0, 1),
        // Six months after the verification, once the supervisor is asked.
        Act::Attest => chance.between(116, 121),
        Act::Close if now.state() == State::Decided => chance.between(25, 60),
        Act::Close => chance.between(25, 110),
    };
    let days = if hurried { days.min(1) } else { days };
    business_days_after(from, days, calendar, chance)
}
