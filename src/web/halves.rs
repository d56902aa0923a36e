//! A list in two halves, what waits and what is done, by pages: `?vue=&apres=`.

use serde::Deserialize;

use super::Visit;
use crate::declarations::inbox::Tab;

/// Lines of a page.
const PAGE: usize = 50;

/// As it is asked.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The name of the half of what is done, or what waits.
    #[serde(default)]
    vue: String,
    #[serde(default)]
    apres: String,
}

/// Where the list is, and the name of the half of what is done.
#[derive(Debug, Clone, Copy)]
pub struct Halves {
    pub address: &'static str,
    pub done: &'static str,
}

impl Halves {
    pub fn is_done(self, asked: &Asked) -> bool {
        asked.vue == self.done
    }

    /// Both, with the keys of their words.
    pub fn tabs(self, visit: &Visit, asked: &Asked, [waiting, done]: [&str; 2]) -> Vec<Tab> {
        let tab = |is_done, key| Tab {
            href: self.address_of(is_done),
            label: visit.say(key),
            current: is_done == self.is_done(asked),
        };
        vec![tab(false, waiting), tab(true, done)]
    }

    /// The beginning of the list, when this is not it; and the page after, when there is one.
    pub fn around(self, asked: &Asked, next: Option<i64>) -> (Option<String>, Option<String>) {
        let here = self.address_of(self.is_done(asked));
        let sign = if self.is_done(asked) { '&' } else { '?' };
        (asked.from().map(|_| here.clone()), next.map(|id| format!("{here}{sign}apres={id}")))
    }

    fn address_of(self, is_done: bool) -> String {
        if is_done { format!("{}?vue={}", self.address, self.done) } else { self.address.to_owned() }
    }
}

impl Asked {
    /// The number of the last line of the page before.
    pub fn from(&self) -> Option<i64> {
        self.apres.parse().ok()
    }
}

/// How many rows to read: one more than a page shows.
pub fn wanted() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}

/// The rows of a page out of those that were [`wanted`], and the number of the last when there are more.
pub fn page<T>(mut rows: Vec<T>, number: impl Fn(&T) -> i64) -> (Vec<T>, Option<i64>) {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(number);
    (rows, next)
}
