//! What people type and what they read: dates, amounts, enterprise numbers.
//!
//! Reading is generous with what has one meaning and refuses what has two: a wrong date of facts in a register is worse
//! than a question. Writing follows fr-CA as ICU and the OQLF give it (`domain.md` §9), with U+00A0 where a line must
//! not break.

use chrono::{Datelike, Days, NaiveDate, Timelike};
use chrono_tz::Tz;
use unicode_normalization::UnicodeNormalization;

use crate::clock::Instant;
use crate::db::search::fold;
use crate::text::Language;

/// The space that does not break a line.
const NBSP: char = '\u{a0}';

/// Years a register may speak of. Outside, it is a slip of the keyboard.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// The largest amount anybody declares, in cents: 99 999 999,99 $.
pub const MOST_CENTS: i64 = 9_999_999_999;

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateProblem {
    NotADate,
    /// 4/12/2026: 4 December here, April 12 there.
    Ambiguous,
    /// A day that the month does not have: 31 février.
    Impossible,
    /// Before 1900 or after 2100.
    OutOfRange,
}

impl DateProblem {
    /// Key of the sentence shown beside the field.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::NotADate => "error-date",
            Self::Ambiguous => "error-date-ambiguous",
            Self::Impossible => "error-date-impossible",
            Self::OutOfRange => "error-date-range",
        }
    }
}

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyProblem {
    NotAnAmount,
    /// 1,234: a thousand in English, one and a bit in French.
    Ambiguous,
    Negative,
    /// Less than a cent.
    TooPrecise,
    /// Above 99 999 999,99 $.
    TooLarge,
}

impl MoneyProblem {
    /// Key of the sentence shown beside the field.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::NotAnAmount => "error-money",
            Self::Ambiguous => "error-money-ambiguous",
            Self::Negative => "error-money-negative",
            Self::TooPrecise => "error-money-precision",
            Self::TooLarge => "error-money-range",
        }
    }
}

/// Why a text is not a numéro d’entreprise du Québec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeqProblem {
    /// Something other than digits, spaces and hyphens.
    NotDigits,
    /// Digits, but not ten; carries how many there are.
    WrongLength(usize),
}

impl NeqProblem {
    /// Key of the sentence shown beside the field.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::NotDigits => "error-neq",
            Self::WrongLength(_) => "error-neq-length",
        }
    }
}

/// Reads a date: `2026-12-04`, `20261204`, « 4 déc. 2026 », « 1er avril », « hier », `Dec 4, 2026`, `tomorrow`…
///
/// Words of both languages are understood whatever the language of the page. A date without its year is of this year.
/// `language` only matters for a numeric date written from its end: in French the day comes first; in English either
/// order is read when only one is possible.
pub fn parse_date(text: &str, today: NaiveDate, language: Language) -> Result<NaiveDate, DateProblem> {
    if text.len() > 120 {
        return Err(DateProblem::NotADate);
    }
    // Some keyboards send the accent as a character of its own.
    let composed: String = text.nfc().collect();
    let text = composed.trim();
    let allowed = |c: char| c.is_alphanumeric() || c.is_whitespace() || "-/.,'’\u{2010}\u{2011}\u{2013}".contains(c);
    if !text.chars().all(allowed) || !text.starts_with(char::is_alphanumeric) {
        return Err(DateProblem::NotADate);
    }
    let folded = fold(text);
    let relative = match folded.as_str() {
        "aujourd hui" | "aujourdhui" | "today" => Some(today),
        "hier" | "yesterday" => today.checked_sub_days(Days::new(1)),
        "avant hier" => today.checked_sub_days(Days::new(2)),
        "demain" | "tomorrow" => today.checked_add_days(Days::new(1)),
        "apres demain" => today.checked_add_days(Days::new(2)),
        _ => None,
    };
    if let Some(date) = relative {
        return if YEARS.contains(&date.year()) { Ok(date) } else { Err(DateProblem::OutOfRange) };
    }
    let words: Vec<&str> = folded.split(' ').filter(|word| !matches!(*word, "le" | "the" | "of")).collect();
    let (year, month, day) = match words.as_slice() {
        [compact] if compact.len() == 8 => (
            digits(compact.get(..4)).ok_or(DateProblem::NotADate)?,
            digits(compact.get(4..6)).ok_or(DateProblem::NotADate)?,
            digits(compact.get(6..)).ok_or(DateProblem::NotADate)?,
        ),
        [first, second] => match (month_named(first), month_named(second)) {
            (None, Some(month)) => (today.year().unsigned_abs(), month, day_number(first)?),
            (Some(month), None) => (today.year().unsigned_abs(), month, day_number(second)?),
            _ => return Err(DateProblem::NotADate),
        },
        [first, second, last] => match (month_named(first), month_named(second)) {
            (None, Some(month)) => (year_number(last)?, month, day_number(first)?),
            (Some(month), None) => (year_number(last)?, month, day_number(second)?),
            (Some(_), Some(_)) => return Err(DateProblem::NotADate),
            (None, None) => numeric(first, second, last, language)?,
        },
        _ => return Err(DateProblem::NotADate),
    };
    let year = i32::try_from(year).map_err(|_| DateProblem::OutOfRange)?;
    if !YEARS.contains(&year) {
        return Err(DateProblem::OutOfRange);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateProblem::Impossible)
}

