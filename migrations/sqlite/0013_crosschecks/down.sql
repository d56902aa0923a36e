DROP TABLE crosschecks;
DROP INDEX imports_to_crosscheck;
ALTER TABLE imports DROP COLUMN crosschecked_at;
