//! Letters of a campaign: E15 to E18.

use chrono::NaiveDate;

use super::store::{Asked, Campaign};
use crate::access::Role;
use crate::app::Tx;
use crate::error::Result;
use crate::formats::{format_date_long, format_percent};
use crate::outbox::{Letter, enqueue, preview};
use crate::people::{self, PersonId, roles};
use crate::text::Language;
use crate::texts::{Arg, say};

/// Names written out to a supervisor.
const MOST_NAMED: usize = 15;

/// E15, then E16 which continues it, in the language of whoever reads it.
fn asking(tx: &Tx<'_>, label: &str, due_on: NaiveDate, again: bool, language: Language) -> Letter<'static> {
    let mut letter = Letter::plain(if again { "yearly-reminder" } else { "yearly" }, "/annuelle");
    letter.in_thread_of = again.then_some("yearly");
    letter.args = vec![("date", Arg::from(format_date_long(due_on, language)))];
    letter.facts = vec![("letter-fact-year", label.to_owned())];
    if again {
        let left = tx.book.calendar.business_days_between(tx.today(), due_on).max(0);
        letter.facts.push(("letter-fact-days-left", left.to_string()));
    }
    letter
}

pub fn ask(tx: &mut Tx<'_>, campaign: &Campaign, person: PersonId, again: bool) -> Result<()> {
    let to = people::store::find(tx, person)?;
    let letter = asking(tx, &campaign.label, campaign.due_on, again, Language::parse(&to.language));
    enqueue(tx, &to, &letter)
}

/// Subject and text of both, in both languages, as they would leave today.
///
/// # Errors
/// A template that cannot be filled.
pub fn previews(tx: &Tx<'_>, label: &str, due_on: NaiveDate) -> Result<Vec<(Language, String, String)>> {
    let each = [(Language::Fr, false), (Language::Fr, true), (Language::En, false), (Language::En, true)];
    each.into_iter()
        .map(|(language, again)| {
            let (subject, text) = preview(tx, language, &asking(tx, label, due_on, again, language))?;
            Ok((language, subject, text))
        })
        .collect()
}

/// The letter of the opening, to whoever tries it, marked as a trial.
///
/// # Errors
/// When the database fails.
pub fn trial(tx: &mut Tx<'_>, label: &str, due_on: NaiveDate, person: PersonId) -> Result<String> {
    let to = people::store::find(tx, person)?;
    let language = Language::parse(&to.language);
    let mut letter = asking(tx, label, due_on, false, language);
    letter.facts.insert(0, ("letter-fact-trial", say(language, "letter-trial", &[])));
    letter.receipt = true;
    enqueue(tx, &to, &letter)?;
    Ok(to.email)
}

/// E17, to a supervisor.
pub fn team(tx: &mut Tx<'_>, campaign: &Campaign, supervisor: PersonId, team: &[&Asked]) -> Result<()> {
    let to = people::store::find(tx, supervisor)?;
    let missing: Vec<&str> = team.iter().filter(|one| !one.done()).map(|one| one.name.as_str()).collect();
    let mut names = missing.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    if missing.len() > MOST_NAMED {
        names.push('…');
    }
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut letter = Letter::plain("yearly-team", "/campagnes/equipe");
    letter.args =
        vec![("done", Arg::from(count(team.len() - missing.len()))), ("people", Arg::from(count(team.len())))];
    letter.facts = vec![
        ("letter-fact-year", campaign.label.clone()),
        ("letter-fact-due", format_date_long(campaign.due_on, Language::parse(&to.language))),
        ("letter-fact-missing", names),
    ];
    enqueue(tx, &to, &letter)
}

/// E18, to the ethics office.
pub fn closed(tx: &mut Tx<'_>, campaign: &Campaign, done: i64, people: i64) -> Result<()> {
    for officer in roles::holders(tx, Role::EthicsOfficer)? {
        let to = people::store::find(tx, officer)?;
        let share = format_percent(done.unsigned_abs(), people.unsigned_abs(), Language::parse(&to.language));
        let mut letter = Letter::plain("yearly-closed", format!("/campagnes/{}", campaign.id));
        letter.args = vec![("label", Arg::from(campaign.label.clone())), ("share", Arg::from(share))];
        letter.facts = vec![
            ("letter-fact-asked", people.to_string()),
            ("letter-fact-answered", done.to_string()),
            ("letter-fact-unanswered", (people - done).to_string()),
        ];
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}
