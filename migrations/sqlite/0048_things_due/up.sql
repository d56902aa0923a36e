-- Showcases, passports, clearance sheets, incidents and people who left follow the schedule as files do. A hold may be on one, by its
-- reference. A constraint cannot be changed in place here; numbers already given stay given.
CREATE TABLE legal_holds_wider (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER REFERENCES declarations (id),
    person_id INTEGER REFERENCES persons (id),
    company_id INTEGER REFERENCES companies (id),
    -- Reference of what is no file: VIT-2026-000001, PAS-2026-000001, VER-2026-000001, INC-2026-0001.
    thing TEXT,
    reason TEXT NOT NULL,
    placed_by INTEGER NOT NULL REFERENCES persons (id),
    placed_at TEXT NOT NULL,
    lifted_by INTEGER REFERENCES persons (id),
    lifted_at TEXT,
    CHECK ((declaration_id IS NOT NULL) + (person_id IS NOT NULL) + (company_id IS NOT NULL) + (thing IS NOT NULL) = 1)
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'legal_holds_wider', seq FROM sqlite_sequence WHERE name = 'legal_holds';
INSERT INTO legal_holds_wider (id, declaration_id, person_id, company_id, reason, placed_by, placed_at, lifted_by, lifted_at)
SELECT id, declaration_id, person_id, company_id, reason, placed_by, placed_at, lifted_by, lifted_at FROM legal_holds;
DROP TABLE legal_holds;
ALTER TABLE legal_holds_wider RENAME TO legal_holds;

-- What is no file has no declaration: its kind and its reference say what it is.
DROP TRIGGER destroying_approved;
CREATE TABLE retention_files_wider (
    list_id INTEGER NOT NULL REFERENCES retention_lists (id),
    position INTEGER NOT NULL,
    -- No reference to the row: it outlives it.
    declaration_id INTEGER,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    ended_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    destroyed_at TEXT,
    PRIMARY KEY (list_id, position)
) STRICT;
INSERT INTO retention_files_wider (list_id, position, declaration_id, reference, kind, rule, ended_on, due_on, destroyed_at)
SELECT list_id, position, declaration_id, reference, kind, rule, ended_on, due_on, destroyed_at FROM retention_files;
DROP TABLE retention_files;
ALTER TABLE retention_files_wider RENAME TO retention_files;
CREATE INDEX retention_files_declaration ON retention_files (declaration_id);
CREATE TRIGGER destroying_approved BEFORE INSERT ON destroying WHEN NOT EXISTS (
    SELECT 1 FROM retention_files f JOIN acts a ON a.subject = CAST(f.list_id AS TEXT)
        WHERE a.kind = 'destruction' AND a.state = 'approved' AND f.destroyed_at IS NULL AND f.declaration_id = NEW.declaration_id
) BEGIN SELECT RAISE(ABORT, 'nobody approved this destruction'); END;

-- Only while it is being destroyed: what is append-only gives way for it, and for nothing else.
CREATE TABLE destroying_things (
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (kind, reference)
) STRICT;
-- Two people approved the list it is on.
CREATE TRIGGER destroying_things_approved BEFORE INSERT ON destroying_things WHEN NOT EXISTS (
    SELECT 1 FROM retention_files f JOIN acts a ON a.subject = CAST(f.list_id AS TEXT)
        WHERE a.kind = 'destruction' AND a.state = 'approved' AND f.destroyed_at IS NULL AND f.declaration_id IS NULL
            AND f.kind = NEW.kind AND f.reference = NEW.reference
) BEGIN SELECT RAISE(ABORT, 'nobody approved this destruction'); END;

DROP TRIGGER showcase_questions_no_delete;
CREATE TRIGGER showcase_questions_no_delete BEFORE DELETE ON showcase_questions
WHEN NOT EXISTS (
    SELECT 1 FROM destroying_things t JOIN showcases s ON s.reference = t.reference
        WHERE t.kind = 'showcase' AND s.id = OLD.showcase_id
)
BEGIN SELECT RAISE(ABORT, 'published answers are append-only'); END;
DROP TRIGGER showcase_events_no_delete;
CREATE TRIGGER showcase_events_no_delete BEFORE DELETE ON showcase_events
WHEN NOT EXISTS (
    SELECT 1 FROM destroying_things t JOIN showcases s ON s.reference = t.reference
        WHERE t.kind = 'showcase' AND s.id = OLD.showcase_id
)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
DROP TRIGGER passport_rulings_no_delete;
CREATE TRIGGER passport_rulings_no_delete BEFORE DELETE ON passport_rulings
WHEN NOT EXISTS (
    SELECT 1 FROM destroying_things t JOIN passports p ON p.reference = t.reference
        WHERE t.kind = 'passport' AND p.id = OLD.passport_id
)
BEGIN SELECT RAISE(ABORT, 'rulings are append-only'); END;
DROP TRIGGER clearances_no_delete;
CREATE TRIGGER clearances_no_delete BEFORE DELETE ON clearances
WHEN NOT EXISTS (SELECT 1 FROM destroying_things t WHERE t.kind = 'clearance' AND t.reference = OLD.number)
BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
DROP TRIGGER clearance_lines_no_delete;
CREATE TRIGGER clearance_lines_no_delete BEFORE DELETE ON clearance_lines
WHEN NOT EXISTS (
    SELECT 1 FROM destroying_things t JOIN clearances c ON c.number = t.reference
        WHERE t.kind = 'clearance' AND c.id = OLD.clearance_id
)
BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
DROP TRIGGER clearance_reasons_no_delete;
CREATE TRIGGER clearance_reasons_no_delete BEFORE DELETE ON clearance_reasons
WHEN NOT EXISTS (
    SELECT 1 FROM destroying_things t JOIN clearances c ON c.number = t.reference
        WHERE t.kind = 'clearance' AND c.id = OLD.clearance_id
)
BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
DROP TRIGGER incident_versions_no_delete;
CREATE TRIGGER incident_versions_no_delete BEFORE DELETE ON incident_versions
WHEN NOT EXISTS (SELECT 1 FROM destroying_things t WHERE t.kind = 'incident' AND t.reference = OLD.number)
BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;

-- The words of an event give way to their hash in the tree; its number, time and place in the chain stay. Those of an event that says the
-- reference of a thing go with it, its certificate excepted.
DROP TRIGGER events_no_update;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
WHEN NEW.seq <> OLD.seq OR NEW.hash <> OLD.hash OR NEW.at <> OLD.at OR NEW.leaf NOT LIKE '#%' OR NEW.declaration_id IS NOT NULL
    OR NOT CASE
        WHEN OLD.declaration_id IS NOT NULL
            THEN EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
        WHEN OLD.event IN ('act_asked', 'act_approved', 'act_refused', 'act_withdrawn')
            THEN EXISTS (
                SELECT 1 FROM destroying d
                JOIN declarations f ON f.id = d.declaration_id
                JOIN acts a ON a.kind = 'emergency_reading' AND a.subject = f.reference
                WHERE a.id = json_extract(OLD.leaf, '$.data.request')
            )
        WHEN OLD.event <> 'file_destroyed' AND json_valid(OLD.leaf)
            THEN EXISTS (
                SELECT 1 FROM destroying_things t
                WHERE t.reference = json_extract(OLD.leaf, '$.data.reference')
                    OR t.reference = json_extract(OLD.leaf, '$.data.number')
                    OR t.reference = json_extract(OLD.leaf, '$.data.thing')
                    OR t.reference = 'PER-' || json_extract(OLD.leaf, '$.data.person')
            )
        ELSE 0
    END
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
