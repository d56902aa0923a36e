-- Refuses where a hold is on a thing: it would cover nothing; and where a list has one.
CREATE TABLE legal_holds_narrower (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER REFERENCES declarations (id),
    person_id INTEGER REFERENCES persons (id),
    company_id INTEGER REFERENCES companies (id),
    reason TEXT NOT NULL,
    placed_by INTEGER NOT NULL REFERENCES persons (id),
    placed_at TEXT NOT NULL,
    lifted_by INTEGER REFERENCES persons (id),
    lifted_at TEXT,
    CHECK ((declaration_id IS NOT NULL) + (person_id IS NOT NULL) + (company_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'legal_holds_narrower', seq FROM sqlite_sequence WHERE name = 'legal_holds';
INSERT INTO legal_holds_narrower (id, declaration_id, person_id, company_id, reason, placed_by, placed_at, lifted_by, lifted_at)
SELECT id, declaration_id, person_id, company_id, reason, placed_by, placed_at, lifted_by, lifted_at FROM legal_holds;
DROP TABLE legal_holds;
ALTER TABLE legal_holds_narrower RENAME TO legal_holds;

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
        ELSE 0
    END
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
DROP TRIGGER showcase_questions_no_delete;
CREATE TRIGGER showcase_questions_no_delete BEFORE DELETE ON showcase_questions BEGIN SELECT RAISE(ABORT, 'published answers are append-only'); END;
DROP TRIGGER showcase_events_no_delete;
CREATE TRIGGER showcase_events_no_delete BEFORE DELETE ON showcase_events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
DROP TRIGGER passport_rulings_no_delete;
CREATE TRIGGER passport_rulings_no_delete BEFORE DELETE ON passport_rulings BEGIN SELECT RAISE(ABORT, 'rulings are append-only'); END;
DROP TRIGGER clearances_no_delete;
CREATE TRIGGER clearances_no_delete BEFORE DELETE ON clearances BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
DROP TRIGGER clearance_lines_no_delete;
CREATE TRIGGER clearance_lines_no_delete BEFORE DELETE ON clearance_lines BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
DROP TRIGGER clearance_reasons_no_delete;
CREATE TRIGGER clearance_reasons_no_delete BEFORE DELETE ON clearance_reasons BEGIN SELECT RAISE(ABORT, 'clearances are append-only'); END;
DROP TRIGGER incident_versions_no_delete;
CREATE TRIGGER incident_versions_no_delete BEFORE DELETE ON incident_versions BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;
DROP TABLE destroying_things;

DROP TRIGGER destroying_approved;
CREATE TABLE retention_files_narrower (
    list_id INTEGER NOT NULL REFERENCES retention_lists (id),
    position INTEGER NOT NULL,
    declaration_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    ended_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    destroyed_at TEXT,
    PRIMARY KEY (list_id, position)
) STRICT;
INSERT INTO retention_files_narrower (list_id, position, declaration_id, reference, kind, rule, ended_on, due_on, destroyed_at)
SELECT list_id, position, declaration_id, reference, kind, rule, ended_on, due_on, destroyed_at FROM retention_files;
DROP TABLE retention_files;
ALTER TABLE retention_files_narrower RENAME TO retention_files;
CREATE INDEX retention_files_declaration ON retention_files (declaration_id);
CREATE TRIGGER destroying_approved BEFORE INSERT ON destroying WHEN NOT EXISTS (
    SELECT 1 FROM retention_files f JOIN acts a ON a.subject = CAST(f.list_id AS TEXT)
        WHERE a.kind = 'destruction' AND a.state = 'approved' AND f.destroyed_at IS NULL AND f.declaration_id = NEW.declaration_id
) BEGIN SELECT RAISE(ABORT, 'nobody approved this destruction'); END;
