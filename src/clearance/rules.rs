//! What a check says of somebody, from what the register knows. Pure: the same facts always give the same verdict.

use chrono::{Months, NaiveDate};

/// What the sheet says of a person; the gravest of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing to report.
    Clear,
    /// Something is not declared yet.
    DeclareFirst,
    /// Withdraws from this file.
    Recuse,
}

impl Verdict {
    /// Every verdict, the lightest first.
    pub const ALL: [Self; 3] = [Self::Clear, Self::DeclareFirst, Self::Recuse];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::DeclareFirst => "declare_first",
            Self::Recuse => "recuse",
        }
    }

    /// The same, as the names of texts write it.
    pub fn word(self) -> String {
        self.as_str().replace('_', "-")
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
    }
}

/// Why, for the ethics officer alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A tie with one of the companies, declared and not over.
    Interest,
    /// A measure asks the person to withdraw from what touches one of them.
    Withdrawal,
    /// Gifts from one of them are above a limit of the policy.
    Gifts,
    /// Interests were not declared lately, not even « nothing to declare ».
    InterestsMissing,
    /// The person met one of them at a showcase and has not declared it yet.
    RelationMissing,
}

impl Reason {
    const ALL: [Self; 5] =
        [Self::Interest, Self::Withdrawal, Self::Gifts, Self::InterestsMissing, Self::RelationMissing];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interest => "interest",
            Self::Withdrawal => "withdrawal",
            Self::Gifts => "gifts",
            Self::InterestsMissing => "interests_missing",
            Self::RelationMissing => "relation_missing",
        }
    }

    /// The same, as the names of texts write it.
    pub fn word(self) -> String {
        self.as_str().replace('_', "-")
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }

    fn verdict(self) -> Verdict {
        match self {
            Self::Interest | Self::Withdrawal | Self::Gifts => Verdict::Recuse,
            Self::InterestsMissing | Self::RelationMissing => Verdict::DeclareFirst,
        }
    }
}

/// A tie that was declared with one of the companies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    pub declaration: i64,
    /// Last day of the tie; it goes on when nobody gave one.
    pub until: Option<NaiveDate>,
}

/// A gift accepted from one of the companies, or not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    pub declaration: i64,
    /// The company, those merged into it being one with it.
    pub donor: i64,
    pub on: NaiveDate,
    /// Nothing when the value is unknown: it adds nothing.
    pub cents: Option<i64>,
}

/// What the register knows of a person and the companies of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub ties: Vec<Tie>,
    /// Declarations because of which a measure of withdrawal is asked.
    pub withdrawals: Vec<i64>,
    pub gifts: Vec<Gift>,
    /// When interests were last declared.
    pub interests_on: Option<NaiveDate>,
    /// A meeting with one of them is known and not declared.
    pub relation_missing: bool,
}

/// The settings and the limits of the policy that a check applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub interests_months: u32,
    pub past_ties_months: u32,
    pub gift_months: u32,
    /// A gift above it; none when the policy does not say.
    pub gift_cents: Option<i64>,
    /// The gifts of one donor together above it.
    pub gift_total_cents: Option<i64>,
}

/// A verdict and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub reasons: Vec<(Reason, Option<i64>)>,
}

/// Judges somebody on a day.
pub fn judge(facts: &Facts, limits: &Limits, today: NaiveDate) -> Judgement {
    let mut reasons: Vec<(Reason, Option<i64>)> = Vec::new();
    let ties_since = before(today, limits.past_ties_months);
    let held = facts.ties.iter().filter(|tie| tie.until.is_none_or(|until| until >= ties_since));
    reasons.extend(held.map(|tie| (Reason::Interest, Some(tie.declaration))));
    reasons.extend(facts.withdrawals.iter().map(|declaration| (Reason::Withdrawal, Some(*declaration))));
    reasons.extend(weighty(&facts.gifts, limits, today).into_iter().map(|gift| (Reason::Gifts, Some(gift))));
    let asked = limits.interests_months > 0;
    if asked && facts.interests_on.is_none_or(|on| on < before(today, limits.interests_months)) {
        reasons.push((Reason::InterestsMissing, None));
    }
    if facts.relation_missing {
        reasons.push((Reason::RelationMissing, None));
    }
    let verdict = reasons.iter().map(|(reason, _)| reason.verdict()).max().unwrap_or(Verdict::Clear);
    Judgement { verdict, reasons }
}

/// The gifts that are above a limit alone, or with the others of the same donor.
fn weighty(gifts: &[Gift], limits: &Limits, today: NaiveDate) -> Vec<i64> {
    let since = before(today, limits.gift_months);
    let recent: Vec<&Gift> = gifts.iter().filter(|gift| gift.on >= since && gift.on <= today).collect();
    let above = |cents: i64, limit: Option<i64>| limit.is_some_and(|limit| cents > limit);
    let total = |donor: i64| {
        let of_donor = recent.iter().filter(|gift| gift.donor == donor);
        of_donor.filter_map(|gift| gift.cents).fold(0_i64, i64::saturating_add)
    };
    let counts = |gift: &&&Gift| {
        above(gift.cents.unwrap_or(0), limits.gift_cents) || above(total(gift.donor), limits.gift_total_cents)
    };
    recent.iter().filter(counts).map(|gift| gift.declaration).collect()
}

