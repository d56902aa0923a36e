//! Time of record. It is the server's, in UTC, truncated to the microsecond that both engines keep.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// An instant in UTC, as stored.
pub type Instant = NaiveDateTime;

/// Where time comes from: the system, or a hand that tests and the demonstration turn.
#[derive(Debug, Clone)]
pub enum Clock {
    System(Arc<Steady>),
    /// Microseconds since 1970.
    Hand(Arc<AtomicI64>),
}

impl Clock {
    /// That of the machine, never going back: see [`Steady`].
    pub fn system() -> Self {
        Self::System(Arc::default())
    }

    /// A clock that stands still until it is advanced.
    pub fn at(instant: Instant) -> Self {
        Self::Hand(Arc::new(AtomicI64::new(instant.and_utc().timestamp_micros())))
    }

    pub fn now(&self) -> Instant {
        instant(match self {
            Self::System(steady) => steady.micros(),
            Self::Hand(micros) => micros.load(Ordering::SeqCst),
        })
    }

    /// Nothing is recorded before `instant` any more: it is the time of what was recorded last.
    pub fn raise(&self, instant: Instant) {
        if let Self::System(steady) = self {
            steady.raise(instant.and_utc().timestamp_micros());
        }
    }

    /// How far the clock of the machine is behind what was already recorded; zero when it is not.
    pub fn lag(&self) -> TimeDelta {
        match self {
            Self::System(steady) => TimeDelta::microseconds(steady.lag()),
            Self::Hand(_) => TimeDelta::zero(),
        }
    }

    /// False of a hand.
    pub fn is_of_the_machine(&self) -> bool {
        matches!(self, Self::System(_))
    }

    /// Moves a hand clock; the system's does not move.
    pub fn set(&self, instant: Instant) {
        if let Self::Hand(micros) = self {
            micros.store(instant.and_utc().timestamp_micros(), Ordering::SeqCst);
        }
    }

    pub fn advance(&self, by: chrono::TimeDelta) {
        self.set(self.now() + by);
    }
}

fn instant(micros: i64) -> Instant {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc()
}

/// The clock of the machine, which may be set back, read so that time never goes back (trust.md C10).
///
/// While the machine is behind what was given last, time goes on from there at half its pace: sessions end, reminders
/// leave, nothing is recorded before what it follows, and the machine catches up.
#[derive(Debug, Default)]
pub struct Steady {
    /// What was given last, and where the counter of the processor was then.
    last: Mutex<Option<(i64, time::Instant)>>,
}

impl Steady {
    #[expect(clippy::disallowed_methods, reason = "the only place that asks the system for the time")]
    fn wall() -> i64 {
        Utc::now().timestamp_micros()
    }

    fn micros(&self) -> i64 {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let here = time::Instant::now();
        let passed = last.map(|(_, then)| here.saturating_duration_since(then));
        let given = following(last.map(|(given, _)| given), passed.unwrap_or_default(), Self::wall());
        *last = Some((given, here));
        given
    }

    fn raise(&self, micros: i64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|(given, _)| given < micros) {
            *last = Some((micros, time::Instant::now()));
        }
    }

    fn lag(&self) -> i64 {
        (self.micros() - Self::wall()).max(0)
    }
}

/// The time to give, `passed` after `last` was given, when the machine says `wall`.
fn following(last: Option<i64>, passed: time::Duration, wall: i64) -> i64 {
    match last {
        Some(last) if wall < last => last + i64::try_from(passed.as_micros() / 2).unwrap_or(0),
        _ => wall,
    }
}

/// The civil date of an instant in a zone.
pub fn local_date(instant: Instant, zone: Tz) -> NaiveDate {
    instant.and_utc().with_timezone(&zone).date_naive()
}

/// First microsecond of a civil date in a zone, in UTC. A midnight skipped by daylight saving becomes the next hour.
pub fn start_of_day(date: NaiveDate, zone: Tz) -> Instant {
    at_local_time(date, 0, 0, zone)
}

/// A wall-clock time of a civil date, in UTC. An ambiguous time is the first; a missing one the next hour.
pub fn at_local_time(date: NaiveDate, hour: u32, minute: u32, zone: Tz) -> Instant {
    for shift in 0..4 {
        let Some(wall) = date.and_hms_opt((hour + shift).min(23), minute, 0) else { continue };
        if let Some(instant) = wall.and_local_timezone(zone).earliest() {
            return instant.naive_utc();
        }
    }
    date.and_time(chrono::NaiveTime::MIN)
}

/// Fiscal year of a date: 2026 is 1 April 2026 to 31 March 2027.
pub fn fiscal_year(date: NaiveDate) -> i32 {
    use chrono::Datelike;
    if date.month() >= 4 { date.year() } else { date.year() - 1 }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const HOUR: i64 = 3_600_000_000;

    /// C10: set back an hour, ten years, or stopped, time goes on and the machine catches up.
    #[test]
    fn time_goes_on_at_half_its_pace_while_the_machine_is_behind() {
        assert_eq!(following(None, Duration::ZERO, 5), 5);
        assert_eq!(following(Some(5), Duration::from_secs(9), 7), 7, "what the machine says, when it is not behind");
        for back in [HOUR, 24 * HOUR, 87_660 * HOUR] {
            let (mut given, mut wall, mut passes) = (1_000 * 87_660 * HOUR, 1_000 * 87_660 * HOUR - back, 0);
            while wall < given && passes < 10_000 {
                wall += back / 100;
                let next = following(Some(given), Duration::from_micros((back / 100).unsigned_abs()), wall);
                assert!(next >= given, "never back");
                given = next;
                passes += 1;
            }
            assert!((199..=201).contains(&passes), "caught up in twice the time it lost: {passes}");
        }
    }

    #[test]
    fn nothing_is_given_before_what_was_recorded_last() {
        let (clock, tomorrow) = (Clock::system(), Clock::system().now() + TimeDelta::days(1));
        assert_eq!(clock.lag(), TimeDelta::zero());
        clock.raise(tomorrow);
        let (first, second) = (clock.now(), clock.now());
        assert!(tomorrow <= first && first <= second);
        assert!(clock.lag() > TimeDelta::hours(23));
        clock.raise(tomorrow - TimeDelta::days(2));
        assert!(clock.now() >= second, "the twin: raised to the past, it stays");
    }
}
