//! Group commit on SQLite: one thread, one transaction, many use cases, one fsync.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use diesel::RunQueryDsl;

use super::DbConn;
use super::conn::each_engine;
use super::kept::Keep;
use crate::error::{Error, Result, is_full};

/// What a use case leaves behind: called once its transaction is durable, or with the reason it is not.
pub type Answer = Box<dyn FnOnce(Result<()>) + Send>;
/// Runs inside its own savepoint. `Err` rolls back that use case alone.
pub type Job = Box<dyn FnOnce(&mut DbConn) -> (bool, Answer) + Send>;

/// Work on the whole database, between two transactions.
pub type Upkeep = Box<dyn FnOnce(&mut DbConn) + Send>;

enum Task {
    UseCase(Job),
    Upkeep(Upkeep),
}

/// Exit code of a process whose disk failed (`EX_IOERR` of sysexits.h).
const EXIT_LOST: i32 = 74;
/// Use cases per transaction at most, so that nobody waits long for the commit.
const MOST_PER_COMMIT: usize = 256;

#[derive(Debug, Clone)]
pub struct Writer {
    jobs: Sender<Task>,
}

impl Writer {
    pub fn start(conn: DbConn) -> Result<Self> {
        let (jobs, queue) = channel();
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || drain(conn, &queue))
            .map_err(|e| Error::Internal(format!("writer thread: {e}")))?;
        Ok(Self { jobs })
    }

    pub fn submit(&self, job: Job) -> Result<()> {
        self.jobs.send(Task::UseCase(job)).map_err(|_| Error::Internal("the writer has stopped".into()))
    }

    /// Alone on the connection, outside any transaction; everybody who writes waits.
    pub fn submit_upkeep(&self, work: Upkeep) -> Result<()> {
        self.jobs.send(Task::Upkeep(work)).map_err(|_| Error::Internal("the writer has stopped".into()))
    }
}

fn drain(mut conn: DbConn, queue: &Receiver<Task>) {
    let mut commits = 0_u64;
    while let Ok(task) = queue.recv() {
        let first = match task {
            Task::UseCase(job) => job,
            Task::Upkeep(work) => {
                look_after(&mut conn, work);
                continue;
            }
        };
        let mut upkeep = None;
        if let Err(error) = say(&mut conn, "BEGIN IMMEDIATE") {
            // The use case is dropped unrun; whoever waits for it is told that it did not finish.
            tracing::error!(%error, "cannot begin");
            drop(first);
            continue;
        }
        let (answer, mut open) = run(&mut conn, first);
        let mut answers = vec![answer];
        while open && answers.len() < MOST_PER_COMMIT {
            match queue.try_recv() {
                Ok(Task::UseCase(job)) => {
                    let (answer, still) = run(&mut conn, job);
                    answers.push(answer);
                    open = still;
                }
                Ok(Task::Upkeep(work)) => {
                    upkeep = Some(work);
                    break;
                }
                Err(_) => break,
            }
        }
        let committed = say(&mut conn, "COMMIT");
        if let Err(error) = &committed {
            tracing::error!(%error, "cannot commit; {} use cases are refused", answers.len());
            if is_lost(error) {
                give_up();
            }
            if let Err(error) = say(&mut conn, "ROLLBACK") {
                tracing::error!(%error, "cannot roll back");
            }
        }
        for answer in answers {
            answer(match &committed {
                Ok(()) => Ok(()),
                // The engine rolled the whole transaction back when it found no room: nothing of it is there.
                Err(error) if !open || is_full(error) => Err(Error::Full),
                Err(error) => Err(Error::Internal(format!("commit: {error}"))),
            });
        }
        if let Some(work) = upkeep {
            look_after(&mut conn, work);
        }
        commits += 1;
        if commits.is_multiple_of(COMMITS_PER_LOOK) {
            copy_back(&mut conn);
        }
    }
}

/// Commits between two looks at how long the log is.
const COMMITS_PER_LOOK: u64 = 8;
/// Pages in the log above which they are copied back to the database.
const LOG_PAGES: i32 = 1_000;

/// What a checkpoint says: pages in the log, and how many are in the database too.
#[derive(diesel::QueryableByName)]
struct Checkpointed {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    log: i32,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    checkpointed: i32,
}

/// Copies the log back when it is long. SQLite's own way, after a commit, says nothing of an fsync of the database that failed, then
/// begins the log again over pages that may be lost (F03).
fn copy_back(conn: &mut DbConn) {
    let DbConn::Sqlite(conn) = conn else { return };
    let mut ask = |mode: &str| {
        diesel::sql_query(format!("PRAGMA wal_checkpoint({mode})")).kept().get_result::<Checkpointed>(conn)
    };
    let done = match ask("NOOP") {
        Ok(found) if found.log - found.checkpointed > LOG_PAGES => ask("PASSIVE"),
        other => other,
    };
    if let Err(error) = done {
        tracing::error!(%error, "the log cannot be copied back to the database");
        if is_lost(&error) {
            give_up();
        }
    }
}

fn look_after(conn: &mut DbConn, work: Upkeep) {
    if catch_unwind(AssertUnwindSafe(|| work(conn))).is_err() {
        tracing::error!("work on the whole database panicked");
    }
}

/// Runs a statement that stays prepared: these come with every use case.
pub(super) fn say(conn: &mut DbConn, statement: &str) -> diesel::QueryResult<()> {
    each_engine!(conn, conn => diesel::sql_query(statement).kept().execute(conn)).map(drop)
}

/// Did the disk fail to keep what was written (F03)? Whether a second fsync would tell the truth nobody knows: the pages may be
/// gone from the cache and marked clean.
fn is_lost(error: &diesel::result::Error) -> bool {
    matches!(error, diesel::result::Error::DatabaseError(_, information) if information.message().contains("disk I/O error"))
}

/// Ends the process: what is acknowledged next would rest on a log that may not be on the disk. A supervisor starts it again, and
/// recovery reads what is really there.
fn give_up() {
    tracing::error!("the disk does not keep what is written: the service stops");
    std::process::exit(EXIT_LOST);
}

/// Runs one use case. False when the transaction around it is gone too: the engine ends it by itself when there is no room.
fn run(conn: &mut DbConn, job: Job) -> (Answer, bool) {
    if let Err(error) = say(conn, "SAVEPOINT use_case") {
        let error = error.to_string();
        return (Box::new(move |_| tracing::error!(error, "cannot open a savepoint")), false);
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| job(conn)));
    let (keep, answer) = match outcome {
        Ok((keep, answer)) => (keep, answer),
        Err(_) => {
            (false, Box::new(|_: Result<()>| tracing::error!("a use case panicked and was rolled back")) as Answer)
        }
    };
    let undone = if keep { Ok(()) } else { say(conn, "ROLLBACK TO use_case") };
    match undone.and_then(|()| say(conn, "RELEASE use_case")) {
        Ok(()) => (answer, true),
        // Told with the whole transaction what became of it.
        Err(error) => {
            tracing::error!(%error, "the transaction is gone");
            (answer, false)
        }
    }
}
