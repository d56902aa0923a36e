-- Who has yet to read what was told after a decision: whoever decided, and an office. Before, a letter alone said so.
ALTER TABLE declarations ADD COLUMN reader_id INTEGER REFERENCES persons (id);
ALTER TABLE declarations ADD COLUMN reader_office TEXT;
CREATE INDEX declarations_reader ON declarations (reader_id, held_since, id) WHERE reader_id IS NOT NULL;
CREATE INDEX declarations_reader_office ON declarations (reader_office, held_since, id) WHERE reader_office IS NOT NULL;
-- The files that already wait: all is told in them, and the rules saw something in it.
UPDATE declarations
SET reader_office = 'ethics_officer',
    held_since = changed_at,
    reader_id = CASE
        WHEN decider_id <> declarant_id AND NOT EXISTS (
            SELECT 1 FROM barred
            WHERE barred.declaration_id = declarations.id AND barred.person_id = declarations.decider_id
        ) THEN decider_id
    END
WHERE state = 'monitoring' AND due_on IS NULL AND attention >= 2 AND class <> 'C3' AND EXISTS (
    SELECT 1 FROM events
    WHERE events.declaration_id = declarations.id AND events.event = 'completed' AND events.leaf LIKE '%"findings":[{%'
);
