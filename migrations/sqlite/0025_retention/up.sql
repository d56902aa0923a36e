-- What keeps files from being destroyed whatever the schedule says: a file, or all those of a person.
CREATE TABLE legal_holds (
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

-- Files that the schedule gives up, looked at together.
CREATE TABLE retention_lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    prepared_at TEXT NOT NULL,
    -- Nobody when the calendar did.
    prepared_by INTEGER REFERENCES persons (id),
    -- 'prepared', 'destroyed', 'dropped'
    state TEXT NOT NULL,
    ended_at TEXT,
    -- Once nothing is left of them in free pages and logs of the database.
    scrubbed_at TEXT
) STRICT;
-- One at a time.
CREATE UNIQUE INDEX retention_lists_open ON retention_lists (state) WHERE state = 'prepared';

CREATE TABLE retention_files (
    list_id INTEGER NOT NULL REFERENCES retention_lists (id),
    position INTEGER NOT NULL,
    -- No reference to the row: it outlives it.
    declaration_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    ended_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    destroyed_at TEXT,
    PRIMARY KEY (list_id, position)
) STRICT;
CREATE INDEX retention_files_declaration ON retention_files (declaration_id);

-- Contents of files joined, to delete from their folder once the destruction is durable.
CREATE TABLE retention_contents (
    sha256 TEXT PRIMARY KEY
) STRICT;

-- Only while a file is being destroyed: what is append-only gives way for it, and for nothing else.
CREATE TABLE destroying (
    declaration_id INTEGER PRIMARY KEY
) STRICT;

-- Two people approved the list it is on.
CREATE TRIGGER destroying_approved BEFORE INSERT ON destroying WHEN NOT EXISTS (
    SELECT 1 FROM retention_files f JOIN acts a ON a.subject = CAST(f.list_id AS TEXT)
        WHERE a.kind = 'destruction' AND a.state = 'approved' AND f.destroyed_at IS NULL AND f.declaration_id = NEW.declaration_id
) BEGIN SELECT RAISE(ABORT, 'nobody approved this destruction'); END;

DROP TRIGGER revisions_no_delete;
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions
WHEN NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;

DROP TRIGGER decisions_no_delete;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
WHEN NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

DROP TRIGGER access_log_no_delete;
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log
WHEN NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;

DROP TRIGGER opinions_no_delete;
CREATE TRIGGER opinions_no_delete BEFORE DELETE ON opinions
WHEN NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'opinions are append-only'); END;

DROP TRIGGER outside_decisions_no_delete;
CREATE TRIGGER outside_decisions_no_delete BEFORE DELETE ON outside_decisions
WHEN NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'outside_decisions are append-only'); END;

DROP TRIGGER comments_no_delete;
CREATE TRIGGER comments_no_delete BEFORE DELETE ON comments
WHEN NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'comments are append-only'); END;

DROP TRIGGER custody_moves_no_delete;
CREATE TRIGGER custody_moves_no_delete BEFORE DELETE ON custody_moves
WHEN NOT EXISTS (SELECT 1 FROM destroying d JOIN state_objects o ON o.declaration_id = d.declaration_id WHERE o.id = OLD.object_id)
BEGIN SELECT RAISE(ABORT, 'custody moves are append-only'); END;

DROP TRIGGER clearance_reasons_no_update;
CREATE TRIGGER clearance_reasons_no_update BEFORE UPDATE ON clearance_reasons
WHEN NEW.declaration_id IS NOT NULL
    OR NEW.id <> OLD.id OR NEW.clearance_id <> OLD.clearance_id OR NEW.position <> OLD.position OR NEW.reason <> OLD.reason
    OR NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;

-- The words of an event give way to their hash in the tree; its number, time and place in the chain stay.
DROP TRIGGER events_no_update;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
WHEN NEW.seq <> OLD.seq OR NEW.hash <> OLD.hash OR NEW.at <> OLD.at OR NEW.leaf NOT LIKE '#%' OR NEW.declaration_id IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
