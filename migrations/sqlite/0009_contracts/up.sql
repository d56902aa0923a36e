-- Files taken in from outside: which, when, by whom, what they held.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- 'contracts', 'small_contracts', 'registry', 'rena' or 'rea'
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by INTEGER REFERENCES persons (id),
    row_count INTEGER NOT NULL,
    error_count INTEGER NOT NULL,
    change_count INTEGER NOT NULL,
    -- First problems, as JSON.
    problems TEXT NOT NULL
) STRICT;
CREATE INDEX imports_source ON imports (source, id);
CREATE INDEX imports_content ON imports (source, sha256);

-- Public contracts -------------------------------------------------------------------------------------------------

-- One contracting process, under one notice number. `dated` is the date of the release that its words come from: the latest
-- wins, whatever the order of the files.
CREATE TABLE procurements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ocid TEXT NOT NULL UNIQUE,
    notice TEXT NOT NULL,
    title TEXT NOT NULL,
    buyer TEXT NOT NULL,
    -- As the file says it: 'open', 'selective', 'limited', 'direct'; empty when it does not.
    method TEXT NOT NULL,
    -- 'planned', 'active', 'cancelled', 'complete'…; empty when the file says nothing of a tender.
    tender_status TEXT NOT NULL,
    opens_on TEXT,
    closes_on TEXT,
    dated TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports (id)
) STRICT;
-- Tenders open on a day.
CREATE INDEX procurements_open ON procurements (tender_status, closes_on, id);

CREATE TABLE tenderers (
    procurement_id INTEGER NOT NULL REFERENCES procurements (id),
    position INTEGER NOT NULL,
    neq TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (procurement_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX tenderers_neq ON tenderers (neq, procurement_id) WHERE neq IS NOT NULL;

-- A contract, or an award that has no contract yet.
CREATE TABLE contracts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- What the same contract is known by in the next file.
    key TEXT NOT NULL UNIQUE,
    -- Below the thresholds of publication there is none.
    procurement_id INTEGER REFERENCES procurements (id),
    -- 'award' or 'contract'
    stage TEXT NOT NULL,
    award_key TEXT,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    buyer TEXT NOT NULL,
    direct INTEGER NOT NULL CHECK (direct IN (0, 1)),
    amount_cents INTEGER,
    currency TEXT NOT NULL,
    signed_on TEXT,
    starts_on TEXT,
    ends_on TEXT,
    -- 'pending', 'active', 'cancelled' or 'terminated'
    status TEXT NOT NULL,
    terminated_on TEXT,
    amendments INTEGER NOT NULL,
    dated TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports (id)
) STRICT;
CREATE INDEX contracts_procurement ON contracts (procurement_id, id);
CREATE INDEX contracts_award ON contracts (award_key) WHERE award_key IS NOT NULL;

CREATE TABLE contract_suppliers (
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    position INTEGER NOT NULL,
    neq TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (contract_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_suppliers_neq ON contract_suppliers (neq, contract_id) WHERE neq IS NOT NULL;

-- What an import changed, for whatever looks at it afterwards.
CREATE TABLE contract_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id INTEGER NOT NULL REFERENCES imports (id),
    neq TEXT,
    procurement_id INTEGER,
    contract_id INTEGER,
    -- 'tender', 'award', 'contract', 'amended', 'terminated' or 'changed'
    what TEXT NOT NULL
) STRICT;
CREATE INDEX contract_changes_import ON contract_changes (import_id, id);

-- Firms that may not contract (RENA) or are authorised to (REA): each file replaces the whole list.
CREATE TABLE list_entries (
    list TEXT NOT NULL,
    position INTEGER NOT NULL,
    neq TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    status TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports (id),
    PRIMARY KEY (list, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_entries_neq ON list_entries (neq, list) WHERE neq IS NOT NULL;

-- Somebody looked a company up in the registry of lobbyists.
CREATE TABLE lobby_checks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id INTEGER NOT NULL REFERENCES companies (id),
    checked_on TEXT NOT NULL,
    checked_by INTEGER NOT NULL REFERENCES persons (id),
    -- 'registered', 'absent' or 'unclear'
    result TEXT NOT NULL,
    mandate TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX lobby_checks_company ON lobby_checks (company_id, id);
