//! The chart changes while files are open: they follow it (trust.md Z12, `domain.md` « Supervisor change: open cases
//! move, history stays »).
//!
//! Access is computed when somebody reads, so moving the file is all it takes for the former supervisor to lose it.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::filing;
use super::kind::{Kind, Office};
use super::mail;
use super::routing::{self, Case, Chart, Decider};
use super::store::{self, Declaration};
use super::workflow::{Command, State, next};
use crate::access::Role;
use crate::app::Tx;
use crate::db::schema::{barred, declarations, persons};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::people::chart::Line;
use crate::people::{self, PersonId, roles};

/// Routes that somebody chose, or that an office gave: the holder keeps the file as long as they may decide it.
const CHOSEN: [&str; 3] = ["route-reassigned", "route-no-ethics-officer", "route-ethics-officer"];

/// Sends a pending file to whoever decides from now on, when that is somebody else. Its due date stays: a change of
/// chart gives nobody more time. Returns whether it moved.
///
/// A file at the ethics office stays there as long as one of its holders may decide it.
pub fn reroute(tx: &mut Tx<'_>, declaration: i64) -> Result<bool> {
    let mut declaration = store::find(tx, declaration)?;
    let held_by_somebody = declaration.holder_id.is_some() || declaration.holder_office.is_some();
    if !declaration.state().is_pending() || !held_by_somebody {
        return Ok(false);
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let mut case = case(tx, &kind, &declaration)?;
    let people: Vec<PersonId> =
        [declaration.declarant_id].into_iter().chain(case.named.iter().copied()).chain(declaration.holder_id).collect();
    let line = Line::read(tx, &people)?;
    let chosen = declaration.route_reason.as_deref().is_some_and(|why| CHOSEN.contains(&why));
    let may_stay = match (declaration.holder_id, declaration.office()) {
        (Some(holder), _) => {
            // A sealed file stays with the supervisor it was sent to, as long as that is still the supervisor.
            let sent_to = kind.is_sealed() && line.supervisor(declaration.declarant_id) == Some(holder);
            (chosen || sent_to) && routing::may_decide(&line, &case, holder)
        }
        (None, Some(office)) => {
            line.holders(office).into_iter().any(|holder| routing::may_decide(&line, &case, holder))
        }
        (None, None) => false,
    };
    if may_stay {
        return Ok(false);
    }
    case.to = Some(first_office(&kind, &declaration)?);
    let route = routing::route(&line, &case);
    let before = (declaration.holder_id, declaration.holder_office.clone());
    if before == holder_of(&route.decider) {
        return Ok(false);
    }
    let (state, due_on) = (declaration.state(), declaration.due_on);
    let left = declaration.holder_id.is_none_or(|holder| !line.is_active(holder));
    move_to(tx, &mut declaration, &route.decider);
    declaration.route_reason = Some(route.why.to_owned());
    store::bar(tx, declaration.id, &route.barred)?;
    store::save(tx, &mut declaration)?;
    if (state, due_on) != (declaration.state(), declaration.due_on) {
        // Otherwise what is planned still stands: it is sent to whoever has the file on the day.
        super::reminders::plan(tx, &declaration)?;
    }
    let why = if left { "rerouted-holder-left" } else { "rerouted-chart" };
    let event = Event::Rerouted {
        from: before.0,
        to: declaration.holder_id,
        office: declaration.holder_office.clone(),
        why: why.to_owned(),
    };
    journal::record(tx, None, Some(declaration.id), &event)?;
    let declarant = people::store::find(tx, declaration.declarant_id)?;
    mail::sent_back(tx, &kind, &declaration, &declarant)?;
    Ok(true)
}

/// The case as routing sees it. « My supervisor is concerned » was said of the supervisor of that day: it is kept by
/// the people barred then, not asked of the new one.
fn case(tx: &mut Tx<'_>, kind: &Kind, declaration: &Declaration) -> Result<Case> {
    let mut named = filing::named(kind, &declaration.answers()?);
    let kept: Vec<PersonId> =
        barred::table.filter(barred::declaration_id.eq(declaration.id)).select(barred::person_id).load(tx.conn)?;
    named.extend(kept);
    let advisory = kind.routing.advisory;
    Ok(Case { declarant: declaration.declarant_id, named, names_supervisor: false, to: None, advisory, exact: false })
}

/// Where the file belongs first: the line once the ethics officer sent it there, else what its findings and kind say.
fn first_office(kind: &Kind, declaration: &Declaration) -> Result<Office> {
    if kind.is_sealed() {
        // The declarant chose who reads it: when that person cannot any more, no other supervisor does.
        return Ok(Office::EthicsOfficer);
    }
    let given_back = matches!(declaration.route_reason.as_deref(), Some("route-sent-back" | "route-reassigned"));
    let disputed = filing::supervisor_disputed(&declaration.answers()?);
    if !given_back && (disputed || declaration.findings()?.iter().any(|finding| finding.refer)) {
        return Ok(Office::EthicsOfficer);
    }
    Ok(if given_back { Office::Supervisor } else { kind.routing.first })
}

fn holder_of(decider: &Decider) -> (Option<PersonId>, Option<String>) {
    match decider {
        Decider::Person(person) => (Some(*person), None),
        Decider::Office(office) => (None, Some(office.as_str().to_owned())),
        Decider::Outside => (None, None),
    }
}

/// Changes hands and, between the line and the ethics office, state. An open question stays open; its answer goes to
/// the new holder.
fn move_to(tx: &Tx<'_>, declaration: &mut Declaration, to: &Decider) {
    let to_ethics = *to == Decider::Office(Office::EthicsOfficer);
    let state = declaration.state();
    let command = match (state, to_ethics) {
        (State::Submitted | State::UnderReview, true) => Some(Command::Refer),
        (State::WithEthics, false) => Some(Command::SendBack),
        _ => None,
    };
    if let Some(after) = command.and_then(|command| next(state, command)) {
        declaration.set_state(after);
    }
    if state == State::InfoRequested {
        let back_to = if to_ethics { State::WithEthics } else { State::UnderReview };
        declaration.resume_state = Some(back_to.as_str().to_owned());
    }
    (declaration.holder_id, declaration.holder_office) = holder_of(to);
    declaration.held_since = Some(tx.now());
    if *to == Decider::Outside {
        declaration.due_on = None;
    }
}

/// A person, and who supervises them from now on.
pub type Supervision = (PersonId, Option<PersonId>);

/// Open files of people whose supervisor changed: the new one may see them, the former one may not. Closed files keep
/// the supervisor of their day.
pub fn follow_supervisors(tx: &mut Tx<'_>, changed: &[Supervision]) -> Result<()> {
    let open: Vec<&str> = State::ALL
        .into_iter()
        .filter(|state| state.is_pending() || matches!(state, State::Decided | State::Monitoring))
        .map(State::as_str)
        .collect();
    for (person, supervisor) in changed {
        // A new version number: whoever is saving what they read before must read again.
        diesel::update(
            declarations::table
                .filter(declarations::declarant_id.eq(person))
                .filter(declarations::state.eq_any(&open))
                .filter(declarations::class.ne("C3")),
        )
        .set((declarations::supervisor_id.eq(supervisor), declarations::version.eq(declarations::version + 1)))
        .execute(tx.conn)?;
    }
    Ok(())
}

/// Who supervises whom after the change, and where it differs from before.
pub struct Changes<'c> {
    pub above: &'c HashMap<PersonId, PersonId>,
    /// People whose supervisor changed, who left or who came back.
    pub touched: &'c HashSet<PersonId>,
    /// An office lost a holder.
    pub offices: bool,
}

