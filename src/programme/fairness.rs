//! Was access equal? Values in, values out (policy, section 5: competition is to be kept as wide as possible).

/// What became of a company that was invited, or that asked to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// For so many minutes.
    Yes { minutes: i32 },
    /// And whether a reason is written.
    No { with_reason: bool },
    /// Not noted yet.
    Unknown,
}

/// What the ledger says in one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equality {
    /// No company yet.
    Empty,
    /// Some company is not noted, or was not heard without a written reason.
    Incomplete,
    /// Only one company was heard.
    Single,
    /// Heard for times that differ more than the setting allows.
    Uneven,
    Even,
}

impl Equality {
    pub const ALL: [Self; 5] = [Self::Empty, Self::Incomplete, Self::Single, Self::Uneven, Self::Even];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Incomplete => "incomplete",
            Self::Single => "single",
            Self::Uneven => "uneven",
            Self::Even => "even",
        }
    }
}

/// Figures of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator {
    pub firms: usize,
    pub heard: usize,
    pub not_heard: usize,
    /// Not heard, and nobody wrote why.
    pub without_reason: usize,
    pub unknown: usize,
    /// Minutes of the company heard least and of the one heard most.
    pub shortest: i32,
    pub longest: i32,
    pub equality: Equality,
}

/// Looks at the companies of a showcase. Times are even when the shortest is short of the longest by at most
/// `gap_percent` of it.
pub fn indicator(firms: &[Heard], gap_percent: u32) -> Indicator {
    let minutes = |firm: &Heard| match firm {
        Heard::Yes { minutes } => Some(*minutes),
        Heard::No { .. } | Heard::Unknown => None,
    };
    let times: Vec<i32> = firms.iter().filter_map(minutes).collect();
    let count = |wanted: fn(&Heard) -> bool| firms.iter().filter(|firm| wanted(firm)).count();
    let unknown = count(|firm| matches!(firm, Heard::Unknown));
    let without_reason = count(|firm| matches!(firm, Heard::No { with_reason: false }));
    let (shortest, longest) = (times.iter().copied().min().unwrap_or(0), times.iter().copied().max().unwrap_or(0));
    let gap = i64::from(longest - shortest) * 100;
    let equality = if firms.is_empty() {
        Equality::Empty
    } else if unknown + without_reason > 0 {
        Equality::Incomplete
    } else if times.len() < 2 {
        Equality::Single
    } else if gap > i64::from(longest) * i64::from(gap_percent) {
        Equality::Uneven
    } else {
        Equality::Even
    };
    Indicator {
        firms: firms.len(),
        heard: times.len(),
        not_heard: count(|firm| matches!(firm, Heard::No { .. })),
        without_reason,
        unknown,
        shortest,
        longest,
        equality,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn heard(minutes: i32) -> Heard {
        Heard::Yes { minutes }
    }

    #[test]
    fn times_within_the_gap_are_even_and_one_minute_beyond_is_not() {
        assert_eq!(indicator(&[heard(20), heard(15)], 25).equality, Equality::Even);
        assert_eq!(indicator(&[heard(20), heard(14)], 25).equality, Equality::Uneven);
    }

    #[test]
    fn a_company_left_out_without_a_reason_leaves_the_ledger_incomplete() {
        let told = Heard::No { with_reason: true };
        let untold = Heard::No { with_reason: false };
        assert_eq!(indicator(&[heard(20), heard(20), told], 25).equality, Equality::Even);
        assert_eq!(indicator(&[heard(20), heard(20), untold], 25).equality, Equality::Incomplete);
        assert_eq!(indicator(&[heard(20), heard(20), Heard::Unknown], 25).equality, Equality::Incomplete);
    }

    #[test]
    fn one_company_heard_is_not_equality() {
        assert_eq!(indicator(&[heard(20)], 25).equality, Equality::Single);
        assert_eq!(indicator(&[Heard::No { with_reason: true }], 25).equality, Equality::Single);
        assert_eq!(indicator(&[], 25).equality, Equality::Empty);
    }

    #[test]
    fn figures_add_up() {
        let all = [heard(20), heard(30), Heard::No { with_reason: true }, Heard::Unknown];
        let found = indicator(&all, 25);
        assert_eq!((found.firms, found.heard, found.not_heard, found.unknown), (4, 2, 1, 1));
        assert_eq!((found.shortest, found.longest), (20, 30));
    }
}
