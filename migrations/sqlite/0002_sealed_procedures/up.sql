-- Sealed files (class C3) are in no list about others: they are not in the range that such a list reads.
-- `src/declarations/shown.rs` says the same condition in the same words.

DROP INDEX declarations_earlier;
CREATE INDEX declarations_earlier ON declarations (declarant_id, first_filed_at, id) WHERE first_filed_at IS NOT NULL AND class <> 'C3';
DROP INDEX declarations_team;
CREATE INDEX declarations_team ON declarations (supervisor_id, first_filed_at, id) WHERE first_filed_at IS NOT NULL AND class <> 'C3';
DROP INDEX declarations_register;
CREATE INDEX declarations_register ON declarations (first_filed_at, id) WHERE class <> 'C3';
DROP INDEX declarations_register_kind;
CREATE INDEX declarations_register_kind ON declarations (kind, first_filed_at, id) WHERE first_filed_at IS NOT NULL AND class <> 'C3';
DROP INDEX declarations_register_state;
CREATE INDEX declarations_register_state ON declarations (state, first_filed_at, id) WHERE first_filed_at IS NOT NULL AND class <> 'C3';
DROP INDEX declarations_register_unit;
CREATE INDEX declarations_register_unit ON declarations (unit_id, first_filed_at, id) WHERE first_filed_at IS NOT NULL AND class <> 'C3';
DROP INDEX declarations_register_company;
CREATE INDEX declarations_register_company ON declarations (company_id, first_filed_at, id) WHERE company_id IS NOT NULL AND class <> 'C3';
DROP INDEX declarations_register_flagged;
CREATE INDEX declarations_register_flagged ON declarations (first_filed_at, id) WHERE attention >= 2 AND class <> 'C3';
DROP INDEX declarations_register_pending;
CREATE INDEX declarations_register_pending ON declarations (first_filed_at, id) WHERE decided_at IS NULL AND closed_at IS NULL AND class <> 'C3';
DROP INDEX declarations_register_due;
CREATE INDEX declarations_register_due ON declarations (due_on, id) WHERE due_on IS NOT NULL AND class <> 'C3';
-- The confidential files of an office.
CREATE INDEX declarations_sealed ON declarations (first_filed_at, id) WHERE class = 'C3';

-- An opinion on a request for advice, once. Sealed as its request is.
CREATE TABLE opinions (
    declaration_id INTEGER PRIMARY KEY REFERENCES declarations (id),
    -- Who asked: the only one who may say that they followed it.
    asker_id INTEGER NOT NULL REFERENCES persons (id),
    facts TEXT NOT NULL,
    norms TEXT NOT NULL,
    analysis TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    given_by INTEGER NOT NULL REFERENCES persons (id),
    given_at TEXT NOT NULL
) STRICT;
CREATE INDEX opinions_asker ON opinions (asker_id, given_at, declaration_id);

-- Anonymised texts of the library. Nothing here says which request one was written from.
CREATE TABLE precedents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    situation TEXT NOT NULL,
    norms TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    -- Stemmed and folded, by which it is found.
    words TEXT NOT NULL,
    written_by INTEGER NOT NULL REFERENCES persons (id),
    published_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;

CREATE TRIGGER opinions_no_update BEFORE UPDATE ON opinions BEGIN SELECT RAISE(ABORT, 'opinions are append-only'); END;
CREATE TRIGGER opinions_no_delete BEFORE DELETE ON opinions BEGIN SELECT RAISE(ABORT, 'opinions are append-only'); END;
