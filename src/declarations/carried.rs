//! The files that an export carried, as its row of the access log keeps them: stretches of their numbers (`12-40,42`). What leaves is
//! most often a part of the register one after the other: one short row tells everybody that theirs left.

use std::fmt;

/// Files, by their internal numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    files: i64,
    /// First and last numbers, in order, apart from one another.
    stretches: Vec<(i64, i64)>,
}

impl Carried {
    /// These files, in whatever order, each once.
    pub fn of(mut ids: Vec<i64>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        let files = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for id in ids {
            match stretches.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(id) => *last = id,
                _ => stretches.push((id, id)),
            }
        }
        Self { files, stretches }
    }

    /// What a row keeps; nothing for what no export wrote.
    pub fn read(text: &str) -> Option<Self> {
        let mut read = Self::default();
        for stretch in text.split(',').filter(|stretch| !stretch.is_empty()) {
            let (first, last) = stretch.split_once('-').unwrap_or((stretch, stretch));
            let (first, last): (i64, i64) = (first.parse().ok()?, last.parse().ok()?);
            let is_after = read.stretches.last().is_none_or(|(_, before)| *before < first);
            if !is_after || last < first {
                return None;
            }
            read.files = read.files.saturating_add(last.saturating_sub(first).saturating_add(1));
            read.stretches.push((first, last));
        }
        Some(read)
    }

    /// How many.
    pub fn files(&self) -> i64 {
        self.files
    }

    /// Was this one among them?
    pub fn holds(&self, id: i64) -> bool {
        let next = self.stretches.partition_point(|(first, _)| *first <= id);
        next.checked_sub(1).and_then(|at| self.stretches.get(at)).is_some_and(|(_, last)| id <= *last)
    }
}

impl fmt::Display for Carried {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (first, last)) in self.stretches.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            if first == last {
                write!(out, "{comma}{first}")?;
            } else {
                write!(out, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Carried;

    #[test]
    fn files_one_after_the_other_make_one_stretch() {
        let carried = Carried::of(vec![42, 12, 14, 13, 45, 44, 13]);
        assert_eq!((carried.to_string().as_str(), carried.files()), ("12-14,42,44-45", 6));
        let held: Vec<i64> = (0..60).filter(|id| carried.holds(*id)).collect();
        assert_eq!(held, [12, 13, 14, 42, 44, 45]);
        assert_eq!(Carried::read("12-14,42,44-45"), Some(carried));
        assert_eq!(Carried::read(""), Some(Carried::default()));
        assert!(!Carried::default().holds(0));
    }

    #[test]
    fn what_no_export_wrote_is_not_read() {
        for text in ["a", "3-", "5-4", "4,3", "1-5,5", "1;2"] {
            assert_eq!(Carried::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_whole_register_of_a_ministry_is_a_short_row() {
        // One file in twenty is told in confidence, and leaves in no export.
        let whole = Carried::of((1..=100_000).filter(|id| id % 20 != 0).collect());
        assert_eq!(whole.files(), 95_000);
        assert!(whole.to_string().len() < 100_000, "{}", whole.to_string().len());
        assert!(whole.holds(99_999) && !whole.holds(99_980));
    }
}
