//! Writing a register: its enterprises, what ties them, their names, the words of these; then it takes its place. Rows that an
//! earlier run wrote are passed over.

use diesel::prelude::*;

use super::codes::Codes;
use super::generation::{self, Origin, Written};
use super::read::{self, Entries, Entry, Register, Successor};
use super::search;
use super::spool::{Heaps, Waiting};
use super::store::GenerationId;
use super::ties::Tie;
use super::words::{self, Words};
use crate::app::{App, Tx};
use crate::db::conn::each_engine;
use crate::db::schema::{registry_enterprises, registry_names, registry_ties, registry_words};
use crate::error::Result;
use crate::sources::Problems;
use crate::sources::store::{self as sources, Tally};

/// Rows of one statement, well under what either engine binds.
const BATCH: usize = 500;
/// Heaps of names by length.
const LENGTHS: usize = 80;

#[derive(Insertable)]
#[diesel(table_name = registry_enterprises, treat_none_as_default_value = false)]
struct NewEnterprise {
    generation: GenerationId,
    neq: String,
    status: &'static str,
    form: String,
    name: String,
    successor: Option<String>,
    standing: String,
}

#[derive(Insertable)]
#[diesel(table_name = registry_ties, treat_none_as_default_value = false)]
struct NewTie {
    generation: GenerationId,
    neq: String,
    kind: &'static str,
    other: Option<String>,
    name: String,
    words: String,
    happened_on: Option<chrono::NaiveDate>,
}

#[derive(Insertable)]
#[diesel(table_name = registry_names, treat_none_as_default_value = false)]
struct NewName {
    id: i64,
    neq: String,
    name: String,
    in_force: bool,
}

#[derive(Insertable)]
#[diesel(table_name = registry_words, treat_none_as_default_value = false)]
struct NewWord {
    generation: GenerationId,
    word: String,
    names: i64,
}

fn digits(neq: u64) -> String {
    format!("{neq:010}")
}

/// The names of one enterprise, in their order by rank: each rank is sorted.
#[derive(Default)]
struct Borne([Vec<String>; 3]);

impl Borne {
    /// False when it bears that name already: in force and former, or over the door of an establishment, it is one name.
    fn adds(&mut self, waiting: &Waiting) -> bool {
        let known = self.0.iter().any(|names| names.binary_search(&waiting.name).is_ok());
        let rank = self.0.get_mut(usize::from(waiting.rank)).filter(|_| !known);
        rank.map(|names| names.push(waiting.name.clone())).is_some()
    }

    /// What it goes by.
    fn first(self) -> Option<String> {
        self.0.into_iter().flatten().next()
    }
}

/// What a writing did.
pub struct Done {
    pub tally: Tally,
    /// Rows that an earlier run had written.
    pub resumed: i64,
}

/// Writes a register and puts it in force; `progress` hears how many rows are written.
pub fn write(
    app: &App,
    file: sources::File,
    codes: &Codes,
    register: Register,
    problems: &Problems,
    progress: &dyn Fn(u64),
) -> Result<Done> {
    let staged = generation::begin(app, Origin::new(&file.sha256, codes, &register))?;
    let (resumed, rows) = (staged.written.all(), register.rows());
    let share = app.book.config.sources.registry_batch;
    let mut writer = Writer { app, staged, share, progress };
    let Register { entries, successors, ties, names, .. } = register;
    let lengths = writer.enterprises(&entries, &successors, names)?;
    drop((entries, successors));
    writer.ties(ties.each()?)?;
    let vocabulary = writer.names(lengths)?;
    writer.words(vocabulary)?;
    words::settle(app)?;
    let tally = Tally { rows, errors: problems.count, changes: writer.staged.written.names };
    writer.staged.swap(app, file, tally, problems)?;
    Ok(Done { tally, resumed })
}

struct Writer<'a> {
    app: &'a App,
    staged: generation::Staged,
    /// Rows of one transaction.
    share: usize,
    progress: &'a dyn Fn(u64),
}

