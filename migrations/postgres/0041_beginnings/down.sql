ALTER TABLE contracts DROP COLUMN unit_id;
DROP INDEX contracts_begin;
