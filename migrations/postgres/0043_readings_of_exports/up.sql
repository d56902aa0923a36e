-- Files that an export carried; nothing for a reading, a list, or an export of before.
ALTER TABLE access_log ADD COLUMN files BIGINT;
-- The last time that somebody opened a list.
CREATE INDEX access_log_lists ON access_log (person_id, action, at) WHERE declaration_id IS NULL;
ALTER TABLE reading_alarms ADD COLUMN exported BIGINT NOT NULL DEFAULT 0;

-- The words of an event give way to their hash in the tree; its number, time and place in the chain stay. Those of a request to
-- read a file in an emergency, and of its answer, go with that file.
CREATE OR REPLACE FUNCTION refuse_changing_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given_up BOOLEAN := FALSE;
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
    END IF;
    IF (NEW.seq, NEW.hash, NEW.at) <> (OLD.seq, OLD.hash, OLD.at) OR NEW.leaf NOT LIKE '#%' OR NEW.declaration_id IS NOT NULL
        OR NOT given_up
    THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
