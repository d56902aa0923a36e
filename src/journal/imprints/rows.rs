//! The rows of each thing that change with an event only. Left out of them: what only the worker notes (who was told, how far an
//! absence went), and reasons that are confidential while the leaf that has the imprint is not.

mod company;
mod files;
mod office;
mod people;
mod programme;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::{Register, Thing};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{
    absences, accounts, acts, calendar_feeds, campaigns, comments, companies, confirmations, crosschecks,
    incident_versions, kind_adoptions, kind_proposals, legal_holds, lobby_checks, opinions, outside_decisions,
    passport_links, passports, persons, policy_proposals, policy_versions, precedents, rectifications, retention_lists,
    showcases, state_objects,
};
use crate::error::Result;

/// Columns of a table, as JSON: an array of rows, each an array.
macro_rules! rows {
    ($tx:ident, $query:expr, ($($column:expr => $type:ty),+ $(,)?)) => {{
        let found: Vec<($($type,)+)> = each_engine!($tx.conn, conn => $query.select(($($column,)+)).load(conn))?;
        found
    }};
}
use rows;

/// The key of the one directory.
pub(super) const DIRECTORY: &str = "all";

type Text = Option<String>;
type Number = Option<i64>;
type At = Option<Instant>;
type Day = Option<NaiveDate>;

/// The rows of a thing; nothing when its own is not there.
pub(super) fn of(tx: &mut Tx<'_>, thing: &Thing) -> Result<Option<Value>> {
    let (id, key) = (thing.id(), thing.key.as_str());
    match thing.register {
        Register::Directory => people::directory(tx),
        Register::Company => company::of(tx, id),
        Register::LobbyChecks => company::lobby_checks(tx, id),
        Register::Object => files::object(tx, key),
        Register::Showcase => programme::showcase(tx, key),
        Register::Passport => programme::passport(tx, key),
        Register::PassportLink => programme::passport_link(tx, id),
        Register::Precedent => office::precedent(tx, id),
        Register::Absences => people::absences(tx, id),
        Register::Confirmations => people::confirmations(tx, id),
        Register::Hold => files::hold(tx, id),
        Register::Incident => office::incident(tx, key),
        Register::Campaign => people::campaign(tx, id),
        Register::Act => office::act(tx, id),
        Register::RetentionList => office::retention_list(tx, id),
        Register::PolicyProposal => office::policy_proposal(tx, id),
        Register::PolicyVersion => office::policy_version(tx, id),
        Register::FormProposal => office::form_proposal(tx, id),
        Register::FormVersion => office::form_version(tx, id),
        Register::Comment => files::comment(tx, id),
        Register::Rectification => files::rectification(tx, id),
        Register::CrossCheck => files::crosscheck(tx, id),
        Register::Opinion => files::opinion(tx, id),
        Register::OutsideDecisions => files::outside_decisions(tx, id),
        Register::Credentials => people::credentials(tx, id),
        Register::CalendarFeeds => people::calendar_feeds(tx, id),
    }
}

/// Nothing when the first rows, those of the thing itself, are not there.
fn told(own: impl Serialize, others: impl Serialize) -> Result<Option<Value>> {
    let own = serde_json::to_value(own)?;
    if own.as_array().is_none_or(Vec::is_empty) {
        return Ok(None);
    }
    Ok(Some(serde_json::to_value((own, others))?))
}

/// The keys of every thing that an event must have told. What came with the files of the service is told by none.
pub(super) fn keys(tx: &mut Tx<'_>, register: Register) -> Result<Vec<String>> {
    macro_rules! numbers {
        ($query:expr) => {{
            let found: Vec<i64> = each_engine!(tx.conn, conn => $query.load(conn))?;
            found.into_iter().map(|number| number.to_string()).collect()
        }};
    }
    macro_rules! names {
        ($query:expr) => {{
            let found: Vec<String> = each_engine!(tx.conn, conn => $query.load(conn))?;
            found
        }};
    }
    Ok(match register {
        // There is one as soon as there is somebody.
        Register::Directory => names!(persons::table.select(persons::number).limit(1))
            .into_iter()
            .map(|_: String| DIRECTORY.to_owned())
            .collect(),
        Register::Company => numbers!(companies::table.select(companies::id)),
        Register::LobbyChecks => numbers!(lobby_checks::table.select(lobby_checks::company_id).distinct()),
        Register::Object => names!(state_objects::table.select(state_objects::number)),
        Register::Showcase => names!(showcases::table.select(showcases::reference)),
        Register::Passport => names!(passports::table.select(passports::reference)),
        Register::PassportLink => numbers!(passport_links::table.select(passport_links::declaration_id)),
        Register::Precedent => numbers!(precedents::table.select(precedents::id)),
        Register::Absences => numbers!(absences::table.select(absences::person_id).distinct()),
        Register::Confirmations => numbers!(
            confirmations::table
                .filter(confirmations::told_at.is_not_null())
                .select(confirmations::person_id)
                .distinct()
        ),
        Register::Hold => numbers!(legal_holds::table.select(legal_holds::id)),
        Register::Incident => names!(incident_versions::table.select(incident_versions::number).distinct()),
        Register::Campaign => numbers!(campaigns::table.select(campaigns::id)),
        Register::Act => numbers!(acts::table.select(acts::id)),
        Register::RetentionList => numbers!(retention_lists::table.select(retention_lists::id)),
        Register::PolicyProposal => {
            numbers!(
                policy_proposals::table.filter(policy_proposals::state.ne(office::DRAFT)).select(policy_proposals::id)
            )
        }
        Register::PolicyVersion => numbers!(
            policy_versions::table.filter(policy_versions::adopted_at.is_not_null()).select(policy_versions::id)
        ),
        Register::FormProposal => {
            numbers!(kind_proposals::table.filter(kind_proposals::state.ne(office::DRAFT)).select(kind_proposals::id))
        }
        Register::FormVersion => numbers!(kind_adoptions::table.select(kind_adoptions::kind_version_id).distinct()),
        Register::Comment => numbers!(comments::table.select(comments::id)),
        Register::Rectification => numbers!(rectifications::table.select(rectifications::id)),
        Register::CrossCheck => numbers!(crosschecks::table.select(crosschecks::id)),
        Register::Opinion => numbers!(opinions::table.select(opinions::declaration_id)),
        Register::OutsideDecisions => {
            numbers!(outside_decisions::table.select(outside_decisions::declaration_id).distinct())
        }
        Register::Credentials => numbers!(accounts::table.select(accounts::person_id)),
        Register::CalendarFeeds => numbers!(calendar_feeds::table.select(calendar_feeds::person_id).distinct()),
    })
}
