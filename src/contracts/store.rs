//! SQL of contracts. Others ask here whether a company is under contract on a day, and what is out to tender.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::Serialize;

use super::ours::Ours;
use super::{ContractId, ProcurementId};
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::{CompanyId, registry};
use crate::db::kept::Keep;
use crate::db::schema::{companies, contract_changes, contract_suppliers, contracts, imports, procurements, tenderers};
use crate::error::Result;
use crate::people::UnitId;
use crate::sources::store::ImportId;

/// A contract, or an award without one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = contracts)]
pub struct Contract {
    pub id: ContractId,
    pub key: String,
    pub procurement_id: Option<ProcurementId>,
    /// `award` or `contract`.
    pub stage: String,
    pub award_key: Option<String>,
    pub number: String,
    pub title: String,
    pub buyer: String,
    /// Concluded by mutual agreement (gré à gré).
    pub direct: bool,
    pub amount_cents: Option<i64>,
    pub currency: String,
    pub signed_on: Option<NaiveDate>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    /// `pending`, `active`, `cancelled` or `terminated`.
    pub status: String,
    pub terminated_on: Option<NaiveDate>,
    pub amendments: i32,
    pub dated: Instant,
    pub import_id: ImportId,
    /// The unit that follows it, as the ministry's own books say.
    pub unit_id: Option<UnitId>,
}

impl Contract {
    /// Its last day, when somebody wrote it.
    pub fn end(&self) -> Option<NaiveDate> {
        match (self.terminated_on, self.ends_on) {
            (Some(terminated), Some(end)) => Some(terminated.min(end)),
            (terminated, end) => terminated.or(end),
        }
    }

    /// True when the firm is under this contract on a day. A contract whose end nobody wrote runs until it is said ended.
    pub fn is_active_on(&self, day: NaiveDate) -> bool {
        let begins = self.starts_on.or(self.signed_on);
        let ends = self.end();
        self.stage == "contract"
            && matches!(self.status.as_str(), "active" | "terminated")
            && begins.is_none_or(|begin| begin <= day)
            && ends.is_none_or(|end| day <= end)
    }
}

/// A contracting process.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = procurements)]
pub struct Procurement {
    pub id: ProcurementId,
    pub ocid: String,
    pub notice: String,
    pub title: String,
    pub buyer: String,
    pub method: String,
    pub tender_status: String,
    pub opens_on: Option<NaiveDate>,
    pub closes_on: Option<NaiveDate>,
    pub dated: Instant,
    pub import_id: ImportId,
}

impl Procurement {
    /// True when bids are awaited on a day.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.tender_status == "active"
            && self.opens_on.is_none_or(|opens| opens <= day)
            && self.closes_on.is_some_and(|closes| day <= closes)
    }
}

/// Every NEQ that stands for a company: its own, those of its duplicates, and those of the enterprises that the business
/// register says were merged into it.
pub fn neqs_of(tx: &mut Tx<'_>, company: CompanyId) -> Result<Vec<String>> {
    let standing = crate::companies::store::standing_for(tx, company)?;
    neqs_standing_for(tx, &standing)
}

