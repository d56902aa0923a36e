//! Files of contracts as publishers write them, fictional.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::ministry::NORDIK;
use probite::contracts::import::{self, Report};

/// A folder of files that goes when the story ends.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

pub fn package(releases: &[Value]) -> String {
    json!({ "version": "1.1", "releases": releases }).to_string()
}

/// A release of notice `number` on a day, with a contract of Nordik.
pub fn release(number: u32, date: &str) -> Value {
    json!({
        "ocid": format!("ocds-ec9k95-{number}"), "date": format!("{date}T09:00:00-05:00"), "tag": ["contract"],
        "buyer": { "id": "OP-1", "name": "Ministère fictif" },
        "parties": [
            { "id": "OP-1", "name": "Ministère fictif", "roles": ["buyer"] },
            { "id": "FO-1", "name": NORDIK.0, "roles": ["supplier", "tenderer"], "details": { "neq": NORDIK.1 } }
        ],
        "tender": { "title": "Hébergement infonuagique", "status": "complete", "procurementMethod": "open",
            "tenderPeriod": { "startDate": "2025-12-01", "endDate": "2026-01-15" } },
        "awards": [{ "id": "A-1", "date": "2026-01-20", "value": { "amount": 150_000.0, "currency": "CAD" },
            "suppliers": [{ "id": "FO-1", "name": NORDIK.0 }] }],
        "contracts": [{ "id": format!("C-{number}"), "awardID": "A-1", "status": "active", "dateSigned": "2026-02-01",
            "value": { "amount": 150_000.0, "currency": "CAD" },
            "period": { "startDate": "2026-02-15", "endDate": "2027-02-14" } }]
    })
}

/// The same with a part changed.
pub fn with(mut release: Value, path: &str, value: Value) -> Value {
    *release.pointer_mut(path).expect("the part is there") = value;
    release
}

pub fn takes_in(app: &TestApp, path: &std::path::Path) -> Report {
    import::import(&app.app, None, path, false).unwrap()
}

/// Everything that contracts leave in the database, whatever file it came from.
pub fn rows(app: &TestApp) -> Vec<String> {
    use diesel::prelude::*;
    use probite::contracts::store::{Contract, Procurement};
    use probite::db::schema::{contract_suppliers, contracts, procurements};
    app.read(|tx| {
        let processes: Vec<Procurement> =
            procurements::table.order(procurements::ocid.asc()).select(Procurement::as_select()).load(tx.conn)?;
        let mut all: Vec<String> = processes
            .into_iter()
            .map(|p| {
                format!(
                    "{} {} {} {} {:?} {:?} {}",
                    p.ocid, p.title, p.tender_status, p.method, p.opens_on, p.closes_on, p.dated
                )
            })
            .collect();
        let signed: Vec<Contract> =
            contracts::table.order(contracts::key.asc()).select(Contract::as_select()).load(tx.conn)?;
        for c in signed {
            let firms: Vec<(Option<String>, String)> = contract_suppliers::table
                .filter(contract_suppliers::contract_id.eq(c.id))
                .order(contract_suppliers::position.asc())
                .select((contract_suppliers::neq, contract_suppliers::name))
                .load(tx.conn)?;
            all.push(format!(
                "{} {} {:?} {:?} {:?} {:?} {} {:?} {} {firms:?}",
                c.key,
                c.stage,
                c.amount_cents,
                c.starts_on,
                c.ends_on,
                c.award_key,
                c.status,
                c.terminated_on,
                c.amendments
            ));
        }
        Ok(all)
    })
}
