//! The chart changes while files are open: they follow it (trust.md Z12, `domain.md` « Supervisor change: open cases
//! move, history stays »).
//!
//! Access is computed when somebody reads, so moving the file is all it takes for the former supervisor to lose it.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::acknowledging;
use super::direction;
use super::filing;
use super::handing::{hand_over, holder_of};
use super::kind::{Kind, Office};
use super::mail;
use super::offices;
use super::routing::{self, Case, Chart, Decider, Route};
use super::store::{self, Declaration};
use super::workflow::{Command, State, next};
use crate::access::Role;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::{Job, alone};
use crate::db::schema::{barred, declarations, persons};
use crate::error::Result;
use crate::journal::{self, Event};
use crate::people::chart::Line;
use crate::people::{PersonId, absences, left, roles};

/// Routes that somebody chose, or that an office gave: the holder keeps the file as long as they may decide it.
const CHOSEN: [&str; 5] = [
    "route-reassigned",
    "route-no-ethics-officer",
    "route-ethics-officer",
    "route-no-action",
    "route-direction-delegate",
];

/// Sends a pending file to whoever decides from now on, when that is somebody else. Its due date stays: a change of
/// chart gives nobody more time. Returns whether it moved.
///
/// A file at an office stays there as long as one of its holders may decide it.
pub fn reroute(tx: &mut Tx<'_>, declaration: i64) -> Result<bool> {
    let declaration = store::find_unguarded(tx, declaration)?;
    if !declaration.state().is_pending() || declaration.is_outside() {
        return Ok(false);
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let mut case = case(tx, &kind, &declaration)?;
    let awaits_direction = direction::is_awaited(&declaration);
    if awaits_direction {
        case.passed = direction::passed(&declaration);
    }
    let people: Vec<PersonId> =
        [declaration.declarant_id].into_iter().chain(case.named.iter().copied()).chain(declaration.holder_id).collect();
    let line = Line::read(tx, &people, &kind.id)?;
    let chosen = declaration.route_reason.as_deref().is_some_and(|why| CHOSEN.contains(&why));
    let stays = match (declaration.holder_id, declaration.office()) {
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
    if stays {
        return Ok(false);
    }
    let stand_in = declaration.holder_id.filter(|_| chosen).and_then(|who| routing::stand_in(&line, &case, who));
    let route = match stand_in {
        Some(route) => route,
        None if awaits_direction => direction::route(tx, &kind, &declaration, case.passed.clone())?,
        None => {
            case.to = Some(first_office(&kind, &declaration)?);
            routing::route(&line, &case)
        }
    };
    let why = match declaration.holder_id {
        Some(holder) if !line.is_active(holder) => "rerouted-holder-left",
        Some(holder) if line.absence(holder).is_some() => "rerouted-holder-away",
        _ if declaration.held_for_id.is_some() && declaration.held_for_id == person_of(&route.decider) => {
            "rerouted-back"
        }
        None if declaration.office().is_some() => "rerouted-office",
        _ => "rerouted-chart",
    };
    move_to(tx, declaration, &route, why)
}

/// The person who has a file did nothing for too long: it goes above them. Returns how many letters were written.
pub fn climb(tx: &mut Tx<'_>, declaration: i64) -> Result<usize> {
    let declaration = store::find_unguarded(tx, declaration)?;
    let Some(holder) = declaration.holder_id.filter(|_| !direction::is_awaited(&declaration)) else { return Ok(0) };
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let mut case = case(tx, &kind, &declaration)?;
    let people: Vec<PersonId> =
        [declaration.declarant_id, holder].into_iter().chain(case.named.iter().copied()).collect();
    let line = Line::read(tx, &people, &kind.id)?;
    case.passed = below(&line, declaration.declarant_id, holder);
    case.to = Some(if kind.is_sealed() { Office::EthicsOfficer } else { Office::Supervisor });
    let route = routing::route(&line, &case);
    // A sealed file has the reader that its author chose, or the ethics officer: nobody above reads it.
    if kind.is_sealed() && route.decider != Decider::Office(Office::EthicsOfficer) {
        return Ok(0);
    }
    let id = declaration.id;
    if !move_to(tx, declaration, &route, "rerouted-no-action")? {
        return Ok(0);
    }
    let moved = store::find_unguarded(tx, id)?;
    mail::passed_on(tx, &moved, holder)?;
    Ok(2)
}

/// Everybody of the line from the declarant's supervisor to the holder; the holder alone when elsewhere.
fn below(line: &Line, declarant: PersonId, holder: PersonId) -> Vec<PersonId> {
    let mut passed: Vec<PersonId> = Vec::new();
    let mut next = line.supervisor(declarant);
    while let Some(person) = next.filter(|person| !passed.contains(person)) {
        passed.push(person);
        if person == holder {
            return passed;
        }
        next = line.supervisor(person);
    }
    vec![holder]
}

fn person_of(decider: &Decider) -> Option<PersonId> {
    match decider {
        Decider::Person(person) => Some(*person),
        Decider::Office(_) | Decider::Outside => None,
    }
}

/// The file as routing sees it. Whoever was ever barred from it stays out.
pub(super) fn case(tx: &mut Tx<'_>, kind: &Kind, declaration: &Declaration) -> Result<Case> {
    let answers = declaration.answers()?;
    let mut named = filing::named(kind, &answers);
    named.extend(store::barred_from(tx, declaration.id)?);
    let advisory = kind.routing.advisory;
    Ok(Case { declarant: declaration.declarant_id, named, advisory, ..Case::default() })
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

/// Gives the file to whoever the route says, unless they have it already; tells them and the journal why.
fn move_to(tx: &mut Tx<'_>, mut declaration: Declaration, route: &Route, why: &'static str) -> Result<bool> {
    let from = declaration.holder_id;
    if (from, declaration.holder_office.clone()) == holder_of(&route.decider) {
        return Ok(false);
    }
    let (state, due_on) = (declaration.state(), declaration.due_on);
    change_hands(tx, &mut declaration, route);
    store::bar(tx, declaration.id, &route.barred)?;
    store::save(tx, &mut declaration)?;
    if (state, due_on) != (declaration.state(), declaration.due_on) || why == "rerouted-no-action" {
        // Otherwise what is planned still stands: it is sent to whoever has the file on the day.
        super::reminders::plan(tx, &declaration)?;
    }
    let event = Event::Rerouted {
        from,
        to: declaration.holder_id,
        office: declaration.holder_office.clone(),
        why: why.to_owned(),
    };
    journal::record(tx, None, Some(declaration.id), &event)?;
    if declaration.is_outside() {
        return mail::outside(tx, &declaration).map(|()| true);
    }
    if why == "rerouted-no-action" {
        return mail::passed_up(tx, &declaration, from).map(|()| true);
    }
    mail::sent_back(tx, &declaration)?;
    Ok(true)
}

/// Changes hands and, between the line and the ethics officer, state. An open question stays open; its answer goes to
/// the new holder.
fn change_hands(tx: &Tx<'_>, declaration: &mut Declaration, to: &Route) {
    let to_ethics = matches!(to.decider, Decider::Office(Office::EthicsOfficer));
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
    hand_over(tx, declaration, to);
    if to.decider == Decider::Outside {
        declaration.due_on = None;
    }
}

/// The absence of somebody begins: the files of theirs that it is about go to whoever acts in their place. Returns how
/// many moved.
pub fn cover(tx: &mut Tx<'_>, person: PersonId) -> Result<usize> {
    let mut waiting: Vec<i64> = declarations::table
        .filter(declarations::holder_id.eq(person))
        .order(declarations::id.asc())
        .select(declarations::id)
        .load(tx.conn)?;
    for role in roles::of(tx, person)? {
        let Some(office) = Office::ALL.into_iter().find(|office| Role::of_office(*office) == Some(role)) else {
            continue;
        };
        waiting.extend(
            declarations::table
                .filter(declarations::holder_office.eq(office.as_str()))
                .order(declarations::id.asc())
                .select(declarations::id)
                .load::<i64>(tx.conn)?,
        );
    }
    let mut moved = 0;
    for declaration in waiting {
        moved += usize::from(reroute(tx, declaration)?);
    }
    Ok(moved)
}

/// Somebody is back: what nobody worked on in their place comes back to them, begun by themselves or not; what a stand-in
/// began, the stand-in finishes. Returns how many came back.
pub fn give_back(tx: &mut Tx<'_>, person: PersonId) -> Result<usize> {
    type Held = (i64, String, Option<PersonId>, Option<Instant>);
    // They may stand in for somebody themselves: what passed over their head while both were away is theirs again.
    let mut places = vec![person];
    places.extend(absences::covered_by(tx, person)?.into_iter().map(|absence| absence.person_id));
    let held: Vec<Held> = declarations::table
        .filter(declarations::held_for_id.eq_any(places))
        .filter(declarations::route_reason.ne("route-no-action"))
        .order(declarations::id.asc())
        .select((declarations::id, declarations::state, declarations::holder_id, declarations::held_since))
        .load(tx.conn)?;
    let mut moved = 0;
    for (declaration, state, stand_in, since) in held {
        let begun = match (stand_in, since) {
            (Some(stand_in), Some(since)) if state != State::Submitted.as_str() => {
                journal::acted_since(tx, declaration, stand_in, since)?
            }
            _ => false,
        };
        if !begun {
            moved += usize::from(reroute(tx, declaration)?);
        }
    }
    Ok(moved)
}

/// The files among those of a query that somebody may know of. Of what another person has, neither what is sealed nor what
/// they are barred from: a number that no list explains would tell them that it is there.
macro_rules! known_to {
    ($files:expr, $reader:expr, $person:expr) => {
        if $reader == $person {
            $files
        } else {
            $files.filter(declarations::class.ne("C3")).filter(not(exists(
                barred::table.filter(barred::declaration_id.eq(declarations::id)).filter(barred::person_id.eq($reader)),
            )))
        }
    };
}

/// How many files wait for a person's decision, as far as a reader may know.
pub fn waiting_for(tx: &mut Tx<'_>, person: PersonId, reader: PersonId) -> Result<i64> {
    let waiting = declarations::table.filter(declarations::holder_id.eq(person)).into_boxed();
    Ok(known_to!(waiting, reader, person).count().get_result(tx.conn)?)
}

/// How many files change hands when the absence of a person begins: theirs, and those of an office that nobody else
/// holds, as far as a reader may know; of one kind when one is given.
pub fn would_move(tx: &mut Tx<'_>, person: PersonId, kind: Option<&str>, reader: PersonId) -> Result<i64> {
    let mut alone: Vec<&str> = Vec::new();
    for office in Office::ALL {
        let Some(role) = Role::of_office(office) else { continue };
        if roles::holders(tx, role)? == [person] {
            alone.push(office.as_str());
        }
    }
    let mut theirs = declarations::table
        .filter(declarations::holder_id.eq(person).or(declarations::holder_office.eq_any(alone)))
        .into_boxed();
    if let Some(kind) = kind {
        theirs = theirs.filter(declarations::kind.eq(kind));
    }
    Ok(known_to!(theirs, reader, person).count().get_result(tx.conn)?)
}

/// How many files somebody else has in the place of a person; one stand-in when given.
pub fn held_for(tx: &mut Tx<'_>, person: PersonId, stand_in: Option<PersonId>) -> Result<i64> {
    let mut held = declarations::table.filter(declarations::held_for_id.eq(person)).into_boxed();
    if let Some(stand_in) = stand_in {
        held = held.filter(declarations::holder_id.eq(stand_in));
    }
    Ok(held.count().get_result(tx.conn)?)
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
    if !changed.is_empty() {
        journal::take_turn(tx)?;
    }
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
}

/// Reroutes the pending files that a change of chart can concern; returns how many moved.
pub fn reroute_after(tx: &mut Tx<'_>, changes: &Changes<'_>) -> Result<usize> {
    type Held = (i64, PersonId, Option<PersonId>);
    let pending: Vec<&str> = State::ALL.into_iter().filter(|state| state.is_pending()).map(State::as_str).collect();
    let held: Vec<Held> = declarations::table
        .filter(declarations::state.eq_any(pending))
        .filter(declarations::holder_id.is_not_null())
        .order(declarations::id.asc())
        .select((declarations::id, declarations::declarant_id, declarations::holder_id))
        .load(tx.conn)?;
    let mut moved = offices::follow_chart(tx, &|holder| changes.meets(holder))?;
    for (id, declarant, holder) in held {
        let concerned = changes.meets(declarant) || holder.is_some_and(|holder| changes.meets(holder));
        if concerned && reroute(tx, id)? {
            moved += 1;
        }
    }
    Ok(moved)
}

/// Days pass without anybody importing a directory: what people whose last day is over still held ends, and their files are sent
/// on; those of offices that changed hands are looked at again; absences begin and end. Returns how many moved.
pub fn follow_the_calendar(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::Calendar)? {
        return Ok(0);
    }
    left::take_back(tx, None)?;
    let covered = absences::follow(tx)?;
    let gone: Vec<PersonId> =
        persons::table.filter(persons::active_until.lt(tx.today())).select(persons::id).load(tx.conn)?;
    let unread: Vec<i64> = declarations::table
        .filter(declarations::reader_id.eq_any(gone.clone()))
        .order(declarations::id.asc())
        .select(declarations::id)
        .load(tx.conn)?;
    for declaration in unread {
        acknowledging::reader_left(tx, declaration)?;
    }
    let left_behind: Vec<i64> = declarations::table
        .filter(declarations::holder_id.eq_any(gone))
        .order(declarations::id.asc())
        .select(declarations::id)
        .load(tx.conn)?;
    let mut moved = covered + offices::follow(tx)?;
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