/// Three numbers: from the year down, or from the day or month up.
fn numeric(first: &str, second: &str, last: &str, language: Language) -> Result<(u32, u32, u32), DateProblem> {
    if first.len() == 4 {
        return Ok((year_number(first)?, short_number(second)?, short_number(last)?));
    }
    let (year, a, b) = (year_number(last)?, short_number(first)?, short_number(second)?);
    match (a, b) {
        (a, b) if a == b => Ok((year, a, b)),
        (1..=12, 1..=12) => Err(DateProblem::Ambiguous),
        (1..=12, 13..) if language == Language::En => Ok((year, a, b)),
        (day, month) => Ok((year, month, day)),
    }
}

fn digits(text: Option<&str>) -> Option<u32> {
    text.filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

fn year_number(text: &str) -> Result<u32, DateProblem> {
    digits(Some(text)).filter(|_| text.len() == 4).ok_or(DateProblem::NotADate)
}

fn short_number(text: &str) -> Result<u32, DateProblem> {
    digits(Some(text)).filter(|_| text.len() <= 2).ok_or(DateProblem::NotADate)
}

/// « 4 », « 1er », `3rd`.
fn day_number(text: &str) -> Result<u32, DateProblem> {
    let bare = ["er", "st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    short_number(bare)
}

/// The month of a folded word, whole or abbreviated, in either language.
fn month_named(word: &str) -> Option<u32> {
    Some(match word {
        "janvier" | "janv" | "jan" | "january" => 1,
        "fevrier" | "fevr" | "fev" | "february" | "feb" => 2,
        "mars" | "mar" | "march" => 3,
        "avril" | "avr" | "april" | "apr" => 4,
        "mai" | "may" => 5,
        "juin" | "june" | "jun" => 6,
        "juillet" | "juill" | "juil" | "july" | "jul" => 7,
        "aout" | "august" | "aug" => 8,
        "septembre" | "sept" | "sep" | "september" => 9,
        "octobre" | "oct" | "october" => 10,
        "novembre" | "nov" | "november" => 11,
        "decembre" | "dec" | "december" => 12,
        _ => return None,
    })
}

/// Reads an amount into cents: « 1 234,56 $ », `$1,234.56`, `1234.56`, « 12,5 ». Any space may part the thousands.
pub fn parse_money(text: &str) -> Result<i64, MoneyProblem> {
    let text = text.trim();
    if text.len() > 60 {
        return Err(MoneyProblem::NotAnAmount);
    }
    if text.starts_with(['-', '−', '–', '(']) || text.trim_start_matches(['$', ' ', NBSP]).starts_with(['-', '−'])
    {
        return Err(MoneyProblem::Negative);
    }
    // A leading sign is the English way of writing, and tells how to read « $1,234 ».
    let (bare, english) = match (text.strip_prefix('$'), text.strip_suffix('$')) {
        (Some(_), Some(_)) => return Err(MoneyProblem::NotAnAmount),
        (Some(rest), None) => (rest.trim(), true),
        (None, Some(rest)) => (rest.trim(), false),
        (None, None) => (text, false),
    };
    let (whole, decimals, thousands) = split_amount(bare, english)?;
    let groups: Vec<&str> = match thousands {
        Some(mark) => whole.split(mark).collect(),
        None => whole.split(char::is_whitespace).collect(),
    };
    let [first, rest @ ..] = groups.as_slice() else { return Err(MoneyProblem::NotAnAmount) };
    let grouped = rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    let number: String = groups.concat();
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !grouped || !all_digits(&number) || !all_digits(decimals) || (number.is_empty() && decimals.is_empty()) {
        return Err(MoneyProblem::NotAnAmount);
    }
    if decimals.len() > 2 {
        return Err(MoneyProblem::TooPrecise);
    }
    let number = number.trim_start_matches('0');
    if number.len() > 12 {
        return Err(MoneyProblem::TooLarge);
    }
    let cents: i64 = format!("0{number}{decimals:0<2}").parse().map_err(|_| MoneyProblem::NotAnAmount)?;
    if cents > MOST_CENTS { Err(MoneyProblem::TooLarge) } else { Ok(cents) }
}

/// Whole part, decimals, and the mark that parts the thousands when it is not a space.
fn split_amount(bare: &str, english: bool) -> Result<(&str, &str, Option<char>), MoneyProblem> {
    let Some(at) = bare.rfind([',', '.']) else { return Ok((bare, "", None)) };
    let (whole, tail) = bare.split_at(at);
    let mark = if tail.starts_with(',') { ',' } else { '.' };
    let decimals = tail.trim_start_matches(mark);
    if decimals.is_empty() {
        return Err(MoneyProblem::NotAnAmount);
    }
    let other = if mark == ',' { '.' } else { ',' };
    if whole.contains(mark) {
        // The same mark twice can only part thousands: 1,234,567.
        return if whole.contains(other) { Err(MoneyProblem::NotAnAmount) } else { Ok((bare, "", Some(mark))) };
    }
    if whole.contains(other) {
        return Ok((whole, decimals, Some(other)));
    }
    let thousand = mark == ',' && decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    match (thousand, english) {
        (true, true) => Ok((bare, "", Some(','))),
        (true, false) => Err(MoneyProblem::Ambiguous),
        (false, _) => Ok((whole, decimals, None)),
    }
}

/// Reads a NEQ: ten digits, spaces and hyphens ignored. No checksum is published, and the first digits are no rule
/// (`domain.md` §7): a number absent from the loaded register is a warning of the rule `common.neq_unknown`, never a
/// refusal here.
pub fn parse_neq(text: &str) -> Result<String, NeqProblem> {
    let ignored = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
    let neq: String = text.chars().filter(|c| !ignored(*c)).take(64).collect();
    if !neq.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NeqProblem::NotDigits);
    }
    if neq.len() == 10 { Ok(neq) } else { Err(NeqProblem::WrongLength(neq.len())) }
}

