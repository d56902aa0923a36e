-- When declarations were looked at again with what a file from outside changed; nothing while they were not.
ALTER TABLE imports ADD COLUMN crosschecked_at TEXT;
UPDATE imports SET crosschecked_at = imported_at;
CREATE INDEX imports_to_crosscheck ON imports (id) WHERE crosschecked_at IS NULL;

-- What a file from outside means for a declaration that was there before it.
CREATE TABLE crosschecks (
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
-- Those that wait for an answer, newest first.
CREATE INDEX crosschecks_open ON crosschecks (id) WHERE answer IS NULL;
