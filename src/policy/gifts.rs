//! Totals of the gifts of one donor, over people and time. Pure: the same function serves the day somebody declares and
//! the replay of years, and its answer does not depend on the order in which gifts are declared.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate, TimeDelta};

use super::facts::GiftFacts;
use crate::clock::fiscal_year;
use crate::people::{PersonId, UnitId};

/// A gift as totals see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    pub on: NaiveDate,
    /// Nothing when the value is unknown: it counts, and adds nothing.
    pub cents: Option<i64>,
    pub person: PersonId,
    pub unit: UnitId,
    /// Of another company of the donor's group: it counts in what the group gives to the whole ministry.
    pub of_group: bool,
}

/// The limits of a policy that totals need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GiftLimits {
    /// Value from which one gift deserves attention.
    pub attention_cents: i64,
    /// Share of it, in percent, from which a gift is just under it.
    pub near_percent: i64,
    /// Days within which gifts to one person look like one that was split.
    pub split_days: i64,
}

impl GiftLimits {
    /// Names of the limits, in a policy file, that these are. Without them nothing is near and nothing is split.
    pub const NAMES: [&'static str; 3] = ["gift_attention_cents", "near_limit_percent", "split_days"];

    pub fn of(limits: &BTreeMap<String, i64>) -> Self {
        let [attention, near, split] = Self::NAMES;
        let limit = |name: &str| limits.get(name).copied();
        Self {
            attention_cents: limit(attention).unwrap_or(0),
            near_percent: limit(near).unwrap_or(100),
            split_days: limit(split).unwrap_or(-1),
        }
    }

    fn is_near(&self, cents: Option<i64>) -> bool {
        let least = self.attention_cents.saturating_mul(self.near_percent);
        cents.is_some_and(|cents| cents > 0 && cents <= self.attention_cents && cents.saturating_mul(100) >= least)
    }
}

/// First day before which, and last day after which, no gift can be in a period that holds this day.
pub fn reach(on: NaiveDate) -> (NaiveDate, NaiveDate) {
    (year_before(on), year_after(on))
}

fn year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap_or(day)
}

fn year_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(12)).unwrap_or(day)
}

/// The totals of a donor as a gift is added to the others.
///
/// A total over 12 months is the greatest of any 12 months that hold the gift: somebody who declares late, or in another
/// order, is told the same.
pub fn totals(gift: &Gift, others: &[Gift], limits: &GiftLimits) -> GiftFacts {
    let all: Vec<Gift> = others.iter().copied().chain([*gift]).collect();
    let of_donor = |one: &Gift| !one.of_group;
    let to_person: Vec<Gift> = all.iter().copied().filter(|one| of_donor(one) && one.person == gift.person).collect();
    let to_unit: Vec<Gift> = all.iter().copied().filter(|one| of_donor(one) && one.unit == gift.unit).collect();
    let (donor_12_months_cents, donor_12_months_count) = rolling(gift.on, &to_person);
    let (donor_unit_12_months_cents, donor_unit_12_months_count) = rolling(gift.on, &to_unit);
    let (donor_body_12_months_cents, donor_body_12_months_count) = rolling(gift.on, &all);
    let year = fiscal_year(gift.on);
    let of_year = |gifts: &[Gift]| sum(gifts.iter().filter(|one| fiscal_year(one.on) == year));
    let near: Vec<Gift> = to_person.iter().copied().filter(|one| limits.is_near(one.cents)).collect();
    let split = split(gift, &to_person, limits);
    GiftFacts {
        donor_12_months_cents,
        donor_12_months_count,
        donor_fiscal_year_cents: of_year(&to_person),
        donor_unit_12_months_cents,
        donor_unit_12_months_count,
        donor_unit_fiscal_year_cents: of_year(&to_unit),
        donor_body_12_months_cents,
        donor_body_12_months_count,
        donor_body_fiscal_year_cents: of_year(&all),
        near_limit_count: if limits.is_near(gift.cents) { rolling(gift.on, &near).1 } else { 0 },
        split_cents: sum(split.iter()),
        split_count: count(split.len()),
    }
}

/// Gifts to one person, each within the limit, that come close to this one in time; none when this one is over it.
fn split(gift: &Gift, to_person: &[Gift], limits: &GiftLimits) -> Vec<Gift> {
    let within = |one: &Gift| one.cents.is_some_and(|cents| cents <= limits.attention_cents);
    let close = |one: &Gift| (one.on - gift.on).num_days().abs() <= limits.split_days;
    if !within(gift) {
        return Vec::new();
    }
    to_person.iter().copied().filter(|one| within(one) && close(one)).collect()
}