/// A label that begins a line: its first letter is a capital.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// « 1er novembre 2026 », `November 1, 2026`.
pub fn format_date_long(date: NaiveDate, language: Language) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    match language {
        Language::Fr => format!("{} {} {year}", french_day(day), month_name(month, language)),
        Language::En => format!("{} {day}, {year}", month_name(month, language)),
    }
}

/// « 27 nov. », `Nov 27`: where the year is known from what is around.
pub fn format_date_short(date: NaiveDate, language: Language) -> String {
    let month = match (language, date.month()) {
        (Language::Fr, 1) => "janv.",
        (Language::Fr, 2) => "févr.",
        (Language::Fr, 4) => "avr.",
        (Language::Fr, 7) => "juill.",
        (Language::Fr, 9) => "sept.",
        (Language::Fr, 10) => "oct.",
        (Language::Fr, 11) => "nov.",
        (Language::Fr, 12) => "déc.",
        (Language::Fr, month) => month_name(month, language),
        (Language::En, month) => month_name(month, language).get(..3).unwrap_or_default(),
    };
    match language {
        Language::Fr => format!("{} {month}", french_day(date.day())),
        Language::En => format!("{month} {}", date.day()),
    }
}

/// « 27 nov. 2026 », `Nov 27, 2026`: in lists, where any year can be.
pub fn format_date_medium(date: NaiveDate, language: Language) -> String {
    let short = format_date_short(date, language);
    match language {
        Language::Fr => format!("{short}{NBSP}{}", date.year()),
        Language::En => format!("{short}, {}", date.year()),
    }
}

