-- What was extended would be answered twice: nothing that was written is deleted, so that this refuses where somebody extended a time.
DROP TABLE rectification_reminders;
DROP INDEX rectifications_answered_once;
CREATE UNIQUE INDEX rectifications_answered_once ON rectifications (request_id) WHERE request_id IS NOT NULL;
