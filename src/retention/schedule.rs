//! The rules of the schedule, read from `config/retention.toml`, and when a file is due, or what is no file. Pure: facts in, a day or
//! a reason out.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::things::{INCIDENT_YEARS, ThingKind};
use crate::text::Bilingual;

/// Last day of the fiscal year of public bodies (A-6.001, s. 2).
const FISCAL_YEAR_END: (u32, u32) = (3, 31);

/// The schedule in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Number and date of the approval by Bibliothèque et Archives nationales du Québec; empty while it is a proposal.
    #[serde(default)]
    pub approval: String,
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// How long the files of some kinds are kept. The first rule that covers a file is the one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    /// Its number in the schedule of the organisation; empty while it is a proposal.
    #[serde(default)]
    pub number: String,
    pub title: Bilingual,
    /// Kinds of declarations, or of what is no file ([`ThingKind`]).
    pub kinds: BTreeSet<String>,
    /// Only files decided so; empty: all of them.
    #[serde(default)]
    pub outcomes: BTreeSet<String>,
    /// Only files that name a contract or a company under contract.
    #[serde(default)]
    pub contract_linked: bool,
    pub from: Start,
    pub years: u32,
    pub then: Disposition,
}

/// The event from which years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The file is closed, or was withdrawn.
    Closing,
    /// End of the fiscal year in which it was closed.
    FiscalYear,
    /// End of the last contract it is linked to, or its closing when that came after.
    ContractEnd,
    /// The last day of somebody in service.
    Departure,
}

/// What becomes of the file (BAnQ: D, C and T).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    Destroy,
    /// Given to the archives, never destroyed here.
    Keep,
    /// Some are kept: somebody chooses.
    Sort,
}

/// What the schedule looks at in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts<'f> {
    pub kind: &'f str,
    pub outcome: Option<&'f str>,
    pub contract_linked: bool,
    /// Day it was closed or withdrawn; nothing while it lives.
    pub closed_on: Option<NaiveDate>,
    /// End of the last contract it is linked to; nothing when nobody wrote it.
    pub contract_end: Option<NaiveDate>,
}