/// « 3 novembre 2026, 14 h 05 », `November 3, 2026, 2:05 p.m.`, on the clock of a zone.
pub fn format_datetime(instant: Instant, zone: Tz, language: Language) -> String {
    let local = instant.and_utc().with_timezone(&zone);
    let date = format_date_long(local.date_naive(), language);
    let minute = local.minute();
    match language {
        Language::Fr => format!("{date}, {}{NBSP}h{NBSP}{minute:02}", local.hour()),
        Language::En => {
            let (afternoon, hour) = local.hour12();
            format!("{date}, {hour}:{minute:02}{NBSP}{}", if afternoon { "p.m." } else { "a.m." })
        }
    }
}

/// « 1 234,56 $ », `$1,234.56`, from cents.
pub fn format_money(cents: i64, language: Language) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, rest) = (grouped(cents.unsigned_abs() / 100, language), cents.unsigned_abs() % 100);
    match language {
        Language::Fr => format!("{sign}{whole},{rest:02}{NBSP}$"),
        Language::En => format!("{sign}${whole}.{rest:02}"),
    }
}

/// « 1 234 », `1,234`.
pub fn format_number(number: i64, language: Language) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs(), language))
}

/// « 89,1 % », `89.1%`: a part of a whole, to one decimal. A part that is not the whole never shows as 100 %, and one
/// that exists never shows as 0 %: « 100 % ont signé » must be true. A dash when there is no whole.
pub fn format_percent(part: u64, whole: u64, language: Language) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let (part_wide, whole_wide) = (u128::from(part), u128::from(whole));
    let mut tenths = (part_wide * 2000 + whole_wide) / (whole_wide * 2);
    if part < whole {
        tenths = tenths.min(999);
    }
    if part > 0 {
        tenths = tenths.max(1);
    }
    let whole_part = grouped(u64::try_from(tenths / 10).unwrap_or(u64::MAX), language);
    match language {
        Language::Fr => format!("{whole_part},{}{NBSP}%", tenths % 10),
        Language::En => format!("{whole_part}.{}%", tenths % 10),
    }
}

fn french_day(day: u32) -> String {
    if day == 1 { "1er".to_owned() } else { day.to_string() }
}

