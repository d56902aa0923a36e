-- What somebody saw in the registry of lobbyists is news of a company without any file. A constraint cannot be changed in place here;
-- numbers already given stay given.
CREATE TABLE crosschecks_wider (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    company_id INTEGER NOT NULL REFERENCES companies (id),
    import_id INTEGER REFERENCES imports (id),
    rule TEXT NOT NULL,
    -- 'tender', 'contract', 'amended', 'listed', 'group', 'group_tender' or 'look'
    what TEXT NOT NULL,
    -- The contract, the notice, the list or the look it is about, so that it is told once.
    subject TEXT NOT NULL,
    -- What the rule found, as JSON.
    finding TEXT NOT NULL,
    found_at TEXT NOT NULL,
    -- 'unchanged', 'updated', 'no_effect', or 'lifted' by nobody
    answer TEXT,
    note TEXT,
    answered_by INTEGER REFERENCES persons (id),
    answered_at TEXT,
    UNIQUE (declaration_id, rule, subject)
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'crosschecks_wider', seq FROM sqlite_sequence WHERE name = 'crosschecks';
INSERT INTO crosschecks_wider (
    id, declaration_id, company_id, import_id, rule, what, subject, finding, found_at, answer, note, answered_by, answered_at
)
SELECT
    id, declaration_id, company_id, import_id, rule, what, subject, finding, found_at, answer, note, answered_by, answered_at
FROM crosschecks;
DROP TABLE crosschecks;
ALTER TABLE crosschecks_wider RENAME TO crosschecks;
CREATE INDEX crosschecks_open ON crosschecks (id) WHERE answer IS NULL;
-- Who was looked up lately: what a look says changes with its age.
CREATE INDEX lobby_checks_day ON lobby_checks (checked_on, company_id);
