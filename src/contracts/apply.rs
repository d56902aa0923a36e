//! Writing what a file says: the latest date wins, release by release, part by part, so that files may come in any order and
//! twice. Plain OCDS releases hold only what they add; those of SEAO hold everything; both end in the same rows. What a contract
//! does not say of its firms and its days is lent by its award, whichever of them comes first.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::normal::{ContractSaid, Firm, Planned, Said, TenderSaid, lasting};
use super::store::{Contract, Procurement};
use super::{ContractId, ProcurementId};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{contract_changes, contract_suppliers, contracts, procurements, tenderers};
use crate::error::Result;
use crate::sources::store::ImportId;

/// Before every release: the date of what no release said.
fn never() -> Instant {
    Instant::default()
}

/// Writes one release; returns how many things it changed.
pub fn apply(tx: &mut Tx<'_>, import: ImportId, said: &Said) -> Result<i64> {
    let (process, mut changes) = procurement(tx, import, said)?;
    for contract in &said.contracts {
        if write(tx, import, Some(&process), &process.buyer, said.dated, contract)? {
            changes += 1;
        }
    }
    Ok(changes)
}

/// The process of a release, its tender brought up to date.
fn procurement(tx: &mut Tx<'_>, import: ImportId, said: &Said) -> Result<(Procurement, i64)> {
    let found: Option<Procurement> = each_engine!(tx.conn, conn => procurements::table
        .filter(procurements::ocid.eq(&said.ocid))
        .select(Procurement::as_select())
        .first(conn)
        .optional())?;
    let empty = || TenderSaid {
        title: String::new(),
        status: String::new(),
        method: String::new(),
        opens_on: None,
        closes_on: None,
        tenderers: Vec::new(),
    };
    let Some(mut process) = found else {
        let tender = said.tender.clone().unwrap_or_else(empty);
        let dated = said.tender.as_ref().map_or_else(never, |_| said.dated);
        let id: ProcurementId = each_engine!(tx.conn, conn => diesel::insert_into(procurements::table)
            .values((
                procurements::ocid.eq(&said.ocid),
                procurements::notice.eq(&said.notice),
                procurements::title.eq(&tender.title),
                procurements::buyer.eq(&said.buyer),
                procurements::method.eq(&tender.method),
                procurements::tender_status.eq(&tender.status),
                procurements::opens_on.eq(tender.opens_on),
                procurements::closes_on.eq(tender.closes_on),
                procurements::dated.eq(dated),
                procurements::import_id.eq(import),
            ))
            .returning(procurements::id)
            .get_result(conn))?;
        put_tenderers(tx, id, &tender.tenderers)?;
        let process = Procurement {
            id,
            ocid: said.ocid.clone(),
            notice: said.notice.clone(),
            title: tender.title,
            buyer: said.buyer.clone(),
            method: tender.method,
            tender_status: tender.status,
            opens_on: tender.opens_on,
            closes_on: tender.closes_on,
            dated,
            import_id: import,
        };
        if said.tender.is_some() {
            tell(tx, import, &tender.tenderers, Some(id), None, "tender")?;
        }
        return Ok((process, i64::from(said.tender.is_some())));
    };
    if process.buyer.is_empty() && !said.buyer.is_empty() {
        process.buyer.clone_from(&said.buyer);
        diesel::update(procurements::table.find(process.id))
            .set(procurements::buyer.eq(&said.buyer))
            .execute(tx.conn)?;
        // So are the contracts read before anybody said who buys.
        let unsaid = contracts::table.filter(contracts::procurement_id.eq(process.id)).filter(contracts::buyer.eq(""));
        diesel::update(unsaid).set(contracts::buyer.eq(&said.buyer)).execute(tx.conn)?;
    }
    let Some(tender) = said.tender.as_ref().filter(|_| process.dated < said.dated) else { return Ok((process, 0)) };
    let firms = tenderers_of(tx, process.id)?;
    let same = (&process.title, &process.method, &process.tender_status, process.opens_on, process.closes_on)
        == (&tender.title, &tender.method, &tender.status, tender.opens_on, tender.closes_on)
        && firms == tender.tenderers;
    let set = (
        procurements::title.eq(&tender.title),
        procurements::method.eq(&tender.method),
        procurements::tender_status.eq(&tender.status),
        procurements::opens_on.eq(tender.opens_on),
        procurements::closes_on.eq(tender.closes_on),
        procurements::dated.eq(said.dated),
    );
    diesel::update(procurements::table.find(process.id)).set(set).execute(tx.conn)?;
    if !same {
        diesel::delete(tenderers::table.filter(tenderers::procurement_id.eq(process.id))).execute(tx.conn)?;
        put_tenderers(tx, process.id, &tender.tenderers)?;
        // A contract read before its tender did not know how it was concluded.
        diesel::update(contracts::table.filter(contracts::procurement_id.eq(process.id)))
            .set(contracts::direct.eq(tender.method == "direct"))
            .execute(tx.conn)?;
        tell(tx, import, &tender.tenderers, Some(process.id), None, "tender")?;
    }
    process.method.clone_from(&tender.method);
    Ok((process, i64::from(!same)))
}

