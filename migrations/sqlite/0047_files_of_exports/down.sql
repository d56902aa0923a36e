DROP INDEX access_log_carried;
ALTER TABLE access_log DROP COLUMN carried;