impl Writer<'_> {
    fn put<T: Send + 'static>(
        &mut self,
        rows: Vec<T>,
        after: Written,
        write: impl FnOnce(&mut Tx<'_>, &[T]) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        if !rows.is_empty() {
            self.staged.put(self.app, rows, after, write)?;
            (self.progress)(u64::try_from(after.all()).unwrap_or(0));
        }
        Ok(())
    }

    /// The enterprises, by number; their names come back by length.
    fn enterprises(&mut self, entries: &Entries, successors: &[Successor], names: Heaps) -> Result<Heaps> {
        let (before, generation) = (self.staged.written, self.staged.id);
        let mut lengths = Heaps::new(LENGTHS)?;
        let (share, mut heap, mut count) = (read::share(entries.all.len()), 0, 0_i64);
        let mut rows: Vec<NewEnterprise> = Vec::with_capacity(self.share);
        names.each(|names| {
            let mut names = names.into_iter().peekable();
            let from = heap * share;
            heap += 1;
            for (at, entry) in entries.all.iter().enumerate().skip(from).take(share) {
                let place = u64::try_from(at).unwrap_or(u64::MAX);
                let mut borne = Borne::default();
                while let Some(waiting) = names.next_if(|waiting| waiting.of == place) {
                    if borne.adds(&waiting) {
                        let (rank, of) = (u8::from(waiting.rank > 1), entry.neq);
                        let length = waiting.name.chars().count();
                        lengths.push(length, &Waiting { of, rank, name: waiting.name })?;
                    }
                }
                let goes_by = borne.first();
                // Of a natural person without a business name nothing is kept.
                if goes_by.is_none() && entry.person {
                    continue;
                }
                count += 1;
                if count <= before.enterprises {
                    continue;
                }
                let successor = successor(entries, successors, at);
                rows.push(row(generation, entries, entry, goes_by.unwrap_or_default(), successor));
                if rows.len() >= self.share {
                    let after = Written { enterprises: count, ..before };
                    self.put(std::mem::take(&mut rows), after, insert_enterprises)?;
                }
            }
            Ok(())
        })?;
        self.put(rows, Written { enterprises: count, ..before }, insert_enterprises)?;
        Ok(lengths)
    }

    fn ties(&mut self, ties: impl Iterator<Item = Result<Tie>>) -> Result<()> {
        let (before, generation) = (self.staged.written, self.staged.id);
        let mut count = 0;
        let mut rows: Vec<NewTie> = Vec::new();
        for tie in ties {
            let tie = tie?;
            count += 1;
            if count <= before.ties {
                continue;
            }
            rows.push(NewTie {
                generation,
                neq: digits(tie.neq),
                kind: tie.kind.as_str(),
                other: tie.other.map(digits),
                name: tie.name,
                words: tie.words,
                happened_on: tie.on,
            });
            if rows.len() >= self.share {
                self.put(std::mem::take(&mut rows), Written { ties: count, ..before }, insert_ties)?;
            }
        }
        self.put(rows, Written { ties: count, ..before }, insert_ties)
    }

    /// The names, the shortest first; their words come back, counted.
    fn names(&mut self, lengths: Heaps) -> Result<Words> {
        let (before, first) = (self.staged.written, self.staged.first);
        let (mut next, mut vocabulary) = (first, Words::default());
        lengths.each(|names| {
            let mut names = names.into_iter();
            loop {
                let mut share: Vec<NewName> = names
                    .by_ref()
                    .take(self.share)
                    .map(|waiting| {
                        next += 1;
                        NewName { id: next - 1, neq: digits(waiting.of), name: waiting.name, in_force: waiting.rank == 0 }
                    })
                    .collect();
                if share.is_empty() {
                    return Ok(());
                }
                let mut folded: Vec<(i64, String)> =
                    share.iter().map(|name| (name.id, search::indexed(&name.name))).collect();
                folded.iter().for_each(|(_, words)| vocabulary.count(words));
                share.retain(|name| name.id >= first + before.names);
                folded.retain(|(id, _)| *id >= first + before.names);
                self.put(share, Written { names: next - first, ..before }, move |tx, names| {
                    for batch in names.chunks(BATCH) {
                        each_engine!(tx.conn, conn => diesel::insert_into(registry_names::table).values(batch).execute(conn))?;
                    }
                    words::index(tx.conn, &folded)
                })?;
            }
        })?;
        Ok(vocabulary)
    }

    fn words(&mut self, vocabulary: Words) -> Result<()> {
        let (before, generation) = (self.staged.written, self.staged.id);
        let done = usize::try_from(before.words).unwrap_or(usize::MAX);
        let mut words = vocabulary.sorted().into_iter().skip(done);
        let mut count = before.words;
        loop {
            let word = |(word, names)| NewWord { generation, word, names };
            let share: Vec<NewWord> = words.by_ref().take(self.share).map(word).collect();
            if share.is_empty() {
                return Ok(());
            }
            count += i64::try_from(share.len()).unwrap_or(0);
            self.put(share, Written { words: count, ..before }, |tx, words| {
                for batch in words.chunks(BATCH) {
                    each_engine!(tx.conn, conn => diesel::insert_into(registry_words::table).values(batch).execute(conn))?;
                }
                Ok(())
            })?;
        }
    }
}

fn row(
    generation: GenerationId,
    entries: &Entries,
    entry: &Entry,
    name: String,
    successor: Option<String>,
) -> NewEnterprise {
    NewEnterprise {
        generation,
        neq: digits(entry.neq),
        status: entry.standing.as_str(),
        form: entries.forms.words(entry.form).to_owned(),
        name,
        successor,
        standing: entries.statuses.words(entry.said).to_owned(),
    }
}

/// Number of the enterprise into which the one at a place was merged.
fn successor(entries: &Entries, successors: &[Successor], at: usize) -> Option<String> {
    let at = u32::try_from(at).ok()?;
    let pair = successors.get(successors.binary_search_by_key(&at, |pair| pair.0).ok()?)?;
    entries.all.get(usize::try_from(pair.1).ok()?).map(|entry| digits(entry.neq))
}

fn insert_enterprises(tx: &mut Tx<'_>, rows: &[NewEnterprise]) -> Result<()> {
    for batch in rows.chunks(BATCH) {
        each_engine!(tx.conn, conn => diesel::insert_into(registry_enterprises::table).values(batch).execute(conn))?;
    }
    Ok(())
}

fn insert_ties(tx: &mut Tx<'_>, rows: &[NewTie]) -> Result<()> {
    for batch in rows.chunks(BATCH) {
        each_engine!(tx.conn, conn => diesel::insert_into(registry_ties::table).values(batch).execute(conn))?;
    }
    Ok(())
}
