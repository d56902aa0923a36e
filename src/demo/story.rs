//! Three years, one step at a time: a queue of what happens next, in the order of time, so that the journal is too.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use diesel::connection::SimpleConnection;

use super::chance::Chance;
use super::data::Data;
use super::programme::Programme;
use super::scenes::{self, Scene};
use super::world::World;
use super::{Size, times};
use crate::app::{Rulebook, Tx};
use crate::clock::{self, Instant};
use crate::db::DbConn;
use crate::declarations::answers::Answers;
use crate::declarations::reminders;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::outbox::digest;

/// Something somebody does to a declaration already filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    Correct,
    Withdraw,
    TakeUp,
    Ask,
    Answer,
    Refer,
    Opine,
    SendBack,
    Decide,
    /// Gives a structured opinion.
    Advise,
    Complete,
    Close,
    /// The owner shows that the measures are carried out.
    Prove,
    ProofBack,
    Verify,
    Attest,
    Lift,
    /// The ethics office receives what is handed to the State.
    Receive,
    /// Whoever has the file writes to the others who handle it.
    Discuss,
    /// The ethics officer writes to the person, and the person writes back.
    Remark,
    Reply,
}

/// What will happen to a declaration.
#[derive(Debug, Clone, Copy)]
pub enum Script {
    /// Drawn as it goes.
    Drawn,
    /// Never sent.
    Unfinished,
    /// These acts, then nothing more.
    Acts(&'static [Act]),
    /// The same, with the outcome of the decision.
    Outcome(&'static [Act], &'static str),
}

/// One declaration on its way.
pub(super) struct Case {
    pub declarant: usize,
    pub kind: &'static str,
    pub chance: Chance,
    pub script: Script,
    /// What is still to happen before the state is looked at again.
    pub ahead: VecDeque<Act>,
    pub set: Option<fn(&mut Answers)>,
    /// What a draft opened by another declaration knows.
    pub known: Option<Answers>,
    /// As last saved.
    pub now: Option<Box<Declaration>>,
}

/// What happens at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Reminders leave.
    Morning(NaiveDate),
    /// Number of a change in the directory.
    Change(usize),
    /// A case begins, is sent, goes on.
    Begin(usize),
    Finish(usize),
    Send(usize),
    Next(usize, Act),
    /// Something happens to a showcase or a passport.
    Programme(usize),
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub steps: usize,
    /// Acts that the product did not allow, and that were therefore not done.
    pub refused: usize,
    pub reminders: usize,
}

/// The history being made.
pub struct Story {
    pub(super) world: World,
    pub(super) data: Arc<Data>,
    pub(super) cases: Vec<Case>,
    programme: Programme,
    queue: BinaryHeap<Reverse<(Instant, u64, Step)>>,
    order: u64,
    pub(super) chance: Chance,
    first: Instant,
    end: Instant,
    at: Instant,
    pub(super) tally: Tally,
}

/// Months in which more, or fewer, are filed: out of 100; 60 for the others.
type Busy = &'static [(u32, u32)];

/// Kinds, how many in a hundred, and their months.
const KINDS: [(&str, u32, Busy); 4] = [
    ("business_relation", 45, &[(7, 30), (8, 38), (12, 42), (10, 80), (11, 80)]),
    ("gift_declaration", 25, &[(12, 100), (1, 66), (7, 25), (8, 28)]),
    ("event_request", 20, &[(3, 85), (4, 85), (5, 80), (9, 85), (10, 85), (7, 15), (12, 25)]),
    ("interest_declaration", 10, &[(4, 100), (5, 45), (1, 22), (7, 10), (8, 12), (12, 12)]),
];

