CREATE OR REPLACE FUNCTION refuse_changing_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.seq, NEW.hash, NEW.at) <> (OLD.seq, OLD.hash, OLD.at) OR NEW.leaf NOT LIKE '#%' OR NEW.declaration_id IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
    THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
ALTER TABLE reading_alarms DROP COLUMN exported;
DROP INDEX access_log_lists;
ALTER TABLE access_log DROP COLUMN files;
