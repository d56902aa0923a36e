-- Refuses where a look at the registry of lobbyists was followed: no file told it.
DROP INDEX lobby_checks_day;
CREATE TABLE crosschecks_narrower (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    company_id INTEGER NOT NULL REFERENCES companies (id),
    import_id INTEGER NOT NULL REFERENCES imports (id),
    rule TEXT NOT NULL,
    -- 'tender', 'contract', 'amended' or 'listed'
    what TEXT NOT NULL,
    -- The contract, the notice or the list it is about, so that it is told once.
    subject TEXT NOT NULL,
    -- What the rule found, as JSON.
    finding TEXT NOT NULL,
    found_at TEXT NOT NULL,
    -- 'unchanged', 'updated' or 'no_effect'
    answer TEXT,
    note TEXT,
    answered_by INTEGER REFERENCES persons (id),
    answered_at TEXT,
    UNIQUE (declaration_id, rule, subject)
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'crosschecks_narrower', seq FROM sqlite_sequence WHERE name = 'crosschecks';
INSERT INTO crosschecks_narrower (
    id, declaration_id, company_id, import_id, rule, what, subject, finding, found_at, answer, note, answered_by, answered_at
)
SELECT
    id, declaration_id, company_id, import_id, rule, what, subject, finding, found_at, answer, note, answered_by, answered_at
FROM crosschecks;
DROP TABLE crosschecks;
ALTER TABLE crosschecks_narrower RENAME TO crosschecks;
CREATE INDEX crosschecks_open ON crosschecks (id) WHERE answer IS NULL;
