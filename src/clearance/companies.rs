//! The companies of a sheet: those of a contract or notice on file, and those that somebody writes; each with the companies
//! merged into it, here or in the business register.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::roster::{Candidate, Doubt, lines};
use super::sheet::About;
use crate::app::Tx;
use crate::companies::store::{self, Company};
use crate::companies::{CompanyId, groups, registry, suggest};
use crate::contracts::ours::Ours;
use crate::contracts::store::neqs_of;
use crate::db::schema::{companies, company_names, contract_suppliers, contracts, procurements, tenderers};
use crate::db::search::fold;
use crate::error::{FieldError, Result};
use crate::formats::parse_neq;

/// What a sheet is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Number of the contract or notice, as on file.
    pub contract: Option<String>,
    pub companies: Vec<About>,
    /// Every company of the register that stands for one of them, and which.
    pub standing: BTreeMap<CompanyId, i64>,
}

/// Lines of the field that names companies.
const FIELD: &str = "companies";
/// Companies proposed for one line.
const MOST: usize = 5;

/// Reads the contract and the companies that were typed: what they are, the lines in doubt, and what else to put right.
pub fn read(tx: &mut Tx<'_>, contract: &str, typed: &str) -> Result<(Concerned, Vec<Doubt>, Vec<FieldError>)> {
    let (mut concerned, mut doubts, mut errors) = (Concerned::default(), Vec::new(), Vec::new());
    let mut about: Vec<About> = Vec::new();
    let contract = contract.trim();
    if !contract.is_empty() {
        match firms_of(tx, contract)? {
            None => errors.push(FieldError::with(
                "contract",
                "error-clearance-contract",
                format!("«\u{a0}{contract}\u{a0}»"),
            )),
            Some(firms) if firms.is_empty() && typed.trim().is_empty() => {
                errors.push(FieldError::new("contract", "error-clearance-no-firm"));
            }
            Some(firms) => {
                concerned.contract = Some(contract.to_owned());
                about.extend(firms);
            }
        }
    }
    for line in lines(typed) {
        match company_of(tx, &line)? {
            Ok(company) => about.push(company),
            Err(doubt) => doubts.push(doubt),
        }
    }
    if contract.is_empty() && typed.trim().is_empty() {
        errors.push(FieldError::new("contract", "error-clearance-about"));
    }
    let mut seen = BTreeSet::new();
    about.retain(|company| seen.insert(company.clone()));
    for (place, company) in (1_i64..).zip(&about) {
        for id in standing(tx, company)? {
            concerned.standing.entry(id).or_insert(place);
        }
    }
    if tx.book.config.clearance.groups {
        for (id, place) in of_groups(tx, &concerned.standing)? {
            concerned.standing.entry(id).or_insert(place);
        }
    }
    concerned.companies = about;
    Ok((concerned, doubts, errors))
}

/// The suppliers of a contract, or whoever bids on its notice; nothing when no such number was taken in.
fn firms_of(tx: &mut Tx<'_>, number: &str) -> Result<Option<Vec<About>>> {
    // Two bodies may give the same number to two contracts: it is ours that is asked about.
    let ours = Ours::of(&tx.book.config);
    let known: Vec<(i64, Option<i64>, String)> = contracts::table
        .filter(contracts::number.eq(number))
        .order(contracts::id.asc())
        .select((contracts::id, contracts::procurement_id, contracts::buyer))
        .load(tx.conn)?;
    let known: Vec<(i64, Option<i64>)> = known
        .into_iter()
        .filter(|(_, process, buyer)| process.is_none() || ours.buys(buyer))
        .map(|(contract, process, _)| (contract, process))
        .collect();
    let notices: Vec<(i64, String)> = procurements::table
        .filter(procurements::notice.eq(number))
        .order(procurements::id.asc())
        .select((procurements::id, procurements::buyer))
        .load(tx.conn)?;
    let notices: Vec<i64> =
        notices.into_iter().filter(|(_, buyer)| ours.buys(buyer)).map(|(process, _)| process).collect();
    if known.is_empty() && notices.is_empty() {
        return Ok(None);
    }
    let processes: Vec<i64> = known.iter().filter_map(|(_, process)| *process).chain(notices.clone()).collect();
    let of_notices: Vec<i64> =
        contracts::table.filter(contracts::procurement_id.eq_any(&notices)).select(contracts::id).load(tx.conn)?;
    let all: Vec<i64> = known.iter().map(|(contract, _)| *contract).chain(of_notices).collect();
    type Firm = (Option<String>, String);
    let mut firms: Vec<Firm> = contract_suppliers::table
        .filter(contract_suppliers::contract_id.eq_any(all))
        .order((contract_suppliers::contract_id.asc(), contract_suppliers::position.asc()))
        .select((contract_suppliers::neq, contract_suppliers::name))
        .load(tx.conn)?;
    let bidders: Vec<Firm> = tenderers::table
        .filter(tenderers::procurement_id.eq_any(processes))
        .order((tenderers::procurement_id.asc(), tenderers::position.asc()))
        .select((tenderers::neq, tenderers::name))
        .load(tx.conn)?;
    firms.extend(bidders);
    Ok(Some(firms.into_iter().map(|(neq, name)| About { name, neq }).collect()))
}

