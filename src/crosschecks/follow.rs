//! After a file from outside: what did it change about firms? The declarations concerned are looked at again.

use super::look::{ByNeq, Change, look_again};
use super::mail::News;
use super::store;
use crate::app::{App, Tx};
use crate::companies::lists;
use crate::contracts::store as contracts;
use crate::db::conn::{Job, alone};
use crate::error::Result;
use crate::sources::Source;
use crate::sources::store::ImportId;

/// Changes read at a time.
const CHUNK: i64 = 500;

/// Looks at declarations again with the next import that they were not looked at with. Gives the number of cross-checks
/// made, or nothing when no import waits.
pub fn follow(tx: &mut Tx<'_>) -> Result<Option<usize>> {
    if !alone(tx.conn, Job::CrossChecks)? {
        return Ok(None);
    }
    let Some((import, source)) = store::next_import(tx)? else { return Ok(None) };
    let changes = match source {
        Source::Contracts | Source::SmallContracts => of_contracts(tx, import)?,
        Source::Rena => of_list(tx, import)?,
        // A company struck off is seen when it is declared; nothing about it waits for somebody.
        Source::Registry | Source::Rea => ByNeq::new(),
    };
    let mut news = News::default();
    let made = look_again(tx, &changes, None, &mut news)?;
    news.tell(tx)?;
    store::set_done(tx, import)?;
    Ok(Some(made))
}

/// The same for every import that waits, each in its own transaction. Gives the number of cross-checks made.
pub fn follow_all(app: &App) -> Result<usize> {
    let mut made = 0;
    while let Some(more) = app.write_here(follow)? {
        made += more;
    }
    Ok(made)
}

/// What an import of contracts changed, by NEQ.
fn of_contracts(tx: &mut Tx<'_>, import: ImportId) -> Result<ByNeq> {
    let mut all = ByNeq::new();
    let mut after = 0;
    loop {
        let page = contracts::changes(tx, import, after, CHUNK)?;
        let Some(last) = page.last() else { return Ok(all) };
        after = last.id;
        for changed in contracts::holding_among(tx, page)? {
            let contract = changed.contract_id.unwrap_or_default();
            let change = match changed.what.as_str() {
                "tender" => Change::tender(changed.procurement_id.unwrap_or_default(), import),
                "contract" => Change::contract(contract, import),
                // Each amendment is news of its own.
                "amended" => {
                    Change { what: "amended", subject: format!("amended:{contract}:{import}"), import: Some(import) }
                }
                // An award is news once it is a contract; what ended, or changed its title, asks nothing of anybody.
                _ => continue,
            };
            if let Some(neq) = changed.neq {
                all.entry(neq).or_default().insert(change);
            }
        }
    }
}

/// The firms of the list in force, by NEQ; those told before are not told again.
fn of_list(tx: &mut Tx<'_>, import: ImportId) -> Result<ByNeq> {
    let today = tx.today();
    let mut all = ByNeq::new();
    for entry in lists::of_import(tx, import)?.into_iter().filter(|entry| entry.holds_on(today)) {
        let Some(neq) = &entry.neq else { continue };
        all.entry(neq.clone()).or_default().insert(Change::listed(neq, entry.starts_on, import));
    }
    Ok(all)
}