/// Reroutes the pending files that a change of chart can concern; returns how many moved.
pub fn reroute_after(tx: &mut Tx<'_>, changes: &Changes<'_>) -> Result<usize> {
    type Held = (i64, PersonId, Option<PersonId>);
    let pending: Vec<&str> = State::ALL.into_iter().filter(|state| state.is_pending()).map(State::as_str).collect();
    let held: Vec<Held> = declarations::table
        .filter(declarations::state.eq_any(pending))
        .order(declarations::id.asc())
        .select((declarations::id, declarations::declarant_id, declarations::holder_id))
        .load(tx.conn)?;
    let mut moved = 0;
    for (id, declarant, holder) in held {
        let concerned = match holder {
            None => changes.offices,
            Some(holder) => changes.meets(declarant) || changes.meets(holder),
        };
        if concerned && reroute(tx, id)? {
            moved += 1;
        }
    }
    Ok(moved)
}

/// Days pass without anybody importing a directory: sends on the files of people whose last day is over, and those of
/// an office that nobody holds any more. Returns how many moved.
pub fn follow_the_calendar(tx: &mut Tx<'_>) -> Result<usize> {
    let gone: Vec<PersonId> =
        persons::table.filter(persons::active_until.lt(tx.today())).select(persons::id).load(tx.conn)?;
    let mut left_behind: Vec<i64> = declarations::table
        .filter(declarations::holder_id.eq_any(gone))
        .order(declarations::id.asc())
        .select(declarations::id)
        .load(tx.conn)?;
    for office in Office::ALL {
        let Some(role) = Role::of_office(office) else { continue };
        if roles::holders(tx, role)?.is_empty() {
            left_behind.extend(
                declarations::table
                    .filter(declarations::holder_office.eq(office.as_str()))
                    .order(declarations::id.asc())
                    .select(declarations::id)
                    .load::<i64>(tx.conn)?,
            );
        }
    }
    let mut moved = 0;
    for declaration in left_behind {
        moved += usize::from(reroute(tx, declaration)?);
    }
    Ok(moved)
}

impl Changes<'_> {
    /// True when somebody of the line above, the person included, was touched.
    fn meets(&self, person: PersonId) -> bool {
        std::iter::successors(Some(person), |person| self.above.get(person).copied())
            // A chart may go round before the file that puts it right.
            .take(self.above.len() + 1)
            .any(|person| self.touched.contains(&person))
    }
}