/// So many months before a day.
pub fn before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: Limits = Limits {
        interests_months: 12,
        past_ties_months: 12,
        gift_months: 12,
        gift_cents: Some(5_000),
        gift_total_cents: Some(10_000),
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-11-23")
    }

    fn declared() -> Facts {
        Facts { interests_on: Some(day("2026-04-10")), ..Facts::default() }
    }

    fn verdict(facts: &Facts) -> Verdict {
        judge(facts, &LIMITS, today()).verdict
    }

    fn gift(declaration: i64, donor: i64, on: &str, cents: i64) -> Gift {
        Gift { declaration, donor, on: day(on), cents: (cents >= 0).then_some(cents) }
    }

    #[test]
    fn whoever_declared_their_interests_and_has_none_there_is_clear() {
        assert_eq!(judge(&declared(), &LIMITS, today()), Judgement { verdict: Verdict::Clear, reasons: Vec::new() });
    }

    #[test]
    fn interests_declared_too_long_ago_or_never_are_declared_first() {
        for on in [None, Some(day("2025-11-22"))] {
            assert_eq!(verdict(&Facts { interests_on: on, ..Facts::default() }), Verdict::DeclareFirst, "{on:?}");
        }
        assert_eq!(verdict(&Facts { interests_on: Some(day("2025-11-23")), ..Facts::default() }), Verdict::Clear);
        let never_asked = Limits { interests_months: 0, ..LIMITS };
        assert_eq!(judge(&Facts::default(), &never_asked, today()).verdict, Verdict::Clear);
    }

    #[test]
    fn a_tie_that_goes_on_or_ended_lately_makes_withdraw_and_an_old_one_does_not() {
        for (until, said) in [
            (None, Verdict::Recuse),
            (Some("2027-01-01"), Verdict::Recuse),
            (Some("2025-11-23"), Verdict::Recuse),
            (Some("2025-11-22"), Verdict::Clear),
        ] {
            let tie = Tie { declaration: 7, until: until.map(day) };
            assert_eq!(verdict(&Facts { ties: vec![tie], ..declared() }), said, "{until:?}");
        }
    }

    #[test]
    fn a_gift_above_the_limit_alone_or_with_others_of_its_donor_makes_withdraw() {
        for (gifts, said) in [
            (vec![gift(1, 1, "2026-10-01", 5_000)], Verdict::Clear),
            (vec![gift(1, 1, "2026-10-01", 5_001)], Verdict::Recuse),
            (vec![gift(1, 1, "2025-11-22", 9_000)], Verdict::Clear),
            (vec![gift(1, 1, "2026-10-01", -1)], Verdict::Clear),
            (vec![gift(1, 1, "2026-10-01", 5_000), gift(2, 1, "2026-09-01", 5_000)], Verdict::Clear),
            ((1..=3).map(|n| gift(n, 1, "2026-10-01", 4_000)).collect(), Verdict::Recuse),
            ((1..=3).map(|n| gift(n, n, "2026-10-01", 4_000)).collect(), Verdict::Clear),
        ] {
            assert_eq!(verdict(&Facts { gifts: gifts.clone(), ..declared() }), said, "{gifts:?}");
        }
        let silent = Limits { gift_cents: None, gift_total_cents: None, ..LIMITS };
        let facts = Facts { gifts: vec![gift(1, 1, "2026-10-01", 900_000)], ..declared() };
        assert_eq!(judge(&facts, &silent, today()).verdict, Verdict::Clear, "a policy without limits");
    }

    #[test]
    fn the_gravest_wins_and_every_reason_is_kept() {
        let facts = Facts { withdrawals: vec![4], relation_missing: true, ..Facts::default() };
        let found = judge(&facts, &LIMITS, today());
        assert_eq!(found.verdict, Verdict::Recuse);
        let reasons: Vec<Reason> = found.reasons.iter().map(|(reason, _)| *reason).collect();
        assert_eq!(reasons, [Reason::Withdrawal, Reason::InterestsMissing, Reason::RelationMissing]);
    }

    #[test]
    fn words_are_read_back() {
        assert!(Verdict::ALL.into_iter().all(|verdict| Verdict::parse(verdict.as_str()) == Some(verdict)));
        assert!(Reason::ALL.into_iter().all(|reason| Reason::parse(reason.as_str()) == Some(reason)));
        assert_eq!((Verdict::parse("ok"), Reason::parse("advice")), (None, None));
    }

    proptest! {
        #[test]
        fn one_more_fact_never_makes_the_verdict_lighter(
            (ties, gifts, withdrawals) in (0usize..3, 0usize..4, 0usize..2),
            (declared_on, missing, more) in (any::<bool>(), any::<bool>(), 0usize..3),
        ) {
            let facts = Facts {
                ties: vec![Tie { declaration: 1, until: None }; ties],
                gifts: vec![gift(2, 1, "2026-10-01", 3_000); gifts],
                withdrawals: vec![3; withdrawals],
                interests_on: declared_on.then(today),
                relation_missing: missing,
            };
            let mut after = facts.clone();
            match more {
                0 => after.ties.push(Tie { declaration: 9, until: None }),
                1 => after.gifts.push(gift(9, 1, "2026-10-02", 3_000)),
                _ => after.relation_missing = true,
            }
            prop_assert!(verdict(&after) >= verdict(&facts));
        }
    }
}
