-- A version of a kind put in force by two people, from a day. Going back is another line about an earlier version: nothing
-- leaves the history, and the version itself stays what declarations pinned.
CREATE TABLE kind_adoptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    kind_version_id INTEGER NOT NULL REFERENCES kind_versions (id),
    effective TEXT NOT NULL,
    adopted_at TEXT NOT NULL
) STRICT;
CREATE INDEX kind_adoptions_in_force ON kind_adoptions (kind, effective, adopted_at, id);

-- A change of a form that somebody proposes and somebody else adopts or refuses.
CREATE TABLE kind_proposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    -- The version it started from.
    based_on_id INTEGER NOT NULL REFERENCES kind_versions (id),
    -- The whole file, as it would be in force.
    document TEXT NOT NULL,
    -- The day from which new declarations would use it.
    effective TEXT NOT NULL,
    -- Why, for whoever decides.
    note TEXT NOT NULL,
    -- 'draft', 'submitted', 'adopted', 'refused', 'withdrawn'
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    proposed_by INTEGER NOT NULL REFERENCES persons (id),
    proposed_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    decided_by INTEGER REFERENCES persons (id),
    decided_at TEXT,
    -- Why it is refused.
    reason TEXT,
    -- The version that it became.
    kind_version_id INTEGER REFERENCES kind_versions (id),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT;

CREATE TRIGGER kind_adoptions_no_update BEFORE UPDATE ON kind_adoptions BEGIN SELECT RAISE(ABORT, 'adoptions are append-only'); END;
CREATE TRIGGER kind_adoptions_no_delete BEFORE DELETE ON kind_adoptions BEGIN SELECT RAISE(ABORT, 'adoptions are append-only'); END;
