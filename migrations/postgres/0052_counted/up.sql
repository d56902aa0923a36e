-- What waits is counted on tabs and on the home page: from the index alone, without reading the files.
DROP INDEX declarations_inbox;
DROP INDEX declarations_office;
DROP INDEX declarations_reader;
DROP INDEX declarations_reader_office;
CREATE INDEX declarations_inbox ON declarations (holder_id, due_on, id, state, declarant_id) WHERE holder_id IS NOT NULL;
CREATE INDEX declarations_office ON declarations (holder_office, due_on, id, state, declarant_id)
    WHERE holder_office IS NOT NULL;
CREATE INDEX declarations_reader ON declarations (reader_id, held_since, id, declarant_id) WHERE reader_id IS NOT NULL;
CREATE INDEX declarations_reader_office ON declarations (reader_office, held_since, id, declarant_id)
    WHERE reader_office IS NOT NULL;
