//! Time of record. It is the server's, in UTC, truncated to the microsecond that both engines keep.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

/// An instant in UTC, as stored.
pub type Instant = NaiveDateTime;

/// Where time comes from: the system, or a hand that tests and the demonstration turn.
#[derive(Debug, Clone)]
pub enum Clock {
    System,
    /// Microseconds since 1970.
    Hand(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still until it is advanced.
    pub fn at(instant: Instant) -> Self {
        Self::Hand(Arc::new(AtomicI64::new(instant.and_utc().timestamp_micros())))
    }

    #[expect(clippy::disallowed_methods, reason = "the only place that asks the system for the time")]
    pub fn now(&self) -> Instant {
        let micros = match self {
            Self::System => Utc::now().timestamp_micros(),
            Self::Hand(micros) => micros.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc()
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
