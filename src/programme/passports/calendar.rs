//! Company events on which the ethics officer ruled, in everybody's calendar. Not those ruled against, and not those
//! for which the reader's own authorised request stands already.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::{self, Verb};
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::{declarations, passport_links};
use crate::error::Result;
use crate::programme::calendar::{Entry, What};

pub fn entries(tx: &mut Tx<'_>, actor: &Actor, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>> {
    let found = store::between(tx, from, to)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = found.iter().map(|passport| passport.id).collect();
    let own: Vec<i64> = each_engine!(tx.conn, conn => passport_links::table
        .inner_join(declarations::table.on(passport_links::declaration_id.eq(declarations::id)))
        .filter(passport_links::passport_id.eq_any(&ids))
        .filter(declarations::declarant_id.eq(actor.person))
        .filter(declarations::outcome.is_not_null())
        .select(passport_links::passport_id)
        .load(conn))?;
    let opens = tx.book.access.opens(PageAction::Passports, Some(actor));
    let mut entries = Vec::new();
    for passport in found.into_iter().filter(|passport| !own.contains(&passport.id)) {
        let verb = store::in_force(tx, passport.id)?.verb();
        if verb != Verb::NotAcceptable {
            entries.push(Entry {
                on: passport.event_on,
                begins: None,
                href: opens.then(|| passport.address()),
                title: passport.title,
                company: Some(passport.company),
                what: What::Passport { conditions: verb == Verb::Conditions },
                reference: passport.reference,
            });
        }
    }
    Ok(entries)
}
