//! Who decides. One pure function: it never picks somebody with an interest in the file, it always ends, and it says
//! why it chose.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::kind::Office;
use crate::people::PersonId;

/// What routing needs to know about the organisation on a day.
pub trait Chart {
    /// The supervisor of a person, when there is one.
    fn supervisor(&self, person: PersonId) -> Option<PersonId>;
    /// Present and able to act that day.
    fn is_active(&self, person: PersonId) -> bool;
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
    /// Where it should go first.
    pub to: Option<Office>,
    /// Nothing is decided about anybody: who answers may report to who asks, and to people named.
    pub advisory: bool,
    /// To the immediate supervisor alone, never to the next one up: the declarant chose who reads it.
    pub exact: bool,
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
    /// Fluent key of the sentence that says why.
    pub why: &'static str,
    /// People who must not see the file although their place would let them.
    pub barred: Vec<PersonId>,
}

/// Everybody with an interest in the file.
fn interested(chart: &dyn Chart, case: &Case) -> HashSet<PersonId> {
    let mut interested: HashSet<PersonId> = case.named.iter().copied().collect();
    interested.insert(case.declarant);
    if case.names_supervisor {
        interested.extend(chart.supervisor(case.declarant));
    }
    interested
}

/// May this person decide the file? Present, not concerned, and not under somebody who is.
pub fn may_decide(chart: &dyn Chart, case: &Case, person: PersonId) -> bool {
    free_to_decide(chart, case, &interested(chart, case), person)
}

fn free_to_decide(chart: &dyn Chart, case: &Case, interested: &HashSet<PersonId>, person: PersonId) -> bool {
    !interested.contains(&person) && chart.is_active(person) && (case.advisory || !is_under(chart, person, interested))
}

