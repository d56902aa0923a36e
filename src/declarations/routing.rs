//! Who decides. One pure function: it never picks somebody with an interest in the file, it always ends, and it says
//! why it chose.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::kind::Office;
use crate::people::PersonId;

/// Somebody is away, and who acts in their place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Absence {
    /// Nobody: what waits for them goes up the line.
    pub delegate: Option<PersonId>,
    /// Who chose the delegate; nobody for what came from the command line.
    pub appointed_by: Option<PersonId>,
}

/// What routing needs to know about the organisation on a day.
pub trait Chart {
    /// The supervisor of a person, when there is one.
    fn supervisor(&self, person: PersonId) -> Option<PersonId>;
    /// In service that day.
    fn is_active(&self, person: PersonId) -> bool;
    /// Set when the person is away that day for files of this kind.
    fn absence(&self, person: PersonId) -> Option<Absence>;
    /// Who holds an office that day, in order of preference.
    fn holders(&self, office: Office) -> Vec<PersonId>;
}

/// The file to route.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub declarant: PersonId,
    /// Members of staff named in it.
    pub named: Vec<PersonId>,
    /// The declarant says that the immediate supervisor is concerned.
    pub names_supervisor: bool,
    /// The declarant says that the ethics officer is concerned: by position, whoever holds the office.
    pub names_ethics: bool,
    /// Where it should go first.
    pub to: Option<Office>,
    /// Nothing is decided about anybody: who answers may report to who asks, and to people named.
    pub advisory: bool,
    /// To the immediate supervisor alone, never to the next one up: the declarant chose who reads it.
    pub exact: bool,
    /// People who had it and did nothing: it goes above them. They have no interest in it.
    pub passed: Vec<PersonId>,
}

/// Where a file goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    Person(PersonId),
    /// The office's queue; every holder who may see the file.
    Office(Office),
    /// Nobody here may decide: recorded, decided outside (Secrétariat général du Conseil exécutif for a deputy
    /// minister, F-3.1.1, r. 3, s. 5).
    Outside,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub decider: Decider,
    /// In whose place the decider acts: « par X, pour Y ».
    pub acting_for: Option<PersonId>,
    /// Fluent key of the sentence that says why.
    pub why: &'static str,
    /// People who must not see the file although their place would let them.
    pub barred: Vec<PersonId>,
}

/// A chart looked at for one file: who has an interest in it, who may decide it.
struct Weighing<'c> {
    chart: &'c dyn Chart,
    interested: HashSet<PersonId>,
    passed: &'c [PersonId],
    advisory: bool,
}

impl<'c> Weighing<'c> {
    fn of(chart: &'c dyn Chart, case: &'c Case) -> Self {
        let mut interested: HashSet<PersonId> = case.named.iter().copied().collect();
        interested.insert(case.declarant);
        if case.names_supervisor {
            interested.extend(chart.supervisor(case.declarant));
        }
        if case.names_ethics {
            interested.extend(chart.holders(Office::EthicsOfficer));
        }
        Self { chart, interested, passed: &case.passed, advisory: case.advisory }
    }

    /// Neither concerned, nor under somebody who is, when something is decided about them.
    fn is_impartial(&self, person: PersonId) -> bool {
        !self.interested.contains(&person) && (self.advisory || !is_under(self.chart, person, &self.interested))
    }

    /// Would decide, if they were there.
    fn has_the_place(&self, person: PersonId) -> bool {
        self.chart.is_active(person) && self.is_impartial(person)
    }

    fn may_decide(&self, person: PersonId) -> bool {
        self.has_the_place(person) && self.chart.absence(person).is_none() && !self.passed.contains(&person)
    }

    /// Who acts at somebody's place: themselves, or their delegate. A delegate chosen by somebody with an interest in
    /// the file is not used, nor is one who has an interest, nor one who acts for somebody who has.
    fn at_the_place_of(&self, person: PersonId) -> Option<Seat> {
        if self.may_decide(person) {
            return Some(Seat { decider: person, acting_for: None });
        }
        if !self.has_the_place(person) {
            return None;
        }
        let absence = self.chart.absence(person)?;
        let chosen_by_interested = absence.appointed_by.is_some_and(|by| self.interested.contains(&by));
        let delegate = absence.delegate.filter(|delegate| !chosen_by_interested && self.may_decide(*delegate))?;
        Some(Seat { decider: delegate, acting_for: Some(person) })
    }

