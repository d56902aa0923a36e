UPDATE declarations SET held_since = NULL WHERE reader_id IS NOT NULL OR reader_office IS NOT NULL;
DROP INDEX declarations_reader;
DROP INDEX declarations_reader_office;
ALTER TABLE declarations DROP COLUMN reader_office;
ALTER TABLE declarations DROP COLUMN reader_id;
