//! People who left: once their years are over and nothing that is kept names them, their line of the directory becomes a bare number,
//! and all that was theirs goes: what they proved who they are with, what they chose, their absences, what was asked of them, the letters
//! to them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::schedule::Fate;
use super::things::{Thing, ThingKind, person_of, reference_of};
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::{acts, campaign_exceptions, persons};
use crate::db::search::fold;
use crate::error::{Error, Result};
use crate::people::directory_values::Position;
use crate::people::{self, PersonId};

/// Columns by which something that is kept names somebody: while it does, they stay in the directory.
pub const NAMES: [(&str, &[&str]); 31] = [
    (
        "declarations",
        &["declarant_id", "supervisor_id", "holder_id", "decider_id", "held_for_id", "decided_for_id", "reader_id"],
    ),
    ("revisions", &["filed_by"]),
    ("decisions", &["decider_id", "on_behalf_of"]),
    ("outside_decisions", &["recorded_by"]),
    ("barred", &["person_id"]),
    ("attachments", &["added_by"]),
    ("comments", &["author_id"]),
    ("rectifications", &["author_id"]),
    ("opinions", &["asker_id", "given_by"]),
    ("measures", &["owner_id", "ordered_by", "proof_by", "settled_by"]),
    ("custody_moves", &["recorded_by"]),
    ("crosschecks", &["answered_by"]),
    ("showcases", &["organiser_id"]),
    ("showcase_firms", &["added_by"]),
    ("showcase_questions", &["published_by"]),
    ("registrations", &["person_id"]),
    ("showcase_drafts", &["person_id"]),
    ("consultations", &["answered_by"]),
    ("passports", &["created_by"]),
    ("passport_rulings", &["ruled_by"]),
    ("passport_links", &["confirmed_by"]),
    ("clearances", &["asked_by"]),
    ("clearance_lines", &["person_id"]),
    ("incident_versions", &["recorded_by"]),
    ("acts", &["asked_by", "decided_by"]),
    ("precedents", &["written_by"]),
    ("lobby_checks", &["checked_by"]),
    ("policy_proposals", &["proposed_by", "decided_by"]),
    ("kind_proposals", &["proposed_by", "decided_by"]),
    ("reading_alarms", &["person_id", "answered_by"]),
    ("campaigns", &["opened_by", "closed_by"]),
];

/// What is theirs alone, and goes with them.
pub const THEIRS: [(&str, &str); 19] = [
    ("supervisions", "person_id"),
    ("office_holders", "person_id"),
    ("accounts", "person_id"),
    ("sessions", "person_id"),
    ("second_factors", "person_id"),
    ("passkeys", "person_id"),
    ("passkey_challenges", "person_id"),
    ("recovery_codes", "person_id"),
    ("tokens", "person_id"),
    ("idempotency_keys", "person_id"),
    ("saved_views", "person_id"),
    ("calendar_feeds", "person_id"),
    ("letter_choices", "person_id"),
    ("digest_items", "recipient_id"),
    ("letters", "recipient_id"),
    ("absences", "person_id"),
    ("confirmations", "person_id"),
    ("campaign_people", "person_id"),
    ("opinion_drafts", "author_id"),
];

/// People looked for at once.
const SOME: usize = 200;

/// Everybody who left and is not a bare number yet. Whether something names them is asked of those whose years are over alone.
///
/// # Errors
/// The database does not answer.
pub(super) fn gone(tx: &mut Tx<'_>) -> Result<Vec<Thing>> {
    let today = tx.today();
    let rows: Vec<(PersonId, String, Option<NaiveDate>)> = persons::table
        .filter(persons::active_until.lt(today))
        .order(persons::active_until.asc())
        .select((persons::id, persons::number, persons::active_until))
        .load(tx.conn)?;
    let left = rows.into_iter().filter(|(id, number, _)| *number != reference_of(*id));
    let things: Vec<(PersonId, String, Thing)> = left
        .map(|(id, number, until)| {
            let mut thing = Thing::new(ThingKind::Person, reference_of(id)).over(until);
            thing.people = vec![id];
            (id, number, thing)
        })
        .collect();
    let due: Vec<(PersonId, String)> = things
        .iter()
        .filter(|(_, _, thing)| matches!(thing.fate(tx), Fate::Due { on, .. } if on <= today))
        .map(|(id, number, _)| (*id, number.clone()))
        .collect();
    let named = named_among(tx, &due)?;
    Ok(things.into_iter().map(|(id, _, thing)| if named.contains(&id) { thing.over(None) } else { thing }).collect())
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Those whom something that is kept still names, in a column or, in what two people do, by their number.
fn named_among(tx: &mut Tx<'_>, people: &[(PersonId, String)]) -> Result<BTreeSet<PersonId>> {
    let mut named = BTreeSet::new();
    for some in people.chunks(SOME) {
        let ids = some.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(", ");
        for (table, columns) in NAMES {
            for column in columns {
                // Names of columns and numbers of rows: nothing that somebody typed.
                let sql = format!("SELECT DISTINCT {column} AS id FROM {table} WHERE {column} IN ({ids})");
                let found: Vec<Named> = each_engine!(tx.conn, conn => diesel::sql_query(&sql).load(conn))?;
                named.extend(found.into_iter().map(|row| row.id));
            }
        }
    }
    if !people.is_empty() {
        let subjects: Vec<String> = acts::table.select(acts::subject).load(tx.conn)?;
        let numbers: BTreeSet<&str> = subjects.iter().filter_map(|subject| subject.split(' ').next()).collect();
        named.extend(people.iter().filter(|(_, number)| numbers.contains(number.as_str())).map(|(id, _)| *id));
    }
    Ok(named)
}

/// Their line becomes a bare number, and what was theirs goes. Events and readings keep that number, which leads to nobody. Letters to
/// others that said their name are emptied once for the whole list (`names.rs`).
///
/// # Errors
/// The database does not answer, or the reference is no person's.
pub(super) fn empty(tx: &mut Tx<'_>, reference: &str) -> Result<()> {
    let id = person_of(reference).ok_or(Error::NotFound)?;
    let person = people::store::find(tx, id)?;
    for (table, column) in THEIRS {
        let sql = format!("DELETE FROM {table} WHERE {column} = {id}");
        each_engine!(tx.conn, conn => diesel::sql_query(&sql).execute(conn))?;
    }
    diesel::update(campaign_exceptions::table.filter(campaign_exceptions::person_id.eq(id)))
        .set(campaign_exceptions::reason.eq(""))
        .execute(tx.conn)?;
    let last_day = person.active_until.unwrap_or(person.active_from);
    diesel::update(persons::table.find(id))
        .set((
            persons::number.eq(reference),
            persons::given_name.eq("–"),
            persons::family_name.eq(reference),
            persons::folded.eq(fold(reference)),
            persons::email.eq(format!("{}@invalid", reference.to_lowercase())),
            persons::title.eq(""),
            persons::home_body.eq(""),
            persons::position.eq(Position::None.as_str()),
            persons::supervisor_id.eq(None::<PersonId>),
            persons::active_from.eq(last_day),
        ))
        .execute(tx.conn)?;
    Ok(())
}
