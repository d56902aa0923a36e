-- What a decision asks of somebody, with a day and a proof (features.md N8).
CREATE TABLE measures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    -- Place among the measures of its declaration, from 1.
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES persons (id),
    -- Kind of proof expected: an id of the kind file.
    evidence TEXT NOT NULL,
    -- Months between two attestations by the supervisor; null when one proof is enough.
    every_months INTEGER,
    -- 'open', 'overdue', 'proof_given', 'verified', 'lifted'
    state TEXT NOT NULL,
    -- Attestations asked so far: 0 while the owner's own proof is what is expected.
    round INTEGER NOT NULL,
    -- Changes at each write; guards against lost updates.
    version INTEGER NOT NULL,
    ordered_at TEXT NOT NULL,
    ordered_by INTEGER NOT NULL REFERENCES persons (id),
    -- Day by which the proof or the attestation is expected; once verified, the day of the next attestation, if any.
    due_on TEXT NOT NULL,
    proof TEXT,
    proof_at TEXT,
    proof_by INTEGER REFERENCES persons (id),
    -- Verified or lifted; null while something is expected.
    settled_at TEXT,
    settled_by INTEGER REFERENCES persons (id),
    -- Why it was sent back, found not to be applied, or lifted.
    reason TEXT,
    UNIQUE (declaration_id, number)
) STRICT;
CREATE INDEX measures_due ON measures (due_on, id);
CREATE INDEX measures_live ON measures (due_on, id) WHERE settled_at IS NULL;
CREATE INDEX measures_state ON measures (state, due_on, id);
CREATE INDEX measures_owner ON measures (owner_id, due_on, id);

-- A reminder may be about one measure rather than about the whole file.
ALTER TABLE timers ADD COLUMN measure_id INTEGER REFERENCES measures (id);
CREATE INDEX timers_measure ON timers (measure_id) WHERE measure_id IS NOT NULL;

-- A file may be the proof of a measure: whoever reads the measure reads it.
ALTER TABLE attachments ADD COLUMN measure_id INTEGER REFERENCES measures (id);
CREATE INDEX attachments_measure ON attachments (measure_id) WHERE measure_id IS NOT NULL;

-- Things that could be neither refused nor kept: handed to the State (F-3.1.1, r. 3, s. 6).
CREATE TABLE state_objects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Of its slip: REM-2026-000001.
    number TEXT NOT NULL UNIQUE,
    declaration_id INTEGER NOT NULL UNIQUE REFERENCES declarations (id),
    description TEXT NOT NULL,
    donor TEXT,
    value_cents INTEGER,
    -- 'expected', 'kept', 'disposed', 'cancelled'
    state TEXT NOT NULL,
    place TEXT,
    version INTEGER NOT NULL,
    opened_at TEXT NOT NULL
) STRICT;
CREATE INDEX state_objects_state ON state_objects (state, id);

-- Who had it, where and when. Never rewritten.
CREATE TABLE custody_moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    object_id INTEGER NOT NULL REFERENCES state_objects (id),
    -- 'received', 'moved', 'disposed'
    step TEXT NOT NULL,
    moved_on TEXT NOT NULL,
    place TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES persons (id)
) STRICT;
CREATE INDEX custody_moves_object ON custody_moves (object_id, id);
CREATE TRIGGER custody_moves_no_update BEFORE UPDATE ON custody_moves BEGIN SELECT RAISE(ABORT, 'custody moves are append-only'); END;
CREATE TRIGGER custody_moves_no_delete BEFORE DELETE ON custody_moves BEGIN SELECT RAISE(ABORT, 'custody moves are append-only'); END;

-- Decisions taken together, which can be undone together for a while.
CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    decided_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    undone_at TEXT
) STRICT;

CREATE TABLE batch_items (
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    -- What the file was before, JSON.
    before TEXT NOT NULL,
    PRIMARY KEY (batch_id, declaration_id)
) STRICT;
