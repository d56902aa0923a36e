DROP INDEX attachments_content;
DROP INDEX attachments_infected;
DROP INDEX attachments_pending;
ALTER TABLE attachments DROP COLUMN scanned_at;
ALTER TABLE attachments DROP COLUMN scan;
