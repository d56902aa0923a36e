//! Tries to sign in per minute, per account and per address; requests to the API per person; password hashes at the same
//! time. Nobody is locked out: buckets refill, tries made elsewhere at an account take nothing from whoever signs in from where
//! they did before, and whoever is in a session proves again who they are whatever others try.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{Semaphore, oneshot};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::people::PersonId;
use crate::random::sha256;

type Moment = <DefaultClock as Clock>::Instant;

/// What tries are counted by: a hash, so that whatever was typed takes the same room.
type Key = [u8; 32];

/// Of the thread that hashes a password: about a tenth of a page's share when both want the same core.
#[cfg(target_os = "linux")]
const HASH_NICENESS: i32 = 10;

/// Places remembered from which somebody signed in; all are forgotten at once when there are more.
const MOST_KNOWN: usize = 50_000;

/// Longest address of an account, in characters: 64, `@` and 255 (RFC 3696, erratum 1690). Whatever is longer belongs to nobody.
pub const LONGEST_ACCOUNT: usize = 320;

/// Tries between two times when those that time gave back are forgotten.
const TRIES_PER_LOOK: usize = 512;

pub struct Limits {
    /// Tries at an account from one address, or of one session.
    tries: DefaultKeyedRateLimiter<Key>,
    /// Tries at an account from wherever nobody signed in to it.
    accounts: DefaultKeyedRateLimiter<Key>,
    /// Accounts, and the addresses from which they were signed in to since the service began.
    known: Mutex<HashSet<Key>>,
    /// Tries from one place, whatever the account.
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    /// Tries since the service began.
    seen: AtomicUsize,
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

/// The place of an address: one subscriber has a whole /64 of IPv6, and goes on from any address of it (RFC 6177).
fn place_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address => address,
    }
}

/// An account however it is written, wherever or from one place.
fn key(account: &str, place: Option<IpAddr>) -> Key {
    let account = account.trim().to_lowercase();
    match place {
        None => sha256(account.as_bytes()),
        Some(place) => sha256(format!("{account}\0{place}").as_bytes()),
    }
}

impl Limits {
    pub fn new(config: &Config) -> Self {
        let settings = &config.sign_in;
        Self {
            tries: RateLimiter::keyed(per_minute(settings.tries_per_account)),
            accounts: RateLimiter::keyed(per_minute(settings.tries_per_account_in_all)),
            known: Mutex::default(),
            addresses: RateLimiter::keyed(per_minute(settings.tries_per_address)),
            seen: AtomicUsize::new(0),
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
        self.forget_old();
        let address = address.map(place_of);
        if let Some(address) = address {
            self.addresses.check_key(&address).map_err(|until| self.wait(&until))?;
        }
        let place = key(account, address);
        self.tries.check_key(&place).map_err(|until| self.wait(&until))?;
        if self.known.lock().unwrap_or_else(PoisonError::into_inner).contains(&place) {
            return Ok(());
        }
        self.accounts.check_key(&key(account, None)).map_err(|until| self.wait(&until))
    }

    /// From time to time, forgets the tries that time gave back: only those of the last minute are kept.
    fn forget_old(&self) {
        if !self.seen.fetch_add(1, Ordering::Relaxed).is_multiple_of(TRIES_PER_LOOK) {
            return;
        }
        for tries in [&self.tries, &self.accounts] {
            tries.retain_recent();
            tries.shrink_to_fit();
        }
        self.addresses.retain_recent();
        self.addresses.shrink_to_fit();
    }

    /// The account was signed in to from this address: tries made elsewhere do not hold its owner up here.
    pub fn signed_in(&self, account: &str, address: Option<IpAddr>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(key(account, address.map(place_of)));
    }

    /// One try to prove again who one is, in a session: strangers have none, and slow nobody down here.
    pub fn proof(&self, session: &str) -> Result<()> {
        self.tries.check_key(&key(session, None)).map_err(|until| self.wait(&until))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(each_minute: u32) -> Limits {
        let mut config = Config::defaults().unwrap();
        config.sign_in.tries_per_account = each_minute;
        config.sign_in.tries_per_account_in_all = each_minute;
        config.sign_in.tries_per_address = 1_000_000;
        Limits::new(&config)
    }

    /// N13: whoever is not signed in fills no memory, whatever they type and from wherever.
    #[test]
    fn a_thousand_tries_with_long_accounts_leave_keys_that_are_few_and_small() {
        let (limits, long) = (limits(1_000_000), "x".repeat(256 * 1024));
        for number in 0_u32..1_000 {
            let from = IpAddr::from([203, 0, 113, u8::try_from(number % 250).unwrap()]);
            limits.sign_in(&format!("{number}{long}"), Some(from)).unwrap();
            // Every try is given back at once: nothing of it need be kept.
            std::thread::park_timeout(Duration::from_micros(200));
        }
        let kept = [limits.tries.len(), limits.accounts.len(), limits.addresses.len()];
        assert!(kept.iter().all(|keys| *keys <= TRIES_PER_LOOK), "{kept:?}");
        assert_eq!(size_of::<Key>(), 32);
        std::thread::park_timeout(Duration::from_millis(2));
        limits.seen.store(0, Ordering::Relaxed);
        limits.sign_in("camille@ministere.example", None).unwrap();
        assert_eq!([limits.tries.len(), limits.accounts.len(), limits.addresses.len()], [1, 1, 0]);
    }

    /// N13: the twin: what was tried lately is not forgotten with the rest, nor told apart by how the account is written.
    #[test]
    fn tries_of_the_last_minute_still_count_after_the_others_are_forgotten() {
        let limits = limits(2);
        limits.sign_in("camille@ministere.example", None).unwrap();
        limits.sign_in(" Camille@Ministere.example ", None).unwrap();
        limits.seen.store(0, Ordering::Relaxed);
        assert!(matches!(limits.sign_in("camille@ministere.example", None), Err(Error::TooMany(_))));
        assert!(limits.sign_in("theo@ministere.example", None).is_ok());
    }

    /// N13
    #[test]
    fn a_subscriber_of_ipv6_is_one_place_and_two_of_ipv4_are_two() {
        let place = |address: &str| place_of(address.parse().unwrap());
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:203.0.113.7"), place("203.0.113.7"));
        assert_ne!(place("203.0.113.7"), place("203.0.113.8"));
    }
}