/// Writes one contract or award when it is newer than what is there; true when it changed something.
pub fn write(
    tx: &mut Tx<'_>,
    import: ImportId,
    process: Option<&Procurement>,
    buyer: &str,
    dated: Instant,
    said: &ContractSaid,
) -> Result<bool> {
    let found: Option<Contract> = each_engine!(tx.conn, conn => contracts::table
        .filter(contracts::key.eq(&said.key))
        .select(Contract::as_select())
        .first(conn)
        .optional())?;
    let place = process.map(|process| process.id);
    let direct = process.is_some_and(|process| process.method == "direct");
    let award = planned(tx, said)?;
    let (starts_on, ends_on) = lasting((said.starts_on, said.ends_on), said.signed_on, award);
    let Some(before) = found else {
        let id: ContractId = each_engine!(tx.conn, conn => diesel::insert_into(contracts::table)
            .values((
                contracts::key.eq(&said.key),
                contracts::procurement_id.eq(place),
                contracts::stage.eq(&said.stage),
                contracts::award_key.eq(&said.award_key),
                contracts::number.eq(&said.number),
                contracts::title.eq(&said.title),
                contracts::buyer.eq(buyer),
                contracts::direct.eq(direct),
                contracts::amount_cents.eq(said.amount_cents),
                contracts::currency.eq(&said.currency),
                contracts::signed_on.eq(said.signed_on),
                contracts::starts_on.eq(starts_on),
                contracts::ends_on.eq(ends_on),
                contracts::own_starts_on.eq(said.starts_on),
                contracts::own_ends_on.eq(said.ends_on),
                contracts::status.eq(&said.status),
                contracts::terminated_on.eq(said.terminated_on),
                contracts::amendments.eq(said.amendments),
                contracts::dated.eq(dated),
                contracts::import_id.eq(import),
                contracts::unit_id.eq(said.unit_id),
            ))
            .returning(contracts::id)
            .get_result(conn))?;
        let suppliers = suppliers_for(tx, said)?;
        put_suppliers(tx, id, &suppliers)?;
        let what = if said.stage == "award" { "award" } else { "contract" };
        tell(tx, import, &suppliers, place, Some(id), what)?;
        if said.stage == "award" {
            lend(tx, import, said, &suppliers)?;
        }
        return Ok(true);
    };
    if dated <= before.dated {
        return Ok(false);
    }
    let suppliers_before = suppliers_of(tx, before.id)?;
    // A release that names no supplier says nothing about who it is.
    let suppliers = if said.suppliers.is_empty() { suppliers_before.clone() } else { said.suppliers.clone() };
    let after = Contract {
        award_key: said.award_key.clone(),
        number: said.number.clone(),
        title: said.title.clone(),
        amount_cents: said.amount_cents,
        currency: said.currency.clone(),
        signed_on: said.signed_on,
        starts_on,
        ends_on,
        status: said.status.clone(),
        terminated_on: said.terminated_on,
        amendments: said.amendments,
        // A file without the column says nothing of it.
        unit_id: said.unit_id.or(before.unit_id),
        ..before.clone()
    };
    let same = after == before && suppliers == suppliers_before;
    diesel::update(contracts::table.find(before.id))
        .set((
            contracts::award_key.eq(&after.award_key),
            contracts::number.eq(&after.number),
            contracts::title.eq(&after.title),
            contracts::amount_cents.eq(after.amount_cents),
            contracts::currency.eq(&after.currency),
            contracts::signed_on.eq(after.signed_on),
            contracts::starts_on.eq(after.starts_on),
            contracts::ends_on.eq(after.ends_on),
            contracts::own_starts_on.eq(said.starts_on),
            contracts::own_ends_on.eq(said.ends_on),
            contracts::status.eq(&after.status),
            contracts::terminated_on.eq(after.terminated_on),
            contracts::amendments.eq(after.amendments),
            contracts::unit_id.eq(after.unit_id),
            contracts::dated.eq(dated),
        ))
        .execute(tx.conn)?;
    if same {
        return Ok(false);
    }
    if suppliers != suppliers_before {
        diesel::delete(contract_suppliers::table.filter(contract_suppliers::contract_id.eq(before.id)))
            .execute(tx.conn)?;
        put_suppliers(tx, before.id, &suppliers)?;
    }
    if said.stage == "award" {
        lend(tx, import, said, &suppliers)?;
    }
    let what = match () {
        () if after.status == "terminated" && before.status != "terminated" => "terminated",
        () if after.amendments > before.amendments
            || after.amount_cents != before.amount_cents
            || after.ends_on != before.ends_on =>
        {
            "amended"
        }
        // It was pending, or its days moved: for whoever looks at it, this is the day it comes.
        () if after.is_active_on(tx.today()) && !before.is_active_on(tx.today()) => "contract",
        () => "changed",
    };
    // To a firm that was not its supplier, it is a contract like a new one.
    let was =
        |firm: &Firm| suppliers_before.iter().any(|one| one == firm || (one.neq.is_some() && one.neq == firm.neq));
    let (known, new): (Vec<Firm>, Vec<Firm>) = suppliers.into_iter().partition(was);
    if !known.is_empty() || new.is_empty() {
        tell(tx, import, &known, place, Some(before.id), what)?;
    }
    if !new.is_empty() {
        tell(tx, import, &new, place, Some(before.id), if said.stage == "award" { "award" } else { "contract" })?;
    }
    Ok(true)
}

