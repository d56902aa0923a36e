//! The daily digest (E19): what asks for nothing now waits for one letter a day, at the hour of the settings, on
//! business days. Nothing is silenced: a person chooses between grouped and at once, and what asks for something always
//! leaves on its own (ux.md §4.3).

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::letter::{Item, Letter, write};
use crate::app::Tx;
use crate::clock::{self, Instant};
use crate::db::conn::{Job, alone};
use crate::db::schema::{declarations, digest_items, letter_choices};
use crate::declarations::calendar::Calendar;
use crate::declarations::shown::not_sealed;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::formats;
use crate::journal::{self, Event};
use crate::people::store::Person;
use crate::people::{self, PersonId};
use crate::text::Language;
use crate::texts::{Arg, say};

/// News taken in one transaction.
const AT_ONCE: i64 = 1_000;
/// Files that wait for the person, listed at most.
const MOST_WAITING: i64 = 10;

/// Does a letter ask for something?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A decision, an answer, something to read before acting; or the answer to what the person just did.
    Act,
    /// Good to know: may wait for the digest.
    Inform,
}

/// Letters not named here leave on their own, so that a new one is never held back by mistake.
pub fn urgency(letter: &str) -> Urgency {
    match letter {
        "withdrawn" | "ruled-for-you" | "contract" | "planned" | "monitor-opinion" => Urgency::Inform,
        _ => Urgency::Act,
    }
}

/// Does this person want news grouped?
pub fn wants(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    let chosen: Option<bool> =
        letter_choices::table.find(person).select(letter_choices::digest).first(tx.conn).optional()?;
    Ok(chosen.unwrap_or(tx.book.config.letters.digest_by_default))
}

/// A person chooses.
pub fn choose(tx: &mut Tx<'_>, person: PersonId, digest: bool) -> Result<()> {
    let now = tx.now();
    let values = (letter_choices::digest.eq(digest), letter_choices::changed_at.eq(now));
    let changed = diesel::update(letter_choices::table.find(person)).set(values).execute(tx.conn)?;
    if changed == 0 {
        diesel::insert_into(letter_choices::table)
            .values((
                letter_choices::person_id.eq(person),
                letter_choices::digest.eq(digest),
                letter_choices::changed_at.eq(now),
            ))
            .execute(tx.conn)?;
    }
    journal::record(tx, Some(person), None, &Event::LettersChosen { person, digest })
}

