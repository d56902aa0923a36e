DROP TABLE batch_items;
DROP TABLE batches;
DROP TABLE custody_moves;
DROP TABLE state_objects;
DROP INDEX attachments_measure;
ALTER TABLE attachments DROP COLUMN measure_id;
DROP INDEX timers_measure;
ALTER TABLE timers DROP COLUMN measure_id;
DROP TABLE measures;
