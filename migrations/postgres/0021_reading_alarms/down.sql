DROP INDEX access_log_at;
DROP TABLE reading_alarms;
