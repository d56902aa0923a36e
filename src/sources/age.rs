//! How old a source is: for the page of sources, and for whoever relies on what was not found in one.

use serde::Serialize;

use super::{Source, store};
use crate::app::Tx;
use crate::clock::local_date;
use crate::config::Sources;
use crate::error::Result;
use crate::text::Language;
use crate::texts::{Arg, say};

/// How old a source is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    pub source: Source,
    /// Days since its last file; nothing when none came yet.
    pub days: Option<i64>,
    /// Too old to say that something is not there.
    pub old: bool,
}

impl Age {
    pub fn new(source: Source, days: Option<i64>, settings: &Sources) -> Self {
        let most = i64::from(settings.old_after(source));
        Self { source, days, old: days.is_none_or(|days| days > most) }
    }
}

/// The ages of some sources today, in their order.
pub fn of(tx: &mut Tx<'_>, sources: &[Source]) -> Result<Vec<Age>> {
    let today = tx.today();
    let mut ages = Vec::new();
    for source in sources {
        let days = store::last(tx, *source)?.map(|last| (today - local_date(last.imported_at, tx.zone())).num_days());
        ages.push(Age::new(*source, days, &tx.book.config.sources));
    }
    Ok(ages)
}

/// A line about a source.
#[derive(Debug, Clone, Serialize)]
pub struct AgeView {
    text: String,
    old: bool,
}

/// Ages in words, a line each.
pub fn views(ages: &[Age], language: Language) -> Vec<AgeView> {
    let line = |age: &Age| {
        let source = Arg::from(say(language, age.source.title(), &[]));
        let text = match age.days {
            Some(days) => say(language, "source-age-line", &[("source", source), ("days", Arg::from(days))]),
            None => say(language, "source-never-line", &[("source", source)]),
        };
        AgeView { text, old: age.old }
    };
    ages.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_source_is_old_after_its_delay_and_when_nothing_came() {
        let settings = Config::defaults().unwrap().sources;
        let old = |source, days| Age::new(source, days, &settings).old;
        for source in Source::ALL {
            let last = i64::from(settings.old_after(source));
            assert_eq!((old(source, None), old(source, Some(last)), old(source, Some(last + 1))), (true, false, true));
        }
    }
}
