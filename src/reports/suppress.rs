//! Which cells of a table of counts may be published, and whether its total may. Pure.
//!
//! A row says how many were expected and how many of them were declared; the missing ones are the difference. A row with a
//! count from one to four among the three is hidden whole. Then others are hidden, the smallest first, until the hidden rows
//! together say nothing small either and cannot be told apart from one another: what a total gives back is their sum. When
//! no row is left to hide, the total goes too. Rows of equal size are hidden together, so that the order of the table never
//! tells which one was hidden for its own sake.

use std::collections::BTreeSet;

/// Numbers under this one could tell who is meant.
pub const SMALLEST: i64 = 5;

/// What was expected, and what of it was declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    pub expected: i64,
    pub declared: i64,
}

impl Pair {
    /// How many are missing.
    pub fn missing(self) -> i64 {
        self.expected - self.declared
    }

    fn plus(self, other: Self) -> Self {
        Self { expected: self.expected + other.expected, declared: self.declared + other.declared }
    }

    /// One of its counts could tell who is meant.
    fn is_small(self) -> bool {
        [self.expected, self.declared, self.missing()].into_iter().any(|count| (1..SMALLEST).contains(&count))
    }
}

/// A table as it may be read: hidden rows are `None`, and so is the total when it would give one back.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    pub rows: Vec<Option<Pair>>,
    pub total: Option<Pair>,
}

impl Published {
    /// Every row and the total, for whoever may read them all.
    pub fn whole(rows: &[Pair]) -> Self {
        Self { rows: rows.iter().copied().map(Some).collect(), total: Some(sum(rows)) }
    }
}

fn sum(rows: &[Pair]) -> Pair {
    rows.iter().copied().fold(Pair::default(), Pair::plus)
}

/// Hides what must be hidden.
pub fn publish(rows: &[Pair]) -> Published {
    let mut hidden: Vec<bool> = rows.iter().map(|row| row.is_small()).collect();
    let mut keeps_total = true;
    while tells(rows, &hidden) {
        let shown = rows.iter().zip(&hidden).filter(|(row, hidden)| !**hidden && row.expected > 0);
        let Some(smallest) = shown.map(|(row, _)| row.expected).min() else {
            keeps_total = false;
            break;
        };
        for (row, hidden) in rows.iter().zip(&mut hidden) {
            *hidden = *hidden || row.expected == smallest;
        }
    }
    Published {
        rows: rows.iter().zip(&hidden).map(|(row, hidden)| (!hidden).then_some(*row)).collect(),
        total: keeps_total.then(|| sum(rows)),
    }
}

