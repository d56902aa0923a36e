-- Refuses where a hold is on a company: it would cover nothing.
CREATE TABLE legal_holds_narrower (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER REFERENCES declarations (id),
    person_id INTEGER REFERENCES persons (id),
    reason TEXT NOT NULL,
    placed_by INTEGER NOT NULL REFERENCES persons (id),
    placed_at TEXT NOT NULL,
    lifted_by INTEGER REFERENCES persons (id),
    lifted_at TEXT,
    CHECK ((declaration_id IS NULL) <> (person_id IS NULL))
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'legal_holds_narrower', seq FROM sqlite_sequence WHERE name = 'legal_holds';
INSERT INTO legal_holds_narrower (id, declaration_id, person_id, reason, placed_by, placed_at, lifted_by, lifted_at)
SELECT id, declaration_id, person_id, reason, placed_by, placed_at, lifted_by, lifted_at FROM legal_holds;
DROP TABLE legal_holds;
ALTER TABLE legal_holds_narrower RENAME TO legal_holds;
