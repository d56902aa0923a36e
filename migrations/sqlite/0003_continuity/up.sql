-- Absence, delegation, decisions taken for somebody or outside, directions, roles that read a part of the register.

-- In whose place the holder has the file: away, or without action for too long.
ALTER TABLE declarations ADD COLUMN held_for_id INTEGER REFERENCES persons (id);
-- In whose place it was decided.
ALTER TABLE declarations ADD COLUMN decided_for_id INTEGER REFERENCES persons (id);
-- Who decided outside the organisation, in words.
ALTER TABLE declarations ADD COLUMN outside_authority TEXT;
-- Step of the decision in force: a direction comes after a first decision, which stays in `decisions`.
ALTER TABLE declarations ADD COLUMN decided_step TEXT;
UPDATE declarations SET decided_step = (SELECT step FROM decisions WHERE decisions.declaration_id = declarations.id)
    WHERE decided_at IS NOT NULL;
-- It names a contract, or its company is under contract: what the contract monitor may read.
ALTER TABLE declarations ADD COLUMN contract_linked INTEGER NOT NULL DEFAULT 0;
UPDATE declarations SET contract_linked = 1
    WHERE first_filed_at IS NOT NULL
      AND (contract IS NOT NULL OR json_extract(answers, '$.under_contract') = 'yes');
CREATE INDEX declarations_delegated ON declarations (holder_id, due_on, id) WHERE held_for_id IS NOT NULL;
CREATE INDEX declarations_held_for ON declarations (held_for_id, id) WHERE held_for_id IS NOT NULL;
CREATE INDEX declarations_outside ON declarations (first_filed_at, id)
    WHERE holder_id IS NULL AND holder_office IS NULL AND decided_at IS NULL AND closed_at IS NULL;
CREATE INDEX declarations_contract ON declarations (first_filed_at, id) WHERE contract_linked = 1;

ALTER TABLE decisions ADD COLUMN on_behalf_of INTEGER REFERENCES persons (id);

-- Decisions taken outside, as recorded here; the decision itself is a row of `decisions`.
CREATE TABLE outside_decisions (
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    revision INTEGER NOT NULL,
    authority TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    -- Reference of the document of the authority.
    document TEXT NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES persons (id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (declaration_id, revision)
) STRICT;
CREATE TRIGGER outside_decisions_no_update BEFORE UPDATE ON outside_decisions BEGIN SELECT RAISE(ABORT, 'outside_decisions are append-only'); END;
CREATE TRIGGER outside_decisions_no_delete BEFORE DELETE ON outside_decisions BEGIN SELECT RAISE(ABORT, 'outside_decisions are append-only'); END;

-- Days during which somebody is away, and who acts in their place.
CREATE TABLE absences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    first_day TEXT NOT NULL,
    -- Empty while the return is not known.
    last_day TEXT,
    delegate_id INTEGER REFERENCES persons (id),
    -- '*', or the id of the only kind it is about.
    scope TEXT NOT NULL,
    -- 'planned', 'running', 'over', 'cancelled'
    stage TEXT NOT NULL,
    -- Nobody for what came from the command line.
    set_by INTEGER REFERENCES persons (id),
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX absences_person ON absences (person_id, first_day);
CREATE INDEX absences_delegate ON absences (delegate_id, first_day) WHERE delegate_id IS NOT NULL;
CREATE INDEX absences_open ON absences (stage, first_day) WHERE stage IN ('planned', 'running');

-- What a person is asked to confirm: duties or supervisor changed, the year turned, or a last day comes.
CREATE TABLE confirmations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    -- 'duties', 'supervisor', 'departure'
    cause TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    -- Last day, for a departure.
    about TEXT,
    -- The worker writes the letter: an import that moves everybody does not wait for it.
    told_at TEXT,
    confirmed_at TEXT
) STRICT;
CREATE INDEX confirmations_to_tell ON confirmations (id) WHERE told_at IS NULL;
CREATE INDEX confirmations_open ON confirmations (person_id, id) WHERE confirmed_at IS NULL;

-- Whose last day comes.
CREATE INDEX persons_leaving ON persons (active_until) WHERE active_until IS NOT NULL;
