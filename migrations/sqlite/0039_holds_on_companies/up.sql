-- A lawsuit about a company keeps every file that names it: a hold is on a file, on a person or on a company. A constraint cannot be
-- changed in place here; numbers already given stay given.
CREATE TABLE legal_holds_wider (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER REFERENCES declarations (id),
    person_id INTEGER REFERENCES persons (id),
    company_id INTEGER REFERENCES companies (id),
    reason TEXT NOT NULL,
    placed_by INTEGER NOT NULL REFERENCES persons (id),
    placed_at TEXT NOT NULL,
    lifted_by INTEGER REFERENCES persons (id),
    lifted_at TEXT,
    CHECK ((declaration_id IS NOT NULL) + (person_id IS NOT NULL) + (company_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'legal_holds_wider', seq FROM sqlite_sequence WHERE name = 'legal_holds';
INSERT INTO legal_holds_wider (id, declaration_id, person_id, reason, placed_by, placed_at, lifted_by, lifted_at)
SELECT id, declaration_id, person_id, reason, placed_by, placed_at, lifted_by, lifted_at FROM legal_holds;
DROP TABLE legal_holds;
ALTER TABLE legal_holds_wider RENAME TO legal_holds;