/// The total, less what is shown, says too much of the hidden rows: there is one only, their sum is small, or they are all
/// alike.
fn tells(rows: &[Pair], hidden: &[bool]) -> bool {
    let those: Vec<Pair> = rows.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(row, _)| *row).collect();
    if those.is_empty() {
        return false;
    }
    let alike = |count: fn(Pair) -> i64| those.iter().map(|row| count(*row)).collect::<BTreeSet<i64>>().len() < 2;
    sum(&those).is_small() || alike(|row| row.expected) || alike(|row| row.declared) || alike(Pair::missing)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn pair(expected: i64, declared: i64) -> Pair {
        Pair { expected, declared }
    }

    #[test]
    fn nothing_small_nothing_hidden() {
        let rows = [pair(20, 10), pair(0, 0), pair(8, 8), pair(9, 0)];
        let published = publish(&rows);
        assert_eq!(published.rows, rows.map(Some));
        assert_eq!(published.total, Some(pair(37, 18)));
    }

    #[test]
    fn a_small_row_takes_another_with_it_so_that_the_total_does_not_give_it_back() {
        let published = publish(&[pair(3, 1), pair(30, 20), pair(12, 6), pair(50, 50)]);
        assert_eq!(published.rows, [None, Some(pair(30, 20)), None, Some(pair(50, 50))]);
        assert_eq!(published.total, Some(pair(95, 77)));
        assert_eq!(publish(&[pair(3, 1), pair(0, 0)]).total, None, "nothing else to hide");
        // What is missing is a count too.
        assert_eq!(publish(&[pair(20, 18)]), Published { rows: vec![None], total: None });
    }

    /// Every table of a size, by what is published of it: whoever knows the rule knows no more than these tables.
    fn by_publication(rows: usize, most: i64) -> BTreeMap<Published, Vec<Vec<Pair>>> {
        let cells: Vec<Pair> = (0..=most).flat_map(|e| (0..=e).map(move |d| pair(e, d))).collect();
        let mut tables: Vec<Vec<Pair>> = vec![Vec::new()];
        for _ in 0..rows {
            tables = tables
                .into_iter()
                .flat_map(|table| cells.iter().map(move |cell| [table.clone(), vec![*cell]].concat()))
                .collect();
        }
        let mut groups: BTreeMap<Published, Vec<Vec<Pair>>> = BTreeMap::new();
        for table in tables {
            groups.entry(publish(&table)).or_default().push(table);
        }
        groups
    }

    /// A hidden count that only one value fits.
    fn given_back(published: &Published, tables: &[Vec<Pair>]) -> bool {
        let counts: [fn(Pair) -> i64; 3] = [|row| row.expected, |row| row.declared, Pair::missing];
        let hidden = published.rows.iter().enumerate().filter(|(_, row)| row.is_none()).map(|(place, _)| place);
        hidden
            .flat_map(|place| counts.map(|count| (place, count)))
            .any(|(place, count)| tables.iter().map(|t| count(t[place])).collect::<BTreeSet<i64>>().len() < 2)
    }

    #[test]
    fn whoever_knows_the_rule_finds_no_hidden_count_in_any_small_table() {
        for (rows, most) in [(1, 12), (2, 12), (3, 7)] {
            for (published, tables) in by_publication(rows, most) {
                assert!(!given_back(&published, &tables), "{published:?} {tables:?}");
            }
        }
    }

    /// The twin: hiding small rows alone gives them back.
    #[test]
    fn a_total_beside_one_hidden_row_is_seen_to_give_it_back() {
        let published = Published { rows: vec![None, Some(pair(30, 20))], total: Some(pair(33, 21)) };
        assert!(given_back(&published, &[vec![pair(3, 1), pair(30, 20)]]));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_true_and_what_is_hidden_is_neither_alone_nor_small(
            drawn in prop::collection::vec((0i64..60, 0i64..60), 0..30),
        ) {
            let rows: Vec<Pair> = drawn.into_iter().map(|(a, b)| pair(a.max(b), a.min(b))).collect();
            let published = publish(&rows);
            let mut hidden = Vec::new();
            for (row, shown) in rows.iter().zip(&published.rows) {
                match shown {
                    Some(shown) => {
                        prop_assert_eq!(shown, row);
                        prop_assert!(!row.is_small());
                    }
                    None => hidden.push(*row),
                }
            }
            if let Some(total) = published.total {
                prop_assert_eq!(total, rows.iter().copied().fold(Pair::default(), Pair::plus));
                let sum = hidden.iter().copied().fold(Pair::default(), Pair::plus);
                prop_assert!(hidden.len() != 1 && !sum.is_small());
            }
        }

        #[test]
        fn the_order_of_the_rows_changes_nothing(
            drawn in prop::collection::vec((0i64..20, 0i64..20), 0..12),
            turn in 0usize..12,
        ) {
            let rows: Vec<Pair> = drawn.into_iter().map(|(a, b)| pair(a.max(b), a.min(b))).collect();
            let mut turned = rows.clone();
            let by = turn.min(rows.len());
            turned.rotate_left(by);
            let (mut published, after) = (publish(&rows), publish(&turned));
            published.rows.rotate_left(by);
            prop_assert_eq!(published, after);
        }
    }
}