/// Chooses the decider.
pub fn route(chart: &dyn Chart, case: &Case) -> Route {
    let interested = interested(chart, case);
    let immediate = chart.supervisor(case.declarant);
    let officers = chart.holders(Office::EthicsOfficer);
    // An ethics officer who reports to a concerned colleague of the office would read, and could reassign, her file.
    let concerned_officers: HashSet<PersonId> = officers.iter().copied().filter(|p| interested.contains(p)).collect();
    let barred: Vec<PersonId> = {
        let mut people: Vec<_> = interested.iter().copied().collect();
        people.extend(officers.iter().copied().filter(|p| is_under(chart, *p, &concerned_officers)));
        people.retain(|p| *p != case.declarant);
        people.sort_unstable();
        people.dedup();
        people
    };
    let decided = |decider, why| Route { decider, why, barred: barred.clone() };

    let declarant_is = |office| chart.holders(office).contains(&case.declarant);
    if declarant_is(Office::DeputyMinister) && !case.advisory {
        return decided(Decider::Outside, "route-deputy-minister");
    }
    let may_decide = |person: PersonId| free_to_decide(chart, case, &interested, person);
    if declarant_is(Office::EthicsOfficer) {
        // Never a colleague of the same office who reports to her, never herself.
        if let Some(person) = chart.holders(Office::SecretaryGeneral).into_iter().find(|p| may_decide(*p)) {
            return decided(Decider::Person(person), "route-ethics-officer");
        }
        if let Some(person) = chart.holders(Office::DeputyMinister).into_iter().find(|p| may_decide(*p)) {
            return decided(Decider::Person(person), "route-ethics-officer");
        }
        return decided(Decider::Outside, "route-nobody");
    }

    if case.to.unwrap_or(Office::Supervisor) == Office::Supervisor {
        let mut seen: HashSet<PersonId> = HashSet::from([case.declarant]);
        let mut next = immediate;
        while let Some(person) = next {
            if !seen.insert(person) {
                break;
            }
            if may_decide(person) {
                let why = if Some(person) == immediate { "route-supervisor" } else { "route-next-level" };
                return decided(Decider::Person(person), why);
            }
            if case.exact {
                break;
            }
            next = chart.supervisor(person);
        }
    }
    if let Some(office @ Office::SecretaryGeneral) = case.to {
        let holders = chart.holders(office);
        if holders.iter().copied().any(may_decide) {
            let mut barred = barred;
            barred.extend(holders.into_iter().filter(|p| !may_decide(*p)));
            barred.sort_unstable();
            barred.dedup();
            return Route { decider: Decider::Office(office), why: "route-direct", barred };
        }
        if let Some(person) = chart.holders(Office::DeputyMinister).into_iter().find(|p| may_decide(*p)) {
            return decided(Decider::Person(person), "route-next-level");
        }
        return decided(Decider::Outside, "route-nobody");
    }
    let why = match case.to {
        Some(Office::EthicsOfficer) => "route-referred",
        _ if immediate.is_none() => "route-no-supervisor",
        _ => "route-nobody-above",
    };
    if officers.iter().copied().any(may_decide) {
        // The queue is shared: a colleague of the office who may not decide must not see the file in it either.
        let mut barred = barred;
        barred.extend(officers.into_iter().filter(|p| !may_decide(*p)));
        barred.sort_unstable();
        barred.dedup();
        return Route { decider: Decider::Office(Office::EthicsOfficer), why, barred };
    }
    for office in [Office::SecretaryGeneral, Office::DeputyMinister] {
        if let Some(person) = chart.holders(office).into_iter().find(|p| may_decide(*p)) {
            return decided(Decider::Person(person), "route-no-ethics-officer");
        }
    }
    decided(Decider::Outside, "route-nobody")
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
    }

    impl Chart for Paper {
        fn supervisor(&self, person: PersonId) -> Option<PersonId> {
            self.above.get(&person).copied()
        }
        fn is_active(&self, person: PersonId) -> bool {
            !self.away.contains(&person)
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
        Paper { above, away: HashSet::new(), offices }
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
    fn a_notice_goes_to_the_secretary_general_unless_she_is_named() {
        let notice = Case { to: Some(Office::SecretaryGeneral), ..case(1) };
        assert_eq!(route(&line(&[1, 91, 92]), &notice).decider, Decider::Office(Office::SecretaryGeneral));
        let about_her = Case { named: vec![91], ..notice };
        assert_eq!(route(&line(&[1, 91, 92]), &about_her).decider, Decider::Person(92));
    }

    fn charts() -> impl Strategy<Value = (Paper, Case)> {
        let people = 0_i64..12;
        (
            prop::collection::hash_map(people.clone(), people.clone(), 0..14),
            prop::collection::hash_set(people.clone(), 0..5),
            prop::collection::vec(people.clone(), 0..3),
            prop::collection::vec(people.clone(), 0..3),
            prop::collection::vec(people.clone(), 0..2),
            people.clone(),
            prop::collection::vec(people, 0..4),
            any::<bool>(),
            prop::option::of(prop::sample::select(vec![Office::Supervisor, Office::EthicsOfficer])),
        )
            .prop_map(|(above, away, ethics, general, deputy, declarant, named, names_supervisor, to)| {
                let offices = HashMap::from([
                    (Office::EthicsOfficer, ethics),
                    (Office::SecretaryGeneral, general),
                    (Office::DeputyMinister, deputy),
                ]);
                (Paper { above, away, offices }, Case { declarant, named, names_supervisor, to, ..Case::default() })
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        /// Z09: cycles, vacancies, self-managers, people away. The person picked is never interested.
        #[test]
        fn nobody_interested_is_ever_picked((chart, case) in charts()) {
            let found = route(&chart, &case);
            let mut interested: HashSet<PersonId> = case.named.iter().copied().collect();
            interested.insert(case.declarant);
            if case.names_supervisor {
                interested.extend(chart.supervisor(case.declarant));
            }
            let eligible = |p: PersonId| !interested.contains(&p) && chart.is_active(p) && !is_under(&chart, p, &interested);
            match found.decider {
                Decider::Person(person) => prop_assert!(eligible(person)),
                Decider::Office(office) => prop_assert!(chart.holders(office).into_iter().any(eligible)),
                Decider::Outside => {}
            }
        }
    }
}