/// Keeps one line for the next digest.
pub(super) fn keep(tx: &mut Tx<'_>, recipient: &Person, letter: &Letter<'_>, topic: &str) -> Result<()> {
    let settings = &tx.book.config.letters;
    let zone = tx.book.calendar.zone(&recipient.site);
    let due_at = next(tx.now(), zone, &tx.book.calendar, settings.digest_hour, settings.digest_minute);
    let now = tx.now();
    diesel::insert_into(digest_items::table)
        .values((
            digest_items::recipient_id.eq(recipient.id),
            digest_items::letter.eq(letter.name),
            digest_items::topic.eq(topic),
            digest_items::link.eq(&letter.link),
            digest_items::declaration_id.eq(letter.declaration),
            digest_items::written_at.eq(now),
            digest_items::due_at.eq(due_at),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The first digest after an instant: that of the day when its hour has not come, else that of the next business day.
pub fn next(after: Instant, zone: Tz, calendar: &Calendar, hour: u32, minute: u32) -> Instant {
    let mut day = calendar.next_business_day(clock::local_date(after, zone));
    // The day itself, or the next; a third only when the clock goes back over the hour.
    for _ in 0..3 {
        let at = clock::at_local_time(day, hour, minute, zone);
        if at > after {
            return at;
        }
        day = calendar.next_business_day(day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX));
    }
    after
}

/// Writes the digests whose hour has come. Returns how many.
pub fn send_due(tx: &mut Tx<'_>) -> Result<usize> {
    if !alone(tx.conn, Job::Digests)? {
        return Ok(0);
    }
    let now = tx.now();
    type Row = (i64, PersonId, String, String);
    let rows: Vec<Row> = digest_items::table
        .filter(digest_items::due_at.le(now))
        .filter(digest_items::sent_at.is_null())
        .order(digest_items::id.asc())
        .limit(AT_ONCE)
        .select((digest_items::id, digest_items::recipient_id, digest_items::topic, digest_items::link))
        .load(tx.conn)?;
    let mut people: Vec<(PersonId, Vec<Item>)> = Vec::new();
    for (_, person, topic, link) in &rows {
        let item = Item::new(tx, topic.clone(), link);
        match people.iter_mut().find(|(known, _)| known == person) {
            Some((_, items)) => items.push(item),
            None => people.push((*person, vec![item])),
        }
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    diesel::update(digest_items::table.filter(digest_items::id.eq_any(&ids)))
        .set(digest_items::sent_at.eq(now))
        .execute(tx.conn)?;
    let mut written = 0;
    for (person, news) in people {
        let to = people::store::find(tx, person)?;
        // Whoever left meanwhile reads nothing any more.
        if to.is_active(tx.today()) {
            digest(tx, &to, news)?;
            written += 1;
        }
    }
    Ok(written)
}

/// One letter: first what waits for the person by its due date, then the news.
fn digest(tx: &mut Tx<'_>, to: &Person, news: Vec<Item>) -> Result<()> {
    let language = Language::parse(&to.language);
    let mut items = waiting(tx, to, language)?;
    items.extend(news);
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let letter = Letter {
        name: "digest",
        declaration: None,
        reference: None,
        args: vec![("count", Arg::from(count))],
        facts: Vec::new(),
        quote: None,
        link: "/a-traiter".into(),
        in_thread_of: None,
        receipt: false,
    };
    write(tx, to, &letter, None, items)
}

/// References and dates alone: the digest is as neutral as any letter. What is sealed has letters of its own, that do not even
/// say its reference (« SIG-… » would tell an assistant what it is).
fn waiting(tx: &mut Tx<'_>, to: &Person, language: Language) -> Result<Vec<Item>> {
    let rows: Vec<(Option<String>, Option<NaiveDate>)> = declarations::table
        .filter(declarations::holder_id.eq(to.id))
        .filter(declarations::state.ne(State::InfoRequested.as_str()))
        .filter(declarations::declarant_id.ne(to.id))
        .filter(not_sealed())
        .order((declarations::due_on.asc(), declarations::id.asc()))
        .limit(MOST_WAITING)
        .select((declarations::reference, declarations::due_on))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(reference, due)| {
            let (reference, due) = (reference?, formats::format_date_short(due?, language));
            let args = [("ref", Arg::from(reference.as_str())), ("due", Arg::from(due))];
            let topic = say(language, "digest-waiting", &args);
            Some(Item::new(tx, topic, &format!("/d/{reference}")))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::America::Toronto;

    fn calendar() -> Calendar {
        Calendar::parse(&crate::config::Config::defaults().unwrap().calendar().unwrap()).unwrap()
    }

    fn at(day: &str, hour: u32, minute: u32) -> Instant {
        clock::at_local_time(day.parse().unwrap(), hour, minute, Toronto)
    }

    #[test]
    fn the_digest_leaves_at_half_past_seven_on_the_next_business_day() {
        let calendar = calendar();
        let next = |from| next(from, Toronto, &calendar, 7, 30);
        // Monday morning, Monday at noon, Friday evening.
        assert_eq!(next(at("2026-11-23", 6, 0)), at("2026-11-23", 7, 30));
        assert_eq!(next(at("2026-11-23", 7, 30)), at("2026-11-24", 7, 30));
        assert_eq!(next(at("2026-11-23", 12, 0)), at("2026-11-24", 7, 30));
        assert_eq!(next(at("2026-11-27", 19, 0)), at("2026-11-30", 7, 30));
        // Over the holidays; the 28th and the 4th stand for Saturdays (calendar in force).
        assert_eq!(next(at("2026-12-23", 18, 0)), at("2026-12-29", 7, 30));
        assert_eq!(next(at("2026-12-30", 18, 0)), at("2027-01-05", 7, 30));
    }

    #[test]
    fn a_letter_nobody_classed_is_never_held_back() {
        assert_eq!(urgency("a-letter-to-come"), Urgency::Act);
        for letter in ["decide", "question", "approved", "conditions", "refused", "flagged", "reminder", "escalated"] {
            assert_eq!(urgency(letter), Urgency::Act, "{letter}");
        }
    }
}
