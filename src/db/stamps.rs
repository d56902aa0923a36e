//! Dates and times as SQLite holds them, read digit by digit. The library looks for them in eighteen formats: with some six of them in
//! a row, that is a third of the time of reading a long list. Any other form is left to the library.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::pg::{Pg, PgValue};
use diesel::sql_types::{Date, Timestamp};
use diesel::sqlite::{Sqlite, SqliteValue};

use super::conn::{MultiBackend, MultiRawValue};

/// An instant, for a column of which many rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Stamp(pub NaiveDateTime);

/// A civil date, for a column of which many rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
#[diesel(sql_type = Date)]
pub struct Day(pub NaiveDate);

impl FromSql<Timestamp, Sqlite> for Stamp {
    fn from_sql(mut value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        match instant(value.read_text().as_bytes()) {
            Some(instant) => Ok(Self(instant)),
            None => <NaiveDateTime as FromSql<Timestamp, Sqlite>>::from_sql(value).map(Self),
        }
    }
}

impl FromSql<Date, Sqlite> for Day {
    fn from_sql(mut value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        match day(value.read_text().as_bytes()) {
            Some(day) => Ok(Self(day)),
            None => <NaiveDate as FromSql<Date, Sqlite>>::from_sql(value).map(Self),
        }
    }
}

impl FromSql<Timestamp, Pg> for Stamp {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <NaiveDateTime as FromSql<Timestamp, Pg>>::from_sql(value).map(Self)
    }
}

impl FromSql<Date, Pg> for Day {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <NaiveDate as FromSql<Date, Pg>>::from_sql(value).map(Self)
    }
}

impl FromSql<Timestamp, MultiBackend> for Stamp {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        match value {
            MultiRawValue::Postgres(value) => FromSql::<Timestamp, Pg>::from_sql(value),
            MultiRawValue::Sqlite(value) => FromSql::<Timestamp, Sqlite>::from_sql(value),
        }
    }
}

impl FromSql<Date, MultiBackend> for Day {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        match value {
            MultiRawValue::Postgres(value) => FromSql::<Date, Pg>::from_sql(value),
            MultiRawValue::Sqlite(value) => FromSql::<Date, Sqlite>::from_sql(value),
        }
    }
}

/// `2026-11-24`
fn day(text: &[u8]) -> Option<NaiveDate> {
    let [y @ .., b'-', m1, m2, b'-', d1, d2] = text else { return None };
    if y.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(y)?).ok()?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

/// `2026-11-24 12:00:00`, and a fraction of a second of nine digits at most.
fn instant(text: &[u8]) -> Option<NaiveDateTime> {
    let (date, rest) = text.split_at_checked("2026-11-24".len())?;
    let (time, fraction) = rest.split_at_checked(" 12:00:00".len())?;
    let [b' ', h1, h2, b':', m1, m2, b':', s1, s2] = time else { return None };
    let nanoseconds = match fraction {
        [] => 0,
        [b'.', digits @ ..] if !digits.is_empty() => {
            let unit = 10_u32.pow(9_u32.checked_sub(u32::try_from(digits.len()).ok()?)?);
            number(digits)?.checked_mul(unit)?
        }
        _ => return None,
    };
    day(date)?.and_hms_nano_opt(number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?, nanoseconds)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        sum.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

    use super::{day, instant};

    #[test]
    fn what_the_library_writes_is_read_as_it_reads_it() {
        let start = NaiveDate::from_ymd_opt(1999, 12, 31).unwrap().and_hms_nano_opt(23, 59, 58, 7).unwrap();
        let fractions = [0, 1, 10, 999_999_993, 120_000_000, 345_678_000];
        for step in 0..4_000_i64 {
            for nanoseconds in fractions {
                let at = start + TimeDelta::seconds(step * 86_399 * 7) + TimeDelta::nanoseconds(nanoseconds);
                let text = at.format("%F %T%.f").to_string();
                assert_eq!(instant(text.as_bytes()), Some(at), "{text}");
                assert_eq!(instant(text.as_bytes()), NaiveDateTime::parse_from_str(&text, "%F %T%.f").ok(), "{text}");
                assert_eq!(day(at.format("%F").to_string().as_bytes()), Some(at.date()));
            }
        }
    }

    #[test]
    fn another_form_is_left_to_the_library() {
        let others = [
            "",
            "2026-11-24",
            "2026-11-24T12:00:00",
            "2026-11-24 12:00",
            "2026-11-24 12:00:00Z",
            "2026-11-24 12:00:00.",
            "2026-11-24 12:00:00.1234567890",
            "2026-11-24 12:00:60",
            "2026-13-24 12:00:00",
            "+026-11-24 12:00:00",
            "é026-11-24 12:00:00",
        ];
        for text in others {
            assert_eq!(instant(text.as_bytes()), None, "{text}");
        }
        for text in ["", "2026-1-24", "2026-02-30", "12026-11-24", "-026-11-24", "2026-11-2٣"] {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
    }
}
