//! How many witnesses must have a head before what it covers is called witnessed (trust.md A07).

use diesel::prelude::*;

use super::witnesses::{held_by, mail_name};
use crate::app::Tx;
use crate::config::Journal;
use crate::db::schema::checkpoint_copies;
use crate::error::Result;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Those who are asked, and how many of them are enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quorum {
    /// As in the rows of copies: the folder and the programs; the mailboxes where there is neither, since theirs may be an hour old.
    pub names: Vec<String>,
    /// Nothing where nobody is asked.
    pub wanted: usize,
}

impl Quorum {
    /// `journal.witness_quorum`: zero is all of them.
    pub fn of(settings: &Journal) -> Self {
        let mut names: Vec<String> = settings.witnesses.iter().map(|program| program.url.clone()).collect();
        names.extend((!settings.witness_folder.is_empty()).then(|| settings.witness_folder.clone()));
        if names.is_empty() {
            names.extend(settings.witness_mailboxes.iter().map(|to| mail_name(to)));
        }
        names.sort_unstable();
        names.dedup();
        let wanted = match settings.witness_quorum {
            0 => names.len(),
            some => some,
        };
        Self { names, wanted }
    }

    /// How many events, from the first, enough of them have under a head.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn reached(&self, tx: &mut Tx<'_>) -> Result<i64> {
        let mut held = Vec::with_capacity(self.names.len());
        for name in &self.names {
            let last: Option<i64> = held_by(name)
                .order((checkpoint_copies::size.desc(), checkpoint_copies::id.desc()))
                .select(checkpoint_copies::size)
                .first(tx.conn)
                .optional()?;
            held.push(last.unwrap_or_default());
        }
        held.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
        let enough = self.wanted.checked_sub(1).and_then(|place| held.get(place));
        Ok(enough.copied().unwrap_or_default())
    }

    /// Are there enough of them without these? Whoever is not of them is missed.
    pub fn stands_without(&self, missing: &[&str]) -> bool {
        let of_them = missing.iter().all(|name| self.names.iter().any(|other| other == name));
        of_them && self.names.len() >= self.wanted + missing.len()
    }

    /// « un témoin », « 2 témoins sur 3 ».
    pub fn told(&self, language: Language) -> String {
        match (self.wanted, self.names.len()) {
            (0 | 1, 0 | 1) => say(language, "doctor-quorum-one", &[]),
            (wanted, of) => {
                say(language, "doctor-quorum-some", &[("wanted", Arg::count(wanted)), ("of", Arg::count(of))])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(wanted: usize) -> Quorum {
        Quorum { names: ["a", "b", "c"].map(str::to_owned).into(), wanted }
    }

    #[test]
    fn enough_of_them_stand_without_the_others() {
        assert!(three(2).stands_without(&["a"]) && three(3).stands_without(&[]));
        assert!(!three(3).stands_without(&["a"]) && !three(2).stands_without(&["a", "c"]));
        assert!(!three(1).stands_without(&["somebody else"]));
    }

    #[test]
    fn how_many_are_wanted_is_told_in_words() {
        assert_eq!(
            (three(2).told(Language::Fr), three(1).told(Language::Fr)),
            ("2 témoins sur 3".into(), "1 témoin sur 3".into())
        );
        assert_eq!(Quorum { names: vec!["a".into()], wanted: 1 }.told(Language::Fr), "un témoin");
    }
}