    /// People whose place would show them the file, and who must not see it.
    fn barred(&self, declarant: PersonId) -> Vec<PersonId> {
        let officers = self.chart.holders(Office::EthicsOfficer);
        // An ethics officer who reports to a concerned colleague of the office would read, and could reassign, the file.
        let concerned: HashSet<PersonId> = officers.iter().copied().filter(|p| self.interested.contains(p)).collect();
        let mut people: Vec<PersonId> = self.interested.iter().copied().collect();
        people.extend(officers.into_iter().filter(|p| is_under(self.chart, *p, &concerned)));
        people.retain(|p| *p != declarant);
        people.sort_unstable();
        people.dedup();
        people
    }

    /// The same, and the holders of an office who may not decide: its queue is shared, and they must not see the file
    /// in it either.
    fn barred_from_the_queue(&self, holders: &[PersonId], declarant: PersonId) -> Vec<PersonId> {
        let mut people = self.barred(declarant);
        people.extend(holders.iter().copied().filter(|p| *p != declarant && !self.is_impartial(*p)));
        people.sort_unstable();
        people.dedup();
        people
    }
}

/// Who decides at a place of the chart.
struct Seat {
    decider: PersonId,
    acting_for: Option<PersonId>,
}

/// May this person decide the file? There, not concerned, and not under somebody who is.
pub fn may_decide(chart: &dyn Chart, case: &Case, person: PersonId) -> bool {
    Weighing::of(chart, case).may_decide(person)
}

/// Who must not see the file although their place would let them; with the office whose queue has it, those of its holders
/// too who may not decide it.
pub fn kept_out(chart: &dyn Chart, case: &Case, queue: Option<Office>) -> Vec<PersonId> {
    let weighing = Weighing::of(chart, case);
    match queue {
        Some(office) => weighing.barred_from_the_queue(&chart.holders(office), case.declarant),
        None => weighing.barred(case.declarant),
    }
}

/// Everybody above a person, the nearest first.
pub fn above(chart: &dyn Chart, person: PersonId) -> Vec<PersonId> {
    let mut line = Vec::new();
    let mut next = chart.supervisor(person);
    while let Some(above) = next.filter(|above| *above != person && !line.contains(above)) {
        line.push(above);
        next = chart.supervisor(above);
    }
    line
}

/// Who acts for a holder who is away: their delegate, when the delegate may decide the file.
pub fn stand_in(chart: &dyn Chart, case: &Case, holder: PersonId) -> Option<Route> {
    let weighing = Weighing::of(chart, case);
    let seat = weighing.at_the_place_of(holder).filter(|seat| seat.acting_for.is_some())?;
    Some(Route {
        decider: Decider::Person(seat.decider),
        acting_for: seat.acting_for,
        why: "route-delegate",
        barred: weighing.barred(case.declarant),
    })
}