impl Story {
    /// Draws when everything begins.
    ///
    /// # Errors
    /// When a file of `config/demo` is not what it should be.
    pub fn begin(book: &Rulebook, world: World, data: Arc<Data>, size: Size, end: Instant) -> Result<Self> {
        let zone = book.calendar.default_zone();
        let today = clock::local_date(end, zone);
        let first_day = super::first_day(today);
        let programme = Programme::new(book, &world, today)?;
        let mut story = Self {
            programme,
            world,
            data,
            cases: Vec::new(),
            queue: BinaryHeap::new(),
            order: 0,
            chance: Chance::new(size.seed).branch(2),
            first: clock::start_of_day(first_day, zone),
            end,
            at: clock::start_of_day(first_day, zone),
            tally: Tally::default(),
        };
        let calendar = &book.calendar;
        for (number, change) in story.world.changes.clone().iter().enumerate() {
            story.push(clock::at_local_time(change.on, 6, 30, zone), Step::Change(number));
        }
        let mut day = calendar.next_business_day(first_day);
        while day <= today {
            story.push(clock::at_local_time(day, book.config.letters.from_hour, 31, zone), Step::Morning(day));
            day = calendar.add_business_days(day, 1);
        }
        for (place, at) in story.programme.times().collect::<Vec<_>>() {
            story.push(at, Step::Programme(place));
        }
        for scene in scenes::all(&story.world) {
            story.add_scene(book, &scene, today);
        }
        // About one filing in thirty opens a draft of another kind, which is finished in its turn.
        let left = (size.declarations * 97 / 100).saturating_sub(story.cases.len());
        let shares = story.shares(today);
        for number in 0..left {
            story.add_drawn(book, &shares, number, first_day, today);
        }
        Ok(story)
    }

    pub fn is_over(&self) -> bool {
        self.queue.is_empty()
    }

    /// Percentage done.
    pub fn progress(&self) -> u64 {
        let (done, all) = ((self.at - self.first).num_seconds(), (self.end - self.first).num_seconds().max(1));
        u64::try_from(done * 100 / all).unwrap_or(0).min(100)
    }

    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// When the last step was.
    pub fn time(&self) -> Instant {
        self.at
    }

    /// Takes the next step, when there is one.
    pub fn advance(&mut self, conn: &mut DbConn, book: &Rulebook) -> Result<()> {
        let kept_since = self.end - TimeDelta::days(book.config.letters.keep_days);
        let stage = &mut Stage { conn, book, kept_since };
        let Some(Reverse((at, _, step))) = self.queue.pop() else { return Ok(()) };
        self.at = at;
        self.tally.steps += 1;
        match step {
            Step::Morning(_) => {
                self.tally.reminders += stage.attempt(at, reminders::send_due)?;
                stage.attempt(at, digest::send_due)?;
                Ok(())
            }
            Step::Change(number) => {
                let Some(change) = self.world.changes.get(number).cloned() else { return Ok(()) };
                let world = &mut self.world;
                stage.attempt(at, |tx| world.apply(tx, &change))
            }
            Step::Begin(place) => self.open(stage, place, at),
            Step::Finish(place) => self.finish(stage, place, at),
            Step::Send(place) => self.send(stage, place, at),
            Step::Next(place, act) => self.act(stage, place, act, at),
            Step::Programme(place) => {
                let programme = &mut self.programme;
                stage.attempt(at, |tx| programme.play(tx, place))
            }
        }
    }

    /// Plans a step, when it is not after the end.
    pub(super) fn push(&mut self, at: Instant, step: Step) {
        if at <= self.end {
            self.order += 1;
            self.queue.push(Reverse((at, self.order, step)));
        }
    }

    fn add_scene(&mut self, book: &Rulebook, scene: &Scene, today: NaiveDate) {
        let place = self.cases.len();
        let mut chance = self.chance.branch(900_000 + u64::try_from(place).unwrap_or(0));
        let last = times::business_days_before(today + TimeDelta::days(1), 1, &book.calendar);
        let day = times::business_days_before(last, scene.days_ago - 1, &book.calendar);
        let at = times::office_hours(day, &book.calendar, &mut chance);
        self.cases.push(Case { set: Some(scene.set), ..Case::new(scene.declarant, scene.kind, chance, scene.script) });
        self.push(at, Step::Begin(place));
    }

