-- Checks of the people of a contract committee. A sheet says a verdict for each, and never why.
CREATE TABLE clearances (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL UNIQUE,
    asked_by INTEGER NOT NULL REFERENCES persons (id),
    asked_by_name TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    -- Day of the organisation: what the limits of a day count.
    asked_on TEXT NOT NULL,
    purpose TEXT NOT NULL,
    -- Number of the contract or of the notice, as it is on file; companies were written otherwise.
    contract TEXT,
    -- JSON list of { name, neq }: what the sheet was made about.
    companies TEXT NOT NULL,
    -- SHA-256 of the canonical sheet, which the journal also has.
    fingerprint TEXT NOT NULL,
    event_seq INTEGER NOT NULL REFERENCES events (seq)
) STRICT;
CREATE INDEX clearances_asker ON clearances (asked_by, asked_on);

CREATE TABLE clearance_lines (
    clearance_id INTEGER NOT NULL REFERENCES clearances (id),
    position INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    -- As they were on that day: the sheet stays the same when the directory changes.
    person_number TEXT NOT NULL,
    person_name TEXT NOT NULL,
    -- 'clear', 'declare_first', 'recuse'
    verdict TEXT NOT NULL,
    PRIMARY KEY (clearance_id, position)
) STRICT;
CREATE INDEX clearance_lines_person ON clearance_lines (person_id, clearance_id);

-- A contract, or a notice, by the number that people know it under.
CREATE INDEX contracts_number ON contracts (number);
CREATE INDEX procurements_notice ON procurements (notice);

-- Why, for the ethics officer alone. Nothing else reads it.
CREATE TABLE clearance_reasons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    clearance_id INTEGER NOT NULL REFERENCES clearances (id),
    position INTEGER NOT NULL,
    -- 'interest', 'withdrawal', 'gifts', 'interests_missing', 'relation_missing'
    reason TEXT NOT NULL,
    declaration_id INTEGER REFERENCES declarations (id)
) STRICT;
CREATE INDEX clearance_reasons_line ON clearance_reasons (clearance_id, position);

CREATE TRIGGER clearances_no_update BEFORE UPDATE ON clearances BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
CREATE TRIGGER clearances_no_delete BEFORE DELETE ON clearances BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
CREATE TRIGGER clearance_lines_no_update BEFORE UPDATE ON clearance_lines BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
CREATE TRIGGER clearance_lines_no_delete BEFORE DELETE ON clearance_lines BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
CREATE TRIGGER clearance_reasons_no_update BEFORE UPDATE ON clearance_reasons BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
CREATE TRIGGER clearance_reasons_no_delete BEFORE DELETE ON clearance_reasons BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
