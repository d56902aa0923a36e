-- Showcases, passports, clearance sheets, incidents and people who left follow the schedule as files do. A hold may be on one, by its
-- reference: VIT-2026-000001, PAS-2026-000001, VER-2026-000001, INC-2026-0001.
ALTER TABLE legal_holds ADD COLUMN thing TEXT;
ALTER TABLE legal_holds DROP CONSTRAINT legal_holds_check;
ALTER TABLE legal_holds ADD CONSTRAINT legal_holds_check CHECK (num_nonnulls(declaration_id, person_id, company_id, thing) = 1);

-- What is no file has no declaration: its kind and its reference say what it is.
ALTER TABLE retention_files ALTER COLUMN declaration_id DROP NOT NULL;

-- Only while it is being destroyed: what is append-only gives way for it, and for nothing else.
CREATE TABLE destroying_things (
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (kind, reference)
);
-- Two people approved the list it is on.
CREATE FUNCTION refuse_unapproved_destruction_of_things() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM retention_files f JOIN acts a ON a.subject = CAST(f.list_id AS TEXT)
        WHERE a.kind = 'destruction' AND a.state = 'approved' AND f.destroyed_at IS NULL AND f.declaration_id IS NULL
            AND f.kind = NEW.kind AND f.reference = NEW.reference
    ) THEN
        RAISE EXCEPTION 'nobody approved this destruction';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER destroying_things_approved BEFORE INSERT ON destroying_things
FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_destruction_of_things();

CREATE FUNCTION refuse_deleting_of_showcases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM destroying_things t JOIN showcases s ON s.reference = t.reference
        WHERE t.kind = 'showcase' AND s.id = OLD.showcase_id
    ) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER showcase_questions_append_only ON showcase_questions;
CREATE TRIGGER showcase_questions_append_only BEFORE UPDATE OR TRUNCATE ON showcase_questions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER showcase_questions_no_delete BEFORE DELETE ON showcase_questions FOR EACH ROW EXECUTE FUNCTION refuse_deleting_of_showcases();
DROP TRIGGER showcase_events_append_only ON showcase_events;
CREATE TRIGGER showcase_events_append_only BEFORE UPDATE OR TRUNCATE ON showcase_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER showcase_events_no_delete BEFORE DELETE ON showcase_events FOR EACH ROW EXECUTE FUNCTION refuse_deleting_of_showcases();

CREATE FUNCTION refuse_deleting_of_passports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM destroying_things t JOIN passports p ON p.reference = t.reference
        WHERE t.kind = 'passport' AND p.id = OLD.passport_id
    ) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER passport_rulings_append_only ON passport_rulings;
CREATE TRIGGER passport_rulings_append_only BEFORE UPDATE OR TRUNCATE ON passport_rulings FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER passport_rulings_no_delete BEFORE DELETE ON passport_rulings FOR EACH ROW EXECUTE FUNCTION refuse_deleting_of_passports();

-- Sheets and incidents, by the number they have; what is in a sheet, by the sheet.
CREATE FUNCTION refuse_deleting_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM destroying_things t WHERE t.kind = TG_ARGV[0] AND t.reference = OLD.number) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION refuse_deleting_of_clearances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM destroying_things t JOIN clearances c ON c.number = t.reference
        WHERE t.kind = 'clearance' AND c.id = OLD.clearance_id
    ) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER clearances_append_only ON clearances;
CREATE TRIGGER clearances_append_only BEFORE UPDATE OR TRUNCATE ON clearances FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER clearances_no_delete BEFORE DELETE ON clearances FOR EACH ROW EXECUTE FUNCTION refuse_deleting_numbered('clearance');
DROP TRIGGER clearance_lines_append_only ON clearance_lines;
CREATE TRIGGER clearance_lines_append_only BEFORE UPDATE OR TRUNCATE ON clearance_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER clearance_lines_no_delete BEFORE DELETE ON clearance_lines FOR EACH ROW EXECUTE FUNCTION refuse_deleting_of_clearances();
DROP TRIGGER clearance_reasons_append_only ON clearance_reasons;
CREATE TRIGGER clearance_reasons_append_only BEFORE TRUNCATE ON clearance_reasons FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER clearance_reasons_no_delete BEFORE DELETE ON clearance_reasons FOR EACH ROW EXECUTE FUNCTION refuse_deleting_of_clearances();
DROP TRIGGER incident_versions_append_only ON incident_versions;
CREATE TRIGGER incident_versions_append_only BEFORE UPDATE OR TRUNCATE ON incident_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER incident_versions_no_delete BEFORE DELETE ON incident_versions FOR EACH ROW EXECUTE FUNCTION refuse_deleting_numbered('incident');

-- The words of an event give way to their hash in the tree; its number, time and place in the chain stay. Those of an event that says the
-- reference of a thing go with it, its certificate excepted.
CREATE OR REPLACE FUNCTION refuse_changing_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given_up BOOLEAN := FALSE;
    facts JSONB;
BEGIN
    IF OLD.declaration_id IS NOT NULL THEN
        given_up := EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id);
    ELSIF OLD.event IN ('act_asked', 'act_approved', 'act_refused', 'act_withdrawn') THEN
        given_up := EXISTS (
            SELECT 1 FROM destroying d
            JOIN declarations f ON f.id = d.declaration_id
            JOIN acts a ON a.kind = 'emergency_reading' AND a.subject = f.reference
            WHERE a.id::text = OLD.leaf::jsonb -> 'data' ->> 'request'
        );
    ELSIF OLD.event <> 'file_destroyed' AND OLD.leaf LIKE '{%' THEN
        facts := OLD.leaf::jsonb -> 'data';
        given_up := EXISTS (
            SELECT 1 FROM destroying_things t
            WHERE t.reference IN (facts ->> 'reference', facts ->> 'number', facts ->> 'thing', 'PER-' || (facts ->> 'person'))
        );
    END IF;
    IF (NEW.seq, NEW.hash, NEW.at) <> (OLD.seq, OLD.hash, OLD.at) OR NEW.leaf NOT LIKE '#%' OR NEW.declaration_id IS NOT NULL
        OR NOT given_up
    THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
