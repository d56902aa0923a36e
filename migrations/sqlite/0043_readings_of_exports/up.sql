-- Files that an export carried; nothing for a reading, a list, or an export of before.
ALTER TABLE access_log ADD COLUMN files INTEGER;
-- The last time that somebody opened a list.
CREATE INDEX access_log_lists ON access_log (person_id, action, at) WHERE declaration_id IS NULL;
ALTER TABLE reading_alarms ADD COLUMN exported INTEGER NOT NULL DEFAULT 0;

-- The words of an event give way to their hash in the tree; its number, time and place in the chain stay. Those of a request to
-- read a file in an emergency, and of its answer, go with that file.
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