/// Chooses the decider.
pub fn route(chart: &dyn Chart, case: &Case) -> Route {
    let weighing = Weighing::of(chart, case);
    let barred = weighing.barred(case.declarant);
    let decided = |decider, why| Route { decider, acting_for: None, why, barred: barred.clone() };
    let seated = |seat: Seat, why| Route {
        decider: Decider::Person(seat.decider),
        acting_for: seat.acting_for,
        why: if seat.acting_for.is_some() { "route-delegate" } else { why },
        barred: barred.clone(),
    };
    let at_office = |office| chart.holders(office).into_iter().find_map(|person| weighing.at_the_place_of(person));

    let declarant_is = |office| chart.holders(office).contains(&case.declarant);
    if declarant_is(Office::DeputyMinister) && !case.advisory {
        return decided(Decider::Outside, "route-deputy-minister");
    }
    let officers = chart.holders(Office::EthicsOfficer);
    if declarant_is(Office::EthicsOfficer) {
        // Whoever replaces her for a time, when a rule refers her file; never a colleague of the office who reports to
        // her, never herself.
        let replaces =
            |officer: &PersonId| weighing.may_decide(*officer) && !is_under(chart, *officer, &weighing.interested);
        if case.to == Some(Office::EthicsOfficer) && officers.iter().any(replaces) {
            let barred = weighing.barred_from_the_queue(&officers, case.declarant);
            let decider = Decider::Office(Office::EthicsOfficer);
            return Route { decider, acting_for: None, why: "route-acting", barred };
        }
        let above = at_office(Office::SecretaryGeneral).or_else(|| at_office(Office::DeputyMinister));
        return match above {
            Some(seat) => seated(seat, "route-ethics-officer"),
            None => decided(Decider::Outside, "route-nobody"),
        };
    }

    let immediate = chart.supervisor(case.declarant);
    if case.to.unwrap_or(Office::Supervisor) == Office::Supervisor {
        // Whoever the declarant chose, and nobody in their place.
        let chosen = immediate.filter(|person| case.exact && weighing.may_decide(*person));
        if let Some(person) = chosen {
            return decided(Decider::Person(person), "route-supervisor");
        }
        if !case.exact
            && let Some(found) = up_the_line(&weighing, case, immediate)
        {
            return Route { barred, ..found };
        }
    }
    if let Some(office @ Office::SecretaryGeneral) = case.to {
        let holders = chart.holders(office);
        if holders.iter().any(|holder| weighing.may_decide(*holder)) {
            let barred = weighing.barred_from_the_queue(&holders, case.declarant);
            return Route { decider: Decider::Office(office), acting_for: None, why: "route-direct", barred };
        }
        return match at_office(Office::DeputyMinister) {
            Some(seat) => seated(seat, "route-next-level"),
            None => decided(Decider::Outside, "route-nobody"),
        };
    }
    let why = match case.to {
        Some(Office::EthicsOfficer) => "route-referred",
        _ if immediate.is_none() => "route-no-supervisor",
        // The person chosen is away or concerned: nobody that the declarant did not choose is put in their place.
        _ if case.exact => "route-chosen-away",
        _ => "route-nobody-above",
    };
    if officers.iter().any(|officer| weighing.may_decide(*officer)) {
        let barred = weighing.barred_from_the_queue(&officers, case.declarant);
        return Route { decider: Decider::Office(Office::EthicsOfficer), acting_for: None, why, barred };
    }
    match at_office(Office::SecretaryGeneral).or_else(|| at_office(Office::DeputyMinister)) {
        Some(seat) => seated(seat, "route-no-ethics-officer"),
        None => decided(Decider::Outside, "route-nobody"),
    }
}

/// The first person of the line who may decide, or whose delegate may. Whoever was only away, or did nothing, is the
/// one in whose place the next level acts.
fn up_the_line(weighing: &Weighing<'_>, case: &Case, immediate: Option<PersonId>) -> Option<Route> {
    let mut seen: HashSet<PersonId> = HashSet::from([case.declarant]);
    let mut in_place_of = None;
    let mut next = immediate;
    while let Some(person) = next {
        if !seen.insert(person) {
            return None;
        }
        if let Some(seat) = weighing.at_the_place_of(person) {
            let why = match () {
                () if seat.acting_for.is_some() => "route-delegate",
                () if Some(person) == immediate => "route-supervisor",
                () if in_place_of.is_some_and(|person| case.passed.contains(&person)) => "route-no-action",
                () if in_place_of.is_some() => "route-absent",
                () => "route-next-level",
            };
            let acting_for = in_place_of.or(seat.acting_for);
            return Some(Route { decider: Decider::Person(seat.decider), acting_for, why, barred: Vec::new() });
        }
        if weighing.has_the_place(person) {
            in_place_of = in_place_of.or(Some(person));
        }
        next = weighing.chart.supervisor(person);
    }
    None
}