fn month_name(month: u32, language: Language) -> &'static str {
    let names = match language {
        Language::Fr => [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    usize::try_from(month).ok().and_then(|month| names.get(month.checked_sub(1)?).copied()).unwrap_or_default()
}

/// Digits in groups of three.
fn grouped(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(if language == Language::Fr { NBSP } else { ',' });
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// Reads on 3 November 2026, in French.
    fn read(text: &str) -> Result<NaiveDate, DateProblem> {
        parse_date(text, date(2026, 11, 3), Language::Fr)
    }

    #[test]
    fn a_date_is_read_however_it_is_written() {
        for text in [
            "2026-12-04",
            "2026/12/04",
            "2026 12 04",
            "20261204",
            "2026-12-4",
            "4 déc. 2026",
            "4 décembre 2026",
            "  le 4 DECEMBRE 2026 ",
            "4 dec 2026",
            "4\u{a0}décembre\u{202f}2026",
            "Dec 4, 2026",
            "4 December 2026",
            "December 4th, 2026",
            "4th of December 2026",
            "4 décembre",
            "Dec. 4",
            "2026‑12‑04",
            "4-déc-2026",
            "4 de\u{301}cembre 2026",
        ] {
            assert_eq!(read(text), Ok(date(2026, 12, 4)), "{text}");
        }
        assert_eq!(read("1er avril 2026"), Ok(date(2026, 4, 1)));
        assert_eq!(read("1 avril"), Ok(date(2026, 4, 1)));
    }

    #[test]
    fn days_near_today_have_names() {
        for (text, expected) in [
            ("hier", date(2026, 11, 2)),
            ("Avant-hier", date(2026, 11, 1)),
            ("aujourd’hui", date(2026, 11, 3)),
            ("aujourd'hui", date(2026, 11, 3)),
            ("demain", date(2026, 11, 4)),
            ("après-demain", date(2026, 11, 5)),
            ("yesterday", date(2026, 11, 2)),
            ("Today", date(2026, 11, 3)),
            ("tomorrow", date(2026, 11, 4)),
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_date_with_two_meanings_is_refused() {
        assert_eq!(read("4/12/2026"), Err(DateProblem::Ambiguous));
        assert_eq!(read("04-12-2026"), Err(DateProblem::Ambiguous));
        assert_eq!(read("25/12/2026"), Ok(date(2026, 12, 25)));
        assert_eq!(read("12/12/2026"), Ok(date(2026, 12, 12)));
        assert_eq!(read("12/25/2026"), Err(DateProblem::Impossible));
        assert_eq!(parse_date("12/25/2026", date(2026, 1, 1), Language::En), Ok(date(2026, 12, 25)));
    }

    #[test]
    fn a_day_that_does_not_exist_is_impossible() {
        for text in ["31 février 2026", "29 février 2026", "29 février", "2026-13-01", "2026-00-10", "2026-06-31"] {
            assert_eq!(read(text), Err(DateProblem::Impossible), "{text}");
        }
        assert_eq!(read("29 février 2028"), Ok(date(2028, 2, 29)));
    }

    #[test]
    fn years_outside_a_lifetime_are_out_of_range() {
        for text in ["1899-12-31", "2101-01-01", "0026-12-04", "4 décembre 9999"] {
            assert_eq!(read(text), Err(DateProblem::OutOfRange), "{text}");
        }
        assert_eq!(parse_date("demain", date(2100, 12, 31), Language::Fr), Err(DateProblem::OutOfRange));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in [
            "",
            " ",
            "bientôt",
            "4",
            "2026",
            "4 déc. 26",
            "-2026-12-04",
            "2026-12-04T10:00",
            "٤ décembre 2026",
            "4 decembre 2026 2027",
            "mai juin 2026",
            "2026-12-04; DROP",
            "1111111",
            "+2026 12 04",
        ] {
            assert_eq!(read(text), Err(DateProblem::NotADate), "{text}");
        }
    }

    #[test]
    fn an_amount_is_read_however_it_is_written() {
        for (text, cents) in [
            ("1 234,56 $", 123_456),
            ("1\u{a0}234,56\u{a0}$", 123_456),
            ("1\u{202f}234,56", 123_456),
            ("1234.56", 123_456),
            ("$1,234.56", 123_456),
            ("1 234", 123_400),
            ("12,5", 1250),
            ("12.5", 1250),
            ("0", 0),
            ("0,00 $", 0),
            (",50", 50),
            ("007", 700),
            ("$1,234", 123_400),
            ("1,234,567", 123_456_700),
            ("1.234.567,89", 123_456_789),
            ("1.234,56", 123_456),
            ("99 999 999,99", MOST_CENTS),
        ] {
            assert_eq!(parse_money(text), Ok(cents), "{text}");
        }
    }

    #[test]
    fn an_amount_in_doubt_is_refused_with_its_reason() {
        use MoneyProblem::*;
        for (text, problem) in [
            ("", NotAnAmount),
            ("$", NotAnAmount),
            ("douze", NotAnAmount),
            ("12 34", NotAnAmount),
            ("12,", NotAnAmount),
            ("1,23,456", NotAnAmount),
            ("$5$", NotAnAmount),
            ("5 $ 00", NotAnAmount),
            ("1e3", NotAnAmount),
            ("1,234", Ambiguous),
            ("-5", Negative),
            ("−5,00 $", Negative),
            ("(5,00)", Negative),
            ("$-5", Negative),
            ("1,2345", TooPrecise),
            ("0,123", TooPrecise),
            ("12.345", TooPrecise),
            ("1 234,567", TooPrecise),
            ("100 000 000", TooLarge),
            ("99999999999999999999999999", TooLarge),
        ] {
            assert_eq!(parse_money(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn a_neq_is_ten_digits() {
        assert_eq!(parse_neq("1143 920 115"), Ok("1143920115".into()));
        assert_eq!(parse_neq(" 1143-920-115 "), Ok("1143920115".into()));
        assert_eq!(parse_neq("114392011"), Err(NeqProblem::WrongLength(9)));
        assert_eq!(parse_neq(""), Err(NeqProblem::WrongLength(0)));
        assert_eq!(parse_neq("1143920I15"), Err(NeqProblem::NotDigits));
        assert_eq!(parse_neq("١١٤٣٩٢٠١١٥"), Err(NeqProblem::NotDigits));
    }

    #[test]
    fn dates_and_times_are_written_as_the_oqlf_does() {
        assert_eq!(format_date_long(date(2026, 11, 1), Language::Fr), "1er novembre 2026");
        assert_eq!(format_date_long(date(2026, 11, 3), Language::Fr), "3 novembre 2026");
        assert_eq!(format_date_long(date(2026, 11, 3), Language::En), "November 3, 2026");
        assert_eq!(format_date_short(date(2026, 11, 27), Language::Fr), "27 nov.");
        assert_eq!(format_date_short(date(2026, 8, 1), Language::Fr), "1er août");
        assert_eq!(format_date_short(date(2026, 11, 27), Language::En), "Nov 27");
        let instant = date(2026, 11, 3).and_hms_opt(19, 5, 0).unwrap();
        assert_eq!(
            format_datetime(instant, chrono_tz::America::Toronto, Language::Fr),
            "3 novembre 2026, 14\u{a0}h\u{a0}05"
        );
        assert_eq!(
            format_datetime(instant, chrono_tz::America::Halifax, Language::En),
            "November 3, 2026, 3:05\u{a0}p.m."
        );
    }

    #[test]
    fn numbers_are_written_with_their_spaces() {
        assert_eq!(format_money(123_456, Language::Fr), "1\u{a0}234,56\u{a0}$");
        assert_eq!(format_money(123_456_750, Language::Fr), "1\u{a0}234\u{a0}567,50\u{a0}$");
        assert_eq!(format_money(123_456, Language::En), "$1,234.56");
        assert_eq!(format_money(-5, Language::Fr), "-0,05\u{a0}$");
        assert_eq!(format_money(i64::MIN, Language::En), "-$92,233,720,368,547,758.08");
        assert_eq!(format_number(-1_234_567, Language::Fr), "-1\u{a0}234\u{a0}567");
        assert_eq!(format_percent(891, 1000, Language::Fr), "89,1\u{a0}%");
        assert_eq!(format_percent(1, 3, Language::En), "33.3%");
    }

    #[test]
    fn a_percentage_never_claims_all_or_none_when_it_is_not() {
        assert_eq!(format_percent(9999, 10_000, Language::Fr), "99,9\u{a0}%");
        assert_eq!(format_percent(1, 10_000, Language::Fr), "0,1\u{a0}%");
        assert_eq!(format_percent(10_000, 10_000, Language::Fr), "100,0\u{a0}%");
        assert_eq!(format_percent(0, 10_000, Language::Fr), "0,0\u{a0}%");
        assert_eq!(format_percent(5, 0, Language::Fr), "–");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(days in 0i64..73_413, cents in 0..=MOST_CENTS, english: bool) {
            let language = if english { Language::En } else { Language::Fr };
            let day = date(1900, 1, 1) + chrono::TimeDelta::days(days);
            prop_assert_eq!(parse_date(&format_date_long(day, language), date(2026, 2, 3), language), Ok(day));
            let short = format_date_short(day, language);
            prop_assert_eq!(parse_date(&short, day, language), Ok(day));
            prop_assert_eq!(parse_money(&format_money(cents, language)), Ok(cents));
        }

        #[test]
        fn no_text_breaks_the_reading(text in any::<String>(), near in "[0-9$ ,.é\u{a0}/'ctoberaniv-]{0,24}") {
            for text in [&text, &near] {
                for language in [Language::Fr, Language::En] {
                    let _ = parse_date(text, date(2026, 11, 3), language);
                }
                if let Ok(cents) = parse_money(text) {
                    prop_assert!((0..=MOST_CENTS).contains(&cents));
                }
                if let Ok(neq) = parse_neq(text) {
                    prop_assert_eq!(neq.len(), 10);
                }
            }
        }

        #[test]
        fn every_number_can_be_written(number: i64, part: u64, whole: u64) {
            for language in [Language::Fr, Language::En] {
                format_number(number, language);
                format_money(number, language);
                format_percent(part, whole, language);
            }
        }
    }
}
