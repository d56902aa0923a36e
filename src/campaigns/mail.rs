//! Letters of a campaign: E15 to E18.

use super::store::{Asked, Campaign};
use crate::access::Role;
use crate::app::Tx;
use crate::error::Result;
use crate::formats::{format_date_long, format_percent};
use crate::outbox::{Letter, enqueue};
use crate::people::{self, PersonId, roles};
use crate::text::Language;
use crate::texts::Arg;

/// Names written out to a supervisor.
const MOST_NAMED: usize = 15;

/// E15, then E16 which continues it.
pub fn ask(tx: &mut Tx<'_>, campaign: &Campaign, person: PersonId, again: bool) -> Result<()> {
    let to = people::store::find(tx, person)?;
    let language = Language::parse(&to.language);
    let mut letter = Letter::plain(if again { "yearly-reminder" } else { "yearly" }, "/annuelle");
    letter.in_thread_of = again.then_some("yearly");
    letter.args = vec![("date", Arg::from(format_date_long(campaign.due_on, language)))];
    letter.facts = vec![("letter-fact-year", campaign.label.clone())];
    if again {
        let left = tx.book.calendar.business_days_between(tx.today(), campaign.due_on).max(0);
        letter.facts.push(("letter-fact-days-left", left.to_string()));
    }
    enqueue(tx, &to, &letter)
}

/// E17, to a supervisor.
pub fn team(tx: &mut Tx<'_>, campaign: &Campaign, supervisor: PersonId, team: &[&Asked]) -> Result<()> {
    let to = people::store::find(tx, supervisor)?;
    let missing: Vec<&str> = team.iter().filter(|one| !one.done).map(|one| one.name.as_str()).collect();
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