/// The greatest sum and the greatest number over 12 months that hold a day. Such months may as well end on a gift: the
/// day itself, or a later one within the year.
fn rolling(on: NaiveDate, gifts: &[Gift]) -> (i64, i64) {
    let mut ends: Vec<NaiveDate> =
        gifts.iter().map(|one| one.on).filter(|end| *end > on && year_before(*end) < on).collect();
    ends.push(on);
    ends.sort_unstable();
    ends.dedup();
    let mut most = (0, 0);
    for end in ends {
        let first = year_before(end) + TimeDelta::days(1);
        let within = || gifts.iter().filter(|one| one.on >= first && one.on <= end);
        most = (most.0.max(sum(within())), most.1.max(count(within().count())));
    }
    most
}

fn sum<'g>(gifts: impl Iterator<Item = &'g Gift>) -> i64 {
    gifts.filter_map(|one| one.cents).fold(0, i64::saturating_add)
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: GiftLimits = GiftLimits { attention_cents: 5_000, near_percent: 90, split_days: 3 };

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 15).unwrap() + TimeDelta::days(number)
    }

    fn gift(at: i64, cents: i64, person: PersonId, unit: UnitId) -> Gift {
        Gift { on: day(at), cents: (cents >= 0).then_some(cents), person, unit, of_group: false }
    }

    #[test]
    fn what_the_rest_of_a_group_gives_counts_for_the_whole_ministry_alone() {
        let sister = Gift { of_group: true, ..gift(1, 1_000, 1, 1) };
        let found = totals(&gift(4, 500, 1, 1), &[sister], &LIMITS);
        assert_eq!((found.donor_12_months_cents, found.donor_unit_12_months_cents), (500, 500));
        assert_eq!((found.donor_body_12_months_cents, found.donor_body_12_months_count), (1_500, 2));
    }

    #[test]
    fn a_second_gift_a_year_and_a_day_later_is_another_year() {
        let before = [gift(0, 4_000, 1, 1)];
        let year = (year_after(day(0)) - day(0)).num_days();
        assert_eq!(totals(&gift(year - 1, 4_000, 1, 1), &before, &LIMITS).donor_12_months_cents, 8_000);
        assert_eq!(totals(&gift(year, 4_000, 1, 1), &before, &LIMITS).donor_12_months_cents, 4_000);
    }

    #[test]
    fn declaring_in_another_order_changes_nothing() {
        let (first, second) = (gift(0, 3_000, 1, 1), gift(90, 4_000, 1, 1));
        assert_eq!(totals(&second, &[first], &LIMITS).donor_12_months_cents, 7_000);
        assert_eq!(totals(&first, &[second], &LIMITS).donor_12_months_cents, 7_000, "the older one declared last");
    }

    #[test]
    fn one_person_the_unit_and_the_whole_body_are_told_apart() {
        let others = [gift(1, 1_000, 1, 1), gift(2, 2_000, 2, 1), gift(3, 4_000, 3, 2)];
        let found = totals(&gift(4, 500, 1, 1), &others, &LIMITS);
        assert_eq!(
            (found.donor_12_months_cents, found.donor_unit_12_months_cents, found.donor_body_12_months_cents),
            (1_500, 3_500, 7_500)
        );
        assert_eq!((found.donor_unit_12_months_count, found.donor_body_12_months_count), (3, 4));
    }

    #[test]
    fn gifts_just_under_the_limit_are_counted_and_one_over_it_is_not_one_of_them() {
        let others = [gift(0, 4_900, 1, 1), gift(30, 4_500, 1, 1), gift(60, 4_499, 1, 1), gift(61, 4_800, 2, 1)];
        assert_eq!(totals(&gift(90, 5_000, 1, 1), &others, &LIMITS).near_limit_count, 3);
        assert_eq!(totals(&gift(90, 5_001, 1, 1), &others, &LIMITS).near_limit_count, 0);
    }

    #[test]
    fn gifts_of_the_same_days_look_like_one_that_was_split() {
        let others = [gift(0, 3_000, 1, 1), gift(9, 3_000, 1, 1), gift(2, 3_000, 2, 1), gift(1, 9_000, 1, 1)];
        let found = totals(&gift(3, 3_000, 1, 1), &others, &LIMITS);
        assert_eq!((found.split_count, found.split_cents), (2, 6_000));
        assert_eq!(totals(&gift(3, 5_001, 1, 1), &others, &LIMITS).split_count, 0);
        assert_eq!(totals(&gift(3, -1, 1, 1), &others, &LIMITS).split_count, 0, "of unknown value");
    }

    /// Every day of four years, one after the other: slow, and plainly right.
    fn naive(on: NaiveDate, gifts: &[Gift]) -> (i64, i64) {
        let mut most = (0, 0);
        for shift in 0..366 {
            let end = on + TimeDelta::days(shift);
            let after = end.checked_sub_months(Months::new(12)).unwrap();
            if after >= on {
                break;
            }
            let (mut cents, mut number) = (0, 0);
            for one in gifts {
                if one.on > after && one.on <= end {
                    cents += one.cents.unwrap_or(0);
                    number += 1;
                }
            }
            most = (most.0.max(cents), most.1.max(number));
        }
        most
    }

    /// From the first of April to the last of March, day by day.
    fn naive_year(on: NaiveDate, gifts: &[Gift]) -> i64 {
        let is_first = |day: NaiveDate| day.to_string().ends_with("-04-01");
        let mut first = on;
        while !is_first(first) {
            first = first.pred_opt().unwrap();
        }
        let mut cents = 0;
        let mut day = first;
        loop {
            cents += gifts.iter().filter(|one| one.on == day).map(|one| one.cents.unwrap_or(0)).sum::<i64>();
            day = day.succ_opt().unwrap();
            if is_first(day) {
                return cents;
            }
        }
    }

    #[test]
    fn a_fiscal_year_ends_on_the_last_day_of_march_for_one_person_the_unit_and_the_group() {
        let on = |date: &str, cents, person, unit| Gift { on: date.parse().unwrap(), ..gift(0, cents, person, unit) };
        let sister = Gift { of_group: true, ..on("2025-04-01", 800, 1, 1) };
        let others = [
            on("2025-03-31", 100, 1, 1),
            on("2025-04-01", 200, 1, 1),
            on("2026-03-31", 400, 2, 1),
            sister,
            on("2026-01-10", 1_600, 3, 2),
            on("2026-04-01", 3_200, 1, 1),
        ];
        let found = totals(&on("2025-11-20", 50, 1, 1), &others, &LIMITS);
        assert_eq!(
            [found.donor_fiscal_year_cents, found.donor_unit_fiscal_year_cents, found.donor_body_fiscal_year_cents],
            [250, 650, 3_050]
        );
    }

    proptest! {
        #[test]
        fn rolling_totals_are_those_of_a_naive_count(
            drawn in prop::collection::vec((0i64..900, -1i64..9_000, 1i64..4, 1i64..3), 1..24),
        ) {
            let gifts: Vec<Gift> = drawn.into_iter().map(|(at, cents, person, unit)| gift(at, cents, person, unit)).collect();
            let (this, others) = gifts.split_first().unwrap();
            let found = totals(this, others, &LIMITS);
            let of = |keep: &dyn Fn(&Gift) -> bool| -> Vec<Gift> { gifts.iter().copied().filter(|one| keep(one)).collect() };
            let person = naive(this.on, &of(&|one| one.person == this.person));
            let unit = naive(this.on, &of(&|one| one.unit == this.unit));
            let body = naive(this.on, &gifts);
            prop_assert_eq!((found.donor_12_months_cents, found.donor_12_months_count), person);
            prop_assert_eq!((found.donor_unit_12_months_cents, found.donor_unit_12_months_count), unit);
            prop_assert_eq!((found.donor_body_12_months_cents, found.donor_body_12_months_count), body);
            let fiscal = (found.donor_fiscal_year_cents, found.donor_unit_fiscal_year_cents, found.donor_body_fiscal_year_cents);
            let year = |keep: &dyn Fn(&Gift) -> bool| naive_year(this.on, &of(keep));
            let naive = (year(&|one| one.person == this.person), year(&|one| one.unit == this.unit), year(&|_| true));
            prop_assert_eq!(fiscal, naive);
        }

        #[test]
        fn what_is_out_of_reach_changes_nothing(
            drawn in prop::collection::vec((0i64..1_500, 0i64..9_000, 1i64..4, 1i64..3), 1..24),
        ) {
            let gifts: Vec<Gift> = drawn.into_iter().map(|(at, cents, person, unit)| gift(at, cents, person, unit)).collect();
            let (this, others) = gifts.split_first().unwrap();
            let (first, last) = reach(this.on);
            let near: Vec<Gift> = others.iter().copied().filter(|one| one.on >= first && one.on <= last).collect();
            prop_assert_eq!(totals(this, others, &LIMITS), totals(this, &near, &LIMITS));
        }
    }
}
