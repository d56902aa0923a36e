//! What happens without anybody asking: letters leave, reminders are written, files in quarantine are analysed, what has
//! served its time is deleted.
//!
//! Letters are claimed in one short transaction, sent outside any, and written down as sent one after the other by a
//! thread of its own, so that the relay's next answer and the disk's are awaited together. When the relay is not
//! there, nothing is claimed and the queue waits; trying the relay again costs no letter an attempt.

mod marks;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tokio::sync::Notify;

use super::clock_watch::ClockWatch;
use super::message::Identity;
use super::store;
use super::transport::{Transport, Trouble, Turn};
use super::undelivered;
use super::{digest, heads};
use crate::app::App;
use crate::attachments::{orphans, quarantine};
use crate::backup;
use crate::clock;
use crate::crosschecks;
use crate::declarations::{forgotten, handover, reminders};
use crate::error::Result;
use crate::journal::{checkpoints, comparisons};
use crate::people::{confirmations, departures, passkeys, sessions};
use crate::readings::{seals, unusual};
use crate::{campaigns, rectifications, retention};
use marks::send_batch;

/// Letters claimed at once.
const BATCH: i64 = 100;
/// A letter begins within this of its claim and is over before the lease ends, so that nobody else sends it too.
const START_WITHIN: Duration = Duration::from_secs(20);
const END_WITHIN: Duration = Duration::from_secs(store::LEASE.unsigned_abs() - 5);
/// Waits before a relay that was not there is tried again.
const FIRST_OUTAGE_WAIT: Duration = Duration::from_secs(2);
const LONGEST_OUTAGE_WAIT: Duration = Duration::from_secs(60);
/// How often the queue is looked at when nobody rings.
const EVERY: Duration = Duration::from_secs(1);
/// What one pass did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Letters that left.
    pub sent: usize,
    /// Letters to try again later.
    pub retried: usize,
    /// Letters that will not leave as they are.
    pub failed: usize,
    /// Letters written to remind people.
    pub reminders: usize,
    /// Digests written.
    pub digests: usize,
    /// Files that went to somebody else because their holder's last day is over.
    pub moved: usize,
    /// Files of the quarantine that the antivirus decided about.
    pub analysed: usize,
    /// Rows emptied or deleted because their time was over.
    pub purged: usize,
    /// Why letters wait, when the relay or the folder is not there.
    pub outage: Option<Trouble>,
}

/// A duty that may take minutes: nothing else waits for it.
#[derive(Default)]
struct Aside {
    under_way: Option<std::thread::JoinHandle<Result<()>>>,
}

impl Aside {
    /// Begins it unless it is under way, and gives what became of the time before; waited for when everything is asked at once.
    fn run(&mut self, waited_for: bool, duty: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
        if waited_for {
            return duty();
        }
        if self.under_way.as_ref().is_some_and(|duty| !duty.is_finished()) {
            return Ok(());
        }
        let before = self.under_way.take().and_then(|duty| duty.join().ok()).unwrap_or(Ok(()));
        self.under_way = Some(std::thread::spawn(duty));
        before
    }
}

/// Sends letters and keeps time. Several may run over one PostgreSQL.
pub struct Worker {
    app: App,
    transport: Transport,
    identity: Identity,
    bell: Arc<Notify>,
    stopping: Arc<AtomicBool>,
    reminders_at: Option<clock::Instant>,
    purge_at: Option<clock::Instant>,
    sweep_at: Option<clock::Instant>,
    checkpoint_at: Option<clock::Instant>,
    analysis_at: Option<clock::Instant>,
    backup_at: Option<clock::Instant>,
    compare_at: Option<clock::Instant>,
    retention_asked: retention::worker::Asked,
    copying: Aside,
    comparing: Aside,
    clock_watch: ClockWatch,
    /// The relay is left alone until then.
    outage_until: Option<Instant>,
    outage_wait: Duration,
}

