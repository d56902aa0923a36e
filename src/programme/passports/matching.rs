//! Are two invitations to the same event? Values in, values out. A person confirms; nothing is linked by likeness alone.

use chrono::NaiveDate;

use crate::db::search::fold;

/// What is known of an event.
#[derive(Debug, Clone)]
pub struct Known<'k> {
    pub company: i64,
    pub on: NaiveDate,
    pub title: &'k str,
}

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Same company, dates near, titles that differ.
    Possible,
    /// Same company, dates near, titles alike.
    Likely,
}

/// Titles that are at least so alike, out of 1, are of one event.
const ALIKE: f64 = 0.85;

/// `None` when the company differs, or the dates by more than `days`.
pub fn likeness(a: &Known<'_>, b: &Known<'_>, days: i64) -> Option<Likeness> {
    if a.company != b.company || (a.on - b.on).num_days().abs() > days {
        return None;
    }
    let (first, second) = (fold(a.title), fold(b.title));
    let holds = |whole: &str, part: &str| part.len() >= 8 && whole.contains(part);
    let alike = strsim::jaro_winkler(&first, &second) >= ALIKE || holds(&first, &second) || holds(&second, &first);
    Some(if alike { Likeness::Likely } else { Likeness::Possible })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(company: i64, on: &str, title: &'static str) -> Known<'static> {
        Known { company, on: on.parse().unwrap(), title }
    }

    #[test]
    fn the_same_title_written_otherwise_is_likely_the_same_event() {
        let passport = known(1, "2026-12-14", "Rendez-vous infonuagique 2026");
        for title in
            ["rendez-vous infonuagique", "Rendez-vous Infonuagique 2026, Québec", "Rendezvous infonuagique 2026"]
        {
            assert_eq!(likeness(&passport, &known(1, "2026-12-14", title), 3), Some(Likeness::Likely), "{title}");
        }
        assert_eq!(likeness(&passport, &known(1, "2026-12-16", "Souper des Fêtes"), 3), Some(Likeness::Possible));
    }

    #[test]
    fn another_company_or_another_week_is_another_event() {
        let passport = known(1, "2026-12-14", "Rendez-vous infonuagique 2026");
        assert_eq!(likeness(&passport, &known(2, "2026-12-14", passport.title), 3), None);
        assert_eq!(likeness(&passport, &known(1, "2026-12-18", passport.title), 3), None);
        assert_eq!(likeness(&passport, &known(1, "2026-12-11", passport.title), 3), Some(Likeness::Likely));
    }
}
