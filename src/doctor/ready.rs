//! `GET /readyz`: may this register be relied on now (trust.md S08)? What the diagnosis finds wrong and is told in a moment is read
//! each second at most; the share of the witness each minute and the whole chain each hour, beside. Strangers are told yes or no; the
//! names of what fails go to the log.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::TimeDelta;

use super::{Health, agreement, backup, clock, database, disk, heads, letters};
use crate::app::App;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::store::first_break;
use crate::journal::witnesses::Stop;
use crate::journal::{checkpoints, witnesses};
use crate::text::Language;

/// How long what is told in a moment is kept.
const MOMENT: TimeDelta = TimeDelta::seconds(1);
/// A share of somebody else's may take its time, or not answer.
const WITNESS_EVERY: TimeDelta = TimeDelta::minutes(1);
/// A chain of years is read in seconds.
const CHAIN_EVERY: TimeDelta = TimeDelta::hours(1);

/// What was found last, of one process.
#[derive(Default)]
pub struct Readiness {
    told: Mutex<Option<(Instant, Vec<&'static str>)>>,
    beside: Arc<Mutex<Beside>>,
}

/// What is read beside.
#[derive(Default)]
struct Beside {
    under_way: bool,
    witness_at: Option<Instant>,
    chain_at: Option<Instant>,
    /// A witness saw another history.
    contradicted: bool,
    broken: bool,
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Checks of the diagnosis that take a moment; those that fail.
fn failing_now(app: &App) -> Vec<&'static str> {
    type Check = fn(&App, Language) -> Result<(Health, String)>;
    let checks: [(&str, Check); 7] = [
        ("database", database),
        ("journal", heads),
        ("agreement", agreement),
        ("letters", letters),
        ("backup", backup),
        ("clock", clock),
        ("disk", disk),
    ];
    checks
        .into_iter()
        .filter(|(_, check)| !matches!(check(app, Language::Fr), Ok((Health::Ok | Health::Warning, _))))
        .map(|(name, _)| name)
        .collect()
}

impl Readiness {
    /// Names of what fails.
    async fn failing(&self, app: &App) -> Vec<&'static str> {
        self.look_beside(app);
        let now = app.clock.now();
        let kept = lock(&self.told).clone();
        let mut failing = match kept {
            // The clock of a process may go back.
            Some((at, failing)) if (now - at).abs() < MOMENT => failing,
            before => {
                let service = app.clone();
                let found = tokio::task::spawn_blocking(move || failing_now(&service)).await;
                let failing = found.unwrap_or_else(|_| vec!["diagnosis"]);
                if before.map(|(_, failing)| failing).unwrap_or_default() != failing {
                    tracing::error!(?failing, "what the diagnosis finds wrong changed");
                }
                *lock(&self.told) = Some((now, failing.clone()));
                failing
            }
        };
        let beside = lock(&self.beside);
        failing.extend(beside.contradicted.then_some("witness"));
        failing.extend(beside.broken.then_some("chain"));
        failing
    }

    /// Begins to read what takes longer, when it is due; what was found before holds meanwhile.
    fn look_beside(&self, app: &App) {
        let now = app.clock.now();
        let due = |at: Option<Instant>, every| at.is_none_or(|at| (now - at).abs() >= every);
        let mut beside = lock(&self.beside);
        if beside.under_way || !due(beside.witness_at, WITNESS_EVERY) {
            return;
        }
        let chain = due(beside.chain_at, CHAIN_EVERY);
        beside.under_way = true;
        beside.witness_at = Some(now);
        if chain {
            beside.chain_at = Some(now);
        }
        drop(beside);
        let (app, kept) = (app.clone(), Arc::clone(&self.beside));
        tokio::task::spawn_blocking(move || {
            let contradicted = is_contradicted(&app);
            // When the database does not answer, that is said above.
            let broken = chain.then(|| matches!(app.read_here(first_break), Ok(Some(_))));
            let mut beside = lock(&kept);
            if (contradicted && !beside.contradicted) || (broken == Some(true) && !beside.broken) {
                tracing::error!(contradicted, ?broken, "the journal is not the one that it was");
            }
            beside.under_way = false;
            beside.contradicted = contradicted;
            beside.broken = broken.unwrap_or(beside.broken);
        });
    }
}

/// Did a witness see another history? A share that cannot be read for now is told by the age of what it was given last.
fn is_contradicted(app: &App) -> bool {
    let Ok(Some(signer)) = checkpoints::signer(&app.book.config) else { return false };
    match witnesses::contradiction(app, &signer.verifier()) {
        Ok(Some(Stop::Contradicted(_) | Stop::Refused(_))) => true,
        Ok(Some(Stop::Unread(_)) | None) | Err(_) => false,
    }
}

/// `GET /readyz`. No detail for strangers.
pub async fn answer(app: web::Data<App>, readiness: web::Data<Readiness>) -> HttpResponse {
    // Asked first and each time: without its database, nothing else is worth a wait.
    let answers = app.read(crate::outbox::store::oldest_queued).await.is_ok();
    let ready = answers && readiness.failing(&app).await.is_empty();
    let (status, body) =
        if ready { (StatusCode::OK, "ready\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready\n") };
    HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(body)
}
