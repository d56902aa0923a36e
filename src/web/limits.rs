//! Tries to sign in per minute, per account and per address; requests to the API per person; password hashes at the same
//! time. Nobody is locked out: buckets refill, tries made elsewhere at an account take nothing from whoever signs in from where
//! they did before, and whoever is in a session proves again who they are whatever others try.

use std::collections::HashSet;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{Semaphore, oneshot};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::people::PersonId;

type Moment = <DefaultClock as Clock>::Instant;

/// Of the thread that hashes a password: about a tenth of a page's share when both want the same core.
#[cfg(target_os = "linux")]
const HASH_NICENESS: i32 = 10;

/// Places remembered from which somebody signed in; all are forgotten at once when there are more.
const MOST_KNOWN: usize = 50_000;

pub struct Limits {
    /// Tries at an account from one address, or of one session.
    tries: DefaultKeyedRateLimiter<String>,
    /// Tries at an account from wherever nobody signed in to it.
    accounts: DefaultKeyedRateLimiter<String>,
    /// Accounts, and the addresses from which they were signed in to since the service began.
    known: Mutex<HashSet<(String, Option<IpAddr>)>>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    /// Exports and reports per person.
    exports: DefaultKeyedRateLimiter<PersonId>,
    /// Requests to the API per person, whatever the token.
    requests: DefaultKeyedRateLimiter<PersonId>,
    /// Rows about other people that lists of the API gave to a person.
    rows: DefaultKeyedRateLimiter<PersonId>,
    hashes: Arc<Semaphore>,
    reports: Arc<Semaphore>,
    clock: DefaultClock,
}

/// Lowers the priority of this thread alone: to Linux, « this process » is the calling thread (setpriority(2)). Where that
/// cannot be done, hashes are as urgent as pages.
fn give_way() {
    #[cfg(target_os = "linux")]
    rustix::process::setpriority_process(None, HASH_NICENESS).ok();
}

fn per_minute(tries: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(tries).unwrap_or(NonZeroU32::MIN))
}

/// Seconds.
const DAY: u64 = 24 * 60 * 60;

/// So many at once, given back evenly over a day.
fn per_day(rows: NonZeroU32) -> Quota {
    let each = Duration::from_secs(DAY) / rows.get();
    Quota::with_period(each).unwrap_or(Quota::per_hour(NonZeroU32::MIN)).allow_burst(rows)
}

impl Limits {
    pub fn new(config: &Config) -> Self {
        let settings = &config.sign_in;
        Self {
            tries: RateLimiter::keyed(per_minute(settings.tries_per_account)),
            accounts: RateLimiter::keyed(per_minute(settings.tries_per_account_in_all)),
            known: Mutex::default(),
            addresses: RateLimiter::keyed(per_minute(settings.tries_per_address)),
            exports: RateLimiter::keyed(per_minute(30)),
            requests: RateLimiter::keyed(per_minute(config.api.requests_per_minute)),
            rows: RateLimiter::keyed(per_day(config.api.rows_per_day)),
            hashes: Arc::new(Semaphore::new(settings.hashes_at_once)),
            reports: Arc::new(Semaphore::new(1)),
            clock: DefaultClock::default(),
        }
    }

    /// One try to sign in, known account or not.
    pub fn sign_in(&self, account: &str, address: Option<IpAddr>) -> Result<()> {
        if let Some(address) = address {
            self.addresses.check_key(&address).map_err(|until| self.wait(&until))?;
        }
        let account = account.trim().to_lowercase();
        let place = address.map_or_else(|| account.clone(), |address| format!("{account} {address}"));
        self.tries.check_key(&place).map_err(|until| self.wait(&until))?;
        if self.known.lock().unwrap_or_else(PoisonError::into_inner).contains(&(account.clone(), address)) {
            return Ok(());
        }
        self.accounts.check_key(&account).map_err(|until| self.wait(&until))
    }

    /// The account was signed in to from this address: tries made elsewhere do not hold its owner up here.
    pub fn signed_in(&self, account: &str, address: Option<IpAddr>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert((account.trim().to_lowercase(), address));
    }

    /// One try to prove again who one is, in a session: strangers have none, and slow nobody down here.
    pub fn proof(&self, session: &str) -> Result<()> {
        self.tries.check_key(&session.to_owned()).map_err(|until| self.wait(&until))
    }

    pub fn export(&self, person: PersonId) -> Result<()> {
        self.exports.check_key(&person).map_err(|until| self.wait(&until))
    }

    /// One request to the API.
    pub fn request(&self, person: PersonId) -> Result<()> {
        self.requests.check_key(&person).map_err(|until| self.wait(&until))
    }

    /// Rows about other people that a list of the API is about to give: more of them in a day is an export, which two people
    /// approve.
    ///
    /// # Errors
    /// [`Error::TooMany`]; the rows are not given.
    pub fn rows(&self, person: PersonId, rows: usize) -> Result<()> {
        let Some(rows) = u32::try_from(rows).ok().and_then(NonZeroU32::new) else { return Ok(()) };
        match self.rows.check_key_n(&person, rows) {
            Ok(given) => given.map_err(|until| self.wait(&until)),
            Err(_) => Err(Error::TooMany(DAY)),
        }
    }

    fn wait(&self, until: &governor::NotUntil<Moment>) -> Error {
        Error::TooMany(until.wait_time_from(self.clock.now()).as_secs().max(1))
    }

    /// Runs a password hash on a thread of its own, which gives way to those that serve pages; a few at a time, even
    /// when whoever asked has left meanwhile.
    pub async fn hash<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = Arc::clone(&self.hashes).acquire_owned().await.map_err(Error::internal)?;
        let (done, answer) = oneshot::channel();
        std::thread::Builder::new()
            .name("password".into())
            .spawn(move || {
                give_way();
                done.send(work()).ok();
                drop(turn);
            })
            .map_err(Error::internal)?;
        answer.await.map_err(Error::internal)
    }

    /// One report at a time: layout takes memory.
    pub async fn report(&self) -> Result<tokio::sync::OwnedSemaphorePermit> {
        Arc::clone(&self.reports).acquire_owned().await.map_err(Error::internal)
    }
}