/// What the schedule says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'s> {
    /// First day on which it may be destroyed or given to the archives.
    Due { rule: &'s Rule, ended_on: NaiveDate, on: NaiveDate },
    /// The event from which years are counted has not come, or nobody wrote it (BAnQ: 888).
    Waits(&'s Rule),
    /// No rule covers it: it is kept.
    NoRule,
}

impl Schedule {
    /// Reads the schedule.
    ///
    /// # Errors
    /// A sentence: what is wrong with it, which kind of declarations or of things no rule covers, or incidents that go too soon.
    pub fn parse(text: &str, kinds: &[String]) -> Result<Self, String> {
        let schedule: Self = toml::from_str(text).map_err(|e| format!("retention.toml: {e}"))?;
        let things = ThingKind::ALL.map(|kind| kind.as_str().to_owned());
        if let Some(both) = things.iter().find(|thing| kinds.contains(thing)) {
            return Err(format!("retention.toml: {both} is a kind of declarations and of things"));
        }
        let kinds = [kinds, things.as_slice()].concat();
        let mut ids = BTreeSet::new();
        for rule in &schedule.rules {
            if !ids.insert(rule.id.as_str()) {
                return Err(format!("retention.toml: two rules are called {}", rule.id));
            }
            if let Some(unknown) = rule.kinds.iter().find(|kind| !kinds.contains(kind)) {
                return Err(format!("retention.toml: the rule {} names {unknown}, which is no kind", rule.id));
            }
            if rule.kinds.contains(ThingKind::Incident.as_str()) && rule.years < INCIDENT_YEARS {
                return Err(format!(
                    "retention.toml: the law keeps incidents {INCIDENT_YEARS} years at least, and the rule {} less",
                    rule.id
                ));
            }
        }
        let covers = |rule: &&Rule, kind: &String| {
            rule.kinds.contains(kind) && rule.outcomes.is_empty() && !rule.contract_linked
        };
        match kinds.iter().find(|kind| !schedule.rules.iter().any(|rule| covers(&rule, kind))) {
            Some(kind) => Err(format!("retention.toml: no rule covers every {kind}")),
            None => Ok(schedule),
        }
    }

    /// What the schedule says of a file.
    pub fn fate(&self, facts: &Facts<'_>) -> Fate<'_> {
        let Some(rule) = self.rules.iter().find(|rule| rule.covers(facts)) else { return Fate::NoRule };
        let ended_on = facts.closed_on.and_then(|closed| match rule.from {
            Start::Closing | Start::Departure => Some(closed),
            Start::FiscalYear => fiscal_year_end(closed),
            Start::ContractEnd => facts.contract_end.map(|end| end.max(closed)),
        });
        let due = ended_on.and_then(|ended| {
            // Whole years after the day of the event, and one day more: that day is kept too.
            let on = ended.checked_add_months(Months::new(12 * rule.years))?.succ_opt()?;
            Some(Fate::Due { rule, ended_on: ended, on })
        });
        due.unwrap_or(Fate::Waits(rule))
    }
}

impl Rule {
    fn covers(&self, facts: &Facts<'_>) -> bool {
        self.kinds.contains(facts.kind)
            && (self.outcomes.is_empty() || facts.outcome.is_some_and(|outcome| self.outcomes.contains(outcome)))
            && (!self.contract_linked || facts.contract_linked)
    }
}

/// Last day of the fiscal year of a day.
fn fiscal_year_end(day: NaiveDate) -> Option<NaiveDate> {
    let (month, last) = FISCAL_YEAR_END;
    let this = NaiveDate::from_ymd_opt(day.year(), month, last)?;
    if day <= this { Some(this) } else { NaiveDate::from_ymd_opt(day.year() + 1, month, last) }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    const SHIPPED: &str = include_str!("../../config/retention.toml");

    fn kinds() -> Vec<String> {
        [
            "advice_request",
            "business_relation",
            "concern_report",
            "event_request",
            "gift_declaration",
            "interest_declaration",
            "rarc_notice",
            "voluntary_declaration",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn facts(kind: &str) -> Facts<'_> {
        Facts { kind, outcome: None, contract_linked: false, closed_on: Some(day("2026-11-23")), contract_end: None }
    }

    fn due(facts: &Facts<'_>) -> Option<(String, NaiveDate)> {
        match Schedule::parse(SHIPPED, &kinds()).unwrap().fate(facts) {
            Fate::Due { rule, on, .. } => Some((rule.id.clone(), on)),
            Fate::Waits(_) | Fate::NoRule => None,
        }
    }

    #[test]
    fn the_proposed_schedule_counts_from_the_event_of_each_rule() {
        let gift = facts("gift_declaration");
        assert_eq!(due(&gift), Some(("gift".into(), day("2034-04-01"))), "seven years after the fiscal year");
        let event = facts("event_request");
        assert_eq!(due(&event), Some(("event".into(), day("2029-11-24"))));
        let advice = facts("advice_request");
        assert_eq!(due(&advice), Some(("advice".into(), day("2033-11-24"))));
        let none = Facts { outcome: Some("no_conflict"), ..facts("interest_declaration") };
        assert_eq!(due(&none), Some(("interest".into(), day("2038-11-24"))));
        let managed = Facts { outcome: Some("managed"), ..facts("interest_declaration") };
        assert_eq!(due(&managed), Some(("interest-possible".into(), day("2046-11-24"))));
    }

    #[test]
    fn a_file_linked_to_a_contract_waits_for_its_end_and_for_ever_when_nobody_wrote_it() {
        let linked = Facts { contract_linked: true, ..facts("business_relation") };
        assert_eq!(due(&linked), None);
        let over = Facts { contract_end: Some(day("2030-06-30")), ..linked.clone() };
        assert_eq!(due(&over), Some(("relation-contract".into(), day("2037-07-01"))));
        let before = Facts { contract_end: Some(day("2020-06-30")), ..linked };
        assert_eq!(due(&before).map(|(_, on)| on), Some(day("2033-11-24")), "not before the file itself was closed");
    }

    #[test]
    fn what_is_no_file_has_a_rule_too() {
        assert_eq!(due(&facts("showcase")), Some(("showcase".into(), day("2034-04-01"))));
        let called = Facts { contract_linked: true, ..facts("showcase") };
        assert_eq!(due(&called), None, "the call led to a contract whose end nobody wrote");
        let over = Facts { contract_end: Some(day("2030-06-30")), ..called };
        assert_eq!(due(&over), Some(("showcase-call".into(), day("2037-07-01"))));
        assert_eq!(due(&facts("passport")), Some(("passport".into(), day("2034-04-01"))));
        assert_eq!(due(&facts("clearance")), Some(("clearance".into(), day("2033-11-24"))));
        assert_eq!(due(&facts("incident")), Some(("incident".into(), day("2033-11-24"))));
        assert_eq!(due(&facts("person")), Some(("person".into(), day("2033-11-24"))));
    }

    #[test]
    fn a_schedule_without_people_or_with_incidents_that_go_too_soon_is_refused() {
        let (before, rest) = SHIPPED.split_once("id = \"incident\"").unwrap();
        let early = rest.replacen("years = 7", "years = 4", 1);
        let refused = Schedule::parse(&format!("{before}id = \"incident\"{early}"), &kinds()).unwrap_err();
        assert!(refused.contains("incident"), "{refused}");
        let without = SHIPPED.replacen("kinds = [\"person\"]", "kinds = [\"passport\"]", 1);
        assert!(Schedule::parse(&without, &kinds()).unwrap_err().contains("person"));
        let both = [kinds(), vec!["person".to_owned()]].concat();
        assert!(Schedule::parse(SHIPPED, &both).unwrap_err().contains("person"));
    }

    #[test]
    fn what_lives_is_never_due() {
        for kind in kinds() {
            assert_eq!(due(&Facts { closed_on: None, ..facts(&kind) }), None, "{kind}");
        }
    }

    #[test]
    fn a_leap_day_counts_whole_years() {
        let leap = Facts { closed_on: Some(day("2028-02-29")), ..facts("event_request") };
        assert_eq!(due(&leap).map(|(_, on)| on), Some(day("2031-03-01")));
    }

    #[test]
    fn a_schedule_that_covers_a_kind_only_in_part_is_refused() {
        let without = SHIPPED.replacen(
            "kinds = [\"gift_declaration\"]\n",
            "kinds = [\"gift_declaration\"]\noutcomes = [\"accept\"]\n",
            1,
        );
        assert!(Schedule::parse(&without, &kinds()).unwrap_err().contains("gift_declaration"));
        let unknown = SHIPPED.replacen("\"gift_declaration\"", "\"gifts\"", 1);
        assert!(Schedule::parse(&unknown, &kinds()).unwrap_err().contains("gifts"));
    }

    proptest! {
        // Never a day early: on the last of its years counted one day at a time, a file is still kept.
        #[test]
        fn no_file_is_due_before_its_years_are_over(
            closed in 0_u64..8_000, contract in proptest::option::of(0_u64..12_000), linked: bool, kind in 0_usize..8,
            outcome in proptest::option::of(0_usize..4),
        ) {
            let start = day("2010-01-01");
            let (kinds, schedule) = (kinds(), Schedule::parse(SHIPPED, &kinds()).unwrap());
            let outcomes = ["no_conflict", "managed", "recusal", "accept"];
            let file = Facts {
                kind: &kinds[kind],
                outcome: outcome.map(|n| outcomes[n]),
                contract_linked: linked,
                closed_on: Some(start + Days::new(closed)),
                contract_end: contract.map(|days| start + Days::new(days)),
            };
            if let Fate::Due { rule, ended_on, on } = schedule.fate(&file) {
                prop_assert!(ended_on >= start + Days::new(closed), "counted from before the file was closed");
                let last = on.pred_opt().unwrap();
                prop_assert_eq!(last.year() - ended_on.year(), i32::try_from(rule.years).unwrap());
                prop_assert!(u64::try_from((on - ended_on).num_days()).unwrap() > u64::from(rule.years) * 365);
            } else {
                prop_assert!(linked && contract.is_none(), "only an end that nobody wrote keeps a closed file waiting");
            }
        }
    }
}