/// Who directs a real or contested conflict: the deputy minister or their delegate, whom the regulation asks for a
/// direction (F-3.1.1, r. 3, s. 5). `passed` holds whoever decided what is contested. When no deputy minister may, the
/// direction comes from outside.
pub fn direction(chart: &dyn Chart, case: &Case) -> Route {
    let weighing = Weighing::of(chart, case);
    let barred = weighing.barred(case.declarant);
    let deputies = chart.holders(Office::DeputyMinister);
    if deputies.iter().copied().any(|deputy| weighing.may_decide(deputy)) {
        let barred = weighing.barred_from_the_queue(&deputies, case.declarant);
        let decider = Decider::Office(Office::DeputyMinister);
        return Route { decider, acting_for: None, why: "route-direction", barred };
    }
    match deputies.into_iter().find_map(|deputy| weighing.at_the_place_of(deputy)) {
        Some(seat) => Route {
            decider: Decider::Person(seat.decider),
            acting_for: seat.acting_for,
            why: "route-direction-delegate",
            barred,
        },
        None => Route { decider: Decider::Outside, acting_for: None, why: "route-direction-outside", barred },
    }
}

/// True when one of `interested` is somewhere above `person`: a subordinate does not decide for their superior.
fn is_under(chart: &dyn Chart, person: PersonId, interested: &HashSet<PersonId>) -> bool {
    let mut seen = HashSet::from([person]);
    let mut next = chart.supervisor(person);
    while let Some(above) = next {
        if interested.contains(&above) {
            return true;
        }
        if !seen.insert(above) {
            return false;
        }
        next = chart.supervisor(above);
    }
    false
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, Default)]
    struct Paper {
        above: HashMap<PersonId, PersonId>,
        away: HashSet<PersonId>,
        offices: HashMap<Office, Vec<PersonId>>,
        absent: HashMap<PersonId, Absence>,
    }

    impl Chart for Paper {
        fn supervisor(&self, person: PersonId) -> Option<PersonId> {
            self.above.get(&person).copied()
        }
        fn is_active(&self, person: PersonId) -> bool {
            !self.away.contains(&person)
        }
        fn absence(&self, person: PersonId) -> Option<Absence> {
            self.absent.get(&person).copied()
        }
        fn holders(&self, office: Office) -> Vec<PersonId> {
            self.offices.get(&office).cloned().unwrap_or_default()
        }
    }

    fn line(people: &[PersonId]) -> Paper {
        let above = people.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let offices = HashMap::from([
            (Office::EthicsOfficer, vec![90]),
            (Office::SecretaryGeneral, vec![91]),
            (Office::DeputyMinister, vec![92]),
        ]);
        Paper { above, offices, ..Paper::default() }
    }

    fn case(declarant: PersonId) -> Case {
        Case { declarant, ..Case::default() }
    }

    #[test]
    fn the_immediate_supervisor_decides() {
        assert_eq!(route(&line(&[1, 2, 3]), &case(1)).decider, Decider::Person(2));
    }

    #[test]
    fn a_supervisor_named_in_the_file_is_passed_over_and_barred() {
        let found = route(&line(&[1, 2, 3]), &Case { names_supervisor: true, ..case(1) });
        assert_eq!((found.decider, found.barred), (Decider::Person(3), vec![2]));
        let found = route(&line(&[1, 2, 3]), &Case { named: vec![2], ..case(1) });
        assert_eq!(found.decider, Decider::Person(3));
    }

    #[test]
    fn an_absent_supervisor_is_passed_over() {
        let mut chart = line(&[1, 2, 3]);
        chart.away.insert(2);
        assert_eq!(route(&chart, &case(1)).decider, Decider::Person(3));
    }

    #[test]
    fn without_a_supervisor_the_ethics_officer_has_it() {
        assert_eq!(route(&line(&[1]), &case(1)).decider, Decider::Office(Office::EthicsOfficer));
    }

    #[test]
    fn a_cycle_ends_with_the_ethics_officer() {
        let mut chart = line(&[1, 2]);
        chart.above.insert(2, 1);
        assert_eq!(route(&chart, &case(1)).decider, Decider::Office(Office::EthicsOfficer));
    }

    #[test]
    fn the_ethics_officers_own_file_goes_to_the_secretary_general() {
        assert_eq!(route(&line(&[90, 91, 92]), &case(90)).decider, Decider::Person(91));
    }

    #[test]
    fn the_deputy_ministers_own_file_is_decided_outside() {
        assert_eq!(route(&line(&[92]), &case(92)).decider, Decider::Outside);
    }

    #[test]
    fn an_ethics_officer_named_in_the_file_does_not_get_it() {
        let found = route(&line(&[1]), &Case { named: vec![90], ..case(1) });
        assert_eq!((found.decider, found.barred), (Decider::Person(91), vec![90]));
    }

    #[test]
    fn an_ethics_officer_named_by_position_is_named_with_everybody_of_the_office() {
        let mut chart = line(&[1, 2]);
        chart.offices.insert(Office::EthicsOfficer, vec![90, 95]);
        let case = Case { names_ethics: true, exact: true, to: Some(Office::EthicsOfficer), ..case(1) };
        let found = route(&chart, &case);
        assert_eq!((found.decider, found.barred), (Decider::Person(91), vec![90, 95]));
        let found = route(&chart, &Case { to: Some(Office::Supervisor), ..case });
        assert_eq!((found.decider, found.barred), (Decider::Person(2), vec![90, 95]));
    }

    #[test]
    fn an_opinion_may_come_from_somebody_who_reports_to_who_asks() {
        let mut chart = line(&[90, 91, 92]);
        chart.offices.insert(Office::EthicsOfficer, vec![90]);
        for asks in [91, 92] {
            let case = Case { to: Some(Office::EthicsOfficer), advisory: true, ..case(asks) };
            assert_eq!(route(&chart, &case).decider, Decider::Office(Office::EthicsOfficer));
            let decision = Case { advisory: false, ..case };
            assert_ne!(route(&chart, &decision).decider, Decider::Office(Office::EthicsOfficer));
        }
        let own = Case { to: Some(Office::EthicsOfficer), advisory: true, ..case(90) };
        assert_eq!(route(&chart, &own).decider, Decider::Person(91), "never herself");
    }

    #[test]
    fn a_supervisor_chosen_by_the_declarant_is_never_replaced_by_the_next_one_up() {
        let chosen = Case { to: Some(Office::Supervisor), exact: true, ..case(1) };
        assert_eq!(route(&line(&[1, 2, 3]), &chosen).decider, Decider::Person(2));
        let named = Case { named: vec![2], ..chosen };
        assert_eq!(route(&line(&[1, 2, 3]), &named).decider, Decider::Office(Office::EthicsOfficer));
    }

    #[test]
    fn a_supervisor_chosen_by_the_declarant_and_away_is_replaced_by_nobody_they_named() {
        let chosen = Case { to: Some(Office::Supervisor), exact: true, ..case(1) };
        let mut chart = line(&[1, 2, 3]);
        absent(&mut chart, 2, Some(7), 2);
        let found = route(&chart, &chosen);
        assert_eq!((found.decider, found.why), (Decider::Office(Office::EthicsOfficer), "route-chosen-away"));
        let not_chosen = Case { exact: false, ..chosen };
        assert_eq!(route(&chart, &not_chosen).decider, Decider::Person(7), "the twin");
    }

    #[test]
    fn a_notice_goes_to_the_secretary_general_unless_she_is_named() {
        let notice = Case { to: Some(Office::SecretaryGeneral), ..case(1) };
        assert_eq!(route(&line(&[1, 91, 92]), &notice).decider, Decider::Office(Office::SecretaryGeneral));
        let about_her = Case { named: vec![91], ..notice };
        assert_eq!(route(&line(&[1, 91, 92]), &about_her).decider, Decider::Person(92));
    }

    fn absent(chart: &mut Paper, person: PersonId, delegate: Option<PersonId>, appointed_by: PersonId) {
        chart.absent.insert(person, Absence { delegate, appointed_by: Some(appointed_by) });
    }

    #[test]
    fn the_delegate_of_an_absent_supervisor_decides_in_their_place() {
        let mut chart = line(&[1, 2, 3]);
        absent(&mut chart, 2, Some(7), 2);
        let found = route(&chart, &case(1));
        assert_eq!((found.decider, found.acting_for, found.why), (Decider::Person(7), Some(2), "route-delegate"));
    }

    #[test]
    fn a_delegate_with_an_interest_is_not_used_and_the_next_level_acts_in_place_of_the_absent_one() {
        for delegate in [1, 8] {
            let mut chart = line(&[1, 2, 3]);
            absent(&mut chart, 2, Some(delegate), 2);
            let found = route(&chart, &Case { named: vec![8], ..case(1) });
            assert_eq!((found.decider, found.acting_for), (Decider::Person(3), Some(2)), "{delegate}");
        }
        // Nor one who reports to somebody interested.
        let mut chart = line(&[1, 2, 3]);
        chart.above.insert(7, 8);
        absent(&mut chart, 2, Some(7), 2);
        assert_eq!(route(&chart, &Case { named: vec![8], ..case(1) }).decider, Decider::Person(3));
    }

    #[test]
    fn a_delegate_chosen_by_somebody_with_an_interest_is_skipped() {
        let mut chart = line(&[1, 2, 3]);
        // The declarant administers the service, and set the absence of their own supervisor.
        absent(&mut chart, 2, Some(7), 1);
        let found = route(&chart, &case(1));
        assert_eq!((found.decider, found.acting_for, found.why), (Decider::Person(3), Some(2), "route-absent"));
        // Somebody named in the file did.
        absent(&mut chart, 2, Some(7), 8);
        assert_eq!(route(&chart, &Case { named: vec![8], ..case(1) }).decider, Decider::Person(3));
        // The twin: chosen by anybody else, the delegate is used.
        absent(&mut chart, 2, Some(7), 9);
        assert_eq!(route(&chart, &Case { named: vec![8], ..case(1) }).decider, Decider::Person(7));
    }

    #[test]
    fn the_delegate_of_somebody_concerned_does_not_decide_in_their_place() {
        let mut chart = line(&[1, 2, 3]);
        absent(&mut chart, 2, Some(7), 9);
        let found = route(&chart, &Case { names_supervisor: true, ..case(1) });
        assert_eq!((found.decider, found.acting_for), (Decider::Person(3), None));
    }

    #[test]
    fn a_delegate_who_is_away_too_is_not_followed_further() {
        let mut chart = line(&[1, 2, 3]);
        absent(&mut chart, 2, Some(7), 2);
        absent(&mut chart, 7, Some(2), 7);
        assert_eq!(route(&chart, &case(1)).decider, Decider::Person(3));
    }

    #[test]
    fn somebody_who_did_nothing_is_passed_over_without_being_barred() {
        let found = route(&line(&[1, 2, 3]), &Case { passed: vec![2], ..case(1) });
        assert_eq!((found.decider, found.acting_for, found.why), (Decider::Person(3), Some(2), "route-no-action"));
        assert!(found.barred.is_empty());
    }

    #[test]
    fn an_ethics_officer_who_is_away_leaves_the_file_to_whoever_acts_without_being_barred() {
        let mut chart = line(&[1]);
        absent(&mut chart, 90, None, 90);
        let found = route(&chart, &case(1));
        assert_eq!((found.decider, found.barred), (Decider::Person(91), vec![]));
        chart.offices.insert(Office::EthicsOfficer, vec![90, 95]);
        let found = route(&chart, &case(1));
        assert_eq!((found.decider, found.barred), (Decider::Office(Office::EthicsOfficer), vec![]));
    }

    #[test]
    fn the_deputy_minister_directs_or_their_delegate_or_somebody_outside() {
        let mut chart = line(&[1, 2, 3]);
        assert_eq!(direction(&chart, &case(1)).decider, Decider::Office(Office::DeputyMinister));
        assert_eq!(direction(&chart, &case(92)).decider, Decider::Outside);
        assert_eq!(direction(&chart, &Case { named: vec![92], ..case(1) }).decider, Decider::Outside);
        // What the deputy minister decided is not contested before the deputy minister.
        assert_eq!(direction(&chart, &Case { passed: vec![92], ..case(1) }).decider, Decider::Outside);
        absent(&mut chart, 92, Some(93), 92);
        let found = direction(&chart, &case(1));
        assert_eq!((found.decider, found.acting_for), (Decider::Person(93), Some(92)));
        absent(&mut chart, 92, Some(93), 1);
        assert_eq!(direction(&chart, &case(1)).decider, Decider::Outside);
    }

    fn charts() -> impl Strategy<Value = (Paper, Case)> {
        let people = 0_i64..12;
        let absence = (prop::option::of(people.clone()), prop::option::of(people.clone()))
            .prop_map(|(delegate, appointed_by)| Absence { delegate, appointed_by });
        (
            prop::collection::hash_map(people.clone(), people.clone(), 0..14),
            (
                prop::collection::hash_set(people.clone(), 0..5),
                prop::collection::hash_map(people.clone(), absence, 0..6),
            ),
            prop::collection::vec(people.clone(), 0..3),
            prop::collection::vec(people.clone(), 0..3),
            prop::collection::vec(people.clone(), 0..2),
            people.clone(),
            (prop::collection::vec(people.clone(), 0..4), prop::collection::vec(people, 0..3)),
            any::<bool>(),
            prop::option::of(prop::sample::select(vec![Office::Supervisor, Office::EthicsOfficer])),
        )
            .prop_map(
                |(above, (away, absent), ethics, general, deputy, declarant, (named, passed), names_supervisor, to)| {
                    let offices = HashMap::from([
                        (Office::EthicsOfficer, ethics),
                        (Office::SecretaryGeneral, general),
                        (Office::DeputyMinister, deputy),
                    ]);
                    (
                        Paper { above, away, offices, absent },
                        Case { declarant, named, names_supervisor, to, passed, ..Case::default() },
                    )
                },
            )
    }

    /// What must hold of any route, said again without the functions above.
    fn check(chart: &Paper, case: &Case, found: &Route) -> Result<(), TestCaseError> {
        let mut interested: HashSet<PersonId> = case.named.iter().copied().collect();
        interested.insert(case.declarant);
        if case.names_supervisor {
            interested.extend(chart.above.get(&case.declarant));
        }
        let impartial = |p: PersonId| !interested.contains(&p) && !is_under(chart, p, &interested);
        let there = |p: PersonId| !chart.away.contains(&p) && !chart.absent.contains_key(&p);
        let eligible = |p: PersonId| impartial(p) && there(p) && !case.passed.contains(&p);
        match found.decider {
            Decider::Person(person) => prop_assert!(eligible(person)),
            Decider::Office(office) => prop_assert!(chart.holders(office).into_iter().any(eligible)),
            Decider::Outside => {}
        }
        if let Some(absent) = found.acting_for {
            // Nobody acts for somebody interested, nor for somebody who is there and did what they had to.
            prop_assert!(impartial(absent) && !chart.away.contains(&absent));
            prop_assert!(chart.absent.contains_key(&absent) || case.passed.contains(&absent));
        }
        if ["route-delegate", "route-direction-delegate"].contains(&found.why) {
            // The delegate was chosen by nobody with an interest.
            let Decider::Person(delegate) = found.decider else { return Err(TestCaseError::fail("a delegate")) };
            let named_by_nobody_interested = chart.absent.values().any(|absence| {
                absence.delegate == Some(delegate) && absence.appointed_by.is_none_or(|by| !interested.contains(&by))
            });
            prop_assert!(named_by_nobody_interested);
        }
        // Nobody is barred for having been away or slow.
        for person in &found.barred {
            prop_assert!(!impartial(*person), "{person}");
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        /// Z09: cycles, vacancies, self-managers, people away, delegates chosen by anybody. The person picked is never
        /// interested.
        #[test]
        fn nobody_interested_is_ever_picked((chart, case) in charts()) {
            check(&chart, &case, &route(&chart, &case))?;
            check(&chart, &case, &direction(&chart, &case))?;
            for person in 0..12 {
                if let Some(found) = stand_in(&chart, &case, person) {
                    check(&chart, &case, &found)?;
                }
            }
        }
    }
}
