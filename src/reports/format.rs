//! Numbers, amounts and dates as people in Québec read them (OQLF): U+00A0 between thousands and before % and $,
//! decimal comma in French; point and comma in English. Our font has no U+202F, hence U+00A0 everywhere.

use chrono::{Datelike, Locale, NaiveDate};

use crate::text::Language;

/// No-break space.
pub const NBSP: char = '\u{a0}';

/// `1 234 567` or `1,234,567`.
pub fn integer(value: i64, language: Language) -> String {
    let digits = value.unsigned_abs().to_string();
    let separator = match language {
        Language::Fr => NBSP,
        Language::En => ',',
    };
    let mut text = String::with_capacity(digits.len() + 8);
    if value < 0 {
        text.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A count; counts beyond `i64` do not happen.
pub fn count(value: u64, language: Language) -> String {
    integer(i64::try_from(value).unwrap_or(i64::MAX), language)
}

/// Cents as `1 234,56 $` or `$1,234.56`.
pub fn money(cents: i64, language: Language) -> String {
    let whole = integer((cents.unsigned_abs() / 100) as i64, language);
    let part = cents.unsigned_abs() % 100;
    let sign = if cents < 0 { "\u{2212}" } else { "" };
    match language {
        Language::Fr => format!("{sign}{whole},{part:02}{NBSP}$"),
        Language::En => format!("{sign}${whole}.{part:02}"),
    }
}

/// Whole dollars, for axes and bounds: `1 000 $` or `$1,000`.
pub fn dollars(cents: i64, language: Language) -> String {
    let whole = integer(cents / 100, language);
    match language {
        Language::Fr => format!("{whole}{NBSP}$"),
        Language::En => format!("${whole}"),
    }
}

/// Per mille as `89,1 %` or `89.1%`. A whole percentage has no decimal.
pub fn percent(permille: u64, language: Language) -> String {
    let (whole, tenth) = (permille / 10, permille % 10);
    match (language, tenth) {
        (Language::Fr, 0) => format!("{whole}{NBSP}%"),
        (Language::Fr, _) => format!("{whole},{tenth}{NBSP}%"),
        (Language::En, 0) => format!("{whole}%"),
        (Language::En, _) => format!("{whole}.{tenth}%"),
    }
}

/// `3 novembre 2026`, `1er janvier 2026`, or `November 3, 2026`. The day holds to the month.
pub fn date_long(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Fr => {
            let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
            format!("{day}{NBSP}{}", date.format_localized("%B %Y", Locale::fr_CA))
        }
        Language::En => {
            format!("{}{NBSP}{}, {}", date.format_localized("%B", Locale::en_CA), date.day(), date.year())
        }
    }
}

/// `avril 2026`, from the first day of the month.
pub fn month_long(first: NaiveDate, language: Language) -> String {
    match language {
        Language::Fr => first.format_localized("%B %Y", Locale::fr_CA).to_string(),
        Language::En => first.format_localized("%B %Y", Locale::en_CA).to_string(),
    }
}

/// At most so many characters, cut at a word where one is near, with an ellipsis.
pub fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let cut = match kept.rfind(char::is_whitespace) {
        Some(space) if space * 10 > kept.len() * 7 => kept.get(..space).unwrap_or(&kept),
        _ => &kept,
    };
    format!("{}…", cut.trim_end_matches([' ', ',', ';', '.']))
}
