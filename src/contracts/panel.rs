//! The part of a company's page that shows its contracts and tenders.

use chrono::NaiveDate;
use serde::Serialize;

use super::store::{self, Contract, Procurement};
use crate::app::Tx;
use crate::error::Result;
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Contracts shown; a company with more says how many.
const SHOWN: usize = 20;

/// Contracts told in lines.
const MOST_LINES: usize = 5;

/// What the register knows of a company's contracts.
#[derive(Debug)]
pub struct Found {
    /// There was an NEQ to search under.
    searched: bool,
    contracts: Vec<Contract>,
    notices: Vec<(i64, String)>,
    tenders: Vec<Procurement>,
}

#[derive(Debug, Serialize)]
pub struct Panel {
    /// « 2 contrats en cours ».
    told: String,
    contracts: Vec<ContractView>,
    more: Option<String>,
    tenders: Vec<TenderView>,
}

#[derive(Debug, Serialize)]
struct ContractView {
    number: String,
    title: String,
    buyer: String,
    amount: Option<String>,
    period: String,
    state: String,
    tone: &'static str,
    /// By mutual agreement, amended…
    notes: String,
}

#[derive(Debug, Serialize)]
struct TenderView {
    number: String,
    title: String,
    closes: String,
}

/// Reads what the page shows.
pub fn read(tx: &mut Tx<'_>, neqs: &[String]) -> Result<Found> {
    let today = tx.today();
    let contracts = store::of_neqs(tx, neqs, 200)?;
    let processes: Vec<i64> = contracts.iter().filter_map(|contract| contract.procurement_id).collect();
    Ok(Found {
        searched: !neqs.is_empty(),
        notices: store::notices(tx, &processes)?,
        tenders: store::open_tenders_of(tx, neqs, today)?,
        contracts,
    })
}

/// Puts it in words.
pub fn panel(found: Found, today: NaiveDate, language: Language) -> Panel {
    let Found { searched, mut contracts, notices, tenders } = found;
    let active = contracts.iter().filter(|contract| contract.is_active_on(today)).count();
    // What runs comes first; then the newest.
    contracts.sort_by_key(|contract| {
        (!contract.is_active_on(today), std::cmp::Reverse(contract.starts_on.or(contract.signed_on)))
    });
    let more = contracts.len().saturating_sub(SHOWN);
    let count = |n: usize| Arg::from(i64::try_from(n).unwrap_or(i64::MAX));
    Panel {
        told: if searched {
            say(language, "contracts-active", &[("count", count(active))])
        } else {
            say(language, "known-unsearched", &[])
        },
        contracts: contracts
            .iter()
            .take(SHOWN)
            .map(|contract| {
                let (state, tone) = state(contract, today);
                ContractView {
                    number: numbers(contract, &notices, language),
                    title: contract.title.clone(),
                    buyer: contract.buyer.clone(),
                    amount: contract.amount_cents.map(|cents| formats::format_money(cents, language)),
                    period: period(contract, language),
                    state: say(language, state, &[]),
                    tone,
                    notes: notes(contract, language),
                }
            })
            .collect(),
        more: (more > 0).then(|| say(language, "contracts-more", &[("count", count(more))])),
        tenders: tenders
            .into_iter()
            .map(|tender| TenderView {
                number: tender.notice,
                title: tender.title,
                closes: tender.closes_on.map_or_else(String::new, |day| formats::format_date_medium(day, language)),
            })
            .collect(),
    }
}

/// What runs and what is out to tender on a day, a line each, for somebody who meets the company or decides about it.
pub fn lines(tx: &mut Tx<'_>, neqs: &[String], day: NaiveDate, language: Language) -> Result<Vec<String>> {
    if neqs.is_empty() {
        return Ok(Vec::new());
    }
    let active = store::active_on(tx, neqs, day)?;
    let more = active.len().saturating_sub(MOST_LINES);
    let mut lines: Vec<String> = store::open_tenders_of(tx, neqs, day)?
        .iter()
        .map(|tender| {
            let closes = tender.closes_on.map_or_else(String::new, |day| formats::format_date_long(day, language));
            let args = [
                ("number", Arg::from(tender.notice.as_str())),
                ("title", Arg::from(tender.title.as_str())),
                ("date", Arg::from(closes)),
            ];
            say(language, "contract-line-tender", &args)
        })
        .collect();
    let processes: Vec<i64> = active.iter().take(MOST_LINES).filter_map(|contract| contract.procurement_id).collect();
    let notices = store::notices(tx, &processes)?;
    lines.extend(active.iter().take(MOST_LINES).map(|contract| {
        let args = [
            ("number", Arg::from(numbers(contract, &notices, language))),
            ("title", Arg::from(contract.title.as_str())),
            ("period", Arg::from(period(contract, language))),
        ];
        say(language, if contract.title.is_empty() { "contract-line-untitled" } else { "contract-line" }, &args)
    }));
    if more > 0 {
        lines.push(say(language, "contracts-more", &[("count", Arg::from(i64::try_from(more).unwrap_or(i64::MAX)))]));
    }
    Ok(lines)
}

/// The number of a contract, then that of the notice under which the SEAO publishes it: people know one or the other.
fn numbers(contract: &Contract, notices: &[(i64, String)], language: Language) -> String {
    let process = contract.procurement_id.and_then(|id| notices.iter().find(|(process, _)| *process == id));
    match process.map(|(_, notice)| notice.as_str()).filter(|notice| *notice != contract.number) {
        Some(notice) => {
            say(language, "contract-numbers", &[("number", contract.number.as_str().into()), ("notice", notice.into())])
        }
        None => contract.number.clone(),
    }
}

fn state(contract: &Contract, today: NaiveDate) -> (&'static str, &'static str) {
    let begins = contract.starts_on.or(contract.signed_on);
    match (contract.stage.as_str(), contract.status.as_str()) {
        (_, "cancelled") => ("contract-state-cancelled", "withdrawn"),
        ("award", _) => ("contract-state-award", "submitted"),
        _ if contract.is_active_on(today) => ("contract-state-active", "monitoring"),
        (_, "pending") => ("contract-state-pending", "submitted"),
        _ if begins.is_some_and(|begin| begin > today) => ("contract-state-pending", "submitted"),
        _ => ("contract-state-ended", "closed"),
    }
}

/// Its days, in words.
pub fn period(contract: &Contract, language: Language) -> String {
    let day = |day: NaiveDate| Arg::from(formats::format_date_medium(day, language));
    let begins = contract.starts_on.or(contract.signed_on);
    match (begins, contract.end()) {
        (Some(from), Some(to)) => say(language, "contract-period", &[("from", day(from)), ("to", day(to))]),
        (Some(from), None) => say(language, "contract-since", &[("from", day(from))]),
        (None, Some(to)) => say(language, "contract-until", &[("to", day(to))]),
        (None, None) => say(language, "contract-undated", &[]),
    }
}

fn notes(contract: &Contract, language: Language) -> String {
    let mut notes = Vec::new();
    if contract.direct {
        notes.push(say(language, "contract-direct", &[]));
    }
    if contract.amendments > 0 {
        notes.push(say(language, "contract-amended", &[("count", Arg::from(i64::from(contract.amendments)))]));
    }
    notes.join(", ")
}