impl Worker {
    /// A worker for the settings of the application.
    ///
    /// # Errors
    /// Names the setting to correct.
    pub fn new(app: App) -> Result<Self> {
        let transport = Transport::open(&app.book.config)?;
        let identity = Identity::of(&app.book.config)?;
        Ok(Self {
            transport,
            identity,
            bell: Arc::new(Notify::new()),
            stopping: Arc::new(AtomicBool::new(false)),
            reminders_at: None,
            purge_at: None,
            sweep_at: None,
            checkpoint_at: None,
            analysis_at: None,
            backup_at: None,
            // A start is busy enough.
            compare_at: Some(app.clock.now() + TimeDelta::minutes(10)),
            retention_asked: retention::worker::Asked::default(),
            copying: Aside::default(),
            comparing: Aside::default(),
            clock_watch: ClockWatch::default(),
            app,
            outage_until: None,
            outage_wait: FIRST_OUTAGE_WAIT,
        })
    }

    /// Ring it (`notify_one`) after letters were queued: they leave at once rather than within a second.
    pub fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }

    /// Works until `stop` ends; finishes the letter under way first.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let (bell, stopping) = (self.bell(), Arc::clone(&self.stopping));
        let mut worker = self;
        loop {
            let mut pass = pin!(tokio::task::spawn_blocking(move || {
                worker.pass();
                worker
            }));
            let done = tokio::select! {
                done = &mut pass => done,
                () = &mut stop => {
                    stopping.store(true, Ordering::Relaxed);
                    pass.await
                }
            };
            // A panic inside a pass is caught there; this happens only when the runtime itself goes away.
            let Ok(back) = done else { return };
            worker = back;
            if stopping.load(Ordering::Relaxed) {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = bell.notified() => {}
                () = &mut stop => return,
            }
        }
    }

    /// One pass that never ends the worker.
    fn pass(&mut self) {
        match catch_unwind(AssertUnwindSafe(|| self.work(false))) {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "the worker met an error and goes on"),
            Err(_) => {
                tracing::error!("the worker panicked and goes on");
                // A connection left in the middle of a letter carries no other.
                self.transport.rest();
            }
        }
    }

    /// Sends everything that is due, writes reminders, deletes what is over: `probite work --once`, and tests.
    ///
    /// # Errors
    /// When the database fails. A relay that is not there is no error: see [`Tally::outage`].
    pub fn run_once(&mut self) -> Result<Tally> {
        self.work(true)
    }

    fn work(&mut self, everything: bool) -> Result<Tally> {
        let mut tally = Tally::default();
        let now = self.app.clock.now();
        // One duty that fails must not keep the others from being done: the first error is told at the end.
        let mut first_error = Ok(());
        let mut note = |done: Result<()>| {
            if let (Ok(()), Err(error)) = (&first_error, done) {
                first_error = Err(error);
            }
        };
        note(self.clock_watch.look(&self.app));
        if everything || self.reminders_at.is_none_or(|at| now >= at) {
            self.reminders_at = Some(now + TimeDelta::minutes(1));
            note(self.app.write_here(reminders::send_due).map(|written| tally.reminders = written));
            note(crosschecks::follow::follow_all(&self.app).map(drop));
            note(self.app.write_here(campaigns::worker::go_on).map(|written| tally.reminders += written));
            let lists = retention::worker::prepare_when_due(&self.app, &mut self.retention_asked);
            note(lists.map(|lists| tally.reminders += lists));
            note(orphans::remove_given_up(&self.app).map(drop));
            note(self.app.write_here(confirmations::tell).map(|written| tally.reminders += written));
            note(self.app.write_here(digest::send_due).map(|written| tally.digests = written));
        }
        if everything || self.checkpoint_at.is_none_or(|at| now >= at) {
            self.checkpoint_at = Some(now + TimeDelta::seconds(self.app.book.config.journal.checkpoint_seconds));
            note(checkpoints::publish(&self.app));
            note(heads::mail(&self.app, &mut self.transport, &self.identity, &self.stopping));
        }
        if everything || self.analysis_at.is_none_or(|at| now >= at) {
            self.analysis_at = Some(now + TimeDelta::minutes(self.app.book.config.uploads.clamd_retry_minutes));
            note(quarantine::retry(&self.app).map(|files| tally.analysed = files));
        }
        if everything || self.backup_at.is_none_or(|at| now >= at) {
            self.backup_at = Some(now + TimeDelta::minutes(10));
            let app = self.app.clone();
            note(self.copying.run(everything, move || backup::worker::run_if_due(&app)));
        }
        if everything || self.compare_at.is_none_or(|at| now >= at) {
            self.compare_at = Some(now + TimeDelta::minutes(10));
            let app = self.app.clone();
            note(self.comparing.run(everything, move || comparisons::run_if_due(&app)));
        }
        if everything || self.outage_until.is_none_or(|until| Instant::now() >= until) {
            note(self.send_due(&mut tally));
            self.transport.rest();
        }
        if everything || self.purge_at.is_none_or(|at| now >= at) {
            self.purge_at = Some(now + TimeDelta::hours(1));
            note(self.app.write_here(handover::follow_the_calendar).map(|files| tally.moved = files));
            note(self.app.write_here(crosschecks::begun::follow).map(drop));
            note(self.app.write_here(departures::follow).map(drop));
            note(self.app.write_here(confirmations::remind).map(|written| tally.reminders += written));
            note(self.app.write_here(forgotten::follow).map(drop));
            note(self.app.write_here(rectifications::reminders::remind).map(|written| tally.reminders += written));
            note(retention::worker::scrub(&self.app).map(drop));
            note(self.app.write_here(undelivered::tell).map(drop));
            note(self.app.write_here(unusual::watch).map(drop));
            note(self.seal_readings());
            note(self.purge().map(|rows| tally.purged = rows));
        }
        if everything || self.sweep_at.is_none_or(|at| now >= at) {
            self.sweep_at = Some(now + TimeDelta::days(1));
            note(orphans::sweep(&self.app, orphans::AGE).map(drop));
            note(self.app.write_here(crosschecks::looked::aged).map(drop));
        }
        first_error.map(|()| tally)
    }

    /// A stretch in each transaction: people work meanwhile.
    fn seal_readings(&self) -> Result<()> {
        while !self.stopping.load(Ordering::Relaxed) && self.app.write_here(seals::seal)? {}
        Ok(())
    }

    fn purge(&self) -> Result<usize> {
        let mut rows = self.app.write_here(sessions::purge)?
            + self.app.write_here(passkeys::forget_unanswered)?
            + self.app.write_here(store::purge_idempotency_keys)?;
        loop {
            // Short transactions: people file declarations meanwhile.
            let emptied = self.app.write_here(store::purge_bodies)?;
            rows += emptied;
            if emptied == 0 || self.stopping.load(Ordering::Relaxed) {
                return Ok(rows);
            }
        }
    }

    fn send_due(&mut self, tally: &mut Tally) -> Result<()> {
        while !self.stopping.load(Ordering::Relaxed) && self.app.read_here(store::is_due)? {
            if let Err(trouble) = self.transport.ready() {
                return self.outage(trouble, tally);
            }
            let claimed_at = Instant::now();
            let letters = self.app.write_here(|tx| store::claim(tx, BATCH))?;
            let turn =
                Turn { start_by: claimed_at + START_WITHIN, end_by: claimed_at + END_WITHIN, stopping: &self.stopping };
            let before = tally.sent + tally.retried + tally.failed;
            let stopped = send_batch(&self.app, &mut self.transport, &self.identity, &letters, &turn, tally)?;
            if let Some(trouble) = stopped {
                return self.outage(trouble, tally);
            }
            (self.outage_until, self.outage_wait) = (None, FIRST_OUTAGE_WAIT);
            if tally.sent + tally.retried + tally.failed == before {
                // Others hold what was due, or the turn ended: the next pass goes on.
                break;
            }
        }
        Ok(())
    }

    fn outage(&mut self, trouble: Trouble, tally: &mut Tally) -> Result<()> {
        tracing::error!(
            class = trouble.class.as_str(),
            code = trouble.code,
            wait_s = self.outage_wait.as_secs(),
            "letters cannot leave; the queue waits"
        );
        self.outage_until = Some(Instant::now() + self.outage_wait);
        self.outage_wait = (self.outage_wait * 2).min(LONGEST_OUTAGE_WAIT);
        tally.outage = Some(trouble.clone());
        self.app.write_here(move |tx| store::note_outage(tx, &trouble))
    }
}

#[cfg(test)]
mod tests;