/// Those of some companies alone, and of the enterprises merged into them.
pub fn neqs_standing_for(tx: &mut Tx<'_>, companies: &[CompanyId]) -> Result<Vec<String>> {
    let own: Vec<Option<String>> =
        companies::table.filter(companies::id.eq_any(companies)).select(companies::neq).kept().load(tx.conn)?;
    let mut all: Vec<String> = own.into_iter().flatten().collect();
    let merged = registry::store::merged_into(tx, &all)?;
    all.extend(merged);
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The contracts of some firms with the ministry, newest first; awards that became a contract are told by it.
pub fn of_neqs(tx: &mut Tx<'_>, neqs: &[String], most: i64) -> Result<Vec<Contract>> {
    let ours = Ours::of(&tx.book.config);
    let (mut found, mut before) = (Vec::new(), ContractId::MAX);
    let enough = usize::try_from(most).unwrap_or(usize::MAX);
    // A file of everybody's contracts holds many of the same firm with other bodies.
    for _ in 0..PAGES {
        // First the range of the index, then the rows: in one statement the planner may read every contract instead.
        let ids: Vec<ContractId> = contract_suppliers::table
            .filter(contract_suppliers::neq.eq_any(neqs))
            .filter(contract_suppliers::contract_id.lt(before))
            .order(contract_suppliers::contract_id.desc())
            .limit(2 * most)
            .select(contract_suppliers::contract_id)
            .kept()
            .load(tx.conn)?;
        let Some(last) = ids.last().copied() else { break };
        before = last;
        let signed = diesel::alias!(contracts as signed);
        let some: Vec<Contract> = contracts::table
            .filter(contracts::id.eq_any(ids))
            .filter(not(contracts::stage
                .eq("award")
                .and(exists(signed.filter(signed.field(contracts::award_key).eq(contracts::key.nullable()))))))
            .order(contracts::id.desc())
            .select(Contract::as_select())
            .load(tx.conn)?;
        found.extend(some.into_iter().filter(|contract| ours.has(contract)));
        if found.len() >= enough {
            break;
        }
    }
    // The ministry's own books may name a published contract too, to say which unit follows it.
    let published: BTreeSet<String> =
        found.iter().filter(|one| one.procurement_id.is_some()).map(|one| one.number.clone()).collect();
    found.retain(|one| one.procurement_id.is_some() || !published.contains(&one.number));
    found.truncate(enough);
    Ok(found)
}

/// Most suppliers without an NEQ that are looked at: files hold few, and no page reads more.
const MOST_UNNUMBERED: i64 = 20_000;

/// Suppliers that a file names without an NEQ: a contract and a name.
pub fn unnumbered_suppliers(tx: &mut Tx<'_>) -> Result<Vec<(ContractId, String)>> {
    Ok(contract_suppliers::table
        .filter(contract_suppliers::neq.is_null())
        .filter(contract_suppliers::name.gt(""))
        .order((contract_suppliers::name.asc(), contract_suppliers::contract_id.asc()))
        .limit(MOST_UNNUMBERED)
        .select((contract_suppliers::contract_id, contract_suppliers::name))
        .load(tx.conn)?)
}

/// Some contracts of the ministry, newest first.
pub fn with_ids(tx: &mut Tx<'_>, ids: &[ContractId]) -> Result<Vec<Contract>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ours = Ours::of(&tx.book.config);
    let found: Vec<Contract> = contracts::table
        .filter(contracts::id.eq_any(ids))
        .order(contracts::id.desc())
        .limit(MOST)
        .select(Contract::as_select())
        .load(tx.conn)?;
    Ok(found.into_iter().filter(|contract| ours.has(contract)).collect())
}

/// Ranges of the contracts of one firm that are read at most.
const PAGES: usize = 10;

/// Contracts asked for by number at a time.
const CHUNK: usize = 500;

/// Most contracts or tenders of one firm that are looked at.
pub const MOST: i64 = 2_000;

/// The contracts of a company, newest first.
pub fn of_company(tx: &mut Tx<'_>, company: CompanyId) -> Result<Vec<Contract>> {
    let neqs = neqs_of(tx, company)?;
    of_neqs(tx, &neqs, MOST)
}

/// End of the last contract of the ministry known under a number, its own or that of the notice it came from; nothing when none is
/// known, or when nobody wrote the end of one.
pub fn end_under(tx: &mut Tx<'_>, number: &str) -> Result<Option<NaiveDate>> {
    let notices: Vec<ProcurementId> =
        procurements::table.filter(procurements::notice.eq(number)).select(procurements::id).load(tx.conn)?;
    let mut found: Vec<Contract> =
        contracts::table.filter(contracts::number.eq(number)).select(Contract::as_select()).load(tx.conn)?;
    if !notices.is_empty() {
        let of_notices: Vec<Contract> = contracts::table
            .filter(contracts::procurement_id.eq_any(notices))
            .select(Contract::as_select())
            .load(tx.conn)?;
        found.extend(of_notices);
    }
    let ours = Ours::of(&tx.book.config);
    let ends: Option<Vec<NaiveDate>> = found.iter().filter(|one| ours.has(one)).map(Contract::end).collect();
    Ok(ends.and_then(|ends| ends.into_iter().max()))
}

/// The contracts that run on a day.
pub fn active_on(tx: &mut Tx<'_>, neqs: &[String], day: NaiveDate) -> Result<Vec<Contract>> {
    Ok(of_neqs(tx, neqs, MOST)?.into_iter().filter(|contract| contract.is_active_on(day)).collect())
}

/// The processes of the ministry in which some firms are known to bid, newest first.
pub fn tenders_of(tx: &mut Tx<'_>, neqs: &[String]) -> Result<Vec<Procurement>> {
    let ids: Vec<ProcurementId> = tenderers::table
        .filter(tenderers::neq.eq_any(neqs))
        .order(tenderers::procurement_id.desc())
        .limit(MOST)
        .select(tenderers::procurement_id)
        .kept()
        .load(tx.conn)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ours = Ours::of(&tx.book.config);
    let found: Vec<Procurement> = procurements::table
        .filter(procurements::id.eq_any(ids))
        .order(procurements::id.desc())
        .select(Procurement::as_select())
        .load(tx.conn)?;
    Ok(found.into_iter().filter(|process| ours.called_for(process)).collect())
}

/// Those of them that await bids on a day.
pub fn open_tenders_of(tx: &mut Tx<'_>, neqs: &[String], day: NaiveDate) -> Result<Vec<Procurement>> {
    Ok(tenders_of(tx, neqs)?.into_iter().filter(|process| process.is_open_on(day)).collect())
}

/// Every process of the ministry that awaits bids on a day, the first to close first.
pub fn open_tenders_on(tx: &mut Tx<'_>, day: NaiveDate, most: i64) -> Result<Vec<Procurement>> {
    let ours = Ours::of(&tx.book.config);
    let open: Vec<Procurement> = procurements::table
        .filter(procurements::tender_status.eq("active"))
        .filter(procurements::closes_on.ge(day))
        .filter(procurements::opens_on.is_null().or(procurements::opens_on.le(day)))
        .order((procurements::closes_on.asc(), procurements::id.asc()))
        .limit(MOST)
        .select(Procurement::as_select())
        .load(tx.conn)?;
    let wanted = usize::try_from(most).unwrap_or(usize::MAX);
    Ok(open.into_iter().filter(|process| ours.called_for(process)).take(wanted).collect())
}

/// The contracts of the ministry whose first day is in a period, with each firm known by its NEQ and when their file was read.
pub fn begun_between(tx: &mut Tx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<(Contract, String, Instant)>> {
    // Two ranges of one index.
    let mut ids: Vec<ContractId> =
        contracts::table.filter(contracts::starts_on.between(from, to)).select(contracts::id).load(tx.conn)?;
    ids.extend(
        contracts::table
            .filter(contracts::signed_on.between(from, to))
            .filter(contracts::starts_on.is_null())
            .select(contracts::id)
            .load::<ContractId>(tx.conn)?,
    );
    let ours = Ours::of(&tx.book.config);
    let mut begun = Vec::new();
    for some in ids.chunks(CHUNK) {
        let rows: Vec<(Contract, Option<String>, Instant)> = contracts::table
            .inner_join(contract_suppliers::table.on(contract_suppliers::contract_id.eq(contracts::id)))
            .inner_join(imports::table.on(imports::id.eq(contracts::import_id)))
            .filter(contracts::id.eq_any(some))
            .filter(contract_suppliers::neq.is_not_null())
            .select((Contract::as_select(), contract_suppliers::neq, imports::imported_at))
            .load(tx.conn)?;
        let rows = rows.into_iter().filter(|(contract, ..)| ours.has(contract));
        begun.extend(rows.filter_map(|(contract, neq, read_at)| Some((contract, neq?, read_at))));
    }
    Ok(begun)
}

/// The processes of the ministry still open whose bids opened in a period, with each firm known to bid and when their file was read.
pub fn opened_between(tx: &mut Tx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<(Procurement, String, Instant)>> {
    let rows: Vec<(Procurement, Option<String>, Instant)> = procurements::table
        .inner_join(tenderers::table.on(tenderers::procurement_id.eq(procurements::id)))
        .inner_join(imports::table.on(imports::id.eq(procurements::import_id)))
        .filter(procurements::tender_status.eq("active"))
        .filter(procurements::closes_on.ge(to))
        .filter(procurements::opens_on.between(from, to))
        .filter(tenderers::neq.is_not_null())
        .select((Procurement::as_select(), tenderers::neq, imports::imported_at))
        .load(tx.conn)?;
    let ours = Ours::of(&tx.book.config);
    let rows = rows.into_iter().filter(|(process, ..)| ours.called_for(process));
    Ok(rows.filter_map(|(process, neq, read_at)| Some((process, neq?, read_at))).collect())
}

/// The notice numbers of some processes.
pub fn notices(tx: &mut Tx<'_>, of: &[ProcurementId]) -> Result<Vec<(ProcurementId, String)>> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    Ok(procurements::table
        .filter(procurements::id.eq_any(of))
        .select((procurements::id, procurements::notice))
        .load(tx.conn)?)
}

/// What an import changed about one firm, or about nobody in particular when the file names none.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = contract_changes)]
pub struct Changed {
    pub id: i64,
    pub neq: Option<String>,
    pub procurement_id: Option<ProcurementId>,
    pub contract_id: Option<ContractId>,
    /// `tender`, `award`, `contract`, `amended`, `terminated` or `changed`.
    pub what: String,
}

/// What an import changed, after a change, in order: cross-checks read it page by page.
pub fn changes(tx: &mut Tx<'_>, import: ImportId, after: i64, most: i64) -> Result<Vec<Changed>> {
    Ok(contract_changes::table
        .filter(contract_changes::import_id.eq(import))
        .filter(contract_changes::id.gt(after))
        .order(contract_changes::id.asc())
        .limit(most)
        .select(Changed::as_select())
        .load(tx.conn)?)
}

/// Those of some changes that are about contracts of the ministry that run today, or processes of its own that await bids. What
/// begins later is looked for on its day.
pub fn holding_among(tx: &mut Tx<'_>, changes: Vec<Changed>) -> Result<Vec<Changed>> {
    let (ours, today) = (Ours::of(&tx.book.config), tx.today());
    let (mut signed, mut called): (Vec<ContractId>, Vec<ProcurementId>) = (Vec::new(), Vec::new());
    for change in &changes {
        match change.contract_id {
            Some(contract) => signed.push(contract),
            None => called.extend(change.procurement_id),
        }
    }
    let mut wanted_contracts = BTreeSet::new();
    if !signed.is_empty() {
        let found: Vec<Contract> =
            contracts::table.filter(contracts::id.eq_any(signed)).select(Contract::as_select()).load(tx.conn)?;
        wanted_contracts
            .extend(found.iter().filter(|one| ours.has(one) && one.is_active_on(today)).map(|contract| contract.id));
    }
    let mut wanted_processes = BTreeSet::new();
    if !called.is_empty() {
        let found: Vec<Procurement> = procurements::table
            .filter(procurements::id.eq_any(called))
            .select(Procurement::as_select())
            .load(tx.conn)?;
        wanted_processes
            .extend(found.iter().filter(|one| ours.called_for(one) && one.is_open_on(today)).map(|process| process.id));
    }
    let holds = |change: &Changed| match change.contract_id {
        Some(contract) => wanted_contracts.contains(&contract),
        None => change.procurement_id.is_some_and(|process| wanted_processes.contains(&process)),
    };
    Ok(changes.into_iter().filter(holds).collect())
}
