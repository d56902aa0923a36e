//! Who supervised whom, and when: one row for each stretch, the current one without an end.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::supervisions;
use crate::error::Result;
use crate::people::PersonId;

const BATCH: usize = 1_000;

#[derive(Insertable)]
#[diesel(table_name = supervisions, treat_none_as_default_value = false)]
struct Stretch {
    person_id: PersonId,
    supervisor_id: Option<PersonId>,
    since: NaiveDate,
    until: Option<NaiveDate>,
}

/// Ends the stretches that no longer hold with yesterday, and begins the new ones today.
pub(super) fn follow(tx: &mut Tx<'_>, supervised: &HashMap<PersonId, PersonId>) -> Result<()> {
    let today = tx.today();
    let yesterday = today.pred_opt().unwrap_or(today);
    let current: Vec<(i64, PersonId, Option<PersonId>, NaiveDate)> = supervisions::table
        .filter(supervisions::until.is_null())
        .select((supervisions::id, supervisions::person_id, supervisions::supervisor_id, supervisions::since))
        .load(tx.conn)?;
    let mut kept: HashSet<PersonId> = HashSet::new();
    for (id, person, supervisor, since) in current {
        let wanted = supervised.get(&person).copied();
        if supervisor == wanted && !kept.contains(&person) {
            kept.insert(person);
        } else if since >= today {
            // It began today and held no day: a second import of the same day replaces it.
            diesel::delete(supervisions::table.find(id)).execute(tx.conn)?;
        } else {
            diesel::update(supervisions::table.find(id)).set(supervisions::until.eq(yesterday)).execute(tx.conn)?;
        }
    }
    let mut begun: Vec<Stretch> = supervised
        .iter()
        .filter(|(person, _)| !kept.contains(person))
        .map(|(person, supervisor)| Stretch {
            person_id: *person,
            supervisor_id: Some(*supervisor),
            since: today,
            until: None,
        })
        .collect();
    begun.sort_by_key(|stretch| stretch.person_id);
    for rows in begun.chunks(BATCH) {
        each_engine!(tx.conn, conn => diesel::insert_into(supervisions::table).values(rows).execute(conn))?;
    }
    Ok(())
}