    fn add_drawn(&mut self, book: &Rulebook, shares: &Shares, number: usize, first: NaiveDate, today: NaiveDate) {
        let mut chance = self.chance.branch(u64::try_from(number).unwrap_or(0));
        let weights: Vec<(usize, u32)> = KINDS.iter().enumerate().map(|(place, kind)| (place, kind.1)).collect();
        let (kind, _, busy) = KINDS.get(chance.weighted(&weights, 0)).copied().unwrap_or(("business_relation", 0, &[]));
        let unfinished = chance.percent(1);
        let from = if unfinished { today - TimeDelta::days(45) } else { first + TimeDelta::days(1) };
        let day = times::filing_day(from, today, if unfinished { &[] } else { busy }, &book.calendar, &mut chance);
        let at = times::office_hours(day, &book.calendar, &mut chance);
        let Some(declarant) = self.somebody(shares, day, &mut chance) else { return };
        let place = self.cases.len();
        let script = if unfinished { Script::Unfinished } else { Script::Drawn };
        self.cases.push(Case::new(declarant, kind, chance, script));
        self.push(at, Step::Begin(place));
    }

    /// Who files: some deal with companies every week, others once a year.
    fn shares(&self, today: NaiveDate) -> Shares {
        let mut sum = 0;
        let mut each = Vec::with_capacity(self.world.people.len());
        for (place, person) in self.world.people.iter().enumerate() {
            let mut chance = self.chance.branch(800_000 + u64::try_from(place).unwrap_or(0));
            let drawn: usize = chance.weighted(&[(1, 40), (3, 30), (6, 20), (14, 10)], 1);
            let rank = match person.position.as_str() {
                "none" => 2,
                "deputy_minister" => 1,
                _ => 5,
            };
            // Whoever left long ago had less time to file, which the draw of a day accounts for.
            sum += if person.active_until.is_some_and(|until| until < today - TimeDelta::days(1_000)) {
                0
            } else {
                drawn * rank
            };
            each.push(sum);
        }
        Shares { each, sum }
    }

    fn somebody(&self, shares: &Shares, day: NaiveDate, chance: &mut Chance) -> Option<usize> {
        for _ in 0..60 {
            let drawn = chance.below(shares.sum);
            let place = shares.each.partition_point(|sum| *sum <= drawn);
            let person = self.world.people.get(place)?;
            let stays = person.active_until.is_none_or(|until| until > day + TimeDelta::days(60));
            if stays && person.active_from + TimeDelta::days(7) <= day {
                return Some(place);
            }
        }
        None
    }
}

/// Running sums of what each person files.
struct Shares {
    each: Vec<usize>,
    sum: usize,
}

impl Case {
    pub(super) fn new(declarant: usize, kind: &'static str, chance: Chance, script: Script) -> Self {
        let ahead = match script {
            Script::Acts(acts) | Script::Outcome(acts, _) => acts.iter().copied().collect(),
            Script::Drawn | Script::Unfinished => VecDeque::new(),
        };
        Self { declarant, kind, chance, script, ahead, set: None, known: None, now: None }
    }
}

/// Where the steps are played: one transaction of many use cases.
pub(super) struct Stage<'s> {
    pub conn: &'s mut DbConn,
    pub book: &'s Rulebook,
    /// Letters written before this have lost their text by the end.
    pub kept_since: Instant,
}

impl Stage<'_> {
    /// One use case at its own time of record, undone alone when it fails.
    pub(super) fn attempt<T>(&mut self, at: Instant, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.conn.batch_execute("SAVEPOINT step")?;
        let recent = at >= self.kept_since;
        let mut tx = if recent { Tx::new(self.conn, self.book, at) } else { Tx::long_past(self.conn, self.book, at) };
        let result = work(&mut tx);
        match &result {
            Ok(_) => self.conn.batch_execute("RELEASE step")?,
            Err(_) => self.conn.batch_execute("ROLLBACK TO step; RELEASE step")?,
        }
        result
    }
}
