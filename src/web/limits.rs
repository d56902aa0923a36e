//! Tries per minute, per account and per address, and password hashes at the same time. Nobody is locked out: the
//! bucket refills.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::Semaphore;

use crate::config::SignIn;
use crate::error::{Error, Result};

pub struct Limits {
    accounts: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    /// Exports and reports per person.
    exports: DefaultKeyedRateLimiter<i64>,
    hashes: Arc<Semaphore>,
    reports: Arc<Semaphore>,
    clock: DefaultClock,
}

fn per_minute(tries: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(tries).unwrap_or(NonZeroU32::MIN))
}

impl Limits {
    pub fn new(settings: &SignIn) -> Self {
        Self {
            accounts: RateLimiter::keyed(per_minute(settings.tries_per_account)),
            addresses: RateLimiter::keyed(per_minute(settings.tries_per_address)),
            exports: RateLimiter::keyed(per_minute(30)),
            hashes: Arc::new(Semaphore::new(settings.hashes_at_once)),
            reports: Arc::new(Semaphore::new(1)),
            clock: DefaultClock::default(),
        }
    }

    /// One try to sign in, known account or not.
    pub fn sign_in(&self, account: &str, address: Option<IpAddr>) -> Result<()> {
        let wait = |not_until: governor::NotUntil<_>| {
            Error::TooMany(not_until.wait_time_from(self.clock.now()).as_secs().max(1))
        };
        if let Some(address) = address {
            self.addresses.check_key(&address).map_err(wait)?;
        }
        self.accounts.check_key(&account.trim().to_lowercase()).map_err(wait)
    }

    pub fn export(&self, person: i64) -> Result<()> {
        self.exports
            .check_key(&person)
            .map_err(|until| Error::TooMany(until.wait_time_from(self.clock.now()).as_secs().max(1)))
    }

    /// Runs a password hash off the threads that serve pages, a few at a time.
    pub async fn hash<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _turn = self.hashes.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }

    /// One report at a time: layout takes memory.
    pub async fn report(&self) -> Result<tokio::sync::OwnedSemaphorePermit> {
        Arc::clone(&self.reports).acquire_owned().await.map_err(Error::internal)
    }
}
