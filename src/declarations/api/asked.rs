//! Parameters in the address of a list: each read strictly, an unknown one refused. A filter that is quietly ignored
//! would show more than was asked.

use chrono::{DateTime, Datelike, NaiveDate};

use super::super::lists::{Cursor, ListPage};
use crate::clock::Instant;
use crate::error::{Error, FieldError, Result};

/// Most rows of a page.
pub const MOST: i64 = 100;
/// What a cursor looks like. It says where to go on, and nothing to whoever reads it.
pub const CURSOR: &str = "^[0-9a-f]{32}$";

const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.6f";

/// Names and values, each taken once.
#[derive(Debug)]
pub struct Asked(Vec<(String, String)>);

/// What rows are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Instant,
    Date,
}

impl Asked {
    pub fn read(query: &str) -> Result<Self> {
        let pairs = serde_urlencoded::from_str(query).map_err(|_| Error::BadRequest("problem-bad-request"))?;
        Ok(Self(pairs))
    }

    /// A text; given twice it is refused.
    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        let mut found = None;
        while let Some(place) = self.0.iter().position(|(given, _)| given == name) {
            if found.is_some() {
                return Err(bad(name, "error-duplicate-field"));
            }
            found = Some(self.0.remove(place).1);
        }
        Ok(found)
    }

    /// A value that `read` knows.
    pub fn one<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
        self.text(name)?.map(|text| read(&text).ok_or_else(|| bad(name, "error-unknown-choice"))).transpose()
    }

    pub fn yes_or_no(&mut self, name: &str) -> Result<bool> {
        let read = |text: &str| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        Ok(self.one(name, read)?.unwrap_or(false))
    }

    pub fn number(&mut self, name: &str, least: i64, most: i64) -> Result<Option<i64>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let number = text.parse().ok().filter(|n| (least..=most).contains(n) && !text.starts_with('+'));
        number.map(Some).ok_or_else(|| bad(name, "error-number"))
    }

    pub fn date(&mut self, name: &str) -> Result<Option<NaiveDate>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        iso_date(&text).map(Some).ok_or_else(|| bad(name, "error-date"))
    }

    /// Rows of a page: 50, or what is asked up to [`MOST`].
    pub fn limit(&mut self) -> Result<i64> {
        Ok(self.number("limit", 1, MOST)?.unwrap_or(50))
    }

    /// Where the page begins.
    pub fn cursor(&mut self, order: Order) -> Result<Option<Cursor>> {
        let Some(text) = self.text("cursor")? else { return Ok(None) };
        read_cursor(&text, order).map(Some).ok_or_else(|| bad("cursor", "error-cursor"))
    }

    /// Refuses what was not taken.
    pub fn nothing_else(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let errors = self.0.into_iter().map(|(name, _)| FieldError::new(name, "error-unknown-parameter")).collect();
        Err(Error::BadParameters(errors))
    }
}

fn bad(name: &str, code: &'static str) -> Error {
    Error::BadParameters(vec![FieldError::new(name, code)])
}

/// `2026-11-22` and nothing looser.
pub fn iso_date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(n, b)| match n {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if shaped { text.parse().ok().filter(|date: &NaiveDate| date.year() > 0) } else { None }
}

/// The cursor of the next page, as programs see it.
pub fn next(page: &ListPage, order: Order) -> Option<String> {
    cursor_text(page.next.as_ref()?, order)
}

/// A cursor, as programs see it.
pub fn cursor_text(cursor: &Cursor, order: Order) -> Option<String> {
    let at = match order {
        Order::Instant => Instant::parse_from_str(&cursor.at, INSTANT).ok()?.and_utc().timestamp_micros(),
        Order::Date => i64::from(cursor.at.parse::<NaiveDate>().ok()?.num_days_from_ce()),
    };
    Some(format!("{:016x}{:016x}", at.cast_unsigned(), cursor.id.cast_unsigned()))
}

/// Any 32 digits are a place: before everything, after everything, or in between.
fn read_cursor(text: &str, order: Order) -> Option<Cursor> {
    if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return None;
    }
    let number = |part: Option<&str>| u64::from_str_radix(part?, 16).ok().map(u64::cast_signed);
    let (at, id) = (number(text.get(..16))?, number(text.get(16..))?);
    let (first, last) = (NaiveDate::from_ymd_opt(1, 1, 1)?, NaiveDate::from_ymd_opt(9999, 12, 31)?);
    let at = match order {
        Order::Date => {
            let day = at.clamp(i64::from(first.num_days_from_ce()), i64::from(last.num_days_from_ce()));
            NaiveDate::from_num_days_from_ce_opt(i32::try_from(day).ok()?)?.to_string()
        }
        Order::Instant => {
            let bound = |date: NaiveDate| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_micros();
            let micros = at.clamp(bound(first), bound(last));
            DateTime::from_timestamp_micros(micros)?.naive_utc().format(INSTANT).to_string()
        }
    };
    Some(Cursor { at, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_left() {
        for (at, order) in [("2026-11-22T08:30:00.123456", Order::Instant), ("2026-11-27", Order::Date)] {
            let page = ListPage { rows: Vec::new(), next: Some(Cursor { at: at.into(), id: 42 }) };
            let text = next(&page, order).unwrap();
            assert_eq!(read_cursor(&text, order).unwrap(), page.next.unwrap());
        }
    }

    #[test]
    fn any_cursor_of_the_right_shape_is_a_place() {
        for text in ["0".repeat(32), "f".repeat(32), "7fffffffffffffff8000000000000000".into()] {
            assert!(read_cursor(&text, Order::Date).is_some() && read_cursor(&text, Order::Instant).is_some());
        }
        assert!(read_cursor("2026-11-27_42", Order::Date).is_none());
    }

    #[test]
    fn dates_are_strict() {
        assert!(iso_date("2026-11-22").is_some());
        for text in ["2026-1-5", "+2026-01-05", "2026-02-30", "20261122", "0000-01-01", " 2026-01-01"] {
            assert!(iso_date(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_unknown_or_repeated_parameter_is_refused() {
        let mut asked = Asked::read("state=draft&state=draft").unwrap();
        assert!(asked.text("state").is_err());
        assert!(Asked::read("x=1").unwrap().nothing_else().is_err());
    }
}