/// The company that a line names, by NEQ or by its exact name.
fn company_of(tx: &mut Tx<'_>, typed: &str) -> Result<Result<About, Doubt>> {
    let doubt = |message, candidates| Err(Doubt { field: FIELD, message, typed: typed.to_owned(), candidates });
    if let Ok(neq) = parse_neq(typed) {
        if let Some(company) = store::find_by_neq(tx, &neq)? {
            return Ok(Ok(about(store::root(tx, company.id)?)));
        }
        if let Some(enterprise) = registry::store::find(tx, &neq)? {
            return Ok(Ok(About { name: enterprise.name, neq: Some(neq) }));
        }
        // Without a business register nothing can be said of a number: nobody declared anything about it, that is all.
        return Ok(match registry::store::current(tx)? {
            Some(_) => doubt("error-clearance-neq", Vec::new()),
            None => Ok(About { name: neq.clone(), neq: Some(neq) }),
        });
    }
    let mut same = roots_named(tx, typed, false)?;
    if let (Some(company), true) = (same.pop(), same.is_empty()) {
        return Ok(Ok(about(company)));
    }
    let proposed = suggest::suggest(tx, typed, MOST)?;
    let folded = fold(typed);
    let mut exact = proposed.iter().filter(|one| fold(&one.name) == folded);
    if let (Some(one), None) = (exact.next(), exact.next()) {
        return Ok(Ok(About { name: one.name.clone(), neq: one.neq.clone() }));
    }
    let message = match (proposed.is_empty(), proposed.iter().filter(|one| fold(&one.name) == folded).count()) {
        (true, _) => "error-clearance-no-company",
        (false, 0) => "error-clearance-company-near",
        (false, _) => "error-clearance-several",
    };
    let candidate = |one: suggest::Suggestion| Candidate { code: one.neq.unwrap_or_default(), name: one.name };
    Ok(doubt(message, proposed.into_iter().map(candidate).collect()))
}

fn about(company: Company) -> About {
    About { name: company.name, neq: company.neq }
}

/// The companies that go, or went, by exactly this name; those that bear no NEQ alone when `without_neq` says so, since two
/// NEQ are two legal persons.
fn roots_named(tx: &mut Tx<'_>, name: &str, without_neq: bool) -> Result<Vec<Company>> {
    let mut query = company_names::table
        .inner_join(companies::table.on(company_names::company_id.eq(companies::id)))
        .filter(company_names::folded.eq(fold(name)))
        .order(companies::id.asc())
        .select(companies::id)
        .into_boxed();
    if without_neq {
        query = query.filter(companies::neq.is_null());
    }
    let ids: Vec<CompanyId> = query.load(tx.conn)?;
    let mut roots: Vec<Company> = Vec::new();
    for id in ids {
        let root = store::root(tx, id)?;
        if roots.iter().all(|known| known.id != root.id) {
            roots.push(root);
        }
    }
    Ok(roots)
}

/// Every company of the register that stands for one of a sheet: by its NEQ or its name, what it was merged into, what was
/// merged into it, here or in the business register.
fn standing(tx: &mut Tx<'_>, about: &About) -> Result<BTreeSet<CompanyId>> {
    let mut seeds: Vec<CompanyId> = Vec::new();
    if let Some(neq) = &about.neq {
        let successor = registry::store::find(tx, neq)?.and_then(|enterprise| enterprise.successor);
        for number in [Some(neq.clone()), successor].into_iter().flatten() {
            seeds.extend(store::find_by_neq(tx, &number)?.map(|company| company.id));
            // What was merged into it may be known here when it is not itself.
            let merged = registry::store::merged_into(tx, std::slice::from_ref(&number))?;
            seeds.extend(with_numbers(tx, &merged)?);
        }
    }
    seeds.extend(roots_named(tx, &about.name, about.neq.is_some())?.into_iter().map(|company| company.id));
    let mut all = BTreeSet::new();
    for seed in seeds {
        let mine = store::standing_for(tx, seed)?;
        let numbers = neqs_of(tx, seed)?;
        for id in with_numbers(tx, &numbers)? {
            all.extend(store::standing_for(tx, id)?);
        }
        all.extend(mine);
    }
    Ok(all)
}

/// The other companies of their groups, each for the same company of the sheet: whoever is tied to a parent is tied to its
/// subsidiary that bids.
fn of_groups(tx: &mut Tx<'_>, standing: &BTreeMap<CompanyId, i64>) -> Result<Vec<(CompanyId, i64)>> {
    let mut found = Vec::new();
    for (id, place) in standing {
        for other in groups::others(tx, *id)? {
            found.extend(store::standing_for(tx, other)?.into_iter().map(|id| (id, *place)));
        }
    }
    Ok(found)
}

fn with_numbers(tx: &mut Tx<'_>, numbers: &[String]) -> Result<Vec<CompanyId>> {
    Ok(companies::table.filter(companies::neq.eq_any(numbers)).select(companies::id).load(tx.conn)?)
}