/// What the award of a contract says of its days, when it was read and the contract does not say them all.
fn planned(tx: &mut Tx<'_>, said: &ContractSaid) -> Result<Planned> {
    type Row = (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>);
    let Some(award) = said.award_key.as_ref().filter(|_| said.starts_on.is_none() || said.ends_on.is_none()) else {
        return Ok(Planned::default());
    };
    let found: Option<Row> = each_engine!(tx.conn, conn => contracts::table
        .filter(contracts::key.eq(award))
        .select((contracts::signed_on, contracts::starts_on, contracts::ends_on))
        .first(conn)
        .optional())?;
    Ok(found.map_or_else(Planned::default, |(awarded_on, first, last)| Planned { awarded_on, days: (first, last) }))
}

/// The suppliers of a new row: those it names, or those of the award it follows.
fn suppliers_for(tx: &mut Tx<'_>, said: &ContractSaid) -> Result<Vec<Firm>> {
    let Some(award) = said.award_key.as_ref().filter(|_| said.suppliers.is_empty()) else {
        return Ok(said.suppliers.clone());
    };
    let found: Option<ContractId> =
        contracts::table.filter(contracts::key.eq(award)).select(contracts::id).first(tx.conn).optional()?;
    found.map_or_else(|| Ok(Vec::new()), |award| suppliers_of(tx, award))
}

