//! Small counters that keep their memory bounded whatever the number of rows.

use std::collections::BTreeMap;

/// Days counted one by one: percentiles are exact and the memory is the number of distinct values.
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    counts: BTreeMap<i64, u64>,
    n: u64,
}

impl Histogram {
    pub fn add(&mut self, days: i64) {
        *self.counts.entry(days).or_default() += 1;
        self.n += 1;
    }

    /// How many values.
    pub fn total(&self) -> u64 {
        self.n
    }

    /// Nearest rank: the smallest value such that at least `percent` % of the values are no greater.
    pub fn percentile(&self, percent: u64) -> Option<i64> {
        let rank = (self.n * percent).div_ceil(100).max(1);
        let mut seen = 0;
        self.counts.iter().find_map(|(days, count)| {
            seen += count;
            (seen >= rank).then_some(*days)
        })
    }

    pub fn max(&self) -> Option<i64> {
        self.counts.keys().next_back().copied()
    }

    /// Values and how often each occurs, ascending.
    pub fn counts(&self) -> impl Iterator<Item = (i64, u64)> + '_ {
        self.counts.iter().map(|(days, count)| (*days, *count))
    }
}

/// The first `limit` items in the order of their keys, and how many there were. Keys must be unique.
#[derive(Debug, Clone)]
pub struct Top<K, T> {
    items: BTreeMap<K, T>,
    limit: usize,
    total: u64,
}

impl<K: Ord, T> Top<K, T> {
    pub fn new(limit: usize) -> Self {
        Self { items: BTreeMap::new(), limit, total: 0 }
    }

    /// Counts one; builds it only when it enters.
    pub fn offer(&mut self, key: K, item: impl FnOnce() -> T) {
        self.total += 1;
        if self.items.len() >= self.limit && self.items.last_key_value().is_some_and(|(last, _)| *last <= key) {
            return;
        }
        self.items.insert(key, item());
        if self.items.len() > self.limit {
            self.items.pop_last();
        }
    }

    pub fn finish(self) -> (u64, Vec<T>) {
        (self.total, self.items.into_values().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.percentile(50), None);
        for days in [5, 1, 3, 2, 4, 9, 10, 8, 6, 7] {
            histogram.add(days);
        }
        assert_eq!((histogram.percentile(50), histogram.percentile(90), histogram.max()), (Some(5), Some(9), Some(10)));
    }

    #[test]
    fn the_top_keeps_the_first_keys_and_counts_all() {
        let mut top = Top::new(3);
        for key in [9, 4, 7, 1, 8, 2] {
            top.offer(key, || key * 10);
        }
        assert_eq!(top.finish(), (6, vec![10, 20, 40]));
    }
}
