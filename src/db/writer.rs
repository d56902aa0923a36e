//! Group commit on SQLite: one thread, one transaction, many use cases, one fsync.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use diesel::RunQueryDsl;

use super::DbConn;
use super::conn::each_engine;
use crate::error::{Error, Result};

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
        let mut answers = vec![run(&mut conn, first)];
        while answers.len() < MOST_PER_COMMIT {
            match queue.try_recv() {
                Ok(Task::UseCase(job)) => answers.push(run(&mut conn, job)),
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
            if let Err(error) = say(&mut conn, "ROLLBACK") {
                tracing::error!(%error, "cannot roll back");
            }
        }
        for answer in answers {
            answer(committed.as_ref().copied().map_err(|e| Error::Internal(format!("commit: {e}"))));
        }
        if let Some(work) = upkeep {
            look_after(&mut conn, work);
        }
    }
}

fn look_after(conn: &mut DbConn, work: Upkeep) {
    if catch_unwind(AssertUnwindSafe(|| work(conn))).is_err() {
        tracing::error!("work on the whole database panicked");
    }
}

/// Runs a statement that stays prepared: these come with every use case.
fn say(conn: &mut DbConn, statement: &str) -> diesel::QueryResult<()> {
    each_engine!(conn, conn => diesel::sql_query(statement).execute(conn)).map(drop)
}

fn run(conn: &mut DbConn, job: Job) -> Answer {
    if let Err(error) = say(conn, "SAVEPOINT use_case") {
        let error = error.to_string();
        return Box::new(move |_| tracing::error!(error, "cannot open a savepoint"));
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
        Ok(()) => answer,
        Err(error) => {
            let error = error.to_string();
            Box::new(move |_| answer(Err(Error::Internal(format!("savepoint: {error}")))))
        }
    }
}
