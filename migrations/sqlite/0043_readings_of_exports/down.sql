DROP TRIGGER events_no_update;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
WHEN NEW.seq <> OLD.seq OR NEW.hash <> OLD.hash OR NEW.at <> OLD.at OR NEW.leaf NOT LIKE '#%' OR NEW.declaration_id IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
ALTER TABLE reading_alarms DROP COLUMN exported;
DROP INDEX access_log_lists;
ALTER TABLE access_log DROP COLUMN files;