/// An award read after its contract, or that changed, tells who its supplier is and how long it lasts, when the contract does not
/// say so itself; and for whom it is new.
fn lend(tx: &mut Tx<'_>, import: ImportId, award: &ContractSaid, suppliers: &[Firm]) -> Result<()> {
    let planned = Planned { awarded_on: award.signed_on, days: (award.starts_on, award.ends_on) };
    let signed: Vec<(Contract, Option<NaiveDate>, Option<NaiveDate>)> = each_engine!(tx.conn, conn => contracts::table
        .filter(contracts::award_key.eq(&award.key))
        .select((Contract::as_select(), contracts::own_starts_on, contracts::own_ends_on))
        .load(conn))?;
    for (before, own_starts_on, own_ends_on) in signed {
        let (starts_on, ends_on) = lasting((own_starts_on, own_ends_on), before.signed_on, planned);
        let after = Contract { starts_on, ends_on, ..before.clone() };
        if after != before {
            diesel::update(contracts::table.find(before.id))
                .set((contracts::starts_on.eq(starts_on), contracts::ends_on.eq(ends_on)))
                .execute(tx.conn)?;
        }
        let mut firms = suppliers_of(tx, before.id)?;
        let what = match () {
            () if firms.is_empty() && !suppliers.is_empty() => {
                put_suppliers(tx, before.id, suppliers)?;
                firms = suppliers.to_vec();
                "contract"
            }
            () if after == before => continue,
            // An end that nobody had said is no amendment.
            () if before.ends_on.is_some() && after.ends_on != before.ends_on => "amended",
            () if after.is_active_on(tx.today()) && !before.is_active_on(tx.today()) => "contract",
            () => "changed",
        };
        tell(tx, import, &firms, before.procurement_id, Some(before.id), what)?;
    }
    Ok(())
}

/// The firms of a contract, in the order of the file.
pub fn suppliers_of(tx: &mut Tx<'_>, contract: ContractId) -> Result<Vec<Firm>> {
    let rows: Vec<(Option<String>, String)> = each_engine!(tx.conn, conn => contract_suppliers::table
        .filter(contract_suppliers::contract_id.eq(contract))
        .order(contract_suppliers::position.asc())
        .select((contract_suppliers::neq, contract_suppliers::name))
        .load(conn))?;
    Ok(rows.into_iter().map(|(neq, name)| Firm { neq, name }).collect())
}

fn tenderers_of(tx: &mut Tx<'_>, process: ProcurementId) -> Result<Vec<Firm>> {
    let rows: Vec<(Option<String>, String)> = tenderers::table
        .filter(tenderers::procurement_id.eq(process))
        .order(tenderers::position.asc())
        .select((tenderers::neq, tenderers::name))
        .load(tx.conn)?;
    Ok(rows.into_iter().map(|(neq, name)| Firm { neq, name }).collect())
}

fn put_suppliers(tx: &mut Tx<'_>, contract: ContractId, firms: &[Firm]) -> Result<()> {
    for (position, firm) in (0_i32..).zip(firms) {
        each_engine!(tx.conn, conn => diesel::insert_into(contract_suppliers::table)
            .values((
                contract_suppliers::contract_id.eq(contract),
                contract_suppliers::position.eq(position),
                contract_suppliers::neq.eq(&firm.neq),
                contract_suppliers::name.eq(&firm.name),
            ))
            .execute(conn))?;
    }
    Ok(())
}

fn put_tenderers(tx: &mut Tx<'_>, process: ProcurementId, firms: &[Firm]) -> Result<()> {
    for (position, firm) in (0_i32..).zip(firms) {
        each_engine!(tx.conn, conn => diesel::insert_into(tenderers::table)
            .values((
                tenderers::procurement_id.eq(process),
                tenderers::position.eq(position),
                tenderers::neq.eq(&firm.neq),
                tenderers::name.eq(&firm.name),
            ))
            .execute(conn))?;
    }
    Ok(())
}

/// Leaves a line for each firm concerned, or one without a firm.
fn tell(
    tx: &mut Tx<'_>,
    import: ImportId,
    firms: &[Firm],
    process: Option<ProcurementId>,
    contract: Option<ContractId>,
    what: &str,
) -> Result<()> {
    let mut neqs: Vec<Option<&String>> = firms.iter().map(|firm| firm.neq.as_ref()).collect();
    neqs.sort_unstable();
    neqs.dedup();
    if neqs.is_empty() {
        neqs.push(None);
    }
    for neq in neqs {
        each_engine!(tx.conn, conn => diesel::insert_into(contract_changes::table)
            .values((
                contract_changes::import_id.eq(import),
                contract_changes::neq.eq(neq),
                contract_changes::procurement_id.eq(process),
                contract_changes::contract_id.eq(contract),
                contract_changes::what.eq(what),
            ))
            .execute(conn))?;
    }
    Ok(())
}
