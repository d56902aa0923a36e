-- A policy adopted by two people is in force from its effective date; one that came with the files of the service was not
-- adopted here.
ALTER TABLE policy_versions ADD COLUMN adopted_at TEXT;
CREATE INDEX policy_versions_adopted ON policy_versions (effective, adopted_at, id) WHERE adopted_at IS NOT NULL;

-- A change of the policy that somebody proposes and somebody else adopts or refuses.
CREATE TABLE policy_proposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The version it started from.
    based_on_id INTEGER NOT NULL REFERENCES policy_versions (id),
    -- The whole file, as it would be in force.
    document TEXT NOT NULL,
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
    policy_version_id INTEGER REFERENCES policy_versions (id),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT;
